"""Money from elsewhere, and what schools and sponsor put in (R-FUND-1, R-FUND-3, D1). Whole pence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from models.formats import count, long_date, prose_pounds
from models.rules.scheme import Scheme
from models.rules.split import portion
from models.rules.verdict import About, Verdict, warn
from models.words import OtherFundingState

NO_EFFECT = "Other funding is welcome and never affects an application to the sponsor."


class OtherFundingFact(Struct, frozen=True):
    """Funding that is not the sponsor's (R-FUND-1). `amount_p` None: not entered."""

    id: int
    name: str
    state: OtherFundingState
    applied_on: dt.date | None = None
    awarded_on: dt.date | None = None
    amount_p: int | None = None
    told_advisor_on: dt.date | None = None

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("other_funding", self.id)

    @property
    def decided_on(self) -> dt.date | None:
        """The date that goes with its state: of the application, or of the award."""
        won = self.state in {OtherFundingState.AWARDED, OtherFundingState.FINISHED}
        return self.awarded_on if won else self.applied_on


def declaration(fact: OtherFundingFact) -> str:
    """`Enthuse, £12,000, awarded 1 July 2016` (R-FUND-1)."""
    words = {
        OtherFundingState.APPLIED: "applied for",
        OtherFundingState.AWARDED: "awarded",
        OtherFundingState.REFUSED: "applied for and refused, application of",
        OtherFundingState.FINISHED: "finished, awarded",
    }
    amount = "amount " if fact.amount_p is None else ""
    when = "date " if fact.decided_on is None else ""
    return (
        f"{fact.name}, {amount}{prose_pounds(fact.amount_p)}, {words[fact.state]} "
        f"{when}{long_date(fact.decided_on)}"
    )


def funding_verdicts(facts: Iterable[OtherFundingFact]) -> list[Verdict]:
    """Asks for what a declaration lacks. It never says anything about eligibility (R-FUND-1)."""
    found = []
    for fact in facts:
        if fact.state is not OtherFundingState.REFUSED:
            lacking = ["amount"] if fact.amount_p is None else []
            lacking += ["date"] if fact.decided_on is None else []
            if lacking:
                text = f"{fact.name}: enter the {' and the '.join(lacking)} of this funding."
                found.append(warn("R-FUND-1", text, fact.about))
        if fact.told_advisor_on is None:
            text = f"{fact.name}: let the Advisor know of this funding, and enter the date. {NO_EFFECT}"
            found.append(warn("R-FUND-1", text, fact.about))
    return found


class MatchFunding(Struct, frozen=True):
    """What schools and sponsor put in over a year, in pence; None: not entered (R-FUND-3).

    Attributes:
        sponsor_p: the match funding that the scheme promises for the year; a setting, and not what came in.
        granted_p: the grants that did come in from the sponsor, as they were entered in the pot and in the
            lead school's own funds.
    """

    schools: int
    schools_p: int | None
    sponsor_p: int | None
    granted_p: int = 0

    @property
    def ratio_words(self) -> str:
        """`£1.20 from the sponsor for each £1 from the schools`; "" unless both are known."""
        if self.sponsor_p is None or not self.schools_p:
            return ""
        each = portion(self.sponsor_p, 100, self.schools_p)
        return f"{prose_pounds(each)} from the sponsor for each £1 from the schools"

    @property
    def words(self) -> str:
        """`7 schools: £3,500; sponsor’s match funding: not entered; grants received: £2,820`; the ratio."""
        parts = [
            f"{count(self.schools, 'school')}: {prose_pounds(self.schools_p)}",
            f"sponsor’s match funding: {prose_pounds(self.sponsor_p)}",
        ]
        parts += [f"grants received: {prose_pounds(self.granted_p)}"] if self.granted_p else []
        parts += [self.ratio_words] if self.ratio_words else []
        return "; ".join(parts)


def match_funding(
    schools_giving: int, scheme: Scheme, schools_p: int | None = None, granted_p: int = 0
) -> MatchFunding:
    """School input beside sponsor input in a year (R-FUND-3).

    Args:
        schools_giving: schools that set release money aside (D22).
        scheme: of the year.
        schools_p: what they set aside, if it is known better than the allowance times the schools.
        granted_p: the sponsor's grants that came in over the year.
    """
    own = schools_giving * scheme.release_allowance if schools_p is None else schools_p
    sponsor = scheme.sponsor_input_per_year
    if sponsor is not None and scheme.input_basis == "school":
        sponsor *= schools_giving
    return MatchFunding(schools_giving, own, sponsor, granted_p)
