"""What a mission is made of: frozen models whose fields carry their unit in the name."""
