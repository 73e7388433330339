"""The fields of each step of Connect."""

from collections.abc import Iterable

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_app.screens.connect.secret_input import SecretInput
from tui_app.screens.connect.state import OWN, Step, server_choice
from tui_app.settings import Profile
from tui_app.settings_values import MOCK, PRODUCTION
from tui_app.widgets.dialogs import PickList

SERVERS = (
    (PRODUCTION, "Altegio (api.alteg.io)"),
    (MOCK, "The vendor's mock: fixed examples, nothing is kept"),
    (OWN, "Another address"),
)
DIALECTS = (
    ("activities", "Dialect activities: the usual one"),
    ("events", "Dialect events: the vendor's newer one"),
    ("auto", "Find out"),
)


def all_steps(profile: Profile) -> Iterable[Widget]:
    """Every step, hidden until it is its turn."""
    yield _step(Step.SERVER, _server(profile))
    yield _step(Step.TOKENS, _tokens())
    yield _step(Step.CODE, [_row("Code", SecretInput(id="code")), _note("code-note")])
    yield _step(Step.LOCATION, [PickList((), None, id="locations")])
    yield _step(Step.KEEP, [PickList((), None, id="keep"), _note("keep-note")])
    yield _step(Step.DONE, [_note("done-note")])


def step_id(step: Step) -> str:
    """The id of a step's container."""
    return f"step-{step.name.lower()}"


def _step(step: Step, fields: Iterable[Widget]) -> Vertical:
    return Vertical(*fields, id=step_id(step), classes="step")


def _server(profile: Profile) -> Iterable[Widget]:
    choice = server_choice(profile)
    address = Input(profile.server if choice == OWN else "", id="address", compact=True, placeholder="https://.../api")
    yield PickList(SERVERS, choice, id="server")
    yield _row("Address", address)
    yield PickList(DIALECTS, profile.dialect, id="dialect")


def _tokens() -> Iterable[Widget]:
    yield _row("Partner token", SecretInput(id="partner"))
    yield _row("User token", SecretInput(id="user"))
    yield Static("or sign in instead; the password is never stored:", classes="or", markup=False)
    yield _row("Login", Input(id="login", compact=True, placeholder="e-mail address or phone"))
    yield _row("Password", SecretInput(id="password"))


def _row(label: str, field: Input) -> Horizontal:
    field.cursor_blink = False
    return Horizontal(Static(Content(label), classes="label", markup=False), field, classes="row", id=f"row-{field.id}")


def _note(note_id: str) -> Static:
    return Static("", id=note_id, classes="note", markup=False)
