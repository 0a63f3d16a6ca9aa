"""Part 1, the cover: which cluster, which year, who answers for it?"""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer
from typing_extensions import override

from models.formats import NOT_ENTERED, date_range, listed, long_date
from models.queries.pack import PackData
from models.words import MeetingKind
from reports.kit import PAPER, Paragraph, Text, decoration
from reports.kit.hooks import HookedFlowable
from reports.kit.photo import JpegPicture
from reports.pack.sheet import Sheet, data_to_words, entered, opened, year_words

TITLE = "Annual review"
SAMPLE = "Sample"
SHORT = 240
"""Characters of a vision that has room on the cover; a longer one stands on the page of contents."""
LOGO, LOGO_PIXELS = (170.0, 60.0), 600
"""Points that a logo takes at most, across and down; the pixels of its longer side."""
INVENTED = "Every school, person and figure in it is invented."


class Badge(HookedFlowable):
    """Words inside an outline, so that nobody takes this paper for another."""

    def __init__(self, words: Paragraph, wide: float) -> None:
        super().__init__()
        self._words, self._wide = words, wide

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        _, high = self._words.wrapOn(self.canv, min(self._wide, availWidth) - 20, availHeight)
        self.width, self.height = min(self._wide, availWidth), high + 12
        return self.width, self.height

    @override
    def draw(self) -> None:
        with decoration(self.canv):
            self.canv.setStrokeColor(PAPER.text)
            self.canv.setLineWidth(1.2)
            self.canv.roundRect(0, 0, self.width, self.height, 4, 1, 0)
        self._words.drawOn(self.canv, 10, 6)


def answer(data: PackData) -> str:
    """The title with its year."""
    return f"{TITLE} {year_words(data)}"


def agreement_words(data: PackData) -> str:
    """`1 September 2023 to 31 August 2025`."""
    agreement = data.profile.agreement
    return date_range(agreement.starts_on, agreement.ends_on) if agreement else NOT_ENTERED


def prepared_by(data: PackData) -> str:
    """The cluster leads, by name."""
    leads = data.profile.leads
    role = "cluster lead" if len(leads) == 1 else "cluster leads"
    return f"{listed(leads)}, {role}" if leads else NOT_ENTERED


def review_meeting(data: PackData) -> str:
    """The Steering Group's meeting that the pack is for, with its date where one is entered (R-REV-1)."""
    asked = [*data.meetings.upcoming, *reversed(data.meetings.lines)]
    found = next((one.fact for one in asked if one.fact.kind is MeetingKind.STEERING), None)
    day = long_date(found.held_on) if found else f"date {NOT_ENTERED}"
    return f"Steering Group, summer meeting, {day}"


def facts(data: PackData) -> list[tuple[Text, Text]]:
    """What stands at the foot of the cover."""
    who = data.profile
    found: list[tuple[Text, Text]] = [
        ("Lead school", entered(who.lead_school)),
        ("Stage", entered(who.stage)),
        ("Agreement", agreement_words(data)),
        ("Prepared by", prepared_by(data)),
        ("For", review_meeting(data)),
        ("Data to", f"{data_to_words(data)}, {data.version_words}"),
    ]
    if data.issued is not None:
        found.append(("Issued", f"{long_date(data.issued.on)}, as number {data.issued.pack_number}"))
    if data.since is not None:
        found.append((f"Since version {data.since.version}", opened(data.since.number_words)))
    return found


def has_vision(sheet: Sheet) -> bool:
    """True if the cluster's vision is written, and short enough for the foot of the cover."""
    vision = sheet.data.profile.vision.strip()
    return bool(vision) and len(vision) <= SHORT and sheet.kit.scale == 1


def logo(sheet: Sheet) -> list[Flowable]:
    """The cluster's logo at the head of the page; nothing where there is none that prints."""
    data = sheet.data
    if data.logo is None:
        return []
    from models.pictures import Unprintable, print_copy  # slow to load, and most covers have none

    try:
        copy = print_copy(data.logo, LOGO_PIXELS)
    except Unprintable:
        return []
    picture = JpegPicture(copy.jpeg, (copy.width, copy.height), LOGO)
    name = data.profile.name.strip() or "the cluster"
    return [sheet.kit.figure(picture, f"Logo of {name}"), sheet.kit.space(20)]


def body(sheet: Sheet) -> list[Flowable]:
    """The whole page."""
    kit, data = sheet.kit, sheet.data
    name = data.profile.name.strip() or f"Cluster name {NOT_ENTERED}"
    lines = facts(data)
    if has_vision(sheet):
        lines.append(("Our vision", data.profile.vision))
    *top, foot = kit.cover(name, TITLE, year_words(data), lines)
    if data.profile.sample:
        words = kit.text([f"{SAMPLE}. {INVENTED}"], "fact_bold")
        top += [Spacer(1, 20), Badge(words, 180)]
    return [*logo(sheet), *top, foot]
