"""Backups: whole, verified, named by save number, and never in the way of work (safety 3.4)."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from models.errors import FileTrouble
from models.store import retention, trouble
from models.store.engine import connect
from models.store.header import journal
from models.store.schema import OWN_TABLES
from models.store.sql import fill, name, word
from models.store.values import Backup
from models.store.when import Clock, read_moment

SPARE_BYTES = 50 * 1024**2
STAMP = "%Y%m%dT%H%M%SZ"
PATTERN = re.compile(
    r"(?P<stem>.+)\.(?P<seq>\d{6,})\.(?P<made>\d{8}T\d{6}Z)\.(?P<reason>[a-z-]+)\.s(?P<schema>\d+)\.bak"
)
CHUNK = 1024 * 1024


class Facts(Struct, frozen=True):
    """What is in a file, to choose a backup by.

    Attributes:
        file_uuid: which book it is of.
        seq: its save number.
        last_action, last_at: the newest line of its history, if any.
        rows: the number of records of each table.
    """

    file_uuid: str
    seq: int
    last_action: str
    last_at: dt.datetime | None
    rows: dict[str, int]


def facts(raw: sqlite3.Connection) -> Facts:
    """What is in an open file."""
    file_uuid, seq = raw.execute("SELECT file_uuid, seq FROM meta").fetchone()
    last = raw.execute("SELECT name, at FROM step ORDER BY id DESC LIMIT 1").fetchone()
    tables = raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    ).fetchall()
    counts = [
        fill("SELECT {w}, count(*) FROM {t}", w=word(table), t=name(table))
        for (table,) in tables
        if table not in OWN_TABLES
    ]
    rows = dict(raw.execute(" UNION ALL ".join(counts)).fetchall()) if counts else {}
    label, at = last or ("", None)
    return Facts(file_uuid, seq, label, at and read_moment(at), rows)


def facts_of(path: Path) -> Facts:
    """What is in a file that is not open.

    Raises:
        FileTrouble: it cannot be read.
    """
    try:
        with closing(connect(path, "ro")) as raw:
            return facts(raw)
    except sqlite3.Error as error:
        raise trouble.damaged(path, "it cannot be read") from error


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first. Only whole files with a full name count."""
    if not folder.is_dir():
        return []
    found = [read_name(path) for path in folder.iterdir() if path.is_file()]
    return sorted((backup for backup in found if backup is not None), reverse=True)


def read_name(path: Path) -> Backup | None:
    """What a backup's name tells, or None if it is not one."""
    parts = PATTERN.fullmatch(path.name)
    if parts is None:
        return None
    try:
        made = dt.datetime.strptime(parts["made"], STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return Backup(
        int(parts["seq"]),
        made,
        parts["reason"],
        parts["stem"],
        int(parts["schema"]),
        path,
        path.stat().st_size,
    )


def is_backed_up(raw: sqlite3.Connection, stem: str, backups: Iterable[Backup]) -> bool:
    """Whether one of the backups holds the file just as it is: same save, same last action, same counts."""
    (seq,) = raw.execute("SELECT seq FROM meta").fetchone()
    alike = [b for b in backups if (b.stem, b.seq) == (stem, seq)]
    if not alike:  # mostly: then nothing needs counting
        return False
    now = facts(raw)
    for backup in alike:
        try:
            if facts_of(backup.path) == now:
                return True
        except FileTrouble:
            continue
    return False


def make(source: sqlite3.Connection, folder: Path, stem: str, reason: str, clock: Clock) -> Backup:
    """Back a file up. Its name appears only when the whole copy is there, checked and on the disk.

    Args:
        source: a connection to it, in no transaction.
        folder: where to.
        stem: the book's name without its ending.
        reason: "open", "close", "by-hand", "before-…": lower-case letters and hyphens.
        clock: tells the time.

    Raises:
        FileTrouble: no room (E09), not writable (E13), or the file turned out to be damaged (E06).
    """
    now = facts(source)
    (number,) = source.execute("PRAGMA user_version").fetchone()
    moment = clock().astimezone(dt.UTC).replace(microsecond=0)
    while (path := folder / f"{stem}.{now.seq:06}.{moment:{STAMP}}.{reason}.s{number}.bak").exists():
        moment += dt.timedelta(seconds=1)  # another copy of the book has just been backed up here
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_unfinished(folder)
        require_room(folder, source)
        with being_made(unfinished(path)) as part:
            copy(source, part)
            require_equal(part, now)
            sidecar = path.with_name(f"{path.name}.sha256")
            sidecar.write_text(f"{digest(part)}  {path.name}\n", "utf-8")
            sync(sidecar)
            part.replace(path)
            sync_folder(folder)
    except sqlite3.Error as error:
        raise (trouble.translate(error, path) or trouble.damaged(path, "it cannot be copied")) from error
    except OSError as error:
        raise trouble.no_backup(folder) from error
    return Backup(now.seq, moment, reason, stem, number, path, path.stat().st_size)


def unfinished(path: Path) -> Path:
    """The name of a backup while it is being made."""
    return path.with_name(f"{path.name}.part")


@contextmanager
def being_made(part: Path, *, surely: bool = False) -> Iterator[Path]:
    """Hold a lock beside an unfinished backup for as long as its maker lives; clear it away at the end.

    Args:
        part: the unfinished backup.
        surely: not without the lock, even on a disk that knows no locks.

    Raises:
        OSError: somebody else is making it, or there is no lock to be had.
    """
    from filelock import FileLock

    name = part.with_name(f"{part.name}.lock")
    lock = FileLock(name, is_singleton=False)
    try:
        lock.acquire(timeout=0)  # filelock's Timeout is an OSError
    except NotImplementedError as error:
        if surely:
            raise OSError(str(error)) from error
    try:
        yield part
    finally:
        with suppress(OSError):  # a disk that does not answer must not hide what was wrong
            part.unlink(missing_ok=True)
            journal(part).unlink(missing_ok=True)
            if os.name == "posix":  # Windows removes the name when the lock is let go
                name.unlink(missing_ok=True)
        lock.release()


def clear_unfinished(folder: Path) -> None:
    """Clear away what a killed maker left in a folder of backups; what is just being made stays."""
    left = {path.with_name(path.name.partition(".bak.part")[0]) for path in folder.glob("*.bak.part*")}
    for stem in left:
        with suppress(OSError), being_made(stem.with_name(f"{stem.name}.bak.part"), surely=True):
            pass
    for sidecar in folder.glob("*.bak.sha256"):
        made = sidecar.with_name(sidecar.name.removesuffix(".sha256"))
        if not unfinished(made).exists() and not made.exists():  # in this order: one becomes the other
            with suppress(OSError):
                sidecar.unlink(missing_ok=True)


def require_room(folder: Path, source: sqlite3.Connection) -> None:
    """Refuse to fill the disk: twice the file and something to spare must be free.

    Raises:
        FileTrouble: E09.
    """
    (pages,), (size,) = (source.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
    if shutil.disk_usage(folder).free < 2 * pages * size + SPARE_BYTES:
        raise trouble.no_room(folder)


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open file as it is at one moment, and put it on the disk."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(target, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=OFF")  # nobody else knows the name, and a failed copy is thrown away
        raw.execute("PRAGMA synchronous=OFF")
        source.backup(raw)
    sync(target)


def require_equal(copied: Path, expected: Facts) -> None:
    """Open a copy and check it throughout.

    Raises:
        FileTrouble: E06.
    """
    with closing(connect(copied, "ro")) as raw:
        whole = raw.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        if not whole or raw.execute("PRAGMA foreign_key_check").fetchone() or facts(raw) != expected:
            raise trouble.damaged(copied, "a check of its backup failed")


def digest(path: Path) -> str:
    """The sha256 of a file, as its sidecar has it."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()


def sync(path: Path) -> None:
    """Make the disk hold what was written to a file."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make the disk hold a folder's names. Windows has no such call, and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune(folder: Path, file_uuid: str, today: dt.date, made_now: frozenset[Path]) -> list[Path]:
    """Delete the backups that have had their time. Returns them.

    Only files with a backup's full name that hold this very book: nothing else in the folder is ours.
    """
    there = listed(folder)
    stays = set(retention.kept(there, today, made_now))
    return delete([backup for backup in there if backup not in stays], file_uuid)


def delete(backups: Iterable[Backup], file_uuid: str) -> list[Path]:
    """Delete those of the backups that hold the book with this mark. Returns them."""
    gone = []
    for backup in backups:
        if holds(backup.path, file_uuid):
            backup.path.unlink()
            backup.path.with_name(f"{backup.path.name}.sha256").unlink(missing_ok=True)
            gone.append(backup.path)
    return gone


def holds(path: Path, file_uuid: str) -> bool:
    """Whether a file is a copy of the book with this mark."""
    try:
        with closing(connect(path, "ro")) as raw:
            return bool(raw.execute("SELECT file_uuid FROM meta").fetchone() == (file_uuid,))
    except sqlite3.Error:
        return False
