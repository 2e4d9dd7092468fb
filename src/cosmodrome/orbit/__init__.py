"""From the injected state to an ephemeris and what follows from it."""
