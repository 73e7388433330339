"""The dialogs that several features open: each takes plain strings and answers by `dismiss`."""

from tui_app.widgets.dialogs.ask import AskDialog, ChoiceDialog
from tui_app.widgets.dialogs.base import Answer, Dialog
from tui_app.widgets.dialogs.button import LineButton
from tui_app.widgets.dialogs.choices import ChoiceList, PickList
from tui_app.widgets.dialogs.confirm import ConfirmDialog, CountDialog
from tui_app.widgets.dialogs.conflict import ConflictAnswer, ConflictDialog
from tui_app.widgets.dialogs.merge import Decisions, MergeDialog
from tui_app.widgets.dialogs.trouble import ErrorAnswer, ErrorDialog, OutcomeAnswer, UnknownOutcomeDialog

__all__ = [
    "Answer",
    "AskDialog",
    "ChoiceDialog",
    "ChoiceList",
    "ConfirmDialog",
    "ConflictAnswer",
    "ConflictDialog",
    "CountDialog",
    "Decisions",
    "Dialog",
    "ErrorAnswer",
    "ErrorDialog",
    "LineButton",
    "MergeDialog",
    "OutcomeAnswer",
    "PickList",
    "UnknownOutcomeDialog",
]
