"""Facts about one file, from its text and its `ast` tree. Knows no rule and no LibCST. Ask `module.Module`."""
