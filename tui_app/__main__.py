"""`python -m tui_app` is `frontdesk`."""

import sys

from tui_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
