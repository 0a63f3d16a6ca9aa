"""What is done with the money of a fund: entering, paying, taking back (R-POT, R-LEAD-4, R-TRAV-1).

Amounts are whole pence. Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.errors import BadInput, Refused
from models.formats import long_date
from models.queries.book import Book
from models.queries.money_warnings import fund_verdicts
from models.rules.verdict import Verdict, refused
from models.services import records
from models.services.records import Values
from models.words import ClaimState, EntryState, FundKind

# What both sides of a reversal have in common, or their sum would not be nothing.
IN_COMMON = ("fund_id", "direction", "heading", "amount_p", "state", "reverses_id")
# What a reversal takes over from the entry that it takes back.
TAKEN_OVER = (
    "fund_id", "direction", "heading", "amount_p", "vat_p", "payee", "school_id", "decision_id", "claim_id",
    "cpd_session_id", "resource_id",
)  # fmt: skip


@contextmanager
def held_to_fund_rules(session: Session, years: Iterable[int]) -> Iterator[None]:
    """Refuse what is done inside, if it brings in something that a rule of the funds refuses.

    It looks at all entries of the school years named, whatever the day, and at the answers they rest on. What
    a rule refused before is left alone, so that a book with an old fault can still be worked in.

    Raises:
        Refused: the rules' sentences.
    """
    wanted = sorted(set(years))
    before = _refusals(session, wanted)
    yield
    brought = [one for one in _refusals(session, wanted) if one not in before]
    if brought:
        raise Refused(" ".join(one.text for one in brought))


def _refusals(session: Session, years: Iterable[int]) -> list[Verdict]:
    book = Book(session)
    found = [one for year in years for one in fund_verdicts(book, year, year_bounds(year)[1])]
    return refused(one for one in found if one is not None)


def enter(session: Session, values: Values) -> int:
    """Enter money in or out, planned or paid; its id.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Refused: a rule says no, and nobody wrote why it may pass (`override_reason`).
    """
    _check(session, values)
    with held_to_fund_rules(session, _years(values.get("on"))):
        return records.add(session, t.FundEntry, values)


def amend(session: Session, entry_id: int, values: Values, before: Values | None = None) -> None:
    """Correct an entry; of what takes each other back, fund, heading, amount and state stay as they are.

    Args:
        session: inside the transaction.
        entry_id: the entry.
        values: the fields to store, by name.
        before: the fields as they were when the form was opened.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: it is not there any more, or was changed since.
        Refused: a rule says no, or the entry was taken back.
    """
    now = _entry(session, entry_id)
    other = _other_side(session, entry_id, now)
    if other is not None and any(name in values and values[name] != now[name] for name in IN_COMMON):
        raise Refused(
            f"{now['code']} and {other['code']} take each other back, so fund, heading, amount and state "
            "stay as they are: enter what is right as a new entry."
        )
    merged = {**now, **values}
    _check(session, merged)
    with held_to_fund_rules(session, _years(now["on"], merged["on"])):
        records.change(session, t.FundEntry, entry_id, values, before)


def pay(
    session: Session,
    entry_id: int,
    on: dt.date,
    today: dt.date,
    paid_ref: str = "",
    *,
    override_reason: str = "",
) -> None:
    """Mark a planned entry as paid on a day, with a reference if there is one.

    Extra organisational time from the pot and travel wait for the Advisor (R-LEAD-4, R-TRAV-1). Release is
    paid with its claim, which has been approved.

    Raises:
        BadInput: the day is still to come, or lies before the fund's book.
        Refused: it is paid already, its claim is not, or a rule says no and no reason is given.
    """
    now = _entry(session, entry_id)
    if on > today:
        raise BadInput("Date: this day is still to come: enter the day on which the money went.", "on")
    if now["state"] is EntryState.PAID:
        raise Refused(f"{now['code']} was paid on {long_date(now['on'])} already.")
    if now["claim_id"] is not None:
        claim = records.kept(session, "cover_claim", now["claim_id"]).values
        if claim["state"] is not ClaimState.PAID:
            raise Refused(
                f"{now['code']} pays claim {claim['code']}, which is {claim['state'].label.lower()}: pay the "
                "claim, and this entry goes with it."
            )
    values = {"state": EntryState.PAID, "on": on, "paid_ref": paid_ref or now["paid_ref"]}
    if override_reason.strip():
        values["override_reason"] = override_reason
    amend(session, entry_id, values)


def take_back(session: Session, entry_id: int, on: dt.date, reason: str) -> int:
    """Reverse a paid entry by a new one, which counts against it under the same heading; the new one's id.

    The entry itself stays as it was, so that the account shows both.

    Raises:
        BadInput: there is no reason, or the day lies before the entry's.
        Refused: it is not paid, it is a reversal itself, it was taken back already, or it pays a claim that
            stands: then the claim is taken back, and the entry with it.
    """
    now = _entry(session, entry_id)
    other = _other_side(session, entry_id, now)
    if now["reverses_id"] is not None and other is not None:
        raise Refused(
            f"{now['code']} takes {other['code']} back already: enter what is right as a new entry."
        )
    if now["state"] is not EntryState.PAID:
        raise Refused(f"{now['code']} is only planned: change it, or delete it.")
    if other is not None:
        raise Refused(f"{now['code']} was taken back by {other['code']} already.")
    _require_claim_taken_back(session, now)
    if not reason.strip():
        raise BadInput("Reason: say why it is taken back.", "reason")
    if on < now["on"]:
        raise BadInput(
            f"Date: {now['code']} is of {long_date(now['on'])}: enter that day or a later one.", "on"
        )
    values = {name: now[name] for name in TAKEN_OVER} | {
        "on": on,
        "state": EntryState.PAID,
        "description": f"Takes back {now['code']}: {now['description']}"[:500],
        "reverses_id": entry_id,
        "notes": reason,
    }
    return records.add(session, t.FundEntry, values)


def remove(session: Session, entry_id: int) -> None:
    """Delete an entry; it can be brought back from the Bin.

    Raises:
        Refused: it pays a claim that stands, or another entry takes it back.
        Changed: it is not there any more.
    """
    now = _entry(session, entry_id)
    if now["state"] is EntryState.PAID:
        _require_claim_taken_back(session, now)
    records.remove(session, t.FundEntry, entry_id)


def _require_claim_taken_back(session: Session, now: Values) -> None:
    if now["claim_id"] is None:
        return
    claims = t.metadata.tables["cover_claim"]
    back = session.connection().scalar(select(claims.c.id).where(claims.c.reverses_id == now["claim_id"]))
    claim = records.kept(session, "cover_claim", now["claim_id"]).values
    if back is None and claim["state"] is ClaimState.PAID:
        raise Refused(
            f"{now['code']} pays claim {claim['code']}: take the claim back, and this entry goes with it."
        )


def link_approval(session: Session, entry_id: int, approval_id: int | None) -> None:
    """Say which answer of the Advisor an entry rests on; None: on none.

    Raises:
        Changed: the entry is not there any more.
        Refused: it is paid, and the rules refuse that without the answer it rested on.
    """
    amend(session, entry_id, {"approval_id": approval_id})


def add_fund(session: Session, values: Values) -> int:
    """Start a fund with its opening balance; its id. Of the sponsor's three kinds there is one each.

    Raises:
        BadInput: a value does not fit, or there is such a fund already; `field` names it.
    """
    kind = values.get("kind")
    if kind is not None and kind != FundKind.OTHER:
        funds = t.metadata.tables["fund"]
        there = session.connection().scalar(select(funds.c.name).where(funds.c.kind == kind))
        if there is not None:
            raise BadInput(f"Kind: there is one already, “{there}”: choose “{FundKind.OTHER.label}”.", "kind")
    return records.add(session, t.Fund, values)


def _entry(session: Session, entry_id: int) -> Values:
    return records.kept(session, "fund_entry", entry_id).values


def _other_side(session: Session, entry_id: int, now: Values) -> Values | None:
    """What took an entry back, or what it takes back."""
    if now["reverses_id"] is not None:
        return _entry(session, now["reverses_id"])
    entries = t.metadata.tables["fund_entry"]
    found = session.connection().scalar(select(entries.c.id).where(entries.c.reverses_id == entry_id))
    return None if found is None else _entry(session, found)


def _years(*days: object) -> set[int]:
    return {school_year(day) for day in days if isinstance(day, dt.date)}


def _check(session: Session, values: Values) -> None:
    """Values that must fit together; one by one they are checked by the draft.

    Raises:
        BadInput: VAT above the amount, or a day before the fund's book starts (R-POT-3).
    """
    amount, vat, on = values.get("amount_p"), values.get("vat_p") or 0, values.get("on")
    if isinstance(amount, int) and vat > amount:
        raise BadInput("VAT: it is part of the amount, so it cannot be more than the amount.", "vat_p")
    fund_id = values.get("fund_id")
    if fund_id is None or not isinstance(on, dt.date):
        return
    fund = records.kept(session, "fund", fund_id).values
    if on < fund["opened_on"]:
        raise BadInput(
            f"Date: the book of {fund['name']} starts on {long_date(fund['opened_on'])}, and what was before "
            "is in its opening balance: enter a later day.",
            "on",
        )
