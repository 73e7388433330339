"""The commands of the README, read from it, so that what is run and what is shown cannot drift apart.

python3 scripts/readme.py "Test it"
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def first_command(heading: str, text: str) -> str:
    """The first code block under `## HEADING`. Raises LookupError where there is none, or more than one line in it."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    block = re.search(r"^```\w*\n(.*?)^```$", section[1], re.DOTALL | re.MULTILINE) if section else None
    lines = block[1].splitlines() if block else []
    if len(lines) != 1:
        raise LookupError(f"the README has not one command line under «{heading}»")
    return lines[0]


if __name__ == "__main__":
    sys.stdout.write(first_command(sys.argv[1], README.read_text("utf-8")) + "\n")
