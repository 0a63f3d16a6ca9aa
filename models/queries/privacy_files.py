"""The files that belong to a person or name her: each is looked at before a name goes (safety.md, 4 G3)."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select
from sqlmodel import Session

from models import tables as t
from models.filegate import EXCEL, MAIL, TEXT, WORD
from models.queries.privacy_names import text_columns
from models.rules.privacy import Mentions
from models.services.attachments import OWNERS

MOST_UNPACKED = 20_000_000  # bytes of a document's parts that are read
_TABLES = t.metadata.tables
_FILE, _BLOB = _TABLES["attachment"], _TABLES["blob"]
_END, _TAG = re.compile(r"</(?:w:p|si|row)>"), re.compile(r"<[^>]*>")


class PersonFile(Struct, frozen=True):
    """A file to look at.

    Attributes:
        id, code, name: which it is.
        where: the record it belongs to: “cover claim SC-0012”; "" for none.
        why: what ties it to the person, in words.
        readable: its words could be read here; of a PDF or picture they cannot.
    """

    id: int
    code: str
    name: str
    where: str
    why: str
    readable: bool


def files_about(session: Session, person_id: int, mentions: Mentions) -> tuple[PersonFile, ...]:
    """The files of a person's claims, of records that name her, and those that name her themselves."""
    tied = _tied(session, person_id, mentions)
    rows = session.execute(select(_FILE).order_by(_FILE.c.id)).all()
    found = []
    for row in rows:
        where, why = _owner(session, row), tied.get(row.id, "")
        if mentions.names_her(f"{row.name}\n{row.caption}"):
            why = "its name or caption names her or him"
        readable = row.media_type in {kind.media_type for kind in (TEXT, MAIL, WORD, EXCEL)}
        if not why and readable and mentions.names_her(words_in(_bytes(session, row.sha256), row.media_type)):
            why = "its words name her or him"
        if why:
            found.append(PersonFile(row.id, row.code, row.name, where, why, readable))
    return tuple(found)


def unread(session: Session) -> int:
    """How many files of the book cannot be read here, because they are PDFs or pictures."""
    kinds = session.scalars(select(_FILE.c.media_type)).all()
    return sum(kind == "application/pdf" or kind.startswith("image/") for kind in kinds)


def words_in(data: bytes, media_type: str) -> str:
    """The words of a text, an e-mail or an Office document; "" of anything else, or of a broken one."""
    if media_type in {TEXT.media_type, MAIL.media_type}:
        return data.decode("utf-8", "replace")
    if media_type not in {WORD.media_type, EXCEL.media_type}:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            inside = [one for one in parts.infolist() if one.filename.endswith(".xml")]
            if sum(one.file_size for one in inside) > MOST_UNPACKED:
                return ""
            text = "\n".join(parts.read(one).decode("utf-8", "replace") for one in inside)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    return _TAG.sub("", _END.sub("\n", text))


def _tied(session: Session, person_id: int, mentions: Mentions) -> dict[int, str]:
    """By file: how the record that it belongs to is tied to the person."""
    claims, evidence = _TABLES["cover_claim"], _TABLES["evidence"]
    found: dict[int, str] = {}
    hers = (
        select(_FILE.c.id)
        .join(claims, claims.c.id == _FILE.c.claim_id)
        .where(claims.c.person_id == person_id)
    )
    found |= dict.fromkeys(session.scalars(hers), "it belongs to a claim for her or his cover")
    for row in session.execute(select(evidence).where(evidence.c.attachment_id.is_not(None))):
        if mentions.names_her(f"{row.text}\n{row.by_whom}"):
            found[row.attachment_id] = "it belongs to evidence that names her or him"
    for owner in ("fund_entry", "approval"):
        table = _TABLES[owner]
        for row in session.execute(
            select(_FILE.c.id.label("file_id"), *(table.c[name] for name in text_columns(table))).join(
                table, table.c.id == _FILE.c[OWNERS[owner]]
            )
        ):
            if mentions.names_her("\n".join(str(words) for words in row[1:])):
                found[row.file_id] = "it belongs to a record that names her or him"
    return found


def _owner(session: Session, row: Row[Any]) -> str:
    for table, column in OWNERS.items():
        owner_id = getattr(row, column)
        if owner_id is not None:
            code = session.scalar(select(_TABLES[table].c.code).where(_TABLES[table].c.id == owner_id))
            return f"{table.replace('_', ' ')} {code}"
    evidence = _TABLES["evidence"]
    code = session.scalar(select(evidence.c.code).where(evidence.c.attachment_id == row.id))
    return f"evidence {code}" if code else ""


def _bytes(session: Session, sha256: str) -> bytes:
    return bytes(session.scalar(select(_BLOB.c.data).where(_BLOB.c.sha256 == sha256)) or b"")
