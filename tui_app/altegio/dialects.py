"""The two path families of one API, and which of them a server speaks (contract 2)."""

from typing import Literal

Dialect = Literal["activities", "events", "auto"]
Spoken = Literal["activities", "events"]
