"""Quick find on a real book: what is found leads to the record that shows it."""

from models import tables as t
from models.services import records
from models.services.attachments import attach
from ui.wayfinding import Place

BILL = b"%PDF-1.7 invoice 77"


def test_a_file_leads_to_the_record_that_holds_it_by_its_name_and_its_caption(on_book):
    world = on_book()

    def keep(session):
        attach(session, "cover_claim", 4, BILL, "Quokka invoice.pdf", "From the Wombat agency")
        photo = attach(session, "meeting", 2, BILL, "Numbat.pdf")
        records.change(session, t.Attachment, photo, {"meeting_id": None})
        records.change(session, t.Evidence, 1, {"attachment_id": photo})

    world.change("Keep files", keep)
    found = []
    for words in ("quokka", "wombat", "numbat"):
        world.book.search(words, found.append)
    assert [[(one.page, one.record, one.title, one.detail) for one in some] for some in found] == [
        [("claims", Place("cover_claim", 4), "Quokka invoice.pdf", "File of cover claim")],
        [("claims", Place("cover_claim", 4), "Quokka invoice.pdf", "File of cover claim")],
        [("impact", Place("evidence", 1), "Numbat.pdf", "File of evidence")],
    ]
