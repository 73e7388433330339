"""Phones as they are typed, sent and shown. `phonenumbers` is imported when the first one is read: it is heavy."""

from typing import Final

from msgspec import Struct

from tui_app.desk.regions import region_of
from tui_app.desk.trouble import Unparsed

__all__ = ["PhoneNumber", "digits", "is_withheld", "mask_phone", "parse_phone", "region_of"]

WITHHELD_MARKS: Final = frozenset("XxХх*•")
"""What stands for a hidden digit in a phone that the user may not see (contract 4)."""


class PhoneNumber(Struct, frozen=True):
    """A phone: `e164` as it is sent, `shown` as people read it."""

    e164: str
    shown: str


def digits(text: str) -> str:
    """Keep the decimal digits of a text, as ASCII, whatever script they are written in."""
    return "".join(str(int(char)) for char in text if char.isdecimal())


def is_withheld(phone: str) -> bool:
    """Whether a client's phone is hidden from the user: empty, or with masked digits (contract 4)."""
    return not phone.strip() or bool(WITHHELD_MARKS & set(phone)) or not digits(phone)


def mask_phone(phone: str) -> str:
    """Show the last four digits alone («•• 5678»), or words where even these are withheld."""
    if is_withheld(phone):
        return "phone withheld"
    kept = digits(phone)
    return f"•• {kept[-4:]}" if len(kept) > 4 else "••"


def parse_phone(text: str, region: str) -> PhoneNumber:
    """Read a typed phone for a region in two letters; raises `Unparsed` in words.

    A leading `00` means `+` before anything else: under some regions the library reads it as a national number.
    """
    import phonenumbers

    typed = text.strip()
    if not digits(typed):
        raise Unparsed("Type the phone in digits")
    plain = ("+" if typed.startswith(("+", "＋")) else "") + digits(typed)
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    if any(char.isalpha() for char in typed):
        raise Unparsed("A phone has digits only")
    if not plain.startswith("+") and not region:
        raise Unparsed("Type the phone with + and the country code")
    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException as error:
        raise Unparsed(_why_unparsed(error.error_type)) from None
    if not phonenumbers.is_possible_number(number):
        raise Unparsed(_why_impossible(phonenumbers.is_possible_number_with_reason(number)))
    if not phonenumbers.is_valid_number(number):
        raise Unparsed("No such number exists: check the digits, or type it with + and the country code")
    form = phonenumbers.PhoneNumberFormat
    return PhoneNumber(
        phonenumbers.format_number(number, form.E164), phonenumbers.format_number(number, form.INTERNATIONAL)
    )


def _why_unparsed(kind: int) -> str:
    import phonenumbers

    if kind == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
        return "Unknown country code"
    if kind == phonenumbers.NumberParseException.TOO_LONG:
        return "Too many digits for a phone"
    return "Too few digits for a phone"


def _why_impossible(reason: int) -> str:
    import phonenumbers

    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return "Too many digits for a phone of this country"
    if reason == phonenumbers.ValidationResult.INVALID_COUNTRY_CODE:
        return "Unknown country code"
    return "Too few digits for a phone of this country"
