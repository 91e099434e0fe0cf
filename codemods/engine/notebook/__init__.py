"""Notebooks: from the JSON of a file to the program that its code cells are, and from what becomes of that back to the file's bytes."""
