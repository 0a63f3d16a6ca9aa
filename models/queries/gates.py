"""What stands between an entry and its payment: the Advisor's answer, or its absence (R-LEAD-4, R-TRAV-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from models.queries.account import approval_facts, entry_facts
from models.queries.book import Book, remembered
from models.rules.approvals import gate_verdicts
from models.rules.verdict import Verdict
from models.words import EntryState

GATES = frozenset({"R-LEAD-4", "R-TRAV-1"})


@remembered
def gate_says(book: Book, today: dt.date) -> Mapping[int, Verdict]:
    """By entry, what keeps it from being paid, or what is wrong with a payment; nothing where nothing is.

    A planned entry is judged as if it were paid today, for an answer may have come since its date.
    """
    facts = [
        replace(one, on=max(one.on, today)) if one.state is EntryState.PLANNED else one
        for rows in entry_facts(book).values()
        for one in rows
    ]
    found = gate_verdicts(facts, approval_facts(book), book.scheme)
    return {verdict.about.id: verdict for verdict in found if verdict.rule in GATES}
