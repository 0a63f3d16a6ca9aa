"""Files kept with a record, in a real book."""

import io

import pytest
from PIL import Image
from sqlalchemy import update

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.attachments import content, file_counts, files_of
from models.services.attachments import attach, describe, detach
from models.services.claims import remove_claim

BILL = b"%PDF-1.7 invoice 77"


def keep(world, claim, data=BILL, name="Invoice 77.pdf", **more):
    return world.change(lambda session: attach(session, "cover_claim", claim, data, name, **more))


def test_a_file_is_kept_with_its_claim_and_comes_out_as_it_went_in(world):
    claim = world.draft()
    file = keep(world, claim, caption="From the agency")
    with world.store.read() as session:
        (line,) = files_of(session, "cover_claim", claim)
        inside = content(session, file)
        counts = file_counts(session, "cover_claim")
    assert (line.code, line.name, line.kind, line.size) == ("F-0001", "Invoice 77.pdf", "PDF", len(BILL))
    assert line.caption == "From the agency"
    assert (inside.name, inside.media_type, inside.data) == ("Invoice 77.pdf", "application/pdf", BILL)
    assert counts == {claim: 1}


def test_a_file_belongs_to_any_kind_of_record_that_has_files(world):
    world.change(lambda session: attach(session, "meeting", world.meeting, BILL, "minutes.pdf"))
    with world.store.read() as session:
        assert [one.name for one in files_of(session, "meeting", world.meeting)] == ["minutes.pdf"]


def test_what_is_no_such_file_is_refused_and_nothing_is_stored(world):
    claim = world.draft()
    with pytest.raises(BadInput, match="cannot be kept here"):
        keep(world, claim, b"MZ\x90\x00", "invoice.pdf")
    with world.store.read() as session:
        assert files_of(session, "cover_claim", claim) == ()


def test_the_same_file_is_not_kept_twice_with_one_claim_but_once_for_two(world):
    one, two = world.draft(), world.draft(half_day="am")
    keep(world, one)
    with pytest.raises(BadInput, match="This file is here already, as Invoice 77"):
        keep(world, one, name="copy.pdf")
    keep(world, two)
    with world.store.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM blob").scalar() == 1


def test_a_file_taken_away_comes_back_by_undo_and_from_the_bin(world):
    claim = world.draft()
    file = keep(world, claim)
    world.change(lambda session: detach(session, file))
    with world.store.read() as session:
        assert files_of(session, "cover_claim", claim) == ()
        with pytest.raises(Changed, match="not there any more"):
            content(session, file)
    world.store.undo()
    with world.store.read() as session:
        assert content(session, file).data == BILL
    world.change(lambda session: detach(session, file))
    world.store.restore_deleted(t.Attachment, file)
    with world.store.read() as session:
        assert content(session, file).data == BILL


def test_a_claims_files_go_and_come_back_with_it(world):
    claim = world.draft()
    file = keep(world, claim)
    world.change(lambda session: remove_claim(session, claim))
    world.store.restore_deleted(t.CoverClaim, claim)
    with world.store.read() as session:
        assert content(session, file).data == BILL


def test_what_a_file_shows_can_be_said_later(world):
    claim = world.draft()
    file = keep(world, claim)
    world.change(lambda session: describe(session, file, "Page 2 is blank"))
    with world.store.read() as session:
        assert files_of(session, "cover_claim", claim)[0].caption == "Page 2 is blank"


def test_a_file_that_is_damaged_in_the_book_is_not_handed_out(world):
    claim = world.draft()
    file = keep(world, claim)
    blob = t.metadata.tables["blob"]
    world.change(lambda session: session.connection().execute(update(blob).values(data=b"%PDF- other")))
    with world.store.read() as session, pytest.raises(Refused, match="is damaged in the book"):
        content(session, file)


def test_a_file_needs_a_record_that_is_there(world):
    with pytest.raises(Changed):
        keep(world, 99)


def test_r_data_3_a_photographed_invoice_is_kept_without_its_place_and_a_heic_is_asked_for_as_jpeg(world):
    exif = Image.Exif()
    exif[0x010F] = "Pear Phone"
    exif.get_ifd(0x8825)[2] = (51.0, 4.0, 11.0)  # where it was taken
    taken = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(taken, "JPEG", exif=exif)
    claim = world.draft()
    file = keep(world, claim, taken.getvalue(), "Invoice.jpg")
    with world.store.read() as session:
        inside = content(session, file)
    assert inside.name == "Invoice.jpg"
    assert all(word not in inside.data for word in (b"Exif", b"Pear"))
    with pytest.raises(BadInput, match="here already"):
        keep(world, claim, taken.getvalue(), "again.jpg")
    with pytest.raises(BadInput, match="save it as JPEG"):
        keep(world, claim, b"\0\0\0\x18ftypheic" + bytes(40), "Invoice.heic")
