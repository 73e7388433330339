from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_app.altegio.resources import Location
from tui_app.desk.phones import digits, is_withheld, mask_phone, parse_phone, region_of
from tui_app.desk.regions import region_of_zone
from tui_app.desk.trouble import Unparsed


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("8 701 234 56 78", "KZ", "+77012345678"),
        ("7012345678", "KZ", "+77012345678"),
        ("+7 701 234-56-78", "DE", "+77012345678"),
        ("00995 555 12 34 56", "KZ", "+995555123456"),
        ("00 49 176 12345678", "KZ", "+4917612345678"),
        ("0176 12345678", "DE", "+4917612345678"),
        ("(315) 555-0175", "US", "+13155550175"),
        ("+1 (315) 555-0175", "", "+13155550175"),
        ("＋４９ １７６ １２３４５６７８", "KZ", "+4917612345678"),
    ],
)
def test_a_phone_is_read_for_the_country_of_the_location(typed: str, region: str, e164: str) -> None:
    assert parse_phone(typed, region).e164 == e164


def test_a_phone_is_shown_as_people_read_it() -> None:
    assert parse_phone("87012345678", "KZ").shown == "+7 701 234 5678"


@pytest.mark.parametrize(
    ("typed", "region", "words"),
    [
        ("", "DE", "in digits"),
        ("anna", "DE", "in digits"),
        ("0176 ABC 5678", "DE", "digits only"),
        ("0176 12345678", "", "country code"),
        ("+999 123456789", "DE", "country code"),
        ("0", "DE", "few digits"),
        ("00", "KZ", "few digits"),
        ("+7 701 234 56", "KZ", "few digits"),
        ("+1 315 555 0175 99", "KZ", "Too many"),
        ("+4900000000000", "DE", "no such number|digits"),
    ],
)
def test_what_is_no_phone_is_refused_in_words(typed: str, region: str, words: str) -> None:
    with pytest.raises(Unparsed, match=words) as refused:
        parse_phone(typed, region)
    assert refused.value.words


@pytest.mark.parametrize("region", ["DE", "KZ", "GE", "US", "GB", "TH", "RU", "UA"])
def test_an_example_number_of_a_country_is_read_in_every_spelling(region: str) -> None:
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    for form in (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL):
        assert parse_phone(phonenumbers.format_number(example, form), region).e164 == e164
    assert parse_phone("00" + e164[1:], region).e164 == e164


@given(st.text(max_size=25), st.sampled_from(["DE", "KZ", "US", ""]))
def test_any_text_is_a_phone_or_refused(text: str, region: str) -> None:
    with suppress(Unparsed):
        phone = parse_phone(text, region)
        assert phone.e164.startswith("+")
        assert phone.e164[1:].isdecimal()
        assert digits(phone.shown) == phone.e164[1:]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("+77012345678", "•• 5678"),
        ("+7 (701) 234-56-78", "•• 5678"),
        ("5678", "••"),
        ("", "phone withheld"),
        ("+7701XXXXX78", "phone withheld"),
        ("+7***", "phone withheld"),
        ("n/a", "phone withheld"),
    ],
)
def test_a_phone_is_masked_to_its_last_four_digits(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@given(st.text(max_size=30))
def test_a_mask_never_shows_more_than_four_digits(phone: str) -> None:
    assert len(digits(mask_phone(phone))) <= 4


def test_a_masked_phone_counts_as_withheld() -> None:
    assert is_withheld("+7701XXXX678")
    assert is_withheld("  ")
    assert not is_withheld("+77012345678")


@pytest.mark.parametrize(
    ("zone", "region"),
    [
        ("Asia/Almaty", "KZ"),
        ("Europe/Berlin", "DE"),
        ("Asia/Tbilisi", "GE"),
        ("America/New_York", "US"),
        ("Europe/Kiev", "UA"),
        ("Europe/Kyiv", "UA"),
        ("UTC", ""),
        ("Nowhere/Town", ""),
        ("", ""),
    ],
)
def test_a_zone_tells_the_country(zone: str, region: str) -> None:
    assert region_of_zone(zone) == region


def test_the_country_that_the_location_tells_comes_before_its_zone() -> None:
    assert region_of(Location(id=1, title="", region="kz", zone="Europe/Berlin")) == "KZ"
    assert region_of(Location(id=1, title="", region="?", zone="Europe/Berlin")) == "DE"
    assert region_of(Location(id=1, title="")) == ""
