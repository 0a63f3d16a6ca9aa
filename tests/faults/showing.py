"""The window as a fault meets it: every page on a real book, without a screen and without threads.

Qt may be started once in a process and never in one that forks later: what uses this runs in a child.
"""

import ctypes
import datetime as dt
import os
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from models import tables as t
from models.errors import AppError, Refused
from models.services import meetings, records
from models.store import Store

PICTURE = "M"
"""A picture beside the book: whatever takes the words for markup opens it."""
TYPED = re.compile(r"<img src=M>&(\d+)\.\d+")
YEAR = 2024
TODAY = dt.date(2025, 6, 20)
LAPTOP = (1366, 768)


def typed(field: int, row: int) -> str:
    """What is typed into a field of a row: markup, short enough for a code, that says which field it is."""
    return f"<img src={PICTURE}>&{field}.{row}"


def is_not_as_typed(text: str) -> bool:
    """Whether some of these words are shown in another way than they were typed."""
    rest = TYPED.sub("", text)
    return f"src={PICTURE}" in rest or "\ufffc" in rest  # the sign that stands for a picture


def fill(store: Store, fields: list[tuple[type[t.Record], str]]) -> None:
    """Type into every field of every row that may be changed; minutes are opened again for it."""
    with store.transaction("Reopen") as (session, _):
        for meeting in session.connection().scalars(sa.text("SELECT id FROM meeting")).all():
            with suppress(Refused):
                meetings.reopen(session, meeting, TODAY, "To type into them")
    for record in dict.fromkeys(record for record, _ in fields):
        own = [(number, name) for number, (one, name) in enumerate(fields) if one is record]
        with store.read() as session:
            ids = session.connection().scalars(sa.select(t.metadata.tables[record.__tablename__].c.id)).all()
        if not _types(store, record, ids, own):
            for row in ids:
                _types(store, record, [row], own)


def _types(store: Store, record: type[t.Record], ids: list[int], own: list[tuple[int, str]]) -> bool:
    """Type into some rows at once; False if one of them stands, and none was changed."""
    try:
        with store.transaction("Type") as (session, _):
            for row in ids:
                words = {name: typed(number, row) for number, name in own}
                try:
                    records.change(session, record, row, words)
                except AppError:
                    for name, text in words.items():
                        with suppress(AppError):  # a URN, a postcode: what fits there is no markup
                            records.change(session, record, row, {name: text})
    except AppError:
        return False
    return True


class Opened:
    """What in a folder is opened by anybody, Qt's own code too, as the system tells it."""

    _OPEN, _HEAD = 0x20, 16

    def __init__(self, folder: Path) -> None:
        system = ctypes.CDLL(None, use_errno=True)
        self._ear = system.inotify_init1(os.O_NONBLOCK)
        if self._ear < 0 or system.inotify_add_watch(self._ear, os.fsencode(folder), self._OPEN) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def names(self) -> set[str]:
        """The names of the files that were opened since this was asked last."""
        found, at = set(), 0
        while True:
            try:
                heard = os.read(self._ear, 1 << 20)
            except BlockingIOError:
                return found
            at = 0
            while at < len(heard):
                length = struct.unpack_from("iIII", heard, at)[3]
                at += self._HEAD + length
                found.add(heard[at - length : at].rstrip(b"\0").decode())


def start_qt():
    """The application, dressed, where there is no screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    qInstallMessageHandler(lambda *_: None)  # what the platform cannot do is not asked here
    app = QApplication.instance() or QApplication([])
    from ui.theme import Theme, installed_families

    Theme(families=installed_families()).apply(app)
    return app


@contextmanager
def world(path: Path) -> Iterator:
    """A book in the window's own hands, and what makes each of its pages."""
    start_qt()
    from tests.ui.real import RealWorld
    from ui import composition
    from ui.app import Surroundings

    folder = path.parent
    around = Surroundings(folder / "data", folder, folder / "sample", lambda: TODAY, composition.versions)
    made = RealWorld(folder, path)
    try:
        yield made, composition.pages(around)
    finally:
        made.close()


def settle() -> None:
    """Let all that waits in the event queue happen."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


class Turns:
    """How long the window's own thread computes at a stretch; what other threads do in life is left out."""

    def __init__(self) -> None:
        from ui.tasks import Job

        self.took: dict[str, float] = {}
        self._away, work = 0.0, Job.work

        def elsewhere(job: Job) -> None:
            before, begun = self._away, time.thread_time()
            work(job)
            self._away = before + time.thread_time() - begun

        Job.work = elsewhere

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """What follows is done at a stretch, and then what that makes wait in the event queue."""
        with self._timed(name):
            yield
        with self._timed(f"after {name}"):
            settle()

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        away, begun = self._away, time.thread_time()
        yield
        own = time.thread_time() - begun - (self._away - away)
        self.took[name] = max(own, self.took.get(name, 0))


def every_view(made, specs) -> Iterator:
    """Each page, tab by tab, with records chosen here and there; forms and histories; all of it painted."""
    from ui.lists.tabbed import TabbedPage

    for spec in specs:
        page = spec.make(made.context)
        page.resize(*LAPTOP)
        page.show()
        page.refresh(YEAR)
        settle()
        main = page.tabs if isinstance(page, TabbedPage) else None
        for number in range(len(_buttons(main)) if main else 1):
            if main:
                page.show_tab(number)
                settle()
            for _ in _here_and_there(page):
                for button in [one for tabs in _inner_tabs(page, main) for one in _buttons(tabs)] or [None]:
                    if button is not None:
                        button.click()
                        settle()
                    page.grab()
                    yield page
            yield from _dialogs(made, page)
        page.close()
        page.deleteLater()
        settle()


def _buttons(tabs) -> list:
    from PySide6.QtWidgets import QAbstractButton

    return tabs.findChildren(QAbstractButton)


def _inner_tabs(page, main) -> list:
    from ui.lists.segments import Segments
    from ui.widgets.choices import Tabs

    every = page.findChildren(Tabs) + page.findChildren(Segments)
    return [one for one in every if one is not main and one.isVisible()]


def _here_and_there(page) -> Iterator[None]:
    """A record of each list is chosen: the first, one of the middle, the last."""
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QAbstractItemView

    for part in (0, 0.5, 1):
        lists = [one for one in page.findChildren(QAbstractItemView) if one.isVisible() and one.model()]
        for one in lists:
            rows = one.model().rowCount(QModelIndex())
            one.setCurrentIndex(one.model().index(int(part * (rows - 1)), 0))
        settle()
        yield
        if not lists:
            return


def _dialogs(made, page) -> Iterator:
    """The form and the history of the record chosen in each list, and the Bin."""
    from PySide6.QtWidgets import QDialog

    from ui.lists.pane import ListPane
    from ui.records import open_bin, open_history

    for pane in [one for one in page.findChildren(ListPane) if one.isVisible()]:
        if pane.current() is not None and pane.editor is not None:
            chosen = pane.spec.identity(pane.current())
            pane.editor.edit(chosen)
            open_history(made.context, page, pane.spec.table, chosen, typed(0, 0))
    open_bin(made.context, page)
    settle()
    for one in [one for one in page.findChildren(QDialog) if one.isVisible()]:
        one.grab()
        yield one
        one.reject()
    settle()


def texts(root) -> Iterator[str]:
    """All that a page or a dialog says, as a person reads it: labels, fields, buttons, lists, tooltips."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import (
        QAbstractButton,
        QAbstractItemView,
        QComboBox,
        QLabel,
        QLineEdit,
        QPlainTextEdit,
        QWidget,
    )

    yield root.windowTitle()
    for one in root.findChildren(QWidget):
        yield _read(one.toolTip())
        if isinstance(one, QLabel):
            plain = one.textFormat() is Qt.TextFormat.PlainText
            yield one.text() if plain else _read(f"<qt>{one.text()}")
        elif isinstance(one, QAbstractButton):
            yield one.text().replace("&&", "&")
        elif isinstance(one, QLineEdit):
            yield one.text()
        elif isinstance(one, QPlainTextEdit):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield from (one.itemText(number) for number in range(one.count()))
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _cells(one.model())


def _cells(model) -> Iterator[str]:
    from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

    top = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
    for row in range(model.rowCount(top)):
        for column in range(columns):
            index = model.index(row, column)
            yield str(index.data() or "")
            yield _read(index.data(Qt.ItemDataRole.ToolTipRole) or "")


def _read(text: str) -> str:
    """What Qt makes of a text that it may take for markup: of a tooltip, or of a label that is not plain."""
    from PySide6.QtGui import Qt, QTextDocument

    if not Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def look(path: Path) -> dict:
    """Look at every view of a book that was filled.

    Returns:
        The numbers of the fields seen, what was not shown as it was typed, and what was opened.
    """
    path.with_name(PICTURE).write_bytes(b"no picture")
    os.chdir(path.parent)  # where Qt would look for it
    seen, wrong = set[int](), dict[str, None]()
    with world(path) as (made, specs):
        opened = Opened(path.parent)
        for view in every_view(made, specs):
            for text in texts(view):
                seen.update(int(number) for number in TYPED.findall(text))
                if is_not_as_typed(text):
                    wrong[f"{type(view).__name__}: {text!r}"[:200]] = None
        wrong |= dict.fromkeys(f"the window says {text!r}" for text in made.heard.texts)
        reached = sorted(opened.names() & {PICTURE})
    return {"seen": sorted(seen), "wrong": [*wrong], "opened": reached}


def look_at_a_plain_label(path: Path) -> set[str]:
    """The control: what is opened when Qt's own label gets the words, as it comes from a form designer."""
    path.with_name(PICTURE).write_bytes(b"no picture")
    os.chdir(path.parent)
    start_qt()
    from PySide6.QtWidgets import QLabel

    opened = Opened(path.parent)
    label = QLabel(typed(1, 1))
    label.grab()
    return opened.names()
