"""What all papers share: their document, who to ask, and titles that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, listed, long_date
from models.queries.papers.head import PaperHead
from reports.kit import BREAK, About, Furniture, Kit, Paragraph, Piece, one_line
from reports.kit.flowables import paragraph
from reports.kit.fonts import width
from reports.kit.kit import PageName
from reports.kit.words import balance, tidy

TITLE_SIZES = (24.0, 20.0, 17.0, 14.0)
"""Points of a title in a narrow place, large to small: the first that needs few lines is taken."""


def build(
    kit: Kit,
    head: PaperHead,
    title: str,
    story: Sequence[Flowable],
    *,
    stamp: dt.datetime,
    first: PageName = "portrait",
    note: str = "",
) -> bytes:
    """A paper as a PDF.

    Args:
        kit: what its story is made of.
        head: whose paper it is.
        title: what it is: in the file's title and at the foot of each page.
        story: what it says.
        stamp: the moment it is made; the same data and stamp give the same bytes.
        first: the kind of its first page.
        note: in the middle of the foot; the day of the data if it is "".
    """
    name = cluster_name(head)
    author = listed([one.name for one in head.leads]) or head.lead_school or NOT_ENTERED
    about = About(f"{name}: {title}", author, title, stamp, first=first)
    sample = "Sample. " if head.sample else ""
    furniture = Furniture(name, title, sample + (note or as_of(head)), head.schools)
    return kit.document(about, furniture).build(story)


def cluster_name(head: PaperHead) -> str:
    """The cluster's name, or that it is not entered."""
    return head.cluster.strip() or f"Cluster name {NOT_ENTERED}"


def entered(words: str) -> str:
    """The words, or “not entered” (R-REV-5)."""
    return words.strip() or NOT_ENTERED


def as_of(head: PaperHead) -> str:
    """`As of 20 June 2025`."""
    return f"As of {long_date(head.today)}"


def mains_check(due: dt.date | None, today: dt.date) -> str:
    """When the check of a mains lead is due; on the day itself it still may be done (R-LOAN-5)."""
    if due is None:
        return f"Next check due: {NOT_ENTERED}."
    if due < today:
        return f"Its check was due on {long_date(due)}: check it before it is used."
    return f"Next check due: {long_date(due)}."


def contacts(head: PaperHead) -> tuple[str, ...]:
    """The cluster leads with their work contacts, one each; the lead school where nobody is entered."""
    named = [", ".join(filter(None, (one.name, one.email, one.phone))) for one in head.leads]
    return tuple(named) or (head.lead_school or f"Cluster lead {NOT_ENTERED}",)


def lines(words: Sequence[str]) -> list[Piece]:
    """Words below each other."""
    found: list[Piece] = []
    for one in words:
        found += [one, BREAK]
    return found[:-1]


def title(kit: Kit, words: str, room: float, most: int = 2) -> Paragraph:
    """A headline (H1) for a narrow place: a long one is set smaller. `room`: points across."""
    style = kit.styles["h1"]
    said = one_line(words)
    sizes = [size * style.fontSize / TITLE_SIZES[0] for size in TITLE_SIZES]
    fits = [size for size in sizes if width(said, style.fontName, size) <= room * most * 0.9]
    size = max(fits, default=sizes[-1])
    narrow = ParagraphStyle("title", style, fontSize=size, leading=size * 1.17, rightIndent=0, spaceAfter=6)
    return paragraph(lines(balance(tidy(said), style.fontName, size, room)), narrow)
