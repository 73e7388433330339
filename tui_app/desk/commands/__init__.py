"""The desk line's grammar (design 5): text and the visible state in; an intent, a choice or words out. Pure."""
