"""Pure functions of numbers: no models, no files."""
