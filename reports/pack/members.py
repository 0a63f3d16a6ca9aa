"""Part 3, the members: who is in it; is it stable?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, long_date, number, share
from models.queries.members import MemberLine, Members
from models.queries.pack import PackData
from reports.kit import BREAK, Col, Piece, Text
from reports.pack.sheet import Sheet, data_to_words, entered, no_trend, year_before

GONE = "\u2013"
"""Printed for the subject leader of a school that has left: its people are no longer ours to name."""


def answer(data: PackData) -> str:
    """How many were members in the year, and what changed."""
    who = data.members
    if not who.lines:
        return "No member school is entered yet"
    schools = count(len(who.lines), "member school")
    changes = _changes(who)
    return f"{schools}; {listed(changes)}" if changes else f"{schools}, with no change in the year"


def _changes(who: Members) -> list[str]:
    new = len(who.changes.changed_ids)
    said = []
    if who.joined:
        said.append(f"{len(who.joined)} joined")
    if who.left:
        said.append(f"{len(who.left)} left")
    if new:
        said.append(f"{new} {'has' if new == 1 else 'have'} a new science subject leader")
    return said


def reach_words(data: PackData) -> str:
    """How many pupils the members teach, with what is not known of it."""
    who = data.members
    if not who.now:
        return "No school is in membership today."
    schools = "The school in membership" if who.now == 1 else f"The {who.now} schools in membership"
    teach = "teaches" if who.now == 1 else "teach"
    if who.reach is None:
        return f"{schools} on {data_to_words(data)}: number on roll {NOT_ENTERED}."
    ages = f" aged {who.ages[0]} to {who.ages[1]}" if who.ages else ""
    gap = f"; the number on roll of {who.reach_unknown} is {NOT_ENTERED}" if who.reach_unknown else ""
    return f"{schools} on {data_to_words(data)} {teach} {count(who.reach, 'pupil')}{ages}{gap}."


def since_words(who: Members) -> str:
    """When most of them joined."""
    first = min(line.membership.joined_on for line in who.lines)
    return f"Members since {long_date(first)} unless a note says otherwise."


def note_of(line: MemberLine, who: Members) -> Text:
    """What is to be said of one school, a line each."""
    first = min(one.membership.joined_on for one in who.lines)
    said = ["Lead school"] if line.is_lead else []
    if line.membership.joined_on > first:
        said.append(f"Joined {long_date(line.membership.joined_on)}")
    if line.replaces:
        said.append(f"In place of {line.replaces}")
    if line.left_in_year:
        said.append(f"Left {long_date(line.membership.left_on)}")
    elif line.ssl_changed:
        said.append("New SSL this year")
    pieces: list[Piece] = []
    for words in said:
        pieces += [BREAK, words] if pieces else [words]
    return pieces or ""


def _ssl(line: MemberLine) -> str:
    return GONE if line.left_in_year else entered(line.ssl)


def _columns(sheet: Sheet) -> list[Col[MemberLine]]:
    who = sheet.data.members
    return [
        Col("Letter", lambda line: sheet.letters[line.membership.school_id], 34),
        Col("School", lambda line: line.membership.school, 156, gap=6),
        Col("Phase", lambda line: line.phase.label, 52, gap=8),
        Col("On roll", lambda line: number(line.roll), 44, "right", 4),
        Col("Science subject leader (SSL)", _ssl, 96, gap=16),
        Col("Note", lambda line: note_of(line, who), 0, gap=8),
    ]


def _stability(data: PackData) -> list[str]:
    who = data.members
    said = []
    if who.changes.schools:
        known = who.changes.changed_ids or any(line.ssl.strip() for line in who.lines)
        changed = share(len(who.changes.changed_ids), who.changes.schools) if known else NOT_ENTERED
        said.append(f"Schools with a new science subject leader this year: {changed}.")
    if data.earlier is None:
        said.append(no_trend())
    else:
        before = data.earlier.schools_in_year
        were = "was a member" if before == 1 else "were members"
        said.append(f"{count(before, 'school')} {were} in {year_before(data)}.")
    return said


def body(sheet: Sheet) -> list[Flowable]:
    """The register of members, and how stable it is."""
    kit, data = sheet.kit, sheet.data
    who = data.members
    if not who.lines:
        return [kit.text("Enter the schools and when each joined: then they are listed here.")]
    joined = "member" if who.now == 1 else "members"
    total = ("", f"{who.now} {joined} on {data_to_words(data)}", "", number(who.reach), "", "")
    return [
        kit.text(f"{reach_words(data)} {since_words(who)}"),
        kit.table(
            _columns(sheet),
            who.lines,
            total=total,
            caption="Source: membership register; pupils on roll as entered by the schools. The total is of "
            "the schools in membership on the last day. Schools are in alphabetical order; the letters are "
            "used on other pages.",
        ),
        kit.heading("How stable is it?"),
        kit.text(" ".join(_stability(data))),
    ]
