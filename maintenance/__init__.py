"""Commands that make again what is generated in this repository."""
