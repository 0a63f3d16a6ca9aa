"""What people can do for each other, and how lead teachers grow (R-PPL-1, R-PPL-3).

Development plans are private: nothing here puts two people's plans side by side, and no count names anybody.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.formats import count
from models.rules.schools import name_key
from models.rules.verdict import About
from models.words import OfferKind, Word

_SMALL_WORDS = frozenset(
    "a about an and as at by for from how in into of on or our the to using with your".split()
)
_SHORTEST_PLURAL = 4


class StrengthFact(Struct, frozen=True):
    """What a teacher offers to help with, or asks help for (R-PPL-1)."""

    id: int
    kind: OfferKind
    topic: str
    person_id: int
    name: str
    school_id: int | None = None
    school: str = ""

    @property
    def about(self) -> About:
        return About("strength", self.id)


def topic_words(topic: str) -> frozenset[str]:
    """The words of a topic that say what it is about, in one spelling: `Microscopes` is `microscope`."""
    words = name_key("".join(sign if sign.isalnum() else " " for sign in topic)).split()
    return frozenset(_singular(word) for word in words if word not in _SMALL_WORDS)


def _singular(word: str) -> str:
    plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def same_topic(one: str, other: str) -> bool:
    """True when every word that matters in the shorter topic is in the longer (R-PPL-1)."""
    shorter, longer = sorted((topic_words(one), topic_words(other)), key=len)
    return bool(shorter) and shorter <= longer


def answers(to: StrengthFact, known: Iterable[StrengthFact]) -> tuple[StrengthFact, ...]:
    """The offers that meet an ask, or the asks that an offer meets, of other people (R-PPL-1).

    Listed by name, never ranked (R-PPL-5).
    """
    found = (
        one
        for one in known
        if one.kind is not to.kind and one.person_id != to.person_id and same_topic(one.topic, to.topic)
    )
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def matches(known: Sequence[StrengthFact]) -> dict[int, tuple[StrengthFact, ...]]:
    """By the number of each offer and ask, what `answers` says of it; quick in a directory of thousands."""
    words = {one.id: topic_words(one.topic) for one in known}
    by_word: dict[str, list[StrengthFact]] = defaultdict(list)
    for one in known:
        for word in words[one.id]:
            by_word[word].append(one)
    found = {}
    for one in known:
        near = {other.id: other for word in words[one.id] for other in by_word[word]}
        fits = (
            other
            for other in near.values()
            if other.kind is not one.kind
            and other.person_id != one.person_id
            and (words[one.id] <= words[other.id] or words[other.id] <= words[one.id])
        )
        found[one.id] = tuple(sorted(fits, key=lambda other: (other.name.casefold(), other.id)))
    return found


class PlanState(Word):
    """Where a development plan stands on a day (R-PPL-3)."""

    OPEN = "open", "Open"
    OVERDUE = "overdue", "Review overdue"
    REVIEWED = "reviewed", "Reviewed"


class PlanFact(Struct, frozen=True):
    """A lead teacher's development plan; private (R-PPL-3)."""

    id: int
    review_on: dt.date | None = None
    reviewed_on: dt.date | None = None

    def state(self, day: dt.date) -> PlanState:
        """Reviewed, or overdue once the day agreed for its review has passed."""
        if self.reviewed_on is not None and self.reviewed_on <= day:
            return PlanState.REVIEWED
        late = self.review_on is not None and self.review_on < day
        return PlanState.OVERDUE if late else PlanState.OPEN


def plan_words(plans: Iterable[PlanFact], day: dt.date) -> str:
    """`5 plans, 4 reviewed`: all that leaves the page (R-PPL-3)."""
    known = list(plans)
    reviewed = sum(plan.state(day) is PlanState.REVIEWED for plan in known)
    return f"{count(len(known), 'plan')}, {reviewed:,} reviewed"
