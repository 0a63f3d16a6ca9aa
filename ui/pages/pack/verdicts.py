"""What the rules say of the year, rule by rule: of each the first finding, the others when it is opened.

A book of years may have thousands of findings: they are rows of a model, drawn when they come into view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.overrides import override
from ui.wayfinding import Place
from ui.widgets.badge import draw_badge
from ui.widgets.fields import TextField
from ui.widgets.layouts import column, inset
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from models.rules.verdict import Verdict

    Index = QModelIndex | QPersistentModelIndex

PAD, GAP = 12, 8
MANY = 8  # findings from which a field to filter them stands above
FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
LINE = Qt.ItemDataRole.UserRole + 1
BATCH = 60  # rows that are measured at once: more would be felt
_NO_INDEX = QModelIndex()


@dataclass(frozen=True)
class Line:
    """A row: a finding, and how many more of its rule are folded away behind it."""

    verdict: Verdict
    more: int = 0
    open: bool = False
    first: bool = True

    @property
    def foot(self) -> str:
        """`R-COVER-16 · and 13 more`."""
        if not self.first:
            return ""
        if self.more:
            folded = "show one only" if self.open else f"and {self.more:,} more"
            return f"{self.verdict.rule} · {folded}"
        info = " · for information" if self.verdict.severity.value == "info" else ""
        return f"{self.verdict.rule}{info}"

    @property
    def stops(self) -> bool:
        """Whether it stops the print."""
        return self.first and self.verdict.severity.value == "refuse"


class FindingsModel(QAbstractListModel):
    """The findings, rule by rule."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rules: dict[str, list[Verdict]] = {}
        self._open: set[str] = set()
        self._lines: list[Line] = []

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show other findings, weightiest rule first; rules that were opened stay open."""
        self._rules = {}
        for verdict in verdicts:
            self._rules.setdefault(verdict.rule, []).append(verdict)
        self._lay()

    def toggle(self, row: int) -> None:
        """Open a rule, or fold it."""
        self._open ^= {self._lines[row].verdict.rule}
        self._lay()

    def line(self, row: int) -> Line:
        """A row."""
        return self._lines[row]

    def row_of(self, rule: str) -> int:
        """Where a rule begins; 0 if it is not there."""
        return next((n for n, line in enumerate(self._lines) if line.verdict.rule == rule), 0)

    def _lay(self) -> None:
        self.beginResetModel()
        self._lines = []
        for rule, found in self._rules.items():
            opened = rule in self._open
            self._lines.append(Line(found[0], len(found) - 1, opened))
            if opened:
                self._lines += [Line(one, first=False) for one in found[1:]]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            stops = ", stops printing" if line.stops else ""
            return f"{line.verdict.text} {line.foot}{stops}"
        return None


class FindingDelegate(QStyledItemDelegate):
    """A finding: its sentence, broken into lines, and below it the rule."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        now, view = theme.now(), option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        line: Line = index.data(LINE)
        high = self._words_high(line, width) + 2 * now.px(GAP)
        if line.foot:
            high += QFontMetrics(now.font("caption")).height() + 2
        return QSize(width, high)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, rect = theme.now(), QRectF(option.rect)
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.c("hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        inner = rect.adjusted(now.px(PAD) * (1 if line.first else 2), now.px(GAP), -now.px(PAD), -now.px(GAP))
        painter.setPen(now.c("text"))
        painter.setFont(now.font())
        painter.drawText(inner, FLAGS, line.verdict.text)
        if line.foot:
            self._draw_foot(painter, inner, line)
        if line.first and index.row():
            painter.fillRect(QRectF(inner.left(), rect.top(), inner.width(), 1), now.c("line"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect)
        painter.restore()

    def _draw_foot(self, painter: QPainter, inner: QRectF, line: Line) -> None:
        now = theme.now()
        painter.setFont(now.font("caption"))
        painter.setPen(now.c("accent" if line.more else "muted"))
        high = painter.fontMetrics().height()
        where = QRectF(inner.left(), inner.bottom() - high, inner.width(), high)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.foot)
        if line.stops:
            left = inner.left() + painter.fontMetrics().horizontalAdvance(line.foot) + now.px(8)
            draw_badge(painter, "Stops printing", left, where.center().y(), selected=False)

    def _words_high(self, line: Line, width: int) -> int:
        now = theme.now()
        room = width - now.px(PAD) * (2 if line.first else 3)
        metrics = QFontMetrics(now.font())
        return metrics.boundingRect(0, 0, max(room, 40), 100_000, FLAGS, line.verdict.text).height()


class FindingsView(QListView):
    """The rows. Enter goes to what a finding is about, Space opens its rule or folds it.

    Attributes:
        wanted: a finding's record is wanted: (Verdict,).
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.findings = FindingsModel(self)
        self._delegate = FindingDelegate(self)
        self.setModel(self.findings)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName("To look at")
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.clicked.connect(self._on_clicked)

    def dress(self) -> None:
        """Measure the rows anew."""
        self.setFont(theme.now().font())
        self.scheduleDelayedItemsLayout()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit(self.findings.line(index.row()).verdict)
        elif index.isValid() and event.key() == Qt.Key.Key_Space:
            self._fold(index.row())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.findings.line(index.row())
        rect, now = self.visualRect(index), theme.now()
        foot = rect.bottom() - now.px(GAP) - QFontMetrics(now.font("caption")).height() - 2
        if line.more and self.viewport().mapFromGlobal(self.cursor().pos()).y() >= foot:
            self._fold(index.row())
        else:
            self.wanted.emit(line.verdict)

    def _fold(self, row: int) -> None:
        line = self.findings.line(row)
        if line.more or not line.first:
            self.findings.toggle(row)
            self.setCurrentIndex(self.findings.index(self.findings.row_of(line.verdict.rule), 0))


class VerdictList(QWidget):
    """What the rules say of the year, weightiest first. Advice: anything may be printed all the same.

    Attributes:
        place_wanted: what a finding is about is wanted: (Place,).
    """

    place_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Verdict, ...] = ()
        self._filter = TextField(most=100, hint="Filter what to look at")
        self._filter.setAccessibleName("Filter what to look at")
        self._filter.setClearButtonEnabled(True)
        self._none = Label("", "body", "muted", wrap=True)
        self.view = FindingsView()
        whole = column(inset(self._filter, self._none, gap=8, right=0), self.view, gap=4)
        whole.setStretchFactor(self.view, 1)
        self.setLayout(whole)
        self._filter.textChanged.connect(self._show)
        self.view.wanted.connect(self._go)
        self.show_verdicts(())

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Show other verdicts."""
        self._all = tuple(verdicts)
        self._filter.setVisible(len(self._all) >= MANY)
        self._show()

    def _show(self) -> None:
        words = self._filter.text().casefold().split() if not self._filter.isHidden() else []
        found = [
            one for one in self._all if all(word in f"{one.rule} {one.text}".casefold() for word in words)
        ]
        self.view.findings.show_verdicts(found)
        self._none.setText("" if found else "Nothing matches." if self._all else "Nothing to look at.")
        self._none.setVisible(not found)
        self.view.setVisible(bool(found))

    def _go(self, verdict: Verdict) -> None:
        self.place_wanted.emit(Place(verdict.about.table, verdict.about.id))
