"""Starting a new cluster, and the tables of terms and bank holidays that it starts with."""

import datetime as dt
from itertools import pairwise

import pytest
from sqlmodel import select

import resources
from models import tables as t
from models.calendar import SchoolCalendar, Term, school_year, year_bounds
from models.errors import BadInput, Refused
from models.exchange.cells import shown
from models.exchange.sheets import SHEETS
from models.holidays import bank_holidays, known_to
from models.queries.account import fund_years
from models.queries.book import Book
from models.queries.headline import headline
from models.queries.warnings import year_verdicts
from models.rules.verdict import Severity
from models.services.sample import sample_rows
from models.services.starting import start_cluster, term_dates
from models.words import FundKind, Phase
from tests import books

START = dt.date(2025, 9, 1)
YEARS = range(2023, 2028)


@pytest.fixture
def store(tmp_path):
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def school(**values):
    return t.SchoolDraft.checked(**{"name": "Alder Lane Primary School", "urn": "900001", **values})


def started(store, first=START, lead=None, **more):
    with store.transaction("Start a cluster") as (session, _):
        start_cluster(session, "Teal Water Science", lead or school(), first, **more)


def test_r_agr_1_the_agreement_runs_for_two_years(store):
    started(store)
    with store.read() as session:
        (agreement,) = Book(session).agreements
    assert (agreement.starts_on, agreement.ends_on) == (START, dt.date(2027, 8, 31))


def test_r_agr_7_a_pilot_runs_for_one(store):
    started(store, pilot=True)
    with store.read() as session:
        (agreement,) = Book(session).agreements
    assert (agreement.ends_on, agreement.pilot) == (dt.date(2026, 8, 31), True)


def test_the_lead_school_is_a_member_and_leads_from_the_first_day(store):
    started(store)
    with store.read() as session:
        book = Book(session)
        assert [one.school for one in book.members(START)] == ["Alder Lane Primary School"]
        assert book.lead_school(START).school == "Alder Lane Primary School"
        assert book.lead_school(START - dt.timedelta(days=1)) is None


def test_three_funds_of_their_own_are_there_and_empty(store):
    started(store)
    with store.read() as session:
        funds = fund_years(Book(session), 2025, START)
    assert [(one.name, one.kind, one.account.closing_p) for one in funds] == [
        ("Cluster pot", FundKind.POT, 0),
        ("Lead time", FundKind.LEAD_TIME, 0),
        ("Finance administration", FundKind.LEAD_ADMIN, 0),
    ]


def test_r_aim_2_eighteen_focus_areas_and_r_imp_4_five_confidence_areas(store):
    started(store)
    with store.read() as session:
        focus = session.exec(select(t.FocusArea).order_by("position")).all()
        areas = session.exec(select(t.ConfidenceArea).order_by("position")).all()
        assert [row.position for row in focus] == list(range(1, 19))
        assert {"Leadership skills", "Gender and minorities", "Family learning"} <= {
            row.name for row in focus
        }
        assert [row.name for row in areas if row.leaders_only] == ["Leading science"]
        assert len(areas) == 5


def test_the_calendar_covers_the_agreement_and_the_year_after(store):
    started(store, dt.date(2023, 9, 1))
    with store.read() as session:
        calendar = Book(session).calendar()
    assert {term.year for term in calendar.terms} == {2023, 2024, 2025}
    assert calendar.closed[dt.date(2024, 5, 6)] == "Early May bank holiday"
    assert not calendar.is_school_day(dt.date(2024, 8, 14))
    assert calendar.is_school_day(dt.date(2025, 11, 19))


def test_years_beyond_our_tables_start_without_terms(store):
    started(store, dt.date(2040, 9, 1))
    with store.read() as session:
        calendar = Book(session).calendar()
    assert calendar.terms == ()
    assert not [on for on in calendar.closed if on.year >= 2040]


@pytest.mark.parametrize(
    ("type_name", "trust", "month"),
    [("Community school", "", 4), ("Academy converter", "", 9), ("", "Lowmoor Trust", 9)],
)
def test_f4_8_an_academys_financial_year_starts_in_september(store, type_name, trust, month):
    started(store, lead=school(type_name=type_name, trust_name=trust))
    with store.read() as session:
        assert Book(session).cluster.financial_year_month == month


def test_r_clu_13_the_lead_schools_name_is_tidied(store):
    started(store, lead=school(name="Alder  Lane Primary School."))
    with store.read() as session:
        assert [row.name for row in session.exec(select(t.School))] == ["Alder Lane Primary School"]


def test_r_clu_3_a_secondary_cannot_lead(store):
    with pytest.raises(Refused, match="cannot be the lead school"):
        started(store, lead=school(phase=Phase.SECONDARY))
    with store.read() as session:
        assert Book(session).cluster is None


def test_r_clu_4_a_special_school_may_lead(store):
    started(store, lead=school(phase=Phase.SPECIAL))
    with store.read() as session:
        assert Book(session).cluster.name == "Teal Water Science"


def test_r_data_5_a_urn_has_six_digits(store):
    with pytest.raises(BadInput, match="exactly six digits"):
        started(store, lead=school(urn="90001"))


def test_a_cluster_needs_a_name(store):
    with pytest.raises(BadInput, match="Cluster name is needed"), store.transaction("Start") as (session, _):
        start_cluster(session, "  ", school(), START)


def test_a_book_with_a_cluster_is_left_alone(store):
    started(store)
    with pytest.raises(Refused, match="holds Teal Water Science already"):
        started(store)


def test_a_new_book_can_be_asked_everything_and_nothing_in_it_is_refused(store):
    started(store)
    with store.read() as session:
        book = Book(session)
        found = headline(book, 2025, START)
        verdicts = year_verdicts(book, 2025, START)
    assert (found.schools, found.meetings.held, found.attendance.cells) == (1, 0, 0)
    assert [verdict for verdict in verdicts if verdict.severity is Severity.REFUSE] == []


# -- the tables


def easter(year):
    """Easter Sunday, by the rule of the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, last = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, last + 1)


def monday(year, month, number):
    """The nth Monday of a month; -1 is the last."""
    first = dt.date(year, month, 1)
    mondays = [day for n in range(31) if (day := first + dt.timedelta(days=n)).month == month]
    return [day for day in mondays if day.weekday() == 0][number]


def weekday_after(day, taken=()):
    while day.weekday() >= 5 or day in taken:
        day += dt.timedelta(days=1)
    return day


SPECIAL = {  # moved, or given once
    2020: ({dt.date(2020, 5, 4)}, {dt.date(2020, 5, 8)}),
    2022: ({dt.date(2022, 5, 30)}, {dt.date(2022, 6, 2), dt.date(2022, 6, 3), dt.date(2022, 9, 19)}),
    2023: (set(), {dt.date(2023, 5, 8)}),
}


@pytest.mark.parametrize("year", range(2019, 2029))
def test_f6_3_the_bank_holidays_follow_the_calendar(year):
    christmas = weekday_after(dt.date(year, 12, 25))
    # A weekend Christmas Day moves past Boxing Day, which keeps its own day where that is a weekday.
    if christmas == dt.date(year, 12, 26):
        christmas = dt.date(year, 12, 27)
    boxing = weekday_after(dt.date(year, 12, 26), {christmas})
    usual = {
        weekday_after(dt.date(year, 1, 1)),
        easter(year) - dt.timedelta(days=2),
        easter(year) + dt.timedelta(days=1),
        monday(year, 5, 0),
        monday(year, 5, -1),
        monday(year, 8, -1),
        christmas,
        boxing,
    }
    gone, given = SPECIAL.get(year, (set(), set()))
    found = list(bank_holidays(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    assert found == sorted((usual - gone) | given)


def test_the_table_of_bank_holidays_says_where_it_ends():
    assert known_to() == dt.date(2028, 12, 31)


@pytest.mark.parametrize("year", YEARS)
def test_half_terms_follow_each_other_inside_their_school_year(year):
    terms = term_dates(year)
    assert [(term.term.value, term.half) for term in terms] == [
        (name, half) for name in ("autumn", "spring", "summer") for half in (1, 2)
    ]
    days = [day for term in terms for day in (term.starts_on, term.ends_on)]
    assert days == sorted(days)
    assert {school_year(day) for day in days} == {year}
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    gaps = [(after.starts_on - before.ends_on).days for before, after in pairwise(terms)]
    assert min(gaps) > 7


@pytest.mark.parametrize("year", YEARS)
def test_f6_1_a_year_has_190_days_with_pupils_and_at_most_five_more(year):
    terms = tuple(Term(year, one.term, one.half, one.starts_on, one.ends_on) for one in term_dates(year))
    first, last = year_bounds(year)
    calendar = SchoolCalendar(terms, bank_holidays(first, last))
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    assert 190 <= sum(calendar.is_school_day(day) for day in days) <= 195
    assert not {term.starts_on for term in terms} & set(calendar.closed)


def test_there_is_a_file_for_each_year_and_no_other():
    assert sorted(path.name for path in resources.path("terms").iterdir()) == [
        f"{year}-{year + 1 - 2000}.json" for year in YEARS
    ]


def test_the_sample_starts_from_the_same_lists_as_any_new_book(store):
    started(store, dt.date(2023, 9, 1))
    columns = {"Focus areas": 0, "Confidence areas": 0, "Terms": 3}
    with store.read() as session:
        ours = {
            "Focus areas": {row.name for row in session.exec(select(t.FocusArea))},
            "Confidence areas": {row.name for row in session.exec(select(t.ConfidenceArea))},
            "Terms": {row.starts_on.isoformat() for row in session.exec(select(t.SchoolTerm))},
        }
    for sheet in SHEETS:
        if sheet.title in columns:
            body = sample_rows(sheet)[1:]
            assert {shown(row.cells[columns[sheet.title]]) for row in body} == ours[sheet.title]
