"""Part 6, the meetings: is the partnership agreement upheld?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, long_date, percent, time_range
from models.queries.meetings import MeetingLine
from models.queries.pack import PackData
from models.rules.scheme import Scheme
from reports.charts import Compared, Held, year_on_year, year_strip
from reports.kit import BREAK, Bold, Col, Muted, Text
from reports.pack.entries import below, is_wordy
from reports.pack.periods import terms
from reports.pack.sheet import Sheet, is_over, no_trend, year_before, year_words

Numbered = tuple[int, MeetingLine]
"""A meeting with its number in the list, which the attendance page uses too."""


def answer(data: PackData) -> str:
    """The meetings that count, beside those agreed (R-MEET-1)."""
    total = data.meetings.count
    if not data.meetings.lines:
        return "No meeting is entered yet"
    counted = count(total.counted, "full meeting")
    if not total.short:
        return f"Yes: {counted} in school time; the agreement asks for at least {total.minimum}"
    if not is_over(data) and total.counted + total.planned >= total.minimum:
        return f"On course: {counted} in school time, {total.planned} planned; the minimum is {total.minimum}"
    return f"No: {counted} in school time, {total.short} short of the minimum of {total.minimum}"


def what_for(line: MeetingLine) -> Text:
    """The title, and below it the purpose."""
    title = line.fact.title.strip()
    purpose = f"Purpose {NOT_ENTERED}" if not line.fact.purpose.strip() else line.fact.purpose
    return [Bold(title), BREAK, purpose] if title else purpose


def where(line: MeetingLine) -> str:
    """The place, and the host school where it is another."""
    host = line.fact.host
    return f"{line.place}, host {host}" if host and host != line.place else line.place


def when_and_where(line: MeetingLine) -> Text:
    """Date, time and place, a line each."""
    time = time_range(line.fact.starts_at, line.fact.ends_at)
    return [long_date(line.fact.held_on), BREAK, Muted(time), BREAK, Muted(where(line))]


def kind_words(line: MeetingLine) -> Text:
    """Who met, and below it whether in the school day (R-MEET-3)."""
    when = {True: "in school day", False: "outside school day", None: "times not entered"}[line.inside]
    return [line.fact.kind.label, BREAK, Muted(when)]


def _columns() -> list[Col[Numbered]]:
    return [
        Col("No.", lambda row: row[0], 22),
        Col("When and where", lambda row: when_and_where(row[1]), 130, gap=6),
        Col("Purpose", lambda row: what_for(row[1]), 0),
        Col("Kind", lambda row: kind_words(row[1]), 98),
        Col("Counts?", lambda row: Bold("Yes") if row[1].counts else "No", 42, gap=8),
    ]


def _labels() -> list[Col[Numbered]]:
    """The same for meetings that stand below each other: the words last."""
    _, _, purpose, kind, counts = _columns()
    return [
        Col("Meeting", lambda row: f"{row[0]} \u00b7 {long_date(row[1].fact.held_on)}"),
        Col("When", lambda row: time_range(row[1].fact.starts_at, row[1].fact.ends_at)),
        Col("Where", lambda row: where(row[1])),
        kind,
        counts,
        purpose,
    ]


def counting_words(scheme: Scheme, day: str) -> str:
    """When a meeting counts, by the scheme's settings (R-MEET-2, R-MEET-3, R-MEET-4)."""
    kinds = "the full cluster or a sub-group" if scheme.count_subgroup else "the full cluster"
    if scheme.count_after_school:
        return f"A meeting counts when {kinds} is invited, at any time of the day."
    return (
        f"A meeting counts when {kinds} is invited and at least half of it falls inside the school day "
        f"({day}, or the host school’s own)."
    )


def agenda_words(data: PackData) -> list[str]:
    """Who proposed the topics, who hosted, who holds the open actions (R-MEET-7, R-MEET-10)."""
    asked = data.meetings
    said = []
    if asked.agenda.known:
        said.append(f"Schools other than the lead school proposed {asked.agenda.text} of the agenda items.")
    else:
        said.append(f"Who proposed the agenda items: {NOT_ENTERED}.")
    if asked.agenda.unknown:
        them = "it" if asked.agenda.unknown == 1 else "them"
        said.append(f"For {asked.agenda.unknown} more, nobody entered who proposed {them}.")
    if asked.hosts:
        said.append(f"{count(asked.hosts, 'school')} hosted.")
    actions = asked.actions
    if actions.open:
        held = f"{actions.of_lead} ({percent(actions.of_lead, actions.open)})"
        is_open = "action is" if actions.open == 1 else "actions are"
        said.append(f"{actions.open:,} {is_open} open; the lead school holds {held}.")
    return said


def upcoming_words(line: MeetingLine) -> str:
    """`8 July 2025, 4pm to 5:30pm: Summer review (Steering Group), Town Hall`."""
    fact = line.fact
    time = f", {time_range(fact.starts_at, fact.ends_at)}" if fact.starts_at else ""
    kind = fact.kind.label if not fact.title else f"{fact.title} ({fact.kind.label})"
    return f"{long_date(fact.held_on)}{time}: {kind}, place {line.place}"


def unmarked_words(data: PackData) -> str:
    """The past meetings that are in no figure because nobody marked them as held; "" if there are none."""
    past = data.meetings.unmarked
    if not past:
        return ""
    days = listed([long_date(line.fact.held_on) for line in past])
    if len(past) == 1:
        return f"The meeting of {days} is not marked as held: it is in no figure of this pack."
    return (
        f"{count(len(past), 'meeting')} are not marked as held ({days}): they are in no figure of this pack."
    )


def _trend(sheet: Sheet) -> list[Flowable]:
    data, now = sheet.data, sheet.data.meetings.count
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then = data.earlier.meetings
    rows = [
        Compared("Counted", (then.counted, now.counted)),
        Compared("Held in all", (then.held, now.held)),
    ]
    chart = year_on_year(rows, (year_before(data), year_words(data)), look=sheet.look)
    return [sheet.kit.heading("Year on year"), sheet.chart(chart)]


def _list(sheet: Sheet, source: str) -> list[Flowable]:
    """The meetings with their sum: a table, or below each other where their purposes are long."""
    kit, asked = sheet.kit, sheet.data.meetings
    lines = list(enumerate(asked.lines, 1))
    held = f"{len(lines)} held"
    counted = f"{asked.count.counted} count; the minimum is {asked.count.minimum}"
    if is_wordy(_columns(), lines):
        words = [kit.text(f"{held}, {counted}."), kit.text(source, "caption")]
        return [kit.heading("Meetings held"), *below(sheet, _labels(), lines), kit.space(12), *words]
    return [kit.table(_columns(), lines, total=("", held, counted, "", ""), caption=source)]


def body(sheet: Sheet) -> list[Flowable]:
    """The year's line, the list, and who shaped it."""
    kit, data = sheet.kit, sheet.data
    asked = data.meetings
    story: list[Flowable] = []
    if asked.lines:
        strip = [Held(line.fact.held_on, line.counts) for line in asked.lines]
        chart = year_strip(strip, terms(data.calendar, data.period.year), sheet.look)
        day = time_range(data.calendar.day_starts, data.calendar.day_ends)
        story += [
            sheet.chart(chart, "Filled: counts towards the minimum. Open: held, but does not count."),
            *_list(sheet, f"Source: meeting records. {counting_words(data.scheme, day)}"),
            kit.heading("Who shaped the agenda"),
            kit.text(" ".join(agenda_words(data))),
            *_trend(sheet),
        ]
    if asked.unmarked:
        story += [kit.heading("Not marked as held"), kit.text(unmarked_words(data))]
    if asked.upcoming:
        story += [kit.heading("Still to come"), *kit.bullets([upcoming_words(one) for one in asked.upcoming])]
    return story or [kit.text(f"Enter the meetings of {year_words(data)}: then they are listed here.")]
