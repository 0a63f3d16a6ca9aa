"""Confidence slips as they come from paper, and slips of bigger, add, remove."""

import datetime as dt

import pytest
from sqlalchemy import select

from models import tables as t
from models.queries.confidence_page import confidence_tab, paired_words
from models.services.confidence import BarWords, ScoreSlip, enter_bar_slips, enter_round
from models.services.cpd import BadSlip
from models.words import Respondent, SurveyRound

BEFORE, AFTER = SurveyRound.BASELINE, SurveyRound.FOLLOW_UP
TODAY = dt.date(2025, 6, 20)
LEADER = Respondent.LEADER
YEAR = 2025  # nobody has answered yet


def do(store, action, *args):
    with store.transaction("Slips") as (session, _):
        return action(session, *args)


def enter(store, which, *slips):
    return do(store, enter_round, YEAR, which, slips, TODAY)


def tab(store, year=YEAR):
    with store.read() as session:
        return confidence_tab(session, year, lambda: dt.date(2026, 6, 1))


def stored(store, year=YEAR):
    answers = t.metadata.tables["confidence_answer"]
    with store.read() as session:
        query = select(answers).where(answers.c.school_year == year).order_by(answers.c.id)
        return [
            (row.round, row.slip, row.area_id, row.score, row.respondent) for row in session.execute(query)
        ]


def test_a_round_is_stored_in_one_step_and_read_back_as_it_was_typed(sample):
    assert (
        enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2, 5: 3}), ScoreSlip("HA12", None, {1: 4})) == 2
    )
    assert stored(sample) == [
        (BEFORE, "MI07", 1, 2, LEADER), (BEFORE, "MI07", 5, 3, LEADER), (BEFORE, "HA12", 1, 4, None),
    ]  # fmt: skip
    assert tab(sample).before == (
        ScoreSlip("HA12", None, {1: 4}, was="HA12"), ScoreSlip("MI07", LEADER, {1: 2, 5: 3}, was="MI07"),
    )  # fmt: skip
    sample.undo()
    assert stored(sample) == []


def test_a_slip_with_nothing_answered_is_passed_over(sample):
    assert enter(sample, BEFORE, ScoreSlip("MI07", LEADER), ScoreSlip()) == 0


def test_a_known_slip_is_changed_answer_by_answer(sample):
    enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2, 2: 3}))
    enter(sample, BEFORE, ScoreSlip("MI07", Respondent.OTHER_TEACHER, {1: 5, 3: 1}, was="MI07"))
    assert sorted(stored(sample), key=lambda one: one[2]) == [
        (BEFORE, "MI07", 1, 5, Respondent.OTHER_TEACHER), (BEFORE, "MI07", 3, 1, Respondent.OTHER_TEACHER),
    ]  # fmt: skip


def test_a_known_slip_that_is_emptied_goes_and_others_are_left_alone(sample):
    enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2}), ScoreSlip("HA12", LEADER, {1: 4}))
    assert enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {}, was="MI07")) == 1
    assert [one[1] for one in stored(sample)] == ["HA12"]


def test_a_code_misread_is_put_right_and_two_codes_can_be_swapped(sample):
    enter(sample, BEFORE, ScoreSlip("A", LEADER, {1: 1, 2: 1}), ScoreSlip("B", LEADER, {1: 2, 2: 2}))
    enter(sample, BEFORE, ScoreSlip("B", LEADER, {1: 1, 2: 1}, was="A"),
          ScoreSlip("A", LEADER, {1: 2, 2: 2}, was="B"))  # fmt: skip
    assert {(one[1], one[3]) for one in stored(sample)} == {("B", 1), ("A", 2)}


def test_a_code_is_there_once_a_round_however_it_is_written(sample):
    with pytest.raises(BadSlip, match="There is a slip mi07 in this round already") as twice:
        enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2}), ScoreSlip("mi07 ", LEADER, {1: 4}))
    assert (twice.value.row, twice.value.field) == (1, "code")
    enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2}))
    with pytest.raises(BadSlip, match="already"):
        enter(sample, BEFORE, ScoreSlip("Mi07", LEADER, {1: 3}))
    assert enter(sample, AFTER, ScoreSlip("Mi07", LEADER, {1: 3})) == 1


def test_answers_without_a_code_are_refused_and_nothing_is_stored(sample):
    with pytest.raises(BadSlip, match="Type the code") as wrong:
        enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {1: 2}), ScoreSlip("", LEADER, {1: 4}))
    assert wrong.value.row == 1
    assert stored(sample) == []


def test_a_score_off_the_scale_names_its_area(sample):
    with pytest.raises(BadSlip, match="Scores go from 1 to 5") as wrong:
        enter(sample, BEFORE, ScoreSlip("MI07", LEADER, {3: 6}))
    assert (wrong.value.row, wrong.value.field) == (0, "3")


def test_r_imp_5_the_unpaired_are_counted_and_named(sample):
    before = [ScoreSlip(code, LEADER, {1: 2}) for code in ("A", "B", "C", "D", "E", "F")]
    after = [ScoreSlip(code, LEADER, {1: 3}) for code in ("a", "B", "C", "D", "G")]
    assert paired_words(before, after) == "4 paired of 7 people"
    assert paired_words((), ()) == "no slips yet"
    enter(sample, BEFORE, *before)
    enter(sample, AFTER, *after)
    assert tab(sample).paired == "4 paired of 7 people"
    assert tab(sample).unpaired == (("E", "F"), ("G",))
    assert tab(sample).found.all[0].paired_words == "4 paired of 7 people"


def test_the_samples_slips_are_all_read(sample):
    found = tab(sample, 2024)
    assert (len(found.before), len(found.after)) == (found.found.before, found.found.after)
    assert [area.name for area in found.areas][-1] == "Leading science"
    assert found.areas[-1].leaders_only
    assert found.points == 5


# -- bigger, add, remove


def test_slips_of_bigger_add_remove_are_numbered_changed_and_emptied(sample):
    assert (
        do(sample, enter_bar_slips, YEAR, [BarWords(bigger="Starters"), BarWords(), BarWords(add="Cake")])
        == 2
    )
    assert [one.slip for one in tab(sample).bar] == [
        BarWords(1, "Starters"), BarWords(2, add="Cake"),
    ]  # fmt: skip
    again = [BarWords(1, "Starters, please"), BarWords(2), BarWords(remove="Emails")]
    assert do(sample, enter_bar_slips, YEAR, again) == 2
    assert [one.slip for one in tab(sample).bar] == [
        BarWords(1, "Starters, please"), BarWords(3, remove="Emails"),
    ]  # fmt: skip


def test_words_too_long_for_a_slip_name_their_place(sample):
    with pytest.raises(BadSlip, match="at most 500") as wrong:
        do(sample, enter_bar_slips, YEAR, [BarWords(bigger="Starters"), BarWords(add="x" * 501)])
    assert (wrong.value.row, wrong.value.field) == (1, "add")
    assert tab(sample).bar == ()
