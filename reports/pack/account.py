"""Part 9, the cluster account: is the money spent properly; what is left?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, pounds, prose_pounds
from models.queries.account import BudgetLine, FundYear
from models.queries.pack import PackData
from models.rules.cover_use import confirmed_words
from models.rules.fund import Account, Line
from models.rules.funding import declaration
from models.words import Direction, FundKind, Heading
from reports.charts import Step, waterfall
from reports.kit import BREAK, Col, TableLook
from reports.pack.sheet import SHORT, Sheet, data_to_words, letter, no_trend, year_before, year_words

NONE = "\u2013"


@dataclass(frozen=True)
class AccountRow:
    """One line of the account as printed, in pence; spending is negative. `note`: its letter."""

    label: str
    before: str
    plan: str
    now: str
    note: str = ""
    strong: bool = False


def answer(data: PackData) -> str:
    """What rolls over, beside the income and the year before (R-POT-3, R-POT-4)."""
    pot = data.pot
    if pot is None or pot.account.is_blank:
        return "No money of the cluster is entered yet"
    now = pot.account
    if now.closing_p < 0:
        return f"The pot is {prose_pounds(-now.closing_p)} overdrawn"
    if now.closing_p == 0:
        return "The pot is spent: £0 rolls over"
    share = (
        f"{now.rollover_percent} of the year’s income" if now.income_p > 0 else "nothing came in this year"
    )
    return f"{prose_pounds(now.closing_p)} rolls over: {share}{_than_before(pot)}"


def _than_before(pot: FundYear) -> str:
    if pot.previous is None:
        return ""
    change = pot.account.closing_p - pot.previous.closing_p
    words = "as much as" if change == 0 else "more than" if change > 0 else "less than"
    return f", {words} last year"


def steps(pot: FundYear) -> list[Step]:
    """The waterfall's lines: opening, in and out by heading, closing, for one year or two."""
    years: list[Account] = [pot.account] if pot.previous is None else [pot.previous, pot.account]

    def lines(of: str, kind: Direction) -> Iterator[Step]:
        sums = [{line.heading: line.amount_p for line in getattr(year, of)} for year in years]
        for heading in Heading:
            values = tuple(one.get(heading) for one in sums)
            if any(value is not None for value in values):
                yield Step(heading.label, "in" if kind is Direction.IN else "out", values)

    return [
        Step("Opening balance", "level", tuple(year.opening_p for year in years)),
        *lines("income", Direction.IN),
        *lines("spending", Direction.OUT),
        Step("Closing balance", "level", tuple(year.closing_p for year in years)),
    ]


def note_letters(pot: FundYear) -> dict[tuple[Direction, Heading], str]:
    """A letter for each line that is off plan."""
    return {(one.direction, one.line.heading): letter(n).lower() for n, one in enumerate(pot.notes)}


def note_words(one: BudgetLine) -> str:
    """How far a line is off plan, and why (R-POT-6)."""
    line = one.line
    way = "over" if line.difference_p > 0 else "under"
    off = f"{line.percent_off} {way}" if line.planned_p > 0 else "Not planned"
    return f"{one.line.heading.label}. {off}: {line.explanation.strip() or f'reason {NOT_ENTERED}'}"


def _lines(pot: FundYear, direction: Direction) -> list[AccountRow]:
    coming = direction is Direction.IN
    sign = 1 if coming else -1
    plans = {one.line.heading: one.line.planned_p for one in pot.plan if one.direction is direction}
    now = _sums(pot.account.income if coming else pot.account.spending)
    last = pot.previous
    before = _sums(last.income if coming else last.spending) if last else {}
    letters = note_letters(pot)
    return [
        AccountRow(
            heading.label,
            pounds(sign * before.get(heading, 0)) if last else "",
            _planned(pot, sign * plans.get(heading, 0) or None),
            pounds(sign * now.get(heading, 0)),
            letters.get((direction, heading), ""),
        )
        for heading in Heading
        if heading in now or heading in before or heading in plans
    ]


def _planned(pot: FundYear, pence: int | None) -> str:
    """A figure of the plan's column: a dash for what was not planned, nothing without a plan."""
    if not pot.plan:
        return ""
    return NONE if pence is None else pounds(pence)


def _sums(lines: Sequence[Line]) -> dict[Heading, int]:
    return {line.heading: line.amount_p for line in lines}


def rows(pot: FundYear) -> list[AccountRow]:
    """The account as its table prints it, top down."""
    now, last = pot.account, pot.previous

    def strong(label: str, before: int | None, plan: int | None, value: int) -> AccountRow:
        then = "" if before is None else pounds(before)
        return AccountRow(label, then, _planned(pot, plan), pounds(value), strong=True)

    came, went = pot.planned_p(Direction.IN) or None, pot.planned_p(Direction.OUT)
    opened = now.opening_p if pot.planned_closing_p is not None else None
    found = [
        strong("Opening balance", last.opening_p if last else None, opened, now.opening_p),
        *_lines(pot, Direction.IN),
        strong("Total in", last.income_p if last else None, came, now.income_p),
        *_lines(pot, Direction.OUT),
        strong("Total out", -last.spent_p if last else None, -went if went else None, -now.spent_p),
        strong("Closing balance", last.closing_p if last else None, pot.planned_closing_p, now.closing_p),
    ]
    share = last.rollover_percent if last and last.income_p > 0 else NONE if last else ""
    now_share = now.rollover_percent if now.income_p > 0 else NONE
    return [*found, AccountRow("Rollover as % of income", share, "", now_share)]


def _columns(data: PackData, pot: FundYear) -> list[Col[AccountRow]]:
    year = year_words(data)
    cols: list[Col[AccountRow]] = [Col("Heading", lambda row: row.label, 158)]
    if pot.previous:
        cols.append(Col([year_before(data), BREAK, "actual"], lambda row: row.before, 0, "right"))
    if pot.plan:
        cols.append(Col([year, BREAK, "plan"], lambda row: row.plan, 0, "right"))
    cols.append(Col([year, BREAK, "actual"], lambda row: row.now, 0, "right"))
    if pot.notes:
        cols.append(Col("Note", lambda row: row.note, 40, "center"))
    return cols


def _table(sheet: Sheet, pot: FundYear) -> Flowable:
    lines = rows(pot)
    strong = [n for n, row in enumerate(lines) if row.strong]
    look = TableLook(pad=2, strong=strong, rules=strong[1:])
    table = sheet.kit.table(_columns(sheet.data, pot), lines, look=look)
    table.whole = True  # an account is read from the opening to the closing
    return table


def _notes(sheet: Sheet, pot: FundYear) -> list[Flowable]:
    kit = sheet.kit
    if not pot.plan:
        return [kit.text(f"Plan: {NOT_ENTERED}.", "note")]
    if not pot.notes:
        return []
    limit = f"{sheet.data.scheme.budget_variance}%"
    pairs = list(zip(note_letters(pot).values(), map(note_words, pot.notes), strict=True))
    above = kit.text(f"Lines {limit} or more off plan", "source_bold")
    above.keepWithNext = 1
    notes = kit.notes(pairs)
    if sum(len(words) for _, words in pairs) < SHORT:
        notes.keepWithNext = 1  # the source that stands below them
    return [above, notes]


def _source(data: PackData, pot: FundYear) -> str:
    holder = f", held by {data.profile.lead_school}" if data.profile.lead_school else ""
    planned = pot.account.planned_p
    more = (
        f" {prose_pounds(planned)} more is planned and not paid yet: it is not in these figures."
        if planned
        else ""
    )
    return f"Source: cluster account{holder}; paid entries to {data_to_words(data)}.{more}"


def _pot(sheet: Sheet, pot: FundYear) -> list[Flowable]:
    kit, data = sheet.kit, sheet.data
    titles = [year_words(data)] if pot.previous is None else [year_before(data), year_words(data)]
    both = " Both years are on one scale." if pot.previous else f" {no_trend()}"
    caption = f"Dark: balance. Light: money in. Hatched: money out.{both}"
    return [
        sheet.chart(waterfall(steps(pot), titles, sheet.look), caption),
        _table(sheet, pot),
        *_notes(sheet, pot),
        kit.text(_source(data, pot), "caption"),
    ]


def _streams(sheet: Sheet) -> list[Flowable]:
    """Other funds, each for itself: they are never added to the pot (R-FUND-2)."""
    others = [fund for fund in sheet.data.funds if fund.kind is FundKind.OTHER]
    if not others:
        return []
    cols: list[Col[FundYear]] = [
        Col("Fund", lambda fund: fund.name, 158),
        Col("Opening", lambda fund: pounds(fund.account.opening_p), 0, "right"),
        Col("In", lambda fund: pounds(fund.account.income_p), 0, "right"),
        Col("Out", lambda fund: pounds(-fund.account.spent_p), 0, "right"),
        Col("Closing", lambda fund: pounds(fund.account.closing_p), 0, "right"),
    ]
    return [
        sheet.kit.heading("Other funds, held apart from the pot"),
        sheet.kit.table(cols, others, look=TableLook(pad=2)),
    ]


def inputs(data: PackData) -> list[str]:
    """What schools, sponsor and others put in; a ratio only where both are known (R-FUND-1, R-FUND-3)."""
    match = data.match
    said = ["No school sets release money aside."]
    if match.schools:
        sets = "sets" if match.schools == 1 else "set"
        amount = prose_pounds(match.schools_p)
        promised = f"By the agreement {count(match.schools, 'school')} {sets} aside {amount} for release"
        known = data.cover.additional
        said = [f"{promised}; {confirmed_words(known)} that it is extra money." if known else f"{promised}."]
    ratio = f": {match.ratio_words}" if match.ratio_words else ""
    if match.sponsor_p is None:
        said.append(f"The sponsor’s match funding for a year is {NOT_ENTERED}, so there is no ratio.")
    else:
        said.append(f"The sponsor puts in {prose_pounds(match.sponsor_p)}{ratio}.")
    if match.granted_p:
        grants = f"Grants of {prose_pounds(match.granted_p)} came in from the sponsor"
        said.append(f"{grants}, to the pot and to the lead school’s own funds together.")
    return said + [f"Other funding declared: {declaration(one)}." for one in data.other_funding]


def _who_puts_in(sheet: Sheet) -> list[Flowable]:
    kit = sheet.kit
    return [kit.heading("Who else puts in what"), *kit.bullets(inputs(sheet.data))]


def body(sheet: Sheet) -> list[Flowable]:
    """The pot, the other funds, and who puts in what."""
    pot = sheet.data.pot
    if pot is None or (pot.account.is_blank and not pot.plan):
        first: list[Flowable] = [sheet.kit.text("Enter the cluster pot and what came in and went out of it.")]
    else:
        first = _pot(sheet, pot)
    return [*first, *_streams(sheet), *_who_puts_in(sheet)]
