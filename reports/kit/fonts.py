"""Lato, static and embedded; ReportLab writes only the characters that are used.

A character Lato lacks is drawn as an open square, but stays itself in the file: search, copying
and screen readers still find it. `missing_from` says which of a text's characters those are.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFTrueTypeFont
from reportlab.pdfbase.ttfonts import TTFont
from typing_extensions import override

from reports.kit.written import numbers

LIGHT, REGULAR, SEMI, BOLD = "Lato-Light", "Lato-Regular", "Lato-SemiBold", "Lato-Bold"
FILES = files("fontpkg_lato") / "files"
FACES = (LIGHT, REGULAR, SEMI, BOLD)
SQUARE = "\u25a1"
MEASURED = 8192
"""Texts whose widths each face remembers."""
_registering = Lock()
_subsetting = Lock()
_known: list[frozenset[int]] = []
ASTRAL = re.compile(r"<([0-9A-F]{5,6})>")


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


class _Widths(dict[str, float]):
    """The widths of a face by character, in thousandths of the type size."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        found: float = self._face.charWidths.get(ord(char), self._face.defaultWidth)
        self[char] = found
        return found


class _Face(TTFont):
    """A face whose words are measured once: the same ones come again and again."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self.forget_widths()

    def forget_widths(self) -> None:
        """A character is drawn in another width from now on."""
        wide = _Widths(self.face).__getitem__
        self._units = lru_cache(MEASURED)(lambda text: sum(map(wide, text)))

    @override
    def stringWidth(self, text: Any, size: Any, encoding: Any = "utf8") -> Any:
        if isinstance(text, bytes):
            return super().stringWidth(text, size, encoding)
        return 0.001 * size * self._units(text)

    @override
    def splitString(self, text: Any, doc: Any, encoding: Any = "utf-8") -> Any:
        state: Any = self.state.get(doc)  # the stubs leave its attributes out
        if state and text.isascii() and text.isprintable():
            return [(0, text.encode())]  # the first subset begins with these, each in its own place
        if state and text:
            with suppress(LookupError, ValueError):  # a new character, or one beyond the first subset
                return [(0, bytes(map(state.assignments.__getitem__, map(ord, text.replace("\xa0", " ")))))]
        return super().splitString(text, doc, encoding)

    # ReportLab writes characters above U+FFFF as five digits; the format asks for UTF-16
    @override
    def addObjects(self, doc: Any) -> None:
        with _subsetting:  # ReportLab reads a face's file by one place for all threads: letters got mixed up
            super().addObjects(doc)
        for name, found in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:") and ASTRAL.search(found.content):
                found.content = ASTRAL.sub(_utf16, found.content)
            elif isinstance(found, PDFTrueTypeFont):
                _write_widths(found)


def _write_widths(font: Any) -> None:
    """The widths of a face's characters as they stand in the file: ReportLab writes each by itself."""
    if isinstance(font.Widths, PDFArray):
        font.Widths = f"[{numbers(*font.Widths.sequence)}]"


def register() -> frozenset[int]:
    """Make the four faces known to ReportLab, once; returns the code points that Lato has."""
    if not _known:
        with _registering:  # papers are built in several threads
            if not _known:
                _known.append(_register())
    return _known[0]


def _register() -> frozenset[int]:
    rl_config.useA85 = 0  # binary streams: a tenth smaller
    rl_config.trustedSchemes = []  # a second bar to fetching; the first is that no text is markup
    for name in FACES:
        pdfmetrics.registerFont(_Face(name, str(FILES / f"{name}.ttf")))
    for name in FACES:
        bold = bold_of(name)
        pdfmetrics.registerFontFamily(name, name, bold, name, bold)
    return frozenset(_face(REGULAR).charToGlyph) - {0xFFFF}


def bold_of(face: str) -> str:
    """The face of bold words among words in `face`."""
    return SEMI if face == REGULAR else face


def _face(name: str) -> Any:
    font: Any = pdfmetrics.getFont(name)
    return font.face


def draw_as_square(code: int) -> None:
    """Let the code point, which Lato lacks, be drawn as an open square from now on."""
    register()
    for name in FACES:
        face = _face(name)
        face.charToGlyph[code] = face.charToGlyph[ord(SQUARE)]
        face.charWidths[code] = face.charWidths[ord(SQUARE)]
        cast("_Face", pdfmetrics.getFont(name)).forget_widths()


def missing_from(text: str) -> set[str]:
    """The characters of `text` that Lato lacks."""
    if text.isascii():
        return set()
    known = register()
    return {char for char in text if ord(char) not in known}


def width(text: str, font: str = REGULAR, size: float = 10) -> float:
    """How wide `text` is set on one line, in points."""
    register()
    found: float = pdfmetrics.stringWidth(text, font, size)
    return found


def elide(text: str, room: float, font: str = REGULAR, size: float = 10) -> str:
    """`text`, cut with an ellipsis if it is wider than `room` points."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "\u2026", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "\u2026"
