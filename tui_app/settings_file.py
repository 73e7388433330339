"""The settings in use and the file that keeps them."""

from pathlib import Path

from tui_app.settings import LoadedSettings, Problem, Settings, save_settings


class SettingsFile:
    """What was read, what it is now, and where it is written; with `kept` false it holds for this run only."""

    def __init__(self, loaded: LoadedSettings, path: Path, *, kept: bool = True) -> None:
        self.current = loaded.settings
        self.problems: tuple[Problem, ...] = loaded.problems
        self.path = path
        self._kept = kept

    def save(self, settings: Settings, *, replace_broken: bool = False) -> Path | None:
        """Use other settings and write them; answers where an old file was kept that held more than this.

        Raises SettingsError where the file on disk cannot be read, OSError where it cannot be written: they are in use
        all the same.
        """
        self.current = settings
        return save_settings(settings, self.path, replace_broken=replace_broken) if self._kept else None
