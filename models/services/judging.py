"""Holding an action to the rules: what a rule refuses is not saved, unless somebody recorded why it may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlmodel import Session

from models.errors import Refused
from models.queries.book import Book
from models.queries.warnings import all_verdicts
from models.rules.verdict import Verdict, refused


@contextmanager
def held_to_rules(session: Session, clock: Callable[[], dt.date] = dt.date.today) -> Iterator[None]:
    """Refuse what is done inside, if it brings in something that a rule refuses.

    What a rule refused before is left alone, so that a book with an old fault can still be worked in.

    Raises:
        Refused: the rules' sentences.
    """
    before = _refusals(session, clock)
    yield
    session.flush()
    session.expire_all()
    brought = [verdict for verdict in _refusals(session, clock) if verdict not in before]
    if brought:
        raise Refused(" ".join(verdict.text for verdict in brought))


def _refusals(session: Session, clock: Callable[[], dt.date]) -> list[Verdict]:
    book = Book(session)
    return refused(all_verdicts(book, book.today(clock)))
