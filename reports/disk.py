"""A finished file's way to the disk: the whole of it, or nothing."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

LEFT_AFTER = 600  # seconds: nobody is still writing a file of which nothing was written for so long


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that there is the old file or the whole new one, never a part.

    What a writer of the same file left behind when it was killed is cleared away.

    Raises:
        OSError: no such folder, no right to write, no space: as the system says it. Nothing is
            left behind.
    """
    start = f".{path.name[:40]}."
    handle, name = tempfile.mkstemp(prefix=start, suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(OSError):  # a folder that may not be listed may still be written to
                _clear_left(part, start)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _clear_left(part: Path, start: str) -> None:
    """Clear away what killed writers left: files named just as ours, and older by the clock of that disk."""
    ours = re.compile(f"{re.escape(start)}[a-z0-9_]{{8}}\\.part")
    now = part.stat().st_mtime
    with os.scandir(part.parent) as found:
        left = [one for one in found if ours.fullmatch(one.name) and one.is_file(follow_symlinks=False)]
    for one in left:
        if now - one.stat(follow_symlinks=False).st_mtime > LEFT_AFTER:
            with suppress(OSError):
                Path(one.path).unlink()
