"""What is not secret: profiles and preferences, read from TOML in the user's config folder, environment on top."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from tui_app.settings_values import (
    COLOURS,
    DRIVERS,
    MOCK,
    MOUSE,
    ORIGINS,
    PRODUCTION,
    Dialect,
    SettingsError,
    Weekday,
    check_dialect,
    check_esc_delay,
    check_flag,
    check_idle,
    check_location_id,
    check_name,
    check_pin_hash,
    check_region,
    check_server,
    check_text_server,
    check_theme,
    check_title,
    check_weekday,
    one_of,
    whole_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui_app.options import LaunchOptions

__all__ = [
    "MOCK",
    "PRODUCTION",
    "Dialect",
    "EffectiveProfile",
    "LoadedSettings",
    "Problem",
    "Profile",
    "Settings",
    "SettingsError",
    "Weekday",
    "check_location_id",
    "check_server",
    "default_config_path",
    "dump_settings",
    "effective_profile",
    "load_settings",
    "parse_settings",
    "save_settings",
]

APP_FOLDER: Final = "altegio-frontdesk"
LARGEST_FILE: Final = 1_000_000  # bytes

_PROFILE_CHECKS: Final[dict[str, Callable[[object], object]]] = {
    "name": check_name,
    "server": check_text_server,
    "dialect": check_dialect,
    "location_id": check_location_id,
    "location_title": check_title,
}
_CHECKS: Final[dict[str, Callable[[object], object]]] = {
    "active": check_name,
    "refresh_seconds": whole_number(5, 3_600),
    "show_cancelled": check_flag,
    "theme": check_theme,
    "phone_region": check_region,
    "driver": one_of(*DRIVERS),
    "colours": one_of(*COLOURS),
    "mouse": one_of(*MOUSE),
    "esc_delay_ms": check_esc_delay,
    "first_weekday": check_weekday,
    "pin_hash": check_pin_hash,
    "idle_minutes": check_idle,
    "ask_operator": check_flag,
}


class Profile(Struct, frozen=True):
    """Where one desk works: a server, its dialect (contract 2) and a location. Raises SettingsError on a bad value."""

    name: str = "default"
    server: str = PRODUCTION
    dialect: Dialect = "activities"
    location_id: int | None = None
    location_title: str = ""

    def __post_init__(self) -> None:
        for key, check in _PROFILE_CHECKS.items():
            force_setattr(self, key, check(getattr(self, key)))

    @property
    def origin(self) -> str:
        """Scheme, host and port of the server: the only place that this profile's tokens may be sent to."""
        if self.server in ORIGINS:
            return ORIGINS[self.server]
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the settings file holds. `esc_delay_ms` and `phone_region` are None where the program decides.

    It decides of `driver`, `colours` and `mouse` too, where they are `auto`.

    `pin_hash` is empty while no PIN is set, `idle_minutes` 0 where the desk never locks itself. `ask_operator` tells
    whether a start asks who is at the desk.
    `refused` names the profiles of the file that could not be used; it is no setting and is not written.
    """

    active: str = "default"
    profiles: tuple[Profile, ...] = ()
    refresh_seconds: int = 20
    show_cancelled: bool = False
    theme: str = "auto"
    phone_region: str | None = None
    driver: str = "auto"
    colours: str = "auto"
    mouse: str = "auto"
    esc_delay_ms: int | None = None
    first_weekday: Weekday = "monday"
    pin_hash: str = field(default="", repr=False)
    idle_minutes: int = 0
    ask_operator: bool = False
    refused: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        for key, check in _CHECKS.items():
            object.__setattr__(self, key, check(getattr(self, key)))
        names = [profile.name for profile in self.profiles]
        if len(set(names)) < len(names):
            raise SettingsError("two profiles have the same name")

    def profile(self, name: str) -> Profile | None:
        """Find a profile by its name."""
        return next((profile for profile in self.profiles if profile.name == name), None)

    def with_profile(self, profile: Profile) -> Settings:
        """Add a profile, or put it in the place of the one with its name, and make it the active one."""
        refused = tuple(name for name in self.refused if name != profile.name)
        kept = [profile if old.name == profile.name else old for old in self.profiles]
        if profile not in kept:
            kept.append(profile)
        return dataclasses.replace(self, profiles=tuple(kept), active=profile.name, refused=refused)

    def without_profile(self, name: str) -> Settings:
        """Drop a profile; after the active one, the first that is left is active."""
        kept = tuple(profile for profile in self.profiles if profile.name != name)
        first = kept[0].name if kept else "default"
        return dataclasses.replace(self, profiles=kept, active=first if self.active == name else self.active)


class Problem(Struct, frozen=True):
    """What could not be used in the settings file: the key (or «line 3»), and why, in words."""

    where: str
    words: str


class LoadedSettings(Struct, frozen=True):
    """Settings as far as they could be read, and what could not. `readable` is false where nothing could be."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def default_config_path() -> Path:
    """Name the settings file in the user's config folder."""
    import platformdirs

    return platformdirs.user_config_path(APP_FOLDER, appauthor=False) / "settings.toml"


def parse_settings(text: str) -> LoadedSettings:
    """Read settings from TOML; every broken part becomes a Problem, the rest is kept."""
    import tomllib

    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        words = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "numbers or nesting beyond all measure"
        return LoadedSettings(Settings(), (Problem("file", f"this is not TOML: {words}"),), readable=False)
    problems: list[Problem] = []
    tables = document.pop("profiles", {})
    values = _checked(document, _CHECKS, "", problems)
    profiles = _read_profiles(tables, problems)
    named = tables if isinstance(tables, dict) else {}
    refused = tuple(name for name in named if name not in {profile.name for profile in profiles})
    return LoadedSettings(Settings(**values, profiles=profiles, refused=refused), tuple(problems))


def _checked(
    table: Mapping[str, object],
    checks: Mapping[str, Callable[[object], object]],
    prefix: str,
    problems: list[Problem],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in checks:
            words = "tokens do not belong into this file" if "token" in key else "this key is not known"
            problems.append(Problem(prefix + key, words))
            continue
        try:
            values[key] = checks[key](value)
        except SettingsError as error:
            problems.append(Problem(prefix + key, str(error)))
    return values


def _read_profiles(tables: object, problems: list[Problem]) -> tuple[Profile, ...]:
    if not isinstance(tables, dict):
        problems.append(Problem("profiles", "profiles are tables, such as [profiles.default]"))
        return ()
    profiles: dict[str, Profile] = {}
    for name, table in tables.items():
        where = f"profiles.{_toml(name)}"
        if not isinstance(table, dict):
            problems.append(Problem(where, "a profile is a table"))
            continue
        values = _checked(table, {k: v for k, v in _PROFILE_CHECKS.items() if k != "name"}, f"{where}.", problems)
        if "server" in table and "server" not in values:
            continue  # a desk must never land on another server than the one that was meant
        try:
            profile = Profile(name=name, **values)
        except SettingsError as error:
            problems.append(Problem(where, str(error)))
            continue
        if profiles.setdefault(profile.name, profile) is not profile:
            problems.append(Problem(where, "another profile has this name"))
    return tuple(profiles.values())


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings file; a missing one gives the defaults, an unreadable one the defaults and a Problem."""
    try:
        if path.exists() and not path.is_file():
            return LoadedSettings(Settings(), (Problem("file", f"{path} is not a file"),), readable=False)
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            return LoadedSettings(Settings(), (Problem("file", f"{path} is far too long"),), readable=False)
        return parse_settings(raw.decode("utf-8-sig"))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except UnicodeDecodeError:
        return LoadedSettings(Settings(), (Problem("file", f"{path} is not UTF-8 text"),), readable=False)
    except OSError as error:
        words = f"{path} cannot be read: {error.strerror}"
        return LoadedSettings(Settings(), (Problem("file", words),), readable=False)


def dump_settings(settings: Settings) -> str:
    """Write settings as TOML that `parse_settings` reads back alike."""
    lines = ["# Settings of frontdesk. Tokens are never kept here."]
    lines += _pairs({key: getattr(settings, key) for key in _CHECKS})
    for profile in settings.profiles:
        lines += ["", f"[profiles.{_toml(profile.name)}]"]
        lines += _pairs({name: getattr(profile, name) for name in profile.__struct_fields__ if name != "name"})
    return "\n".join(lines) + "\n"


def _pairs(values: Mapping[str, str | int | None]) -> list[str]:
    return [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]


def _toml(value: str | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def save_settings(settings: Settings, path: Path, *, replace_broken: bool = False) -> Path | None:
    """Write the settings file whole or not at all; answer where the old one was kept if it held more than this.

    Raises SettingsError where the file on disk cannot be read, unless `replace_broken` says that it may go (it is kept
    beside as `.bak`), and OSError where the folder cannot be written.
    """
    from tui_app.private_file import write_private

    path = path.resolve()  # a settings file may be a link into a folder under version control
    old = load_settings(path)
    if not old.readable and not replace_broken:
        raise SettingsError(f"{path} cannot be read, so it is left as it is: {old.problems[0].words}")
    kept = None
    if path.exists() and (not old.readable or path.read_text(encoding="utf-8-sig") != dump_settings(old.settings)):
        kept = path.with_name(path.name + ".bak")
        if old.readable:
            write_private(kept, path.read_text(encoding="utf-8"))
        else:
            path.replace(kept)
    write_private(path, dump_settings(settings))
    return kept


class EffectiveProfile(Struct, frozen=True):
    """The profile to work with, after environment and flags, and which of them changed it, in words."""

    profile: Profile
    overrides: tuple[str, ...] = ()


def effective_profile(settings: Settings, environ: Mapping[str, str], options: LaunchOptions) -> EffectiveProfile:
    """Put the environment on the chosen profile, then the flags (design 7). Raises SettingsError naming the source.

    Another server than the profile's own drops its location and its dialect, for they belong to that server.
    """
    name = options.profile if options.profile is not None else settings.active
    profile = settings.profile(name)
    if profile is None:
        if options.profile is not None and settings.profiles:
            known = ", ".join(each.name for each in settings.profiles)
            raise SettingsError(f"--profile: there is no such profile; there are: {known}")
        profile = Profile(name=name)
    overrides: list[str] = []
    server = _overridden("server", options.base_url, "--base-url", environ, "ALTEGIO_BASE_URL", overrides)
    if server is None and name in settings.refused:
        raise SettingsError("the profile in use is broken in the settings file: frontdesk doctor says where")
    if server is not None and server != profile.server:
        profile = Profile(name=profile.name, server=str(server))
    dialect = _overridden("dialect", options.dialect, "--dialect", environ, "ALTEGIO_DIALECT", overrides)
    if dialect is not None:
        profile = replace(profile, dialect=check_dialect(dialect))
    location = _overridden("location_id", options.location_id, "--location", environ, "ALTEGIO_LOCATION_ID", overrides)
    if location is not None and location != profile.location_id:
        profile = replace(profile, location_id=check_location_id(location), location_title="")
    return EffectiveProfile(profile, tuple(overrides))


def _overridden(
    key: str, flag: object, flag_name: str, environ: Mapping[str, str], variable: str, overrides: list[str]
) -> object:
    source, value = (flag_name, flag) if flag is not None else (variable, environ.get(variable) or None)
    if value is None:
        return None
    try:
        checked = _PROFILE_CHECKS[key](value)
    except SettingsError as error:
        raise SettingsError(f"{source}: {error}") from None
    overrides.append(f"{key} from {source}")
    return checked
