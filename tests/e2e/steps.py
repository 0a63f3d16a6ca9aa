"""Counts what a person does: each key press and each click is a step; typing words is free."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.e2e.driver import Driver


class Steps:
    """Drives a window with real input events, and counts them.

    Attributes:
        count: key presses and clicks so far.
    """

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.count = 0
        self._wake()

    def key(self, keys: str | Qt.Key) -> None:
        """Press a key, or keys together such as "Ctrl+L", where the keyboard is now."""
        where = self.where()
        self.count += 1
        if isinstance(keys, str):
            QTest.keySequence(where, QKeySequence(keys))
        else:
            QTest.keyClick(where, keys)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into a widget that can be seen, in its middle unless said otherwise."""
        assert widget.isVisible(), f"{widget} cannot be seen"
        assert widget.isEnabled(), f"{widget} cannot be used"
        self.count += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def press(self, words: str, parent: QWidget | None = None) -> None:
        """Click the one visible button with these words."""
        root = parent or QApplication.activeModalWidget() or self.driver.start.window
        found = [
            one
            for one in root.findChildren(QPushButton)
            if one.isVisible() and one.text().replace("&&", "&") == words
        ]
        assert len(found) == 1, f"{len(found)} buttons “{words}”"
        self.click(found[0])

    def type_text(self, text: str) -> None:
        """Type where the keyboard is now. Free of charge."""
        QTest.keyClicks(self.where(), text)

    def where(self) -> QWidget:
        """The widget that has the keyboard, in the dialog that is open if there is one."""
        modal = QApplication.activeModalWidget()
        if modal is None and QApplication.activeWindow() is None:
            self._wake()
        focus = QApplication.focusWidget()
        if modal is not None and (focus is None or not (modal is focus or modal.isAncestorOf(focus))):
            focus = modal.focusWidget() or modal
        assert focus is not None or modal is not None, "nothing has the keyboard"
        return focus or modal

    def _wake(self) -> None:
        """Make the window the active one: without a screen nobody else does that when a dialog closes."""
        self.driver.start.window.activateWindow()
        self.driver.until(self.driver.start.window.isActiveWindow)
