"""T19: lists with the oddities of other programs: read as they are meant, or refused; never in part."""

# ruff: noqa: S311 - the draws must be repeatable

import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from models.errors import AppError
from models.exchange import gias
from models.exchange.columns import columns
from models.exchange.grid import Row
from models.exchange.rows import apply, parse
from models.queries.everything import SheetRows, everything
from models.store import Store
from tests.faults.book import open_book, put_book
from tests.faults.result import Fault, Result

ODD = (
    "31/02/2025", "1,234.50", "£-5", "1E5", "00123", "=1+1", "'=1", "\t=1", "２５", "1e309", "NaN", "-0",
    "TRUE", "#REF!", "14/13/2024", "yes please", "\ud800", "\x00", "x" * 40_000, "-1", "12:60", "  ", "½",
)  # fmt: skip
"""What a cell may hold that was meant otherwise."""

HEAD = ("URN", "EstablishmentName", "EstablishmentStatus (name)", "NumberOfPupils", "CensusDate", "Town")
MOST_FIELD = 131_072


@dataclass(frozen=True)
class Made:
    """A list as some program might have written it.

    Attributes:
        data: its bytes.
        rows: how many schools it has; -1 if it must be refused.
        urn, name: one of them.
    """

    data: bytes
    rows: int
    urn: str
    name: str


def make(draw: random.Random) -> Made:
    """Draw a list: its letters, its separator, its line ends, and now and then a fault that spoils it."""
    rows = [
        [f"{900000 + n}", f"{draw.choice(['Łęka', 'St Ann’s', 'Elm, Oak', 'Ash “A”', '=1+1'])} {n}", "Open",
         draw.choice(["246", "1,234", "00123", "1E5", "", "-5"]),
         draw.choice(["16-01-2025", "31-02-2025", ""]),
         draw.choice(["Marlow", 'Mar"low', "two\nlines", ""])]
        for n in range(draw.randrange(2, 12))
    ]  # fmt: skip
    head, chosen = list(HEAD), draw.randrange(len(rows))
    fault = draw.choice(["", "", "", "quote", "nul", "long", "no heading", "empty"])
    if draw.random() < 0.2:
        head.append("Town")  # twice: the first counts
    if fault == "no heading":
        head[draw.randrange(2)] = "Something"
    if fault == "long":
        rows[-1][5] = "x" * (MOST_FIELD + 1)
    out = io.StringIO(newline="")
    ends = draw.choice(["\r\n", "\n"])
    csv.writer(out, delimiter=draw.choice(",;"), lineterminator=ends).writerows([head, *rows])
    words = out.getvalue()
    if fault == "quote":  # opened in a line of its own, never closed: all that follows would be one cell
        at = words.index(ends, len(words) // 2) + len(ends)
        words = (
            f'{words[:at]}"900999,Lost{ends}{words[at:]}' if '"' not in words[at:] else f'{words}"900999,Lost'
        )
    data = b"" if fault == "empty" else words.encode(draw.choice(["utf-8", "utf-8-sig"]))
    if fault == "nul":
        data = data.replace(b"Open", b"Op\x00en")
    if not fault and draw.random() < 0.1:
        data, fault = words.encode("utf-16"), "utf-16"
    elif not fault and draw.random() < 0.3:
        words = words.replace("Łęka", "Leka")
        data = words.encode("cp1252")
        rows[chosen][1] = rows[chosen][1].replace("Łęka", "Leka")
    spoilt = fault not in {"", "nul"}
    return Made(data, -1 if spoilt else len(rows), rows[chosen][0], rows[chosen][1])


def _read(path: Path, made: Made, told: Counter[str]) -> str:
    """What is wrong with how a list was read: it must be whole and right, or refused in a sentence."""
    path.write_bytes(made.data)
    try:
        finds = gias.find_schools(path, made.urn)
    except AppError as no:
        told["refused"] += 1
        return "" if str(no).endswith(".") and made.rows < 0 else f"refused: {no}"
    told["read"] += 1
    if made.rows < 0:
        return f"{finds.read} of it were read"
    names = [school.name for school in finds.schools]
    wanted = " ".join(made.name.split())
    if finds.read != made.rows or names != [wanted]:
        return f"{finds.read} rows of {made.rows}, {names} for {wanted!r}"
    return ""


def _spoilt_sheet(store: Store, full: Sequence[SheetRows], draw: random.Random, told: Counter[str]) -> str:
    """Put something odd into one cell of the book's own export, and bring that in: all, or nothing."""
    part = draw.choice(full)
    heads = tuple(column.heading for column in columns(part.sheet))
    cells = [list(row) for row in part.rows[:40]]
    row, column = draw.randrange(len(cells)), draw.randrange(len(heads))
    cells[row][column] = draw.choice(ODD)
    rows = [Row(n, tuple(line)) for n, line in enumerate([heads, *cells], 1)]
    with store.read() as session:
        try:
            preview = parse(session, {part.sheet.title: rows})
        except AppError as no:
            told["sheets refused"] += 1
            return "" if str(no).endswith(".") else str(no)
    if not preview.problems:
        told["sheets read"] += 1
        return ""
    told["sheets refused"] += 1
    before = store.version()
    try:
        with store.transaction("Import") as (session, _):
            apply(session, preview)
        return f"{part.sheet.title} was imported in spite of {preview.problems[0]}"
    except AppError:
        pass
    unnamed = [str(one) for one in preview.problems if not one.sheet or not (one.row or one.column)]
    return str(unnamed or "" if store.version() == before else "something was saved")


def lists(count: int, seed: int, folder: Path) -> Result:
    """T19: `count` lists of schools, and a tenth as many sheets with an odd cell."""
    wrong, told = [], Counter()
    path = put_book(folder / "lists")
    for run in range(count):
        try:
            trouble = _read(path.with_name("list.csv"), make(random.Random(seed * 100_000 + run)), told)
        except Exception as escaped:  # noqa: BLE001 - counted
            trouble = repr(escaped)[:150]
        if trouble:
            wrong.append(f"{seed * 100_000 + run}: {trouble}")
    sheets = max(10, count // 10)
    before = path.read_bytes()
    with closing(open_book(path)) as store:
        with store.read() as session:
            full = [part for part in everything(session) if part.rows]
        for run in range(sheets):
            try:
                trouble = _spoilt_sheet(store, full, random.Random(seed * 100_000 + run), told)
            except Exception as escaped:  # noqa: BLE001 - counted
                trouble = repr(escaped)[:150]
            if trouble:
                wrong.append(f"sheet {seed * 100_000 + run}: {trouble}")
        wrong += store.check()
    if path.read_bytes()[100:] != before[100:]:
        wrong.append("the book was changed")
    note = ", ".join(f"{n} {key}" for key, n in sorted(told.items()))
    shown = f"refused x{told['refused'] + told['sheets refused']}"
    return Result("T19", count + sheets, 0, len(wrong), shown, "; ".join([note, *wrong[:4]]))


def _not_strict(count: int, seed: int, folder: Path) -> Result:
    """The control: a reader that takes a quote that is never closed for one long cell."""
    lax = mock.Mock(reader=lambda lines, **how: csv.reader(lines, **how | {"strict": False}), Error=csv.Error)
    with mock.patch.object(gias, "csv", lax):
        return lists(max(60, min(count, 200)), seed, folder)


FAULTS = (Fault("T19", "lists of other programs", lists, _not_strict, (60, 2000, 20_000), weight=15),)
