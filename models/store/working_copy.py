"""Work on a copy on this computer, and write it back: for folders that others touch too (safety 3.7).

The original is never opened by SQLite here, so a sync program that swaps it, or a drive that goes away, can
spoil nothing. Before each writing back the original must still be what was taken; if it is not, both
versions are kept and the user is told. What a crash left unwritten is found at the next opening.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from contextlib import closing, suppress
from glob import escape
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from models.errors import FileTrouble
from models.formats import long_date
from models.places import data_folder
from models.store import backup, soundness, trouble
from models.store.engine import connect
from models.store.header import journal
from models.store.lock import host_name
from models.store.values import Notice
from models.store.when import Clock
from models.values import replace

log = logging.getLogger(__name__)

RECOVERED_WORK, TWO_VERSIONS = "recovered work", "E10"
TRIES, PAUSE_SECONDS = 5, 0.2


class State(Struct, frozen=True):
    """What is known of the original.

    Attributes:
        original: its path.
        taken: its sha256 when it was last read or written from here.
        seq: the number of saves in the copy that the original has.
        coming, coming_seq, coming_at: the sha256, saves and path of what is just taking its name.
    """

    original: str
    taken: str
    seq: int
    coming: str = ""
    coming_seq: int = -1
    coming_at: str = ""


def work_folder(original: Path, root: Path | None = None) -> Path:
    """Where the working copy of a file lies: one folder for each path."""
    key = hashlib.sha256(str(original).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return (root or data_folder() / "work") / key


class WorkingCopy:
    """One book worked on beside its place.

    Attributes:
        original: where it is written back to; another name after a conflict.
        path: the copy.
    """

    def __init__(self, original: Path, folder: Path, clock: Clock) -> None:
        """Know where things lie; nothing is touched yet."""
        self.original = original
        self.path = folder / original.name
        self._folder, self._clock = folder, clock
        self._state: State | None = self._read_state()

    # -- taking

    def take(self) -> tuple[Notice, ...]:
        """Have a copy to work on: the one that is left from last time if it holds more, or a new one.

        The caller holds the original's lock.

        Raises:
            FileTrouble: the original is missing (E01), or somebody is just writing it (E07).
        """
        if not self.original.exists():
            raise trouble.missing(self.original)
        self._clear_unfinished()
        done = self._note_what_came()
        now = digest(self.original)
        if self.holds_more():
            if self._state is not None and self._state.taken == now:
                words = f"{self.original.name} was not written back last time: what you did is here."
                return (Notice(RECOVERED_WORK, words),)
            return (self._keep_both(), *self._take_anew(now))
        return (*done, *self._take_anew(now))

    def _note_what_came(self) -> tuple[Notice, ...]:
        """A writing back was killed when the new file had its name already: it is done, no conflict."""
        if self._state is None or not self._state.coming:
            return ()
        came = Path(self._state.coming_at)
        if not came.exists() or digest(came) != self._state.coming:
            return ()
        self._write_state(State(str(came), self._state.coming, self._state.coming_seq))
        return () if came == self.original else (two_versions(self.original, came),)

    def holds_more(self) -> bool:
        """Whether a copy is left that holds something its original does not."""
        if self._state is None or not self.path.exists():
            return False
        try:
            return backup.facts_of(self.path).seq != self._state.seq
        except FileTrouble:
            return False  # nothing that could be read: the original is the better one

    def _take_anew(self, now: str) -> tuple[Notice, ...]:
        self._clear()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copied = soundness.whole_copy(self.original, self._folder)
        copied.chmod(0o600)
        if digest(self.original) != now:
            raise trouble.busy(self.original)
        self._write_state(State(str(self.original), now, -1))
        return ()

    def _keep_both(self) -> Notice:
        """Give what is left from last time a name of its own, beside the original."""
        mine = free_name(self.original, self._clock)
        part = unfinished(mine)
        with closing(connect(self.path, "ro")) as raw:
            backup.copy(raw, part)
        part.rename(mine)
        backup.sync_folder(mine.parent)
        return two_versions(self.original, mine)

    def _clear_unfinished(self) -> None:
        """Clear away what a writing back that was killed left: nobody else writes under these names here."""
        ours = escape(conflict_stem(self.original))
        named = self.original.parent.glob(f"{ours}*{escape(self.original.suffix)}.part")
        for part in (unfinished(self.original), *named):
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _clear(self) -> None:
        for suffix in soundness.SUFFIXES:
            journal(self.path, suffix).unlink(missing_ok=True)

    # -- writing back

    def begin(self, raw: sqlite3.Connection) -> None:
        """Note what the original has, once the copy is open. An upgrade alone is not written back."""
        if self._state is not None and self._state.seq == -1:
            (seq,) = raw.execute("SELECT seq FROM meta").fetchone()
            self._write_state(State(self._state.original, self._state.taken, int(seq)))

    def write_back(self, raw: sqlite3.Connection) -> Notice | None:
        """Give the original what the copy has. What is to be said: that there are two versions now.

        Args:
            raw: a connection to the copy, in no transaction.

        Raises:
            FileTrouble: it cannot be written now; the copy keeps everything, and it can be tried again.
        """
        if self._state is None:
            raise RuntimeError("nothing was taken")
        now = backup.facts(raw)
        if now.seq == self._state.seq:
            return None
        told = None
        if not self.original.parent.is_dir():
            raise trouble.missing(self.original)
        if self.original.exists() and digest(self.original) != self._state.taken:
            theirs, self.original = self.original, free_name(self.original, self._clock)
            told = two_versions(theirs, self.original)
        self._replace_by(raw, now)
        return told

    def _replace_by(self, raw: sqlite3.Connection, now: backup.Facts) -> None:
        part = unfinished(self.original)
        try:
            backup.copy(raw, part)
            backup.require_equal(part, now)
            taken = digest(part)
            if self._state is not None:
                at = str(self.original)
                self._write_state(replace(self._state, coming=taken, coming_seq=now.seq, coming_at=at))
            self._rename(part)
            backup.sync_folder(self.original.parent)
        except sqlite3.Error as error:
            raise (trouble.translate(error, self.original) or trouble.unwritable(self.original)) from error
        except OSError as error:
            raise trouble.not_written_back(self.original) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._write_state(State(str(self.original), taken, now.seq))

    def _rename(self, part: Path) -> None:
        """Let the copy take the original's name; a scanner or a sync program may hold it for a moment."""
        for attempt in range(TRIES):
            try:
                part.replace(self.original)
            except PermissionError:
                if attempt == TRIES - 1:
                    raise
                threading.Event().wait(PAUSE_SECONDS)  # nothing says when it is let go
            else:
                return

    def leave(self) -> None:
        """The copy is closed: nothing of it stays, unless it holds more than its original."""
        if not self.holds_more():
            self._clear()
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
                self._folder.rmdir()

    # -- what is known

    @property
    def _note(self) -> Path:
        return self._folder / "state.json"

    def _read_state(self) -> State | None:
        try:
            noted = json.loads(self._note.read_text("utf-8"))
            coming = str(noted.get("coming", "")), int(noted.get("coming_seq", -1))
            known = str(noted["original"]), str(noted["taken"]), int(noted["seq"])
            return State(*known, *coming, str(noted.get("coming_at", "")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _write_state(self, state: State) -> None:
        part = self._note.with_suffix(".part")
        part.write_text(json.dumps(asdict(state)), "utf-8")
        backup.sync(part)
        part.replace(self._note)
        self._state = state


def digest(path: Path) -> str:
    """The sha256 of an original.

    Raises:
        FileTrouble: it cannot be read just now (E07).
    """
    try:
        return backup.digest(path)
    except OSError as error:
        raise trouble.busy(path) from error


def unfinished(path: Path) -> Path:
    """The name of a file while it is being written back."""
    return path.with_name(f"{path.name}.part")


def conflict_stem(original: Path) -> str:
    """How the names begin that this computer gives to its versions of a file."""
    return f"{original.stem} (from {host_name()}, "


def free_name(original: Path, clock: Clock) -> Path:
    """A name beside the original that says whose version it is."""
    day = long_date(clock().astimezone().date())
    stem = f"{conflict_stem(original)}{day}"
    more = ("", *(f", {n}" for n in range(2, 100)))
    names = (original.with_name(f"{stem}{one}){original.suffix}") for one in more)
    return next(name for name in names if not name.exists())


def two_versions(theirs: Path, mine: Path) -> Notice:
    """E10: another program changed the original while it was worked on."""
    return Notice(
        TWO_VERSIONS,
        f"{theirs.name} was changed by another computer or program while you worked on it. Both are kept: "
        f"yours is {mine.name}. Compare them before you go on.",
    )
