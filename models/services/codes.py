"""The numbers people call records by, such as SC-0012: the next one that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlmodel import Session, select

from models import tables as t

DIGITS = 4  # where no number of its kind is there yet to follow


def next_codes(session: Session, record: type[t.Record], taken: Iterable[str] = ()) -> Iterator[str]:
    """One new code after another, above every one there is and every one in `taken`.

    Numbers are never filled in from below: a gap may be a record that was withdrawn or deleted.
    """
    column = t.metadata.tables[str(record.__tablename__)].c.code
    prefix = str(column.info["prefix"])
    numbered = re.compile(re.escape(prefix) + r"(\d+)", re.ASCII)
    codes = {*session.exec(select(column)), *taken}
    numbers = [found[1] for code in codes if (found := numbered.fullmatch(code))]
    highest = max((int(digits) for digits in numbers), default=0)
    width = max((len(digits) for digits in numbers), default=DIGITS)
    while True:
        highest += 1
        yield f"{prefix}{highest:0{width}}"


def next_code(session: Session, record: type[t.Record]) -> str:
    """The code for one new record, such as SC-0012."""
    return next(next_codes(session, record))
