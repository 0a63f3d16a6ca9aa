"""The files kept with records: what there is, and the bytes of one when somebody opens it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from models import tables as t
from models.errors import Changed, Refused
from models.filegate import ALL
from models.services.attachments import OWNERS

_FILE = t.metadata.tables["attachment"]


class FileLine(Struct, frozen=True):
    """A file as a list shows it.

    Attributes:
        kind: what it is in words: “PDF”.
        size: in bytes.
        picture: it can be looked at as a picture.
    """

    id: int
    code: str
    name: str
    kind: str
    size: int
    caption: str
    picture: bool = False


class FileContent(Struct, frozen=True):
    """A file to be opened or saved."""

    name: str
    media_type: str
    data: bytes


def files_of(session: Session, table: str, record_id: int) -> tuple[FileLine, ...]:
    """The files kept with a record, in the order in which they were added."""
    return _lines(session, _FILE.c[OWNERS[table]] == record_id)


def files_by_id(session: Session, ids: Iterable[int]) -> dict[int, FileLine]:
    """Files that records point to, by their ids."""
    return {one.id: one for one in _lines(session, _FILE.c.id.in_(list(ids)))}


def holders(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The record that holds each file: its table and its number. A file that no record holds is left out."""
    wanted = list(ids)
    found: dict[int, tuple[str, int]] = {}
    photographs = t.metadata.tables["evidence"]
    with_evidence = select(photographs.c.attachment_id, photographs.c.id).where(
        photographs.c.attachment_id.in_(wanted)
    )
    found.update({row[0]: ("evidence", row[1]) for row in session.execute(with_evidence)})
    for table, column in OWNERS.items():
        link = _FILE.c[column]
        held = select(_FILE.c.id, link).where(_FILE.c.id.in_(wanted), link.is_not(None))
        found.update({row[0]: (table, row[1]) for row in session.execute(held)})
    return found


def _lines(session: Session, which: ColumnElement[bool]) -> tuple[FileLine, ...]:
    wanted = (
        select(_FILE.c.id, _FILE.c.code, _FILE.c.name, _FILE.c.media_type, _FILE.c.size, _FILE.c.caption)
        .where(which)
        .order_by(_FILE.c.id)
    )
    kinds = {kind.media_type: kind.words for kind in ALL}
    return tuple(
        FileLine(
            row.id, row.code, row.name, kinds.get(row.media_type, "File"), row.size, row.caption,
            picture=row.media_type.startswith("image/"),
        )
        for row in session.execute(wanted)
    )  # fmt: skip


def file_counts(session: Session, table: str) -> dict[int, int]:
    """How many files each record of a table has; records without any are left out."""
    owner = _FILE.c[OWNERS[table]]
    counted = select(owner, func.count()).where(owner.is_not(None)).group_by(owner)
    return {row[0]: row[1] for row in session.execute(counted)}


def content(session: Session, attachment_id: int) -> FileContent:
    """The bytes of a file, held against the sum that was written down when it was added.

    Raises:
        Changed: it is not there any more.
        Refused: its bytes are damaged.
    """
    blob = t.metadata.tables["blob"]
    wanted = (
        select(_FILE.c.name, _FILE.c.media_type, _FILE.c.sha256, blob.c.data)
        .join(blob, blob.c.sha256 == _FILE.c.sha256)
        .where(_FILE.c.id == attachment_id)
    )
    row = session.execute(wanted).first()
    if row is None:
        raise Changed("This file is not there any more: it was removed.")
    if hashlib.sha256(row.data).hexdigest() != row.sha256:
        raise Refused(f"{row.name} is damaged in the book: restore a backup, or attach it again.")
    return FileContent(row.name, row.media_type, row.data)
