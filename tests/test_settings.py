"""Settings: tolerant when read, careful when written, environment and flags on top."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio.servers import server_of
from tui_app.options import LaunchOptions
from tui_app.private_file import write_private
from tui_app.settings import (
    EffectiveProfile,
    Profile,
    Settings,
    SettingsError,
    check_server,
    dump_settings,
    effective_profile,
    load_settings,
    parse_settings,
    save_settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
titles = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]) | st.just(" "), max_size=200)
servers = st.sampled_from(["production", "mock", "https://desk.example/api", "http://127.0.0.1:8080/x/api"])
profiles = st.builds(
    Profile,
    name=names,
    server=servers,
    dialect=st.sampled_from(["activities", "events", "auto"]),
    location_id=st.none() | st.integers(1, 2**63 - 1),
    location_title=titles,
)
settings = st.builds(
    Settings,
    active=names,
    profiles=st.lists(profiles, max_size=4, unique_by=lambda profile: profile.name).map(tuple),
    refresh_seconds=st.integers(5, 3_600),
    show_cancelled=st.booleans(),
    ask_operator=st.booleans(),
    theme=st.sampled_from(["auto", "ansi-dark", "nord"]),
    phone_region=st.none() | st.sampled_from(["KZ", "DE"]),
    esc_delay_ms=st.none() | st.integers(25, 5_000),
    first_weekday=st.sampled_from(["monday", "saturday", "sunday"]),
    pin_hash=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200),
    idle_minutes=st.integers(0, 1_440),
)


@given(settings)
def test_what_is_written_is_read_back_alike(original: Settings) -> None:
    loaded = parse_settings(dump_settings(original))

    assert loaded.problems == ()
    assert loaded.settings == original


@given(st.text())
def test_no_text_at_all_makes_reading_crash(text: str) -> None:
    parse_settings(text)


@pytest.mark.parametrize("name", ['say "desk"', "back\\slash", "[a.b]", "Студия №1", "王芳", "a'b", "#", "=", "."])
def test_a_profile_may_have_any_name_that_can_be_printed(name: str) -> None:
    original = Settings().with_profile(Profile(name))

    assert parse_settings(dump_settings(original)).settings == original


@pytest.mark.parametrize("text", ["active = ", "[[[", "a = 1\na = 2", "x = " + "[" * 9_000, "n = " + "9" * 9_000])
def test_a_broken_file_gives_the_defaults_and_words(text: str) -> None:
    loaded = parse_settings(text)

    assert loaded.settings == Settings()
    assert not loaded.readable
    assert "not TOML" in loaded.problems[0].words


def test_a_syntax_error_is_told_with_its_line() -> None:
    assert "line 2" in parse_settings('theme = "nord"\nactive = ?').problems[0].words


def test_bad_values_and_unknown_keys_are_named_and_the_rest_is_kept() -> None:
    loaded = parse_settings('refresh_seconds = 1\nshow_cancelled = 1\ncolour = "red"\ntheme = "nord"')

    assert [problem.where for problem in loaded.problems] == ["refresh_seconds", "show_cancelled", "colour"]
    assert loaded.settings == Settings(theme="nord")
    assert loaded.readable


def test_a_token_in_the_file_is_refused_without_repeating_it() -> None:
    (problem,) = parse_settings('partner_token = "abc123"').problems

    assert "tokens do not belong" in problem.words
    assert "abc123" not in str(problem)


def test_a_profile_with_a_bad_server_is_left_out_rather_than_sent_elsewhere() -> None:
    loaded = parse_settings('[profiles.desk]\nserver = "http://desk.example/api"\nlocation_id = 7')

    assert loaded.settings.profiles == ()
    assert loaded.problems[0].where == 'profiles."desk".server'


@pytest.mark.parametrize("text", ["profiles = 3", "profiles = [1]", "[profiles]\ndesk = 1", '[profiles." "]'])
def test_profiles_of_a_wrong_shape_are_a_problem(text: str) -> None:
    loaded = parse_settings(text)

    assert loaded.settings.profiles == ()
    assert len(loaded.problems) == 1


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("production", "production"),
        ("mock", "mock"),
        ("https://api.alteg.io/api/", "production"),
        ("https://API.alteg.io:443/api", "production"),
        ("https://desk.example/api", "https://desk.example/api"),
        ("https://desk.example:8443/proxy/api/", "https://desk.example:8443/proxy/api"),
        ("http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api"),
        ("http://localhost/api", "http://localhost/api"),
        ("http://[::1]:9/api", "http://[::1]:9/api"),
    ],
)
def test_servers_have_one_normal_form(text: str, normal: str) -> None:
    assert check_server(text) == normal
    assert check_server(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "desk.example/api",
        "ftp://desk.example/api",
        "file:///api",
        "https:///api",
        "https://desk.example",
        "https://desk.example/api/v2",
        "http://desk.example/api",
        "http://127.0.0.1.example/api",
        "http://10.0.0.5/api",
        "https://me:hunter2@desk.example/api",
        "https://desk.example/api?x=/api",
        "https://desk.example/api#/api",
        "https://desk.example/a\n/api",
        "https://desk.example\\@evil.example/api",
        "https://dеsk.example/api",  # a Cyrillic е
        "https://desk.example:99999/api",
        "https://desk.example:0/api",
        "https://[::1/api",
    ],
)
def test_any_other_server_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SettingsError) as refused:
        check_server(text)

    assert "hunter2" not in str(refused.value)


def test_a_profile_knows_the_origin_that_its_tokens_belong_to() -> None:
    assert Profile().origin == "https://api.alteg.io"
    assert Profile(server="mock").origin == "https://developer.alteg.io"
    assert Profile(server="http://127.0.0.1:8080/x/api").origin == "http://127.0.0.1:8080"


def test_a_saved_profile_becomes_the_active_one_in_its_old_place() -> None:
    first, second = Profile("first"), Profile("second")
    changed = Profile("first", location_id=7)

    assert Settings(profiles=(first, second)).with_profile(changed) == Settings("first", (changed, second))


def test_after_the_active_profile_is_dropped_the_next_one_is_active() -> None:
    both = Settings("first", (Profile("first"), Profile("second")))

    assert both.without_profile("first") == Settings("second", (Profile("second"),))
    assert both.without_profile("second").active == "first"
    assert both.without_profile("first").without_profile("second") == Settings()


# the file


def test_a_missing_file_gives_the_defaults_without_a_problem(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "none" / "settings.toml")

    assert (loaded.settings, loaded.problems, loaded.readable) == (Settings(), (), True)


def test_the_file_and_its_new_folders_are_private(tmp_path: Path) -> None:
    path = tmp_path / "config" / "desk" / "settings.toml"

    assert save_settings(Settings(theme="nord"), path) is None

    assert load_settings(path).settings == Settings(theme="nord")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]] == [0o700, 0o700]
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("precious = ?")

    with pytest.raises(SettingsError, match="left as it is"):
        save_settings(Settings(), path)

    assert path.read_text() == "precious = ?"


def test_a_broken_file_is_kept_beside_when_it_is_replaced_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("precious = ?")

    kept = save_settings(Settings(), path, replace_broken=True)

    assert kept is not None
    assert kept.read_text() == "precious = ?"
    assert load_settings(path).readable


def test_comments_and_unknown_keys_are_kept_in_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\ntheme = "nord"\nfrom_a_newer_version = 1\n')

    kept = save_settings(Settings(), path)

    assert kept is not None
    assert kept.read_text().startswith("# mine")
    assert save_settings(Settings(), path) is None  # what this program wrote itself needs no copy


def test_a_link_to_the_settings_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "kept" / "settings.toml", tmp_path / "settings.toml"
    save_settings(Settings(), real)
    link.symlink_to(real)

    save_settings(Settings(theme="nord"), link)

    assert link.is_symlink()
    assert load_settings(real).settings.theme == "nord"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 1_000_001])
def test_bytes_that_are_no_settings_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)

    assert not load_settings(path).readable


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert not load_settings(tmp_path).readable


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    write_private(path, "old")

    with pytest.raises(UnicodeEncodeError):
        write_private(path, "new \ud800")

    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


# environment and flags

DESK = Profile("desk", dialect="events", location_id=7, location_title="Studio")
SETTINGS = Settings("desk", (DESK, Profile("other", location_id=8)))


def effective(environ: Mapping[str, str], options: LaunchOptions | None = None) -> EffectiveProfile:
    return effective_profile(SETTINGS, environ, options or LaunchOptions())


def test_the_active_profile_is_used_as_it_is() -> None:
    assert effective({}) == EffectiveProfile(DESK)


def test_the_environment_goes_over_the_file_and_flags_over_the_environment() -> None:
    environ = {"ALTEGIO_LOCATION_ID": "9", "ALTEGIO_DIALECT": "auto"}

    over_file = effective(environ)
    over_both = effective(environ, LaunchOptions(location_id=10))

    assert (over_file.profile.location_id, over_file.profile.dialect) == (9, "auto")
    assert over_file.overrides == ("dialect from ALTEGIO_DIALECT", "location_id from ALTEGIO_LOCATION_ID")
    assert over_both.profile.location_id == 10
    assert over_both.overrides == ("dialect from ALTEGIO_DIALECT", "location_id from --location")


def test_another_location_does_not_keep_the_title_of_the_first() -> None:
    assert effective({"ALTEGIO_LOCATION_ID": "9"}).profile.location_title == ""
    assert effective({"ALTEGIO_LOCATION_ID": "7"}).profile.location_title == "Studio"


def test_another_server_keeps_neither_location_nor_dialect_nor_origin() -> None:
    profile = effective({"ALTEGIO_BASE_URL": "http://127.0.0.1:8080/api"}).profile

    assert profile == Profile("desk", server="http://127.0.0.1:8080/api")
    assert profile.origin != DESK.origin


def test_the_same_server_named_again_keeps_the_location() -> None:
    assert effective({"ALTEGIO_BASE_URL": "https://api.alteg.io/api"}).profile == DESK


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ALTEGIO_BASE_URL", "http://desk.example/api"),
        ("ALTEGIO_LOCATION_ID", "0"),
        ("ALTEGIO_LOCATION_ID", "٧"),
        ("ALTEGIO_LOCATION_ID", "7; x"),
        ("ALTEGIO_DIALECT", "Events"),
    ],
)
def test_a_bad_variable_stops_the_start_and_is_named(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        effective({variable: value})


def test_an_empty_variable_is_an_unset_one() -> None:
    assert effective({"ALTEGIO_BASE_URL": "", "ALTEGIO_LOCATION_ID": ""}).profile == DESK


def test_a_profile_is_chosen_by_flag_and_a_wrong_name_is_told_the_right_ones() -> None:
    assert effective({}, LaunchOptions(profile="other")).profile.location_id == 8
    with pytest.raises(SettingsError, match="desk, other"):
        effective({}, LaunchOptions(profile="othr"))


def test_a_broken_profile_in_use_stops_the_start_instead_of_going_to_production() -> None:
    broken = parse_settings('active = "desk"\n[profiles.desk]\nserver = "http://desk.example/api"').settings

    with pytest.raises(SettingsError, match="doctor says where"):
        effective_profile(broken, {}, LaunchOptions())

    other = effective_profile(broken, {}, LaunchOptions(base_url="https://desk.example/api"))
    assert other.profile.server == "https://desk.example/api"
    assert effective_profile(broken.with_profile(DESK), {}, LaunchOptions()).profile == DESK


parts = st.tuples(
    st.sampled_from(["https://", "http://", "HTTPS://", "//", "ftp://", ""]),
    st.sampled_from(
        ["desk.example", "DESK.example.", "127.0.0.1", "localhost", "[::1]", "10.0.0.5", "[::ffff:7f00:1]"]
    ),
    st.sampled_from(["", ":", ":443", ":80", ":8443", ":0", ":070", ":x"]),
    st.sampled_from(["/api", "/api/", "/api//", "//api", "/a/../api", "/%2e/api", "/xapi", "/api;v=1", "/api/v2", ""]),
)


@given(st.sampled_from(["production", "mock"]) | parts.map("".join))
def test_tokens_belong_to_the_origin_that_the_api_is_called_at(server: str) -> None:
    try:
        profile = Profile(server=server)
    except SettingsError:
        return

    root = urlsplit(server_of(profile.server).v2)

    assert f"{root.scheme}://{root.netloc}" == profile.origin


def test_without_any_profile_a_new_one_begins_at_production() -> None:
    profile = effective_profile(Settings(), {}, LaunchOptions(profile="new")).profile

    assert profile == Profile("new", server="production")


def test_settings_import_nothing_heavy() -> None:
    code = (
        "import sys, tui_app.settings\n"
        "print({'pydantic', 'httpx', 'keyring', 'platformdirs', 'textual'} & {m.split('.')[0] for m in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)

    assert run.stdout == "set()\n"


@pytest.mark.parametrize(
    "line", ["idle_minutes = 1441", "idle_minutes = -1", 'idle_minutes = "5"', "idle_minutes = true"]
)
def test_an_idle_limit_out_of_bounds_is_off_and_named(line: str) -> None:
    loaded = parse_settings(line)

    assert loaded.settings.idle_minutes == 0
    assert [problem.where for problem in loaded.problems] == ["idle_minutes"]


@pytest.mark.parametrize("value", ["3", '"' + "a" * 501 + '"', '"ключ"', r'"a\nb"'])
def test_what_is_no_hash_of_a_pin_is_left_out_and_not_repeated(value: str) -> None:
    loaded = parse_settings(f"pin_hash = {value}")

    assert loaded.settings.pin_hash == ""
    assert [str(problem) for problem in loaded.problems if value.strip('"') in problem.words] == []
    assert [problem.where for problem in loaded.problems] == ["pin_hash"]


def test_the_hash_of_the_pin_shows_in_no_repr() -> None:
    assert "salt-and-digest" not in repr(Settings(pin_hash="salt-and-digest"))
