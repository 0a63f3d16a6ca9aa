"""Part 7, attendance (landscape): is every school taking part?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, long_date, short_date
from models.queries.pack import PackData
from models.rules.attendance import Matrix, MatrixColumn, MatrixRow, cell_text
from models.words import AttendanceCode, MeetingKind
from reports.charts import Look, Turnout, attendance_bars
from reports.charts.plate import wide
from reports.kit import BREAK, MARKED, QUIET, STRONG, Col, TableLook, Text, Tile
from reports.kit.tables import BEFORE_TILES
from reports.pack.contents import LETTERS, NOT_COUNTED, NOTHING
from reports.pack.sheet import Sheet, no_trend, year_before, year_words

SUMS = 132.0
"""Points of the three columns of sums, at scale 1."""
NAMES = (110.0, 190.0)
"""The least and the most points of the column of names, at scale 1; longer names wrap."""
TILES = {
    AttendanceCode.P: QUIET,
    AttendanceCode.S: QUIET,
    AttendanceCode.A: MARKED,
    AttendanceCode.N: STRONG,
}
Place = tuple[int, MatrixColumn]
"""A column's place in the matrix, and the column."""


def answer(data: PackData) -> str:
    """How many came of those asked, and whether any school stayed away (R-MEET-8)."""
    matrix = data.meetings.matrix
    total = matrix.total
    if not matrix.columns:
        return "No meeting to which schools were invited is entered yet"
    if not total.cells:
        return "Attendance is not entered yet"
    asked = [row for row in matrix.rows if row.total.cells]
    away = sum(row.total.present == 0 for row in asked)
    came = f"{total.text} invitations were taken up ({total.percent})"
    if not away:
        every = "the school came" if len(asked) == 1 else "every school came"
        return f"Yes: {every}; {came}"
    return f"No: {away} of {count(len(asked), 'school')} came to no meeting; {came}"


def mark_words(matrix: Matrix, row: MatrixRow, place: int) -> str:
    """The letter of a cell; a dash where it does not count, nothing where nobody entered anything."""
    if not matrix.columns[place].entered:
        return ""
    return cell_text(row.marks[place]).replace("-", NOTHING)


def _tile(row: MatrixRow, place: int) -> Tile | None:
    mark = row.marks[place]
    return TILES[mark] if mark else None


def groups(matrix: Matrix, room: float) -> list[list[Place]]:
    """The columns in tables of about equal length that each find `room` points (at scale 1)."""
    places = list(enumerate(matrix.columns))
    many = max(1, int(room // _cell_width(matrix)))
    tables = -(-len(places) // many)
    size, more = divmod(len(places), max(tables, 1))
    ends = [size * n + min(n, more) for n in range(tables + 1)]
    return [places[start:end] for start, end in pairwise(ends)]


def _name_width(matrix: Matrix) -> float:
    """What the column of names takes."""
    least, most = NAMES
    return min(max(least, *(wide(row.school) + BEFORE_TILES for row in matrix.rows)), most)


def _cell_width(matrix: Matrix) -> float:
    """The least width of a meeting's column: its date, and how many came of how many."""
    need = [short_date(column.meeting.held_on) for column in matrix.columns]
    need += [column.total.text for column in matrix.columns] + ["entered"]
    return max(wide(words, bold=True) for words in need) + 4


def _columns(sheet: Sheet, places: Sequence[Place], *, sums: bool) -> list[Col[MatrixRow]]:
    matrix, numbers = sheet.data.meetings.matrix, sheet.numbers
    room = sheet.kit.wide / sheet.kit.scale - _name_width(matrix) - (SUMS if sums else 0)
    each = min(56.0, max(room / len(places), _cell_width(matrix)))
    cols: list[Col[MatrixRow]] = [Col("School", lambda row: row.school, 0)]
    for place, column in places:
        title: Text = [str(numbers[column.meeting.id]), BREAK, short_date(column.meeting.held_on)]
        cols.append(
            Col(
                title,
                lambda row, place=place: mark_words(matrix, row, place),  # type: ignore[misc]
                each,
                "center",
                0,
                lambda row, place=place: _tile(row, place),  # type: ignore[misc]
            )
        )
    if sums:
        cols += [
            Col("Came", lambda row: row.total.present, 44, "right"),
            Col("Asked", lambda row: row.total.cells, 44, "right"),
            Col("%", lambda row: row.total.percent if row.total.cells else NOTHING, 44, "right"),
        ]
    return cols


def _totals(matrix: Matrix, places: Sequence[Place], *, sums: bool) -> list[Text | int]:
    found: list[Text | int] = ["All schools: came of asked"]
    found += [column.total.text if column.entered else NOT_ENTERED for _, column in places]
    whole = matrix.total
    return [*found, whole.present, whole.cells, whole.percent] if sums else found


def _which(sheet: Sheet, places: Sequence[Place]) -> str:
    """Which of the meetings were no full-cluster meetings in school time, and what is not entered."""
    data, numbers = sheet.data, sheet.numbers
    lines = {line.fact.id: line for line in data.meetings.lines}
    small = [str(numbers[c.meeting.id]) for _, c in places if c.meeting.kind is MeetingKind.SUB_GROUP]
    late = [
        str(numbers[c.meeting.id])
        for _, c in places
        if c.meeting.kind is not MeetingKind.SUB_GROUP and lines[c.meeting.id].inside is False
    ]
    unknown = [str(numbers[c.meeting.id]) for _, c in places if not c.entered]
    said = []
    for which, words in (
        (late, "outside the school day"),
        (small, "for a sub-group"),
        (unknown, "without attendance entered, left blank"),
    ):
        if which:
            said.append(f"{'Meeting' if len(which) == 1 else 'Meetings'} {listed(which)}: {words}.")
    return " ".join(said)


def caption(sheet: Sheet, places: Sequence[Place]) -> str:
    """What the letters mean, and what is special about the meetings of one table."""
    data = sheet.data
    letters = [f"{code.value} {LETTERS[code]}" for code in LETTERS]
    key = f"{'; '.join(letters)}; {NOTHING} {NOT_COUNTED}."
    changes = [
        f"{line.membership.school} joined on {long_date(line.membership.joined_on)}."
        for line in data.members.joined
    ]
    changes += [
        f"{line.membership.school} left on {long_date(line.membership.left_on)}."
        for line in data.members.left
    ]
    source = "Schools are in alphabetical order. Source: attendance sheets."
    parts = (
        key,
        "The numbers are those of the meetings page.",
        _which(sheet, places),
        " ".join(changes),
        source,
    )
    return " ".join(part for part in parts if part)


def _trend(sheet: Sheet) -> list[Flowable]:
    data, now = sheet.data, sheet.data.meetings.matrix.total
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then = data.earlier.attendance
    rows = [
        Turnout(year, one.present, one.cells)
        for year, one in ((year_before(data), then), (year_words(data), now))
    ]
    if sheet.kit.scale > 1:  # a chart would stand on a page of its own
        said = [f"{row.came} of {row.asked} invitations taken up in {row.label}" for row in rows]
        return [sheet.kit.text(f"Year on year: {'; '.join(said)}.", "note")]
    plate = attendance_bars(rows, Look(scale=sheet.kit.scale, width=sheet.kit.wide))
    alt = "; ".join(f"{row.label}: {row.came} of {row.asked} invitations taken up" for row in rows)
    before = then.percent if then.cells else NOT_ENTERED
    caption = (
        f"A block for each invitation, solid where the school came: {before} in {rows[0].label}, "
        f"{now.percent if now.cells else NOT_ENTERED} in {rows[1].label}."
    )
    return [sheet.kit.heading("Year on year"), sheet.kit.figure(plate, f"{alt}.", caption)]


def body(sheet: Sheet) -> list[Flowable]:
    """The matrix, in as many tables as its meetings need; each further one on a page of its own."""
    kit, matrix = sheet.kit, sheet.data.meetings.matrix
    if not matrix.columns:
        return [
            kit.text("Enter the meetings and who came: then the letters stand here, a row for each school.")
        ]
    tables = groups(matrix, kit.wide / kit.scale - _name_width(matrix) - SUMS)
    story: list[Flowable] = []
    for number, places in enumerate(tables, 1):
        last = number == len(tables)
        if number > 1:
            story += kit.turn("landscape")
        story += [
            kit.table(
                _columns(sheet, places, sums=last),
                matrix.rows,
                total=_totals(matrix, places, sums=last),
                look=TableLook(width=kit.wide, pad=3.5 if kit.scale == 1 else 2),
                caption=caption(sheet, places),
            ),
        ]
    return [*story, *_trend(sheet)]
