"""Questions to the Advisor and the answers, in a real book (R-LEAD-4, R-TRAV-1)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import BadInput, Refused
from models.services import approvals, fund
from models.store import Store
from models.words import ApprovalKind, ApprovalState, EntryState, Heading
from tests import books
from tests.models.queries.small import filling
from tests.models.services.purse import ASKED, MARCH, kept, money, question

IN_TIME = dt.date(2024, 3, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    with filling(made) as small:
        small.cluster()
        school = small.school("Ashcombe")
        small.person("Helen Marchbanks", school)
        small.fund(name="Cluster pot", opening_p=500_00)
    yield made
    books.let_go(made)


def asked(store: Store, entry_id: int | None = None, **more: object) -> int:
    with store.transaction("Ask") as (session, _):
        return approvals.ask(session, question(**more), entry_id)


def entered(store: Store, **more: object) -> int:
    with store.transaction("Enter") as (session, _):
        return fund.enter(session, money(1, **more))


def test_a_question_gets_the_next_number_and_waits(store: Store) -> None:
    now = kept(store, "approval", asked(store))
    assert (now["code"], now["state"], now["decided_on"]) == ("AP-0001", ApprovalState.PENDING, None)


def test_an_answer_keeps_day_person_and_words(store: Store) -> None:
    one = asked(store)
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, one, ApprovalState.DECLINED, IN_TIME, 1, "Not this time.")
    now = kept(store, "approval", one)
    assert (now["state"], now["decided_on"], now["decided_by_id"], now["words"]) == (
        ApprovalState.DECLINED,
        IN_TIME,
        1,
        "Not this time.",
    )


def test_an_answer_without_words_leaves_what_was_noted_before(store: Store) -> None:
    one = asked(store, words="She will ring back.")
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, one, ApprovalState.APPROVED, IN_TIME)
    assert kept(store, "approval", one)["words"] == "She will ring back."


def test_the_advisor_may_approve_less_than_was_asked(store: Store) -> None:
    """R-LEAD-4: what is approved is what may be spent."""
    entry_id = entered(store)
    one = asked(store, entry_id, amount_p=100_00)
    with store.transaction("Answer") as (session, _):
        approvals.answer(session, one, ApprovalState.APPROVED, IN_TIME, words="Up to £60.", amount_p=60_00)
    with pytest.raises(Refused, match="£40 over the £60"), store.transaction("Pay") as (session, _):
        fund.pay(session, entry_id, MARCH, MARCH)


def test_a_question_is_answered_once(store: Store) -> None:
    one = asked(store, state=ApprovalState.APPROVED, decided_on=IN_TIME)
    with (
        pytest.raises(Refused, match="AP-0001 was approved on 1 March 2024 already"),
        store.transaction("Answer") as (session, _),
    ):
        approvals.answer(session, one, ApprovalState.DECLINED, IN_TIME)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"state": ApprovalState.APPROVED}, "decided_on"),
        ({"state": ApprovalState.DECLINED, "decided_on": ASKED - dt.timedelta(days=1)}, "decided_on"),
        ({"decided_on": IN_TIME}, "state"),
    ],
)
def test_answer_and_day_go_together(store: Store, more: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        asked(store, **more)
    assert wrong.value.field == field


def test_pending_is_no_answer(store: Store) -> None:
    one = asked(store)
    with pytest.raises(BadInput) as wrong, store.transaction("Answer") as (session, _):
        approvals.answer(session, one, ApprovalState.PENDING, IN_TIME)
    assert wrong.value.field == "state"


def test_a_question_about_an_entry_is_linked_to_it_in_the_same_step(store: Store) -> None:
    entry_id = entered(store)
    one = asked(store, entry_id)
    assert kept(store, "fund_entry", entry_id)["approval_id"] == one
    store.undo()
    assert kept(store, "fund_entry", entry_id)["approval_id"] is None


def test_an_entry_is_not_gated_by_an_answer_of_another_kind(store: Store) -> None:
    """R-TRAV-1: what was approved as extra time does not open the gate for a taxi."""
    taxi = entered(store, heading=Heading.TRAVEL)
    with pytest.raises(BadInput, match="needs an answer of the kind “Travel”") as wrong:
        asked(store, taxi)
    assert wrong.value.field == "kind"
    asked(store, taxi, kind=ApprovalKind.TRAVEL)
    asked(store, entered(store, heading=Heading.PSQM), kind=ApprovalKind.PSQM)


def test_an_answer_that_a_payment_rests_on_is_not_turned_round(store: Store) -> None:
    one = asked(store, state=ApprovalState.APPROVED, decided_on=IN_TIME)
    entry_id = entered(store, state=EntryState.PAID, approval_id=one)
    for values in (
        {"state": ApprovalState.PENDING, "decided_on": None},
        {"state": ApprovalState.DECLINED},
        {"amount_p": 99_00},
        {"decided_on": MARCH + dt.timedelta(days=1)},
    ):
        with pytest.raises(Refused, match="E-0001"), store.transaction("Edit") as (session, _):
            approvals.change(session, one, values)
    with pytest.raises(Refused, match="no prior approval"), store.transaction("Unlink") as (session, _):
        fund.link_approval(session, entry_id, None)
    with store.transaction("Edit") as (session, _):
        approvals.change(session, one, {"words": "Yes, up to £100.", "amount_p": 100_00})
    assert kept(store, "approval", one)["amount_p"] == 100_00


def test_a_payment_that_rests_on_no_answer_may_get_one_later(store: Store) -> None:
    """The answer was given in time and is only entered now."""
    entry_id = entered(store, state=EntryState.PAID, override_reason="She said yes on the telephone.")
    asked(store, entry_id, state=ApprovalState.APPROVED, decided_on=IN_TIME)
    with store.transaction("Edit") as (session, _):
        fund.amend(session, entry_id, {"override_reason": ""})
    assert kept(store, "fund_entry", entry_id)["override_reason"] == ""
