"""Papers are made in one go: what Python would look for meanwhile is hardly there."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (100_000, 50, 1_000)
"""New objects before a search, and searches before one that goes deeper.

Not “never”: the first search afterwards would look through all that a large paper made, and whoever works in
the window would wait for it a second and more.
"""
_lock = threading.Lock()
_under_way = 0
_usual = gc.get_threshold()


def collect_usually_after(*thresholds: int) -> None:
    """Python's thresholds from now on, or from the end of the papers that are being made."""
    global _usual  # noqa: PLW0603 - a setting of the whole process
    with _lock:
        _usual = (thresholds[0], thresholds[1], thresholds[2])
        if not _under_way:
            gc.set_threshold(*_usual)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Few searches for unused objects until the end: a paper keeps all it makes, so few would be found.

    A search looks through every object that is new, and now and then through all of them: a tenth of a
    paper’s time. Papers may be made in several threads at once; the last one puts back what was usual.
    """
    global _under_way, _usual  # noqa: PLW0603 - a setting of the whole process
    with _lock:
        if not _under_way:
            _usual = gc.get_threshold()
            gc.set_threshold(*SELDOM)
        _under_way += 1
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if not _under_way:
                gc.set_threshold(*_usual)
