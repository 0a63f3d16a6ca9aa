"""Whether the open book can only be read, and which buttons would change it: those say why they do not act.

One fact about the process, like the theme: whatever is made while it holds is made so. Pages are made anew
for every book that is opened. What slips through is refused by `Book.change`, in the same sentence.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.overrides import override
from ui.widgets.plain import literal

_BEGINNINGS = (
    "Add", "Adopt", "Agreements", "Aims and focus areas", "All (?:own|released|replaced)", "Approve",
    "Ask", "Attach", "Award", "Bought", "Cancel meeting", "Change(?! it in Scheme rules)", "Check in",
    "Check…", "Choose a (?:picture|second)", "Complete", "Contents", "Copy (?:last|marks)", "Delete",
    "Discard", "Draft the", "Drop", "Duplicate", "Edit", "Enter", "Extend", "Feedback", "Finalise",
    "Find (?:a school|in GIAS)", "Fund it", "Hand(?:ed)?", "Import", "Issue", "It (?:is|took|was)",
    "Leave out", "Lend", "Link", "List the", "Log", "Logo", "Mark", "Move", "New", "Next version",
    "No longer", "Note", "Numbers of this", "Open (?:again|the year again)", "Parts and order", "Pay",
    "Permission", "Person has left", "Photograph or file", "Plan", "Put", "Received", "Record", "Refuse",
    "Reject", "Reopen", "Repeat", "Replace", "Reserve", "Restore(?! the| another| it)", "Retire", "Return",
    "Reverse", "Reviewed", "Save attendance", "School (?:becomes|joins|leaves)", "Settle", "Start a fund",
    "Stock check", "Submit", "Tags?", "Take", "The Advisor was", "This fund", "Tick all", "Type in",
    "Verdict", "Waiting list", "Who (?:came|is asked)", "Withdraw", "Write", "Years taught",
)  # fmt: skip
"""How the words of what changes the book begin."""
_WRITES = re.compile(f"(?:{'|'.join(_BEGINNINGS)})(?![\\w-])")

_why = [""]


def why_not() -> str:
    """Why nothing can be changed, in a sentence; "" if it can."""
    return _why[0]


def set_why_not(sentence: str) -> None:
    """From now on nothing can be changed, for this reason; "" lets everything be changed."""
    _why[0] = sentence


def stops(words: str) -> bool:
    """Whether a button or a command of these words would change a book that can only be read."""
    return bool(_why[0]) and _WRITES.match(words) is not None


class Verb(QAction):
    """Something that can be done on a page: in a menu, by its keys and in quick find."""

    def __init__(self, words: str, parent: QObject) -> None:
        super().__init__(literal(words), parent)
        self._stopped = stops(words)
        self.setEnabled(True)

    @override
    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not self._stopped)
