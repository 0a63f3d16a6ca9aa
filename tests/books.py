"""Books that many tests begin with: made once a run, by the process that needs one first, then copied.

A copy has the mark of the book that it was copied from, as copies have, so they share a folder of backups.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

from models.services.sample import load_sample
from models.store import Setup, Store

FOLDER = "CLUSTERBOOK_TEST_BOOKS"
"""The variable that says where the run keeps them; every process of the run is told (tests/conftest.py)."""
BOOK = "Brindlemere.clusterbook"


def _folder() -> Path:
    return Path(os.environ.get(FOLDER) or os.environ.setdefault(FOLDER, mkdtemp()))


@cache
def ready(name: str, make: Callable[[Path], object]) -> Path:
    """What the run keeps by that name, made by `make(path)` the first time. Nobody may write to it."""
    path = _folder() / name
    with FileLock(path.with_name(f"{name}.lock")):
        if not path.exists():
            part = path.with_name(f"new {name}")
            make(part)
            part.rename(path)
    return path


def _fill(path: Path) -> None:
    store = Store.create(path, setup=Setup(backups=_folder() / "unused"))
    with store.transaction("Fill in the sample cluster") as (session, _):
        load_sample(session)
    store.close()


def _settle(folder: Path) -> None:
    folder.mkdir()
    path = Path(shutil.copyfile(sample_file(), folder / BOOK))
    store = Store.open(path, setup=Setup(backups=_folder() / "unused"))
    store.settle()
    store.close()
    Store.open(path, setup=Setup(backups=folder / "backups")).close()


def sample_file() -> Path:
    """The sample cluster, whose filling can still be undone."""
    return ready("sample.clusterbook", _fill)


def empty_copy(path: Path) -> Path:
    """A new book without a cluster."""
    return Path(shutil.copyfile(ready("empty.clusterbook", lambda new: Store.create(new).close()), path))


def settled_copy(folder: Path, backups: Path | None = None) -> Path:
    """A copy of the sample cluster as the window makes it: that it was filled cannot be undone.

    Args:
        folder: where to.
        backups: where the tests' backups lie, if it is to be backed up already.
    """
    made = ready("settled", _settle)
    if backups is not None:
        shutil.copytree(made / "backups", backups, dirs_exist_ok=True)
    return Path(shutil.copy(made / BOOK, folder / BOOK))


def sample_in(folder: Path, name: str = "sample.clusterbook") -> Store:
    """A copy of the sample cluster in a folder, opened."""
    return Store.open(Path(shutil.copyfile(sample_file(), folder / name)))


def empty_in(folder: Path) -> Store:
    """A new book without a cluster, opened."""
    return Store.open(empty_copy(folder / "empty.clusterbook"))


def let_go(store: Store) -> None:
    """Close a book that nobody needs any more, without the backup that closing makes of what changed."""
    store._closed = True
    store._closing.close()
