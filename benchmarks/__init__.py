"""Tools of the project that measure pyfix on code of other people."""
