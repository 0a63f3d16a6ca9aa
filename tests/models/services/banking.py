"""A small bank to lend from: two schools, a kit of three parts, terms and a meeting."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from models import tables as t
from models.calendar import TermName
from models.services import records
from models.store import Store
from models.words import ResourceKind
from tests.models.queries.small import Small, filling

MON, FRI = dt.date(2024, 11, 4), dt.date(2024, 11, 15)
TODAY = MON


@dataclass
class Bank:
    """The ids of what is in it."""

    store: Store
    ash: int
    birch: int
    kit: int
    magnet: int
    cup: int
    wire: int

    @contextmanager
    def doing(self, name: str = "Do") -> Iterator[Session]:
        with self.store.transaction(name) as (session, _):
            yield session

    def values(self, table: str, record_id: int) -> dict:
        with self.store.read() as session:
            return dict(records.kept(session, table, record_id).values)

    def lines(self, loan_id: int) -> dict[int, dict]:
        """The lines of a loan by the part's id."""
        with self.store.read() as session:
            rows = session.execute(t.metadata.tables["loan_line"].select()).mappings().all()
        return {row["kit_item_id"]: dict(row) for row in rows if row["loan_id"] == loan_id}

    def whole(self) -> dict[str, list]:
        """Every recorded row of the book."""
        with self.store.read() as session:
            return {
                table.name: [tuple(row) for row in session.execute(table.select().order_by(table.c.id))]
                for table in t.RECORDED
            }


def small_bank(store: Store) -> Bank:
    """Fill a new book."""
    with filling(store) as small:
        small.cluster()
        terms(small)
        ash, birch = small.school("Ashcombe"), small.school("Birchwood")
        kit = small.add(t.Resource, code="KIT-01", name="Magnets", kind=ResourceKind.KIT)
        part = {"resource_id": kit}
        magnet = small.add(t.KitItem, position=1, name="Magnet", quantity=10, unit_cost_p=240, **part)
        cup = small.add(t.KitItem, position=2, name="Paper cup", quantity=20, consumable=True, **part)
        wire = small.add(t.KitItem, position=3, name="Wire", quantity=4, **part)
    return Bank(store, ash, birch, kit, magnet, cup, wire)


def terms(small: Small) -> None:
    """The terms of the year."""
    for term, half, first, last in (
        (TermName.AUTUMN, 1, dt.date(2024, 9, 3), dt.date(2024, 10, 25)),
        (TermName.AUTUMN, 2, dt.date(2024, 11, 4), dt.date(2024, 12, 20)),
        (TermName.SPRING, 1, dt.date(2025, 1, 6), dt.date(2025, 2, 14)),
        (TermName.SUMMER, 1, dt.date(2025, 4, 22), dt.date(2025, 7, 22)),
    ):
        small.add(t.SchoolTerm, school_year=2024, term=term, half=half, starts_on=first, ends_on=last)
