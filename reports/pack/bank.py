"""Part 15, the resource bank: are resources used and shared?"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, date_range, listed, long_date, prose_pounds
from models.queries.bank import BankYear, LoanLine, Loss, ResourceLine
from models.queries.pack import PackData
from models.rules.loans import LoanState
from models.rules.resources import TrialFact
from models.words import ChargedTo, TrialVerdict
from reports.charts import Compared, KitYear, Lent, loan_calendar, year_on_year
from reports.kit import Col, TableLook
from reports.pack.periods import half_terms
from reports.pack.sheet import Sheet, entered, no_trend, stopped, year_before, year_words


@dataclass(frozen=True)
class ToDo:
    """One thing to see to: which resource, how it stands, what to do."""

    name: str
    state: str
    what: str


def answer(data: PackData) -> str:
    """Loans, and the schools they went to (R-LOAN-7)."""
    bank = data.bank
    if not bank.resources:
        return "No resource is entered yet"
    told = lent_or_lendable(data)
    if not told:
        return f"{count(len(bank.resources), 'resource')} shared; none of them is a kit to lend"
    if not bank.use.loans:
        return f"Not yet: no loan is entered for {count(len(told), 'kit or item', 'kits and items')}"
    idle = never_lent(data)
    if not idle:
        return f"Yes: {bank.use.text}; everything was lent at least once"
    was = "was" if len(idle) == 1 else "were"
    everything = count(len(told), "kit or item", "kits and items")
    return f"Yes: {bank.use.text}; {len(idle)} of {everything} {was} not lent"


def loans_of(data: PackData, line: ResourceLine) -> list[LoanLine]:
    """The loans of one resource that went out in the pack's period: those that `use` counts."""
    return [one for one in line.loans if one.fact.out_on and data.period.holds(one.fact.out_on)]


def lent_or_lendable(data: PackData) -> list[ResourceLine]:
    """What goes out on loan, and what did in the period but no longer would: `use` counts its loans too."""
    lendable = {line.fact.id for line in data.bank.lendable}
    return [line for line in data.bank.resources if line.fact.id in lendable or loans_of(data, line)]


def never_lent(data: PackData) -> list[ResourceLine]:
    """The kits and items that no school borrowed in the year."""
    return [line for line in data.bank.lendable if not loans_of(data, line)]


def _lent(sheet: Sheet, line: LoanLine) -> Lent:
    """A loan as the calendar shows it: one that is late runs on to the day the data go to."""
    fact, today = line.fact, sheet.data.period.data_to
    out = fact.out_on or fact.starts_on
    name = sheet.letters[fact.school_id]
    if fact.back_on and fact.back_on <= today:
        return Lent(name, out, fact.back_on)
    return Lent(name, out, max(fact.due_on, today), returned=False)


def _calendar(sheet: Sheet) -> list[Flowable]:
    data = sheet.data
    kits = [
        KitYear(line.fact.name, tuple(_lent(sheet, one) for one in loans_of(data, line)))
        for line in lent_or_lendable(data)
    ]
    if not kits:
        return []
    periods, today = half_terms(data.calendar, data.period.year), data.period.data_to
    how = "Each bar is one loan, open where it is still to run. The letter is the school. Source: loan book."
    charts = sheet.charts(kits, lambda some: loan_calendar(some, periods, today, sheet.look, kits), how)
    return [*charts, *_borrowers(sheet)]


def _borrowers(sheet: Sheet) -> list[Flowable]:
    borrowers = {
        one.fact.school_id: one.fact.school
        for line in sheet.data.bank.resources
        for one in loans_of(sheet.data, line)
    }
    return sheet.legend(borrowers)


def loss_words(loss: Loss) -> str:
    """`Tuning fork, £7.40: charged to Oakmantle School, replaced 25 April 2025` (R-LOAN-2, R-LOAN-3)."""
    price = f", {prose_pounds(loss.charge_p)}" if loss.charge_p else ""
    payer = {ChargedTo.SCHOOL: f"charged to {loss.school}", ChargedTo.POT: "charged to the cluster pot"}
    if loss.charged_to and not price:
        price = f", price {NOT_ENTERED}"
    who = payer[loss.charged_to] if loss.charged_to else f"who pays: {NOT_ENTERED}"
    when = f"replaced {long_date(loss.replaced_on)}" if loss.replaced_on else "not replaced yet"
    return f"{loss.part}{price}: {who}, {when}"


def to_do(data: PackData) -> list[ToDo]:
    """Late loans, checks that are due, losses, and what nobody borrowed."""
    bank = data.bank
    found = [
        ToDo(one.fact.resource, "Overdue", f"With {one.fact.school}, {one.late.text}")
        for one in bank.overdue
        if one.state is LoanState.OVERDUE
    ]
    found += [
        ToDo(line.fact.name, "Check due", f"Check was due on {long_date(line.next_check_on)}")
        for line in bank.checks_due
    ]
    found += [ToDo(loss.resource, loss.result.text.capitalize(), loss_words(loss)) for loss in bank.losses]
    found += [
        ToDo(line.fact.name, "Not lent this year", "Show it at the next meeting") for line in never_lent(data)
    ]
    return found


def _to_do(sheet: Sheet) -> list[Flowable]:
    rows = to_do(sheet.data)
    cols: list[Col[ToDo]] = [
        Col("Resource", lambda one: one.name, 150),
        Col("State", lambda one: one.state, 96),
        Col("To do, or done", lambda one: one.what, 0),
    ]
    look = TableLook(pad=3, empty="Nothing is late, lost or due for a check.")
    return [sheet.kit.heading("What needs doing"), sheet.kit.table(cols, rows, look=look)]


def _starters(sheet: Sheet) -> list[Flowable]:
    lines = sheet.data.bank.starters
    if not lines:
        return []
    cols: list[Col[ResourceLine]] = [
        Col("Starter", lambda line: line.fact.name, 200),
        Col(
            "Minutes",
            lambda line: line.fact.minutes if line.fact.minutes is not None else NOT_ENTERED,
            60,
            "right",
        ),
        Col("Used by", lambda line: line.adoption.text if line.adoption else NOT_ENTERED, 0, gap=20),
    ]
    return [
        sheet.kit.heading("Quick-enquiry starters"),
        sheet.kit.table(cols, lines, look=TableLook(pad=3)),
    ]


def trial_words(trial: TrialFact) -> str:
    """A trial as a sentence: what, where, and what was found (R-RES-4)."""
    where = f"{trial.school}, {trial.class_name}" if trial.class_name else trial.school
    ended = (
        date_range(trial.starts_on, trial.ends_on) if trial.ends_on else f"since {long_date(trial.starts_on)}"
    )
    if trial.verdict is TrialVerdict.RUNNING:
        return f"{trial.resource}: on trial at {where}, {ended}."
    verdict = "adopted" if trial.verdict is TrialVerdict.ADOPT else "dropped"
    return f"{trial.resource}: {verdict} after a trial at {where}, {ended}. {stopped(entered(trial.finding))}"


def _learning(sheet: Sheet) -> list[Flowable]:
    kit, bank = sheet.kit, sheet.data.bank
    story: list[Flowable] = []
    if bank.trials:
        story += [kit.heading("Tried in classrooms"), *kit.bullets([trial_words(one) for one in bank.trials])]
    if bank.learnt:
        story += [
            kit.heading("What we learnt from what we dropped"),
            *kit.bullets(list(map(stopped, bank.learnt))),
        ]
    return story


def _supply(sheet: Sheet) -> list[Flowable]:
    kit, bank = sheet.kit, sheet.data.bank
    story: list[Flowable] = []
    if bank.trust:
        story += [
            kit.heading("Free resources from the sponsor"),
            *kit.bullets([stopped(one.text) for one in bank.trust]),
        ]
    if bank.wanted:
        story += [
            kit.heading("What schools still want"),
            *kit.bullets([_wish(bank, n) for n in range(len(bank.wanted))]),
        ]
    return story


def _wish(bank: BankYear, place: int) -> str:
    wish = bank.wanted[place]
    return f"{stopped(wish.text)} {listed(wish.schools)}."


def _trend(sheet: Sheet) -> list[Flowable]:
    data = sheet.data
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then, now = data.earlier.bank.use, data.bank.use
    rows = [Compared("Loans", (then.loans, now.loans)), Compared("Borrowers", (then.schools, now.schools))]
    chart = year_on_year(rows, (year_before(data), year_words(data)), look=sheet.look)
    return [
        sheet.kit.heading("Year on year"),
        sheet.chart(chart, "Borrowers: schools that had at least one loan."),
    ]


def body(sheet: Sheet) -> list[Flowable]:
    """Where the kits were, what needs doing, and what was tried and learnt."""
    bank = sheet.data.bank
    if not bank.resources:
        return [sheet.kit.text("Enter what the cluster shares, and its loans: then they are shown here.")]
    return [
        *_calendar(sheet),
        *_to_do(sheet),
        *_starters(sheet),
        *_learning(sheet),
        *_supply(sheet),
        *_trend(sheet),
    ]
