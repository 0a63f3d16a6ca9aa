"""Part 19, people: will it last without one person?"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed
from models.queries.pack import PackData
from models.rules.impact import three_e_words
from models.rules.people import plan_words
from reports.kit import Text
from reports.pack.sheet import Sheet, opened

TOPICS, SLIPS = 12, 6


def answer(data: PackData) -> str:
    """Over how many shoulders the work is spread."""
    who = data.people
    names = {name for _, name in who.leads}
    if not names and not who.offers:
        return "Who carries the cluster is not entered yet"
    words = f"{count(len(names), 'person carries', 'people carry')} a role for the cluster"
    return (
        f"{words}; {count(who.offers, 'strength is', 'strengths are')} on offer to others"
        if who.offers
        else words
    )


def body(sheet: Sheet) -> list[Flowable]:
    """Roles, strengths, development plans as a count, 3E stages, ECTs, and what feedback asked for."""
    data, kit = sheet.data, sheet.kit
    who = data.people
    roles: dict[str, list[str]] = {}
    for role, name in who.leads:
        roles.setdefault(role, []).append(name)
    facts: list[tuple[Text, Text]] = [(role, listed(names)) for role, names in roles.items()]
    facts += [
        ("Strengths offered", str(who.offers) if who.offers else NOT_ENTERED),
        ("Help asked for", str(who.asks) if who.asks else NOT_ENTERED),
        ("Development plans", plan_words(who.plans, data.period.data_to) if who.plans else NOT_ENTERED),
        ("Early career teachers", _ects(who.ects)),
        ("3E stage of the year", three_e_words(data.impact.stages)),
    ]
    story: list[Flowable] = [kit.facts(facts, first=132, width=kit.width)]
    if who.topics:
        more = len(who.topics) - TOPICS
        named = listed([*who.topics[:TOPICS], *([f"{more} more"] if more > 0 else [])])
        story += [kit.heading("What teachers offer to help with"), kit.text(f"{opened(named)}.")]
    return [*story, *_feedback(sheet)]


def _ects(many: int) -> str:
    return f"{count(many, 'ECT (NQT)', 'ECTs (NQTs)')} in the member schools" if many else NOT_ENTERED


def _feedback(sheet: Sheet) -> list[Flowable]:
    slips = sheet.data.impact.bar
    if not slips:
        return []
    kit = sheet.kit
    columns = [
        _column(sheet, "Make bigger", [one.bigger for one in slips]),
        _column(sheet, "Add", [one.add for one in slips]),
        _column(sheet, "Remove", [one.remove for one in slips]),
    ]
    return [
        kit.heading("What feedback slips ask for"),
        *kit.side_by_side(columns),
        kit.text(f"From {count(len(slips), 'slip')} without names.", "caption"),
    ]


def _column(sheet: Sheet, head: str, said: Sequence[str]) -> list[Flowable]:
    words = list(dict.fromkeys(one.strip() for one in said if one.strip()))
    items = sheet.kit.bullets(words[:SLIPS]) if words else [sheet.kit.text("Nothing.")]
    return [sheet.kit.heading(head, 3), *items]
