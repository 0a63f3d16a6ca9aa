"""Planning a fund's year, and closing it, in a real book (R-POT-3, R-POT-6)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import BadInput, Changed, Refused
from models.queries.account import pot_year
from models.queries.book import Book
from models.queries.warnings import year_verdicts
from models.services import closing, fund, other_funding, records
from models.services.budget import PlanKey, copy_plan, explain, plan, replan
from models.store import Store
from models.words import Direction, EntryState, FundKind, Heading, OtherFundingState
from tests import books
from tests.models.queries.small import filling
from tests.models.services.purse import MARCH, kept, money

YEAR_END, SEPTEMBER = dt.date(2024, 8, 31), dt.date(2024, 9, 13)
CPD = PlanKey(1, 2023, Direction.OUT, Heading.CPD)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    with filling(made) as small:
        small.cluster()
        small.school("Ashcombe")
        small.fund(name="Cluster pot")
        small.fund(FundKind.LEAD_TIME, name="Lead time")
        small.entry(1, dt.date(2023, 9, 20), 2000_00, Heading.GRANT, direction=Direction.IN)
        small.entry(1, MARCH, 560_00, Heading.CPD)
    yield made
    books.let_go(made)


def notes(store: Store, year: int = 2023, day: dt.date = YEAR_END) -> list[str]:
    with store.read() as session:
        return [one.text for one in year_verdicts(Book(session), year, day) if one.rule == "R-POT-6"]


def drift(store: Store) -> list[str]:
    with store.read() as session:
        found = year_verdicts(Book(session), 2023, YEAR_END)
        return [one.text for one in found if one.rule == "R-POT-3"]


def late(store: Store, amount_p: int = 40_00) -> int:
    """A bill of the closed year that comes after its closing."""
    with store.transaction("Enter") as (session, _):
        values = money(1, heading=Heading.EVENTS, amount_p=amount_p, state=EntryState.PAID)
        return fund.enter(session, values)


# -- the plan


def test_a_heading_is_planned_once_a_year_and_a_second_plan_replaces_the_first(store: Store) -> None:
    with store.transaction("Plan") as (session, _):
        first = plan(session, CPD, 400_00, "Two sessions")
        assert plan(session, CPD, 500_00) == first
    now = kept(store, "budget_line", first)
    assert (now["planned_p"], now["explanation"]) == (500_00, "Two sessions")


def test_a_line_ten_per_cent_off_plan_asks_for_words_until_they_are_written(store: Store) -> None:
    """R-POT-6: £500 planned, £560 spent, 12%."""
    with store.transaction("Plan") as (session, _):
        plan(session, CPD, 500_00)
    assert [one for one in notes(store) if "12%" in one]
    with store.transaction("Explain") as (session, _):
        explain(session, CPD, "The second provider charged for travel.")
    assert not [one for one in notes(store) if "12%" in one]


def test_a_line_is_not_moved_onto_a_heading_that_is_planned_already(store: Store) -> None:
    with store.transaction("Plan") as (session, _):
        first = plan(session, CPD, 500_00)
        plan(session, PlanKey(1, 2023, Direction.OUT, Heading.EVENTS), 150_00)
    with pytest.raises(BadInput) as wrong, store.transaction("Edit") as (session, _):
        replan(session, first, {"heading": Heading.EVENTS})
    assert wrong.value.field == "heading"
    with store.transaction("Edit") as (session, _):
        replan(session, first, {"heading": Heading.PSQM, "planned_p": 400_00})
    assert kept(store, "budget_line", first)["heading"] is Heading.PSQM


def test_what_nobody_planned_can_be_explained(store: Store) -> None:
    with store.transaction("Plan") as (session, _):
        plan(session, CPD, 560_00)
    assert len(notes(store)) == 1  # the grant, of which nothing was planned
    with store.transaction("Explain") as (session, _):
        line = explain(session, PlanKey(1, 2023, Direction.IN, Heading.GRANT), "Came after all.")
    assert kept(store, "budget_line", line)["planned_p"] == 0
    assert notes(store) == []


def test_last_years_plan_is_copied_without_its_explanations_and_without_what_is_planned(store: Store) -> None:
    with store.transaction("Plan") as (session, _):
        plan(session, CPD, 500_00, "Because.")
        plan(session, PlanKey(1, 2023, Direction.OUT, Heading.EVENTS), 150_00)
        plan(session, PlanKey(1, 2024, Direction.OUT, Heading.EVENTS), 175_00)
    with store.transaction("Copy") as (session, _):
        assert copy_plan(session, 1, 2024) == 1
    with store.read() as session:
        found = pot_year(Book(session), 2024, dt.date(2025, 8, 31))
        assert found is not None
        lines = {one.line.heading: (one.line.planned_p, one.line.explanation) for one in found.plan}
    assert lines == {Heading.CPD: (500_00, ""), Heading.EVENTS: (175_00, "")}
    with (
        pytest.raises(Refused, match="is planned for 2024 to 2025 already"),
        store.transaction("Copy") as (session, _),
    ):
        copy_plan(session, 1, 2024)
    with (
        pytest.raises(Refused, match="Nothing was planned for 2022 to 2023"),
        store.transaction("Copy") as (session, _),
    ):
        copy_plan(session, 1, 2023)


# -- closing a year


def test_a_closed_year_keeps_its_figure_and_says_so_when_it_drifts(store: Store) -> None:
    """R-POT-3: what is carried over is stored; a late entry is not refused, and not silent."""
    with store.transaction("Close") as (session, _):
        made = closing.close_year(session, 1, 2023, SEPTEMBER)
    assert kept(store, "year_close", made)["closing_p"] == 1440_00
    assert drift(store) == []
    late(store)
    assert kept(store, "year_close", made)["closing_p"] == 1440_00
    assert drift(store) == [
        "Cluster pot: £1,440 was carried over from 2023 to 2024, but its entries now give £1,400: find the "
        "late change, or close the year again."
    ]


def test_a_year_that_drifted_is_closed_again_and_the_first_closing_stays(store: Store) -> None:
    with store.transaction("Close") as (session, _):
        first = closing.close_year(session, 1, 2023, SEPTEMBER)
    late(store)
    with store.transaction("Close again") as (session, _):
        second = closing.close_year(session, 1, 2023, dt.date(2024, 10, 1))
    assert (kept(store, "year_close", first)["closing_p"], drift(store)) == (1440_00, [])
    assert kept(store, "year_close", first)["reason"] == "Closed again: £1,440 was carried, now £1,400"
    assert kept(store, "year_close", second)["closing_p"] == 1400_00
    store.undo()
    assert kept(store, "year_close", first)["reopened_on"] is None


def test_a_year_closed_twice_on_one_day_is_one_closing(store: Store) -> None:
    with store.transaction("Close") as (session, _):
        first = closing.close_year(session, 1, 2023, SEPTEMBER)
    late(store)
    with store.transaction("Close again") as (session, _):
        assert closing.close_year(session, 1, 2023, SEPTEMBER) == first
    now = kept(store, "year_close", first)
    assert (now["closing_p"], now["reopened_on"]) == (1400_00, None)


def test_a_year_that_has_not_changed_is_not_closed_again(store: Store) -> None:
    with store.transaction("Close") as (session, _):
        closing.close_year(session, 1, 2023, SEPTEMBER)
    with pytest.raises(Refused, match="closed already, with £1,440"), store.transaction("x") as (session, _):
        closing.close_year(session, 1, 2023, SEPTEMBER)


@pytest.mark.parametrize(
    ("year", "day", "words"),
    [
        (2023, dt.date(2024, 8, 30), "2023 to 2024 runs until 31 August 2024"),
        (2024, dt.date(2025, 9, 1), "Close 2023 to 2024 of Cluster pot first"),
        (2022, SEPTEMBER, "The book of Cluster pot starts only on 1 September 2023"),
    ],
)
def test_a_year_is_closed_after_it_is_over_and_after_the_one_before(
    store: Store, year: int, day: dt.date, words: str
) -> None:
    with pytest.raises(Refused, match=words), store.transaction("Close") as (session, _):
        closing.close_year(session, 1, year, day)


def test_all_funds_are_closed_in_one_step_and_one_that_begins_later_is_left_out(store: Store) -> None:
    with filling(store) as small:
        small.fund(FundKind.OTHER, opened=dt.date(2024, 10, 1))
    with store.transaction("Close") as (session, _):
        assert len(closing.close_all(session, 2023, SEPTEMBER)) == 2
    with (
        pytest.raises(Refused, match="closed already in every fund"),
        store.transaction("Close") as (session, _),
    ):
        closing.close_all(session, 2023, SEPTEMBER)
    store.undo()
    with store.read() as session:
        assert Book(session).rows(records.record_of("year_close")) == []


def test_opening_a_year_again_needs_a_reason_and_leaves_a_trace(store: Store) -> None:
    with store.transaction("Close") as (session, _):
        made = closing.close_year(session, 1, 2023, SEPTEMBER)
    with pytest.raises(BadInput) as wrong, store.transaction("Open") as (session, _):
        closing.reopen_year(session, 1, 2023, SEPTEMBER, " ")
    assert wrong.value.field == "reason"
    with store.transaction("Open") as (session, _):
        closing.reopen_year(session, 1, 2023, dt.date(2024, 9, 20), "The sponsor paid late.")
    now = kept(store, "year_close", made)
    assert (now["reopened_on"], now["reason"]) == (dt.date(2024, 9, 20), "The sponsor paid late.")
    late(store)
    assert drift(store) == []  # an open year has no figure to drift from
    with pytest.raises(Refused, match="is not closed"), store.transaction("Open") as (session, _):
        closing.reopen_year(session, 1, 2023, SEPTEMBER, "Again")


# -- other funding


@pytest.fixture
def enthuse(store: Store) -> int:
    with store.transaction("Apply") as (session, _):
        record = records.record_of("other_funding")
        values = {"name": "Enthuse", "applied_on": MARCH, "amount_p": 1000_00}
        return records.add(session, record, values)


def test_an_award_gets_a_fund_of_its_own(store: Store, enthuse: int) -> None:
    """R-FUND-1, R-FUND-2."""
    with store.transaction("Award") as (session, _):
        other_funding.award(session, enthuse, dt.date(2024, 5, 1), 900_00)
    with store.transaction("Fund") as (session, _):
        made = other_funding.open_fund(session, enthuse, dt.date(2024, 5, 1))
    assert kept(store, "other_funding", enthuse)["amount_p"] == 900_00
    now = kept(store, "fund", made)
    assert (now["name"], now["kind"], now["other_funding_id"]) == ("Enthuse", FundKind.OTHER, enthuse)
    with pytest.raises(Refused, match="has its own fund already"), store.transaction("x") as (session, _):
        other_funding.open_fund(session, enthuse, MARCH)
    with store.transaction("Finish") as (session, _):
        other_funding.finish(session, enthuse)
    assert kept(store, "other_funding", enthuse)["state"] is OtherFundingState.FINISHED


def test_an_award_lies_after_its_application_and_is_made_once(store: Store, enthuse: int) -> None:
    with pytest.raises(BadInput) as wrong, store.transaction("Award") as (session, _):
        other_funding.award(session, enthuse, dt.date(2024, 3, 2))
    assert wrong.value.field == "on"
    with store.transaction("No") as (session, _):
        other_funding.turn_down(session, enthuse)
    with pytest.raises(Refused, match="Enthuse is refused already"), store.transaction("x") as (session, _):
        other_funding.award(session, enthuse, MARCH)
    with pytest.raises(Refused, match="only what was awarded"), store.transaction("x") as (session, _):
        other_funding.finish(session, enthuse)
    with pytest.raises(Refused, match="a fund starts with an award"), store.transaction("x") as (session, _):
        other_funding.open_fund(session, enthuse, MARCH)


def test_the_advisor_is_told_once(store: Store, enthuse: int) -> None:
    with store.transaction("Tell") as (session, _):
        other_funding.tell_advisor(session, enthuse, MARCH)
    assert kept(store, "other_funding", enthuse)["told_advisor_on"] == MARCH
    with pytest.raises(Refused, match="on 3 March 2024 already"), store.transaction("x") as (session, _):
        other_funding.tell_advisor(session, enthuse, SEPTEMBER)


def test_a_record_that_is_gone_is_named(store: Store) -> None:
    with pytest.raises(Changed, match="not there any more"), store.transaction("x") as (session, _):
        closing.close_year(session, 99, 2023, SEPTEMBER)
