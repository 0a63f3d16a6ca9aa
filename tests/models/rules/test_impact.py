"""Impact: each rule's example of the domain page is a test under its id."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import TermName
from models.rules.aims import (
    AIMS,
    AimFact,
    FocusFact,
    ServedFact,
    aims_on,
    aims_verdict,
    coverage,
    gap_map,
    gaps,
)
from models.rules.confidence import AreaFact, ScoreFact, by_role, changes, hundredths, overall, signed
from models.rules.impact import (
    AccessFact,
    ActivityFact,
    DocumentFact,
    EvidenceFact,
    access_prompts,
    asked_words,
    audience_words,
    dissemination_words,
    inclusion_counts,
    permission_verdicts,
    reach_counts,
    suppressed,
    three_e_words,
    transition_verdicts,
    transition_words,
)
from models.rules.projects import (
    PartnerFact,
    ProjectFact,
    balance,
    balance_verdict,
    feedback_due,
    feedback_verdicts,
    feedback_words,
    partner_words,
)
from models.words import (
    ActivityKind,
    Audience,
    Difficulty,
    EvidenceKind,
    Length,
    PartnerKind,
    PermissionBasis,
    ProjectScope,
    ProjectState,
    Reach,
    Respondent,
    SurveyRound,
    ThreeE,
)

AREA = AreaFact(1, "Working scientifically")
BEFORE, AFTER = SurveyRound.BASELINE, SurveyRound.FOLLOW_UP
DAY = dt.date(2024, 10, 1)


def scores(pairs, respondent=None):
    return [ScoreFact(slip, when, 1, score, respondent) for slip, when, score in pairs]


SIX_AND_FIVE = [
    *((f"A{n}", BEFORE, score) for n, score in enumerate((2, 3, 2, 3, 5, 1))),
    *((f"a{n} ", AFTER, score) for n, score in enumerate((4, 4, 3, 4))),
    ("B9", AFTER, 5),
]


def test_r_imp_4_the_change_uses_only_those_who_answered_both_times():
    (change,) = changes([AREA], scores(SIX_AND_FIVE), small_group=4)
    assert change.paired == 4
    assert change.means == (Fraction(5, 2), Fraction(15, 4))
    assert change.change_words == "+1.25"


def test_r_imp_5_those_who_answered_once_are_told_and_never_dropped():
    (change,) = changes([AREA], scores(SIX_AND_FIVE), small_group=4)
    assert change.paired_words == "4 paired of 7 people"


def test_r_imp_4_a_small_group_shows_counts_and_no_mean():
    (change,) = changes([AREA], scores(SIX_AND_FIVE), small_group=5)
    assert change.small
    assert change.change_words == "4 up"


def test_r_imp_4_nobody_paired_is_not_entered_and_never_zero():
    (change,) = changes([AREA], scores([("A", BEFORE, 3), ("B", AFTER, 4)]), small_group=1)
    assert (change.change_words, change.paired_words) == ("not entered", "0 paired of 2 people")
    assert overall([change]) is None


def people(role, number):
    return scores([(f"{role.value}{n}", BEFORE, 3) for n in range(number)], role)


def test_r_imp_6_roles_are_shown_apart_only_when_each_has_enough_people():
    leaders, others = tuple(Respondent)[:2]
    together = by_role([*people(leaders, 3), *people(others, 9)], small_group=5)
    assert list(together) == ["All who answered"]
    apart = by_role([*people(leaders, 5), *people(others, 9)], small_group=5)
    assert list(apart) == [leaders.label, others.label]


def test_r_imp_6_a_slip_without_a_role_keeps_all_together():
    leaders, others = tuple(Respondent)[:2]
    mixed = [*people(leaders, 5), *people(others, 9), *scores([("X", BEFORE, 2)])]
    assert list(by_role(mixed, small_group=5)) == ["All who answered"]


def test_the_summary_figure_is_over_all_areas_and_protects_a_small_group():
    other = AreaFact(2, "Assessment")
    both = [*scores(SIX_AND_FIVE), ScoreFact("A0", BEFORE, 2, 1), ScoreFact("A0", AFTER, 2, 2)]
    found = overall(changes([AREA, other], both, small_group=4))
    assert (found.paired, found.people, found.change_words) == (5, 7, "+1.20")
    assert overall(changes([AREA, other], both, small_group=5)).small


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=30))
def test_r_imp_4_the_difference_is_that_of_the_means_and_the_moves_add_up(pairs):
    facts = [ScoreFact(str(n), BEFORE, 1, a) for n, (a, _) in enumerate(pairs)]
    facts += [ScoreFact(str(n), AFTER, 1, b) for n, (_, b) in enumerate(pairs)]
    (change,) = changes([AREA], facts, small_group=1)
    assert change.difference == Fraction(sum(b - a for a, b in pairs), len(pairs))
    assert sum(change.moves) == change.paired == len(pairs)


@pytest.mark.parametrize(
    ("value", "words"),
    [(Fraction(5, 4), "+1.25"), (Fraction(-1, 2), "−0.50"), (Fraction(0), "0.00"), (Fraction(1, 3), "+0.33")],
)
def test_differences_are_told_with_their_sign_and_two_decimals(value, words):
    assert signed(value) == words


def test_means_round_half_up():
    assert hundredths(Fraction(375, 100)) == "3.75"
    assert hundredths(Fraction(1005, 1000)) == "1.01"


def aim(number, text="Words", on=DAY):
    return AimFact(number, number, text, on)


def test_r_aim_1_four_of_six_warns_and_the_others_print_not_entered():
    lines = aims_on([aim(1), aim(2), aim(3), aim(5)], DAY)
    assert [line.words for line in lines][3:] == ["not entered", "Words", "not entered"]
    assert aims_verdict(lines).text.startswith("4 of 6 central aims are entered")
    assert aims_verdict(aims_on([], DAY)).text == "No central aim is entered: put all 6 into words."
    assert aims_verdict(aims_on([aim(n) for n in range(1, AIMS + 1)], DAY)) is None


def test_r_aim_1_the_newest_words_of_an_aim_count_from_their_day_on():
    both = [aim(1, "Old"), AimFact(9, 1, "New", dt.date(2025, 1, 1))]
    assert aims_on(both, dt.date(2024, 12, 31))[0].words == "Old"
    assert aims_on(both, dt.date(2025, 1, 1))[0].words == "New"


def test_r_aim_3_a_focus_area_that_nothing_serves_is_shown():
    areas = [FocusFact(1, "family learning"), FocusFact(2, "working scientifically")]
    served = [ServedFact("meeting", 1, "Autumn", focus_area_id=2)]
    assert [line.words for line in coverage(areas, served)] == [
        "family learning: no activity this year",
        "working scientifically: 1 activity",
    ]


TERMS = (TermName.AUTUMN, TermName.SPRING)


def test_the_gap_map_counts_each_thing_once_and_names_the_gaps():
    served = [
        ServedFact("meeting", 1, "M", 3, None, frozenset({1, 2}), TermName.AUTUMN),
        ServedFact("meeting", 1, "M", 3, 7, frozenset({1, 2}), TermName.AUTUMN),
        ServedFact("activity", 4, "A", 3, None, frozenset({2}), TermName.SPRING),
    ]
    cells = gap_map(served, (1, 2), TERMS)
    assert len(cells) == AIMS * 2 * 2
    assert next(c.things for c in cells if (c.aim, c.school_id, c.term) == (3, 1, TermName.AUTUMN)) == 1
    named = {(gap.aim, gap.school_id): gap.words("Pitton") for gap in gaps(cells, TERMS)}
    assert named[3, 1] == "Pitton: nothing for aim 3 since the autumn term"
    assert named[1, 1] == "Pitton: nothing for aim 1 all year"
    assert (3, 2) not in named


def project(number, difficulty=None, length=None, **more):
    scope = more.pop("scope", ProjectScope.SHARED)
    state = more.pop("state", ProjectState.RUNNING)
    return ProjectFact(
        number, f"PR-{number:02}", f"Title {number}", scope, state, "Pitton", difficulty, length, **more
    )


def test_r_proj_1_all_five_harder_prompts_for_a_balance():
    five = [project(n, Difficulty.HARDER, Length.LONG if n else Length.SHORT) for n in range(5)]
    said = balance_verdict(five, 2024)
    assert said.text == "All 5 projects of 2024 to 2025 are harder: have a balance."
    assert balance_verdict([*five, project(6, Difficulty.EASIER)], 2024) is None
    assert balance_verdict(five[:2], 2024) is None
    silent = balance_verdict([*five, project(6, None)], 2024)
    assert silent.text == "All 5 projects of 2024 to 2025 where that is entered are harder: have a balance."
    assert balance([*five, project(9)]).words == "1 harder and short, 4 harder and long and 1 not said"


def test_r_proj_2_themes_without_feedback_by_the_years_end_are_listed():
    themes = [
        project(n, scope=ProjectScope.SCHOOL_THEME, feedback_on=DAY if n > 1 else None) for n in range(7)
    ]
    end = dt.date(2025, 8, 31)
    assert feedback_words(themes, end) == "2 of 7 not yet fed back"
    assert [one.id for one in feedback_due(themes, 2024, end)] == [0, 1]
    assert feedback_due(themes, 2024, dt.date(2025, 8, 30)) == ()
    assert "of Pitton has not fed back" in feedback_verdicts(themes, 2024, end)[0].text


def test_r_proj_3_partners_are_told_with_what_the_cluster_obtained():
    iop = PartnerFact(1, "IOP", PartnerKind.LEARNED_SOCIETY, "CPD for 5 schools")
    assert iop.words == "IOP: CPD for 5 schools"
    assert partner_words([iop, PartnerFact(2, "Uni", PartnerKind.UNIVERSITY)]) == (
        "2 partners: 1 university, 1 learned society"
    )
    assert partner_words([]) == "no partners"


def test_r_imp_7_a_document_that_every_member_agreed_has_reached_the_cluster():
    assert DocumentFact(1, "Strategy", 2, 6, 6).reach is Reach.CLUSTER
    assert DocumentFact(1, "Strategy", 2, 5, 6).reach is Reach.WHOLE_SCHOOL
    assert DocumentFact(1, "Strategy", 2, 0, 6).reach is None


def test_r_imp_8_a_version_is_told_with_how_many_agreed_it():
    assert DocumentFact(1, "Strategy", 2, 5, 6).words == "v2 agreed 5 of 6"


def evidence(kind=EvidenceKind.WORDS, permission=None, **more):
    return EvidenceFact(
        1, "EV-0001", DAY, kind, "Children asked more questions", permission=permission, **more
    )


def test_r_data_3_a_photograph_without_a_basis_never_prints_and_says_so():
    assert evidence().may_print
    assert not evidence(EvidenceKind.PHOTO).may_print
    assert not evidence(EvidenceKind.PHOTO, PermissionBasis.REFUSED).may_print
    assert evidence(EvidenceKind.PHOTO, PermissionBasis.NO_PEOPLE).may_print
    assert len(permission_verdicts([evidence(EvidenceKind.PHOTO), evidence()])) == 1


def test_r_imp_7_changes_are_counted_by_how_far_they_spread():
    counted = dict(reach_counts([evidence(reach=Reach.STAFF), evidence(reach=Reach.STAFF), evidence()]))
    assert counted[Reach.STAFF] == 2
    assert counted[Reach.CLUSTER] == 0


def activity(kind=ActivityKind.TRANSITION, **more):
    return ActivityFact(1, "AC-01", DAY, kind, "Bridge", **more)


def test_r_tran_1_transition_is_told_with_its_secondaries_and_both_sides():
    three = [activity(), activity(secondaries=1), activity()]
    assert transition_words(three) == "3 activities with 1 secondary"
    assert transition_words([activity(ActivityKind.VISIT)]) == "no transition activity is entered"
    (verdict,) = transition_verdicts([activity(primary_side="Year 6 wrote letters"), activity()])
    assert "what the secondary side did" in verdict.text


def test_r_inc_1_flags_are_counted_and_a_handful_of_pupils_is_not():
    flags = dict(inclusion_counts([activity(pupil_premium=True), activity(pupil_premium=True, family=True)]))
    assert flags == {
        "for Pupil Premium pupils": 2,
        "for pupils with SEN": 0,
        "on gender balance": 0,
        "for minorities": 0,
        "with families": 1,
    }
    assert [suppressed(number) for number in (None, 0, 3, 4, 5)] == [
        "not entered", "0", "fewer than 5", "fewer than 5", "5",
    ]  # fmt: skip
    assert activity(people=3).people_words == "fewer than 5"


def test_r_inc_2_activities_are_universal_or_targeted_and_no_school_is_named():
    assert audience_words([Audience.UNIVERSAL] * 6 + [Audience.TARGETED] * 2) == "6 universal, 2 targeted"
    assert audience_words([]) == "not entered"


def test_r_inc_3_a_school_without_a_loan_all_year_is_a_private_prompt():
    prompts = access_prompts([AccessFact(2, "School F", 0, 3, 4), AccessFact(1, "School A", 1, 1, 1)])
    assert [prompt.text for prompt in prompts] == ["School F had no loan this year: ask what would help."]
    assert access_prompts([AccessFact(1, "School A", 0, 0, 0), AccessFact(2, "School B", 0, 0, 0)]) == ()


def test_r_pub_1_what_was_shared_is_counted_by_kind():
    kinds = [ActivityKind.CELEBRATION, ActivityKind.DISSEMINATION, ActivityKind.DISSEMINATION]
    assert dissemination_words([activity(kind) for kind in kinds]) == "1 festival, 2 talks and articles"
    assert dissemination_words([]) == "nothing shared beyond the cluster yet"


def test_r_ppl_2_the_year_by_stage_is_labels_and_no_score():
    stages = [*[ThreeE.ENGAGING] * 6, *[ThreeE.ENABLING] * 4, *[ThreeE.EMPOWERING] * 2, None]
    assert three_e_words(stages) == "6 engaging, 4 enabling, 2 empowering"


def test_r_ask_1_questions_are_counted_with_their_answers():
    assert asked_words(9, 8) == "9 asked, 8 answered"
