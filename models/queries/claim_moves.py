"""What stands against moving claims on: asked by the window before a step, and by the step itself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from msgspec import Struct
from sqlmodel import Session

from models.calendar import year_bounds
from models.queries.claim_scope import ClaimBook, years_of
from models.queries.cover import claims_on, school_terms
from models.rules.cover import Recognition, recognise_all
from models.rules.cover_checks import claim_verdicts
from models.rules.cover_facts import CoverFact
from models.rules.cover_states import Move, move, order_verdict
from models.rules.verdict import Severity, Verdict, refused
from models.values import replace
from models.words import ClaimState

JUDGED = frozenset({ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID})
"""The steps before which the claim itself is looked at, and not the step alone."""


class Finding(Struct, frozen=True):
    """What a step with one claim would meet.

    Attributes:
        refusals: sentences of what stands against it; empty: it can be done.
        can_allow: they would all give way to a recorded reason.
        warnings: sentences of what should be known before.
        day: what is said of the day of the step: it lies before the step before; "" for nothing.
    """

    claim_id: int
    refusals: tuple[str, ...] = ()
    can_allow: bool = False
    warnings: tuple[str, ...] = ()
    day: str = ""


class ClaimDesk:
    """Some claims laid out with everything that their rules ask: all claims of their school years.

    Args:
        session: the book's.
        claim_ids: the claims that somebody wants to move on.

    Raises:
        Changed: one of them is not there any more.
    """

    def __init__(self, session: Session, claim_ids: Collection[int]) -> None:
        years = set(years_of(session, claim_ids).values())
        self.book = ClaimBook(session, years)
        self.until = max((year_bounds(year)[1] for year in years), default=dt.date.min)
        self.facts = {fact.id: fact for fact in claims_on(self.book, self.until)}
        self.terms = school_terms(self.book, years, self.until)

    def splits(self) -> dict[int, Recognition]:
        """What is recognised of every claim of these years, as the claims now lie here."""
        return recognise_all(self.facts.values(), self.book.scheme, self.terms)

    def allow(self, claim_ids: Collection[int], why: str) -> None:
        """Note why claims pass although a rule says no; a reason recorded earlier stays."""
        for key in claim_ids:
            if not self.facts[key].override_reason.strip():
                self.facts[key] = replace(self.facts[key], override_reason=why)

    def verdicts(self, steps: Mapping[int, Move], today: dt.date) -> dict[int, list[Verdict]]:
        """Every verdict on each step, by claim (R-COVER-8 to 16)."""
        found: dict[int, list[Verdict]] = defaultdict(list)
        for key, step in steps.items():
            scheme = self.book.scheme(self.facts[key].cover_on)
            found[key] += move(self.facts[key], step, scheme, today)
        judged = {key: step for key, step in steps.items() if step.to in JUDGED}
        then = [self._then(fact, judged.get(fact.id)) for fact in self.facts.values()]
        for verdict in claim_verdicts(then, self.book.scheme, self.book.calendar(), today, self.terms):
            key = verdict.about.id
            known = {(one.rule, one.severity) for one in found[key]}
            if key in judged and verdict.severity is not Severity.INFO and not _said(verdict, known):
                found[key].append(verdict)
        return found

    def findings(self, steps: Mapping[int, Move], today: dt.date) -> tuple[Finding, ...]:
        """The same in sentences, and whether a recorded reason would let it pass."""
        found = self.verdicts(steps, today)
        blocked = [key for key in steps if refused(found[key])]
        before = dict(self.facts)
        self.allow(blocked, "a reason")
        left = self.verdicts(steps, today)
        self.facts = before
        return tuple(
            Finding(
                key,
                tuple(one.text for one in refused(found[key])),
                can_allow=key in blocked and not refused(left[key]),
                warnings=tuple(one.text for one in found[key] if one.severity is Severity.WARN),
                day=_day_words(before[key], step),
            )
            for key, step in steps.items()
        )

    @staticmethod
    def _then(fact: CoverFact, step: Move | None) -> CoverFact:
        """A claim as its submission would make it: its lateness is told by that day."""
        if step is None or step.to is not ClaimState.SUBMITTED:
            return fact
        return replace(fact, state=step.to, claimed_on=fact.claimed_on or step.on)


def _day_words(fact: CoverFact, step: Move) -> str:
    verdict = order_verdict(fact, step)
    return "" if verdict is None else verdict.text


def _said(verdict: Verdict, known: set[tuple[str, Severity]]) -> bool:
    """Whether a refusal of the same rule says it already, with the step in mind (R-COVER-14, 15)."""
    return (verdict.rule, Severity.REFUSE) in known


def findings(session: Session, steps: Mapping[int, Move], today: dt.date) -> tuple[Finding, ...]:
    """What stands against taking steps with claims, for the window to say before they are taken.

    Raises:
        Changed: a claim is not there any more.
    """
    return ClaimDesk(session, steps.keys()).findings(steps, today)
