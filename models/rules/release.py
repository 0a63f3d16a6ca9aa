"""What a release at a meeting asks of a cover claim: which half-days, for what purpose, or why none.

A tick “released” in the register drafts the claim (R-MEET-8, R-COVER-2, R-COVER-6, R-COVER-9, R-MEET-12).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from models.calendar import SchoolCalendar
from models.rules.meetings import MeetingFact, counts_as_released, told_inside
from models.rules.scheme import Response, Scheme
from models.words import AttendanceCode, CoverPurpose, HalfDay, MeetingKind, ReleaseMethod

NOON, AFTER_LUNCH = dt.time(12, 0), dt.time(13, 0)
WORTH_COVER = 30  # minutes; less than this of a morning or an afternoon needs no cover

PURPOSES: Mapping[MeetingKind, CoverPurpose] = {
    MeetingKind.FULL_CLUSTER: CoverPurpose.FULL_CLUSTER,
    MeetingKind.SUB_GROUP: CoverPurpose.SUB_GROUP,
    MeetingKind.CPD: CoverPurpose.CPD,
}
"""What release for a meeting is claimed as; for other kinds of meeting no cover is paid (R-COVER-6)."""

PAID_FOR = frozenset({None, ReleaseMethod.AGENCY, ReleaseMethod.SUPPLY})
"""Ways of release that are paid for, and “not said”; the others may have cost nothing (R-MEET-12)."""


class Release(Struct, frozen=True):
    """What a draft claim says that follows from its meeting."""

    purpose: CoverPurpose
    half_day: HalfDay


def half_day_of(
    starts_at: dt.time | None, ends_at: dt.time | None, calendar: SchoolCalendar
) -> HalfDay | None:
    """The half-days that a meeting takes out of the school day (R-COVER-2); None without a start.

    A morning or an afternoon counts when at least half an hour of it goes to the meeting; noon to 1pm is
    neither. A meeting that takes less of both is in the half in which it starts. Without an end, too.

    Args:
        starts_at: when it starts.
        ends_at: when it ends.
        calendar: of the host school, or of the cluster.
    """
    if starts_at is None:
        return None
    start, end = _minutes(starts_at), _minutes(ends_at) if ends_at else 0
    morning = min(end, _minutes(NOON)) - max(start, _minutes(calendar.day_starts))
    afternoon = min(end, _minutes(calendar.day_ends)) - max(start, _minutes(AFTER_LUNCH))
    if morning >= WORTH_COVER and afternoon >= WORTH_COVER:
        return HalfDay.DAY
    if morning >= WORTH_COVER or afternoon >= WORTH_COVER:
        return HalfDay.AM if morning >= WORTH_COVER else HalfDay.PM
    return HalfDay.AM if starts_at < NOON else HalfDay.PM


def _minutes(time: dt.time) -> int:
    return 60 * time.hour + time.minute


def release_at(meeting: MeetingFact, calendar: SchoolCalendar, scheme: Scheme) -> Release | str:
    """What a claim for release to a meeting says, or the sentence why none is drafted.

    Args:
        meeting: the meeting.
        calendar: of its host school, or of the cluster.
        scheme: of its day.
    """
    purpose = PURPOSES.get(meeting.kind)
    if purpose is None:
        return f"No cover is claimed for this kind of meeting ({meeting.kind.label})."
    if (
        told_inside(meeting, calendar) is False
        and scheme.response("claim_outside_school_day") is Response.REFUSE
    ):
        return "The meeting is outside the school day, when no cover is needed."
    half_day = half_day_of(meeting.starts_at, meeting.ends_at, calendar)
    if half_day is None:
        return "Enter the times of the meeting first: they tell which half-day is covered."
    return Release(purpose, half_day)


def needs_cover(method: ReleaseMethod | None) -> bool:
    """True unless the school said that nobody had to take the class (R-MEET-12)."""
    return method is not ReleaseMethod.NONE


class MarkFact(Struct, frozen=True):
    """A mark of a person as a claim sees it; `person_id` None: of a school where nobody is named."""

    school_id: int
    person_id: int | None
    code: AttendanceCode
    method: ReleaseMethod | None = None


class Claimed(Struct, frozen=True):
    """Who has a claim for a day, in whatever state: the people, and those of each school."""

    people: frozenset[int]
    at: Mapping[int, frozenset[int]]


def claimed(claims: Iterable[tuple[int, int]]) -> Claimed:
    """The same from school and person of every claim for the day."""
    at: dict[int, set[int]] = {}
    for school_id, person_id in claims:
        at.setdefault(school_id, set()).add(person_id)
    return Claimed(
        people=frozenset().union(*at.values()),
        at={school_id: frozenset(people) for school_id, people in at.items()},
    )


def without_claim(
    marks: Iterable[MarkFact], claims: Claimed, silent: Collection[int]
) -> tuple[MarkFact, ...]:
    """The releases for which a claim is to be expected and none was ever made (R-COVER-10, R-MEET-12).

    A claim that was rejected or withdrawn was made. A school marked without a name has its claim if one of
    its people who is not marked has one for the day.

    Args:
        marks: of one meeting, with the ids that schools have on its day.
        claims: of the day. A day may have many meetings: they share it, and none goes through all claims.
        silent: schools that set no release money aside, where release would draw on it (D22).
    """
    known = list(marks)
    named = {one.person_id for one in known}

    def has_claim(one: MarkFact) -> bool:
        if one.person_id is not None:
            return one.person_id in claims.people
        return not named.issuperset(claims.at.get(one.school_id, ()))

    return tuple(
        one
        for one in known
        if counts_as_released(one.code)
        and one.method in PAID_FOR
        and one.school_id not in silent
        and not has_claim(one)
    )
