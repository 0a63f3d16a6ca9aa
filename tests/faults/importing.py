"""T18: mutated workbooks and GIAS extracts: each is read whole or refused in a sentence, soon."""

# ruff: noqa: S311 - the draws must be repeatable

import io
import json
import os
import random
import resource
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from models.errors import AppError
from models.exchange.gias import find_schools
from models.exchange.rows import parse
from models.exchange.workbook import read_workbook
from models.exchange.xlsx import read_here
from models.queries.everything import everything
from models.store import Store
from reports.workbook import write_export
from tests.faults.book import open_book, put_book
from tests.faults.result import Fault, Result
from tests.models.exchange.test_mutants import _cut, _flipped, _garbled

AT_ONCE = 2
"""Processes that share the mutants; each mutant is drawn by itself, so that it is the same in either."""
MOST_SECONDS = 3
MOST_MEMORY = 1 << 30
MOST_RESIDENT = 300_000  # KB
GIAS = "".join(
    f'{900000 + n},"School {n}, The",Open,2024-09-{n % 28 + 1:02d},ZZ{n % 9} 1AA,{n * 30},Primary,Marlow\r\n'
    for n in range(1, 200)
)
GIAS_HEAD = (
    "URN,EstablishmentName,EstablishmentStatus (name),OpenDate,Postcode,NumberOfPupils,"
    "PhaseOfEducation (name),Town\r\n"
)


def _workbook(folder: Path) -> tuple[Path, bytes]:
    """The sample's workbook as the app exports it, with few rows, and the book that it came from."""
    path = put_book(folder / "import")
    store = open_book(path)
    with store.read() as session:
        found = [part for part in everything(session) if part.rows][:4]
    store.close()
    write_export(path.with_name("export.xlsx"), found)
    return path, path.with_name("export.xlsx").read_bytes()


def _gias() -> dict[str, bytes]:
    csv = (GIAS_HEAD + GIAS).encode("cp1252")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("edubase.csv", csv)
    return {".csv": csv, ".zip": packed.getvalue()}


def _bomb(part: bytes, times: int, *, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr(name, part * times)
    return whole.getvalue()


LOL = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"l" * 100 + b'"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
)
SPECIAL: dict[str, Callable[[bytes], bytes]] = {
    "200 MB in little": lambda _: _bomb(bytes(1 << 20), 201),
    "entities": lambda _: _bomb(LOL, 1),
    "a file outside": lambda _: _bomb(b"<x/>", 1, name="../../MARK.xml"),
    "a password": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "cut": lambda whole: whole[: len(whole) // 2],
    "empty": lambda _: b"",
    "too many parts": lambda _: _many(),
}


def _many() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        for number in range(2100):
            out.writestr(f"{number}.xml", "")
    return whole.getvalue()


Told = dict[str, Any]


def _begun(work: Callable[[], Told]) -> tuple[int, int]:
    """Begin it in a forked process with bounded memory; its number, and where it tells."""
    ear, mouth = os.pipe()
    if (number := os.fork()) == 0:
        try:
            os.close(ear)
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            with os.fdopen(mouth, "w") as out:
                json.dump(work(), out)
        finally:
            os._exit(0)
    os.close(mouth)
    return number, ear


def _in_children(works: Sequence[Callable[[], Told]]) -> Told:
    """Do all at once, each in a process of its own; what they told together."""
    whole: Told = {"escaped": [], "read": 0, "refused": 0, "longest": 0.0, "grown": 0}
    for number, ear in [_begun(work) for work in works]:
        with os.fdopen(ear) as heard:
            words = heard.read()
        os.waitpid(number, 0)
        told = json.loads(words) if words else {"escaped": ["the process died"]}
        for key in ("escaped", "read", "refused"):
            whole[key] += told.get(key, type(whole[key])())
        for key in ("longest", "grown"):
            whole[key] = max(whole[key], told.get(key, 0))
    return whole


def _computed() -> float:
    """Seconds that the processor has worked for us and for the processes that we have waited for."""
    return sum(os.times()[:4])


def _try(tally: Counter, escaped: list[str], name: str, read: Callable[[], object]) -> None:
    begun = _computed()
    try:
        read()
        tally["read"] += 1
    except AppError as told:
        tally["refused"] += 1
        if not str(told).endswith("."):
            escaped.append(f"{name}: {told}")
    except BaseException as other:  # noqa: BLE001 - counted: nothing else may ever get out
        escaped.append(f"{name}: {other!r}"[:200])
    tally["longest"] = max(tally["longest"], _computed() - begun)


def _all_of_them(path: Path, whole: bytes, count: int, seed: int, first: int, *, gate: bool) -> Told:
    """Every second of them, from the first on."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally: Counter = Counter()
    escaped: list[str] = []
    store, gias = Store.open(path, read_only=True), _gias()
    with store.read() as session:
        for run in range(first, count, AT_ONCE):
            draw = random.Random(seed * 1_000_000 + run)
            if run % 3 == 2:
                ending = draw.choice([".csv", ".zip"])
                mutant = path.with_name(f"mutant{first}{ending}")
                mutant.write_bytes(draw.choice([_flipped, _cut])(gias[ending], draw))
                _try(tally, escaped, f"{seed * 1_000_000 + run}", lambda: find_schools(mutant, "school"))  # noqa: B023
                continue
            mutant = path.with_name(f"mutant{first}.xlsx")
            mutant.write_bytes(draw.choice([_flipped, _cut, _garbled])(whole, draw))
            read = (lambda: parse(session, read_here(mutant)).summary()) if gate else (lambda: _plain(mutant))  # noqa: B023
            _try(tally, escaped, f"{seed * 1_000_000 + run}", read)
    store.close()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {**tally, "escaped": escaped, "grown": grown}


def _plain(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=50, max_col=50, values_only=True):
            [str(cell) for cell in row]
    book.close()


def mutants(count: int, seed: int, folder: Path, *, gate: bool = True) -> Result:
    """T18: `count` mutants in a process with a gigabyte at most; and a few made with care."""
    path, whole = _workbook(folder)
    before = path.read_bytes()
    work = partial(_all_of_them, path, whole, count, seed, gate=gate)
    told = _in_children([partial(work, first) for first in range(AT_ONCE)])
    tally: Counter = Counter()
    escaped = list(told["escaped"])
    if gate:
        for name, make in SPECIAL.items():
            mutant = path.with_name("special.xlsx")
            mutant.write_bytes(make(whole))
            _try(tally, escaped, name, lambda: read_workbook(mutant))  # noqa: B023
        escaped += ["a bomb was read"] if tally["read"] else []
    longest = max(float(told.get("longest", 0)), float(tally["longest"]))
    slow = int(gate and (longest > MOST_SECONDS or int(told.get("grown", 0)) > MOST_RESIDENT))
    grown = int(told.get("grown", 0))
    note = f"{told.get('read', 0)} read; longest {longest:.1f} s, most {grown // 1000} MB more"
    damaged = len(escaped) + slow + int(path.read_bytes() != before)
    shown = f"refused x{int(told.get('refused', 0)) + tally['refused']}"
    return Result("T18", count + len(SPECIAL) * gate, 0, damaged, shown, "; ".join([note, *escaped[:3]]))


def _ungated(count: int, seed: int, folder: Path) -> Result:
    """The control: openpyxl alone."""
    return mutants(max(30, min(count, 100)), seed, folder, gate=False)


FAULTS = (
    Fault("T18", "mutated workbooks and GIAS extracts", mutants, _ungated, (30, 3000, 200_000), weight=100),
)
