"""Small dialogs that tell: the help page, about, and the report of a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui import theme
from ui.dialogs.plain import PlainDialog
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, column, row
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout


class HelpDialog(PlainDialog):
    """A page of help, beside the work. The text is ours: "# " heads, "- " points, other lines paragraphs."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent, title, 480)
        close = Button("Close")
        close.clicked.connect(self.close)
        close.setDefault(True)
        pane = ScrollPane(help_layout(text))
        pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        pane.setAccessibleName(title)
        self.lay_out(pane, buttons=(close,))

    @override
    def sizeHint(self) -> QSize:
        room = self.screen().availableGeometry()
        now = theme.now()
        return QSize(min(now.fs(520), room.width() - 40), min(now.fs(560), room.height() - 80))


def help_layout(text: str) -> QLayout:
    """Help text as labels: plain, wrapped, in the type styles of every page."""
    body = column(gap=8, margins=(0, 0, 12, 0))
    for block in text.strip().split("\n\n"):
        for line in _lines(block):
            if line.startswith("# "):
                body.add(column(Label(line[2:], "section", wrap=True), margins=(0, 10, 0, 0)))
            elif line.startswith("- "):
                dot = Label("•", "body", "muted")
                dot.setAlignment(Qt.AlignmentFlag.AlignTop)
                words = Label(line[2:], wrap=True)
                point = row(dot, words, gap=8)
                point.setStretchFactor(words, 1)
                body.add(point)
            else:
                body.add(Label(line, wrap=True))
    body.addStretch(1)
    return body


def _lines(block: str) -> list[str]:
    """The heads, points and paragraphs of a block; other lines go on the one before."""
    found: list[str] = []
    for line in block.splitlines():
        if found and not line.startswith(("# ", "- ")) and not found[-1].startswith("# "):
            found[-1] += " " + line.strip()
        elif line.strip():
            found.append(line.strip())
    return found


class AboutDialog(PlainDialog):
    """What Clusterbook is, and the versions that somebody who helps will ask for."""

    def __init__(self, parent: QWidget | None, versions: Sequence[str]) -> None:
        super().__init__(parent, "About Clusterbook", 400)
        self._versions = tuple(versions)
        copy = Button("Copy versions")
        copy.clicked.connect(self._copy)
        close = Button("Close", Kind.PRIMARY)
        close.clicked.connect(self.close)
        close.setDefault(True)
        words = Label("The book that the lead school of a primary-science cluster keeps.", wrap=True)
        lines = column(*(Label(line, "caption", "muted") for line in self._versions), gap=2)
        self.lay_out(words, lines, buttons=(copy, close))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._versions))


class CrashDialog(PlainDialog):
    """Something went wrong that nobody expected: say so, and offer the report to copy. Nothing is sent."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent, "Something went wrong in Clusterbook", 560)
        self._text = QPlainTextEdit(report)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Report")
        self._text.setMinimumHeight(theme.now().fs(60))
        copy = Button("Copy the report")
        copy.clicked.connect(self._copy)
        close = Button("Carry on", Kind.PRIMARY)
        close.clicked.connect(self.close)
        close.setDefault(True)
        words = Label(
            "Everything saved before this is safe in your file. You can carry on, or close Clusterbook and "
            "open it again. If it happens again, copy this report for the person who helps you; it may "
            "name people or amounts, so look through it first.",
            wrap=True,
        )
        self.lay_out(words, self._text, buttons=(copy, close))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
