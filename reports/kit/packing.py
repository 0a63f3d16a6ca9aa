"""A PDF whose small objects lie together in compressed streams, as the format has it since PDF 1.5.

A tagged paper has thousands of them: its file becomes half as large. They are packed as they are written: to
read the finished file and write it anew, with a library, took a tenth of the time of a paper. The tests let
such a library, qpdf, judge what is written here.
"""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc

from reports.kit.structure import Element

TOGETHER = 200
"""Objects in one stream: a reader unpacks the whole of it to get at one of them."""
LOOSE, PACKED = 1, 2
"""How the table of places calls an object with a place of its own, and one inside a stream."""
WIDTHS = (1, 4, 2)
"""Bytes of a line of that table: kind; place in the file, or number of the stream; place in the stream."""
Place = tuple[int, int, int]


class _File:
    """The bytes so far, and the place of every object."""

    def __init__(self, version: tuple[int, int]) -> None:
        self._chunks: list[bytes] = []
        self.size = 0
        self.places: dict[int, Place] = {}
        self._add(b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % version)  # the bytes say: not a text

    def _add(self, data: bytes) -> None:
        self._chunks.append(data)
        self.size += len(data)

    def loose(self, number: int, body: bytes) -> None:
        """An object that stands for itself."""
        self.places[number] = (LOOSE, self.size, 0)
        self._add(b"%d 0 obj\n%s\nendobj\n" % (number, body.rstrip(b"\n")))

    def stream(self, number: int, entries: bytes, content: bytes) -> None:
        """An object of compressed content."""
        data = zlib.compress(content)
        head = b"<<%s/Filter/FlateDecode/Length %d>>" % (entries, len(data))
        self.loose(number, b"%s\nstream\n%s\nendstream" % (head, data))

    def together(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Objects in a stream of that number."""
        heads, at = [], 0
        for index, (inner, body) in enumerate(objects):
            self.places[inner] = (PACKED, number, index)
            heads.append(b"%d %d" % (inner, at))
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self.stream(number, entries, head + b"\n".join(body for _, body in objects))

    def finished(self, number: int, entries: bytes) -> bytes:
        """The whole file; `number` is that of the table of places, `entries` are what else it says."""
        start = self.size
        self.places[number] = (LOOSE, start, 0)
        lines = [(0, 0, 0xFFFF), *(self.places[inner] for inner in range(1, number + 1))]
        table = b"".join(
            value.to_bytes(width, "big") for line in lines for value, width in zip(line, WIDTHS, strict=True)
        )
        widths = b"%d %d %d" % WIDTHS
        self.stream(number, b"/Type/XRef/Size %d/W[%s]%s" % (number + 1, widths, entries), table)
        self._add(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._chunks)


def packed(document: Any) -> bytes:
    """What ReportLab's document `format()` returns, packed: call it in that one's place."""
    catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.encrypt.prepare(document)
    file = _File(document._pdfVersion)  # noqa: SLF001  (ReportLab's, pinned: see hooks.py)
    waiting: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:  # to write one may add others at the end
        found = document.numberToId[number]
        if isinstance(found, Element):
            waiting.append((number, found.format(document)))
        else:
            body = pdfdoc.format(document.idToObject[found], document, toplevel=1)
            if body.rstrip().endswith(b"endstream"):
                file.loose(number, body)
            else:
                waiting.append((number, body))
        number += 1
    for first in range(0, len(waiting), TOGETHER):
        file.together(number, waiting[first : first + TOGETHER])
        number += 1
    named = (catalog.format(document), info.format(document), document.ID())
    return file.finished(number, b"/Root %s/Info %s/ID %s" % named)
