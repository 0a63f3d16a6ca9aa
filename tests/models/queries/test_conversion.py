"""A school that became an academy: two URNs, one school in every figure (R-DATA-6)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.headline import headline
from models.queries.issues import issues
from models.queries.members import members
from models.queries.pack import pack_data
from models.queries.school_sheet import school_sheet
from models.queries.warnings import year_verdicts
from models.store import Store
from models.words import Answer, OwnerKind, RoleKind
from tests.models.queries.small import START, asking, filling

LAST_OLD, FIRST_NEW = dt.date(2024, 3, 31), dt.date(2024, 4, 1)
YEAR, NEXT = dt.date(2024, 8, 31), dt.date(2025, 8, 31)
BEFORE = dt.date(2024, 2, 29)


@pytest.fixture
def book(store: Store) -> Iterator[Book]:
    """Ashcombe Primary becomes Ashcombe Academy on 1 April: three meetings before, two after."""
    with filling(store) as small:
        small.cluster()
        old = small.school("Ashcombe Primary", left=LAST_OLD, number_on_roll=200)
        new = small.school("Ashcombe Academy", FIRST_NEW, predecessor_id=old, number_on_roll=210)
        others = [small.school(name) for name in ("Birchley", "Cranmoor")]
        head = small.person("T1", new)
        small.add(t.LeadSpell, school_id=old, starts_on=START, ends_on=LAST_OLD)
        small.add(t.LeadSpell, school_id=new, starts_on=FIRST_NEW)
        for school, spell in ((old, {"ends_on": LAST_OLD}), (new, {"starts_on": FIRST_NEW})):
            known = {"person_id": head, "kind": RoleKind.SSL, "school_id": school, "starts_on": START}
            small.add(t.Role, **{**known, **spell})
        small.add(t.Declaration, school_id=old, school_year=2023, additional=Answer.YES)
        days = [dt.date(2023, 10, 4), dt.date(2023, 11, 22), dt.date(2024, 1, 24)]
        for day in [*days, dt.date(2024, 5, 1), dt.date(2024, 6, 12)]:
            at = old if day <= LAST_OLD else new
            meeting = small.meeting(day, {at: head, **dict.fromkeys(others)}, host_school_id=at)
            for place in range(3):
                small.add(t.AgendaItem, meeting_id=meeting, title=f"Topic {place}", proposed_by_id=at)
            for n, teacher in enumerate((head, small.person(f"Second on {day}", at))):
                place = {"meeting_id": meeting} if n == 0 else {}
                small.claim(at, teacher, day, 120_00 if n == 0 else 30_00, **place)
        kit = small.add(t.Resource, code="KIT-01", name="Magnets", owner=OwnerKind.CLUSTER)
        for at, day in ((old, dt.date(2023, 11, 6)), (new, dt.date(2024, 5, 6))):
            lent = {"starts_on": day, "due_on": day, "out_on": day, "back_on": day}
            small.add(t.Loan, code=small.code("L"), resource_id=kit, school_id=at, **lent)
    with asking(store) as book:
        yield book


def test_it_has_one_allowance_and_one_line(book: Book) -> None:
    """R-COVER-4, R-COVER-7: £500, not £1,000; its declaration holds for both records."""
    found = cover_year(book, 2023, YEAR)
    assert [line.school_name for line in found.schools] == ["Ashcombe Academy", "Birchley", "Cranmoor"]
    assert (found.allowance_p, found.schools[0].own.recognised_p, found.left_p) == (1500_00, 500_00, 1000_00)
    assert (found.totals.recognised_p, found.totals.cost_p) == (500_00, 750_00)
    assert [one.answer for one in found.additional] == [Answer.YES, Answer.NOT_SAID, Answer.NOT_SAID]


def test_it_neither_joined_nor_left(book: Book) -> None:
    """R-CLU-7, R-CLU-8, R-CLU-12."""
    who = members(book, 2023, YEAR)
    assert (who.now, len(who.lines), who.joined, who.left) == (3, 3, (), ())
    assert who.lines[0].membership.joined_on == START
    assert (who.lines[0].is_lead, who.lines[0].roll, who.reach) == (True, 210, 210)
    assert (who.changes.changed_ids, who.changes.schools) == (frozenset(), 3)
    found = issues(book, 2023, YEAR)
    assert (found.joined, found.left) == ((), ())
    rules = {one.rule for one in year_verdicts(book, 2023, YEAR)}
    assert not rules & {"R-CLU-2", "R-CLU-7", "R-CLU-8", "R-CLU-9"}


def test_it_has_one_row_of_marks_and_is_one_borrower(book: Book) -> None:
    """R-MEET-7, R-MEET-8, R-LOAN-7."""
    asked = pack_data(book, 2023, YEAR).meetings
    assert [(row.school, row.total.text) for row in asked.matrix.rows] == [
        ("Ashcombe Academy", "5 of 5"),
        ("Birchley", "5 of 5"),
        ("Cranmoor", "5 of 5"),
    ]
    assert (asked.hosts, asked.agenda.by_others, asked.agenda.known) == (1, 0, 15)
    assert (headline(book, 2023, YEAR).bank.use.loans, headline(book, 2023, YEAR).bank.use.schools) == (2, 1)


def test_either_record_gives_the_same_sheet(book: Book) -> None:
    """R-REV-6, R-REV-7."""
    old, new = (one.id for one in book.schools.values() if one.name.startswith("Ashcombe"))
    sheet = school_sheet(book, 2023, YEAR, new)
    assert school_sheet(book, 2023, YEAR, old) == sheet
    assert (sheet.school, sheet.attendance.text, len(sheet.claims), len(sheet.loans)) == (
        "Ashcombe Academy",
        "5 of 5",
        10,
        2,
    )


def test_before_the_conversion_it_has_its_old_name_and_nothing_of_the_new(book: Book) -> None:
    """R-REV-1."""
    found = cover_year(book, 2023, BEFORE)
    assert [line.school_name for line in found.schools] == ["Ashcombe Primary", "Birchley", "Cranmoor"]
    who = members(book, 2023, BEFORE)
    assert (who.lines[0].membership.school, who.lines[0].membership.left_on, who.reach) == (
        "Ashcombe Primary",
        None,
        200,
    )


def test_the_year_after_knows_the_academy_only(book: Book) -> None:
    assert [line.school_name for line in cover_year(book, 2024, NEXT).schools] == [
        "Ashcombe Academy",
        "Birchley",
        "Cranmoor",
    ]
    assert members(book, 2024, NEXT).joined == ()


def test_schools_that_replace_each_other_in_a_ring_stop_nothing(store: Store) -> None:
    """R-DATA-6: a slip in the link is no reason to answer nothing."""
    with filling(store) as small:
        small.cluster()
        first = small.school("Ashcombe")
        second = small.school("Birchley", predecessor_id=first)
        row = small.session.get(t.School, first)
        assert row is not None
        row.predecessor_id = second
        small.session.add(row)
    with asking(store) as book:
        assert pack_data(book, 2023, YEAR).members.lines
