"""Where one person is named in the book: the people to tell apart, and the texts that may name somebody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Table, Text, select, text
from sqlmodel import Session

from models import tables as t
from models.errors import Changed
from models.rules.privacy import Identity, Mentions

_PERSON = t.metadata.tables["person"]
_MARKS = frozenset({"code", "sha256", "media_type", "key", "value"})  # texts that are no words of anybody


def mentions_of(
    session: Session, person_id: int, also: Iterable[str] = (), *, earlier: bool = False
) -> Mentions:
    """What finds a person in texts.

    Args:
        session: where to ask.
        person_id: the person.
        also: other ways in which people write the name.
        earlier: by names and addresses too that the record had before, and that are nobody else's now.

    Raises:
        Changed: the person is not there any more, and history does not know of one.
    """
    rows = session.execute(select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.email, _PERSON.c.phone)).all()
    known = {row.id: Identity(row.name, row.email, row.phone) for row in rows}
    gone = deleted_people(session)
    own = known.pop(person_id, None) or gone.pop(person_id, None)
    if own is None:
        raise Changed("This person is not there any more: the record was deleted.")
    written = [*also, *(_earlier(session, person_id) if earlier else ())]
    taken = {one.name for one in known.values()}
    wanted = tuple(words.strip() for words in written if words.strip() and words not in taken)
    others = list(known.values())
    if not earlier:  # of a record that was entered twice and deleted once, the name is still hers
        others += [one for one in gone.values() if one.name.casefold() != own.name.casefold()]
    return Mentions(Identity(own.name, own.email, own.phone, wanted), others)


def deleted_people(session: Session) -> dict[int, Identity]:
    """The people whose records were deleted and whom history still names, by id: those in the Bin, too."""
    images = text(
        "SELECT row_id, before FROM change c WHERE table_name = 'person' AND after IS NULL "
        "AND before IS NOT NULL AND step_id = (SELECT max(step_id) FROM change "
        "WHERE table_name = 'person' AND row_id = c.row_id)"
    )
    found = {int(row_id): json.loads(image) for row_id, image in session.execute(images)}
    return {
        row_id: Identity(one["name"], one.get("email") or "", one.get("phone") or "")
        for row_id, one in sorted(found.items())
    }


def _earlier(session: Session, person_id: int) -> set[str]:
    """What history knows of the names and addresses of a person."""
    images = text(
        "SELECT before FROM change WHERE table_name = 'person' AND row_id = :id AND before IS NOT NULL"
    )
    rows = [json.loads(image) for image in session.scalars(images, {"id": person_id})]
    return {str(row[name]) for row in rows for name in ("name", "email") if row.get(name)}


@cache
def text_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table in which people write words."""
    return tuple(
        column.name
        for column in table.columns
        if type(column.type) is Text and not column.foreign_keys and column.name not in _MARKS
    )


@cache
def person_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table that point to a person."""
    return tuple(c.name for c in table.columns for key in c.foreign_keys if key.column.table is _PERSON)
