"""What falls on which page, and what two passes over a story leave behind."""

import pytest
from reportlab.platypus import Spacer

from reports.kit import BREAK, About, Bold, Col, Furniture, Kit
from reports.kit.flowables import Paragraph
from tests.reports.kit.making import STAMP, build
from tests.reports.pdf_checks import assert_sound, texts


def test_totals_never_stand_alone_on_a_page():
    """Whatever the room that is left on the page, the last row goes with its totals."""
    kit = Kit()
    cols = [Col("Name", lambda n: f"row {n}"), Col("Sum", lambda n: f"{n}", align="right")]
    for above in range(0, 80, 4):
        story = [Spacer(1, 560 + above), kit.table(cols, range(4), total=("All of them", "6"))]
        pages = texts(build(story, kit))
        with_total = next(page for page in pages if "All of them" in page)
        assert "row 3" in with_total


def test_a_total_taller_than_the_page_with_its_last_row_still_prints():
    kit = Kit()
    tall = "word " * 600
    data = build([kit.table([Col("Long", lambda _: tall, 120)], range(2), total=(tall,))], kit)
    assert_sound(data)


def test_a_cell_of_pieces_goes_on_over_many_pages():
    kit = Kit()
    words = [
        Bold("Title"),
        BREAK,
        "Everybody brought a plant and a question. " * 150,
        BREAK,
        "The end of it.",
    ]
    data = build([kit.table([Col("A", lambda _: words, 110), Col("B", lambda _: words, 130)], range(2))], kit)
    assert_sound(data)
    assert len(texts(data)) > 4
    assert "".join(texts(data)).count("The end of it.") == 4


@pytest.mark.parametrize("large", [False, True])
def test_the_three_words_of_a_footer_keep_apart(large):
    kit = Kit(large_print=large)
    says = Furniture(
        "Teasel Valley", "Annual review 2024 to 2025", "Sample. Data to 20 June 2025, version 12"
    )
    about = About("Title", "Author", "Subject", STAMP, first="portrait")
    data = kit.document(about, says).build([kit.text("Words.")])
    assert "Annual review 2024 to 2025\n" in texts(data)[0]
    assert "Sample. Data to 20 June 2025, version 12" in texts(data)[0].replace("\u00a0", " ")


def test_only_the_last_pass_paints(monkeypatch):
    drawn = []
    plain = Paragraph.draw_at
    monkeypatch.setattr(Paragraph, "draw_at", lambda self, *at: (drawn.append(self), plain(self, *at))[1])
    kit = Kit()
    build([kit.text("Once."), kit.text("Twice.")], kit)
    assert len(drawn) == 2


def test_a_rule_stays_with_what_it_announces():
    kit = Kit()
    for above in range(520, 640, 6):
        story = [
            *kit.head("A", "Why?", "Because"),
            Spacer(1, above),
            kit.rule(),
            kit.heading("Decisions", top=True),
            kit.text("Agree."),
        ]
        pages = texts(build(story, kit))
        assert all(("Decisions" in page) == ("Agree." in page) for page in pages)


def test_the_last_of_many_items_and_who_said_words_never_begin_a_page_alone():
    kit = Kit(large_print=True)
    for above in range(560, 700, 14):
        pages = texts(build([Spacer(1, above), *kit.bullets(["one", "two", "three", "the last"])], kit))
        assert "three" in next(page for page in pages if "the last" in page)
        said = "Nobody went home without an idea. " * 4
        pages = texts(build([Spacer(1, above), *kit.quotes([(said, "After “Talk first”")])], kit))
        assert "idea." in next(page for page in pages if "Talk first" in page)
