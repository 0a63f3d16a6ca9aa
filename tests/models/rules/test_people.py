"""Strengths matched and development plans counted, as the domain's examples have it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.people import PlanFact, PlanState, StrengthFact, answers, matches, plan_words, same_topic
from models.words import OfferKind

DAY = dt.date(2025, 6, 20)


def _says(number: int, kind: OfferKind, topic: str, person: int = 0, name: str = "") -> StrengthFact:
    return StrengthFact(number, kind, topic, person or number, name or f"Teacher {number}")


def test_an_ask_for_microscopes_finds_two_offers() -> None:
    """R-PPL-1."""
    ask = _says(1, OfferKind.ASK, "microscopes")
    known = [
        ask,
        _says(2, OfferKind.OFFER, "Microscopes", name="Sam"),
        _says(3, OfferKind.OFFER, "Using a microscope in Year 5", name="Owain"),
        _says(4, OfferKind.OFFER, "Rocks and fossils"),
        _says(5, OfferKind.ASK, "Microscopes"),
    ]
    assert [one.name for one in answers(ask, known)] == ["Owain", "Sam"]


def test_an_offer_finds_those_who_ask_but_never_the_person_herself() -> None:
    """R-PPL-1."""
    offer = _says(1, OfferKind.OFFER, "Data loggers", person=7)
    known = [_says(2, OfferKind.ASK, "data-loggers", person=7), _says(3, OfferKind.ASK, "A data logger")]
    assert [one.id for one in answers(offer, known)] == [3]


TOPICS = st.sampled_from(
    [
        "Microscopes",
        "a microscope",
        "Using microscopes in Year 5",
        "Year 5",
        "Rocks",
        "the",
        "rock and fossils",
    ]
)
SAID = st.builds(
    lambda kind, topic, person: (kind, topic, person), st.sampled_from(OfferKind), TOPICS, st.integers(1, 4)
)


@given(st.lists(SAID, max_size=12))
def test_the_whole_directory_is_matched_as_each_line_by_itself(
    said: list[tuple[OfferKind, str, int]],
) -> None:
    known = [_says(number, kind, topic, person) for number, (kind, topic, person) in enumerate(said, 1)]
    assert matches(known) == {one.id: answers(one, known) for one in known}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Microscopes", "microscope", True),
        ("Electricity in Year 4", "Electricity", True),
        ("Glass", "Glas", False),
        ("Fair testing in Year 5", "Talk in science", False),
        ("Outdoor science", "Science with mixed-age classes", False),
        ("the", "the", False),
        ("…", "Rocks", False),
    ],
)
def test_topics_are_the_same_when_one_has_all_that_the_other_says(
    one: str, other: str, *, same: bool
) -> None:
    assert same_topic(one, other) is same
    assert same_topic(other, one) is same


def test_five_plans_of_which_four_are_reviewed() -> None:
    """R-PPL-3."""
    plans = [PlanFact(n, DAY, dt.date(2025, 6, n)) for n in range(1, 5)] + [PlanFact(5, DAY)]
    assert plan_words(plans, DAY) == "5 plans, 4 reviewed"
    assert plan_words([], DAY) == "0 plans, 0 reviewed"


def test_a_plan_is_overdue_from_the_day_after_its_review_was_due_and_a_later_review_is_not_known_yet() -> (
    None
):
    due = PlanFact(1, review_on=DAY)
    assert due.state(DAY) is PlanState.OPEN
    assert due.state(DAY + dt.timedelta(days=1)) is PlanState.OVERDUE
    reviewed = PlanFact(1, DAY, DAY + dt.timedelta(days=3))
    assert reviewed.state(DAY + dt.timedelta(days=1)) is PlanState.OVERDUE
    assert reviewed.state(DAY + dt.timedelta(days=3)) is PlanState.REVIEWED
    assert PlanFact(1).state(dt.date.max) is PlanState.OPEN
