"""The tokens: which keyring there is, and where they were found; never what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_app.doctor.finding import Finding, bad, note, ok

if TYPE_CHECKING:
    from tui_app.credentials import FoundTokens, KeyringState


def check_keyring(state: KeyringState) -> Finding:
    """Tell which keyring there is and whether it is open; work is possible without one."""
    if state.usable:
        return ok("keyring", state.words)
    return note("keyring", state.words, state.next_step)


def check_tokens(found: FoundTokens, keyring: KeyringState) -> list[Finding]:
    """Tell for each token where it was found, and what was in the way of places that could not be read.

    What the keyring's own finding has said already is not said again.
    """
    findings = [
        _token("partner", found.partner_source, "ALTEGIO_PARTNER_TOKEN"),
        _token("user", found.user_source, "ALTEGIO_USER_TOKEN"),
    ]
    troubles = [trouble for trouble in found.troubles if trouble.words != keyring.words]
    return [*findings, *(note("tokens", trouble.words, trouble.next_step) for trouble in troubles)]


def _token(kind: str, source: str, variable: str) -> Finding:
    if source:
        return ok(kind, f"there is a {kind} token, from {source}")
    return bad(kind, f"there is no {kind} token", f"start frontdesk, which asks for it, or set {variable}")
