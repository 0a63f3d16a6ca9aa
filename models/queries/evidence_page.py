"""The evidence tab: what changed and how it is known, with what it shows and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.queries.attachments import FileLine, files_by_id
from models.queries.book import Book
from models.queries.serves import NOTHING, Serves, serves
from models.rules.impact import PRINTS, EvidenceFact, lapsed, permission_verdicts
from models.words import EvidenceKind, PermissionBasis, Reach

_EVIDENCE = t.metadata.tables["evidence"]
SOURCES: Mapping[str, tuple[str, str]] = {
    "meeting_id": ("meeting", "title"),
    "cpd_session_id": ("cpd_session", "title"),
    "resource_id": ("resource", "name"),
    "project_id": ("project", "title"),
    "fund_entry_id": ("fund_entry", "description"),
}
"""By field of the evidence: the table of what it comes from, and what names it there."""


class Source(Struct, frozen=True):
    """What a piece of evidence comes from."""

    table: str
    id: int
    code: str
    title: str


class EvidenceRow(Struct, frozen=True):
    """A line of the list.

    Attributes:
        school: its short name; "" for the cluster's own.
        serves: the aims and focus areas it shows.
        sources: what it comes from.
        file: the photograph or file that goes with it.
        prints: whether the pack prints it (R-DATA-3).
        says: what the rules say of it; "" for nothing.
    """

    id: int
    code: str
    on: dt.date
    kind: EvidenceKind
    text: str
    by_whom: str
    school: str
    reach: Reach | None
    permission: PermissionBasis | None
    consent_until: dt.date | None
    in_pack: bool
    serves: Serves
    sources: tuple[Source, ...]
    file: FileLine | None
    prints: bool
    says: str

    @property
    def state(self) -> str:
        """In a word or two: whether it is in the pack, and if not, why."""
        if self.prints:
            return "In the pack"
        if not self.in_pack:
            return "Left out"
        if self.permission is PermissionBasis.REFUSED:
            return "Refused"
        return "Consent ended" if self.permission in PRINTS else "No permission"

    @property
    def needs_permission(self) -> bool:
        """A photograph meant for the pack that has no basis for printing it."""
        return self.in_pack and not self.prints and self.permission is not PermissionBasis.REFUSED


def evidence_rows(session: Session, year: int) -> tuple[EvidenceRow, ...]:
    """The evidence of a school year, newest first."""
    first, last = year_bounds(year)
    return _rows(session, _EVIDENCE.c.on.between(first, last))


def evidence_year(session: Session, evidence_id: int) -> dt.date | None:
    """The day of a piece of evidence; None if it is not there any more."""
    return session.scalar(select(_EVIDENCE.c.on).where(_EVIDENCE.c.id == evidence_id))


def _rows(session: Session, wanted: ColumnElement[bool]) -> tuple[EvidenceRow, ...]:
    school = t.metadata.tables["school"]
    query = (
        select(_EVIDENCE, school.c.name.label("school"), school.c.short_name.label("short"))
        .outerjoin(school, school.c.id == _EVIDENCE.c.school_id)
        .where(wanted)
        .order_by(_EVIDENCE.c.on.desc(), _EVIDENCE.c.id.desc())
    )
    rows = session.execute(query).all()
    today = Book(session).today()
    shown, sources = serves(session, "evidence"), _sources(session, rows)
    files = files_by_id(session, [row.attachment_id for row in rows if row.attachment_id is not None])
    return tuple(_row(row, shown.get(row.id, NOTHING), sources, files, today) for row in rows)


def _row(
    row: Any,
    shown: Serves,
    sources: Mapping[tuple[str, int], Source],
    files: Mapping[int, FileLine],
    today: dt.date,
) -> EvidenceRow:
    short: str = row.short or row.school or ""
    fact = EvidenceFact(
        row.id or 0, row.code, row.on, row.kind, row.text, row.by_whom, short, row.reach, row.permission,
        row.in_pack, lapsed(row.permission, row.consent_until, today),
    )  # fmt: skip
    said = permission_verdicts([fact])
    return EvidenceRow(
        id=fact.id,
        code=row.code,
        on=row.on,
        kind=row.kind,
        text=row.text,
        by_whom=row.by_whom,
        school=short,
        reach=row.reach,
        permission=row.permission,
        consent_until=row.consent_until,
        in_pack=row.in_pack,
        serves=shown,
        sources=tuple(
            sources[table, key]
            for name, (table, _) in SOURCES.items()
            if (key := getattr(row, name)) is not None and (table, key) in sources
        ),
        file=files.get(row.attachment_id or 0),
        prints=fact.may_print,
        says=said[0].text if said else "",
    )


def _sources(session: Session, rows: Iterable[Any]) -> dict[tuple[str, int], Source]:
    known = list(rows)
    found: dict[tuple[str, int], Source] = {}
    for name, (table, title) in SOURCES.items():
        wanted = {getattr(row, name) for row in known} - {None}
        if wanted:
            stored = t.metadata.tables[table]
            query = select(stored.c.id, stored.c.code, stored.c[title]).where(stored.c.id.in_(wanted))
            for key, code, words in session.execute(query):
                found[table, key] = Source(table, key, code, words)
    return found
