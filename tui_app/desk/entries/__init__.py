"""Between the desk line and the services: entries are worked off in order, and each has its own result (design 5)."""
