"""`python -m tui_app.sandbox`: the server alone, with the flags of `frontdesk sandbox`."""

import argparse
import sys
from pathlib import Path

from tui_app.sandbox.rate import PER_SECOND


def _rate(text: str) -> int | None:
    return None if text == "off" else int(text)


def main() -> int:
    """Read the flags and serve."""
    from tui_app.sandbox.serve import run_sandbox

    parser = argparse.ArgumentParser(prog="tui_app.sandbox")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--latency", type=int, default=0, metavar="MS")
    parser.add_argument("--rate", type=_rate, default=PER_SECOND, metavar="N|off")
    parser.add_argument("--bare-list", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    return run_sandbox(told.port, told.data, told.latency, told.rate, told.bare_list, told.seed)


if __name__ == "__main__":
    sys.exit(main())
