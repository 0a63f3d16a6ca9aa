"""A paper that is wanted: asked of the book in its own thread, then built in the pool. Knows no Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from models.values import replace

if TYPE_CHECKING:
    from sqlmodel import Session

NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Wanted:
    """A paper and everything chosen for it.

    Attributes:
        key: the paper.
        about: what its query takes between session and clock.
        asks: further arguments of its query.
        builds: options of its builder.
        words: what it is of, for the name of its file: "8 July 2025 Microscopes"; "" for nothing particular.
    """

    key: str
    about: tuple[object, ...] = ()
    asks: Mapping[str, object] = field(default_factory=lambda: NONE)
    builds: Mapping[str, object] = field(default_factory=lambda: NONE)
    words: str = ""

    def asking(self, **more: object) -> Wanted:
        """The same with further arguments of the query."""
        return replace(self, asks={**self.asks, **more})

    def building(self, **more: object) -> Wanted:
        """The same with further options of the builder."""
        return replace(self, builds={**self.builds, **more})

    def name(self) -> str:
        """What its file and the printer's job are called, without a suffix."""
        from reports.papers import PAPERS
        from ui.dialogs.files import safe_name

        return safe_name(f"{PAPERS[self.key].title} {self.words}")


def asked(session: Session, wanted: Wanted, clock: Callable[[], dt.date]) -> Any:
    """The data of a paper.

    Raises:
        AppError: there is no such paper of that, and what to choose instead.
    """
    from reports.papers import PAPERS

    return PAPERS[wanted.key].query()(session, *wanted.about, clock=clock, **wanted.asks)


def built(wanted: Wanted, data: Any) -> bytes:
    """The PDF of a paper.

    Raises:
        AppError: an option does not fit.
    """
    from reports.papers import PAPERS

    stamp = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return PAPERS[wanted.key].builder()(data, stamp=stamp, **wanted.builds)
