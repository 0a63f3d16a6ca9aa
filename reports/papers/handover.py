"""What each school brings to the next meeting and takes home from it: for the lead, and for each school."""

from __future__ import annotations

import datetime as dt

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, date_range, listed, long_date, time_range, weekday_date
from models.queries.papers.handover import HandoverSheet, Meeting, Moved, SchoolMoves
from models.rules.loans import LoanFact
from reports.kit import Bold, Col, Kit, TableLook
from reports.papers import common

SECTION = "Bring and take home"
Before = tuple[str, LoanFact]
Line = tuple[str, Moved, str]


def build_handover_sheet(
    data: HandoverSheet, *, apart: bool = False, large_print: bool = False, stamp: dt.datetime
) -> bytes:
    """The sheet as a PDF: all that moves on the first page, then each school's part.

    Args:
        data: what changes hands.
        apart: each school on a page of its own, to hand out.
        large_print: type of 16 points instead of 12.
        stamp: the moment it is made.
    """
    kit = Kit(large_print=large_print)
    meeting = data.meeting
    if meeting is None:
        story = [
            *kit.head(SECTION, "What changes hands at the next meeting?", "No meeting is planned yet"),
            kit.text(
                "Plan a meeting of the whole cluster: what schools bring to it and take home is then here."
            ),
        ]
        return common.build(kit, data.head, SECTION, story, stamp=stamp)
    story = _overview(kit, data, meeting)
    for school in data.schools:
        story += _page(kit, data, meeting, school) if apart else _block(kit, school)
    return common.build(kit, data.head, f"{SECTION}, {long_date(meeting.on)}", story, stamp=stamp)


def answer(data: HandoverSheet, meeting: Meeting) -> str:
    """`5 things change hands on Wednesday 24 September 2025`."""
    moves = sum(one.moves for one in data.moved)
    if not moves:
        return f"Nothing changes hands on {weekday_date(meeting.on)}"
    verb = "changes" if moves == 1 else "change"
    return f"{count(moves, 'thing')} {verb} hands on {weekday_date(meeting.on)}"


def where_and_when(meeting: Meeting) -> str:
    """`Planning the year, 1:15pm to 3:30pm, Wickenshaw Primary School.`."""
    hours = (
        f"time {NOT_ENTERED}" if meeting.starts_at is None else time_range(meeting.starts_at, meeting.ends_at)
    )
    return f"{meeting.title}, {hours}, {meeting.place or f'place {NOT_ENTERED}'}."


def _overview(kit: Kit, data: HandoverSheet, meeting: Meeting) -> list[Flowable]:
    moves = [one for one in data.moved if one.moves]
    cols: list[Col[Moved]] = [
        Col("Code", lambda one: one.code, 52),
        Col("What", lambda one: one.name, 0),
        Col("Comes from", lambda one: one.source.name or NOT_ENTERED, 122),
        Col("Goes to", lambda one: one.goes_to.name or NOT_ENTERED, 122),
        Col("Done", lambda _: "", 36, "right", blank="tick"),
    ]
    story = [
        *kit.head(SECTION, "What changes hands at the meeting?", answer(data, meeting)),
        kit.text(where_and_when(meeting)),
    ]
    if moves:
        story.append(kit.table(cols, moves, look=TableLook(pad=4)))
        story.append(kit.text(_lead_words(moves), "note"))
    story += _before(kit, data.before)
    if data.idle:
        story.append(kit.heading("Nothing to bring or take home"))
        story.append(kit.text(f"{listed(data.idle)}."))
    return story


def _lead_words(moves: list[Moved]) -> str:
    store = [one.code for one in moves if one.source.school_id is None]
    back = [one.code for one in moves if one.goes_to.school_id is None]
    if not store and not back:
        return "Everything goes from school to school: nothing to fetch from a cupboard or to put back."
    tasks = [
        f"{verb} {listed(codes)} {where} the cluster keeps {'it' if len(codes) == 1 else 'them'}"
        for verb, codes, where in (("fetch", store, "from where"), ("take", back, "back to where"))
        if codes
    ]
    return f"For the cluster lead: {'; '.join(tasks)}."


def _before(kit: Kit, before: tuple[Before, ...]) -> list[Flowable]:
    if not before:
        return []
    cols: list[Col[Before]] = [
        Col("Code", lambda row: row[0], 52),
        Col("What", lambda row: row[1].resource, 0),
        Col("Goes to", lambda row: row[1].school, 160),
        Col("Days", lambda row: date_range(row[1].starts_on, row[1].due_on), 130),
    ]
    return [kit.heading("Booked before the meeting"), kit.table(cols, before, look=TableLook(pad=3))]


def _page(kit: Kit, data: HandoverSheet, meeting: Meeting, school: SchoolMoves) -> list[Flowable]:
    parts = [
        f"{verb} {count(len(found), 'thing')}"
        for verb, found in (("brings", school.bring), ("takes home", school.take))
        if found
    ]
    claim = f"{school.name} {listed(parts) or 'has nothing to bring or take home'}"
    return [
        *kit.turn(),
        *kit.head(school.name, "What do we bring, and what do we take home?", claim),
        kit.text([Bold(f"{weekday_date(meeting.on)}. "), where_and_when(meeting)]),
        kit.facts([("Ask", common.lines(common.contacts(data.head)))], first=48),  # last, it took a page
        kit.space(4),
        _table(kit, school, roomy=True),
    ]


def _block(kit: Kit, school: SchoolMoves) -> list[Flowable]:
    return [kit.heading(school.name), _table(kit, school, roomy=False)]


def _table(kit: Kit, school: SchoolMoves, *, roomy: bool) -> Flowable:
    rows = [
        (verb, one, say(one))
        for verb, found, say in (
            ("Bring", school.bring, bring_words),
            ("Take home", school.take, take_words),
            ("Keep", school.keep, keep_words),
        )
        for one in found
    ]
    cols: list[Col[Line]] = [
        Col("To do", lambda row: Bold(row[0]), 62),
        Col("Code", lambda row: row[1].code, 48),
        Col("What", lambda row: row[1].name, 124),
        Col("About it", lambda row: row[2], 0),
        Col("Done", _tick, 36, "right", blank="tick"),
    ]
    return kit.table(cols, rows, look=TableLook(pad=6 if roomy else 4, roomy=roomy))


def _tick(row: Line) -> str:
    """Nothing to tick for what a school keeps: a no-break space is no empty cell."""
    return "\u00a0" if row[0] == "Keep" else ""


def bring_words(one: Moved) -> str:
    """Why a school brings a thing, and who gets it then."""
    said = []
    if one.out is not None:
        late = f", {one.late.text}" if one.late.days else ""
        said.append(f"Due back {long_date(one.out.due_on)}{late}.")
    else:
        said.append("Yours.")
    if one.next is not None:
        said.append(f"Then for {one.next.school}." if one.out else f"Lent to {one.next.school}.")
    elif one.goes_to.name:
        said.append(f"Then to {one.goes_to.name}.")
    return " ".join(said)


def take_words(one: Moved) -> str:
    """Until when a school has a thing, and who brings it."""
    brought = f"Comes from {one.source.name or f'where it is kept, {NOT_ENTERED}'}."
    if one.next is None:
        return f"Yours again. {brought}"
    return f"Booked {date_range(one.next.starts_on, one.next.due_on)}. {brought}"


def keep_words(one: Moved) -> str:
    """Until when a school keeps a thing."""
    return f"Yours until {long_date(one.out.due_on)}." if one.out else ""
