"""Rules about how code is laid out."""
