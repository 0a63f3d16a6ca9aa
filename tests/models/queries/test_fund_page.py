"""What the fund page asks: states, balances, plan, years, the Advisor's log (R-POT, R-LEAD-4, R-TRAV-1)."""

import datetime as dt

import pytest

from models import tables as t
from models.calendar import year_bounds
from models.queries.account import pot_year
from models.queries.advisor_log import AdvisorLog, ApprovalRow, advisor_log
from models.queries.book import Book
from models.queries.fund_extras import cpd_entry, cpd_fees, match_words, other_funding_rows
from models.queries.fund_page import FundPage, FundView, Where, fund_page, where
from models.queries.headline import headline
from models.queries.todo import Matter, todo
from models.rules.verdict import About
from models.store import Store
from models.words import (
    ApprovalKind,
    ApprovalState,
    ClaimState,
    CoverPurpose,
    Direction,
    EntryState,
    FundKind,
    Happened,
    Heading,
    OtherFundingState,
    RoleKind,
)
from tests.models.queries.small import Small, filling

MARCH, TODAY = dt.date(2024, 3, 14), dt.date(2024, 6, 20)


def page(store: Store, year: int = 2023, fund_id: int | None = None, today: dt.date = TODAY) -> FundPage:
    with store.read() as session:
        return fund_page(session, year, fund_id, lambda: today)


def view(store: Store, year: int = 2023, fund_id: int | None = None, today: dt.date = TODAY) -> FundView:
    found = page(store, year, fund_id, today).view
    assert found is not None
    return found


def log(store: Store, today: dt.date = TODAY) -> AdvisorLog:
    with store.read() as session:
        return advisor_log(session, lambda: today)


def row(store: Store, code: str) -> ApprovalRow:
    return next(one for one in log(store).rows if one.code == code)


def start(small: Small) -> int:
    """A cluster whose pot got £1,000."""
    small.cluster()
    small.school("Ashcombe")
    pot = small.fund(name="Cluster pot")
    small.entry(pot, dt.date(2023, 9, 20), 1000_00, Heading.GRANT, direction=Direction.IN)
    return pot


def asked(small: Small, **values: object) -> int:
    known = {"kind": ApprovalKind.EXTRA_TIME, "asked_on": dt.date(2024, 2, 1), "question": "May we?"}
    return small.add(t.Approval, code=small.code("AP"), **{**known, **values})


# -- on the sample


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_figures_are_those_of_the_pack_and_the_balance_runs_to_them(sample: Store, year: int) -> None:
    """R-REV-7: opening + in − out = closing, on the page as in the pack."""
    with sample.read() as session:
        book = Book(session)
        today = book.today()
        now = headline(book, year, min(today, year_bounds(year)[1])).pot
        found = fund_page(session, year)
    assert now is not None
    assert found.view is not None
    assert found.view.now.account == now
    assert found.purses[0].closing_p == now.closing_p
    paid = [one for one in found.view.entries if one.balance_p is not None]
    assert paid[-1].balance_p == now.closing_p
    assert sum((one.in_p or 0) - (one.out_p or 0) for one in paid) == now.closing_p - now.opening_p


def test_the_pot_comes_first_and_another_purse_can_be_chosen(sample: Store) -> None:
    found = page(sample, 2024)
    names = [one.name for one in found.purses]
    assert names == ["Cluster pot", "Lead time", "Finance administration", "Lantern Fund"]
    other = view(sample, 2024, found.purses[3].id)
    assert (other.purse.name, other.lead) == ("Lantern Fund", None)
    time = view(sample, 2024, found.purses[1].id)
    assert time.lead is not None
    assert (time.lead.available_p, time.lead.left_p) == (340_00, 50_00)


def test_what_is_planned_after_today_is_listed_and_not_counted(sample: Store) -> None:
    found = view(sample, 2024)
    last = found.entries[-1]
    assert (last.code, last.state, last.balance_p) == ("E-0040", "Planned", None)
    assert last.claim == "SC-0054"
    assert not last.may_pay  # it is paid with its claim
    assert found.now.account.planned_p == 0  # as of today: the pack counts it from its day on


def test_a_year_of_the_sample_is_closed_with_what_it_carries(sample: Store) -> None:
    this, before = view(sample, 2024).years
    assert (this.year, this.state, this.opening_p) == (2024, "Running", before.closing_p)
    assert (before.state, before.carried_p, before.moved_p, before.may_reopen) == ("Closed", 491_62, 0, True)


def test_the_log_puts_what_waits_first_then_the_newest(sample: Store) -> None:
    found = log(sample)
    assert [one.code for one in found.rows] == [f"AP-000{n}" for n in (6, 5, 4, 3, 2, 1)]
    assert (found.rows[0].waits, found.rows[0].days, found.approver) == (True, 8, "the Advisor")
    gate = found.rows[1].gates[0]
    assert (gate.code, gate.paid, gate.may_pay, found.rows[1].spent_p) == ("E-0033", True, False, 150_00)
    with sample.read() as session:
        assert found.advisor_id is not None
        assert Book(session).person_name(found.advisor_id) == "Helen Marchbanks"


def test_each_record_of_the_page_knows_where_it_lies(sample: Store) -> None:
    with sample.read() as session:
        assert where(session, "fund_entry", 10) == Where(4, 2023)
        assert where(session, "budget_line", 6) == Where(1, 2024)
        assert where(session, "year_close", 2) == Where(2, 2023)
        assert where(session, "fund", 4) == Where(4, 2023)
        assert where(session, "fund_entry", 999) is None


def test_cpd_fees_say_who_pays_and_what_is_entered(sample: Store) -> None:
    with sample.read() as session:
        found = {one.code: one for one in cpd_fees(session, 2024)}
    assert list(found) == ["CPD-05", "CPD-04", "CPD-03"]
    talk = found["CPD-04"]
    assert (talk.split.pot_p, talk.entered_p, talk.paid_p, talk.to_enter_p) == (480_00, 480_00, 480_00, 0)
    assert talk.entries == ("E-0034",)
    assert talk.words.startswith("The pot pays £480; 7 schools share £180")


def test_other_funding_has_its_fund_and_its_declaration(sample: Store) -> None:
    with sample.read() as session:
        council, lantern = other_funding_rows(session)
        assert match_words(session, 2024) == (
            "7 schools: £3,500; sponsor’s match funding: not entered; grants received: £2,820"
        )
    assert (lantern.fund, lantern.says) == ("Lantern Fund", ())
    assert (council.fund, council.state) == ("", OtherFundingState.APPLIED)
    assert council.words.endswith("applied for 6 May 2025")


# -- states


def test_extra_time_waits_until_the_answer_is_there(store: Store) -> None:
    """R-LEAD-4: and an answer that came after the day planned lets it be paid today."""
    with filling(store) as small:
        pot = start(small)
        question = asked(small)
        small.entry(
            pot,
            MARCH,
            50_00,
            Heading.EXTRA_TIME,
            approval_id=question,
            state=EntryState.PLANNED,
            code="E-0100",
        )
        small.entry(pot, MARCH, 20_00, Heading.TRAVEL, state=EntryState.PLANNED, code="E-0101")
        small.entry(pot, MARCH, 20_00, Heading.EVENTS, state=EntryState.PLANNED, code="E-0102")
    states = {one.code: (one.state, one.may_pay, one.needs) for one in view(store).entries[1:]}
    assert states == {
        "E-0100": ("Waiting", False, ApprovalKind.EXTRA_TIME),
        "E-0101": ("Waiting", False, ApprovalKind.TRAVEL),
        "E-0102": ("Planned", True, None),
    }
    found = page(store)
    assert (found.waiting, found.purses[0].waiting) == (1, 2)
    gate = row(store, "AP-0002").gates[0]
    assert (gate.code, gate.may_pay) == ("E-0100", False)
    assert "waits for the Advisor" in gate.says
    with store.transaction("Answer") as (session, _):
        answered = session.get_one(t.Approval, question)
        answered.state, answered.decided_on = ApprovalState.APPROVED, dt.date(2024, 4, 2)
    entry = view(store).entries[1]
    assert (entry.state, entry.may_pay, entry.approval) == ("Planned", True, "AP-0002")
    assert not [words for words in entry.says if "Advisor" in words]
    assert row(store, "AP-0002").gates[0].may_pay


def test_an_entry_and_its_reversal_name_each_other_and_leave_the_balance(store: Store) -> None:
    with filling(store) as small:
        pot = start(small)
        first = small.entry(pot, MARCH, 40_00, Heading.EVENTS, code="E-0100")
        small.entry(pot, MARCH, 40_00, Heading.EVENTS, reverses_id=first, code="E-0101")
    _, one, two = view(store).entries
    assert (one.state, one.other, one.out_p, one.balance_p) == ("Taken back", "E-0101", 40_00, 960_00)
    assert (two.state, two.other, two.out_p, two.balance_p) == ("Reversal", "E-0100", -40_00, 1000_00)
    assert (one.may_take_back, two.may_take_back) == (False, False)


def test_release_says_which_claim_it_pays(store: Store) -> None:
    with filling(store) as small:
        pot = start(small)
        of = {"state": ClaimState.PAID, "purpose": CoverPurpose.PROJECT, "code": "SC-0100"}
        claim = small.claim(1, small.person("T1", 1), MARCH, **of)
        small.entry(pot, MARCH, 100_00, Heading.PROJECT_RELEASE, claim_id=claim, school_id=1)
    entry = view(store).entries[-1]
    assert (entry.claim, entry.school, entry.may_take_back) == ("SC-0100", "Ashcombe", False)


def test_what_the_rules_say_stands_with_the_entry(store: Store) -> None:
    """R-POT-2, R-POT-5: no decision, and £40 more than there is."""
    with filling(store) as small:
        pot = start(small)
        small.entry(pot, MARCH, 1040_00, Heading.EVENTS, code="E-0100")
    says = " ".join(view(store).entries[-1].says)
    assert "link the meeting’s decision" in says
    assert "£40 short" in says


# -- the plan


def test_a_heading_nobody_planned_is_not_a_plan_of_nothing(store: Store) -> None:
    """R-POT-6, R-REV-5."""
    with filling(store) as small:
        pot = start(small)
        of = {"fund_id": pot, "school_year": 2023}
        small.add(t.BudgetLine, **of, heading=Heading.EVENTS, planned_p=100_00)
        small.entry(pot, MARCH, 112_00, Heading.EVENTS)
        small.add(t.BudgetLine, fund_id=pot, school_year=2022, heading=Heading.CPD, planned_p=5)
    found = view(store)
    grant, events = found.plan
    assert (grant.heading, grant.planned_p, grant.line_id, grant.needs_note) == (
        Heading.GRANT,
        None,
        None,
        True,
    )
    assert (events.planned_p, events.difference_p, events.off) == (100_00, 12_00, "12%")
    assert events.needs_note
    assert found.planned_before


# -- years


def test_a_year_that_is_over_is_to_be_closed_after_the_one_before(store: Store) -> None:
    with filling(store) as small:
        start(small)
    rows = view(store, 2025, today=dt.date(2025, 10, 1)).years
    assert [(one.year, one.state, one.may_close) for one in rows] == [
        (2025, "Running", False),
        (2024, "To close", False),
        (2023, "To close", True),
    ]
    assert [one.opening_p for one in rows] == [1000_00, 1000_00, 0]


def test_a_closed_year_that_moved_says_what_was_carried_and_what_it_is_now(store: Store) -> None:
    """R-POT-3."""
    with filling(store) as small:
        pot = start(small)
        closing = {"fund_id": pot, "school_year": 2023, "closed_on": dt.date(2024, 9, 10)}
        small.add(t.YearClose, **closing, closing_p=1000_00)
        small.entry(pot, MARCH, 30_00, Heading.EVENTS)
    found = view(store, 2024, today=dt.date(2024, 10, 1)).years[-1]
    assert (found.state, found.carried_p, found.closing_p, found.moved_p) == (
        "Moved",
        1000_00,
        970_00,
        -30_00,
    )
    assert (found.may_close, found.may_reopen) == (True, True)
    assert page(store, 2023, today=dt.date(2024, 10, 1)).purses[0].state == "Moved"


def test_a_year_opened_again_is_open_and_keeps_its_closings(store: Store) -> None:
    with filling(store) as small:
        pot = start(small)
        closing = {"fund_id": pot, "school_year": 2023, "closing_p": 1000_00, "reason": "Late bill"}
        september = {"closed_on": dt.date(2024, 9, 10), "reopened_on": dt.date(2024, 9, 12)}
        small.add(t.YearClose, **closing, **september)
    found = view(store, 2023, today=dt.date(2024, 10, 1)).years[-1]
    assert (found.state, found.carried_p, found.moved_p, found.may_close) == ("To close", None, 0, True)
    assert [(one.reason, one.carried_p) for one in found.closings] == [("Late bill", 1000_00)]


# -- little or nothing


def test_a_book_without_funds_has_no_purse_and_a_year_before_the_first_says_when_it_starts(
    store: Store,
) -> None:
    assert page(store).purses == ()
    assert page(store).later is None
    with filling(store) as small:
        start(small)
    found = page(store, 2022)
    assert (found.purses, found.view, found.later) == ((), None, dt.date(2023, 9, 1))


def test_a_new_log_is_empty_and_without_an_advisor_nobody_is_proposed(store: Store) -> None:
    found = log(store)
    assert (found.rows, found.advisor_id) == ((), None)
    with filling(store) as small:
        small.cluster()
        chair = small.person("Chair", None)
        small.add(t.Role, person_id=chair, kind=RoleKind.STEERING_CHAIR, starts_on=dt.date(2023, 9, 1))
        small.add(t.SchemeSetting, key="approver_role", value="steering_chair", starts_on=dt.date(2023, 9, 1))
    assert (log(store).approver, log(store).advisor_id) == ("the Steering Group chair", chair)


def test_an_entry_for_a_cpd_session_begins_with_the_pots_part(store: Store) -> None:
    """R-CPD-1: £550 and £110 VAT: £480 from the pot, of which £80 VAT."""
    with filling(store) as small:
        pot = start(small)
        session_values = {"code": "CPD-01", "title": "Forces", "held_on": MARCH, "provider": "T. Garrod"}
        fee = {"fee_p": 550_00, "vat_p": 110_00, "vat_registered": True, "status": Happened.HELD}
        forces = small.add(t.CpdSession, **session_values, **fee)
    with store.read() as session:
        values = cpd_entry(session, forces)
        fees = cpd_fees(session, 2023)
    assert (values["fund_id"], values["amount_p"], values["vat_p"]) == (pot, 480_00, 80_00)
    assert (fees[0].entered_p, fees[0].to_enter_p) == (0, 480_00)
    with filling(store) as small:
        small.fund(FundKind.OTHER)
        small.add(t.FundEntry, code="E-0900", **values)
    with store.read() as session:
        again = cpd_fees(session, 2023)[0]
        assert pot_year(Book(session), 2023, TODAY) is not None
    assert (again.entered_p, again.paid_p, again.to_enter_p) == (480_00, 0, 0)


def test_home_asks_to_ask_the_advisor_about_what_is_planned_and_needs_it(store: Store) -> None:
    """R-TRAV-1: and no more once the question is logged, which is waited for instead."""
    with filling(store) as small:
        pot = start(small)
        planned = {"state": EntryState.PLANNED, "description": "Taxi"}
        taxi = small.entry(pot, MARCH, 24_00, Heading.TRAVEL, **planned)
        small.entry(pot, MARCH, 24_00, Heading.EVENTS, **planned)

    def advised() -> list[tuple[str, About]]:
        with store.read() as session:
            found = todo(Book(session), 2023, TODAY)
        return [(line.title, line.about) for line in found if line.matter is Matter.ADVISOR]

    assert advised() == [("Ask the Advisor about 1 planned payment", About("fund_entry", taxi))]
    with filling(store) as small:
        question = asked(small, kind=ApprovalKind.TRAVEL)
        small.session.get_one(t.FundEntry, taxi).approval_id = question
    assert advised() == [("An answer from the Advisor is waited for", About("approval", question))]
