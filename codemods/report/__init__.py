"""Outcomes to text: for people at a terminal, for pipes, for programs. Reads the model only; writes to no disk."""
