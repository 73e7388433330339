"""`python -m tui_app` is `frontdesk`."""

import gc
import os
import sys

from tui_app.greeting import greet
from tui_app.scout.scout import send_scout


def main() -> int:
    """Greet at once, send the scout out, then run the command line; answers its exit status.

    What the start imports stays, so nothing is gained by looking through it for garbage; `launch` ends that.
    """
    arguments = sys.argv[1:]
    scout = None
    if greet(arguments):
        gc.disable()
        scout = send_scout(arguments, os.environ) if "demo" not in arguments else None
    try:
        from tui_app import cli

        return cli.main(scout=scout)
    finally:
        if scout is not None:
            scout.recall()


if __name__ == "__main__":
    sys.exit(main())
