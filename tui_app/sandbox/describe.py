"""`python -m tui_app.sandbox.describe`: write openapi.json anew from the route table."""

from pathlib import Path

from tui_app.sandbox.openapi import file_text
from tui_app.sandbox.routes.table import all_routes

FILE = Path(__file__).with_name("openapi.json")


def main() -> None:
    """Write the file."""
    FILE.write_text(file_text(all_routes()), encoding="utf-8")


if __name__ == "__main__":
    main()
