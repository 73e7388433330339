"""Where the styles are: beside the package in a checkout, inside it once installed."""

from pathlib import Path


def stylesheet(name: str) -> Path:
    """The path of `styles/NAME.tcss`.

    Raises FileNotFoundError where neither a checkout nor an installed package holds it.
    """
    package = Path(__file__).parent
    for folder in (package / "styles", package.parent / "styles"):
        path = folder / f"{name}.tcss"
        if path.is_file():
            return path
    raise FileNotFoundError(name)
