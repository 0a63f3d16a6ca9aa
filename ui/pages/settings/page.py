"""The page Settings: its sections in a list at the left, the one chosen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from ui.lists.tabbed import TabbedPage
from ui.overrides import override
from ui.pages.settings.sections import SECTIONS, section_tabs
from ui.wayfinding import Place
from ui.widgets.choices import OneOf, Sections
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.pick import Pick

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget

    from ui.context import AppContext
    from ui.widgets.layouts import Box

LIST = 158  # pixels at 100 % text size
LIST_FROM = 72  # ems; below that the sections are chosen from a drop-down above


class SettingsPage(TabbedPage):
    """Settings. A `Place` of table "settings" with a section's key as its task leads to that section."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "Settings", section_tabs())
        self._say(self.tabs.current())
        self.tabs.chosen.connect(self._say)

    @override
    def make_tabs(self) -> OneOf:
        made = Sections([section.words for section in SECTIONS])
        made.setAccessibleName("Sections")
        return made

    @override
    def laid_out(self, head: Box, stack: QWidget) -> QLayout:
        self._list, self._edge = SizedPane(self.tabs), rule("v")
        self._list.set_size(LIST, fixed=True)
        self._pick = Pick([(section.words, number) for number, section in enumerate(SECTIONS)])
        self._pick.setAccessibleName("Section")
        self._pick.picked.connect(self._on_picked)
        self._above = holder(row(self._pick, 1, margins=(12, 0, 0, 0)))
        self._above.hide()
        body = row(self._list, self._edge, stack, gap=10)
        body.setStretch(2, 1)
        whole = column(
            column(head, margins=(24, 20, 24, 0)),
            column(self._above, body, gap=12, margins=(12, 0, 24, 12)),
            gap=16,
        )
        whole.setStretch(1, 1)
        return whole

    @override
    def arrange(self, ems: float) -> None:
        beside = ems >= LIST_FROM
        self._list.setVisible(beside)
        self._edge.setVisible(beside)
        self._above.setVisible(not beside)
        super().arrange(ems)

    @override
    def go_to(self, record: object) -> None:
        if isinstance(record, Place) and record.table == "settings":
            keys = [section.key for section in SECTIONS]
            if record.task in keys:
                self.show_tab(keys.index(record.task))
            return
        super().go_to(record)

    def _say(self, number: int) -> None:
        self.context_line.setText(SECTIONS[number].about)
        with QSignalBlocker(self._pick):
            self._pick.show_value(number)

    def _on_picked(self) -> None:
        self.show_tab(self._pick.value())
