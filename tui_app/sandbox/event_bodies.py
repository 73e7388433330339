"""What an event is created and updated with (contract 2.3), and repeated with (2.6)."""

from typing import Annotated

from pydantic import Field

from tui_app.sandbox.validation import Body, Id, Ids, Places, Text, Wall, WallT

_STEP = 300
Length = Annotated[int, Field(ge=300, le=86_400, multiple_of=_STEP)]
Break = Annotated[int, Field(ge=0, le=3_600, multiple_of=_STEP)]
Color = Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]
Instructions = Annotated[str, Field(min_length=1, max_length=500)]
Link = Annotated[str, Field(min_length=1, max_length=2_000)]
ContentType = Annotated[int, Field(ge=1, le=2)]


class _EventBody(Body):
    staff_id: Id
    service_id: Id
    resource_instance_ids: Ids
    label_ids: Ids
    date: Wall
    length: Length
    capacity: Places
    technical_break_duration: Break | None = None
    force: bool = False


class EventCreate(_EventBody):
    """A new event: what is not said is left out, never null."""

    comment: Text = ""
    color: Color = ""
    instructions: Instructions = ""
    stream_link: Link = ""


class EventUpdate(_EventBody):
    """A full replacement: null empties a text, and a text left out stays as it was."""

    comment: Text | None = None
    color: Color | None = None
    instructions: Instructions | None = None
    stream_link: Link | None = None


class Duplicate(Body):
    """On which days an event is repeated."""

    dates: Annotated[list[WallT], Field(min_length=1, max_length=100)]
    content_type: ContentType
    force: bool = False


class Strategy(Body):
    """A way of repeating that the location keeps by name."""

    title: Annotated[str, Field(min_length=1, max_length=50)]
    repeat_mode_id: Id
    days: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)]
    interval: Annotated[int, Field(ge=1, le=366)]
    content_type: ContentType
