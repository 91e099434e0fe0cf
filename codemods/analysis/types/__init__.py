"""Of what class a value is, and how that is known."""
