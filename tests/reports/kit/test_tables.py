from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing

from reports.kit import BREAK, MARKED, PAGE, QUIET, STRONG, Bold, Col, Kit, Muted, TableLook
from reports.kit.columns import Ask, column_widths
from tests.reports.kit.making import build, columns, document
from tests.reports.painted import painted
from tests.reports.pdf_checks import assert_sound, roles, texts, words

NAME = "Saint Something and the Holy Whatever Church of England Voluntary Aided Primary School " * 3
points = st.floats(0, 400)
asks = st.builds(
    lambda wanted, natural, part, comfort: Ask(wanted, natural, natural * part, comfort),
    st.just(0) | points,
    points,
    st.floats(0, 1),
    points,
)


@given(st.lists(asks, min_size=1, max_size=20), st.floats(100, 800))
def test_columns_never_need_more_than_there_is(columns, room):
    widths = column_widths(columns, room)
    assert sum(widths) <= room + 0.01
    assert min(widths) >= 0


@given(st.lists(asks, min_size=1, max_size=12), st.floats(100, 800))
def test_columns_get_what_they_need_where_there_is_room(columns, room):
    if sum(ask.need for ask in columns) > room:
        return
    widths = column_widths(columns, room)
    assert all(w >= ask.need - 0.01 for w, ask in zip(widths, columns, strict=True))


def test_a_column_without_a_width_takes_what_is_left():
    fixed, free = Ask(100, 90, 50, 140), Ask(0, 60, 30, 140)
    assert column_widths([fixed, free, free], 500) == [100, 200, 200]


def test_a_share_that_is_too_small_for_one_column_is_made_up_by_the_others():
    small, large = Ask(0, 10, 10, 140), Ask(0, 300, 300, 140)
    assert column_widths([small, large], 400) == [100, 300]


def test_wide_columns_give_back_first_what_their_text_does_not_fill():
    idle, full = Ask(300, 120, 60, 140), Ask(0, 500, 50, 140)
    assert column_widths([idle, full], 350) == [pytest.approx(210), pytest.approx(140)]


def test_500_rows_repeat_their_header_and_lose_none():
    rows = [[f"row {n}", "words", f"{n}.00"] for n in range(500)]
    data = build([Kit().table(columns(), rows, total=("All", "", "500"))])
    assert_sound(data)
    pages = texts(data)
    assert all("Column 0" in page for page in pages)
    said = words(data)
    assert all(f"row {n} words" in said for n in range(500))
    assert roles(data).count("TR") == 502


def test_no_row_is_torn_between_pages():
    rows = [[f"first {n} " + "words " * 30 + f"last {n}", "x", "y"] for n in range(60)]
    for page in texts(build([Kit().table(columns(), rows)])):
        assert page.count("first") == page.count("last")


@pytest.mark.parametrize("large", [False, True])
def test_a_row_taller_than_a_page_is_cut_and_wholly_printed(large):
    kit = Kit(large_print=large)
    tall = " ".join(f"word{n}" for n in range(3000))
    rows = [["a", "b", "c"], ["before", tall, "£1.00"], ["d", "e", "f"]]
    data = build([kit.text("Above"), kit.table(columns(), rows)], kit)
    assert_sound(data)
    said = words(data)
    assert all(f"word{n}" in said for n in range(3000))
    assert roles(data).count("TR") == 4


def test_columns_beside_each_other_may_be_taller_than_a_page():
    kit = Kit()
    left = [kit.text(" ".join(f"left{n}" for n in range(2000)))]
    right = [kit.heading("A heading", top=True), *kit.numbered([f"right{n}" for n in range(100)])]
    head = kit.head("A", "?", "Answer")
    data = build([*head, *kit.side_by_side([left, right])])
    assert_sound(data)
    said = words(data)
    assert all(f"left{n}" in said for n in range(2000))
    assert all(f"right{n}" in said for n in range(100))


def test_what_cannot_stand_beside_each_other_stands_below():
    kit = Kit()
    tall = kit.figure(Drawing(100, 900), "A tall picture.")
    data = build(kit.side_by_side([[tall], [kit.text("Beside it")]]))
    assert_sound(data)
    assert roles(data) == ["Document", "Figure", "P"]


def test_a_table_without_rows_says_so():
    data = build([Kit().table(columns(), [], look=TableLook(empty="No loan is entered."))])
    assert_sound(data)
    assert "No loan is entered." in words(data)


def test_a_table_without_rows_may_have_a_total():
    data = build([Kit().table(columns(), [], total=("All", "", "0"))])
    assert_sound(data)
    assert "All 0" in words(data)


def test_200_characters_fit_in_any_column():
    long = (NAME + NAME)[:200]
    cols = [
        Col("Left", lambda _: long),
        Col("Narrow", lambda _: long, 40),
        Col("Right", lambda _: long, 60, "right"),
        Col("Centre", lambda _: long, 60, "center"),
        Col(long, lambda _: "1", 40, "right"),
    ]
    data = build([Kit().table(cols, range(3), total=(long, "", long, "", "3"))])
    assert_sound(data)
    assert words(data).count("Whatever Church") >= 3


def test_twenty_columns_fit_on_the_page():
    kit = Kit()
    data = build([kit.table(columns(20), [["£1,234.50"] * 20])])
    assert_sound(data)


def test_figures_get_the_room_they_need_whatever_was_asked_for():
    kit = Kit()
    cols = [Col("Name", lambda _: NAME, 400), Col("Sum", lambda _: "£1,234,567.89", 5, "right")]
    assert "£1,234,567.89" in words(build([kit.table(cols, [1])]))


def test_a_wide_matrix_turns_landscape_and_a_narrow_one_does_not():
    kit = Kit()
    days = [Col(f"{n} Sep", lambda _: "P", 52, "center") for n in range(7)]
    school = Col("School", lambda _: "Brackenford C of E Primary School", 160)
    assert kit.page_for([school, *days], [1]) == "landscape"
    assert kit.page_for([school, *days[:3]], [1]) == "portrait"


def test_large_print_needs_landscape_sooner():
    cols = [Col("A", lambda _: "a", 200), Col("B", lambda _: "b", 200)]
    assert Kit().page_for(cols, [1]) == "portrait"
    assert Kit(large_print=True).page_for(cols, [1]) == "landscape"


def test_cells_take_pieces_numbers_and_nothing():
    cols = [Col("A", lambda row: row, 200), Col("B", lambda _: None)]
    rows = ["plain", 0, ["2 March", BREAK, Muted("1:15pm")], Bold("Yes"), "two\nlines"]
    data = build([Kit().table(cols, rows)])
    assert "plain 0 2 March 1:15pm Yes two lines" in words(data).replace("\u00a0", " ")


def test_tiles_carry_their_letter():
    tiles = {"P": QUIET, "A": MARKED, "N": STRONG}
    cols = [Col("S", str), *[Col("1", str, 40, "center", 0, tiles.get) for _ in range(2)]]
    data = build([Kit().table(cols, list("PAN-"))])
    assert_sound(data)
    assert "P P P A A A N N N - - -" in words(data)


@pytest.mark.parametrize("large", [False, True])
def test_no_text_is_smaller_than_the_house_allows(large):
    kit = Kit(large_print=large)
    body, table = (16, 13) if large else (12, 10)
    for name in ("body", "lead", "item", "ask", "fact", "h2", "h3", "quote"):
        assert round(kit.styles[name].fontSize, 2) >= body
    for name in ("cell_left", "cell_right", "head_center", "caption", "note", "source"):
        assert kit.styles[name].fontSize >= table


def test_a_heading_above_a_long_table_begins_where_it_stands():
    kit = Kit()
    rows = [["a", "b", "c"]] * 100
    story = [kit.text("Words. " * 60), *kit.head("A", "?", "Answer"), kit.heading("Loans")]
    pages = texts(build([*story, kit.table(columns(), rows)]))
    assert "Loans" in pages[0]
    assert "Column 0" in pages[0]


def test_a_heading_never_stands_alone_at_the_foot_of_a_page():
    kit = Kit()
    for lines in range(30, 46):
        head = kit.head("A", "?", "Answer")
        story = [*head, *[kit.text(f"line {n}", "fact") for n in range(lines)]]
        pages = texts(build([*story, kit.heading("Alone?"), kit.text("No: with words.")]))
        page = next(page for page in pages if "Alone?" in page)
        assert "No: with words." in page


def test_the_width_of_a_table_is_the_one_asked_for():
    kit = Kit()
    table = kit.table(columns(), [["a", "b", "c"]])
    document(kit).build([table])
    assert table.wrap(PAGE.width, 500)[0] == pytest.approx(PAGE.width)


def test_words_that_wrap_in_a_dark_tile_are_light():
    kit = Kit()
    words = "Not at all on track, and late"
    cols = [Col("School", lambda _: NAME, 440), Col("State", lambda _: words, 40, tile=lambda _: STRONG)]
    table = kit.table(cols, [1])
    cell = table._cellvalues[1][1]
    assert cell.style.textColor == kit.styles.palette.ground


def test_words_before_a_tile_do_not_touch_it():
    def cols(words):
        return [Col("School", lambda _: words, 0), Col("1", lambda _: "P", 40, "center", 0, lambda _: QUIET)]

    for many in range(98, 108):  # one of them is as wide as the column
        page = painted(build([Kit().table(cols("i" * many), [1], look=TableLook(width=300))]))
        tile = next(left for left, _, wide, _ in page.boxes if wide > 10)
        assert max(right for left, y, right in page.words if left < tile and 30 < y < 200) < tile - 2


@pytest.mark.parametrize("blank", ["tick", "write", "sign"])
@pytest.mark.parametrize("length", [100, 140, 300])
def test_a_row_taller_than_the_page_is_cut_beside_room_to_write_too(blank, length):
    cols = [
        Col("School", lambda row: row, 100),
        Col("Name", lambda _: "somebody", 100),
        Col("By hand", lambda _: "", 0, blank=blank),
    ]
    data = build(
        [*Kit().head("Part", "Question?", "Answer"), Kit().table(cols, ["word by word " * length] * 2)]
    )
    assert_sound(data)
    assert words(data).count("by") == 2 * length


def test_words_are_cut_before_figures_are():
    """Large print with long words: the figures keep their room, whatever the words need."""
    words_, figure = Ask(0, 300, 110, 140, 48), Ask(60, 90, 90, 140)
    assert column_widths([words_, figure, figure], 250) == [pytest.approx(70), 90, 90]
