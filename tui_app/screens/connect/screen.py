"""Connect, step by step: one question at a time, so that it fits the smallest terminal."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState
from typing_extensions import override

from tui_app.altegio.errors import AltegioError, TokenRefused
from tui_app.credentials import FoundTokens, Place
from tui_app.desk.wording import explain
from tui_app.intents import OpenHelp, Unexpected
from tui_app.screens.connect import view
from tui_app.screens.connect.keeping import keep
from tui_app.screens.connect.profiles import ProfileChange, forget_all, manage_profiles
from tui_app.screens.connect.proof import Proof, prove
from tui_app.screens.connect.services import Connected, ConnectServices
from tui_app.screens.connect.state import (
    Draft,
    Step,
    claim_problem,
    first_keep_choice,
    in_the_way,
    refusal,
    step_before,
)
from tui_app.screens.connect.steps import all_steps
from tui_app.settings import Profile, Settings
from tui_app.settings_values import SettingsError
from tui_app.widgets.dialogs import ConfirmDialog, LineButton, PickList
from tui_app.widgets.feature import FeatureScreen, too_small_notice

Result = TypeVar("Result")

HINT = "F8 next  Esc back  F6 profiles  F7 forget  F1 help  F10 quit"
LOOKING = "Looking for tokens..."
ASKING = "Asking the server..."
STORING = "Storing..."
FIELDS = "Input, PickList, #next"


class ConnectScreen(FeatureScreen[Connected | None]):
    """Asks for server, tokens and location until a test call has proved them; None: the operator left.

    `refused` is the error that brought the operator here in mid-work: then it begins at the tokens, and a location that
    is still there is not asked again. `at` begins at another step: Step.LOCATION switches the location.
    """

    STYLES = ("dialogs", "connect")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8,ctrl+s,ctrl+ы", "next", "Next", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("f6", "profiles", "Profiles", show=False),
        Binding("f7", "forget", "Forget all tokens", show=False),
        Binding("f1", "help", "Help", show=False),
    ]

    def __init__(
        self,
        services: ConnectServices,
        settings: Settings,
        profile: Profile,
        *,
        refused: TokenRefused | None = None,
        at: Step = Step.SERVER,
    ) -> None:
        super().__init__()
        self._services = services
        self._settings = settings
        self._refused = refused
        self._draft = Draft(profile)
        self._first = Step.TOKENS if refused is not None else at
        self._step = Step.SERVER if self._first is Step.SERVER else Step.TOKENS
        self._waiting_for = ""
        self._left = False

    @override
    def compose(self) -> ComposeResult:
        yield too_small_notice()
        yield Static("", id="heading", markup=False)
        yield Static("", id="explained", markup=False)
        with VerticalScroll(id="steps", can_focus=False):
            yield from all_steps(self._draft.profile)
        yield Static("", id="problem", markup=False)
        with Horizontal(id="buttons"):
            yield LineButton("Back", id="back")
            yield LineButton("Next", id="next")
        yield Static(HINT, id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the first step and look for tokens that are there already."""
        view.offer_address(self)
        self._show(self._step)
        self._begin(self._draft.profile, then=self._step)

    def on_resize(self) -> None:
        """Give the focus back where a window too small took it."""
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        if self.focused is None and not self._left:
            view.focus_first(self, self._step)

    def _show(self, step: Step) -> None:
        self._step = step
        self._say("")
        view.show_step(self, step, self._draft, self._services.token_file)

    def _say(self, problem: str) -> None:
        line = self.query_one("#problem", Static)
        line.update(Content(f"! {problem}" if problem else self._waiting_for))
        line.set_class(bool(problem), "-problem")

    def _wait_for(self, words: str) -> None:
        """Say what is waited for; while it is not «», Next does nothing."""
        self._waiting_for = words
        self._say("")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Pass on what nobody expected, so that nothing fails silently."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._wait_for("")
            self.post_message(Unexpected(event.worker.error))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field."""
        event.stop()
        self.focus_next(FIELDS)

    def on_pick_list_done(self, event: PickList.Done) -> None:
        """Go to the next field."""
        event.stop()
        self.focus_next(FIELDS)

    def on_pick_list_changed(self, event: PickList.Changed) -> None:
        """Say what the place under the cursor means; an address is typed only for a server of one's own."""
        event.stop()
        if event.pick_list.id == "keep":
            view.say_place(self, self._draft, self._services.token_file)
        elif event.pick_list.id == "server":
            view.offer_address(self)

    def on_line_button_pressed(self, event: LineButton.Pressed) -> None:
        """Go on or back."""
        event.stop()
        if event.button.id == "next":
            self.action_next()
        else:
            self.action_back()

    def action_next(self) -> None:
        """Check this step and go on; a second Enter while something is waited for does nothing."""
        if self._waiting_for or self._left or self.has_class("-cramped") or self.has_class("-low"):
            return
        self._say("")
        if self._step is Step.SERVER:
            self._server_given()
        elif self._step is Step.TOKENS:
            self._tokens_given()
        elif self._step is Step.CODE:
            self._code_given()
        elif self._step is Step.LOCATION:
            self._location_chosen()
        elif self._step is Step.KEEP:
            self._place_chosen()
        else:
            self._leave(self._connected())

    def _server_given(self) -> None:
        try:
            profile = view.read_server(self, self._draft.profile)
        except SettingsError as error:
            self._say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            self.query_one("#address").focus()
            return
        if profile.origin != self._draft.profile.origin:
            self._draft.drop_secrets()
            view.clear_secrets(self)
        self._begin(profile, then=Step.TOKENS)

    def _tokens_given(self) -> None:
        draft, claim = self._draft, view.read_claim(self)
        problem = claim_problem(draft, claim)
        if problem is not None:
            self._say(problem[1])
            self.query_one(f"#{problem[0]}").focus()
            return
        draft.partner = view.take_secret(self, "partner") or draft.partner
        draft.user = view.take_secret(self, "user") or draft.user
        password = view.take_secret(self, "password") or draft.password
        draft.password, draft.login, draft.code = password if claim.login else None, claim.login, None
        if claim.login:
            draft.user = None
        self._prove()

    def _code_given(self) -> None:
        draft = self._draft
        draft.code = view.take_secret(self, "code") or draft.code
        if draft.code is None:
            self._say("The code is missing.")
        else:
            self._prove()

    def _location_chosen(self) -> None:
        chosen = self.query_one("#locations", PickList).value
        location = next((each for each in self._draft.locations if str(each.id) == chosen), None)
        if location is None:
            self._say("Choose a location.")
            return
        self._draft.location = location
        self._draft.profile = replace(self._draft.profile, location_id=location.id, location_title=location.title)
        self._show(Step.KEEP)

    def _place_chosen(self) -> None:
        choice = self.query_one("#keep", PickList).value or Place.MEMORY.value
        if choice == Place.FILE.value:
            lines = [f"File: {self._services.token_file}", "It is not encrypted, and goes into every backup."]
            self._if_sure(
                ConfirmDialog("Keep the tokens in a file?", lines, "Keep them there", danger=True),
                lambda: self._keep(choice),
            )
        else:
            self._keep(choice)

    def _if_sure(self, dialog: ConfirmDialog, go_on: Callable[[], object]) -> None:
        def answered(sure: bool | None) -> None:  # noqa: FBT001 - Textual calls it
            if sure:
                go_on()

        self.app.push_screen(dialog, answered)

    @work(group="connect-begin", exclusive=True, exit_on_error=False)
    async def _begin(self, profile: Profile, then: Step) -> None:
        """Find the tokens of a profile, show a step, and look at the keyring."""
        draft = self._draft
        self._wait_for(LOOKING)
        draft.profile = profile
        draft.found = await self._services.credentials.find(profile)
        self._wait_for("")
        if then is self._step:
            view.show_secrets(self, draft)
        else:
            self._show(then)
        self._open_with(draft.found)
        draft.keyring, before = await self._services.credentials.describe_keyring(), first_keep_choice(draft)
        if self._step is Step.KEEP:
            view.show_places(self, draft, self._services.token_file, before)

    def _open_with(self, found: FoundTokens) -> None:
        if self._first is Step.LOCATION and found.complete and self._step is Step.TOKENS:
            self._prove()
        elif self._refused is not None and self._step is Step.TOKENS:
            self._failed(self._refused, signing_in=False)
        elif not found.complete and self._step is Step.TOKENS:
            self._say(in_the_way(found))

    @work(group="connect-prove", exclusive=True, exit_on_error=False)
    async def _prove(self) -> None:
        """Sign in where a password was given, then make the test call."""
        self._wait_for(ASKING)
        outcome = await prove(self._services, self._draft)
        self._wait_for("")
        if isinstance(outcome, AltegioError):
            self._failed(outcome, signing_in=self._draft.password is not None)
        elif outcome is Proof.PROVED:
            self._proved()
        else:
            self._show(Step.CODE)
            if outcome is Proof.CODE_WANTED_AGAIN:
                self._say("The server did not take the code. Type it again.")

    def _failed(self, error: AltegioError, *, signing_in: bool) -> None:
        said = refusal(error, self._step, signing_in=signing_in)
        if said is None:
            self._show(self._step)
            self._say(explain(error, saved="What was typed is kept.").line)
            return
        if said.step is not self._step:
            self._show(said.step)
        view.show_secrets(self, self._draft)
        self._say(said.words)
        if not view.secret_typed(self):
            self.query_one(f"#{said.field}").focus()

    def _proved(self) -> None:
        draft = self._draft
        if not draft.locations:
            self._show(Step.TOKENS)
            self._say("The tokens are right, but this user manages no location. Ask the owner, or give another user.")
            return
        same = next((each for each in draft.locations if each.id == draft.profile.location_id), None)
        if self._refused is not None and same is not None:
            draft.location = same
            self._show(Step.KEEP)
        else:
            self._show(Step.LOCATION)

    @work(group="connect-keep", exclusive=True, exit_on_error=False)
    async def _keep(self, choice: str) -> None:
        """Store tokens and settings."""
        self._wait_for(STORING)
        kept = await keep(self._services, self._settings, self._draft, choice)
        self._waiting_for = ""
        if kept.problem:
            self._say(kept.problem)
            return
        self._settings = kept.settings
        self._draft.report = kept.lines
        self._show(Step.DONE)

    def action_back(self) -> None:
        """Go back one step; from the first one leave, after asking where something was typed."""
        if self._left or self._waiting_for == STORING:
            return
        if self._waiting_for == ASKING:
            self.workers.cancel_group(self, "connect-prove")
            self._wait_for("")
            return
        earlier = step_before(self._step)
        if earlier is not None and self._step is not self._first:
            self._show(earlier)
        elif self._has_secrets():
            lines = ["What was typed here is forgotten. Nothing of it has been stored."]
            self._if_sure(ConfirmDialog("Leave Connect?", lines, "Leave", "Stay"), lambda: self._leave(None))
        else:
            self._leave(None)

    def _has_secrets(self) -> bool:
        draft = self._draft
        typed = view.secret_typed(self) or self.query_one("#login", Input).value
        return bool(typed or draft.partner or draft.user or draft.password)

    def _connected(self) -> Connected | None:
        draft = self._draft
        partner, user, location = draft.usable_partner, draft.usable_user, draft.location
        if partner is None or user is None or location is None:
            return None
        return Connected(
            profile=draft.profile, partner=partner, user=user, location_id=location.id, settings=self._settings
        )

    def _leave(self, result: Connected | None) -> None:
        if self._left:
            return
        self._left = True
        view.clear_secrets(self)
        self._draft.drop_secrets()
        self.dismiss(result)

    def action_help(self) -> None:
        """Open the help."""
        self.post_message(OpenHelp("connect"))

    @work(group="connect-profiles", exclusive=True, exit_on_error=False)
    async def action_profiles(self) -> None:
        """Choose, add, rename or remove a profile."""
        if self._waiting_for:
            return
        change = await manage_profiles(self._ask, self._services, self._settings, self._draft.profile)
        if change is not None:
            self._go_on_with(change)

    async def _ask(self, dialog: Screen[Result]) -> Result:
        return await self.app.push_screen_wait(dialog)

    def _go_on_with(self, change: ProfileChange) -> None:
        self._settings = change.settings
        self._draft = Draft(change.profile, keyring=self._draft.keyring)
        self._refused, self._first = None, Step.SERVER
        view.start_anew(self, change.profile)
        self._show(Step.SERVER)
        self._begin(change.profile, then=Step.SERVER)

    @work(group="connect-profiles", exclusive=True, exit_on_error=False)
    async def action_forget(self) -> None:
        """Forget all tokens, here and in memory, and say what is left."""
        if self._waiting_for:
            return
        if await forget_all(self._ask, self._services, self._settings, self._draft.profile):
            self._draft.drop_secrets()
            view.clear_secrets(self)
            self._show(Step.TOKENS if self._step is not Step.SERVER else Step.SERVER)
