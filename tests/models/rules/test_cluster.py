"""Membership: R-CLU-1, R-CLU-7 to R-CLU-11, R-CLU-15 and the engagement prompt (D28)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.cluster import (
    ContactFact,
    MembershipFact,
    absences_in_a_row,
    days_to_tell,
    engagement,
    engagement_verdict,
    extra_support_count,
    extra_support_line,
    gives_input,
    joiner_verdicts,
    leaver_verdicts,
    members_between,
    members_on,
    membership_lines,
    open_problems,
    problem_sentence,
    problem_verdicts,
    replacement_verdicts,
    size_verdict,
    was_member,
)
from models.rules.scheme import Response, default_scheme
from models.rules.schools import SchoolFact
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import AttendanceCode, ContactKind, Engagement, Phase

SCHEME = default_scheme()
START = dt.date(2024, 9, 1)
JANUARY_31 = dt.date(2025, 1, 31)
JUNE = dt.date(2025, 6, 20)
P, S, A, N = AttendanceCode


def member(school_id: int, name: str = "", **facts) -> MembershipFact:
    return MembershipFact(
        id=facts.pop("id", school_id),
        school_id=school_id,
        school=name or f"School {school_id}",
        joined_on=facts.pop("joined_on", START),
        **facts,
    )


@pytest.mark.parametrize("schools", [3, 10, 12])
def test_r_clu_1_three_to_twelve_schools_are_the_successful_range(schools):
    assert size_verdict(schools, SCHEME) is None


@pytest.mark.parametrize("schools", [2, 13, 60])
def test_r_clu_1_outside_the_range_only_warns(schools):
    verdict = size_verdict(schools, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-CLU-1", Severity.WARN)
    assert f"{schools} schools" in verdict.text
    assert "3 to 12" in verdict.text


def test_r_clu_1_the_response_can_be_to_ignore():
    quiet = replace(SCHEME, responses={**SCHEME.responses, "schools_max": Response.IGNORE})
    assert size_verdict(13, quiet) is None
    assert size_verdict(2, quiet) is not None


def test_r_clu_6_seven_primaries_and_no_secondary_are_no_cause_to_warn():
    members = [member(number) for number in range(1, 8)]
    assert size_verdict(len(members_on(members, JUNE)), SCHEME) is None
    assert joiner_verdicts(members, START) == ()


def test_r_clu_7_a_school_added_after_the_start_is_discussed_with_the_advisor():
    late = member(4, "Oakfield", joined_on=dt.date(2025, 2, 1))
    (verdict,) = joiner_verdicts([member(1), late], START)
    assert (verdict.rule, verdict.severity, verdict.about) == (
        "R-CLU-7",
        Severity.WARN,
        About("membership", 4),
    )
    assert "discuss with Advisor" in verdict.text
    assert "Oakfield joined on 1 February 2025" in verdict.text


def test_r_clu_7_date_and_outcome_of_the_discussion_are_both_wanted():
    asked = member(4, joined_on=dt.date(2025, 2, 1), advisor_discussed_on=dt.date(2025, 1, 20))
    assert joiner_verdicts([asked], START)[0].text.endswith("enter the outcome.")
    assert joiner_verdicts([replace(asked, advisor_outcome="Welcome")], START) == ()


def test_r_clu_8_a_school_goes_from_active_to_at_risk_to_left():
    leaving = member(2, at_risk=True, left_on=JANUARY_31)
    assert engagement(member(1), JUNE) is Engagement.ACTIVE
    assert engagement(leaving, JANUARY_31) is Engagement.AT_RISK
    assert engagement(leaving, dt.date(2025, 2, 1)) is Engagement.LEFT


def test_r_clu_8_left_with_no_contacts_logged_warns():
    gone = member(2, "Bankside", left_on=JANUARY_31, leaving_reason="New head")
    (verdict,) = leaver_verdicts([member(1), gone], [], JUNE)
    assert (verdict.rule, verdict.severity) == ("R-CLU-8", Severity.WARN)
    assert "Bankside left on 31 January 2025" in verdict.text
    assert "an encouragement to take part and the discussion with the Advisor" in verdict.text


def test_r_clu_8_left_after_encouragement_and_discussion_is_in_order():
    gone = member(2, left_on=JANUARY_31)
    encouraged = ContactFact(1, ContactKind.ENCOURAGEMENT, dt.date(2024, 12, 2), school_id=2)
    discussed = ContactFact(2, ContactKind.ADVISOR_DISCUSSION, dt.date(2025, 1, 15), school_id=2)
    assert leaver_verdicts([gone], [encouraged, discussed], JUNE) == ()
    (verdict,) = leaver_verdicts([gone], [discussed, replace(encouraged, school_id=3)], JUNE)
    assert verdict.text.endswith("enter an encouragement to take part in the contacts log.")
    by_membership = replace(gone, advisor_discussed_on=dt.date(2025, 1, 15))
    assert leaver_verdicts([by_membership], [encouraged], JUNE) == ()


def test_r_clu_8_a_school_that_will_leave_has_not_left_yet():
    assert leaver_verdicts([member(2, left_on=JANUARY_31)], [], dt.date(2025, 1, 30)) == ()
    assert len(leaver_verdicts([member(2, left_on=JANUARY_31)], [], JANUARY_31)) == 1


def test_r_clu_8_the_discussion_of_its_joining_is_not_that_of_its_leaving():
    joined_late = member(2, joined_on=dt.date(2024, 11, 1), left_on=JANUARY_31)
    encouraged = ContactFact(1, ContactKind.ENCOURAGEMENT, dt.date(2024, 12, 2), school_id=2)
    at_joining = replace(joined_late, advisor_discussed_on=dt.date(2024, 11, 1))
    assert "discussion with the Advisor" in leaver_verdicts([at_joining], [encouraged], JUNE)[0].text


def test_r_clu_9_a_place_left_empty_is_no_error():
    """R-CLU-9: 7 -> 6 schools, no replacement: pack shows 6, no error."""
    schools = [member(number) for number in range(1, 7)] + [member(7, left_on=JANUARY_31)]
    assert len(members_on(schools, JANUARY_31)) == 7
    assert len(members_on(schools, JUNE)) == 6
    assert replacement_verdicts(schools) == ()
    assert size_verdict(6, SCHEME) is None


def test_r_clu_9_a_replacement_needs_the_advisors_agreement_and_names_the_school_replaced():
    gone = member(2, "Bankside", left_on=JANUARY_31)
    new = member(9, "Mill Road", joined_on=dt.date(2025, 3, 1), replaces_id=2)
    (verdict,) = replacement_verdicts([gone, new])
    assert verdict.rule == "R-CLU-9"
    assert "Mill Road took the place of Bankside" in verdict.text
    agreed = replace(new, advisor_discussed_on=dt.date(2025, 2, 20), advisor_outcome="Agreed")
    assert replacement_verdicts([gone, agreed]) == ()
    assert joiner_verdicts([gone, new], START) == ()  # one warning, not two


def test_r_clu_9_a_replaced_school_has_left():
    new = member(9, joined_on=dt.date(2025, 3, 1), replaces_id=2)
    (verdict,) = replacement_verdicts([member(2), new])
    assert "has not left" in verdict.text


def test_r_clu_10_the_last_day_belongs_to_the_membership_and_the_day_after_does_not():
    spells = [member(2, left_on=JANUARY_31)]
    assert was_member(spells, 2, START)
    assert was_member(spells, 2, JANUARY_31)
    assert not was_member(spells, 2, dt.date(2025, 2, 1))
    assert not was_member(spells, 2, dt.date(2024, 8, 31))
    assert not was_member(spells, 3, START)


def test_r_clu_10_a_school_that_came_back_is_one_school_with_two_spells():
    first = member(2, id=20, left_on=JANUARY_31)
    again = member(2, id=21, joined_on=dt.date(2025, 5, 1))
    assert not was_member([first, again], 2, dt.date(2025, 3, 1))
    assert [one.id for one in members_between([first, again], START, JUNE)] == [21]


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 500), st.none() | st.integers(0, 500)),
        max_size=8,
    ),
    st.integers(0, 600),
)
def test_r_clu_10_who_is_a_member_is_said_alike_by_every_question(spells, after):
    known = [
        member(
            school,
            id=number,
            joined_on=START + dt.timedelta(joined),
            left_on=None if stayed is None else START + dt.timedelta(joined + stayed),
        )
        for number, (school, joined, stayed) in enumerate(spells)
    ]
    day = START + dt.timedelta(after)
    present = [one.school_id for one in members_on(known, day)]
    assert len(present) == len(set(present))
    assert {school for school in range(1, 5) if was_member(known, school, day)} == set(present)
    assert [one.school_id for one in members_between(known, day, day)] == present


def test_r_data_6_an_academy_conversion_is_two_urns_and_one_membership_line():
    schools = [
        SchoolFact(1, "Oakfield Primary School", urn="900001"),
        SchoolFact(2, "Oakfield Academy", urn="900002", predecessor_id=1),
    ]
    before = member(1, "Oakfield Primary School", left_on=dt.date(2025, 3, 31))
    after = member(2, "Oakfield Academy", joined_on=dt.date(2025, 4, 1))
    (line,) = membership_lines(
        [
            after,
            before,
        ],
        schools,
    )
    assert (line.school_id, line.school, line.joined_on, line.left_on) == (2, "Oakfield Academy", START, None)
    assert joiner_verdicts([line], START) == ()


def test_r_data_6_a_gap_between_the_spells_is_shown_as_two_lines():
    schools = [SchoolFact(1, "Oakfield"), SchoolFact(2, "Oakfield Academy", predecessor_id=1)]
    spells = [member(1, left_on=JANUARY_31), member(2, joined_on=dt.date(2025, 4, 1))]
    assert len(membership_lines(spells, schools)) == 2
    assert len(membership_lines([member(1), member(3)], [SchoolFact(1, "A"), SchoolFact(3, "C")])) == 2


def test_r_clu_11_days_from_raising_a_problem_to_telling_the_advisor():
    """R-CLU-11: raised 3 Nov, told 5 Nov = 2 days."""
    problem = ContactFact(
        5, ContactKind.PROBLEM, dt.date(2024, 11, 3), told_advisor_on=dt.date(2024, 11, 5), summary="No cover"
    )
    assert days_to_tell(problem) == 2
    assert problem_sentence(problem) == "Raised 3 November 2024, Advisor told 5 November 2024 (2 days)"
    assert open_problems([problem], JUNE) == (problem,)
    assert problem_verdicts([problem], JUNE) == ()


def test_r_clu_11_a_problem_not_told_is_open_and_warns_until_it_is_settled():
    problem = ContactFact(
        5, ContactKind.PROBLEM, dt.date(2024, 11, 3), school_id=2, school="Bankside", summary="No cover"
    )
    assert days_to_tell(problem) is None
    assert problem_sentence(problem) == "Raised 3 November 2024, Advisor not told"
    (verdict,) = problem_verdicts([problem], JUNE)
    assert (verdict.rule, verdict.about) == ("R-CLU-11", About("contact_log", 5))
    assert "Bankside: No cover" in verdict.text
    assert open_problems([problem], dt.date(2024, 11, 2)) == ()
    assert open_problems([problem], dt.date(2024, 11, 3)) == (problem,)
    settled = replace(problem, closed_on=dt.date(2024, 12, 1))
    assert open_problems([settled], dt.date(2024, 11, 30)) == (settled,)
    assert open_problems([settled], dt.date(2024, 12, 1)) == ()
    told = replace(problem, told_advisor_on=dt.date(2024, 11, 5))
    assert len(problem_verdicts([told], dt.date(2024, 11, 4))) == 1
    assert problem_verdicts([told], dt.date(2024, 11, 5)) == ()
    assert problem_verdicts([replace(problem, closed_on=dt.date(2024, 12, 1))], JUNE) == ()
    assert open_problems([replace(problem, kind=ContactKind.OTHER)], JUNE) == ()


def test_r_clu_15_only_the_count_of_extra_support_is_ever_given():
    schools = [SchoolFact(number, f"School {number}", extra_support=number <= 4) for number in range(1, 8)]
    everyone = {school.id for school in schools}
    assert extra_support_count(schools, everyone) == 4
    assert extra_support_line(schools, everyone, asked=True) == "4 schools with extra support"
    assert extra_support_line(schools, everyone, asked=False) is None
    assert extra_support_count(schools, everyone - {1}) == 3


@pytest.mark.parametrize(
    ("marks", "missed"),
    [
        ([], 0),
        ([P, A, A], 2),
        ([A, A, P], 0),
        ([A, None, N], 2),
        ([A, S], 0),
        ([P, A, None], 1),
    ],
)
def test_d28_absences_in_a_row_end_at_the_latest_presence_and_pass_over_uncounted_meetings(marks, missed):
    assert absences_in_a_row(marks) == missed


def test_d28_two_absences_in_a_row_prompt_for_encouragement():
    school = member(2, "Bankside")
    verdict = engagement_verdict(school, [P, A, N], SCHEME, JUNE)
    assert (verdict.rule, verdict.severity) == ("R-CLU-8", Severity.WARN)
    assert verdict.text.startswith("Bankside missed the last 2 meetings")
    assert engagement_verdict(school, [P, A], SCHEME, JUNE) is None
    assert engagement_verdict(replace(school, left_on=JANUARY_31), [A, A], SCHEME, JUNE) is None
    assert engagement_verdict(school, [A, A], replace(SCHEME, absence_prompt=3), JUNE) is None
    assert engagement_verdict(school, [A, A], replace(SCHEME, absence_prompt=0), JUNE) is None


def test_d22_a_secondary_counts_as_a_school_and_gives_release_money_only_if_it_says_so():
    secondary = member(8, phase=Phase.SECONDARY)
    assert len(members_on([secondary, member(1)], JUNE)) == 2
    assert not gives_input(secondary)
    assert gives_input(replace(secondary, gives_release_input=True))
    assert gives_input(member(1))
    assert not gives_input(member(1, gives_release_input=False))
