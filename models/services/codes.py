"""The numbers people call records by, such as SC-0012: the next one that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, select

from models import tables as t
from models.words import ResourceKind

DIGITS = 4  # where no number of its kind is there yet to follow
BEFORE_FIRST: Mapping[ResourceKind, str] = {
    ResourceKind.ITEM: "ITEM-00",
    ResourceKind.KIT: "KIT-00",
    ResourceKind.QUICK_ENQUIRY: "QE-00",
    ResourceKind.PLAN: "PLAN-00",
    ResourceKind.BOOK: "BOOK-00",
}
"""What the first label of each kind in the bank follows: the first kit is KIT-01."""


def next_codes(
    session: Session, record: type[t.Record], taken: Iterable[str] = (), *, like: str = ""
) -> Iterator[str]:
    """One new code after another, above every one there is and every one in `taken`.

    Numbers are never filled in from below: a gap may be a record that was withdrawn or deleted.

    Args:
        session: the book's.
        record: the kind of record.
        taken: codes that are spoken for.
        like: a code whose series to follow, such as KIT-11; without it that of the table.
    """
    column = t.metadata.tables[str(record.__tablename__)].c.code
    prefix = series(like) or str(column.info["prefix"])
    numbered = re.compile(re.escape(prefix) + r"(\d+)", re.ASCII)
    codes = {*session.exec(select(column)), *taken}
    numbers = [found[1] for code in codes if (found := numbered.fullmatch(code))]
    highest = max((int(digits) for digits in numbers), default=0)
    usual = len(like) - len(prefix) if series(like) else DIGITS
    width = max((len(digits) for digits in numbers), default=usual)
    while True:
        highest += 1
        yield f"{prefix}{highest:0{width}}"


def series(code: str) -> str:
    """What stands before a code's number: `KIT-` of KIT-11; "" of one that does not end in a number."""
    found = re.fullmatch(r"(.*?)\d+", code, re.ASCII)
    return found[1] if found else ""


def next_code(session: Session, record: type[t.Record], *, like: str = "") -> str:
    """The code for one new record, such as SC-0012; `like` KIT-11, then KIT-12."""
    return next(next_codes(session, record, like=like))
