"""Start a new cluster: its name, its lead school, when the agreement starts, and where the file is kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from models.errors import BadInput
from ui.dialogs.files import BOOK, choose_to_save, safe_name
from ui.dialogs.form import FormDialog
from ui.doors import NewCluster
from ui.overrides import override
from ui.widgets.fields import DateField, PlaceField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

SUFFIX = ".clusterbook"
NAME_MOST = 80


def file_name(cluster: str) -> str:
    """A file name that every system accepts, made from a cluster's name: "Tidewater.clusterbook"."""
    return (safe_name(cluster)[:60].rstrip(". ") or "New cluster") + SUFFIX


class NewClusterDialog(FormDialog[NewCluster]):
    """Asks for what a new file needs; schools and everything else come afterwards.

    Args:
        parent: the window it belongs to.
        folder: where the file is put unless she chooses another place.
        today: says what day it is.
    """

    def __init__(self, parent: QWidget | None, folder: Path, today: Callable[[], dt.date]) -> None:
        super().__init__(parent, "Start a new cluster", "Create the cluster")
        self._folder, self._chosen, self._today = folder, False, today
        self._name = TextField(most=NAME_MOST)
        self._lead = TextField(most=120)
        self._starts = DateField(today)
        self._place = PlaceField(folder / file_name(""))
        self.row("name", "Name of the cluster", self._name, "Shown in the window and printed on every paper.")
        self.row("lead", "Lead school", self._lead, "The school that keeps this book and holds the money.")
        self.row("starts", "The agreement starts on", self._starts, "The two years count from this day.")
        self.row("place", "The file", self._place)
        self._name.textChanged.connect(self._on_name_changed)
        self._place.change_wanted.connect(self._on_change_wanted)

    @override
    def draft(self) -> NewCluster:
        name = self.take("name", lambda: self._name.required("Enter the cluster’s name, such as Tidewater."))
        lead = self.take("lead", lambda: self._lead.required("Enter the name of the lead school."))
        starts = self.take("starts", self._read_start)
        path = self.take("place", self._read_place)
        if name is None or lead is None or starts is None or path is None:
            raise BadInput("Some of this is not right yet.")
        return NewCluster(path, name, lead, starts)

    def show_trouble(self, sentence: str) -> None:
        """Show an error of the file beside its place, with everything typed still there."""
        self._wrong = {"place": sentence}
        self._show_errors()

    def _read_start(self) -> dt.date:
        self._starts.required("Enter the day on which the agreement starts, such as 1 September 2024.")
        day = self._starts.date()
        if abs(day.year - self._today().year) > 10:
            raise BadInput(f"{day.year} is more than ten years from now: check the year.")
        return day

    def _read_place(self) -> Path:
        path = self._place.path()
        if path.exists() and not self._chosen:
            raise BadInput(f"There is already a file called {path.name} there: choose another place or name.")
        return path

    def _on_name_changed(self, text: str) -> None:
        if not self._chosen:
            self._place.show_path(self._folder / file_name(text))

    def _on_change_wanted(self) -> None:
        choose_to_save(self, "Where to keep the file", BOOK, self._place.path(), self._on_place_chosen)

    def _on_place_chosen(self, path: Path) -> None:
        self._chosen = True
        self._place.show_path(path)
