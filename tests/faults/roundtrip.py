"""T20: whatever a book holds, its workbook brings it back. The books are those of tests/reports."""

# ruff: noqa: S311 - the draws must be repeatable

import random
from contextlib import closing
from pathlib import Path

import openpyxl

from models.errors import AppError
from models.exchange.cells import is_empty
from models.exchange.columns import columns
from models.exchange.rows import apply, parse
from models.exchange.xlsx import read_here
from models.queries.everything import SheetRows, everything
from models.store import Store
from reports.workbook import write_export
from tests.faults.book import setup_in
from tests.faults.result import Fault, Result
from tests.reports.hostile import HOSTILE
from tests.reports.test_workbook_any_book import _filled, _only_right, _sheets

Write = type(write_export)


def _all_of(store: Store) -> tuple[SheetRows, ...]:
    with store.read() as session:
        return everything(session)


def _one(folder: Path, seed: int, write: Write) -> str:
    """Draw a book, write its workbook, bring that into an empty one: what is not as it was."""
    folder.mkdir(parents=True)
    chance, setup = random.Random(seed), setup_in(folder)
    texts = [text for text in (*HOSTILE, "plain", "plain too") if not is_empty(text)]
    one, two = (Store.create(folder / f"{name}.clusterbook", setup=setup) for name in ("one", "two"))
    with closing(one), closing(two):
        lines = _only_right(one, _filled(chance, texts))
        with one.transaction("Import") as (session, _):
            apply(session, parse(session, _sheets(lines)))
        before = _all_of(one)
        try:
            write(folder / "one.xlsx", [part for part in before if part.rows])
            read = read_here(folder / "one.xlsx")
            with two.transaction("Import") as (session, _):
                apply(session, parse(session, read))
            if _all_of(two) != before:
                return "not the same"
            with two.read() as session:
                return "it would be written again" if parse(session, read).writes else ""
        except (AppError, ValueError) as told:
            return repr(told)[:120]


def round_trip(count: int, seed: int, folder: Path, *, write: Write = write_export) -> Result:
    """T20: `count` books of drawn rows and hostile texts, through the workbook and back."""
    seeds = range(seed * 1000, seed * 1000 + count)
    found = {one: _one(folder / f"{write.__name__} {one}", one, write) for one in seeds}
    wrong = [f"{one}: {trouble}" for one, trouble in found.items() if trouble]
    return Result("T20", count, 0, len(wrong), "", "; ".join(wrong[:4]))


def _plain_write(path: Path, found: list[SheetRows]) -> None:
    """The control: the cells as they are, by a library that takes “=1+1” for a formula."""
    whole = openpyxl.Workbook()
    whole.remove(whole.active)
    for part in found:
        page = whole.create_sheet(part.sheet.title)
        page.append([column.heading for column in columns(part.sheet)])
        for cells in part.rows:
            page.append(cells)
    whole.save(path)


def _naively(count: int, seed: int, folder: Path) -> Result:
    return round_trip(min(max(count, 4), 6), seed, folder, write=_plain_write)


FAULTS = (Fault("T20", "out by a workbook and in again", round_trip, _naively, (1, 6, 300), weight=15),)
