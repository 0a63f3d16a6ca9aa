"""Remembers how she left a table: widths, order, hidden columns and sorting, by the columns' headings.

Qt's own saved state goes by number and pixels: it would put widths on the wrong columns after an update of
the program, and keep them small when the text grows.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from ui import theme
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction

    from ui.delegates.table import RecordTable
    from ui.itemmodels.columns import Column
    from ui.settings import Settings

ROOMY, NARROW = 100, 80  # ems: look.md, 13


class Arrangement(QObject):
    """Ties a table to the settings.

    Args:
        table: the table.
        columns: its columns.
        settings: where it is remembered.
        key: the name it is remembered under.
    """

    def __init__(
        self, table: RecordTable[Any], columns: Sequence[Column[Any]], settings: Settings, key: str
    ) -> None:
        super().__init__(table)
        self._table, self._heads = table, [column.head for column in columns]
        self._settings, self._key = settings, key
        self._squeezed: frozenset[str] = frozenset()
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._restore()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._keep)
        header.sortIndicatorChanged.connect(self._keep)
        header.customContextMenuRequested.connect(self._offer)

    def squeeze(self, heads: Collection[str]) -> None:
        """Leave out columns for want of room: what she chose to show or hide stays as it is.

        Args:
            heads: their headings; those left out before and not among them come back.
        """
        wanted = frozenset(heads)
        if wanted == self._squeezed:
            return
        own = {head for head in self._hidden() if head not in self._squeezed}
        self._squeezed = frozenset(wanted - own)
        for number, head in enumerate(self._heads):
            self._table.setColumnHidden(number, head in own | self._squeezed)

    def fit(self, ems: float, middle: Collection[str], least: Collection[str]) -> None:
        """Leave out columns in a narrow window.

        Args:
            ems: how wide the window is.
            middle: headings left out below 100 em.
            least: headings left out below 80 em besides.
        """
        narrow = frozenset(middle) if ems < ROOMY else frozenset[str]()
        self.squeeze(narrow | frozenset(least) if ems < NARROW else narrow)

    def _hidden(self) -> list[str]:
        header = self._table.horizontalHeader()
        return [head for n, head in enumerate(self._heads) if header.isSectionHidden(n)]

    def fill(self, menu: QMenu) -> None:
        """Put the columns to show or hide into a menu, and the way back to how the table came."""
        menu.clear()
        header = self._table.horizontalHeader()
        for number, head in enumerate(self._heads):
            if not head:
                continue
            action = menu.addAction(literal(head))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            action.setEnabled(header.isSectionHidden(number) or self._visible() > 1)
            action.triggered.connect(partial(self._on_chosen, action, number))
        menu.addSeparator()
        menu.addAction("As it came").triggered.connect(self._reset)

    def _offer(self, where: QPoint) -> None:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.popup(self._table.horizontalHeader().mapToGlobal(where))

    def _on_chosen(self, action: QAction, number: int, *_: object) -> None:
        self._table.setColumnHidden(number, not action.isChecked())
        self._keep()

    def _visible(self) -> int:
        header = self._table.horizontalHeader()
        return header.count() - header.hiddenSectionCount()

    def _reset(self, *_: object) -> None:
        self._settings.keep_table(self._key, "")
        self._table.own_widths.clear()
        header = self._table.horizontalHeader()
        for number in range(len(self._heads)):
            self._table.setColumnHidden(number, False)  # noqa: FBT003  # Qt's own
            header.moveSection(header.visualIndex(number), number)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._table.dress()
        self._settings.keep_table(self._key, "")

    def _on_resized(self, number: int, _old: int, new: int) -> None:
        if self._table.sizing or not new or self._table.horizontalHeader().isSectionHidden(number):
            return
        if self._table.horizontalHeader().cursor().shape() is not Qt.CursorShape.SplitHCursor:
            return  # the window was resized, not a column
        self._table.own_widths[self._heads[number]] = round(new / theme.now().scale, 1)
        self._keep()

    def _keep(self, *_: object) -> None:
        header = self._table.horizontalHeader()
        order = sorted(range(len(self._heads)), key=header.visualIndex)
        sort = header.sortIndicatorSection()
        state = {
            "order": [self._heads[number] for number in order],
            "hidden": [head for head in self._hidden() if head not in self._squeezed],
            "widths": self._table.own_widths,
            "sort": self._heads[sort] if 0 <= sort < len(self._heads) else None,
            "down": header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder,
        }
        self._settings.keep_table(self._key, json.dumps(state))

    def _restore(self) -> None:
        """Take up what was kept; what is damaged or names a column that is gone is left aside."""
        try:
            state = json.loads(self._settings.table(self._key) or "{}")
            widths = {str(head): float(width) for head, width in state.get("widths", {}).items()}
            order, hidden, sort = state.get("order", []), state.get("hidden", []), state.get("sort")
        except (ValueError, AttributeError, TypeError):
            return
        header = self._table.horizontalHeader()
        self._table.own_widths.update({h: w for h, w in widths.items() if h in self._heads and 8 < w < 2000})
        for place, head in enumerate(head for head in order if head in self._heads):
            header.moveSection(header.visualIndex(self._heads.index(head)), place)
        shown = [head for head in self._heads if head not in hidden]
        for number, head in enumerate(self._heads):
            self._table.setColumnHidden(number, head in hidden and bool(shown))
        if sort in self._heads:
            down = Qt.SortOrder.DescendingOrder if state.get("down") else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._heads.index(sort), down)
        self._table.dress()
