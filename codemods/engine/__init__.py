"""Bytes in, outcome out: no disk, no terminal. `pipeline.process` is the way through; `registry` knows the rules."""
