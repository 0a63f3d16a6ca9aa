"""What several tabs do: say what a thing serves, link things to an aim or an area, go to a record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.queries.serving import Served, ToLink, served, to_link
from models.services import serving
from ui.dialogs.serving import ServeDialog
from ui.pages.impact.link_dialog import LinkDialog, Linked
from ui.wayfinding import Place

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.services.serving import Target
    from ui.context import AppContext


class Verbs(QObject):
    """The verbs.

    Args:
        context: the shared things.
        owner: the widget whose window the dialogs belong to.
    """

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def show(self, table: str, record_id: int) -> None:
        """Go to a record, on whatever page it lies."""
        place = Place(table, record_id)
        if place.page:
            self._context.bus.page_wanted.emit(place.page, place)

    def serve(self, table: str, record_id: int, name: str, day: dt.date) -> None:
        """Ask which aims and focus areas a thing serves.

        Args:
            table: its table.
            record_id: the thing.
            name: what the action is called in Undo: "Aims of EV-0012".
            day: the thing's day: the aims are in the words of that day.
        """

        def asked(found: Served) -> None:
            dialog = ServeDialog(self._owner.window(), found)

            def given(chosen: tuple[set[int], set[int]]) -> None:
                def action(session: Session) -> None:
                    serving.serve(session, table, record_id, *chosen)

                self._context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

            dialog.given.connect(given)
            dialog.open()

        question = partial(served, table=table, record_id=record_id, day=day)
        self._context.book.ask(question, asked, key="impact-serves")

    def link(self, target: Target, year: int, school: tuple[int, str] | None = None) -> None:
        """Ask what served an aim or a focus area in a year.

        Args:
            target: the aim or area.
            year: the school year.
            school: of a gap, the school for which nothing is linked: its id and name.
        """

        def asked(found: ToLink) -> None:
            dialog = LinkDialog(self._owner.window(), found, school)

            def given(chosen: Linked) -> None:
                def action(session: Session) -> int:
                    return serving.relink(session, target, found.day, chosen.link, chosen.unlink)

                name = f"Link to aim {target.aim}" if target.aim else "Link to a focus area"
                self._context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

            dialog.given.connect(given)
            dialog.open()

        question = partial(to_link, target=target, year=year, clock=self._context.today)
        self._context.book.ask(question, asked, key="impact-link")
