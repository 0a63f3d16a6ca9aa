"""What the tests of the money put into a book."""

import datetime as dt

from models.services import records
from models.store import Store
from models.words import ApprovalKind, Direction, EntryState, Heading

MARCH, ASKED = dt.date(2024, 3, 3), dt.date(2024, 2, 20)


def money(pot: int, **more: object) -> dict[str, object]:
    """An entry of £100 for extra organisational time, planned for 3 March."""
    return {
        "fund_id": pot,
        "on": MARCH,
        "direction": Direction.OUT,
        "heading": Heading.EXTRA_TIME,
        "description": "Two mornings",
        "amount_p": 100_00,
        "state": EntryState.PLANNED,
        **more,
    }


def question(**more: object) -> dict[str, object]:
    return {"kind": ApprovalKind.EXTRA_TIME, "asked_on": ASKED, "question": "Two mornings?", **more}


def kept(store: Store, table: str, record_id: int) -> dict[str, object]:
    with store.read() as session:
        return dict(records.kept(session, table, record_id).values)
