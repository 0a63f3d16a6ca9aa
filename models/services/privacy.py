"""A person's name taken out of the book for good; a request to see what it holds, noted (R-DATA-4, G2, G3).

What was done stays, with its days and amounts: no count and no sum changes. It cannot be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import Table, delete, select, text, update
from sqlmodel import Session

from models import tables as t
from models.errors import Refused
from models.formats import long_date
from models.holidays import bank_holidays
from models.queries.privacy_names import mentions_of, text_columns
from models.rules.privacy import Mentions, answer_by, former_number, next_former
from models.services import records
from models.store.erasure import Scrub
from models.store.sql import fill, name
from models.words import ContactKind, EvidenceKind

_TABLES = t.metadata.tables
_PERSON, _FILE, _EVIDENCE = _TABLES["person"], _TABLES["attachment"], _TABLES["evidence"]
_CLUSTER = _TABLES["cluster"]
REMOVED = "Removed"
TAKEN_AWAY = "A photograph or file was here; it was removed with the name of somebody in it."
OWN_WORDS = {
    "person": ("email", "phone", "notes", "organisation"),
    "development_plan": ("goal", "support", "evidence"),
    "strength": ("notes",),
}
"""By table: what says more of the person than the name does, and goes with it."""
ASKED = "Asked to see what is held"
"""How the summary of a noted request begins."""


class Leaver(Struct, frozen=True):
    """Whose name goes.

    Attributes:
        id: the person.
        also: other ways in which people write the name.
        remove: the files that go with the name; all others of hers stay.
    """

    id: int
    also: tuple[str, ...] = ()
    remove: tuple[int, ...] = ()


def anonymise(session: Session, leaver: Leaver) -> Scrub:
    """Give somebody who left a number in place of the name, in every record (R-DATA-4). For `Store.erase`.

    Returns:
        What history must forget.

    Raises:
        Refused: the person has not left, or has no name any more.
        Changed: the person is not there any more.
    """
    now = records.kept(session, "person", leaver.id).values
    if former_number(now["name"]) is not None:
        raise Refused(f"{now['name']} has no name in the book any more.")
    if now["left_on"] is None:
        raise Refused(f"{now['name']} has not left: enter the last day first (Person has left).")
    mentions = mentions_of(session, leaver.id, leaver.also, earlier=True)
    names = session.scalars(select(_PERSON.c.name)).all()
    cleaner = _Cleaner(session, leaver.id, mentions, next_former(names))
    cleaner.wipe_rows(session)
    _remove_files(session, leaver.remove)
    session.expire_all()
    return Scrub(cleaner.clean, tuple(("attachment", file_id) for file_id in leaver.remove))


class _Cleaner:
    """Says of any stored text what may stay of it: the same of a row and of its images."""

    def __init__(self, session: Session, person_id: int, mentions: Mentions, instead: str) -> None:
        self._person_id, self._mentions, self._instead = person_id, mentions, instead
        self._own = {
            "development_plan": _of_person(session, "development_plan", person_id),
            "strength": _of_person(session, "strength", person_id),
            "person": frozenset({person_id}),
        }

    def clean(self, table: str, row_id: int, column: str, words: str) -> str:
        """The text as it may stay."""
        if table == "person" and column == "name":
            return self._instead if row_id == self._person_id else words
        if row_id in self._own.get(table, ()) and column in OWN_WORDS[table]:
            return REMOVED if column == "goal" else ""
        stored = _TABLES.get(table)
        if stored is not None and column not in text_columns(stored):
            return words
        return self._mentions.without_her(words, self._instead)

    def wipe_rows(self, session: Session) -> None:
        """Clean every row of the book."""
        for table in t.RECORDED:
            columns = text_columns(table)
            if not columns:
                continue
            asked = fill("SELECT id, {c} FROM {t}", c=", ".join(map(name, columns)), t=name(table.name))
            for row_id, *texts in session.connection().exec_driver_sql(asked).all():
                self._wipe(session, table, row_id, dict(zip(columns, texts, strict=True)))

    def _wipe(self, session: Session, table: Table, row_id: int, texts: dict[str, Any]) -> None:
        cleaned = {
            name: self.clean(table.name, row_id, name, text)
            for name, text in texts.items()
            if text is not None
        }
        changed = {name: text for name, text in cleaned.items() if text != texts[name]}
        if changed:
            session.execute(update(table).where(table.c.id == row_id).values(changed))


def _of_person(session: Session, table: str, person_id: int) -> frozenset[int]:
    """The rows that are or ever were a person's own."""
    stored = _TABLES[table]
    now = session.scalars(select(stored.c.id).where(stored.c.person_id == person_id))
    then = text(
        "SELECT row_id FROM change WHERE table_name = :table "
        "AND :id IN (json_extract(before, '$.person_id'), json_extract(after, '$.person_id'))"
    )
    return frozenset(now) | frozenset(session.scalars(then, {"table": table, "id": person_id}))


def _remove_files(session: Session, ids: Collection[int]) -> None:
    """Take files out of the book; evidence that has nothing else to say tells that something was there."""
    for file_id in ids:
        for row in session.execute(select(_EVIDENCE).where(_EVIDENCE.c.attachment_id == file_id)).all():
            kind = EvidenceKind.WORDS if row.kind in {EvidenceKind.PHOTO, EvidenceKind.FILE} else row.kind
            values = {"attachment_id": None, "kind": kind, "text": row.text.strip() or TAKEN_AWAY}
            session.execute(update(_EVIDENCE).where(_EVIDENCE.c.id == row.id).values(values))
        session.execute(update(_CLUSTER).where(_CLUSTER.c.logo_id == file_id).values(logo_id=None))
        session.execute(delete(_FILE).where(_FILE.c.id == file_id))


def note_request(session: Session, person_id: int, asked_on: dt.date) -> int:
    """Note in the contacts log that somebody asked what is held, and by when that is to be answered.

    Returns:
        The id of the line.
    """
    by = due_by(asked_on)
    return records.add(
        session,
        t.ContactLog,
        {
            "on": asked_on,
            "kind": ContactKind.OTHER,
            "person_id": person_id,
            "school_id": records.kept(session, "person", person_id).values["school_id"],
            "summary": f"{ASKED}. Answer due by {long_date(by)}.",
        },
    )


def answered(session: Session, contact_ids: Iterable[int], on: dt.date) -> None:
    """Note that what is held was handed over."""
    for contact_id in contact_ids:
        records.change(session, t.ContactLog, contact_id, {"closed_on": on, "outcome": "Handed over."})


def due_by(asked_on: dt.date) -> dt.date:
    """The last day to answer a request of a day."""
    closed = bank_holidays(asked_on, asked_on + dt.timedelta(days=60))
    return answer_by(asked_on, closed.__contains__)
