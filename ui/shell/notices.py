"""The room above the sheet for notices: troubles of the file, read-only, warnings. Never a modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.icons import Icon
from ui.messages import Notice
from ui.widgets.layouts import column
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from collections.abc import Sequence

_ICONS = {"accent": Icon.INFO, "good": Icon.CHECK, "warn": Icon.ALERT, "bad": Icon.ALERT}
MOST = 3  # more would push the page out of the window; the oldest that can be dismissed goes


class Notices(QWidget):
    """The notices that hold now, newest last.

    Attributes:
        changed: a notice came or went, so the tab chain is another.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, tuple[Notice, Banner]] = {}
        self._stack = column(gap=6, margins=(0, 0, 0, 8))
        self.setLayout(self._stack)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice, in place of one of the same key."""
        self.settle(notice.key)
        passing = [key for key, (known, _) in self._shown.items() if not known.lasting]
        if len(self._shown) >= MOST and passing:
            self.settle(passing[0])
        offers = [offer.words for offer in notice.offers] + ([] if notice.lasting else ["Dismiss"])
        banner = Banner(notice.tone, _ICONS[notice.tone], notice.text, *offers, always=True)
        banner.acted.connect(self._on_acted)
        self._shown[notice.key] = (notice, banner)
        self._stack.add(banner)
        self.show()
        self.changed.emit()

    def settle(self, key: str) -> None:
        """Take a notice away."""
        if key not in self._shown:
            return
        _, banner = self._shown.pop(key)
        banner.hide()
        self._stack.removeWidget(banner)
        banner.deleteLater()
        self.setVisible(bool(self._shown))
        self.changed.emit()

    def replace_lasting(self, notices: Sequence[Notice]) -> None:
        """Show the notices that hold for the file now, and take away those that no longer do."""
        wanted = {notice.key for notice in notices}
        for key in [k for k, (known, _) in self._shown.items() if known.lasting and k not in wanted]:
            self.settle(key)
        for notice in notices:
            if notice.key not in self._shown or self._shown[notice.key][0].text != notice.text:
                self.show_notice(notice)

    def clear(self) -> None:
        """Take all away: another file, other troubles."""
        for key in list(self._shown):
            self.settle(key)

    def texts(self) -> list[str]:
        """What is said now."""
        return [notice.text for notice, _ in self._shown.values()]

    def _on_acted(self, number: int) -> None:
        notice = next(known for known, banner in self._shown.values() if banner is self.sender())
        self.settle(notice.key)
        if number < len(notice.offers):
            notice.offers[number].do()
