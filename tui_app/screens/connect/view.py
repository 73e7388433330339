"""Paints what Connect knows: each step's fields from the draft, secrets as words alone."""

from typing import TYPE_CHECKING, Any, TypeAlias

from textual.content import Content
from textual.widgets import Input, Static

from tui_app.screens.connect.secret_input import SecretInput
from tui_app.screens.connect.state import (
    EXPLAINED,
    NONE_YET,
    OWN,
    Claim,
    Draft,
    Step,
    chosen_profile,
    first_keep_choice,
    heading,
    keep_choices,
    keep_words,
    locations_choices,
    placeholder,
    server_choice,
)
from tui_app.screens.connect.steps import step_id
from tui_app.secret import SecretStr
from tui_app.settings import Profile
from tui_app.widgets.dialogs import LineButton, PickList

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

AnyScreen: TypeAlias = "Screen[Any]"
EMPTY = {"", NONE_YET}
NEXT_WORDS = {Step.KEEP: "Store", Step.DONE: "Begin work"}


def show_step(screen: AnyScreen, step: Step, draft: Draft, token_file: str) -> None:
    """Show one step filled from the draft, and put the focus on its first field."""
    for widget in screen.query(".step"):
        widget.set_class(widget.id == step_id(step), "-shown")
    _say(screen, "heading", heading(step, draft.profile))
    _say(screen, "explained", EXPLAINED[step])
    screen.query_one("#next", LineButton).label = NEXT_WORDS.get(step, "Next")
    if step is Step.TOKENS:
        show_secrets(screen, draft)
    elif step is Step.CODE:
        show_secrets(screen, draft)
        _say(screen, "code-note", _code_words(draft))
    elif step is Step.LOCATION:
        known = draft.profile.location_id
        screen.query_one("#locations", PickList).replace(
            locations_choices(draft.locations), None if known is None else str(known)
        )
    elif step is Step.KEEP:
        show_places(screen, draft, token_file)
    elif step is Step.DONE:
        _say(screen, "done-note", _done_words(draft))
    focus_first(screen, step)


def show_places(screen: AnyScreen, draft: Draft, token_file: str, before: str | None = None) -> None:
    """Offer the places to keep the tokens in; a choice that is no longer the one `before` stays."""
    places = screen.query_one("#keep", PickList)
    chosen = first_keep_choice(draft) if before is None or places.value == before else places.value
    places.replace(keep_choices(draft), chosen)
    say_place(screen, draft, token_file)


def say_place(screen: AnyScreen, draft: Draft, token_file: str) -> None:
    """Say what the place under the cursor means."""
    _say(screen, "keep-note", keep_words(draft, screen.query_one("#keep", PickList).value, token_file))


def show_secrets(screen: AnyScreen, draft: Draft) -> None:
    """Say of each secret whether there is one; the focus stays where it is, for somebody may be typing."""
    found = draft.found
    sources = (found.partner_source, found.user_source) if found is not None else ("", "")
    hints = {
        "partner": placeholder(given=draft.partner is not None, source=sources[0]),
        "user": placeholder(given=draft.user is not None, source=sources[1]),
        "password": placeholder(given=draft.password is not None, source=""),
        "code": placeholder(given=draft.code is not None, source=""),
    }
    for name, hint in hints.items():
        screen.query_one(f"#{name}", Input).placeholder = hint
    if draft.user is not None:
        screen.query_one("#login", Input).value = ""


def start_anew(screen: AnyScreen, profile: Profile) -> None:
    """Fill the inputs for another profile; what was typed for the one before is gone."""
    clear_secrets(screen)
    choice = server_choice(profile)
    screen.query_one("#login", Input).value = ""
    screen.query_one("#server", PickList).take(choice)
    screen.query_one("#address", Input).value = profile.server if choice == OWN else ""
    screen.query_one("#dialect", PickList).take(profile.dialect)


def offer_address(screen: AnyScreen) -> None:
    """Show the address field for a server of one's own alone."""
    screen.query_one("#row-address").set_class(screen.query_one("#server", PickList).value == OWN, "-shown")


def read_server(screen: AnyScreen, profile: Profile) -> Profile:
    """The profile as the server step says. Raises SettingsError."""
    return chosen_profile(
        profile,
        screen.query_one("#server", PickList).value or "",
        screen.query_one("#address", Input).value,
        screen.query_one("#dialect", PickList).value or "",
    )


def read_claim(screen: AnyScreen) -> Claim:
    """What stands in the inputs of the tokens step."""
    names = ("partner", "user", "login", "password")
    return Claim(*(screen.query_one(f"#{name}", Input).value.strip() for name in names))


def take_secret(screen: AnyScreen, name: str) -> SecretStr | None:
    """Take a secret out of its input; None for an empty one."""
    text = screen.query_one(f"#{name}", SecretInput).take()
    return SecretStr(text) if text else None


def clear_secrets(screen: AnyScreen) -> None:
    """Empty every input that holds a secret."""
    for each in screen.query(SecretInput):
        each.take()


def secret_typed(screen: AnyScreen) -> bool:
    """Whether an input for a secret holds something."""
    return any(each.value for each in screen.query(SecretInput))


def focus_first(screen: AnyScreen, step: Step) -> None:
    """Put the focus on the first field that is still empty, or on the first, or on the button."""
    fields = [each for each in screen.query_one(f"#{step_id(step)}").query("Input, PickList") if each.focusable]
    empty = [each for each in fields if isinstance(each, Input) and not each.value and each.placeholder in EMPTY]
    target: Widget = (empty or fields or [screen.query_one("#next")])[0]
    target.focus()


def _code_words(draft: Draft) -> str:
    challenge = draft.challenge
    if challenge is None:
        return ""
    parts = [f"A code was sent to {challenge.recipient or 'you'}{f' ({challenge.kind})' if challenge.kind else ''}."]
    if challenge.attempts_left is not None:
        parts.append(f"Attempts left: {challenge.attempts_left}.")
    if challenge.seconds_left is not None:
        parts.append(f"It holds for {challenge.seconds_left} s; Esc and F8 ask for another one.")
    return " ".join(parts)


def _done_words(draft: Draft) -> str:
    location = draft.location
    if location is None:
        return "\n".join(draft.report)
    zone = f", times in {location.zone}" if location.zone else ", its time zone is not told"
    return "\n".join((f"· {location.title}{zone}.", *(f"· {line}" for line in draft.report)))


def _say(screen: AnyScreen, widget_id: str, text: str) -> None:
    screen.query_one(f"#{widget_id}", Static).update(Content(text))
