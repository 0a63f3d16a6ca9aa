"""The one gate for words on paper: nothing that a user typed is ever read as markup.

`clean` takes out what a page cannot show, `markup` escapes. The pieces (`Bold`, `Muted`, `Link`,
`BREAK`) are the only way to say how words look; they are values of the kit, never text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from reports.kit import fonts
from reports.kit.words import tidy

LONGEST_WORD, PIECE = 80, 40
"""Characters of the longest word left whole, and of the pieces that longer ones are broken into.

ReportLab needs time that grows with the square of a word's length.
"""


@dataclass(frozen=True)
class Bold:
    """Words in semibold."""

    words: str


@dataclass(frozen=True)
class Muted:
    """Words in the muted colour: a second line, a time, a provider."""

    words: str


@dataclass(frozen=True)
class Link:
    """Words that lead to a bookmark of the same document (`Kit.head(bookmark=…)`).

    A story has to have that bookmark: a link to a section left out stops the build.
    """

    words: str
    bookmark: str


@dataclass(frozen=True)
class Break:
    """The next words start a new line."""


BREAK = Break()
Piece = str | Bold | Muted | Link | Break
Text = Piece | Sequence[Piece]


class _Characters(dict[int, "str | int | None"]):
    """What `str.translate` puts for a code point; worked out once for each."""

    def __missing__(self, code: int) -> str | int | None:
        known = fonts.register()
        found = self[code] = self._of(code, known)
        return found

    @staticmethod
    def _of(code: int, known: frozenset[int]) -> str | int | None:
        char = chr(code)
        for found, meant in _SPACES.items():
            if char in found:
                return meant
        if char.isspace():
            return " "
        if _is_unprintable(code):
            return None
        if code not in known:
            fonts.draw_as_square(code)
        return code


# Lato has no hyphen that holds a word together; ReportLab breaks at spaces only
_SPACES = {"\r\n\u2028\u2029\u0085\x0b\x0c": "\n", "\u00a0\u202f\u2007": "\u00a0", "\u2011": "-"}


def _is_unprintable(code: int) -> bool:
    """Controls, direction marks, soft hyphens, surrogates, private use; what is no character.

    Also the selectors of how the sign before them is drawn: it is drawn in one way anyway.
    """
    if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Co"}:
        return True
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE or 0xFE00 <= code <= 0xFE0F


_CHARACTERS = _Characters()
_TOO_LONG = re.compile(rf"[^ \n]{{{LONGEST_WORD + 1},}}")


def _break_word(found: re.Match[str]) -> str:
    parts: list[str] = []
    for word in found[0].split("\u00a0"):
        parts += [word[at : at + PIECE] for at in range(0, len(word), PIECE)]
    return " ".join(parts)


def clean(text: object) -> str:
    r"""`text` without what a page cannot show; lines are parted by `\n`.

    Control characters, surrogates and direction marks go, odd spaces become plain ones, words of
    over 80 characters are broken by spaces. A character Lato lacks stays, and is drawn as a square.
    """
    return _cleaned(str(text))


@lru_cache(8192)  # the same names and dates come again and again
def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    return _TOO_LONG.sub(_break_word, plain)


def one_line(text: object) -> str:
    """`clean`, with every run of spaces and line ends made one space: for labels and titles."""
    return re.sub("[ \n]+", " ", clean(text)).strip(" ")


def _escaped(words: str) -> str:
    return escape(tidy(clean(words)).strip("\n")).replace("\n", "<br/>")


def _piece(piece: Piece, muted: str) -> str:
    match piece:
        case str():
            return _escaped(piece)
        case Bold(words):
            return f"<b>{_escaped(words)}</b>"
        case Muted(words):
            return f'<font color="{muted}">{_escaped(words)}</font>'
        case Link(words, bookmark):
            return f"<a href={quoteattr('#' + bookmark)}>{_escaped(words)}</a>"
        case Break():
            return "<br/>"


def markup(content: Text, muted: str = "#000000") -> str:
    """`content` as ReportLab's markup, everything typed in it escaped."""
    if isinstance(content, Piece):
        return _piece(content, muted)
    return "".join(_piece(piece, muted) for piece in content)


def plain(piece: Piece) -> str:
    """The words of a piece as they are set, with their line ends."""
    if isinstance(piece, Break):
        return "\n"
    return tidy(clean(piece if isinstance(piece, str) else piece.words)).strip("\n")
