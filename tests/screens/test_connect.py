"""Connect, as somebody meets it who has never seen the program; and again when a token is refused in mid-work."""

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.connecting import Studio, desk
from tests.screens.hosts import Host
from tui_app.altegio.errors import TokenRefused
from tui_app.credentials import Place, Tokens
from tui_app.screens.connect import Connected, ConnectScreen, Step
from tui_app.secret import SecretStr
from tui_app.settings import Profile, load_settings
from tui_app.widgets.dialogs import Dialog

__all__ = ["desk"]

SMALL = (60, 16)


def host(
    desk: Studio, *, profile: Profile | None = None, refused: TokenRefused | None = None, at: Step = Step.SERVER
) -> Host:
    return Host(lambda: ConnectScreen(desk.services, desk.settings, profile or Profile(), refused=refused, at=at))


class Desk:
    """Somebody at the keyboard of Connect."""

    def __init__(self, app: Host, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Keys one after the other, each answered before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way but what waits for an answer to a dialog."""
        await self.pilot.pause()
        while any(worker.is_running for worker in self.app.workers) and not isinstance(self.app.screen, Dialog):
            await self.pilot.pause()
        await self.pilot.pause()

    async def type(self, field: str, text: str) -> None:
        widget = self.app.screen.query_one(f"#{field}", Input)
        widget.focus()
        widget.value = text
        await self.pilot.pause()

    async def to_tokens(self) -> None:
        await self.settle()
        await self.press("f8")

    async def to_location(self, desk: Studio) -> None:
        await self.to_tokens()
        await self.type("partner", desk.sandbox.partner_token)
        await self.type("user", desk.sandbox.user_token)
        await self.press("f8")

    @property
    def shown(self) -> str:
        lines = self.app.text().splitlines()
        return " ".join(" ".join(lines).replace("│", " ").split())

    @property
    def connected(self) -> Connected:
        assert isinstance(self.app.answer, Connected)
        return self.app.answer


async def test_the_first_start_leads_from_nothing_to_a_proved_location(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        assert "step 1 of 5" in hand.shown
        await hand.to_location(desk)
        assert "step 3 of 5" in hand.shown
        await hand.press("f8")
        assert "step 4 of 5" in hand.shown
        assert "(•) In Test keyring" in hand.shown
        await hand.press("f8")
        assert "Partner and user token of default saved in the keyring" in hand.shown
        assert "A password is never stored" in hand.shown
        await hand.press("f8")
        assert hand.connected.location_id == desk.sandbox.location_id
        assert hand.connected.partner.get_secret_value() == desk.sandbox.partner_token
    saved = load_settings(desk.settings_file).settings.profile("default")
    assert saved is not None
    assert saved.location_id == desk.sandbox.location_id
    assert (await desk.credentials.find(saved)).complete


async def test_enter_alone_leads_through_every_field(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("enter", "enter", "enter")
        assert "step 2 of 5" in hand.shown
        app.post_message(Paste(desk.sandbox.partner_token))
        await hand.press("enter")
        app.post_message(Paste(desk.sandbox.user_token))
        await hand.press("enter", "enter", "enter", "enter")
        assert "step 3 of 5" in hand.shown


@pytest.mark.parametrize("role", ["owner", "receptionist"])
async def test_login_and_password_are_traded_for_a_user_token(desk: Studio, role: str) -> None:
    user = desk.sandbox.users[role]
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", desk.sandbox.partner_token)
        await hand.type("login", user.login)
        await hand.type("password", user.password)
        await hand.press("f8", "f8", "f8", "f8")
        assert hand.connected.user.get_secret_value() == user.token
    assert user.password not in str(desk.vault.entries)
    assert user.password not in desk.settings_file.read_text()


async def test_a_second_factor_is_asked_for_and_a_wrong_code_can_be_mended(desk: Studio) -> None:
    user = desk.sandbox.users["guarded"]
    assert user.second_factor is not None
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", desk.sandbox.partner_token)
        await hand.type("login", user.login)
        await hand.type("password", user.password)
        await hand.press("f8")
        assert "A code was sent to" in hand.shown
        await hand.type("code", "000000")
        await hand.press("f8")
        assert "did not take the code" in hand.shown
        await hand.type("code", user.second_factor)
        await hand.press("f8")
        assert "step 3 of 5" in hand.shown


async def test_a_wrong_password_is_said_and_the_login_stays(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", desk.sandbox.partner_token)
        await hand.type("login", desk.sandbox.login)
        await hand.type("password", "wrong")
        await hand.press("f8")
        assert "did not take the login or the password" in hand.shown
        assert app.screen.query_one("#login", Input).value == desk.sandbox.login
        assert app.focused is app.screen.query_one("#password")
        await hand.type("password", desk.sandbox.password)
        await hand.press("f8")
        assert "step 3 of 5" in hand.shown


@pytest.mark.parametrize(
    ("partner", "user", "words", "field"),
    [
        ("wrong", None, "refused the partner token", "partner"),
        (None, "wrong", "refused the user token", "user"),
        ("", "", "The partner token is missing", "partner"),
        (None, "", "Give a user token, or sign in", "user"),
        ("токен", "", "keyboard layout", "partner"),
        ("two words", "", "a space", "partner"),
    ],
)
async def test_what_is_wrong_with_a_token_is_said_at_its_field(
    desk: Studio, partner: str | None, user: str | None, words: str, field: str
) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", desk.sandbox.partner_token if partner is None else partner)
        await hand.type("user", desk.sandbox.user_token if user is None else user)
        await hand.press("f8")
        assert words in hand.shown
        assert app.focused is app.screen.query_one(f"#{field}")


async def test_user_token_and_login_at_once_are_asked_about(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        for field in ("partner", "user", "login", "password"):
            await hand.type(field, "x")
        await hand.press("f8")
        assert "not both" in hand.shown
    assert not desk.tried


async def test_what_was_typed_survives_a_server_that_does_not_answer(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        desk.sandbox.faults.answer(500, path="/companies", times=10)
        await hand.to_location(desk)
        assert "step 2 of 5" in hand.shown
        assert "given; type to replace it" in hand.shown
        desk.sandbox.faults.clear()
        await hand.press("f8")
        assert "step 3 of 5" in hand.shown


async def test_tokens_are_nowhere_on_the_screen_and_in_no_repr(desk: Studio) -> None:
    app = host(desk)
    secrets = (desk.sandbox.partner_token, desk.sandbox.user_token)
    async with app.run_test(size=(160, 48)) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        for field, secret in zip(("partner", "user"), secrets, strict=True):
            await hand.type(field, secret)
        assert not any(secret in app.export_screenshot() + app.text() for secret in secrets)
        assert not any(secret in repr(widget) for widget in app.screen.query("*") for secret in secrets)
        await hand.press("f8")
        assert not any(field.value for field in app.screen.query(Input))
        await hand.press("f8", "f8")
        assert not any(secret in app.export_screenshot() for secret in secrets)
        await hand.press("f8")
        assert not any(secret in repr(hand.connected) for secret in secrets)


async def test_a_token_cannot_be_copied_out_of_its_field(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", "secret-token")
        await hand.press("ctrl+a", "ctrl+c", "ctrl+x")
        assert app.clipboard == ""


async def test_a_keyring_that_is_absent_is_said_and_the_run_goes_on(desk: Studio) -> None:
    desk.vault.absent = True
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("f8")
        assert "(•) Nowhere: for this run only" in hand.shown
        assert "cannot be used now" in hand.shown
        await hand.press("f8", "f8")
        assert hand.connected.location_id == desk.sandbox.location_id
    assert not desk.token_file.exists()


async def test_a_keyring_that_locks_meanwhile_keeps_the_step_open(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("f8")
        desk.vault.locked = True
        await hand.press("f8")
        assert "Nothing was saved: the keyring is locked" in hand.shown
        assert "step 4 of 5" in hand.shown
        await hand.press("down", "f8", "f8")
        assert hand.connected.location_id == desk.sandbox.location_id


async def test_the_file_is_a_choice_of_its_own_and_its_harm_is_said(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("f8", "down", "down")
        assert "Not encrypted" in hand.shown
        await hand.press("f8", "enter")
        assert not desk.token_file.exists()
        await hand.press("f8", "tab", "enter")
        assert desk.token_file.exists()
        assert "saved in the token file" in hand.shown


async def test_a_refused_token_in_mid_work_keeps_server_and_location(desk: Studio) -> None:
    profile = Profile(location_id=desk.sandbox.location_id, location_title="Mitte")
    await desk.credentials.save(
        profile, Tokens(desk.user_token("stranger"), desk.user_token("stranger")), Place.KEYRING
    )
    app = host(desk, profile=profile, refused=TokenRefused("read", message="Partner token is not valid", status=401))
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        assert "refused the partner token" in hand.shown
        assert app.focused is app.screen.query_one("#partner")
        await hand.type("partner", desk.sandbox.partner_token)
        await hand.type("user", desk.sandbox.user_token)
        await hand.press("f8")
        assert "step 4 of 5" in hand.shown
        await hand.press("f8", "f8")
        assert hand.connected.profile.location_id == profile.location_id


async def test_with_complete_tokens_the_location_can_be_switched_at_once(desk: Studio) -> None:
    profile = Profile(location_id=desk.sandbox.location_id)
    await desk.credentials.save(profile, Tokens(SecretStr(desk.sandbox.partner_token), desk.user_token()), Place.MEMORY)
    app = host(desk, profile=profile, at=Step.LOCATION)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        assert "step 3 of 5" in hand.shown
        await hand.press("down", "f8")
        assert "Leave them where they are" in hand.shown
        await hand.press("f8", "f8")
        assert hand.connected.location_id == desk.sandbox.second_location_id
