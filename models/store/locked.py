"""What must not change silently, whatever would change it: minutes, paid claims, closings, issued packs.

Services refuse such a change beforehand, in the words of their page. This looks at what an action really did,
just before it is committed, so that an import, the Bin, taking back an older action or a page that forgot its
service can do no more than they. Undo and Redo of the newest action pass: history has a line of each.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from models.calendar import year_label
from models.errors import Refused
from models.formats import long_date
from models.store.sql import fill, name
from models.words import ClaimState, EntryState

Image = Mapping[str, Any]

MINUTES_OF = frozenset({"agenda_item", "attendance", "decision", "invitation"})
MEETING = (
    "title", "held_on", "starts_at", "ends_at", "kind", "status", "in_school_day", "host_school_id", "place",
    "outcome", "minutes",
)  # fmt: skip
"""A meeting's fields that its minutes vouch for."""
CLAIM = (
    "code", "school_id", "person_id", "meeting_id", "purpose", "cover_on", "half_day", "method", "cost_p",
    "vat_p", "state", "fund_id", "claimant_id", "claimed_on", "approver_id", "approved_on", "approved_p",
    "paid_on", "paid_ref", "reverses_id",
)  # fmt: skip
"""A paid claim's fields: all but the number of an invoice that is found later, and notes."""
ENTRY = ("fund_id", "claim_id", "direction", "heading", "state", "amount_p", "on", "paid_ref", "reverses_id")
"""What an entry that pays a claim says of the money."""
CLOSING = ("fund_id", "school_year", "closed_on")


class Touched(Struct, frozen=True):
    """One row that an action changed: how it was and how it is, None where it was or is not there."""

    table: str
    id: int
    before: Image | None
    after: Image | None

    def differs(self, fields: tuple[str, ...]) -> bool:
        """Whether one of these fields is another, or the row is gone."""
        if self.before is None:
            return False
        return self.after is None or any(self.before[one] != self.after[one] for one in fields)


class Locks:
    """Looks at rows that were changed together, or are about to be.

    Args:
        connection: where the other rows are asked for.
        touched: the changed rows.
    """

    def __init__(self, connection: Connection, touched: Iterable[Touched]) -> None:
        self._run = connection.exec_driver_sql
        self.touched = tuple(touched)
        self._known = {(one.table, one.id): one for one in self.touched}

    @classmethod
    def of_step(cls, connection: Connection, step: int) -> Locks:
        """On what a step did, inside the transaction that made it."""
        listed = ", ".join(f"'{table}'" for table in sorted(CHECKS))
        rows = connection.exec_driver_sql(
            fill(
                "SELECT table_name, row_id, before, after FROM change WHERE step_id = ? "
                "AND table_name IN ({listed})",
                listed=listed,
            ),
            (step,),
        ).all()
        return cls(
            connection,
            [
                Touched(table, row_id, before and json.loads(before), after and json.loads(after))
                for table, row_id, before, after in rows
            ],
        )

    def require_none(self) -> None:
        """Refuse all of it if one row changes what stands.

        Raises:
            Refused: names the first such record, and the way that leaves a trace.
        """
        for one in self.touched:
            for sentence in self.against(one):
                raise Refused(sentence)

    def against(self, one: Touched) -> Iterator[str]:
        """Why a row cannot be changed so, in sentences; none if it can."""
        return CHECKS[one.table](self, one)

    def row(self, table: str, row_id: int) -> tuple[Image | None, Image | None]:
        """A row before and after the step, whether the step changed it or not."""
        known = self._known.get((table, row_id))
        if known is not None:
            return known.before, known.after
        found = self._run(fill("SELECT * FROM {t} WHERE id = ?", t=name(table)), (row_id,)).mappings().first()
        image = None if found is None else {str(key): value for key, value in found.items()}
        return image, image

    # -- minutes

    def minutes(self, one: Touched) -> Iterator[str]:
        """A part of a meeting whose minutes were finalised before, and still are."""
        for image in (one.before, one.after):
            if image is not None:
                yield from self._finalised(image["meeting_id"])

    def meeting(self, one: Touched) -> Iterator[str]:
        """A meeting itself: also that its minutes are opened without a trace."""
        if one.before is None or not one.before["finalised_on"]:
            return
        opened = one.after is not None and not one.after["finalised_on"]
        traces = [len((image or {}).get("reopened") or "") for image in (one.before, one.after)]
        traced = one.after is not None and traces[1] > traces[0]
        if (opened and not traced) or (not opened and one.differs((*MEETING, "finalised_on", "reopened"))):
            yield _minutes_stand(one.before)

    def _finalised(self, meeting_id: int) -> Iterator[str]:
        before, after = self.row("meeting", meeting_id)
        if before is not None and before["finalised_on"] and (after is None or after["finalised_on"]):
            yield _minutes_stand(before)

    # -- money

    def claim(self, one: Touched) -> Iterator[str]:
        """A paid claim."""
        if one.before is not None and one.before["state"] == ClaimState.PAID.value and one.differs(CLAIM):
            yield (
                f"Claim {one.before['code']} is paid and stays as it was: take it back by a new line, "
                "with a reason."
            )

    def trail(self, one: Touched) -> Iterator[str]:
        """A line of the trail of a claim that stays: what was noted is never noted otherwise."""
        if one.before is not None:
            _, claim = self.row("cover_claim", one.before["claim_id"])
            if claim is not None:
                yield f"The trail of claim {claim['code']} stays as it was written."

    def entry(self, one: Touched) -> Iterator[str]:
        """The entry by which a paid claim was paid."""
        if one.before is None or not one.before["claim_id"] or one.before["state"] != EntryState.PAID.value:
            return
        before, after = self.row("cover_claim", one.before["claim_id"])
        paid = before is not None and before["state"] == ClaimState.PAID.value
        if paid and after is not None and one.differs(ENTRY):
            yield (
                f"{one.before['code']} pays claim {after['code']} and stays as it was: take the claim back, "
                "with a reason, and this entry goes with it."
            )

    def closing(self, one: Touched) -> Iterator[str]:
        """A closed year's figure: it changes only by closing the year again, which says so."""
        if one.before is None:
            return
        moved = one.after is not None and one.before["closing_p"] != one.after["closing_p"]
        said = one.after is not None and bool(one.after["reason"])
        if one.differs(CLOSING) or (moved and not said):
            label = year_label(one.before["school_year"])
            yield f"The closing of {label} stays in the book: open the year again, with a reason."

    # -- packs

    def pack(self, one: Touched) -> Iterator[str]:
        """An issued pack, in any of its fields."""
        if one.before is not None:
            label = year_label(one.before["school_year"])
            yield (
                f"Version {one.before['version']} of the pack for {label} was issued and stays as it was: "
                "issue a new version."
            )


CHECKS: Mapping[str, Callable[[Locks, Touched], Iterator[str]]] = {
    **dict.fromkeys(MINUTES_OF, Locks.minutes),
    "meeting": Locks.meeting,
    "cover_claim": Locks.claim,
    "claim_event": Locks.trail,
    "fund_entry": Locks.entry,
    "year_close": Locks.closing,
    "issued_pack": Locks.pack,
}


def _minutes_stand(meeting: Image) -> str:
    day = long_date(dt.date.fromisoformat(meeting["held_on"]))
    return (
        f"The minutes of “{meeting['title']}” on {day} are finalised: reopen them, with a reason, to change "
        "this."
    )
