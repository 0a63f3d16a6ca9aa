"""Asking for PSQM money and answering: first time only, few places (R-PSQM-1, R-PSQM-2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from models import tables as t
from models.calendar import school_year
from models.errors import BadInput, Refused
from models.queries.book import Book
from models.queries.psqm import award_facts, predecessors, request_facts
from models.rules.psqm import next_states, request_verdicts
from models.rules.verdict import About, refused
from models.services import records
from models.words import PsqmState

NEEDS_REASON = frozenset({PsqmState.REFUSED})


def ask_for_psqm(session: Session, values: Mapping[str, Any]) -> int:
    """Enter a school's request for PSQM money.

    Returns:
        The request's id.

    Raises:
        BadInput: a value does not fit; or it would be a renewal and nobody wrote why that is allowed
            (R-PSQM-1), unless it is entered as refused.
    """
    made = records.add(session, t.PsqmRequest, values)
    against = _refusal(session, made)
    if against:
        raise BadInput(f"{against} Enter it as refused, or write why it is allowed.", "override_reason")
    return made


def amend_request(
    session: Session, request_id: int, values: Mapping[str, Any], before: Mapping[str, Any]
) -> None:
    """Put a request right, held to the same rules as a new one.

    Raises:
        BadInput: a value does not fit, or a rule now says no and nobody wrote why it is allowed.
    """
    standing = _refusal(session, request_id)
    records.change(session, t.PsqmRequest, request_id, values, before)
    against = _refusal(session, request_id)
    if against and against != standing:
        raise BadInput(f"{against} Enter it as refused, or write why it is allowed.", "override_reason")


def answer_psqm(session: Session, request_id: int, to: PsqmState, reason: str = "") -> None:
    """Fund a request, put it on the waiting list, refuse or withdraw it (R-PSQM-2).

    Args:
        session: inside the transaction.
        request_id: the request.
        to: its new state.
        reason: why; needed to refuse it.

    Raises:
        BadInput: it is to be refused without a reason.
        Refused: it cannot go to that state, or a rule says no.
    """
    request = records.kept(session, "psqm_request", request_id).values
    state: PsqmState = request["state"]
    if to not in next_states(state):
        raise Refused(f"This request is {state.label.lower()}: it cannot become {to.label.lower()}.")
    if to in NEEDS_REASON and not reason.strip():
        raise BadInput("Write why it is refused, so that the school knows.", "reason")
    values = {"state": to} | ({"reason": reason} if reason.strip() else {})
    records.change(session, t.PsqmRequest, request_id, values)
    if against := _refusal(session, request_id):
        raise Refused(against)


def _refusal(session: Session, request_id: int) -> str:
    """What a rule says against a request as it now stands; "" for nothing."""
    book = Book(session)
    known = request_facts(book)
    year = next(school_year(one.requested_on) for one in known if one.id == request_id)
    found = request_verdicts(known, award_facts(book), predecessors(book), book.scheme_of(year))
    about = About("psqm_request", request_id)
    return " ".join(verdict.text for verdict in refused(found) if verdict.about == about)
