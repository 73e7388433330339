"""Storing what Connect has proved: the tokens in the chosen place, the rest in the settings."""

from asyncio import to_thread
from typing import TYPE_CHECKING

from msgspec import Struct

from tui_app.credentials import Place, Tokens
from tui_app.screens.connect.state import AS_THEY_ARE
from tui_app.settings_values import SettingsError

if TYPE_CHECKING:
    from tui_app.screens.connect.services import ConnectServices
    from tui_app.screens.connect.state import Draft
    from tui_app.settings import Settings


class Kept(Struct, frozen=True):
    """How it went, in words: `problem` says why nothing was stored, `lines` what is where."""

    settings: "Settings"
    lines: tuple[str, ...] = ()
    problem: str = ""


async def keep(services: "ConnectServices", settings: "Settings", draft: "Draft", choice: str) -> Kept:
    """Store the tokens, then the profile; settings that cannot be written are said, and do not stop the work."""
    lines = []
    if choice == AS_THEY_ARE:
        lines.append("The tokens stay where they were found.")
    else:
        problem, words = await _keep_tokens(services, draft, Place(choice))
        if problem:
            return Kept(settings, problem=problem)
        lines.append(words)
    settings = settings.with_profile(draft.profile)
    lines.append(await save_settings(services, settings))
    lines.append("A password is never stored.")
    return Kept(settings, tuple(lines))


async def _keep_tokens(services: "ConnectServices", draft: "Draft", place: Place) -> tuple[str, str]:
    report = await services.credentials.save(draft.profile, Tokens(*draft.storable), place)
    if report.stored:
        return "", report.words
    what_helps = f" What helps: {report.trouble.next_step}." if report.trouble is not None else ""
    return f"{report.words}.{what_helps}".replace("..", "."), ""


async def save_settings(services: "ConnectServices", settings: "Settings") -> str:
    """Write the settings off the loop, and say how it went."""
    try:
        await to_thread(services.save_settings, settings)
    except SettingsError as error:
        return f"The settings are not saved: {error}. They hold for this run."
    except OSError as error:
        return f"The settings are not saved: {error.strerror or 'the file cannot be written'}. They hold for this run."
    return f"Server, dialect and location are in {services.settings_path}; no token is there."
