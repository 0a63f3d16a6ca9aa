"""What schools ask for: free Trust resources and further copies (R-RES-1, R-RES-2), wishes (R-RES-9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.formats import count, long_date
from models.queries.bank import trust_facts
from models.queries.book import Book
from models.rules.resources import buy_copy, trust_verdicts
from models.rules.verdict import refused
from models.services import records
from models.services.kits import add_resource
from models.words import OwnerKind, ResourceKind, ResourceLife


def ask_trust(
    session: Session,
    name: str,
    school_ids: Sequence[int],
    requested_on: dt.date,
    *,
    copies: int = 1,
    resource_id: int | None = None,
) -> list[int]:
    """Ask the Trust for a free resource for each of these schools, at £0 to pot and school (R-RES-1).

    Returns:
        The requests' ids.

    Raises:
        BadInput: no school is chosen, or one has asked for it on this day already.
        Refused: more copies than the Trust gives, where the scheme refuses that.
    """
    if not school_ids:
        raise BadInput("Choose at least one school.", "school_id")
    request = t.TrustRequest
    made = []
    for school_id in school_ids:
        there = session.exec(
            select(request.id).where(
                col(request.name) == " ".join(name.split()),
                col(request.school_id) == school_id,
                col(request.requested_on) == requested_on,
            )
        ).first()
        if there is not None:
            raise BadInput(
                f"{Book(session).school_name(school_id)} asked for it on {long_date(requested_on)} already.",
                "school_id",
            )
        values = {
            "name": name,
            "school_id": school_id,
            "resource_id": resource_id,
            "copies": copies,
            "requested_on": requested_on,
        }
        made.append(records.add(session, request, values))
    book = Book(session)
    said = trust_verdicts((fact for _, fact in trust_facts(book).values()), book.scheme(requested_on))
    brought = [one for one in refused(said) if one.about.id in made]
    if brought:
        raise Refused(" ".join(one.text for one in brought))
    return made


def received(session: Session, request_ids: Collection[int], on: dt.date, today: dt.date) -> None:
    """Note that free copies have come (R-RES-1).

    Raises:
        BadInput: the day lies ahead, or before they were asked for.
        Changed: a request is not there any more.
    """
    if on > today:
        raise BadInput(f"{long_date(on)} lies ahead: note it when it has come.", "received_on")
    for row in _requests(session, request_ids):
        if on < row.requested_on:
            raise BadInput(
                f"It was asked for on {long_date(row.requested_on)}: it cannot have come before.",
                "received_on",
            )
        records.change(session, t.TrustRequest, row.id or 0, {"received_on": on})


def request_into_bank(session: Session, request_id: int) -> int:
    """Put a Trust resource into the bank, and tie every request for it to it, so that its use can be noted.

    Returns:
        The resource's id.

    Raises:
        Refused: it is in the bank already.
    """
    row = _requests(session, [request_id])[0]
    if row.resource_id is not None:
        raise Refused(f"{row.name} is in the bank already.")
    made = add_resource(session, {"name": row.name, "kind": ResourceKind.ITEM, "owner": OwnerKind.TRUST})
    same = select(t.TrustRequest.id).where(
        col(t.TrustRequest.name) == row.name, col(t.TrustRequest.resource_id).is_(None)
    )
    for found in session.exec(same).all():
        records.change(session, t.TrustRequest, found or 0, {"resource_id": made})
    return made


def _requests(session: Session, request_ids: Collection[int]) -> Sequence[t.TrustRequest]:
    rows = session.exec(select(t.TrustRequest).where(col(t.TrustRequest.id).in_(request_ids))).all()
    if len(rows) != len(set(request_ids)):
        raise Changed("A request is not there any more: it was deleted, or never saved.")
    return rows


def met(
    session: Session, wanted_ids: Collection[int], on: dt.date, today: dt.date, *, note: str = ""
) -> None:
    """Note that schools have what they wanted (R-RES-9).

    Args:
        session: inside the transaction.
        wanted_ids: the lines of the wanted list.
        on: the day.
        today: the day it is.
        note: how, for example “Paid by E-0012”; added to what is noted there.

    Raises:
        BadInput: the day lies ahead, or before it was asked for.
        Changed: a line is not there any more.
        Refused: a wish was met already.
    """
    if on > today:
        raise BadInput(f"{long_date(on)} lies ahead: note it when it has come.", "filled_on")
    for row in _wishes(session, wanted_ids):
        if row.filled_on is not None:
            raise Refused(f"{row.name} was met on {long_date(row.filled_on)} already.")
        if on < row.raised_on:
            raise BadInput(
                f"It was asked for on {long_date(row.raised_on)}: it cannot have come before.", "filled_on"
            )
        notes = ". ".join(words for words in (row.notes.rstrip(". "), note.strip()) if words)
        records.change(session, t.WantedItem, row.id or 0, {"filled_on": on, "notes": notes})


def buy(
    session: Session,
    wanted_ids: Collection[int],
    on: dt.date,
    today: dt.date,
    *,
    buyer: OwnerKind,
    school_id: int | None = None,
    price_p: int | None = None,
    note: str = "",
) -> int:
    """Meet wishes with one thing that was bought, and put it into the bank (R-RES-2, R-RES-9).

    Args:
        session: inside the transaction.
        wanted_ids: the wishes that it meets; they name one thing.
        on: the day it was bought.
        today: the day it is.
        buyer: the cluster, or a school.
        school_id: the school that bought it.
        price_p: what all of it cost, in pence; None: not entered.
        note: how it was paid, for example “Paid by E-0012”.

    Returns:
        The new resource's id.

    Raises:
        BadInput: no wish is chosen, the buyer is neither, or the day cannot be.
        Changed: a line is not there any more.
    """
    rows = _wishes(session, wanted_ids)
    if not rows:
        raise BadInput("Choose what was bought.", "name")
    copy = buy_copy(buyer, school_id, price_p or 0)
    total = sum(row.quantity for row in rows)
    values = {
        "name": rows[0].name,
        "kind": ResourceKind.ITEM,
        "owner": copy.owner,
        "owner_school_id": copy.owner_school_id,
        "life": ResourceLife.SHARED,
        "replacement_p": price_p,
        "description": f"{count(total, 'piece')}, bought for the wanted list on {long_date(on)}.",
    }
    made = add_resource(session, values)
    code = records.kept(session, "resource", made).values["code"]
    how = ". ".join(words for words in (f"In the bank as {code}", note.strip()) if words)
    met(session, wanted_ids, on, today, note=how)
    return made


def _wishes(session: Session, wanted_ids: Collection[int]) -> Sequence[t.WantedItem]:
    rows = session.exec(
        select(t.WantedItem).where(col(t.WantedItem.id).in_(wanted_ids)).order_by(col(t.WantedItem.id))
    ).all()
    if len(rows) != len(set(wanted_ids)):
        raise Changed("A line of the wanted list is not there any more: it was deleted, or never saved.")
    return rows
