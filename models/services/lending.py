"""Lending a kit: reserve, hand out, extend, check in with a tick list, cancel, restock (R-LOAN-1, -2, -3).

Each runs inside the caller's transaction, which gives the action its name for Undo. `today` is the day it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from sqlmodel import Session, col, select

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import long_date
from models.queries.book import Book
from models.queries.lending import (
    PartOut,
    contents,
    fact_of,
    loans_holding,
    one_loan,
    one_resource,
    parts_out,
    shortages,
)  # fmt: skip
from models.rules.due_dates import checked_due
from models.rules.loans import (
    LoanFact,
    LoanMove,
    LoanState,
    booking_verdict,
    charge,
    line_result,
    loan_moves,
    loan_state,
)  # fmt: skip
from models.rules.scheme import Scheme
from models.services import records
from models.services.records import Values
from models.values import replace


class Counted(Struct, frozen=True):
    """What was counted of a part at check-in: how many are not back (missing or used up), how many broken."""

    gone: int = 0
    damaged: int = 0


def reserve(
    session: Session,
    *,
    resource_id: int,
    school_id: int,
    starts_on: dt.date,
    due_on: dt.date,
    today: dt.date,
    person_id: int | None = None,
    notes: str = "",
) -> int:
    """Book a resource for a school; it is handed out later.

    Returns:
        The loan's id.

    Raises:
        BadInput: the days are taken (R-LOAN-1), or it would be due when school is closed; `field` names it.
        Refused: the resource is not in use any more.
    """
    resource = one_resource(session, resource_id)
    if resource.retired_on is not None:
        raise Refused(f"{resource.name} was retired on {long_date(resource.retired_on)}: it cannot be lent.")
    request = LoanFact(0, resource_id, resource.name, school_id, "", starts_on, due_on)
    _require_possible(session, request, today)
    values = {
        "resource_id": resource_id,
        "school_id": school_id,
        "person_id": person_id,
        "starts_on": starts_on,
        "due_on": due_on,
        "notes": notes,
    }
    return records.add(session, t.Loan, values)


def lend(
    session: Session,
    *,
    resource_id: int,
    school_id: int,
    starts_on: dt.date,
    due_on: dt.date,
    today: dt.date,
    person_id: int | None = None,
    notes: str = "",
) -> int:
    """Hand a resource to a school and note what goes out with it.

    Returns:
        The loan's id.

    Raises:
        BadInput: as `reserve`; or the day lies ahead.
        Refused: the resource is not in use any more.
    """
    _require_past(starts_on, today, "starts_on", "reserve it for that day instead")
    loan_id = reserve(
        session,
        resource_id=resource_id,
        school_id=school_id,
        starts_on=starts_on,
        due_on=due_on,
        today=today,
        person_id=person_id,
        notes=notes,
    )
    _send_out(session, loan_id, resource_id, starts_on)
    return loan_id


def hand_out(session: Session, loan_id: int, on: dt.date, today: dt.date) -> None:
    """Hand out what was reserved, on the day it was booked for or another.

    Raises:
        BadInput: the day lies ahead, or after the loan is due; or another loan keeps the resource (R-LOAN-1).
        Refused: it is out already, back, or cancelled.
    """
    loan = _require_move(session, loan_id, LoanMove.HAND_OUT, today)
    _require_past(on, today, "out_on", "wait for that day")
    if on > loan.due_on:
        raise BadInput(f"It was due back on {long_date(loan.due_on)}: give it a later day first.", "due_on")
    fact = replace(_fact(session, loan), starts_on=min(on, loan.starts_on))
    _require_free(session, fact, today, "out_on")
    _send_out(session, loan_id, loan.resource_id, on)


def extend(session: Session, loan_id: int, due_on: dt.date, today: dt.date) -> None:
    """Let a loan fall due on another day; nothing is returned for it.

    Raises:
        BadInput: school is closed that day, or the resource is promised to another school (R-LOAN-1).
        Refused: the loan is over.
    """
    loan = _require_move(session, loan_id, LoanMove.EXTEND, today)
    fact = replace(_fact(session, loan), due_on=due_on)
    _require_possible(session, fact, today)
    records.change(session, t.Loan, loan_id, {"due_on": due_on})


def cancel(session: Session, loan_id: int, today: dt.date) -> None:
    """Cancel a reservation.

    Raises:
        Refused: it is out, so it has to be checked in; or it is over.
    """
    _require_move(session, loan_id, LoanMove.CANCEL, today)
    records.change(session, t.Loan, loan_id, {"cancelled_on": today})


def check_in(
    session: Session,
    loan_id: int,
    on: dt.date,
    counted: Mapping[int, Counted],
    today: dt.date,
    *,
    notes: str | None = None,
) -> None:
    """Take a loan back, and note of each part what is missing, used up or damaged (R-LOAN-2, R-LOAN-3).

    Args:
        session: inside the transaction.
        loan_id: the loan.
        on: the day it came back.
        counted: what is not as it went out, by the part's id; all other parts are back and whole.
        today: the day it is.
        notes: the loan's notes from now on; None leaves them.

    Raises:
        BadInput: the day cannot be, or more is missing or broken than went out; the field is then
            "gone/ID" or "damaged/ID", with the part's id.
        Refused: it is not out.
    """
    loan = _require_move(session, loan_id, LoanMove.CHECK_IN, today)
    _require_past(on, today, "back_on", "check it in on the day it comes")
    if loan.out_on is not None and on < loan.out_on:
        raise BadInput(f"It went out on {long_date(loan.out_on)}: it cannot be back before.", "back_on")
    parts = parts_out(session, loan)
    _require_counted(loan, parts, counted)
    scheme = Book(session).scheme(on)
    for part in parts:
        _store_line(session, loan_id, part, counted.get(part.kit_item_id, Counted()), scheme)
    values: dict[str, object] = {"back_on": on}
    if notes is not None:
        values["notes"] = notes
    records.change(session, t.Loan, loan_id, values)


def add_loan(session: Session, values: Values, today: dt.date) -> int:
    """Write a loan down whole, such as one that is over; it must have been possible (R-LOAN-1).

    Returns:
        The loan's id.

    Raises:
        BadInput: a value does not fit, or another loan keeps the resource on these days.
    """
    _require_order(values)
    loan_id = records.add(session, t.Loan, values)
    loan = one_loan(session, loan_id)
    if loan.back_on is None and loan.cancelled_on is None:
        checked_due(loan.due_on, loan.starts_on, Book(session).calendar(loan.school_id))
    if loan.cancelled_on is None:
        _require_free(session, _fact(session, loan), today, "starts_on")
    return loan_id


def change_loan(
    session: Session, loan_id: int, values: Values, before: Values | None, today: dt.date
) -> None:
    """Correct a loan in its form; it must still be possible (R-LOAN-1).

    Raises:
        BadInput: a value does not fit, or another loan keeps the resource on these days.
        Changed: it was changed since the form was opened.
    """
    was = records.kept(session, "loan", loan_id).values
    now = {**was, **values}
    _require_order(now)
    if now["due_on"] != was["due_on"] and now["back_on"] is None:
        checked_due(now["due_on"], now["starts_on"], Book(session).calendar(now["school_id"]))
    records.change(session, t.Loan, loan_id, values, before)
    loan = one_loan(session, loan_id)
    if loan.cancelled_on is None:
        _require_free(session, _fact(session, loan), today, "starts_on")


def restock(session: Session, resource_id: int, on: dt.date) -> int:
    """Note that what was lost, broken or used up on loan has been replaced.

    Returns:
        How many parts were made up.

    Raises:
        Refused: the kit is short of nothing.
    """
    short = shortages(session, resource_id)
    if not short:
        raise Refused(f"{one_resource(session, resource_id).name} is short of nothing.")
    asked = (
        select(t.LoanLine)
        .join(t.Loan, col(t.Loan.id) == col(t.LoanLine.loan_id))
        .where(
            col(t.Loan.back_on).is_not(None),
            col(t.LoanLine.replaced_on).is_(None),
            col(t.LoanLine.kit_item_id).in_(short),
        )
    )
    for line in session.exec(asked).all():
        if (line.in_quantity or 0) < line.out_quantity or line.damaged:
            line.replaced_on = on
    session.flush()
    return len(short)


# -- inside


def _require_move(session: Session, loan_id: int, move: LoanMove, today: dt.date) -> t.Loan:
    loan = one_loan(session, loan_id)
    state = loan_state(_fact(session, loan), today)
    if move in loan_moves(state):
        return loan
    way = {
        LoanState.OUT: "it is out, so check it in",
        LoanState.OVERDUE: "it is out, so check it in",
        LoanState.RESERVED: "it is reserved and has not been handed out",
        LoanState.RETURNED: "it is back already",
        LoanState.CANCELLED: "it was cancelled",
    }[state]
    raise Refused(f"Loan {loan.code} cannot do that: {way}.")


def _require_order(values: Values) -> None:
    first, due, out, back = (values.get(name) for name in ("starts_on", "due_on", "out_on", "back_on"))
    if first and due and due < first:
        raise BadInput("It cannot be due before it starts: choose a later day.", "due_on")
    if back and not out:
        raise BadInput("Enter the day it went out, if it is back.", "out_on")
    if out and back and back < out:
        raise BadInput("It cannot be back before it went out: choose a later day.", "back_on")


def _require_past(day: dt.date, today: dt.date, field: str, instead: str) -> None:
    if day > today:
        raise BadInput(f"{long_date(day)} lies ahead: {instead}.", field)


def _require_possible(session: Session, fact: LoanFact, today: dt.date) -> None:
    checked_due(fact.due_on, fact.starts_on, Book(session).calendar(fact.school_id))
    _require_free(session, fact, today, "starts_on" if not fact.id else "due_on")


def _require_free(session: Session, fact: LoanFact, today: dt.date, field: str) -> None:
    first = min(fact.starts_on, fact.out_on or fact.starts_on)
    if fact.back_on is not None:
        # what is over keeps the days that it took, and no others
        fact = replace(fact, starts_on=first, due_on=max(fact.back_on - dt.timedelta(days=1), first))
        if fact.back_on == first:
            return
    others = loans_holding(session, fact.resource_id, first)
    verdict = booking_verdict(others, fact, Book(session).calendar(), today)
    if verdict is not None:
        raise BadInput(verdict.text, field)


def _fact(session: Session, loan: t.Loan) -> LoanFact:
    return fact_of(loan, one_resource(session, loan.resource_id).name, "")


def _send_out(session: Session, loan_id: int, resource_id: int, on: dt.date) -> None:
    """The loan is out, with so many of each part as the kit holds now (R-LOAN-2)."""
    records.change(session, t.Loan, loan_id, {"out_on": on})
    short = shortages(session, resource_id)
    for part in contents(session, resource_id):
        part_id = part.id or 0
        there = max(part.quantity - short.get(part_id, 0), 0)
        values = {"loan_id": loan_id, "kit_item_id": part_id, "out_quantity": there, "charge_p": 0}
        records.add(session, t.LoanLine, values)


def _require_counted(loan: t.Loan, parts: tuple[PartOut, ...], counted: Mapping[int, Counted]) -> None:
    strange = set(counted) - {part.kit_item_id for part in parts}
    if strange:
        raise Refused(f"Loan {loan.code} went out without one of the parts that were counted: open it again.")
    for part in parts:
        count = counted.get(part.kit_item_id, Counted())
        if min(count.gone, count.damaged) < 0:
            raise BadInput(f"{part.name}: a number cannot be less than 0.", f"gone/{part.kit_item_id}")
        if count.gone > part.out:
            raise BadInput(
                f"{part.name}: {count.gone} cannot be gone, {part.out} went out: count again.",
                f"gone/{part.kit_item_id}",
            )
        try:
            line_result(part.fact(count.gone, count.damaged))
        except BadInput as wrong:
            raise BadInput(str(wrong), f"damaged/{part.kit_item_id}") from wrong


def _store_line(session: Session, loan_id: int, part: PartOut, count: Counted, scheme: Scheme) -> None:
    fact = part.fact(count.gone, count.damaged)
    cost = charge([fact], scheme)
    lost = line_result(fact).to_replace
    values = {
        "in_quantity": fact.back,
        "damaged": fact.damaged,
        "charge_p": cost.amount_p,
        "charged_to": cost.charged_to if lost else None,
    }
    there = session.exec(
        select(t.LoanLine.id).where(
            col(t.LoanLine.loan_id) == loan_id, col(t.LoanLine.kit_item_id) == part.kit_item_id
        )
    ).first()
    if there is not None:
        records.change(session, t.LoanLine, there, values)
        return
    known = {"loan_id": loan_id, "kit_item_id": part.kit_item_id, "out_quantity": part.out}
    records.add(session, t.LoanLine, {**known, **values})
