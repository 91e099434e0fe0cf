"""Rules about function definitions."""
