"""What the page Settings is told, from a real book."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from models import tables as t
from models.queries.settings_page import (
    CLUSTER_ROLES,
    Appointing,
    agreement_rows,
    appointing,
    calendar_state,
    closed_rows,
    cluster_view,
    holdings,
    role_rows,
    rule_groups,
    rule_rows,
    term_rows,
)
from models.rules.scheme import Response, catalogue
from models.services import calendar
from models.services.settings import Appointee, appoint, set_rule
from models.store import Store
from models.words import RoleKind
from tests import books

D = dt.date
TODAY = D(2025, 3, 3)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = books.sample_in(tmp_path_factory.mktemp("sample"))
    yield store
    books.let_go(store)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def ask(store: Store, question, *args):
    with store.read() as session:
        return question(session, *args)


def do(store: Store, action, *args, **more):
    with store.transaction("Do") as (session, _):
        return action(session, *args, **more)


def test_an_empty_book_has_something_to_say_everywhere(book: Store) -> None:
    assert ask(book, cluster_view).id == 0
    assert ask(book, agreement_rows, TODAY) == ()
    assert ask(book, term_rows, 2024) == ask(book, closed_rows, 2024) == ()
    assert ask(book, role_rows, TODAY) == ()
    assert len(ask(book, rule_rows, TODAY)) == len(catalogue())
    assert all(number == 0 for _, number in ask(book, holdings))


def test_every_rule_stands_under_a_heading_with_what_the_guidance_says(book: Store) -> None:
    rows = ask(book, rule_rows, TODAY)
    assert [row.number for row in rows] == list(range(1, len(catalogue()) + 1))
    assert {row.group for row in rows} == set(rule_groups())
    cap = rows[0]
    assert (cap.key, cap.now.words, cap.now.response, cap.now.starts_on) == (
        "cap_per_half_day",
        "£100",
        Response.WARN,
        None,
    )
    assert not cap.changed
    assert all(row.spec.read(row.stored) == row.spec.default for row in rows)


def test_a_rule_shows_its_earlier_and_its_coming_values(book: Store) -> None:
    def change(value: str, starts_on: D, reason: str) -> None:
        do(book, set_rule, "cap_per_half_day", value, starts_on, Response.WARN, reason)

    change("109", D(2024, 9, 1), "Prices rose")
    change("115", D(2025, 9, 1), "And again")
    rule = ask(book, rule_rows, TODAY)[0]
    told = [(value.words, value.starts_on, value.reason, value.now) for value in rule.values]
    assert told == [
        ("£115", D(2025, 9, 1), "And again", False),
        ("£109", D(2024, 9, 1), "Prices rose", True),
        ("£100", None, "", False),
    ]
    assert (rule.stored, rule.now.words) == ("109.00", "£109")


def test_choices_are_told_in_words(book: Store) -> None:
    rules = {row.key: row for row in ask(book, rule_rows, TODAY)}
    assert rules["claim_deadline"].now.words == "end of summer term"
    assert rules["release_rollover"].now.words == "no"
    assert rules["budget_variance"].now.words == "10%"
    assert rules["psqm_places"].now.words == "none"
    assert rules["trips"].now.words == ""


def test_half_terms_come_in_order_with_the_days_schools_are_open(book: Store) -> None:
    do(book, calendar.bring_usual_terms, 2024)
    do(book, calendar.bring_bank_holidays, 2024)
    rows = ask(book, term_rows, 2024)
    assert [row.name for row in rows] == [
        "Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2",
    ]  # fmt: skip
    assert rows[0].school_days == 39
    assert rows[4].school_days == 23  # 22 April to 23 May, less the early May bank holiday


def test_the_calendar_says_what_can_be_brought_in_and_what_is_missing(book: Store) -> None:
    empty = ask(book, calendar_state, 2024, TODAY)
    assert (empty.usual, empty.last_year, empty.holidays) == (True, False, 8)
    assert [notice[:48] for notice in empty.terms_missing] == [
        "There are no term dates of 2024 to 2025 yet: wit",
        "There are no term dates of 2025 to 2026 yet: wit",
    ]
    for year in (2024, 2025):
        do(book, calendar.bring_usual_terms, year)
        do(book, calendar.bring_bank_holidays, year)
    full = ask(book, calendar_state, 2024, TODAY)
    assert (full.usual, full.last_year, full.holidays, full.terms_missing) == (False, False, 0, ())
    assert ask(book, calendar_state, 2026, TODAY).last_year


def test_it_warns_in_good_time_that_the_shipped_bank_holidays_run_out(book: Store) -> None:
    (notice,) = ask(book, calendar_state, 2027, D(2027, 10, 1)).holidays_missing
    assert "up to 31 December 2028" in notice
    assert ask(book, calendar_state, 2026, D(2026, 10, 1)).holidays_missing == ()


def test_roles_of_today_come_first_and_only_those_for_the_whole_cluster(sample: Store) -> None:
    rows = ask(sample, role_rows, TODAY)
    assert {row.kind for row in rows} <= set(CLUSTER_ROLES)
    states = [row.state for row in rows]
    assert states == sorted(states, key=("Now", "Coming", "Past").index)
    assert rows[0].kind is RoleKind.CLUSTER_LEAD


def test_somebody_who_has_left_is_not_offered_as_a_name(book: Store) -> None:
    do(book, appoint, RoleKind.ADVISOR, Appointee("Ada Penrose"), TODAY)
    do(book, appoint, RoleKind.DIRECTOR, Appointee("Bo Finch"), TODAY)
    with book.transaction("Leave") as (session, _):
        session.get(t.Person, 1).left_on = TODAY
    assert ask(book, appointing, TODAY) == Appointing(("Bo Finch",), TODAY)


def test_the_sample_says_what_it_holds(sample: Store) -> None:
    held = dict(ask(sample, holdings))
    assert held["Cluster"] == 1
    assert held["Attendance"] > 50
    agreements = ask(sample, agreement_rows, TODAY)
    assert agreements[0].title.startswith(f"Stage {agreements[0].stage}: ")
    assert ask(sample, cluster_view).facts[5][0] == "School day"


def test_each_answer_asks_the_file_a_few_times_only(sample: Store) -> None:
    asked: list[str] = []
    for question, args in (
        (rule_rows, (TODAY,)), (term_rows, (2024,)), (closed_rows, (2024,)), (role_rows, (TODAY,)),
        (agreement_rows, (TODAY,)), (calendar_state, (2024, TODAY)), (cluster_view, ()),
    ):  # fmt: skip
        with sample.read() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *a: asked.append(a[2]))
            asked.clear()
            question(session, *args)
            assert len(asked) <= 6, question
