"""Words that users type reach the page as words: never as markup, never as a crash."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reports
from reports.kit import BREAK, Bold, Col, Furniture, Kit, Link, Muted, clean, fonts, one_line
from reports.kit.document import About
from reports.kit.text import LONGEST_WORD, markup
from tests.reports.kit.making import HOSTILE, STAMP, build, document
from tests.reports.pdf_checks import assert_sound, words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Tom & Jerry <b>", "Tom & Jerry <b>"),
        ("tab\tand\x00nul\x1b", "tab andnul"),
        ("\u202eturned\u202c \u2066iso\u2069", "turned iso"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("soft\u00adhyphen \ufeffbom", "softhyphen bom"),
        ("one\r\ntwo\u2028three", "one\n\ntwo\nthree"),
        ("e\u0301", "é"),
        ("thin\u2009space, no\u00a0break, no\u202fbreak", "thin space, no\u00a0break, no\u00a0break"),
        ("\ufdd0\uffff private \ue000", " private "),
        ("✔\ufe0f", "✔"),
        (12, "12"),
    ],
)
def test_clean_takes_out_what_a_page_cannot_show(typed, printed):
    assert clean(typed) == printed


def test_words_of_over_80_characters_are_broken_and_shorter_ones_left():
    assert clean("x" * LONGEST_WORD) == "x" * LONGEST_WORD
    assert clean("x" * 90) == " ".join(["x" * 40, "x" * 40, "x" * 10])


def test_one_line_has_no_line_ends_and_keeps_no_break_spaces():
    assert one_line(" a\n b\u00a0c \n") == "a b\u00a0c"


@given(st.text())
def test_clean_is_done_after_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_no_text_brings_markup_of_its_own(text):
    made = markup(text)
    assert "<" not in made.replace("<br/>", "")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_can_be_printed(texts):
    kit = Kit()
    col = Col("Any", lambda row: row, align="right")
    assert document(kit).build([*map(kit.text, texts), kit.table([col], texts)])


def test_hostile_text_is_printed_everywhere():
    kit = Kit()
    texts = [text[:3000] for text in HOSTILE]
    cols = [Col("Text", lambda row: row), Col("Right", lambda row: row, 60, "right")]
    story = [part for text in texts for part in (kit.text(text), kit.text(Bold(text)))]
    story += [*kit.bullets(texts), kit.table(cols, texts)]
    data = build([*story, *kit.head("x" * 300, "q" * 300, "<b>c</b> " * 40)])
    assert_sound(data)
    said = words(data)
    for words_of_it in ("</para>", "A < <b>", '<img src="/etc/passwd"/>', "Łukasz Nguyễn"):
        assert words_of_it in said


@pytest.mark.parametrize("char", ["x", "/", "\u00a0", "\u4e2d"])
def test_a_word_of_200_000_characters_takes_no_time_to_speak_of(char):
    kit = Kit()
    started = time.process_time()
    document(kit).build([kit.text(char * 200_000), *kit.bullets(["y" * 100_000])])
    assert time.process_time() - started < 5


def test_markup_in_title_author_header_and_footer_is_only_text():
    kit = Kit()
    bad = "<b>\ud800 & \x00 \u202e" + "y" * 300
    about = About(bad, bad, bad, STAMP, first="portrait")
    data = kit.document(about, Furniture(bad, bad, bad)).build(kit.head(bad, bad, bad))
    assert_sound(data)
    assert "<b> &" in words(data)


def test_no_picture_and_no_foreign_link_comes_out_of_a_text():
    data = build([Kit().text('<img src="/etc/passwd"/><a href="javascript:1">x</a>')])
    assert b"/Subtype /Image" not in data
    assert b"/URI" not in data


def test_a_character_that_lato_lacks_is_named_and_stays_itself_in_the_file():
    kit = Kit()
    paper = document(kit)
    data = paper.build([kit.text("Łukasz 中 and 😀"), kit.text("Ω is there")])
    assert paper.missing_glyphs == ("中", "😀")
    assert "中" in words(data)
    assert "😀" in words(data)
    assert_sound(data)
    meaning = "stands for a letter or sign that cannot be printed"
    assert meaning in words(data)
    assert meaning not in words(build([kit.text("Łukasz, and Ω is there")]))


def test_a_character_that_lato_lacks_takes_the_room_of_the_square_drawn_for_it():
    clean("文")
    assert fonts.width("文", size=10) == fonts.width(fonts.SQUARE, size=10)


def test_missing_characters_are_found_in_tables_and_headers_too():
    kit = Kit()
    paper = document(kit)
    paper.build([*kit.head("节", "?", "Answer"), kit.table([Col("A", str)], ["行"])])
    assert paper.missing_glyphs == ("节", "行")


def test_pieces_say_how_words_look_and_what_is_in_them_is_only_words():
    pieces = [Bold("<b>"), BREAK, Muted("&"), Link("</a>", 'x"y')]
    assert markup(pieces, "#010203") == (
        '<b>&lt;b&gt;</b><br/><font color="#010203">&amp;</font><a href=\'#x"y\'>&lt;/a&gt;</a>'
    )


def test_bold_words_are_set_in_semibold():
    paragraph = Kit().text(["plain ", Bold("strong")])
    assert [frag.fontName for frag in paragraph.frags] == ["Lato-Regular", "Lato-SemiBold"]


def test_paragraphs_are_made_in_one_place_only():
    made = [
        path.name
        for path in Path(reports.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Paragraph"
    ]
    assert made == ["flowables.py"]


def test_line_ends_that_were_typed_are_kept():
    assert markup("one\ntwo\n") == "one<br/>two"


@pytest.mark.parametrize(
    "content", ["Greater Newcastle-under-Lyme", ["Greater ", Bold("Newcastle-under-Lyme")]]
)
def test_a_word_wider_than_its_line_is_parted_at_its_hyphens(content):
    made = Kit().text(content, "cell_left")
    made.wrap(fonts.width("Newcastle-under-L", fonts.SEMI, made.style.fontSize), 200)
    lines = [line[1] if isinstance(line, tuple) else line.words for line in made.blPara.lines]
    said = ["".join(getattr(word, "text", word) for word in line).strip() for line in lines]
    assert said == ["Greater", "Newcastle-under-", "Lyme"]


def test_a_part_between_hyphens_that_is_too_wide_is_cut_and_stays_on_the_page():
    made = Kit().text(f"Ab-{'w' * 30}", "cell_left")
    made.wrap(60, 200)
    assert len(made.getActualLineWidths0()) > 2
    assert max(made.getActualLineWidths0()) <= 60
