"""Words offered below a field as one types; a click beside the list lands where it was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QCompleter

from ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget


class Completing(QCompleter):
    """Finds what is typed anywhere in the words, in either case.

    WORKAROUND: Qt's completer closes its list at a click beside it and swallows the click, so that the next
    field is reached only by the second one. Here the click goes on to what lies below.

    Args:
        words: what is offered, or a model of it.
        field: the field that it belongs to.
    """

    def __init__(self, words: Sequence[str] | QAbstractItemModel, field: QWidget) -> None:
        super().__init__(field)
        if isinstance(words, QObject):
            self.setModel(words)
        else:
            from PySide6.QtCore import QStringListModel

            self.setModel(QStringListModel(list(words), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._field = field

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup = self.popup()
        if (
            watched is popup
            and isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and not popup.rect().contains(event.position().toPoint())
        ):
            popup.hide()
            self._hand_on(event)
            return True
        return super().eventFilter(watched, event)

    def _hand_on(self, event: QMouseEvent) -> None:
        """Give a press to the widget that it was meant for, with the keyboard."""
        at = event.globalPosition()
        window = self._field.window()
        target = window.childAt(window.mapFromGlobal(at.toPoint()))
        if target is None:
            return
        if target.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            target.setFocus(Qt.FocusReason.MouseFocusReason)
        press = QMouseEvent(
            event.type(), target.mapFromGlobal(at), at, event.button(), event.buttons(), event.modifiers()
        )
        QApplication.sendEvent(target, press)
