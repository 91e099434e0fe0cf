"""Rules about dicts."""
