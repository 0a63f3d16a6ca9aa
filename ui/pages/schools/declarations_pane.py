"""The fourth tab: what each school declared about its release money in the year (R-COVER-7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models import tables as t
from models.queries.partnership_page import DeclarationRow, DeclarationState, declaration_rows
from models.services import contacts, records
from ui.format import count, long_date, year_label
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.schools.dated import DatedPane
from ui.pages.schools.fitted import Fit
from ui.pages.schools.school_verbs import SchoolVerbs
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from ui.context import AppContext
    from ui.dialogs.asking import Day
    from ui.wayfinding import Place

GUIDANCE = (
    "The release allowance is meant to be in addition to the school’s science budget. One word from each "
    "headteacher a year says so; the review pack prints how many confirmed it."
)
UNANSWERED = frozenset({DeclarationState.NOT_ASKED, DeclarationState.ASKED})


def declarations_spec(context: AppContext) -> ListSpec[DeclarationRow]:
    """The year's declarations: a line for each school that sets release money aside."""
    return ListSpec(
        key="declarations",
        table="declaration",
        noun="declaration",
        plural="declarations",
        columns=(
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
            Column("Answer", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
            Column("Confirmed by", lambda r: r.by, lambda r: r.by.casefold()),
            Column("On", lambda r: long_date(r.on) if r.on else "", lambda r: r.on),
            Column("Headteacher", lambda r: r.head, lambda r: r.head.casefold(), Look.MUTED),
        ),
        identity=lambda r: r.school_id,
        title=lambda r: r.school,
        ask=partial(declaration_rows, today=context.today),
        empty=Empty(
            Icon.SCHOOLS,
            "Each school says once a year whether its release money is on top of its science budget. Add "
            "the schools first, in the tab Schools.",
        ),
        chips=(
            ChipSpec("Not answered", lambda r: r.state in UNANSWERED),
            ChipSpec("Yes", lambda r: r.state is DeclarationState.YES),
            ChipSpec("No", lambda r: r.state is DeclarationState.NO),
        ),
        can_delete=lambda r: r.id is not None,
    )


class DeclarationPanel(DetailPanel):
    """One school's declaration, and what the guidance says of it."""

    def __init__(self, pane: DeclarationsPane) -> None:
        super().__init__("Declaration")
        self._list = pane

    @override
    def show_record(self, record: DeclarationRow | None) -> None:
        if record is None:
            self.say(GUIDANCE)
            return
        year = self._list.year
        enter = Button("Enter the answer…", Kind.PRIMARY, tip="Enter the answer (Enter)")
        enter.clicked.connect(self._list.edit)
        known = [
            ("Confirmed by", record.by),
            ("On", long_date(record.on) if record.on else ""),
            ("Headteacher", record.head or "not entered"),
        ]
        self.fill(
            record_head(record.school, record.state.label, year_label(year) if year else ""),
            buttons(enter),
            rule(),
            facts(known),
            rule(),
            Label(GUIDANCE, "body", "muted", wrap=True),
        )


class DeclarationsPane(DatedPane[DeclarationRow]):
    """The declarations. A line is there for every school; its record comes with the first answer."""

    one_a_year = True

    def __init__(self, context: AppContext, day: Day) -> None:
        self._day = day
        self.ask_button = Button("Ask schools", Kind.PRIMARY, Icon.PEOPLE)
        super().__init__(
            context, declarations_spec(context), DeclarationPanel(self), tools=[self.ask_button],
            fit=Fit(("Headteacher",), ("On", "Confirmed by"))
        )  # fmt: skip
        self.verbs = SchoolVerbs(context, self)
        self.ask_button.clicked.connect(self.ask_schools)
        self.opened.connect(lambda _row: self.declare())
        self.add_action("enter", "Enter the answer…", "Ctrl+E", self.declare)
        self._ask: QAction = self.add_action(
            "ask", "Note that schools were asked", "Ctrl+L", self.ask_schools
        )
        self.shown.connect(self._count)

    @override
    def show_place(self, place: Place) -> None:
        if place.table == "school":
            self.go_to(place.id)
        else:
            super().show_place(place)

    @override
    def history(self) -> None:
        from ui.records import open_history

        row = self.current()
        if row is not None and row.id is not None:
            open_history(self.context, self.window(), "declaration", row.id, row.school)

    @override
    def delete(self) -> None:
        row = self.current()
        if row is not None and row.id is not None:
            action = partial(records.remove, record=t.Declaration, record_id=row.id)
            self.context.book.change(f"Delete declaration of {row.school}", action)

    def declare(self) -> None:
        """Ask for the answer of the school chosen."""
        row = self.current()
        if row is not None and self.year is not None:
            answer = row.answer if row.state not in UNANSWERED else None
            by = row.by or row.head
            self.verbs.declare(row.school_id, row.school, self.year, self._day(), by, answer)

    def ask_schools(self) -> None:
        """Note that those not asked yet were asked today, each with a line in the contacts log."""
        waiting = [row.school_id for row in self.records() if row.state is DeclarationState.NOT_ASKED]
        if waiting and self.year is not None:
            action = partial(contacts.ask_declarations, school_ids=waiting, year=self.year, on=self._day())
            words = f"Ask {count(len(waiting), 'school')} for declarations"
            self.context.book.change(words, action)

    def _count(self, rows: Sequence[DeclarationRow]) -> None:
        """Say on the button how many were not asked yet."""
        number = sum(row.state is DeclarationState.NOT_ASKED for row in rows)
        words = f"Note that {count(number, 'school')} {'was' if number == 1 else 'were'} asked"
        self.ask_button.set_words(words, f"{words} today, with a line each in the contacts log (Ctrl+L)")
        self.ask_button.setVisible(bool(number))
        self._ask.setVisible(bool(number))
        self._ask.setEnabled(bool(number))
