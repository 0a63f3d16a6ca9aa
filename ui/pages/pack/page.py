"""Review pack: the pack itself, the lead's words and plan for it, everyday papers, and what was issued."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.pack_page import pack_where
from ui.format import year_label
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override
from ui.pages.pack.pane import PackPane
from ui.wayfinding import Place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from ui.context import AppContext
    from ui.lists.tabbed import TabBody

PACK, WORDS, PLAN, PAPERS, ISSUED = range(5)
LINES = {
    WORDS: "Your own words in the pack for {year}: they are printed as you write them",
    PLAN: "The plan for {next}, as the pack for {year} prints it",
    PAPERS: "Every paper you hand out or send, to look at, print or save",
    ISSUED: "The packs that were handed over, as they were",
}


class PackPage(TabbedPage):
    """The page of the review pack.

    Args:
        context: the shared things.
        today: says what day it is.
        documents: the folder proposed for the PDF.
    """

    def __init__(self, context: AppContext, today: Callable[[], dt.date], documents: Path) -> None:
        self._today, self._documents = today, documents
        self._place: Place | None = None
        tabs = (
            TabSpec("Pack", ("pack_part",), self._make_pack),
            TabSpec("Words", ("pack_note",), self._make_words),
            TabSpec("Next year", ("next_step",), self._make_plan),
            TabSpec("Papers", (), self._make_papers),
            TabSpec("Issued", ("issued_pack",), self._make_issued),
        )
        super().__init__(context, "Review pack", tabs)
        self.tabs.chosen.connect(self._say)

    @property
    def pane(self) -> PackPane:
        """The tab of the pack itself."""
        body = self.body(PACK)
        if not isinstance(body, PackPane):
            raise TypeError(body)
        return body

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        self._say()

    @override
    def go_to(self, record: object) -> None:
        if not isinstance(record, Place):
            return
        if not record.id:
            super().go_to(record)
            return
        self._place = record
        question = partial(pack_where, table=record.table, record_id=record.id)
        self.context.book.ask(question, self._found, key="pack-where")

    # -- the tabs

    def _make_pack(self, context: AppContext) -> TabBody:
        made = PackPane(context, self._today, self._documents)
        made.filled.connect(self.filled)
        made.line.connect(self._say)
        made.issued_wanted.connect(self._show_issued)
        return made

    def _make_words(self, context: AppContext) -> TabBody:
        from ui.pages.pack.words import WordsPane

        return WordsPane(context)

    def _make_plan(self, context: AppContext) -> TabBody:
        from ui.pages.pack.plan import PlanPane

        return PlanPane(context)

    def _make_papers(self, context: AppContext) -> TabBody:
        from ui.pages.pack.papers import PapersPane

        return PapersPane(context)

    def _make_issued(self, context: AppContext) -> TabBody:
        from ui.pages.pack.issued import IssuedPane

        return IssuedPane(context, self._documents)

    # -- inside

    def _show_issued(self, pack_id: int) -> None:
        self.show_tab(ISSUED)
        self.body(ISSUED).show_place(Place("issued_pack", pack_id))

    def _found(self, year: int | None) -> None:
        place, self._place = self._place, None
        if place is None:
            return
        super().go_to(place)
        if year is not None and year != self._year:
            self.context.bus.year_wanted.emit(year)

    def _say(self, *_: object) -> None:
        number = self.tabs.current()
        if number == PACK:
            self.context_line.setText(self.pane.line_words())
        elif self._year is not None:
            words = LINES[number].format(year=year_label(self._year), next=year_label(self._year + 1))
            self.context_line.setText(words)
