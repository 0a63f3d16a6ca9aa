"""Who came to CPD and what they said: attendances, people, slips (R-IMP-1, R-IMP-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.formats import NOT_ENTERED, percent
from models.words import OutcomeMet

RATINGS = (1, 2, 3, 4, 5)


class BookingFact(Struct, frozen=True):
    """A person at a session."""

    session_id: int
    person_id: int
    school_id: int | None = None
    attended: bool = True


class CpdReach(Struct, frozen=True):
    """Attendances and people, counted apart: five on one course and four of them on another is 9 and 5."""

    attendances: int
    people: int
    schools: int


def cpd_reach(bookings: Iterable[BookingFact]) -> CpdReach:
    """Counts those who came; a person counts once for each session and once in all (R-IMP-1)."""
    came = [one for one in bookings if one.attended]
    return CpdReach(
        attendances=len({(one.session_id, one.person_id) for one in came}),
        people=len({one.person_id for one in came}),
        schools=len({one.school_id for one in came if one.school_id is not None}),
    )


class SlipFact(Struct, frozen=True):
    """One evaluation slip, without a name; None: left blank."""

    rating: int | None = None
    outcomes_met: OutcomeMet | None = None
    useful: bool | None = None
    relevant: bool | None = None


def share_words(part: int, whole: int, small_group: int) -> str:
    """`4 of 5 (80%)`, `all 5 (100%)`; under `small_group` answers only the counts (R-IMP-2, F10.4)."""
    if whole == 0:
        return NOT_ENTERED
    counts = f"all {whole}" if part == whole > 1 else f"{part} of {whole}"
    return counts if whole < small_group else f"{counts} ({percent(part, whole)})"


class Tally(Struct, frozen=True):
    """How many of those who answered a question said yes."""

    yes: int
    answers: int
    small_group: int

    @property
    def words(self) -> str:
        """`4 of 5 (80%)`; only counts for a small group; “not entered” without answers."""
        return share_words(self.yes, self.answers, self.small_group)


class Evaluation(Struct, frozen=True):
    """The slips of one session, or of many.

    Attributes:
        slips: how many there are.
        ratings: how often each rating from 1 to 5 was given.
        outcomes: how often learning outcomes were met in full; `in_part` and `not_met` hold the rest.
    """

    slips: int
    ratings: tuple[int, ...]
    outcomes: Tally
    in_part: int
    not_met: int
    useful: Tally
    relevant: Tally
    small_group: int

    @property
    def rated(self) -> int:
        return sum(self.ratings)

    @property
    def mean_words(self) -> str:
        """`4.2 of 5`, half up; the ratings one by one for a small group; “not entered” without any."""
        if self.rated == 0:
            return NOT_ENTERED
        if self.rated < self.small_group:
            given = [
                f"{number} × {rating}" for rating, number in zip(RATINGS, self.ratings, strict=True) if number
            ]
            return ", ".join(given)
        total = sum(rating * number for rating, number in zip(RATINGS, self.ratings, strict=True))
        tenths = (20 * total + self.rated) // (2 * self.rated)
        return f"{tenths // 10}.{tenths % 10} of {RATINGS[-1]}"


def _tally(answers: Sequence[bool | None], small_group: int) -> Tally:
    given = [answer for answer in answers if answer is not None]
    return Tally(sum(given), len(given), small_group)


def evaluation(slips: Iterable[SlipFact], small_group: int) -> Evaluation:
    """Counts the slips (R-IMP-2).

    Args:
        slips: of one session or many.
        small_group: groups below this show counts, never a percentage (`scheme.small_group`).
    """
    known = list(slips)
    met = [slip.outcomes_met for slip in known if slip.outcomes_met is not None]
    return Evaluation(
        slips=len(known),
        ratings=tuple(sum(slip.rating == rating for slip in known) for rating in RATINGS),
        outcomes=Tally(met.count(OutcomeMet.YES), len(met), small_group),
        in_part=met.count(OutcomeMet.PART),
        not_met=met.count(OutcomeMet.NO),
        useful=_tally([slip.useful for slip in known], small_group),
        relevant=_tally([slip.relevant for slip in known], small_group),
        small_group=small_group,
    )
