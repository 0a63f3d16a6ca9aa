"""What the tagged PDF says to those who cannot see it, and that the checks would notice a lapse."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image as Picture
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import black
from reportlab.platypus import Image
from reportlab.platypus import Paragraph as PlainParagraph
from reportlab.platypus import Table as PlainTable

from reports.kit import HeadingJump, Kit, Link, Unmarked
from reports.kit import canvas as kit_canvas
from reports.kit.canvas import TaggedCanvas, mark_artifacts
from tests.reports.kit.making import build, columns
from tests.reports.pdf_checks import (
    alternatives,
    assert_sound,
    fit_errors,
    reading_errors,
    roles,
    structure_errors,
    words,
)

LONG = "A sentence that is long enough to run over the end of a page, with all its words. " * 60


def drawing():
    found = Drawing(100, 40)
    found.add(Rect(0, 0, 100, 40, fillColor=black))
    return found


def whole_story(kit):
    rows = [[f"{n}.{m}" for m in range(3)] for n in range(90)]
    return [
        *kit.head("First", "What is first?", "The first answer", bookmark="first"),
        kit.contents(),
        kit.text(LONG),
        kit.heading("A heading"),
        *kit.bullets([LONG[:400], ["See ", Link("the first page", "first"), " for it"], "c"]),
        kit.heading("Below it", 3),
        kit.figure(drawing(), "Black from end to end.", "Figure 1: black"),
        *kit.turn("landscape"),
        *kit.head("Second", "What is next?", "The next answer", width=kit.wide),
        kit.table(columns(), rows, total=("All", "", "90")),
        *kit.turn("portrait"),
        *kit.head("Third", "And then?", "The last answer"),
        kit.figures([("12", "schools"), ("£2,627.30", "used"), ("+1.0", "in confidence")]),
        *kit.side_by_side([[kit.heading("Left"), kit.text("x")], [kit.heading("Right")]]),
        kit.rule(),
        *kit.numbered(["One", "Two"], "ask"),
        *kit.quotes([("We talk before we write.", "Year 2 teacher"), ("Yes.", "Year 5 teacher")]),
        kit.facts([("Lead school", "Hollin Beck"), ("Stage", "3")]),
        kit.notes([("a", "A gift."), ("b", "More.")]),
    ]


@pytest.mark.parametrize("large", [False, True])
def test_a_document_with_every_part_of_the_kit_is_sound(large):
    kit = Kit(large_print=large)
    assert_sound(build(whole_story(kit), kit))


def test_a_paragraph_over_pages_is_one_element_and_a_list_one_list():
    kit = Kit()
    data = build([kit.text(LONG * 3), *kit.bullets([LONG, LONG, LONG])])
    found = roles(data)
    assert found.count("P") == 1
    assert found.count("L") == 1
    assert found.count("LI") == found.count("Lbl") == found.count("LBody") == 3
    code = b"".join(page.Contents.read_bytes() for page in pikepdf.open(io.BytesIO(data)).pages)
    assert b"/LBody <<" in code
    assert b"/LI <<" not in code  # its words are in its body, on the next page too


def test_a_table_over_pages_is_one_table_with_one_header():
    kit = Kit()
    rows = [["a", "b", "c"]] * 200
    found = roles(build([kit.table(columns(), rows)]))
    assert (found.count("Table"), found.count("THead"), found.count("TBody")) == (1, 1, 1)
    assert found.count("TR") == 201
    assert found.count("TH") == 3 + 200  # the header row, and the first column of each row
    assert found.count("TD") == 400


def test_the_same_flowable_twice_makes_two_elements():
    kit = Kit()
    once = kit.text("twice")
    table = kit.table(columns(), [["a", "b", "c"]])
    found = roles(build([once, once, table, table]))
    assert found.count("P") == 2
    assert found.count("Table") == found.count("THead") == 2


def test_a_figure_and_its_caption_are_one_group():
    kit = Kit()
    found = roles(build([kit.figure(drawing(), "It is black.", "How to read it")]))
    assert found == ["Document", "Div", "Figure", "Caption"]


def test_a_figure_needs_no_caption_and_one_without_words_is_decoration():
    kit = Kit()
    data = build([kit.figure(drawing(), "It is black."), kit.figure(drawing(), "")])
    assert roles(data) == ["Document", "Figure"]
    assert alternatives(data) == ["It is black."]
    assert_sound(data)


def test_a_heading_that_skips_a_level_stops_the_build():
    kit = Kit()
    with pytest.raises(HeadingJump, match="level 3 on page 1 follows one of level 1"):
        build([*kit.head("A", "?", "Answer"), kit.heading("Too deep", 3)])


def test_the_first_heading_has_to_be_the_highest():
    with pytest.raises(HeadingJump):
        build([Kit().heading("Second first")])


def test_headings_may_rise_again_by_any_number_of_levels():
    kit = Kit()
    head = kit.head("A", "?", "Answer")
    again = kit.head("B", "?", "Answer")
    assert_sound(build([*head, kit.heading("x"), kit.heading("y", 3), *again]))


def test_header_footer_and_rules_are_no_part_of_what_is_read():
    data = build([Kit().rule(), Kit().text("Only this")])
    assert roles(data) == ["Document", "P"]
    assert "Page 1 of 1" in words(data)


# -- painting that nothing owns --------------------------------------------------------------------
@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "red.png"
    Picture.new("RGB", (50, 30), "red").save(path)
    return path


def test_words_outside_the_structure_are_noticed():
    with pytest.raises(Unmarked, match="lost words"):
        build([PlainParagraph("lost words", Kit().styles["body"])])


def test_a_plain_table_is_noticed():
    with pytest.raises(Unmarked):
        build([PlainTable([["lost", "cells"]], style=[("FONT", (0, 0), (-1, -1), "Lato-Regular")])])


def test_a_bare_drawing_is_noticed():
    with pytest.raises(Unmarked, match="painting"):
        build([drawing()])


def test_a_bare_picture_is_noticed(picture):
    with pytest.raises(Unmarked, match="painting"):
        build([Image(str(picture))])


def test_a_bare_drawing_in_a_cell_is_noticed():
    kit = Kit()
    with pytest.raises(Unmarked, match="painting"):
        build(kit.side_by_side([[drawing()], [kit.text("beside")]]))


def test_a_picture_with_its_words_is_not(picture):
    assert_sound(build([Kit().figure(Image(str(picture)), "A red field")]))


# -- negative controls: the checks notice sabotage ---------------------------------------------------
def test_the_checks_notice_missing_artifact_marks(monkeypatch):
    monkeypatch.setattr(kit_canvas, "mark_artifacts", list)
    assert any("unmarked painting" in error for error in structure_errors(build([Kit().rule()])))


def test_the_checks_notice_a_missing_scope(monkeypatch):
    monkeypatch.setattr("reports.kit.grid.Table.scope_of", lambda *_: "Wrong")
    monkeypatch.setattr("reports.kit.grid.Table.span_of", lambda *_: "")
    sabotaged = "<</O/Table/Scope/Wrong>>"
    real = TaggedCanvas.push

    def push(self, role, key=None, **attrs):
        kept = {} if attrs.get("A") == sabotaged else attrs
        return real(self, role, key, **kept)

    monkeypatch.setattr(TaggedCanvas, "push", push)
    data = build([Kit().table(columns(), [["a", "b", "c"]])])
    assert "header cell without scope" in reading_errors(data)


def test_the_checks_notice_a_skipped_heading(monkeypatch):
    monkeypatch.setattr(TaggedCanvas, "_check_heading", lambda *_: None)
    kit = Kit()
    data = build([*kit.head("A", "?", "Answer"), kit.heading("Too deep", 3)])
    assert reading_errors(data) == ["heading H3 after level 1"]


def test_the_checks_notice_marks_that_lead_nowhere(monkeypatch):
    real = TaggedCanvas._mark

    def mark(self, element):
        found = real(self, element)
        element.kids.pop()
        return found

    monkeypatch.setattr(TaggedCanvas, "_mark", mark)
    errors = structure_errors(build([Kit().text("words")]))
    assert any("disagree" in error for error in errors)


def test_the_checks_notice_links_that_are_not_bound(monkeypatch):
    kit = Kit()
    monkeypatch.setattr(TaggedCanvas, "_bind", lambda self, owner, *rest: self._keep(owner, *rest))
    monkeypatch.setattr(
        TaggedCanvas,
        "_keep",
        lambda self, owner, _annotation, _ref, number, _words: self._tree.owners.__setitem__(number, owner),
        raising=False,
    )
    head = kit.head("A", "?", "Answer", bookmark="here")
    data = build([*head, kit.text(["go ", Link("there", "here"), " now"])])
    assert any("not bound" in error for error in structure_errors(data))


def test_the_checks_notice_a_font_that_is_not_embedded_and_text_off_the_page():
    kit = Kit()
    style = kit.styles["body"].clone("wrong", fontName="Helvetica")
    paragraph = kit.text("Helvetica is never embedded")
    paragraph.style = style
    for frag in paragraph.frags:
        frag.fontName = "Helvetica"
    wide = kit.text("x" * 70)
    wide.style = kit.styles["body"].clone("off", leftIndent=400, splitLongWords=0)
    errors = fit_errors(build([paragraph, wide]))
    assert any("Helvetica is not embedded" in error for error in errors)
    assert any("text from" in error for error in errors)


def test_a_path_painted_by_a_bare_operator_is_marked_too():
    assert list(mark_artifacts(["0 0 m 9 9 l", "f*"])) == [
        "/Artifact BMC",
        "0 0 m 9 9 l",
        "f*",
        "EMC",
    ]


def test_marks_never_reach_over_a_saved_state():
    marked = list(mark_artifacts(["q", "0 0 9 9 re f", "Q", "0 0 9 9 re f"]))
    assert marked == [
        "q", "/Artifact BMC", "0 0 9 9 re f", "EMC", "Q", "/Artifact BMC", "0 0 9 9 re f", "EMC",
    ]  # fmt: skip


def test_setting_a_font_is_not_painting():
    assert list(mark_artifacts(["BT /F1 9 Tf 12 TL ET"])) == ["BT /F1 9 Tf 12 TL ET"]
