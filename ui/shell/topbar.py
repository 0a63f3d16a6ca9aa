"""The bar above the sheet: the school year, quick find, what Undo would undo, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from ui import theme
from ui.doors import in_sentence
from ui.format import year_label
from ui.icons import Icon
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import FindBox
from ui.widgets.layouts import holder, row
from ui.widgets.plain import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence


class TopBar(QWidget):
    """The bar above the sheet.

    Attributes:
        year_chosen: a school year was picked.
        sample_unwanted: the sample cluster is to be removed.
    """

    year_chosen = Signal(int)
    sample_unwanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.year_button = Button("", Kind.BAR, Icon.DOWN, role="strong", always=True)
        self.year_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._years = QMenu(self)
        # not the button's own menu: that opens at the right edge of a button whose icon stands right
        self.year_button.clicked.connect(self._open_years)
        self._choice: QActionGroup | None = None
        self._remove = Button("Remove", Kind.QUIET, tip="Remove the sample cluster", always=True)
        self._remove.clicked.connect(self.sample_unwanted)
        self.sample = holder(row(Badge("SAMPLE", "warn"), self._remove, gap=8))
        self.find_box = FindBox()
        self.undo_button = Button("Undo", Kind.BAR, Icon.UNDO, always=True)
        self.help_button = Button("", Kind.BAR, Icon.HELP, tip="Help on this page (F1)", always=True)
        self._grid = QGridLayout()  # 1 : 0 : 1 keeps the find box still while Undo's words change
        self._grid.addLayout(row(self.year_button, self.sample, 1, gap=8), 0, 0)
        self._grid.addWidget(self.find_box, 0, 1)
        self._grid.addLayout(row(1, self.undo_button, self.help_button, gap=4), 0, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self.setLayout(self._grid)
        self._undo_room = theme.now().fs(240)
        self.sample.hide()
        self.year_button.hide()  # until it is known which years there are
        self.show_undo("")
        self.dress()

    def dress(self) -> None:
        """Take margins from the theme."""
        px = theme.now().px
        self._grid.setContentsMargins(px(8), px(8), px(16), px(8))

    def arrange(self, width: int) -> None:
        """Share out the width: the find box takes at most two fifths, Undo's words what is left beside it."""
        self.find_box.set_room(round(width * 0.4))
        side = (width - self.find_box.sizeHint().width()) // 2
        spare = self.help_button.sizeHint().width() + theme.now().px(16) + theme.now().fs(16) + 40
        self._undo_room = side - spare
        self._fit_undo()

    def show_years(self, years: Sequence[int], current: int) -> None:
        """Offer these school years, newest first, and mark the one shown."""
        self._years.clear()
        self._choice = QActionGroup(self._years)
        for year in sorted(years, reverse=True):
            made = QAction(year_label(year), self._years)
            made.setCheckable(True)
            made.setChecked(year == current)
            made.setData(year)
            made.triggered.connect(self._on_year)
            self._choice.addAction(made)
            self._years.addAction(made)
        self.year_button.show()
        self.year_button.set_words(year_label(current))
        self.year_button.setAccessibleName(f"School year {year_label(current)}")

    def show_undo(self, name: str) -> None:
        """Say what Undo would undo; nothing to undo greys it."""
        self._undo = f"Undo {in_sentence(name)}" if name else "Undo"
        self.undo_button.setEnabled(bool(name))
        self._fit_undo()

    def undo_words(self) -> str:
        """What Undo would undo, in full."""
        return self._undo

    def _fit_undo(self) -> None:
        # claim numbers are never cut: where the name does not fit, it is left to the tooltip and the menu
        fits = text_width(self._undo) <= self._undo_room
        self.undo_button.set_words(self._undo if fits else "Undo", self._undo)

    def _open_years(self) -> None:
        self._years.popup(self.year_button.mapToGlobal(self.year_button.rect().bottomLeft()))

    def _on_year(self) -> None:
        made = self.sender()
        if isinstance(made, QAction):
            self.year_chosen.emit(int(made.data()))
