"""Rules about classes."""
