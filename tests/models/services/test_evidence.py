"""Evidence with its photograph or file, and what it shows (R-IMP-7, R-DATA-3)."""

import datetime as dt

import pytest
from sqlalchemy import select

from models import tables as t
from models.errors import BadInput
from models.queries.evidence_page import evidence_rows
from models.services import evidence, records
from models.services.evidence import Around, File
from models.words import EvidenceKind, PermissionBasis

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture"
OTHER = b"\x89PNG\r\n\x1a\n" + b"another"
PDF = b"%PDF-1.7 a scan"
TODAY = dt.date(2025, 6, 20)
WORDS = {"on": TODAY, "kind": EvidenceKind.WORDS, "text": "More measuring"}
NOTHING = Around()


def do(store, action, *args, **more):
    with store.transaction("Do") as (session, _):
        return action(session, *args, **more)


def row(store, evidence_id, year=2024):
    with store.read() as session:
        return next(one for one in evidence_rows(session, year) if one.id == evidence_id)


def kept(store, evidence_id):
    with store.read() as session:
        return dict(records.kept(session, "evidence", evidence_id).values)


def files(store):
    with store.read() as session:
        return list(session.scalars(select(t.metadata.tables["attachment"].c.name)))


def test_evidence_its_photograph_and_its_aims_are_entered_in_one_step(sample):
    around = Around(File(PNG, "festival.png"), ({1, 2}, {15}))
    made = do(sample, evidence.add, {**WORDS, "permission": PermissionBasis.CONSENT}, around)
    one = row(sample, made)
    assert (one.code, one.kind, one.file.name) == ("EV-0016", EvidenceKind.PHOTO, "festival.png")
    assert one.serves.brief == ("Aim 1", "Aim 2", "Family learning")
    assert one.state == "In the pack"
    sample.undo()
    assert files(sample) == []
    with sample.read() as session:
        assert made not in [one.id for one in evidence_rows(session, 2024)]


def test_a_picture_is_a_photograph_and_prints_only_with_a_basis(sample):
    """R-DATA-3: blank is left out and listed."""
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png")))
    one = row(sample, made)
    assert (one.kind, one.prints, one.state) == (EvidenceKind.PHOTO, False, "No permission")
    assert one.says == "EV-0016 is a photograph without permission: it will not be printed."
    do(sample, evidence.permit, made, PermissionBasis.REFUSED)
    assert (row(sample, made).state, row(sample, made).says) == ("Refused", "")
    do(sample, evidence.permit, made, PermissionBasis.NO_PEOPLE)
    assert row(sample, made).prints


def test_a_picture_cannot_be_called_words_to_print_without_permission(sample):
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png")))
    with pytest.raises(BadInput, match="keep it a photograph") as wrong:
        do(sample, evidence.change, made, {"kind": EvidenceKind.WORDS}, kept(sample, made), NOTHING)
    assert wrong.value.field == "kind"


def test_another_file_takes_the_place_of_the_first_which_goes_to_the_bin(sample):
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png")))
    do(sample, evidence.attach, made, File(PDF, "scan.pdf"))
    assert row(sample, made).file.name == "scan.pdf"
    assert row(sample, made).kind is EvidenceKind.FILE
    assert files(sample) == ["scan.pdf"]
    assert [one.image["name"] for one in sample.deleted("attachment")] == ["wall.png"]


def test_a_file_with_words_leaves_them_words(sample):
    made = do(sample, evidence.add, WORDS, Around(File(PDF, "scan.pdf")))
    assert row(sample, made).kind is EvidenceKind.WORDS


def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(sample):
    with pytest.raises(BadInput, match="cannot be kept here"):
        do(sample, evidence.add, WORDS, Around(File(b"MZ\x90\x00", "photo.png")))
    with sample.read() as session:
        assert len(evidence_rows(session, 2024)) == 9


def test_evidence_says_something_or_shows_something(sample):
    with pytest.raises(BadInput, match="Write what changed") as nothing:
        do(sample, evidence.add, {**WORDS, "text": " "}, NOTHING)
    made = do(sample, evidence.add, {**WORDS, "text": ""}, Around(File(PNG, "wall.png")))
    with pytest.raises(BadInput, match="Write what changed"):
        do(sample, evidence.take_file, made)
    assert nothing.value.field == "text"


def test_taking_the_photograph_away_leaves_the_words_as_words(sample):
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png")))
    do(sample, evidence.take_file, made)
    one = row(sample, made)
    assert (one.file, one.kind, one.prints) == (None, EvidenceKind.WORDS, True)
    assert files(sample) == []


def test_editing_sets_what_it_shows_and_keeps_the_file(sample):
    made = do(sample, evidence.add, {**WORDS, "permission": PermissionBasis.CONSENT},
              Around(File(PNG, "wall.png"), ({1}, ())))  # fmt: skip
    do(sample, evidence.change, made, {"text": "Much more"}, kept(sample, made), Around(None, ({2}, ())))
    one = row(sample, made)
    assert (one.text, one.file.name, one.serves.brief) == ("Much more", "wall.png", ("Aim 2",))


def test_deleted_evidence_takes_its_photograph_along_and_comes_back_with_it(sample):
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png"), ({1}, ())))
    do(sample, evidence.remove, made)
    assert files(sample) == []
    sample.restore_deleted("evidence", made)
    one = row(sample, made)
    assert (one.file.name, one.serves.brief) == ("wall.png", ("Aim 1",))


def test_one_photograph_for_two_pieces_stays_while_one_of_them_has_it(sample):
    one = do(sample, evidence.add, WORDS, Around(File(OTHER, "wall.png")))
    two = do(sample, evidence.add, WORDS, NOTHING)
    same = kept(sample, one)["attachment_id"]
    do(sample, records.change, t.Evidence, two, {"attachment_id": same})
    do(sample, evidence.remove, one)
    assert files(sample) == ["wall.png"]
    assert row(sample, two).file.name == "wall.png"


def test_leaving_it_out_of_the_pack_is_one_word(sample):
    made = do(sample, evidence.add, WORDS, NOTHING)
    do(sample, evidence.show_in_pack, made, shown=False)
    assert row(sample, made).state == "Left out"
