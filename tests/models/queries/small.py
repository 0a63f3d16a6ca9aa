"""Small books for the questions: a few rows through the real drafts, tables and store."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.store import Store
from models.words import (
    AttendanceCode,
    ClaimState,
    CoverPurpose,
    Direction,
    FundKind,
    HalfDay,
    Happened,
    Heading,
    VatRecovery,
)

START = dt.date(2023, 9, 1)
AFTERNOON = {"starts_at": dt.time(13, 15), "ends_at": dt.time(15, 30)}


class Small:
    """Rows of a small cluster, added one at a time; each method returns the row's id."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = 0

    def code(self, prefix: str) -> str:
        self.numbers += 1
        return f"{prefix}-{self.numbers:04}"

    def add(self, record: type[t.Record], **values: Any) -> int:
        draft = getattr(t, f"{record.__name__}Draft").checked(**values)
        row = record.model_validate(draft.model_dump())
        self.session.add(row)
        self.session.flush()
        assert row.id is not None
        return row.id

    def cluster(self, starts: dt.date = START, ends: dt.date = dt.date(2025, 8, 31)) -> None:
        self.add(t.Cluster, name="Small cluster")
        self.add(t.Agreement, starts_on=starts, ends_on=ends, stage=3)

    def school(
        self, name: str, joined: dt.date | None = START, left: dt.date | None = None, **values: Any
    ) -> int:
        """A school that gets its VAT back, and its spell of membership; `joined` None: it is no member."""
        school = self.add(t.School, **{"name": name, "vat_recovery": VatRecovery.YES, **values})
        if joined is not None:
            self.add(t.Membership, school_id=school, joined_on=joined, left_on=left)
        return school

    def person(self, name: str, school: int | None) -> int:
        return self.add(t.Person, name=name, school_id=school)

    def meeting(self, day: dt.date, came: dict[int, int | None] | None = None, **values: Any) -> int:
        """A meeting held one afternoon; `came` has the person who was released, by school."""
        usual = {"title": f"Meeting of {day}", "status": Happened.HELD, **AFTERNOON}
        meeting = self.add(t.Meeting, **{"code": self.code("M"), "held_on": day, **usual, **values})
        for school, person in (came or {}).items():
            self.mark(meeting, school, AttendanceCode.P, person)
        return meeting

    def mark(self, meeting: int, school: int, mark: AttendanceCode, person: int | None = None) -> int:
        return self.add(t.Attendance, meeting_id=meeting, school_id=school, person_id=person, code=mark)

    def claim(self, school: int, person: int, day: dt.date, cost_p: int = 100_00, **values: Any) -> int:
        """A claim submitted for an afternoon at a full cluster meeting."""
        usual: dict[str, Any] = {
            "code": self.code("SC"),
            "half_day": HalfDay.PM,
            "state": ClaimState.SUBMITTED,
            "purpose": CoverPurpose.FULL_CLUSTER,
            "evidence_ref": "INV-1",
        }
        if values.get("state") is ClaimState.PAID:
            usual |= {"paid_on": day, "paid_ref": "BACS 1"}
        known = {"school_id": school, "person_id": person, "cover_on": day, "cost_p": cost_p}
        return self.add(t.CoverClaim, **{**known, **usual, **values})

    def fund(self, kind: FundKind = FundKind.POT, opened: dt.date = START, **values: Any) -> int:
        return self.add(t.Fund, **{"name": f"Fund {kind}", "kind": kind, "opened_on": opened, **values})

    def entry(self, fund: int, day: dt.date, amount_p: int, heading: Heading, **values: Any) -> int:
        """Money paid out, unless `direction` says otherwise."""
        usual = {"code": self.code("E"), "direction": Direction.OUT, "description": "Something"}
        known = {"fund_id": fund, "on": day, "amount_p": amount_p, "heading": heading}
        return self.add(t.FundEntry, **{**known, **usual, **values})


@contextmanager
def filling(store: Store) -> Iterator[Small]:
    """Fill a book in one step."""
    with store.transaction("Fill in") as (session, _):
        yield Small(session)


@contextmanager
def asking(store: Store) -> Iterator[Book]:
    """Ask the book."""
    with store.read() as session:
        yield Book(session)
