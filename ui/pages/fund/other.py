"""The other funding tab: what was applied for elsewhere, what became of it, and whether the Advisor knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.calendar import near_day
from models.queries.fund_extras import OtherFundingRow
from models.services import other_funding
from models.words import OtherFundingState
from ui.format import long_date, pounds, short_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.fund.doing import ask_and_do
from ui.pages.fund.entry_panel import says
from ui.pages.fund.forms import OTHER_FUNDING
from ui.pages.fund.verbs import Award, AwardForm, DayForm
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlmodel import Session

    from ui.context import AppContext
    from ui.widgets.layouts import Item

STATE = OtherFundingState


def _ask(session: Session, _year: int) -> Sequence[OtherFundingRow]:
    from models.queries.fund_extras import other_funding_rows

    return other_funding_rows(session)


def _money(pence: int | None) -> str:
    return "not entered" if pence is None else pounds(pence)


def _short(day: dt.date | None) -> str:
    return f"{short_date(day)} {day.year}" if day else "not yet"


def _told(row: OtherFundingRow) -> str:
    return long_date(row.told_on) if row.told_on else "not yet"


REGISTER = ListSpec[OtherFundingRow](
    key="fund-other",
    table="other_funding",
    noun="funding",
    plural="other funding",
    columns=(
        Column("Funding", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG, stretch=True),
        Column("Funder", lambda r: r.funder, lambda r: r.funder.casefold()),
        Column("State", lambda r: r.state.label, lambda r: r.state.label, Look.STATE),
        Column("Amount", lambda r: _money(r.amount_p), lambda r: r.amount_p, Look.MONEY, right=True),
        Column("Advisor told", lambda r: _short(r.told_on), lambda r: r.told_on, spoken=_told),
    ),
    identity=lambda row: row.id,
    title=lambda row: row.name,
    ask=_ask,
    empty=Empty(
        Icon.FUND,
        "Money from other funders is welcome and never affects an application to the sponsor; the Advisor "
        "only has to know of it. List here what you applied for and what you were given.",
        "List the first funding",
    ),
    chips=(
        ChipSpec("Applied", lambda row: row.state is STATE.APPLIED),
        ChipSpec("Awarded", lambda row: row.state is STATE.AWARDED),
        ChipSpec("Advisor not told", lambda row: row.told_on is None),
    ),
    form=OTHER_FUNDING,
    words=lambda row: (
        f"{row.name} {row.funder} {row.state.label} {row.notes} {row.fund} {_money(row.amount_p)}"
    ),
)


class FundingPanel(DetailPanel):
    """One funding, and what can be done with it.

    Attributes:
        acted: (tell, award, refuse, finish or fund,).
    """

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Other funding")
        self._match = ""

    def show_match(self, words: str) -> None:
        """What schools and sponsor put in, in words."""
        self._match = words

    @override
    def show_record(self, record: OtherFundingRow | None) -> None:
        if record is None:
            self.say("Choose a funding to see what is known of it.")
            return
        items: list[Item] = [record_head(record.name, record.state.label, record.funder)]
        items += [says(words) for words in record.says]
        made = []
        for verb, words in _verbs(record):
            button = Button(words, Kind.PLAIN)
            button.clicked.connect(partial(self.acted.emit, verb))
            made.append(button)
        items += [buttons(*made)] if made else []
        items += [rule(), facts(_facts(record))]
        if record.notes:
            items.append(Label(record.notes, wrap=True))
        items += [Label("In the pack it reads", "caption", "muted"), Label(f"{record.words}.", wrap=True)]
        if self._match:
            items += [
                rule(),
                Label("Put in this year", "caption", "muted"),
                Label(f"{self._match}.", wrap=True),
            ]
        self.fill(*items)


def _verbs(row: OtherFundingRow) -> list[tuple[str, str]]:
    found = [] if row.told_on else [("tell", "The Advisor was told…")]
    if row.state is STATE.APPLIED:
        found += [("award", "It was awarded…"), ("refuse", "It was refused")]
    if row.state is STATE.AWARDED:
        found += [] if row.fund else [("fund", "Give it a fund of its own…")]
        found += [("finish", "It is finished")]
    return found


def _facts(row: OtherFundingRow) -> list[tuple[str, str]]:
    return [
        ("Amount", _money(row.amount_p)),
        ("Applied", long_date(row.applied_on) if row.applied_on else ""),
        ("Awarded", long_date(row.awarded_on) if row.awarded_on else ""),
        ("Advisor told", _told(row)),
        ("Fund", row.fund),
    ]


class OtherTab(ListPane[OtherFundingRow]):
    """The register of other funding."""

    def __init__(self, context: AppContext) -> None:
        self.panel = FundingPanel()
        super().__init__(context, REGISTER, self.panel)
        self.panel.acted.connect(self._act)
        self._tell = self.add_action("tell", "The Advisor was told…", "Ctrl+L", partial(self._act, "tell"))
        self.chosen.connect(lambda row: self._tell.setEnabled(row is not None and row.told_on is None))

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"Funder"}, {"Advisor told"})

    @override
    def refresh(self, year: int) -> None:
        from models.queries.fund_extras import match_words

        super().refresh(year)
        question = partial(match_words, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show_match, key="fund-match")

    def _show_match(self, words: str) -> None:
        self.panel.show_match(words)
        self.panel.show_record(self.current())

    def _act(self, verb: str) -> None:
        row = self.current()
        if row is not None:
            {
                "tell": self._tell_advisor,
                "award": self._award,
                "refuse": self._refuse,
                "finish": self._finish,
                "fund": self._open_fund,
            }[verb](row)

    def _near(self, row: OtherFundingRow) -> dt.date:
        """Days of a funding lie near its application, or in the school year shown."""
        today = self.context.today()
        return row.applied_on or (near_day(self.year, today) if self.year is not None else today)

    def _tell_advisor(self, row: OtherFundingRow) -> None:
        today = self.context.today()
        form = DayForm(self.window(), "The Advisor was told", "On", "Save", today, self._near(row))

        def action(session: Session, on: dt.date) -> None:
            other_funding.tell_advisor(session, row.id, on)

        ask_and_do(self.context, form, "Tell the Advisor of other funding", action)

    def _award(self, row: OtherFundingRow) -> None:
        form = AwardForm(self.window(), row.name, row.amount_p, self.context.today(), self._near(row))

        def action(session: Session, given: Award) -> None:
            other_funding.award(session, row.id, given.on, given.amount_p)

        ask_and_do(self.context, form, "Other funding awarded", action)

    def _refuse(self, row: OtherFundingRow) -> None:
        action = partial(other_funding.turn_down, funding_id=row.id)
        self.context.book.change("Other funding refused", action)

    def _finish(self, row: OtherFundingRow) -> None:
        action = partial(other_funding.finish, funding_id=row.id)
        self.context.book.change("Other funding finished", action)

    def _open_fund(self, row: OtherFundingRow) -> None:
        day = row.awarded_on or self.context.today()
        form = DayForm(self.window(), f"A fund for {row.name}", "Its book starts on", "Start the fund", day)

        def action(session: Session, on: dt.date) -> int:
            return other_funding.open_fund(session, row.id, on)

        ask_and_do(self.context, form, "Start a fund", action)
