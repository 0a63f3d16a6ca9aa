"""Which aims and focus areas a thing serves: ticks for a form, and a dialog of nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.widgets.layouts import Grid, column, holder, row
from ui.widgets.plain import Label
from ui.widgets.ticks import BOX, GAP, Tick

if TYPE_CHECKING:
    import datetime as dt

    from models.queries.serving import Served
    from ui.context import AppContext

WIDE = 700  # of a form with these ticks, pixels at 100 % text size
AROUND, ACROSS = 64, 16  # pixels: a form's margins and scroll bar; between the focus areas


class ServesField(QWidget):
    """The aims and focus areas, each with a box to tick.

    Args:
        served: what is offered, and what is ticked to begin with.
        wide: of the form, in pixels at 100 % text size; what has no room there is a tick's tooltip.
    """

    def __init__(self, served: Served, wide: int = WIDE) -> None:
        super().__init__()
        room = wide - AROUND
        half = (room - ACROSS) // 2
        self._aims = {key: _tick(words, room, on=key in served.aim_ids) for key, words in served.aims}
        self._areas = {key: _tick(words, half, on=key in served.area_ids) for key, words in served.areas}
        body = column(gap=14)
        if self._aims:
            whole = [row(tick, 1) for tick in self._aims.values()]
            body.add(column(Label("Central aims", "label", "muted"), *whole, gap=6))
        if self._areas:
            lines = [row(tick, 1) for tick in self._areas.values()]
            ticks = holder(Grid(2, lines, across=ACROSS, down=6))
            body.add(column(Label("Focus areas", "label", "muted"), ticks, gap=6))
        if not self._aims and not self._areas:
            body.add(Label("No aims or focus areas are entered yet.", "body", "muted", wrap=True))
        self.setLayout(body)

    def chosen(self) -> tuple[set[int], set[int]]:
        """The ids of the aims and of the focus areas that are ticked."""
        return (
            {key for key, tick in self._aims.items() if tick.isChecked()},
            {key for key, tick in self._areas.items() if tick.isChecked()},
        )


def _tick(words: str, room: int, *, on: bool) -> Tick:
    now = theme.now()
    letters = now.fs(room - BOX - GAP - 8)
    shown = QFontMetrics(now.font()).elidedText(words, Qt.TextElideMode.ElideRight, letters)
    tick = Tick(shown, words if shown != words else "")
    tick.setChecked(on)
    return tick


class ServeDialog(FormDialog[tuple[set[int], set[int]]]):
    """Asks which aims and focus areas a thing serves: gives the ids of aims and of areas."""

    def __init__(self, parent: QWidget | None, served: Served) -> None:
        super().__init__(parent, "What does it serve?", "Save", WIDE, stays=True)
        self._field = ServesField(served)
        self.row("serves", "", self._field)

    @override
    def draft(self) -> tuple[set[int], set[int]]:
        return self._field.chosen()


def ask_to_serve(
    context: AppContext, window: QWidget, table: str, record_id: int, name: str, day: dt.date
) -> None:
    """Ask which aims and focus areas a thing serves, and keep the answer.

    Args:
        context: the shared things.
        window: the widget whose window the dialog belongs to.
        table: the thing's table.
        record_id: the thing.
        name: what this is called in Undo.
        day: the thing's day: the aims are in the words of that day.
    """
    from models.queries.serving import served

    question = partial(served, table=table, record_id=record_id, day=day)

    def show(found: Served) -> None:
        from models.services.serving import serve

        dialog = ServeDialog(window.window(), found)

        def given(chosen: tuple[set[int], set[int]]) -> None:
            aims, areas = chosen
            action = partial(serve, table=table, record_id=record_id, aim_ids=aims, area_ids=areas)
            context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

        dialog.given.connect(given)
        dialog.open()

    context.book.ask(question, show, key="serve")
