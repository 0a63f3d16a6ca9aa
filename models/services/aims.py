"""The six central aims in the cluster's own words, dated (R-AIM-1, D2)."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from models import tables as t
from models.errors import BadInput
from models.formats import long_date
from models.services import records
from models.services.records import Values

_AIM = t.metadata.tables["aim"]


def put_into_words(session: Session, values: Values) -> int:
    """Put an aim into words from a day on. The words before that day stay as they were, and so do its links.

    Args:
        session: inside the transaction.
        values: `number` from 1 to 6, `text`, and `starts_on`, the first day of these words.

    Returns:
        The id of the wording.

    Raises:
        BadInput: a value does not fit, these are its words already, or it has other words from that day on.
    """
    draft = t.AimDraft.checked(**values)
    rows = session.connection().execute(select(_AIM).where(_AIM.c.number == draft.number)).all()
    if any(row.starts_on == draft.starts_on for row in rows):
        day = long_date(draft.starts_on)
        sentence = f"Aim {draft.number} has words from {day} already: choose another day, or edit those."
        raise BadInput(sentence, "starts_on")
    before = [row for row in rows if row.starts_on < draft.starts_on]
    newest = max(before, key=lambda row: row.starts_on, default=None)
    if newest is not None and newest.text == draft.text:
        raise BadInput(f"Aim {draft.number} has these words already: change them, or cancel.", "text")
    return records.add(session, t.Aim, dict(draft.model_dump()))
