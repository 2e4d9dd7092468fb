"""What the satellite does over its stations."""
