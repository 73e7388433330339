"""`frontdesk doctor`: what is in the way of work, in words, with what helps; no secret is ever shown."""

from tui_app.doctor.run import run_doctor

__all__ = ["run_doctor"]
