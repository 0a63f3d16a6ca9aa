"""Cover claims: the list with its sums and meters, one claim beside it, and steps with many at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.claim_scope import claim_place
from models.queries.claims_page import ClaimRow, ClaimsOfYear, claims_page
from ui import theme
from ui.copies import PrivateCopies
from ui.delegates.ticking import Ticks
from ui.format import NOT_ENTERED, pounds, year_label
from ui.lists.pane import under_head
from ui.overrides import override
from ui.pages.claims.files import ClaimFiles
from ui.pages.claims.list import CHIP_OF, NARROW, ClaimsList, can_tick
from ui.pages.claims.meters import Meters
from ui.pages.claims.panel import ClaimPanel
from ui.pages.claims.verbs import ClaimVerbs
from ui.pages.claims.words import (
    BATCH,
    VERBS,
    Verb,
    batch_words,
    can,
    context_line,
    count_words,
    nothing_entered,
    sums,
    without_cost,
)
from ui.shell.pages import Page
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row
from ui.widgets.parts import page_head
from ui.widgets.plain import Label, Runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.bus import Changes
    from ui.context import AppContext
    from ui.shell.pages import Command

TABLES = frozenset(
    {
        "agreement", "attachment", "attendance", "claim_event", "closed_day", "cluster", "cover_claim",
        "fund", "fund_entry", "lead_spell", "meeting", "membership", "person", "role", "scheme_setting",
        "school", "school_term",
    }
)  # fmt: skip
LOW = 560  # pixels of the page at 100 % text size, below which the meters begin folded

# what Home asks for, as chips and as what is begun there
TASKS = {
    "approve": ("To approve", Verb.APPROVE),
    "pay": ("To pay", Verb.PAY),
    "returned": ("Returned", None),
    "submit": ("Draft", None),
    "evidence": ("No invoice", Verb.EVIDENCE),
}


class ClaimsPage(Page):
    """The page.

    Args:
        context: the shared things.
        opened: the folder for copies of files that other programs show.
    """

    def __init__(self, context: AppContext, opened: Path) -> None:
        super().__init__(context)
        self._page: ClaimsOfYear | None = None
        self._task: Place | None = None
        self._did: Verb | None = None
        self._folded: bool | None = None
        self._narrow = self._asking = False
        self._context_line = Label("", "body", "muted", wrap=True)
        self.ticks: Ticks[ClaimRow] = Ticks(_identity, can_tick, self)
        self.panel = ClaimPanel(context)
        self.meters = Meters()
        self.verbs = ClaimVerbs(context, self)
        self.panel.files = ClaimFiles(context, self, PrivateCopies(opened))
        self.batch = {verb: Button("", tip="") for verb in BATCH}
        self.list = ClaimsList(
            context, self.ticks, self.panel, tuple(self.batch.values()), self._build_foot()
        )
        self.list.table.setObjectName("first")
        head = page_head("Cover claims", self._context_line, holder(self.list.own_tools))
        self.list.new_button.set_kind(Kind.PLAIN)  # the next step of the claim chosen is the primary one
        self.setLayout(under_head(head, self.list))
        self._tie()
        self._show_ticks()

    # -- what is shown, for whoever drives the page

    def page(self) -> ClaimsOfYear | None:
        """What is on show."""
        return self._page

    # -- the page protocol

    @override
    def refresh(self, year: int) -> None:
        self._asking = True
        question = partial(claims_page, year=year, today=self.context.today())
        self.context.book.ask(question, self._show, key="claims")

    @override
    def concerned(self, changes: Changes) -> bool:
        return not TABLES.isdisjoint(changes.rows)

    @override
    def go_to(self, record: object) -> None:
        if not isinstance(record, Place):
            return
        self._task = record
        if not self._asking:
            self._begin_task()

    @override
    def arrange(self, ems: float) -> None:
        self.list.arrange(ems)
        self._narrow = ems < NARROW
        self.meters.set_columns(1 if self._narrow else 2)
        self._show_sums()

    @override
    def commands(self) -> Sequence[Command]:
        return self.list.commands()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._folded is None:
            self.meters.fold(on=self.height() < theme.now().fs(LOW))

    # -- building

    def _build_foot(self) -> QWidget:
        self._count = Label("", "body", "muted")
        self._sums = Runs()
        self._sums_line = row(self._count, 1, self._sums, gap=16)
        return holder(column(self._sums_line, self.meters, gap=12, margins=(12, 0, 12, 0)))

    def _tie(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.table.records.modelReset.connect(self._show_sums)
        self.list.table.verticalScrollBar().rangeChanged.connect(self._on_scroll_range)
        self.ticks.changed.connect(self._show_ticks)
        self.panel.wanted.connect(self._on_wanted)
        self.panel.costed.connect(self._on_begun)
        self.verbs.done.connect(self._on_done)
        self.verbs.begun.connect(self._on_begun)
        if self.list.editor is not None:
            self.list.editor.added.connect(self._on_added)
        self.meters.folded_by_hand.connect(self._on_folded)
        self._actions: dict[Verb, QAction] = {}
        for verb, spec in VERBS.items():
            self._actions[verb] = self.list.add_action(
                verb.value, spec.words, spec.keys, partial(self._start, verb)
            )
        self.list.add_action("tick-all", "Tick all that is shown", "Ctrl+Shift+T", self.ticks.toggle_shown)
        self.list.add_action("attach", "Attach a file…", "Ctrl+Shift+F", self._attach)
        for verb, button in self.batch.items():
            button.setObjectName(f"batch-{verb}")
            button.clicked.connect(partial(self._start_ticked, verb))

    # -- showing

    def _show(self, page: ClaimsOfYear) -> None:
        self._page = self.verbs.page = page
        self._asking = False
        self._context_line.setText(context_line(page))
        self.list.show_records(page.rows)
        self.ticks.settle()
        self.meters.show_meters(page.meters)
        self._show_sums()
        self._show_ticks()
        self._go_on()
        self._begin_task()
        self.filled.emit()

    def _show_sums(self) -> None:
        """The sums of what is shown: whatever is filtered, they go with it."""
        shown = self.list.table.records.shown()
        cost, recognised, share = sums(shown)
        if nothing_entered(shown):
            self._sums.set_parts((f"Cost {NOT_ENTERED}", False))
            self._show_count()
            return
        parts = [(pounds(recognised), True), (" recognised + ", False), (pounds(share), True)]
        whole = [] if self._narrow else [(pounds(cost), True), (" cost = ", False)]
        self._sums.set_parts(*whole, *parts, (f" school share{without_cost(shown)}", False))
        self._show_count()

    def _on_scroll_range(self, _least: int, most: int) -> None:
        """The sums end where the amounts above them end, beside a scroll bar too."""
        bar = self.list.table.verticalScrollBar()
        self._sums_line.setContentsMargins(0, 0, bar.sizeHint().width() if most else 0, 0)

    def _show_count(self) -> None:
        ticked = self.ticks.ticked()
        hidden = sum(self.list.table.records.row_of(one.id) is None for one in ticked)
        self._count.setText(count_words(self.list.table.records.rowCount(), len(ticked), hidden))

    def _show_ticks(self) -> None:
        ticked = self.ticks.ticked()
        for verb, button in self.batch.items():
            possible = [one for one in ticked if can(one, verb)]
            words = batch_words(verb, possible)
            button.set_words(words, f"{words} ({VERBS[verb].keys})")
            button.setVisible(bool(possible))
        self._show_count()
        self._on_chosen(self.list.current())

    def _on_chosen(self, claim: ClaimRow | None) -> None:
        """Offer in menu and quick find only what can be done now."""
        ticked = self.ticks.ticked()
        for verb, action in self._actions.items():
            many = verb in BATCH and any(can(one, verb) for one in ticked)
            possible = many or (claim is not None and can(claim, verb))
            action.setEnabled(possible)
            action.setVisible(possible)

    # -- doing

    def _start(self, verb: Verb) -> None:
        """By keys or menu: with what is ticked, if it can be done with that, else with the claim chosen."""
        ticked = [one for one in self.ticks.ticked() if can(one, verb)]
        claim = self.list.current()
        if ticked and verb in BATCH:
            self.verbs.start(verb, ticked)
        elif claim is not None:
            self.verbs.start(verb, [claim])

    def _start_ticked(self, verb: Verb) -> None:
        self.verbs.start(verb, self.ticks.ticked())

    def _on_wanted(self, verb: Verb, claim: ClaimRow) -> None:
        self.verbs.start(verb, [claim])

    def _attach(self) -> None:
        claim = self.list.current()
        if claim is not None and self.panel.files is not None:
            self.panel.files.choose(claim)

    def _on_done(self, verb: Verb, _ids: tuple[int, ...]) -> None:
        self._did = verb
        if not self._asking:
            self._go_on()

    def _go_on(self) -> None:
        """Go on from what was done: to the button of the next step with what is ticked, else to the list."""
        verb, self._did = self._did, None
        if verb is None:
            return
        following = {Verb.SUBMIT: Verb.APPROVE, Verb.APPROVE: Verb.PAY}.get(verb)
        button = self.batch[following] if following is not None else None
        if button is not None and not button.isHidden():
            button.setFocus()
        else:
            self.list.table.setFocus()

    def _on_begun(self, claim_id: int) -> None:
        self.list.go_to(claim_id)
        if self.list.editor is not None:
            self.list.editor.edit(claim_id)

    def _on_folded(self, folded: bool) -> None:  # a signal's
        self._folded = folded

    def _begin_task(self) -> None:
        """Do what Home, quick find or another page asked for, now that the claims are here."""
        place, self._task = self._task, None
        if place is None:
            return
        elsewhere = place.id and all(one.id != place.id for one in self.list.records())
        if place.table != "cover_claim" or elsewhere:
            self._ask_where(place)
            return
        chip, verb = TASKS.get(place.task, ("", None))
        if not chip:
            self.list.show_place(place)
            return
        self.list.let_go()
        self.list.choose_chip(CHIP_OF[chip])
        if place.id:
            self.list.table.choose(place.id)
        if verb in BATCH:
            self.ticks.tick_only([one.id for one in self.list.records() if can(one, verb)])
            self.batch[verb].setFocus()
        elif verb is not None:
            self._start(verb)
        else:
            self.list.table.setFocus()

    # -- claims of another year

    def _ask_where(self, place: Place) -> None:
        question = partial(claim_place, table=place.table, record_id=place.id)
        self.context.book.ask(question, partial(self._found, place), key="claim-where")

    def _found(self, place: Place, where: tuple[int, int] | None) -> None:
        """Go on to the claim, in its own school year: by the date of cover (R-COVER-16)."""
        if where is None or self._page is None:
            self.context.messages.say("This claim is not there any more.", "claim")
            return
        claim_id, year = where
        self._task = Place("cover_claim", claim_id, place.task)
        if year != self._page.year:
            self.context.messages.say(f"Its date of cover is in {year_label(year)}.", "claim")
            self.context.bus.year_wanted.emit(year)
        elif any(one.id == claim_id for one in self.list.records()):
            self._begin_task()

    def _on_added(self, claim_id: int) -> None:
        if all(one.id != claim_id for one in self.list.records()):
            self.go_to(Place("cover_claim", claim_id))


def _identity(claim: ClaimRow) -> int:
    return claim.id
