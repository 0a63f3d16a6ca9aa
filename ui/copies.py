"""Private copies of kept files, for other programs to open: read only, in a folder of this session's own.

The folder goes when the book is closed or the program ends; what an earlier run left behind goes at the next.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
import time
from pathlib import Path

PREFIX = "clusterbook-"
STALE = 24 * 60 * 60  # seconds; another window may be using a younger one


class PrivateCopies:
    """Writes copies, and clears them away.

    Args:
        place: the folder in which this session's own folder is made when the first copy is wanted.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        self._folder: Path | None = None

    def write(self, name: str, data: bytes) -> Path:
        """A read-only copy under its own name.

        Args:
            name: a safe file name (`models.filegate.safe_name`).
            data: its bytes.

        Raises:
            OSError: it cannot be written.
        """
        folder = Path(tempfile.mkdtemp(dir=self._own_folder()))  # two files may have one name
        path = folder / name
        path.write_bytes(data)
        path.chmod(stat.S_IRUSR)
        return path

    def clear(self) -> None:
        """Take this session's copies away; what another program still holds open stays until the next run."""
        if self._folder is not None:
            _remove(self._folder)
            self._folder = None

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._place.mkdir(parents=True, exist_ok=True)
            for old in self._place.glob(f"{PREFIX}*"):
                with contextlib.suppress(OSError):
                    if time.time() - old.stat().st_mtime > STALE:
                        _remove(old)
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._place))
        return self._folder


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IRWXU)  # Windows keeps what is read only
    shutil.rmtree(folder, ignore_errors=True)
