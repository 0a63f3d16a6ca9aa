"""What the pages of impact answer: aims, focus areas, confidence, projects."""

import datetime as dt

import pytest

from models.rules.aims import Coverage, FocusFact, ServedFact
from models.rules.confidence import ScoreFact
from models.rules.impact import EvidenceFact
from models.rules.projects import ProjectFact
from models.words import (
    Difficulty,
    EvidenceKind,
    Length,
    PermissionBasis,
    ProjectScope,
    ProjectState,
    Reach,
    SurveyRound,
)
from reports.kit import About, Furniture, Kit
from reports.pack import aims, confidence, focus, projects
from reports.pack.sheet import Sheet
from tests.reports.pack.factories import DAY, aim, aims_year, impact, pack
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


def test_an_aim_shows_what_was_done_and_what_it_took():
    """Features 3 #15."""
    one = aim(1, "", MEETING, ServedFact("loan", 9, "x"), spent_p=12000, half_days=16, loans=1)
    assert aims.cost_words(one) == "£120, 16 half-days of release, 1 loan"
    assert aims.done_words(one) == "1 meeting"
    assert aims.cost_words(aim(2)) == "–"


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
        ([(2, 4)] * 5, "Yes: up by 2.00 on a scale of 5, of 5 people who answered twice"),
        ([(4, 2)] * 5, "No: down by 2.00 on a scale of 5, of 5 people who answered twice"),
        ([(4, 4)] * 5, "Unchanged, of 5 people who answered twice"),
        ([(2, 4), (3, 3)], "1 answer went up, 1 stayed and 0 went down, of 2 people who answered twice"),
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
    assert projects.answer(data) == (
        "1 shared project and 1 school theme, 1 of 1 not yet fed back: 1 easier and short and 1 not said"
    )
    assert "still due" in words_of(projects, data)


def test_what_was_stopped_says_why_and_is_no_fault():
    data = pack(impact=impact(projects=[project(1, state=ProjectState.STOPPED, stopped_reason="No soil")]))
    assert "Stopped No soil" in words_of(projects, data)
    assert projects.answer(pack()) == "No project or theme is entered"
