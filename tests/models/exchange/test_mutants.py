"""Mutants of a workbook: each is read, or refused in a sentence; nothing else ever gets out."""

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from models.errors import AppError
from models.exchange.rows import parse
from models.exchange.xlsx import read_here
from models.store import Store

CUTS = [
    b"<",
    b'"',
    b"&",
    b"999999999",
    b"XFD1048576",
    b"\xff",
    b"",
    b"-1",
    b"1e309",
    b"NaN",
    b"\x00",
    b"</c>",
]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes of the file are others."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _cut(data: bytes, chance: random.Random) -> bytes:
    """The file ends early."""
    return data[: chance.randrange(len(data))]


def _garbled(data: bytes, chance: random.Random) -> bytes:
    """A part holds something else in places, or a part is missing."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    victim = chance.choice(sorted(parts))
    garbled = bytearray(parts[victim])
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(garbled))
        garbled[place : place + chance.randint(0, 6)] = chance.choice(CUTS)
    parts[victim] = bytes(garbled)
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return whole.getvalue()


@pytest.fixture(scope="module")
def whole() -> bytes:
    """A workbook such as a teacher might fill in: texts, numbers, dates and a formula."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet("Schools")
        day = book.add_format({"num_format": "dd mmm yyyy"})
        page.write_row(0, 0, ["School", "URN", "Number on roll", "Roll counted on", "Postcode"])
        for row in range(1, 10):
            page.write_row(row, 0, [f"School {row}", f"90000{row}", row * 30])
            page.write_datetime(row, 3, dt.date(2024, 9, row), day)
            page.write_formula(row, 4, '="ZZ"&1', value="ZZ1")
    return data.getvalue()


@pytest.mark.parametrize("mutate", [_flipped, _cut, _garbled])
def test_no_mutant_of_a_workbook_gets_past_with_anything_but_a_sentence(
    store: Store, tmp_path: Path, whole: bytes, mutate: Callable[[bytes, random.Random], bytes]
) -> None:
    path = tmp_path / "mutant.xlsx"
    said: list[str] = []
    for seed in range(100):
        path.write_bytes(mutate(whole, random.Random(seed)))  # noqa: S311 - the same mutants every time
        try:
            sheets = read_here(path)
            with store.read() as session:
                said.append(parse(session, sheets).summary())
        except AppError as no:
            said.append(str(no))
    assert all(sentence.endswith(".") for sentence in said)
    assert sum("damaged" in sentence for sentence in said) > 10, "the mutants are too tame to show anything"
