"""How the file is spelled: where things stand, comments, string literals, format templates, spacing."""
