"""Lending and checking in, in a real book (R-LOAN-1 to R-LOAN-3)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.lending import lend_facts, return_facts, shortages
from models.services import lending, records
from models.services.lending import Counted
from models.words import ChargedTo
from tests import books
from tests.models.services.banking import FRI, MON, TODAY, Bank, small_bank

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    store = books.empty_in(tmp_path)
    yield small_bank(store)
    books.let_go(store)


def lend(bank: Bank, school: int | None = None, **values) -> int:
    known = {"resource_id": bank.kit, "school_id": school or bank.ash, "starts_on": MON, "due_on": FRI}
    with bank.doing("Lend KIT-01") as session:
        return lending.lend(session, **{**known, "today": TODAY, **values})


def reserve(bank: Bank, first: dt.date, last: dt.date, school: int | None = None) -> int:
    with bank.doing("Reserve KIT-01") as session:
        return lending.reserve(
            session, resource_id=bank.kit, school_id=school or bank.birch, starts_on=first, due_on=last,
            today=TODAY,
        )  # fmt: skip


def check_in(bank: Bank, loan: int, counted=(), on: dt.date = FRI, today: dt.date = FRI) -> None:
    with bank.doing("Check in") as session:
        lending.check_in(session, loan, on, dict(counted), today)


def short(bank: Bank) -> dict[int, int]:
    with bank.store.read() as session:
        return shortages(session)


def test_a_kit_goes_out_with_what_is_in_it(bank):
    loan = lend(bank)
    assert bank.values("loan", loan)["code"] == "L-0001"
    assert bank.values("loan", loan)["out_on"] == MON
    assert {key: line["out_quantity"] for key, line in bank.lines(loan).items()} == {
        bank.magnet: 10,
        bank.cup: 20,
        bank.wire: 4,
    }
    assert {line["in_quantity"] for line in bank.lines(loan).values()} == {None}


def test_r_loan_1_a_kit_goes_to_one_school_at_a_time_and_the_next_free_day_is_told(bank):
    lend(bank)
    with pytest.raises(BadInput, match="next free school day is Monday 18 November 2024") as no:
        reserve(bank, dt.date(2024, 11, 12), dt.date(2024, 11, 22))
    assert no.value.field == "starts_on"
    assert str(no.value).startswith("Magnets is booked to Ashcombe, 4 to 15 November 2024")
    reserve(bank, dt.date(2024, 11, 18), dt.date(2024, 11, 22))


def test_r_loan_1_a_kit_that_is_overdue_cannot_be_promised_before_it_is_back(bank):
    lend(bank)
    with pytest.raises(BadInput, match="still with Ashcombe"), bank.doing() as session:
        lending.lend(
            session, resource_id=bank.kit, school_id=bank.birch, starts_on=FRI + WEEK, due_on=FRI + 2 * WEEK,
            today=FRI + WEEK,
        )  # fmt: skip


@pytest.mark.parametrize("day", [dt.date(2024, 10, 28), dt.date(2024, 11, 16), dt.date(2024, 12, 25)])
def test_no_loan_is_due_on_a_day_without_school(bank, day):
    with pytest.raises(BadInput) as no:
        lend(bank, starts_on=dt.date(2024, 10, 21), due_on=day, today=dt.date(2024, 12, 26))
    assert no.value.field == "due_on"


def test_a_day_on_which_only_the_borrower_is_closed_is_no_day_to_bring_it_back(bank):
    with bank.doing() as session:
        values = {"on": FRI, "kind": "closure", "name": "Boiler", "school_id": bank.ash}
        records.add(session, t.ClosedDay, values)
    with pytest.raises(BadInput, match="closed \\(Boiler\\)"):
        lend(bank)
    lend(bank, bank.birch)


def test_nothing_is_handed_out_in_the_future(bank):
    with pytest.raises(BadInput, match="reserve it for that day instead") as no:
        lend(bank, starts_on=MON + DAY, due_on=FRI)
    assert no.value.field == "starts_on"


def test_what_was_retired_is_not_lent(bank):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, {"retired_on": MON})
    with pytest.raises(Refused, match="retired on 4 November 2024"):
        lend(bank)


def test_a_reservation_is_handed_out_on_its_day_or_earlier_if_the_kit_is_free(bank):
    loan = reserve(bank, MON + WEEK, FRI)
    assert bank.lines(loan) == {}
    with pytest.raises(BadInput, match="lies ahead"), bank.doing() as session:
        lending.hand_out(session, loan, MON + DAY, TODAY)
    with bank.doing() as session:
        lending.hand_out(session, loan, MON, TODAY)
    assert bank.values("loan", loan)["out_on"] == MON
    assert len(bank.lines(loan)) == 3
    with pytest.raises(Refused, match="it is out, so check it in"), bank.doing() as session:
        lending.hand_out(session, loan, MON, TODAY)


def test_a_reservation_cannot_be_handed_out_while_another_school_has_the_kit(bank):
    lend(bank, due_on=dt.date(2024, 11, 8))
    loan = reserve(bank, MON + WEEK, FRI)
    with pytest.raises(BadInput, match="booked to Ashcombe") as no, bank.doing() as session:
        lending.hand_out(session, loan, MON + DAY, MON + DAY)
    assert no.value.field == "out_on"


def test_a_reservation_handed_out_after_it_was_due_needs_a_later_day_first(bank):
    loan = reserve(bank, MON, FRI)
    late = FRI + 3 * DAY
    with pytest.raises(BadInput, match="give it a later day first"), bank.doing() as session:
        lending.hand_out(session, loan, late, late)
    with bank.doing() as session:
        lending.extend(session, loan, FRI + WEEK, late)
        lending.hand_out(session, loan, late, late)
    assert bank.values("loan", loan)["out_on"] == late


def test_a_loan_is_extended_without_a_return_unless_the_kit_is_promised(bank):
    loan = lend(bank)
    reserve(bank, FRI + 2 * WEEK, FRI + 3 * WEEK)
    with bank.doing() as session:
        lending.extend(session, loan, FRI + WEEK, TODAY)
    assert bank.values("loan", loan)["due_on"] == FRI + WEEK
    with pytest.raises(BadInput, match="booked to Birchwood") as no, bank.doing() as session:
        lending.extend(session, loan, FRI + 2 * WEEK, TODAY)
    assert no.value.field == "due_on"
    with pytest.raises(BadInput, match="weekend"), bank.doing() as session:
        lending.extend(session, loan, FRI + DAY, TODAY)


def test_a_reservation_is_cancelled_and_frees_its_days_but_a_kit_that_is_out_is_checked_in(bank):
    loan = reserve(bank, MON, FRI)
    with bank.doing() as session:
        lending.cancel(session, loan, TODAY)
    out = lend(bank)
    with pytest.raises(Refused, match="check it in"), bank.doing() as session:
        lending.cancel(session, out, TODAY)
    with pytest.raises(Refused, match="was cancelled"), bank.doing() as session:
        lending.extend(session, loan, FRI, TODAY)


def test_r_loan_2_what_is_not_back_is_missing_or_used_up_and_the_borrower_pays(bank):
    """10 magnets out, 9 in: 1 missing at £2.40. 5 of 20 paper cups used: replenish, not loss."""
    loan = lend(bank)
    check_in(bank, loan, {bank.magnet: Counted(gone=1), bank.cup: Counted(gone=5)})
    lines = bank.lines(loan)
    magnet, cup, wire = lines[bank.magnet], lines[bank.cup], lines[bank.wire]
    assert (magnet["in_quantity"], magnet["charge_p"], magnet["charged_to"]) == (9, 240, ChargedTo.SCHOOL)
    assert (cup["in_quantity"], cup["charge_p"], cup["charged_to"]) == (15, 0, None)
    assert (wire["in_quantity"], wire["damaged"], wire["charged_to"]) == (4, 0, None)
    assert bank.values("loan", loan)["back_on"] == FRI
    assert short(bank) == {bank.magnet: 1, bank.cup: 5}


def test_r_loan_3_the_pot_pays_where_the_scheme_says_so(bank):
    with bank.doing() as session:
        values = {"key": "loss_charged_to", "value": "pot", "starts_on": dt.date(2024, 9, 1)}
        records.add(session, t.SchemeSetting, values)
    loan = lend(bank)
    check_in(bank, loan, {bank.magnet: Counted(damaged=2)})
    line = bank.lines(loan)[bank.magnet]
    assert (line["in_quantity"], line["damaged"], line["charge_p"]) == (10, 2, 480)
    assert line["charged_to"] is ChargedTo.POT


@pytest.mark.parametrize(
    ("count", "field", "words"),
    [
        (Counted(gone=11), "gone", "11 cannot be gone, 10 went out"),
        (Counted(gone=8, damaged=3), "damaged", "2 came back, so 3 cannot be damaged"),
        (Counted(gone=-1), "gone", "cannot be less than 0"),
    ],
)
def test_r_loan_2_more_than_went_out_can_neither_be_missing_nor_broken(bank, count, field, words):
    loan = lend(bank)
    before = bank.whole()
    with pytest.raises(BadInput, match=words) as wrong:
        check_in(bank, loan, {bank.magnet: count})
    assert wrong.value.field == f"{field}/{bank.magnet}"
    assert bank.whole() == before


def test_a_part_that_did_not_go_out_cannot_be_counted(bank):
    loan = lend(bank)
    with pytest.raises(Refused, match="open it again"):
        check_in(bank, loan, {999: Counted(gone=1)})


def test_the_day_it_came_back_is_neither_ahead_nor_before_it_went_out(bank):
    loan = lend(bank)
    with pytest.raises(BadInput, match="lies ahead"):
        check_in(bank, loan, on=FRI + DAY)
    with pytest.raises(BadInput, match="cannot be back before"):
        check_in(bank, loan, on=MON - DAY)
    check_in(bank, loan, on=MON, today=FRI)
    with pytest.raises(Refused, match="back already"):
        check_in(bank, loan)


def test_the_next_loan_goes_out_with_what_is_left_until_it_is_replaced(bank):
    check_in(bank, lend(bank), {bank.magnet: Counted(gone=1, damaged=1), bank.cup: Counted(gone=20)})
    second = lend(bank, starts_on=FRI, due_on=FRI + WEEK, today=FRI)
    out = {key: line["out_quantity"] for key, line in bank.lines(second).items()}
    assert out == {bank.magnet: 8, bank.cup: 0, bank.wire: 4}
    check_in(bank, second, on=FRI + WEEK, today=FRI + WEEK)
    with bank.doing() as session:
        assert lending.restock(session, bank.kit, FRI + WEEK) == 2
    assert short(bank) == {}
    assert bank.lines(1)[bank.magnet]["replaced_on"] == FRI + WEEK
    with pytest.raises(Refused, match="short of nothing"), bank.doing() as session:
        lending.restock(session, bank.kit, FRI + WEEK)


def test_a_loan_without_a_tick_list_from_an_older_book_is_checked_in_against_the_contents(bank):
    with bank.doing() as session:
        values = {"resource_id": bank.kit, "school_id": bank.ash, "starts_on": MON, "due_on": FRI}
        loan = records.add(session, t.Loan, {**values, "out_on": MON})
    with bank.store.read() as session:
        assert [part.out for part in return_facts(session, loan, FRI).parts] == [10, 20, 4]
    check_in(bank, loan, {bank.wire: Counted(gone=1)})
    assert bank.lines(loan)[bank.wire]["in_quantity"] == 3


def test_an_action_is_one_step_that_undo_takes_back_whole(bank):
    before = bank.whole()
    loan = lend(bank)
    lent = bank.whole()
    check_in(bank, loan, {bank.magnet: Counted(gone=1)})
    bank.store.undo()
    assert bank.whole() == lent
    bank.store.undo()
    assert bank.whole() == before


def test_a_corrected_loan_must_still_be_possible(bank):
    first = lend(bank)
    check_in(bank, first, on=FRI - DAY)
    second = reserve(bank, FRI + WEEK, FRI + 2 * WEEK)
    with pytest.raises(BadInput, match="booked to Ashcombe"), bank.doing() as session:
        lending.change_loan(session, second, {"starts_on": MON}, None, TODAY)
    with pytest.raises(BadInput, match="before it starts") as no, bank.doing() as session:
        lending.change_loan(session, second, {"due_on": MON}, None, TODAY)
    assert no.value.field == "due_on"
    with pytest.raises(BadInput, match="before it went out") as no, bank.doing() as session:
        lending.change_loan(session, first, {"back_on": MON - DAY}, None, TODAY)
    assert no.value.field == "back_on"
    with bank.doing() as session:
        lending.change_loan(session, second, {"notes": "For Year 4", "starts_on": FRI + DAY}, None, TODAY)
        lending.change_loan(session, first, {"notes": "All well"}, None, TODAY)
    assert bank.values("loan", second)["notes"] == "For Year 4"


def test_a_loan_that_is_gone_is_said_to_be_gone(bank):
    with pytest.raises(Changed, match="loan is not there any more"), bank.doing() as session:
        lending.cancel(session, 77, TODAY)
    with pytest.raises(Changed, match="resource is not there any more"), bank.store.read() as session:
        lend_facts(session, 77, TODAY)


def test_the_form_to_lend_knows_members_first_their_people_and_what_the_rules_will_say(bank):
    with bank.doing() as session:
        other = records.add(session, t.School, {"name": "Aldertree"})
        person = records.add(session, t.Person, {"name": "Zoe Adams", "school_id": bank.ash})
        records.add(session, t.Person, {"name": "Amy Brook", "school_id": bank.ash})
        role = {"kind": "ssl", "person_id": person, "school_id": bank.ash, "starts_on": MON}
        records.add(session, t.Role, role)
        meeting = {"title": "Forces", "held_on": dt.date(2024, 11, 20), "status": "planned"}
        records.add(session, t.Meeting, meeting)
        records.change(session, t.Resource, bank.kit, {"has_mains": True, "life": "on_trial"})
    lend(bank)
    with bank.store.read() as session:
        facts = lend_facts(session, bank.kit, TODAY)
    assert [one.id for one in facts.schools] == [bank.ash, bank.birch, other]
    assert [one.name for one in facts.people_of(bank.ash)] == ["Zoe Adams", "Amy Brook"]
    assert facts.suggestions(bank.ash, MON)[0].on == dt.date(2024, 11, 20)
    said = {one.rule for one in facts.verdicts(bank.birch, MON, FRI)}
    assert said == {"R-LOAN-1", "R-LOAN-5", "R-RES-4"}
    assert {one.rule for one in facts.verdicts(bank.birch, MON + 2 * WEEK, FRI + 2 * WEEK)} == {
        "R-LOAN-5",
        "R-RES-4",
    }


def test_a_loan_that_is_over_can_be_written_down_if_it_was_possible(bank):
    known = {"resource_id": bank.kit, "school_id": bank.ash, "starts_on": MON, "due_on": FRI}
    with pytest.raises(BadInput, match="day it went out") as no, bank.doing() as session:
        lending.add_loan(session, {**known, "back_on": FRI}, FRI)
    assert no.value.field == "out_on"
    with bank.doing() as session:
        loan = lending.add_loan(session, {**known, "out_on": MON, "back_on": FRI}, FRI)
    assert bank.values("loan", loan)["code"] == "L-0001"
    with pytest.raises(BadInput, match="booked to Ashcombe"), bank.doing() as session:
        lending.add_loan(session, {**known, "school_id": bank.birch, "out_on": MON, "back_on": FRI}, FRI)
    with pytest.raises(BadInput, match="weekend"), bank.doing() as session:
        lending.add_loan(session, {**known, "starts_on": FRI, "due_on": FRI + DAY}, FRI)
