"""Git, by its own command line: reading commits, blobs and diffs, and writing objects and refs without a working tree."""
