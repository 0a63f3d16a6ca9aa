"""What the bank's papers ask of a book: labels, cards, slips, hand-over, catalogue, stock check."""

import datetime as dt

import pytest

from models import tables as t
from models.errors import Changed
from models.queries.papers.catalogue import catalogue
from models.queries.papers.handover import handover_sheet
from models.queries.papers.head import paper_head
from models.queries.papers.kits import contents_cards, labels
from models.queries.papers.loan_slip import loan_slips
from models.queries.papers.stock_check import stock_sheet
from models.rules.loans import LoanState
from models.words import ChargedTo, Happened, OwnerKind, ResourceKind, ResourceLife, RoleKind
from tests.models.queries.small import Small, asking, filling

TODAY = dt.date(2024, 11, 1)


def clock() -> dt.date:
    return TODAY


def day(month: int, number: int, year: int = 2024) -> dt.date:
    return dt.date(year, month, number)


@pytest.fixture
def bank(store):
    """Two schools, the cluster's kit, a school's kit, a starter, an idea, a loan each way, two meetings."""
    with filling(store) as book:
        book.cluster()
        alder, brook = book.school("Alder Lane", short_name="Alder"), book.school("Brook Street")
        book.school("Cedar Row")
        ann = book.person("Ann Lead", alder)
        book.add(t.Role, person_id=ann, kind=RoleKind.CLUSTER_LEAD, starts_on=day(9, 1, 2023))
        kit = book.add(
            t.Resource, code="KIT-02", name="Magnets", kind=ResourceKind.KIT, location="Alder, shelf 1",
            safety_ref="Note 7", description="For Year 3",
        )  # fmt: skip
        own = book.add(
            t.Resource, code="KIT-01", name="Rocks", kind=ResourceKind.KIT, owner=OwnerKind.SCHOOL,
            owner_school_id=brook, location="Brook, hall",
        )  # fmt: skip
        book.add(t.Resource, code="QE-01", name="Odd one out", kind=ResourceKind.QUICK_ENQUIRY, minutes=5)
        book.add(t.Resource, code="IT-01", name="Wind sock", life=ResourceLife.IDEA)
        magnets = book.add(t.KitItem, resource_id=kit, position=1, name="Bar magnet", quantity=10)
        book.add(t.KitItem, resource_id=kit, position=2, name="Paper clip", quantity=200, consumable=True)
        book.add(t.KitItem, resource_id=own, name="Granite", quantity=4)
        out = loaned(book, kit, brook, day(10, 14), day(11, 8), out_on=day(10, 14), person_id=ann)
        booked = loaned(book, kit, alder, day(11, 18), day(12, 6))
        book.add(t.LoanLine, loan_id=out, kit_item_id=magnets, out_quantity=9)
        loaned(book, own, alder, day(11, 13), day(12, 13))
        meets(book, day(11, 13), alder)
        meets(book, day(1, 22, 2025), brook)
    return {"kit": kit, "own": own, "out": out, "booked": booked, "alder": alder, "brook": brook}


def loaned(book: Small, thing: int, school: int, starts: dt.date, due: dt.date, **more) -> int:
    known = {"code": book.code("L"), "resource_id": thing, "school_id": school}
    return book.add(t.Loan, **known, starts_on=starts, due_on=due, **more)


def meets(book: Small, on: dt.date, host: int) -> int:
    return book.meeting(on, status=Happened.PLANNED, host_school_id=host)


@pytest.mark.usefixtures("bank")
def test_a_paper_says_whose_it_is_and_whom_to_ask(store):
    with asking(store) as book:
        head = paper_head(book, TODAY)
    assert (head.cluster, head.sample, head.schools) == ("Small cluster", False, 3)
    assert [one.name for one in head.leads] == ["Ann Lead"]


def test_labels_are_of_all_that_is_lent_by_code_or_of_what_is_chosen(store, bank):
    with asking(store) as book:
        every = labels(book.session, [], clock)
        one = labels(book.session, [bank["kit"]], clock)
    assert [kit.code for kit in every.kits] == ["KIT-01", "KIT-02"]
    (kit,) = one.kits
    assert (kit.code, kit.contents, kit.safety_ref, kit.owner) == ("KIT-02", 210, "Note 7", "Cluster")


@pytest.mark.parametrize("ask", [labels, contents_cards])
def test_a_resource_that_is_gone_is_named_as_gone(store, bank, ask):
    with asking(store) as book, pytest.raises(Changed, match="not there any more"):
        ask(book.session, [bank["kit"], 999], clock)


@pytest.mark.usefixtures("bank")
def test_a_contents_card_lists_the_parts_in_their_order(store):
    with asking(store) as book:
        cards = contents_cards(book.session, [], clock)
    rocks, magnets = cards.cards
    assert [(one.name, one.quantity, one.consumable) for one in magnets.parts] == [
        ("Bar magnet", 10, False),
        ("Paper clip", 200, True),
    ]
    assert (rocks.kit.owner, rocks.location, cards.loan_days) == ("Brook Street", "Brook, hall", 14)
    assert cards.charged_to is ChargedTo.SCHOOL


def test_a_slip_has_what_went_out_and_after_the_return_what_came_back(store, bank):
    with asking(store) as book:
        out, booked = loan_slips(book.session, [bank["out"], bank["booked"]], clock).slips
    assert (out.fact.school, out.person, out.state) == ("Brook Street", "Ann Lead", LoanState.OUT)
    assert [(one.part.name, one.part.out, one.back) for one in out.parts] == [("Bar magnet", 9, None)]
    assert [one.part.out for one in booked.parts] == [10, 200]  # what the kit now lists
    with store.transaction("Back") as (session, _):
        session.get(t.Loan, bank["out"]).back_on = day(11, 1)
        line = session.get(t.LoanLine, 1)
        line.in_quantity, line.damaged = 8, 1
    with asking(store) as book:
        (back,) = loan_slips(book.session, [bank["out"]], clock).slips
    assert [(one.back, one.damaged) for one in back.parts] == [(8, 1)]
    assert back.state is LoanState.RETURNED


@pytest.mark.usefixtures("bank")
def test_the_next_meeting_is_where_things_change_hands(store):
    with asking(store) as book:
        sheet = handover_sheet(book.session, None, clock)
    assert (sheet.meeting.on, sheet.meeting.place, sheet.following_on) == (
        day(11, 13), "Alder Lane", day(1, 22, 2025),
    )  # fmt: skip
    rocks, magnets = sheet.moved
    assert (rocks.source.name, rocks.goes_to.name, rocks.out) == ("Brook Street", "Alder Lane", None)
    assert (magnets.source.name, magnets.goes_to.name, magnets.back) == ("Brook Street", "Alder Lane", True)
    alder, brook = sheet.schools
    assert [one.code for one in brook.bring] == ["KIT-01", "KIT-02"]
    assert [one.code for one in alder.take] == ["KIT-01", "KIT-02"]
    assert (alder.bring, brook.take, sheet.idle) == ((), (), ("Cedar Row",))


def test_a_thing_that_nobody_takes_goes_back_to_its_owner_or_its_place(store, bank):
    with store.transaction("Cancel") as (session, _):
        for number in (bank["booked"], 3):
            session.get(t.Loan, number).cancelled_on = TODAY
    with asking(store) as book:
        sheet = handover_sheet(book.session, None, clock)
    (magnets,) = sheet.moved
    assert (magnets.goes_to.school_id, magnets.goes_to.name) == (None, "Alder, shelf 1")


def test_without_a_meeting_to_come_there_is_no_sheet(store):
    with asking(store) as book:
        assert handover_sheet(book.session, None, clock).meeting is None
    with asking(store) as book, pytest.raises(Changed, match="meeting is not there"):
        handover_sheet(book.session, 7, clock)


@pytest.mark.usefixtures("bank")
def test_the_catalogue_leaves_out_ideas_and_what_was_dropped_or_retired(store):
    with asking(store) as book:
        found = catalogue(book.session, clock)
    assert [one.row.code for one in found.items] == ["KIT-01", "KIT-02", "QE-01"]
    assert (found.left_out, found.items[1].description) == (1, "For Year 3")


@pytest.mark.usefixtures("bank")
def test_a_stock_check_goes_from_place_to_place_and_sets_apart_what_is_out(store):
    with asking(store) as book:
        found = stock_sheet(book.session, 2024, clock)
    assert [(place.name, [row.code for row in place.rows]) for place in found.places] == [
        ("Brook, hall", ["KIT-01"])
    ]
    assert [row.code for row in found.away] == ["KIT-02"]
    assert {len(parts) for parts in found.parts.values()} == {1, 2}
