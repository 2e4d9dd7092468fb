"""One question, one answer: what the commands about orbits ask of the layers above."""
