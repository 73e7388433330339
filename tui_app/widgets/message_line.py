"""The line in which the program speaks to the operator."""

from tui_app.widgets.line import Line


class MessageLine(Line):
    """One line of words; an alert is marked by a sign as well as by a class."""

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Say something in place of what was said before."""
        self.set_class(alert, "-alert")
        self.say(f"! {text}" if alert else text)
