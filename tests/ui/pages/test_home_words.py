"""Home's words: what is missing is said, and is never a nought."""

from __future__ import annotations

import datetime as dt

import pytest

from models import tables as t
from models.queries.todo import Matter, TodoLine
from models.rules.verdict import About
from models.store import Store
from ui import desk
from ui.format import NOT_ENTERED
from ui.pages.home import words
from ui.pages.home.charts import meetings_chart, pot_chart, release_chart
from ui.pages.home.facts import home_facts

STARTS = dt.date(2025, 9, 1)


@pytest.fixture
def store(tmp_path):
    made = desk.make_cluster(
        tmp_path / "new.clusterbook", "Tidewater", "Castle Street Primary School", STARTS
    )
    yield made
    made.close()


def facts_on(store: Store, day: dt.date, year: int = 2025):
    with store.read() as session:
        return home_facts(session, year, lambda: day)


def test_a_new_book_has_one_school_and_five_figures_not_entered(store):
    shown = words.cards(facts_on(store, dt.date(2025, 10, 6)).figures)

    assert [card.value for card in shown] == ["1", *[NOT_ENTERED] * 5]
    assert [card.missing for card in shown] == [False, *[True] * 5]


def test_schools_are_those_of_the_year_and_the_members_of_now_as_in_the_pack(store):
    with store.transaction("A school comes and goes") as (session, _):
        session.add(t.School(id=900, name="Fallow School"))
        session.flush()
        left = {"left_on": dt.date(2025, 9, 30), "leaving_reason": "Moved"}
        session.add(t.Membership(school_id=900, joined_on=STARTS, **left))

    card = words.cards(facts_on(store, dt.date(2025, 10, 6)).figures)[0]

    assert (card.value, card.note) == ("2", "1 now, 1 left")


def test_charts_without_data_are_sentences(store):
    figures = facts_on(store, dt.date(2025, 10, 6)).figures

    for chart in (meetings_chart(figures), release_chart(figures), pot_chart(figures)):
        assert chart.draw is None
        assert chart.sentence.endswith(".")


def test_a_book_stays_blank_until_something_has_happened(store):
    assert facts_on(store, dt.date(2025, 10, 6)).blank

    with store.transaction("Plan a meeting") as (session, _):
        session.add(t.Meeting(code="M-0001", title="First", held_on=dt.date(2025, 10, 14)))

    assert not facts_on(store, dt.date(2025, 10, 6)).blank


@pytest.mark.parametrize(
    ("day", "year", "said"),
    [
        (dt.date(2025, 10, 6), 2025, "Monday 6 October 2025 · 694 days to the end of the agreement"),
        (dt.date(2027, 8, 31), 2026, "Tuesday 31 August 2027 · 0 days to the end of the agreement"),
        (dt.date(2027, 9, 1), 2026, "Wednesday 1 September 2027 · showing 2026 to 2027, which is over"),
    ],
)
def test_the_head_says_the_day_and_how_long_the_agreement_runs(store, day, year, said):
    assert words.context_line(facts_on(store, day, year)) == said


def test_a_year_to_come_has_no_figures_and_says_when_it_begins(store):
    facts = facts_on(store, dt.date(2025, 10, 6), 2026)

    assert facts.figures is None
    assert "2026 to 2027 begins on 1 September 2026" in words.context_line(facts)


@pytest.mark.parametrize("matter", list(Matter))
def test_every_subject_has_its_icon_and_its_page(matter):
    line = TodoLine(matter, "Something", "to do", About())

    assert words.way_of(line) == words.WAYS[matter.value]


def test_what_is_late_is_red_whatever_it_is():
    assert words.way_of(TodoLine(Matter.MEETING, "a", "b", About(), late=True)).tone == "bad"
