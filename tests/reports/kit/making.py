"""Short ways to a document of the kit, for its tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.platypus import Flowable

from reports.kit import About, Col, Furniture, Kit, PaperDocument

STAMP = dt.datetime(2025, 6, 20, 15, 30, tzinfo=dt.UTC)
TITLE = "Annual review & more"

HOSTILE = [
    "</para>",
    "A < <b>",
    "<b>bold",
    '<img src="/etc/passwd"/>',
    '<img src="//host/share/mark.png">',
    '<a href="javascript:1">x</a>',
    '<font color="[[[getattr(pow,Word)]]]">x</font>',
    "Tom & Jerry &lol; &#0; &#xD800; &amp;",
    "nul \x00 tab \t bell \x07 esc \x1b end",
    "lone \ud800 surrogate \udfff",
    "turn \u202e back \u2066 iso \u200b zero \ufeff bom \u2028 line",
    "not a character \ufdd0 \uffff \U0001ffff",
    "Łukasz Nguyễn Şule O'Brien-Smith",
    "العربية 中文 😀 👩‍🔬 ✓",
    "z\u0335\u0321\u0300\u0301\u0302\u0303a\u0338l\u0337g\u0336o\u0335",
    "=1+1 %s {0} ${x} ' OR ''='",
    "",
    " ",
    "\n\n",
    "\u00a0" * 300,
    "x" * 200_000,
    "/" * 5_000,
    "\u00a0".join(["no-break"] * 5_000),
]


def document(kit: Kit, first: str = "portrait", stamp: dt.datetime = STAMP) -> PaperDocument:
    """A document that begins with an upright page."""
    about = About(TITLE, "Ruth Adeyemi", "Review pack", stamp, first=first)
    return kit.document(about, Furniture("Teasel Valley", "Annual review", "Data to 20 June 2025"))


def build(story: Sequence[Flowable], kit: Kit | None = None) -> bytes:
    """The story as a PDF."""
    return document(kit or Kit()).build(story)


def columns(count: int = 3) -> list[Col[list[str]]]:
    """Columns for rows that are lists of words."""
    return [Col(f"Column {n}", lambda row, n=n: row[n]) for n in range(count)]
