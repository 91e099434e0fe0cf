"""What code a call runs, and what that may change."""
