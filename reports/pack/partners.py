"""Part 20, partners, dissemination and other funding: who else supports this?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import count, long_date, pounds
from models.queries.pack import PackData
from models.rules.funding import OtherFundingFact
from models.rules.impact import ActivityFact, dissemination_words
from models.rules.projects import PartnerFact, partner_words
from models.words import ActivityKind
from reports.kit import BREAK, Bold, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, entered, opened, took_part

TOLD = frozenset({ActivityKind.DISSEMINATION, ActivityKind.CELEBRATION, ActivityKind.VISIT})


def answer(data: PackData) -> str:
    """Partners, and what was shared beyond the cluster (R-PROJ-3, R-PUB-1)."""
    partners = data.impact.partners
    helped = f"{count(len(partners), 'partner')} helped" if partners else "No partner is entered"
    return opened(f"{helped}; {dissemination_words(data.impact.activities)}")


def _partners(sheet: Sheet) -> list[Flowable]:
    cols: list[Col[PartnerFact]] = [
        Col("Partner", lambda one: [Bold(one.name), BREAK, Muted(one.kind.label)], 190),
        Col("What the cluster obtained", lambda one: entered(one.obtained), 0, gap=12),
    ]
    look = TableLook(pad=3, empty="No partner is entered.")
    found = sheet.data.impact.partners
    told = [sheet.kit.text(f"{opened(partner_words(found))}.")] if found else []
    return [sheet.kit.heading("Partners", top=True), *told, sheet.kit.table(cols, found, look=look)]


def _told(sheet: Sheet) -> list[Flowable]:
    found = [one for one in sheet.data.impact.activities if one.kind in TOLD]
    if not found:
        return []

    def line(one: ActivityFact) -> Text:
        return [
            Bold(f"{one.title}: "),
            f"{one.kind.label.lower()}, {long_date(one.on)}, {took_part(one)}",
        ]

    return [sheet.kit.heading("Shared beyond the cluster"), *sheet.kit.bullets([line(one) for one in found])]


def _funding(sheet: Sheet) -> list[Flowable]:
    found = sheet.data.other_funding
    cols: list[Col[OtherFundingFact]] = [
        Col("Funding", lambda one: one.name, 0),
        Col("State", lambda one: one.state.label, 90, gap=10),
        Col("Amount", lambda one: pounds(one.amount_p), 76, "right"),
        Col("Advisor told", lambda one: long_date(one.told_advisor_on), 112, gap=14),
    ]
    look = TableLook(pad=3, empty="None is declared.")
    table = sheet.kit.table(cols, found, look=look)
    note = "Funding from elsewhere is kept apart and never paid out twice. Source: other funding."
    return [sheet.kit.heading("Other funding declared"), *sheet.noted(table, note, len(found))]


def body(sheet: Sheet) -> list[Flowable]:
    """Partners, what was shared, and money from elsewhere."""
    return [*_partners(sheet), *_told(sheet), *_funding(sheet)]
