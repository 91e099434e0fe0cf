"""Rules about strings."""
