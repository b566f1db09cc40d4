"""What the command line does beside serving: look at a file, load one, take the plan out."""
