"""Labels: true sizes, words that stay inside, and codes that say what they should."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit import About, Furniture, Kit
from reports.kit.label_test import TestPage
from reports.kit.labels import SHEETS, Label, LabelPage, LabelSheet, fit_lines, joined_lines
from reports.kit.qr import QrCode, qr_modules, quiet_zone
from tests.reports.kit.making import HOSTILE, STAMP
from tests.reports.kit.qr_reading import modules, read
from tests.reports.painted import painted
from tests.reports.pdf_checks import alternatives, assert_sound, roles, words

# columns, rows, width, height, from one to the next across and down, left, top: the maker's, in mm
MAKERS = {
    "L7160": (3, 7, 63.5, 38.1, 66.04, 38.1, 7.21, 15.15),
    "L7163": (2, 7, 99.06, 38.1, 101.6, 38.1, 4.67, 15.15),
    "L7165": (2, 4, 99.1, 67.7, 101.6, 67.7, 4.65, 13.1),
}
TRUE = 0.2
KITS = Label("KIT-01", "Magnets and materials", ("Owner: Cluster", "24 parts", "Check in and out"), "Teasel")
LONG = Label(
    "KIT-01", "Magnets " * 25, ("Owner: " + "St Bartholomew " * 14, "Safety note: " + "n" * 190), "A" * 200
)
sheets = pytest.mark.parametrize("name", MAKERS)


def sheet_of(sheet: LabelSheet, labels, edges="cut", nudge=(0.0, 0.0)) -> bytes:
    about = About("Labels", "Ruth Adeyemi", "Labels", STAMP, first="bare")
    document = Kit().document(about, Furniture("Teasel Valley", "Labels"))
    return document.build([LabelPage(sheet, labels, edges, nudge)])


def box_of(name: str, place: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label, from the maker's figures."""
    columns, _, wide, high, across, down, left, top = MAKERS[name]
    row, column = divmod(place - 1, columns)
    x, y = left + column * across, top + row * down
    return x, y, x + wide, y + high


def corners(lines) -> tuple[float, float, float, float]:
    xs = [x for line in lines for x in line[::2]]
    ys = [y for line in lines for y in line[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


@sheets
def test_every_label_lies_where_the_maker_has_it_to_a_fifth_of_a_millimetre(name):
    sheet = SHEETS[name]
    assert sheet.per_sheet == MAKERS[name][0] * MAKERS[name][1]
    for place in range(1, sheet.per_sheet + 1):
        found = corners(painted(sheet_of(sheet, [(place, KITS)])).lines)
        assert found == pytest.approx(box_of(name, place), abs=TRUE)


@sheets
def test_a_nudge_moves_all_by_so_many_millimetres_right_and_down(name):
    plain = painted(sheet_of(SHEETS[name], [(2, KITS)]))
    moved = painted(sheet_of(SHEETS[name], [(2, KITS)], nudge=(1.5, -0.75)))
    change = [1.5, -0.75, 1.5, -0.75]
    assert corners(moved.lines) == pytest.approx(
        [a + b for a, b in zip(corners(plain.lines), change, strict=True)], abs=0.01
    )
    assert [x0 for x0, *_ in moved.words] == pytest.approx([x0 + 1.5 for x0, *_ in plain.words], abs=0.01)
    assert [y for _, y, _ in moved.words] == pytest.approx([y - 0.75 for _, y, _ in plain.words], abs=0.01)


@sheets
@pytest.mark.parametrize("label", [KITS, LONG], ids=["usual", "long"])
def test_nothing_on_a_label_comes_nearer_than_two_millimetres_to_its_edge(name, label):
    left, top, right, bottom = box_of(name, 2)
    found = painted(sheet_of(SHEETS[name], [(2, label)], "none"))
    assert min(x0 for x0, *_ in found.words) >= left + 2
    assert max(x1 for *_, x1 in found.words) <= right - 2
    assert min(y for _, y, _ in found.words) >= top + 2
    assert max(y for _, y, _ in found.words) <= bottom - 2
    assert all(x >= left + 2 and x + wide <= right - 2 for x, _, wide, _ in found.boxes)


@sheets
def test_a_code_has_its_white_edge_and_is_large_enough_to_be_read(name):
    found = painted(sheet_of(SHEETS[name], [(1, KITS)], "none"))
    module = min(high for *_, high in found.boxes)
    assert module >= 0.5
    _, top, right, bottom = box_of(name, 1)
    x0, y0 = min(x for x, *_ in found.boxes), min(y for _, y, *_ in found.boxes)
    x1 = max(x + wide for x, _, wide, _ in found.boxes)
    y1 = max(y + high for _, y, _, high in found.boxes)
    quiet = 4 * module - 0.01
    assert (right - x1 >= quiet, y0 - top >= quiet, bottom - y1 >= quiet) == (True, True, True)
    beside = [end for _, y, end in found.words if y > y0 - 1]
    assert max(beside) <= x0 - quiet


@pytest.mark.parametrize("code", ["KIT-01", "R-0001", "kit 7b", "ÉT-9", "A" * 20, "x" * 20, "日本"])
def test_the_painted_code_says_the_code(code):
    found = painted(sheet_of(SHEETS["L7163"], [(3, Label(code, "Magnets"))], "none"))
    assert read(modules(found.boxes)) == code


@given(st.text("ABCXYZ-0189 abcxyz_", min_size=1, max_size=20))
def test_a_code_of_any_letters_says_them(code):
    assert read([list(row) for row in qr_modules(code)]) == code


def test_the_white_edge_is_four_modules():
    assert quiet_zone("KIT-01", 42) == pytest.approx(8)
    assert QrCode("KIT-01", 42).wrap(500, 500) == (42, 42)


@sheets
def test_a_label_is_read_as_words_and_a_picture_that_says_its_code(name):
    data = sheet_of(SHEETS[name], [(1, KITS), (2, KITS)])
    assert_sound(data)
    assert alternatives(data) == ["QR code that says KIT-01"] * 2
    assert roles(data) == ["Document", *["Div", *["P"] * 4, "Figure"] * 2]
    for said in (
        "Teasel",
        "KIT-01",
        "Magnets and materials",
        "Owner: Cluster",
        "24 parts",
        "Check in and out",
    ):
        assert said in words(data)


@sheets
def test_lines_of_a_label_never_lie_on_each_other(name):
    for label in (KITS, LONG, Label("R-1", "One", tuple(f"Line {n} of nine" for n in range(9)), "Teasel")):
        found = painted(sheet_of(SHEETS[name], [(1, label)], "none"))
        ys = sorted({round(y, 2) for _, y, _ in found.words})
        assert min(b - a for a, b in pairwise(ys)) >= 1.3  # mm from line to line


@pytest.mark.parametrize("nasty", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_on_labels_and_never_obeyed(nasty):
    text = nasty[:200]
    assert_sound(sheet_of(SHEETS["L7160"], [(1, Label(text[:20], text, (text, text), text))]))


def test_edges_are_a_border_or_lines_to_cut_along_or_none():
    labels = [(1, KITS), (3, KITS)]
    cut = painted(sheet_of(SHEETS["L7163"], labels, "cut"))
    assert len(cut.lines) == 7  # the line between both is painted once
    border = painted(sheet_of(SHEETS["L7163"], labels, "border"))
    assert corners(border.lines) == pytest.approx((*box_of("L7163", 1)[:3], box_of("L7163", 3)[3]), abs=TRUE)
    assert painted(sheet_of(SHEETS["L7163"], labels, "none")).lines == []


def test_lines_that_fit_share_a_line_and_long_ones_are_cut():
    assert joined_lines(["Owner: Cluster", "A" * 60, "24 parts"], 120, 8) == [
        "Owner: Cluster · 24 parts",
        "A" * 60,
    ]
    assert fit_lines("one two three four", 40, "Lato-Regular", 10, 2) == ["one two", "three f…"]
    assert fit_lines("one two", 400, "Lato-Regular", 10, 2) == ["one two"]


@sheets
def test_the_test_page_has_true_rulers_and_every_label(name):
    kit, sheet = Kit(), SHEETS[name]
    about = About("Test page", "Ruth Adeyemi", "Labels", STAMP, first="bare")
    page = TestPage(sheet, [kit.text("Print at 100%", "h1"), kit.text("Measure")], 4, (0.0, 0.0))
    data = kit.document(about, Furniture("Teasel Valley", "Test page")).build([page])
    assert_sound(data)
    lines = painted(data).lines
    assert max(x1 - x0 for x0, y0, x1, y1 in lines if y0 == y1 and y0 < 12) == pytest.approx(180, abs=0.01)
    longest = max(lines, key=lambda line: abs(line[3] - line[1]))
    assert abs(longest[3] - longest[1]) == pytest.approx(240, abs=0.01)
    ticks = sorted(x0 for x0, y0, x1, y1 in lines if x0 == x1 and y0 < 12 and abs(y1 - y0) < 4)
    assert len(ticks) == 181
    assert ticks[10] - ticks[0] == pytest.approx(10, abs=0.01)
    last = box_of(name, sheet.per_sheet)
    dashed = [line for line in lines if max(line[1], line[3]) > 13]
    assert corners(dashed)[2:] == pytest.approx(last[2:], abs=TRUE)
    assert [words(data).count(said) for said in ("4: first label", "Print at 100%", "Measure")] == [1, 1, 1]
