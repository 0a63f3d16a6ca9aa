"""Shared documents: versions, and which schools agreed them (R-IMP-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.services import records

_DOCUMENT = t.metadata.tables["shared_document"]
_AGREED = t.metadata.tables["document_agreement"]


def add_version(session: Session, document_id: int, issued_on: dt.date | None) -> int:
    """Begin the next version of a document. No school has agreed it yet; older versions stay.

    Returns:
        The id of the new version.

    Raises:
        Changed: the document is not there any more.
    """
    title = records.kept(session, "shared_document", document_id).values["title"]
    newest = select(func.max(_DOCUMENT.c.version)).where(_DOCUMENT.c.title == title)
    version = int(session.connection().scalar(newest) or 0) + 1
    values = {"title": title, "version": version, "issued_on": issued_on}
    return records.add(session, t.SharedDocument, values)


def agree(session: Session, document_id: int, school_ids: Collection[int], on: dt.date) -> int:
    """Say which schools agreed a version; one that did already keeps its day.

    Args:
        session: inside the transaction.
        document_id: the version.
        school_ids: the schools that agreed it, and no others.
        on: the day of the agreements that are new.

    Returns:
        How many agreements are new or taken back.

    Raises:
        BadInput: the day is before the version was issued.
        Changed: the version or a school is not there any more.
    """
    issued_on = records.kept(session, "shared_document", document_id).values["issued_on"]
    rows = session.connection().execute(
        select(_AGREED.c.school_id, _AGREED.c.id).where(_AGREED.c.document_id == document_id)
    )
    known = {row.school_id: row.id for row in rows}
    gone, new = sorted(known.keys() - set(school_ids)), sorted(set(school_ids) - known.keys())
    if new and issued_on is not None and on < issued_on:
        raise BadInput("No school can agree a version before it was issued.", "agreed_on")
    for school_id in gone:
        records.remove(session, t.DocumentAgreement, known[school_id])
    for school_id in new:
        records.kept(session, "school", school_id)
        values = {"document_id": document_id, "school_id": school_id, "agreed_on": on}
        records.add(session, t.DocumentAgreement, values)
    return len(gone) + len(new)
