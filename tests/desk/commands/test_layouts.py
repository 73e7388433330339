"""The same keys in another keyboard layout mean the same; a Cyrillic name stays a name (design 5)."""

import pytest
from msgspec.structs import replace

from tests.desk.commands.views import EVENING, LATE, VIEW, candidates, deferred, intent
from tui_app.desk.commands.intents import (
    Book,
    ClientQuery,
    Filter,
    Help,
    Named,
    NextFree,
    SelectEvent,
    SetTeamMember,
    Visitor,
)
from tui_app.desk.commands.layouts import Layout, by_key, tidy, typed_in
from tui_app.desk.commands.parse import READERS, read_line
from tui_app.desk.commands.verbs import BY_WORD, VERBS, Argument, shown_in
from tui_app.desk.commands.view import About, Chain


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("ф", "a"), ("ф3", "a3"), ("ф -3б7", "a -3,7"), ("т3", "n3"), ("л3", "k3"), ("к3", "r3"), ("К3", "r3"),
        ("ь3 19:00", "m3 19:00"), ("ь3 егу 19", "m3 tue 19"), ("ч3", "x3"), ("ч", "x"), ("и3", "b3"), ("и", "b"),
        ("с14", "c14"), ("с+1", "c+1"), ("фе 19:30", "at 19:30"), ("фе 19Ж30", "at 19:30"), ("д 90", "l 90"),
        ("кщщь 2", "room 2"), ("у", "e"), ("туц", "new"), ("вгз ьщтбцув 4ц", "dup mon,wed 4w"), ("сфтсуд", "cancel"),
        ("г", "u"), ("ещвфн", "today"), ("акш", "fri"), ("ыгт", "sun"), ("ігт", "sun"), ("цуул", "week"),
        ("црщ 5678", "who 5678"), ("сфдд", "call"), ("дщс", "loc"), ("зкште", "print"), ("дщсл", "lock"), ("й", "q"),
        ("рудз", "help"), ("куакуыр", "refresh"), ("куакуір", "refresh"), ("18и", "18b"), ("18Ж00", "18:00"),
        ("18ж00", "18:00"), ("24ю12", "24.12"), ("5678ж 1234", "5678; 1234"), ("ф3ж 5678", "a3; 5678"),
        ("5678ж1234", "5678;1234"), ("18 5678 *2ж к3", "18 5678 *2; r3"),
    ],
)  # fmt: skip
def test_a_verb_goes_by_the_position_of_its_keys(cyrillic: str, latin: str) -> None:
    assert readings(cyrillic) == readings(latin)


def readings(line: str) -> list[object]:
    """What the entries of a line come to."""
    reading = read_line(line, VIEW)
    return [part.reading for part in reading.parts] if isinstance(reading, Chain) else [reading]


@pytest.mark.parametrize(
    ("typed", "meant"), [(".йога", Filter("йога")), (".нщпф", Filter("нщпф")), ("№йога", Filter("йога")), (",", Help())]
)
def test_signs_that_a_layout_moves(typed: str, meant: object) -> None:
    assert read_line(typed, VIEW) == meant


@pytest.mark.parametrize(
    "name", ["анна", "ким", "Ольга", "ерлан", "кира", "ж", "бота", "хан", "юля", "эмма", "Ан Ли", "ф анна"]
)
def test_a_cyrillic_name_stays_a_name(name: str) -> None:
    assert intent(name) == Book(EVENING, ClientQuery(name, tuple(name.split())))


def test_free_words_keep_their_script() -> None:
    assert intent("ц анна") == Book(EVENING, Visitor("Анна"))
    assert intent("туче йога 2") == NextFree("йога", 2)


def test_a_team_member_is_found_in_either_layout() -> None:
    assert intent("е ир") == SetTeamMember(EVENING, Named(2, "Ирина Ан"))
    assert intent("t bh") == SetTeamMember(EVENING, Named(2, "Ирина Ан"))
    assert intent("е фттф") == SetTeamMember(EVENING, Named(1, "Anna Kovaleva"))


def test_a_cyrillic_letter_before_an_unknown_name_is_no_verb() -> None:
    assert intent("е зара") == Book(EVENING, ClientQuery("е зара", ("е", "зара")))


class TestKazakhDigitRow:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("ғ,.ү", Book(EVENING, ClientQuery("5678", (), "5678"))),
            ("ғ,.ү Үі", Book(EVENING, ClientQuery("5678", (), "5678"), 3)),
            ("анна ғ,.ү", Book(EVENING, ClientQuery("анна 5678", ("анна",), "5678"))),
            ('"ү', SelectEvent(EVENING)),
            ('"ұ:ққ', SelectEvent(LATE)),
            ('"ұЖққ', SelectEvent(LATE)),
            ('"ү ғ,.ү', Book(EVENING, ClientQuery("5678", (), "5678"), selects=True)),
        ],
    )
    def test_words_of_that_row_alone_are_digits(self, typed: str, meant: object) -> None:
        assert read_line(typed, VIEW) == meant

    def test_a_verb_with_such_a_digit_may_be_a_name_and_is_asked(self) -> None:
        asked = candidates("кі")
        assert asked.about is About.READING
        assert [choice.intent for choice in asked.items] == [intent("к3"), Book(EVENING, ClientQuery("кі", ("кі",)))]

    def test_it_is_asked_with_every_meaning_and_waits_for_the_roster(self) -> None:
        assert len(candidates('ьі "ұ').items) == 3
        assert deferred("кі", replace(VIEW, roster=None)).text == "кі"

    @pytest.mark.parametrize("name", ["Ахметов Ү.", "қыз", "әлия", "Ұлан", "ахметов ү", '"ү"'])
    def test_a_name_with_such_letters_stays_a_name(self, name: str) -> None:
        booked = intent(name)
        assert isinstance(booked, Book)
        assert isinstance(booked.who, ClientQuery)
        assert booked.places == 1
        assert booked.who.names == tuple(name.replace('"', "").split())


@pytest.mark.parametrize(
    ("layout", "word", "shown"),
    [
        (Layout.RUSSIAN, "r", "к"), (Layout.RUSSIAN, "sun", "ыгт"), (Layout.UKRAINIAN, "sun", "ігт"),
        (Layout.KAZAKH, "a", "ф"), (Layout.RUSSIAN, "/", "."), (Layout.KAZAKH, "/", "№"), (Layout.UKRAINIAN, "?", ","),
    ],
)  # fmt: skip
def test_the_help_can_show_a_verb_as_the_keys_show_it(layout: Layout, word: str, shown: str) -> None:
    assert typed_in(word, layout) == shown


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("word", [verb.word for verb in VERBS if verb.word.isalpha()])
def test_every_verb_comes_back_from_every_layout(word: str, layout: Layout) -> None:
    assert by_key(shown_in(BY_WORD[word], layout)) == word


def test_the_table_and_the_readers_hold_the_same_verbs() -> None:
    apart = {verb.word for verb in VERBS if verb.argument is Argument.DAY or not verb.word.isalpha()}
    assert set(READERS) == set(BY_WORD) - apart


def test_typed_text_is_made_uniform() -> None:
    assert tidy("a –3，7\u00a0№\x1b[31m «x» ٣") == 'a -3,7 № "x" 3'
