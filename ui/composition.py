"""Puts the window together: the doors to models and reports, and the pages there are.

Imported before the first paint, so it imports next to nothing: every door fetches what it needs when it is
first gone through, in the file's thread.
"""

from __future__ import annotations

import datetime as dt
import gc
from functools import partial
from typing import TYPE_CHECKING

import ui.qt  # noqa: F401  (first: it keeps all other imports quick)
from models.places import data_folder
from ui.app import Parts, Surroundings, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

    from ui.context import AppContext
    from ui.doors import Doors
    from ui.shell.pages import Page, PageSpec, Part

SAMPLE_BOOK = "Sample cluster.clusterbook"
# New objects, collections of young ones, of middle-aged ones.
COLLECT_AFTER = (5_000, 10, 200)
COLLECT_AT_FIRST = (100_000, 10, 200)  # what the start makes lives as long as the program


def run_window(
    file: Path | None, painted: Callable[[], None] | None = None, ready: Callable[[], None] | None = None
) -> int:
    """Open the window on a file, on the last one used, or on the welcome screen; its exit code.

    Args:
        file: the book to open.
        painted: called after the first paint, for measuring.
        ready: called when the first page shows its data, for measuring.
    """
    gc.set_threshold(*COLLECT_AT_FIRST)  # until all is imported
    around = surroundings()
    return run(around, file, partial(compose, around, ready), painted)


def surroundings() -> Surroundings:
    """The world as it is: this user's folders, today, the versions of all that is running."""
    from pathlib import Path

    from PySide6.QtCore import QStandardPaths

    data = data_folder()
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(place))
    return Surroundings(
        data=data,
        documents=documents if documents.is_dir() else Path.home(),
        sample=data / SAMPLE_BOOK,
        today=dt.date.today,
        versions=versions,
    )


def versions() -> tuple[str, ...]:
    """What somebody who helps will ask for."""
    import platform
    import sqlite3

    from PySide6.QtCore import qVersion

    from models.version import VERSION

    return (
        f"Clusterbook {VERSION}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        f"SQLite {sqlite3.sqlite_version}",
        platform.platform(terse=True),
    )


def compose(around: Surroundings, ready: Callable[[], None] | None = None) -> Parts:
    """The doors and the pages."""
    return Parts(doors(around.today), pages(around, ready), warm, warm_here, warm_last)


def warm() -> None:
    """Import what pages need of models and reports, and map the tables; it may be called in any thread."""
    import models.queries
    import models.services
    import reports.papers  # noqa: F401 -- the list of them, not what draws them
    from models.tables import map_tables

    for package in (models.queries, models.services):
        for load in _modules(package):
            load()
    map_tables()


def warm_here() -> Iterator[None]:
    """Import every page, a step at a time, so that none is waited for when it is first gone to.

    Only in the window's own thread: PySide makes its classes when they are first named, and the program
    breaks down if two threads name new ones at once. It makes many at once when Qt hands out a widget of a
    kind it does not know, so they are named here.
    """
    from PySide6 import QtGui, QtWidgets

    import ui.pages

    for load in _modules(ui.pages):
        load()
        yield
    for part in (QtGui, QtWidgets):
        for name in dir(part):
            getattr(part, name)
            yield


def warm_last() -> None:
    """Import what draws papers; it may be called in any thread.

    What was imported lives as long as the program, so the collector need not look at it again; and it looks
    at old things seldom, as the window stands still then.
    """
    import reports.papers
    from reports.kit.inonego import collect_usually_after

    for load in _modules(reports.papers):
        load()
    gc.freeze()
    collect_usually_after(*COLLECT_AFTER)


def _modules(package: ModuleType) -> list[Callable[[], object]]:
    """What imports each module of a package."""
    import importlib
    import pkgutil

    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [partial(importlib.import_module, one.name) for one in found]


def doors(today: Callable[[], dt.date]) -> Doors:
    """The doors to models and reports."""
    from ui import bookcare, bookdoors
    from ui.doors import Care, Doors

    return Doors(
        open=bookdoors.open_book,
        create=bookdoors.create,
        sample=bookdoors.sample,
        frame=partial(bookdoors.frame, today),
        search=bookdoors.search,
        export=bookdoors.export,
        remove=bookdoors.remove,
        look=bookdoors.look,
        preview=bookdoors.preview,
        bring_in=bookdoors.bring_in,
        template=bookdoors.template,
        restore=bookdoors.restore,
        care=Care(
            in_place=bookcare.in_place,
            take_over=bookcare.take_over,
            damaged=bookcare.damaged,
            backups=bookcare.backups,
            inspect=bookcare.inspect,
            salvage=bookcare.salvage,
        ),
    )


def pages(around: Surroundings, ready: Callable[[], None] | None = None) -> tuple[PageSpec, ...]:
    """The pages there are, in the order of the sidebar."""
    from ui.icons import Icon
    from ui.shell.pages import PageSpec

    keys = frozenset({"home", "meetings", "claims", "fund", "bank", "schools", "impact", "pack", "settings"})

    def home(context: AppContext) -> Page:
        from ui.pages.home.page import HomePage

        return _told(HomePage(context, around.today, keys), ready)

    def claims(context: AppContext) -> Page:
        from ui.pages.claims.page import ClaimsPage

        return _told(ClaimsPage(context, around.data / "opened"), ready)

    def meetings(context: AppContext) -> Page:
        from ui.pages.meetings.page import MeetingsPage

        return _told(MeetingsPage(context, keys, around.data / "opened"), ready)

    def fund(context: AppContext) -> Page:
        from ui.pages.fund.page import FundPage

        return _told(FundPage(context), ready)

    def bank(context: AppContext) -> Page:
        from ui.pages.bank.page import BankPage

        return _told(BankPage(context), ready)

    def schools(context: AppContext) -> Page:
        from ui.pages.schools.page import SchoolsPage

        return _told(SchoolsPage(context), ready)

    def impact(context: AppContext) -> Page:
        from ui.pages.impact.page import ImpactPage

        return _told(ImpactPage(context, around.data / "opened"), ready)

    def pack(context: AppContext) -> Page:
        from ui.pages.pack.page import PackPage

        return _told(PackPage(context, around.today, around.documents), ready)

    def settings(context: AppContext) -> Page:
        from ui.pages.settings.page import SettingsPage

        return _told(SettingsPage(context), ready)

    return (
        PageSpec("home", "Home", Icon.HOME, home, help="help/home.md"),
        PageSpec("meetings", "Meetings", Icon.MEETINGS, meetings, help="help/meetings.md"),
        PageSpec("claims", "Cover claims", Icon.CLAIMS, claims, help="help/claims.md"),
        PageSpec("fund", "Fund", Icon.FUND, fund, help="help/fund.md"),
        PageSpec("bank", "Resource bank", Icon.BANK, bank, help="help/bank.md"),
        PageSpec("schools", "Schools and people", Icon.SCHOOLS, schools, help="help/schools.md"),
        PageSpec("impact", "Impact", Icon.IMPACT, impact, help="help/impact.md"),
        PageSpec("pack", "Review pack", Icon.PACK, pack, help="help/pack.md"),
        PageSpec(
            "settings",
            "Settings",
            Icon.SETTINGS,
            settings,
            help="help/settings.md",
            foot=True,
            parts=_settings_parts,
        ),
    )


def _settings_parts() -> Sequence[Part]:
    from ui.pages.settings.sections import parts

    return parts()


def _told(page: Page, ready: Callable[[], None] | None) -> Page:
    if ready is not None:
        page.filled.connect(ready)
    return page
