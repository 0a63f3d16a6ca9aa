"""One page a school for its headteacher: what it gave, what it got, what changed, what is due (R-REV-6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.calendar import year_label
from models.formats import NOT_ENTERED, count, listed, long_date, prose_pounds, short_date
from models.queries.papers.school_page import Due, SchoolPage, SchoolPages
from models.rules.attendance import cell_text
from models.words import AttendanceCode
from reports.kit import BREAK, MARKED, QUIET, STRONG, Bold, Col, Kit, Muted, Piece, TableLook, Text, Tile
from reports.papers.common import build

TITLE = "Your school’s year"
WORDS, DUE = 4, 7
"""How many sentences of what changed, and how many things due, the page has room for."""
TILES = {AttendanceCode.P: QUIET, AttendanceCode.S: QUIET, AttendanceCode.A: MARKED, AttendanceCode.N: STRONG}
ACROSS, ACROSS_LARGE = 10, 8
"""The most meetings in one row of the table, so that no day touches the next; in large print."""
FIRST = 60.0
"""Points of its first column at scale 1."""


def build_school_pages(data: SchoolPages, *, stamp: dt.datetime, large_print: bool = False) -> bytes:
    """The pages as one PDF, each school on its own."""
    kit = Kit(large_print=large_print)
    story: list[Flowable] = []
    for page in data.pages:
        story += [*(kit.turn() if story else []), *_page(kit, page)]
    if not data.pages:
        story = [
            *kit.head(TITLE, TITLE, "No school is entered yet", listed=False),
            kit.text("Enter the member schools: each then has its page here."),
        ]
    return build(kit, data.head, TITLE, story, stamp=stamp)


def headline(page: SchoolPage) -> str:
    """What the school gave: its meetings, and its release money."""
    sheet = page.sheet
    tally = sheet.attendance
    came = f"came to {tally.text} meetings" if tally.cells else "has no attendance entered yet"
    use = sheet.use
    if use is None or not use.entitlement.allowance_p:
        return f"{sheet.school} {came}"
    if not sheet.claims:  # nobody said that it used nothing (R-REV-5)
        return f"{sheet.school} {came}; no cover claim of it is entered"
    spent, whole = prose_pounds(use.own.recognised_p), prose_pounds(use.entitlement.allowance_p)
    return f"{sheet.school} {came} and used {spent} of its {whole}"


def _page(kit: Kit, page: SchoolPage) -> list[Flowable]:
    sheet = page.sheet
    question = f"{TITLE} in the cluster, {year_label(sheet.year)}"
    to: list[Piece] = ["For ", Bold(page.headteacher or f"the headteacher (name {NOT_ENTERED})")]
    who = f"Science subject leader (SSL): {page.ssl or NOT_ENTERED}. Data to {long_date(sheet.data_to)}."
    if page.left_on is not None:
        who += f" The school left the cluster on {long_date(page.left_on)}."
    return [
        *kit.head(sheet.school, question, headline(page), listed=False),
        kit.text([*to, BREAK, Muted(who)]),
        kit.space(12),
        kit.figures(figures(page), 3),
        *_meetings(kit, page),
        kit.space(16),
        *_below(kit, page),
    ]


def _below(kit: Kit, page: SchoolPage) -> list[Flowable]:
    """What was, and what is to come: beside each other, or in large print with all to come on one page."""
    gained, due = _gained(kit, page), _due(kit, page.due)
    ahead = _ahead(kit, page)
    if kit.scale == 1:
        return [*kit.side_by_side([gained, due]), *ahead]
    if not page.due:  # below a heading it might begin a page of its own
        due = [kit.text("Nothing is due from the school.")]
    for above in [*due[-2:], *ahead][:-1]:
        above.keepWithNext = 1  # of more than a page: the last lines are never alone on the last one
    return [*gained, kit.space(12), kit.together([*due, *ahead])]


def figures(page: SchoolPage) -> list[tuple[str, Text]]:
    """Three figures: meetings, release, and people in CPD; kits for a school that gives no release."""
    sheet, use = page.sheet, page.sheet.use
    came = sheet.attendance.text if sheet.attendance.cells else "\u2013"
    asked = "meetings attended, of those it was asked to"
    if not sheet.attendance.cells:
        asked = "no attendance is entered yet"
    found: list[tuple[str, Text]] = [(came, asked)]
    if use is not None and use.entitlement.allowance_p and not sheet.claims:
        left = prose_pounds(use.entitlement.left_p)
        found.append(("\u2013", f"no cover claim for release is entered; {left} is left"))
    elif use is not None and (use.entitlement.allowance_p or use.own.half_days):
        said = f"release recognised, for {count(use.own.half_days, 'half-day')}"
        if use.entitlement.allowance_p:
            said += f"; {prose_pounds(use.entitlement.left_p)} is left"
        if use.own.school_share_p:
            said += f"; the school bore {prose_pounds(use.own.school_share_p)} more"
        found.append((prose_pounds(use.own.recognised_p), said))
    else:
        things = "kit or other thing borrowed" if len(sheet.loans) == 1 else "kits and other things borrowed"
        found.append((f"{len(sheet.loans)}", things))
    if not page.people:
        return [*found, ("\u2013", "nobody is entered for a CPD session")]
    people = "person" if page.people == 1 else "people"
    found.append((f"{page.people}", f"{people} at {count(page.sessions, 'CPD session')}"))
    return found


def received(page: SchoolPage) -> list[str]:
    """What the school got, a line each."""
    sheet = page.sheet
    found = []
    if sheet.loans:
        names = list(dict.fromkeys(loan.fact.resource for loan in sheet.loans))
        found.append(f"Borrowed: {listed(names)}")
    if page.received:
        found.append(f"From the sponsor: {listed(page.received)}")
    if page.sent_p:
        found.append(f"From the lead school: {prose_pounds(page.sent_p)} for release")
    return found


@dataclass(frozen=True)
class _Marks:
    """A row of marks, one a meeting, with its days for the header."""

    marks: tuple[AttendanceCode | None, ...]


def _meetings(kit: Kit, page: SchoolPage) -> list[Flowable]:
    """The school's own row of the attendance table; no other school stands beside it (R-PPL-5)."""
    pairs = page.sheet.meetings
    rows = -(-len(pairs) // (ACROSS if kit.scale == 1 else ACROSS_LARGE))
    across = -(-len(pairs) // max(rows, 1)) or 1
    each = (kit.width / kit.scale - FIRST) / across
    story: list[Flowable] = []
    for start in range(0, len(pairs), across):
        part = pairs[start : start + across]
        row = _Marks(tuple(mark for _, mark in part))
        cols: list[Col[_Marks]] = [Col("Meeting", lambda _: "Mark", FIRST)]
        for n, (column, _) in enumerate(part):
            cols.append(
                Col(
                    short_date(column.meeting.held_on),
                    lambda row, n=n: cell_text(row.marks[n]).replace("-", "\u2013"),  # type: ignore[misc]
                    each,
                    "center",
                    0,
                    lambda row, n=n: _tile(row.marks[n]),  # type: ignore[misc]
                )
            )
        wide = (FIRST + each * len(part)) * kit.scale
        story.append(kit.table(cols, [row], look=TableLook(width=wide, pad=4)))
    if story:
        story[-1].keepWithNext = 1
        words = "P released; S own time; A apology; N no reply; \u2013 not asked, or not a member."
        story.append(kit.text(words, "source"))
    return [kit.heading("Meetings"), *story] if story else []


def _tile(mark: AttendanceCode | None) -> Tile | None:
    return TILES[mark] if mark else None


def _gained(kit: Kit, page: SchoolPage) -> list[Flowable]:
    sheet = page.sheet
    story: list[Flowable] = [kit.heading("What changed, in the school’s words", top=True)]
    if sheet.changed:
        story += kit.bullets(sheet.changed[:WORDS])
        story += _more(kit, len(sheet.changed) - WORDS)
    else:
        story.append(kit.text("Nothing is entered yet."))
    got = received(page)
    shown = kit.bullets(got) if got else [kit.text("Nothing is entered yet.")]
    return [*story, kit.heading("What it received"), *shown]


def _due(kit: Kit, due: Sequence[Due]) -> list[Flowable]:
    story: list[Flowable] = [kit.heading("What is due from the school", top=True)]
    if not due:
        return [*story, kit.text("Nothing is due.")]
    said: list[Text] = []
    for one in due[:DUE]:
        when = f"{'was due' if one.late else 'by'} {long_date(one.by)}" if one.by else ""
        said.append([one.what, BREAK, Bold(when) if one.late else Muted(when)] if when else one.what)
    return [*story, *kit.bullets(said), *_more(kit, len(due) - DUE)]


def _more(kit: Kit, number: int) -> list[Flowable]:
    """Says how many are not printed: nothing is dropped in silence."""
    if number <= 0:
        return []
    return [kit.text(f"and {number} more in the cluster’s book", "source")]


def _ahead(kit: Kit, page: SchoolPage) -> list[Flowable]:
    if not page.ahead:
        return []
    days = listed([long_date(one.held_on) for one in page.ahead[:5]])
    words = "meeting" if len(page.ahead) == 1 else "meetings"
    return [kit.space(12), kit.text([Bold(f"Next {words}: "), days])]
