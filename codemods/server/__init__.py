"""The language server: translates between an editor's protocol and the core, and decides nothing itself."""
