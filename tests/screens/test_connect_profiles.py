"""Connect beside its straight way: leaving, servers of one's own, the environment, several profiles, forgetting."""

import pytest
from textual.events import Paste
from textual.widgets import Input

from tests.screens.connecting import Studio, desk
from tests.screens.hosts import NOT_YET
from tests.screens.test_connect import SMALL, Desk, host
from tui_app.credentials import Place, Tokens
from tui_app.intents import OpenHelp
from tui_app.screens.connect import Connected
from tui_app.screens.connect.secret_input import SecretInput
from tui_app.secret import SecretStr
from tui_app.settings import Profile, Settings, load_settings

__all__ = ["desk"]

OTHER = Profile(name="other", server="https://desk.example/api", location_title="Far away", location_id=7)
HERE = Profile(name="here", location_title="Mitte", location_id=1)


def tokens() -> Tokens:
    return Tokens(SecretStr("partner-token"), SecretStr("user-token"))


async def test_esc_leaves_at_once_where_nothing_was_typed(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        await Desk(app, pilot).press("escape")
        assert app.answer is None


async def test_esc_asks_before_what_was_typed_is_lost_and_goes_back_a_step_first(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", "some-token")
        await hand.press("escape")
        assert "step 1 of 5" in hand.shown
        await hand.press("escape", "enter")
        assert app.answer is NOT_YET
        await hand.press("f8")
        assert app.screen.query_one("#partner", Input).value == "some-token"
        await hand.press("escape", "escape", "tab", "enter")
        assert app.answer is None


async def test_a_second_f8_in_the_same_burst_does_nothing(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("f8", "f8", "f8", "f8", "f8")
        assert len(app.answers) == 1
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Type the address"),
        ("http://desk.example/api", "use https"),
        ("https://desk.example", "must end in /api"),
        ("https://me:secret@desk.example/api", "no login"),
        ("ftp://x/api", "https://"),
        ("https://desk.example:0/api", "an address that begins"),
    ],
)
async def test_an_address_that_no_token_may_go_to_is_refused_in_words(desk: Studio, address: str, words: str) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("down", "down")
        await hand.type("address", address)
        await hand.press("f8")
        assert words in hand.shown
        assert "step 1 of 5" in hand.shown
        assert app.focused is app.screen.query_one("#address")


async def test_an_address_of_ones_own_and_a_dialect_are_used_and_kept(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("down", "down", "enter", *"http://127.0.0.1:9/api", "enter", "down")
        await hand.to_location(desk)
        await hand.press("f8", "f8", "f8")
        assert hand.connected.profile.server == "http://127.0.0.1:9/api"
        assert hand.connected.profile.dialect == "events"
    assert load_settings(desk.settings_file).settings.profile("default") == hand.connected.profile


async def test_tokens_typed_for_one_server_never_go_to_another(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("escape", "escape", "shift+tab", "shift+tab")
        await hand.press("tab", "tab", "tab")
        app.screen.query_one("#server").focus()
        await hand.press("down", "f8")
        assert "step 2 of 5" in hand.shown
        assert "given" not in hand.shown
        await hand.press("f8")
        assert "The partner token is missing" in hand.shown


async def test_tokens_of_the_environment_need_no_typing_and_stay_where_they_are(desk: Studio) -> None:
    desk.environ.update(ALTEGIO_PARTNER_TOKEN=desk.sandbox.partner_token, ALTEGIO_USER_TOKEN=desk.sandbox.user_token)
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        assert "from the environment" in hand.shown
        await hand.press("f8", "f8")
        assert "(•) Leave them where they are" in hand.shown
        await hand.press("f8", "f8")
        assert isinstance(app.answer, Connected)
    assert not desk.vault.entries


async def test_settings_that_cannot_be_saved_do_not_stop_the_work(desk: Studio) -> None:
    desk.settings_file.parent.mkdir(parents=True)
    desk.settings_file.write_text("this is = not [toml")
    app = host(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Desk(app, pilot)
        await hand.to_location(desk)
        await hand.press("f8", "f8")
        assert "They hold for this run" in hand.shown
        await hand.press("f8")
        assert hand.connected.location_id == desk.sandbox.location_id
    assert desk.settings_file.read_text() == "this is = not [toml"


async def test_a_page_of_pasted_text_and_a_paste_with_empty_lines_are_harmless(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        field = app.screen.query_one("#partner", SecretInput)
        field.focus()
        app.post_message(Paste("\n  some-token \n"))
        await hand.settle()
        assert field.take() == "some-token"
        app.post_message(Paste("long line of text " * 200 + "\n" * 50))
        await hand.settle()
        await hand.press("f8")
        assert "a space, a comma" in hand.shown


async def test_another_profile_is_chosen_with_its_own_server(desk: Studio) -> None:
    desk.save(Settings(active="here", profiles=(HERE, OTHER)))
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f6", "down", "enter")
        assert "profile other" in hand.shown
        assert app.screen.query_one("#address", Input).value == OTHER.server
        assert "(•) Another address" in hand.shown


async def test_a_profile_is_added_under_a_name_that_is_not_taken(desk: Studio) -> None:
    desk.save(Settings(active="here", profiles=(HERE,)))
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f6", *"new", "enter", *"here", "enter")
        assert "There is a profile of that name" in hand.shown
        await hand.press(*"2", "enter")
        assert "profile here2" in hand.shown


@pytest.mark.parametrize("place", [Place.KEYRING, Place.FILE, Place.MEMORY])
async def test_a_renamed_profile_takes_its_tokens_along(desk: Studio, place: Place) -> None:
    desk.save(Settings(active="here", profiles=(HERE, OTHER)))
    await desk.credentials.save(HERE, tokens(), place)
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f6", *"rename", "enter", "end", "x", "enter")
        assert "Renamed to «herex»" in hand.shown
        await hand.press("enter")
        assert "profile herex" in hand.shown
    renamed = desk.settings.profile("herex")
    assert renamed is not None
    assert desk.settings.active == "herex"
    found = await desk.credentials.find(renamed)
    assert (found.partner, found.user) == (tokens().partner, tokens().user)
    assert (await desk.credentials.find(HERE)).partner is None


async def test_a_profile_keeps_its_name_where_its_tokens_cannot_be_read(desk: Studio) -> None:
    desk.save(Settings(active="here", profiles=(HERE,)))
    await desk.credentials.save(HERE, tokens(), Place.KEYRING)
    desk.vault.locked = True
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f6", *"rename", "enter", "end", "x", "enter")
        assert "The profile keeps its name" in hand.shown
    assert desk.settings.profile("here") == HERE


async def test_a_removed_profile_takes_its_tokens_with_it(desk: Studio) -> None:
    desk.save(Settings(active="here", profiles=(HERE, OTHER)))
    await desk.credentials.save(HERE, tokens(), Place.KEYRING)
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f6", *"remove", "enter", "enter")
        assert desk.settings.profile("here") == HERE
        await hand.press("f6", *"remove", "enter", "tab", "enter")
        assert "removed from the keyring" in hand.shown
        await hand.press("enter")
        assert "profile other" in hand.shown
    assert desk.settings == Settings(active="other", profiles=(OTHER,))
    assert (await desk.credentials.find(HERE)).partner is None


async def test_forgetting_all_says_what_could_not_be_removed(desk: Studio) -> None:
    desk.save(Settings(active="here", profiles=(HERE, OTHER)))
    await desk.credentials.save(HERE, tokens(), Place.FILE)
    await desk.credentials.save(OTHER, tokens(), Place.KEYRING)
    desk.vault.locked = True
    app = host(desk, profile=HERE)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        await hand.press("f7", "enter")
        assert desk.token_file.exists()
        await hand.press("f7", "tab", "enter")
        assert "not everything is gone" in hand.shown
        assert "removed from the token file" in hand.shown
        assert "the keyring is locked" in hand.shown
        await hand.press("enter")
    assert (await desk.credentials.find(HERE)).partner is None


async def test_help_is_asked_of_the_app(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        await Desk(app, pilot).press("f1")
        assert [type(message) for message in app.asked] == [OpenHelp]


async def test_every_step_fits_the_smallest_terminal(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.settle()
        assert "Find out" in hand.shown
        await hand.press("f8")
        assert "Password" in hand.shown
        await hand.to_location(desk)
        for words in ("Studio", "that only your user may read", "A password is never stored"):
            assert words in hand.shown
            assert "[ Back ]" in hand.shown
            assert "F1 help" in hand.shown
            await hand.press("f8")


async def test_a_window_too_small_says_so_and_nothing_typed_is_lost(desk: Studio) -> None:
    app = host(desk)
    async with app.run_test(size=SMALL) as pilot:
        hand = Desk(app, pilot)
        await hand.to_tokens()
        await hand.type("partner", "some-token")
        await pilot.resize_terminal(50, 10)
        await hand.press("f8")
        assert "Too small" in hand.shown
        await pilot.resize_terminal(*SMALL)
        await hand.settle()
        assert app.screen.query_one("#partner", Input).value == "some-token"
        assert app.focused is not None
