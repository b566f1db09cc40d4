"""The fictional sample plan around the published framework. `plan.rows()` gives every sheet."""
