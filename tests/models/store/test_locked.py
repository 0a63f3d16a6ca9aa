"""Minutes, paid claims, closings and issued packs stand: a change of them is refused, or leaves a trace."""

import datetime as dt

import pytest
from sqlalchemy import delete, update
from sqlmodel import select

from models import tables as t
from models.errors import Refused
from models.services import meetings, minutes, records
from models.services.attachments import keep_bytes
from models.services.claim_payments import reverse
from models.store import Store
from models.words import AttendanceCode, ClaimState, EntryState
from tests import books

TODAY = dt.date(2025, 6, 20)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = books.sample_in(tmp_path_factory.mktemp("locked"))
    with store.transaction("Issue version 1 of the pack") as (session, _):
        records.add(
            session,
            t.IssuedPack,
            {
                "pack_number": 900, "school_year": 2024, "version": 90, "issued_on": TODAY, "data_to": TODAY,
                "figures": "{}", "changes": "", "sha256": keep_bytes(session, b"%PDF-1"),
            },
        )  # fmt: skip
    yield store
    store.close()


class Ids:
    """The records that stand."""

    def __init__(self, session) -> None:
        self.meeting = session.exec(select(t.Meeting).where(t.Meeting.finalised_on.is_not(None))).first()
        self.open = session.exec(select(t.Meeting).where(t.Meeting.finalised_on.is_(None))).first()
        of_meeting = t.Attendance.meeting_id == self.meeting.id
        self.mark = session.exec(select(t.Attendance).where(of_meeting)).first()
        paid = select(t.CoverClaim).where(t.CoverClaim.state == ClaimState.PAID)
        self.claim = session.exec(paid.where(t.CoverClaim.reverses_id.is_(None))).first()
        self.event = session.exec(select(t.ClaimEvent).where(t.ClaimEvent.claim_id == self.claim.id)).first()
        self.entry = session.exec(
            select(t.FundEntry)
            .join(t.CoverClaim, t.CoverClaim.id == t.FundEntry.claim_id)
            .where(t.FundEntry.state == EntryState.PAID, t.CoverClaim.state == ClaimState.PAID)
        ).first()
        self.closing = session.exec(select(t.YearClose)).first()
        self.pack = session.exec(select(t.IssuedPack)).first()


def set_(session, record, row, **values) -> None:
    session.execute(update(record).where(record.id == row.id).values(values))


def drop(session, record, row) -> None:
    session.execute(delete(record).where(record.id == row.id))


def do(store: Store, act) -> None:
    with store.transaction("Import Year.xlsx") as (session, _):
        act(session, Ids(session))


SILENT = {
    "the words of finalised minutes": (
        lambda s, i: set_(s, t.Meeting, i.meeting, minutes="Other"), "minutes"
    ),
    "the day of a finalised meeting": (
        lambda s, i: set_(s, t.Meeting, i.meeting, held_on=dt.date(2024, 1, 2)), "minutes"
    ),
    "minutes opened without a reason": (
        lambda s, i: set_(s, t.Meeting, i.meeting, finalised_on=None), "minutes"
    ),
    "a mark of a finalised register": (
        lambda s, i: set_(s, t.Attendance, i.mark, code=AttendanceCode.N), "minutes"
    ),
    "a mark taken out": (lambda s, i: drop(s, t.Attendance, i.mark), "minutes"),
    "a mark moved away": (lambda s, i: set_(s, t.Attendance, i.mark, meeting_id=i.open.id), "minutes"),
    "a topic added": (
        lambda s, i: records.add(s, t.AgendaItem, {"meeting_id": i.meeting.id, "title": "Late"}), "minutes"
    ),
    "a decision added": (
        lambda s, i: records.add(s, t.Decision, {"meeting_id": i.meeting.id, "text": "Late"}), "minutes"
    ),
    "what a paid claim cost": (lambda s, i: set_(s, t.CoverClaim, i.claim, cost_p=1), "is paid"),
    "a paid claim set back": (lambda s, i: set_(s, t.CoverClaim, i.claim, state=ClaimState.DRAFT), "is paid"),
    "a paid claim's trail": (lambda s, i: set_(s, t.ClaimEvent, i.event, words="Other"), "trail"),
    "a line of a paid claim's trail taken out": (lambda s, i: drop(s, t.ClaimEvent, i.event), "trail"),
    "the entry that paid a claim": (lambda s, i: set_(s, t.FundEntry, i.entry, amount_p=1), "pays claim"),
    "the entry that paid a claim, of none": (
        lambda s, i: set_(s, t.FundEntry, i.entry, claim_id=None), "pays claim"
    ),
    "the figure of a closed year": (lambda s, i: set_(s, t.YearClose, i.closing, closing_p=1), "closing of"),
    "a closing taken out": (lambda s, i: drop(s, t.YearClose, i.closing), "closing of"),
    "the figures of an issued pack": (
        lambda s, i: set_(s, t.IssuedPack, i.pack, figures="[]"), "was issued"
    ),
    "an issued pack taken out": (lambda s, i: drop(s, t.IssuedPack, i.pack), "was issued"),
}  # fmt: skip


@pytest.mark.parametrize("what", SILENT)
def test_whatever_writes_it_what_stands_is_not_changed_silently(sample: Store, what):
    act, said = SILENT[what]
    before = sample.steps(1)
    with pytest.raises(Refused, match=said):
        do(sample, act)
    assert sample.steps(1) == before
    assert sample.check() == []


def test_the_purpose_of_a_finalised_meeting_and_a_late_invoice_number_can_still_be_put_right(sample: Store):
    with sample.transaction("Edit") as (session, _):
        ids = Ids(session)
        set_(session, t.Meeting, ids.meeting, purpose="To plan the year")
        set_(session, t.CoverClaim, ids.claim, evidence_ref="OJ-99", notes="Found")
        meeting, claim = ids.meeting.id, ids.claim.id
    with sample.read() as session:
        assert session.get_one(t.Meeting, meeting).purpose == "To plan the year"
        assert session.get_one(t.CoverClaim, claim).evidence_ref == "OJ-99"


def test_the_bin_brings_nothing_back_into_finalised_minutes(tmp_path):
    store = books.sample_in(tmp_path)
    with store.transaction("Reopen") as (session, _):
        ids = Ids(session)
        meetings.reopen(session, ids.meeting.id, TODAY, "A wrong mark")
        meeting, mark = ids.meeting.id, ids.mark.id
    with store.transaction("Delete mark") as (session, _):
        minutes.remove(session, t.Attendance, mark)
    with store.transaction("Finalise") as (session, _):
        meetings.finalise(session, meeting, TODAY)
    for way in (
        lambda: store.restore_deleted("attendance", mark),
        lambda: store.reverse(store.steps(2)[1].id),
    ):
        with pytest.raises(Refused, match="are finalised: reopen them"):
            way()
    store.undo()  # of the finalising: a line of history, after which the mark can be brought back
    assert [step.kind for step in store.steps(1)] == ["undo"]
    store.restore_deleted("attendance", mark)
    store.close()


def test_taking_back_the_step_that_finalised_paid_or_issued_is_refused_but_undo_is_a_line_of_history(
    tmp_path,
):
    store = books.sample_in(tmp_path)
    with store.transaction("Reopen") as (session, _):
        meeting = Ids(session).meeting.id
        meetings.reopen(session, meeting, TODAY, "A wrong word")
    with store.transaction("Finalise") as (session, _):
        meetings.finalise(session, meeting, TODAY)
    finalised = store.steps(1)[0].id
    with store.transaction("Edit cluster") as (session, _):
        records.change(session, t.Cluster, 1, {"vision": "Another"})
    with pytest.raises(Refused, match="are finalised: reopen them"):
        store.reverse(finalised)
    store.undo()
    store.undo()
    assert [entry.kind for entry in store.history("meeting", meeting)][-1] == "undo"
    store.close()


def test_a_paid_claim_is_taken_back_by_a_new_line_and_says_so(tmp_path):
    store = books.sample_in(tmp_path)
    with store.transaction("Take back") as (session, _):
        ids = Ids(session)
        claim = ids.entry.claim_id
        before = records.kept(session, "cover_claim", claim)
        reverse(session, claim, "Paid twice", TODAY, "BACK-1", TODAY)
        assert records.kept(session, "cover_claim", claim) == before
        trail = session.exec(select(t.ClaimEvent).where(t.ClaimEvent.claim_id == claim)).all()
        assert any("Paid twice" in line.words for line in trail)
    store.close()
