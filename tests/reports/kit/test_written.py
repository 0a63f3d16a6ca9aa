"""What the kit does itself for speed comes out as ReportLab would have done it."""

from __future__ import annotations

import gc
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import CMYKColor, HexColor
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as PlainParagraph
from reportlab.platypus import Table as PlainTable

from reports.kit import BREAK, STRONG, Bold, Col, Kit, Muted, Paragraph, TableLook, fonts, in_one_go
from reports.kit.breaking import broken
from reports.kit.canvas import TaggedCanvas
from reports.kit.fragments import fragments
from reports.kit.grid import Table
from reports.kit.text import markup
from reports.kit.typeset import Typist
from reports.kit.written import escaped, number
from tests.reports.kit.making import HOSTILE, build
from tests.reports.painted import painted
from tests.reports.pdf_checks import texts

WORDS = st.lists(
    st.sampled_from([*HOSTILE, "word", "two  spaces", " ", "\n", "1 to 5", "\u00a0"]), max_size=3
)
SAID = WORDS.map("".join)
PIECES = st.lists(st.one_of(SAID, SAID.map(Bold), SAID.map(Muted), st.just(BREAK)), max_size=4)
MUTED = "#54616b"


@given(st.floats(-1e7, 1e7))
def test_numbers_are_written_as_reportlab_writes_them(value):
    assert number(value) == fp_str(value)


@given(st.binary())
def test_strings_are_escaped_as_reportlab_escapes_them(text):
    assert escaped(text) == escapePDF(text)


def _shown(frags):
    """Face, colour and words, those that look alike as one; a line end has no colour."""
    runs = []
    for frag in frags:
        ends = getattr(frag, "lineBreak", False)
        runs.append(("end", "\n") if ends else ((frag.fontName, frag.fontSize, frag.textColor), frag.text))
    return [(look, "".join(words for _, words in run)) for look, run in groupby(runs, lambda run: run[0])]


@given(PIECES, st.sampled_from(["body", "caption", "cell_left_bold", "quote"]))
def test_a_paragraph_is_what_reportlab_would_read_from_markup(pieces, name):
    style = Kit().styles[name]
    read = Paragraph(markup(pieces, MUTED), style).frags  # what a parser makes of the escaped words
    assert _shown(fragments(pieces, style, MUTED)) == _shown(read)


@pytest.mark.parametrize("colour", [HexColor("#0f6e66"), CMYKColor(0.1, 0.2, 0.3, 0.4), "red"])
def test_colours_and_moves_are_written_as_reportlab_writes_them(colour):
    codes = []
    for maker in (Canvas, TaggedCanvas):
        canvas = maker("unused.pdf")
        canvas.setFillColor(colour)
        canvas.setStrokeColor(colour)
        canvas.translate(12.3456789, -4)
        canvas.scale(0.5, 2)
        codes.append((canvas._code, canvas.absolutePosition(3, 4)))
    assert codes[0] == codes[1]


@given(st.lists(st.floats(-900, 900), min_size=4, max_size=4), st.sampled_from([(1, 0), (0, 1), (1, 1)]))
def test_lines_and_rectangles_are_written_as_reportlab_writes_them(at, how):
    codes = []
    for maker in (Canvas, TaggedCanvas):
        canvas = maker("unused.pdf")
        canvas.saveState()
        canvas.setFont("Helvetica", 30)
        canvas.setLineWidth(0.4)
        canvas.line(*at)
        canvas.lines([at, (0, 1, 2, 3)])
        canvas.rect(*at, stroke=how[0], fill=how[1])
        canvas.restoreState()
        codes.append((" ".join(canvas._code), canvas._fontsize, canvas._lineWidth))
    assert codes[0] == codes[1]


LONG = "Children ask questions, and 1\u00a0teacher of 12 answers them; then they plan what to measure. "


@pytest.mark.parametrize("name", ["body", "cell_right", "cell_center_bold", "item"])
@pytest.mark.parametrize(
    "content",
    [
        "Short.",
        LONG * 4,
        [LONG, Bold("strongly said"), " and ", Muted(LONG), BREAK, "Łukasz 😀 " + "w" * 60],
        "wide " * 3 + "W" * 75,
        "",
    ],
)
def test_words_stand_where_reportlab_sets_them(content, name, monkeypatch):
    def built():
        kit = Kit()
        made = [kit.text(content, name), kit.side_by_side([[kit.text(content, name)], [kit.text("x")]])[0]]
        data = build(made, kit)
        return painted(data).words, " ".join(texts(data)).split()

    ours, said = built()
    monkeypatch.setattr(Typist, "lines", lambda *_: None)
    theirs, read = built()
    assert said == read
    assert len(ours) == len(theirs)
    for here, there in zip(ours, theirs, strict=True):
        assert here == pytest.approx(there, abs=0.01)


@given(
    st.lists(
        st.sampled_from("a we half-days children 12 £1,234.50 investigations — and,".split()), max_size=60
    ),
    st.floats(20, 480),
    st.sampled_from(["body", "cell_left", "question"]),
)
def test_lines_are_broken_as_reportlab_breaks_them(words, wide, name):
    style = Kit().styles[name]
    frags = fragments(" ".join(words), style, MUTED)
    ours = broken(frags, style, (wide, wide))
    if ours is None:
        parts = frags[0].text.split(" ") if frags else [""]
        longest = max(fonts.width(part, style.fontName, style.fontSize) for part in parts)
        assert not words or longest > wide
        return
    theirs = PlainParagraph(None, style, frags=frags).breakLines([wide, wide])
    assert [line for _, line in ours.lines] == [line for _, line in theirs.lines]
    whites = zip(ours.lines, theirs.lines, strict=True)
    assert all(one[0] == pytest.approx(other[0], abs=1e-6) for one, other in whites)
    assert (ours.kind, ours.ascent, ours.fontSize) == (theirs.kind, theirs.ascent, theirs.fontSize)


def _table(*, pen=False):
    cols = [
        Col("School", lambda row: row[0]),
        Col("Note", lambda row: row[1], gap=9),
        Col("Days", lambda row: row[2], align="right"),
        Col("Part", lambda row: row[2], align="center", tile=lambda row: STRONG if row[2] else None),
        Col("Here", lambda _: "", blank="tick" if pen else None),
    ]
    rows = [("Hollin Beck", LONG, "7"), ("Two\nlines", "", ""), ("W" * 60, [Bold("a"), BREAK, "b"], "1,234")]
    return Kit().table(cols, rows, total=("All", "", "1,241", "", ""), look=TableLook(strong=[1], rules=[1]))


@pytest.mark.parametrize("pen", [False, True])
def test_rows_are_as_high_as_reportlab_makes_them(pen):
    ours, theirs = _table(pen=pen), _table(pen=pen)
    for table in (ours, theirs):
        table.canv = TaggedCanvas("unused.pdf")
    ours._calc_height(0, 483)
    PlainTable._calc_height(theirs, 0, 483)
    assert ours._rowHeights == pytest.approx(theirs._rowHeights)
    assert ours._rowpositions == pytest.approx(theirs._rowpositions)


@pytest.mark.parametrize("pen", [False, True])
def test_cells_are_set_where_reportlab_sets_them(pen, monkeypatch):
    def shown():
        return [word for word in painted(build([_table(pen=pen)])).words if word[0] < word[2]]

    ours = shown()  # without those of empty cells, which are left out
    monkeypatch.delattr(Table, "_drawCell")
    assert ours == [pytest.approx(word, abs=0.01) for word in shown()]


def test_a_face_measures_anew_once_a_character_it_lacks_is_drawn_as_a_square():
    fonts.register()
    fonts.width("\u4e28", size=10)
    fonts.draw_as_square(0x4E28)
    assert fonts.width("\u4e28", size=10) == fonts.width(fonts.SQUARE, size=10)


def test_the_search_for_unused_objects_is_seldom_during_papers_and_as_usual_after_the_last():
    usual = gc.get_threshold()
    first, second = in_one_go(), in_one_go()
    first.__enter__()
    second.__enter__()
    assert gc.get_threshold()[0] > usual[0]
    first.__exit__(None, None, None)  # the one that began first ends first, as in two threads
    assert gc.get_threshold()[0] > usual[0]
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual
    with pytest.raises(KeyError), in_one_go():
        raise KeyError
    assert gc.get_threshold() == usual
    assert gc.isenabled()
