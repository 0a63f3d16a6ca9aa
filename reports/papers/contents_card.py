"""The card in the lid of a kit: what belongs in the box, and how to lend it on (R-LOAN-2, R-LOAN-6, F9.3)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, number, prose_pounds
from models.queries.bank_item import PartRow
from models.queries.papers.kits import ContentsCard, ContentsCards
from models.words import ChargedTo
from reports.kit import PAGE, Col, Kit, Muted, TableLook, Text
from reports.kit.qr import quiet_zone
from reports.papers import common

Size = Literal["A5", "A4"]
CODE = 76.0
"""Points of the QR code."""


def build_contents_cards(
    data: ContentsCards, *, size: Size = "A5", large_print: bool = False, stamp: dt.datetime
) -> bytes:
    """The cards as a PDF.

    Args:
        data: what is on them.
        size: "A5" prints two cards on a landscape page, to cut apart; "A4" a card on each page.
        large_print: type of 16 points instead of 12; always on A4.
        stamp: the moment it is made.
    """
    kit = Kit(large_print=large_print)
    small = size == "A5" and not large_print and bool(data.cards)
    story: list[Flowable] = []
    for n, card in enumerate(data.cards):
        if n:
            story += [kit.next_half()] if small else kit.turn()
        story += _card(kit, data, card, PAGE.half if small else kit.width)
    title = f"Contents card {data.cards[0].kit.code}" if len(data.cards) == 1 else "Contents cards"
    return common.build(
        kit, data.head, title, story or _none(kit), stamp=stamp, first="halves" if small else "portrait"
    )


def _none(kit: Kit) -> list[Flowable]:
    return [
        *kit.head("Contents cards", "What belongs in each box?", "No contents are entered yet"),
        kit.text("Enter what belongs in a kit: its card for the lid is then printed here."),
    ]


def _card(kit: Kit, data: ContentsCards, card: ContentsCard, wide: float) -> list[Flowable]:
    gap = 16.0
    code = card.kit.code
    names: list[Flowable] = [
        kit.text(code, "figure"),
        common.title(kit, card.kit.name, wide - CODE - gap),
        kit.space(6),
    ]
    picture = [kit.qr(code, CODE), kit.space(quiet_zone(code, CODE))]
    cols: list[Col[PartRow]] = [
        Col(f"What belongs in {code}", _part, 0),
        Col("How many", lambda part: number(part.quantity), 70, "right"),
    ]
    look = TableLook(
        width=wide, pad=2, roomy=True, empty="No contents are entered: write down what is in the box."
    )
    return [
        *kit.side_by_side([names, picture], [wide - CODE, CODE], gap, always=True),
        kit.text(_kept(card), "source"),
        kit.space(6),
        kit.table(cols, card.parts, total=_total(card), look=look),
        kit.space(8),
        kit.together([kit.facts(_facts(data, card), first=84, width=wide)]),
    ]


def _kept(card: ContentsCard) -> str:
    return f"Owner: {card.kit.owner}. Kept at: {card.location.strip() or NOT_ENTERED}."


def _part(part: PartRow) -> Text:
    return [part.name, Muted("  gets used up")] if part.consumable else part.name


def _total(card: ContentsCard) -> tuple[Text, str] | None:
    if len(card.parts) < 2:
        return None
    return count(len(card.parts), "kind of thing", "kinds of things"), number(
        sum(one.quantity for one in card.parts)
    )


def _facts(data: ContentsCards, card: ContentsCard) -> list[tuple[Text, Text]]:
    found: list[tuple[Text, Text]] = [("Count", "Out and in, against this list.")]
    if card.effort.strip():
        found.append(("Prepare", card.effort))
    if card.kit.safety_ref.strip():
        found.append(("Safety note", card.kit.safety_ref))
    if card.kit.has_mains:
        found.append(("Mains lead", common.mains_check(card.kit.next_check_on, data.head.today)))
    if any(part.consumable for part in card.parts):
        found.append(("Used up", "Tell us how many, so that we can top up. There is no charge."))
    found.append(("Lost, broken", lost_words(data.charged_to)))
    found.append(
        ("Lent for", f"{count(data.loan_days, 'day')} as a rule. Do not pass it on to another school.")
    )
    if card.return_by is not None:
        found.append(("Goes back", f"To {card.lender or 'its lender'} by {long_date(card.return_by)}."))
    if card.replacement_p is not None:
        found.append(("New, it costs", prose_pounds(card.replacement_p)))
    found.append(("Ask", common.lines(common.contacts(data.head))))
    return found


def lost_words(charged_to: ChargedTo) -> str:
    """What a borrower does about a part that is lost or broken, and who pays (R-LOAN-3)."""
    pays = "the cluster pot pays" if charged_to is ChargedTo.POT else "your school pays for a new one"
    return f"Say so when you bring it back: {pays}."
