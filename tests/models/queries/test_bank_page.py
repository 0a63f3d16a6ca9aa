"""The resource bank as the window lists it: who has what, what is short, what several want."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from models import tables as t
from models.errors import Changed
from models.queries.bank import bank_year
from models.queries.bank_asks import trust_requests, wishes
from models.queries.bank_item import item
from models.queries.bank_lists import loans_of_year, rollout, stock
from models.queries.bank_page import Standing, items
from models.queries.book import Book
from models.rules.loans import LoanMove, LoanState
from models.rules.resources import Tag
from models.services import kits, lending, records
from models.services.lending import Counted
from models.words import ChargedTo, OwnerKind, ResourceKind, ResourceLife, TagKind
from tests import books
from tests.bench.larger import multiply
from tests.models.queries.small import asking
from tests.models.services.banking import FRI, MON, Bank, small_bank

WEEK = dt.timedelta(days=7)
SAMPLE_DAY = dt.date(2025, 6, 20)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = books.empty_in(tmp_path)
    yield small_bank(made)
    books.let_go(made)


def on(day: dt.date):
    return lambda: day


def one(bank: Bank, day: dt.date):
    with bank.store.read() as session:
        return items(session, on(day)).rows[0]


def lend(bank: Bank, first=MON, last=FRI, school=None) -> int:
    with bank.doing() as session:
        return lending.lend(
            session, resource_id=bank.kit, school_id=school or bank.ash, starts_on=first, due_on=last,
            today=first,
        )  # fmt: skip


def reserve(bank: Bank, first: dt.date, last: dt.date) -> int:
    with bank.doing() as session:
        return lending.reserve(
            session, resource_id=bank.kit, school_id=bank.birch, starts_on=first, due_on=last, today=MON
        )


def add(bank: Bank, record, **values) -> int:
    with bank.doing() as session:
        return records.add(session, record, values)


def test_an_item_is_available_reserved_out_or_overdue_as_the_days_go_by(bank):
    lend(bank)
    reserve(bank, FRI + 2 * WEEK, FRI + 3 * WEEK)
    row = one(bank, FRI)
    assert (row.standing, row.now.school, row.now.due_on, row.now.days) == (
        Standing.OUT, "Ashcombe", FRI, "4 to 15 November 2024",
    )  # fmt: skip
    assert (row.next.school, row.next.starts_on) == ("Birchwood", FRI + 2 * WEEK)
    late = one(bank, FRI + dt.timedelta(days=3))
    assert (late.standing, late.now.late.days) == (Standing.OVERDUE, 3)
    with bank.doing() as session:
        lending.check_in(session, 1, FRI, {}, FRI)
    assert one(bank, FRI).standing is Standing.AVAILABLE
    assert one(bank, FRI).now is None
    assert one(bank, FRI + 2 * WEEK).standing is Standing.RESERVED
    assert one(bank, FRI + 4 * WEEK).standing is Standing.AVAILABLE  # nobody fetched it


@pytest.mark.parametrize(
    ("values", "standing", "lendable"),
    [
        ({"life": ResourceLife.IDEA}, Standing.IDEA, False),
        ({"life": ResourceLife.ON_TRIAL}, Standing.ON_TRIAL, True),
        ({"life": ResourceLife.DROPPED, "dropped_reason": "Too long"}, Standing.DROPPED, False),
        ({"retired_on": MON}, Standing.RETIRED, False),
        ({"kind": ResourceKind.PLAN}, Standing.SHARED, False),
        ({"kind": ResourceKind.QUICK_ENQUIRY, "life": ResourceLife.ADOPTED}, Standing.ADOPTED, False),
        ({"life": ResourceLife.ADOPTED}, Standing.AVAILABLE, True),
    ],
)
def test_what_is_not_lent_shows_its_stage(bank, values, standing, lendable):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, values)
    row = one(bank, FRI)
    assert (row.standing, row.lendable) == (standing, lendable)


def test_an_item_is_found_by_any_of_its_words(bank):
    with bank.doing() as session:
        values = {"location": "Shelf 2", "owner": "school", "owner_school_id": bank.birch}
        records.change(session, t.Resource, bank.kit, {**values, "description": "For sorting"})
        kits.retag(session, [bank.kit], add=[Tag(TagKind.UNIT, "Rocks")])
    lend(bank)
    row = one(bank, FRI)
    for word in ("kit-01", "magnets", "shelf 2", "sorting", "rocks", "wire", "birchwood", "ashcombe"):
        assert word in row.words, word
    assert (row.owner, row.parts, row.tagged(TagKind.UNIT)) == ("Birchwood", 34, "Rocks")


def test_the_list_knows_what_it_can_be_filtered_by(bank):
    with bank.doing() as session:
        kits.retag(session, [bank.kit], add=[Tag(TagKind.YEAR_GROUP, "Y4"), Tag(TagKind.YEAR_GROUP, "Y3")])
    lend(bank)
    with bank.store.read() as session:
        found = items(session, on(FRI))
    assert found.values == {TagKind.YEAR_GROUP: ("Y3", "Y4")}
    assert found.holders == ((bank.ash, "Ashcombe"),)


def test_loans_of_a_year_come_most_pressing_first_and_say_how_they_came_back(bank):
    with bank.doing() as session:
        other = kits.duplicate(session, bank.kit)
    back = lend(bank)
    with bank.doing() as session:
        lending.check_in(session, back, FRI, {bank.magnet: Counted(gone=1), bank.cup: Counted(gone=5)}, FRI)
    out = lend(bank, FRI, FRI + WEEK)
    booked = reserve(bank, FRI + 2 * WEEK, FRI + 3 * WEEK)
    values = {"resource_id": other, "school_id": bank.ash, "starts_on": MON, "due_on": FRI}
    add(bank, t.Loan, **values, cancelled_on=MON)
    with bank.store.read() as session:
        rows = loans_of_year(session, 2024, on(FRI + 2 * WEEK)).rows
        none = loans_of_year(session, 2023, on(FRI + 2 * WEEK)).rows
    assert [(row.id, row.state) for row in rows] == [
        (out, LoanState.OVERDUE),
        (booked, LoanState.RESERVED),
        (back, LoanState.RETURNED),
        (4, LoanState.CANCELLED),
    ]
    assert (rows[2].brief, rows[1].brief) == ("1 missing, 5 used", "")
    assert (rows[2].result, rows[2].charge_p, rows[2].charged_to) == (
        "Magnet 1 missing; Paper cup 5 used: replenish", 240, ChargedTo.SCHOOL,
    )  # fmt: skip
    assert rows[0].moves == (LoanMove.CHECK_IN, LoanMove.EXTEND)
    assert rows[1].moves == (LoanMove.HAND_OUT, LoanMove.EXTEND, LoanMove.CANCEL)
    assert (rows[2].moves, rows[3].moves) == ((), ())
    assert none == ()


def test_what_is_booked_for_next_year_is_work_of_this_one(bank):
    loan = reserve(bank, dt.date(2025, 9, 8), dt.date(2025, 9, 12))
    with bank.store.read() as session:
        assert [row.id for row in loans_of_year(session, 2024, on(FRI)).rows] == [loan]
        assert [row.id for row in loans_of_year(session, 2025, on(FRI)).rows] == [loan]
        assert loans_of_year(session, 2023, on(FRI)).rows == ()


def test_one_item_tells_what_it_holds_and_what_it_is_short_of(bank):
    loan = lend(bank)
    with bank.doing() as session:
        lending.check_in(session, loan, FRI, {bank.magnet: Counted(gone=1, damaged=1)}, FRI)
    with bank.store.read() as session:
        found = item(session, bank.kit, on(FRI))
    assert [(part.name, part.quantity, part.there) for part in found.parts] == [
        ("Magnet", 10, 8), ("Paper cup", 20, 20), ("Wire", 4, 4),
    ]  # fmt: skip
    assert found.short == 2
    assert found.use.text == "1 loan to 1 school"
    assert [row.id for row in found.loans] == [loan]
    with pytest.raises(Changed), bank.store.read() as session:
        item(session, 99, on(FRI))


def test_one_item_tells_its_trials_checks_money_and_what_the_rules_say(bank):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, {"has_mains": True, "owner": OwnerKind.LENDER})
        person = records.add(session, t.Person, {"name": "Amy Brook", "school_id": bank.ash})
        trial = {"resource_id": bank.kit, "school_id": bank.ash, "starts_on": MON, "person_id": person}
        records.add(session, t.Trial, trial)
        kits.check_stock(session, bank.kit, FRI, FRI, person_id=person)
        fund = records.add(session, t.Fund, {"name": "Pot", "kind": "pot", "opened_on": MON})
        entry = {"fund_id": fund, "on": MON, "amount_p": 100, "heading": "resources", "direction": "out"}
        records.add(session, t.FundEntry, {**entry, "description": "Kit", "resource_id": bank.kit})
    with bank.store.read() as session:
        found = item(session, bank.kit, on(FRI))
    assert [(row.school, row.person) for row in found.running] == [("Ashcombe", "Amy Brook")]
    assert [(row.by, row.complete) for row in found.checks] == [("Amy Brook", True)]
    assert [(row.code, row.amount_p) for row in found.paid] == [("E-0001", 100)]
    assert [verdict.rule for verdict in found.verdicts] == ["R-RES-3", "R-LOAN-5", "R-RES-4"]


def test_the_matrix_has_the_members_of_the_day_and_a_dash_where_nothing_is_entered(bank):
    add(
        bank,
        t.Adoption,
        resource_id=bank.kit,
        school_id=bank.birch,
        level="some",
        staff_using=5,
        staff_total=9,
    )
    with bank.store.read() as session:
        found = rollout(session, 2024, on(FRI))
    assert [name for _, name in found.schools] == ["Ashcombe", "Birchwood"]
    [row] = found.rows
    assert [cell.use and cell.use.text for cell in row.cells] == [None, "some staff, 5 of 9"]
    assert row.summary.text == "all staff in 0 of 2 schools, some staff in 1, not entered for 1"


def test_the_matrix_counts_as_the_pack_does(sample):
    """R-REV-7: one figure, worked out once."""
    with asking(sample) as book:
        printed = {one.fact.id: one.adoption for one in bank_year(book, 2024, SAMPLE_DAY).resources}
        shown = {row.id: row.summary for row in rollout(book.session, 2024, dt.date.today).rows}
    entered = {key: summary for key, summary in printed.items() if summary is not None}
    assert entered
    assert all(shown[key] == summary for key, summary in entered.items())


def test_a_dropped_thing_that_nobody_used_is_not_in_the_matrix(bank):
    with bank.doing() as session:
        values = {"life": ResourceLife.DROPPED, "dropped_reason": "Too long"}
        records.change(session, t.Resource, bank.kit, values)
    with bank.store.read() as session:
        assert rollout(session, 2024, on(FRI)).rows == ()


def test_a_trust_resource_is_asked_for_received_and_used(bank):
    known = {"name": "Box", "school_id": bank.ash, "requested_on": MON, "resource_id": bank.kit}
    request = add(bank, t.TrustRequest, **known)

    def state() -> str:
        with bank.store.read() as session:
            return trust_requests(session, on(FRI)).rows[0].state

    assert state() == "Asked"
    with bank.doing() as session:
        records.change(session, t.TrustRequest, request, {"received_on": FRI})
    assert state() == "Received"
    add(bank, t.Adoption, resource_id=bank.kit, school_id=bank.ash, level="all")
    assert state() == "Used"
    with bank.store.read() as session:
        assert [one.text for one in trust_requests(session, on(FRI)).supplies] == [
            "Box: asked for by 1 school, received by 1; £0 to each"
        ]


def test_wishes_of_several_schools_are_a_joint_order_until_they_are_met(bank):
    known = {"raised_on": MON}
    first = add(bank, t.WantedItem, school_id=bank.ash, name="Thermometers", quantity=8, **known)
    second = add(bank, t.WantedItem, school_id=bank.birch, name="thermometer", quantity=15, **known)
    lone = add(bank, t.WantedItem, school_id=bank.ash, name="Hand lenses", **known)
    with bank.store.read() as session:
        rows = wishes(session, on(FRI)).rows
    assert [(row.id, row.state) for row in rows] == [
        (first, "Joint order"), (second, "Joint order"), (lone, "Wanted"),
    ]  # fmt: skip
    assert rows[0].alike_ids == (first, second)
    with bank.doing() as session:
        records.change(session, t.WantedItem, first, {"filled_on": FRI})
    with bank.store.read() as session:
        rows = wishes(session, on(FRI)).rows
    assert [(row.id, row.state) for row in rows] == [(lone, "Wanted"), (second, "Wanted"), (first, "Met")]


def test_stock_is_to_check_each_year_and_incomplete_while_something_is_missing(bank):
    def state(day: dt.date = FRI, year: int = 2024) -> str:
        with bank.store.read() as session:
            return stock(session, year, on(day)).rows[0].state

    assert state() == "To check"
    with bank.doing() as session:
        kits.check_stock(session, bank.kit, MON, FRI)
    assert state() == "Complete"
    loan = lend(bank)
    with bank.doing() as session:
        lending.check_in(session, loan, FRI, {bank.magnet: Counted(gone=1)}, FRI)
    assert state() == "Incomplete"
    with bank.doing() as session:
        kits.check_stock(session, bank.kit, FRI, FRI, found=False)
    assert state() == "Not found"
    assert state(FRI + 52 * WEEK, 2025) == "To check"


def test_a_school_that_became_an_academy_is_shown_under_its_new_name(bank):
    """R-DATA-6."""
    lend(bank)
    day = FRI + dt.timedelta(days=1)
    academy = add(bank, t.School, name="Ashcombe Academy", predecessor_id=bank.ash)
    add(bank, t.Membership, school_id=academy, joined_on=day)
    assert one(bank, FRI).now.school == "Ashcombe"
    assert (one(bank, day).now.school, one(bank, day).now.school_id) == ("Ashcombe Academy", academy)


def test_the_sample_shows_the_overdue_and_out_that_home_counts(sample):
    with sample.read() as session:
        found = items(session, dt.date.today)
        late = [row.code for row in found.rows if row.standing is Standing.OVERDUE]
        counted = bank_year(Book(session), 2024, SAMPLE_DAY).overdue
    assert late == ["KIT-07"]
    assert len(counted) == len(late)


def test_the_number_of_statements_does_not_grow_with_the_book(tmp_path):
    """W11: no question for each row."""
    store = books.sample_in(tmp_path)
    questions = (
        lambda session: items(session, dt.date.today),
        lambda session: loans_of_year(session, 2024, dt.date.today),
        lambda session: rollout(session, 2024, dt.date.today),
        lambda session: stock(session, 2024, dt.date.today),
        lambda session: item(session, 9, dt.date.today),
    )

    def statements() -> list[int]:
        found = []
        for question in questions:
            with store.read() as session:
                asked: list[str] = []
                connection = session.connection()
                event.listen(
                    connection, "before_cursor_execute", lambda *args, asked=asked: asked.append(args[2])
                )
                question(session)
                found.append(len(asked))
        return found

    before = statements()
    with store.transaction("More") as (session, _):
        multiply(session, 4)
    assert statements() == before
    assert max(before) < 25
    store.close()
