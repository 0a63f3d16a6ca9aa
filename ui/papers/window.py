"""The window of an everyday paper: its choices at the left, the paper itself at the right; print, save."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction

from models.errors import AppError, BadInput
from ui import theme
from ui.dialogs.plain import PlainDialog
from ui.overrides import override
from ui.papers.choosing import options_of
from ui.papers.labels import LabelOptions
from ui.papers.making import Wanted, asked, built
from ui.papers.output import PaperOut
from ui.papers.registry import BY_KEY, PaperUse
from ui.papers.stage import PaperStage
from ui.shell.progress import ProgressWatch
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import ProgressLine, page_head
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.papers.choices import Offered
    from ui.context import AppContext
    from ui.tasks import Job

PAUSE_MS = 200  # two options ticked one after the other make one preview
WIDE, HIGH, SIDE, LEAST = 1160, 700, 320, 760  # pixels at 100 % text size
NOT_MADE = "The preview could not be made."


class PaperWindow(PlainDialog):
    """One paper. It stays beside the work, follows what is changed in the book, and closes with it.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        use: the paper.
        year: the school year in view.
        record_id: the record to begin with, of the table that the paper is of; 0 for the usual one.
    """

    def __init__(
        self, context: AppContext, parent: QWidget | None, use: PaperUse, year: int, record_id: int = 0
    ) -> None:
        super().__init__(parent, use.title, LEAST)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.use = use
        self._context, self._year, self._record_id = context, year, record_id
        self._wanted: Wanted | None = None
        self._pdf = b""
        self._job: Job | None = None
        self._asking = 0
        self._building = self._sized = self._started = False
        self.out = PaperOut(context, self)
        self.options = options_of(use, context.settings, year, self._on_year)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self._tie()
        self._ask()

    # -- what is shown, for whoever drives the window

    def pdf(self) -> bytes:
        """The paper on show; empty while there is none."""
        return self._pdf

    def settled(self) -> bool:
        """Whether what is shown is what is chosen."""
        return self._job is None and not self._asking and not self._pause.isActive()

    def news(self) -> str:
        """What was said of printing or saving last."""
        return self._news.text()

    def proposed_name(self) -> str:
        """`Sign-in sheet 8 July 2025 Summer meeting.pdf`."""
        return f"{self._wanted.name() if self._wanted else self.use.title}.pdf"

    # -- building

    def _build(self) -> None:
        self._save = Button("Save PDF…", tip="Save as a PDF (Ctrl+S)")
        self._print = Button("Print…", Kind.PRIMARY, tip="Print what is shown (Ctrl+P)")
        self._close = Button("Close", tip="Escape")
        self._news = Label("", "caption", "muted", wrap=True)
        self._progress = ProgressLine()
        self._watch = ProgressWatch(self, self._context.tasks.delivery, self._progress)
        self.stage = PaperStage(holder(row(self._progress)), "Laying out the paper…")
        head = page_head(self.use.title, self.use.purpose, self._close, self._save, self._print)
        pane = ScrollPane(column(*self.options, 1, gap=16, margins=(0, 0, 12, 0)))
        side = SizedPane(column(pane, self._news, gap=12))
        side.set_size(SIDE, fixed=True)
        body = row(side, rule("v"), self.stage, gap=20)
        body.setStretchFactor(self.stage, 1)
        whole = column(head, body, gap=16, margins=(24, 20, 24, 20))
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        self._set_current(on=False)

    def _tie(self) -> None:
        book, bus = self._context.book, self._context.bus
        self._print.clicked.connect(self.ask_printer)
        self._save.clicked.connect(self.ask_place)
        self._close.clicked.connect(self.close)
        for keys, do in (("Ctrl+P", self.ask_printer), ("Ctrl+S", self.ask_place), ("Ctrl+W", self.close)):
            action = QAction(self)
            action.setShortcut(keys)
            action.triggered.connect(do)
            self.addAction(action)
        for option in self.options:
            option.changed.connect(self._on_option)
        self.stage.again_wanted.connect(self._make)
        self.out.told.connect(self._tell)
        self._context.tasks.delivery.ended.connect(self._on_ended)
        bus.changed.connect(self._on_changed)
        book.closed.connect(self.close)
        book.opened.connect(self.close)

    @override
    def fit(self) -> None:
        """As large as the screen allows, once: after that it is as large as she makes it."""
        if self._sized:
            return
        self._sized = True
        room = self.screen().availableGeometry().size() - QSize(40, 60)
        self.resize(QSize(theme.now().fs(WIDE), theme.now().fs(HIGH)).boundedTo(room))

    def start(self) -> None:
        """Put the keyboard on the first choice, or on Print where there is none."""
        first = next((one for one in self.options if one.isEnabled()), None)
        if first is not None:
            first.start()
        else:
            self._print.setFocus()

    # -- what there is to choose, then the paper

    def _ask(self) -> None:
        from models.queries.papers.choices import offered

        key, year, wanted, today = self.use.key, self._year, self._record_id, self._context.today
        self._asking += 1
        self._context.book.ask(
            lambda session: offered(session, key, year, today, wanted), self._offer, self._on_not_asked
        )

    def _offer(self, found: Offered) -> None:
        self._asking -= 1
        for option in self.options:
            option.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
            option.offer(found)
            option.blockSignals(False)  # noqa: FBT003
        if not self._started:  # a list that is now typed into has let go of the keyboard
            self._started = True
            self.start()
        self._make()

    def _on_not_asked(self, error: Exception) -> None:
        self._asking -= 1
        self._show_error(error)

    def _make(self) -> None:
        self._pause.stop()
        self._set_current(on=False)
        try:
            wanted = self.chosen()
        except BadInput as error:
            self._show_error(error)
            return
        today = self._context.today
        self.stage.show_waiting()
        self._asking += 1

        def question(session: Session) -> Any:
            return asked(session, wanted, today)

        self._context.book.ask(question, partial(self._build_paper, wanted), self._on_not_asked)

    def chosen(self) -> Wanted:
        """The paper as it is chosen now.

        Raises:
            BadInput: something is still to be chosen.
        """
        wanted = Wanted(self.use.key)
        for option in self.options:
            wanted = option.applied(wanted)
        return wanted

    def _build_paper(self, wanted: Wanted, data: Any) -> None:
        self._asking -= 1
        if self._pause.isActive() or self._asking:
            return  # something else is wanted by now

        def work(progress: Any) -> bytes:
            progress.report(f"Laying out: {self.use.title}")
            return built(wanted, data)

        pool = self._context.tasks.pool
        key = f"paper-{id(self)}"
        self._building = True
        job = pool.run(work, partial(self._on_made, wanted), self._on_not_made, key=key)
        self._job = job if self._building else None  # it may have been done on the spot

    def _on_made(self, wanted: Wanted, pdf: bytes) -> None:
        self._wanted, self._pdf, self._job, self._building = wanted, pdf, None, False
        self.stage.show_pdf(pdf)
        self._set_current(on=self.settled())

    def _on_not_made(self, error: Exception) -> None:
        self._job, self._building = None, False
        self._show_error(error)

    def _show_error(self, error: Exception) -> None:
        self._pdf = b""
        if not isinstance(error, AppError):
            self.stage.show_stopped(NOT_MADE)
            raise error
        self.stage.show_sentence(str(error))

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled:
            self._job = None
            self.stage.show_stopped("The preview was stopped.")

    # -- changes

    def _on_option(self) -> None:
        self._set_current(on=False)
        self._pause.start()

    def _on_year(self, year: int) -> None:
        self._year = year
        self._ask()

    def _on_changed(self, *_: object) -> None:
        self._ask()

    def _set_current(self, *, on: bool) -> None:
        for button in (self._print, self._save):
            button.setEnabled(on)

    # -- out it goes

    def ask_printer(self) -> None:
        """Ask for a printer through the system's own window, then print what is shown."""
        if self._print.isEnabled():
            self._keep()
            pages = self.stage.preview.view.pages()
            self.out.ask_printer(self.proposed_name().removesuffix(".pdf"), self._pdf, pages)

    def ask_place(self) -> None:
        """Ask where the PDF goes, then write it."""
        if self._save.isEnabled():
            self._keep()
            proposed = self._context.documents / self.proposed_name()
            self.out.ask_place(f"Save: {self.use.title}", proposed, self._pdf)

    def print_with(self, printer: QPrinter) -> None:
        """Print what is shown."""
        self.out.print_with(printer, self._pdf)

    def _keep(self) -> None:
        for option in self.options:
            if isinstance(option, LabelOptions):
                option.keep()

    def _tell(self, words: str, tone: str) -> None:
        self._news.set_tone(tone)
        self._news.setText(words)


def open_paper(context: AppContext, owner: QWidget, key: str, record_id: int = 0) -> PaperWindow | None:
    """Open the window of a paper; None while no file is open.

    Args:
        context: the shared things.
        owner: the widget whose window it belongs to.
        key: the paper.
        record_id: the record to begin with, of the table that the paper is of; 0 for the usual one.
    """
    facts = context.book.facts
    if facts is None:
        return None
    year = context.book.year
    made = PaperWindow(context, owner.window(), BY_KEY[key], facts.year if year is None else year, record_id)
    made.show()
    made.start()
    return made
