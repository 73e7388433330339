"""A second process that asks for the first day while this one imports what draws it.

Python does one thing at a time in a process; a start has two to do, and machines have two cores. `scout` sends the
process out and takes its report, `errand` is what it does, `report` is what goes from one to the other. Whatever fails
on the way, there is no report, and the program asks for everything itself.
"""
