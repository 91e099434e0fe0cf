"""pyfix: rewrites Python habits into the code a reviewer would have asked for, where it can prove that behaviour stays the same."""

__version__ = "0.1.0"
