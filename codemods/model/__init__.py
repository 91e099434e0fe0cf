"""The nouns: rule, site and verdict, edit, diagnostic, outcome, settings. Frozen, and importing nothing of ours but each other."""
