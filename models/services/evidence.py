"""What shows that something changed, with the photograph or file that goes with it (R-IMP-7, R-DATA-3).

A picture is a photograph, whatever it was called before: it prints only with a basis for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.filegate import kind_of
from models.kept_pictures import as_kept
from models.services import records, serving
from models.services.attachments import detach, keep_file
from models.services.records import Values
from models.words import EvidenceKind, PermissionBasis

_EVIDENCE, _FILE = t.metadata.tables["evidence"], t.metadata.tables["attachment"]
PICTURES = "image/"


class File(Struct, frozen=True):
    """A file as it was chosen: its bytes and its name. Of a picture the dots alone are kept (`as_kept`)."""

    data: bytes
    name: str


class Around(Struct, frozen=True):
    """What is entered with a piece of evidence besides its own fields.

    Attributes:
        file: a photograph or file to go with it; None leaves the one there is.
        serves: the wordings of aims and the focus areas that it shows; None leaves its links as they are.
    """

    file: File | None = None
    serves: tuple[Collection[int], Collection[int]] | None = None


def add(session: Session, values: Values, around: Around) -> int:
    """Enter evidence, with its file and what it shows, in one step.

    Returns:
        Its id.

    Raises:
        BadInput: a value does not fit, it says nothing, or the file cannot be kept.
    """
    _require_something(values, around.file)
    evidence_id = records.add(session, t.Evidence, values)
    _add_around(session, evidence_id, around)
    return evidence_id


def change(session: Session, evidence_id: int, values: Values, before: Values, around: Around) -> None:
    """Store evidence anew, with what it shows, in one step.

    Raises:
        BadInput: a value does not fit, it says nothing, a picture is called something else than a photograph,
            or the file cannot be kept.
        Changed: it is not there any more, or was changed since.
    """
    now = records.kept(session, "evidence", evidence_id).values
    if around.file is None and now["attachment_id"] is None:
        _require_something({**now, **values}, None)
    if around.file is None and _is_picture(session, now["attachment_id"]):
        _require_photo({**now, **values})
    records.change(session, t.Evidence, evidence_id, values, before)
    _add_around(session, evidence_id, around)


def attach(session: Session, evidence_id: int, file: File) -> int:
    """Keep a photograph or file with evidence, in the place of the one before, which goes to the Bin.

    Returns:
        The attachment's id.

    Raises:
        BadInput: the file cannot be kept.
        Changed: the evidence is not there any more.
    """
    now = records.kept(session, "evidence", evidence_id).values
    data = as_kept(file.data, file.name)
    picture = kind_of(data, file.name).media_type.startswith(PICTURES)
    kept = keep_file(session, data, file.name)
    values = {"attachment_id": kept, "kind": _kind(now["kind"], picture=picture)}
    records.change(session, t.Evidence, evidence_id, values)
    _let_go(session, now["attachment_id"])
    return kept


def take_file(session: Session, evidence_id: int) -> None:
    """Take the file away from evidence; it can be brought back by Undo. Words stay, as words.

    Raises:
        BadInput: nothing would be left of it.
        Changed: it is not there any more.
    """
    now = records.kept(session, "evidence", evidence_id).values
    _require_something(now, None)
    filed = now["kind"] in {EvidenceKind.PHOTO, EvidenceKind.FILE}
    kind = EvidenceKind.WORDS if filed else now["kind"]
    records.change(session, t.Evidence, evidence_id, {"attachment_id": None, "kind": kind})
    _let_go(session, now["attachment_id"])


def permit(
    session: Session, evidence_id: int, basis: PermissionBasis | None, until: dt.date | None = None
) -> None:
    """Say on what basis a photograph may be used; refused or none, and it never prints (R-DATA-3).

    `until` is the last day of a consent that has an end; after it the photograph is not printed either.

    Raises:
        Changed: it is not there any more.
    """
    records.change(session, t.Evidence, evidence_id, {"permission": basis, "consent_until": until})


def show_in_pack(session: Session, evidence_id: int, *, shown: bool) -> None:
    """Put evidence into the pack, or leave it out.

    Raises:
        Changed: it is not there any more.
    """
    records.change(session, t.Evidence, evidence_id, {"in_pack": shown})


def remove(session: Session, evidence_id: int) -> None:
    """Delete evidence with its links and its file; all of it can be brought back from the Bin.

    Raises:
        Changed: it is not there any more.
    """
    now = records.kept(session, "evidence", evidence_id).values
    records.remove(session, t.Evidence, evidence_id)
    _let_go(session, now["attachment_id"])


def _add_around(session: Session, evidence_id: int, around: Around) -> None:
    if around.file is not None:
        attach(session, evidence_id, around.file)
    if around.serves is not None:
        serving.serve(session, "evidence", evidence_id, *around.serves)


def _kind(before: EvidenceKind, *, picture: bool) -> EvidenceKind:
    if picture:
        return EvidenceKind.PHOTO
    return EvidenceKind.FILE if before is EvidenceKind.PHOTO else before


def _require_something(values: Values, file: File | None) -> None:
    if not str(values.get("text") or "").strip() and file is None:
        raise BadInput("Write what changed and how you know, or choose a photograph or file.", "text")


def _is_picture(session: Session, attachment_id: int | None) -> bool:
    kind = select(_FILE.c.media_type).where(_FILE.c.id == attachment_id)
    return str(session.connection().scalar(kind) or "").startswith(PICTURES)


def _require_photo(values: Values) -> None:
    if values["kind"] is not EvidenceKind.PHOTO:
        sentence = "A picture goes with this: keep it a photograph, so that it prints only with permission."
        raise BadInput(sentence, "kind")


def _let_go(session: Session, attachment_id: int | None) -> None:
    """Take a file away that no evidence points to any more."""
    if attachment_id is None:
        return
    uses = select(func.count()).where(_EVIDENCE.c.attachment_id == attachment_id)
    if not session.connection().scalar(uses):
        detach(session, attachment_id)
