"""Supply cover of small books: every claim in its year, its school and its allowance (R-COVER-*)."""

import datetime as dt

from models import tables as t
from models.queries.cover import cover_year
from models.queries.pack import pack_data
from models.queries.papers.choices import offered
from models.queries.warnings import year_verdicts
from models.store import Store
from models.words import CoverPurpose
from tests.models.queries.small import asking, filling

OCTOBER, YEAR = dt.date(2023, 10, 4), dt.date(2024, 8, 31)


def test_a_meeting_without_times_is_not_taken_for_one_outside_the_school_day(store: Store) -> None:
    """R-COVER-9, R-REV-5: not entered is no no; the claim is recognised until somebody says otherwise."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        meeting = small.meeting(OCTOBER, {school: teacher}, starts_at=None, ends_at=None)
        small.claim(school, teacher, OCTOBER, meeting_id=meeting)
    with asking(store) as book:
        assert cover_year(book, 2023, YEAR).totals.recognised_p == 100_00


def test_what_a_school_did_not_use_rolls_over_where_the_scheme_says_so(store: Store) -> None:
    """D6: off, £500 each year; on, the £415 left of the first year are there in the second, and so on."""
    with filling(store) as small:
        small.cluster(ends=dt.date(2026, 8, 31))
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        small.claim(school, teacher, OCTOBER, 85_00)
        for day in range(2, 12):
            small.claim(school, teacher, dt.date(2024, 10, day), 100_00)
    days = [dt.date(year + 1, 8, 31) for year in (2023, 2024, 2025)]
    with asking(store) as book:
        found = [cover_year(book, day.year - 1, day) for day in days]
        assert [one.allowance_p for one in found] == [500_00, 500_00, 500_00]
        assert [one.totals.recognised_p for one in found] == [85_00, 500_00, 0]
    with filling(store) as small:
        known = {"key": "release_rollover", "value": "yes", "starts_on": dt.date(2023, 9, 1)}
        small.add(t.SchemeSetting, **known)
    with asking(store) as book:
        found = [cover_year(book, day.year - 1, day) for day in days]
        assert [one.allowance_p for one in found] == [500_00, 915_00, 500_00]
        assert [one.totals.recognised_p for one in found] == [85_00, 915_00, 0]
        assert [one.left_p for one in found] == [415_00, 0, 500_00]


def test_a_school_that_is_no_member_brings_no_allowance_and_is_named(store: Store) -> None:
    """R-CLU-10: a claim after leaving must not make the schools' input £500 more than it is."""
    with filling(store) as small:
        small.cluster()
        for name in ("Ashcombe", "Birchley"):
            small.school(name)
        gone = small.school("Cranmoor", left=YEAR)
        teacher = small.person("T1", gone)
        small.claim(gone, teacher, dt.date(2024, 10, 2), code="SC-0900", purpose=CoverPurpose.PROJECT)
        small.claim(gone, teacher, dt.date(2024, 10, 3), code="SC-0901")
    with asking(store) as book:
        found = cover_year(book, 2024, dt.date(2025, 8, 31))
        assert (found.allowance_p, found.left_p) == (1000_00, 1000_00)
        assert [one.school_name for one in found.additional] == ["Ashcombe", "Birchley"]
        assert (found.own.recognised_p, found.own.school_share_p) == (0, 100_00)
        assert pack_data(book, 2024, dt.date(2025, 8, 31)).match.schools == 2
        told = [one for one in year_verdicts(book, 2024, dt.date(2025, 8, 31)) if one.rule == "R-CLU-10"]
        assert [one.text for one in told] == [
            "SC-0900 of Cranmoor is for cover on 2 October 2024, when the school was no member: correct "
            "the date of cover or the membership.",
            "SC-0901 of Cranmoor is for cover on 3 October 2024, when the school was no member: correct "
            "the date of cover or the membership.",
        ]


def test_a_book_without_memberships_still_recognises_its_claims(store: Store) -> None:
    """R-REV-5: members not entered is not the same as no member."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe", joined=None)
        small.claim(school, small.person("T1", school), OCTOBER)
    with asking(store) as book:
        assert cover_year(book, 2023, YEAR).own.recognised_p == 100_00
        assert "R-CLU-10" not in {one.rule for one in year_verdicts(book, 2023, YEAR)}


def test_a_claim_without_its_cost_is_counted_as_such_and_offered_without_an_amount(store: Store) -> None:
    """R-REV-5."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        for cost_p in (0, 98_00):
            small.claim(school, small.person(f"T{cost_p}", school), OCTOBER, cost_p)
    with asking(store) as book:
        found = cover_year(book, 2023, YEAR)
        assert (found.totals.half_days, found.totals.cost_p, found.without_cost) == (2, 98_00, 1)
        papers = offered(book.session, "claim_form", 2023, lambda: YEAR)
        amounts = [one.words.rpartition(", ")[2] for one in papers.choices]
        assert sorted(amounts) == ["cost not entered", "£98.00"]
