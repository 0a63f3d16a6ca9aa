"""The everyday papers as the window offers them: by use, and by the record that each can be printed of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reports.papers import PAPERS
from ui.icons import Icon


class Use(Enum):
    """What papers are for: the groups of their list."""

    MEETING = "For a meeting"
    CPD = "For CPD"
    COVER = "For cover claims"
    BANK = "For the resource bank"
    SCHOOLS = "For schools, and for who comes next"

    @property
    def icon(self) -> Icon:
        """The icon of the page that such papers come from."""
        return _ICONS[self]


_ICONS = {
    Use.MEETING: Icon.MEETINGS,
    Use.CPD: Icon.PEOPLE,
    Use.COVER: Icon.CLAIMS,
    Use.BANK: Icon.BANK,
    Use.SCHOOLS: Icon.SCHOOLS,
}


@dataclass(frozen=True)
class PaperUse:
    """One paper.

    Attributes:
        key: its key in `reports.papers.PAPERS`.
        use: what it is for.
        purpose: one line: when one prints it, and for whom.
        of: the table whose record it can be printed of; "" where it is of no record.
        beside: further tables in whose lists it is wanted.
    """

    key: str
    use: Use
    purpose: str
    of: str = ""
    beside: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What people call it."""
        return PAPERS[self.key].title

    @property
    def large_print(self) -> bool:
        """Whether it can be had in large print."""
        return PAPERS[self.key].large_print


_SURVEY = ("confidence_area", "confidence_answer")

USES: tuple[PaperUse, ...] = (
    PaperUse("sign_in", Use.MEETING, "Hand it round: who came, and who was released from class.", "meeting"),
    PaperUse("agenda", Use.MEETING, "Send it out beforehand: topics, and actions to report on.", "meeting"),
    PaperUse(
        "handover",
        Use.MEETING,
        "What each school brings to the meeting and takes home.",
        "meeting",
        ("loan",),
    ),
    PaperUse("minutes", Use.MEETING, "Send it round after: decisions, who does what, who came.", "meeting"),
    PaperUse(
        "evaluation_slip", Use.CPD, "To hand out at the end of a session, two or four a page.", "cpd_session"
    ),
    PaperUse("recharge", Use.CPD, "What each school pays of a fee above the limit.", "cpd_session"),
    PaperUse("claim_form", Use.COVER, "One claim and its split, for signatures and the file.", "cover_claim"),
    PaperUse(
        "claim_form_blank",
        Use.COVER,
        "To fill in by hand, for schools that claim on paper.",
        "school",
        ("cover_claim",),
    ),
    PaperUse("remittance", Use.COVER, "Tells a school what it was paid, for which claims.", "cover_claim"),
    PaperUse("labels", Use.BANK, "With QR codes, on sheets of 21, 14 or 8.", "resource"),
    PaperUse("label_test", Use.BANK, "Rulers and outlines: will the labels sit true?", "resource"),
    PaperUse("contents_card", Use.BANK, "For the lid: what is in the box, and how to lend it.", "resource"),
    PaperUse("loan_slip", Use.BANK, "Goes out with the box, and ticks it in when it is back.", "loan"),
    PaperUse(
        "stock_check", Use.BANK, "Walk round with it: is everything there, and whole?", beside=("resource",)
    ),
    PaperUse(
        "catalogue",
        Use.BANK,
        "For staff rooms: what there is to borrow, and what for.",
        beside=("resource",),
    ),
    PaperUse("school_page", Use.SCHOOLS, "What the school gave and got this year: one, or all.", "school"),
    PaperUse(
        "confidence_survey",
        Use.SCHOOLS,
        "For teachers, before and after: how sure they feel.",
        beside=_SURVEY,
    ),
    PaperUse(
        "successor",
        Use.SCHOOLS,
        "All that whoever takes over needs on the first day.",
        beside=("school", "role"),
    ),
)
"""Every paper, in the order to show them."""

BY_KEY = {one.key: one for one in USES}


def papers_for(table: str) -> tuple[PaperUse, ...]:
    """The papers that can be printed of a record of a table, or are wanted beside its list."""
    return tuple(one for one in USES if table == one.of or table in one.beside)


def of_use(use: Use) -> Sequence[PaperUse]:
    """The papers of one use."""
    return [one for one in USES if one.use is use]
