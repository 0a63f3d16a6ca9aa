"""Whatever a book holds, its workbook brings it back."""

import datetime as dt
import os
import random
from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import year_label
from models.exchange.cells import choice_cells, is_empty
from models.exchange.columns import Column, Kind, columns
from models.exchange.grid import Cell, Row
from models.exchange.rows import apply, parse
from models.exchange.sheets import BY_TABLE, BY_TITLE, SHEETS, Sheet
from models.exchange.xlsx import read_here
from models.queries.everything import SheetRows, everything
from models.store import Store
from reports.workbook import write_export
from tests.reports.hostile import HOSTILE

Lines = dict[str, list[list[Cell]]]


def _value(column: Column, chance: random.Random, texts: Sequence[str]) -> Cell:
    """Something that a column takes, now and then nothing where it may be empty."""
    if not column.needed and chance.random() < 0.3:
        return None
    if column.kind in {Kind.CHOICE, Kind.FLAG, Kind.SETTING}:
        return chance.choice(choice_cells(column))
    day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(700))
    values: dict[Kind, Cell] = {
        Kind.DAY: day,
        Kind.HOUR: dt.time(chance.randrange(24), chance.randrange(60)),
        Kind.MONEY: chance.choice([0, 0.01, 95.5, chance.randrange(10**7) / 100]),
        Kind.YEAR: year_label(chance.randrange(2020, 2027)),
        Kind.NUMBER: chance.randrange(1, 5),
    }
    return values.get(column.kind, chance.choice(texts)[: column.limit])


def _line(sheet: Sheet, lines: Lines, chance: random.Random, texts: Sequence[str]) -> list[Cell]:
    line: list[Cell] = []
    for column in columns(sheet):
        if not column.target:
            line.append(_value(column, chance, texts))
            continue
        target = BY_TABLE[column.target]
        there = lines.get(target.title, [])
        place = target.fields.index(target.key[0]) if len(target.key) == 1 else -1
        wanted = bool(there) and place >= 0 and (column.needed or chance.random() < 0.4)
        line.append(chance.choice(there)[place] if wanted else None)
    return line


def _some_sheets(chance: random.Random) -> list[Sheet]:
    """A few sheets, with those that their rows need."""
    chosen = set(chance.sample(SHEETS, 6))
    waiting = list(chosen)
    while waiting:
        needed = {BY_TABLE[c.target] for c in columns(waiting.pop()) if c.target and c.needed}
        waiting += needed - chosen
        chosen |= needed
    return [sheet for sheet in SHEETS if sheet in chosen]


def _filled(chance: random.Random, texts: Sequence[str]) -> Lines:
    """Some rows for some sheets; whether they are right together is for the import to say."""
    lines: Lines = {}
    for sheet in _some_sheets(chance):
        count = chance.randrange(1, 5) if sheet.key else 1
        lines[sheet.title] = [_line(sheet, lines, chance, texts) for _ in range(count)]
    return lines


def _sheets(lines: Lines) -> dict[str, list[Row]]:
    sheets = {}
    for title, filled in lines.items():
        headings = tuple(column.heading for column in columns(BY_TITLE[title]))
        no_examples = [[f" {row[0]}" if isinstance(row[0], str) else row[0], *row[1:]] for row in filled]
        sheets[title] = [Row(number, tuple(row)) for number, row in enumerate([headings, *no_examples], 1)]
    return sheets


def _only_right(store: Store, lines: Lines) -> Lines:
    """The rows that can be used: those at fault are left out until nothing is wrong."""
    while True:
        with store.read() as session:
            problems = parse(session, _sheets(lines)).problems
        if not problems:
            return lines
        wrong = {(problem.sheet, problem.row) for problem in problems}
        assert all(row for _, row in wrong), problems
        lines = {
            title: [row for number, row in enumerate(filled, 2) if (title, number) not in wrong]
            for title, filled in lines.items()
        }


@pytest.mark.timeout(300)  # each book is written, read and stored twice
@settings(max_examples=int(os.environ.get("CLUSTERBOOK_EXAMPLES", "6")), deadline=None)
@given(seed=st.integers(0, 2**32), drawn=st.lists(st.text(min_size=1, max_size=30), max_size=8))
def test_any_book_comes_back_from_its_workbook(
    tmp_path_factory: pytest.TempPathFactory, seed: int, drawn: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    chance = random.Random(seed)  # noqa: S311 - the same book for the same seed
    texts = [text for text in (*HOSTILE, *drawn, "plain", "plain too") if not is_empty(text)]
    one, two = (Store.create(folder / f"{name}.clusterbook") for name in ("one", "two"))
    with closing(one), closing(two):
        lines = _only_right(one, _filled(chance, texts))
        with one.transaction("Import") as (session, _):
            apply(session, parse(session, _sheets(lines)))
        before = _everything(one)
        write_export(folder / "one.xlsx", [part for part in before if part.rows])
        read = read_here(folder / "one.xlsx")
        with two.transaction("Import") as (session, _):
            apply(session, parse(session, read))
        assert _everything(two) == before  # and so the same bytes: see the sample above
        with two.read() as session:
            assert not parse(session, read).writes


def _everything(store: Store) -> tuple[SheetRows, ...]:
    with store.read() as session:
        return everything(session)
