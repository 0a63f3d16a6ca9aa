"""Every word of every tab and window fits, at every text size, light and dark; every control has a name."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from models.words import SurveyRound
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless, out_of_order
from ui.dialogs.plain import PlainDialog
from ui.pages.impact.page import (
    ACTIVITIES,
    AIMS,
    CLASSROOMS,
    CONFIDENCE,
    DOCUMENTS,
    EVIDENCE,
    GAPS,
    PROJECTS,
    SIX,
)
from ui.theme import Theme, installed_families

PARTS = {AIMS: 4, CONFIDENCE: 3, CLASSROOMS: 2}
WINDOWS = {
    "laptop": (1154, 668, 1.0, 105, False),
    "laptop, text at 150 %": (1302, 620, 1.5, 70, True),
}


def look(page, width, height, scale, ems, dark) -> None:
    Theme(dark=dark, scale=scale, families=installed_families()).apply(QApplication.instance())
    page.resize(width, height)
    page.arrange(ems)
    settle()


@pytest.mark.parametrize("window", WINDOWS)
def test_every_word_of_every_tab_fits(impact, window):
    look(impact.page, *WINDOWS[window])
    for number in range(8):
        for part in range(PARTS.get(number, 1)):
            impact.tab(number, part)
            assert clipped(impact.page) == [], (number, part)
            assert nameless(impact.page) == [], (number, part)


OPENED = {
    "an aim's words": (AIMS, SIX, lambda pane: pane.edit()),
    "what served an aim": (AIMS, SIX, lambda pane: pane.link()),
    "what would close a gap": (AIMS, GAPS, lambda pane: pane.link()),
    "evidence": (EVIDENCE, 0, lambda pane: pane.edit()),
    "aims and areas": (EVIDENCE, 0, lambda pane: pane.serve()),
    "slips": (CONFIDENCE, 0, lambda pane: pane.type_in(SurveyRound.FOLLOW_UP)),
    "bigger, add, remove": (CONFIDENCE, 2, lambda pane: pane.type_in()),
    "a project": (PROJECTS, 0, lambda pane: pane.edit()),
    "what came of it": (PROJECTS, 0, lambda pane: pane.feed_back()),
    "an activity": (ACTIVITIES, 0, lambda pane: pane.edit()),
    "who agreed": (DOCUMENTS, 0, lambda pane: pane.agree()),
}


def test_every_word_of_every_window_fits_on_a_laptop_with_large_text(impact):
    look(impact.page, *WINDOWS["laptop, text at 150 %"])
    for name, (number, part, opens) in OPENED.items():
        opens(impact.tab(number, part))
        dialog = impact.form(PlainDialog)
        settle()
        assert clipped(dialog) == [], name
        assert nameless(dialog) == [], name
        assert dialog.height() <= QApplication.primaryScreen().availableGeometry().height(), name
        dialog.reject()


@pytest.mark.parametrize("number", [AIMS, EVIDENCE])
def test_tab_goes_down_the_page(impact, number):
    impact.tab(number)
    assert out_of_order(impact.page) == []
