"""What needs doing now, for Home: one line a subject, most pressing first (screens.md, Home)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models import tables as t
from models.calendar import year_bounds
from models.formats import clock, count, day_month, listed, long_date, prose_pounds, weekday_date
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.cover import ClaimLine, cover_year
from models.queries.issues import approval_lines
from models.queries.meetings import action_facts, meeting_facts
from models.rules.agreement import days_left, ended, ends_soon
from models.rules.meetings import MeetingFact, place_words
from models.rules.verdict import About
from models.words import AgendaState, Answer, ApprovalState, ClaimState, Happened

NAMED = 3  # so many schools or things are named in a line; more are counted


class Matter(StrEnum):
    """The subject of a line; the window chooses its icon and its page by it."""

    APPROVE = "approve"
    EVIDENCE = "evidence"
    MEETING = "meeting"
    ADVISOR = "advisor"
    LOANS = "loans"
    ACTIONS = "actions"
    DECLARATIONS = "declarations"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class TodoLine:
    """One thing to do.

    Attributes:
        matter: its subject.
        title: what to do, for example “Approve 4 cover claims”.
        detail: the facts that help to decide.
        about: the record to jump to; of several, the first.
        number: how many records it is about.
        late: it is overdue.
    """

    matter: Matter
    title: str
    detail: str
    about: About
    number: int = 1
    late: bool = False


def _some(names: Sequence[str]) -> str:
    """`A, B and C`, or `A, B, C and 2 more`."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= NAMED:
        return listed(unique)
    return f"{', '.join(unique[:NAMED])} and {len(unique) - NAMED} more"


def _claims(lines: Sequence[ClaimLine], to_evidence: Sequence[ClaimLine]) -> Iterator[TodoLine]:
    waiting = [line for line in lines if line.fact.state is ClaimState.SUBMITTED]
    if waiting:
        amount = prose_pounds(sum(line.split.recognised_p for line in waiting))
        since = min((line.fact.claimed_on for line in waiting if line.fact.claimed_on), default=None)
        detail = f"{amount} recognised" + (f" · waiting since {day_month(since)}" if since else "")
        title = f"Approve {count(len(waiting), 'cover claim')}"
        yield TodoLine(Matter.APPROVE, title, detail, waiting[0].fact.about, len(waiting))
    if to_evidence:
        codes = _some([line.fact.code for line in to_evidence])
        verb = "has" if len(to_evidence) == 1 else "have"
        title = f"Find evidence for {count(len(to_evidence), 'cover claim')}"
        detail = f"{codes} {verb} no invoice or timesheet number"
        yield TodoLine(Matter.EVIDENCE, title, detail, to_evidence[0].fact.about, len(to_evidence))


def _meetings(book: Book, today: dt.date) -> Iterator[TodoLine]:
    planned = [one for one in meeting_facts(book).values() if one.status is Happened.PLANNED]
    past = sorted((one for one in planned if one.held_on < today), key=lambda one: one.held_on)
    if past:
        title = f"Say whether {count(len(past), 'past meeting')} took place"
        detail = _some([f"{one.title}, {day_month(one.held_on)}" for one in past])
        yield TodoLine(Matter.MEETING, title, detail, past[0].about, len(past), late=True)
    ahead = min((one for one in planned if one.held_on >= today), key=lambda one: one.held_on, default=None)
    if ahead is not None:
        yield TodoLine(Matter.MEETING, _next_title(ahead), _next_detail(book, ahead), ahead.about)


def _next_title(meeting: MeetingFact) -> str:
    when = weekday_date(meeting.held_on).rsplit(" ", 1)[0]
    return f"Next meeting: {when}" + (f", {clock(meeting.starts_at)}" if meeting.starts_at else "")


def _next_detail(book: Book, meeting: MeetingFact) -> str:
    items = sum(
        row.meeting_id == meeting.id and row.state is AgendaState.OPEN for row in book.rows(t.AgendaItem)
    )
    agenda = f"agenda has {count(items, 'item')}" if items else "no agenda yet"
    return f"{meeting.title} · {place_words(meeting)} · {agenda}"


def _advisor(book: Book, today: dt.date) -> Iterator[TodoLine]:
    waiting = [
        one for one in approval_lines(book) if one.state is ApprovalState.PENDING and one.asked_on <= today
    ]
    ids = {row.code: row.id or 0 for row in book.rows(t.Approval)}
    if waiting:
        first = waiting[0]
        title = "An answer from the Advisor is waited for"
        if len(waiting) > 1:
            title = f"{len(waiting)} answers from the Advisor are waited for"
        amount = f", {prose_pounds(first.amount_p)}" if first.amount_p is not None else ""
        detail = f"{first.kind.label}{amount} · asked {long_date(first.asked_on)}"
        about = About("approval", ids[first.code])
        yield TodoLine(Matter.ADVISOR, title, detail, about, len(waiting))


def _actions(book: Book, today: dt.date) -> Iterator[TodoLine]:
    late = [
        one for one in action_facts(book, today) if one.open_on(today) and one.due_on and one.due_on < today
    ]
    if late:
        late.sort(key=lambda one: one.due_on or today)
        verb = "action is" if len(late) == 1 else "actions are"
        detail = _some([f"{one.what} ({one.owner or one.school})" for one in late[:2]])
        if len(late) > 2:
            detail = f"{late[0].what} ({late[0].owner or late[0].school}) and {len(late) - 1} more"
        yield TodoLine(
            Matter.ACTIONS, f"{len(late)} {verb} overdue", detail, late[0].about, len(late), late=True
        )


def _loans(book: Book, year: int, today: dt.date) -> Iterator[TodoLine]:
    late = sorted(bank_year(book, year, today).overdue, key=lambda line: line.fact.due_on)
    if late:
        verb = "kit loan is" if len(late) == 1 else "kit loans are"
        detail = _some([f"{line.fact.resource} ({count(line.late.days, 'day')})" for line in late])
        yield TodoLine(
            Matter.LOANS, f"{len(late)} {verb} overdue", detail, late[0].fact.about, len(late), late=True
        )


def _agreement(book: Book, today: dt.date) -> Iterator[TodoLine]:
    now = book.agreement(today)
    if now is None or now.transition_approved_on is not None or now is not book.agreements[-1]:
        return
    if ended(now, today):
        detail = f"It ended on {long_date(now.ends_on)}; a report and an application are needed to go on"
        yield TodoLine(Matter.AGREEMENT, "The agreement has ended", detail, now.about, late=True)
    elif ends_soon(now, today, book.scheme(today)):
        title = f"{count(days_left(now, today), 'day')} to the end of the agreement"
        detail = f"It ends on {long_date(now.ends_on)}; a report and an application are needed to go on"
        yield TodoLine(Matter.AGREEMENT, title, detail, now.about)


def todo(book: Book, year: int, today: dt.date) -> tuple[TodoLine, ...]:
    """What needs doing in a school year, most pressing first. A year that is over asks less."""
    day = min(today, year_bounds(year)[1])
    cover = cover_year(book, year, day)
    silent = [one for one in cover.additional if one.answer is Answer.NOT_SAID]
    found = [*_claims(cover.claims, cover.to_evidence)]
    if day == today:
        found += [*_meetings(book, today), *_advisor(book, today), *_actions(book, today)]
        found += _loans(book, year, today)
    if silent:
        title = f"{count(len(silent), 'declaration')} not given"
        names = _some([book.short_name(one.school_id) for one in silent])
        detail = f"{names}: is the release money on top of the science budget?"
        about = About("school", silent[0].school_id)
        found.append(TodoLine(Matter.DECLARATIONS, title, detail, about, len(silent)))
    if day == today:
        found += _agreement(book, today)
    return tuple(found)
