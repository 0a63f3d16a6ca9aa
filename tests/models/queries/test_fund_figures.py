"""The funds of small books: what is listed adds up to what is counted, on every page (R-POT-*, R-LEAD-*)."""

import datetime as dt

from models import tables as t
from models.queries.account import pot_year
from models.queries.headline import headline
from models.queries.lead import lead_school
from models.store import Store
from models.words import (
    ApprovalKind,
    ApprovalState,
    CoverPurpose,
    Direction,
    EntryState,
    FundKind,
    Heading,
)
from tests.models.queries.small import Small, asking, filling

YEAR = dt.date(2024, 8, 31)
JANUARY, MARCH = dt.date(2024, 1, 10), dt.date(2024, 3, 14)


def approved(small: Small, **values: object) -> int:
    return small.add(
        t.Approval,
        code=small.code("AP"),
        kind=ApprovalKind.EXTRA_TIME,
        asked_on=JANUARY,
        question="Two mornings?",
        state=ApprovalState.APPROVED,
        decided_on=JANUARY,
        **values,
    )


def test_entries_before_a_funds_book_starts_are_listed_nowhere_and_counted_nowhere(store: Store) -> None:
    """R-POT-3, R-REV-7: account, list and lead school agree on what is left out."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe")
        pot = small.fund(opened=JANUARY, opening_p=500_00)
        time = small.fund(FundKind.LEAD_TIME, JANUARY)
        small.entry(pot, dt.date(2023, 11, 1), 40_00, Heading.EXTRA_TIME)
        small.entry(pot, MARCH, 30_00, Heading.RESOURCES)
        small.entry(time, dt.date(2023, 11, 1), 70_00, Heading.LEAD_TIME)
        small.entry(time, MARCH, 50_00, Heading.LEAD_TIME)
    with asking(store) as book:
        found = pot_year(book, 2023, YEAR)
        assert found is not None
        assert (found.account.spent_p, found.account.closing_p) == (30_00, 470_00)
        assert [line.fact.amount_p for line in found.entries] == [30_00]
        lead = lead_school(book, 2023, YEAR)
        fund = lead.fund(FundKind.LEAD_TIME)
        assert fund is not None
        assert (fund.now.spent_p, fund.stage_spent_p) == (50_00, 50_00)
        assert [line.fact.amount_p for line in fund.entries] == [50_00]
        assert lead.unasked == ()


def test_what_is_planned_is_not_among_what_the_lead_school_spent(store: Store) -> None:
    """R-LEAD-1, R-LEAD-4: the list of payments adds up to the amount spent."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe")
        pot, time = small.fund(), small.fund(FundKind.LEAD_TIME)
        answer = approved(small, amount_p=200_00)
        planned = {"state": EntryState.PLANNED}
        small.entry(pot, MARCH, 60_00, Heading.EXTRA_TIME, approval_id=answer)
        small.entry(pot, MARCH, 90_00, Heading.EXTRA_TIME, approval_id=answer, **planned)
        small.entry(pot, MARCH, 15_00, Heading.EXTRA_TIME, **planned)
        small.entry(time, MARCH, 50_00, Heading.LEAD_TIME)
        small.entry(time, MARCH, 25_00, Heading.LEAD_TIME, **planned)
    with asking(store) as book:
        lead = lead_school(book, 2023, YEAR)
        fund = lead.fund(FundKind.LEAD_TIME)
        assert fund is not None
        assert sum(line.fact.counted_p for line in fund.entries) == fund.now.spent_p == 50_00
        assert [one.spent_p for one in lead.extra] == [60_00]
        assert lead.unasked == ()


def test_extra_time_is_the_pots_and_what_was_taken_back_was_not_spent(store: Store) -> None:
    """R-LEAD-4: another funder's money needs no approval; a reversal belongs to the answer of its entry."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe")
        pot, other = small.fund(), small.fund(FundKind.OTHER)
        answer = approved(small)
        small.entry(other, MARCH, 80_00, Heading.EXTRA_TIME)
        first = small.entry(pot, MARCH, 60_00, Heading.EXTRA_TIME, approval_id=answer)
        small.entry(pot, MARCH, 60_00, Heading.EXTRA_TIME, reverses_id=first)
        small.entry(pot, MARCH, 45_00, Heading.EXTRA_TIME, approval_id=answer)
        wrong = small.entry(pot, MARCH, 20_00, Heading.EXTRA_TIME)
        small.entry(pot, MARCH, 20_00, Heading.EXTRA_TIME, reverses_id=wrong)
    with asking(store) as book:
        lead = lead_school(book, 2023, YEAR)
        assert [one.spent_p for one in lead.extra] == [45_00]
        assert lead.unasked == ()


def test_three_years_roll_over_also_through_one_without_entries(store: Store) -> None:
    """R-POT-3, R-POT-4: opening is the previous closing, to the penny."""
    with filling(store) as small:
        small.cluster(ends=dt.date(2027, 8, 31))
        small.school("Ashcombe")
        pot = small.fund()
        small.entry(pot, dt.date(2023, 9, 1), 2000_00, Heading.GRANT, direction=Direction.IN)
        small.entry(pot, dt.date(2024, 8, 31), 1640_00, Heading.EVENTS)
        first = small.entry(pot, dt.date(2025, 9, 1), 60_00, Heading.EVENTS)
        small.entry(pot, dt.date(2025, 9, 2), 60_00, Heading.EVENTS, reverses_id=first)
    with asking(store) as book:
        accounts = [headline(book, year, dt.date(2026, 8, 31)).pot for year in (2023, 2024, 2025)]
        closing = [one.closing_p for one in accounts if one]
        assert [one.opening_p for one in accounts if one] == [0, 360_00, 360_00]
        assert closing == [360_00, 360_00, 360_00]
        assert [one.rollover_percent for one in accounts if one] == ["18%", "not available", "not available"]


def test_a_claim_that_the_pot_pays_is_spent_once(store: Store) -> None:
    """R-COVER-6: the account has the entry; the claim is release, and adds nothing to the pot."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        claim = small.claim(school, teacher, MARCH, purpose=CoverPurpose.PROJECT)
        small.entry(small.fund(), MARCH, 100_00, Heading.PROJECT_RELEASE, claim_id=claim)
    with asking(store) as book:
        now = headline(book, 2023, YEAR)
        assert now.pot is not None
        assert (now.pot.spent_p, now.cover.recognised_p, now.allowance_left_p) == (100_00, 100_00, 500_00)
