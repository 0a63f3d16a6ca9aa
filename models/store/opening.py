"""Open a book: every check in its order, nothing created, nothing changed unless all is well (safety 3.2)."""

from __future__ import annotations

import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct, field
from sqlalchemy.exc import DBAPIError

from models.errors import FileTrouble, Refused
from models.store import backup, compare, restore, salvage, soundness, trouble
from models.store.door import Door, require_not_open_here
from models.store.engine import Mode, connect
from models.store.header import Header, journal, require_ours, sniff
from models.store.keeper import BEFORE_CONVERT, BEFORE_MIGRATE, ON_OPEN, Keeper
from models.store.lock import BookLock
from models.store.migrate import migrate
from models.store.schema import APPLICATION_ID, Schema, book
from models.store.values import Backup, Notice
from models.store.when import Clock, utc_now, write_moment
from models.store.working_copy import WorkingCopy, work_folder

RECOVERED = "recovered"


class Setup(Struct, frozen=True):
    """What the store takes from outside.

    Attributes:
        schema: the tables of the book.
        backups: the folder of all books' backups; None for the app's own.
        clock: tells the time.
        work: the folder of all working copies; None for the app's own.
    """

    schema: Schema = field(default_factory=book)
    backups: Path | None = None
    clock: Clock = utc_now
    work: Path | None = None


class Opened(Struct, frozen=True):
    """An open book, and what must be undone when it closes: the lock, a temporary folder.

    Attributes:
        working: how the book is written back, if a copy of it is open.
    """

    path: Path
    door: Door
    keeper: Keeper
    closing: ExitStack
    notices: tuple[Notice, ...]
    working: WorkingCopy | None = None


def absolute(path: Path) -> Path:
    """The file itself: links followed, for a journal must lie beside it."""
    return Path(path).expanduser().resolve()


def make(path: Path, setup: Setup, app_version: str) -> None:
    """Make an empty book. The name appears only when the whole file is there.

    Raises:
        FileTrouble: no such folder (E01), it may not be written (E13), no room (E09).
        Refused: there is something at `path` already.
    """
    if not path.parent.is_dir():
        raise trouble.no_folder(path.parent)
    part = path.with_name(f"{path.name}.part")
    if path.exists():
        raise Refused(f"There is already a file called {path.name} there: choose another name.")
    try:
        part.unlink(missing_ok=True)
        raw = connect(part, "rwc")
        try:
            fill_new(raw, setup, app_version)
        finally:
            raw.close()
        part.rename(path)
    except OSError as error:
        raise trouble.write_protected(path) from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            raise trouble.write_protected(path) from error
        told = trouble.translate(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        with suppress(OSError):  # a disk that does not answer must not hide what was wrong
            part.unlink(missing_ok=True)
            journal(part).unlink(missing_ok=True)


def fill_new(raw: sqlite3.Connection, setup: Setup, app_version: str) -> None:
    """Make the tables and stamp the file: what migration to the newest layout would make, at once."""
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute("BEGIN IMMEDIATE")
    for statement in setup.schema.statements:
        raw.execute(statement)
    raw.execute("INSERT INTO alembic_version VALUES (?)", (f"{setup.schema.number:04}",))
    raw.execute(
        "INSERT INTO meta (id, file_uuid, created_at, app_version, seq) VALUES (1, ?, ?, ?, 0)",
        (str(uuid.uuid4()), write_moment(setup.clock()), app_version),
    )
    raw.execute(f"PRAGMA user_version={setup.schema.number:d}")
    raw.execute("COMMIT")
    raw.execute("PRAGMA journal_mode=DELETE")


def open_to_write(path: Path, setup: Setup, *, take_over: bool) -> Opened:
    """Lock a book, look at it, open it, check it, bring it up to date, back it up.

    Raises:
        FileTrouble: whatever is wrong with it, E01 to E13.
    """
    path = absolute(path)
    if not path.exists() and not restore.marker(path).exists():
        raise trouble.missing(path)
    require_not_open_here(path)
    keeper = Keeper(setup.backups, path.stem, setup.clock)
    with ExitStack() as stack, plain_words(path):
        lock = BookLock.take(path, setup.clock, take_over=take_over)
        stack.callback(lock.release)
        restore.resume(path, setup.clock)
        header = require_ours(path, setup.schema.number)
        if header.hot:
            soundness.require_recoverable(path, setup.schema, header.schema)
        if header.wal:
            back_up_beside(path, keeper, BEFORE_CONVERT)
        if header.schema < setup.schema.number:
            bring_up_to_date(path, setup, keeper, header.schema)
        door = Door(path)
        stack.callback(door.close)
        require_sound(door, setup.schema, setup.schema.number)
        require_room_to_write(door)
        with door.raw("Back the file up") as raw:
            keeper.make_if_changed(raw, ON_OPEN)
        notices = (*recovered(path, header), *copies(path, door))
        return Opened(path, door, keeper, stack.pop_all(), notices)


def open_apart(path: Path, setup: Setup, *, take_over: bool) -> Opened:
    """As `open_to_write`, but on a copy on this computer, which is written back (working_copy.py).

    Raises:
        FileTrouble: whatever is wrong with it, E01 to E13.
    """
    path = absolute(path)
    working = WorkingCopy(path, work_folder(path, setup.work), setup.clock)
    if not path.exists():
        raise trouble.missing(path)
    with ExitStack() as stack, plain_words(path):
        stack.callback(BookLock.take(path, setup.clock, take_over=take_over).release)
        require_ours(path, setup.schema.number)
        stack.callback(working.leave)
        try:
            told = working.take()
        except OSError as error:
            raise trouble.no_room(working.path.parent) from error
        opened = open_to_write(working.path, setup, take_over=True)
        stack.push(opened.closing)
        with opened.door.raw("Begin to work apart") as raw:
            working.begin(raw)
            others = () if told else copies_of(path, raw)
        notices = (*told, *opened.notices, *others)
        return Opened(path, opened.door, opened.keeper, stack.pop_all(), notices, working)


def has_work_left(path: Path, setup: Setup) -> bool:
    """Whether a working copy of this file was never written back."""
    path = absolute(path)
    return WorkingCopy(path, work_folder(path, setup.work), setup.clock).holds_more()


def bring_up_to_date(path: Path, setup: Setup, keeper: Keeper, number: int) -> None:
    """Check an older book, back it up, and migrate it.

    Raises:
        FileTrouble: it is damaged (E06) or not ours (E04), there is no room for a backup (E09), or the
            upgrade was undone (E11).
    """
    door = Door(path)
    try:
        require_sound(door, setup.schema, number)
        require_room_to_write(door)
        with door.raw("Back the file up") as raw:
            backup.require_room(path.parent, raw)
            made = keeper.make(raw, BEFORE_MIGRATE)
    finally:
        door.close()
    migrate(path, setup.schema, setup.clock, made.path)


def back_up_beside(path: Path, keeper: Keeper, reason: str) -> None:
    """Back a file up before anything about it is changed, even how it keeps its journal."""
    try:
        with closing(connect(path, "ro")) as raw:
            keeper.make(raw, reason)
    except sqlite3.Error as error:
        raise (trouble.translate(error, path) or trouble.damaged(path, "it cannot be read")) from error


def open_damaged(path: Path, setup: Setup) -> Opened:
    """Open what is left of a damaged book to read only: a new book, of every row that can be read.

    Raises:
        FileTrouble: not even its list of tables can be read, or it is none of ours (E03 to E06).
    """
    path = absolute(path)
    require_not_open_here(path)
    if sniff(path).application_id != APPLICATION_ID:
        raise trouble.foreign(path)
    with ExitStack() as stack, plain_words(path):
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clusterbook-")))
        (folder / "read").mkdir()
        rest = folder / path.name
        with closing(connect(salvage.readable_copy(path, folder / "read"), "ro")) as raw:
            if not setup.schema.knows(raw, setup.schema.number):
                raise trouble.damaged(path, "its list of tables cannot be read")
            make(rest, setup, "")
            with closing(connect(rest)) as new:
                salvage.refill(raw, new)
        door = Door(rest, read_only=True)
        stack.callback(door.close)
        told = Notice("E06", f"{path.name} is damaged: you see what is left of it. Figures may be wrong.")
        keeper = Keeper(setup.backups, path.stem, setup.clock)
        return Opened(path, door, keeper, stack.pop_all(), (told,))


def open_to_read(path: Path, setup: Setup) -> Opened:
    """Open a book without locking or writing it: from a read-only medium, or while someone else has it.

    What SQLite cannot read as it lies, or what is of an older layout, is read from a copy.

    Raises:
        FileTrouble: whatever is wrong with it, E01 to E06.
    """
    path = absolute(path)
    require_not_open_here(path)
    header = require_ours(path, setup.schema.number)
    older = header.schema < setup.schema.number
    with ExitStack() as stack, plain_words(path):
        readable = path
        if header.wal or older or not soundness.can_be_read(path):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clusterbook-"))
            readable = soundness.whole_copy(path, Path(folder))
        if older:
            migrate(readable, setup.schema, setup.clock)
        door = Door(readable, read_only=True)
        stack.callback(door.close)
        require_sound(door, setup.schema, setup.schema.number)
        keeper = Keeper(setup.backups, path.stem, setup.clock)
        notices = (*recovered(path, header), *copies(path, door))
        return Opened(path, door, keeper, stack.pop_all(), notices)


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Whatever SQLite or the disk says of a file while it is being opened is its fault: the user is told."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        told = trouble.translate(cause, path) if isinstance(cause, sqlite3.Error) else None
        raise (trouble.while_opening(path, told) or trouble.damaged(path, "it cannot be read")) from error
    except OSError as error:
        raise trouble.while_opening(path, trouble.unwritable(path)) or trouble.unwritable(path) from error


def require_sound(door: Door, schema: Schema, number: int) -> None:
    """Check an open file throughout.

    Raises:
        FileTrouble: E06 or E04.
    """
    with door.raw("Check the file") as raw:
        soundness.require_sound(raw, door.path, schema, number)


class _TakeBack(Exception):
    """Ends a trial write."""


def require_room_to_write(door: Door) -> None:
    """Try a real write, and take it back: only then does SQLite make its journal.

    Raises:
        FileTrouble: the file or its folder is write-protected (E13).
    """
    with suppress(_TakeBack), door.work("Try to write", Mode.WRITE) as connection:
        connection.exec_driver_sql("UPDATE meta SET seq = seq")
        raise _TakeBack


def recovered(path: Path, header: Header) -> tuple[Notice, ...]:
    """That the last writer did not finish, if so."""
    if not header.hot:
        return ()
    words = f"{path.name} was not closed properly last time. It was put right: all that was saved is there."
    return (Notice(RECOVERED, words),)


def copies(path: Path, door: Door) -> tuple[Notice, ...]:
    """That another file in the folder is a copy of this very book, if so (E10).

    Asked through SQLite only, never by opening the file: it may be open in this process too.
    """
    with door.raw("Look for copies") as raw:
        return copies_of(path, raw)


def copies_of(path: Path, raw: sqlite3.Connection) -> tuple[Notice, ...]:
    """E10 for each file beside `path` that is a copy of the book that is open in `raw`."""
    return tuple(
        Notice(
            "E10",
            f"There are two copies of this book: {path.name} and {other.name}. Only one can be right: "
            "compare them before you go on. Neither was changed.",
        )
        for other in compare.others(path, raw)
    )


def replace(path: Path, source: Path, setup: Setup) -> None:
    """Put a backup in the place of a book that is not open.

    Raises:
        FileTrouble: see restore.py; or someone has the book open (E12).
        Refused: it is a backup of another book.
    """
    if not path.parent.is_dir():
        raise trouble.no_folder(path.parent)
    require_not_open_here(path)
    lock = BookLock.take(path, setup.clock)
    try:
        with plain_words(path):
            restore.resume(path, setup.clock)
            keeper = Keeper(setup.backups, path.stem, setup.clock)
            restore.restore(path, absolute(source), setup.schema, keeper, setup.clock)
    finally:
        lock.release()


def backups_of(path: Path, setup: Setup) -> list[Backup]:
    """The backups of a book that is not open: by its own mark if it can be read, else by its name."""
    keeper = Keeper(setup.backups, path.stem, setup.clock)
    try:
        require_not_open_here(path)
        require_ours(path, setup.schema.number)
        return backup.listed(keeper.folder_of(backup.facts_of(path).file_uuid))
    except FileTrouble:
        folders = [f for f in keeper.root.iterdir() if f.is_dir()] if keeper.root.is_dir() else []
        alike = [b for folder in folders for b in backup.listed(folder) if b.stem == path.stem]
        return sorted(alike, reverse=True)


def save_copy(raw: sqlite3.Connection, target: Path) -> None:
    """Copy an open book to a file of another name, whole or not at all.

    Raises:
        FileTrouble: it could not be written.
        Refused: there is something of that name.
    """
    if target.exists():
        raise Refused(f"There is already a file called {target.name} there: choose another name.")
    part = target.with_name(f"{target.name}.part")
    try:
        backup.copy(raw, part)
        part.rename(target)
        backup.sync_folder(target.parent)
    except OSError as error:
        raise trouble.write_protected(target) from error
    except sqlite3.Error as error:
        raise (trouble.translate(error, target) or trouble.unwritable(target)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
