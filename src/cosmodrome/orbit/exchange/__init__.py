"""Orbits of other programs: OEM, OPM, OMM, TLE and SP3 files, read; SGP4 elements, fitted."""
