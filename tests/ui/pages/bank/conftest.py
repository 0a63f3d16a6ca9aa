"""The bank's lists on the sample, without the frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from sqlmodel import select

from models import tables as t
from tests.ui.conftest import painted_once, settle
from tests.ui.real import RealWorld
from ui.shell.pages import Page
from ui.widgets.layouts import holder


class Opened:
    """A pane on a real book, asked again after every change as its page would."""

    def __init__(self, world: RealWorld, pane: Any, year: int) -> None:
        self.world, self.pane = world, pane
        self.wanted: list[tuple[str, object]] = []
        world.context.bus.changed.connect(lambda *_: pane.refresh(year))
        world.context.bus.page_wanted.connect(lambda page, place: self.wanted.append((page, place)))
        if not isinstance(pane, Page):  # a page lays its buttons out by itself
            self.head = holder(pane.own_tools)  # or its buttons were windows of their own
        pane.resize(1130, 660)
        pane.show()
        self.wake()
        pane.refresh(year)
        settle()

    def wake(self) -> None:
        """Make the pane's window the active one: without a screen nobody else does."""
        self.pane.window().activateWindow()
        settle()

    def row(self, record: type, **known: object) -> dict:
        """A row of the book, found by the values of its columns."""

        def question(session):
            query = select(record)
            for name, value in known.items():
                query = query.where(getattr(record, name) == value)
            return session.exec(query).one().model_dump()

        return self.world.ask(question)

    def rows(self, record: type) -> list[dict]:
        """Every row of a table."""
        return self.world.ask(lambda session: [row.model_dump() for row in session.exec(select(record))])

    def resource(self, code: str) -> dict:
        return self.row(t.Resource, code=code)

    def dialog(self, kind: type[QDialog]) -> Any:
        """The form of a kind that is open."""
        settle()
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1, f"{len(found)} of {kind.__name__} open"
        return found[0]

    def closed(self) -> bool:
        """No form is open."""
        settle()
        gone = not any(isinstance(one, QDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
        self.wake()
        return gone

    def act(self, key: str) -> None:
        """Do one of the pane's actions, which must be legal now."""
        action = self.pane._actions[key]
        assert action.isVisible(), f"{key} is not offered"
        assert action.isEnabled(), f"{key} cannot be done"
        action.trigger()
        settle()

    def offered(self) -> set[str]:
        """The actions of the page's own that are offered now."""
        return {key for key, action in self.pane._actions.items() if action.isVisible()}


@pytest.fixture
def open_pane(on_book, qtbot) -> Callable[..., Opened]:
    """Opens a pane of the bank: `open_pane(ItemsPane)`."""

    def make(kind: Callable[[Any], Any], *, empty: bool = False, year: int = 2024) -> Opened:
        world = on_book(empty=empty)
        pane = kind(world.context)
        painted_once(qtbot, pane)
        return Opened(world, pane, year)

    return make
