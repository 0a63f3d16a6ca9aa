"""The remittance advice: what one school was paid with one reference, claim by claim (R-COVER-6, 13, 17)."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.formats import count, listed, long_date, pounds, prose_pounds
from models.queries.cover import ClaimLine
from models.queries.papers.remittance import Remittance
from reports.kit import BREAK, Col, Kit, Muted, TableLook, Text
from reports.papers.common import build, contacts, entered, lines

TITLE = "Remittance advice"


def days(data: Remittance) -> str:
    """The day of payment, or the days."""
    return listed([long_date(day) for day in data.paid_on]) or long_date(None)


def headline(data: Remittance) -> str:
    """Who got what."""
    if data.total_p > 0:
        return f"{prose_pounds(data.total_p)} was paid to {data.school}"
    if data.total_p < 0:
        return f"{prose_pounds(-data.total_p)} was taken back from {data.school}"
    return f"{data.school} meets this itself: the lead school pays £0"


def sentence(data: Remittance) -> str:
    """What was paid for which claims, as it would stand in a letter (F4.7)."""
    codes = listed([line.fact.code for line in data.lines])
    which = f"{'claim' if len(data.lines) == 1 else 'claims'} {codes}"
    if data.total_p > 0:
        return f"We have paid {prose_pounds(data.total_p)} on {days(data)} for supply cover, {which}."
    if data.total_p < 0:
        return f"We have taken back {prose_pounds(-data.total_p)} on {days(data)} for supply cover, {which}."
    return (
        f"We have noted {which} as settled on {days(data)}. Release for full cluster meetings is met "
        "from the school’s own allowance, which it holds itself: no money is sent."
    )


def build_remittance(data: Remittance, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The advice as a PDF."""
    kit = Kit(large_print=large_print)
    facts: list[tuple[Text, Text]] = [
        ("From", entered(data.payer)),
        ("To", data.school),
        ("Date", days(data)),
        ("Reference", data.reference),
        ("Questions to", lines(contacts(data.head))),
    ]
    story: list[Flowable] = [
        *kit.head(TITLE, TITLE, headline(data), listed=False),
        kit.facts(facts, width=kit.width),
        kit.space(12),
        kit.text(sentence(data)),
        kit.heading("What it is made of"),
        _claims(kit, data),
    ]
    return build(kit, data.head, TITLE, story, stamp=stamp, note=f"Reference {data.reference}")


def _what(line: ClaimLine) -> Text:
    fact = line.fact
    when = f"{long_date(fact.cover_on)}, {fact.half_day.label.lower()}"
    return [f"{fact.person_name}, {when}", BREAK, Muted(line.meeting or fact.purpose.label)]


def _claims(kit: Kit, data: Remittance) -> Flowable:
    cols: list[Col[ClaimLine]] = [
        Col("Claim", lambda line: line.fact.code, 50),
        Col("Cover", _what, 0),
        Col("Cost", lambda line: pounds(line.split.cost_p), 58, "right", 8),
        Col(["Borne by", BREAK, "school"], lambda line: pounds(line.split.school_share_p), 58, "right", 8),
        Col("Recognised", lambda line: pounds(line.split.recognised_p), 64, "right", 8),
        Col("Paid", lambda line: pounds(line.split.lead_pays_p), 58, "right", 14),
    ]
    recognised = data.cost_p - data.share_p
    total = [
        "Total",
        count(len(data.lines), "claim"),
        *(pounds(sum_p) for sum_p in (data.cost_p, data.share_p, recognised, data.total_p)),
    ]
    return kit.table(cols, data.lines, total=total, look=TableLook(pad=4), caption=_notes(data))


def _notes(data: Remittance) -> str:
    said = ["Cost is what counts for the scheme: what is recognised and what the school bears make it up."]
    if data.held_p:
        said.append(
            f"{prose_pounds(data.held_p)} is met from the school’s own release allowance, "
            "so the lead school sends nothing for it."
        )
    said.append("VAT: ask your school business manager.")
    return " ".join(said)
