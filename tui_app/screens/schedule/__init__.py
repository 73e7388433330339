"""The schedule: a day's events, the roster of the selected one, and the desk line."""
