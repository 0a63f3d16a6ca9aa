"""What is shown when no file is open: start, open, explore, and the books opened before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.format import long_date
from ui.icons import Icon
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, clear, column, holder, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.parts import TodoLine, section
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from ui.settings import RecentFile

WIDTH = 640
_WAYS = (
    (
        Icon.PLUS,
        "Start a new cluster",
        "Five minutes: its name, its schools, who leads, the first dates",
        "Start",
    ),
    (
        Icon.FOLDER,
        "Open a cluster",
        "A .clusterbook file on this computer, a stick or a shared drive",
        "Open…",
    ),
    (
        Icon.BOOK,
        "Explore the sample cluster",
        "Two invented years of a whole cluster, to try anything on",
        "Explore",
    ),
)


class Welcome(QWidget):
    """The first screen.

    Attributes:
        new_wanted: a new cluster is to be started.
        open_wanted: a file is to be chosen and opened.
        sample_wanted: the sample cluster is to be shown.
        recent_wanted: a book opened before is to be opened: (path,).
        recent_unwanted: a book that is missing is to leave the list: (path,).
    """

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(object)
    recent_unwanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Welcome")
        ways = column()
        for number, (icon, words, detail, action) in enumerate(_WAYS):
            line = TodoLine(icon, "accent", words, detail, action, primary=number == 0)
            line.acted.connect((self.new_wanted, self.open_wanted, self.sample_wanted)[number])
            if number == 0:
                line.button().setObjectName("first")
            else:
                ways.add(rule())
            ways.add(line)
        head = column(
            Label("Welcome to Clusterbook", "title"),
            Label(
                "The book of a primary-science cluster: meetings, cover, money, kit and the review pack.",
                "body",
                "muted",
                wrap=True,
            ),
            gap=2,
        )
        self._recent = column()
        self._lines: list[RecentLine] = []
        self._recent_section = holder(section("Opened before", self._recent, gap=2))
        self._pane = ScrollPane(column(head, ways, self._recent_section, 1, gap=24))
        self.setLayout(column(self._pane))
        self.show_recent(())
        self.dress()

    def dress(self) -> None:
        """Keep the column in the middle, no wider than can be read at a glance."""
        now = theme.now()
        side = max((self.width() - now.fs(WIDTH)) // 2, 0) + now.px(24)
        self._pane.inner.setContentsMargins(side, now.px(48), side, now.px(20))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def show_recent(self, files: Sequence[RecentFile]) -> None:
        """List the books opened before."""
        clear(self._recent)
        self._lines = []
        for number, entry in enumerate(files):
            if number:
                self._recent.add(rule())
            line = RecentLine(entry)
            line.wanted.connect(self.recent_wanted)
            line.unwanted.connect(self.recent_unwanted)
            self._lines.append(line)
            self._recent.add(line)
        self._recent_section.setVisible(bool(files))

    def show_missing(self, paths: Collection[Path]) -> None:
        """Grey the books that are not there now, and offer to take them off the list."""
        for line in self._lines:
            if line.path in paths:
                line.show_missing()


class RecentLine(QWidget):
    """A book opened before.

    Attributes:
        path: where it was.
        wanted: it is to be opened: (path,).
        unwanted: it is to leave the list: (path,).
    """

    wanted = Signal(object)
    unwanted = Signal(object)

    def __init__(self, entry: RecentFile) -> None:
        super().__init__()
        self.path = entry.path
        self._entry, self._missing = entry, False
        self._mark = IconMark(Icon.DISK, "muted", 20)
        self._name = ElidedLabel(entry.name, "strong")
        self._detail = ElidedLabel(
            f"{entry.path.name} · opened {long_date(entry.opened)}", "caption", "muted"
        )
        self._button = Button("Open", Kind.QUIET, tip=f"Open {entry.name}", always=True)
        self._button.clicked.connect(self._on_clicked)
        words = column(self._name, self._detail)
        line = row(self._mark, words, self._button, gap=16, margins=(0, 9, 0, 9))
        line.setStretchFactor(words, 1)
        self.setLayout(line)

    def show_missing(self) -> None:
        """The file is not there now."""
        self._missing = True
        self._mark.set_icon(Icon.ALERT, "muted")
        self._name.set_tone("muted")
        self._detail.setText(f"{self.path.name} · not found in {self.path.parent}")
        self._button.set_words("Remove", f"Remove {self._entry.name} from this list")

    def _on_clicked(self) -> None:
        (self.unwanted if self._missing else self.wanted).emit(self.path)
