"""Photographs in the pack: those with a basis for printing, told to everybody, and no others (R-DATA-3)."""

import datetime as dt
import io

import pikepdf
import pytest
from PIL import Image

from models import tables as t
from models.queries.book import Book
from models.queries.pack import pack_data
from models.services import records
from models.services.attachments import keep_file
from models.words import EvidenceKind, PermissionBasis
from reports.pack import build_pack
from tests.reports.pack.factories import STAMP
from tests.reports.pdf_checks import alternatives, assert_sound, words

PRINTED = "Leaves <sorted> & named by their edges"


def jpeg(colour: str, size=(1200, 900)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return target.getvalue()


def enter(session, number: int, data: bytes, permission: PermissionBasis | None, text: str, **more) -> None:
    file = keep_file(session, data, f"photo {number}.jpg")
    values = {"on": dt.date(2025, 3, number), "kind": EvidenceKind.PHOTO, "text": text, "by_whom": "Teacher"}
    records.add(session, t.Evidence, {**values, "permission": permission, "attachment_id": file, **more})


def pictures(paper: bytes) -> list[tuple[int, int]]:
    """The sizes of the pictures in the file, in pixels."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        found = [image for page in pdf.pages for image in page.get_images().values()]
        return sorted((int(one.Width), int(one.Height)) for one in found)


@pytest.fixture
def data(store):
    with store.transaction("Photographs") as (session, _):
        session.add(t.Cluster(name="Teasel Valley"))
        enter(session, 1, jpeg("green"), PermissionBasis.CONSENT, PRINTED)
        enter(session, 2, jpeg("blue", (600, 1200)), PermissionBasis.PUBLIC_TASK, "")
        enter(session, 3, jpeg("red", (400, 100)), None, "No basis entered")
        enter(session, 4, jpeg("black", (400, 200)), PermissionBasis.REFUSED, "A parent said no")
        enter(session, 5, jpeg("white", (400, 300)), PermissionBasis.CONSENT, "Left out", in_pack=False)
        enter(session, 6, jpeg("grey")[:900], PermissionBasis.NO_PEOPLE, "The tunnel of sound")
    with store.read() as session:
        return pack_data(Book(session), 2024, dt.date(2025, 6, 20))


def test_only_photographs_with_a_basis_print_small_and_with_words_for_everybody(data):
    paper = build_pack(data, stamp=STAMP)
    assert_sound(paper)
    assert pictures(paper) == [(360, 720), (720, 540)]
    said = [one for one in alternatives(paper) if one.startswith("Photograph")]
    assert said == [
        f"Photograph: {PRINTED} (Teacher, 1 March 2025)",
        "Photograph: without a caption (Teacher, 2 March 2025)",
    ]
    shown = words(paper)
    assert PRINTED in shown
    for hidden in ("No basis entered", "A parent said no", "Left out"):
        assert hidden not in shown


def test_a_photograph_that_cannot_be_printed_is_named_and_stops_nothing(data):
    shown = words(build_pack(data, large_print=True, stamp=STAMP))
    assert "The tunnel of sound" in shown
    assert "The photograph EV-0006 is not printed: the file is damaged: choose the photograph again." in shown
