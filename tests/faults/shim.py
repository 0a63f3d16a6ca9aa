"""The C library's writing calls, counted, logged, failed or made deadly: see shim.c.

The library is compiled at the first use and loaded by starting this program again with LD_PRELOAD.
"""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
LOADED = "CLUSTERBOOK_SHIM"
KILL = -1
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}


def start_again_with_it(folder: Path) -> None:
    """Replace this process by one with the library loaded; nothing where there is no C compiler."""
    compiler = shutil.which("cc")
    if LOADED in os.environ or compiler is None or sys.platform != "linux":
        return
    library = folder / "shim.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    os.environ |= {LOADED: str(folder), "LD_PRELOAD": str(library)}
    os.execv(sys.executable, [sys.executable, "-m", "tests.faults", *sys.argv[1:]])  # noqa: S606 - ourselves


def tidy() -> None:
    """Take away what was compiled."""
    if is_loaded():
        shutil.rmtree(os.environ[LOADED], ignore_errors=True)


def is_loaded() -> bool:
    return LOADED in os.environ


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.fi_watch.argtypes = library.fi_log.argtypes = [ctypes.c_char_p]
    library.fi_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int]
    library.fi_count.restype = ctypes.c_long
    return library


@contextmanager
def watching(folder: Path) -> Iterator[None]:
    """Look at the files of a folder meanwhile; nothing is done where the library is not loaded."""
    if not is_loaded():
        yield
        return
    _library().fi_watch(os.fsencode(folder))
    try:
        yield
    finally:
        _library().fi_arm(0, 0, 0)
        _library().fi_watch(None)


def arm(call: int, error: int, *, sticky: bool = False) -> None:
    """Let the n-th call from now fail, or die; 0: none."""
    _library().fi_arm(call, error, sticky)


def count() -> int:
    """Calls since `arm`."""
    return int(_library().fi_count())


def log(path: Path | None) -> None:
    """Write every call down, until told to stop."""
    _library().fi_log(os.fsencode(path) if path else None)
