"""The agreement and its end: R-AGR-1 to R-AGR-7."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import add_months
from models.formats import prose_pounds
from models.rules.agreement import (
    AgreementFact,
    YearValue,
    agreement_on,
    days_left,
    ended,
    ending_verdict,
    has_trend,
    last_day,
    length_verdict,
    may_spend,
    months_left,
    no_agreement_verdict,
    readiness,
    stage_label,
    trend_sentence,
    usual_last_day,
)
from models.rules.scheme import Dated, Response, default_scheme, scheme_on
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import AgreementResult

SCHEME = default_scheme()
SALISBURY = AgreementFact(7, dt.date(2017, 9, 1), dt.date(2019, 8, 31))
ENDED = dt.date(2019, 9, 1)
SUCCESSFUL = AgreementResult.SUCCESSFUL


def test_r_agr_1_two_years_from_1_september_2017_end_on_31_august_2019():
    assert usual_last_day(dt.date(2017, 9, 1), SCHEME) == dt.date(2019, 8, 31)
    assert not ended(SALISBURY, dt.date(2019, 8, 31))
    assert ended(SALISBURY, ENDED)


@pytest.mark.parametrize(
    ("starts", "years", "ends"),
    [
        ((2024, 2, 29), 1, (2025, 2, 28)),
        ((2024, 2, 29), 4, (2028, 2, 28)),
        ((2023, 3, 1), 1, (2024, 2, 29)),
        ((2024, 1, 1), 2, (2025, 12, 31)),
    ],
)
def test_r_agr_1_whole_years_end_the_day_before_the_anniversary(starts, years, ends):
    assert last_day(dt.date(*starts), years) == dt.date(*ends)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 5))
def test_r_agr_1_agreements_that_follow_each_other_leave_no_day_out(starts_on, years):
    over = last_day(starts_on, years) + dt.timedelta(days=1)
    assert over - starts_on in {dt.timedelta(days=365 * years + leap) for leap in (0, 1, 2)}
    assert over.month == starts_on.month or (starts_on.month, starts_on.day) == (2, 29)


def test_r_agr_1_an_agreement_of_another_length_is_asked_about():
    assert length_verdict(SALISBURY, SCHEME) is None
    verdict = length_verdict(replace(SALISBURY, ends_on=dt.date(2020, 8, 31)), SCHEME)
    assert (verdict.rule, verdict.severity, verdict.about) == (
        "R-AGR-1",
        Severity.WARN,
        About("agreement", 7),
    )
    assert "lasts 2 years, to 31 August 2019" in verdict.text
    assert no_agreement_verdict([SALISBURY]) is None
    assert no_agreement_verdict([]).rule == "R-AGR-1"


def test_r_agr_2_six_months_before_the_end_report_and_application_are_asked_for():
    """R-AGR-2: 1 Mar 2019 -> "6 months left: report and application needed"."""
    verdict = ending_verdict(SALISBURY, dt.date(2019, 3, 1), SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-AGR-2", Severity.WARN)
    assert verdict.text == (
        "6 months left of the agreement, which ends on 31 August 2019: report and application needed."
    )
    assert ending_verdict(SALISBURY, dt.date(2019, 2, 28), SCHEME) is None
    short = replace(SALISBURY, ends_on=dt.date(2017, 12, 31))
    assert ending_verdict(short, dt.date(2017, 8, 31), SCHEME) is None
    assert ending_verdict(short, dt.date(2017, 9, 1), SCHEME) is not None


def test_r_agr_2_the_notice_counts_down_and_names_only_what_is_missing():
    reported = replace(SALISBURY, report_on=dt.date(2019, 5, 1))
    june = ending_verdict(reported, dt.date(2019, 6, 20), SCHEME).text
    assert june.startswith("2 months left")
    assert june.endswith(": application needed.")
    assert ending_verdict(SALISBURY, dt.date(2019, 8, 20), SCHEME).text.startswith("11 days left")
    assert ending_verdict(SALISBURY, ENDED, SCHEME).text.startswith("The agreement ended on 31 August 2019")
    both = replace(reported, application_result=SUCCESSFUL)
    assert "approval is awaited" in ending_verdict(both, dt.date(2019, 6, 20), SCHEME).text


@given(st.integers(0, 800))
def test_r_agr_2_whole_months_left_fit_before_the_end_and_one_more_does_not(ago):
    day = SALISBURY.ends_on - dt.timedelta(ago)
    over = SALISBURY.ends_on + dt.timedelta(days=1)
    months = months_left(SALISBURY, day)
    assert add_months(day, months) <= over < add_months(day, months + 1)
    assert days_left(SALISBURY, day) == ago


def test_r_agr_2_nothing_new_is_spent_after_the_end_until_the_transition_is_approved():
    assert may_spend(SALISBURY, dt.date(2019, 8, 31), SCHEME) is None
    verdict = may_spend(SALISBURY, ENDED, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-AGR-2", Severity.REFUSE)
    assert "31 August 2019" in verdict.text
    on_time = replace(SALISBURY, transition_approved_on=dt.date(2019, 7, 10))
    assert may_spend(on_time, ENDED, SCHEME) is None
    assert ending_verdict(on_time, ENDED, SCHEME) is None
    later = replace(SALISBURY, transition_approved_on=dt.date(2019, 9, 2))
    assert may_spend(later, ENDED, SCHEME) is not None
    assert may_spend(later, dt.date(2019, 9, 2), SCHEME) is None


def test_r_agr_3_report_and_application_are_both_needed():
    """R-AGR-3: application yes, report no -> "not ready: 1 of 2"."""
    applied = replace(SALISBURY, application_result=SUCCESSFUL, review_result=SUCCESSFUL)
    assert readiness(applied).text == "not ready: 1 of 2"
    assert readiness(applied).missing == ("report",)
    assert readiness(SALISBURY).text == "not ready: 0 of 2"
    ready = readiness(replace(applied, report_on=dt.date(2019, 5, 1)))
    assert ready.ready
    assert ready.text == "ready: 2 of 2"


def test_r_agr_3_only_a_successful_application_after_a_successful_review_makes_ready():
    both = replace(SALISBURY, report_on=dt.date(2019, 5, 1), application_result=SUCCESSFUL)
    assert not readiness(both).ready
    assert readiness(both).text == "not ready: 2 of 2, but the end-of-stage review is not yet successful"
    refused = replace(both, review_result=SUCCESSFUL, application_result=AgreementResult.UNSUCCESSFUL)
    assert readiness(refused).text == "not ready: 1 of 2"


def test_r_agr_4_each_stage_has_a_label_that_can_be_edited():
    assert stage_label(3) == "Stage 3: established practice"
    assert stage_label(1) == "Stage 1: exploratory event"
    assert stage_label(2) == "Stage 2: exploratory pilot, then extend and establish"
    assert stage_label(4) == "Stage 4: self-sustained"
    assert stage_label(3, " Growing together ") == "Stage 3: Growing together"
    assert stage_label(9) == "Stage 9"


def test_r_agr_5_two_years_stand_side_by_side_and_one_has_no_trend_yet():
    both = [YearValue(2024, 91), YearValue(2023, 86)]
    assert has_trend(both)
    assert trend_sentence(both, "{}%".format) == "2023 to 2024: 86%; 2024 to 2025: 91%"
    assert trend_sentence(both[:1]) == "first year: no trend yet"
    assert not has_trend(both[:1])


def test_r_agr_5_a_year_without_a_figure_makes_no_trend_and_zero_is_a_figure():
    """R-REV-5 too: missing is never zero."""
    half = [YearValue(2023, None), YearValue(2024, 0)]
    assert trend_sentence(half) == "first year: no trend yet"
    assert trend_sentence([YearValue(2023, None)]) == "not entered"
    assert trend_sentence([YearValue(2023, 36_000), YearValue(2024, 0)], prose_pounds) == (
        "2023 to 2024: £360; 2024 to 2025: £0"
    )


def test_r_agr_6_switching_the_schemes_profile_never_rewrites_the_past():
    switched = dt.date(2025, 9, 1)
    own = [
        Dated("cap_per_half_day", "110", switched),
        Dated("agreement_years", "3", switched),
        Dated("spend_after_end", "", switched, Response.WARN),
    ]
    before, after = scheme_on(dt.date(2025, 8, 31), own), scheme_on(switched, own)
    assert before == default_scheme()
    assert usual_last_day(switched, after) == dt.date(2028, 8, 31)
    assert may_spend(SALISBURY, switched, after).severity is Severity.WARN


def test_r_agr_7_a_pilot_lasts_one_year():
    """R-AGR-7: end = start + 1 year."""
    pilot = AgreementFact(1, dt.date(2012, 9, 1), dt.date(2013, 8, 31), stage=2, pilot=True)
    assert usual_last_day(pilot.starts_on, SCHEME, pilot=True) == dt.date(2013, 8, 31)
    assert length_verdict(pilot, SCHEME) is None
    verdict = length_verdict(replace(pilot, ends_on=dt.date(2014, 8, 31)), SCHEME)
    assert (verdict.rule, "a pilot lasts 1 year" in verdict.text) == ("R-AGR-7", True)


def test_the_agreement_of_a_day_is_the_one_that_runs_or_else_the_last_that_ended():
    pilot = AgreementFact(1, dt.date(2016, 9, 1), dt.date(2017, 8, 31), pilot=True)
    assert agreement_on([pilot, SALISBURY], dt.date(2017, 8, 31)) == pilot
    assert agreement_on([pilot, SALISBURY], dt.date(2017, 9, 1)) == SALISBURY
    assert agreement_on([pilot, SALISBURY], dt.date(2024, 1, 1)) == SALISBURY
    assert agreement_on([pilot, SALISBURY], dt.date(2015, 1, 1)) is None
