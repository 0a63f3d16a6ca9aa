"""What one does to a list's records: verbs with their keys, in the More menu and in quick find."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.format import count
from ui.forms.editor import Editor
from ui.shell.pages import Command
from ui.widgets.reading import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext
    from ui.delegates.arrangement import Arrangement
    from ui.delegates.table import RecordTable
    from ui.lists.spec import ListSpec
    from ui.widgets.buttons import Button

T = TypeVar("T")
SHORTCUT = Qt.ShortcutContext.WidgetWithChildrenShortcut
_COMMON = ("new", "edit", "delete", "history", "copy", "export", "bin")
"""The verbs of every list, in the order of the More menu; a page's own stand above them."""


class ListActions(QWidget, Generic[T]):
    """The base of a list: it knows its records' verbs, not how they are shown. Its heir makes the table.

    Args:
        context: the shared things.
        spec: what it shows and can do.

    Attributes:
        opened: a record was opened by Enter or a double click and there is no form for it: (record,).
    """

    opened = Signal(object)

    table: RecordTable[T]
    new_button: Button
    _arrangement: Arrangement

    def __init__(self, context: AppContext, spec: ListSpec[T]) -> None:
        super().__init__()
        self.context, self.spec = context, spec
        self.editor = Editor(context, self, spec.form, spec.form_class) if spec.form else None
        self._actions: dict[str, QAction] = {}
        self._menu = QMenu(self)
        self._build_actions()

    def current(self) -> T | None:
        """The record chosen."""
        return self.table.current()

    def commands(self) -> list[Command]:
        """What can be done here now, in words, for quick find."""
        found = []
        for action in self._actions.values():
            if action.isEnabled() and action.isVisible():
                words = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                found.append(Command(words, keys, action.trigger))
        return found

    def new(self) -> None:
        """Open the form for a new record."""
        if self.editor is not None:
            self.editor.new()

    def offer_new(self, *, on: bool) -> None:
        """Offer a new record, or not: where there is nothing yet that it could belong to."""
        if self.editor is not None:
            self._actions["new"].setEnabled(on)
            if not on or self.new_button.parentWidget() is not None:  # shown without a place, it is a window
                self.new_button.setVisible(on)

    def edit(self) -> None:
        """Open the form on the record chosen; without a form, say that it was opened."""
        record = self.current()
        if record is None:
            return
        if self.editor is not None:
            self.editor.edit(self.spec.identity(record))
        else:
            self.opened.emit(record)

    def delete(self) -> None:
        """Put the record chosen into the Bin."""
        record = self.current()
        if record is not None and self.spec.can_delete(record):
            from models.services import records

            noun, title = self.spec.noun, self.spec.title(record)
            kind = records.record_of(self.spec.table)
            # people are not named in history (safety.md): only what has a number is
            name = f"Delete {noun} {title}" if any(letter.isdigit() for letter in title) else f"Delete {noun}"
            self.context.book.change(
                name, partial(records.remove, record=kind, record_id=self.spec.identity(record))
            )

    def history(self) -> None:
        """Show what happened to the record chosen."""
        from ui.records import open_history

        record = self.current()
        if record is not None:
            title = self.spec.title(record)
            open_history(self.context, self.window(), self.spec.table, self.spec.identity(record), title)

    def bin(self) -> None:
        """Show what was deleted of this kind."""
        from ui.records import open_bin

        open_bin(self.context, self.window(), (self.spec.table,))

    def copy(self) -> None:
        """Copy what is shown as a table to paste elsewhere."""
        self.table.copy()
        number = self.table.records.rowCount()
        self.context.messages.say(f"Copied: {count(number, self.spec.noun, self.spec.plural)}", "copy")

    def export(self) -> None:
        """Write what is shown to a spreadsheet."""
        from ui.records import export_shown

        columns = [column for column in self.spec.columns if column.head]
        rows = [[column.cell(record) for column in columns] for record in self.table.records.shown()]
        title = self.spec.plural[:1].upper() + self.spec.plural[1:]
        export_shown(self.context, self.window(), title, [column.head for column in columns], rows)

    def add_action(self, key: str, words: str, keys: str, do: Callable[[], None]) -> QAction:
        """An action of the page's own: in the More menu, by its keys, and in quick find."""
        made = self._action(key, words, keys, do)
        self._menu.insertAction(self._own_end, made)
        return made

    # -- building

    def _build_actions(self) -> None:
        noun = self.spec.noun
        if self.editor is not None:
            self._action("new", f"New {noun}…", "Ctrl+N", self.new)
            self._action("edit", f"Edit {noun}…", "Ctrl+E", self.edit)
        self._action("delete", f"Delete {noun}", "Del", self.delete)
        self._action("history", f"History of this {noun}…", "Ctrl+H", self.history)
        self._action("copy", "Copy as table", "Ctrl+Shift+C", self.copy)
        self._action("export", "Export what is shown…", "Ctrl+Shift+E", self.export)
        self._action("bin", f"Deleted {self.spec.plural}…", "", self.bin)

    def _action(self, key: str, words: str, keys: str, do: Callable[[], None]) -> QAction:
        action = Verb(words, self)
        if keys:
            action.setShortcut(keys)
            action.setShortcutContext(SHORTCUT)
        action.triggered.connect(lambda *_: do())
        self.addAction(action)
        self._actions[key] = action
        return action

    def _fill_menu(self) -> None:
        self._own_end = self._menu.addSeparator()
        self._menu.addActions([self._actions[key] for key in _COMMON if key in self._actions])
        self._menu.addSeparator()
        columns = self._menu.addMenu("Columns")
        columns.aboutToShow.connect(partial(self._arrangement.fill, columns))
