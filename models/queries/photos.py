"""The photographs that a pack may print, ready for paper (R-DATA-3).

Each is read, made small and let go before the next: no two of 12 megapixels are ever in memory together.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import AppError
from models.formats import long_date
from models.queries.attachments import content
from models.queries.book import Book
from models.rules.impact import EvidenceFact
from models.words import EvidenceKind

if TYPE_CHECKING:
    from models.pictures import PrintCopy

_FILE = t.metadata.tables["attachment"]
MOST_COPIES = 200
"""Copies kept for the next pack of the session: some 20 MB."""


class Photo(Struct, frozen=True):
    """A photograph with its permission basis, beside the evidence that it is.

    Attributes:
        copy: the picture; None: it cannot be printed, and `trouble` says why.
        trouble: the end of a sentence about it.
    """

    evidence: EvidenceFact
    copy: PrintCopy | None
    trouble: str = ""

    @property
    def source(self) -> str:
        """`Year 5 teacher, Oakmantle, 14 March 2025`."""
        parts = (self.evidence.by_whom, self.evidence.school, long_date(self.evidence.on))
        return ", ".join(part for part in parts if part.strip())

    @property
    def alt(self) -> str:
        """What a listener is told of it: the facts of its caption."""
        said = " ".join(self.evidence.text.split())
        return f"Photograph: {said or 'without a caption'} ({self.source})"


class _Copies:
    """Small copies by the sum of the file: a pack is laid out again after every change of the book."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, PrintCopy] = OrderedDict()
        self._lock = Lock()

    def get(self, sha256: str) -> PrintCopy | None:
        """The copy, if it was made before."""
        with self._lock:
            if sha256 in self._kept:
                self._kept.move_to_end(sha256)
            return self._kept.get(sha256)

    def keep(self, sha256: str, copy: PrintCopy) -> None:
        """Keep it, in the place of the one that was not asked for longest."""
        with self._lock:
            self._kept[sha256] = copy
            while len(self._kept) > MOST_COPIES:
                self._kept.popitem(last=False)


_COPIES = _Copies()


def photos_of(book: Book, evidence: Iterable[EvidenceFact]) -> tuple[Photo, ...]:
    """The photographs among evidence that may print, in its order; no others are even read (R-DATA-3)."""
    files = {row.id: row.attachment_id for row in book.rows(t.Evidence)}
    wanted = [(one, files[one.id]) for one in evidence if one.kind is EvidenceKind.PHOTO and one.may_print]
    return tuple(_photo(book.session, one, file) for one, file in wanted if file is not None)


def _photo(session: Session, evidence: EvidenceFact, file: int) -> Photo:
    from models.pictures import Unprintable, print_copy  # slow to load, and most packs have no photograph

    sha256 = session.execute(select(_FILE.c.sha256).where(_FILE.c.id == file)).scalar_one_or_none() or ""
    copy = _COPIES.get(sha256)
    if copy is None:
        try:
            copy = print_copy(content(session, file).data)
        except Unprintable as error:
            return Photo(evidence, None, str(error))
        except AppError:
            return Photo(evidence, None, "the file is damaged in the book: choose the photograph again")
        _COPIES.keep(sha256, copy)
    return Photo(evidence, copy)
