"""Half-terms fit together (R-MEET-11)."""

import datetime as dt

import pytest

from models.calendar import Term, TermName
from models.errors import BadInput
from models.rules.terms import half_term_words, next_year_alike, require_fitting

D = dt.date
AUTUMN_1 = Term(2024, TermName.AUTUMN, 1, D(2024, 9, 3), D(2024, 10, 25))
SPRING_1 = Term(2024, TermName.SPRING, 1, D(2025, 1, 6), D(2025, 2, 14))


def autumn_2(first: D, last: D) -> Term:
    return Term(2024, TermName.AUTUMN, 2, first, last)


def trouble(term: Term, others: list[Term]) -> str:
    """Why a half-term cannot be among the others; "" if it can."""
    try:
        require_fitting(term, others)
    except BadInput as error:
        return str(error)
    return ""


def test_a_half_term_between_its_neighbours_fits() -> None:
    assert trouble(autumn_2(D(2024, 11, 4), D(2024, 12, 20)), [AUTUMN_1, SPRING_1]) == ""


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (D(2024, 12, 20), D(2024, 11, 4), "ends_on", "before the first"),
        (D(2023, 11, 4), D(2023, 12, 20), "starts_on", "not in the school year 2024 to 2025"),
        (D(2024, 11, 4), D(2025, 9, 1), "ends_on", "1 September 2025 is not in"),
        (D(2024, 10, 25), D(2024, 12, 20), "starts_on", "Autumn 1 runs 3 September to 25 October 2024"),
        (D(2024, 11, 4), D(2025, 1, 6), "ends_on", "Spring 1 runs"),
        (D(2025, 3, 3), D(2025, 4, 4), "starts_on", "Autumn 2 comes before Spring 1"),
    ],
)
def test_dates_that_cannot_be_are_refused_beside_the_one_that_is_wrong(first, last, field, words) -> None:
    with pytest.raises(BadInput, match=words) as wrong:
        require_fitting(autumn_2(first, last), [AUTUMN_1, SPRING_1])
    assert wrong.value.field == field


def test_the_order_of_half_terms_is_held_within_a_year_only() -> None:
    last_years = Term(2023, TermName.SUMMER, 2, D(2024, 6, 3), D(2024, 7, 22))
    assert trouble(AUTUMN_1, [last_years]) == ""
    assert "before Spring 1" in trouble(autumn_2(D(2025, 3, 3), D(2025, 4, 4)), [last_years, SPRING_1])


def test_next_year_alike_is_the_same_day_of_the_week() -> None:
    assert next_year_alike(D(2024, 9, 3)) == D(2025, 9, 2)
    assert next_year_alike(D(2024, 9, 3)).weekday() == D(2024, 9, 3).weekday()


def test_half_terms_are_called_as_teachers_call_them() -> None:
    assert half_term_words(TermName.SUMMER, 2) == "Summer 2"
