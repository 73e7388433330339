"""Clients as they are answered: cards, hits of a search, figures (contract 3, 4)."""

from collections.abc import Iterable

from tui_app.altegio.calls import Json
from tui_app.altegio.envelope import BrokenAnswer, Envelope
from tui_app.altegio.resources import Agreements, Client, ClientHit, ClientPage, ClientStatistics, CustomValue, Gender
from tui_app.altegio.wire.items import Item, Values, flat, need_id, read_all, renamed
from tui_app.altegio.wire.lenient import (
    Count,
    Day,
    Float,
    Int,
    KnownFlag,
    Lenient,
    Line,
    Lines,
    Wall,
    to_count,
    to_id,
    to_known_flag,
    to_line,
)


class ClientAnswer(Lenient, frozen=True):
    """The values of a client's card."""

    name: Line = ""
    surname: Line = ""
    patronymic: Line = ""
    phone: Line = ""
    email: Line = ""
    gender: Int = None
    birthday: Day = None
    comment: Lines = ""
    discount_percent: Float = None
    national_id: Line = ""


class HitAnswer(Lenient, frozen=True):
    """The values of a client or a visitor in a search."""

    name: Line = ""
    fullname: Line = ""
    surname: Line = ""
    patronymic: Line = ""
    phone: Line = ""
    email: Line = ""


class StatisticsAnswer(Lenient, frozen=True):
    """The figures of a client, under the names that have been seen."""

    visits_count: Count = None
    no_shows_count: Count = None
    balance: Float = None
    first_visit_date: Wall = None
    last_visit_date: Wall = None


def read_client(item: Item) -> Client:
    """Read a client's card. Raises BrokenAnswer without an id."""
    return client_of(item.values, agreements=_agreements(item), custom_values=_custom_values(item))


def client_of(
    values: Values, *, agreements: Agreements | None = None, custom_values: tuple[CustomValue, ...] | None = None
) -> Client:
    """Read a client from values alone. Raises BrokenAnswer without an id."""
    answer = ClientAnswer.read(renamed(values, discount_percent="discount"))
    known = answer.gender in {gender.value for gender in Gender}
    return Client(
        id=need_id(values),
        name=answer.name,
        surname=answer.surname,
        patronymic=answer.patronymic,
        phone=answer.phone,
        email=answer.email,
        gender=Gender(answer.gender or 0) if known else Gender.UNKNOWN,
        birthday=answer.birthday,
        comment=answer.comment,
        discount_percent=answer.discount_percent or 0.0,
        national_id=answer.national_id,
        agreements=agreements,
        custom_values=custom_values,
    )


def read_hit(item: Item) -> ClientHit:
    """Read a hit of a search. Raises BrokenAnswer where there is neither an id nor a name."""
    values = item.values
    answer = HitAnswer.read(values)
    number = to_id(values.get("id"))
    visitor = _visitor_id(values)
    if number is None and visitor is None and not (answer.name or answer.fullname):
        raise BrokenAnswer("a hit has neither an id nor a name")
    return ClientHit(
        None if visitor is not None else number,
        answer.name or _given_name(answer),
        answer.surname,
        answer.patronymic,
        answer.phone,
        answer.email,
        visitor,
    )


def read_client_page(envelope: Envelope) -> tuple[ClientPage, int]:
    """Read a page of a search, and how many of its objects were broken. Raises BrokenAnswer."""
    hits, dropped = read_all(envelope, read_hit)
    return ClientPage(hits, to_count((envelope.meta or {}).get("total_count"))), dropped


def read_statistics(item: Item) -> ClientStatistics:
    """Read a client's figures; each one that is not told is None."""
    names = {"visits_count": "visits", "no_shows_count": "no_shows absent_count absent"}
    answer = StatisticsAnswer.read(renamed(item.values, **names))
    return ClientStatistics(
        visits=answer.visits_count,
        no_shows=answer.no_shows_count,
        balance=answer.balance,
        first_visit=answer.first_visit_date,
        last_visit=answer.last_visit_date,
    )


class AgreementsAnswer(Lenient, frozen=True):
    """A client's consents."""

    is_newsletter_allowed: KnownFlag = None
    is_personal_data_processing_allowed: KnownFlag = None


def _agreements(item: Item) -> Agreements | None:
    values = item.one("agreements", "agreement")
    if values is None:
        return None
    answer = AgreementsAnswer.read(values)
    return Agreements(newsletter=answer.is_newsletter_allowed, personal_data=answer.is_personal_data_processing_allowed)


def _custom_values(item: Item) -> tuple[CustomValue, ...] | None:
    refs = item.refs("custom_field_values", "custom_fields")
    if refs is None:
        return None
    inline = item.values.get("custom_field_values", item.values.get("custom_fields"))
    if isinstance(inline, dict) and "code" not in inline:  # {"code": "value", ...}
        return _known(CustomValue(to_line(code), _value(value)) for code, value in inline.items())
    return _known(CustomValue(_code(ref.values), _value(ref.values.get("value"))) for ref in refs if ref.values)


def _known(values: Iterable[CustomValue]) -> tuple[CustomValue, ...]:
    return tuple(value for value in values if value.code and value.value)


def _code(values: Values) -> str:
    inner = values.get("custom_field")
    return to_line(values.get("code")) or (to_line(flat(inner).get("code")) if isinstance(inner, dict) else "")


def _value(value: Json) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(to_line, value)))
    if isinstance(value, bool):
        return "1" if value else "0"
    return to_line(value)


def _visitor_id(values: Values) -> int | None:
    """Tell a visitor from a client, which the contract leaves open for the autocomplete (contract 4)."""
    number = to_id(values.get("comer_id"))
    if number is not None:
        return number
    flagged = to_known_flag(values.get("is_comer")) or to_line(values.get("type")) == "comer"
    return to_id(values.get("id")) if flagged else None


def _given_name(answer: HitAnswer) -> str:
    rest = answer.fullname.split()
    for part in f"{answer.surname} {answer.patronymic}".split():
        if part in rest and len(rest) > 1:
            rest.remove(part)
    return " ".join(rest)
