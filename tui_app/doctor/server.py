"""The server: the way to it, its clock, the tokens in its eyes, the location and the user's rights there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tui_app.altegio import errors
from tui_app.altegio.walltime import UnknownZone, wall_now, zone
from tui_app.doctor.finding import Finding, bad, note, ok

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tui_app.altegio.api import AltegioApi
    from tui_app.altegio.resources import Permissions
    from tui_app.settings import Profile

TOLERANCE: Final = timedelta(seconds=30)
_CONNECT: Final = "start frontdesk and connect again"
EXPLANATIONS: Final[dict[type[errors.AltegioError], tuple[str, str]]] = {
    errors.Unreachable: ("cannot be reached", "check the network, the proxy and the address"),
    errors.TimedOut: ("did not answer in time", "check the network; try again in a minute"),
    errors.Interrupted: ("broke off the connection", "try again in a minute"),
    errors.TokenRefused: ("refuses the tokens (401)", f"a changed password ends a token: {_CONNECT}"),
    errors.LicenceExpired: ("says that the location's licence has run out (402)", "renew it in Altegio"),
    errors.NoRights: ("gives this user no rights there (403)", "ask the location's administrator"),
    errors.Missing: ("does not know what was asked for (404)", f"check the number of the location, or {_CONNECT}"),
    errors.TooMany: ("takes no more requests for now (429)", "every desk of one address shares a limit: wait a minute"),
    errors.ServerFault: ("has a fault of its own (5xx)", "try again in a minute"),
    errors.Unreadable: ("answers what is no answer of Altegio", "check the address: it must end in /api"),
    errors.Redirected: ("points elsewhere, which is never followed", "check the address"),
}


def explain(subject: str, origin: str, error: errors.AltegioError) -> Finding:
    """Word an error of the API; TLS has words of its own, for its cure is another."""
    if "CERTIFICATE_VERIFY_FAILED" in error.message or "certificate" in error.message:
        step = "check the machine's date and certificates, and who sits between (a proxy, a guest network)"
        return bad(subject, f"{origin} has no certificate that this machine trusts", step)
    words, step = next(
        (pair for kind, pair in EXPLANATIONS.items() if isinstance(error, kind)), ("refused", "try again in a minute")
    )
    said = f": «{error.message}»" if error.message else ""
    return bad(subject, f"{origin} {words}{said}", step)


async def check_server(api: AltegioApi, profile: Profile, clock: Callable[[], datetime]) -> list[Finding]:
    """Ask the server who we are, where and with which rights; each answer, also a refusal, tells its clock too."""
    findings = []
    try:
        locations = await api.account.locations()
        findings.append(ok("network", f"{profile.origin} answers{_encrypted(profile)}"))
        findings.append(ok("sign-in", f"both tokens are accepted; the user manages {len(locations)} location(s)"))
        reached = True
    except errors.AltegioError as error:
        reached = error.delivery is errors.Delivery.ANSWERED
        if reached:
            findings.append(ok("network", f"{profile.origin} answers{_encrypted(profile)}"))
        findings.append(explain("sign-in" if reached else "network", profile.origin, error))
    if reached:
        findings.append(check_clock(api.transport.server_date, clock()))
        findings += await _check_location(api, profile, clock)
    return findings


def _encrypted(profile: Profile) -> str:
    return ", encrypted" if profile.origin.startswith("https:") else ", on this machine"


def check_clock(theirs: datetime | None, ours: datetime) -> Finding:
    """Compare the server's `Date` with the machine's clock; a header has whole seconds and was on its way a while."""
    if theirs is None:
        return note("clock", "the server did not tell its time")
    gap = ours - theirs
    if abs(gap) <= TOLERANCE:
        return ok("clock", "agrees with the server's")
    direction = "ahead of" if gap > timedelta() else "behind"
    words = f"{_span(abs(gap))} {direction} the server's: «now» and «today» would be wrong"
    return note("clock", words, "set the machine's clock (timedatectl set-ntp true)")


def _span(gap: timedelta) -> str:
    minutes, seconds = divmod(int(gap.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"


async def _check_location(api: AltegioApi, profile: Profile, clock: Callable[[], datetime]) -> list[Finding]:
    if profile.location_id is None:
        return [bad("location", "none is chosen", "start frontdesk, which asks for it, or set ALTEGIO_LOCATION_ID")]
    try:
        location = await api.account.location(profile.location_id)
    except errors.AltegioError as error:
        return [explain("location", profile.origin, error)]
    named = ok("location", f"{location.title} (number {location.id})")
    return [named, check_zone(location.zone, clock), *await _check_rights(api, profile.origin, location.id)]


def check_zone(name: str, clock: Callable[[], datetime]) -> Finding:
    """Look whether this machine knows the location's zone; everything on screen is in it."""
    if not name:
        return bad("zone", "the location has none", "set its time zone in Altegio")
    try:
        return ok("zone", f"{name}, where it is {wall_now(clock, zone(name)):%a %d %b %Y, %H:%M}")
    except UnknownZone as error:
        return bad("zone", str(error), "install the package tzdata")


async def _check_rights(api: AltegioApi, origin: str, location_id: int) -> list[Finding]:
    try:
        return check_rights(await api.account.permissions(location_id))
    except (errors.NoRights, errors.Missing):
        return [note("rights", "the server does not tell them; what is refused will be said when it is tried")]
    except errors.AltegioError as error:
        return [explain("rights", origin, error)]


def check_rights(permissions: Permissions) -> list[Finding]:
    """Tell which rights the user lacks, by the names that the server gives them, and how far back edits reach."""
    lacking = sorted(name for name, granted in permissions.flags.items() if not granted)
    changes = [name for name in permissions.flags if any(verb in name for verb in ("create", "edit", "delete"))]
    ask = "ask the location's administrator if the desk needs them"
    if not permissions.flags:
        findings = [note("rights", "the server names none")]
    elif changes and set(changes) <= set(lacking):
        findings = [note("rights", f"to look only; lacking: {', '.join(lacking)}", ask)]
    elif lacking:
        findings = [note("rights", f"lacking: {', '.join(lacking)}", ask)]
    else:
        findings = [ok("rights", "nothing is lacking")]
    days = permissions.edit_window_days
    if days is not None and days >= 0:
        findings.append(note("rights", f"bookings can be changed for {days} day(s) after their class"))
    return findings
