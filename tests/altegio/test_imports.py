"""What is light stays light: a screen that names a type must not wait for pydantic or httpx."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["resources", "requests", "errors", "text", "walltime", "servers", "retry"])
def test_a_light_module_imports_nothing_heavy(module: str) -> None:
    heavy = "{'pydantic', 'httpx', 'textual', 'rich', 'asyncio'}"
    code = f"import sys, tui_app.altegio.{module}; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
