"""What the tabs of the impact page show of the sample, and that a year read in part tells the same."""

import datetime as dt

import pytest

from models.calendar import TermName
from models.queries.activities_page import activities_tab, partners_tab
from models.queries.book import Book
from models.queries.classrooms_page import classrooms_tab
from models.queries.documents_page import documents_tab
from models.queries.evidence_page import evidence_rows
from models.queries.impact import impact_year
from models.queries.impact_aims import aims_tab, head, target_of
from models.queries.impact_where import Where, where
from models.queries.partial import YearBook
from models.queries.projects_page import projects_tab
from models.queries.served import aims_year
from models.services.serving import Target
from models.words import Reach

TODAY = dt.date(2025, 6, 20)


def today() -> dt.date:
    return TODAY


@pytest.mark.parametrize(("year", "day"), [(2023, dt.date(2024, 8, 31)), (2024, TODAY)])
def test_a_year_read_in_part_tells_the_same_of_aims_and_impact(sample, year, day):
    """R-REV-7: the page and the pack have one figure."""
    with sample.read() as session:
        assert aims_year(YearBook(session, year), year, day) == aims_year(Book(session), year, day)
    with sample.read() as session:
        assert impact_year(YearBook(session, year), year, day) == impact_year(Book(session), year, day)


# -- aims


def test_the_six_aims_say_what_served_them_what_it_took_and_what_is_missing(sample):
    with sample.read() as session:
        tab = aims_tab(session, 2024, today)
    assert [one.state for one in tab.aims] == [
        "With evidence", "Activity only", "With evidence", "With evidence", "Not entered", "Not entered",
    ]  # fmt: skip
    first, third, fifth = tab.aims[0], tab.aims[2], tab.aims[4]
    assert first.done == "3 meetings, 2 projects, 2 payments and 1 activity"
    assert (first.cost, third.cost) == ("£277, 16 half-days of release", "4 loans")
    assert [one.kind for one in first.shown] == ["EV-0009", "EV-0012"]
    assert (fifth.words, fifth.entered, fifth.wordings) == ("not entered", False, ())
    assert tab.verdict == "4 of 6 central aims are entered: put the others into words too."
    assert tab.entered == 4


def test_every_gap_names_its_school_and_since_when(sample):
    with sample.read() as session:
        tab = aims_tab(session, 2024, today)
    assert "Oakmantle: nothing for aim 2 since the spring term" in [gap.words for gap in tab.gaps]
    assert {gap.aim for gap in tab.gaps} <= {1, 2, 3, 4}  # what is not in words has no gaps
    assert tab.terms == (TermName.AUTUMN, TermName.SPRING, TermName.SUMMER)
    for gap in tab.gaps:
        assert tab.cells[gap.aim, gap.school_id, TermName.SUMMER] == 0
        assert gap.words in tab.aims[gap.aim - 1].gaps


def test_focus_areas_are_all_there_the_untouched_too(sample):
    with sample.read() as session:
        tab = aims_tab(session, 2024, today)
    states = {one.name: one.state for one in tab.areas}
    assert len(states) == 18
    assert states["Use of ICT"] == "No activity"
    assert set(states.values()) == {"Served", "No activity"}
    assert target_of(tab.areas[0]) == Target(area_id=tab.areas[0].id)
    assert target_of(tab.aims[2]) == Target(aim=3)


def test_r_inc_3_who_got_nothing_is_told_to_the_lead(sample):
    with sample.read() as session:
        tab = aims_tab(session, 2024, today)
    high = next(one for one in tab.access if one.school == "Brindlemere High")
    assert high.prompt == "Brindlemere High School had no funded half-day this year: ask what would help."
    assert [one.school for one in tab.access] == sorted((one.school for one in tab.access), key=str.casefold)


def test_what_stands_beside_the_aims(sample):
    with sample.read() as session:
        tab = aims_tab(session, 2024, today)
    assert tab.beside.asked == "3 asked, 2 answered"
    assert tab.beside.channel.startswith("https://")
    assert tab.beside.beyond == 28
    assert (tab.beside.strengths, tab.beside.plans) == ("12 offers, 4 asks", "5 plans, 4 reviewed")


def test_an_empty_book_has_six_places_and_no_gaps(store):
    with store.read() as session:
        tab = aims_tab(session, 2024, today)
    assert (tab.entered, len(tab.aims), tab.gaps, tab.schools, tab.areas) == (0, 6, (), (), ())


# -- evidence


def test_evidence_is_listed_newest_first_with_its_sources_and_what_it_shows(sample):
    with sample.read() as session:
        rows = evidence_rows(session, 2024)
    assert [one.code for one in rows][:2] == ["EV-0015", "EV-0014"]
    by_code = {one.code: one for one in rows}
    assert [(s.table, s.code) for s in by_code["EV-0011"].sources] == [("cpd_session", "CPD-04")]
    assert by_code["EV-0015"].state == "Left out"
    assert by_code["EV-0012"].reach is Reach.CLUSTER
    assert by_code["EV-0010"].serves.brief[0] == "Aim 3"
    assert by_code["EV-0010"].serves.full[0].startswith("Aim 3: Schools share")


# -- projects


def test_projects_of_the_year_with_their_schools_balance_and_feedback(sample):
    with sample.read() as session:
        tab = projects_tab(session, 2024, today)
    by_code = {one.fact.code: one for one in tab.rows}
    assert "PR-10" not in by_code  # it begins next year
    assert by_code["PR-04"].schools == ("Oakmantle", "Pipers Lane", "Wickenshaw")
    assert by_code["PR-06"].schools == ("Oakmantle",)
    assert (by_code["PR-05"].feedback_words, by_code["PR-06"].feedback_words) == ("Given", "Later")
    assert by_code["PR-07"].feedback_words == "Given"
    assert tab.balance.words


def test_r_proj_2_a_theme_is_due_from_the_end_of_its_year_until_it_has_fed_back(sample):
    with sample.read() as session:
        over = projects_tab(session, 2023, today)
        now = projects_tab(session, 2024, today)
    assert not any(one.due for one in over.rows)  # PR-05 has told what came of it since
    assert over.fed_back == "0 of 2 not yet fed back"
    assert not any(one.due for one in now.rows)  # its year is not over


# -- activities and partners


def test_activities_say_who_took_part_and_whom_they_were_for(sample):
    with sample.read() as session:
        tab = activities_tab(session, 2024, today)
    by_code = {one.fact.code: one for one in tab.rows}
    assert tab.rows[0].fact.code == "AC-15"  # planned for July
    assert [by_code[code].people_words for code in ("AC-13", "AC-14", "AC-15")] == [
        "fewer than 5",
        "286",
        "to come",
    ]
    assert by_code["AC-09"].flags == ("for pupils with SEN", "with families")
    assert (by_code["AC-08"].partner, by_code["AC-08"].project) == (
        "Brindlemere High School",
        "From Year 6 to Year 7",
    )
    words = dict(tab.words)
    assert words["Transition"] == "1 activity with 1 secondary"
    assert words["Shared beyond the cluster"].startswith("1 festival, 1 talk or article")
    assert dict(tab.inclusion)["with families"] == 1


def test_partners_with_what_they_gave(sample):
    with sample.read() as session:
        tab = partners_tab(session, 2024, today)
    high = next(one for one in tab.rows if one.name == "Brindlemere High School")
    assert high.activities == 3
    assert tab.words.startswith("5 partners: 1 university")


# -- classrooms


def test_classrooms_say_how_far_cpd_travelled_and_who_uses_what_beyond_those_who_came(sample):
    """Features 3 #11, R-RES-7."""
    with sample.read() as session:
        tab = classrooms_tab(session, 2024, today)
    assert [(one.code, one.cascade.words, one.state) for one in tab.passed] == [
        ("CPD-04", "12 came, 7 passed it on to 59 staff", "By some"),
        ("CPD-03", "7 came, 4 passed it on to 37 staff", "By some"),
    ]
    assert tab.told == "2 sessions: 19 came, 11 passed it on to 96 staff"
    assert [seat.name for seat in tab.passed[0].seats if seat.school == "Harlbridge"] == [
        "Ffion Marsh", "Jude Pallister", "Nerys Caldbeck",
    ]  # fmt: skip
    first = tab.in_use[0]
    assert (first.name, first.staff) == ("Brindlemere enquiry progression", "52 of 56")
    assert first.summary.text == "all staff in 5 of 7 schools, some staff in 1, not entered for 1"
    assert [(one.school, one.words, one.beyond) for one in first.lines[:2]] == [
        ("Brindlemere High", "", False),
        ("Harlbridge", "all staff, 13 of 13", True),
    ]
    with sample.read() as session:
        assert tab.beyond == aims_tab(session, 2024, today).beside.beyond


# -- documents


def test_each_version_says_who_agreed_it_and_who_has_not(sample):
    with sample.read() as session:
        tab = documents_tab(session, 2024, today)
    second, first = tab.rows
    assert (second.words, second.newest, second.missing) == ("v2 agreed 6 of 7", True, ("Brindlemere High",))
    assert (second.reach, first.newest, first.others) == (Reach.WHOLE_SCHOOL, False, 1)


# -- where


def test_a_record_is_shown_in_the_year_of_its_day_and_a_part_where_its_whole_is(sample):
    with sample.read() as session:
        assert where(session, "evidence", 1) == Where("evidence", 1, 2023)
        assert where(session, "activity_school", 1) == Where("activity", 1, 2023)
        assert where(session, "bar_slip", 1) == Where("bar_slip", 1, 2023)
        assert where(session, "partner", 1) == Where("partner", 1, None)
        assert where(session, "aim_link", 1) == Where("aim", 1, None)
        assert where(session, "document_agreement", 12) == Where("shared_document", 2, None)
        assert where(session, "evidence", 999) is None


def test_the_head_of_the_page_counts_what_there_is(sample, store):
    with sample.read() as session:
        assert (
            head(session, 2024, today).words
            == "4 of 6 aims in words · 9 pieces of evidence · 9 activities, 1 to come"
        )
    with store.read() as session:
        assert head(session, 2024, today).words == "0 of 6 aims in words · no evidence · no activities"
