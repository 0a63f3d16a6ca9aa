"""Loans and losses of small books: each in its year, whatever was typed (R-LOAN-*)."""

import datetime as dt

from models import tables as t
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.years import require_year
from models.store import Store
from models.words import Happened, OwnerKind
from tests.models.queries.small import Small, asking, filling

YEAR, NEXT, THIRD = dt.date(2024, 8, 31), dt.date(2025, 8, 31), dt.date(2026, 8, 31)


def kit(small: Small, name: str = "Magnets", **values: object) -> int:
    return small.add(t.Resource, code=small.code("KIT"), name=name, owner=OwnerKind.CLUSTER, **values)


def lend(small: Small, thing: int, school: int, start: dt.date, due: dt.date, **values: object) -> int:
    known = {"resource_id": thing, "school_id": school, "starts_on": start, "due_on": due}
    return small.add(t.Loan, code=small.code("L"), **known, **values)


def loans(book: Book, year: int, day: dt.date) -> int:
    return sum(len(one.loans) for one in bank_year(book, year, day).resources)


def test_a_part_counted_wrongly_at_check_in_does_not_stop_the_pack(store: Store) -> None:
    """R-LOAN-2: one came back broken and was thrown away: 0 in, 1 damaged. The rest still prints."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        thing = kit(small)
        part = small.add(t.KitItem, resource_id=thing, name="Magnet", quantity=10)
        day = dt.date(2024, 3, 4)
        loan = lend(small, thing, school, day, dt.date(2024, 3, 15), out_on=day, back_on=dt.date(2024, 3, 15))
        small.add(t.LoanLine, loan_id=loan, kit_item_id=part, out_quantity=10, in_quantity=9, damaged=10)
    with asking(store) as book:
        found = bank_year(book, 2023, YEAR)
        assert [(one.result.missing, one.result.damaged) for one in found.losses] == [(1, 9)]


def test_a_reservation_that_was_never_fetched_is_of_its_own_year_only(store: Store) -> None:
    """R-LOAN-7: it is no loan made, and it is not listed for ever."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        lend(small, kit(small), school, dt.date(2024, 3, 4), dt.date(2024, 3, 15))
    with asking(store) as book:
        assert (loans(book, 2023, YEAR), loans(book, 2024, NEXT)) == (1, 0)
        assert bank_year(book, 2023, YEAR).use.loans == 0


def test_a_loan_over_the_summer_is_made_once_and_listed_while_it_is_out(store: Store) -> None:
    """R-LOAN-7: use counts in the year in which it went out."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        out, back = dt.date(2024, 7, 1), dt.date(2024, 9, 10)
        lend(small, kit(small), school, out, dt.date(2024, 7, 12), out_on=out, back_on=back)
    with asking(store) as book:
        first, second = bank_year(book, 2023, YEAR), bank_year(book, 2024, NEXT)
        assert (first.use.loans, second.use.loans) == (1, 0)
        assert (len(first.overdue), len(second.overdue)) == (1, 0)
        assert (loans(book, 2023, YEAR), loans(book, 2024, NEXT), loans(book, 2025, THIRD)) == (1, 1, 0)


def test_a_year_with_nothing_but_training_and_loans_is_a_year_of_the_book(store: Store) -> None:
    """R-MEET-11."""
    with filling(store) as small:
        school = small.school("Ashcombe")
        of = {"title": "Forces", "status": Happened.HELD}
        small.add(t.CpdSession, code="CPD-01", held_on=dt.date(2023, 10, 4), **of)
        lend(small, kit(small), school, dt.date(2025, 3, 4), dt.date(2025, 3, 15))
    with asking(store) as book:
        assert book.years == (2023, 2024)
        assert require_year(book, 2023, THIRD) == YEAR
