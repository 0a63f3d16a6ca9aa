"""The resource catalogue for staff rooms: grouped, then an index of what each is good for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from enum import Enum

from reportlab.platypus import Flowable

from models.curriculum import suggested
from models.formats import NOT_ENTERED, count, listed, long_date
from models.queries.bank_page import Standing
from models.queries.papers.catalogue import Catalogue, CatalogueItem
from models.words import ResourceKind, ResourceLife, TagKind
from reports.kit import BREAK, Bold, Col, Kit, Muted, Piece, TableLook, Text
from reports.pack.sheet import opened
from reports.papers import common

PLURALS = {
    ResourceKind.ITEM: "Items",
    ResourceKind.KIT: "Kits",
    ResourceKind.QUICK_ENQUIRY: "Quick-enquiry starters",
    ResourceKind.PLAN: "Plans and guides",
    ResourceKind.BOOK: "Books",
}
ORDER = (
    ResourceKind.KIT,
    ResourceKind.BOOK,
    ResourceKind.ITEM,
    ResourceKind.QUICK_ENQUIRY,
    ResourceKind.PLAN,
)
UNTAGGED = "Not tagged yet"


class Order(Enum):
    """What the catalogue is grouped by."""

    KIND = "Kind"
    YEAR_GROUP = "Year group"
    UNIT = "Unit"
    OWNER = "Owner"
    PLACE = "Where it is kept"


WHERE = {Order.OWNER: "Where it is", Order.PLACE: "Owner"}
"""What the last column is called where the group says a half of it."""
Group = tuple[str, list[CatalogueItem]]


def build_catalogue(
    data: Catalogue, *, order: Order = Order.KIND, large_print: bool = False, stamp: dt.datetime
) -> bytes:
    """The catalogue as a PDF.

    Args:
        data: what is in it.
        order: what it is grouped by; a thing of several year groups or units stands in each.
        large_print: type of 16 points instead of 12.
        stamp: the moment it is made.
    """
    kit = Kit(large_print=large_print)
    story = kit.head("Resource catalogue", "What can we borrow and use, and where is it?", answer(data))
    if not data.items:
        story.append(kit.text("Enter what the cluster shares: it is then listed here."))
    else:
        story += [kit.text(_how(data)), _ask(kit, data)]
        for title, items in groups(data, order):
            story += [kit.heading(title), _table(kit, items, order)]
        story += _index(kit, data)
    return common.build(kit, data.head, "Resource catalogue", story, stamp=stamp)


def answer(data: Catalogue) -> str:
    """`20 resources to share: 11 kits, a book, 5 starters …`."""
    if not data.items:
        return "No resource is entered yet"
    found: dict[ResourceKind, int] = defaultdict(int)
    for one in data.items:
        found[one.row.kind] += 1
    words = {
        ResourceKind.KIT: ("kit", "kits"),
        ResourceKind.BOOK: ("book", "books"),
        ResourceKind.ITEM: ("item", "items"),
        ResourceKind.QUICK_ENQUIRY: ("starter", "starters"),
        ResourceKind.PLAN: ("plan or guide", "plans or guides"),
    }
    parts = [count(found[kind], *words[kind]) for kind in ORDER if found[kind]]
    return f"{listed(parts)} to share"


def _how(data: Catalogue) -> str:
    out = sum(one.row.standing in {Standing.OUT, Standing.OVERDUE} for one in data.items)
    are = "is" if out == 1 else "are"
    lent = f" {out}\u00a0of\u00a0them {are} out on {long_date(data.head.today)}." if out else ""
    return f"Kits, books and items are lent; starters, plans and guides are yours to copy.{lent}"


def _ask(kit: Kit, data: Catalogue) -> Flowable:
    """Whom to ask for a thing: at the front, as below the last table it might begin a page of its own."""
    return kit.facts([("Ask", common.lines(common.contacts(data.head)))], first=48)


def groups(data: Catalogue, order: Order) -> list[Group]:
    """The catalogue's groups with their titles; years and units in the order of the curriculum."""
    if order is Order.KIND:
        return [
            (PLURALS[kind], found)
            for kind in ORDER
            if (found := [one for one in data.items if one.row.kind is kind])
        ]
    if order is Order.YEAR_GROUP:
        return _tagged(data, TagKind.YEAR_GROUP)
    if order is Order.UNIT:
        return _tagged(data, TagKind.UNIT)
    say: Callable[[CatalogueItem], str] = _owner if order is Order.OWNER else _place
    found_by: dict[str, list[CatalogueItem]] = defaultdict(list)
    for one in data.items:
        found_by[say(one)].append(one)
    return sorted(found_by.items(), key=lambda pair: (pair[0] == NOT_ENTERED, pair[0].casefold()))


def _tagged(data: Catalogue, kind: TagKind) -> list[Group]:
    found: dict[str, list[CatalogueItem]] = defaultdict(list)
    for one in data.items:
        values = [tag.value for tag in one.row.tags if tag.kind is kind]
        for value in values or [UNTAGGED]:
            found[value].append(one)
    known = {value: n for n, value in enumerate(suggested(kind))}
    return sorted(
        found.items(),
        key=lambda pair: (pair[0] == UNTAGGED, known.get(pair[0], len(known)), pair[0].casefold()),
    )


def _owner(one: CatalogueItem) -> str:
    return one.row.owner.strip() or NOT_ENTERED


def _place(one: CatalogueItem) -> str:
    return one.row.location.strip() or NOT_ENTERED


def _table(kit: Kit, items: list[CatalogueItem], order: Order) -> Flowable:
    cols: list[Col[CatalogueItem]] = [
        Col("Code", lambda one: one.row.code, 52),
        Col("What it is", _what, 0),
        *([Col("Good for", _good_for, 124)] if any(one.row.tags for one in items) else []),
        Col(WHERE.get(order, "Owner and place"), lambda one: _where(one, order), 124),
    ]
    return kit.table(cols, items, look=TableLook(pad=4))


def _what(one: CatalogueItem) -> Text:
    row = one.row
    found: list[Piece] = [Bold(row.name)]
    facts = []
    if row.life is ResourceLife.ON_TRIAL:
        facts.append("on trial")
    if row.minutes is not None:
        facts.append(count(row.minutes, "minute"))
    if row.parts:
        facts.append(count(row.parts, "piece"))
    if facts:
        found += [BREAK, opened(", ".join(facts))]
    if one.description.strip():
        found += [BREAK, Muted(one.description)]
    if one.safety_ref.strip():
        found += [BREAK, Muted(f"Safety note: {one.safety_ref}")]
    return found


def _good_for(one: CatalogueItem) -> Text:
    row = one.row
    shown = [
        opened(_in_order(one, kind))
        for kind in (TagKind.YEAR_GROUP, TagKind.UNIT, TagKind.ENQUIRY_TYPE, TagKind.ENQUIRY_SKILL)
        if row.tagged(kind)
    ]
    return common.lines(shown) if shown else Muted("not tagged yet")


def _in_order(one: CatalogueItem, kind: TagKind) -> str:
    known = {value: n for n, value in enumerate(suggested(kind))}
    values = [tag.value for tag in one.row.tags if tag.kind is kind]
    return ", ".join(sorted(values, key=lambda value: (known.get(value, len(known)), value.casefold())))


def _where(one: CatalogueItem, order: Order) -> Text:
    found: list[Piece] = []
    if order is not Order.OWNER:
        found += [_owner(one), BREAK]
    if order is not Order.PLACE:
        found += [Muted(_place(one)), BREAK]
    now = one.row.now
    if now is not None and one.row.standing in {Standing.OUT, Standing.OVERDUE}:
        found += [f"Now at {now.school}, due {long_date(now.due_on)}", BREAK]
    return found[:-1]


def _index(kit: Kit, data: Catalogue) -> list[Flowable]:
    """Which things are good for what: the codes of each tag, one table for each kind of tag."""
    story: list[Flowable] = []
    for kind in TagKind:
        rows = [(value, items) for value, items in _tagged(data, kind) if value != UNTAGGED]
        if not rows:
            continue
        cols: list[Col[Group]] = [
            Col(kind.label, lambda row: opened(row[0]), 150),
            Col("Codes", lambda row: ", ".join(one.row.code for one in row[1]), 0),
        ]
        story += [
            kit.heading(f"Find by {kind.label.lower()}"),
            kit.table(cols, rows, look=TableLook(pad=2.5)),
        ]
    return story
