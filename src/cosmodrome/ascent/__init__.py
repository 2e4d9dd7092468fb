"""From a vehicle, a site and a target to a proved optimal ascent."""
