"""`python -m tui_app` is `frontdesk`."""

import gc
import sys

from tui_app.greeting import greet


def main() -> int:
    """Greet at once, then run the command line; answers its exit status.

    What the start imports stays, so nothing is gained by looking through it for garbage; `launch` ends that.
    """
    if greet(sys.argv[1:]):
        gc.disable()
    from tui_app import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
