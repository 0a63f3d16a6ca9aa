"""The tab of the pack itself: readiness and options at the left, the paper at the right, and out it goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.rules.arrangement import USUAL
from ui import theme
from ui.dialogs.files import safe_name
from ui.format import count, year_code, year_label
from ui.icons import Icon
from ui.lists.segments import Segments
from ui.pages.pack.lists import PartsList
from ui.pages.pack.paper import Made, PackPaper, Ways
from ui.pages.pack.stage import Stage
from ui.pages.pack.verdicts import VerdictList
from ui.papers.output import PaperOut
from ui.shell.pages import Command
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, column, holder, inset, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.panes import SizedPane
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QLayout

    from models.queries.pack import PackData
    from ui.context import AppContext
    from ui.desk import BuiltPack
    from ui.wayfinding import Place

STACK_BELOW, ROOMY = 80, 100  # ems
PREVIEW, PARTS, VERDICTS = 0, 1, 2


class PackPane(QWidget):
    """The pack.

    Args:
        context: the shared things.
        today: says what day it is.
        documents: the folder proposed for the PDF.

    Attributes:
        filled: it shows new things.
        line: what the page's head says of it: (a line,).
        issued_wanted: the list of issued packs is wanted: (the id to show, or 0,).
    """

    filled = Signal()
    line = Signal(str)
    issued_wanted = Signal(int)

    def __init__(self, context: AppContext, today: Callable[[], dt.date], documents: Path) -> None:
        super().__init__()
        self.context = context
        self._documents = documents
        self._wanted_part: int | None = None
        self._narrow = False
        self.paper = PackPaper(context, today, self)
        self._out = PaperOut(context, self)
        self._build()
        self.paper.known.connect(self._on_data)
        self.paper.refused.connect(self._on_refused)
        self.paper.begun.connect(self._on_begun)
        self.paper.cover_made.connect(self._on_cover)
        self.paper.made.connect(self._on_made)
        self.paper.stopped.connect(self._stage.show_stopped)

    # -- what is shown, for whoever drives the page

    def settled(self) -> bool:
        """Whether the paper on show is that of the present data and options."""
        return self.paper.settled()

    def pack(self) -> BuiltPack | None:
        """The pack on show."""
        made = self.paper.built()
        return made.pack if made else None

    def stage(self) -> Stage:
        """Where the paper is shown."""
        return self._stage

    def parts(self) -> PartsList:
        """The list of parts."""
        return self._parts

    def verdicts(self) -> VerdictList:
        """What there is to look at."""
        return self._verdicts

    def short_form(self) -> Tick:
        """The option of the short form."""
        return self._short

    def issued_words(self) -> str:
        """What is said of the version issued last; "" while none was."""
        return "" if self._issued.isHidden() else self._issued_words.text()

    # -- the tab's protocol

    def refresh(self, year: int) -> None:
        """Ask the book again."""
        self._set_current(on=False)
        self.paper.refresh(year)

    def show_place(self, _place: Place) -> None:
        """No record is shown here."""

    def start(self) -> None:
        """Put the keyboard on the paper."""
        self._stage.preview.view.setFocus()

    def commands(self) -> Sequence[Command]:
        """What can be done here now, for quick find."""
        if not self._export.isEnabled():
            return ()
        return (
            Command("Issue the review pack", "", self.ask_issue),
            Command("Export the review pack as PDF", "", self.ask_place),
            Command("Print the review pack", "", self.ask_printer),
            Command("Leave out or move parts of the pack", "", self.ask_parts),
            Command("Logo for the cover of the pack", "", self.ask_logo),
        )

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        self._narrow = ems < STACK_BELOW
        self._side.set_size(352 if ems >= ROOMY else 280, fixed=not self._narrow)
        self._tabs.setVisible(not self._narrow)
        self._narrow_tabs.setVisible(self._narrow)
        self._edge.setVisible(not self._narrow)
        self._right.setContentsMargins(theme.now().px(12) if self._narrow else 0, 0, 0, 0)
        self._show_tab()

    # -- building

    def _build(self) -> None:
        self._issue = Button("Issue…", tip="Freeze this pack with a number and keep it")
        self._print = Button("Print…", tip="Print the pack (preview below)")
        self._export = Button("Export PDF…", Kind.PRIMARY)
        self._issue.clicked.connect(self.ask_issue)
        self._print.clicked.connect(self.ask_printer)
        self._export.clicked.connect(self.ask_place)
        self.own_tools: QLayout = row(self._issue, self._print, self._export, gap=8)
        self._stage = Stage()
        self._stage.look_wanted.connect(self._show_verdicts)
        self._stage.again_wanted.connect(self.paper.lay_out)
        self._narrow_tabs = Segments(("Preview", "Parts", "To look at"))
        self._narrow_tabs.chosen.connect(self._show_tab)
        self._edge = rule("v")
        self._side = self._build_side()
        right = column(self._build_issued(), self._stage, gap=6)
        right.setStretchFactor(self._stage, 1)
        self._right = holder(right)
        body = row(self._side, self._edge, self._right, gap=20)
        body.setStretchFactor(self._right, 1)
        whole = column(inset(self._narrow_tabs), body, gap=14)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        self._set_current(on=False)

    def _build_issued(self) -> QWidget:
        self._issued_words = Label("", wrap=True)
        what = Button(
            "What changed", Kind.QUIET, tip="Show the packs that were issued, and what changed since"
        )
        what.clicked.connect(partial(self.issued_wanted.emit, 0))
        line = row(IconMark(Icon.LOCK, "muted"), self._issued_words, what, gap=10)
        line.setStretchFactor(self._issued_words, 1)
        self._issued = holder(line)
        self._issued.hide()
        return self._issued

    def _build_side(self) -> SizedPane:
        self._tabs = Segments(("Parts", "To look at"))
        self._tabs.chosen.connect(self._show_tab)
        self._parts, self._verdicts = PartsList(), VerdictList()
        self._parts.chosen.connect(self.go_to_part)
        for lists in (self._parts, self._verdicts):
            lists.place_wanted.connect(self._on_place)
        self._short = Tick("Short form", "Only the parts that most Steering Groups ask for")
        self._large = Tick("Large print", "Text of 16 points instead of 12")
        self._photographs = Tick("Photographs", "Those with a basis for printing them")
        self._photographs.setChecked(True)
        for tick in (self._short, self._large, self._photographs):
            tick.toggled.connect(self._on_option)
        order = Button("Parts and order…", Kind.LINK, tip="Leave parts out, or move them")
        logo = Button("Logo…", Kind.LINK, tip="A logo for the cover")
        order.clicked.connect(self.ask_parts)
        logo.clicked.connect(self.ask_logo)
        ticks = Flow((self._short, self._large, self._photographs), gap=12)
        options = inset(rule(), ticks, row(order, logo, 1, gap=16), gap=10, right=0)
        inner = column(inset(self._tabs, right=0), self._parts, self._verdicts, options, gap=10)
        for lists in (self._parts, self._verdicts):
            inner.setStretchFactor(lists, 1)
        return SizedPane(holder(inner))

    # -- data, then paper

    def _on_data(self, data: PackData) -> None:
        self._parts.show_parts(data.readiness, data.arrangement)
        self._verdicts.show_verdicts(data.verdicts)
        self._stage.show_check(data.check.text, good=not (data.check.to_look_at or data.check.stopping))
        self._issued_words.setText(data.since.words if data.since else "")
        self._issued.setVisible(data.since is not None)
        self._say()
        self.filled.emit()

    def _on_refused(self, why: str) -> None:
        self._parts.show_parts((), USUAL)
        self._verdicts.show_verdicts(())
        self._issued.hide()
        self._stage.show_sentence(why)
        self._say()
        self.filled.emit()

    def _on_option(self) -> None:
        ways = Ways(self._short.isChecked(), self._large.isChecked(), self._photographs.isChecked())
        self._set_current(on=False)
        self.paper.lay_out_as(ways)

    def _on_begun(self) -> None:
        self._set_current(on=False)
        self._stage.show_waiting()

    def _on_cover(self, pdf: bytes) -> None:
        self._stage.show_pdf(pdf)
        self.filled.emit()

    def _on_made(self, made: Made) -> None:
        self._stage.show_pdf(made.pack.pdf)
        self._parts.show_printed(made.starts)
        self._set_current(on=self.paper.settled())
        self._say()
        self._go_to_wanted()
        self.filled.emit()

    def _set_current(self, *, on: bool) -> None:
        for button in (self._issue, self._print, self._export):
            button.setEnabled(on)

    def _say(self) -> None:
        self.line.emit(self.line_words())

    def line_words(self) -> str:
        """`2024 to 2025 · data to 20 June 2025 · 40 pages`, for the page's head."""
        data, made = self.paper.data(), self.paper.built()
        if data is None:
            return "The paper for the Steering Group’s summer meeting"
        words = [year_label(data.period.year), data.period.stamp]
        if made is not None and made.pack.data.period.year == data.period.year:
            words.append(count(made.pack.pages, "page"))
        return " · ".join(words)

    # -- where to look

    def go_to_part(self, number: int) -> None:
        """Bring a part to the top, as soon as the paper is there."""
        self._wanted_part = number
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        made = self.paper.built()
        if self._wanted_part is None or made is None:
            return
        page = made.starts.get(self._wanted_part)
        self._wanted_part = None
        if page is not None:
            self._stage.go_to(page)
            self._narrow_tabs.choose(PREVIEW)

    def _on_place(self, place: Place) -> None:
        if place.page:
            self.context.bus.page_wanted.emit(place.page, place)

    def _show_verdicts(self) -> None:
        self._tabs.choose(VERDICTS - 1)
        self._narrow_tabs.choose(VERDICTS)

    def _show_tab(self, *_: object) -> None:
        chosen = self._narrow_tabs.current() if self._narrow else self._tabs.current() + 1
        self._side.setVisible(not self._narrow or chosen != PREVIEW)
        self._right.setVisible(not self._narrow or chosen == PREVIEW)
        self._parts.setVisible(chosen == PARTS)
        self._verdicts.setVisible(chosen == VERDICTS)
        self.filled.emit()

    # -- how it is put together

    def ask_parts(self) -> None:
        """Ask which parts are left out, and in which order they stand."""
        from ui.pages.pack.parts_dialog import PartsDialog

        data = self.paper.data()
        if data is not None:
            PartsDialog(self.context, self.window(), data).open()

    def ask_logo(self) -> None:
        """Show the logo, and ask for another."""
        from ui.pages.pack.logo_dialog import LogoDialog

        data = self.paper.data()
        if data is not None:
            LogoDialog(self.context, self.window(), data.logo).open()

    def ask_issue(self) -> None:
        """Show what is missing and what changed, then issue the pack."""
        from ui.pages.pack.issue_dialog import ask_to_issue

        made = self.paper.built()
        if made is not None and self.settled():
            ask_to_issue(self.context, self, made, self.issued_wanted.emit)

    # -- out it goes

    def proposed_name(self) -> str:
        """`Tidewater Cluster review pack 2024-25.pdf`."""
        data = self.paper.data()
        if data is None:
            return "Review pack.pdf"
        name = f"{data.profile.name or 'Cluster'} review pack {year_code(data.period.year)}"
        return f"{safe_name(name)}.pdf"

    def ask_place(self) -> None:
        """Ask where the PDF goes, then write it."""
        if (pack := self.pack()) is not None:
            self._out.ask_place("Export the review pack", self._documents / self.proposed_name(), pack.pdf)

    def export_to(self, path: Path) -> None:
        """Write the pack on show as a PDF."""
        if (pack := self.pack()) is not None:
            self._out.export_to(pack.pdf, path)

    def ask_printer(self) -> None:
        """Ask for a printer through the system's own window, then print."""
        if (pack := self.pack()) is not None:
            self._out.ask_printer(self.proposed_name().removesuffix(".pdf"), pack.pdf, pack.pages)

    def print_with(self, printer: QPrinter) -> None:
        """Print the pack on show."""
        if (pack := self.pack()) is not None:
            self._out.print_with(printer, pack.pdf)
