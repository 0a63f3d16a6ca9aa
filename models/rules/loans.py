"""Lending: who has a kit, what came back, what is late (R-LOAN-1 to R-LOAN-7).

A loan's state follows from its dates; it is worked out when asked and never stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.calendar import SchoolCalendar
from models.errors import BadInput
from models.formats import count, date_range, listed, long_date, prose_pounds, weekday_date
from models.rules.scheme import Scheme
from models.rules.spells import day_after, meets
from models.rules.verdict import About, Verdict, refuse, warn
from models.words import ChargedTo, ResourceKind, ResourceLife, Word

LENDABLE = frozenset({ResourceKind.KIT, ResourceKind.ITEM, ResourceKind.BOOK})
NOT_THERE = frozenset({ResourceLife.IDEA, ResourceLife.DROPPED})


def can_be_lent(kind: ResourceKind, life: ResourceLife) -> bool:
    """Whether a thing of this kind goes out on loan: it is there, not only an idea, and was not dropped."""
    return kind in LENDABLE and life not in NOT_THERE


"""What goes out on loan; plans and starters are copied."""


class LoanState(Word):
    """Where a loan stands on a day."""

    RESERVED = "reserved", "Reserved"
    OUT = "out", "Out"
    OVERDUE = "overdue", "Overdue"
    RETURNED = "returned", "Returned"
    CANCELLED = "cancelled", "Cancelled"


class LoanFact(Struct, frozen=True):
    """A loan of a kit or other resource. `starts_on` and `due_on` as booked, both inclusive."""

    id: int
    resource_id: int
    resource: str
    school_id: int
    school: str
    starts_on: dt.date
    due_on: dt.date
    out_on: dt.date | None = None
    back_on: dt.date | None = None
    cancelled_on: dt.date | None = None

    @property
    def about(self) -> About:
        return About("loan", self.id)


def loan_state(loan: LoanFact, today: dt.date) -> LoanState:
    """A loan's state on a day, from its dates (R-LOAN-4: overdue from the day after due)."""
    if loan.cancelled_on is not None:
        return LoanState.CANCELLED
    if loan.back_on is not None and loan.back_on <= today:
        return LoanState.RETURNED
    if loan.out_on is None or loan.out_on > today:
        return LoanState.RESERVED
    return LoanState.OVERDUE if today > loan.due_on else LoanState.OUT


class LoanMove(Word):
    """What can be done with a loan that is not over."""

    CHECK_IN = "check_in", "Check in"
    HAND_OUT = "hand_out", "Hand out"
    EXTEND = "extend", "Extend"
    CANCEL = "cancel", "Cancel"


def loan_moves(state: LoanState) -> tuple[LoanMove, ...]:
    """What can be done with a loan as it stands, the most likely first; nothing once it is over."""
    if state is LoanState.RESERVED:
        return LoanMove.HAND_OUT, LoanMove.EXTEND, LoanMove.CANCEL
    if state in {LoanState.OUT, LoanState.OVERDUE}:
        return LoanMove.CHECK_IN, LoanMove.EXTEND
    return ()


def _kept(loan: LoanFact, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days on which the kit cannot go to another school; None: none at all."""
    if loan.cancelled_on is not None:
        return None
    first = min(loan.starts_on, loan.out_on or loan.starts_on)
    if loan.back_on is not None:
        # It can go out again on the day it came back.
        last = loan.back_on - dt.timedelta(days=1)
        return (first, last) if last >= first else None
    overdue = loan.out_on is not None and today > loan.due_on
    return first, today if overdue else loan.due_on


def clash(
    loans: Iterable[LoanFact], resource_id: int, first: dt.date, last: dt.date, today: dt.date
) -> LoanFact | None:
    """The earliest loan that keeps the kit on one of these days, or None (R-LOAN-1).

    A loan that came back early frees its days; one that is overdue keeps the kit until today at least.
    """
    held = []
    for loan in loans:
        kept = _kept(loan, today) if loan.resource_id == resource_id else None
        if kept is not None and meets(*kept, first, last):
            held.append((kept, loan.id, loan))
    return min(held, key=lambda entry: entry[:2])[2] if held else None


def next_free_day(
    loans: Iterable[LoanFact], request: LoanFact, calendar: SchoolCalendar, today: dt.date
) -> dt.date:
    """The first school day from which the kit is free for as long as was asked for (R-LOAN-1)."""
    others = [loan for loan in loans if loan.id != request.id]
    length = request.due_on - request.starts_on
    start = calendar.next_school_day(request.starts_on)
    while (blocking := clash(others, request.resource_id, start, start + length, today)) is not None:
        kept = _kept(blocking, today) or (start, start)
        start = calendar.next_school_day(day_after(kept[1]))
    return start


def booking_verdict(
    loans: Iterable[LoanFact], request: LoanFact, calendar: SchoolCalendar, today: dt.date
) -> Verdict | None:
    """Refuse a loan of a kit that another loan keeps, and say when it is free (R-LOAN-1).

    Args:
        loans: the loans in the book; the request itself is left out by its id.
        request: the loan asked for.
        calendar: tells school days.
        today: the day of asking.
    """
    others = [loan for loan in loans if loan.id != request.id]
    blocking = clash(others, request.resource_id, request.starts_on, request.due_on, today)
    if blocking is None:
        return None
    free = weekday_date(next_free_day(others, request, calendar, today))
    if loan_state(blocking, today) is LoanState.OVERDUE:
        taken = f"is still with {blocking.school}, due back on {long_date(blocking.due_on)}"
    else:
        taken = f"is booked to {blocking.school}, {date_range(blocking.starts_on, blocking.due_on)}"
    text = f"{request.resource} {taken}: the next free school day is {free}."
    return refuse("R-LOAN-1", text, request.about)


class LineFact(Struct, frozen=True):
    """A part of a loan: how many went out and came back. `back` None: not checked in yet; price in pence."""

    name: str
    out: int
    back: int | None = None
    damaged: int = 0
    consumable: bool = False
    unit_cost_p: int | None = None


class LineResult(Struct, frozen=True):
    """What became of a part: lost, broken, or used up as it should be (R-LOAN-2)."""

    missing: int = 0
    damaged: int = 0
    used: int = 0

    @property
    def to_replace(self) -> int:
        return self.missing + self.damaged

    @property
    def text(self) -> str:
        """`1 missing`, `2 damaged`, `5 used: replenish`, `complete`."""
        parts = [
            f"{number} {word}"
            for number, word in ((self.missing, "missing"), (self.damaged, "damaged"))
            if number
        ]
        if self.used:
            parts.append(f"{self.used} used: replenish")
        return listed(parts) or "complete"


def line_result(line: LineFact) -> LineResult:
    """Compare a part out and in: a consumable that is not back was used, not lost (R-LOAN-2).

    Raises:
        BadInput: more came back, or more is damaged, than can be.
    """
    if line.back is None:
        return LineResult()
    if line.back > line.out:
        raise BadInput(
            f"{line.name}: {line.back} came back but {line.out} went out: count again.", "in_quantity"
        )
    if line.damaged > line.back:
        raise BadInput(
            f"{line.name}: {line.back} came back, so {line.damaged} cannot be damaged: count again.",
            "damaged",
        )
    gone = line.out - line.back
    if line.consumable:
        return LineResult(used=gone + line.damaged)
    return LineResult(missing=gone, damaged=line.damaged)


class Charge(Struct, frozen=True):
    """What a loan's losses cost and who pays; `unpriced`: parts to replace that have no price (R-LOAN-3)."""

    charged_to: ChargedTo
    amount_p: int
    unpriced: tuple[str, ...]

    @property
    def text(self) -> str:
        """`£2.40 to replace; price of Battery holder not entered`. What has no price is not £0 (R-REV-5)."""
        sums = [f"{prose_pounds(self.amount_p)} to replace"] if self.amount_p or not self.unpriced else []
        sums += [f"price of {listed(self.unpriced)} not entered"] if self.unpriced else []
        return "; ".join(sums)


def charge(lines: Iterable[LineFact], scheme: Scheme) -> Charge:
    """The replacement of what was lost or broken, paid by the borrower or, by setting, the pot (R-LOAN-3).

    Raises:
        BadInput: a line's numbers cannot be.
    """
    lost = [(line, line_result(line).to_replace) for line in lines]
    lost = [(line, number) for line, number in lost if number]
    return Charge(
        ChargedTo.POT if scheme.loss_charged_to == ChargedTo.POT.value else ChargedTo.SCHOOL,
        sum(number * line.unit_cost_p for line, number in lost if line.unit_cost_p is not None),
        tuple(line.name for line, _ in lost if line.unit_cost_p is None),
    )


class Overdue(Struct, frozen=True):
    """How late a loan is, in days, and how many of all the late days were not school days (R-LOAN-4)."""

    days: int
    closed_days: int

    @property
    def text(self) -> str:
        """`3 days overdue, 2 of them not school days`."""
        words = f"{count(self.days, 'day')} overdue"
        return f"{words}, {self.closed_days} of them not school days" if self.closed_days else words


def overdue(loan: LoanFact, today: dt.date, scheme: Scheme, calendar: SchoolCalendar) -> Overdue:
    """Days late from the day after due to today, or to the day before it came back late (R-LOAN-4).

    Days when school is closed count and are named; by setting they do not count.
    """
    until = today if loan.back_on is None else min(today, loan.back_on)
    if loan.cancelled_on is not None or loan.out_on is None or until <= loan.due_on:
        return Overdue(0, 0)
    late = [loan.due_on + dt.timedelta(days=n + 1) for n in range((until - loan.due_on).days)]
    closed = sum(not calendar.is_school_day(day) for day in late)
    if scheme.loan_skips_closed_days:
        return Overdue(len(late) - closed, 0)
    return Overdue(len(late), closed)


def overdue_verdicts(
    loans: Iterable[LoanFact], today: dt.date, scheme: Scheme, calendar: SchoolCalendar
) -> tuple[Verdict, ...]:
    """The loans that are out and late (R-LOAN-4)."""
    return tuple(
        warn(
            "R-LOAN-4",
            f"{loan.resource} at {loan.school} was due back on {long_date(loan.due_on)} "
            f"({overdue(loan, today, scheme, calendar).text}): ask for it, or extend the loan.",
            loan.about,
        )
        for loan in loans
        if loan_state(loan, today) is LoanState.OVERDUE and overdue(loan, today, scheme, calendar).days
    )


class KitFact(Struct, frozen=True):
    """A kit as its label, its check and its borrower need it. `contents`: how many pieces it lists."""

    id: int
    name: str
    code: str
    owner: str
    has_mains: bool = False
    next_check_on: dt.date | None = None
    contents: int = 0
    safety_ref: str = ""

    @property
    def about(self) -> About:
        return About("resource", self.id)


def check_verdict(kit: KitFact, lent_on: dt.date) -> Verdict | None:
    """A kit with a mains lead whose safety check is due or has no date (R-LOAN-5)."""
    if not kit.has_mains:
        return None
    if kit.next_check_on is None:
        text = f"{kit.name} has a mains lead and no date for its next check: look it over and enter the date."
    elif kit.next_check_on < lent_on:
        due = long_date(kit.next_check_on)
        text = f"{kit.name} has a mains lead and its check was due on {due}: check it before it is lent."
    else:
        return None
    return warn("R-LOAN-5", text, kit.about)


def label_lines(kit: KitFact) -> tuple[str, ...]:
    """What a kit's label says (R-LOAN-6)."""
    lines = (
        kit.name,
        f"Owner: {kit.owner}",
        kit.code,
        count(kit.contents, "piece") if kit.contents else "",
        f"Safety note: {kit.safety_ref}" if kit.safety_ref else "",
        "Check in and out",
    )
    return tuple(line for line in lines if line)


def label_places(labels: int, start: int, per_sheet: int) -> tuple[tuple[int, int], ...]:
    """Sheet and place (both from 1) of each label when a part-used sheet starts at `start` (R-LOAN-6).

    Raises:
        BadInput: the sheet has no such place.
    """
    if not 1 <= start <= per_sheet:
        raise BadInput(f"The sheet has places 1 to {per_sheet}: start at one of them.", "start")
    return tuple(
        (place // per_sheet + 1, place % per_sheet + 1) for place in range(start - 1, start - 1 + labels)
    )


class LoanUse(Struct, frozen=True):
    """Loans made and the distinct schools they went to (R-LOAN-7)."""

    loans: int
    schools: int

    @property
    def text(self) -> str:
        """`19 loans to 14 schools`."""
        return f"{count(self.loans, 'loan')} to {count(self.schools, 'school')}"


def loan_use(loans: Iterable[LoanFact], first: dt.date, last: dt.date) -> LoanUse:
    """The loans that went out in a period; reserved and cancelled ones are not use (R-LOAN-7)."""
    made = [
        loan
        for loan in loans
        if loan.cancelled_on is None and loan.out_on is not None and first <= loan.out_on <= last
    ]
    return LoanUse(len(made), len({loan.school_id for loan in made}))
