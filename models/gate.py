"""The text gate: every text that comes in, typed, pasted or imported, passes here once (safety.md 3.1).

What comes out can be stored, searched, printed and exported without surprise: composed (NFC), trimmed, no
control or direction-turning characters, no half surrogates, no longer than its field.
"""

from __future__ import annotations

import re
import unicodedata

from models.errors import BadInput

NAME_LIMIT = 200
NOTE_LIMIT = 10_000

GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins with one of these is run as a formula by some spreadsheets."""

_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BROKEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


def clean(text: str, *, lines: bool = True) -> str:
    """The text as it may be stored; `lines` False folds line breaks and runs of spaces into one space."""
    text = _BROKEN.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text)).strip()
    return text if lines else " ".join(text.split())


def clean_to(text: str, limit: int, field: str = "", *, lines: bool = True) -> str:
    """`clean`, refusing what is longer than its field.

    Raises:
        BadInput: more than `limit` characters; nothing is ever cut silently.
    """
    cleaned = clean(text, lines=lines)
    if len(cleaned) > limit:
        raise BadInput(f"This text has {len(cleaned):,} characters; at most {limit:,} fit here.", field)
    return cleaned
