"""The pictures in the README show the program as it is now."""

from __future__ import annotations

import pytest

from scripts.readme import README
from scripts.scenes import SCENES, Scene
from scripts.screenshots import FOLDER, take
from scripts.svg import lines, settle

MAKE_THEM_ANEW = "make the pictures anew: python -m scripts.screenshots"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_a_picture_is_what_the_program_draws_now(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    kept = (FOLDER / f"{scene.name}.svg").read_text("utf-8")
    drawn = await take(scene)
    assert lines(drawn) == lines(kept), MAKE_THEM_ANEW
    assert drawn == kept, MAKE_THEM_ANEW


def test_the_readme_shows_every_picture_and_no_other_is_kept() -> None:
    text = README.read_text("utf-8")
    assert [scene.name for scene in SCENES if f"![{scene.words}](screenshots/{scene.name}.svg)" not in text] == []
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in SCENES}


def test_text_is_read_off_a_drawing_in_its_columns() -> None:
    text = '<text class="terminal-7-r1" x="{}" y="20" textLength="24.4" clip-path="url(#terminal-7-line-1)">{}</text>'
    drawing = settle(text.format("24.4", "王") + text.format("61", "a&#160;&lt;"))
    assert lines(drawing) == ["", "  王 a <"]
