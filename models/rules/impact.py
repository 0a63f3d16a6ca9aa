"""What changed, for whom, and who else knows of it (R-IMP-7, 8, 10, R-TRAN, R-INC, R-PUB, R-PPL-2, R-ASK-1).

Reach, flags and counts only: never a pupil, and never a claim that the cluster caused attainment (R-IMP-10).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.formats import NOT_ENTERED, count, listed, long_date
from models.rules.verdict import About, Verdict, warn
from models.words import ActivityKind, Audience, EvidenceKind, PermissionBasis, Reach, ThreeE

SUPPRESS_BELOW = 5
"""Counts of pupils under this are not told (F10.4)."""
PRINTS = frozenset({PermissionBasis.PUBLIC_TASK, PermissionBasis.CONSENT, PermissionBasis.NO_PEOPLE})


class EvidenceFact(Struct, frozen=True):
    """A piece of evidence.

    Attributes:
        lapsed_on: the last day of a consent that is over by now; None: it holds, or needs none.
    """

    id: int
    code: str
    on: dt.date
    kind: EvidenceKind
    text: str
    by_whom: str = ""
    school: str = ""
    reach: Reach | None = None
    permission: PermissionBasis | None = None
    in_pack: bool = True
    lapsed_on: dt.date | None = None

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("evidence", self.id)

    @property
    def may_print(self) -> bool:
        """A photograph prints only with a basis for it (R-DATA-3); words and files always may."""
        allowed = self.permission in PRINTS and self.lapsed_on is None
        return self.in_pack and (self.kind is not EvidenceKind.PHOTO or allowed)


def permission_verdicts(evidence: Iterable[EvidenceFact]) -> tuple[Verdict, ...]:
    """Photographs meant for the pack that have no basis for printing them, or none any more (R-DATA-3)."""
    return tuple(
        warn("R-DATA-3", _unprinted(one), one.about)
        for one in evidence
        if one.in_pack and not one.may_print and one.permission is not PermissionBasis.REFUSED
    )


def _unprinted(one: EvidenceFact) -> str:
    if one.lapsed_on is not None:
        ended = f"The consent for the photograph {one.code} ended on {long_date(one.lapsed_on)}"
        return f"{ended}: it will not be printed; ask again, or leave it out."
    return f"{one.code} is a photograph without permission: it will not be printed."


def lapsed(basis: PermissionBasis | None, until: dt.date | None, day: dt.date) -> dt.date | None:
    """The last day of a consent that is over by a day; None: it holds, or the basis is another (R-DATA-3)."""
    over = basis is PermissionBasis.CONSENT and until is not None and until < day
    return until if over else None


def reach_counts(evidence: Iterable[EvidenceFact]) -> tuple[tuple[Reach, int], ...]:
    """How many changes have spread how far, the nearest first (R-IMP-7)."""
    counted = Counter(one.reach for one in evidence if one.reach is not None)
    return tuple((reach, counted[reach]) for reach in Reach)


def reach_of_agreement(agreed: int, members: int) -> Reach | None:
    """A document that every member agreed has reached the cluster (R-IMP-7); fewer: whole schools."""
    if not agreed:
        return None
    return Reach.CLUSTER if agreed >= members > 0 else Reach.WHOLE_SCHOOL


class DocumentFact(Struct, frozen=True):
    """A version of a shared document, and which members agreed it."""

    id: int
    title: str
    version: int
    agreed: int
    members: int

    @property
    def words(self) -> str:
        """`v2 agreed 5 of 6` (R-IMP-8)."""
        return f"v{self.version} agreed {self.agreed} of {self.members}"

    @property
    def reach(self) -> Reach | None:
        """How far it has spread (R-IMP-7)."""
        return reach_of_agreement(self.agreed, self.members)


class ActivityFact(Struct, frozen=True):
    """An activity that is neither a meeting nor a CPD session.

    Attributes:
        schools: the member schools that took part.
        secondaries: how many of the schools are secondary.
        people: how many took part; None: not counted.
    """

    id: int
    code: str
    on: dt.date
    kind: ActivityKind
    title: str
    audience: Audience = Audience.UNIVERSAL
    three_e: ThreeE | None = None
    schools: int = 0
    secondaries: int = 0
    people: int | None = None
    pupil_premium: bool = False
    sen: bool = False
    gender: bool = False
    minorities: bool = False
    family: bool = False
    primary_side: str = ""
    secondary_side: str = ""
    pedagogy: str = ""

    @property
    def people_words(self) -> str:
        """How many took part; a handful of pupils is never counted out (R-INC-1, F10.4)."""
        return suppressed(self.people)


def suppressed(number: int | None) -> str:
    """`fewer than 5`, `0`, `12`; “not entered” where nobody counted (R-INC-1)."""
    if number is None:
        return NOT_ENTERED
    return f"fewer than {SUPPRESS_BELOW}" if 0 < number < SUPPRESS_BELOW else f"{number:,}"


FLAGS: tuple[tuple[str, str], ...] = (
    ("pupil_premium", "for Pupil Premium pupils"),
    ("sen", "for pupils with SEN"),
    ("gender", "on gender balance"),
    ("minorities", "for minorities"),
    ("family", "with families"),
)


def inclusion_counts(activities: Sequence[ActivityFact]) -> tuple[tuple[str, int], ...]:
    """How many activities had each flag, in words and numbers; 0 is told too (R-INC-1)."""
    return tuple((words, sum(getattr(one, flag) for one in activities)) for flag, words in FLAGS)


def audience_words(audiences: Iterable[Audience]) -> str:
    """`6 universal, 2 targeted`: which schools were targeted is never printed (R-INC-2)."""
    counted = Counter(audiences)
    if not counted:
        return NOT_ENTERED
    return f"{counted[Audience.UNIVERSAL]} universal, {counted[Audience.TARGETED]} targeted"


def transition_words(activities: Iterable[ActivityFact]) -> str:
    """`3 activities with 1 secondary` (R-TRAN-1); none is none entered, not none held (R-REV-5)."""
    found = [one for one in activities if one.kind is ActivityKind.TRANSITION]
    if not found:
        return "no transition activity is entered"
    secondaries = max(one.secondaries for one in found)
    words = count(len(found), "activity", "activities")
    return f"{words} with {count(secondaries, 'secondary', 'secondaries')}" if secondaries else words


def transition_verdicts(activities: Iterable[ActivityFact]) -> tuple[Verdict, ...]:
    """Transition activities that tell one side only (R-TRAN-1)."""
    found = []
    for one in activities:
        if one.kind is ActivityKind.TRANSITION and bool(one.primary_side) != bool(one.secondary_side):
            silent = "secondary" if one.primary_side else "primary"
            text = f"{one.code} {one.title}: enter what the {silent} side did."
            found.append(warn("R-TRAN-1", text, About("activity", one.id)))
    return tuple(found)


_TOLD = {
    ActivityKind.CELEBRATION: ("festival", "festivals"),
    ActivityKind.DISSEMINATION: ("talk or article", "talks and articles"),
    ActivityKind.VISIT: ("visit", "visits"),
}


def dissemination_words(activities: Iterable[ActivityFact]) -> str:
    """`1 festival, 2 talks and articles` (R-PUB-1)."""
    counted = Counter(one.kind for one in activities)
    parts = [count(counted[kind], *words) for kind, words in _TOLD.items() if counted[kind]]
    return ", ".join(parts) or "nothing shared beyond the cluster yet"


def three_e_words(stages: Iterable[ThreeE | None]) -> str:
    """`6 engaging, 4 enabling, 2 empowering`: labels only, no score (R-PPL-2)."""
    counted = Counter(stage for stage in stages if stage is not None)
    if not counted:
        return NOT_ENTERED
    return ", ".join(f"{counted[stage]} {stage.label.lower()}" for stage in ThreeE)


class AccessFact(Struct, frozen=True):
    """What a school got of what all share, for the lead's eyes only (R-INC-3)."""

    school_id: int
    school: str
    loans: int
    cpd_places: int
    half_days: int


def access_prompts(schools: Iterable[AccessFact]) -> tuple[Verdict, ...]:
    """Schools that got none of something all year: a private prompt, by name, never ranked (R-INC-3).

    What no school had at all, as the cluster does without it, is not asked about.
    """
    known = sorted(schools, key=lambda one: one.school.casefold())
    kinds = (("loans", "loan"), ("cpd_places", "CPD place"), ("half_days", "funded half-day"))
    shared = [(name, words) for name, words in kinds if any(getattr(one, name) for one in known)]
    found = []
    for one in known:
        nothing = [f"no {words}" for name, words in shared if not getattr(one, name)]
        if nothing:
            text = f"{one.school} had {listed(nothing)} this year: ask what would help."
            found.append(warn("R-INC-3", text, About("school", one.school_id)))
    return tuple(found)


def asked_words(asked: int, answered: int) -> str:
    """`9 asked, 8 answered` (R-ASK-1)."""
    return f"{asked} asked, {answered} answered" if asked else "nothing asked"
