"""The journal of writes: on disk before they are sent, settled after, looked after where nobody knows (design 6)."""
