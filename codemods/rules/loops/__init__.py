"""Rules about `for` loops."""
