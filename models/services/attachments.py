"""Files kept with a record: an invoice with its claim, a paper with its meeting (R-COVER-15).

The bytes of a file are kept once, whatever number of records have it; history keeps its name and its sum.
A picture, such as an invoice that was photographed, is kept without what the camera noted in it (R-DATA-3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.filegate import kind_of, safe_name
from models.kept_pictures import as_kept
from models.services import records
from models.services.records import Values

OWNERS: Mapping[str, str] = {
    "approval": "approval_id",
    "cover_claim": "claim_id",
    "fund_entry": "fund_entry_id",
    "meeting": "meeting_id",
    "resource": "resource_id",
}
"""By table: the column that ties a file to a record of it."""


def attach(session: Session, table: str, record_id: int, data: bytes, name: str, caption: str = "") -> int:
    """Keep a file with a record.

    Args:
        session: inside the transaction.
        table: the record's table, one of `OWNERS`.
        record_id: the record.
        data: the file's bytes.
        name: its name; it is made safe.
        caption: what it shows, if its name does not say so.

    Returns:
        The attachment's id.

    Raises:
        BadInput: it is empty, too large, of a kind that is not kept, or kept with this record already.
        Changed: the record is not there any more.
    """
    records.kept(session, table, record_id)
    owner = OWNERS[table]
    data = as_kept(data, name)
    kind_of(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    stored = t.metadata.tables["attachment"]
    there = select(stored.c.name).where(stored.c.sha256 == sha256, stored.c[owner] == record_id)
    twin = session.connection().scalar(there)
    if twin is not None:
        raise BadInput(f"This file is here already, as {twin}.", "name")
    return keep_file(session, data, name, {owner: record_id, "caption": caption})


def keep_file(session: Session, data: bytes, name: str, more: Values | None = None) -> int:
    """Keep a file that a record points to, or that more fields tie to its record.

    Returns:
        The attachment's id.

    Raises:
        BadInput: it is empty, too large, or of a kind that is not kept.
    """
    kind = kind_of(data, name)
    sha256 = keep_bytes(session, data)
    own = {
        "name": safe_name(name, kind),
        "media_type": kind.media_type,
        "size": len(data),
        "sha256": sha256,
    }
    return records.add(session, t.Attachment, {**own, **(more or {})})


def keep_bytes(session: Session, data: bytes) -> str:
    """Keep bytes in the book, once for each content; what they are known by."""
    sha256 = hashlib.sha256(data).hexdigest()
    blob = t.metadata.tables["blob"]
    if session.connection().scalar(select(blob.c.sha256).where(blob.c.sha256 == sha256)) is None:
        session.connection().execute(insert(blob).values(sha256=sha256, data=data))
    return sha256


def describe(session: Session, attachment_id: int, caption: str) -> None:
    """Say what a file shows.

    Raises:
        BadInput: too many words.
        Changed: it is not there any more.
    """
    records.change(session, t.Attachment, attachment_id, {"caption": caption})


def detach(session: Session, attachment_id: int) -> None:
    """Take a file away from its record; it can be brought back from the Bin.

    Raises:
        Changed: it is not there any more.
    """
    records.remove(session, t.Attachment, attachment_id)
