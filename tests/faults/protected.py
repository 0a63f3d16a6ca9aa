"""T06: a file, a folder, a stick that may not be written: looked at and printed, never changed."""

# ruff: noqa: ARG001 - runs have one shape

import ctypes
import json
import os
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from unittest import mock

from models.errors import FileTrouble
from models.queries.everything import everything
from models.store import Store, opening
from models.store.header import journal
from reports.workbook import write_export
from tests.faults import shim
from tests.faults.book import child, put_book, save, setup_in
from tests.faults.killing import calls_of_a_save, leave_hot
from tests.faults.result import Fault, Result

NOBODY = 65534
NEW_NAMES, PRIVATE, BIND, READ_ONLY, AGAIN = 0x20000, 1 << 18 | 1 << 14, 1 << 12, 1, 1 << 5


def _file(path: Path) -> None:
    path.chmod(0o444)


def _folder(path: Path) -> None:
    path.parent.chmod(0o555)


def _both(path: Path) -> None:
    _file(path)
    _folder(path)


def _closed(path: Path) -> None:
    path.chmod(0)


def _medium(path: Path) -> None:
    """Mount the folder again, read-only, for this process alone."""
    libc, home = ctypes.CDLL(None, use_errno=True), str(path.parent).encode()
    calls = (
        (b"none", b"/", None, PRIVATE, None),
        (home, home, None, BIND, None),
        (home, home, None, BIND | READ_ONLY | AGAIN, None),
    )
    if libc.unshare(NEW_NAMES) or any(
        libc.mount(source, target, kind, ctypes.c_ulong(flags), data)
        for source, target, kind, flags, data in calls
    ):
        raise PermissionError("nothing can be mounted here")


WAYS: dict[str, tuple[Callable[[Path], None], bool, str]] = {
    "the file": (_file, False, ""),
    "the folder": (_folder, False, ""),
    "both": (_both, False, ""),
    "a file that may not be read": (_closed, False, "E13"),
    "the medium": (_medium, False, ""),
    "the medium, with what a crash left": (_medium, True, ""),
}
"""How it is protected, whether a journal lies there to be rolled back, and the refusal to read it, if any."""


def _reach(folder: Path) -> None:
    """Let another account reach what lies in our own temporary folder."""
    for place in [folder, *folder.parents]:
        if place.stat().st_uid == os.getuid() and not place.stat().st_mode & 0o1:
            place.chmod(0o755)
    for each in [folder, *folder.rglob("*")]:
        each.chmod(0o777 if each.is_dir() else 0o666)


def _look(path: Path, protect: Callable[[Path], None], reads: str, mouth: int) -> None:
    """In a process without an administrator's rights: what opening, looking and writing come to."""
    protect(path)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    os.write(mouth, json.dumps([*_written(path), *_read(path, reads)]).encode())


def _written(path: Path) -> list[str]:
    try:
        store = Store.open(path, setup=setup_in(path.parent.parent))
    except FileTrouble as told:
        return [] if told.code == "E13" else [f"to write: {told.code}"]
    except Exception as escaped:  # noqa: BLE001 - reported
        return [f"to write: {escaped!r}"]
    try:
        store.close()
    except Exception as escaped:  # noqa: BLE001 - reported
        return [f"opened to write, and closed by {escaped!r}"]
    return ["opened to write"]


def _read(path: Path, expected: str) -> list[str]:
    wrong, code = [], ""
    try:
        with closing(Store.open(path, read_only=True, setup=setup_in(path.parent.parent))) as store:
            with store.read() as session:
                found = everything(session)
            write_export(path.parent.parent / "seen.xlsx", found[:2])
            wrong += store.check()
            if not store.read_only:
                wrong.append("it does not know that it may not write")
            try:
                save(
                    store,
                    "x",
                    mock.Mock(randrange=lambda *_: 1, random=lambda: 0, choice=lambda all_: all_[0]),
                )
                wrong.append("something was saved")
            except FileTrouble as told:
                wrong += [] if told.code == "E13" else [f"a save told {told.code}"]
    except FileTrouble as told:
        code = told.code
    except Exception as escaped:  # noqa: BLE001 - reported
        code = repr(escaped)
    return wrong + ([f"to read: {code}"] if code != expected else [])


def _state(path: Path) -> dict[str, bytes]:
    """The book and its journal: what may not change."""
    return {each.name: each.read_bytes() for each in (path, journal(path)) if each.exists()}


def protected(count: int, seed: int, folder: Path) -> Result:
    """T06: each way of protecting a book, as an account that is held by it."""
    wrong, codes, runs = [], Counter(), 0
    for name, (protect, hot, reads) in WAYS.items():
        path = put_book(folder / "protected", "t0")
        if hot and shim.is_loaded():
            leave_hot(path, 8, calls_of_a_save(put_book(folder / "counted")))
        _reach(folder / "protected")
        before, there = _state(path), {each.name for each in path.parent.iterdir()}
        ear, mouth = os.pipe()
        status = child(partial(_look, path, protect, reads, mouth))
        os.close(mouth)
        with os.fdopen(ear) as heard:
            words = heard.read()
        path.parent.chmod(0o755)
        if status and not words and protect is _medium:
            codes["not possible here"] += 1
            continue
        runs += 1
        found = json.loads(words) if words else [f"the process ended with {status}"]
        codes["E13"] += not found
        if _state(path) != before:
            found.append("the file was changed")
        found += [f"{p.name} was left" for p in path.parent.iterdir() if p.name not in there]
        if found:
            wrong.append(f"{name}: {found}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T06", runs, 0, len(wrong), shown, "; ".join(wrong[:4]) or f"nothing drawn, seed {seed}")


def _not_asked(count: int, seed: int, folder: Path) -> Result:
    """The control: without the lock and the trial write, a book is opened to write where nothing can be."""
    lock = mock.Mock(take=lambda *_, **__: mock.Mock())
    with (
        mock.patch.object(opening, "BookLock", lock),
        mock.patch.object(opening, "require_room_to_write", return_value=None),
    ):
        return protected(count, seed, folder)


FAULTS = (
    Fault("T06", "file, folder, medium that may not be written", protected, _not_asked, (1, 1, 1), weight=8),
)
