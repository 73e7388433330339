"""The machine: Python, packages, settings, proxies."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tui_app import __version__
from tui_app.doctor.finding import Finding, bad, note, ok

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tui_app.settings import EffectiveProfile, LoadedSettings

PACKAGES: Final = (
    "textual",
    "httpx",
    "keyring",
    "msgspec",
    "pydantic",
    "phonenumbers",
    "platformdirs",
    "starlette",
    "uvicorn",
)
PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_UNREADABLE: Final = "an address that cannot be read"


def check_machine(version_of: Callable[[str], str] = metadata.version) -> list[Finding]:
    """Name this program, Python, the system and the packages it stands on."""
    return [
        ok("frontdesk", __version__),
        ok("Python", f"{platform.python_version()} ({platform.python_implementation()}) on {_system()}"),
        _packages(version_of),
    ]


def _system() -> str:
    return f"{platform.system()} {platform.release()}, {platform.machine()}"


def _packages(version_of: Callable[[str], str]) -> Finding:
    found: list[str] = []
    missing: list[str] = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version_of(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return bad("packages", f"missing: {', '.join(missing)}", "install altegio-frontdesk anew")
    return ok("packages", ", ".join(found))


def check_settings(path: Path, loaded: LoadedSettings) -> list[Finding]:
    """Tell where the settings are, and what in them could not be used."""
    if not loaded.readable:
        return [note("settings", f"{path}: {loaded.problems[0].words}", "correct it; the defaults are used meanwhile")]
    if not path.exists():
        return [ok("settings", f"the defaults; {path} is not there yet")]
    found = ok("settings", f"{path}, {len(loaded.settings.profiles)} profile(s)")
    return [found, *(note("settings", f"{problem.where}: {problem.words}") for problem in loaded.problems)]


def check_profile(effective: EffectiveProfile) -> list[Finding]:
    """Tell which profile is used, and what the environment or a flag has changed in it."""
    profile = effective.profile
    location = "no location" if profile.location_id is None else f"location {profile.location_id}"
    found = ok("profile", f"{profile.name}: {profile.server}, dialect {profile.dialect}, {location}")
    return [found, *(note("profile", override) for override in effective.overrides)]


def check_proxies(environ: Mapping[str, str]) -> list[Finding]:
    """Name the proxies of the environment by host: their addresses may hold passwords."""
    variables = [variable for name in PROXIES for variable in (name, name.lower()) if environ.get(variable)]
    findings = [note("proxy", f"{variable}: {_host(environ[variable])}") for variable in variables]
    if findings and (environ.get("NO_PROXY") or environ.get("no_proxy")):
        findings.append(note("proxy", "NO_PROXY is set: some hosts are reached directly"))
    return findings or [ok("proxy", "none in the environment")]


def _host(address: str) -> str:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, port = parts.hostname or "?", parts.port
    except ValueError:
        return _UNREADABLE
    if "@" in address and "@" not in parts.netloc:  # a `/` in a password: what looks like the host is a login
        return _UNREADABLE
    return f"{host}:{port}" if port else host
