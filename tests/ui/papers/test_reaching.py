"""The ways to a paper: the list of all, the button beside a record, File and quick find."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from ui.pages.claims.page import ClaimsPage
from ui.pages.pack.papers import PapersPane
from ui.papers.menu import PapersButton, PapersMenu
from ui.papers.registry import USES
from ui.papers.window import PaperWindow


@pytest.fixture
def world(on_book):
    return on_book()


def the_window(owner: QWidget) -> PaperWindow:
    """The one window of a paper that belongs to a widget's."""
    return next(one for one in owner.window().findChildren(PaperWindow) if one.isVisible())


def test_the_list_has_every_paper_with_its_purpose_and_opens_it(world):
    pane = PapersPane(world.context)
    pane.arrange(100)
    pane.resize(1100, 600)
    pane.show()
    settle()

    assert sorted(pane.lines()) == sorted(one.key for one in USES)
    assert (clipped(pane), nameless(pane)) == ([], [])
    assert pane.lines()["labels"].accessibleName().startswith("Print labels: With QR codes")
    pane.lines()["catalogue"].click()
    assert the_window(pane).use.key == "catalogue"
    assert the_window(pane).pdf()
    the_window(pane).close()
    pane.arrange(60)
    pane.resize(500, 600)
    settle()
    assert clipped(pane) == []
    pane.close()


def test_the_button_beside_a_list_prints_of_the_record_chosen_and_not_of_one_of_another_kind(world, tmp_path):
    page = ClaimsPage(world.context, tmp_path)
    page.refresh(2024)
    page.list.go_to(49)
    button = page.findChild(PapersButton)

    words = [one.text() for one in button.menu().actions()]
    assert words == ["Supply-cover claim form…", "Supply-cover claim form, blank…", "Remittance advice…"]
    button.menu().actions()[2].trigger()
    window = the_window(page)
    assert window.chosen().about == (49,)
    window.close()
    settle()
    button.menu().actions()[1].trigger()
    assert "school_id" not in the_window(page).chosen().asks  # a claim's id is no school's
    the_window(page).close()


def test_quick_find_has_every_paper_while_a_file_is_open_and_none_while_it_is_not(world):
    owner = QWidget()
    menu = PapersMenu(world.context, owner)
    menu.aboutToShow.emit()
    menu.aboutToShow.emit()  # filled once

    assert [one.words for one in menu.commands()][:2] == ["Print sign-in sheet", "Print agenda"]
    assert "Print CPD recharge notes" in [one.words for one in menu.commands()]
    lines = [one for one in menu.actions() if not one.isSeparator()]
    assert len(lines) == len(menu.commands()) == len(USES)
    menu.commands()[0].run()
    opened = the_window(owner)
    world.book.close()
    settle()
    assert menu.commands() == []
    assert not [one for one in owner.findChildren(PaperWindow) if one is opened and one.isVisible()]
