"""The patterns that several rules, or one rule's proofs, are about."""
