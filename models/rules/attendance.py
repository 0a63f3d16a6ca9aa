"""Marks at meetings and the attendance matrix (R-MEET-5, R-MEET-8, R-MEET-9; R-CLU-10).

A cell is a school at a meeting. It counts when the school was a member that day and was invited; only then
can it be absent. School attendance and person attendance are different numbers and never mixed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from models.formats import percent
from models.rules.cluster import MembershipFact, was_member
from models.rules.meetings import MeetingFact
from models.rules.verdict import Verdict, warn
from models.words import AttendanceCode, Happened, MeetingKind

NOT_COUNTED = "-"  # not invited or not a member (R-MEET-8)
BEST_FIRST = (AttendanceCode.P, AttendanceCode.S, AttendanceCode.A, AttendanceCode.N)
PRESENT = frozenset({AttendanceCode.P, AttendanceCode.S})
MATRIX_KINDS = frozenset({MeetingKind.FULL_CLUSTER, MeetingKind.SUB_GROUP})


class AttendanceFact(Struct, frozen=True):
    """A mark of a person, or of a school where nobody is named."""

    meeting_id: int
    school_id: int
    code: AttendanceCode
    person_id: int | None = None


def school_mark(codes: Collection[AttendanceCode]) -> AttendanceCode | None:
    """A school's mark from its people's marks: the best of P, S, A, N; None where there is none."""
    return next((code for code in BEST_FIRST if code in codes), None)


class Tally(Struct, frozen=True):
    """Cells counted and schools present in them."""

    cells: int
    present: int

    @property
    def percent(self) -> str:
        """`91%`; “not available” where no cell counts."""
        return percent(self.present, self.cells)

    @property
    def text(self) -> str:
        """`30 of 33`."""
        return f"{self.present} of {self.cells}"


def tally(marks: Iterable[AttendanceCode | None]) -> Tally:
    """Count cells and presences; None does not count."""
    counted = [mark for mark in marks if mark is not None]
    return Tally(len(counted), sum(mark in PRESENT for mark in counted))


class MatrixColumn(Struct, frozen=True):
    """A meeting of the matrix. `entered` is False while nobody has marked anything."""

    meeting: MeetingFact
    entered: bool
    total: Tally


class MatrixRow(Struct, frozen=True):
    """A school's marks, one for each column; None prints `-`."""

    school_id: int
    school: str
    marks: tuple[AttendanceCode | None, ...]

    @property
    def total(self) -> Tally:
        return tally(self.marks)


class Matrix(Struct, frozen=True):
    """Schools down, by name; meetings across, by date."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def total(self) -> Tally:
        """All cells: the one figure that summary and matrix both print (R-REV-7)."""
        return tally(mark for row in self.rows for mark in row.marks)


def attendance_matrix(
    meetings: Iterable[MeetingFact],
    memberships: Sequence[MembershipFact],
    attendance: Iterable[AttendanceFact],
    kinds: Collection[MeetingKind] = MATRIX_KINDS,
) -> Matrix:
    """The matrix of the meetings held (R-MEET-8).

    A member that was invited and has no mark counts as N, no reply; but a meeting at which nobody is
    marked is not entered yet, and none of its cells count (R-REV-5). A school that came uninvited counts.

    Args:
        meetings: the meetings of the period; only those held, of `kinds`, become columns.
        memberships: all spells; a school appears when it was a member at one of the meetings.
        attendance: the marks, of these and perhaps other meetings.
        kinds: the kinds of meeting to show.
    """
    held = sorted(
        (one for one in meetings if one.status is Happened.HELD and one.kind in kinds),
        key=lambda one: (one.held_on, one.id),
    )
    codes: dict[tuple[int, int], set[AttendanceCode]] = {}
    for mark in attendance:
        codes.setdefault((mark.meeting_id, mark.school_id), set()).add(mark.code)
    marked = {meeting_id for meeting_id, _ in codes}
    spells: dict[int, list[MembershipFact]] = {}
    for member in memberships:
        spells.setdefault(member.school_id, []).append(member)
    rows = []
    for school_id, own in sorted(spells.items(), key=lambda pair: (pair[1][-1].school.casefold(), pair[0])):
        on = [was_member(own, school_id, one.held_on) for one in held]
        if any(on):
            marks = tuple(
                _cell(one, school_id, codes.get((one.id, school_id), set()))
                if there and one.id in marked
                else None
                for one, there in zip(held, on, strict=True)
            )
            rows.append(MatrixRow(school_id, own[-1].school, marks))
    columns = tuple(
        MatrixColumn(one, one.id in marked, tally(row.marks[place] for row in rows))
        for place, one in enumerate(held)
    )
    return Matrix(columns, tuple(rows))


def _cell(meeting: MeetingFact, school_id: int, codes: Collection[AttendanceCode]) -> AttendanceCode | None:
    """A member's mark at a meeting that somebody has marked."""
    mark = school_mark(codes)
    if not meeting.invited_ids or school_id in meeting.invited_ids:
        return mark or AttendanceCode.N
    return mark if mark in PRESENT else None


def cell_text(mark: AttendanceCode | None) -> str:
    """The letter in a cell: colour alone never says it (R-STY-3)."""
    return NOT_COUNTED if mark is None else mark.value


def not_entered_verdicts(matrix: Matrix) -> tuple[Verdict, ...]:
    """Meetings held whose attendance nobody has entered (R-MEET-8)."""
    return tuple(
        warn(
            "R-MEET-8",
            f"{column.meeting.name} has no attendance entered: mark who came.",
            column.meeting.about,
        )
        for column in matrix.columns
        if not column.entered
    )


class Presence(Struct, frozen=True):
    """Distinct schools and distinct people present: two numbers, never mixed (R-MEET-9)."""

    schools: int
    people: int


def presence(attendance: Iterable[AttendanceFact]) -> Presence:
    """Who came, counted once each: 2 people from school A are 1 school, 2 people (R-MEET-9)."""
    came = [mark for mark in attendance if mark.code in PRESENT]
    return Presence(
        schools=len({mark.school_id for mark in came}),
        people=len({mark.person_id for mark in came if mark.person_id is not None}),
    )
