"""Questions to the Advisor and the answers, which gate spending (R-LEAD-4, R-TRAV-1).

Every function runs inside a transaction of the caller, which names the action.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year
from models.errors import BadInput, Refused
from models.formats import long_date
from models.rules.approvals import kind_wanted
from models.services import records
from models.services.fund import held_to_fund_rules, link_approval
from models.services.records import Values
from models.words import ApprovalState


def ask(session: Session, values: Values, entry_id: int | None = None) -> int:
    """Log a question, answered or not; its id. With an entry, that entry rests on the answer.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Refused: the entry is paid, and the rules refuse that with this answer.
    """
    _check(values)
    if entry_id is not None:
        _check_gate(session, entry_id, values)
    made = records.add(session, t.Approval, values)
    if entry_id is not None:
        link_approval(session, entry_id, made)
    return made


def answer(
    session: Session,
    approval_id: int,
    state: ApprovalState,
    decided_on: dt.date,
    decided_by_id: int | None = None,
    words: str = "",
    amount_p: int | None = None,
) -> None:
    """Log the Advisor's answer to a question that waits.

    Words and amount that are not given stay as they were noted with the question; `amount_p` is the most
    that may be spent, in pence.

    Raises:
        BadInput: it is no answer, or its day lies before the question's; `field` names it.
        Refused: it is answered already.
    """
    now = records.kept(session, "approval", approval_id).values
    if now["state"] is not ApprovalState.PENDING:
        said = f"{now['state'].label.lower()} on {long_date(now['decided_on'])}"
        raise Refused(f"{now['code']} was {said} already: edit it if that is not right.")
    if state is ApprovalState.PENDING:
        raise BadInput("Answer: choose whether it was approved or declined.", "state")
    values: dict[str, object] = {"state": state, "decided_on": decided_on, "decided_by_id": decided_by_id}
    if words.strip():
        values["words"] = words
    if amount_p is not None:
        values["amount_p"] = amount_p
    change(session, approval_id, values)


def change(session: Session, approval_id: int, values: Values, before: Values | None = None) -> None:
    """Correct a question or its answer; what was paid on the strength of it must still be allowed.

    Raises:
        BadInput: a value does not fit; `field` names it.
        Changed: it is not there any more, or was changed since.
        Refused: an entry that is paid rests on the answer as it was.
    """
    _check({**records.kept(session, "approval", approval_id).values, **values})
    entries = t.metadata.tables["fund_entry"]
    resting = session.connection().scalars(
        select(entries.c.on).where(entries.c.approval_id == approval_id).distinct()
    )
    with held_to_fund_rules(session, {school_year(day) for day in resting}):
        records.change(session, t.Approval, approval_id, values, before)


def _check(values: Values) -> None:
    """Answer and day go together, and the answer does not come before the question."""
    state = values.get("state", ApprovalState.PENDING)
    asked_on, decided_on = values.get("asked_on"), values.get("decided_on")
    if state == ApprovalState.PENDING:
        if decided_on is not None:
            words = "a day is entered, but no answer: choose approved or declined, or empty the day."
            raise BadInput(f"Answer: {words}", "state")
    elif decided_on is None:
        raise BadInput("Answered: enter the day of the answer.", "decided_on")
    elif isinstance(asked_on, dt.date) and decided_on < asked_on:
        words = f"the question was asked on {long_date(asked_on)}: enter that day or a later one."
        raise BadInput(f"Answered: {words}", "decided_on")


def _check_gate(session: Session, entry_id: int, values: Values) -> None:
    """An answer must be of the kind that the entry needs, or it would not open the gate."""
    row = records.kept(session, "fund_entry", entry_id).values
    fund = records.kept(session, "fund", row["fund_id"]).values
    wanted = kind_wanted(row["heading"], fund["kind"])
    if wanted is not None and values.get("kind") != wanted:
        raise BadInput(f"Kind: {row['code']} needs an answer of the kind “{wanted.label}”.", "kind")
