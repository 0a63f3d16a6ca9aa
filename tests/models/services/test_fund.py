"""Entering, paying and taking back money, held to the rules, in a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.account import fund_years, pot_year
from models.queries.book import Book
from models.queries.warnings import year_verdicts
from models.services import approvals, fund, records
from models.store import Store
from models.words import (
    ApprovalKind,
    ApprovalState,
    ClaimState,
    CoverPurpose,
    EntryState,
    FundKind,
    Heading,
)
from tests import books
from tests.models.queries.small import filling
from tests.models.services.purse import MARCH, kept, money, question

ANSWERED, TODAY = dt.date(2024, 3, 10), dt.date(2024, 3, 14)
YEAR_END = dt.date(2024, 8, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    yield made
    books.let_go(made)


@pytest.fixture
def pot(store: Store) -> int:
    """A cluster whose pot has £500."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe")
        return small.fund(name="Cluster pot", opening_p=500_00)


def entered(store: Store, values: dict[str, object]) -> int:
    with store.transaction("Enter") as (session, _):
        return fund.enter(session, values)


def closing(store: Store, year: int = 2023) -> int:
    with store.read() as session:
        found = pot_year(Book(session), year, YEAR_END)
        assert found is not None
        return found.account.closing_p


def waiting(store: Store, pot: int, **more: object) -> tuple[int, int]:
    """An entry, and the question that it waits for."""
    entry_id = entered(store, money(pot))
    with store.transaction("Ask") as (session, _):
        return entry_id, approvals.ask(session, question(**more), entry_id)


# -- the gate


def test_extra_time_waits_for_the_advisor_and_is_paid_once_approved(store: Store, pot: int) -> None:
    """R-LEAD-4: approval first, then the payment; each is one step."""
    entry_id, asked = waiting(store, pot)
    with pytest.raises(Refused, match="waits for the Advisor"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY)
    assert kept(store, "fund_entry", entry_id)["state"] is EntryState.PLANNED
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, asked, ApprovalState.APPROVED, dt.date(2024, 3, 1), words="Yes.")
    with store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY, "BACS 12")
    now = kept(store, "fund_entry", entry_id)
    assert (now["state"], now["paid_ref"], now["approval_id"]) == (EntryState.PAID, "BACS 12", asked)
    assert closing(store) == 400_00
    store.undo()
    assert kept(store, "fund_entry", entry_id)["state"] is EntryState.PLANNED
    assert closing(store) == 500_00


def test_spending_before_the_approval_is_refused_and_on_its_day_allowed(store: Store, pot: int) -> None:
    """R-LEAD-4: spent 3 March and approved 10 March is refused; on the day of the answer it may be paid."""
    entry_id, asked = waiting(store, pot)
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, asked, ApprovalState.APPROVED, ANSWERED)
    with pytest.raises(Refused, match="approval must come first"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY)
    with store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, ANSWERED, TODAY)
    assert kept(store, "fund_entry", entry_id)["on"] == ANSWERED


def test_without_any_answer_it_is_paid_only_for_a_reason_that_is_kept(store: Store, pot: int) -> None:
    """A refusal needs a recorded override with a reason."""
    entry_id = entered(store, money(pot))
    with pytest.raises(Refused, match="no prior approval"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY, override_reason="  ")
    with store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY, override_reason="Agreed on the telephone.")
    assert kept(store, "fund_entry", entry_id)["override_reason"] == "Agreed on the telephone."
    with store.read() as session:
        found = [one for one in year_verdicts(Book(session), 2023, YEAR_END) if one.rule == "R-LEAD-4"]
        assert [one.severity for one in found] == ["info"]


def test_more_than_was_approved_is_refused_also_when_it_is_paid_in_parts(store: Store, pot: int) -> None:
    entry_id, asked = waiting(store, pot, amount_p=150_00)
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, asked, ApprovalState.APPROVED, dt.date(2024, 3, 1))
    with store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY)
    with pytest.raises(Refused, match="£50 over the £150 approved"):
        entered(store, money(pot, state=EntryState.PAID, approval_id=asked))
    entered(store, money(pot, state=EntryState.PAID, approval_id=asked, amount_p=50_00))


def test_travel_that_was_declined_is_not_paid_from_the_pot(store: Store, pot: int) -> None:
    """R-TRAV-1."""
    entry_id = entered(store, money(pot, heading=Heading.TRAVEL, amount_p=60_00))
    with store.transaction("Ask") as (session, _):
        declined = question(
            kind=ApprovalKind.TRAVEL, state=ApprovalState.DECLINED, decided_on=dt.date(2024, 3, 1)
        )
        approvals.ask(session, declined, entry_id)
    with pytest.raises(Refused, match=r"declined.*the school pays"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY)


def test_a_paid_entry_cannot_be_entered_or_made_into_one_that_a_rule_refuses(store: Store, pot: int) -> None:
    """The gate holds whichever way money goes through it: a new entry, or another heading."""
    paid = {"state": EntryState.PAID}
    with pytest.raises(Refused, match="no prior approval"):
        entered(store, money(pot, **paid))
    other = entered(store, money(pot, heading=Heading.EVENTS, **paid))
    with pytest.raises(Refused, match="no prior approval"), store.transaction("Edit") as (session, _):
        fund.amend(session, other, {"heading": Heading.EXTRA_TIME})
    with store.transaction("Edit") as (session, _):
        fund.amend(session, other, {"heading": Heading.RESOURCES})


def test_an_old_fault_does_not_keep_one_from_other_work(store: Store, pot: int) -> None:
    with store.transaction("Import") as (session, _):
        records.add(session, t.FundEntry, money(pot, state=EntryState.PAID))
    entered(store, money(pot, heading=Heading.EVENTS, state=EntryState.PAID))
    assert closing(store) == 300_00


def test_nothing_new_is_spent_after_the_agreement(store: Store, pot: int) -> None:
    """R-AGR-2: the small cluster's agreement ends on 31 August 2025."""
    late = money(pot, heading=Heading.EVENTS, on=dt.date(2025, 9, 1))
    with pytest.raises(Refused, match="nothing new is spent"):
        entered(store, late)
    entered(store, {**late, "on": dt.date(2025, 8, 31)})


def test_a_claim_is_not_paid_from_two_funds(store: Store, pot: int) -> None:
    """R-FUND-2."""
    with filling(store) as small:
        teacher = small.person("T1", 1)
        claim = small.claim(1, teacher, MARCH, state=ClaimState.PAID, purpose=CoverPurpose.PROJECT)
        other = small.fund(FundKind.OTHER)
    release = money(pot, heading=Heading.PROJECT_RELEASE, claim_id=claim, state=EntryState.PAID)
    entered(store, release)
    with pytest.raises(Refused, match="a spend belongs to one fund"):
        entered(store, {**release, "fund_id": other})


def test_a_claim_is_paid_before_its_entry(store: Store, pot: int) -> None:
    with filling(store) as small:
        claim = small.claim(1, small.person("T1", 1), MARCH, state=ClaimState.APPROVED, code="SC-0007")
    entry_id = entered(store, money(pot, heading=Heading.PROJECT_RELEASE, claim_id=claim))
    with (
        pytest.raises(Refused, match="SC-0007, which is approved"),
        store.transaction("Pay") as (session, _),
    ):
        fund.pay(session, entry_id, MARCH, TODAY)


def test_what_is_paid_is_not_paid_again(store: Store, pot: int) -> None:
    entry_id = entered(store, money(pot, heading=Heading.EVENTS, state=EntryState.PAID))
    with pytest.raises(Refused, match="was paid on 3 March 2024"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, TODAY)


def test_money_that_has_not_gone_yet_is_not_paid(store: Store, pot: int) -> None:
    entry_id = entered(store, money(pot, heading=Heading.EVENTS))
    with pytest.raises(BadInput) as wrong, store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, TODAY + dt.timedelta(days=1), TODAY)
    assert wrong.value.field == "on"


# -- values that must fit together


def test_vat_is_part_of_the_amount(store: Store, pot: int) -> None:
    with pytest.raises(BadInput) as wrong:
        entered(store, money(pot, vat_p=100_01))
    assert wrong.value.field == "vat_p"
    entry_id = entered(store, money(pot, vat_p=20_00))
    with pytest.raises(BadInput) as wrong, store.transaction("Edit") as (session, _):
        fund.amend(session, entry_id, {"amount_p": 19_99})
    assert wrong.value.field == "vat_p"


def test_an_entry_before_the_funds_book_is_refused_beside_its_date(store: Store, pot: int) -> None:
    """R-POT-3: it would count nowhere."""
    with pytest.raises(BadInput, match="book of Cluster pot starts on 1 September 2023") as wrong:
        entered(store, money(pot, on=dt.date(2023, 8, 31)))
    assert wrong.value.field == "on"


@pytest.mark.usefixtures("pot")
def test_of_the_sponsors_kinds_there_is_one_fund_each(store: Store) -> None:
    """R-LEAD-3, R-FUND-2: two pots would be one purse with two names."""
    first = {"name": "Second pot", "kind": FundKind.POT, "opened_on": dt.date(2023, 9, 1)}
    with pytest.raises(BadInput) as wrong, store.transaction("Fund") as (session, _):
        fund.add_fund(session, first)
    assert wrong.value.field == "kind"
    with store.transaction("Fund") as (session, _):
        fund.add_fund(session, {**first, "kind": FundKind.LEAD_TIME, "name": "Lead time"})
        fund.add_fund(session, {**first, "kind": FundKind.OTHER, "name": "Enthuse"})
        fund.add_fund(session, {**first, "kind": FundKind.OTHER, "name": "Ogden"})
    with store.read() as session:
        assert len(fund_years(Book(session), 2023, YEAR_END)) == 4


# -- taking back


def bought(store: Store, pot: int) -> int:
    return entered(
        store, money(pot, heading=Heading.RESOURCES, state=EntryState.PAID, vat_p=10_00, payee="Bright Bench")
    )


def test_what_is_taken_back_counts_for_nothing_and_both_stay_in_the_account(store: Store, pot: int) -> None:
    entry_id = bought(store, pot)
    with store.transaction("Take back") as (session, _):
        back = fund.take_back(session, entry_id, dt.date(2024, 3, 5), "Typed twice.")
    now = kept(store, "fund_entry", back)
    assert (now["reverses_id"], now["amount_p"], now["payee"]) == (entry_id, 100_00, "Bright Bench")
    assert (now["description"], now["notes"]) == ("Takes back E-0001: Two mornings", "Typed twice.")
    with store.read() as session:
        found = pot_year(Book(session), 2023, YEAR_END)
        assert found is not None
        assert len(found.entries) == 2
        assert [(line.heading, line.amount_p) for line in found.account.spending] == [(Heading.RESOURCES, 0)]
        assert found.account.closing_p == 500_00


@pytest.mark.parametrize(
    ("reason", "day", "field"),
    [("  ", dt.date(2024, 3, 5), "reason"), ("Typed twice", dt.date(2024, 3, 2), "on")],
)
def test_taking_back_needs_a_reason_and_a_day_not_before_the_entry(
    store: Store, pot: int, reason: str, day: dt.date, field: str
) -> None:
    entry_id = bought(store, pot)
    with pytest.raises(BadInput) as wrong, store.transaction("Take back") as (session, _):
        fund.take_back(session, entry_id, day, reason)
    assert wrong.value.field == field


def test_what_was_taken_back_is_not_taken_back_again_nor_is_a_reversal(store: Store, pot: int) -> None:
    entry_id = bought(store, pot)
    with store.transaction("Take back") as (session, _):
        back = fund.take_back(session, entry_id, MARCH, "Typed twice.")
    with pytest.raises(Refused, match="E-0001 was taken back by E-0002"), store.transaction("x") as (one, _):
        fund.take_back(one, entry_id, MARCH, "Again")
    with pytest.raises(Refused, match="E-0002 takes E-0001 back already"), store.transaction("x") as (one, _):
        fund.take_back(one, back, MARCH, "Again")


def test_an_entry_that_pays_a_claim_is_taken_back_with_its_claim(store: Store, pot: int) -> None:
    """R-COVER-13: claim and fund never tell different stories."""
    with filling(store) as small:
        claim = small.claim(1, small.person("T1", 1), MARCH, state=ClaimState.PAID, code="SC-0007")
    release = money(pot, heading=Heading.PROJECT_RELEASE, claim_id=claim, state=EntryState.PAID)
    entry_id = entered(store, release)
    with pytest.raises(Refused, match="pays claim SC-0007"), store.transaction("Take back") as (session, _):
        fund.take_back(session, entry_id, MARCH, "Wrong school.")


def test_what_is_only_planned_is_not_taken_back(store: Store, pot: int) -> None:
    entry_id = entered(store, money(pot))
    with pytest.raises(Refused, match="only planned"), store.transaction("Take back") as (session, _):
        fund.take_back(session, entry_id, MARCH, "Wrong")


def test_both_sides_of_a_reversal_keep_their_amount_but_their_words_may_be_mended(
    store: Store, pot: int
) -> None:
    entry_id = bought(store, pot)
    with store.transaction("Take back") as (session, _):
        back = fund.take_back(session, entry_id, MARCH, "Typed twice.")
    for one in (entry_id, back):
        with (
            pytest.raises(Refused, match="take each other back"),
            store.transaction("Edit") as (session, _),
        ):
            fund.amend(session, one, {"amount_p": 90_00})
        with store.transaction("Edit") as (session, _):
            fund.amend(session, one, {"amount_p": 100_00, "description": "Magnets"})
    assert kept(store, "fund_entry", back)["description"] == "Magnets"


def test_an_entry_that_was_changed_meanwhile_is_not_written_over(store: Store, pot: int) -> None:
    entry_id = bought(store, pot)
    seen = kept(store, "fund_entry", entry_id)
    with store.transaction("Edit") as (session, _):
        fund.amend(session, entry_id, {"payee": "Hum & Hollow"}, seen)
    with pytest.raises(Changed), store.transaction("Edit") as (session, _):
        fund.amend(session, entry_id, {"payee": "Curious Crate"}, seen)
