"""What window and command line both do with a book: make, open, import, export, print. Knows no Qt.

This is where models and reports meet; nothing in it decides, it only passes frozen answers on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Refused
from models.values import replace

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.exchange.preview import Preview
    from models.queries.headline import Headline
    from models.queries.pack import PackData
    from models.rules.review import Check
    from models.rules.verdict import Verdict
    from models.services.beginning import Beginning
    from models.store import Store
    from reports.papers.file_check import FileCheck

Clock = Callable[[], dt.date]


@dataclass(frozen=True)
class BuiltPack:
    """A review pack as it was built, with the data that it was built from.

    Attributes:
        bookmarks: the words of each bookmark with the page it leads to, from 0.
    """

    pdf: bytes
    pages: int
    data: PackData
    bookmarks: Mapping[str, int]

    @property
    def check(self) -> Check:
        """What the check before printing found."""
        return self.data.check


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Write a file for the user; what the disk says against it becomes a sentence.

    Raises:
        Refused: it could not be written.
    """
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "the disk did not answer").lower()
        raise Refused(
            f"{path.name} could not be written ({reason}): close it if another program has it open, "
            "or choose another place."
        ) from error


def make_blank(path: Path) -> Store:
    """A new book with what every cluster starts from, and nothing of its own yet."""
    from models.services.starting import start_blank

    return _made(path, "Start a new cluster", lambda session: start_blank(session, path.stem))


def make_cluster(path: Path, name: str, lead_school: str, agreement_starts: dt.date) -> Store:
    """A new book of a cluster with its lead school and its agreement.

    Raises:
        AppError: a value that does not fit, a school that cannot lead, or a file that cannot be made.
    """
    from models.services.starting import start_cluster
    from models.tables import SchoolDraft

    def fill(session: Session) -> None:
        start_cluster(session, name, SchoolDraft.checked(name=lead_school), agreement_starts)

    return _made(path, "Start a new cluster", fill)


def make_begun(path: Path, beginning: Beginning) -> Store:
    """A new book of a cluster with its schools, people and first meetings.

    Raises:
        AppError: a value that does not fit, a school that cannot lead, or a file that cannot be made.
    """
    from models.services.beginning import begin

    return _made(path, "Start a new cluster", lambda session: begin(session, beginning))


def make_sample(path: Path) -> Store:
    """A new book filled with the sample cluster."""
    from models.services.sample import load_sample

    return _made(path, "Fill in the sample cluster", load_sample)


def _made(path: Path, action: str, fill: Callable[[Session], object]) -> Store:
    """A new book, filled. What it begins with cannot be undone: that would leave a book without a cluster."""
    from models.store import Store

    store = Store.create(path)
    try:
        with store.transaction(action) as (session, _):
            fill(session)
        store.settle()
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def remove_sample(path: Path) -> None:
    """Delete a sample book.

    Raises:
        Refused: the file is not a sample: somebody's own book is never deleted.
        FileTrouble: the file cannot be opened.
    """
    from models.queries.book import Book
    from models.store import Store

    store = Store.open(path)
    try:
        with store.read() as session:
            cluster = Book(session).cluster
    finally:
        store.close()
    if cluster is None or cluster.sample_today is None:
        raise Refused(f"{path} is not the sample cluster, so it stays: choose another folder for the demo.")
    path.unlink()


def book_today(store: Store, clock: Clock = dt.date.today) -> dt.date:
    """Today; in a sample book the day that it is told from."""
    from models.queries.book import Book

    with store.read() as session:
        return Book(session).today(clock)


def preview_import(store: Store, workbook: Path, cancelled: Callable[[], bool] | None = None) -> Preview:
    """What importing a workbook would do; nothing is saved. `cancelled` is asked while it is read.

    Raises:
        Refused: the file is no workbook that can be read, or reading was stopped.
    """
    from models.exchange.rows import parse
    from models.exchange.workbook import read_workbook

    sheets = read_workbook(workbook, cancelled)
    with store.read() as session:
        return parse(session, sheets)


def _judge(session: Session) -> Callable[[Session], tuple[Verdict, ...]]:
    """The rules, as an import asks them about the book as it would then be."""
    from models.queries.book import Book
    from models.queries.warnings import all_verdicts

    today = Book(session).today()
    return lambda live: all_verdicts(Book(live), today)


def apply_import(session: Session, preview: Preview) -> None:
    """Bring in what a preview says, inside the caller's transaction.

    Raises:
        AppError: something in it cannot be used, the book is another by now, or a rule says no.
    """
    from models.exchange.rows import apply

    apply(session, preview, _judge(session))


class _OnlyTried(Exception):
    """Ends a transaction that was only a rehearsal."""


def rehearse_import(store: Store, workbook: Path) -> tuple[Preview, tuple[Verdict, ...]]:
    """What importing a workbook would do, and what the rules would refuse of it; nothing is saved."""
    from models.exchange.rows import rehearse

    preview = preview_import(store, workbook)
    if preview.problems or not preview.writes:
        return preview, ()
    found: tuple[Verdict, ...] = ()
    with suppress(_OnlyTried), store.transaction("Try an import") as (session, _):
        found = rehearse(session, preview, _judge(session))
        raise _OnlyTried  # so that not a byte of the file is written
    return preview, found


def import_workbook(store: Store, workbook: Path) -> Preview:
    """Read a workbook and bring it in as one step, after a backup.

    Raises:
        AppError: something in it cannot be used, or a rule says no; nothing is saved.
    """
    preview = preview_import(store, workbook)
    preview.require_clean()
    if preview.writes:
        store.back_up("before-import")
        with store.transaction(f"Import {workbook.name}") as (session, _):
            apply_import(session, preview)
    return preview


def export_workbook(store: Store, workbook: Path) -> None:
    """Write everything in the book as a workbook."""
    from models.queries.everything import everything
    from reports.workbook import write_export

    with store.read() as session:
        rows = everything(session)
    write_export(workbook, rows)


def year_summary(
    store: Store, year: int, clock: Clock = dt.date.today
) -> tuple[Headline, tuple[Verdict, ...]]:
    """The headline figures of a school year and every verdict on it.

    Raises:
        BadInput: the book has nothing of that year.
    """
    from models.queries.book import Book
    from models.queries.headline import headline
    from models.queries.warnings import year_verdicts
    from models.queries.years import require_year

    with store.read() as session:
        book = Book(session)
        day = require_year(book, year, book.today(clock))
        return headline(book, year, day), year_verdicts(book, year, day)


def look_through(store: Store, clock: Clock = dt.date.today) -> FileCheck:
    """A look through the whole file, and what the rules say of the year that is usual now."""
    from models.calendar import year_label
    from models.queries.book import Book
    from models.queries.papers.head import paper_head
    from models.queries.warnings import year_verdicts
    from models.queries.years import usual_year
    from reports.papers.file_check import FileCheck

    checked = store.look_through()
    with store.read() as session:
        book = Book(session)
        day = book.today(clock)
        year = usual_year(book, day)
        return FileCheck(paper_head(book, day), checked, year_label(year), year_verdicts(book, year, day))


def checked_paper(store: Store, clock: Clock = dt.date.today) -> tuple[FileCheck, bytes, int]:
    """A look through the whole file, the same as a paper, and how many pages that has."""
    from reports.papers.file_check import build_file_check

    found = look_through(store, clock)
    pdf = build_file_check(found, stamp=found.checked.at)
    return found, pdf, _outline(pdf)[0]


def check_book(store: Store, clock: Clock = dt.date.today) -> tuple[list[str], tuple[Verdict, ...]]:
    """What is wrong with the file, and what the rules say about its contents."""
    from models.queries.book import Book
    from models.queries.warnings import all_verdicts

    faults = store.check()
    with store.read() as session:
        book = Book(session)
        return faults, all_verdicts(book, book.today(clock))


def pack_snapshot(
    store: Store, year: int, clock: Clock = dt.date.today, *, photographs: bool = True
) -> PackData:
    """All that a pack of a school year prints, as of one moment.

    Args:
        store: the open book.
        year: the school year.
        clock: says what day it is.
        photographs: with them; making dozens small takes seconds, so the window has them come after.

    Raises:
        BadInput: the book has nothing of that year.
    """
    from models.queries.book import Book
    from models.queries.pack import pack_data
    from models.queries.years import require_year

    with store.read() as session:
        book = Book(session)
        day = require_year(book, year, book.today(clock))
        return pack_data(book, year, day, photographs=photographs)


def with_photographs(store: Store, data: PackData) -> PackData:
    """The same snapshot with its photographs."""
    from models.queries.book import Book
    from models.queries.photos import photos_of

    with store.read() as session:
        return replace(data, photos=photos_of(Book(session), data.impact.evidence))


def issue_snapshot(
    store: Store, year: int, issued_on: dt.date, clock: Clock = dt.date.today, *, photographs: bool = True
) -> PackData:
    """What a pack prints that is issued now: with its number, its version and its day (R-REV-3).

    Raises:
        BadInput: the book has nothing of that year.
    """
    from models.queries.book import Book
    from models.queries.pack import data_to_issue
    from models.queries.years import require_year

    with store.read() as session:
        book = Book(session)
        day = require_year(book, year, book.today(clock))
        return data_to_issue(book, year, day, issued_on, photographs=photographs)


def review_pack(
    store: Store, year: int, *, short: bool = False, large_print: bool = False, clock: Clock = dt.date.today
) -> BuiltPack:
    """The review pack of a school year."""
    return print_pack(pack_snapshot(store, year, clock), short=short, large_print=large_print)


def print_pack(data: PackData, *, short: bool = False, large_print: bool = False) -> BuiltPack:
    """Lay a snapshot out as a PDF; needs no open book, so it can run beside one."""
    from reports.pack import build_pack

    stamp = dt.datetime.now(dt.UTC).replace(microsecond=0)
    made = build_pack(data, short=short, large_print=large_print, stamp=stamp)
    pages, bookmarks = _outline(made)
    return BuiltPack(made, pages, data, bookmarks)


def print_cover(data: PackData, *, large_print: bool = False) -> bytes:
    """The cover alone, to be looked at while the pack is laid out."""
    from reports.pack import build_cover

    stamp = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return build_cover(data, large_print=large_print, stamp=stamp)


def _outline(paper: bytes) -> tuple[int, dict[str, int]]:
    """How many pages a PDF has, and where each of its bookmarks leads."""
    from io import BytesIO

    from pikepdf import Array, Pdf

    with Pdf.open(BytesIO(paper)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        found: dict[str, int] = {}
        with pdf.open_outline() as outline:
            waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            if isinstance(item.destination, Array):
                found.setdefault(item.title, numbers[item.destination[0].objgen])
            waiting = [*item.children, *waiting]
        return len(numbers), found


def part_titles(*, short: bool = False) -> dict[int, str]:
    """The parts of the pack and of its short form: their numbers, each with its first bookmark's words."""
    from reports.pack import parts

    found: dict[int, str] = {}
    for part in parts(short=short):
        found.setdefault(part.number, part.title)
    return found


def save_paper(path: Path, pdf: bytes) -> None:
    """Write a paper, whole or not at all.

    Raises:
        Refused: it could not be written there.
    """
    from reports.kit import write_atomic

    with writing(path):
        write_atomic(path, pdf)
