"""Which settings there are, how each is shown, and how a typed or chosen value becomes one: pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from msgspec import Struct

from tui_app.desk.privacy import parse_idle
from tui_app.desk.trouble import Unparsed
from tui_app.settings import Settings
from tui_app.settings_values import (
    COLOURS,
    DRIVERS,
    MOUSE,
    SettingsError,
    check_esc_delay,
    check_idle,
    check_region,
    whole_number,
)

Value = str | int | bool | None
Choices = tuple[tuple[str, str], ...]

FORGET_PIN: Final[Choices] = (("forget", "Forget it: the next lock asks for a new one"),)
WEEKDAY_CHOICES: Final[Choices] = (("monday", "Monday"), ("saturday", "Saturday"), ("sunday", "Sunday"))
DECIDES: Final = "auto: the program decides, by the terminal"
DRIVER_CHOICES: Final[Choices] = tuple(
    zip(DRIVERS, (DECIDES, "celldiff: only what has changed", "stock: as the framework does"), strict=True)
)
COLOUR_CHOICES: Final[Choices] = tuple(
    zip(COLOURS, (DECIDES, "none", "16 colours", "256 colours", "true colours"), strict=True)
)
MOUSE_CHOICES: Final[Choices] = tuple(zip(MOUSE, (DECIDES, "on", "off: the terminal keeps it"), strict=True))


class SettingRow(Struct, frozen=True, kw_only=True):
    """One setting. `choices` are offered; without them a text is asked and `read`, which raises SettingsError."""

    key: str
    label: str
    hint: str
    shown: Callable[[Value], str] = str
    choices: Choices = ()
    read: Callable[[str], Value] = str


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise SettingsError("this is a whole number")
    return int(text)


def _refresh(text: str) -> Value:
    return whole_number(5, 3_600)(_number(text))


def _region(text: str) -> Value:
    return check_region(text) if text else None


def _esc_delay(text: str) -> Value:
    return check_esc_delay(_number(text)) if text else None


def _idle(text: str) -> Value:
    if text == "0":
        return 0
    try:
        limit = parse_idle(text)
    except Unparsed as error:
        raise SettingsError(error.words) from None
    return check_idle(limit // timedelta(minutes=1) if limit is not None else 0)


def _auto_shown(value: Value) -> str:
    return "the program decides" if value == "auto" else str(value)


def _idle_shown(value: Value) -> str:
    if not value:
        return "off"
    return "1 minute" if value == 1 else f"{value} minutes"


TERMINAL_ROWS: Final = (
    SettingRow(
        key="colours", label="How many colours", choices=COLOUR_CHOICES, shown=_auto_shown,
        hint="How many the terminal can show; `frontdesk doctor` tells what was chosen. From the next start.",
    ),
    SettingRow(
        key="mouse", label="Mouse", choices=MOUSE_CHOICES, shown=_auto_shown,
        hint="Off leaves it to the terminal, to select and copy with. From the next start.",
    ),
    SettingRow(
        key="driver", label="How the screen is painted", choices=DRIVER_CHOICES, shown=_auto_shown,
        hint="Only what has changed is the fewest bytes on a slow link. From the next start.",
    ),
)  # fmt: skip
"""What the program decides by the terminal, unless it is decided here."""


def setting_rows(themes: Sequence[str]) -> tuple[SettingRow, ...]:
    """Every setting that can be changed here, in the order of the list."""
    theme_choices = (("auto", "auto: the terminal's own colours"), *((name, name) for name in themes))
    return (
        SettingRow(
            key="refresh_seconds", label="Look for changes every", shown=lambda value: f"{value} s", read=_refresh,
            hint="In seconds, at least 5. All desks of a studio share one limit of requests.",
        ),
        SettingRow(
            key="show_cancelled", label="Show cancelled events", shown=lambda value: "yes" if value else "no",
            choices=(("yes", "yes"), ("no", "no")), read=lambda text: text == "yes",
            hint="Cancelled events stand in the day, marked as cancelled.",
        ),
        SettingRow(
            key="theme", label="Colours", choices=theme_choices,
            hint="«auto» takes the colours of the terminal, which costs the fewest bytes on a slow link.",
        ),
        SettingRow(
            key="phone_region", label="Country of phones without +", read=_region,
            shown=lambda value: str(value) if value else "the location's",
            hint="Two letters, such as KZ or DE; empty: the country of the location.",
        ),
        SettingRow(
            key="first_weekday", label="A week begins on", choices=WEEKDAY_CHOICES,
            shown=lambda value: str(value).capitalize(),
            hint="For the view of a week.",
        ),
        SettingRow(
            key="esc_delay_ms", label="Esc waits for", read=_esc_delay,
            shown=lambda value: f"{value} ms" if value else "the program decides",
            hint="25 to 5000 ms, longer where arrows type letters; empty: the program decides. From the next start.",
        ),
        SettingRow(
            key="idle_minutes", label="Lock when idle for", read=_idle, shown=_idle_shown,
            hint="In minutes, up to a day; 0 or «off»: never. It needs a PIN: lock once to set it.",
        ),
        SettingRow(
            key="pin_hash", label="PIN of the lock", shown=lambda value: "set" if value else "none",
            choices=FORGET_PIN, read=lambda _text: "",
            hint="It is kept only as a salted hash. The first lock asks for a PIN.",
        ),
        SettingRow(
            key="ask_operator", label="Ask who is at the desk", shown=lambda value: "yes" if value else "no",
            choices=(("yes", "yes"), ("no", "no")), read=lambda text: text == "yes",
            hint="At the start: initials, which the journal and the audit of writes keep.",
        ),
        *TERMINAL_ROWS,
    )  # fmt: skip


def value_of(settings: Settings, row: SettingRow) -> Value:
    """The value of a setting now."""
    value: Value = getattr(settings, row.key)
    return value


def changed(settings: Settings, row: SettingRow, text: str) -> Settings:
    """The settings with one of them changed. Raises SettingsError in words."""
    values: dict[str, Value] = {row.key: row.read(text.strip())}
    return replace(settings, **values)  # type: ignore[arg-type]  # the class checks every value itself


def row_line(settings: Settings, row: SettingRow) -> str:
    """A setting and its value on one line."""
    return f"{row.label:<30}{row.shown(value_of(settings, row))}"
