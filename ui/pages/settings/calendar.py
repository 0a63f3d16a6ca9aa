"""The school calendar: half-terms and closed days of a school year, and what it lacks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from models.calendar import mid_year
from ui.format import count, long_date, weekday_date, year_label
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.widgets.buttons import Button
from ui.widgets.layouts import clear, column, row
from ui.widgets.parts import Banner
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtWidgets import QLayout
    from sqlmodel import Session

    from models.queries.settings_page import CalendarState, ClosedRow, TermRow
    from ui.context import AppContext
    from ui.shell.pages import Command
    from ui.wayfinding import Place

AHEAD = 2  # years beyond the coming one that can be looked at


class YearPane(ListPane["Any"]):
    """A list of one school year; what is new belongs to that year, and so do dates without their year."""

    @override
    def refresh(self, year: int) -> None:
        if self.editor is not None:
            self.editor.near = mid_year(year)
        super().refresh(year)

    @override
    def new(self) -> None:
        if self.editor is not None:
            has_year = "school_year" in self.editor.spec.fields
            self.editor.new({"school_year": self.year} if has_year and self.year else None)


class CalendarSection(QWidget):
    """One list of the calendar, for a school year of its own choosing: next year's dates come early.

    Args:
        context: the shared things.
        pane: the list.
        fills: the buttons that bring in a whole year's worth.
    """

    def __init__(self, context: AppContext, pane: YearPane, fills: Sequence[Button]) -> None:
        super().__init__()
        self.context, self.pane = context, pane
        self._year = self._shown_year = 0
        self.state: CalendarState | None = None
        self.years = Pick()
        self.years.setAccessibleName("School year")
        self.years.picked.connect(self._on_year)
        for fill in fills:
            fill.hide()
        self._notices = column(gap=8, margins=(HANG, 0, 0, 0))
        line = row(Label("School year", "label"), self.years, *fills, 1, gap=10, margins=(HANG, 0, 0, 0))
        whole = column(self._notices, line, pane, gap=12)
        whole.setStretchFactor(pane, 1)
        self.setLayout(whole)

    @property
    def own_tools(self) -> QLayout:
        """The list's buttons, for the page's head."""
        return self.pane.own_tools

    def refresh(self, year: int) -> None:
        """Ask again; another year in the window is the year of the list too."""
        if self._shown_year != year:
            self._year = self._shown_year = year
        self._ask()

    def arrange(self, ems: float) -> None:
        """Nothing stands beside this list."""
        self.pane.arrange(ems)

    def show_place(self, place: Place) -> None:
        """Show a record."""
        self.pane.show_place(place)

    def commands(self) -> Sequence[Command]:
        """What can be done with the list."""
        return self.pane.commands()

    def show_state(self, state: CalendarState) -> None:
        """Show what the year lacks, and offer what can be brought in."""
        self.state = state
        clear(self._notices)
        for notice in self.missing(state):
            self._notices.add(Banner("warn", Icon.ALERT, notice))

    def missing(self, state: CalendarState) -> Sequence[str]:
        """What this list lacks, a sentence each."""
        raise NotImplementedError

    def fill_year(self, name: str, action: Callable[[Session, int], int]) -> None:
        """Bring in a whole year's worth, as one action."""
        self.context.book.change(name, partial(_for_year, action, self._year))

    def _ask(self) -> None:
        from models.queries.settings_page import calendar_state

        known = self.context.book.facts.years if self.context.book.facts is not None else ()
        offered = sorted({*known, self._year, *range(max(known, default=self._year), self._last() + 1)})
        self.years.offer([(year_label(year), year) for year in offered])
        with QSignalBlocker(self.years):
            self.years.show_value(self._year)
        question = partial(calendar_state, year=self._year, today=self.context.today())
        self.context.book.ask(question, self.show_state, key=f"calendar-{self.pane.spec.key}")
        self.pane.refresh(self._year)

    def _last(self) -> int:
        return max(self.context.today().year, self._year) + AHEAD

    def _on_year(self) -> None:
        chosen = self.years.value()
        if chosen is not None and chosen != self._year:
            self._year = chosen
            self._ask()


def _for_year(action: Callable[[Session, int], int], year: int, session: Session) -> int:
    return action(session, year)


# -- half-terms

TERM_FORM_ROWS = (("school_year",), ("term", "half"), ("starts_on", "ends_on"))


class TermsSection(CalendarSection):
    """The half-terms of a school year."""

    def __init__(self, context: AppContext) -> None:
        self.usual = Button("Enter the usual dates", tip="Enter the usual dates, to be put right after")
        self.copy = Button("Copy last year’s", tip="Copy last year’s half-terms and INSET days, 52 weeks on")
        self.usual.clicked.connect(self._bring_usual)
        self.copy.clicked.connect(self._copy)
        super().__init__(context, YearPane(context, _terms()), (self.usual, self.copy))

    @override
    def missing(self, state: CalendarState) -> Sequence[str]:
        return state.terms_missing

    @override
    def show_state(self, state: CalendarState) -> None:
        super().show_state(state)
        self.usual.setVisible(state.usual)
        self.copy.setVisible(state.last_year)

    def _bring_usual(self) -> None:
        from models.services.calendar import bring_usual_terms

        self.fill_year(f"Enter the term dates of {year_label(self._year)}", bring_usual_terms)

    def _copy(self) -> None:
        from models.services.calendar import copy_last_year

        self.fill_year(f"Copy the term dates to {year_label(self._year)}", copy_last_year)


def _terms() -> ListSpec[TermRow]:
    from models.queries.settings_page import term_rows
    from models.services.calendar import add_term, change_term

    return ListSpec(
        key="settings-terms",
        table="school_term",
        noun="half-term",
        plural="half-terms",
        columns=(
            Column("Half-term", lambda row: row.name, lambda row: row.place, Look.STRONG),
            Column("First day", lambda row: weekday_date(row.starts_on), lambda row: row.starts_on),
            Column("Last day", lambda row: weekday_date(row.ends_on), lambda row: row.ends_on),
            Column(
                "School days", lambda row: str(row.school_days), lambda row: row.school_days, right=True,
                export=lambda row: row.school_days,
            ),
            Column("", lambda _row: "", lambda _row: None, stretch=True),
        ),
        identity=lambda row: row.id,
        title=lambda row: row.name,
        ask=term_rows,
        empty=Empty(
            Icon.MEETINGS,
            "Six half-terms make a school year. With their dates Clusterbook knows which meetings are in "
            "school time and never asks for a kit back in the holidays.",
            "Enter a half-term",
        ),
        form=FormSpec(
            "school_term", "half-term", rows=TERM_FORM_ROWS, add=add_term, change=change_term, width=480
        ),
    )  # fmt: skip


# -- closed days


class ClosedSection(CalendarSection):
    """The closed days of a school year."""

    def __init__(self, context: AppContext) -> None:
        self.holidays = Button("Enter the bank holidays")
        self.holidays.clicked.connect(self._bring)
        super().__init__(context, YearPane(context, _closed()), (self.holidays,))

    @override
    def missing(self, state: CalendarState) -> Sequence[str]:
        return state.holidays_missing

    @override
    def show_state(self, state: CalendarState) -> None:
        super().show_state(state)
        self.holidays.setVisible(bool(state.holidays))
        words = f"Enter {count(state.holidays, 'bank holiday')}"
        self.holidays.set_words(words, f"{words} of {year_label(state.year)}")

    def _bring(self) -> None:
        from models.services.calendar import bring_bank_holidays

        self.fill_year(f"Enter the bank holidays of {year_label(self._year)}", bring_bank_holidays)


def _closed() -> ListSpec[ClosedRow]:
    from models.queries.settings_page import closed_rows
    from models.services.calendar import add_closed_day, change_closed_day
    from models.words import ClosureKind

    form = FormSpec(
        "closed_day",
        "closed day",
        rows=(("on", "kind"), ("name",), ("school_id",)),
        add=add_closed_day,
        change=change_closed_day,
        width=480,
    )
    return ListSpec(
        key="settings-closed",
        table="closed_day",
        noun="closed day",
        plural="closed days",
        columns=(
            Column("Date", lambda row: weekday_date(row.on), lambda row: row.on, Look.STRONG),
            Column("Kind", lambda row: row.kind.label, lambda row: row.kind.label),
            Column("Name", lambda row: row.name, lambda row: row.name.casefold(), stretch=True),
            Column("School", lambda row: row.school or "All schools", lambda row: row.school.casefold()),
        ),
        identity=lambda row: row.id,
        title=lambda row: long_date(row.on),
        ask=closed_rows,
        empty=Empty(
            Icon.MEETINGS,
            "On these days no school is open: bank holidays, INSET days, snow. Meetings and loans keep clear "
            "of them.",
            "Enter a closed day",
        ),
        chips=tuple(ChipSpec(kind.label, partial(_is_kind, kind)) for kind in ClosureKind),
        form=form,
    )


def _is_kind(kind: Any, row: ClosedRow) -> bool:
    return row.kind is kind
