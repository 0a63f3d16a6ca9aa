"""One book's backups while it is open: when they are due, where they lie, what went wrong with the last."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from collections.abc import Collection
from pathlib import Path

from models.errors import FileTrouble
from models.store import backup, second, trouble
from models.store.places import backups_folder
from models.store.values import Backup
from models.store.when import Clock

log = logging.getLogger(__name__)

BY_HAND, ON_OPEN, ON_CLOSE = "by-hand", "open", "close"
BEFORE_MIGRATE, BEFORE_RESTORE, BEFORE_CONVERT = "before-migrate", "before-restore", "before-convert"


class Keeper:
    """Makes a book's backups and thins them.

    Attributes:
        trouble: why the last automatic backup could not be made; None if it could.
        second_trouble: why its copy could not be put in the second folder; "" if it could.
    """

    def __init__(self, root: Path | None, stem: str, clock: Clock) -> None:
        """Know where to keep them.

        Args:
            root: the folder of all books' backups, by default the app's own.
            stem: the book's name without its ending.
            clock: tells the time.
        """
        self._chosen = root
        self._stem = stem
        self._clock = clock
        self._made: set[Path] = set()
        self.trouble: FileTrouble | None = None
        self.second_trouble = ""

    @property
    def root(self) -> Path:
        """The folder of all books' backups."""
        return self._chosen or backups_folder()

    def folder(self, raw: sqlite3.Connection) -> Path:
        """The folder of an open book's backups."""
        (file_uuid,) = raw.execute("SELECT file_uuid FROM meta").fetchone()
        return self.folder_of(str(file_uuid))

    def folder_of(self, file_uuid: str) -> Path:
        """The folder of a book's backups."""
        return self.root / file_uuid

    def listed(self, raw: sqlite3.Connection) -> list[Backup]:
        """The book's backups, newest first."""
        return backup.listed(self.folder(raw))

    def make(self, raw: sqlite3.Connection, reason: str) -> Backup:
        """Back the book up now, then thin what is there.

        Raises:
            FileTrouble: it could not be made.
        """
        folder = self.folder(raw)
        made = backup.make(raw, folder, self._stem, reason, self._clock)
        self._made.add(made.path)
        today = self._clock().astimezone(dt.UTC).date()
        backup.prune(folder, folder.name, today, frozenset(self._made))
        self.second_trouble = second.copy_across(self.root, made, today)
        return made

    def everywhere(self, raw: sqlite3.Connection) -> list[list[Backup]]:
        """The book's backups, newest first: those here, then the copies in the second folder."""
        folder = self.folder(raw)
        copies = second.folder_of(self.root, folder.name)
        return [backup.listed(one) for one in (folder, copies) if one is not None]

    def delete(self, raw: sqlite3.Connection, chosen: Collection[Path]) -> list[Path]:
        """Delete chosen backups of the book, never the newest in its folder. Returns those that went.

        Raises:
            FileTrouble: one could not be deleted.
        """
        folder = self.folder(raw)
        older = [one for there in self.everywhere(raw) for one in there[1:] if one.path in chosen]
        try:
            return backup.delete(older, folder.name)
        except OSError as error:
            raise trouble.no_backup(folder) from error

    def make_if_changed(self, raw: sqlite3.Connection, reason: str) -> Backup | None:
        """Back the book up unless a backup holds it just as it is. Never stands in the way of work.

        A book nothing was ever saved in is not backed up. What goes wrong is kept in `trouble`.
        """
        try:
            backup.clear_unfinished(self.folder(raw))
            (saves,) = raw.execute("SELECT seq FROM meta").fetchone()
            if not saves or backup.is_backed_up(raw, self._stem, self.listed(raw)):
                return None
            made = self.make(raw, reason)
        except (FileTrouble, OSError, sqlite3.Error) as error:
            log.warning("No backup: %s", type(error).__name__)
            self.trouble = error if isinstance(error, FileTrouble) else trouble.no_backup(self.root)
            return None
        self.trouble = None
        return made
