"""Meetings: which count, and what was done in them (R-MEET-1 to R-MEET-4, 6, 7, 10, 12, 13; R-CLU-14).

Marks and the attendance matrix are in `attendance`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from msgspec import Struct

from models.calendar import SchoolCalendar, school_year, year_bounds
from models.formats import (
    NOT_ENTERED,
    clock,
    count,
    long_date,
    percent,
    prose_pounds,
    share,
    time_range,
    weekday_date,
)
from models.rules.scheme import Scheme
from models.rules.verdict import About, Verdict, answered, warn
from models.words import AttendanceCode, Happened, MeetingKind, ReleaseMethod

OUTSIDE = "outside the school day"
YEAR_GROUPS = ("EYFS", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "KS3")


class MeetingFact(Struct, frozen=True):
    """A meeting as the rules see it.

    Attributes:
        in_school_day: the user's word; None: worked out from the times (R-MEET-3).
        invited_ids: the schools asked; empty: every member (R-MEET-5).
        links: how many aims and focus areas it serves (R-MEET-6).
    """

    id: int
    held_on: dt.date
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    kind: MeetingKind = MeetingKind.FULL_CLUSTER
    status: Happened = Happened.HELD
    title: str = ""
    in_school_day: bool | None = None
    invited_ids: frozenset[int] = frozenset()
    purpose: str = ""
    links: int = 0
    place: str = ""
    link: str = ""
    host: str = ""

    @property
    def about(self) -> About:
        return About("meeting", self.id)

    @property
    def name(self) -> str:
        """`“Electricity” on 14 March 2025`, for sentences."""
        when = long_date(self.held_on)
        return f"“{self.title}” on {when}" if self.title else f"The meeting on {when}"


class DayAnswer(Struct, frozen=True):
    """Whether a meeting is in the school day and why. None: the times do not tell."""

    inside: bool | None
    reason: str


def in_school_day(
    held_on: dt.date, starts_at: dt.time | None, ends_at: dt.time | None, calendar: SchoolCalendar
) -> DayAnswer:
    """Propose whether a meeting is in the school day, from its times (R-MEET-3).

    It is when at least half its minutes fall inside the school day of a school day. With only a start
    time, the start decides.

    Args:
        held_on: the day.
        starts_at: when it starts.
        ends_at: when it ends.
        calendar: the host school's calendar (`SchoolCalendar.of_school`), or the cluster's.
    """
    if not calendar.is_school_day(held_on):
        return DayAnswer(inside=False, reason=_why_closed(held_on, calendar))
    day = time_range(calendar.day_starts, calendar.day_ends)
    if starts_at is None:
        return DayAnswer(None, "Enter the times to tell whether it is in the school day.")
    if ends_at is None:
        inside = calendar.day_starts <= starts_at < calendar.day_ends
        where = "inside" if inside else "outside"
        return DayAnswer(inside, f"It starts at {clock(starts_at)}, {where} the school day ({day}).")
    total = _minutes(ends_at) - _minutes(starts_at)
    if total <= 0:
        return DayAnswer(None, "The end is not after the start: correct the times.")
    shared = min(_minutes(ends_at), _minutes(calendar.day_ends)) - max(
        _minutes(starts_at), _minutes(calendar.day_starts)
    )
    shared = max(0, shared)
    inside = 2 * shared >= total
    how_much = "at least half" if inside else "less than half"
    text = (
        f"{time_range(starts_at, ends_at)}: {shared} of {count(total, 'minute')} "
        f"in the school day ({day}), {how_much}."
    )
    return DayAnswer(inside, text)


def _minutes(time: dt.time) -> int:
    return 60 * time.hour + time.minute


def _why_closed(day: dt.date, calendar: SchoolCalendar) -> str:
    when = weekday_date(day)
    if day.weekday() >= 5:
        return f"{when} is at the weekend."
    return (
        f"{when} is {calendar.closed[day]}." if calendar.closed.get(day) else f"{when} is not in term time."
    )


def told_inside(meeting: MeetingFact, calendar: SchoolCalendar) -> bool | None:
    """The user's word where there is one, else what the times propose; None: the times are not entered."""
    if meeting.in_school_day is not None:
        return meeting.in_school_day
    return in_school_day(meeting.held_on, meeting.starts_at, meeting.ends_at, calendar).inside


def is_inside(meeting: MeetingFact, calendar: SchoolCalendar) -> bool:
    """Whether a meeting is known to be in the school day; unknown times are not inside."""
    return bool(told_inside(meeting, calendar))


def would_count(meeting: MeetingFact, scheme: Scheme, calendar: SchoolCalendar) -> bool:
    """Whether a meeting, once held, counts to the minimum (R-MEET-2, R-MEET-4, D11)."""
    if meeting.kind is MeetingKind.SUB_GROUP:
        right_kind = scheme.count_subgroup
    else:
        right_kind = meeting.kind is MeetingKind.FULL_CLUSTER
    return right_kind and (scheme.count_after_school or is_inside(meeting, calendar))


class MeetingCount(Struct, frozen=True):
    """The meetings of a school year: held, counted to the minimum, and planned that would count."""

    held: int
    counted: int
    planned: int
    minimum: int
    target: int

    @property
    def short(self) -> int:
        """How many are wanting to the minimum."""
        return max(0, self.minimum - self.counted)

    @property
    def text(self) -> str:
        """`3 of 4, 1 short`, `4 of 4, met` or `5, minimum 4 met, release funding fully used` (R-MEET-1)."""
        if self.short:
            return f"{self.counted} of {self.minimum}, {self.short} short"
        used = ", release funding fully used" if self.counted >= self.target else ""
        if self.counted > self.minimum:
            return f"{self.counted}, minimum {self.minimum} met{used}"
        return f"{self.counted} of {self.minimum}, met{used}"


def count_meetings(
    meetings: Iterable[MeetingFact],
    year: int,
    scheme: Scheme,
    calendar_of: Callable[[MeetingFact], SchoolCalendar],
) -> MeetingCount:
    """Count the meetings of a school year (R-MEET-1, R-MEET-4, R-MEET-11).

    Every kind is held; only what `would_count` says counts.

    Args:
        meetings: of this year and perhaps others.
        year: the school year.
        scheme: the scheme of that year.
        calendar_of: the calendar of a meeting's host school, whose day decides (D12).
    """
    of_year = [meeting for meeting in meetings if school_year(meeting.held_on) == year]
    held = [meeting for meeting in of_year if meeting.status is Happened.HELD]
    planned = [meeting for meeting in of_year if meeting.status is Happened.PLANNED]
    return MeetingCount(
        held=len(held),
        counted=sum(would_count(meeting, scheme, calendar_of(meeting)) for meeting in held),
        planned=sum(would_count(meeting, scheme, calendar_of(meeting)) for meeting in planned),
        minimum=scheme.meetings_min,
        target=scheme.meetings_target,
    )


def minimum_verdict(total: MeetingCount, year: int, today: dt.date, scheme: Scheme) -> Verdict | None:
    """Too few meetings in school time; while the year runs, planned ones are hoped for (R-MEET-1)."""
    last = year_bounds(year)[1]
    over = today > last or (today == last and not total.planned)
    if not total.short or (not over and total.counted + total.planned >= total.minimum):
        return None
    text = f"Full cluster meetings in school time: {total.text}"
    lacking = total.minimum - total.counted - total.planned
    more = "another" if lacking == 1 else f"{lacking} more"
    hoped = f" with {total.planned} planned that would count: plan {more} in the school day."
    text += "." if over else hoped
    return answered(scheme.response("meetings_min"), "R-MEET-1", text)


def outside_verdict(meeting: MeetingFact, scheme: Scheme, calendar: SchoolCalendar) -> Verdict | None:
    """A full cluster meeting outside the school day, recorded but not counted (R-MEET-2)."""
    if (
        meeting.kind is not MeetingKind.FULL_CLUSTER
        or meeting.status is Happened.CANCELLED
        or scheme.count_after_school
        or is_inside(meeting, calendar)
    ):
        return None
    text = f"{meeting.name} is {OUTSIDE} and does not count to the {scheme.meetings_min} a year."
    if meeting.in_school_day is None:
        answer = in_school_day(meeting.held_on, meeting.starts_at, meeting.ends_at, calendar)
        if answer.inside is None:
            text = f"{meeting.name} does not count yet. {answer.reason}"
    return answered(scheme.response("count_after_school"), "R-MEET-2", text, meeting.about)


def purpose_verdict(meeting: MeetingFact) -> Verdict | None:
    """A held meeting without a purpose, or without an aim or focus area it serves (R-MEET-6)."""
    if meeting.status is not Happened.HELD or (meeting.purpose.strip() and meeting.links):
        return None
    if meeting.purpose.strip():
        todo = "is not linked to an aim or focus area: choose the one it served"
    else:
        todo = "has no purpose entered: say in a sentence what it was for"
    return warn("R-MEET-6", f"{meeting.name} {todo}.", meeting.about)


def past_verdict(meeting: MeetingFact, today: dt.date) -> Verdict | None:
    """A meeting whose day has passed and that nobody has marked as held or cancelled (R-MEET-1)."""
    if meeting.status is not Happened.PLANNED or meeting.held_on >= today:
        return None
    text = f"{meeting.name} has passed and is still planned: mark it as held or cancelled."
    return warn("R-MEET-1", text, meeting.about)


def place_words(meeting: MeetingFact) -> str:
    """Where a meeting is: the place, the host school, `Online` if there is only a link (R-CLU-14)."""
    return meeting.place or meeting.host or ("Online" if meeting.link else NOT_ENTERED)


class AgendaFact(Struct, frozen=True):
    """A topic and the school that proposed it; None: not entered."""

    meeting_id: int
    proposed_by_id: int | None


class AgendaShare(Struct, frozen=True):
    """How many of the topics with a known proposer came from schools other than the lead (R-MEET-7)."""

    by_others: int
    known: int
    unknown: int

    @property
    def text(self) -> str:
        """`9 of 12 (75%)`."""
        return share(self.by_others, self.known)


def agenda_share(items: Iterable[AgendaFact], lead_school_id: int | None) -> AgendaShare:
    """The share of topics proposed by schools other than the lead (R-MEET-7)."""
    proposers = [item.proposed_by_id for item in items]
    known = [school for school in proposers if school is not None]
    others = sum(school != lead_school_id for school in known)
    return AgendaShare(others, len(known), len(proposers) - len(known))


class ActionFact(Struct, frozen=True):
    """A promise: open until it is done or dropped (R-MEET-10)."""

    id: int
    what: str
    school_id: int | None = None
    school: str = ""
    owner: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    dropped_on: dt.date | None = None

    @property
    def about(self) -> About:
        return About("action", self.id)

    def open_on(self, day: dt.date) -> bool:
        """True while it is neither done nor dropped."""
        return all(end is None or end > day for end in (self.done_on, self.dropped_on))


class ActionBalance(Struct, frozen=True):
    """The open actions by school, by name; actions of no school are last, under ""."""

    open: int
    of_lead: int
    by_school: tuple[tuple[str, int], ...]


def action_balance(actions: Iterable[ActionFact], lead_school_id: int | None, day: dt.date) -> ActionBalance:
    """Who holds the open actions (R-MEET-10)."""
    running = [action for action in actions if action.open_on(day)]
    per_school = Counter(action.school for action in running)
    return ActionBalance(
        open=len(running),
        of_lead=sum(
            action.school_id is not None and action.school_id == lead_school_id for action in running
        ),
        by_school=tuple(sorted(per_school.items(), key=lambda pair: (pair[0] == "", pair[0].casefold()))),
    )


def balance_verdict(balance: ActionBalance, scheme: Scheme) -> Verdict | None:
    """The lead school holds more than its share of the open actions (R-MEET-10)."""
    if balance.of_lead * 100 <= balance.open * scheme.lead_action_share:
        return None
    text = (
        f"The lead school holds {balance.of_lead} of {count(balance.open, 'open action')} "
        f"({percent(balance.of_lead, balance.open)}): ask other schools to take some on."
    )
    return answered(scheme.response("lead_action_share"), "R-MEET-10", text)


def action_verdicts(actions: Iterable[ActionFact], today: dt.date) -> tuple[Verdict, ...]:
    """Open actions that are overdue, or have no owner or due date (R-MEET-10)."""
    found = []
    for action in actions:
        if not action.open_on(today):
            continue
        missing = [
            words
            for words, absent in (
                ("who does it", not (action.owner or action.school)),
                ("when it is due", action.due_on is None),
            )
            if absent
        ]
        if missing:
            text = f"The action “{action.what}” does not say {' or '.join(missing)}: enter it."
            found.append(warn("R-MEET-10", text, action.about))
        elif action.due_on is not None and action.due_on < today:
            whose = action.owner or action.school
            due = long_date(action.due_on)
            text = f"The action “{action.what}” ({whose}) was due on {due}: ask how it stands."
            found.append(warn("R-MEET-10", text, action.about))
    return tuple(found)


def counts_as_released(mark: AttendanceCode | None) -> bool:
    """P is released, whatever the method and even at no cost (R-MEET-12)."""
    return mark is AttendanceCode.P


def release_words(method: ReleaseMethod | None, cost_p: int | None) -> str:
    """`Head taught the class, £0`: how a school released its teacher, in its own choice (R-MEET-12)."""
    how = NOT_ENTERED if method is None else method.label
    return f"{how}, {prose_pounds(cost_p)}" if cost_p is not None else how


class TeacherFact(Struct, frozen=True):
    """A teacher and a year group taught this school year (R-MEET-13)."""

    person_id: int
    name: str
    school_id: int
    school: str
    year_group: str


class SwapRow(Struct, frozen=True):
    """A year group with its teachers, by school; `paired` when at least two schools can share."""

    year_group: str
    teachers: tuple[TeacherFact, ...]

    @property
    def schools(self) -> int:
        return len({teacher.school_id for teacher in self.teachers})

    @property
    def paired(self) -> bool:
        return self.schools > 1


def swap_list(teachers: Iterable[TeacherFact]) -> tuple[SwapRow, ...]:
    """Who teaches which year across the schools, in order of age (R-MEET-13)."""
    groups: dict[str, list[TeacherFact]] = {}
    for teacher in teachers:
        groups.setdefault(teacher.year_group, []).append(teacher)
    rank = {group: place for place, group in enumerate(YEAR_GROUPS)}
    return tuple(
        SwapRow(group, tuple(sorted(groups[group], key=lambda one: (one.school.casefold(), one.name))))
        for group in sorted(groups, key=lambda group: (rank.get(group, len(rank)), group))
    )
