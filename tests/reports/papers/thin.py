"""A cluster of one school with one meeting, and what the window would print of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from models.queries.papers.choices import offered
from models.services.beginning import Beginning, FirstMeetings, begin
from reports.papers import PAPERS, Subject

DAY = dt.date(2024, 10, 3)
YEAR = 2024


def fill(session) -> None:
    """The least that one enters: a name, the lead school, and the first meeting."""
    begin(
        session,
        Beginning(
            "Heronbrook Cluster",
            "Heronbrook Primary School",
            dt.date(2024, 9, 1),
            meetings=FirstMeetings((dt.date(2024, 11, 14),)),
        ),
    )


def usual(session, key: str, day: dt.date = DAY, year: int = YEAR) -> tuple[Any, ...] | None:
    """What the window would print of first; None where there is nothing to print of."""
    subject = PAPERS[key].subject
    found = offered(session, key, year, lambda: day)
    if subject is Subject.BOOK:
        return ()
    if subject is Subject.YEAR:
        return (year,)
    if subject in {Subject.RESOURCES, Subject.SCHOOLS, Subject.LOANS}:
        return ([one.id for one in found.choices if one.usual],)
    return None if found.usual is None else (found.usual,)
