"""Lists of one school year in which a record of another year may be asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from models.queries.partnership_page import Whereabouts, where
from ui.overrides import override
from ui.pages.schools.fitted import FittedPane

if TYPE_CHECKING:
    from ui.wayfinding import Place

T = TypeVar("T")


class DatedPane(FittedPane[T]):
    """A list of the year shown. Asked for a record of another year, it has that year shown first.

    Attributes:
        one_a_year: every year has a line for the same thing, so that a line here may be another year's.
    """

    one_a_year = False

    @override
    def show_place(self, place: Place) -> None:
        if not place.id or place.table != self.spec.table:
            return
        question = partial(where, table=place.table, record_id=place.id)
        self.context.book.ask(question, self._found, key=f"where-{self.spec.key}")

    def _found(self, found: Whereabouts | None) -> None:
        if found is None:
            return
        known = any(self.spec.identity(one) == found.listed_as for one in self.records())
        if found.year != self.year and (self.one_a_year or not known) and self._filled:
            self.context.bus.year_wanted.emit(found.year)
        self.go_to(found.listed_as)
