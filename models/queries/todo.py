"""What needs doing now, for Home: one line a subject, most pressing first (screens.md, Home)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from models import tables as t
from models.calendar import TermName, school_year, year_bounds, year_label
from models.formats import NOT_ENTERED, clock, count, day_month, listed, long_date, prose_pounds, weekday_date
from models.queries.account import entry_facts
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.confidence import confidence_year
from models.queries.cover import ClaimLine, claim_lines, cover_year
from models.queries.engagement import prompts_on
from models.queries.gates import gate_says
from models.queries.impact import evidence_facts, project_facts
from models.queries.issues import approval_lines
from models.queries.meetings import action_facts, meeting_facts, meeting_year
from models.queries.privacy import due_for_review, requests
from models.queries.purse_years import year_rows
from models.queries.released import unclaimed_in
from models.queries.served import aims_year, term_begins
from models.rules.agreement import days_left, ended, ends_soon
from models.rules.impact import permission_verdicts
from models.rules.meetings import MeetingFact, place_words
from models.rules.projects import feedback_due
from models.rules.verdict import About
from models.words import AgendaState, Answer, ApprovalState, ClaimState, EntryState, Happened, ResourceLife

UNFINISHED = {
    ClaimState.DRAFT: "to submit",
    ClaimState.RETURNED: "to put right",
    ClaimState.SUBMITTED: "to approve",
    ClaimState.APPROVED: "to pay",
}
TIME_FOR_IT = dt.timedelta(weeks=6)  # into a term, before it is asked what served the aims in it
ENDING = frozenset({6, 7, 8})  # months in which the feedback of the year's themes is asked for
REVIEW_MONTH = 9  # when the school year begins, what was kept long enough is looked at once
NAMED = 3  # so many schools or things are named in a line; more are counted


class Matter(StrEnum):
    """The subject of a line; the window chooses its icon and its page by it."""

    APPROVE = "approve"
    PAY = "pay"
    RETURNED = "returned"
    SUBMIT = "submit"
    EVIDENCE = "evidence"
    EARLIER = "earlier"
    MEETING = "meeting"
    NEXT = "next"
    ATTENDANCE = "attendance"
    UNCLAIMED = "unclaimed"
    ADVISOR = "advisor"
    LOANS = "loans"
    CHECKS = "checks"
    ACTIONS = "actions"
    ENGAGEMENT = "engagement"
    DECLARATIONS = "declarations"
    CLOSE = "close"
    TERMS = "terms"
    AGREEMENT = "agreement"
    GAPS = "gaps"
    CONFIDENCE = "confidence"
    FEEDBACK = "feedback"
    PHOTOS = "photos"
    PRIVACY = "privacy"


class TodoLine(Struct, frozen=True):
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
        since = min((line.fact.claimed_on for line in waiting if line.fact.claimed_on), default=None)
        detail = f"{_recognised(waiting)} recognised" + (
            f" · waiting since {day_month(since)}" if since else ""
        )
        yield _of_claims(Matter.APPROVE, "Approve {}", detail, waiting)
    if approved := [line for line in lines if line.fact.state is ClaimState.APPROVED]:
        sent = [line for line in approved if line.split.lead_pays_p]
        own = [line for line in approved if not line.split.lead_pays_p]  # of schools that hold it: R-COVER-6
        detail = "; ".join(
            f"{_recognised(some)} {way} {_some([line.fact.school_name for line in some])}"
            for way, some in (("to", sent), ("from the own allowance of", own))
            if some
        )
        yield _of_claims(Matter.PAY, "Pay {}" if sent else "Mark {} as paid", detail, approved)
    if returned := [line for line in lines if line.fact.state is ClaimState.RETURNED]:
        detail = _some(
            [f"{line.fact.code} ({line.reason.rstrip('.') or 'no reason given'})" for line in returned]
        )
        yield _of_claims(Matter.RETURNED, "Put {} right", detail, returned)
    if drafts := [line for line in lines if line.fact.state is ClaimState.DRAFT]:
        detail = "Drafted, not yet submitted"
        if any(line.fact.lacks_cost for line in drafts):
            detail += ": enter what the cover really cost"
        yield _of_claims(Matter.SUBMIT, "Complete {}", detail, drafts)
    if to_evidence:
        codes = _some([line.fact.code for line in to_evidence])
        verb = "has" if len(to_evidence) == 1 else "have"
        detail = f"{codes} {verb} no invoice or timesheet number"
        yield _of_claims(Matter.EVIDENCE, "Find evidence for {}", detail, to_evidence)


def _earlier(book: Book, year: int, today: dt.date) -> Iterator[TodoLine]:
    """Claims of years before that nobody has finished: the new year shows none (R-COVER-16)."""
    open_lines = [line for line in claim_lines(book, today) if line.fact.year < year]
    for before in sorted({line.fact.year for line in open_lines}):
        parts, waiting = [], []
        for state, words in UNFINISHED.items():
            found = [line for line in open_lines if (line.fact.year, line.fact.state) == (before, state)]
            parts += [f"{len(found)} {words}"] if found else []
            waiting += found
        if waiting:
            title = f"Finish {{}} of {year_label(before)}"
            yield _of_claims(Matter.EARLIER, title, listed(parts), waiting)


def _recognised(lines: Sequence[ClaimLine]) -> str:
    return prose_pounds(sum(line.split.recognised_p for line in lines))


def _of_claims(matter: Matter, title: str, detail: str, lines: Sequence[ClaimLine]) -> TodoLine:
    words = title.format(count(len(lines), "cover claim"))
    return TodoLine(matter, words, detail, lines[0].fact.about, len(lines))


def _planned(book: Book) -> list[MeetingFact]:
    planned = (one for one in meeting_facts(book).values() if one.status is Happened.PLANNED)
    return sorted(planned, key=lambda one: one.held_on)


def _unmarked(past: Sequence[MeetingFact]) -> Iterator[TodoLine]:
    """Meetings whose day has passed and of which nobody has said whether they took place."""
    if past:
        title = f"Say whether {count(len(past), 'past meeting')} took place"
        detail = _some([f"{one.title}, {day_month(one.held_on)}" for one in past])
        yield TodoLine(Matter.MEETING, title, detail, past[0].about, len(past), late=True)


def _meetings(book: Book, today: dt.date) -> Iterator[TodoLine]:
    planned = _planned(book)
    yield from _unmarked([one for one in planned if one.held_on < today])
    ahead = min((one for one in planned if one.held_on >= today), key=lambda one: one.held_on, default=None)
    if ahead is not None:
        yield TodoLine(Matter.NEXT, _next_title(ahead), _next_detail(book, ahead), ahead.about)


def _attendance(book: Book, year: int, day: dt.date) -> Iterator[TodoLine]:
    """Meetings held whose attendance nobody has entered (R-MEET-8)."""
    silent = [column.meeting for column in meeting_year(book, year, day).matrix.columns if not column.entered]
    if silent:
        title = f"Enter who came to {count(len(silent), 'meeting')}"
        detail = _some([f"{one.title}, {day_month(one.held_on)}" for one in silent])
        yield TodoLine(Matter.ATTENDANCE, title, detail, silent[0].about, len(silent), late=True)


def _unclaimed(book: Book, year: int, day: dt.date) -> Iterator[TodoLine]:
    """Releases for which no claim was ever made, by the register (R-COVER-10)."""
    found = unclaimed_in(book, year, day)
    if found:
        number = sum(one.number for one in found)
        title = f"Draft {count(number, 'missing cover claim')}"
        places = _some([f"{listed(one.schools)}, {day_month(one.meeting.held_on)}" for one in found])
        detail = f"{places}: released, and no claim was made"
        yield TodoLine(Matter.UNCLAIMED, title, detail, found[0].meeting.about, number)


def _engagement(book: Book, year: int, today: dt.date) -> Iterator[TodoLine]:
    """Members that drift away, each with whom to talk to; by name, never ranked (R-CLU-8, R-PPL-5)."""
    found = prompts_on(book, year, today)
    if len(found) <= NAMED:
        for one in found:
            yield TodoLine(Matter.ENGAGEMENT, one.text, one.words, one.about)
    else:
        names = _some([book.short_name(one.school_id) for one in found])
        title, detail = f"Talk to {count(len(found), 'school')}", f"{names} are drifting away"
        yield TodoLine(Matter.ENGAGEMENT, title, detail, found[0].about, len(found))


def _next_title(meeting: MeetingFact) -> str:
    when = weekday_date(meeting.held_on).rsplit(" ", 1)[0]
    return f"Next meeting: {when}" + (f", {clock(meeting.starts_at)}" if meeting.starts_at else "")


def _next_detail(book: Book, meeting: MeetingFact) -> str:
    items = sum(
        row.meeting_id == meeting.id and row.state is AgendaState.OPEN for row in book.rows(t.AgendaItem)
    )
    agenda = f"agenda has {count(items, 'item')}" if items else "no agenda yet"
    place = place_words(meeting)
    where = f"place {NOT_ENTERED}" if place == NOT_ENTERED else place
    return f"{meeting.title} · {where} · {agenda}"


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
    gates = gate_says(book, today)
    unasked = [
        fact
        for facts in entry_facts(book).values()
        for fact in facts
        if fact.state is EntryState.PLANNED and fact.approval_id is None and fact.id in gates
    ]
    if unasked:
        title = f"Ask the Advisor about {count(len(unasked), 'planned payment')}"
        detail = _some([f"{fact.description}, {prose_pounds(fact.amount_p)}" for fact in unasked])
        yield TodoLine(Matter.ADVISOR, title, detail, unasked[0].about, len(unasked))


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


def _checks(book: Book, today: dt.date) -> Iterator[TodoLine]:
    """Kits with a mains lead whose safety check is due, or will be within a fortnight (R-LOAN-5)."""
    soon = today + dt.timedelta(days=14)
    due = [
        row
        for row in book.rows(t.Resource)
        if row.has_mains and row.next_check_on and row.next_check_on <= soon
        if not row.retired_on and row.life is not ResourceLife.DROPPED
    ]
    if due:
        due.sort(key=lambda row: row.next_check_on or today)
        detail = _some([f"{row.name}, {day_month(row.next_check_on)}" for row in due if row.next_check_on])
        about = About("resource", due[0].id or 0)
        title = f"Check {count(len(due), 'kit')} with a mains lead"
        yield TodoLine(Matter.CHECKS, title, detail, about, len(due))


def _close(book: Book, today: dt.date, only: int | None = None) -> Iterator[TodoLine]:
    """Years that are over and not closed, or moved since (R-POT-3); of all years, or of one."""
    ready = [
        (fund, row)
        for fund in book.rows(t.Fund)
        for row in year_rows(book, fund, school_year(today), today)
        if row.may_close and only in {None, row.year}
    ]
    if ready:
        fund, _row = ready[0]
        title = f"Close the year of {count(len(ready), 'fund')}"
        detail = _some([f"{one.name}, {year_label(row.year)}" for one, row in ready])
        yield TodoLine(Matter.CLOSE, title, detail, About("fund", fund.id or 0), len(ready))


def _terms(book: Book, today: dt.date) -> Iterator[TodoLine]:
    """The coming school year without term dates, from the summer term on."""
    coming = school_year(today) + 1
    summer = today.month in {6, 7, 8}
    if summer and book.cluster and all(row.school_year != coming for row in book.rows(t.SchoolTerm)):
        title = f"Enter the term dates of {year_label(coming)}"
        detail = "Due dates, half-terms and reminders are worked out from them"
        yield TodoLine(Matter.TERMS, title, detail, About("school_term"))


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


def _gaps(book: Book, year: int, day: dt.date) -> Iterator[TodoLine]:
    """Where nothing has served an aim at a school (features 3, 14): asked once a term has had time for it."""
    found = aims_year(book, year, day)
    if not found.gaps or day < term_begins(book, year, found.terms[-1]) + TIME_FOR_IT:
        return
    short, gap = dict(found.schools), found.gaps[0]
    more = f", and {len(found.gaps) - 1} more" if len(found.gaps) > 1 else ""
    aim = next(one.line.aim for one in found.aims if one.line.number == gap.aim)
    title = f"{count(len(found.gaps), 'gap')}: an aim that nothing served at a school"
    about = About("aim", aim.id if aim else 0)
    yield TodoLine(Matter.GAPS, title, gap.words(short[gap.school_id]) + more, about, len(found.gaps))


def _impact(book: Book, year: int, day: dt.date) -> Iterator[TodoLine]:
    """What the year's impact lacks: confidence asked again, themes' feedback, photographs that may print."""
    last = year_bounds(year)[1]
    slips = confidence_year(book, year, day)
    if slips.before and not slips.after and day >= term_begins(book, year, TermName.SUMMER):
        detail = f"{count(slips.before, 'slip')} before and none after: the change is what the pack tells"
        yield TodoLine(
            Matter.CONFIDENCE, "Ask again how sure teachers feel", detail, About("confidence_answer")
        )
    facts = [one for one in project_facts(book) if one.in_year(year)]
    if due := feedback_due(facts, year, last if day.month in ENDING else day):
        title = f"Ask what came of {count(len(due), 'school theme')}"
        names = _some([f"{one.title} ({one.school})" if one.school else one.title for one in due])
        yield TodoLine(Matter.FEEDBACK, title, names, due[0].about, len(due), late=day == last)
    seen = [one for one in evidence_facts(book) if year_bounds(year)[0] <= one.on <= day]
    if says := permission_verdicts(seen):
        title = f"Say why {count(len(says), 'photograph')} may be printed"
        codes = {one.id: one.code for one in seen}
        detail = f"{_some([codes[one.about.id] for one in says])}: without permission the pack leaves it out"
        yield TodoLine(Matter.PHOTOS, title, detail, says[0].about, len(says))


def _privacy(book: Book, today: dt.date) -> Iterator[TodoLine]:
    """Who waits to hear what is held; and, once a year, what has been kept as long as the rules say."""
    if waiting := requests(book):
        first = waiting[0]
        title = f"Answer {count(len(waiting), 'request')} to see what is held"
        detail = f"Asked on {day_month(first.asked_on)}; the answer is due by {long_date(first.due_by)}"
        late = first.due_by < today
        yield TodoLine(Matter.PRIVACY, title, detail, About("settings"), len(waiting), late=late)
    if today.month == REVIEW_MONTH and (due := due_for_review(book, today)):
        title = f"Look at {count(len(due), 'thing')} kept long enough"
        detail = f"{_some(list(dict.fromkeys(one.category.label for one in due)))}: once a year"
        yield TodoLine(Matter.PRIVACY, title, detail, About("settings"), len(due))


def todo(book: Book, year: int, today: dt.date) -> tuple[TodoLine, ...]:
    """What needs doing in a school year, most pressing first.

    The year that runs has everything that waits, from other years too; a year that is over has what it lacks.
    """
    day = min(today, year_bounds(year)[1])
    cover = cover_year(book, year, day)
    silent = [one for one in cover.additional if one.answer is Answer.NOT_SAID]
    found = [*_claims(cover.claims, cover.to_evidence)]
    if day == today:
        found += _earlier(book, year, today)
        found += [*_meetings(book, today), *_attendance(book, year, day)]
        found += [*_unclaimed(book, year, day), *_advisor(book, today)]
        found += [*_actions(book, today), *_loans(book, year, today), *_checks(book, today)]
        found += _engagement(book, year, today)
    else:
        first = year_bounds(year)[0]
        found += _unmarked([one for one in _planned(book) if first <= one.held_on <= day])
        found += [*_attendance(book, year, day), *_unclaimed(book, year, day)]
    if silent:
        title = f"{count(len(silent), 'declaration')} not given"
        names = _some([book.short_name(one.school_id) for one in silent])
        detail = f"{names}: is the release money on top of the science budget?"
        about = About("school", silent[0].school_id)
        found.append(TodoLine(Matter.DECLARATIONS, title, detail, about, len(silent)))
    found += [*_impact(book, year, day), *_gaps(book, year, day)]
    if day == today:
        found += [*_close(book, today), *_terms(book, today), *_agreement(book, today)]
        found += _privacy(book, today)
    else:
        found += _close(book, today, year)
    return tuple(found)
