"""T02: the power goes. The disk has what was synced, and any part of what was not.

A process saves through the store while every write, cut, sync, deletion and saying is logged (shim.c). A
crash image is what a disk could hold at any point of that log: all that was synced, and of the rest each
write kept, dropped or torn at a sector. A new file exists once it or its folder was synced.
"""

# ruff: noqa: S311 - the draws must be repeatable

import os
import random
import shutil
import struct
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest import mock

from models.store import engine
from tests.faults import shim
from tests.faults.book import child, open_book, put_book, save, saved
from tests.faults.result import Fault, Result

SECTOR = 512
SAVES = 25
LEVELS = {"OFF": 0, "EXTRA": 3}
"""What SQLite answers when asked how it syncs."""


@dataclass(frozen=True)
class Op:
    kind: str
    path: str
    offset: int
    data: bytes


def read_log(path: Path) -> list[Op]:
    raw, at, ops = path.read_bytes(), 0, []
    while at < len(raw):
        kind = chr(raw[at])
        length, offset, size = struct.unpack_from("<iqq", raw, at + 1)
        name = raw[at + 21 : at + 21 + length].decode()
        at += 21 + length
        data = b""
        if kind in "WA":
            data = raw[at : at + size]
            at += size
        ops.append(Op(kind, name, offset, data))
    return ops


@dataclass
class Inode:
    """A file's bytes on the disk, and what was written since and not synced."""

    disk: bytearray
    waiting: list[Op] = field(default_factory=list)

    def settle(self, op: Op, data: bytes) -> None:
        if op.kind == "T":
            del self.disk[op.offset :]
        if len(self.disk) < op.offset:
            self.disk.extend(bytes(op.offset - len(self.disk)))
        self.disk[op.offset : op.offset + len(data)] = data

    def sync(self) -> None:
        for op in self.waiting:
            self.settle(op, op.data)
        self.waiting.clear()


class Disk:
    """What a disk holds while a log is played."""

    def __init__(self, folder: str, there: dict[str, bytes]) -> None:
        self.folder = folder
        self.named = {path: Inode(bytearray(data)) for path, data in there.items()}
        self.durable = dict(self.named)
        self.waiting: list[tuple[str, Inode | None]] = []
        self.said: set[str] = set()

    def play(self, op: Op) -> None:
        if op.kind == "A":
            self.said |= set(op.data.decode().split())
        elif op.kind == "C":
            self.named[op.path] = Inode(bytearray())
            self.waiting.append((op.path, self.named[op.path]))
        elif op.kind == "U":
            self.named.pop(op.path, None)
            self.waiting.append((op.path, None))
        elif op.kind == "S" and op.path.rstrip("/") == self.folder:
            self._settle_names(len(self.waiting))
        elif op.path in self.named:
            self._file(op)

    def _file(self, op: Op) -> None:
        inode = self.named[op.path]
        if op.kind != "S":
            inode.waiting.append(op)
            return
        inode.sync()
        if (op.path, inode) in self.waiting:
            self.durable[op.path] = inode
            self.waiting.remove((op.path, inode))

    def _settle_names(self, number: int) -> None:
        for path, inode in self.waiting[:number]:
            if inode is None:
                self.durable.pop(path, None)
            else:
                self.durable[path] = inode
        del self.waiting[:number]

    def crash(self, draw: random.Random, target: Path) -> None:
        """Write what might be left."""
        self._settle_names(draw.randint(0, len(self.waiting)))
        for path, inode in self.durable.items():
            mood = draw.random()
            for op in inode.waiting:
                chance = draw.random()
                if mood < 0.3 or (mood >= 0.5 and chance >= 0.5):
                    continue
                torn = mood >= 0.5 and chance < 0.15 and len(op.data) > SECTOR
                inode.settle(op, op.data[: draw.randrange(0, len(op.data), SECTOR)] if torn else op.data)
            if ".lock" not in path:
                (target / Path(path).name).write_bytes(inode.disk)


def _work(path: Path, log: Path, seed: int, synchronous: str) -> None:
    draw = random.Random(seed)
    softer = tuple(
        (name, synchronous, LEVELS[synchronous]) if name == "synchronous" else (name, asked, expected)
        for name, asked, expected in engine.WRITING_PRAGMAS
    )
    with mock.patch.object(engine, "WRITING_PRAGMAS", softer), shim.watching(path.parent):
        shim.log(log)
        told = os.open(path.parent / "ACK", os.O_WRONLY | os.O_CREAT)
        store = open_book(path)
        for number in range(SAVES):
            save(store, f"p{number}", draw)
            os.write(told, f"p{number}\n".encode())
        store.close()
        shim.log(None)


def power_loss(count: int, seed: int, folder: Path, *, synchronous: str = "EXTRA") -> Result:
    """Save through the store, and look at `count` images of what a power cut could have left."""
    path = put_book(folder / "power")
    before = {str(path): path.read_bytes()}
    log, image = folder / "ops", folder / "image" / "home"
    if child(partial(_work, path, log, seed, synchronous)) != 0:
        raise RuntimeError("the saving process failed")
    ops = read_log(log)
    saids = [number for number, op in enumerate(ops, 1) if op.kind == "A"]
    draw = random.Random(seed)
    lost = damaged = torn_runs = 0
    wrong = []
    for run in range(count):
        disk = Disk(str(path.parent), before)
        for op in ops[: draw.choice(saids) if run % 3 == 0 else draw.randint(1, len(ops))]:
            disk.play(op)
        shutil.rmtree(image.parent, ignore_errors=True)
        image.mkdir(parents=True)
        torn_runs += any(inode.waiting for inode in disk.durable.values())
        disk.crash(draw, image)
        gone, broken = _look(image / path.name, disk.said, deep=run % 20 == 0)
        lost += gone
        damaged += broken
        if gone or broken:
            wrong.append(run)
    log.unlink()
    note = f"{len(ops)} calls of {SAVES} saves logged; {torn_runs} images with unsynced writes"
    return Result(
        "T02", count, lost, damaged, "recovered", note + (f"; wrong images {wrong[:5]}" if wrong else "")
    )


def _look(path: Path, said: set[str], *, deep: bool) -> tuple[int, int]:
    try:
        if deep:  # through the app too: what it says of the file, and its history and money chain
            store = open_book(path)
            faults = store.check()
            store.close()
            if faults:
                return 0, 1
        return len(said - saved(path)), 0
    except Exception:  # noqa: BLE001 - whatever it is, the book did not come back
        return 0, 1


def _unsynced(count: int, seed: int, folder: Path) -> Result:
    return power_loss(min(count, 60), seed, folder, synchronous="OFF")


FAULTS = (
    Fault(
        "T02", "power loss while saving", power_loss, _unsynced, (60, 600, 10_000), needs_shim=True, weight=50
    ),
)
