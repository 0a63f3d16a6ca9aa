"""What the rules say about each claim: verdicts for window, pack and `check` (R-COVER-3, 8 to 16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from models.calendar import SchoolCalendar, year_bounds, year_label
from models.formats import count, long_date, prose_pounds
from models.rules.cover import USUAL, SchoolTerms
from models.rules.cover_facts import (
    FROZEN,
    CoverFact,
    beside,
    counted_cost,
    duplicates,
    places,
    refusals,
)
from models.rules.scheme import Scheme, SchemeFor
from models.rules.verdict import Verdict, answered, refuse, unless_allowed, warn
from models.words import ClaimState, CoverPurpose, VatRecovery

AT_MEETINGS = frozenset({CoverPurpose.FULL_CLUSTER, CoverPurpose.SUB_GROUP})


def claim_deadline(year: int, scheme: Scheme, calendar: SchoolCalendar) -> dt.date:
    """The last day to claim cover of a school year (R-COVER-16, D30)."""
    if scheme.claim_deadline == "end_of_summer_term":
        return calendar.last_day_of_summer(year)
    return year_bounds(year)[1]


def is_late(claim: CoverFact, scheme: Scheme, calendar: SchoolCalendar) -> bool:
    """True if it was claimed after the deadline of the school year in which the cover was (R-COVER-16)."""
    return claim.claimed_on is not None and claim.claimed_on > claim_deadline(claim.year, scheme, calendar)


def claim_verdicts(
    claims: Iterable[CoverFact],
    scheme_for: SchemeFor,
    calendar: SchoolCalendar,
    today: dt.date,
    terms: Mapping[tuple[int, int], SchoolTerms] | None = None,
) -> list[Verdict]:
    """Every finding about these claims, in their order.

    Args:
        claims: ALL claims that may clash: of every school, of the years asked about.
        scheme_for: the scheme in force on a day.
        calendar: terms, for the deadline.
        today: until then a register may still be empty.
        terms: what differs, by (school id, school year).
    """
    known = list(claims)
    twice, seats = duplicates(known), places(known)
    by_id = {claim.id: claim for claim in known}
    found: list[Verdict] = []
    for claim in known:
        if claim.counts and claim.reverses_id is not None:
            found += [
                verdict for verdict in [_pound_for_pound(claim, by_id.get(claim.reverses_id))] if verdict
            ]
        if not claim.counts or claim.reverses_id is not None:
            continue
        scheme = scheme_for(claim.cover_on)
        own = (terms or {}).get((claim.school_id, claim.year), USUAL)
        limit = scheme.funded_places if own.funded_places is None else own.funded_places
        one_by_one = (
            *refusals(claim, scheme),
            _register(claim, today),
            _date(claim),
            duplicate_verdict(claim, twice.get(claim.id)),
            _place(claim, seats.get(claim.id, 0), limit, scheme),
            _vat(claim),
            _too_much(claim, scheme),
            own_approval(claim, claim.approver_id, scheme) if claim.state in FROZEN else None,
            _evidence(claim),
            _late(claim, scheme, calendar),
        )
        found += [unless_allowed(verdict, claim.override_reason) for verdict in one_by_one if verdict]
    return found


def _pound_for_pound(claim: CoverFact, original: CoverFact | None) -> Verdict | None:
    """A reversal that is not the whole of its claim with a minus before it (R-COVER-13)."""
    if original is None or (claim.cost_p, claim.vat_p) == (-original.cost_p, -original.vat_p):
        return None
    vat = f" and {prose_pounds(-original.vat_p)} VAT" if original.vat_p else ""
    text = (
        f"{claim.code} of {claim.school_name} takes {original.code} back, so its cost is "
        f"{prose_pounds(-original.cost_p)}{vat}: correct it, and enter what is right as a new claim."
    )
    return refuse("R-COVER-13", text, claim.about)


def not_member_verdict(claim: CoverFact) -> Verdict:
    """A claim for cover on a day on which its school was no member of the cluster (R-CLU-10)."""
    text = (
        f"{claim.code} of {claim.school_name} is for cover on {long_date(claim.cover_on)}, when the school "
        "was no member: correct the date of cover or the membership."
    )
    return warn("R-CLU-10", text, claim.about)


def _register(claim: CoverFact, today: dt.date) -> Verdict | None:
    """A claim needs its meeting, and that meeting's register once it has been held (R-COVER-10)."""
    if claim.purpose not in AT_MEETINGS:
        return None
    if claim.meeting_id is None:
        text = f"{claim.code} of {claim.school_name} names no meeting: choose the meeting it is for."
        return refuse("R-COVER-10", text, claim.about)
    if claim.attendance is None and claim.cover_on <= today:
        text = (
            f"{claim.code} of {claim.school_name}: the register of {long_date(claim.meeting_on)} does not "
            f"say that {claim.person_name or 'the teacher'} was present and released: fill in the register."
        )
        return refuse("R-COVER-10", text, claim.about)
    return None


def _date(claim: CoverFact) -> Verdict | None:
    if claim.meeting_on is None or claim.meeting_on == claim.cover_on:
        return None
    text = (
        f"{claim.code} of {claim.school_name} is for cover on {long_date(claim.cover_on)}, but its meeting "
        f"was on {long_date(claim.meeting_on)}: correct the date or the meeting."
    )
    return warn("R-COVER-10", text, claim.about)


def duplicate_verdict(claim: CoverFact, earlier: CoverFact | None) -> Verdict | None:
    """Refuses a claim for a person's half-day that an earlier one claims (R-COVER-10)."""
    if earlier is None:
        return None
    text = (
        f"{claim.code} of {claim.school_name}: {earlier.code} already claims cover for "
        f"{claim.person_name or 'this person'} on {long_date(claim.cover_on)}, "
        f"{earlier.half_day.label.lower()}: withdraw one of the two."
    )
    return refuse("R-COVER-10", text, claim.about)


def beside_verdict(claim: CoverFact, claims: Iterable[CoverFact]) -> Verdict | None:
    """Asks whether a claim is typed twice: its school claims the same half-day for another person already.

    A school may send two teachers, so this is only said while a claim is being typed, and never counted.
    """
    others = beside(claim, claims)
    if not others:
        return None
    other = others[0]
    text = (
        f"{other.code} already claims cover for {other.person_name or 'another person'} of "
        f"{claim.school_name} on {long_date(claim.cover_on)}, {other.half_day.label.lower()}: "
        "save this one only if a second teacher was released."
    )
    return warn("R-COVER-10", text, claim.about)


def _place(claim: CoverFact, place: int, limit: int, scheme: Scheme) -> Verdict | None:
    if place <= limit or claim.override_reason.strip():
        return None
    text = (
        f"{claim.code} is for teacher number {place} of {claim.school_name} at one meeting, where "
        f"{count(limit, 'place')} can be funded: the school bears the whole {prose_pounds(claim.cost_p)}."
    )
    return answered(scheme.response("funded_places"), "R-COVER-11", text, claim.about)


def _vat(claim: CoverFact) -> Verdict | None:
    if claim.vat_p == 0 or claim.vat_recovery is not VatRecovery.ASK or claim.state in FROZEN:
        return None
    text = (
        f"{claim.code}: {prose_pounds(claim.vat_p)} VAT counts as cost until we know whether "
        f"{claim.school_name} gets it back: ask your school business manager."
    )
    return warn("R-COVER-12", text, claim.about)


def _too_much(claim: CoverFact, scheme: Scheme) -> Verdict | None:
    frozen, cost = claim.frozen_p, counted_cost(claim, scheme)
    if frozen is None or frozen <= cost:
        return None
    text = (
        f"{claim.code} of {claim.school_name} was recognised at {prose_pounds(frozen)}, more than its cost "
        f"of {prose_pounds(cost)}: only actual cost can be recognised, so reverse it and enter it again."
    )
    return refuse("R-COVER-3", text, claim.about)


def own_approval(claim: CoverFact, approver_id: int | None, scheme: Scheme) -> Verdict | None:
    """Says that somebody approves a claim they made, or one for their own cover (R-COVER-14)."""
    claimant = claim.person_id if claim.claimant_id is None else claim.claimant_id
    if approver_id is None or approver_id not in {claimant, claim.person_id}:
        return None
    text = (
        f"{claim.code} of {claim.school_name} would be approved by the person who claims it: "
        "ask another person, such as the headteacher, to approve it."
    )
    if claim.state in FROZEN:
        text = (
            f"{claim.code} of {claim.school_name} was approved by the person who claims it: "
            "ask another person, such as the headteacher, to confirm it."
        )
    return answered(scheme.response("second_approver"), "R-COVER-14", text, claim.about)


def _evidence(claim: CoverFact) -> Verdict | None:
    if claim.state not in FROZEN or not needs_evidence(claim):
        return None
    text = f"{claim.code} of {claim.school_name} has no invoice or timesheet number: find it and enter it."
    return warn("R-COVER-15", text, claim.about)


def needs_evidence(claim: CoverFact) -> bool:
    """True if a claim that costs something has no invoice or timesheet number (R-COVER-15)."""
    return claim.cost_p + claim.vat_p > 0 and not claim.evidence_ref.strip()


def evidence_words(claims: Iterable[CoverFact]) -> str:
    """`11 of 12 evidenced, 1 to find`: of the approved and paid claims that cost something (R-COVER-15)."""
    due = [one for one in claims if one.state in FROZEN and one.cost_p + one.vat_p > 0]
    missing = sum(needs_evidence(one) for one in due)
    return f"{len(due) - missing} of {len(due)} evidenced" + (f", {missing} to find" if missing else "")


def _late(claim: CoverFact, scheme: Scheme, calendar: SchoolCalendar) -> Verdict | None:
    if claim.state is ClaimState.DRAFT or not is_late(claim, scheme, calendar):
        return None
    last = long_date(claim_deadline(claim.year, scheme, calendar))
    text = (
        f"{claim.code} of {claim.school_name} was claimed on {long_date(claim.claimed_on)}, after the last "
        f"day to claim, {last}; it belongs to {year_label(claim.year)}."
    )
    return answered(scheme.response("claim_deadline"), "R-COVER-16", text, claim.about)
