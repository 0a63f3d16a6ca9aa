"""The year by term: heads that cannot be chosen, and below each its meetings and CPD sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.format import weekday_date
from ui.itemmodels.records import Role
from ui.overrides import override
from ui.widgets.painted import RADIUS, draw_focus
from ui.widgets.plain import tip_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from models.queries.meetings_page import YearEntry

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag
_ROLE = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
TERMS = {"autumn": "Autumn term", "spring": "Spring term", "summer": "Summer term"}


def term_head(entry: YearEntry, year: int) -> str:
    """The head above an entry: `Spring term 2025`."""
    return f"{TERMS[entry.term]} {year if entry.term == 'autumn' else year + 1}"


def entry_title(entry: YearEntry) -> str:
    """`3 · Sound and hearing` for a full cluster meeting, else its title with what it is before it."""
    if entry.number:
        return f"{entry.number} · {entry.title}"
    return f"CPD: {entry.title}" if entry.table == "cpd_session" else entry.title


def entry_when(entry: YearEntry, *, short: bool = False) -> str:
    """`Wed 22 January`; short: `22 Jan`."""
    weekday, day, month, _ = weekday_date(entry.held_on).split()
    return f"{day} {month[:3]}" if short else f"{weekday[:3]} {day} {month}"


def school_time(entry: YearEntry) -> str:
    """Whether a full cluster meeting is in the school day, in words; "" where it does not matter."""
    if entry.table != "meeting" or entry.kind != "Full cluster":
        return ""
    if entry.inside is None:
        return "times not entered"
    return "in school time" if entry.inside else "outside school time"


def spoken(entry: YearEntry) -> str:
    """What a screen reader says of an entry."""
    parts = (
        entry_title(entry),
        entry.kind,
        weekday_date(entry.held_on),
        entry.state,
        school_time(entry),
        entry.came,
    )
    return ", ".join(part for part in parts if part)


def fitting(entry: YearEntry, fits: Callable[[str], bool]) -> str:
    """The second line of an entry: `Wed 22 January · 6 of 7 · after school`, shortened until it fits.

    Who came is never left out: where one entry has it and the next has not, it reads as if it were missing.
    """
    came, when, short = entry.came.removesuffix(" schools"), entry_when(entry), entry_when(entry, short=True)
    weekday = when.split()[0]
    after = "after school" if school_time(entry) == "outside school time" else ""
    tries = ((when, came, after), (when, came), (f"{weekday} {short}", came), (short, came))
    lines = [" · ".join(part for part in parts if part) for parts in tries]
    return next((words for words in lines if fits(words)), lines[-1])


class YearModel(QAbstractListModel):
    """Term heads, as text, and entries, in one list."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[str | YearEntry] = []

    def show_entries(self, entries: Sequence[YearEntry], year: int) -> None:
        """Show the answer of the query."""
        self.beginResetModel()
        self._items = []
        under = ""
        for entry in entries:
            if (head := term_head(entry, year)) != under:
                self._items.append(head)
                under = head
            self._items.append(entry)
        self.endResetModel()

    def row_of(self, table: str, entry_id: int) -> int | None:
        """The row of an entry; None if it is not of this year."""
        for number, item in enumerate(self._items):
            if not isinstance(item, str) and (item.table, item.id) == (table, entry_id):
                return number
        return None

    def entries(self) -> list[YearEntry]:
        """The entries, in order."""
        return [item for item in self._items if not isinstance(item, str)]

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if isinstance(item, str):
            return item if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole} else None
        if role == Role.RECORD:
            return item
        if role == _ROLE.DisplayRole:
            return entry_title(item)
        if role == _ROLE.AccessibleTextRole:
            return spoken(item)
        return tip_text(spoken(item)) if role == _ROLE.ToolTipRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._items[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class YearDelegate(QStyledItemDelegate):
    """A head in small type; an entry in two lines: what, and when with how far it is."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._head = self._entry = QSize(10, 10)
        self.dress()

    def dress(self) -> None:
        """Reckon the heights once: a list of a thousand meetings asks for each of them."""
        now = theme.now()
        lines = (QFontMetrics(now.font(role)).height() for role in ("body", "caption"))
        self._head = QSize(10, now.fs(13) + 21)
        self._entry = QSize(10, sum(lines) + 2 * now.px(7) + 4)

    @override
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._head if index.data(Role.RECORD) is None else self._entry

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = index.data(Role.RECORD)
        if entry is None:
            self._draw_head(painter, QRectF(option.rect), index.data())
        else:
            self._draw_entry(painter, option, entry)
        painter.restore()

    def _draw_head(self, painter: QPainter, rect: QRectF, words: str) -> None:
        now = theme.now()
        painter.setFont(now.font("label"))
        painter.setPen(now.c("muted"))
        painter.drawText(rect.adjusted(now.px(12), 0, 0, -now.px(6)), Align.AlignBottom, words)

    def _draw_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: YearEntry) -> None:
        now, rect = theme.now(), QRectF(option.rect).adjusted(0, 1, 0, -1)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        if on or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.c("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        text = rect.adjusted(now.px(12), now.px(7), -now.px(12), -now.px(7))
        painter.setFont(now.font("strong" if on else "body"))
        painter.setPen(now.c("muted" if entry.state == "Cancelled" else "text"))
        title = painter.fontMetrics().elidedText(
            entry_title(entry), Qt.TextElideMode.ElideRight, int(text.width())
        )
        painter.drawText(text, Align.AlignTop, title)
        painter.setFont(now.font("caption"))
        painter.setPen(now.c("warn" if entry.waits else "muted"))
        painter.drawText(text, Align.AlignBottom | Align.AlignRight, entry.state)
        painter.setPen(now.c("muted"))
        painter.drawText(text, Align.AlignBottom, self._below(painter, entry, text.width()))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, rect)

    @staticmethod
    def _below(painter: QPainter, entry: YearEntry, room: float) -> str:
        """The day and who came, always; and whether it was after school, where the line has room for it."""
        metrics = painter.fontMetrics()
        room -= metrics.horizontalAdvance(entry.state) + theme.now().px(12)
        return fitting(entry, lambda words: metrics.horizontalAdvance(words) <= room)


class YearList(QListView):
    """The year's entries; one is chosen at a time.

    Attributes:
        chosen: another entry is chosen: (YearEntry or None,).
        opened: an entry was opened by Enter or a double click: (YearEntry,).
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries = YearModel()
        self._delegate = YearDelegate(self)
        self.setModel(self.entries)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Meetings of the year by term")
        self.setObjectName("first")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setUniformItemSizes(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)

    def dress(self) -> None:
        """Take row heights from the theme."""
        self._delegate.dress()
        self.scheduleDelayedItemsLayout()

    def current(self) -> YearEntry | None:
        """The entry chosen."""
        entry: YearEntry | None = self.currentIndex().data(Role.RECORD)
        return entry

    def choose(self, table: str, entry_id: int) -> bool:
        """Choose an entry and bring it into view; whether it is there."""
        row = self.entries.row_of(table, entry_id)
        if row is None:
            return False
        index = self.entries.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def choose_near(self, row: int) -> bool:
        """Choose the entry that has come to where another was, or the one above; whether there is any."""
        places = [
            n for n in range(self.entries.rowCount()) if self.entries.index(n).data(Role.RECORD) is not None
        ]
        if not places:
            return False
        self.setCurrentIndex(self.entries.index(min(places, key=lambda place: (abs(place - row), place))))
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(current.data(Role.RECORD))

    def _on_activated(self, index: QModelIndex) -> None:
        entry = index.data(Role.RECORD)
        if entry is not None:
            self.opened.emit(entry)
