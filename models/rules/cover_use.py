"""A school's release allowance: used, planned and left, by half-day and by school (R-COVER-4, 5, 7, 18).

Amounts are whole pence. Schools are listed by the alphabet and never ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from models.calendar import year_label
from models.formats import count, prose_pounds
from models.rules.cover import (
    USUAL,
    Recognition,
    SchoolTerms,
    Totals,
    allowance,
    allowance_blocks,
    scheme_of_year,
    totals,
)
from models.rules.cover_facts import FROZEN, LIVE
from models.rules.scheme import SchemeFor
from models.rules.verdict import About, Verdict, answered, warn
from models.words import Answer, PaidFrom


class Block(Struct, frozen=True):
    """One half-day of the allowance, for the meter; what is neither used, planned nor left is lost to it."""

    size_p: int
    used_p: int
    planned_p: int
    left_p: int


class Entitlement(Struct, frozen=True):
    """A school's allowance in one school year, in pence.

    Attributes:
        used_p: recognised on approved and paid claims.
        planned_p: recognised on claims not approved yet (draft, submitted, returned).
        left_p: what further claims can still draw.
        half_days_used: half-days of the approved and paid claims on the allowance.
        half_days_planned: the same of those not approved yet.
        blocks: one for each half-day that the allowance is meant for.
    """

    year: int
    allowance_p: int
    used_p: int
    planned_p: int
    left_p: int
    half_days_used: int
    half_days_planned: int
    blocks: tuple[Block, ...]

    @property
    def unused_p(self) -> int:
        """The allowance without what is used: the figure of a year that is over."""
        return max(self.allowance_p - self.used_p, 0)


def entitlement(
    year: int, recognitions: Iterable[Recognition], scheme_for: SchemeFor, terms: SchoolTerms = USUAL
) -> Entitlement:
    """What one school has used of its allowance in a school year.

    Args:
        year: the school year.
        recognitions: of ALL claims of the school in that year; those on other money are passed over.
        scheme_for: the scheme in force on a day.
        terms: what differs for the school.
    """
    own = [one for one in recognitions if one.counts and one.paid_from is PaidFrom.SCHOOL_ALLOWANCE]
    used, planned = totals(own, FROZEN), totals(own, LIVE)
    whole = allowance(year, scheme_for, terms)
    scheme = scheme_of_year(year, scheme_for)
    blocks = allowance_blocks(year, scheme_for, terms)
    sizes = _sizes(whole, blocks, scheme.cap_per_half_day)
    left = max(whole - used.recognised_p - planned.recognised_p, 0)
    if scheme.allowance_basis == "meetings":
        drawn_used = _half_days_drawn(own, FROZEN)
        drawn_planned = _half_days_drawn(own, LIVE)
        drawn = _by_meeting(sizes, used.recognised_p, drawn_used, planned.recognised_p, drawn_planned)
        left = min(left, sum(block.left_p for block in drawn))
    else:
        drawn = _by_money(sizes, used.recognised_p, planned.recognised_p)
    return Entitlement(
        year=year,
        allowance_p=whole,
        used_p=used.recognised_p,
        planned_p=planned.recognised_p,
        left_p=left,
        half_days_used=used.half_days,
        half_days_planned=planned.half_days,
        blocks=drawn,
    )


def _sizes(whole_p: int, blocks: int, cap_p: int) -> list[int]:
    return [min(cap_p, whole_p - cap_p * place) for place in range(blocks)]


def _half_days_drawn(own: Iterable[Recognition], states: frozenset[object]) -> int:
    return max(sum(one.half_days for one in own if one.state in states and one.recognised_p != 0), 0)


def _by_money(sizes: list[int], used_p: int, planned_p: int) -> tuple[Block, ...]:
    """Fill the blocks from the left: first what is used, then what is planned."""
    blocks = []
    for size in sizes:
        used = min(size, max(used_p, 0))
        planned = min(size - used, max(planned_p, 0))
        used_p, planned_p = used_p - used, planned_p - planned
        blocks.append(Block(size, used, planned, size - used - planned))
    return tuple(blocks)


def _by_meeting(
    sizes: list[int], used_p: int, used_halves: int, planned_p: int, planned_halves: int
) -> tuple[Block, ...]:
    """One block for each half-day, holding its even part of the money; one begun has nothing left (D5)."""
    blocks = []
    for place, size in enumerate(sizes):
        if place < used_halves:
            part = -(-used_p // (used_halves - place))
            used_p -= part
            blocks.append(Block(size, min(part, size), 0, 0))
        elif place < used_halves + planned_halves:
            part = -(-planned_p // (used_halves + planned_halves - place))
            planned_p -= part
            blocks.append(Block(size, 0, min(part, size), 0))
        else:
            blocks.append(Block(size, 0, 0, size))
    return tuple(blocks)


class SchoolUse(Struct, frozen=True):
    """One school's line in the table of release and supply cover."""

    school_id: int
    school_name: str
    entitlement: Entitlement
    own: Totals
    """Claims on its own allowance."""
    other: Totals
    """Claims on the pot or other funding."""

    @property
    def words(self) -> str:
        """How far the allowance went, without comparing schools (R-COVER-18)."""
        share = self.own.school_share_p
        used = f"{prose_pounds(self.own.recognised_p)} of {prose_pounds(self.entitlement.allowance_p)}"
        beyond = f", and {prose_pounds(share)} more borne by the school" if share > 0 else ""
        return f"{used} used{beyond}; {prose_pounds(self.entitlement.left_p)} left"


def use_by_school(
    year: int,
    schools: Mapping[int, str],
    recognitions: Mapping[int, Iterable[Recognition]],
    scheme_for: SchemeFor,
    terms: Mapping[int, SchoolTerms] | None = None,
) -> list[SchoolUse]:
    """Every school's use of its allowance in a year, by the alphabet (R-COVER-18).

    Args:
        year: the school year.
        schools: name by school id.
        recognitions: of the year's claims, by school id; a school without claims may be missing.
        scheme_for: the scheme in force on a day.
        terms: what differs, by school id.
    """
    lines = []
    for school_id, name in sorted(schools.items(), key=lambda item: (item[1].casefold(), item[0])):
        known = list(recognitions.get(school_id, ()))
        lines.append(
            SchoolUse(
                school_id=school_id,
                school_name=name,
                entitlement=entitlement(year, known, scheme_for, (terms or {}).get(school_id, USUAL)),
                own=totals(one for one in known if one.paid_from is PaidFrom.SCHOOL_ALLOWANCE),
                other=totals(one for one in known if one.paid_from is not PaidFrom.SCHOOL_ALLOWANCE),
            )
        )
    return lines


def use_verdict(line: SchoolUse, scheme_for: SchemeFor) -> Verdict | None:
    """Says, once for a school, that its claims go beyond its allowance (R-COVER-4)."""
    own, whole = line.own, line.entitlement
    beyond = own.recognised_p >= whole.allowance_p > 0 and own.half_days > len(whole.blocks)
    if not beyond:
        return None
    text = (
        f"{line.school_name} has claimed {count(own.half_days, 'half-day')} in {year_label(whole.year)}; its "
        f"allowance of {prose_pounds(whole.allowance_p)} is for {len(whole.blocks)}, and the school bears "
        f"{prose_pounds(own.school_share_p)}: say why more release was needed."
    )
    response = scheme_of_year(whole.year, scheme_for).response("release_allowance")
    return answered(response, "R-COVER-4", text, About("school", line.school_id))


class AdditionalFact(Struct, frozen=True):
    """A school's word whether its release money is on top of its science budget (R-COVER-7)."""

    school_id: int
    school_name: str
    answer: Answer = Answer.NOT_SAID


def confirmed_words(answers: Iterable[AdditionalFact]) -> str:
    """`6 of 7 confirmed` (R-COVER-7)."""
    known = list(answers)
    return f"{sum(one.answer is Answer.YES for one in known)} of {len(known)} confirmed"


def additional_verdicts(answers: Iterable[AdditionalFact], year: int) -> list[Verdict]:
    """One warning for each school that has not said, or said no (R-COVER-7)."""
    what = f"the release money for {year_label(year)} is on top of its science budget"
    found = []
    for one in sorted(answers, key=lambda fact: (fact.school_name.casefold(), fact.school_id)):
        if one.answer is Answer.YES:
            continue
        said = "says no when asked if" if one.answer is Answer.NO else "has not said whether"
        text = f"{one.school_name} {said} {what}: talk to its headteacher."
        found.append(warn("R-COVER-7", text, About("school", one.school_id)))
    return found
