"""A second folder for backups, on another drive, and the monthly look into the newest backup (safety 3.4)."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from pathlib import Path

from msgspec import Struct

from models.errors import BadInput, FileTrouble
from models.store import backup, restore
from models.store.schema import Schema
from models.store.values import Backup
from models.store.when import Clock, read_moment, write_moment

log = logging.getLogger(__name__)

CHOICE, NOTE = "second-folder.txt", "verified.json"
EVERY_DAYS = 30


class Verified(Struct, frozen=True):
    """The last look into a backup.

    Attributes:
        at: when.
        trouble: what was wrong with it; "" if it was whole.
    """

    at: dt.datetime
    trouble: str = ""


def chosen(root: Path) -> Path | None:
    """The second folder, if one was chosen.

    Args:
        root: the folder of all books' backups.
    """
    try:
        words = (root / CHOICE).read_text("utf-8").strip()
    except OSError:
        return None
    return Path(words) if words else None


def choose(root: Path, folder: Path | None) -> None:
    """Keep a copy of every backup in another folder from now on; None: no longer.

    Raises:
        BadInput: it is not there, may not be written, or lies in the first.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder is None:
        (root / CHOICE).unlink(missing_ok=True)
        return
    if folder.resolve().is_relative_to(root.resolve()):
        raise BadInput("The backups lie there already: choose a folder on another drive.", "folder")
    probe = folder / ".clusterbook-probe"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise BadInput(f"Nothing can be written in {folder}: choose another folder.", "folder") from error
    (root / CHOICE).write_text(str(folder), "utf-8")


def folder_of(root: Path, file_uuid: str) -> Path | None:
    """Where the copies of one book's backups lie in the second folder, if one was chosen."""
    folder = chosen(root)
    return folder / "Clusterbook backups" / file_uuid if folder is not None else None


def copy_across(root: Path, made: Backup, today: dt.date) -> str:
    """Copy a backup and its digest into the second folder, and thin what is there. Never raises.

    Returns:
        Why it could not be done; "" if it could, or if there is no second folder.
    """
    folder = chosen(root)
    file_uuid = made.path.parent.name
    there = folder_of(root, file_uuid)
    if folder is None or there is None:
        return ""
    copied = there / made.path.name
    try:
        there.mkdir(parents=True, exist_ok=True)
        backup.clear_unfinished(there)
        with backup.being_made(backup.unfinished(copied)) as part:
            shutil.copyfile(made.path, part)
            backup.sync(part)
            if backup.digest(part) != backup.digest(made.path):
                return f"The copy in {folder} is not the same as the backup: choose another folder."
            digest = made.path.with_name(f"{made.path.name}.sha256")
            shutil.copyfile(digest, copied.with_name(digest.name))
            part.replace(copied)
        backup.prune(there, file_uuid, today, frozenset({copied}))
    except OSError:
        log.warning("No second backup")
        return f"The second folder for backups, {folder}, could not be reached. The backups here are whole."
    return ""


def verified(folder: Path) -> Verified | None:
    """When a backup of this book was last looked into."""
    try:
        noted = json.loads((folder / NOTE).read_text("utf-8"))
        return Verified(read_moment(str(noted["at"])), str(noted["trouble"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def verify_if_due(folder: Path, schema: Schema, clock: Clock) -> Verified | None:
    """Look into the newest backup throughout, if none was looked into for a month. What was found, if it was.

    Args:
        folder: of one book's backups.
        schema: knows the layouts.
        clock: tells the time.
    """
    newest = next(iter(backup.listed(folder)), None)
    last = verified(folder)
    if newest is None or (last is not None and abs((clock() - last.at).days) < EVERY_DAYS):
        return None
    try:
        restore.inspect(newest.path, schema)
        found = Verified(clock())
    except FileTrouble as trouble:
        found = Verified(clock(), str(trouble))
    (folder / NOTE).write_text(json.dumps({"at": write_moment(found.at), "trouble": found.trouble}), "utf-8")
    return found
