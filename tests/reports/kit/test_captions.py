"""The words below a table stay with its last rows."""

from reportlab.platypus import Spacer

from reports.kit import Col, Kit
from tests.reports.kit.making import build
from tests.reports.pdf_checks import assert_sound, roles, texts

WORDS = "Source: the register of the cluster."
COLS = [Col("School", lambda row: row), Col("Came", lambda _: 1, align="right")]


def pages(above: float, rows: int, caption: str = WORDS) -> list[str]:
    """The words of the pages of a table below so much white; the paper is sound."""
    kit = Kit()
    table = kit.table(COLS, [f"School {n}" for n in range(rows)], caption=caption)
    paper = build([*kit.head("A", "B?", "C"), Spacer(1, above), table], kit)
    assert_sound(paper)
    assert roles(paper).count("Table") == 1
    return [" ".join(page.split()) for page in texts(paper)]


def test_a_caption_stands_below_its_table_whatever_room_is_left():
    """As the table slides down, the caption is always on a page with rows of it, and printed once."""
    turned = set()
    for above in range(380, 560, 12):
        found = pages(above, 5)
        last = next(page for page in found if WORDS in page)
        assert sum(WORDS in page for page in found) == 1
        assert "School 4" in last
        assert "School 3" in last
        turned.add(len(found))
    assert turned == {1, 2}


def test_a_table_of_two_rows_moves_to_the_next_page_with_its_caption():
    turned = set()
    for above in range(500, 640, 24):
        found = pages(above, 2)
        assert all(f"School {n}" in next(page for page in found if WORDS in page) for n in range(2))
        turned.add(len(found))
    assert turned == {1, 2}


def test_a_caption_longer_than_a_page_goes_on_after_the_table():
    found = pages(0, 2, f"{WORDS} " * 900)
    assert len(found) > 2
    assert "School 1" in found[0] or "School 1" in found[1]
