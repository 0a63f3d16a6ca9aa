"""Evidence with its photograph or file, and what it shows (R-IMP-7, R-DATA-3)."""

import datetime as dt
import io

import pytest
from PIL import Image
from sqlalchemy import select

from models import tables as t
from models.errors import BadInput
from models.kept_pictures import as_kept
from models.queries.attachments import content
from models.queries.book import Book
from models.queries.evidence_page import evidence_rows
from models.queries.warnings import year_verdicts
from models.services import evidence, records
from models.services.evidence import Around, File
from models.words import EvidenceKind, PermissionBasis


def picture(size=(40, 30), colour="teal", form="PNG", **more):
    whole = io.BytesIO()
    Image.new("RGB", size, colour).save(whole, form, **more)
    return whole.getvalue()


PNG, OTHER = picture(), picture(colour="olive")
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


def test_a_consent_holds_to_its_last_day_and_not_beyond(sample):
    """R-DATA-3: the sample is told from 20 June 2025."""
    made = do(sample, evidence.add, WORDS, Around(File(PNG, "wall.png")))
    do(sample, evidence.permit, made, PermissionBasis.CONSENT, TODAY)
    assert row(sample, made).prints
    do(sample, evidence.permit, made, PermissionBasis.CONSENT, TODAY - dt.timedelta(days=1))
    one = row(sample, made)
    assert (one.prints, one.state, one.needs_permission) == (False, "Consent ended", True)
    assert one.says == (
        "The consent for the photograph EV-0016 ended on 19 June 2025: it will not be printed; ask again, "
        "or leave it out."
    )
    with sample.read() as session:
        assert one.says in [said.text for said in year_verdicts(Book(session), 2024, TODAY)]
    do(sample, evidence.permit, made, PermissionBasis.PUBLIC_TASK, TODAY - dt.timedelta(days=1))
    assert row(sample, made).prints  # only a consent has an end


def test_of_a_photograph_the_place_is_not_kept_nor_more_dots_than_paper_needs(sample):
    """R-DATA-3, F10.4."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Pear Phone", 6  # by whom it is made; held upright
    exif.get_ifd(0x8825)[2] = (51.0, 4.0, 11.0)  # where it was taken
    taken = picture((3200, 2400), form="JPEG", exif=exif, comment=b"Willow class")
    made = do(sample, evidence.add, WORDS, Around(File(taken, "IMG_2041.JPG")))
    file = kept(sample, made)["attachment_id"]
    with sample.read() as session:
        found = content(session, file)
    assert all(word not in found.data for word in (b"Pear", b"Exif", b"Willow"))
    with Image.open(io.BytesIO(found.data)) as stored:
        assert (stored.size, dict(stored.getexif())) == ((1800, 2400), {})  # turned as it was held
    assert found.name == "IMG_2041.JPG"


HUGE = io.BytesIO()
Image.new("1", (7000, 6000)).save(HUGE, "PNG")
UNPRINTABLE = {
    "cut short": (picture((400, 300), form="JPEG")[:-200], "wall.jpg", "wall.jpg is damaged"),
    "cut to its head": (PNG[:60], "wall.png", "wall.png is damaged"),
    "a kind that only some programs read": (b"\0\0\0\x18ftypheic" + bytes(40), "wall.heic", "as JPEG"),
    "a bomb": (HUGE.getvalue(), "wall.png", "wall.png has too many pixels"),
}


@pytest.mark.parametrize("what", UNPRINTABLE)
def test_a_photograph_that_could_not_be_printed_is_refused_in_a_sentence(what):
    data, name, words = UNPRINTABLE[what]
    with pytest.raises(BadInput, match=words) as wrong:
        as_kept(data, name)
    assert wrong.value.field == "name"


def test_a_drawing_stays_sharp_and_a_photograph_of_another_kind_becomes_a_jpeg(sample):
    drawing = do(sample, evidence.add, WORDS, Around(File(PNG, "chart.png")))
    noise = Image.merge("RGB", [Image.effect_noise((300, 200), 90) for _ in "RGB"])
    whole = io.BytesIO()
    noise.save(whole, "WEBP")
    photo = do(sample, evidence.add, WORDS, Around(File(whole.getvalue(), "ramp.webp")))
    assert row(sample, drawing).file.name == "chart.png"
    assert row(sample, photo).file.name == "ramp.webp.jpg"


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
