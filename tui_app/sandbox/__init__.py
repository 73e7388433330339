"""An Altegio-compatible server over SQLite, seeded, for demos and tests."""
