"""Part 4, the six central aims: have the agreed aims been met?"""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count
from models.queries.pack import PackData
from models.queries.photos import Photo
from models.queries.served import AimYear
from models.rules.aims import AIMS, ServedFact
from models.rules.impact import EvidenceFact
from reports.kit import BREAK, MARKED, QUIET, STRONG, Bold, Col, Muted, TableLook, Text, Tile
from reports.pack.sheet import Sheet, entered

BLANK = Tile("surface")
SHOWN = 4
"""Things named under an aim; the others are counted."""


def answer(data: PackData) -> str:
    """How many aims have evidence (R-AIM-1); whether they are met the Steering Group says (R-IMP-10)."""
    known = [one for one in data.aims.aims if one.line.aim is not None]
    if not known:
        return "The six central aims are not entered yet"
    shown = sum(bool(one.evidence) for one in known)
    worked = sum(bool(one.things) for one in known)
    blank = AIMS - len(known)
    words = f"Work served {worked} of {count(len(known), 'aim')}; {shown} can show evidence of change"
    return f"{words}; {count(blank, 'aim is', 'aims are')} not entered" if blank else words


def _cost(one: AimYear) -> str:
    return one.cost_words or "\u2013"


def _aim(one: AimYear) -> Text:
    return [Bold(f"{one.line.number}. "), one.line.words if one.line.aim else entered("")]


def _did(one: AimYear) -> Text:
    titles = list(dict.fromkeys(thing.title for thing in _named(one.things)))
    more = len(titles) - SHOWN
    named = "; ".join(titles[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
    return [one.done_words, BREAK, Muted(named)] if named else one.done_words


def _named(things: Iterable[ServedFact]) -> list[ServedFact]:
    """What is worth its name: a payment says little by its description."""
    return [thing for thing in things if thing.table != "fund_entry"]


def _state(one: AimYear) -> Text:
    """The state in a word, and below it how much shows it."""
    if one.line.aim is None or not (one.evidence or one.things):
        return one.state
    shown = count(one.evidence, "piece", "pieces") if one.evidence else f"evidence {NOT_ENTERED}"
    return [one.state, BREAK, shown]


def _tile(one: AimYear) -> Tile:
    """The state as a colour too: the darker, the more is missing (R-STY-3)."""
    if one.line.aim is None:
        return BLANK
    return QUIET if one.evidence else MARKED if one.things else STRONG


def _table(sheet: Sheet) -> list[Flowable]:
    cols: list[Col[AimYear]] = [
        Col("Aim, in our words", _aim, 0),
        Col("What we did", _did, 160, gap=12),
        Col("What it took", _cost, 82, gap=12),
        Col("State", _state, 84, gap=8, tile=_tile),
    ]
    source = (
        "Source: links from meetings, CPD, projects, activities, resources, payments and evidence to aims."
    )
    return [sheet.kit.table(cols, sheet.data.aims.aims, look=TableLook(pad=6), caption=source)]


def _evidence(sheet: Sheet) -> list[Flowable]:
    shown = {one.evidence.id for one in sheet.data.photos if one.copy}
    said = [one for one in sheet.data.impact.evidence if one.may_print and one.id not in shown]
    said = [one for one in said if one.text.strip()]
    if not said and not sheet.data.photos:
        words = "What changed, and how we know, is not entered yet."
        return [sheet.kit.heading("What changed, and how we know"), sheet.kit.text(words)]
    return [
        sheet.kit.heading("What changed, and how we know"),
        *sheet.kit.bullets([evidence_words(one) for one in said]),
        *photographs(sheet),
        sheet.kit.text("No pupil is named, and no result is claimed to be the cluster’s doing.", "caption"),
    ]


def evidence_words(one: EvidenceFact) -> Text:
    """The words, and below them whose they are and how far the change has spread (R-IMP-7)."""
    reach = f"seen in: {one.reach.label.lower()}" if one.reach else ""
    source = ", ".join(part for part in (one.by_whom, one.school, reach) if part.strip())
    words = " ".join(one.text.split())
    return [words, BREAK, Muted(f"{one.code}, {source}" if source else one.code)]


def photographs(sheet: Sheet) -> list[Flowable]:
    """The photographs with a basis for printing, two beside each other; which of them cannot (R-DATA-3)."""
    kit = sheet.kit
    columns: list[list[Flowable]] = [
        [kit.photo(one.copy.jpeg, (one.copy.width, one.copy.height), one.alt, photo_words(one))]
        for one in sheet.data.photos
        if one.copy is not None
    ]
    story: list[Flowable] = []
    for at in range(0, len(columns), 2):
        story += [kit.space(10), *kit.side_by_side([*columns[at : at + 2], []][:2])]
    story += [kit.space(10)] if story else []
    lost = [one for one in sheet.data.photos if one.copy is None]
    return [
        *story,
        *kit.bullets([f"The photograph {one.evidence.code} is not printed: {one.trouble}." for one in lost]),
    ]


def photo_words(one: Photo) -> Text:
    """What a photograph shows, and below it whose and from when it is."""
    words, below = " ".join(one.evidence.text.split()), Muted(f"{one.evidence.code}, {one.source}")
    return [words, BREAK, below] if words else below


def body(sheet: Sheet) -> list[Flowable]:
    """The six aims with what was done, what it took and what shows it; then the evidence in words."""
    return [*_table(sheet), *_evidence(sheet)]
