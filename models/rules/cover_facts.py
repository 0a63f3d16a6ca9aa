"""What the cover rules know of a claim, and what follows from one claim alone (R-COVER-1, 2, 6, 8 to 12).

Amounts are whole pence, time is counted in half-days (a whole day is two).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.calendar import school_year
from models.formats import NOT_ENTERED, long_date, prose_pounds
from models.rules.scheme import Scheme
from models.rules.verdict import About, Severity, Verdict, answered, refuse, unless_allowed
from models.values import replace
from models.words import (
    AttendanceCode,
    ClaimState,
    CoverPurpose,
    HalfDay,
    PaidFrom,
    ReleaseMethod,
    VatRecovery,
)

FROZEN = frozenset({ClaimState.APPROVED, ClaimState.PAID})
"""The recognised amount was fixed at approval."""
LIVE = frozenset({ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.RETURNED})
"""Worked out afresh each time."""
COUNTING = FROZEN | LIVE
"""All that totals and the allowance know of: rejected and withdrawn claims count nowhere."""

NEW = 0
"""The id of a claim that is being typed and not stored yet."""


BOUGHT = frozenset({ReleaseMethod.AGENCY, ReleaseMethod.SUPPLY})
"""Ways of release that always cost money; in the others the cost may be £0 (R-MEET-12)."""


class CoverFact(Struct, frozen=True):
    """One cover claim.

    Attributes:
        cost_p: actual cost before VAT; negative on a reversal.
        vat_p: VAT on it; negative on a reversal.
        vat_recovery: whether the claiming school gets its VAT back (R-COVER-12).
        approved_p: the recognised amount as frozen at approval; later changes never rewrite it.
        paid_from: only where it differs from what the purpose says (R-COVER-6).
        meeting_on: date of its meeting; None without one.
        in_school_day: of its meeting (R-COVER-9); None without one.
        attendance: the teacher's mark at its meeting (R-COVER-10); None: not recorded, or no meeting.
        method: how the teacher was released; None: not said.
        reverses_id: the paid claim that this line takes back (R-COVER-13).
        override_reason: why it was allowed although a rule says no; "" if nobody said.
    """

    id: int
    code: str
    school_id: int
    school_name: str
    person_id: int
    cover_on: dt.date
    half_day: HalfDay
    purpose: CoverPurpose
    cost_p: int
    vat_p: int = 0
    vat_recovery: VatRecovery = VatRecovery.YES
    state: ClaimState = ClaimState.DRAFT
    approved_p: int | None = None
    paid_from: PaidFrom | None = None
    person_name: str = ""
    meeting_id: int | None = None
    meeting_on: dt.date | None = None
    in_school_day: bool | None = None
    attendance: AttendanceCode | None = None
    method: ReleaseMethod | None = None
    reverses_id: int | None = None
    evidence_ref: str = ""
    claimant_id: int | None = None
    claimed_on: dt.date | None = None
    approver_id: int | None = None
    approved_on: dt.date | None = None
    override_reason: str = ""

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("cover_claim", self.id)

    @property
    def year(self) -> int:
        """The school year it belongs to: by the date of cover, not of the claim (R-COVER-16)."""
        return school_year(self.cover_on)

    @property
    def counts(self) -> bool:
        """False for rejected and withdrawn claims."""
        return self.state in COUNTING

    @property
    def frozen_p(self) -> int | None:
        """The recognised amount if it is fixed, else None."""
        return self.approved_p if self.state in FROZEN else None

    @property
    def lacks_cost(self) -> bool:
        """True where cover was bought and nobody has entered yet what it cost (R-REV-5)."""
        return lacks_cost(self.method, self.cost_p, self.reverses_id)

    @property
    def half_days(self) -> int:
        """1 or 2 (R-COVER-2); negative on a reversal."""
        return half_days(self.half_day) * (-1 if self.reverses_id is not None else 1)


def lacks_cost(method: ReleaseMethod | None, cost_p: int, reverses_id: int | None) -> bool:
    """True where cover was bought and its cost is still 0: nobody has entered it (R-REV-5)."""
    return method in BOUGHT and cost_p == 0 and reverses_id is None


def half_days(half_day: HalfDay) -> int:
    """How many half-days a word covers: a whole day is two (R-COVER-2)."""
    return 2 if half_day is HalfDay.DAY else 1


def in_order(claim: CoverFact) -> tuple[dt.date, bool, bool, str, int]:
    """Sort key: date of cover, mornings and whole days before afternoons, then number; new claims last."""
    return claim.cover_on, claim.half_day is HalfDay.PM, claim.id == NEW, claim.code, claim.id


def paid_from(claim: CoverFact) -> PaidFrom:
    """Regular meetings draw on the school's own allowance, all other release on the pot (R-COVER-6)."""
    if claim.paid_from is not None:
        return claim.paid_from
    own = claim.purpose in {CoverPurpose.FULL_CLUSTER, CoverPurpose.TRIP}
    return PaidFrom.SCHOOL_ALLOWANCE if own else PaidFrom.CLUSTER_POT


def counted_cost(claim: CoverFact, scheme: Scheme) -> int:
    """The cost that counts, in pence: net of VAT where the school gets it back, else with it (R-COVER-12).

    “Ask” counts as with VAT until the school has said. A frozen claim never costs less than was recognised:
    if it would, the school's answer has changed since, and VAT was counted at approval.
    """
    gross = claim.cost_p + claim.vat_p
    if claim.vat_recovery is not VatRecovery.YES or scheme.cap_includes_vat:
        return gross
    frozen = claim.frozen_p
    return gross if frozen is not None and abs(frozen) > abs(claim.cost_p) else claim.cost_p


def reversed_ids(claims: Iterable[CoverFact]) -> set[int]:
    """The claims that another line takes back (R-COVER-13)."""
    return {claim.reverses_id for claim in claims if claim.reverses_id is not None and claim.counts}


def standing(claims: Iterable[CoverFact]) -> list[CoverFact]:
    """Claims that stand: counting, not taken back and not a reversal.

    Frozen ones come first, then the others as they were entered: of two that clash, the later one yields.
    """
    known = list(claims)
    gone = reversed_ids(known)
    kept = [claim for claim in known if claim.counts and claim.reverses_id is None and claim.id not in gone]
    return sorted(kept, key=lambda claim: (claim.frozen_p is None, claim.id == NEW, claim.id))


def _halves(claim: CoverFact) -> set[HalfDay]:
    return {HalfDay.AM, HalfDay.PM} if claim.half_day is HalfDay.DAY else {claim.half_day}


def duplicates(claims: Iterable[CoverFact]) -> dict[int, CoverFact]:
    """By claim id: the earlier claim for the same person and half-day (R-COVER-10)."""
    taken: dict[tuple[int, dt.date, HalfDay], CoverFact] = {}
    found: dict[int, CoverFact] = {}
    for claim in standing(claims):
        places = [(claim.person_id, claim.cover_on, half) for half in sorted(_halves(claim))]
        earlier = next((taken[place] for place in places if place in taken), None)
        if earlier is not None:
            found[claim.id] = earlier
            if not claim.override_reason.strip():
                continue
        for place in places:
            taken.setdefault(place, claim)
    return found


def beside(claim: CoverFact, claims: Iterable[CoverFact]) -> list[CoverFact]:
    """Claims of the same school for the same half-day and another person: perhaps the same cover twice."""
    return [
        other
        for other in standing(claims)
        if other.id != claim.id
        and (other.school_id, other.cover_on) == (claim.school_id, claim.cover_on)
        and other.person_id != claim.person_id
        and _halves(other) & _halves(claim)
    ]


def places(claims: Iterable[CoverFact]) -> dict[int, int]:
    """By claim id: which of the school's teachers at its meeting it is for, from 1 (R-COVER-11).

    Claims without a meeting have no place. Two claims of one person at one meeting share a place.
    """
    people: dict[tuple[int, int], list[int]] = {}
    found: dict[int, int] = {}
    for claim in standing(claims):
        if claim.meeting_id is None:
            continue
        seats = people.setdefault((claim.school_id, claim.meeting_id), [])
        if claim.person_id not in seats:
            seats.append(claim.person_id)
        found[claim.id] = seats.index(claim.person_id) + 1
    return found


def _trip(claim: CoverFact, scheme: Scheme) -> Verdict | None:
    if claim.purpose is not CoverPurpose.TRIP:
        return None
    text = (
        f"{claim.code} of {claim.school_name} is for a trip or activity for children "
        f"({prose_pounds(claim.cost_p)}): release money is for teachers, so take it from another budget."
    )
    return answered(scheme.response("trips"), "R-COVER-8", text, claim.about)


def _outside_the_school_day(claim: CoverFact, scheme: Scheme) -> Verdict | None:
    if claim.in_school_day is not False:
        return None
    text = (
        f"{claim.code} of {claim.school_name} claims {prose_pounds(claim.cost_p)} for a meeting outside the "
        "school day, when no cover is needed: withdraw it, or record why cover was needed."
    )
    return answered(scheme.response("claim_outside_school_day"), "R-COVER-9", text, claim.about)


def _not_released(claim: CoverFact) -> Verdict | None:
    if claim.attendance in {None, AttendanceCode.P}:
        return None
    who = claim.person_name or "The teacher"
    mark = claim.attendance.label.lower() if claim.attendance else NOT_ENTERED
    text = (
        f"{claim.code} of {claim.school_name}: {who} is marked “{mark}” at the meeting of "
        f"{long_date(claim.meeting_on or claim.cover_on)}, not “present, released”: correct the register "
        "or withdraw the claim."
    )
    return refuse("R-COVER-10", text, claim.about)


def refusals(claim: CoverFact, scheme: Scheme) -> list[Verdict]:
    """What forbids or questions a claim by itself: a trip, the time of day, the register (R-COVER-8 to 10).

    A refusal that somebody allowed, with a reason, comes as a note.
    """
    if claim.reverses_id is not None:
        return []
    found = [_trip(claim, scheme), _outside_the_school_day(claim, scheme), _not_released(claim)]
    return [unless_allowed(verdict, claim.override_reason) for verdict in found if verdict is not None]


def forbidden(claim: CoverFact, scheme: Scheme) -> bool:
    """True if nothing of the claim can be recognised as it stands."""
    return any(verdict.severity is Severity.REFUSE for verdict in refusals(claim, scheme))


def reversal(claim: CoverFact, new_id: int, code: str) -> CoverFact:
    """The line that takes a paid claim back, pound for pound (R-COVER-13)."""
    return replace(
        claim,
        id=new_id,
        code=code,
        cost_p=-claim.cost_p,
        vat_p=-claim.vat_p,
        approved_p=None if claim.approved_p is None else -claim.approved_p,
        reverses_id=claim.id,
    )
