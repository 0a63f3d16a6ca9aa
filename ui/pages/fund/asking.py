"""Asking the Advisor about an entry: the question is logged and gates the entry, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.services import approvals
from models.values import replace
from models.words import ApprovalKind, Heading
from ui.forms.editor import Editor
from ui.pages.fund.forms import APPROVAL

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.purse_entries import EntryRow
    from ui.context import AppContext
    from ui.forms.spec import Values

PSQM, OTHER = ApprovalKind.PSQM, ApprovalKind.OTHER


def ask_the_advisor(context: AppContext, window: QWidget, entry: EntryRow, today: dt.date) -> None:
    """Open the form for a question about an entry; saving it links the two.

    Args:
        context: the shared things.
        window: the form belongs to its window.
        entry: it waits for the answer from then on.
        today: the day it is.
    """

    def add(session: Session, values: Values) -> int:
        return approvals.ask(session, values, entry.id)

    editor = Editor(context, window, replace(APPROVAL, add=add))
    editor.new(
        {
            "kind": entry.needs or (PSQM if entry.heading is Heading.PSQM else OTHER),
            "asked_on": today,
            "question": entry.description,
            "amount_p": entry.amount_p,
        }
    )
