"""Check this file: what a look through all of it found, to read, to print and to keep (safety.md, 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from ui import theme
from ui.dialogs.files import safe_name
from ui.dialogs.plain import PlainDialog
from ui.format import count
from ui.overrides import override
from ui.papers.output import PaperOut
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget

    from reports.papers.file_check import FileCheck
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress


class CheckDialog(PlainDialog):
    """What was found, and its paper.

    Args:
        context: the window's shared things.
        window: it belongs to this.
        found: what a look through the file found.
        pdf: the same as a paper.
        pages: of the paper.
    """

    def __init__(
        self, context: AppContext, window: QWidget, found: FileCheck, pdf: bytes, pages: int
    ) -> None:
        super().__init__(
            window, "The file is sound" if found.sound else "Something is wrong with the file", 520
        )
        self._context, self._found, self._pdf, self._pages = context, found, pdf, pages
        self._out = PaperOut(context, self)
        print_, save, close = Button("Print…"), Button("Save PDF…"), Button("Close", Kind.PRIMARY)
        print_.clicked.connect(self._print)
        save.clicked.connect(self._save)
        close.clicked.connect(self.close)
        close.setDefault(True)
        pane = ScrollPane(self._body())
        pane.setAccessibleName("What was found")
        self.lay_out(pane, buttons=(print_, save, close))
        context.book.closed.connect(self.close)

    @override
    def sizeHint(self) -> QSize:
        room, now = self.screen().availableGeometry(), theme.now()
        return QSize(min(now.fs(560), room.width() - 40), min(now.fs(540), room.height() - 80))

    def _body(self) -> QLayout:
        from reports.papers.file_check import answer, counted, what_was_looked_at

        found = self._found
        lines = column(Label(f"{answer(found)}.", wrap=True), gap=6, margins=(0, 0, 12, 0))
        for fault in found.checked.faults:
            lines.add(row(Badge("Wrong", "bad"), Label(fault, wrap=True), gap=8))
        lines.add(Label("What was looked at", "section"))
        facts = (
            *what_was_looked_at(found.checked),
            *((head, f"{n:,}") for head, n in counted(found.checked)),
        )
        for head, words in facts:
            lines.add(row(Label(head, "body", "muted"), 1, Label(words), gap=16))
        rules = count(len(found.verdicts), "line")
        lines.add(
            Label(
                f"The paper has {rules} more: what the rules say of {found.year}. Review pack ▸ To look at "
                "leads to each of them.",
                "body",
                "muted",
                wrap=True,
            )
        )
        lines.addStretch(1)
        return lines

    def _save(self) -> None:
        name = safe_name(f"{self._context.book.facts.cluster if self._context.book.facts else 'Book'} check")
        self._out.ask_place("Save the check", self._context.documents / f"{name}.pdf", self._pdf)

    def _print(self) -> None:
        self._out.ask_printer("Check of the file", self._pdf, self._pages)


def check_file(context: AppContext, window: QWidget) -> None:
    """Look through the whole file, then show what was found."""

    def work(store: OpenStore, progress: Progress) -> tuple[FileCheck, bytes, int]:
        from ui.desk import checked_paper

        progress.report("Looking through the file")
        return checked_paper(store, context.today)  # type: ignore[arg-type]  # a Store

    def done(made: tuple[FileCheck, bytes, int]) -> None:
        CheckDialog(context, window, *made).open()

    context.book.use(work, done, key="check file")
