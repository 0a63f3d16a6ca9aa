"""Handing a pack over: frozen with its number, its day, its figures and its paper (R-REV-3)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import year_label
from models.errors import Changed, Refused
from models.formats import long_date
from models.queries.book import Book
from models.queries.frozen import kept_json
from models.queries.pack import PackData, data_to_issue
from models.services import records
from models.services.attachments import keep_bytes


class Issued(Struct, frozen=True):
    """A pack that was just handed over."""

    id: int
    pack_number: int
    year: int
    version: int

    @property
    def words(self) -> str:
        """`version 1 of the pack for 2024 to 2025`."""
        return f"version {self.version} of the pack for {year_label(self.year)}"


def issue(session: Session, laid_out: PackData, pdf: bytes) -> Issued:
    """Freeze a pack that was laid out a moment ago.

    Args:
        session: inside the transaction.
        laid_out: what the paper was made from, from `data_to_issue`.
        pdf: the paper.

    Raises:
        Changed: the book is another by now, so that the paper would not be its own.
        Refused: it would be dated before its data ends.
    """
    on = _day(laid_out)
    period = laid_out.period
    now = data_to_issue(Book(session), period.year, period.data_to, on, photographs=False)
    if (now.version, now.issued, kept_json(now)) != (laid_out.version, laid_out.issued, kept_json(laid_out)):
        raise Changed("The book was changed while the pack was being laid out: issue it again.")
    number = laid_out.issued.pack_number if laid_out.issued else 0
    pack_id = records.add(
        session,
        t.IssuedPack,
        {
            "pack_number": number,
            "school_year": period.year,
            "version": laid_out.version,
            "issued_on": on,
            "data_to": period.data_to,
            "figures": kept_json(laid_out),
            "changes": laid_out.since.told if laid_out.since else "",
            "sha256": keep_bytes(session, pdf),
        },
    )
    return Issued(pack_id, number, period.year, laid_out.version)


def _day(laid_out: PackData) -> dt.date:
    if laid_out.issued is None:
        raise Refused("This paper is a draft: lay it out to be issued.")
    on, data_to = laid_out.issued.on, laid_out.period.data_to
    if on < data_to:
        raise Refused(f"The pack tells of days up to {long_date(data_to)}: issue it on that day or later.")
    return on
