"""The split of a claim while it is being typed, and what stands against it; nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds
from models.errors import BadInput
from models.queries.book import Book
from models.queries.claim_detail import Said
from models.queries.claim_scope import ClaimBook
from models.queries.claims_page import Meter
from models.queries.cover import claim_fact, claims_on, school_terms
from models.rules.cover import USUAL, SchoolTerms, recognise
from models.rules.cover_checks import beside_verdict, claim_verdicts, duplicate_verdict
from models.rules.cover_facts import NEW, CoverFact, duplicates
from models.rules.cover_use import entitlement
from models.tables.base import draft_of
from models.values import replace

THIS = "This claim"  # what a claim without a number is called in a sentence
NOBODY = 0
AT_ONCE = frozenset({"R-COVER-8", "R-COVER-9", "R-COVER-10", "R-COVER-11"})
"""The rules that are told while a claim is typed: what would stand against it, not what is still to come."""


class LiveSplit(Struct, frozen=True):
    """What would become of a claim as it is typed now. Amounts in pence.

    Attributes:
        cost_p: the cost that counts; `recognised_p` and `school_share_p` make it up (R-COVER-17).
        lacks_cost: nobody has entered what the cover cost: no amount is 0 (R-REV-5).
        explained: sentences on how the recognised amount comes about.
        meter: the school's allowance with this claim in it.
        said: what would stand against it, or should be looked at: clashes first.
    """

    cost_p: int
    recognised_p: int
    school_share_p: int
    lacks_cost: bool
    explained: tuple[str, ...]
    meter: Meter
    said: tuple[Said, ...]


def live_split(
    session: Session, values: Mapping[str, Any], claim_id: int | None, today: dt.date
) -> LiveSplit | None:
    """The split of a claim with these values beside the school's other claims.

    Args:
        session: to read with.
        values: the form's fields; what is not typed yet is missing or None.
        claim_id: the claim being edited; None for a new one.
        today: the day by the clock.

    Returns:
        None while too little is typed to tell.
    """
    typed = _typed(values)
    if typed is None:
        return None
    year = school_year(typed.cover_on)
    last = year_bounds(year)[1]
    book = ClaimBook(session, [year], typed)
    school_id = book.present_id(typed.school_id, last)
    claim = replace(claim_fact(book, typed, typed), school_id=school_id)
    others = [one for one in claims_on(book, last) if one.id != claim_id]
    terms = school_terms(book, {year}, last)
    own_terms = terms.get((school_id, year), USUAL)
    own = [one for one in others if (one.school_id, one.year) == (school_id, year)]
    splits = recognise([*own, claim], book.scheme, own_terms)
    split, left = splits[NEW], entitlement(year, splits.values(), book.scheme, own_terms)
    name = book.short_name(school_id)
    return LiveSplit(
        cost_p=split.cost_p,
        recognised_p=split.recognised_p,
        school_share_p=split.school_share_p,
        lacks_cost=claim.lacks_cost,
        explained=split.reasons,
        meter=Meter(school_id, name, left.allowance_p, left.used_p, left.planned_p, left.left_p, left.blocks),
        said=_said(book, claim, others, terms, today) if claim.person_id != NOBODY else (),
    )


def _typed(values: Mapping[str, Any]) -> t.CoverClaim | None:
    """The form's values as a claim; None while something that matters is missing or does not fit."""
    given = {"person_id": NOBODY} | {name: value for name, value in values.items() if value is not None}
    try:
        draft = draft_of(t.CoverClaim).checked(**{**given, "code": given.get("code") or THIS})
    except BadInput:
        return None
    return t.CoverClaim(**draft.model_dump(), id=NEW)


def _said(
    book: Book,
    claim: CoverFact,
    others: Sequence[CoverFact],
    terms: Mapping[tuple[int, int], SchoolTerms],
    today: dt.date,
) -> tuple[Said, ...]:
    every = [*others, claim]
    first = [duplicate_verdict(claim, duplicates(every).get(NEW)), beside_verdict(claim, others)]
    found = [one for one in first if one is not None]
    day = book.today(lambda: today)
    for verdict in claim_verdicts(every, book.scheme, book.calendar(), day, terms):
        if verdict.about.id == NEW and verdict.rule in AT_ONCE and verdict not in found:
            found.append(verdict)
    return tuple(Said(one.severity, one.text) for one in found)
