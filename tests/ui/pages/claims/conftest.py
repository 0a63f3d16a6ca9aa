"""The claims page on the real sample, without the frame and without threads."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from models.queries.claim_detail import claim_detail
from models.services.records import kept
from tests.ui.conftest import painted_once, settle
from tests.ui.real import TODAY
from ui.pages.claims.page import ClaimsPage


class Desk:
    """The page, and what a person does at it."""

    def __init__(self, world, page: ClaimsPage) -> None:
        self.world, self.page = world, page

    def row(self, code: str):
        return next(row for row in self.page.list.records() if row.code == code)

    def choose(self, code: str) -> None:
        """Choose a claim and wait until the panel has all of it."""
        self.page.list.go_to(self.row(code).id)
        self.shown()

    def shown(self) -> None:
        self.page.panel._pause.timeout.emit()  # the pause has run out
        settle()

    def claim(self, code: str) -> dict:
        return dict(self.world.ask(lambda session: kept(session, "cover_claim", self.row(code).id)).values)

    def detail(self, code: str):
        return self.world.ask(lambda session: claim_detail(session, self.row(code).id, TODAY))

    def button(self, name: str):
        found = [b for b in self.page.findChildren(QDialog.__base__) if b.objectName() == name]
        return next(b for b in found if not b.isHidden())

    def dialog(self, kind: type[QDialog] = QDialog) -> QDialog:
        settle()
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def no_dialog(self) -> bool:
        settle()
        return not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


@pytest.fixture
def make_desk(on_book, qtbot, tmp_path):
    def make(*, empty: bool = False) -> Desk:
        world = on_book(empty=empty)
        page = ClaimsPage(world.context, tmp_path / "opened")
        painted_once(qtbot, page)
        world.context.bus.changed.connect(lambda changes, _by: page.concerned(changes) and page.refresh(2024))
        page.resize(1150, 690)
        page.arrange(105)
        page.show()
        page.refresh(2024)
        settle()
        return Desk(world, page)

    return make


@pytest.fixture
def desk(make_desk):
    """The page on the sample."""
    return make_desk()
