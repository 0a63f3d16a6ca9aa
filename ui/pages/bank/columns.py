"""The columns and chips of the bank's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.queries.bank_page import Standing
from models.rules.loans import LoanState
from models.words import ResourceKind, TagKind
from ui.format import short_date
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import ChipSpec

if TYPE_CHECKING:
    import datetime as dt

    from models.queries.bank_asks import RequestRow, WishRow
    from models.queries.bank_lists import LoanRow, StockRow
    from models.queries.bank_page import ItemRow

LONGEST_DAY = "30 May 2025"
KIND_WORDS = {
    ResourceKind.ITEM: "Item",
    ResourceKind.KIT: "Kit",
    ResourceKind.QUICK_ENQUIRY: "Starter",
    ResourceKind.PLAN: "Plan",
    ResourceKind.BOOK: "Book",
}


ROOMY, NARROW = 100, 80  # ems


def squeezed(ems: float, middle: frozenset[str], least: frozenset[str]) -> frozenset[str]:
    """The columns to leave out of a list in a window so many ems wide; the panel has them."""
    if ems >= ROOMY:
        return frozenset()
    return middle if ems >= NARROW else middle | least


def day(value: dt.date | None) -> str:
    """`20 Jun 2025` in a column; a dash for none."""
    return f"{short_date(value)} {value.year}" if value else "–"


# -- items


def whereabouts(row: ItemRow) -> str:
    """Who has it or will have it: `Oakmantle, due 13 Jun`; nothing while it is at home."""
    if row.now is not None and row.standing is not Standing.RESERVED:
        return f"{row.now.school}, due {short_date(row.now.due_on)}"
    coming = row.now or row.next
    return f"{coming.school}, from {short_date(coming.starts_on)}" if coming else ""


YEARS = ("EYFS", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "KS3")


def years(row: ItemRow) -> str:
    """`Y1, Y3`; of many in a line only the ends: `EYFS to Y6`."""
    found = [
        year for year in YEARS if any(tag.value == year for tag in row.tags if tag.kind is TagKind.YEAR_GROUP)
    ]
    if len(found) > 2 and [YEARS.index(one) for one in found] == list(
        range(YEARS.index(found[0]), YEARS.index(found[-1]) + 1)
    ):
        return f"{found[0]} to {found[-1]}"
    return ", ".join(found)


ITEMS: tuple[Column[ItemRow], ...] = (
    Column("Code", lambda row: row.code, lambda row: row.code.casefold(), Look.STRONG),
    Column(
        "Item",
        lambda row: row.name,
        lambda row: row.name.casefold(),
        stretch=True,
        tip=lambda row: row.name,
    ),
    Column("Kind", lambda row: KIND_WORDS[row.kind], lambda row: KIND_WORDS[row.kind], Look.MUTED),
    Column("Years", years, lambda row: years(row) or None),
    Column(
        "State", lambda row: row.standing.label, lambda row: list(Standing).index(row.standing), Look.STATE
    ),
    Column("With", whereabouts, lambda row: whereabouts(row).casefold() or None),
)
ITEM_CHIPS: tuple[ChipSpec[ItemRow], ...] = (
    ChipSpec("Available", lambda row: row.standing is Standing.AVAILABLE),
    ChipSpec("Out", lambda row: row.standing in {Standing.OUT, Standing.OVERDUE}),
    ChipSpec("Overdue", lambda row: row.standing is Standing.OVERDUE),
    ChipSpec("On trial", lambda row: row.standing is Standing.ON_TRIAL),
)


def item_note(row: ItemRow) -> str:
    """`KIT-01 · Kit · Cluster`."""
    return " · ".join((row.code, KIND_WORDS[row.kind], row.owner))


# -- loans


def came_back(row: LoanRow) -> str:
    """How late it is, or how it came back."""
    if row.state is LoanState.OVERDUE:
        return f"{row.late.days} days late" if row.late.days != 1 else "1 day late"
    if row.state is LoanState.RETURNED:
        return row.brief
    return ""


LOANS: tuple[Column[LoanRow], ...] = (
    Column("Loan", lambda row: row.code, lambda row: row.code.casefold(), Look.STRONG),
    Column(
        "Item",
        lambda row: f"{row.resource_code}  {row.resource}",
        lambda row: row.resource_code.casefold(),
        stretch=True,
        tip=lambda row: row.resource,
    ),
    Column("To", lambda row: row.school, lambda row: row.school.casefold()),
    Column(
        "From",
        lambda row: short_date(row.out_on or row.starts_on),
        lambda row: row.out_on or row.starts_on,
        sample="30 May",
    ),
    Column("Due", lambda row: short_date(row.due_on), lambda row: row.due_on, sample="30 May"),
    Column("State", lambda row: row.state.label, lambda row: list(LoanState).index(row.state), Look.STATE),
    Column("How", came_back, lambda row: came_back(row).casefold() or None, Look.MUTED),
)

LOAN_CHIPS: tuple[ChipSpec[LoanRow], ...] = (
    ChipSpec("Overdue", lambda row: row.state is LoanState.OVERDUE),
    ChipSpec("Out", lambda row: row.state in {LoanState.OUT, LoanState.OVERDUE}),
    ChipSpec("Reserved", lambda row: row.state is LoanState.RESERVED),
    ChipSpec("Back", lambda row: row.state is LoanState.RETURNED),
)

# -- what schools ask for

REQUESTS: tuple[Column[RequestRow], ...] = (
    Column(
        "Trust resource",
        lambda row: row.name,
        lambda row: row.name.casefold(),
        stretch=True,
        tip=lambda row: row.name,
    ),
    Column("For", lambda row: row.school, lambda row: row.school.casefold()),
    Column("Copies", lambda row: f"{row.copies}", lambda row: row.copies, right=True),
    Column("Asked", lambda row: day(row.requested_on), lambda row: row.requested_on, sample=LONGEST_DAY),
    Column("Received", lambda row: day(row.received_on), lambda row: row.received_on, sample=LONGEST_DAY),
    Column(
        "State", lambda row: row.state, lambda row: ("Asked", "Received", "Used").index(row.state), Look.STATE
    ),
)

REQUEST_CHIPS: tuple[ChipSpec[RequestRow], ...] = (
    ChipSpec("Asked", lambda row: row.received_on is None),
    ChipSpec("Received", lambda row: row.received_on is not None),
    ChipSpec("Used", lambda row: row.state == "Used"),
)

WISHES: tuple[Column[WishRow], ...] = (
    Column("Wanted", lambda row: row.name, lambda row: row.name.casefold(), Look.STRONG, stretch=True),
    Column("By", lambda row: row.school, lambda row: row.school.casefold()),
    Column("How many", lambda row: f"{row.quantity:,}", lambda row: row.quantity, right=True),
    Column("Asked", lambda row: day(row.raised_on), lambda row: row.raised_on, sample=LONGEST_DAY),
    Column("Met", lambda row: day(row.filled_on), lambda row: row.filled_on, sample=LONGEST_DAY),
    Column(
        "State",
        lambda row: row.state,
        lambda row: ("Joint order", "Wanted", "Met").index(row.state),
        Look.STATE,
    ),
)

WISH_CHIPS: tuple[ChipSpec[WishRow], ...] = (
    ChipSpec("Wanted", lambda row: row.filled_on is None),
    ChipSpec("Joint orders", lambda row: row.state == "Joint order"),
    ChipSpec("Met", lambda row: row.filled_on is not None),
)

# -- stock

STOCK: tuple[Column[StockRow], ...] = (
    Column("Code", lambda row: row.code, lambda row: row.code.casefold(), Look.STRONG),
    Column(
        "Item", lambda row: row.name, lambda row: row.name.casefold(), stretch=True, tip=lambda row: row.name
    ),
    Column("Pieces", lambda row: f"{row.parts:,}" if row.parts else "–", lambda row: row.parts, right=True),
    Column("Short of", lambda row: f"{row.short:,}" if row.short else "–", lambda row: row.short, right=True),
    Column("Last seen", lambda row: day(row.checked_on), lambda row: row.checked_on, sample=LONGEST_DAY),
    Column("State", lambda row: row.state, lambda row: row.state, Look.STATE),
)

STOCK_CHIPS: tuple[ChipSpec[StockRow], ...] = (
    ChipSpec("To check", lambda row: row.state == "To check"),
    ChipSpec("Incomplete", lambda row: row.state in {"Incomplete", "Not found"}),
    ChipSpec("Complete", lambda row: row.state == "Complete"),
)
