"""A Textual driver that writes only the cells that changed: `CellDiffDriver` in `driver`, which alone knows Textual.

`parse` reads what Textual writes, `screen` keeps cells, `diff` and `scroll` find the shortest way from what a terminal
shows to what it shall show, `painter` holds both. Nothing here knows the program that it draws.
"""
