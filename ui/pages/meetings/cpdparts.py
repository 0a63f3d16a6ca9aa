"""The people and the slips of a CPD session, a record a line: what the grids enter, mended singly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.pages.meetings.forms import BOOKING, SLIP
from ui.pages.meetings.parts import PartPane
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from models.queries.cpd_page import CpdDetail, SeatLine, SlipLine
    from ui.context import AppContext

CAME, BOOKED = "Came", "Booked"
YES_NO = {True: "Yes", False: "No", None: "–"}


def _came(seat: SeatLine) -> str:
    return CAME if seat.came else BOOKED


def _reached(seat: SeatLine) -> str:
    return str(seat.shared_with) if seat.shared_with else "–"


PEOPLE: ListSpec[SeatLine] = ListSpec(
    key="cpd-people",
    table="cpd_booking",
    noun="booking",
    plural="bookings",
    columns=(
        Column("Name", lambda one: one.name, lambda one: one.name.casefold(), Look.STRONG),
        Column(
            "School",
            lambda one: one.school or "–",
            lambda one: one.school.casefold(),
            stretch=True,
            tip=lambda one: one.school,
        ),
        Column("State", _came, _came, Look.STATE, sample=BOOKED),
        Column(
            "Passed on",
            lambda one: long_date(one.shared_on) if one.shared_on else "–",
            lambda one: one.shared_on,
            sample="30 September 2025",
        ),
        Column("Staff reached", _reached, lambda one: one.shared_with, right=True),
    ),
    identity=lambda one: one.id,
    title=lambda one: one.name,
    ask=None,
    empty=Empty(
        Icon.PEOPLE,
        "Who was booked, who came, and when they passed it on in their own school. Who came… marks them all "
        "at once.",
        "Add the first booking",
    ),
    chips=(
        ChipSpec("Came", lambda one: one.came),
        ChipSpec("Not passed on", lambda one: one.came and one.shared_on is None),
    ),
    form=BOOKING,
    words=lambda one: f"{one.name} {one.school} {_came(one)} {one.shared} {one.notes}",
)


def _who(line: SlipLine) -> str:
    return line.slip.respondent.label if line.slip.respondent else "–"


def _rating(line: SlipLine) -> str:
    return str(line.slip.rating) if line.slip.rating else "–"


def _met(line: SlipLine) -> str:
    return line.slip.outcomes_met.label if line.slip.outcomes_met else "–"


def _comment(line: SlipLine) -> str:
    return " ".join(line.slip.comment.split())


SLIPS: ListSpec[SlipLine] = ListSpec(
    key="cpd-slips",
    table="cpd_evaluation",
    noun="slip",
    plural="slips",
    columns=(
        Column(
            "Slip", lambda one: str(one.slip.number), lambda one: one.slip.number, Look.STRONG, right=True
        ),
        Column("Who", _who, _who),
        Column("Rating", _rating, lambda one: one.slip.rating, right=True),
        Column("Outcomes met", _met, _met),
        Column("Useful", lambda one: YES_NO[one.slip.useful], lambda one: YES_NO[one.slip.useful]),
        Column("Relevant", lambda one: YES_NO[one.slip.relevant], lambda one: YES_NO[one.slip.relevant]),
        Column(
            "Comment",
            lambda one: _comment(one) or "–",
            lambda one: _comment(one).casefold(),
            stretch=True,
            tip=_comment,
        ),
        Column("Quote", lambda one: YES_NO[one.slip.quotable], lambda one: one.slip.quotable),
    ),
    identity=lambda one: one.id,
    title=lambda one: f"slip {one.slip.number}",
    ask=None,
    empty=Empty(
        Icon.PACK,
        "Evaluation slips come on paper, without names. Enter slips… takes a pile of them, a key an answer.",
        "Add the first slip",
    ),
    form=SLIP,
)


class PeoplePane(PartPane["SeatLine"]):
    """Who was booked for a session.

    Attributes:
        grid: marks all of them at once.
    """

    def __init__(self, context: AppContext) -> None:
        self.grid = Button("Who came…", tip="Mark who was booked and who came")
        super().__init__(context, PEOPLE, tools=(self.grid,))

    def show_detail(self, detail: CpdDetail) -> None:
        """Show a session's bookings."""
        self.show_part(detail.seats, {"cpd_session_id": detail.id}, frozen=False)


class SlipsPane(PartPane["SlipLine"]):
    """The evaluation slips of a session.

    Attributes:
        grid: types in a pile of them.
    """

    def __init__(self, context: AppContext) -> None:
        self.grid = Button("Enter slips…", tip="Type in evaluation slips from paper")
        super().__init__(context, SLIPS, tools=(self.grid,))

    def show_detail(self, detail: CpdDetail) -> None:
        """Show a session's slips; a new one takes the next number."""
        following = max((one.slip.number for one in detail.slips), default=0) + 1
        self.show_part(detail.slips, {"cpd_session_id": detail.id, "slip": following}, frozen=False)
