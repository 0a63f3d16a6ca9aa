"""How a year's pack is put together: the order of its parts, those left out, and the cluster's logo."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.filegate import JPEG, PNG, kind_of
from models.rules.arrangement import Arrangement
from models.services import records
from models.services.attachments import detach, keep_file

_PART = t.metadata.tables["pack_part"]
_CLUSTER = t.metadata.tables["cluster"]


def arrange(session: Session, year: int, wanted: Arrangement) -> None:
    """Keep the order of the parts of a year's pack, and which are left out."""
    connection = session.connection()
    stored = {row.part: row for row in connection.execute(select(_PART).where(_PART.c.school_year == year))}
    rows = {one.part: {"position": one.position, "left_out": one.left_out} for one in wanted.placed}
    for part, row in stored.items():
        if part not in rows:
            connection.execute(delete(_PART).where(_PART.c.id == row.id))
        else:
            records.change(session, t.PackPart, row.id, rows[part])
    for part in rows.keys() - stored.keys():
        draft = t.PackPartDraft.checked(school_year=year, part=part, **rows[part])
        connection.execute(insert(_PART).values(draft.model_dump()))
    session.expire_all()


def set_logo(session: Session, data: bytes, name: str) -> None:
    """Keep a picture as the cluster's logo, in the place of the one before.

    Raises:
        BadInput: it is no PNG or JPEG, too large, or damaged.
        Changed: there is no cluster in the book.
    """
    from models.pictures import Unprintable, print_copy  # slow to load, and seldom needed

    if kind_of(data, name) not in (PNG, JPEG):
        raise BadInput(f"{name} is no PNG or JPEG picture: save the logo as one of these.", "name")
    try:
        print_copy(data)
    except Unprintable as error:
        raise BadInput(f"{name} cannot be printed: {error}.", "name") from error
    before = _logo(session)
    _point_to(session, keep_file(session, data, name))
    if before is not None:
        detach(session, before)


def take_logo(session: Session) -> None:
    """Take the logo off the cover; it can be brought back by Undo."""
    before = _logo(session)
    _point_to(session, None)
    if before is not None:
        detach(session, before)


def _logo(session: Session) -> int | None:
    return session.connection().scalar(select(_CLUSTER.c.logo_id))


def _point_to(session: Session, attachment_id: int | None) -> None:
    cluster_id = session.connection().scalar(select(_CLUSTER.c.id))
    records.change(session, t.Cluster, cluster_id or 0, {"logo_id": attachment_id})
