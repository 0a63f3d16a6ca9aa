"""Money from elsewhere: what became of an application, and telling the Advisor (R-FUND-1, R-FUND-2).

Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput, Refused
from models.formats import long_date
from models.services import records
from models.services.fund import add_fund
from models.words import FundKind, OtherFundingState


def tell_advisor(session: Session, funding_id: int, on: dt.date) -> None:
    """Note the day on which the Advisor was told (R-FUND-1).

    Raises:
        Refused: that is noted already.
    """
    values = records.kept(session, "other_funding", funding_id).values
    if values["told_advisor_on"] is not None:
        told = long_date(values["told_advisor_on"])
        raise Refused(f"The Advisor was told of {values['name']} on {told} already.")
    records.change(session, t.OtherFunding, funding_id, {"told_advisor_on": on})


def award(session: Session, funding_id: int, on: dt.date, amount_p: int | None = None) -> None:
    """The application was successful.

    Args:
        session: inside the transaction.
        funding_id: the funding.
        on: the day of the award.
        amount_p: what was awarded, in pence; None: what was applied for.

    Raises:
        BadInput: the award lies before the application.
        Refused: it is not waiting for an answer.
    """
    applied_on = _require_waiting(session, funding_id)
    if applied_on is not None and on < applied_on:
        raise BadInput(f"Awarded: the application is of {long_date(applied_on)}: enter a later day.", "on")
    values: dict[str, object] = {"state": OtherFundingState.AWARDED, "awarded_on": on}
    if amount_p is not None:
        values["amount_p"] = amount_p
    records.change(session, t.OtherFunding, funding_id, values)


def turn_down(session: Session, funding_id: int) -> None:
    """The application was refused.

    Raises:
        Refused: it is not waiting for an answer.
    """
    _require_waiting(session, funding_id)
    records.change(session, t.OtherFunding, funding_id, {"state": OtherFundingState.REFUSED})


def finish(session: Session, funding_id: int) -> None:
    """All of it is spent or given back, and its reports are in.

    Raises:
        Refused: it was never awarded.
    """
    values = records.kept(session, "other_funding", funding_id).values
    if values["state"] is not OtherFundingState.AWARDED:
        state = values["state"].label.lower()
        raise Refused(f"{values['name']} is {state}: only what was awarded can be finished.")
    records.change(session, t.OtherFunding, funding_id, {"state": OtherFundingState.FINISHED})


def open_fund(session: Session, funding_id: int, on: dt.date) -> int:
    """Give an award a fund of its own, so that it is never mixed with the pot (R-FUND-2); the fund's id.

    Raises:
        BadInput: a fund of that name is there.
        Refused: it was not awarded, or has its fund already.
    """
    values = records.kept(session, "other_funding", funding_id).values
    if values["state"] is not OtherFundingState.AWARDED:
        raise Refused(f"{values['name']} is {values['state'].label.lower()}: a fund starts with an award.")
    funds = t.metadata.tables["fund"]
    there = session.connection().scalar(select(funds.c.name).where(funds.c.other_funding_id == funding_id))
    if there is not None:
        raise Refused(f"{values['name']} has its own fund already: {there}.")
    fund = {"name": values["name"], "kind": FundKind.OTHER, "opened_on": on, "other_funding_id": funding_id}
    return add_fund(session, fund)


def _require_waiting(session: Session, funding_id: int) -> dt.date | None:
    values = records.kept(session, "other_funding", funding_id).values
    if values["state"] is not OtherFundingState.APPLIED:
        raise Refused(
            f"{values['name']} is {values['state'].label.lower()} already: edit it if that is wrong."
        )
    applied_on: dt.date | None = values["applied_on"]
    return applied_on
