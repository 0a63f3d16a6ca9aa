"""The windows of an issued pack: its paper as it was handed over, and its figures beside those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from ui import theme
from ui.delegates.table import RecordTable
from ui.dialogs.plain import PlainDialog
from ui.format import long_date, short_date
from ui.itemmodels.columns import Column, Look
from ui.overrides import override
from ui.papers.output import PaperOut
from ui.papers.stage import PaperStage
from ui.widgets.buttons import Button, Kind
from ui.widgets.pdf import loaded
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.queries.pack_page import Comparison, FigureLine
    from ui.context import AppContext

WIDE, HIGH = 860, 700  # pixels at 100 % text size
LINES = 12  # rows in sight, where the screen has room for them
AROUND = 270  # pixels at 100 % text size that words and buttons take


class IssuedWindow(PlainDialog):
    """The paper of an issued pack, beside the work.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        title: the pack.
        pdf: its paper.
        proposed: where it would be saved.
    """

    def __init__(
        self, context: AppContext, parent: QWidget | None, title: str, pdf: bytes, proposed: Path
    ) -> None:
        super().__init__(parent, f"Issued: {title}", 560)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        out = PaperOut(context, self)
        self.stage = PaperStage(Label("As it was handed over", "body", "muted"), "")
        self.stage.show_pdf(pdf)
        save, printing, close = Button("Save PDF…"), Button("Print…"), Button("Close", Kind.PRIMARY)
        save.clicked.connect(lambda: out.ask_place("Save the issued pack", proposed, pdf))
        printing.clicked.connect(lambda: out.ask_printer(proposed.stem, pdf, loaded(pdf).pageCount()))
        close.clicked.connect(self.close)
        close.setDefault(True)
        self.lay_out(self.stage, buttons=(save, printing, close), gap=8)

    @override
    def sizeHint(self) -> QSize:
        room, now = self.screen().availableGeometry(), theme.now()
        return QSize(min(now.fs(WIDE), room.width() - 40), min(now.fs(HIGH), room.height() - 60))


class CompareDialog(PlainDialog):
    """An issued pack's figures beside those of now; those that changed come first."""

    def __init__(self, parent: QWidget | None, found: Comparison) -> None:
        super().__init__(parent, f"{found.title} and now", 600)
        columns: tuple[Column[FigureLine], ...] = (
            Column("Figure", lambda r: r.words, lambda r: r.words.casefold(), stretch=True),
            Column(short_date(found.issued_on), lambda r: r.then, lambda r: r.then, right=True),
            Column("Now", lambda r: r.now, lambda r: r.now, right=True),
            Column(
                "Changed", lambda r: "Changed" if r.changed else "", lambda r: not r.changed, Look.STATE,
                sample="Changed",
            ),
        )  # fmt: skip
        self.table: RecordTable[FigureLine] = RecordTable("Figures then and now", columns, _identity)
        self.table.show_records(sorted(found.lines, key=lambda line: not line.changed))
        since = found.since
        words = since.number_words
        said = Label(f"{words[:1].upper()}{words[1:]}.", wrap=True)
        parts = Label("".join(f"{line}." for line in since.parts_lines), wrap=True)
        parts.setVisible(bool(since.parts_lines))
        then = Label(
            f"Issued on {long_date(found.issued_on)}; now is {long_date(found.now)}.",
            "body",
            "muted",
            wrap=True,
        )
        close = Button("Close", Kind.PRIMARY)
        close.setDefault(True)
        close.clicked.connect(self.close)
        self.lay_out(then, said, self.table, parts, buttons=(close,), gap=10)
        self.dress()

    @override
    def dress(self) -> None:
        super().dress()
        if hasattr(self, "table"):
            now = theme.now()
            self.table.setFixedHeight(min(now.row * (LINES + 1), self._room() - now.fs(AROUND)))


def _identity(line: FigureLine) -> str:
    return line.words
