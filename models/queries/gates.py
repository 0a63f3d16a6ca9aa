"""What stands behind an entry: the schools' decision, the Advisor's answer (R-POT-2, R-LEAD-4, R-TRAV-1)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from models.queries.account import approval_facts, entry_facts
from models.queries.book import Book, remembered
from models.rules.approvals import gate_verdicts
from models.rules.verdict import Verdict
from models.values import replace
from models.words import EntryState

GATES = frozenset({"R-LEAD-4", "R-TRAV-1"})


@remembered
def backing_says(book: Book, today: dt.date) -> Mapping[int, tuple[Verdict, ...]]:
    """By entry, what the rules say of its decision and its approval; nothing where both are there.

    A planned entry is judged as if it were paid today, for an answer may have come since its date.
    """
    facts = [
        replace(one, on=max(one.on, today)) if one.state is EntryState.PLANNED else one
        for rows in entry_facts(book).values()
        for one in rows
    ]
    found: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in gate_verdicts(facts, approval_facts(book), book.scheme):
        found[verdict.about.id].append(verdict)
    return {key: tuple(verdicts) for key, verdicts in found.items()}


@remembered
def gate_says(book: Book, today: dt.date) -> Mapping[int, Verdict]:
    """By entry, what keeps it from being paid, or what is wrong with a payment; nothing where nothing is."""
    return {
        key: verdict
        for key, verdicts in backing_says(book, today).items()
        for verdict in verdicts
        if verdict.rule in GATES
    }
