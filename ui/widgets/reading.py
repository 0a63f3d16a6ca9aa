"""Whether the open book can only be read, and what only looks at it: all else says why it does not act.

One fact about the process, like the theme: whatever is made while it holds is made so. Pages are made anew
for every book that is opened. What slips through is refused by `Book.change`, in the same sentence.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.overrides import override
from ui.widgets.plain import literal

_LOOKING = (
    r"All meetings", r"Back", r"Cancel", r"Carry on", r"Change it in Scheme rules", r"Check it", r"Close",
    r"Compare with now…?", r"Copy (?:as table|details|the report|the year as table|versions)",
    r"Decide later", r"Deleted [\w -]+…?", r"Explore", r"Export (?:PDF…|the review pack as PDF|the year…?)",
    r"Export what is shown…?", r"Fewer", r"Filters(?: \(\d+\))?", r"Full width", r"Gather it…", r"Go",
    r"Hide", r"History of this [\w -]+…?", r"Look at the years", r"Make it again", r"More", r"Open",
    r"Open (?:pack|the folder|the other one|the session)", r"Papers", r"Print .+", r"Print…", r"Roll-out",
    r"Save (?:a copy…?|PDF…|the year for a calendar…?)", r"Save…", r"See .+", r"Show", r"Show .+",
    r"Try a fee…?", r"What changed", r"What is held(?: about (?:somebody|them))?…?",
    r"Who is responsible, .+", r"Whole page", r"\d+ more",
)  # fmt: skip
"""The whole words of what only looks, prints or exports. All that is not named here is taken to write."""
_LOOKS = re.compile("|".join(_LOOKING))

_why = [""]


def why_not() -> str:
    """Why nothing can be changed, in a sentence; "" if it can."""
    return _why[0]


def set_why_not(sentence: str) -> None:
    """From now on nothing can be changed, for this reason; "" lets everything be changed."""
    _why[0] = sentence


def stops(words: str) -> bool:
    """Whether a button or a command of these words may not act, as the book can only be read."""
    return bool(_why[0]) and _LOOKS.fullmatch(words) is None


class Verb(QAction):
    """Something that can be done on a page: in a menu, by its keys and in quick find."""

    def __init__(self, words: str, parent: QObject) -> None:
        super().__init__(literal(words), parent)
        self._stopped = stops(words)
        self.setEnabled(True)

    @override
    def setEnabled(self, on: bool) -> None:
        super().setEnabled(on and not self._stopped)
