"""Find a school in a GIAS extract that the user downloaded: “Establishment fields CSV” (F5, R-DATA-5 to 7).

The file has some 50,000 lines of 140 columns; it is read in a stream, columns are matched by name, and only
the best finds are kept. It comes as CSV, or still packed in the ZIP file that the site gives.
"""

from __future__ import annotations

import csv
import datetime as dt
import heapq
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from models import gate
from models.errors import AppError, BadInput, Refused
from models.rules.schools import GiasSchool, name_key, phase_from_gias
from models.words import SchoolStatus

SHOWN = 50  # finds that are shown; a search with more is too wide to be of use
FEWEST_LETTERS = 3
MOST_BYTES = 400_000_000  # six times the largest extract seen
MOST_ROWS = 400_000
LONGEST_HEAD = 100_000  # letters
BEAT = 2_000  # lines between two looks at whether to stop
NEEDED = ("URN", "EstablishmentName")
STATUSES = {
    "open": SchoolStatus.OPEN,
    "open, but proposed to close": SchoolStatus.CLOSING,
    "proposed to open": SchoolStatus.PROPOSED,
    "closed": SchoolStatus.CLOSED,
}
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:[0-9][A-Z]{2})?", re.ASCII)
_UNREADABLE = "Some letters of the file could not be read, so check the names."


class Finds(Struct, frozen=True):
    """What a search found.

    Attributes:
        schools: the best finds, open schools first, then those whose name begins with what was typed.
        number: how many there are in all.
        read: how many schools the file has.
        note: something to know about the file; "" for nothing.
    """

    schools: tuple[GiasSchool, ...]
    number: int
    read: int
    note: str = ""


def find_schools(path: Path, words: str, cancelled: Callable[[], bool] | None = None) -> Finds:
    """Search an extract by name and town, by URN or by postcode.

    Args:
        path: the CSV file, or the ZIP file that it came in.
        words: six digits are a URN, `AB1 2CD` or its beginning a postcode, anything else a name.
        cancelled: asked again and again; True stops the reading.

    Raises:
        BadInput: too little was typed to search for.
        Refused: the file is no GIAS extract, is damaged or too large, or reading was stopped.
    """
    wanted = _wanted(words)
    with _refusals(path):
        try:
            return _search(path, "utf-8-sig", wanted, cancelled)
        except UnicodeDecodeError:  # GIAS itself writes Windows letters (F5.4)
            return _search(path, "cp1252", wanted, cancelled)


# -- what is looked for

_Test = Callable[[Sequence[str], "_Columns"], int | None]
"""How well a line fits: 0 best, None not at all."""


def _wanted(words: str) -> _Test:
    typed = " ".join(words.split())
    plain = typed.replace(" ", "").upper()
    if re.fullmatch(r"[0-9]{6}", plain, re.ASCII):
        return lambda row, at: 0 if at.text(row, "URN") == plain else None
    if len(typed) < FEWEST_LETTERS:
        raise BadInput("Type at least three letters of the name, a URN or a postcode.", "words")
    if _POSTCODE.fullmatch(plain):
        return lambda row, at: 0 if at.text(row, "Postcode").replace(" ", "").startswith(plain) else None
    return _named(name_key(typed))


def _named(wanted: str) -> _Test:
    parts = wanted.split()

    def test(row: Sequence[str], at: _Columns) -> int | None:
        name = name_key(at.text(row, "EstablishmentName"))
        if not all(part in name for part in parts):
            around = f"{name} {at.text(row, 'Town')} {at.text(row, 'Locality')}".casefold()
            return 2 if all(part in around for part in parts) else None
        return 0 if name.startswith(wanted) else 1

    return test


# -- reading


class _Columns:
    """Where each column stands; a column that is missing is empty everywhere."""

    def __init__(self, head: Sequence[str]) -> None:
        self._at: dict[str, int] = {}
        for number, name in enumerate(head):
            self._at.setdefault(name.strip(), number)

    def require(self, path: Path) -> None:
        """See that it is a GIAS extract."""
        missing = [name for name in NEEDED if name not in self._at]
        if missing:
            raise Refused(
                f"{path.name} is no GIAS extract: it has no column “{missing[0]}”. Download “Establishment "
                "fields CSV” from Get Information about Schools."
            )

    def text(self, row: Sequence[str], name: str) -> str:
        """A cell; "" where the line is short."""
        at = self._at.get(name, -1)
        return row[at].strip() if 0 <= at < len(row) else ""


def _search(path: Path, encoding: str, test: _Test, cancelled: Callable[[], bool] | None) -> Finds:
    with _lines(path, encoding) as stream:
        first = stream.readline(LONGEST_HEAD)
        delimiter = ";" if first.count(";") > first.count(",") else ","
        columns = _Columns(next(csv.reader([first], delimiter=delimiter), []))
        columns.require(path)
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        counts = {"read": 0, "found": 0}
        rows = _fitting(reader, columns, test, counts, path, cancelled)
        best = heapq.nsmallest(SHOWN, rows)
        broken = encoding == "cp1252" and any("\ufffd" in cell for *_, row in best for cell in row)
    return Finds(
        tuple(_school(row, columns) for *_, row in best),
        counts["found"],
        counts["read"],
        _UNREADABLE if broken else "",
    )


def _fitting(
    reader: Iterator[list[str]],
    columns: _Columns,
    test: _Test,
    counts: dict[str, int],
    path: Path,
    cancelled: Callable[[], bool] | None,
) -> Iterator[tuple[bool, int, str, int, list[str]]]:
    """The lines that fit, each behind what it is sorted by."""
    for number, row in enumerate(reader):
        if number % BEAT == 0 and cancelled is not None and cancelled():
            raise Refused(f"Reading {path.name} was stopped. Nothing was changed.")
        if number >= MOST_ROWS:
            raise _too_large(path)
        if not row:
            continue
        counts["read"] += 1
        fits = test(row, columns)
        if fits is not None:
            counts["found"] += 1
            shut = columns.text(row, "EstablishmentStatus (name)").casefold() == "closed"
            yield shut, fits, columns.text(row, "EstablishmentName").casefold(), number, row


@contextmanager
def _lines(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The extract as text. UTF-8 is held to strictly; Windows letters that there are not become “�”."""
    with _bytes(path) as raw:
        errors = "strict" if encoding.startswith("utf") else "replace"
        with io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="") as text:
            yield text


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        with path.open("rb") as plain:
            yield plain
        return
    with zipfile.ZipFile(path) as packed:
        lists = [one for one in packed.infolist() if one.filename.casefold().endswith(".csv")]
        lists.sort(key=lambda one: ("edubasealldata" not in one.filename.casefold(), -one.file_size))
        if not lists:
            raise Refused(f"{path.name} holds no CSV file: choose the GIAS extract.")
        if lists[0].file_size > MOST_BYTES:
            raise _too_large(path)
        with packed.open(lists[0]) as member:
            yield member


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Say in plain words why a file cannot be read."""
    try:
        yield
    except AppError:
        raise
    except (csv.Error, zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as wrong:
        raise Refused(f"{path.name} is damaged or protected: download it again.") from wrong
    except OSError as wrong:
        raise Refused(f"{path.name} cannot be read: see whether it is still there.") from wrong


def _too_large(path: Path) -> Refused:
    return Refused(f"{path.name} is far larger than a GIAS extract: choose another file.")


# -- one school


def _school(row: Sequence[str], columns: _Columns) -> GiasSchool:
    def text(name: str) -> str:
        return gate.clean(columns.text(row, name), lines=False)

    low, high = _number(text("StatutoryLowAge")), _number(text("StatutoryHighAge"))
    kind = text("TypeOfEstablishment (name)")
    area, number = text("LA (code)"), text("EstablishmentNumber")
    place = [text(name) for name in ("Street", "Locality", "Address3", "Town")]
    head = [text(name) for name in ("HeadTitle (name)", "HeadFirstName", "HeadLastName")]
    return GiasSchool(
        urn=text("URN"),
        name=text("EstablishmentName"),
        laestab=f"{area}/{number}" if area and number else "",
        phase=phase_from_gias(text("PhaseOfEducation (name)"), low, high, kind),
        status=STATUSES.get(text("EstablishmentStatus (name)").casefold()),
        low_age=low,
        high_age=high,
        number_on_roll=_number(text("NumberOfPupils")),
        roll_as_of=_day(text("CensusDate")),
        type_name=kind,
        trust_name=text("Trusts (name)"),
        la_name=text("LA (name)"),
        address=", ".join(dict.fromkeys(part for part in place if part)),
        postcode=text("Postcode"),
        phone=text("TelephoneNum"),
        website=text("SchoolWebsite"),
        head_name=" ".join(part for part in head if part),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _day(text: str) -> dt.date | None:
    """GIAS writes 17-01-2025 (F5.3)."""
    with suppress(ValueError):
        return dt.datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=dt.UTC).date()
    return None
