"""Whether a value can have changed in between, and who else holds it."""
