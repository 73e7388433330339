"""The one place that words errors: what happened, to what, what is saved, which step comes next (design 6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """An error in words for people; `detail` is for whoever has to look deeper. Lines may be empty but the title."""

    title: str
    what: str = ""
    saved: str = ""
    next_step: str = ""
    detail: str = ""

    @property
    def line(self) -> str:
        """The error in one line."""
        return " ".join(part for part in (self.what or self.title, self.next_step) if part)


def explain(error: BaseException, *, saved: str = "") -> Words:
    """Word an error; `saved` says what is kept of what was typed."""
    raise NotImplementedError
