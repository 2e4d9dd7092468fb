"""TOML files that people write: read them, and say what is wrong with them where it stands."""
