"""Meetings and attendance of a school year (R-MEET-1 to R-MEET-10, R-REV-2)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from models import tables as t
from models.calendar import school_year, year_bounds
from models.queries.book import Book, remembered
from models.rules.attendance import AttendanceFact, Matrix, Presence, attendance_matrix, presence
from models.rules.meetings import (
    ActionBalance,
    ActionFact,
    AgendaFact,
    AgendaShare,
    MeetingCount,
    MeetingFact,
    action_balance,
    agenda_share,
    count_meetings,
    in_school_day,
    place_words,
    told_inside,
    would_count,
)  # fmt: skip
from models.values import replace
from models.words import Happened, MeetingKind


@remembered
def meeting_facts(book: Book) -> dict[int, MeetingFact]:
    """Every meeting by id, as the rules know it."""
    invited: dict[int, set[int]] = defaultdict(set)
    for row in book.rows(t.Invitation):
        invited[row.meeting_id].add(row.school_id)
    links: dict[int, int] = defaultdict(int)
    for link in book.rows(t.AimLink):
        if link.meeting_id is not None:
            links[link.meeting_id] += 1
    return {
        row.id or 0: MeetingFact(
            id=row.id or 0,
            held_on=row.held_on,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            kind=row.kind,
            status=row.status,
            title=row.title,
            in_school_day=row.in_school_day,
            invited_ids=frozenset(invited[row.id or 0]),
            purpose=row.purpose,
            links=links[row.id or 0],
            place=row.place,
            link=row.link,
            host=book.school_name(row.host_school_id),
        )
        for row in book.rows(t.Meeting)
    }


@remembered
def meeting_calendars(book: Book) -> dict[int, int | None]:
    """The host school of each meeting, whose school day decides (R-MEET-3)."""
    return {row.id or 0: row.host_school_id for row in book.rows(t.Meeting)}


@remembered
def meeting_outcomes(book: Book) -> dict[int, str]:
    """What came of each meeting, by id; "" where nothing was entered."""
    return {row.id or 0: row.outcome for row in book.rows(t.Meeting)}


@remembered
def attendance_facts(book: Book) -> tuple[AttendanceFact, ...]:
    """Every mark."""
    return tuple(
        AttendanceFact(row.meeting_id, row.school_id, row.code, row.person_id)
        for row in book.rows(t.Attendance)
    )


@remembered
def action_facts(book: Book, until: dt.date) -> tuple[ActionFact, ...]:
    """Every action but those that a meeting after `until` agreed."""
    agreed = {key: fact.held_on for key, fact in meeting_facts(book).items()}

    def owner(row: t.Action) -> int | None:
        return row.owner_school_id and book.present_id(row.owner_school_id, until)

    return tuple(
        ActionFact(
            row.id or 0, row.what, owner(row), book.school_name(owner(row)),
            book.person_name(row.owner_id), row.due_on, row.done_on, row.dropped_on,
        )
        for row in book.rows(t.Action)
        if row.meeting_id is None or agreed[row.meeting_id] <= until
    )  # fmt: skip


class MeetingLine(Struct, frozen=True):
    """One meeting of the list: what the pack's part 6 prints and the page shows.

    `inside` the school day: None where its times are not entered and do not tell. `outcome` is what came of
    it; of a meeting with the Advisor it is printed (R-REV-2).
    """

    fact: MeetingFact
    place: str
    inside: bool | None
    why: str
    counts: bool
    came: Presence
    outcome: str = ""


class MeetingYear(Struct, frozen=True):
    """The meetings of one school year up to a day; `advisor` are those with the Advisor (R-REV-2).

    `unmarked` are past ones that nobody marked as held or cancelled: they are not among the lines.
    """

    year: int
    data_to: dt.date
    lines: tuple[MeetingLine, ...]
    upcoming: tuple[MeetingLine, ...]
    count: MeetingCount
    matrix: Matrix
    agenda: AgendaShare
    actions: ActionBalance
    hosts: int
    unmarked: tuple[MeetingLine, ...] = ()

    @property
    def advisor(self) -> tuple[MeetingLine, ...]:
        return tuple(line for line in self.lines if line.fact.kind is MeetingKind.ADVISOR)


def _line(book: Book, fact: MeetingFact, host_id: int | None, marks: list[AttendanceFact]) -> MeetingLine:
    calendar = book.calendar(host_id)
    inside = told_inside(fact, calendar)
    if fact.in_school_day is None:
        why = in_school_day(fact.held_on, fact.starts_at, fact.ends_at, calendar).reason
    else:
        why = "Entered by hand."
    counts = would_count(fact, book.scheme_of(school_year(fact.held_on)), calendar)
    outcome = meeting_outcomes(book)[fact.id]
    return MeetingLine(fact, place_words(fact), inside, why, counts, presence(marks), outcome)


def _agenda(book: Book, held: Iterable[MeetingFact]) -> AgendaShare:
    """Who proposed the topics of these meetings; the lead school is that of the day (R-MEET-7)."""
    days = {one.id: one.held_on for one in held}
    others = known = unknown = 0
    items: dict[int, list[AgendaFact]] = defaultdict(list)
    for row in book.rows(t.AgendaItem):
        if row.meeting_id in days:
            proposer = row.proposed_by_id and book.present_id(row.proposed_by_id, days[row.meeting_id])
            items[row.meeting_id].append(AgendaFact(row.meeting_id, proposer))
    for key, topics in items.items():
        lead = book.lead_school(days[key])
        share = agenda_share(topics, lead.school_id if lead else None)
        others, known, unknown = others + share.by_others, known + share.known, unknown + share.unknown
    return AgendaShare(others, known, unknown)


@remembered
def _marks(book: Book, until: dt.date) -> dict[int, list[AttendanceFact]]:
    """The marks by meeting, each of the school as it is on a day (R-DATA-6)."""
    ids = book.present_ids(until)
    marks: dict[int, list[AttendanceFact]] = defaultdict(list)
    for mark in attendance_facts(book):
        school_id = ids.get(mark.school_id, mark.school_id)
        marks[mark.meeting_id].append(replace(mark, school_id=school_id) if ids else mark)
    return marks


@remembered
def _held_and_ahead(
    book: Book, year: int, data_to: dt.date
) -> tuple[tuple[MeetingFact, ...], tuple[MeetingFact, ...], tuple[MeetingFact, ...]]:
    """The meetings of a school year by date: held by a day, still to come, and past but not marked."""
    first, last = year_bounds(year)
    ids = book.present_ids(min(last, data_to))
    of_year = [
        replace(one, invited_ids=frozenset(ids.get(key, key) for key in one.invited_ids)) if ids else one
        for one in meeting_facts(book).values()
        if first <= one.held_on <= last and one.status is not Happened.CANCELLED
    ]
    of_year.sort(key=lambda one: (one.held_on, one.starts_at or dt.time(), one.id))
    past = [one for one in of_year if one.held_on <= data_to]
    held = (one for one in past if one.status is Happened.HELD)
    ahead = (replace(one, status=Happened.PLANNED) for one in of_year if one.held_on > data_to)
    return tuple(held), tuple(ahead), tuple(one for one in past if one.status is not Happened.HELD)


@remembered
def year_matrix(book: Book, year: int, data_to: dt.date) -> Matrix:
    """Who came to the meetings of a school year, school by school, as of `data_to` (R-MEET-8)."""
    until = min(year_bounds(year)[1], data_to)
    marks, (held, *_) = _marks(book, until), _held_and_ahead(book, year, data_to)
    return attendance_matrix(held, book.spells(until), [mark for one in held for mark in marks[one.id]])


@remembered
def meeting_year(book: Book, year: int, data_to: dt.date) -> MeetingYear:
    """The meetings of a school year with what came of them, as of `data_to`.

    Meetings after `data_to` are upcoming, whatever their status says.
    """
    hosts, until = meeting_calendars(book), min(year_bounds(year)[1], data_to)
    marks = _marks(book, until)
    held, ahead, unmarked = _held_and_ahead(book, year, data_to)
    lead = book.lead_school(until)
    return MeetingYear(
        year=year,
        data_to=data_to,
        lines=tuple(_line(book, one, hosts[one.id], marks[one.id]) for one in held),
        upcoming=tuple(_line(book, one, hosts[one.id], []) for one in ahead),
        count=count_meetings(
            [*held, *ahead], year, book.scheme_of(year), lambda one: book.calendar(hosts[one.id])
        ),
        matrix=year_matrix(book, year, data_to),
        agenda=_agenda(book, held),
        actions=action_balance(action_facts(book, until), lead.school_id if lead else None, until),
        hosts=len({book.present_id(host, until) for one in held if (host := hosts[one.id])}),
        unmarked=tuple(_line(book, one, hosts[one.id], []) for one in unmarked),
    )
