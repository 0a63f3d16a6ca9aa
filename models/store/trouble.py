"""What can be wrong with the file, in plain words, and SQLite's errors turned into them.

Each sentence says what happened, whether the data is safe and what to do (safety 3.8).
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from traceback import extract_tb

from models.errors import AppError, FileTrouble, Refused
from models.formats import listed

APP = "Clusterbook"


def missing(path: Path) -> FileTrouble:
    """E01: there is no such file."""
    return FileTrouble(
        "E01",
        f"The file {path} is not there. Nothing was changed. If it is on a stick or a network drive, "
        "connect it and try again.",
    )


def no_folder(path: Path) -> FileTrouble:
    """E01 for the folder of a new file."""
    return FileTrouble("E01", f"The folder {path} is not there: choose another place.")


def empty(path: Path) -> FileTrouble:
    """E02: nothing in it."""
    return FileTrouble(
        "E02",
        f"The file {path.name} is empty (0 bytes). This happens when OneDrive has not finished downloading "
        "or a copy failed. We have not touched it: wait for the download, or restore a backup.",
    )


def not_a_book(path: Path) -> FileTrouble:
    """E03: some other kind of file, or a folder."""
    return FileTrouble(
        "E03", f"{path.name} is not a {APP} file. It was not changed: choose a file ending in .clusterbook."
    )


def foreign(path: Path) -> FileTrouble:
    """E04: a database of another program, or ours with parts we never made."""
    return FileTrouble(
        "E04",
        f"{path.name} was made by another program or has parts {APP} does not know. For safety it stays "
        "closed, and it was not changed: restore a backup, or ask whoever changed it.",
    )


def newer(path: Path, found: int, known: int) -> FileTrouble:
    """E05: saved by a later version of the app."""
    return FileTrouble(
        "E05",
        f"{path.name} was last saved by a newer {APP} (schema {found}; this one knows {known}). "
        f"Please update {APP}. The file was not changed.",
    )


def damaged(path: Path, how: str) -> FileTrouble:
    """E06: a check failed. `how` is a clause: “it ends too early”."""
    return FileTrouble(
        "E06",
        f"The file {path.name} is damaged ({how}). It was not changed. Restore a backup: the damaged file is "
        f"kept beside it, as “{path.stem}.damaged-” and the day.",
    )


def busy(path: Path) -> FileTrouble:
    """E07: someone else holds the file's lock."""
    return FileTrouble(
        "E07",
        f"Another program (often OneDrive or antivirus) is using {path.name}. Your entry is not saved yet: "
        "try again in a moment.",
    )


def while_opening(path: Path, told: AppError | None) -> AppError | None:
    """A trouble that was met while a file is being opened: then there is no entry yet that was not saved."""
    words = {
        "E07": f"Another program (often OneDrive or antivirus) is using {path.name}, so it cannot be opened "
        "just now. Nothing was changed: try again in a moment.",
        "E09": f"{path.name} cannot be opened to write: its disk is full, or it does not answer. Nothing was "
        "changed: make room or connect it, and try again.",
    }
    if isinstance(told, FileTrouble) and told.code in words:
        return FileTrouble(told.code, words[told.code])
    return told


def changed_outside(path: Path) -> FileTrouble:
    """E08: the file on disk is no longer what we opened."""
    return FileTrouble(
        "E08",
        f"The file {path.name} on disk was replaced or changed by another program (for example OneDrive). To "
        "avoid mixing two versions we stopped saving here: save a copy of yours, or open the file again.",
    )


def full(path: Path) -> FileTrouble:
    """E09: no space."""
    return FileTrouble(
        "E09",
        f"The disk that holds {path.name} is full. The last change was not saved; everything before it is "
        "safe. Make room and try again.",
    )


def no_room(folder: Path) -> FileTrouble:
    """E09 before a backup or an upgrade begins."""
    return FileTrouble(
        "E09", f"There is not enough room in {folder} for a backup. Nothing was changed: make room first."
    )


def no_backup(folder: Path) -> FileTrouble:
    """E13 for the backups' folder."""
    return FileTrouble(
        "E13", f"A backup could not be written in {folder}: choose another folder for backups."
    )


def unwritable(path: Path) -> FileTrouble:
    """E09: reading or writing failed, as when a stick is pulled out."""
    return FileTrouble(
        "E09",
        f"Writing to {path.name} failed: the disk, stick or network drive did not answer. The last change "
        "was not saved; everything before it is safe. Connect it and open the file again.",
    )


def not_written_back(path: Path) -> FileTrouble:
    """E07 for a working copy: its original cannot be written just now."""
    return FileTrouble(
        "E07",
        f"{path.name} could not be written back: another program (often OneDrive or antivirus) is using it, "
        "or its drive did not answer. What you did is safe on this computer and will be written back later.",
    )


def upgrade_failed(path: Path, backup: Path | None) -> FileTrouble:
    """E11: a migration was rolled back."""
    kept = f" A backup is at {backup}." if backup else ""
    return FileTrouble(
        "E11",
        f"The upgrade of {path.name} did not work and was undone. Your file is as before.{kept} "
        "Keep using the earlier version and report this.",
    )


def in_use(path: Path, holder: str) -> FileTrouble:
    """E12: another window or computer has it open. `holder` begins the sentence."""
    return FileTrouble(
        "E12", f"{holder} Close {path.name} there and try again, or open it here to read only."
    )


def open_here(path: Path) -> FileTrouble:
    """E12 for this very window."""
    return FileTrouble("E12", f"{path.name} is already open in this window.")


def write_protected(path: Path) -> FileTrouble:
    """E13: the file or its folder may not be written."""
    return FileTrouble(
        "E13",
        f"The file {path.name} or its folder is write-protected. You can look and print, not change. "
        "Nothing is lost: save a copy elsewhere, or ask whoever keeps it to allow changes.",
    )


def unreadable(path: Path) -> FileTrouble:
    """E13 for a file that may not even be read."""
    return FileTrouble(
        "E13", f"The file {path.name} may not be read from this account: ask whoever keeps it."
    )


def thing(table_name: str) -> str:
    """A table's name as a word: `cover_claim` is a cover claim."""
    return table_name.replace("_", " ")


def field(column_name: str) -> str:
    """A column's name as a word: `school_id` is the school, `cost_p` the cost."""
    return thing(column_name.removesuffix("_id").removesuffix("_p"))


def translate(error: sqlite3.Error, path: Path, statement: str = "") -> AppError | None:
    """An SQLite error as a sentence for the user; None if it is a mistake of ours.

    Args:
        error: what sqlite3 raised.
        path: the file.
        statement: the SQL that failed, if known: it names the table where SQLite does not.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return changed_outside(path)
    makers = {
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_FULL: full,
        sqlite3.SQLITE_IOERR: unwritable,
        sqlite3.SQLITE_READONLY: write_protected,
    }
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return Refused(constraint(str(error), statement))
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(path, "a part of it cannot be read")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return write_protected(path) if path.exists() else missing(path)
    return makers[primary](path) if primary in makers else None


COLUMN_FAULTS: tuple[tuple[str, str], ...] = (
    (r"UNIQUE constraint failed: (\w+)\.(\w+)", "There is already a {thing} with this {field}."),
    (r"NOT NULL constraint failed: (\w+)\.(\w+)", "A {thing} needs its {field}: fill it in."),
    (
        r"cannot store \w+ value in \w+ column (\w+)\.(\w+)",
        "The {field} of this {thing} is not of the right kind.",
    ),
)
"""SQLite's words for a fault in one column, and ours."""


def constraint(message: str, statement: str) -> str:
    """What the file refused: the table, the column, and what to do.

    Args:
        message: SQLite's words.
        statement: the SQL that failed: it names the table where SQLite does not.
    """
    for pattern, sentence in COLUMN_FAULTS:
        if found := re.match(pattern, message):
            columns = [found[2], *re.findall(r", \w+\.(\w+)", message)]
            return sentence.format(thing=thing(found[1]), field=listed([field(column) for column in columns]))
    verb, target = statement_target(statement)
    table = thing(target) or "record"
    if found := re.match(rf"CHECK constraint failed: (?:ck_{target}_)?(\w+?)(?:_words|_bounds)?$", message):
        return f"The file does not allow this {field(found[1])} of a {table}: check what was entered."
    if "FOREIGN KEY" not in message:
        return f"The file does not allow this change to a {table}."
    if verb == "DELETE":
        return f"This {table} is still used by other records: remove or change those first."
    return f"This {table} refers to something that is not in the book (any more)."


def statement_target(statement: str) -> tuple[str, str]:
    """The verb of an SQL statement and the table it writes."""
    found = re.match(
        r"\s*(INSERT|UPDATE|DELETE)\s+(?:OR\s+\w+\s+)?(?:INTO\s+|FROM\s+)?(?:main\.)?\"?(\w+)",
        statement,
        re.IGNORECASE,
    )
    return (found[1].upper(), found[2]) if found else ("", "")


def where(error: Exception) -> str:
    """What kind of error, and where: never its own words, which may hold names and amounts."""
    frames = (
        f"{one.name} ({Path(one.filename).name}:{one.lineno})" for one in extract_tb(error.__traceback__)
    )
    return f"{type(error).__name__} in {', '.join(frames)}"
