"""Find a school in a GIAS extract: choose the file, type a name, a URN or a postcode, take a find."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from models.errors import AppError, BadInput
from models.exchange.gias import Finds, find_schools
from models.words import SchoolStatus
from ui import theme
from ui.dialogs.files import choose_to_open
from ui.dialogs.plain import PlainDialog
from ui.format import count
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import PlaceField, TextField
from ui.widgets.layouts import ScrollPane, clear, column, row
from ui.widgets.lines import LineButton
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.rules.schools import GiasSchool
    from ui.context import AppContext
    from ui.tasks import Job

EXTRACT = "GIAS extracts (*.csv *.zip)"
WHERE = (
    "GIAS is the government’s list of schools. Its “Establishment fields CSV” can be downloaded from "
    "get-information-schools.service.gov.uk. It stays on this computer: nothing is sent anywhere."
)
PAUSE_MS = 400
SHOWN = 320  # pixels of the list of finds at 100 % text size


class GiasDialog(PlainDialog):
    """The dialog.

    Args:
        parent: the window it belongs to.
        context: the shared things.
        known: the schools in the book, by URN.

    Attributes:
        taken: a school was chosen: (what GIAS says, whether to take its head's name too).
    """

    taken = Signal(object, bool)
    last: Path | None = None  # the extract used last, while the program runs

    def __init__(self, parent: QWidget | None, context: AppContext, known: Mapping[str, str]) -> None:
        super().__init__(parent, "Find a school in GIAS", 560)
        self._context, self._known = context, dict(known)
        self._job: Job | None = None
        self._path: Path | None = None
        self._choose = Button("Choose the extract…", Kind.PRIMARY)
        self._choose.clicked.connect(self._ask_file)
        self._place: PlaceField | None = None
        self._top = column(Label(WHERE, "body", "muted", wrap=True), row(self._choose, 1), gap=12)
        self.words = TextField(most=100, hint="Name and town, URN or postcode")
        self.words.setAccessibleName("Name and town, URN or postcode")
        self.words.textChanged.connect(self._on_typed)
        self._said = Label("", "body", "muted", wrap=True)
        self._finds = column()
        self._pane = ScrollPane(self._finds)
        self.with_head = Tick("Take the headteacher’s name too", "Only if she agrees to be in the book.")
        self._close = Button("Cancel")
        self._close.clicked.connect(self.reject)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        for widget in (self.words, self._pane, self.with_head):
            widget.hide()
        self.lay_out(self._top, self.words, self._said, self._pane, self.with_head, buttons=(self._close,))
        self.dress()
        if GiasDialog.last is not None and GiasDialog.last.exists():
            self.use_file(GiasDialog.last)

    @override
    def dress(self) -> None:
        super().dress()
        pane = getattr(self, "_pane", None)  # the base dresses itself before there is one
        if pane is not None:
            pane.setMinimumHeight(theme.now().fs(SHOWN))

    def use_file(self, path: Path) -> None:
        """Search in a file from now on."""
        self._path = GiasDialog.last = path
        clear(self._top)
        self._place = PlaceField(path)
        self._place.change_wanted.connect(self._ask_file)
        self._top.add(self._place)
        self.words.show()
        self.words.setFocus()
        self._say("Type at least three letters of the name, a URN or a postcode.")
        self._on_typed()

    def finds(self) -> list[LineButton]:
        """The schools that were found, as lines."""
        items = (self._finds.itemAt(n) for n in range(self._finds.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, LineButton)]

    def said(self) -> str:
        """What is said about the search."""
        return self._said.text()

    # -- inside

    def _ask_file(self) -> None:
        choose_to_open(self, "Choose the GIAS extract", EXTRACT, self._context.documents, self.use_file)

    def _on_typed(self) -> None:
        if self._path is not None and self.words.text().strip():
            self._pause.start()

    def _search(self) -> None:
        if self._path is None:
            return
        if self._job is not None:
            self._job.cancel()
        path, words = self._path, self.words.text()
        self._say("Searching…")
        self._job = self._context.tasks.pool.run(
            lambda progress: find_schools(path, words, lambda: progress.cancelled),
            self._found,
            self._not_found,
            key="gias",
        )

    def _found(self, finds: Finds) -> None:
        clear(self._finds)
        for school in finds.schools:
            known = self._known.get(school.urn, "")
            line = LineButton(school.name, _state(school, known), _detail(school))
            line.clicked.connect(partial(self._take, school))
            self._finds.add(line)
        self._finds.add(1)
        number = len(finds.schools)
        words = f"{count(finds.number, 'school')} of {finds.read:,} found"
        if finds.number > number:
            words += f", the best {number} are shown: type more to find fewer"
        self._say(f"{words}. {finds.note}".strip())
        self._pane.setVisible(bool(finds.schools))
        self.with_head.setVisible(any(school.head_name for school in finds.schools))
        self.fit()

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        clear(self._finds)
        self._pane.hide()
        self.with_head.hide()
        self._say(str(error), "muted" if isinstance(error, BadInput) else "bad")

    def _take(self, school: GiasSchool) -> None:
        self.accept()
        self.taken.emit(school, self.with_head.isChecked())

    def _say(self, words: str, tone: str = "muted") -> None:
        self._said.setText(words)
        self._said.set_tone(tone)
        self.fit()


def _state(school: GiasSchool, known: str) -> str:
    if known:
        return "In your book"
    return school.status.label if school.status not in {None, SchoolStatus.OPEN} and school.status else ""


def _detail(school: GiasSchool) -> str:
    parts = [school.address, school.postcode, f"URN {school.urn}", school.type_name]
    parts += [school.phase.label] if school.phase else []
    parts += [count(school.number_on_roll, "pupil")] if school.number_on_roll is not None else []
    return " · ".join(part for part in parts if part)
