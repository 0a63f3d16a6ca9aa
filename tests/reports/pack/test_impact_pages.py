"""What the pages of impact answer: aims, focus areas, confidence, projects."""

import datetime as dt
import re

import pytest

from models.queries.capacity import MarkLine, NextYear, People, PlannedStep, RequestLine
from models.queries.classrooms import AdoptionRow, Classrooms
from models.queries.impact import BarFact
from models.rules.aims import Coverage, FocusFact, ServedFact
from models.rules.confidence import ScoreFact
from models.rules.impact import ActivityFact, EvidenceFact
from models.rules.people import PlanFact
from models.rules.projects import PartnerFact, ProjectFact
from models.rules.resources import AdoptionFact, TrialFact, adoption_summary
from models.words import (
    ActivityKind,
    AdoptionLevel,
    Audience,
    Difficulty,
    EvidenceKind,
    Length,
    PartnerKind,
    PermissionBasis,
    ProjectScope,
    ProjectState,
    PsqmState,
    Reach,
    ResourceKind,
    SurveyRound,
    TrialVerdict,
)
from reports.kit import About, Furniture, Kit
from reports.pack import (
    aims,
    classrooms,
    coming,
    confidence,
    focus,
    inclusion,
    partners,
    people,
    projects,
    psqm,
    stage,
    summary,
    transition,
)
from reports.pack.sheet import Sheet
from tests.reports.pack.factories import DAY, aim, aims_year, impact, member, members, pack
from tests.reports.pack.factories import confidence as answers
from tests.reports.pdf_checks import assert_sound, words

MEETING = ServedFact("meeting", 1, "Autumn meeting", 1)


def words_of(page, data):
    """The words that a part prints, from the bytes of its paper, which must be sound."""
    kit = Kit()
    furniture = Furniture(cluster="Teasel Valley", title="A part", note="")
    story = [*kit.turn(), *kit.head("Part", "A question?", "An answer"), *page.body(Sheet(kit, data))]
    about = About("A part", "Tests", "One part", dt.datetime(2025, 6, 20, tzinfo=dt.UTC))
    paper = kit.document(about, furniture).build(story)
    assert_sound(paper)
    return " ".join(words(paper).split())


# -- aims


def test_aims_that_nobody_entered_are_told_so_and_never_shown_as_met():
    """R-AIM-1."""
    assert aims.answer(pack()) == "The six central aims are not entered yet"
    assert words_of(aims, pack()).count("not entered") >= 6


def test_the_headline_counts_aims_served_and_aims_with_evidence_apart():
    data = pack(aims=aims_year(aim(1, "", MEETING, evidence=2), aim(2, "", MEETING), aim(3)))
    assert aims.answer(data) == (
        "Work served 2 of 3 aims; 1 can show evidence of change; 3 aims are not entered"
    )
    printed = words_of(aims, data)
    for state in (
        "With evidence 2 pieces",
        "Activity only evidence not entered",
        "No activity",
        "Not entered",
    ):
        assert state in printed


def test_an_aim_shows_what_was_done_and_what_it_took():
    """Features 3 #15."""
    one = aim(1, "", MEETING, ServedFact("loan", 9, "x"), spent_p=12000, half_days=16, loans=1)
    assert one.cost_words == "£120, 16 half-days of release, 1 loan"
    assert one.done_words == "1 meeting"
    assert not aim(2).cost_words


def test_a_photograph_without_permission_does_not_print_and_words_do():
    """R-DATA-3."""
    facts = [
        EvidenceFact(1, "EV-0001", DAY, EvidenceKind.WORDS, "More questions", reach=Reach.STAFF),
        EvidenceFact(2, "EV-0002", DAY, EvidenceKind.PHOTO, "The ramp"),
        EvidenceFact(3, "EV-0003", DAY, EvidenceKind.PHOTO, "A bridge", permission=PermissionBasis.CONSENT),
    ]
    printed = words_of(aims, pack(impact=impact(evidence=tuple(facts))))
    assert "More questions" in printed
    assert "seen in: other staff" in printed
    assert "A bridge" in printed
    assert "The ramp" not in printed


# -- focus areas


def test_areas_that_nothing_served_are_counted_and_shown():
    """R-AIM-3."""
    areas = [Coverage(FocusFact(1, "Family learning"), ()), Coverage(FocusFact(2, "ICT"), (MEETING,))]
    data = pack(aims=aims_year(areas=areas))
    assert focus.answer(data) == "Work touched 1 of 2 focus areas; 1 area was left alone"
    assert "Family learning – – – – no activity this year" in words_of(focus, data)


# -- confidence


def scores(*pairs):
    found = []
    for n, (before, after) in enumerate(pairs):
        found += [ScoreFact(f"A{n}", SurveyRound.BASELINE, 1, before)] if before else []
        found += [ScoreFact(f"A{n}", SurveyRound.FOLLOW_UP, 1, after)] if after else []
    return found


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], "Confidence was not asked about this year"),
        ([(3, None), (None, 4)], "Not yet known: nobody has answered both before and after"),
        ([(2, 4)] * 5, "Yes: up by 2.00 on a scale of 5, among 5 people who answered twice"),
        ([(4, 2)] * 5, "No: down by 2.00 on a scale of 5, among 5 people who answered twice"),
        ([(4, 4)] * 5, "Unchanged, among 5 people who answered twice"),
        ([(2, 4), (3, 3)], "1 answer went up, 1 stayed and 0 went down, among 2 people who answered twice"),
    ],
)
def test_the_change_is_that_of_the_people_who_answered_twice(pairs, words):
    """R-IMP-4."""
    assert confidence.answer(pack(impact=impact(confidence=answers(scores(*pairs))))) == words


def test_a_small_group_has_no_mean_anywhere():
    """F10.4."""
    data = pack(impact=impact(confidence=answers(scores((2, 4), (3, 3), (1, None)))))
    printed = words_of(confidence, data)
    assert "2 paired of 3 people" in printed
    assert "1 up, 1 the same" in printed
    assert "2.50" not in printed


def test_those_who_answered_once_are_counted():
    """R-IMP-5."""
    data = pack(impact=impact(confidence=answers(scores(*[(2, 3)] * 6, (4, None)))))
    printed = words_of(confidence, data)
    assert "6 paired of 7 people" in printed
    assert "7 answered before and 6 after" in printed


# -- projects


def project(number, **more):
    kinds = {"scope": ProjectScope.SHARED, "state": ProjectState.RUNNING} | more
    return ProjectFact(number, f"PR-{number:02}", f"Project {number}", **kinds)


def test_projects_are_told_with_their_balance_and_the_feedback_still_due():
    """R-PROJ-1, R-PROJ-2."""
    some = [
        project(1, difficulty=Difficulty.EASIER, length=Length.SHORT),
        project(2, scope=ProjectScope.SCHOOL_THEME, school="Pitton"),
    ]
    data = pack(impact=impact(projects=some))
    assert projects.answer(data) == ("1 shared project and 1 school theme, 1 of 1 not yet fed back")
    printed = words_of(projects, data)
    assert "still due" in printed
    assert "1 easier and short and 1 not said" in printed


def test_what_was_stopped_says_why_and_is_no_fault():
    data = pack(impact=impact(projects=[project(1, state=ProjectState.STOPPED, stopped_reason="No soil")]))
    assert "Stopped No soil" in words_of(projects, data)
    assert projects.answer(pack()) == "No project or theme is entered"


# -- classrooms


def row(name, *levels, kind=ResourceKind.ITEM, beyond=0):
    cells = tuple(AdoptionFact(1, n, level, n < beyond) if level else None for n, level in enumerate(levels))
    known = [cell for cell in cells if cell]
    return AdoptionRow(name, kind, cells, adoption_summary(known, range(len(levels))))


def test_what_is_used_beyond_those_who_attended_is_told():
    """R-RES-7."""
    some = (row("Rain box", AdoptionLevel.ALL, AdoptionLevel.SOME, None, beyond=1),)
    data = pack(classrooms=Classrooms(("Pitton", "Firth", "Wick"), some, (), ()))
    assert classrooms.answer(data) == (
        "All staff use what is shared in 1 of 2 cases; in 1, staff who did not attend use it too"
    )
    printed = words_of(classrooms, data)
    assert "Rain box A+ S – 1 of 3" in printed
    assert classrooms.answer(pack()) == "What is used in classrooms is not entered yet"


def test_more_schools_than_fit_by_name_are_lettered_with_a_key():
    names = tuple(f"School number {n}" for n in range(12))
    data = pack(classrooms=Classrooms(names, (row("Box", *[AdoptionLevel.ALL] * 12),), (), ()))
    assert "L School number 11" in words_of(classrooms, data)


def test_a_letter_means_the_same_school_as_on_the_members_page():
    lines = [member(n, short_name=f"School {n}", left_in_year=n == 2) for n in range(1, 11)]
    names = tuple(line.short_name for line in lines if not line.left_in_year)
    used = Classrooms(names, (row("Box", *[AdoptionLevel.ALL] * 9),), (), ())
    printed = words_of(classrooms, pack(members=members(*lines), classrooms=used))
    assert "A School 1, C School 3" in printed


def test_a_running_trial_has_no_finding_and_a_dropped_one_is_told_as_learnt():
    trials = (
        TrialFact(1, "Rain box", "Pitton", DAY),
        TrialFact(2, "Sand", "Firth", DAY, "", DAY, TrialVerdict.DROP, "Too messy indoors"),
    )
    printed = words_of(classrooms, pack(classrooms=Classrooms((), (), trials, ())))
    assert "Rain box, Pitton: still running" in printed
    assert "Too messy indoors" in printed


# -- quality marks


def test_marks_are_told_with_their_end_and_money_with_its_answer():
    """R-PSQM-1, R-PSQM-3."""
    marks = (
        MarkLine("Pitton", "PSQM", "Round 20", dt.date(2023, 6, 1), dt.date(2026, 6, 1)),
        MarkLine("Firth", "PSQM", "", dt.date(2020, 6, 1), dt.date(2023, 6, 1)),
    )
    asked = (RequestLine("Wick", DAY, PsqmState.REFUSED, None, "A renewal"),)
    data = pack(marks=marks, psqm_requests=asked)
    assert psqm.answer(data) == "1 school holds a quality mark; 0 of 1 request for a first mark funded"
    printed = words_of(psqm, data)
    assert "1 June 2023, expired" in printed
    assert "A renewal" in printed
    assert psqm.answer(pack()) == "No quality mark is entered, and no money asked for"


# -- transition, inclusion, people, partners


def activity(kind=ActivityKind.TRANSITION, **more):
    return ActivityFact(1, "AC-01", DAY, kind, "Bridge day", **more)


def test_transition_tells_both_sides():
    """R-TRAN-1."""
    data = pack(impact=impact(activities=(activity(secondaries=1, primary_side="Letters", people=3),)))
    assert transition.answer(data) == "1 activity with 1 secondary"
    printed = words_of(transition, data)
    assert "Letters" in printed
    assert "fewer than 5 took part" in printed
    assert transition.answer(pack()) == "No transition activity is entered"


def test_where_nothing_is_entered_no_nought_is_printed():
    """R-REV-5: a table of noughts would say that somebody counted."""
    nobody = People(leads=(), offers=0, asks=0, topics=(), plans=(), ects=0)
    for data in (pack(), pack(people=nobody, impact=impact(activities=(activity(),)))):
        for page in (inclusion, people):
            printed = words_of(page, data)
            assert "not entered" in printed
            assert re.search(r"\b0\b", printed) is None


def test_inclusion_prints_counts_and_never_a_handful_of_pupils():
    """R-INC-1, R-INC-2, F10.4."""
    few = (activity(ActivityKind.FAMILY, pupil_premium=True, people=3),)
    data = pack(impact=impact(activities=few, audiences=(Audience.TARGETED,)))
    assert inclusion.answer(data) == (
        "1 activity was for those who often miss out, reaching fewer than 5 people"
    )
    printed = words_of(inclusion, data)
    assert "For Pupil Premium pupils 1" in printed
    assert "0 universal, 1 targeted" in printed
    assert "Bridge day" not in printed


def test_people_are_named_by_role_and_plans_only_counted():
    """R-PPL-1, R-PPL-3."""
    plans = (PlanFact(1, DAY, DAY), PlanFact(2))
    who = People((("Cluster lead", "Ruth Adeyemi"),), 2, 1, ("Microscopes",), plans, 3)
    data = pack(people=who, impact=impact(bar=(BarFact("More swaps", "", "Forms"),)))
    assert (
        people.answer(data) == "1 person carries a role for the cluster; 2 strengths are on offer to others"
    )
    printed = words_of(people, data)
    assert "2 plans, 1 reviewed" in printed
    assert "More swaps" in printed
    assert people.answer(pack()) == "Who carries the cluster is not entered yet"


def test_partners_and_what_was_shared_are_told():
    """R-PROJ-3, R-PUB-1."""
    helped = (PartnerFact(1, "IOP", PartnerKind.LEARNED_SOCIETY, "CPD for 5 schools"),)
    data = pack(impact=impact(partners=helped, activities=(activity(ActivityKind.CELEBRATION),)))
    assert partners.answer(data) == "1 partner helped; 1 festival"
    assert "CPD for 5 schools" in words_of(partners, data)
    assert "No partners." not in words_of(partners, pack())  # its table says it


# -- next year and the next stage


def test_the_plan_is_told_with_its_cost_and_missing_is_not_zero():
    """R-REV-5."""
    steps = (
        PlannedStep("Moderate books", "Same words", "Aisha", "March", 4000, "Cluster pot", "Minutes"),
        PlannedStep("Rotate hosts", "", "", "", None, "", ""),
    )
    data = pack(next_year=NextYear(2025, steps, ((dt.date(2025, 9, 24), "Planning"),)))
    assert coming.answer(data) == "2 tasks planned, £40 together, 1 without a cost; 1 meeting has a date"
    printed = words_of(coming, data)
    assert "24 September 2025: Planning" in printed
    assert printed.count("not entered") >= 4
    assert coming.answer(pack()) == "The plan for 2025 to 2026 is not entered yet"


def test_the_next_stage_needs_report_and_application():
    """R-AGR-3."""
    assert stage.answer(pack()) == "Not ready: 0 of 2; still to come: report and application"
    assert "Purpose and impact: 0 aims with evidence." in words_of(stage, pack())


def test_the_summary_tells_the_change_in_confidence():
    data = pack(impact=impact(confidence=answers(scores(*[(2, 4)] * 5))))
    assert summary.figures(data)[5] == ("+2.00", "confidence, on a scale of 5; 5 people answered twice")
    assert summary.figures(pack())[5] == ("not entered", "confidence before and after")
