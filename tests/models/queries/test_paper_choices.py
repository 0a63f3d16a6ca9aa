"""What a paper is offered of, and which of it comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from models import tables as t
from models.queries.papers.choices import offered
from models.words import ClaimState

DAY = dt.date(2025, 6, 20)


def asked(store, key, year=2024, wanted=0, day=DAY):
    with store.read() as session:
        return offered(session, key, year, lambda: day, wanted)


def record(store, table, key):
    with store.read() as session:
        return session.get(table, key)


@pytest.mark.parametrize(
    ("key", "day"), [("sign_in", (7, 8)), ("agenda", (7, 8)), ("handover", (9, 24)), ("minutes", (6, 10))]
)
def test_a_paper_of_a_meeting_begins_with_the_next_one_and_minutes_with_the_last(sample, key, day):
    found = asked(sample, key)
    assert record(sample, t.Meeting, found.usual).held_on == dt.date(2025, *day)
    days = [record(sample, t.Meeting, one.id).held_on for one in found.choices]
    assert days == sorted(days)


def test_a_record_that_is_wanted_is_offered_and_begun_with_whatever_its_year(sample):
    assert all(one.id != 3 for one in asked(sample, "minutes").choices)
    found = asked(sample, "minutes", wanted=3)
    assert found.usual == 3
    assert any(one.id == 3 for one in found.choices)


def test_a_remittance_is_offered_of_paid_claims_alone_the_last_paid_first(sample):
    found = asked(sample, "remittance")
    claims = [record(sample, t.CoverClaim, one.id) for one in found.choices]
    assert {one.state for one in claims} == {ClaimState.PAID}
    assert [one.paid_on for one in claims] == sorted((one.paid_on for one in claims), reverse=True)
    assert found.usual == claims[0].id


def test_recharge_notes_begin_with_the_last_session_that_schools_pay_for(sample):
    assert record(sample, t.CpdSession, asked(sample, "recharge").usual).code == "CPD-04"


def test_slips_are_for_what_is_out_and_cards_for_what_lists_its_contents(sample):
    loans = asked(sample, "loan_slip")
    out = [one.id for one in loans.choices if one.usual]
    assert all(record(sample, t.Loan, key).out_on and not record(sample, t.Loan, key).back_on for key in out)
    assert len(out) == 3
    cards = asked(sample, "contents_card").choices
    assert {one.code for one in cards if not one.usual} == {"BOOK-01", "ITEM-01"}


def test_an_empty_book_offers_nothing_but_this_year(store):
    for key in ("sign_in", "claim_form", "remittance", "loan_slip", "labels", "recharge", "catalogue"):
        found = asked(store, key)
        assert (found.choices, found.usual, found.schools, found.years) == ((), None, (), (2024,))
