"""Every word of the pack's lists fits, every control has a name, and Tab goes down the page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from models.queries.book import Book
from models.queries.pack import pack_data
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless, out_of_order
from tests.ui.real import TODAY
from ui.pages.pack.page import PackPage
from ui.pages.pack.parts_dialog import PartsDialog
from ui.theme import Theme, installed_families

ROOMS = [(1150, 660, 1.0, False), (1010, 520, 1.5, True)]


def test_every_word_fits_in_every_room(on_book, tmp_path, qtbot):
    """The room that the page has in a window of 1366 pixels, and less with larger text."""
    world = on_book()
    page = PackPage(world.context, lambda: TODAY, tmp_path)
    qtbot.addWidget(page)
    page.show_tab(1)
    page.show()
    page.refresh(2024)
    for width, height, scale, dark in ROOMS:
        theme = Theme(dark=dark, scale=scale, families=installed_families())
        theme.apply(QApplication.instance())
        page.resize(width, height)
        page.arrange(theme.ems(width + 64 if scale > 1 else width + 212))
        for number in (1, 2, 4):
            page.show_tab(number)
            settle()
            assert clipped(page) == [], (number, width, scale)
            assert nameless(page) == [], (number, width, scale)
            if scale == 1:  # the frame puts the chain in order again when a page is laid out anew
                assert out_of_order(page) == [], number
        data = world.ask(lambda session: pack_data(Book(session), 2024, TODAY))
        dialog = PartsDialog(world.context, page, data)
        dialog.show()
        settle()
        assert clipped(dialog) == [], (width, scale)
        assert nameless(dialog) == []
        dialog.reject()
