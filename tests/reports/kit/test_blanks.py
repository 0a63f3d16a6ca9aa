"""Cells for the reader's pen: a square or a box where there is no value, and the value where there is."""

import pytest

from reports.kit import Col, Kit
from reports.kit.blanks import TICK, WRITE
from tests.reports.kit.making import build
from tests.reports.painted import MM, painted
from tests.reports.pdf_checks import assert_sound, roles, words

COLS = [
    Col("Part", lambda row: row[0]),
    Col("Out", lambda row: row[1], 40, "center", blank="tick"),
    Col("Back", lambda row: row[2], 60, "right", blank="write"),
]


@pytest.mark.parametrize("large", [False, True])
def test_an_empty_cell_is_a_square_or_a_box_and_stays_a_cell(large):
    kit = Kit(large_print=large)
    data = build([kit.table(COLS, [("Torch", "", None), ("Mirror", "yes", 0)])], kit)
    assert_sound(data)
    sides = sorted(round(high * MM / kit.scale, 1) for _, _, _, high in painted(data).boxes)
    assert sides == [TICK, WRITE]
    assert "Mirror yes 0" in words(data)
    assert roles(data).count("TD") == 4


def test_a_row_of_totals_has_nothing_to_fill_in():
    kit = Kit()
    data = build([kit.table(COLS, [("Torch", "yes", 4)], total=("All", "", ""))], kit)
    assert painted(data).boxes == []


def test_a_square_stands_where_its_column_says():
    kit = Kit()
    found = painted(build([kit.table(COLS, [("Torch", "", "")])], kit)).boxes
    (left, _, wide, _), (at, _, across, _) = sorted(found)
    right = (595.28 - 56) / MM
    assert at + across == pytest.approx(right, abs=0.2)
    assert across > 3 * wide
    assert left + wide < at
