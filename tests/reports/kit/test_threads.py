"""Papers and charts are made in several threads at once, with the same faces."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.graphics.shapes import Drawing, String

from reports.charts.plate import drawing_to_pdf
from reports.kit import fonts, inonego

ACCENTS = range(0xC0, 0x250)  # letters of several parts: their places are looked up most
WORDS = ["".join(map(chr, ACCENTS[first::7])) for first in range(7)]


def drawn(words: str) -> bytes:
    made = Drawing(400, 100)
    for row, face in enumerate(fonts.FACES):
        made.add(String(0, 20 * row, words, fontName=face, fontSize=10))
    return drawing_to_pdf(made)


@pytest.fixture
def threads_that_change_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_that_change_often")
def test_letters_are_those_of_the_face_when_many_charts_are_drawn_at_once():
    fonts.register()
    alone = {words: drawn(words) for words in WORDS}
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda words: (words, drawn(words)), WORDS * 8))
    assert [words for words, made in at_once if made != alone[words]] == []


def test_what_is_usual_for_the_collector_is_told_in_the_middle_of_a_paper():
    before = gc.get_threshold()
    try:
        with inonego.in_one_go():
            inonego.collect_usually_after(4_321, 10, 20)
            assert gc.get_threshold() == inonego.SELDOM
        assert gc.get_threshold() == (4_321, 10, 20)
    finally:
        inonego.collect_usually_after(*before)
