"""The doors to a file that does not simply open, as `ui.doors.Care` asks for them. In the file's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models.store.backup import Facts
    from models.store.values import Backup
    from ui.doors import OpenStore
    from ui.tasks import Progress


def in_place(path: Path, progress: Progress) -> OpenStore:
    """Open a file itself, wherever it lies.

    Raises:
        FileTrouble: it cannot be opened, and why.
    """
    from models.store import Store

    progress.report(f"Opening {path.name}")
    return cast("OpenStore", Store.open(path))


def take_over(path: Path, progress: Progress) -> OpenStore:
    """Open a file although another computer says that it has it open.

    Raises:
        FileTrouble: it cannot be opened, and why.
    """
    from models.store import Store
    from models.store.where import Place, place_of

    progress.report(f"Opening {path.name}")
    apart = place_of(path.resolve()) is not Place.HERE
    return cast("OpenStore", Store.open(path, apart=apart, take_over=True))


def damaged(path: Path, progress: Progress) -> OpenStore:
    """Look at what is left of a damaged file.

    Raises:
        FileTrouble: too little is left.
    """
    from models.store import Store

    progress.report(f"Reading what is left of {path.name}")
    return cast("OpenStore", Store.open_damaged(path))


def backups(path: Path) -> Sequence[Backup]:
    """The backups of a file that is not open, newest first."""
    from models.store import Store

    return Store.backups_of(path)


def inspect(backup: Path) -> Facts:
    """What is in a backup, after a check throughout.

    Raises:
        FileTrouble: it is not whole, not ours, or of a newer Clusterbook.
    """
    from models.store import Store

    return Store.inspect(backup)


def salvage(path: Path, target: Path, progress: Progress) -> tuple[int, int]:
    """Write what can be read of a damaged file; rows written, rows that could not be read.

    Raises:
        FileTrouble: nothing can be read, or the file cannot be written.
    """
    from models.store.salvage import salvage as take_out

    progress.report(f"Reading what is left of {path.name}")
    found = take_out(path, target)
    return found.rows, found.lost
