"""Who was a member when: denominators, allowances and changes of small books (R-CLU-7 to 10, R-DATA-6)."""

import datetime as dt

from models import tables as t
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.issues import issues
from models.queries.members import members
from models.queries.warnings import year_verdicts
from models.store import Store
from tests.models.queries.small import START, asking, filling

YEAR, NEXT = dt.date(2024, 8, 31), dt.date(2025, 8, 31)


def said(book: Book, rule: str, year: int, day: dt.date) -> list[str]:
    return [one.text for one in year_verdicts(book, year, day) if one.rule == rule]


def test_a_school_whose_last_day_is_the_last_of_the_year_left_in_that_year(store: Store) -> None:
    """R-CLU-10: most schools leave on 31 August; its leaving must not fall between two packs."""
    with filling(store) as small:
        small.cluster()
        for name in ("Ashcombe", "Birchley", "Cranmoor"):
            small.school(name)
        small.school("Dellfield", left=YEAR)
    with asking(store) as book:
        now, after = members(book, 2023, YEAR), members(book, 2024, NEXT)
        assert (now.now, [line.short_name for line in now.left]) == (4, ["Dellfield"])
        assert [one.school for one in issues(book, 2023, NEXT).left] == ["Dellfield"]
        assert (after.now, len(after.lines), after.left) == (3, 3, ())
        assert issues(book, 2024, NEXT).left == ()
        assert members(book, 2023, dt.date(2024, 8, 30)).left == ()


def test_a_school_that_left_and_came_back_in_one_year_is_told_as_both(store: Store) -> None:
    """R-CLU-10: one school, two spells; no part of its history is lost."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe", left=dt.date(2023, 12, 31))
        back = dt.date(2024, 3, 1)
        small.add(t.Membership, school_id=school, joined_on=back, gives_release_input=False)
    with asking(store) as book:
        found = issues(book, 2023, YEAR)
        assert [one.left_on for one in found.left] == [dt.date(2023, 12, 31)]
        assert [one.joined_on for one in found.joined] == [back]
        assert len(members(book, 2023, YEAR).lines) == 1
        assert cover_year(book, 2023, YEAR).allowance_p == 0
        assert issues(book, 2023, dt.date(2024, 1, 31)).joined == ()


def test_the_latest_spell_says_what_a_school_gives_in_whatever_order_they_were_typed(store: Store) -> None:
    """D22."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe", joined=dt.date(2024, 3, 1))
        ended = {"joined_on": START, "left_on": dt.date(2023, 12, 31)}
        small.add(t.Membership, school_id=school, gives_release_input=False, **ended)
    with asking(store) as book:
        assert cover_year(book, 2023, YEAR).allowance_p == 500_00


def test_a_school_that_took_the_place_of_one_gone_last_year_is_not_called_a_wrong_link(store: Store) -> None:
    """R-CLU-9: the school replaced left before this year began; the note belongs to the year of joining."""
    with filling(store) as small:
        small.cluster(ends=dt.date(2026, 8, 31))
        gone = small.school("Ashcombe", left=YEAR)
        new = small.school("Birchley", joined=None)
        small.add(t.Membership, school_id=new, joined_on=dt.date(2024, 9, 1), replaces_id=gone)
    with asking(store) as book:
        assert said(book, "R-CLU-9", 2024, NEXT) == [
            "Birchley took the place of Ashcombe: it needs the Advisor’s agreement, so enter the date and "
            "the outcome."
        ]
        assert said(book, "R-CLU-9", 2025, dt.date(2026, 8, 31)) == []


def test_a_leaver_is_spoken_of_in_the_year_it_left_only(store: Store) -> None:
    """R-CLU-8."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe", left=YEAR)
    with asking(store) as book:
        assert len(said(book, "R-CLU-8", 2023, NEXT)) == 1
        assert said(book, "R-CLU-8", 2024, NEXT) == []
