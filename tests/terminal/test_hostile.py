"""Whatever strangers have typed into names and comments, the terminal is told only what the program means."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.support.sandbox import MEDIA_TYPE
from tests.terminal.loopback import sandbox_process
from tests.terminal.pty import FRONTDESK, WIDE, Program, clean_environment
from tests.terminal.reading import A_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CLIPBOARD = "\x1b]52;c;aGk=\x07"
TITLE = "\x1b]0;owned\x07"
CLEAR = "\x1b[2J\x1b[H\x9b2J"
HOSTILE = f"Mallory{CLIPBOARD}{TITLE}{CLEAR}\x00\x07\u202eevil\u2066 [red]x[/red][/nothing]"
JOINERS = {"\u200c", "\u200d", "\u2068", "\u2069"}
"""Format characters that a name may rightly hold, and the isolates that the program itself puts around one."""


def seed_hostile(server: Mapping[str, str]) -> str:
    """Make an event tomorrow at five and a booking in it whose every text is hostile; the event's time."""
    tokens = f"Bearer {server['ALTEGIO_PARTNER_TOKEN']}, User {server['ALTEGIO_USER_TOKEN']}"
    headers = {"Accept": MEDIA_TYPE, "Authorization": tokens}
    place = server["ALTEGIO_LOCATION_ID"]
    with httpx.Client(base_url=server["ALTEGIO_BASE_URL"], headers=headers) as client:
        location = client.get(f"/v1/company/{place}").json()["data"]
        tomorrow = datetime.now(ZoneInfo(location["timezone_name"])).date() + timedelta(days=1)
        service, *_ = client.get(f"/v1/locations/{place}/events/services").json()["data"]
        event = client.post(
            f"/v2/companies/{place}/activities",
            json={
                "staff_id": service["staff"][0]["id"],
                "service_id": service["id"],
                "resource_instance_ids": [],
                "label_ids": [],
                "date": f"{tomorrow} 05:00:00",
                "length": 3600,
                "capacity": 5,
                "comment": HOSTILE,
                "instructions": HOSTILE,
            },
        )
        event.raise_for_status()
        path = f"/v2/companies/{place}/activities/{event.json()['data']['id']}/records"
        who = {"id": None, "name": HOSTILE, "surname": HOSTILE, "phone": ""}
        booking = client.post(path, json={"client": who, "comer": {"name": HOSTILE}, "clients_count": 1})
        booking.raise_for_status()
        assert "\x1b" in booking.json()["data"]["attributes"]["client_fictive_name"], "the server must not clean it"
    return "05:00"


@pytest.mark.parametrize("dialect", ["activities", "events"])
def test_hostile_texts_reach_the_terminal_as_plain_words(tmp_path: Path, dialect: str) -> None:
    with sandbox_process(tmp_path, "--rate", "off") as server:
        time = seed_hostile(server)
        environment = clean_environment(tmp_path, **server, ALTEGIO_DIALECT=dialect)
        with Program([*FRONTDESK], environment, size=WIDE) as program:
            program.expect(A_DAY)
            program.settled()
            own_strings = set(program.terminal.strings)
            program.press("right")
            program.expect(rf"^.{{0,6}}{time}")
            program.press("home")
            program.expect("Mallory")
            assert "[red]" in program.settled()
            program.press("tab", "enter")
            program.settled()
            program.press("escape", "escape")
            for form in ("f2", "f4"):
                program.press(form)
                program.expect(r"F8 (save|book)")
                program.settled()
                program.press("escape")
                program.expect("F10 quit")
            assert program.terminal.stray <= JOINERS
            assert program.terminal.malformed == []
            assert {string for string in program.terminal.strings if b"52;" in string or b"owned" in string} == set()
            assert set(program.terminal.strings) - own_strings <= {b"]22;default", b"]22;pointer", b"]22;text"}
            program.press("f10")
            assert program.end() == 0
