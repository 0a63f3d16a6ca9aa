"""Quick find: pages and commands at once, records as the file's thread finds them, in a list below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons, theme
from ui.icons import Icon
from ui.overrides import override
from ui.widgets.layouts import column
from ui.widgets.painted import RADIUS
from ui.widgets.plain import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.doors import Found
    from ui.widgets.fields import FindBox

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
ENTRIES_MOST, COMMANDS_MOST, PAUSE_MS = 10, 5, 120
DETAIL_SHARE = 0.4


@dataclass(frozen=True)
class Entry:
    """One line of the list.

    Attributes:
        icon: what kind of thing it is.
        title: its words.
        detail: more about it, or the keys of a command; muted, at the right.
        go: what Enter does.
        late: it stands below the records found.
    """

    icon: Icon
    title: str
    detail: str
    go: Callable[[], None]
    late: bool = False


def matches(words: str, text: str) -> bool:
    """Whether every word typed begins some word of the text, in any order and case."""
    parts = text.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in words.casefold().split())


class EntryModel(QAbstractListModel):
    """The entries found now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def entry(self, number: int) -> Entry:
        """The entry of a row."""
        return self._entries[number]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ROLE.DisplayRole:
            return entry.title
        if role == ROLE.AccessibleTextRole:
            return f"{entry.title}, {entry.detail}" if entry.detail else entry.title
        return entry if role == ROLE.UserRole else None


class EntryDelegate(QStyledItemDelegate):
    """Icon, title, and the muted detail at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.now().fs(200), theme.now().row)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, entry = theme.now(), index.data(ROLE.UserRole)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.c("accent_soft"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        size = now.fs(16)
        mark = QRectF(rect.left() + now.px(10), rect.center().y() - size / 2, size, size)
        icons.paint(painter, entry.icon, mark, now.c("muted"))
        room = rect.adjusted(mark.right() - rect.left() + now.px(10), 0, -now.px(10), 0)
        gap = now.px(16) if entry.detail else 0
        needs = text_width(entry.detail, "caption")
        spare = room.width() - text_width(entry.title) - gap
        taken = min(
            needs, max(spare, room.width() * DETAIL_SHARE)
        )  # what it is must show, however long its name
        painter.setFont(now.font())
        painter.setPen(now.c("text"))
        title = _elided(painter, entry.title, room.width() - taken - gap)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(now.font("caption"))
        painter.setPen(now.c("muted"))
        detail = _elided(painter, entry.detail, taken + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()


def _elided(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class Finder(QFrame):
    """The list below the find box. The focus stays in the box; arrows, Enter and Escape work from there.

    Args:
        window: it floats in this.
        box: where the words are typed.
        here: entries that need no file: pages and commands, all of them.
        records: asks for records; the answer comes to `show_records`.
        back: gives the keyboard back to the page.
        opened: shows a record that was chosen.
        icon: the icon of a page.
    """

    def __init__(
        self,
        window: QWidget,
        box: FindBox,
        here: Callable[[], Sequence[Entry]],
        records: Callable[[str, Callable[[Sequence[Found]], None]], object],
        back: Callable[[], None],
        opened: Callable[[Found], None],
        icon: Callable[[str], Icon],
    ) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("tint", "float")
        self._box, self._here, self._records, self._back = box, here, records, back
        self._opened, self._icon = opened, icon
        self._model = EntryModel(self)
        self._delegate = EntryDelegate(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName("Found")
        self._list.clicked.connect(self._on_clicked)
        self._list.entered.connect(self._list.setCurrentIndex)
        self.setLayout(column(self._list, margins=(6, 6, 6, 6)))
        self._found: Sequence[Found] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        box.textChanged.connect(self._on_typed)
        box.installEventFilter(self)
        self.hide()

    def entries(self) -> list[Entry]:
        """What the list shows now."""
        return [self._model.entry(n) for n in range(self._model.rowCount())]

    def marked(self) -> Entry:
        """The entry that Enter would choose."""
        return self._model.entry(self._list.currentIndex().row())

    def show_records(self, found: Sequence[Found]) -> None:
        """Show the records found for the words as they are now."""
        self._found = found
        self._fill()

    def leave(self) -> None:
        """Empty the box and close the list."""
        self._box.clear()
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
            self._back()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            here = self._list.currentIndex().row()
            self._mark((here + step) % self._model.rowCount())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.isVisible():
            self._choose(self._list.currentIndex().row())
        else:
            return False
        return True

    def _on_typed(self) -> None:
        self._found = ()
        if self._box.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
        self._fill()

    def _ask(self) -> None:
        self._records(self._box.text(), self.show_records)

    def _fill(self) -> None:
        words = self._box.text().strip()
        known = [e for e in self._here() if matches(words, e.title)] if words else []
        known.sort(key=lambda entry: not entry.title.casefold().startswith(words.casefold()))
        entries = [entry for entry in known if not entry.late][:COMMANDS_MOST]
        entries += [self._record(found) for found in self._found]
        entries += [entry for entry in known if entry.late]
        self._model.show_entries(entries[:ENTRIES_MOST])
        if entries:
            self._mark(0)
            self._place()
        self.setVisible(bool(entries))
        number = self._model.rowCount()
        self._box.setAccessibleDescription(f"{number} found, use the arrow keys" if words else "")

    def _record(self, found: Found) -> Entry:
        return Entry(self._icon(found.page), found.title, found.detail, lambda: self._opened(found))

    def _mark(self, number: int) -> None:
        self._list.setCurrentIndex(self._model.index(number))

    def _place(self) -> None:
        window = self._window
        below = self._box.mapTo(window, QPoint(0, self._box.height() + 4))
        width = max(self._box.width(), theme.now().fs(460))
        left = max(8, min(below.x() - (width - self._box.width()) // 2, window.width() - width - 8))
        height = theme.now().row * self._model.rowCount() + 2 * theme.now().px(6) + 4
        self.setGeometry(left, below.y(), width, min(height, window.height() - below.y() - 8))
        self.raise_()

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, number: int) -> None:
        if 0 <= number < self._model.rowCount():
            entry = self._model.entry(number)
            self.leave()
            self._back()
            entry.go()
