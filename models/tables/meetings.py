"""Meetings, who was asked and came, what was on the agenda, what was decided and who does what."""

import datetime as dt

from sqlalchemy import Index
from sqlalchemy import text as sql

from models.tables.base import (
    Draft,
    Record,
    check,
    choice,
    code,
    day,
    flag,
    hour,
    link,
    note,
    number,
    table_args,
    text,
    unique,
    words,
)  # fmt: skip
from models.words import (
    AgendaState,
    AttendanceCode,
    Audience,
    Happened,
    MeetingKind,
    ReleaseMethod,
    ThreeE,
)  # fmt: skip


class MeetingDraft(Draft):
    """A meeting. Whether it falls in the school day is worked out from its times (R-MEET-3)."""

    code: str = code("Meeting", "M-", "A short name that other sheets use, for example M-0001.")
    title: str = text("Title", "For example Working scientifically.")
    held_on: dt.date = day("Date")
    starts_at: dt.time | None = hour("Starts", "For example 1:15pm.")
    ends_at: dt.time | None = hour("Ends")
    kind: MeetingKind = choice(MeetingKind, "Kind", default=MeetingKind.FULL_CLUSTER)
    status: Happened = choice(Happened, "Status", default=Happened.PLANNED)
    in_school_day: bool | None = flag(
        "In the school day", "Leave empty: it is worked out from the times.", optional=True
    )
    host_school_id: int | None = link("school", "Host school", optional=True)
    place: str = words("Place", "If it is not at the host school.")
    link: str = words("Online link", limit=500)
    purpose: str = words("Purpose", "One sentence; it is printed in the review pack.", limit=500)
    outcome: str = note("Outcome", "What came of it; for meetings with the Advisor this is printed.")
    minutes: str = note("Minutes")
    finalised_on: dt.date | None = day("Minutes finalised", optional=True)
    reopened: str | None = words(
        "Minutes reopened", "When and why, a line each time; the window writes it.", limit=4000, optional=True
    )
    three_e: ThreeE | None = choice(ThreeE, "3E stage", optional=True)
    audience: Audience = choice(Audience, "Audience", default=Audience.UNIVERSAL)


class Meeting(MeetingDraft, Record, table=True):
    """A meeting of the cluster or part of it."""

    __table_args__ = table_args(check("order", "ends_at > starts_at"), Index("ix_meeting_held_on", "held_on"))


class InvitationDraft(Draft):
    """A school asked to a meeting that not all are asked to (R-MEET-5)."""

    meeting_id: int = link("meeting", "Meeting")
    school_id: int = link("school", "School")


class Invitation(InvitationDraft, Record, table=True):
    """An invitation. A full-cluster meeting needs none: every member is asked."""

    __table_args__ = table_args(unique("meeting_id", "school_id"))


class AgendaItemDraft(Draft):
    """A topic. It carries over while it is open or recurring."""

    meeting_id: int = link("meeting", "Meeting")
    position: int = number("Order", default=0)
    title: str = text("Topic")
    proposed_by_id: int | None = link(
        "school", "Proposed by", "The school that put it forward.", optional=True
    )
    state: AgendaState = choice(AgendaState, "State", default=AgendaState.OPEN)
    recurring: bool = flag("Every meeting")
    carried_from_id: int | None = link("agenda_item", "Carried from", optional=True)
    minutes: str = note("Minutes of this topic")


class AgendaItem(AgendaItemDraft, Record, table=True):
    """A topic of a meeting."""

    __tablename__ = "agenda_item"
    __table_args__ = table_args(unique("meeting_id", "title"))


class AttendanceDraft(Draft):
    """A mark for a school's person at a meeting, or for the school where nobody is named (R-MEET-8, 9)."""

    meeting_id: int = link("meeting", "Meeting")
    school_id: int = link("school", "School")
    person_id: int | None = link(
        "person", "Name", "Empty for an apology or no reply of the school.", optional=True
    )
    code: AttendanceCode = choice(AttendanceCode, "Mark", "P released, S own time, A apology, N no reply.")
    release_method: ReleaseMethod | None = choice(ReleaseMethod, "How released", optional=True)
    notes: str = words("Notes", limit=500)


class Attendance(AttendanceDraft, Record, table=True):
    """A mark in the attendance grid."""

    __table_args__ = table_args(
        unique("meeting_id", "school_id", "person_id"),
        Index(
            "uq_attendance_nobody",
            "meeting_id",
            "school_id",
            unique=True,
            sqlite_where=sql("person_id IS NULL"),
        ),
    )


class DecisionDraft(Draft):
    """What a meeting decided; pot spending can name it (R-POT-2)."""

    code: str = code("Decision", "D-", "A short name that other sheets use.")
    meeting_id: int = link("meeting", "Meeting")
    text: str = text("What was decided", limit=2000)


class Decision(DecisionDraft, Record, table=True):
    """A decision of a meeting."""


class ActionDraft(Draft):
    """A thing somebody has promised to do (R-MEET-10). Open until it is done or dropped."""

    code: str = code("Action", "A-", "A short name, for example A-0001.")
    meeting_id: int | None = link("meeting", "Meeting", optional=True)
    what: str = text("What", limit=500)
    owner_school_id: int | None = link("school", "School", optional=True)
    owner_id: int | None = link("person", "Who", optional=True)
    due_on: dt.date | None = day("Due", optional=True)
    done_on: dt.date | None = day("Done", optional=True)
    dropped_on: dt.date | None = day("Dropped", optional=True)
    notes: str = note("Notes")


class Action(ActionDraft, Record, table=True):
    """An action."""
