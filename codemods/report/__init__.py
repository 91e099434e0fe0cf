"""Outcomes to text: reads the model only, prints nothing itself, and lets nothing in a name or a source act on a terminal."""
