"""Several profiles: choose, add, rename, remove, and forget every token."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui_app.credentials import Tokens
from tui_app.desk.wording import Words
from tui_app.screens.connect.keeping import save_settings
from tui_app.screens.connect.state import place_of
from tui_app.settings import Profile, Settings
from tui_app.settings_values import SettingsError, check_name
from tui_app.widgets.dialogs import AskDialog, ChoiceDialog, ConfirmDialog, ErrorDialog

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui_app.credentials import ForgetReport, FoundTokens
    from tui_app.screens.connect.services import ConnectServices

Result = TypeVar("Result")


class Ask(Protocol):
    """Opens a dialog and waits for its answer."""

    async def __call__(self, dialog: "Screen[Result]") -> Result:
        """Open it."""
        ...


class ProfileChange(Struct, frozen=True):
    """The settings after it, and the profile to go on with."""

    settings: Settings
    profile: Profile


async def manage_profiles(
    ask: Ask, services: "ConnectServices", settings: Settings, current: Profile
) -> ProfileChange | None:
    """Let the operator choose, add, rename or remove a profile; None: nothing was changed."""
    saved = settings.profile(current.name) is not None
    choices = [(f"use {profile.name}", _line(profile)) for profile in settings.profiles]
    choices.append(("add", "+ New profile"))
    if saved:
        choices += [("rename", f"Rename «{current.name}»"), ("remove", f"Remove «{current.name}» and its tokens")]
    choice = await ask(ChoiceDialog("Profiles", choices, f"use {current.name}"))
    if choice is None:
        return None
    if choice == "add":
        return await _add(ask, settings)
    if choice == "rename":
        return await _rename(ask, services, settings, current)
    if choice == "remove":
        return await _remove(ask, services, settings, current)
    chosen = settings.profile(choice.removeprefix("use "))
    return None if chosen is None else ProfileChange(settings, chosen)


def _line(profile: Profile) -> str:
    where = profile.location_title or (f"location {profile.location_id}" if profile.location_id else "no location yet")
    return f"{profile.name}: {profile.server}, {where}"


def _name_check(settings: Settings, old: str = "") -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        try:
            name = check_name(text)
        except SettingsError as error:
            return str(error)
        return "There is a profile of that name." if name != old and settings.profile(name) is not None else None

    return check


async def _add(ask: Ask, settings: Settings) -> ProfileChange | None:
    name = await ask(AskDialog("New profile", "Name", check=_name_check(settings), hint="Such as: studio, test."))
    return None if name is None else ProfileChange(settings, Profile(name=check_name(name)))


async def _rename(ask: Ask, services: "ConnectServices", settings: Settings, current: Profile) -> ProfileChange | None:
    typed = await ask(AskDialog("Rename the profile", "Name", current.name, _name_check(settings, current.name)))
    if typed is None or check_name(typed) == current.name:
        return None
    renamed = replace(current, name=check_name(typed))
    problem = await _copy_tokens(services, current, renamed)
    if problem:
        await services.credentials.forget(renamed)
        await ask(ErrorDialog(Words("The profile keeps its name", what=problem, saved="Nothing has been changed.")))
        return None
    kept = tuple(renamed if profile.name == current.name else profile for profile in settings.profiles)
    active = renamed.name if settings.active == current.name else settings.active
    changed = dataclasses.replace(settings, profiles=kept, active=active)
    said = await save_settings(services, changed)
    left = (await services.credentials.forget(current)).left
    await ask(ErrorDialog(Words(f"Renamed to «{renamed.name}»", what="\n".join((said, *_stored(left))))))
    return ProfileChange(changed, renamed)


async def _copy_tokens(services: "ConnectServices", old: Profile, new: Profile) -> str:
    """Save the tokens under another name, each kind where it was; answers the problem, or «»."""
    found = await services.credentials.find(old)
    for tokens, source in _by_source(found):
        place = place_of(source)
        if place is None:
            continue
        report = await services.credentials.save(new, tokens, place)
        if not report.stored:
            return report.words
    return f"{found.troubles[0].words}, so the tokens could not be taken along." if found.troubles else ""


def _by_source(found: "FoundTokens") -> tuple[tuple[Tokens, str], ...]:
    if found.partner_source == found.user_source:
        return ((Tokens(found.partner, found.user), found.partner_source),)
    return (Tokens(partner=found.partner), found.partner_source), (Tokens(user=found.user), found.user_source)


async def _remove(ask: Ask, services: "ConnectServices", settings: Settings, current: Profile) -> ProfileChange | None:
    lines = [_line(current), "Its tokens are forgotten, too. Nothing changes at Altegio."]
    if not await ask(ConfirmDialog(f"Remove the profile «{current.name}»?", lines, "Remove it", danger=True)):
        return None
    report = await services.credentials.forget(current)
    changed = settings.without_profile(current.name)
    following = changed.profiles[0] if changed.profiles else Profile()
    changed = dataclasses.replace(changed, active=following.name)
    said = await save_settings(services, changed)
    await ask(forgotten("The profile is removed", report, said))
    return ProfileChange(changed, following)


async def forget_all(ask: Ask, services: "ConnectServices", settings: Settings, current: Profile) -> bool:
    """Forget the tokens of every profile after asking, and say what could not be removed."""
    names = ", ".join(profile.name for profile in settings.profiles) or current.name
    lines = [
        f"Profiles: {names}.",
        "Keyring, token file and memory are emptied. The profiles themselves stay; nothing changes at Altegio.",
        "A desk that is open now works on until the program ends.",
    ]
    if not await ask(ConfirmDialog("Forget all tokens on this machine?", lines, "Forget all", danger=True)):
        return False
    report = await services.credentials.forget_all((*settings.profiles, current))
    await ask(forgotten("Forgotten", report))
    return True


def forgotten(title: str, report: "ForgetReport", *more: str) -> ErrorDialog:
    """Say what was removed and what is still somewhere."""
    removed = report.removed or ("There was no token to remove.",)
    return ErrorDialog(
        Words(
            title if report.clean else f"{title}, but not everything is gone",
            what="\n".join((*removed, *more)),
            saved="\n".join(_stored(report.left)),
        )
    )


def _stored(left: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"! {line}" for line in left)
