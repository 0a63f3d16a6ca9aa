"""A list of what belongs to one meeting: it begins new records there, and keeps to its finalised minutes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.lists.pane import ListPane
from ui.overrides import override
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button
from ui.widgets.layouts import holder, row
from ui.widgets.plain import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from ui.context import AppContext
    from ui.lists.detail import DetailPanel
    from ui.lists.spec import ListSpec
    from ui.widgets.layouts import Box

T = TypeVar("T")
CHIPS_FROM = 90  # ems from which chips stand on the line of the filter
INNER = ("new", "edit", "history")  # the meeting around a list has keys for the same
FINALISED = "The minutes of this meeting are finalised: reopen them to change this."


def verbs_head(title: str, state: str, actions: Sequence[QAction]) -> Box:
    """A record's name with its state, and at the right what can be done with it now."""
    head = row(ElidedLabel(title, "section"), Badge(state), 1, gap=8)
    for action in actions:
        button = Button(action.text().replace("&&", "&"), tip=action.shortcut().toString())
        button.clicked.connect(lambda *_, action=action: action.trigger())
        head.add(button)
    return head


class InnerKeys(QObject):
    """Keys that mean something else inside a widget than around it: inside, its own actions have them.

    Qt would call such a shortcut ambiguous and do neither.

    Args:
        widget: the widget.
        actions: its own actions whose shortcuts stand above those around it, also while they are disabled.
    """

    def __init__(self, widget: QWidget, actions: Iterable[QAction]) -> None:
        super().__init__(widget)
        self._known = tuple(actions)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is not QEvent.Type.KeyRelease:
            pressed = QKeySequence(event.keyCombination())
            for action in self._known:
                if action.shortcut() == pressed:
                    event.accept()
                    if event.type() is QEvent.Type.KeyPress:
                        action.trigger()
                    return True
        return super().eventFilter(watched, event)


class AcrossPane(QWidget):
    """What lies across all meetings: a list of its own at the right."""

    def arrange(self, ems: float) -> None:
        """Lay out for a window of so many ems."""
        raise NotImplementedError

    def refresh(self, year: int) -> None:
        """Ask again for a school year."""
        raise NotImplementedError


class BesidePane(ListPane[T]):
    """A list that stands beside the year: its panel is below it, where there is room for its buttons."""

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(0)
        self._body.setStretch(0, 2 if self._chips else 1)
        across = ems >= CHIPS_FROM or not self._chips
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(sideways if across else down)


class PartPane(BesidePane[T]):
    """A list of parts of the meeting in view.

    Args:
        context: the shared things.
        spec: what it shows and can do; its records come from `show_part`.
        detail: the panel beside it.
        tools: the tab's own buttons, left of New.
        foot: what stands below the table.
        outlives: its records may be changed though the minutes are finalised (actions).
    """

    def __init__(
        self,
        context: AppContext,
        spec: ListSpec[T],
        detail: DetailPanel | None = None,
        tools: Sequence[QWidget] = (),
        *,
        foot: QWidget | None = None,
        outlives: bool = False,
    ) -> None:
        self._new_values: Mapping[str, Any] = {}
        self._frozen, self._outlives = False, outlives
        super().__init__(context, spec, detail, tools, foot=foot)
        # a short list in a tab: its buttons stand on the line of its filter
        lines = [one for one in self._line.children() if isinstance(one, QBoxLayout)]
        lines[-1].addWidget(holder(self.own_tools))
        InnerKeys(self, [self._actions[key] for key in INNER if key in self._actions])

    def show_part(self, records: Sequence[T], new: Mapping[str, Any], *, frozen: bool) -> None:
        """Show a meeting's records.

        Args:
            records: the records.
            new: what a new one begins with.
            frozen: the minutes are finalised.
        """
        self._new_values, self._frozen = new, frozen and not self._outlives
        self.new_button.setVisible(not self._frozen)
        self.show_records(records)

    @override
    def new(self) -> None:
        if self._may() and self.editor is not None:
            self.editor.new(self._new_values)

    @override
    def edit(self) -> None:
        if self.current() is not None and self._may():
            super().edit()

    @override
    def delete(self) -> None:
        from models.services import minutes, records

        record = self.current()
        if record is None or not self._may():
            return
        kind = records.record_of(self.spec.table)
        action = partial(minutes.remove, record=kind, record_id=self.spec.identity(record))
        self.context.book.change(f"Delete {self.spec.noun}", action)

    def _may(self) -> bool:
        if self._frozen:
            self.context.messages.say(FINALISED, "finalised")
        return not self._frozen
