"""One place where the parts of the window hear of each other: what changed, and which page is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Changes(Protocol):
    """What a transaction changed, as the store returns it.

    Attributes:
        name: what Undo will call it; until it is saved it may still be changed.
        step: the number of the step in the file's history; None if nothing changed after all.
        rows: table name to the ids of the rows touched.
    """

    name: str

    @property
    def step(self) -> int | None: ...

    @property
    def rows(self) -> Mapping[str, Sequence[int]]: ...


class DataBus(QObject):
    """Signals between parts that do not know each other.

    Attributes:
        changed: emitted with (Changes, initiator) after every commit, undo and redo. The initiator is the
            object that asked for it, or None; a page that shows its own change already may look at it.
        page_wanted: emitted with (page key, record or None) to go to a page and there to a record.
        year_wanted: emitted with a school year, to show that year everywhere.
        command_wanted: emitted with the name of an action of the frame's table, such as "import_workbook".
        text_wanted: emitted with the text size to draw at: 1.0 is 100 %.
    """

    changed = Signal(object, object)
    page_wanted = Signal(str, object)
    year_wanted = Signal(int)
    command_wanted = Signal(str)
    text_wanted = Signal(float)
