"""How much of a file is read: every limit of reading stands here and nowhere else."""

MB = 1_000_000

# The file. Source: the upload limit is also `server.maxUploadSize`.
MOST_BYTES = 15 * MB

# Its package, unpacked.
MOST_UNPACKED = 600 * MB
MOST_OF_A_PART = 300 * MB
MOST_PARTS = 2_000
MOST_RATIO = 200  # unpacked to packed
RATIO_MATTERS_FROM = 5 * MB

# A sheet's rows and columns; the file's cells (empty ones left of a filled one count) and merged blocks.
MOST_ROWS = 200_000
MOST_COLUMNS = 512
MOST_CELLS = 2_000_000
MOST_MERGES = 5_000
MOST_CAREFUL_CELLS = 300_000  # more are read fast, without their colours
# calamine holds a sheet as one block of 32 bytes a cell, from A1 to the furthest.
MOST_BLOCK = 8_000_000

# A field of comma-separated text, in characters.
MOST_OF_A_FIELD = 1_000_000

# The child process that parses.
CHILD_MEMORY = 1 << 30  # bytes of address space
CHILD_CPU = 30  # seconds
CHILD_WALL = 60  # seconds
CHILD_ANSWER = 150 * MB
