"""The calls of the API, one module a kind of thing, and the one table of them all."""
