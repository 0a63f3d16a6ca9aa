"""Money for the Primary Science Quality Mark: first time only, few places, three ticks (R-PSQM-1 to 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from msgspec import Struct

from models.calendar import add_months
from models.formats import count, long_date
from models.rules.scheme import Scheme
from models.rules.verdict import About, Severity, Verdict, answered, unless_allowed, warn
from models.words import PsqmLevel, PsqmState

REMINDER_MONTHS = 12
_NEXT = {
    PsqmState.REQUESTED: (PsqmState.FUNDED, PsqmState.WAITING, PsqmState.REFUSED, PsqmState.WITHDRAWN),
    PsqmState.WAITING: (PsqmState.FUNDED, PsqmState.REFUSED, PsqmState.WITHDRAWN),
    PsqmState.FUNDED: (PsqmState.WITHDRAWN,),
    PsqmState.REFUSED: (),
    PsqmState.WITHDRAWN: (),
}


class AwardFact(Struct, frozen=True):
    """A mark that a school holds or held, under whatever name it had then."""

    id: int
    school_id: int
    school_name: str
    level: PsqmLevel
    awarded_on: dt.date
    round: str = ""


class RequestFact(Struct, frozen=True):
    """A school's request for PSQM money.

    Attributes:
        hub_available: tick one: a training hub has a place.
        advisor_contacted: tick two: the Advisor has been asked. Tick three is a funded place.
    """

    id: int
    school_id: int
    school_name: str
    requested_on: dt.date
    state: PsqmState = PsqmState.REQUESTED
    hub_available: bool = False
    advisor_contacted: bool = False
    override_reason: str = ""

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("psqm_request", self.id)

    @property
    def open(self) -> bool:
        """True while it still wants, or has, a funded place."""
        return self.state in {PsqmState.REQUESTED, PsqmState.WAITING, PsqmState.FUNDED}


def next_states(state: PsqmState) -> tuple[PsqmState, ...]:
    """The states a request may go to, in the order of their buttons; refused and withdrawn are final."""
    return _NEXT[state]


def lineage(school_id: int, predecessors: Mapping[int, int]) -> list[int]:
    """The school and those whose place it took, newest first (D19, R-DATA-6).

    Args:
        school_id: the school.
        predecessors: by school id, the id of the record it replaces.
    """
    line = [school_id]
    while (before := predecessors.get(line[-1])) is not None and before not in line:
        line.append(before)
    return line


def earlier_award(
    request: RequestFact, awards: Iterable[AwardFact], predecessors: Mapping[int, int]
) -> AwardFact | None:
    """The first award of the school, or of a predecessor, before the request (R-PSQM-1)."""
    line = set(lineage(request.school_id, predecessors))
    before = [one for one in awards if one.school_id in line and one.awarded_on < request.requested_on]
    return min(before, key=lambda one: (one.awarded_on, one.id), default=None)


def first_time_verdict(
    request: RequestFact, awards: Iterable[AwardFact], predecessors: Mapping[int, int], scheme: Scheme
) -> Verdict | None:
    """Refuses money for a renewal: any earlier award counts, of any level and round (R-PSQM-1)."""
    earlier = earlier_award(request, awards, predecessors)
    if earlier is None or request.state in {PsqmState.REFUSED, PsqmState.WITHDRAWN}:
        return None
    under = "" if earlier.school_id == request.school_id else f" as {earlier.school_name}"
    text = (
        f"{request.school_name} already had {earlier.level.label}{under}, awarded "
        f"{long_date(earlier.awarded_on)}, so this would be a renewal: money is for a school’s first PSQM, "
        "and the school pays for a renewal."
    )
    verdict = answered(scheme.response("psqm_first_time_only"), "R-PSQM-1", text, request.about)
    return verdict and unless_allowed(verdict, request.override_reason)


class Place(Struct, frozen=True):
    """Where one request stands: `number` in the queue from 1; a funded place, or the waiting list.

    `funded` None: the number of places is not known yet, ask the Advisor (D18).
    """

    request_id: int
    number: int
    funded: bool | None


def places(requests: Iterable[RequestFact], scheme: Scheme, blocked: Iterable[int] = ()) -> list[Place]:
    """Shares the funded places out: those funded already, then in order of request (R-PSQM-2).

    Args:
        requests: of one round or year.
        scheme: of the day; `psqm_places` None means not known.
        blocked: ids of requests that are refused by another rule and take no place.
    """
    out = set(blocked)
    queue = sorted(
        (one for one in requests if one.open and (one.state is PsqmState.FUNDED or one.id not in out)),
        key=lambda one: (one.state is not PsqmState.FUNDED, one.requested_on, one.id),
    )
    limit = scheme.psqm_places
    return [
        Place(one.id, number, None if limit is None else number <= limit)
        for number, one in enumerate(queue, 1)
    ]


def ticks(request: RequestFact, place: Place | None) -> tuple[tuple[str, bool], ...]:
    """The three things needed, each with its tick: a place, a hub, the Advisor (R-PSQM-2)."""
    return (
        ("a funded place", place is not None and place.funded is True),
        ("a hub with a place", request.hub_available),
        ("the Advisor contacted", request.advisor_contacted),
    )


def request_verdicts(
    requests: Iterable[RequestFact],
    awards: Iterable[AwardFact],
    predecessors: Mapping[int, int],
    scheme: Scheme,
) -> list[Verdict]:
    """Everything the PSQM rules say about requests that are open (R-PSQM-1, R-PSQM-2)."""
    known, won = [one for one in requests if one.open], list(awards)
    first = {one.id: first_time_verdict(one, won, predecessors, scheme) for one in known}
    blocked = [number for number, verdict in first.items() if verdict and verdict.severity is Severity.REFUSE]
    by_request = {place.request_id: place for place in places(known, scheme, blocked)}
    found: list[Verdict | None] = []
    for one in known:
        found.append(first[one.id])
        if one.id in blocked:
            continue
        place = by_request[one.id]
        found.append(_waiting(one, place, scheme))
        lacking = [what for what, ticked in ticks(one, place)[1:] if not ticked]
        if lacking:
            text = f"{one.school_name}’s request for PSQM money still needs {' and '.join(lacking)}."
            found.append(warn("R-PSQM-2", text, one.about))
    return [verdict for verdict in found if verdict is not None]


def _waiting(request: RequestFact, place: Place, scheme: Scheme) -> Verdict | None:
    if place.funded:
        return None
    if place.funded is None:
        text = f"{request.school_name} asks for PSQM money: ask the Advisor how many places there are."
    else:
        limit = count(scheme.psqm_places or 0, "funded place")
        verb = "is" if scheme.psqm_places == 1 else "are"
        text = (
            f"{request.school_name} is number {place.number} for PSQM money and there {verb} {limit}: "
            "put it on the waiting list."
        )
        if request.state is PsqmState.WAITING:
            return None
    return answered(scheme.response("psqm_places"), "R-PSQM-2", text, request.about)


def expires_on(awarded_on: dt.date, scheme: Scheme) -> dt.date:
    """The day an award expires: three years after it (R-PSQM-3)."""
    return add_months(awarded_on, 12 * scheme.psqm_valid_years)


def remind_on(awarded_on: dt.date, scheme: Scheme) -> dt.date:
    """The day to think of renewing: a year before it expires (R-PSQM-3)."""
    return add_months(expires_on(awarded_on, scheme), -REMINDER_MONTHS)


def expiry_verdicts(awards: Iterable[AwardFact], scheme: Scheme, today: dt.date) -> list[Verdict]:
    """Reminds of each school's newest award from a year before it expires (R-PSQM-3)."""
    newest: dict[int, AwardFact] = {}
    for one in awards:
        held = newest.get(one.school_id)
        if held is None or one.awarded_on > held.awarded_on:
            newest[one.school_id] = one
    found = []
    for one in sorted(newest.values(), key=lambda award: (award.school_name.casefold(), award.school_id)):
        ends = expires_on(one.awarded_on, scheme)
        if today < remind_on(one.awarded_on, scheme):
            continue
        what = f"{one.school_name}’s {one.level.label}"
        expired = f"{what} expired on {long_date(ends)}: ask whether it will be renewed."
        soon = f"{what} expires on {long_date(ends)}: plan its renewal, which the school pays for."
        about = About("psqm_award", one.id)
        found.append(warn("R-PSQM-3", expired if today > ends else soon, about))
    return found
