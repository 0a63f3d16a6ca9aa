"""Labels and contents cards: what stands on a thing that is lent (R-LOAN-2, R-LOAN-6)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select
from sqlmodel import Session

from models.errors import Changed
from models.queries.bank_item import PartRow
from models.queries.bank_page import TABLES, ItemRow, item_rows
from models.queries.book import Book
from models.queries.lending import shortages
from models.queries.papers.head import PaperHead, paper_head
from models.rules.loans import KitFact
from models.words import ChargedTo


class Labels(Struct, frozen=True):
    """Things to label, by code."""

    head: PaperHead
    kits: tuple[KitFact, ...]


class ContentsCard(Struct, frozen=True):
    """What the card in a lid says.

    Attributes:
        kit: the thing.
        location: where it is kept.
        description: what it is for.
        effort: how long it takes to prepare.
        lender: who lends it from outside, and when it goes back; "" and None if it is ours.
        replacement_p: pence to replace it all; None: not entered.
        parts: its contents in their order.
    """

    kit: KitFact
    location: str
    description: str
    effort: str
    lender: str
    return_by: dt.date | None
    replacement_p: int | None
    parts: tuple[PartRow, ...]


class ContentsCards(Struct, frozen=True):
    """Cards by code, with the usual days of a loan and who pays for what is lost (R-LOAN-3)."""

    head: PaperHead
    cards: tuple[ContentsCard, ...]
    loan_days: int
    charged_to: ChargedTo


def labels(session: Session, resource_ids: Sequence[int], clock: Callable[[], dt.date]) -> Labels:
    """The labels of some resources; of none named, of everything that is lent.

    Raises:
        Changed: one of them is not there any more.
    """
    book = Book(session)
    today = book.today(clock)
    safety = _column(session, "safety_ref")
    kits = tuple(_kit(row, safety[row.id]) for row in chosen_items(book, resource_ids, today))
    return Labels(paper_head(book, today), kits)


def contents_cards(
    session: Session, resource_ids: Sequence[int], clock: Callable[[], dt.date]
) -> ContentsCards:
    """The contents cards of some kits; of none named, of everything that is lent and lists its contents.

    Raises:
        Changed: one of them is not there any more.
    """
    book = Book(session)
    today = book.today(clock)
    resource, scheme = TABLES["resource"], book.scheme(today)
    rows = chosen_items(book, resource_ids, today)
    if not resource_ids:
        rows = tuple(row for row in rows if row.parts)
    stored = {row.id: row for row in session.execute(select(resource))}
    parts = parts_of(session, {row.id for row in rows})
    cards = []
    for row in rows:
        more = stored[row.id]
        cards.append(
            ContentsCard(
                _kit(row, more.safety_ref), row.location, more.description, more.effort, more.lender,
                more.return_by, more.replacement_p, parts.get(row.id, ()),
            )
        )  # fmt: skip
    pays = ChargedTo.POT if scheme.loss_charged_to == ChargedTo.POT.value else ChargedTo.SCHOOL
    return ContentsCards(paper_head(book, today), tuple(cards), scheme.loan_days, pays)


def chosen_items(book: Book, resource_ids: Sequence[int], today: dt.date) -> tuple[ItemRow, ...]:
    """The resources with these ids by code; of none named, everything that is lent.

    Raises:
        Changed: one of them is not there any more.
    """
    rows = item_rows(book, today)
    wanted = set(resource_ids)
    if missing := wanted - {row.id for row in rows}:
        what = "This resource is" if len(missing) == 1 else f"{len(missing)} resources are"
        raise Changed(f"{what} not there any more: choose again.")
    found = [row for row in rows if row.id in wanted or (not wanted and row.lendable)]
    return tuple(sorted(found, key=lambda row: (row.code.casefold(), row.id)))


def parts_of(session: Session, resource_ids: Collection[int]) -> Mapping[int, tuple[PartRow, ...]]:
    """The contents of some kits in their order, by resource; one without contents is not in it."""
    part, short = TABLES["kit_item"], shortages(session)
    found: dict[int, list[PartRow]] = defaultdict(list)
    for row in session.execute(select(part).order_by(part.c.resource_id, part.c.position, part.c.id)):
        if row.resource_id in resource_ids:
            there = max(row.quantity - short.get(row.id, 0), 0)
            found[row.resource_id].append(
                PartRow(row.id, row.name, row.quantity, there, row.consumable, row.unit_cost_p)
            )
    return {key: tuple(rows) for key, rows in found.items()}


def _kit(row: ItemRow, safety_ref: str) -> KitFact:
    return KitFact(
        row.id, row.name, row.code, row.owner, row.has_mains, row.next_check_on, row.parts, safety_ref
    )


def _column(session: Session, name: str) -> dict[int, str]:
    resource = TABLES["resource"]
    asked = select(resource.c.id, resource.c[name])
    return {row[0]: row[1] for row in session.execute(asked)}
