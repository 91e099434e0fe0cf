"""What became of many repositories, as JSON, Markdown and a page for a browser. Each report comes in pieces, one repository at a time."""
