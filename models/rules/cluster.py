"""Membership of the cluster: who belongs when, and what to look at (R-CLU-1, R-CLU-7 to R-CLU-11, R-CLU-15).

Leads and subject leaders are in `leads`, names and URNs in `schools`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from models.formats import count, listed, long_date
from models.rules.scheme import Scheme
from models.rules.schools import SchoolFact, current_ids
from models.rules.spells import covers, day_after, meets
from models.rules.verdict import About, Verdict, answered, warn
from models.values import replace
from models.words import AttendanceCode, ContactKind, Engagement, Phase

ABSENT = frozenset({AttendanceCode.A, AttendanceCode.N})


class MembershipFact(Struct, frozen=True):
    """A school's dated spell in the cluster.

    Attributes:
        left_on: the last day as a member, inclusive; None while it is one.
        replaces_id: the school whose place it took, if any (R-CLU-9).
        advisor_discussed_on: when its joining, or later its leaving, was discussed with the Advisor
            (R-CLU-7, R-CLU-8).
        advisor_outcome: what the Advisor said.
        gives_release_input: whether the school gives the yearly release money; None: by phase (D22).
    """

    id: int
    school_id: int
    school: str
    joined_on: dt.date
    left_on: dt.date | None = None
    phase: Phase = Phase.PRIMARY
    at_risk: bool = False
    leaving_reason: str = ""
    replaces_id: int | None = None
    advisor_discussed_on: dt.date | None = None
    advisor_outcome: str = ""
    gives_release_input: bool | None = None

    @property
    def about(self) -> About:
        return About("membership", self.id)

    def on(self, day: dt.date) -> bool:
        """True when the school is a member on `day`; the last day counts."""
        return covers(self.joined_on, self.left_on, day)

    def left_in(self, first: dt.date, until: dt.date, last: dt.date) -> bool:
        """True when it left between `first` and `until`; on the year's last day, `last`, it has left."""
        return (
            self.left_on is not None
            and first <= self.left_on
            and (self.left_on < until or self.left_on == until == last)
        )


class ContactFact(Struct, frozen=True):
    """An entry of the contacts log: `told_advisor_on` when the Advisor heard, `closed_on` when settled."""

    id: int
    kind: ContactKind
    on: dt.date
    school_id: int | None = None
    school: str = ""
    summary: str = ""
    told_advisor_on: dt.date | None = None
    closed_on: dt.date | None = None

    @property
    def about(self) -> About:
        return About("contact_log", self.id)


def members_on(memberships: Iterable[MembershipFact], day: dt.date) -> tuple[MembershipFact, ...]:
    """The members on a day, each school once, by name (R-CLU-10)."""
    return _each_once(member for member in memberships if member.on(day))


def members_between(
    memberships: Iterable[MembershipFact], first: dt.date, last: dt.date
) -> tuple[MembershipFact, ...]:
    """The schools that were members on at least one day of a period, each once, by name (R-CLU-10)."""
    return _each_once(
        member for member in memberships if meets(member.joined_on, member.left_on, first, last)
    )


def _each_once(memberships: Iterable[MembershipFact]) -> tuple[MembershipFact, ...]:
    latest: dict[int, MembershipFact] = {}
    for member in sorted(memberships, key=lambda member: member.joined_on):
        latest[member.school_id] = member
    return tuple(sorted(latest.values(), key=lambda member: (member.school.casefold(), member.school_id)))


def was_member(memberships: Iterable[MembershipFact], school_id: int, day: dt.date) -> bool:
    """True when the school was a member on the day: what every denominator asks (R-CLU-10)."""
    return any(member.school_id == school_id and member.on(day) for member in memberships)


def membership_lines(
    memberships: Iterable[MembershipFact], schools: Iterable[SchoolFact]
) -> tuple[MembershipFact, ...]:
    """Memberships with an academy conversion drawn together into one line (R-DATA-6).

    A line has the school's present id, name and phase, the first joining and the last leaving date.

    Raises:
        BadInput: a school is entered as its own predecessor.
    """
    by_id = {school.id: school for school in schools}
    today = current_ids(by_id.values())
    lines: list[MembershipFact] = []
    for member in sorted(memberships, key=lambda member: (member.joined_on, member.id)):
        school = by_id.get(today.get(member.school_id, member.school_id))
        now = (
            member
            if school is None
            else replace(member, school_id=school.id, school=school.name, phase=school.phase)
        )
        before = next((line for line in lines if _goes_on(line, now)), None)
        if before is None:
            lines.append(now)
        else:
            lines[lines.index(before)] = replace(before, left_on=now.left_on, at_risk=now.at_risk)
    return tuple(sorted(lines, key=lambda line: (line.school.casefold(), line.joined_on)))


def _goes_on(line: MembershipFact, following: MembershipFact) -> bool:
    return (
        line.school_id == following.school_id
        and line.left_on is not None
        and following.joined_on <= day_after(line.left_on)
    )


def engagement(member: MembershipFact, day: dt.date) -> Engagement:
    """Active, at risk or left, as it stands on a day (R-CLU-8)."""
    if member.left_on is not None and member.left_on < day:
        return Engagement.LEFT
    return Engagement.AT_RISK if member.at_risk else Engagement.ACTIVE


def gives_input(member: MembershipFact) -> bool:
    """Whether the school gives the yearly release money: a secondary only if it says so (D22)."""
    if member.gives_release_input is None:
        return member.phase not in {Phase.SECONDARY, Phase.POST_16}
    return member.gives_release_input


def size_verdict(schools: int, scheme: Scheme) -> Verdict | None:
    """Outside the range of successful clusters (R-CLU-1)."""
    usual = f"successful clusters have {scheme.schools_min} to {scheme.schools_max} schools"
    has = f"The cluster has {count(schools, 'school')}"
    if schools < scheme.schools_min:
        whom = "another" if schools else "some"
        text = f"{has}: {usual}, so think about asking {whom} to join."
        return answered(scheme.response("schools_min"), "R-CLU-1", text)
    if schools > scheme.schools_max:
        text = f"{has}: {usual}, so think about working in smaller groups."
        return answered(scheme.response("schools_max"), "R-CLU-1", text)
    return None


def joiner_verdicts(memberships: Iterable[MembershipFact], cluster_start: dt.date) -> tuple[Verdict, ...]:
    """Schools added after the start without an Advisor discussion on record (R-CLU-7)."""
    return tuple(
        warn(
            "R-CLU-7",
            f"{member.school} joined on {long_date(member.joined_on)}, after the start: "
            f"discuss with Advisor, and enter {missing_of_discussion(member)}.",
            member.about,
        )
        for member in memberships
        if member.joined_on > cluster_start and member.replaces_id is None and missing_of_discussion(member)
    )


def missing_of_discussion(member: MembershipFact) -> str:
    """What is not entered of the discussion with the Advisor; "" when all is (R-CLU-7, R-CLU-9)."""
    if member.advisor_discussed_on is None:
        return "the date and the outcome"
    return "" if member.advisor_outcome.strip() else "the outcome"


_TALKS = {
    ContactKind.ENCOURAGEMENT: "an encouragement to take part",
    ContactKind.ADVISOR_DISCUSSION: "the discussion with the Advisor",
}


def missing_talks(member: MembershipFact, contacts: Iterable[ContactFact]) -> tuple[ContactKind, ...]:
    """Which of the two talks before a school leaves are not on record (R-CLU-8)."""
    kinds = {
        entry.kind
        for entry in contacts
        if entry.school_id == member.school_id and covers(member.joined_on, member.left_on, entry.on)
    }
    discussed = member.advisor_discussed_on
    if discussed is not None and discussed > member.joined_on:
        kinds.add(ContactKind.ADVISOR_DISCUSSION)
    return tuple(kind for kind in _TALKS if kind not in kinds)


def leaver_verdicts(
    memberships: Iterable[MembershipFact], contacts: Iterable[ContactFact], today: dt.date
) -> tuple[Verdict, ...]:
    """Schools that left without a logged encouragement and an Advisor discussion (R-CLU-8)."""
    log = list(contacts)
    found = []
    for member in memberships:
        if member.left_on is None or member.left_on > today:
            continue
        missing = [_TALKS[kind] for kind in missing_talks(member, log)]
        if missing:
            text = (
                f"{member.school} left on {long_date(member.left_on)}: "
                f"enter {listed(missing)} in the contacts log."
            )
            found.append(warn("R-CLU-8", text, member.about))
    return tuple(found)


def replacement_verdicts(
    memberships: Iterable[MembershipFact], every: Iterable[MembershipFact] | None = None
) -> tuple[Verdict, ...]:
    """A school that took another's place without the Advisor's agreement on record (R-CLU-9).

    No replacement is no fault: nothing is said of a place left empty.

    Args:
        memberships: the spells to look at.
        every: all spells, where the one replaced may have ended long before; None: the same.
    """
    spells = list(memberships)
    known = spells if every is None else list(every)
    found = []
    for member in spells:
        if member.replaces_id is None:
            continue
        replaced = [spell for spell in known if spell.school_id == member.replaces_id]
        if not any(spell.left_on is not None for spell in replaced):
            text = f"{member.school} is entered in the place of a school that has not left: check the link."
            found.append(warn("R-CLU-9", text, member.about))
        elif missing := missing_of_discussion(member):
            text = (
                f"{member.school} took the place of {replaced[0].school}: it needs the Advisor’s agreement, "
                f"so enter {missing}."
            )
            found.append(warn("R-CLU-9", text, member.about))
    return tuple(found)


def days_to_tell(problem: ContactFact) -> int | None:
    """Days from raising a problem to telling the Advisor; None: not told yet (R-CLU-11)."""
    return None if problem.told_advisor_on is None else (problem.told_advisor_on - problem.on).days


def problem_sentence(problem: ContactFact) -> str:
    """`Raised 3 November 2024, Advisor told 5 November 2024 (2 days)` (R-CLU-11)."""
    raised = f"Raised {long_date(problem.on)}, Advisor"
    days = days_to_tell(problem)
    if days is None:
        return f"{raised} not told"
    return f"{raised} told {long_date(problem.told_advisor_on)} ({count(days, 'day')})"


def open_problems(contacts: Iterable[ContactFact], day: dt.date) -> tuple[ContactFact, ...]:
    """The potential problems raised and not settled on a day, oldest first (R-CLU-11)."""
    return tuple(
        sorted(
            (
                entry
                for entry in contacts
                if entry.kind is ContactKind.PROBLEM
                and entry.on <= day
                and (entry.closed_on is None or entry.closed_on > day)
            ),
            key=lambda entry: (entry.on, entry.id),
        )
    )


def problem_verdicts(contacts: Iterable[ContactFact], day: dt.date) -> tuple[Verdict, ...]:
    """Open problems that the Advisor has not heard of (R-CLU-11)."""
    return tuple(
        warn(
            "R-CLU-11",
            f"The problem raised on {long_date(problem.on)} ({_what(problem)}) is not told to the Advisor: "
            "do so early and enter the date.",
            problem.about,
        )
        for problem in open_problems(contacts, day)
        if problem.told_advisor_on is None or problem.told_advisor_on > day
    )


def _what(problem: ContactFact) -> str:
    return ": ".join(words for words in (problem.school, problem.summary) if words) or "no words entered"


def absences_in_a_row(marks: Sequence[AttendanceCode | None]) -> int:
    """How many of the latest marks in a row are apologies or no reply; None is not counted (D28).

    Args:
        marks: one school's marks, oldest first; None: not invited or not a member.
    """
    row = 0
    for mark in reversed([mark for mark in marks if mark is not None]):
        if mark not in ABSENT:
            break
        row += 1
    return row


def engagement_verdict(
    member: MembershipFact, marks: Sequence[AttendanceCode | None], scheme: Scheme, today: dt.date
) -> Verdict | None:
    """Prompt to encourage a school after some absences in a row (R-CLU-8, D28)."""
    missed = absences_in_a_row(marks)
    if not scheme.absence_prompt or missed < scheme.absence_prompt or not member.on(today):
        return None
    text = (
        f"{member.school} missed the last {count(missed, 'meeting')}: "
        "a word of encouragement now may keep it in the cluster."
    )
    return answered(scheme.response("absence_prompt"), "R-CLU-8", text, member.about)


def extra_support_count(schools: Iterable[SchoolFact], member_ids: Collection[int]) -> int:
    """How many members have extra support: the count only, never which (R-CLU-15)."""
    return sum(school.extra_support for school in schools if school.id in member_ids)


def extra_support_line(
    schools: Iterable[SchoolFact], member_ids: Collection[int], *, asked: bool
) -> str | None:
    """The pack's line on extra support, only if it was asked for (R-CLU-15)."""
    flagged = extra_support_count(schools, member_ids)
    return f"{count(flagged, 'school')} with extra support" if asked else None
