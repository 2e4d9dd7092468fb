"""Does this mission close? One file in, one verdict out."""
