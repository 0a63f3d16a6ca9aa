"""Freezing what is recognised of cover claims that were approved or paid before they came into the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.queries.cover import claims_on, school_terms
from models.rules.cover import recognise_all
from models.words import ClaimState


def freeze_recognised(session: Session, states: Mapping[int, ClaimState]) -> None:
    """Work out what the rules recognise of each claim, and freeze it with the claim's state (R-COVER-13).

    Args:
        session: inside the transaction that stored the claims, as submitted.
        states: the state each claim is to have, approved or paid, by the claim's id.
    """
    book = Book(session)
    facts = claims_on(book, dt.date.max)
    terms = school_terms(book, {fact.year for fact in facts}, dt.date.max)
    splits = recognise_all(facts, book.scheme, terms)
    claims = t.metadata.tables["cover_claim"]
    for claim_id, state in states.items():
        frozen = {"state": state, "approved_p": splits[claim_id].recognised_p}
        session.connection().execute(update(claims).where(claims.c.id == claim_id).values(frozen))
