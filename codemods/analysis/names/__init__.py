"""Which variable a name is: scopes, what binds it, where it comes from, what a new one may be called."""
