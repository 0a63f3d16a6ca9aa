"""The review pack's rules: R-REV-1 to R-REV-5, and readiness by section."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import year_bounds
from models.errors import BadInput
from models.rules.review import (
    Drift,
    Figure,
    Need,
    SectionState,
    advisor_verdict,
    check,
    drift,
    next_issue,
    pack_period,
    section_readiness,
    shown,
)
from models.rules.verdict import Severity, Verdict, refuse, warn

JUNE = dt.date(2025, 6, 20)


def test_r_rev_1_the_pack_tells_of_1_september_to_its_date_and_says_so():
    """R-REV-1: data to 20 June 2025, July meeting not yet held."""
    period = pack_period(2024, JUNE)
    assert (period.first, period.data_to) == (dt.date(2024, 9, 1), JUNE)
    assert period.stamp == "data to 20 June 2025"
    assert period.holds(JUNE)
    assert period.holds(dt.date(2024, 9, 1))
    assert not period.holds(dt.date(2025, 7, 9))
    assert not period.holds(dt.date(2024, 8, 31))


def test_r_rev_1_a_pack_of_a_past_year_ends_with_the_year_and_none_begins_before_it():
    assert pack_period(2023, JUNE).stamp == "data to 31 August 2024"
    with pytest.raises(BadInput, match="2025 to 2026 begins on 1 September 2025") as refused:
        pack_period(2025, JUNE)
    assert refused.value.field == "pack_date"


@given(st.integers(1991, 2098), st.integers(0, 800))
def test_r_rev_1_a_packs_days_always_lie_in_its_school_year(year, after):
    first, last = year_bounds(year)
    period = pack_period(year, first + dt.timedelta(after))
    assert period.first == first <= period.data_to <= last


def test_r_rev_2_a_year_without_an_advisor_meeting_warns():
    """R-REV-2: 3 meetings listed; 0 -> warn."""
    assert advisor_verdict(3, 2024) is None
    verdict = advisor_verdict(0, 2024)
    assert (verdict.rule, verdict.severity) == ("R-REV-2", Severity.WARN)
    assert "2024 to 2025" in verdict.text


def test_r_rev_3_an_issued_pack_stays_as_it_was_and_later_edits_make_version_2():
    """R-REV-3: v1 £1,640 stays v1."""
    period = pack_period(2024, JUNE)
    first = next_issue([], period, JUNE, [Figure("pot_spent", 164_000)])
    second = next_issue(
        [first], pack_period(2024, dt.date(2025, 7, 1)), dt.date(2025, 7, 1), [Figure("pot_spent", 170_000)]
    )
    assert (first.version, first.pack_number, first.figures) == (1, 1, (Figure("pot_spent", 164_000),))
    assert (second.version, second.pack_number, second.data_to) == (2, 2, dt.date(2025, 7, 1))
    assert drift(first, second.figures) == (Drift("pot_spent", 164_000, 170_000),)
    assert drift(first, first.figures) == ()


def test_r_rev_3_versions_count_by_year_and_pack_numbers_through_the_book():
    older = next_issue([], pack_period(2023, JUNE), dt.date(2024, 7, 1), [])
    newer = next_issue([older], pack_period(2024, JUNE), JUNE, [])
    assert (newer.year, newer.version, newer.pack_number) == (2024, 1, 2)


def test_r_rev_3_a_figure_that_appears_or_vanishes_is_drift_and_zero_is_not_missing():
    issue = next_issue([], pack_period(2024, JUNE), JUNE, [Figure("a", 0), Figure("b", None), Figure("c", 1)])
    assert drift(issue, [Figure("d", 5), Figure("a", None), Figure("b", None)]) == (
        Drift("d", None, 5),
        Drift("a", 0, None),
        Drift("c", 1, None),
    )


def test_r_rev_4_the_pre_print_check_counts_what_to_look_at_and_what_stops():
    """R-REV-4: "7 to look at, 0 stop printing"."""
    seven = [warn("R-MEET-6", f"Meeting {n}") for n in range(7)]
    note = Verdict("R-CLU-4", Severity.INFO, "A note")
    assert check([*seven, note]).text == "7 to look at, 0 stop printing"
    assert check([*seven, refuse("R-CLU-2", "Gap")]).text == "7 to look at, 1 stop printing"


def test_r_rev_4_a_pack_printed_anyway_says_so():
    assert check([warn("R-MEET-6", "Meeting")]).note == "Printed with 1 thing still to look at."
    assert check([warn("R-MEET-6", "Meeting"), refuse("R-CLU-2", "Gap")]).note.startswith(
        "Printed with 2 things"
    )
    assert check([]).note == ""


def test_r_rev_5_nothing_recorded_and_none_held_are_told_apart():
    """R-REV-5: no CPD recorded vs 0 CPD sessions held."""
    assert shown(None) == "not entered"
    assert shown(0) == "0"
    assert shown(0, recorded=False) == "not entered"
    assert shown(1200) == "1,200"


@pytest.mark.parametrize(
    ("entered", "state", "text"),
    [
        ((True, True, True), SectionState.COMPLETE, "Complete"),
        ((True, False, False), SectionState.THIN, "Thin: enter attendance and purposes"),
        ((False, False, False), SectionState.MISSING, "Missing: enter dates, attendance and purposes"),
    ],
)
def test_a_sections_readiness_says_what_is_still_to_enter(entered, state, text):
    needs = [
        Need(words, there) for words, there in zip(("dates", "attendance", "purposes"), entered, strict=True)
    ]
    ready = section_readiness("Meetings", needs)
    assert (ready.state, ready.text) == (state, text)


def test_a_section_that_needs_nothing_is_complete():
    assert section_readiness("Cover", []).state is SectionState.COMPLETE
