"""The sidebar: whose book this is, and its pages with what waits on each; a rail of icons where tight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui import theme
from ui.shell.frame import RAIL, SIDEBAR
from ui.widgets.choices import NavItem
from ui.widgets.layouts import column, holder
from ui.widgets.plain import ElidedLabel, Label, breakable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ui.shell.pages import PageSpec


class Sidebar(QWidget):
    """The pages there are.

    Attributes:
        chosen: emitted with the key of the page clicked.
    """

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setAccessibleName("Pages")
        self._narrow, self._cluster = False, ""
        self._name, self._detail = Label(role="section", wrap=True), ElidedLabel(role="caption", tone="muted")
        self._head = holder(column(self._name, self._detail, margins=(12, 0, 0, 14)))
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        lines = column(self._head, gap=2, margins=(8, 14, 8, 10))
        for spec in [page for page in pages if not page.foot]:
            lines.add(self._make(spec))
        lines.addStretch(1)
        for spec in [page for page in pages if page.foot]:
            lines.add(self._make(spec))
        self.setLayout(lines)
        self._group.buttonClicked.connect(self._on_clicked)
        self.dress()

    def dress(self) -> None:
        """Take the width from the theme."""
        self._show_name()
        self.setFixedWidth(theme.now().fs(RAIL if self._narrow else SIDEBAR))

    def set_narrow(self, narrow: bool) -> None:
        """Become a rail of icons, or the full sidebar."""
        self._narrow = narrow
        self._head.setVisible(not narrow)
        for item in self._items.values():
            item.set_narrow(narrow)
        self.dress()

    def show_cluster(self, name: str, detail: str) -> None:
        """Say whose book it is."""
        self._cluster = name
        self._show_name()
        self._detail.setText(detail)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many things wait on each page."""
        for key, item in self._items.items():
            item.set_count(counts.get(key, 0))

    def show_page(self, key: str) -> None:
        """Mark the page that is shown."""
        self._items[key].setChecked(True)

    def _show_name(self) -> None:
        now = theme.now()
        self._name.setText(breakable(self._cluster, now.fs(SIDEBAR) - now.px(30), "section"))
        self._name.setAccessibleName(self._cluster)

    def _make(self, spec: PageSpec) -> NavItem:
        item = NavItem(spec.icon, spec.title)
        item.setObjectName(f"nav-{spec.key}")
        self._items[spec.key] = item
        self._group.addButton(item)
        return item

    def _on_clicked(self, item: NavItem) -> None:
        self.chosen.emit(next(key for key, known in self._items.items() if known is item))
