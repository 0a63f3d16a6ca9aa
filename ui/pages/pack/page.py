"""Review pack: readiness and options at the left, the paper itself at the right, and out as PDF or print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from models.errors import AppError
from ui import theme
from ui.dialogs.files import safe_name
from ui.format import year_code, year_label
from ui.overrides import override
from ui.pages.pack.lists import PartsList, VerdictList
from ui.pages.pack.stage import Stage
from ui.papers.output import PaperOut
from ui.shell.pages import Page
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Tabs
from ui.widgets.layouts import column, holder, inset, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import page_head
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from models.queries.pack import PackData
    from ui.context import AppContext
    from ui.desk import BuiltPack
    from ui.tasks import Job, Progress

PAUSE_MS = 200  # two options ticked one after the other make one preview
STACK_BELOW, ROOMY = 80, 100  # ems
PREVIEW, PARTS, VERDICTS = 0, 1, 2


@dataclass(frozen=True)
class Made:
    """A pack as it was laid out, and the page on which each of its parts begins, from 0."""

    pack: BuiltPack
    starts: Mapping[int, int]


class PackPage(Page):
    """The page of the review pack.

    Args:
        context: the shared things.
        today: says what day it is.
        documents: the folder proposed for the PDF.
    """

    def __init__(self, context: AppContext, today: Callable[[], dt.date], documents: Path) -> None:
        super().__init__(context)
        self._today, self._documents = today, documents
        self._data: PackData | None = None
        self._made: Made | None = None
        self._job: Job | None = None
        self._wanted_part: int | None = None
        self._narrow = False
        self._out = PaperOut(context, self)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._lay_out)
        context.tasks.delivery.ended.connect(self._on_ended)

    # -- what is shown, for whoever drives the page

    def settled(self) -> bool:
        """Whether the paper on show is that of the present data and options."""
        return self._made is not None and self._job is None and not self._pause.isActive()

    def pack(self) -> BuiltPack | None:
        """The pack on show."""
        return self._made.pack if self._made else None

    def stage(self) -> Stage:
        """Where the paper is shown."""
        return self._stage

    def parts(self) -> PartsList:
        """The list of parts."""
        return self._parts

    def short_form(self) -> Tick:
        """The option of the short form."""
        return self._short

    # -- the page protocol

    @override
    def refresh(self, year: int) -> None:
        from ui.desk import pack_snapshot

        self._set_current(on=False)
        self.context.book.use(
            lambda store, _progress: pack_snapshot(store, year, self._today),  # type: ignore[arg-type]  # a Store
            self._on_data,
            self._on_no_data,
            key="pack data",
        )

    @override
    def go_to(self, record: object) -> None:
        if isinstance(record, int):
            self._wanted_part = record
            self._go_to_wanted()

    @override
    def arrange(self, ems: float) -> None:
        self._narrow = ems < STACK_BELOW
        self._side.set_size(352 if ems >= ROOMY else 280, fixed=not self._narrow)
        self._tabs.setVisible(not self._narrow)
        self._narrow_tabs.setVisible(self._narrow)
        self._edge.setVisible(not self._narrow)
        self._stage.setContentsMargins(theme.now().px(12) if self._narrow else 0, 0, 0, 0)
        self._show_tab()

    # -- building

    def _build(self) -> None:
        self._context_line = Label("", "body", "muted", wrap=True)
        self._print = Button("Print…", tip="Print the pack (preview below)")
        self._export = Button("Export PDF…", Kind.PRIMARY)
        self._print.clicked.connect(self.ask_printer)
        self._export.clicked.connect(self.ask_place)
        self._stage = Stage()
        self._stage.look_wanted.connect(self._show_verdicts)
        self._stage.again_wanted.connect(self._lay_out)
        self._narrow_tabs = Tabs([("Preview", 0), ("Parts", 0), ("To look at", 0)])
        self._narrow_tabs.chosen.connect(self._on_narrow_tab)
        self._edge = rule("v")
        self._side = self._build_side()
        body = row(self._side, self._edge, self._stage, gap=20, margins=(0, 0, 12, 0))
        body.setStretchFactor(self._stage, 1)
        head = page_head("Review pack", self._context_line, self._print, self._export)
        # the list's tint hangs 12 px into the margin; everything else is inset, so that all text has one edge
        whole = column(inset(head), inset(self._narrow_tabs), body, gap=14, margins=(12, 20, 12, 16))
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        self._set_current(on=False)

    def _build_side(self) -> SizedPane:
        self._tabs = Tabs([("Parts", 0), ("To look at", 0)])
        self._tabs.chosen.connect(self._on_tab)
        self._parts, self._verdicts = PartsList(), VerdictList()
        self._parts.chosen.connect(self._on_part)
        self._short = Tick("Short form", "Only the parts that most Steering Groups ask for")
        self._large = Tick("Large print", "Text of 16 points instead of 12")
        for tick in (self._short, self._large):
            tick.toggled.connect(self._on_option)
        options = inset(rule(), row(self._short, self._large, 1, gap=20), gap=10, right=0)
        inner = column(inset(self._tabs, right=0), self._parts, self._verdicts, options, gap=10)
        return SizedPane(holder(inner))

    # -- data, then paper

    def _on_data(self, data: PackData) -> None:
        self._data = data
        period = data.period
        self._context_line.setText(f"{year_label(period.year)} · {period.stamp}")
        self._parts.show_parts(data.readiness)
        self._verdicts.show_verdicts(data.verdicts)
        self._stage.show_check(data.check.text, good=not (data.check.to_look_at or data.check.stopping))
        self.filled.emit()
        if self._made is None:
            self._lay_out()
        else:
            self._pause.start()

    def _on_no_data(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._data, self._made, self._job = None, None, None
        self._context_line.setText("The paper for the Steering Group's summer meeting")
        self._parts.show_parts(())
        self._verdicts.show_verdicts(())
        self._stage.show_sentence(str(error))
        self.filled.emit()

    def _on_option(self) -> None:
        self._set_current(on=False)
        self._pause.start()

    def _lay_out(self) -> None:
        if self._data is None:
            return
        data, short, large = self._data, self._short.isChecked(), self._large.isChecked()

        def work(progress: Progress) -> Made:
            from ui.desk import part_titles, print_pack

            progress.report("Laying out the review pack")
            pack = print_pack(data, short=short, large_print=large)
            titles = part_titles(short=short)  # the cover has no bookmark: it is the first page
            return Made(pack, {number: pack.bookmarks.get(title, 0) for number, title in titles.items()})

        self._set_current(on=False)
        self._stage.show_waiting()
        self._job = self.context.tasks.pool.run(work, self._on_made, self._on_not_made, key="pack paper")

    def _on_made(self, made: Made) -> None:
        self._made, self._job = made, None
        self._stage.show_pdf(made.pack.pdf)
        self._parts.show_printed(made.starts)
        if self._data is not None:
            period = self._data.period
            pages = f"{made.pack.pages} pages"
            self._context_line.setText(f"{year_label(period.year)} · {period.stamp} · {pages}")
        self._set_current(on=not self._pause.isActive())
        self._go_to_wanted()
        self.filled.emit()

    def _on_not_made(self, error: Exception) -> None:
        self._job = None
        self._stage.show_stopped("The preview could not be made.")
        if not isinstance(error, AppError):
            raise error
        self.context.messages.trouble(error, "pack")

    def _on_ended(self, job: Job) -> None:
        if job is self._job and job.progress.cancelled:
            self._job = None
            self._stage.show_stopped("The preview was stopped.")

    def _set_current(self, *, on: bool) -> None:
        for button in (self._print, self._export):
            button.setEnabled(on)

    # -- where to look

    def _on_part(self, number: int) -> None:
        self._wanted_part = number
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted_part is None or self._made is None:
            return
        page = self._made.starts.get(self._wanted_part)
        self._wanted_part = None
        if page is not None:
            self._stage.go_to(page)
            self._narrow_tabs.choose(PREVIEW)

    def _show_verdicts(self) -> None:
        self._tabs.choose(VERDICTS - 1)
        self._narrow_tabs.choose(VERDICTS)

    def _on_tab(self, _number: int) -> None:
        self._show_tab()

    def _on_narrow_tab(self, _number: int) -> None:
        self._show_tab()

    def _show_tab(self) -> None:
        chosen = self._narrow_tabs.current() if self._narrow else self._tabs.current() + 1
        self._side.setVisible(not self._narrow or chosen != PREVIEW)
        self._stage.setVisible(not self._narrow or chosen == PREVIEW)
        self._parts.setVisible(chosen == PARTS)
        self._verdicts.setVisible(chosen == VERDICTS)
        self.filled.emit()

    # -- out it goes

    def proposed_name(self) -> str:
        """`Tidewater Cluster review pack 2024-25.pdf`."""
        data = self._data
        if data is None:
            return "Review pack.pdf"
        return (
            safe_name(f"{data.profile.name or 'Cluster'} review pack {year_code(data.period.year)}") + ".pdf"
        )

    def ask_place(self) -> None:
        """Ask where the PDF goes, then write it."""
        if self._made is not None:
            proposed = self._documents / self.proposed_name()
            self._out.ask_place("Export the review pack", proposed, self._made.pack.pdf)

    def export_to(self, path: Path) -> None:
        """Write the pack on show as a PDF."""
        if self._made is not None:
            self._out.export_to(self._made.pack.pdf, path)

    def ask_printer(self) -> None:
        """Ask for a printer through the system's own window, then print."""
        if self._made is not None:
            pack = self._made.pack
            self._out.ask_printer(self.proposed_name().removesuffix(".pdf"), pack.pdf, pack.pages)

    def print_with(self, printer: QPrinter) -> None:
        """Print the pack on show."""
        if self._made is not None:
            self._out.print_with(printer, self._made.pack.pdf)
