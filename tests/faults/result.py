"""What a fault did, and how a fault is described."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """What came of a fault.

    Attributes:
        fault: its number in safety.md section 5.
        runs: how often it was made to happen.
        lost: records that were said to be saved and are not there.
        damaged: files left half-way or unreadable, hostile texts that did something, guards that let through.
        message: the code or the words that a user is shown.
        note: anything else worth knowing, such as the seeds of the runs that failed.
    """

    fault: str
    runs: int
    lost: int = 0
    damaged: int = 0
    message: str = ""
    note: str = ""

    @property
    def is_clean(self) -> bool:
        return self.runs > 0 and not self.lost and not self.damaged


Run = Callable[[int, int, Path], Result]
"""How often, with which seed, in which empty folder."""


@dataclass(frozen=True)
class Fault:
    """A fault that can be made to happen.

    Attributes:
        id, title: as in safety.md section 5.
        run: makes it happen to the book as it is protected.
        control: the same with the protection off; its result must not be clean, or `run` is blind.
        counts: how often in the suite, before a push, at night.
        needs_shim: only where C can be compiled.
        weight: processor seconds before a push, about: the longest begin first.
    """

    id: str
    title: str
    run: Run
    control: Run
    counts: tuple[int, int, int]
    needs_shim: bool = False
    weight: int = 10
