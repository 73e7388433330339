"""Booking from the line: who is meant, what must be asked first, and the booking itself (design 5)."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui_app.altegio.errors import AltegioError, NoRights
from tui_app.altegio.resources import Booking, ClientHit, Event
from tui_app.desk.booking import BookingDraft, CheckedBooking, Made, Prepared, check_booking, draft_for
from tui_app.desk.client_matching import describe_hit
from tui_app.desk.commands.intents import Book, ClientQuery, NewClient, Visitor
from tui_app.desk.commands.matching import Match, Nobody, One, Several, candidates_for
from tui_app.desk.commands.preview import preview
from tui_app.desk.commands.questions import QuestionKind
from tui_app.desk.commands.saying import places_words, query_words, who_words
from tui_app.desk.entries.hands import Hands
from tui_app.desk.entries.outcomes import UNDO_HINT, Asks, Done, Option, Outcome, Stopped, Tell, Then, second_enter
from tui_app.desk.entries.surface import UnfinishedBooking
from tui_app.desk.model import ASSUMED_LENGTH
from tui_app.desk.phones import mask_phone
from tui_app.desk.rights import sees_phones
from tui_app.desk.together import attempt, both
from tui_app.desk.undo import WITHOUT_UNDO, Booked
from tui_app.desk.when import format_time

_A_LITTLE: Final = timedelta(minutes=1)
"""Left off both ends, so that a booking that ends as this event begins is not in the way."""

_MAKES_CARD: Final = "a card is made, and no consents are recorded"


class _Read(Struct, frozen=True, kw_only=True):
    """A booking as it would be sent now, with all that was read for it; `lines` say what could not be."""

    prepared: Prepared
    checked: CheckedBooking
    elsewhere: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class BookingHandler:
    """Carries bookings out."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    async def book(self, book: Book, tell: Tell) -> Outcome:
        """Book, or ask who is meant; the event is selected first where the line named it."""
        if book.selects and self._hands.look().selected_id != book.event_id:
            self._hands.surface.select_event(book.event_id)
        book = replace(book, selects=False)
        match book.who:
            case ClientQuery():
                return await self._find(book, book.who, tell)
            case NewClient():
                return await self._new(book, book.who, tell)
            case _:
                return await self._book(book, tell)

    async def _find(self, book: Book, query: ClientQuery, tell: Tell) -> Outcome:
        tell(f"Looking for {query_words(query)}")
        event = self._event_of(book)
        match = await self._hands.matcher.match(query, event)
        match match:
            case One(hit):
                return await self._book(replace(book, who=hit), tell)
            case Several():
                ordered = await self._hands.matcher.ordered(query, match, event)
                return _which(book, ordered, "Who is it?", lines=self._withheld(query))
            case _:
                said = preview(query.text, book, self._hands.look(), Nobody()).line
                return Stopped(words=said, lines=self._withheld(query))

    def _withheld(self, query: ClientQuery) -> tuple[str, ...]:
        """Say to whoever sees no phones why their ends decide nothing."""
        right = sees_phones(self._hands.desk.reference.current.permissions)
        return () if right or not query.phone else (f"{right.reason}: look for the name",)

    async def _new(self, book: Book, new: NewClient, tell: Tell) -> Outcome:
        """Offer whoever has that phone already; where that may not be looked up, it is said and goes on."""
        tell(f"Looking whether somebody has {new.phone.shown} already")
        event = self._event_of(book)
        try:
            match = await self._hands.matcher.match(new, event)
        except NoRights:
            return await self._book(book, tell, lines=("You may not look up whether somebody has this phone already",))
        if isinstance(match, One | Several):
            return _which(book, match, "This phone is known already: who is it?", new=self._as_new(book))
        return await self._book(book, tell)

    def _as_new(self, book: Book) -> Then:
        """The new client after all: those with that phone have been offered."""

        async def then(tell: Tell) -> Outcome:
            return await self._book(book, tell, lines=("Somebody has this phone already",))

        return then

    async def _book(
        self, book: Book, tell: Tell, *, agreed: frozenset[str] = frozenset(), lines: tuple[str, ...] = ()
    ) -> Outcome:
        """Read what there is now, and book; what has not been agreed to is asked first."""
        tell(f"Booking {_said(book)}")
        read = await self._read(book)
        reasons = self._reasons(book, read)
        if read.checked.input is not None and set(reasons) <= agreed:
            return await self._send(book, read)
        roster = read.prepared.roster  # what is refused or asked shows on the screen as well
        self._hands.brought(self._hands.desk.rosters.read_after(roster, ()))
        if read.checked.input is None:
            return self._unfinished(book, read)

        async def then(tell: Tell) -> Outcome:
            return await self._book(book, tell, agreed=frozenset(reasons), lines=lines)

        words = f"{self._into(f'Book {who_words(book.who)}', book, read)}: {'; '.join(reasons)}"
        undo = (WITHOUT_UNDO["new_client"],) if isinstance(book.who, NewClient) else ()
        return second_enter(words, book, then, lines=(*lines, *undo))

    def _unfinished(self, book: Book, read: _Read) -> Outcome:
        """Refuse; a new client who lacks only what the line cannot take is finished in the form by a second Enter."""
        problems = read.checked.problems
        words = "; ".join(problems.values())
        if not isinstance(book.who, NewClient) or "places" in problems:
            return Stopped(words=words)
        unfinished = UnfinishedBooking(book.event_id, _draft_of(book), problems)

        async def then(_: Tell) -> Outcome:
            self._hands.surface.open(unfinished)
            return Done(words=f"In the form: {_said(book)}")

        does = f"Open the booking form for {who_words(book.who)}, with what you typed"
        enter = "opens the form with what you typed"
        return second_enter(f"{_said(book)}: {words}", book, then, enter=enter, does=does)

    async def _read(self, book: Book) -> _Read:
        """Read the roster, the event where it is not held, and what else the client has then, side by side."""
        desk = self._hands.desk
        if isinstance(book.who, NewClient):
            await desk.reference.load()
        shown = self._event_of(book)
        if shown is None:  # the day has changed since it was asked
            prepared = await self._prepared(book)
            elsewhere = await self._elsewhere(book, prepared.event)
        else:
            prepared, elsewhere = await both(self._prepared(book), self._elsewhere(book, shown))
        event = prepared.event
        free = event.free
        if free is None and event.capacity is not None:
            free = max(0, event.capacity - prepared.roster.places)
        checked = check_booking(
            _draft_of(book),
            custom_fields=desk.reference.current.custom_fields,
            region=desk.region,
            free=free,
            roster=prepared.roster,
            today=desk.clock.today(),
        )
        return _Read(prepared=prepared, checked=checked, elsewhere=elsewhere)

    async def _prepared(self, book: Book) -> Prepared:
        hands = self._hands
        held = hands.surface.held(book.event_id)
        return await hands.desk.booking.prepare(book.event_id, hands.look().roster, held=held)

    async def _elsewhere(self, book: Book, event: Event) -> tuple[str, ...]:
        """What else a known client has at that time; nothing is said where it cannot be read."""
        who = book.who
        if not isinstance(who, ClientHit) or who.id is None:
            return ()
        ends_at = event.ends_at or event.starts_at + ASSUMED_LENGTH
        if self._nothing_else(who.id, event, ends_at):
            return ()
        span = (event.starts_at + _A_LITTLE, ends_at - _A_LITTLE)
        api, here = self._hands.desk.api, self._hands.desk.location.id
        found = await attempt(lambda: api.bookings.list(here, client_id=who.id, between=span))
        if isinstance(found, AltegioError):
            return ()
        others = [booking for booking in found if not booking.deleted and booking.event_id != event.id]
        return tuple(dict.fromkeys(f"{who.full_name} has {self._other(booking)} at that time" for booking in others))

    def _nothing_else(self, client_id: int, event: Event, ends_at: datetime) -> bool:
        """Whether the day on the screen tells that a client has nothing else then: mostly so, and no request is due."""
        day, hands = event.starts_at.date(), self._hands
        if ends_at.date() != day or hands.surface.held(event.id) is None:
            return False
        found = hands.desk.schedule.bookings.events_of(client_id, day)
        return found is not None and all(self._apart(other, event, ends_at) for other in found - {event.id})

    def _apart(self, other_id: int | None, event: Event, ends_at: datetime) -> bool:
        """Whether it is certain that another event of the day is over by then, or begins later."""
        other = self._hands.look().event(other_id)
        if other is None or other.ends_at is None:
            return False
        return other.ends_at <= event.starts_at or ends_at <= other.starts_at

    def _other(self, booking: Booking) -> str:
        event = self._hands.look().event(booking.event_id)
        at = f"{format_time(booking.starts_at)} " if booking.starts_at is not None else ""
        if event is not None:
            return f"{at}{event.service}"
        return f"{at}another class" if booking.event_id is not None else f"an appointment {at}".rstrip()

    def _reasons(self, book: Book, read: _Read) -> tuple[str, ...]:
        """What must be agreed to by a second Enter (design 4, 5)."""
        event, reasons = read.prepared.event, list[str]()
        if (event.ends_at or event.starts_at + ASSUMED_LENGTH) <= self._hands.desk.clock.now():
            reasons.append("this event is over")
        reasons += read.checked.warnings.values()
        reasons += read.elsewhere
        if isinstance(book.who, NewClient):
            reasons.append(_MAKES_CARD)
        return tuple(reasons)

    async def _send(self, book: Book, read: _Read) -> Outcome:
        desk, undo = self._hands.desk, self._hands.services.undo
        words = self._into(f"Booked {_said(book)}", book, read)

        def remember(booking: Booking) -> None:
            undo.remember(Booked(book.event_id, booking), words)

        async def send() -> Made:
            return await desk.booking.book_onto(read.prepared.roster, read.checked, made=remember)

        key = f"book {book.event_id} {_key(book)}"
        await self._hands.write(f"book {_said(book)}", send, book.event_id, key=key, made=lambda made: made.change)
        later = self._card(book.who.id) if isinstance(book.who, ClientHit) and book.who.id is not None else None
        return Done(words=words, next_step=UNDO_HINT, later=later)

    def _card(self, client_id: int) -> "CardReader":
        return CardReader(self._hands, client_id)

    def _into(self, words: str, book: Book, read: _Read) -> str:
        """«... into 18:00 Vinyasa, 3 places left»."""
        event = read.prepared.event
        several = f" with {places_words(book.places)}" if book.places > 1 else ""
        left = f", {_left(event, book.places)}" if event.free is not None else ""
        return f"{words}{several} into {self._hands.say(event)}{left}"

    def _event_of(self, book: Book) -> Event | None:
        event = self._hands.look().event(book.event_id)
        return event.event if event is not None else None


class CardReader(Struct, frozen=True):
    """Reads what to know of a client who has just been booked."""

    hands: Hands
    client_id: int

    async def __call__(self) -> tuple[str, ...]:
        """Comment, birthday, first visit; empty where there is nothing to know."""
        card = await self.hands.services.caller.client_card(self.client_id)
        return (*card.lines, *card.notes)


def _which(book: Book, match: Match, words: str, *, new: Then | None = None, lines: tuple[str, ...] = ()) -> Asks:
    """Ask which client is meant; `new` goes on with the new client, who is the last choice then."""
    several = match if isinstance(match, Several) else Several((match.hit,) if isinstance(match, One) else ())
    options = [
        Option(words=choice.words, intent=choice.intent, then=new if choice.intent is book else None)
        for choice in candidates_for(book, several)
    ]
    more = ("There are more: type more of the name or the phone",) if several.more else ()
    return Asks(kind=QuestionKind.CANDIDATES, words=words, options=tuple(options), lines=(*lines, *more))


def _draft_of(book: Book) -> BookingDraft:
    places = str(book.places)
    match book.who:
        case ClientHit() as hit:
            return replace(draft_for(hit), places=places)
        case NewClient(name, surname, phone):
            return BookingDraft(name=name, surname=surname, phone=phone.e164, places=places)
        case Visitor(name):
            return BookingDraft(visitor_name=name, places=places)
        case ClientQuery(text=text):
            raise ValueError(f"{text!r} is still to be found")


def _said(book: Book) -> str:
    """Who was booked, the phone masked."""
    match book.who:
        case ClientHit() as hit:
            return describe_hit(hit)
        case NewClient(name, surname, phone):
            return f"new client {' '.join(part for part in (name, surname) if part)} {mask_phone(phone.e164)}"
        case _:
            return who_words(book.who)


def _key(book: Book) -> str:
    """What tells two bookings apart: the same one is not sent twice at once."""
    match book.who:
        case ClientHit(id=client_id, visitor_id=visitor_id) as hit:
            return f"client {client_id}" if client_id is not None else f"visitor {visitor_id} {hit.full_name}"
        case NewClient(phone=phone):
            return f"phone {phone.e164}"
        case _:
            return who_words(book.who)


def _left(event: Event, places: int) -> str:
    left = (event.free or 0) - places
    return f"{places_words(left)} left" if left > 0 else "no place left"
