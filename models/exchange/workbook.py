"""Read a workbook from a file, safely: in a process of its own that can be stopped (safety.md T18)."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import models
from models.errors import Refused
from models.exchange.grid import Cell, Fault, Row
from models.exchange.precheck import too_much

ROOT = Path(models.__file__).resolve().parent.parent
PATIENCE = 120.0  # seconds by the clock, however slow the machine
BEAT = 0.05  # seconds between two looks at whether to stop
WINDOWLESS = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # no console flashes up on Windows


def read_workbook(path: Path, cancelled: Callable[[], bool] | None = None) -> dict[str, list[Row]]:
    """The rows of every sheet of an .xlsx, as `rows.parse` takes them.

    Args:
        path: the file.
        cancelled: asked again and again; True stops the reading.

    Raises:
        Refused: the file is no workbook we may or can read, takes too long, or reading was stopped.
    """
    command = [sys.executable, "-m", "models.exchange.child", str(path.absolute())]
    with subprocess.Popen(  # noqa: S603 - our own module; the path is one argument and meets no shell
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=WINDOWLESS,
    ) as child:
        try:
            said = _wait(child, path, cancelled)
        finally:
            child.kill()
    return _unpacked(said, path)


def _wait(child: subprocess.Popen[bytes], path: Path, cancelled: Callable[[], bool] | None) -> bytes:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return child.communicate(timeout=BEAT)[0]
        except subprocess.TimeoutExpired:
            if cancelled is not None and cancelled():
                raise Refused(f"Reading {path.name} was stopped. Nothing was changed.") from None
            if time.monotonic() > until:
                raise too_much(path) from None


def _unpacked(said: bytes, path: Path) -> dict[str, list[Row]]:
    try:
        answer = json.loads(said)
    except ValueError:  # it died in mid-sentence, or before it said anything
        raise too_much(path) from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    return {
        title: [Row(number, tuple(_cell(cell) for cell in cells)) for number, cells in rows]
        for title, rows in answer["sheets"].items()
    }


def _cell(said: Any) -> Cell:
    if not isinstance(said, list):
        plain: Cell = said
        return plain
    kind, words = said
    if kind == "fault":
        return Fault(words)
    if kind == "time":
        return dt.time.fromisoformat(words)
    return dt.datetime.fromisoformat(words) if kind == "moment" else dt.date.fromisoformat(words)
