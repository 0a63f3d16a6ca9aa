"""The parts of the pack: their order, their questions, and those of the short form (domain, part C)."""

import pytest

from models.queries.readiness import TITLES
from models.values import replace
from reports.pack import PARTS, parts
from reports.pack.catalogue import APPENDICES
from tests.reports.pack.factories import full, pack


def test_the_parts_stand_in_the_order_of_the_domain():
    assert [part.number for part in PARTS] == [
        *range(1, 24), 24, 24, 24, 24,
    ]  # fmt: skip


def test_parts_are_called_as_the_readiness_list_calls_them():
    named = {part.number: part.title for part in PARTS if part.number != APPENDICES}
    assert named == {number: title for number, title in TITLES.items() if number != APPENDICES}
    assert len({part.title for part in PARTS}) == len(PARTS)


def test_the_short_form_has_the_parts_that_exist():
    assert [part.number for part in parts(short=True)] == [1, 2, 4, 6, 7, 8, 9, 11, 12, 22]
    assert parts() == PARTS


def test_the_wide_tables_stand_on_landscape_pages():
    assert [part.title for part in PARTS if part.landscape] == ["Attendance", "Appendix A: claims"]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.title)
def test_each_part_asks_a_question_and_answers_it_with_or_without_data(part):
    assert part.question.endswith("?")
    for data in (pack(), full()):
        answer = part.answer(data)
        assert answer.strip()
        assert not answer.endswith(".")
        assert "None" not in answer


def test_readiness_for_the_next_stage_is_told_in_the_last_year_of_an_agreement_only():
    last = pack()
    assert last.profile.agreement.ends_on.year == last.period.year + 1
    earlier = replace(last, period=replace(last.period, year=last.period.year - 1))
    assert 23 in {part.number for part in parts(last)}
    assert 23 not in {part.number for part in parts(earlier)}
