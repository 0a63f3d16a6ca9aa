"""What served the aims in the sample's second year, held against its sheets."""

import datetime as dt
from pathlib import Path

from sqlmodel import select

from models import tables as t
from models.calendar import TermName
from models.queries.book import Book
from models.queries.served import AimsYear, aims_year
from models.services import records
from models.store import Store
from tests import books

TODAY = dt.date(2025, 6, 20)


def asked(store: Store, year: int = 2024, day: dt.date = TODAY) -> AimsYear:
    with store.read() as session:
        return aims_year(Book(session), year, day)


def test_every_aim_has_its_place_and_says_how_it_stands(sample: Store) -> None:
    states = [(one.line.number, one.state) for one in asked(sample).aims]
    assert states == [
        (1, "With evidence"), (2, "Activity only"), (3, "With evidence"), (4, "With evidence"),
        (5, "Not entered"), (6, "Not entered"),
    ]  # fmt: skip


def test_money_half_days_and_loans_are_counted_beside_what_they_served(own_sample: Store) -> None:
    """Features 3 #15: a payment linked to an aim is told in pence, a planned one not."""
    before = {one.line.number: one for one in asked(own_sample).aims}
    with own_sample.transaction("Link") as (session, _):
        paid = session.exec(
            select(t.FundEntry).where(t.FundEntry.state == "paid", t.FundEntry.direction == "out")
            .where(t.FundEntry.on >= dt.date(2024, 9, 1), t.FundEntry.on <= TODAY)
        ).first()  # fmt: skip
        aim = session.exec(select(t.Aim).where(t.Aim.number == 2)).one()
        amount = paid.amount_p
        records.add(session, t.AimLink, {"aim_id": aim.id, "fund_entry_id": paid.id})
    after = {one.line.number: one for one in asked(own_sample).aims}
    assert before[2].spent_p == 456_00 + 480_00  # what CPD-03 and CPD-04, which served it, cost the pot
    assert after[2].spent_p == before[2].spent_p + amount
    assert (after[1].half_days, after[3].loans) == (before[1].half_days, before[3].loans) == (16, 4)


def test_the_gap_map_has_a_cell_for_every_aim_member_and_term_begun(sample: Store) -> None:
    year = asked(sample)
    assert len(year.cells) == 6 * len(year.schools) * 3
    autumn = asked(sample, day=dt.date(2024, 11, 1))
    assert autumn.terms == (TermName.AUTUMN,)


def test_no_gap_is_told_of_an_aim_that_has_no_words(sample: Store) -> None:
    assert {gap.aim for gap in asked(sample).gaps} <= {1, 2, 3, 4}


def test_a_focus_area_that_nothing_served_is_told(sample: Store) -> None:
    """R-AIM-3."""
    words = [line.words for line in asked(sample).coverage]
    assert "Use of ICT: no activity this year" in words
    assert len(words) == 18


def test_an_empty_book_has_six_places_and_nothing_in_them(tmp_path: Path) -> None:
    empty = books.empty_in(tmp_path)
    year = asked(empty)
    empty.close()
    assert [one.state for one in year.aims] == ["Not entered"] * 6
    assert (year.cells, year.gaps) == ((), ())
