"""Does the mission close? Each check, what it follows from, and what would close it."""
