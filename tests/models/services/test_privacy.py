"""A leaver's name goes for good: out of every record, history, free pages and chosen backups; sums stay."""

import datetime as dt

import pytest
from sqlalchemy import func, select, text

from models import tables as t
from models.errors import Refused
from models.queries.privacy_files import files_about
from models.queries.privacy_names import mentions_of
from models.services import attachments, meetings, people, records
from models.services.privacy import Leaver, anonymise, answered, due_by, note_request
from models.store import Store
from models.types import Pence
from models.words import Direction, FundKind, Heading
from tests import books

DAY = dt.date(2025, 6, 20)
PEOPLE = 20


def whole(store) -> dict[str, tuple[int, ...]]:
    """How many rows each table has, and every sum of money in it."""
    with store.read() as session:
        found = {}
        for table in t.RECORDED:
            money = [func.coalesce(func.sum(c), 0) for c in table.c if type(c.type) is Pence]
            found[table.name] = tuple(session.execute(select(func.count(), *money).select_from(table)).one())
        return found


def plant(store, person_id: int, name: str, *, leaves: bool = True) -> None:
    """Name somebody wherever somebody can be named, in records that were changed and deleted since too."""
    surname = name.rsplit(maxsplit=1)[-1]
    email = f"{surname.lower()}@school.example"
    person = {"name": name, "email": email, "phone": f"01632 96{person_id:04}", "notes": f"{name} likes tea"}
    with store.transaction("Edit person") as (session, _):
        records.change(session, t.Person, person_id, person)
        if session.get(t.Meeting, person_id).finalised_on:
            meetings.reopen(session, person_id, DAY, "To name somebody")
        records.change(session, t.Meeting, person_id, {"minutes": f"Mrs {surname} spoke. {email} to follow."})
        plan = {"person_id": person_id, "goal": f"Confidence of {name}", "evidence": "private words"}
        gone = records.add(session, t.DevelopmentPlan, plan)
        records.add(session, t.DevelopmentPlan, plan | {"goal": "Lead a session"})
    with store.transaction(f"Import {name}.xlsx") as (session, _):
        records.remove(session, t.DevelopmentPlan, gone)
        records.change(session, t.FundEntry, person_id, {"payee": name, "notes": f"Refund to {name.upper()}"})
        if leaves:
            people.person_leaves(session, person_id, DAY, f"Ask {name}")


def names_of(store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(t.Person.name).order_by(t.Person.id)))


@pytest.fixture(autouse=True)
def _own_backups(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))  # copies of one book share their backups


@pytest.fixture
def leaver(sample):
    plant(sample, 3, "Wilhelmina Quackenbush")
    return sample


def erase(store, person_id: int, **more):
    return store.erase(
        f"Anonymise person {person_id}", lambda session: anonymise(session, Leaver(person_id, **more))
    )


def test_r_data_4_totals_are_the_same_and_the_name_is_in_no_row_and_no_image(leaver):
    before = whole(leaver)
    erase(leaver, 3)
    assert whole(leaver) == before
    assert leaver.check() == []
    assert names_of(leaver)[2] == "Former teacher 1"
    with leaver.read() as session:
        for table in t.RECORDED:
            for row in session.execute(select(table)):
                assert "quackenbush" not in repr(row).casefold()
        kept = session.execute(
            text("SELECT coalesce(before, '') || coalesce(after, '') FROM change")
        ).scalars()
        assert not [image for image in kept if "quackenbush" in image.casefold() or "private words" in image]
        steps = session.execute(text("SELECT name FROM step")).scalars().all()
        person = session.get(t.Person, 3)
        plan = session.scalars(select(t.DevelopmentPlan).where(t.DevelopmentPlan.person_id == 3)).all()[-1]
        minutes = session.get(t.Meeting, 3).minutes
    assert "Import Former teacher 1.xlsx" in steps
    assert (person.email, person.phone, person.notes) == ("", "", "")
    assert (plan.goal, plan.evidence) == ("Removed", "")
    assert minutes == "Former teacher 1 spoke. Former teacher 1 to follow."


def test_history_keeps_the_act_and_nothing_of_it_can_be_undone(leaver):
    acts = len(leaver.history("person", 3))
    erase(leaver, 3)
    entries = leaver.history("person", 3)
    assert len(entries) == acts + 1
    assert entries[-1].name == "Anonymise person 3"
    assert {entry.after["name"] for entry in entries} == {"Former teacher 1"}
    assert leaver.undo_name() is None
    with pytest.raises(Refused):
        leaver.reverse(entries[-2].step)


def test_only_somebody_who_left_can_be_made_nameless_and_only_once(sample):
    with pytest.raises(Refused, match="has not left"):
        erase(sample, 3)
    plant(sample, 3, "Wilhelmina Quackenbush")
    erase(sample, 3)
    with pytest.raises(Refused, match="no name in the book any more"):
        erase(sample, 3)


def test_others_of_like_names_keep_theirs_and_names_told_beside_go(sample):
    plant(sample, 3, "Ann Quackenbush")
    with sample.transaction("Edit people") as (session, _):
        records.change(session, t.Person, 4, {"name": "Ann Quackenbush (Oakmere)"})
        records.change(session, t.Person, 5, {"name": "Joann Quackenbushel"})
        said = "Annie Q and Ann Quackenbush (Oakmere) met Joann Quackenbushel and Mrs Quackenbush"
        if session.get(t.Meeting, 1).finalised_on:
            meetings.reopen(session, 1, DAY, "To name others")
        records.change(session, t.Meeting, 1, {"minutes": said})
    erase(sample, 3, also=("Annie Q",))
    assert names_of(sample)[2:5] == ["Former teacher 1", "Ann Quackenbush (Oakmere)", "Joann Quackenbushel"]
    with sample.read() as session:  # two of that surname: “Mrs Quackenbush” may be the other one
        now = session.get(t.Meeting, 1).minutes
    assert now == "Former teacher 1 and Ann Quackenbush (Oakmere) met Joann Quackenbushel and Mrs Quackenbush"


def test_her_files_are_listed_and_those_removed_leave_neither_row_nor_bytes(leaver):
    with leaver.transaction("Attach files") as (session, _):
        claim = session.scalars(select(t.CoverClaim.id).where(t.CoverClaim.paid_on.is_(None))).first()
        records.change(session, t.CoverClaim, claim, {"person_id": 3})
        bill = attachments.attach(session, "cover_claim", claim, b"%PDF-1.7 bill", "bill.pdf")
        note = attachments.attach(session, "meeting", 1, b"Ring Mrs Quackenbush", "note.txt")
        attachments.attach(session, "meeting", 1, b"Ring the caretaker", "other.txt")
    with leaver.read() as session:
        listed = files_about(session, 3, mentions_of(session, 3))
    assert [(one.id, one.readable) for one in listed] == [(bill, False), (note, True)]
    erase(leaver, 3, remove=(note,))
    with leaver.read() as session:
        assert session.get(t.Attachment, note) is None
        assert session.get(t.Attachment, bill) is not None
        blobs = session.execute(select(t.Blob.data)).scalars().all()
    assert b"Ring Mrs Quackenbush" not in blobs
    assert b"Ring the caretaker" in blobs
    assert leaver.history("attachment", note) == []
    assert leaver.check() == []


@pytest.fixture
def small(tmp_path):
    """A book with twenty people, and a meeting and an entry for each."""
    store = Store.create(tmp_path / "small.clusterbook")
    with store.transaction("Fill in") as (session, _):
        pot = records.add(session, t.Fund, {"name": "Pot", "kind": FundKind.POT, "opened_on": DAY})
        for n in range(1, PEOPLE + 1):
            records.add(session, t.Person, {"name": f"Somebody {n}"})
            records.add(session, t.Meeting, {"title": f"Meeting {n}", "held_on": DAY})
            money = {"direction": Direction.OUT, "heading": Heading.CPD, "description": "Fee", "amount_p": n}
            records.add(session, t.FundEntry, {"fund_id": pot, "on": DAY, **money})
    yield store
    books.let_go(store)


def test_after_a_purge_no_byte_of_file_journal_or_backups_names_any_of_twenty_people(small, tmp_path):
    planted = {n: f"Zebedee{n:02} Quackenbush{chr(96 + n)}" for n in range(1, PEOPLE + 1)}
    for person_id, name in planted.items():
        plant(small, person_id, name)
    before = whole(small)
    copies = tmp_path / "stick"
    copies.mkdir()
    small.choose_second_folder(copies)
    old = small.back_up("before-anonymising")
    for person_id in planted:
        erase(small, person_id)
    small.purge()
    fresh = small.back_up("after-anonymising")
    now = dict(enumerate(names_of(small), start=1))
    held = small.backups_holding("person", "name", {n: now[n] for n in planted})
    assert old.path in [one.path for one in held]
    assert fresh.path not in [one.path for one in held]
    assert {one.path.parent for one in held} == {
        fresh.path.parent,
        *(one.parent for one in copies.rglob("*.bak")),
    }
    small.delete_backups([one.path for one in held])
    assert whole(small) == before
    folder = fresh.path.parent
    small.close()
    files = [*small.path.parent.glob(f"{small.path.name}*"), *folder.iterdir(), *copies.rglob("*.*")]
    assert {small.path, fresh.path, *copies.rglob(fresh.path.name)} <= set(files)
    for file in files:
        content = file.read_bytes().lower()
        assert b"quackenbush" not in content, file.name
        assert b"zebedee" not in content, file.name


def test_the_newest_backup_is_never_deleted(sample):
    sample.back_up()
    newest, *older = [one.path for one in sample.backups()]
    assert sample.delete_backups([newest, *older]) == older
    assert newest.exists()


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (dt.date(2025, 6, 20), dt.date(2025, 7, 21)),  # the 20th of July is a Sunday
        (dt.date(2025, 1, 31), dt.date(2025, 2, 28)),
        (dt.date(2025, 3, 18), dt.date(2025, 4, 22)),  # Good Friday, the weekend and Easter Monday
        (dt.date(2025, 12, 3), dt.date(2026, 1, 5)),
    ],
)
def test_a_request_is_answered_within_a_month_or_on_the_next_working_day(asked, by):
    assert due_by(asked) == by


def test_a_request_is_noted_with_its_day_and_closed_when_it_was_answered(sample):
    with sample.transaction("Note a request") as (session, _):
        line = note_request(session, 3, DAY)
    with sample.transaction("Answer a request") as (session, _):
        answered(session, [line], DAY + dt.timedelta(days=5))
    with sample.read() as session:
        row = session.get(t.ContactLog, line)
    assert row.summary == "Asked to see what is held. Answer due by 21 July 2025."
    assert (row.person_id, row.closed_on, row.outcome) == (3, dt.date(2025, 6, 25), "Handed over.")
