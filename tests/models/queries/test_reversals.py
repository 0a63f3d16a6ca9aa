"""A claim taken back in small books: pound for pound, in the year of its cover (R-COVER-13, R-COVER-16)."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.queries.cover import cover_year
from models.queries.school_sheet import school_sheet
from models.queries.warnings import year_verdicts
from models.store import Store
from models.words import ClaimState, CoverPurpose, HalfDay
from tests.models.queries.small import asking, filling

OCTOBER, SEPTEMBER_NEXT = dt.date(2023, 10, 4), dt.date(2024, 9, 18)
YEAR, NEXT = dt.date(2024, 8, 31), dt.date(2025, 8, 31)


def test_a_reversal_entered_in_the_next_school_year_takes_back_in_the_year_of_the_cover(store: Store) -> None:
    """R-COVER-13 and R-COVER-16: £100 becomes £90 in the year of the cover, and no other year moves."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        meeting = small.meeting(OCTOBER, {school: teacher})
        paid = {"state": ClaimState.PAID, "meeting_id": meeting}
        first = small.claim(school, teacher, OCTOBER, approved_p=100_00, **paid)
        back = {"state": ClaimState.PAID, "reverses_id": first, "approved_p": -100_00}
        small.claim(school, teacher, SEPTEMBER_NEXT, -100_00, **back)
        small.claim(school, teacher, OCTOBER, 90_00, meeting_id=meeting)
    with asking(store) as book:
        now, after = cover_year(book, 2023, NEXT), cover_year(book, 2024, NEXT)
        assert (now.totals.claims, now.totals.half_days, now.totals.recognised_p) == (1, 1, 90_00)
        assert (now.left_p, after.left_p) == (410_00, 500_00)
        assert after.totals.claims == 0


def test_taking_back_a_claim_of_which_nothing_was_recognised_takes_nothing_back(store: Store) -> None:
    """R-COVER-13: pound for pound, so a claim and its reversal come to £0 whatever was recognised."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        evening = small.meeting(OCTOBER, {school: teacher}, starts_at=dt.time(16), ends_at=dt.time(17))
        of = {"meeting_id": evening, "state": ClaimState.PAID}
        first = small.claim(school, teacher, OCTOBER, 60_00, **of)
        small.claim(school, teacher, OCTOBER, -60_00, reverses_id=first, **of)
    with asking(store) as book:
        sums = cover_year(book, 2023, YEAR).totals
        assert (sums.claims, sums.cost_p, sums.recognised_p, sums.school_share_p) == (0, 0, 0, 0)


def test_a_reversal_gives_the_allowance_back_whatever_else_is_claimed(store: Store) -> None:
    """R-COVER-4, R-COVER-13: six half-days at £100, one of them taken back, use £500."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        days = [dt.date(2023, 10, day) for day in (2, 3, 4, 5, 6, 9)]
        claims = [small.claim(school, teacher, day, state=ClaimState.PAID) for day in days]
        small.claim(school, teacher, days[0], -100_00, reverses_id=claims[0], state=ClaimState.PAID)
    with asking(store) as book:
        found = cover_year(book, 2023, YEAR)
        assert (found.totals.recognised_p, found.totals.school_share_p, found.left_p) == (500_00, 0, 0)


def test_a_whole_day_is_two_half_days_also_when_it_is_taken_back(store: Store) -> None:
    """R-COVER-2."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        day = {"half_day": HalfDay.DAY, "state": ClaimState.PAID}
        first = small.claim(school, teacher, OCTOBER, 218_00, **day)
        small.claim(school, teacher, dt.date(2023, 10, 5), 218_00, **day)
        small.claim(school, teacher, OCTOBER, -218_00, reverses_id=first, **day)
    with asking(store) as book:
        found = cover_year(book, 2023, YEAR)
        sums = found.totals
        assert (sums.half_days, sums.recognised_p, sums.school_share_p) == (2, 200_00, 18_00)
        assert found.left_p == 300_00


def test_what_the_pot_paid_goes_back_to_the_pot_though_the_reversal_does_not_say_so(store: Store) -> None:
    """R-COVER-6, R-COVER-13: a reversal is of the purpose and the length of the claim that it takes back."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        of = {"purpose": CoverPurpose.PROJECT, "half_day": HalfDay.DAY}
        first = small.claim(school, teacher, OCTOBER, 200_00, state=ClaimState.PAID, **of)
        small.claim(school, teacher, OCTOBER, -200_00, reverses_id=first, state=ClaimState.PAID)
    with asking(store) as book:
        found = cover_year(book, 2023, YEAR)
        assert (found.left_p, found.other.half_days, found.other.recognised_p) == (500_00, 0, 0)
        assert (found.own.claims, found.own.half_days, found.own.recognised_p) == (0, 0, 0)


PENCE = st.integers(min_value=0, max_value=150_00)
CLAIM = st.tuples(
    st.integers(min_value=0, max_value=2),  # school
    st.dates(dt.date(2023, 9, 1), dt.date(2025, 8, 31)),
    PENCE,
    st.sampled_from([HalfDay.AM, HalfDay.DAY]),
    st.sampled_from([CoverPurpose.FULL_CLUSTER, CoverPurpose.PROJECT, CoverPurpose.TRIP]),
    st.sampled_from(list(ClaimState)),
    st.integers(min_value=0, max_value=2),  # how often it is taken back
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.lists(CLAIM, max_size=20))
def test_whatever_is_claimed_and_taken_back_the_schools_add_up_to_the_totals(
    tmp_path_factory: pytest.TempPathFactory, claims: list[tuple[object, ...]]
) -> None:
    """R-COVER-17, R-REV-7: by school, by source and by year; what is taken back once comes to nothing."""
    store = Store.create(tmp_path_factory.mktemp("claims") / "book.clusterbook")
    with filling(store) as small:
        small.cluster()
        schools = [small.school(name) for name in ("Ashcombe", "Birchley", "Cranmoor")]
        for number, (school, day, cost, half_day, purpose, state, times) in enumerate(claims):
            teacher = small.person(f"T{number}", schools[school])
            of = {"half_day": half_day, "purpose": purpose, "state": state}
            first = small.claim(schools[school], teacher, day, cost, **of)
            for _ in range(times):
                small.claim(schools[school], teacher, day, -cost, reverses_id=first, **of)
    with asking(store) as book:
        lines = 0
        for year in (2023, 2024):
            found = cover_year(book, year, NEXT)
            lines += len(found.claims)
            for key in ("claims", "half_days", "cost_p", "recognised_p", "school_share_p", "lead_pays_p"):
                whole = getattr(found.totals, key)
                assert whole == getattr(found.own, key) + getattr(found.other, key)
                assert whole == sum(getattr(one.own, key) + getattr(one.other, key) for one in found.schools)
            sheets = [school_sheet(book, year, NEXT, school) for school in schools]
            assert sum(len(sheet.claims) for sheet in sheets) == len(found.claims)
            assert sum(sheet.use.entitlement.left_p for sheet in sheets if sheet.use) == found.left_p
            for one in found.schools:
                once = {line.fact.reverses_id: line for line in found.claims if line.fact.reverses_id}
                for line in found.claims:
                    if line.fact.id in once:
                        assert once[line.fact.id].split.recognised_p == -line.split.recognised_p
                assert one.entitlement.left_p + one.own.recognised_p >= one.entitlement.allowance_p
        assert lines == sum(1 + one[-1] for one in claims)
    store.close()


def test_a_reversal_that_is_not_its_claim_with_a_minus_is_named(store: Store) -> None:
    """R-COVER-13: £100 typed where −£100 is meant would count the claim's cost twice."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        meeting = small.meeting(OCTOBER, {school: teacher})
        of = {"state": ClaimState.PAID, "meeting_id": meeting}
        first = small.claim(school, teacher, OCTOBER, 100_00, vat_p=20_00, code="SC-0101", **of)
        small.claim(school, teacher, OCTOBER, 100_00, reverses_id=first, code="SC-0102", **of)
    with asking(store) as book:
        found = [one.text for one in year_verdicts(book, 2023, YEAR) if one.rule == "R-COVER-13"]
        assert found == [
            "SC-0102 of Ashcombe takes SC-0101 back, so its cost is −£100 and −£20 VAT: correct it, and "
            "enter what is right as a new claim."
        ]
