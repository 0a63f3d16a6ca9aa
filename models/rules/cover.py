"""How much of each cover claim is recognised, and what the school bears (R-COVER-1 to 6, 11, 12, 17).

At most so much for a half-day, actual cost and never a flat rate, and for regular meetings no more than
the school's yearly allowance. Approved and paid claims keep the amount frozen at approval; the others are
worked out afresh in order of date. Amounts are whole pence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from models.calendar import year_bounds, year_label
from models.formats import prose_pounds
from models.rules.cover_facts import (
    COUNTING,
    CoverFact,
    counted_cost,
    duplicates,
    forbidden,
    half_days,
    in_order,
    paid_from,
    places,
)
from models.rules.scheme import Scheme, SchemeFor
from models.values import replace
from models.words import ClaimState, HalfDay, PaidFrom, VatRecovery


class SchoolTerms(Struct, frozen=True):
    """What holds for one school in one year, where it differs from the scheme.

    Attributes:
        gives_release_input: False for a school that sets no release money aside, such as a secondary (D22).
        funded_places: funded teachers at one meeting; None: as the scheme says (R-COVER-11, D16).
        carried_p: unused allowance of the year before; counts only where the scheme lets it roll over (D6).
        allowance_p: an allowance of its own, such as a part year; None: as the scheme says.
    """

    gives_release_input: bool = True
    funded_places: int | None = None
    carried_p: int = 0
    allowance_p: int | None = None


USUAL = SchoolTerms()


def scheme_of_year(year: int, scheme_for: SchemeFor) -> Scheme:
    """The scheme that a school year's allowance follows: the one in force on its last day."""
    return scheme_for(year_bounds(year)[1])


def allowance(year: int, scheme_for: SchemeFor, terms: SchoolTerms = USUAL) -> int:
    """A school's release allowance for a year, in pence (R-COVER-4, D6, D22)."""
    if not terms.gives_release_input:
        return 0
    scheme = scheme_of_year(year, scheme_for)
    own = scheme.release_allowance if terms.allowance_p is None else terms.allowance_p
    return own + (max(terms.carried_p, 0) if scheme.release_rollover else 0)


def allowance_blocks(year: int, scheme_for: SchemeFor, terms: SchoolTerms = USUAL) -> int:
    """The half-days that the allowance is meant for: £500 at £100 each is 5 (R-COVER-4)."""
    cap = scheme_of_year(year, scheme_for).cap_per_half_day
    return -(-allowance(year, scheme_for, terms) // cap) if cap > 0 else 0


class Recognition(Struct, frozen=True):
    """What becomes of one claim. `recognised_p` + `school_share_p` = `cost_p`, always (R-COVER-17).

    Attributes:
        cost_p: the cost that counts (R-COVER-12); negative on a reversal.
        half_days: 1 or 2; negative on a reversal.
        lead_pays_p: what the lead school sends: nothing where the school holds the money itself (R-COVER-6).
        counts: False for a rejected or withdrawn claim: the school bears it, and no total knows of it.
        reasons: sentences that explain the split, for screen and paper.
    """

    claim_id: int
    state: ClaimState
    cost_p: int
    recognised_p: int
    school_share_p: int
    half_days: int
    paid_from: PaidFrom
    lead_pays_p: int
    counts: bool
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        """Hold R-COVER-17, whatever the arithmetic did."""
        if self.recognised_p + self.school_share_p != self.cost_p:
            raise ValueError(f"claim {self.claim_id}: recognised and school share are not the cost")


class _Purse(Struct):
    """A school's allowance while a year's claims draw on it, in money and perhaps in meetings (D5)."""

    left_p: int
    blocks_left: int | None

    def spend(self, amount_p: int, halves: int) -> None:
        self.left_p -= amount_p
        if self.blocks_left is not None and amount_p != 0:
            self.blocks_left -= halves

    def room(self, cap_p: int, halves: int) -> int:
        """The most that a claim for so many half-days can draw, in pence."""
        money = max(self.left_p, 0)
        if self.blocks_left is None:
            return money
        return min(money, cap_p * min(halves, max(self.blocks_left, 0)))


class _Year:
    """The claims of one school in one school year, worked through in order."""

    def __init__(self, claims: list[CoverFact], scheme_for: SchemeFor, terms: SchoolTerms) -> None:
        self.claims = sorted(claims, key=in_order)
        self.scheme_for = scheme_for
        self.terms = terms
        self.year = claims[0].year
        self.allowance_p = allowance(self.year, scheme_for, terms)
        by_meetings = scheme_of_year(self.year, scheme_for).allowance_basis == "meetings"
        blocks = allowance_blocks(self.year, scheme_for, terms) if by_meetings else None
        self.purse = _Purse(self.allowance_p, blocks)
        self.twice = duplicates(claims)
        self.places = places(claims)
        self.found: dict[int, Recognition] = {}

    def work_out(self) -> dict[int, Recognition]:
        frozen = [claim for claim in self.claims if claim.frozen_p is not None]
        live = [claim for claim in self.claims if claim.frozen_p is None]
        for claim in frozen:
            self._settle(claim, claim.frozen_p or 0, ("As recognised when it was approved.",))
        for claim in self._in_turn(live):
            if not claim.counts:
                self._settle(
                    claim, 0, (f"{claim.state.label}: nothing is recognised, and no total counts it.",)
                )
            elif claim.reverses_id is not None:
                self._settle(claim, self._taken_back(claim), ("Takes an earlier claim back.",))
            else:
                self._settle(claim, *self._split(claim))
        return self.found

    def _in_turn(self, live: list[CoverFact]) -> list[CoverFact]:
        """What is taken back goes first, each reversal right after its claim: together they draw nothing."""
        back = [one for one in live if one.counts and one.reverses_id is not None]
        gone, ids = {one.reverses_id for one in back}, {one.id for one in back}
        places = {one.id: place for place, one in enumerate(live)}
        pairs = [one for one in live if one.id in gone or one.id in ids]
        pairs.sort(key=lambda one: (places.get(one.reverses_id or one.id, -1), one.reverses_id is not None))
        return [*pairs, *(one for one in live if one.id not in gone and one.id not in ids)]

    def _settle(self, claim: CoverFact, recognised_p: int, reasons: tuple[str, ...]) -> None:
        scheme = self.scheme_for(claim.cover_on)
        cost, source = counted_cost(claim, scheme), paid_from(claim)
        if claim.counts and source is PaidFrom.SCHOOL_ALLOWANCE:
            self.purse.spend(recognised_p, claim.half_days)
        held_by_lead = source is not PaidFrom.SCHOOL_ALLOWANCE or scheme.release_mode == "lead_reimburses"
        self.found[claim.id] = Recognition(
            claim_id=claim.id,
            state=claim.state,
            cost_p=cost,
            recognised_p=recognised_p,
            school_share_p=cost - recognised_p,
            half_days=claim.half_days,
            paid_from=source,
            lead_pays_p=recognised_p if held_by_lead else 0,
            counts=claim.counts,
            reasons=reasons + _share_words(cost - recognised_p),
        )

    def _taken_back(self, claim: CoverFact) -> int:
        original = self.found.get(claim.reverses_id or 0)
        if original is not None:
            return -original.recognised_p
        scheme = self.scheme_for(claim.cover_on)
        return -min(-counted_cost(claim, scheme), scheme.cap_per_half_day * -claim.half_days)

    def _split(self, claim: CoverFact) -> tuple[int, tuple[str, ...]]:
        scheme = self.scheme_for(claim.cover_on)
        cost = max(counted_cost(claim, scheme), 0)
        if stopped := self._stopped(claim, scheme):
            return 0, (stopped,)
        own = paid_from(claim) is PaidFrom.SCHOOL_ALLOWANCE
        ceiling = scheme.cap_per_half_day * claim.half_days
        capped = min(cost, ceiling) if own or scheme.pot_release_cap else cost
        reasons = list(_vat_words(claim, scheme))
        if capped < cost:
            time = "a whole day" if claim.half_day is HalfDay.DAY else "a half-day"
            reasons.append(f"At most {prose_pounds(ceiling)} is recognised for {time}.")
        recognised = min(capped, self.purse.room(scheme.cap_per_half_day, claim.half_days)) if own else capped
        if recognised < capped:
            reasons.append(self._used_up(claim, recognised))
        if claim.lacks_cost:
            reasons.insert(0, "What the cover cost is not entered yet.")
        elif recognised == cost:
            reasons.insert(0, f"The whole cost of {prose_pounds(cost)} is recognised.")
        return recognised, tuple(reasons)

    def _stopped(self, claim: CoverFact, scheme: Scheme) -> str:
        """Why nothing can be recognised, or ""."""
        if forbidden(claim, scheme):
            return (
                "A rule says no to this claim: nothing is recognised unless a reason to allow it is recorded."
            )
        earlier = self.twice.get(claim.id)
        if earlier is not None and not claim.override_reason.strip():
            return f"{earlier.code} already covers this person for this half-day."
        limit = scheme.funded_places if self.terms.funded_places is None else self.terms.funded_places
        place = self.places.get(claim.id, 0)
        if place > limit and not claim.override_reason.strip():
            teachers = "1 teacher" if limit == 1 else f"{limit} teachers"
            return f"Only {teachers} of a school at one meeting can be funded; this is number {place}."
        return ""

    def _used_up(self, claim: CoverFact, got: int) -> str:
        if not self.terms.gives_release_input:
            return f"{claim.school_name} sets no release money aside."
        whole = f"{claim.school_name}’s allowance of {prose_pounds(self.allowance_p)}"
        when = f"for {year_label(self.year)}"
        if got == 0:
            return f"{whole} {when} is used up."
        return f"Only {prose_pounds(got)} of {whole} {when} was left."


def _vat_words(claim: CoverFact, scheme: Scheme) -> Iterable[str]:
    if claim.vat_p == 0:
        return
    vat = f"VAT of {prose_pounds(claim.vat_p)}"
    if claim.vat_recovery is VatRecovery.NO:
        yield f"{vat} is part of the cost, because the school does not get it back."
    elif claim.vat_recovery is VatRecovery.ASK:
        yield f"{vat} is counted as cost until the school says whether it gets VAT back."
    elif scheme.cap_includes_vat:
        yield f"{vat} is part of the cost, because the limit includes VAT."


def _share_words(share_p: int) -> tuple[str, ...]:
    return (f"The school bears {prose_pounds(share_p)}.",) if share_p > 0 else ()


def recognise(
    claims: Iterable[CoverFact], scheme_for: SchemeFor, terms: SchoolTerms = USUAL
) -> dict[int, Recognition]:
    """What is recognised of every claim of ONE school and ONE school year, by claim id.

    The allowance goes first to claims frozen at approval, then to the live ones by date, session and
    number. Claims on the pot or other funding are limited for a half-day (D29) but leave the allowance
    alone. A reversal is negative and gives the allowance back.

    Raises:
        ValueError: the claims are of more than one school or school year.
    """
    known = list(claims)
    if not known:
        return {}
    if len({(claim.school_id, claim.year) for claim in known}) > 1:
        raise ValueError("recognise takes the claims of one school and one school year")
    return _Year(known, scheme_for, terms).work_out()


def recognise_all(
    claims: Iterable[CoverFact],
    scheme_for: SchemeFor,
    terms: Mapping[tuple[int, int], SchoolTerms] | None = None,
) -> dict[int, Recognition]:
    """`recognise` for any claims, school by school and year by year.

    Args:
        claims: ALL claims of the schools and years they belong to.
        scheme_for: the scheme in force on a day.
        terms: what differs, by (school id, school year).
    """
    groups: dict[tuple[int, int], list[CoverFact]] = {}
    for claim in claims:
        groups.setdefault((claim.school_id, claim.year), []).append(claim)
    found: dict[int, Recognition] = {}
    for key, group in groups.items():
        found |= recognise(group, scheme_for, (terms or {}).get(key, USUAL))
    return found


def split_live(
    claim: CoverFact, others: Iterable[CoverFact], scheme_for: SchemeFor, terms: SchoolTerms = USUAL
) -> Recognition:
    """The split of a claim while it is being typed, beside the school's other claims of any year.

    A stored version of the same claim among `others` is left out; a new claim may have id 0.
    """
    beside = [
        other
        for other in others
        if other.id != claim.id and (other.school_id, other.year) == (claim.school_id, claim.year)
    ]
    return recognise([*beside, claim], scheme_for, terms)[claim.id]


class Totals(Struct, frozen=True):
    """Sums of claims, in pence; `half_days` net of reversals (R-COVER-17)."""

    claims: int = 0
    half_days: int = 0
    cost_p: int = 0
    recognised_p: int = 0
    school_share_p: int = 0
    lead_pays_p: int = 0

    def __post_init__(self) -> None:
        """Hold R-COVER-17, whatever was added up."""
        if self.recognised_p + self.school_share_p != self.cost_p:
            raise ValueError("recognised and school share do not add up to the cost")

    @property
    def words(self) -> str:
        """`£1,130 + £145 = £1,275`."""
        parts = (self.recognised_p, self.school_share_p, self.cost_p)
        recognised, share, cost = (prose_pounds(part) for part in parts)
        return f"{recognised} + {share} = {cost}"


def totals(recognitions: Iterable[Recognition], states: Collection[ClaimState] = COUNTING) -> Totals:
    """The sums of the claims in `states`. Rejected and withdrawn claims are never in them."""
    sums = Totals()
    for one in recognitions:
        if one.counts and one.state in states:
            sums = replace(
                sums,
                claims=sums.claims + (1 if one.half_days > 0 else -1),
                half_days=sums.half_days + one.half_days,
                cost_p=sums.cost_p + one.cost_p,
                recognised_p=sums.recognised_p + one.recognised_p,
                school_share_p=sums.school_share_p + one.school_share_p,
                lead_pays_p=sums.lead_pays_p + one.lead_pays_p,
            )
    return sums


def cap_of(half_day: HalfDay, day: dt.date, scheme_for: SchemeFor) -> int:
    """The most recognised for cover on a day, in pence: twice as much for a whole day (R-COVER-2)."""
    return scheme_for(day).cap_per_half_day * half_days(half_day)
