"""A sandbox with as many clients as the bench wants: `python -m tests.bench.crowd 10000`."""

import sys
from datetime import UTC, datetime

from tui_app.sandbox import create_sandbox
from tui_app.sandbox.serve import environment_lines, serve


def main(clients: int) -> None:
    """Serve on a free port, without a rate limit, until told to end; prints what `frontdesk sandbox` prints."""
    sandbox = create_sandbox(None, clock=lambda: datetime.now(UTC), clients=clients, rate_limit=None)
    try:
        serve(sandbox, 0, on_ready=lambda url: print_lines(environment_lines(sandbox, url)))
    finally:
        sandbox.close()


def print_lines(lines: list[str]) -> None:
    """Write lines at once: the reader waits for the last of them."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
