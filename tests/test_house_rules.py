"""How large a piece may grow, and what a style may say: rules that no linter of ours knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tui_app"
MODULES = sorted(PACKAGE.rglob("*.py"))
STYLES = sorted((ROOT / "styles").glob("*.tcss"))
MODULE_LINES = 400
FUNCTION_LINES = 50
STYLE_LINES = 200


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_function_stays_small(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in lengths.items() if lines >= FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", STYLES, ids=short)
def test_a_style_stays_small_and_takes_its_colours_from_the_theme(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < STYLE_LINES
    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert re.findall(r":[^;{]*#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", without_comments) == []
