"""The review pack on a small real book, without threads: a cluster of two schools, laid out in a moment."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from models import tables as t
from models.services import records
from tests.ui.conftest import settle
from tests.ui.real import TODAY, RealWorld
from ui import desk
from ui.pages.pack.page import PackPage

YEAR = 2024


class Driven:
    """The page."""

    def __init__(self, page: PackPage, world: RealWorld, qtbot) -> None:
        self.page, self.world, self._qtbot = page, world, qtbot
        self.wanted: list[tuple[str, object]] = []
        bus = world.context.bus
        bus.changed.connect(lambda *_: page.refresh(YEAR))
        bus.page_wanted.connect(lambda key, record: self.wanted.append((key, record)))

    @property
    def pane(self):
        return self.page.pane

    def until_laid_out(self) -> None:
        self._qtbot.waitUntil(self.pane.settled, timeout=30_000)

    def tab(self, number: int):
        self.page.show_tab(number)
        settle()
        return self.page.current()

    def open(self, kind):
        """The one window of a kind that is open."""
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def join(self, name: str) -> None:
        """Another school joins: a headline figure changes."""

        def action(session):
            school = records.add(session, t.School, {"name": name})
            values = {"school_id": school, "joined_on": dt.date(2024, 9, 1)}
            records.add(session, t.Membership, values)

        self.world.change(f"Add {name}", action)


@pytest.fixture
def open_page(dressed, tmp_path, qtbot):  # noqa: ARG001  # the theme must be there first
    """Opens the page on a new cluster's book: `open_page(tab)`; the paper is the short form, to be quick."""
    made: list[Driven] = []

    def make(tab: int = 0) -> Driven:
        file = tmp_path / "Willow.clusterbook"
        desk.make_cluster(file, "Willow Cluster", "Willow Primary School", dt.date(2024, 9, 1)).close()
        world = RealWorld(tmp_path, file)
        page = PackPage(world.context, lambda: TODAY, tmp_path)
        qtbot.addWidget(page)
        page.show_tab(tab)
        if not tab:
            page.pane.short_form().setChecked(True)
        page.arrange(110)
        page.resize(1150, 700)
        page.show()
        page.refresh(YEAR)
        made.append(Driven(page, world, qtbot))
        if not tab:
            made[-1].until_laid_out()
        return made[-1]

    yield make
    for driven in made:
        driven.page.close()
        settle()
        driven.world.close()
