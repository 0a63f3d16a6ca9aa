"""T23: addresses in what people typed are words: window, paper and workbook lead nowhere."""

# ruff: noqa: ARG001 - runs have one shape

import io
import os
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from models import tables as t
from models.queries.book import Book
from models.queries.everything import everything
from models.queries.pack import pack_data
from models.services import actions, records
from reports.kit import Kit
from reports.pack import build_pack
from reports.workbook import write_export
from tests.faults.book import open_book, put_book, told_by_child
from tests.faults.result import Fault, Result
from tests.faults.writing import DAY
from tests.reports.kit.making import build
from tests.reports.pack.factories import STAMP

URLS = (
    "https://a.example/x", "http://a.example", "HTTPS://A.EXAMPLE", "mailto:x@y.example", "file:///etc/passwd",
    "file://host/share/x.exe", r"\\host\share\x.exe", "//host/share/x", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html,<script>1</script>", "ms-word:ofe|u|https://a.example",
    "ms-settings:", "search-ms:query=x&crumb=location:\\\\host", "ms-msdt:/id x", "ftp://a.example/x",
    "ldap://a.example", "smb://host/share", "tel:+441632960000", "sms:01632960000", "steam://run/1",
    "jar:https://a.example!/", "about:blank", "chrome://settings", "blob:https://a.example/1",
    "https://a.example@host/", "https://xn--80ak6aa92e.com", "internal:Schools!A1",
    "external:c:\\x.xlsx",
)  # fmt: skip
SCHEMES = ("https", "http", "mailto", "file", "javascript", "data", "ms-word", "search-ms", "smb", "ftp")

LEADS_OUT = {"/URI", "/Launch", "/JavaScript", "/GoToR", "/SubmitForm", "/ImportData"}


def _typed() -> list[str]:
    return [word for url in URLS for word in (url, f'<a href="{url}">here</a>')]


def _fill(path: Path) -> list[str]:
    """Put every address into the book, export it and lay a pack out: what leads out of either."""
    wrong = []
    with closing(open_book(path)) as store:
        with store.transaction("Addresses") as (session, _):
            for word in _typed():
                actions.add(session, {"what": word, "notes": word})
            for record, name in ((t.School, "name"), (t.Resource, "safety_link")):
                table = t.metadata.tables[record.__tablename__]
                ids = session.connection().scalars(select(table.c.id)).all()
                for row, word in zip(ids, _typed(), strict=False):
                    records.change(session, record, row, {name: word})
        with store.read() as session:
            write_export(path.with_name("all.xlsx"), everything(session))
            pack = build_pack(pack_data(Book(session), 2024, DAY), short=True, stamp=STAMP)
    wrong += _out_of_a_workbook(path.with_name("all.xlsx"))
    wrong += _out_of_a_paper(pack)
    kit = Kit()
    return wrong + _out_of_a_paper(build([kit.text(word) for word in _typed()], kit))


def _out_of_a_workbook(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    return [
        f"{name} leads out"
        for name, part in parts.items()
        if b"<hyperlink" in part or b'TargetMode="External"' in part or b"<f>" in part
    ]


def _out_of_a_paper(data: bytes) -> list[str]:
    from pikepdf import Dictionary, Pdf

    with Pdf.open(io.BytesIO(data)) as pdf:
        kinds = [str(thing.get("/S", "")) for thing in pdf.objects if isinstance(thing, Dictionary)]
    return [f"a paper has {kind}" for kind in kinds if kind in LEADS_OUT]


def _in_the_window(_: Path) -> list[str]:
    """Show every address in each kind of label, and click all over it."""
    from ui.dialogs.notes import HelpDialog
    from ui.widgets.parts import Banner, EmptyState, TodoLine
    from ui.widgets.plain import ElidedLabel, Label, Runs

    def make(word: str) -> list[object]:
        return [
            Label(word),
            ElidedLabel(word),
            Runs((word, True), (word, False)),
            Banner("warn", "alert", word, word),
            EmptyState("home", word, word),
            TodoLine("alert", "warn", word, word, word),
            HelpDialog(None, word, f"# {word}\n\n- {word}\n\n[here]({word})"),
        ]

    return _clicked(make)


def _clicked(make: Callable[[str], list]) -> list[str]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QObject, QPoint, Qt, Slot, qInstallMessageHandler
    from PySide6.QtGui import QDesktopServices
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLabel

    qInstallMessageHandler(lambda *_: None)  # what the platform cannot do is not asked here
    app = QApplication.instance() or QApplication([])
    from ui.theme import Theme, installed_families

    Theme(families=installed_families()).apply(app)
    opened: list[str] = []

    class Spy(QObject):
        @Slot("QUrl")
        def open(self, url) -> None:
            opened.append(url.toString())

    spy = Spy()
    for scheme in SCHEMES:
        QDesktopServices.setUrlHandler(scheme, spy, "open")
    for word in _typed():
        for widget in make(word):
            widget.resize(400, 120)
            widget.show()
            for label in [*widget.findChildren(QLabel), *([widget] if isinstance(widget, QLabel) else [])]:
                for across in range(4, 80, 15):
                    place = QPoint(across, label.height() // 2)
                    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=place)
            widget.close()
            widget.deleteLater()
        app.processEvents()
    for scheme in SCHEMES:
        QDesktopServices.unsetUrlHandler(scheme)
    return [f"{url} was opened" for url in opened]


def _plain_labels(_: Path) -> list[str]:
    """The control: Qt's own label, as it comes from a form designer, with links on."""

    def make(word: str) -> list[object]:
        from PySide6.QtWidgets import QLabel

        label = QLabel(word)
        label.setOpenExternalLinks(True)
        return [label]

    return _clicked(make)


def links(count: int, seed: int, folder: Path) -> Result:
    """T23: every address in the book, its workbook, its pack, and every kind of label."""
    path = put_book(folder / "links")
    wrong = [*told_by_child(_fill, path), *told_by_child(_in_the_window, path)]
    note = "; ".join(["nothing drawn: the app opens no address at all", *wrong[:4]])
    return Result("T23", len(_typed()), 0, len(wrong), f"{len(wrong)} opened", note)


def _opened_by_qt(count: int, seed: int, folder: Path) -> Result:
    found = told_by_child(_plain_labels, folder)
    if not all(one.endswith("was opened") for one in found):
        raise RuntimeError(f"the control did not run: {found[:2]}")
    return Result("T23", len(_typed()), 0, len(found))


FAULTS = (Fault("T23", "addresses in what people typed", links, _opened_by_qt, (1, 1, 1), weight=10),)
