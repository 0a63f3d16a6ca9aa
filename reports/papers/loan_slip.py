"""The slip that travels with a loan: what went out, to whom, until when; and the checklist on its return."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, number, weekday_date
from models.queries.papers.loan_slip import LoanSlip, LoanSlips, SlipPart
from models.rules.loans import LoanState
from reports.kit import Col, Kit, Muted, TableLook, Text
from reports.papers import common
from reports.papers.contents_card import lost_words

CODE = 76.0
"""Points of the QR code."""
EMPTY_LINES = 8
"""Lines to write on where no contents are entered."""


def build_loan_slips(data: LoanSlips, *, large_print: bool = False, stamp: dt.datetime) -> bytes:
    """The slips as a PDF, each on a page of its own."""
    kit = Kit(large_print=large_print)
    story: list[Flowable] = []
    for n, slip in enumerate(data.slips):
        story += [*(kit.turn() if n else ()), *_slip(kit, data, slip)]
    if not data.slips:
        story = [
            *kit.head("Loan slip", "What went out, and is it all back?", "No loan is chosen"),
            kit.text("Choose a loan: its slip is then printed here."),
        ]
    title = f"Loan slip {data.slips[0].code}" if len(data.slips) == 1 else "Loan slips"
    return common.build(kit, data.head, title, story, stamp=stamp)


def answer(slip: LoanSlip) -> str:
    """The slip's headline: `Circuits with batteries, to Brindlemere High School until 4 July 2025`."""
    fact = slip.fact
    if slip.state is LoanState.CANCELLED:
        return f"{fact.resource}, to {fact.school}: cancelled on {long_date(fact.cancelled_on)}"
    if slip.state is LoanState.RETURNED:
        return f"{fact.resource}, back from {fact.school} on {long_date(fact.back_on)}"
    return f"{fact.resource}, to {fact.school} until {long_date(fact.due_on)}"


def _slip(kit: Kit, data: LoanSlips, slip: LoanSlip) -> list[Flowable]:
    head = kit.head(f"Loan slip {slip.code}", "What went out, and is it all back?", answer(slip))
    picture = kit.qr(slip.resource_code, CODE)
    room = kit.width - CODE - 20
    facts = kit.facts(_facts(data, slip), first=92, width=room / kit.scale)
    return [
        *head,
        *kit.side_by_side([[facts], [picture]], [kit.width - CODE, CODE], 20, always=True),
        kit.heading("Checklist"),
        _checklist(kit, slip),
        *_after(kit, slip),
        *_signatures(kit, slip),
    ]


def _facts(data: LoanSlips, slip: LoanSlip) -> list[tuple[Text, Text]]:
    fact = slip.fact
    found: list[tuple[Text, Text]] = [
        ("Loan", f"{slip.code} of {slip.resource_code}, from {long_date(fact.starts_on)}"),
        ("Due back", _due(slip)),
        ("Answers for it", slip.person or NOT_ENTERED),
        ("Owner", slip.owner),
        ("Comes back to", slip.location.strip() or NOT_ENTERED),
    ]
    if slip.effort.strip():
        found.append(("Prepare", slip.effort))
    if slip.safety_ref.strip():
        found.append(("Safety note", slip.safety_ref))
    if slip.has_mains:
        found.append(("Mains lead", common.mains_check(slip.next_check_on, data.head.today)))
    if slip.notes.strip():
        found.append(("Notes", slip.notes))
    found.append(("Ask", common.lines(common.contacts(data.head))))
    return found


def _due(slip: LoanSlip) -> str:
    due = weekday_date(slip.fact.due_on)
    return f"{due}: {slip.late.text}" if slip.state is LoanState.OVERDUE and slip.late.days else due


def _checklist(kit: Kit, slip: LoanSlip) -> Flowable:
    cols: list[Col[SlipPart | None]] = [
        Col("Part", _name, 0),
        Col("Should\u00a0be", lambda one: number(one.part.out) if one else "", 62, "right"),
        Col("Went out", lambda _: "", 62, "center", blank="tick"),
        Col("Came back", lambda one: one.back if one else None, 76, "center", gap=16, blank="write"),
        Col("Broken", _broken, 76, "center", gap=16, blank="write"),
    ]
    rows: list[SlipPart | None] = [*slip.parts] or [None] * EMPTY_LINES
    table = kit.table(cols, rows, look=TableLook(pad=2.5, roomy=True))
    table.whole = not slip.parts  # one empty line at the top of the next page helps nobody
    return table


def _name(one: SlipPart | None) -> Text:
    if one is None:
        return "\u00a0"
    return [one.part.name, Muted("  gets used up")] if one.part.consumable else one.part.name


def _broken(one: SlipPart | None) -> int | None:
    return one.damaged if one is not None and one.back is not None else None


def _after(kit: Kit, slip: LoanSlip) -> list[Flowable]:
    pieces = sum(one.part.out for one in slip.parts)
    said = f"{count(pieces, 'piece')} in {count(len(slip.parts), 'line')}. " if slip.parts else ""
    if not slip.parts:
        said = "No contents are entered: write down what is in the box. "
    used = any(one.part.consumable for one in slip.parts)
    used_words = "What gets used up is topped up without charge. " if used else ""
    return [
        kit.text(
            f"{said}Tick when it goes out; count when it comes back. {used_words}"
            f"Lost or broken? {lost_words(slip.charged_to)} Please do not pass it on to another school.",
            "note",
        )
    ]


def _signatures(kit: Kit, slip: LoanSlip) -> list[Flowable]:
    rows = [
        ("Handed out by", ""),
        ("Received by", slip.person),
        ("Brought back by", ""),
        ("Checked in by", ""),
    ]
    cols: list[Col[tuple[str, str]]] = [
        Col("Hand to hand", lambda row: row[0], 92),
        Col("Name", lambda row: row[1], 112),
        Col("Signature", lambda _: "", 0),
        Col("Date", lambda _: "", 64),
    ]
    table = kit.table(cols, rows, look=TableLook(pad=7))
    return [kit.space(4), kit.together([table])]
