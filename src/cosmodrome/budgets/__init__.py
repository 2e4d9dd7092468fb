"""Whether the satellite works there: one module per budget."""
