"""The rules: one folder an area, one file a rule. Adding a file adds the rule."""
