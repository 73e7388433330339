"""What is offered at the start stands below what the start has told, never in its place."""

from typing import TYPE_CHECKING

from tui_app.widgets.text_lines import TextLine, wrapped

if TYPE_CHECKING:
    from tui_app.screens.schedule.screen import ScheduleScreen


def offer_below(screen: "ScheduleScreen", words: str) -> None:
    """Say words; an alert that stands in the message line stays above them until an entry or Esc."""
    note, width = screen.message_line.text, screen.size.width - 1
    if not note.startswith("! ") or screen.report_lines.lines:
        screen.say(words)
        return
    screen.report_lines.tell(wrapped(TextLine(f" {note}", "alert"), width))
    screen.say(words)
