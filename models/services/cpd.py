"""CPD sessions: who was there, and the evaluation slips as they come from paper (R-IMP-1, R-IMP-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.services import records
from models.services.records import Values
from models.words import Happened, OutcomeMet, Respondent

_BOOKING = t.metadata.tables["cpd_booking"]
_SLIP = t.metadata.tables["cpd_evaluation"]


class Slip(Struct, frozen=True):
    """One evaluation slip as it was typed in; None: left blank. A number of 0 is a new slip."""

    number: int = 0
    respondent: Respondent | None = None
    rating: int | None = None
    outcomes_met: OutcomeMet | None = None
    useful: bool | None = None
    relevant: bool | None = None
    comment: str = ""
    quotable: bool = False

    @property
    def blank(self) -> bool:
        """Nothing on it was answered."""
        answers = (self.respondent, self.rating, self.outcomes_met, self.useful, self.relevant)
        return all(answer is None for answer in answers) and not self.comment.strip()

    @property
    def fields(self) -> dict[str, Any]:
        """Its answers, by the names of the table's fields."""
        return {
            "respondent": self.respondent,
            "rating": self.rating,
            "outcomes_met": self.outcomes_met,
            "useful": self.useful,
            "relevant": self.relevant,
            "comment": self.comment,
            "quotable": self.quotable,
        }


class BadSlip(BadInput):
    """An answer of a slip that does not fit; `row` is the slip's place among those typed, from 0."""

    def __init__(self, sentence: str, field: str, row: int) -> None:
        super().__init__(sentence, field)
        self.row = row


def enter_slips(session: Session, cpd_session_id: int, slips: Iterable[Slip]) -> int:
    """Store evaluation slips typed in from paper, all in one step (R-IMP-2).

    A slip with a number changes the one there is; one without gets the next. A known slip that is now blank
    goes to the Bin; a new blank one is passed over. Slips not named are left alone.

    Returns:
        How many slips the session has now.

    Raises:
        BadSlip: an answer does not fit.
        Changed: the session is not there any more.
    """
    records.kept(session, "cpd_session", cpd_session_id)
    known = _slips(session, cpd_session_id)
    following = max(known, default=0) + 1
    for row, slip in enumerate(slips):
        try:
            if slip.number in known:
                _keep_slip(session, known[slip.number], slip)
            elif not slip.blank:
                own = {"cpd_session_id": cpd_session_id, "slip": following}
                records.add(session, t.CpdEvaluation, {**own, **slip.fields})
                following += 1
        except BadInput as error:
            raise BadSlip(str(error), error.field, row) from error
    number = select(func.count()).where(_SLIP.c.cpd_session_id == cpd_session_id)
    return int(session.connection().scalar(number) or 0)


def _slips(session: Session, cpd_session_id: int) -> dict[int, int]:
    wanted = select(_SLIP.c.slip, _SLIP.c.id).where(_SLIP.c.cpd_session_id == cpd_session_id)
    return {row.slip: row.id for row in session.connection().execute(wanted)}


def _keep_slip(session: Session, slip_id: int, slip: Slip) -> None:
    if slip.blank:
        records.remove(session, t.CpdEvaluation, slip_id)
    else:
        records.change(session, t.CpdEvaluation, slip_id, slip.fields)


class Seat(Struct, frozen=True):
    """Whether a person is booked and came: True came, False booked but did not come, None not booked."""

    person_id: int
    came: bool | None


def set_seats(session: Session, cpd_session_id: int, seats: Iterable[Seat]) -> int:
    """Store who was booked for a session and who came, all in one step; people not named are left alone.

    Returns:
        How many bookings are other than before.

    Raises:
        Changed: the session is not there any more.
    """
    records.kept(session, "cpd_session", cpd_session_id)
    wanted = select(_BOOKING).where(_BOOKING.c.cpd_session_id == cpd_session_id)
    known = {row.person_id: row for row in session.connection().execute(wanted)}
    changed = 0
    for seat in seats:
        row = known.get(seat.person_id)
        if seat.came is None:
            if row is not None:
                records.remove(session, t.CpdBooking, row.id)
            changed += row is not None
        elif row is None:
            own = {"cpd_session_id": cpd_session_id, "person_id": seat.person_id, "attended": seat.came}
            records.add(session, t.CpdBooking, own)
            changed += 1
        elif row.attended is not seat.came:
            records.change(session, t.CpdBooking, row.id, {"attended": seat.came})
            changed += 1
    return changed


def mark_held(session: Session, cpd_session_id: int, today: dt.date) -> None:
    """Say that a planned CPD session took place.

    Raises:
        Changed: it is not there any more.
        Refused: its day is still to come.
    """
    values: Values = records.kept(session, "cpd_session", cpd_session_id).values
    if values["held_on"] > today:
        raise Refused(
            f"“{values['title']}” is still to come: mark it as held when it has taken place, "
            "or correct its date."
        )
    records.change(session, t.CpdSession, cpd_session_id, {"status": Happened.HELD})


def cancel(session: Session, cpd_session_id: int) -> None:
    """Say that a CPD session does not take place.

    Raises:
        Changed: it is not there any more.
    """
    records.kept(session, "cpd_session", cpd_session_id)
    records.change(session, t.CpdSession, cpd_session_id, {"status": Happened.CANCELLED})
