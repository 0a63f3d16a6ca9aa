"""Confidence before and after, paired by the code on a slip, small groups protected (R-IMP-4 to 6, R-PPL-5).

Nothing here knows a name or a school: confidence is shown by area only, never by school (R-PPL-5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from models.formats import MINUS, NOT_ENTERED, count
from models.words import Respondent, SurveyRound


class AreaFact(Struct, frozen=True):
    """An area of the survey."""

    id: int
    name: str
    leaders_only: bool = False


class ScoreFact(Struct, frozen=True):
    """One score of one slip."""

    slip: str
    round: SurveyRound
    area_id: int
    score: int
    respondent: Respondent | None = None


class Change(Struct, frozen=True):
    """An area's scores before and after, of the people who answered both times.

    Attributes:
        paired: how many answered both times; the change uses these alone (R-IMP-4).
        people: how many answered at all, so that nobody is silently dropped (R-IMP-5).
        before: the scores of those who answered both times, before; `after` in the same order.
        small_group: below this many no mean is told, only counts of up, same and down (F10.4).
    """

    area: AreaFact
    people: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    small_group: int

    @property
    def paired(self) -> int:
        return len(self.before)

    @property
    def small(self) -> bool:
        """Whether a mean would tell too much of single people."""
        return self.paired < self.small_group

    @property
    def means(self) -> tuple[Fraction, Fraction] | None:
        """The mean before and after; None where nobody answered both times."""
        if not self.paired:
            return None
        return Fraction(sum(self.before), self.paired), Fraction(sum(self.after), self.paired)

    @property
    def difference(self) -> Fraction | None:
        """After minus before."""
        means = self.means
        return None if means is None else means[1] - means[0]

    @property
    def moves(self) -> tuple[int, int, int]:
        """How many went up, stayed and went down."""
        pairs = list(zip(self.before, self.after, strict=True))
        up = sum(after > before for before, after in pairs)
        down = sum(after < before for before, after in pairs)
        return up, len(pairs) - up - down, down

    @property
    def paired_words(self) -> str:
        """`4 paired of 7 people` (R-IMP-5)."""
        return (
            f"{self.paired} paired of {count(self.people, 'person', 'people')}"
            if self.people
            else NOT_ENTERED
        )

    @property
    def change_words(self) -> str:
        """`+1.25`; of a small group `3 up, 1 the same`; “not entered” where nobody answered both times."""
        if self.difference is None:
            return NOT_ENTERED
        if not self.small:
            return signed(self.difference)
        up, same, down = self.moves
        parts = [f"{up} up"] if up else []
        parts += [f"{same} the same"] if same else []
        parts += [f"{down} down"] if down else []
        return ", ".join(parts)


def hundredths(value: Fraction) -> str:
    """A mean with two decimals, half up: `3.75`."""
    whole = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    sign, whole = (MINUS, -whole) if whole < 0 else ("", whole)
    return f"{sign}{whole // 100}.{whole % 100:02}"


def signed(value: Fraction) -> str:
    """A difference with its sign: `+1.25`, `−0.50`, `0.00`."""
    return f"+{hundredths(value)}" if value > 0 else hundredths(value)


def changes(areas: Sequence[AreaFact], scores: Iterable[ScoreFact], small_group: int) -> tuple[Change, ...]:
    """Each area's change over the people who answered both times, in the order of the areas (R-IMP-4)."""
    found: dict[int, dict[str, dict[SurveyRound, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in scores:
        found[one.area_id][one.slip.strip().casefold()][one.round] = one.score
    return tuple(_change(area, found[area.id], small_group) for area in areas)


def _change(area: AreaFact, slips: Mapping[str, Mapping[SurveyRound, int]], small_group: int) -> Change:
    both = [slips[slip] for slip in sorted(slips) if len(slips[slip]) == len(SurveyRound)]
    return Change(
        area=area,
        people=len(slips),
        before=tuple(one[SurveyRound.BASELINE] for one in both),
        after=tuple(one[SurveyRound.FOLLOW_UP] for one in both),
        small_group=small_group,
    )


def by_role(scores: Iterable[ScoreFact], small_group: int) -> dict[str, tuple[ScoreFact, ...]]:
    """The scores by who answered, where every group has enough people; otherwise all together (R-IMP-6).

    Returns:
        `{"All who answered": …}`, or one entry for each role, by the role's words.
    """
    known = tuple(scores)
    groups: dict[Respondent, list[ScoreFact]] = defaultdict(list)
    for one in known:
        if one.respondent is not None:
            groups[one.respondent].append(one)
    people = {role: len({one.slip.casefold() for one in group}) for role, group in groups.items()}
    whole = sum(len(group) for group in groups.values()) == len(known)
    if len(groups) < 2 or not whole or min(people.values()) < small_group:
        return {"All who answered": known}
    return {role.label: tuple(groups[role]) for role in Respondent if role in groups}


def overall(found: Iterable[Change]) -> Change | None:
    """All areas together, for the summary's sixth figure; None where nobody answered both times.

    A person counts once for each area, so `people` is the largest number of any area.
    """
    known = [one for one in found if one.paired]
    if not known:
        return None
    protected = max(one.paired for one in known) < known[0].small_group
    return Change(
        area=AreaFact(0, "All areas"),
        people=max(one.people for one in known),
        before=tuple(score for one in known for score in one.before),
        after=tuple(score for one in known for score in one.after),
        # it is people that are protected, and each of them has given a score for every area
        small_group=sum(one.paired for one in known) + 1 if protected else 0,
    )
