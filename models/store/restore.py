"""Put a backup in the book's place, without being able to make things worse (safety 3.5).

A sound book is overwritten page by page in one SQLite transaction. A damaged one is moved aside, with its
journal, and the backup takes its name; a marker beside the book lets an interrupted exchange be finished.
A damaged file is never deleted.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from models.errors import FileTrouble, Refused
from models.formats import clock as clock_time
from models.formats import long_date
from models.store import backup, trouble
from models.store.backup import Facts
from models.store.engine import connect
from models.store.header import journal, require_ours
from models.store.history import History, Stamp
from models.store.keeper import BEFORE_RESTORE, Keeper
from models.store.migrate import migrate, writing
from models.store.schema import Schema
from models.store.soundness import SUFFIXES, require_recoverable, require_sound
from models.store.when import Clock, write_moment

log = logging.getLogger(__name__)

DAMAGED = ".damaged-"
"""Part of the name of a damaged file that was moved aside."""


def restore(path: Path, source: Path, schema: Schema, keeper: Keeper, clock: Clock) -> None:
    """Replace a book by one of its backups. The caller has locked the book, and nobody has it open.

    Raises:
        FileTrouble: the backup is not whole, not ours or newer; the book is as it was.
        Refused: the backup is of another book.
    """
    with prepared(source, path, schema, clock) as part:
        wanted = backup.facts_of(part)
        if is_sound(path, schema):
            with closing(connect(path)) as live:
                now = require_same_book(live, path, wanted)
                keeper.make(live, BEFORE_RESTORE)
                numbers = Numbers(max(now.seq, wanted.seq), newest_step(live))
                continue_from(part, schema, numbers, seal_of(source, clock))
                overwrite(live, part)
        else:
            known = [wanted.seq, *(b.seq for b in backup.listed(keeper.folder_of(wanted.file_uuid)))]
            continue_from(part, schema, Numbers(max(known), 0), seal_of(source, clock))
            exchange(path, part, clock)


def inspect(source: Path, schema: Schema) -> Facts:
    """What is in a backup, after a check throughout: of its digest, its structure and its links.

    Raises:
        FileTrouble: it is not whole, not ours, or of a newer Clusterbook.
    """
    try:
        number = require_ours(source, schema.number).schema
        require_unaltered(source, source)
        with closing(connect(source, "ro")) as raw:
            require_sound(raw, source, schema, number)
            return backup.facts(raw)
    except OSError as error:
        raise trouble.missing(source) from error
    except sqlite3.Error as error:
        raise (trouble.translate(error, source) or trouble.damaged(source, "a check failed")) from error


@contextmanager
def prepared(source: Path, path: Path, schema: Schema, clock: Clock) -> Iterator[Path]:
    """A copy of the backup beside the book, verified, and brought to today's layout."""
    part = restoring(path)
    try:
        shutil.copyfile(source, part)
        require_unaltered(source, part)
        number = require_ours(part, schema.number).schema
        with closing(connect(part)) as raw:
            require_sound(raw, source, schema, number)
            raw.execute("PRAGMA journal_mode=DELETE")
        if number < schema.number:
            migrate(part, schema, clock)
        yield part
    except FileNotFoundError:
        raise trouble.missing(source) from None
    except OSError as error:
        raise trouble.write_protected(path) from error
    except sqlite3.Error as error:
        raise (trouble.translate(error, source) or trouble.damaged(source, "a check failed")) from error
    finally:
        if not marker(path).exists():
            with suppress(OSError):  # a disk that does not answer must not hide what was wrong
                for suffix in SUFFIXES:
                    journal(part, suffix).unlink(missing_ok=True)


def restoring(path: Path) -> Path:
    """Where the copy of the backup lies while a restore is going on."""
    return path.with_name(f"{path.name}.restoring")


def marker(path: Path) -> Path:
    """What says that a damaged book is being exchanged."""
    return path.with_name(f"{path.name}.restore.json")


def require_unaltered(source: Path, copied: Path) -> None:
    """Compare a copy with the sidecar that was written with the backup, if it is still there.

    Raises:
        FileTrouble: E06.
    """
    sidecar = source.with_name(f"{source.name}.sha256")
    if sidecar.is_file() and sidecar.read_text("utf-8").split()[:1] != [backup.digest(copied)]:
        raise trouble.damaged(source, "it is not as it was written")


def is_sound(path: Path, schema: Schema) -> bool:
    """Whether the book can be overwritten in place: it is there, whole, and ours. Changes nothing."""
    try:
        number = require_ours(path, schema.number).schema
        require_recoverable(path, schema, number)
    except (FileTrouble, sqlite3.Error):
        return False
    return True


def require_same_book(live: sqlite3.Connection, path: Path, wanted: Facts) -> Facts:
    """What is in the book now.

    Raises:
        Refused: the backup is of another one.
    """
    now = backup.facts(live)
    if now.file_uuid != wanted.file_uuid:
        raise Refused(
            f"This backup is of another book, not of {path.name}. Nothing was changed: give it a name of its "
            "own instead, and open that."
        )
    return now


class Numbers(Struct, frozen=True):
    """How far the numbers of saves and steps have got; the restored book goes on from there.

    Else a number would come twice: a later backup would look older than an earlier one, and a dialog
    opened before the restore could save over what came after.
    """

    save: int
    step: int


def newest_step(raw: sqlite3.Connection) -> int:
    """The greatest number that a step of this book ever had."""
    found = raw.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'step'").fetchone()
    return int(found[0])


def seal_of(source: Path, clock: Clock) -> Stamp:
    """The line of history that says what was restored. What lies before it cannot be undone."""
    known = backup.read_name(source)
    name = "Restored an earlier copy"
    if known is not None:
        made = known.made.astimezone()
        name = f"Restored the backup of {long_date(made.date())}, {clock_time(made.time())}"
    return Stamp(write_moment(clock()), name, "", "seal")


def continue_from(part: Path, schema: Schema, numbers: Numbers, stamp: Stamp) -> None:
    """Make a copy of a backup fit to take the book's place."""
    with writing(part) as connection:
        run = connection.exec_driver_sql
        if not run(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'step'", (numbers.step,)
        ).rowcount:
            run("INSERT INTO sqlite_sequence (name, seq) VALUES ('step', ?)", (numbers.step,))
        History(schema).seal(connection, stamp)
        run("UPDATE meta SET seq = ?", (numbers.save + 1,))


def overwrite(live: sqlite3.Connection, part: Path) -> None:
    """Write a copy into an open, sound book: one SQLite transaction, all or nothing."""
    with closing(connect(part, "ro")) as source:
        source.backup(live)
    live.execute("PRAGMA journal_mode=DELETE")


def exchange(path: Path, part: Path, clock: Clock) -> None:
    """Move a damaged book aside, with all that belongs to it, and give its name to the copy."""
    backup.sync(part)
    note = marker(path)
    draft = unfinished(note)
    draft.write_text(json.dumps({"damaged": free_name(path, clock).name}), "utf-8")
    backup.sync(draft)
    draft.replace(note)
    backup.sync_folder(path.parent)
    resume(path, clock)


def resume(path: Path, clock: Clock) -> None:
    """Finish an exchange that was interrupted; clear away a copy that never got so far."""
    note, part = marker(path), restoring(path)
    if note.exists():
        if part.exists():
            aside = path.with_name(noted_name(note) or free_name(path, clock).name)
            for suffix in SUFFIXES:
                if journal(path, suffix).exists():
                    journal(path, suffix).rename(journal(aside, suffix))
            part.replace(path)
            backup.sync_folder(path.parent)
            log.warning("A damaged book was moved aside")
        note.unlink()
        backup.sync_folder(path.parent)
    for left in (unfinished(note), *(journal(part, suffix) for suffix in SUFFIXES)):
        left.unlink(missing_ok=True)


def unfinished(note: Path) -> Path:
    """The marker while it is being written."""
    return note.with_name(f"{note.name}.part")


def noted_name(note: Path) -> str | None:
    """The name that the marker gives to the damaged file."""
    try:
        return Path(str(json.loads(note.read_text("utf-8"))["damaged"])).name or None
    except (ValueError, KeyError, TypeError):
        return None


def free_name(path: Path, clock: Clock) -> Path:
    """A name for the damaged file that nothing has yet."""
    stem = f"{path.stem}{DAMAGED}{clock().astimezone(dt.UTC):{backup.STAMP}}"
    names = (path.with_name(f"{stem}{more}{path.suffix}") for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(name for name in names if not name.exists())
