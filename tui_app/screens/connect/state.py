"""What Connect knows and decides: pure, so that it can be read and tested without a screen."""

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from tui_app.altegio.errors import AltegioError, Invalid, NoRights, Refused, TokenRefused
from tui_app.altegio.servers import BadServer, server_of
from tui_app.credentials import Place, TroubleKind
from tui_app.settings import Profile
from tui_app.settings_values import MOCK, PRODUCTION, Dialect, SettingsError, check_dialect

if TYPE_CHECKING:
    from tui_app.altegio.account import SecondFactorNeeded
    from tui_app.altegio.resources import Location
    from tui_app.credentials import FoundTokens, KeyringState
    from tui_app.secret import SecretStr

OWN: Final = "own"
NONE_YET: Final = "none yet"
AS_THEY_ARE: Final = "as they are"

Which = Literal["partner", "user", "either"]


class Step(Enum):
    """The steps, in order; the code is asked for only when the server wants a second factor."""

    SERVER = "Server"
    TOKENS = "Tokens"
    CODE = "Code"
    LOCATION = "Location"
    KEEP = "Keep the tokens"
    DONE = "Done"


NUMBERED: Final = (Step.SERVER, Step.TOKENS, Step.LOCATION, Step.KEEP, Step.DONE)

EXPLAINED: Final[dict[Step, str]] = {
    Step.SERVER: "Where is your Altegio? If nobody told you otherwise, it is the first one.",
    Step.TOKENS: "The owner of the account has both tokens (Altegio, App Marketplace). What you type stays hidden.",
    Step.CODE: "Altegio wants a second proof that it is you.",
    Step.LOCATION: "It works: these are the locations that this user may manage. Which one is this desk?",
    Step.KEEP: "Where shall the tokens be kept for the next start?",
    Step.DONE: "Connected. This is what is stored, and where:",
}


class Draft(Struct):
    """What has been given so far. Secrets are SecretStr alone: the inputs are emptied as soon as they are read."""

    profile: Profile
    found: "FoundTokens | None" = None
    partner: "SecretStr | None" = None
    user: "SecretStr | None" = None
    login: str = ""
    password: "SecretStr | None" = None
    code: "SecretStr | None" = None
    challenge: "SecondFactorNeeded | None" = None
    locations: "tuple[Location, ...]" = ()
    location: "Location | None" = None
    keyring: "KeyringState | None" = None
    report: tuple[str, ...] = ()

    @property
    def usable_partner(self) -> "SecretStr | None":
        """The partner token to use: the typed one, else the one found."""
        return self.partner or (self.found.partner if self.found else None)

    @property
    def usable_user(self) -> "SecretStr | None":
        """The user token to use: the typed or signed-in one, else the one found."""
        return self.user or (self.found.user if self.found else None)

    @property
    def storable(self) -> tuple["SecretStr | None", "SecretStr | None"]:
        """What a save stores: what was given, and what another place holds; what the environment gives stays there."""
        found = self.found
        if found is None:
            return self.partner, self.user
        partner = self.partner or (found.partner if place_of(found.partner_source) else None)
        return partner, self.user or (found.user if place_of(found.user_source) else None)

    def drop_secrets(self) -> None:
        """Forget every secret that was given or found."""
        self.found = self.partner = self.user = self.password = self.code = self.challenge = None


def server_choice(profile: Profile) -> str:
    """Which of the three kinds of server a profile names."""
    return profile.server if profile.server in {PRODUCTION, MOCK} else OWN


def chosen_profile(profile: Profile, choice: str, address: str, dialect: str) -> Profile:
    """The profile on the chosen server; another server than its own drops the location. Raises SettingsError."""
    server = choice
    if choice == OWN:
        server = address.strip()
        if not server:
            raise SettingsError("type the address of the server, such as https://host/api")
    spoken: Dialect = check_dialect(dialect)
    candidate = Profile(name=profile.name, server=server, dialect=spoken)
    try:
        server_of(candidate.server)
    except BadServer as error:
        raise SettingsError(str(error)) from None
    if candidate.server != profile.server:
        return candidate
    return Profile(
        name=profile.name,
        server=profile.server,
        dialect=spoken,
        location_id=profile.location_id,
        location_title=profile.location_title,
    )


_NOTHING_THERE: Final = frozenset({TroubleKind.ABSENT, TroubleKind.NO_COLLECTION, TroubleKind.REFUSED_BACKEND})


def in_the_way(found: "FoundTokens") -> str:
    """Say what may hide tokens that were stored before; «» where there is no place that could hold any."""
    hidden = [trouble for trouble in found.troubles if trouble.kind not in _NOTHING_THERE]
    if not hidden:
        return ""
    return f"{hidden[0].words[:1].upper()}{hidden[0].words[1:]}. To find tokens there: {hidden[0].next_step}."


def token_problem(text: str) -> str | None:
    """Say what keeps a text from being a token, without repeating it (contract 1: it goes into a header)."""
    if not text.isascii():
        return "it holds letters that no token has; look at the keyboard layout"
    if any(not char.isprintable() or char in " ," for char in text):
        return "it holds a space, a comma or the like; copy the token alone"
    return None


def refused_token(message: str) -> Which:
    """Which token a 401 is about, as far as the server says so."""
    words = message.casefold()
    if "partner" in words:
        return "partner"
    return "user" if "user" in words else "either"


REFUSED: Final[dict[Which, str]] = {
    "partner": "The server refused the partner token.",
    "user": "The server refused the user token; a changed password ends it. Sign in again, or give a new one.",
    "either": "The server refused a token and did not say which. A user token ends when the password changes.",
}


def place_of(source: str) -> Place | None:
    """The place that a source in words names; None for the environment, which this program cannot write."""
    for words, place in (("keyring", Place.KEYRING), ("memory", Place.MEMORY), ("the token file", Place.FILE)):
        if source.startswith((words, f"the {words}")):
            return place
    return None


def placeholder(*, given: bool, source: str) -> str:
    """Say of a secret that is not shown whether there is one, and from where."""
    if given:
        return "given; type to replace it"
    return f"from {source}" if source else NONE_YET


def heading(step: Step, profile: Profile) -> str:
    """The first line: which step this is, and of which profile."""
    number = NUMBERED.index(Step.TOKENS if step is Step.CODE else step) + 1
    return f"Connect · step {number} of {len(NUMBERED)}: {step.value} · profile {profile.name}"


def step_before(step: Step) -> Step | None:
    """The step that Esc goes back to; None: out of Connect."""
    if step is Step.CODE:
        return Step.TOKENS
    place = NUMBERED.index(step)
    return NUMBERED[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Claim:
    """What stands in the inputs of the tokens step, for the moment of checking alone."""

    partner: str = field(repr=False)
    user: str = field(repr=False)
    login: str
    password: str = field(repr=False)


def claim_problem(draft: Draft, claim: Claim) -> tuple[str, str] | None:
    """The field that keeps the tokens step from going on, and why; None: it can go on."""
    for name, text, label in (("partner", claim.partner, "The partner token"), ("user", claim.user, "The user token")):
        problem = token_problem(text)
        if problem is not None:
            return name, f"{label} cannot be right: {problem}."
    if not claim.partner and draft.usable_partner is None:
        return "partner", "The partner token is missing."
    if claim.login and not claim.password and draft.password is None:
        return "password", "The password is missing."
    if claim.password and not claim.login:
        return "login", "The login is missing: an e-mail address or a phone."
    if claim.user and claim.login:
        return "user", "Give a user token, or login and password, not both."
    if not claim.user and not claim.login and draft.usable_user is None:
        return "user", "Give a user token, or sign in with login and password."
    return None


class Refusal(Struct, frozen=True):
    """What a refused token means for the form: the step and the field to go to, and the words."""

    step: Step
    field: str
    words: str


def refusal(error: AltegioError, step: Step, *, signing_in: bool) -> Refusal | None:
    """Word what the server refused while signing in or at the test call; None: it is no refusal of what was given."""
    which = refused_token(error.message) if isinstance(error, TokenRefused) else "either"
    if signing_in and which != "partner" and isinstance(error, (TokenRefused, Invalid, NoRights, Refused)):
        if step is Step.CODE:
            return Refusal(step, "code", f"The server did not take the code{_said(error)}. Or Esc, and sign in anew.")
        return Refusal(Step.TOKENS, "password", f"The server did not take the login or the password{_said(error)}.")
    if not isinstance(error, TokenRefused):
        return None
    return Refusal(Step.TOKENS, "partner" if which == "partner" else "user", REFUSED[which])


def _said(error: AltegioError) -> str:
    messages = [each for several in error.fields.values() for each in several] if isinstance(error, Invalid) else []
    words = " ".join(messages) or error.message
    return f": {words.rstrip('.')}" if words else ""


def locations_choices(locations: "tuple[Location, ...]") -> tuple[tuple[str, str], ...]:
    """One line a location: its title, city and number."""
    return tuple(
        (str(one.id), " · ".join(part for part in (one.title or "without a title", one.city, str(one.id)) if part))
        for one in locations
    )


def keep_choices(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The places to keep the tokens in; «as they are» comes first where nothing new was given."""
    keyring = draft.keyring
    name = keyring.backend if keyring is not None and keyring.backend else "the keyring of this system"
    state = "" if keyring is None or keyring.usable else " (cannot be used now)"
    choices = [
        (Place.KEYRING.value, f"In {name}{state}"),
        (Place.MEMORY.value, "Nowhere: for this run only"),
        (Place.FILE.value, "In a file that only your user may read"),
    ]
    if draft.partner is None and draft.user is None:
        choices.insert(0, (AS_THEY_ARE, "Leave them where they are"))
    return tuple(choices)


def first_keep_choice(draft: Draft) -> str:
    """The choice that Enter takes: as it was before, else the keyring if it can be used, else this run only."""
    if draft.partner is None and draft.user is None:
        return AS_THEY_ARE
    if draft.found is not None:
        before = place_of(draft.found.user_source) or place_of(draft.found.partner_source)
        if before is Place.FILE:
            return Place.FILE.value
    usable = draft.keyring is not None and draft.keyring.usable
    return Place.KEYRING.value if usable else Place.MEMORY.value


def keep_words(draft: Draft, choice: str | None, token_file: str) -> str:
    """What a place means for the tokens, in words."""
    if choice == AS_THEY_ARE:
        sources = {draft.found.partner_source, draft.found.user_source} if draft.found else set()
        return f"They come from {' and '.join(sorted(source for source in sources if source))}. Nothing is changed."
    if choice == Place.KEYRING.value:
        if draft.keyring is None:
            return "Looking at the keyring..."
        state = draft.keyring
        if state.usable:
            return "The system keeps them encrypted, and opens them when you log in. The best choice."
        return f"It cannot be used: {state.words}. What helps: {state.next_step}."
    if choice == Place.FILE.value:
        return (
            f"Not encrypted: whoever can read the files of your user, or a backup of them, has the tokens. {token_file}"
        )
    return "In memory alone. At the next start the tokens must be given again."
