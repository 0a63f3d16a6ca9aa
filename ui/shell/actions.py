"""The action table: one list of what the frame can do builds menus, shortcuts and quick find's commands."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ui.shell.pages import Command
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QWidget


class Action(StrEnum):
    """Everything the frame can do."""

    NEW = auto()
    OPEN = auto()
    SAMPLE = auto()
    IMPORT_WORKBOOK = auto()
    TEMPLATE = auto()
    EXPORT = auto()
    CLOSE = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    FIND = auto()
    BIN = auto()
    CHECK = auto()
    COPY = auto()
    TEXT_LARGER = auto()
    TEXT_SMALLER = auto()
    TEXT_RESET = auto()
    THEME_SYSTEM = auto()
    THEME_LIGHT = auto()
    THEME_DARK = auto()
    YEAR_BEFORE = auto()
    YEAR_AFTER = auto()
    HELP = auto()
    KEYS = auto()
    ABOUT = auto()


class Needs(StrEnum):
    """What must be so before an action can be done."""

    NOTHING = auto()
    FILE = auto()
    WRITING = auto()
    UNDO = auto()
    REDO = auto()
    EARLIER = auto()
    LATER = auto()


class Spec(Struct, frozen=True):
    """One action.

    Attributes:
        action: which.
        menu: the menu it stands in, with its mnemonic.
        text: its words, with a mnemonic.
        keys: its shortcuts, the first of which is shown.
        needs: what must be so.
        apart: a line is drawn above it.
        group: actions of one group are a choice of one.
    """

    action: Action
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    apart: bool = False
    group: str = ""


FILE, EDIT, VIEW, GO, TOOLS, HELP = "&File", "&Edit", "&View", "&Go", "&Tools", "&Help"
MENUS = (FILE, EDIT, VIEW, GO, TOOLS, HELP)

# Ctrl+N and Ctrl+Shift+E are left to the pages: they make a new record, and export the list that is shown.
SPECS = (
    Spec(Action.NEW, FILE, "&New cluster…", ("Ctrl+Shift+N",)),
    Spec(Action.OPEN, FILE, "&Open…", ("Ctrl+O",)),
    Spec(Action.SAMPLE, FILE, "Explore the &sample cluster"),
    Spec(Action.IMPORT_WORKBOOK, FILE, "&Import workbook…", ("Ctrl+Shift+I",), Needs.WRITING, apart=True),
    Spec(Action.EXPORT, FILE, "&Export workbook…", ("Ctrl+Shift+X",), Needs.FILE),
    Spec(Action.TEMPLATE, FILE, "Save a &blank workbook…"),
    Spec(Action.CLOSE, FILE, "&Close file", ("Ctrl+W",), Needs.FILE, apart=True),
    Spec(Action.QUIT, FILE, "E&xit", ("Ctrl+Q",)),
    Spec(Action.UNDO, EDIT, "&Undo", ("Ctrl+Z",), Needs.UNDO),
    Spec(Action.REDO, EDIT, "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), Needs.REDO),
    Spec(Action.FIND, EDIT, "&Find", ("Ctrl+K", "Ctrl+F"), Needs.FILE, apart=True),
    Spec(Action.BIN, EDIT, "&Bin", ("Ctrl+B",), Needs.FILE),
    Spec(Action.TEXT_LARGER, VIEW, "&Larger text", ("Ctrl++", "Ctrl+=")),
    Spec(Action.TEXT_SMALLER, VIEW, "S&maller text", ("Ctrl+-",)),
    Spec(Action.TEXT_RESET, VIEW, "&Normal text size", ("Ctrl+0",)),
    Spec(Action.THEME_SYSTEM, VIEW, "Light or dark as the &system", apart=True, group="theme"),
    Spec(Action.THEME_LIGHT, VIEW, "L&ight", group="theme"),
    Spec(Action.THEME_DARK, VIEW, "&Dark", group="theme"),
    Spec(Action.YEAR_BEFORE, GO, "School year &before", ("Alt+Left",), Needs.EARLIER, apart=True),
    Spec(Action.YEAR_AFTER, GO, "School year &after", ("Alt+Right",), Needs.LATER),
    Spec(Action.CHECK, TOOLS, "&Check this file", needs=Needs.FILE),
    Spec(Action.COPY, TOOLS, "&Save a copy of the book…", needs=Needs.FILE),
    Spec(Action.HELP, HELP, "&Help on this page", ("F1",)),
    Spec(Action.KEYS, HELP, "&Keys, undo and the Bin", ("Ctrl+F1",)),
    Spec(Action.ABOUT, HELP, "&About Clusterbook"),
)


class ActionTable(QObject):
    """The QActions of the table, tied to what they do.

    Args:
        window: they belong to it, so that shortcuts work anywhere in it.
        handlers: what each action does; every action needs one.
    """

    def __init__(self, window: QWidget, handlers: Mapping[Action, Callable[[], None]]) -> None:
        super().__init__(window)
        self._specs = {spec.action: spec for spec in SPECS}
        self._handlers = dict(handlers)
        self._actions: dict[Action, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in SPECS:
            made = QAction(spec.text, window)
            made.setObjectName(spec.action.value)
            made.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if spec.group:
                made.setCheckable(True)
                groups.setdefault(spec.group, QActionGroup(self)).addAction(made)
            made.setData(spec.action)
            made.triggered.connect(self._on_triggered)
            self._actions[spec.action] = made
            window.addAction(made)

    def __getitem__(self, action: Action) -> QAction:
        """The QAction of an action."""
        return self._actions[action]

    def menu(self, name: str) -> Iterable[tuple[Spec, QAction]]:
        """The actions of a menu, in order."""
        return ((spec, self._actions[spec.action]) for spec in SPECS if spec.menu == name)

    def update_enabled(self, met: set[Needs]) -> None:
        """Enable the actions whose needs are met."""
        for action, made in self._actions.items():
            made.setEnabled(self._specs[action].needs in met | {Needs.NOTHING})

    def name(self, action: Action, words: str) -> None:
        """Give an action the name of what it would do: "Undo approve claim SC-0012"."""
        mnemonic = self._specs[action].text
        plain = mnemonic.replace("&", "")
        self._actions[action].setText(mnemonic + literal(words.removeprefix(plain)))

    def commands(self) -> list[Command]:
        """What can be done now, in the words of the menus."""
        found = []
        for spec in SPECS:
            made = self._actions[spec.action]
            if made.isEnabled() and spec.action is not Action.FIND:
                words = made.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
                shown = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                found.append(Command(words.rstrip("…"), shown, made.trigger))
        return found

    def _on_triggered(self) -> None:
        made = self.sender()
        if isinstance(made, QAction):
            self._handlers[Action(made.data())]()
