"""Term dates, INSET days and bank holidays are entered one by one or a year at a time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.calendar import TermName
from models.errors import BadInput, Refused
from models.services import calendar, records
from models.services.starting import term_dates
from models.store import Store
from models.words import ClosureKind
from tests import books

D = dt.date


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def do(book: Store, action, *args):
    with book.transaction("Do") as (session, _):
        return action(session, *args)


def terms(book: Store, year: int) -> list[tuple[str, int, D, D]]:
    with book.read() as session:
        rows = session.exec(select(t.SchoolTerm).where(t.SchoolTerm.school_year == year)).all()
    return sorted(((r.term.value, r.half, r.starts_on, r.ends_on) for r in rows), key=lambda r: r[2])


def closed(book: Store) -> dict[D, str]:
    with book.read() as session:
        return {row.on: row.name for row in session.exec(select(t.ClosedDay))}


def inset(on: D, name: str = "Training") -> dict:
    return {"on": on, "kind": ClosureKind.INSET, "name": name}


def test_the_usual_terms_of_a_shipped_year_come_in_at_once(book: Store) -> None:
    assert do(book, calendar.bring_usual_terms, 2024) == 6
    assert terms(book, 2024)[0] == ("autumn", 1, D(2024, 9, 3), D(2024, 10, 25))
    with pytest.raises(Refused, match="2024 to 2025 has term dates already"):
        do(book, calendar.bring_usual_terms, 2024)


def test_a_year_beyond_the_table_says_what_to_do_instead(book: Store) -> None:
    with pytest.raises(Refused, match="copy last year’s"):
        do(book, calendar.bring_usual_terms, 2060)


def test_last_years_pattern_keeps_the_days_of_the_week_and_brings_inset_days(book: Store) -> None:
    do(book, calendar.bring_usual_terms, 2024)
    do(book, calendar.add_closed_day, inset(D(2024, 9, 2)))
    do(book, calendar.add_closed_day, inset(D(2025, 5, 6), "Moderation"))
    do(book, calendar.add_closed_day, {"on": D(2024, 12, 25), "kind": ClosureKind.BANK_HOLIDAY})
    assert do(book, calendar.copy_last_year, 2025) == 6
    for before, after in zip(terms(book, 2024), terms(book, 2025), strict=True):
        assert after[2].weekday() == before[2].weekday()
        assert after[2] - before[2] == dt.timedelta(weeks=52)
    assert {on: name for on, name in closed(book).items() if on >= D(2025, 9, 1)} == {
        D(2025, 9, 1): "Training",
        D(2026, 5, 5): "Moderation",
    }


def test_an_inset_day_that_falls_on_a_bank_holiday_is_left_out(book: Store) -> None:
    do(book, calendar.bring_usual_terms, 2024)
    do(book, calendar.add_closed_day, inset(D(2025, 5, 27)))
    do(book, calendar.add_closed_day, inset(D(2025, 4, 7)))  # Easter Monday, a year on
    do(book, calendar.copy_last_year, 2025)
    assert D(2026, 4, 6) not in closed(book)
    assert D(2026, 5, 26) in closed(book)


def test_a_term_that_would_begin_in_august_begins_on_the_first_of_september(book: Store) -> None:
    term = {"school_year": 2025, "term": TermName.AUTUMN, "half": 1}
    do(book, calendar.add_term, {**term, "starts_on": D(2025, 9, 1), "ends_on": D(2025, 10, 24)})
    do(book, calendar.copy_last_year, 2026)
    assert terms(book, 2026)[0][2] == D(2026, 9, 1)


def test_there_must_be_a_last_year_to_copy(book: Store) -> None:
    with pytest.raises(Refused, match="no term dates of 2024 to 2025 to copy"):
        do(book, calendar.copy_last_year, 2025)


def test_half_terms_are_held_to_fit_when_entered_and_when_changed(book: Store) -> None:
    do(book, calendar.bring_usual_terms, 2024)
    first = {"school_year": 2024, "term": TermName.AUTUMN, "half": 1}
    with pytest.raises(BadInput, match="Autumn 1 of 2024 to 2025 is entered already") as wrong:
        do(book, calendar.add_term, {**first, "starts_on": D(2024, 9, 3), "ends_on": D(2024, 9, 4)})
    assert wrong.value.field == "half"
    with pytest.raises(BadInput, match="cannot share days"):
        do(book, calendar.change_term, 1, {"ends_on": D(2024, 11, 20)})
    do(book, calendar.change_term, 1, {"ends_on": D(2024, 10, 24)})
    assert terms(book, 2024)[0][3] == D(2024, 10, 24)


def test_missing_bank_holidays_come_in_and_those_there_are_not_doubled(book: Store) -> None:
    do(book, calendar.add_closed_day, {"on": D(2024, 12, 25), "kind": ClosureKind.BANK_HOLIDAY, "name": "X"})
    assert do(book, calendar.bring_bank_holidays, 2024) == 7
    assert closed(book)[D(2024, 12, 25)] == "X"
    assert closed(book)[D(2025, 5, 5)] == "Early May bank holiday"
    with pytest.raises(Refused, match="All bank holidays"):
        do(book, calendar.bring_bank_holidays, 2024)
    with pytest.raises(Refused, match="up to 2028"):
        do(book, calendar.bring_bank_holidays, 2028)


def test_a_closed_day_is_a_weekday_and_entered_once_for_a_school(book: Store) -> None:
    school = do(book, lambda s: records.add(s, t.School, {"name": "Oakmere Primary School"}))
    do(book, calendar.add_closed_day, inset(D(2024, 9, 2)))
    do(book, calendar.add_closed_day, {**inset(D(2024, 9, 2)), "school_id": school})
    with pytest.raises(BadInput, match="Training is entered for that day already") as wrong:
        do(book, calendar.add_closed_day, inset(D(2024, 9, 2)))
    assert wrong.value.field == "on"
    with pytest.raises(BadInput, match="weekend"):
        do(book, calendar.add_closed_day, inset(D(2024, 9, 1)))
    do(book, calendar.change_closed_day, 1, {"name": "Safeguarding"})
    assert closed(book)[D(2024, 9, 2)] in {"Safeguarding", "Training"}


def test_the_shipped_terms_of_every_year_fit_together(book: Store) -> None:
    for year in range(2023, 2028):
        assert do(book, calendar.bring_usual_terms, year) == len(term_dates(year)) == 6
