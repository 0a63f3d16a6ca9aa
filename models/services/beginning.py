"""A new cluster with its schools, people and first meetings, in one go: what the first-run wizard makes."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from msgspec import Struct
from sqlmodel import Session, select

from models import tables as t
from models.errors import BadInput
from models.queries.book import Book
from models.rules.agreement import USUAL_STAGE
from models.rules.newcomers import Newcomer
from models.rules.schools import name_key
from models.rules.terms import half_term_words
from models.services import records
from models.services.meetings import plan
from models.services.membership import add_school
from models.services.people import name_ssl, teacher
from models.services.settings import Appointee, appoint
from models.services.starting import start_cluster
from models.words import RoleKind


class FirstMeetings(Struct, frozen=True):
    """The days of the first meetings, and the hours that all of them have."""

    days: tuple[dt.date, ...] = ()
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None


class Beginning(Struct, frozen=True):
    """All that a new cluster begins with.

    Attributes:
        name: the cluster's name.
        lead_school: its name; it becomes a member and holds the funds.
        starts_on: the first day of agreement, memberships and roles.
        pilot: an agreement of one year (R-AGR-7).
        stage: the stage it is for, 1 to 4 (R-AGR-4).
        sponsor: who gives the grant.
        schools: the members, with their subject leaders; the lead school may be among them.
        lead: who leads the cluster, at the lead school; "" if that is entered later.
        lead_email: her work address.
        advisor: the sponsor's contact; "" if that is entered later.
        meetings: when it first meets.
    """

    name: str
    lead_school: str
    starts_on: dt.date
    pilot: bool = False
    stage: int = USUAL_STAGE
    sponsor: str = ""
    schools: tuple[Newcomer, ...] = ()
    lead: str = ""
    lead_email: str = ""
    advisor: str = ""
    meetings: FirstMeetings = FirstMeetings()


def begin(session: Session, new: Beginning) -> t.Cluster:
    """Fill an empty book with a cluster, its schools, people and first meetings. The caller commits.

    Raises:
        BadInput: a value does not fit; `field` names the attribute of `Beginning`.
        Refused: the book holds a cluster already, or this school cannot lead (R-CLU-3).
    """
    lead_school = t.SchoolDraft.checked(name=new.lead_school)
    cluster = start_cluster(
        session, new.name, lead_school, new.starts_on, sponsor=new.sponsor, pilot=new.pilot, stage=new.stage
    )
    lead_id = session.exec(select(t.School.id)).one() or 0
    for one in new.schools:
        with_name = name_key(one.school) == name_key(new.lead_school)
        try:
            if not with_name:
                spell = {"joined_on": new.starts_on}
                add_school(session, {"name": one.school}, spell, ssl=one.ssl)
            elif one.ssl:
                name_ssl(session, lead_id, teacher(session, lead_id, one.ssl), new.starts_on)
        except BadInput as wrong:
            raise BadInput(f"{one.school}: {wrong}", "schools") from wrong
    _people(session, new, lead_id)
    _meetings(session, new.meetings, lead_id)
    return cluster


def _people(session: Session, new: Beginning, lead_id: int) -> None:
    if new.lead:
        person_id = _named(session, lead_id, new.lead, "lead")
        if new.lead_email:
            records.change(session, t.Person, person_id, {"email": new.lead_email})
        values = {"person_id": person_id, "kind": RoleKind.CLUSTER_LEAD, "starts_on": new.starts_on}
        records.add(session, t.Role, values)
    if new.advisor:
        try:
            appoint(
                session, RoleKind.ADVISOR, Appointee(new.advisor, organisation=new.sponsor), new.starts_on
            )
        except BadInput as wrong:
            raise BadInput(str(wrong), "advisor") from wrong


def _named(session: Session, school_id: int, name: str, field: str) -> int:
    try:
        return teacher(session, school_id, name)
    except BadInput as wrong:
        raise BadInput(str(wrong), field) from wrong


def _meetings(session: Session, meetings: FirstMeetings, host_id: int) -> None:
    start, end = meetings.starts_at, meetings.ends_at
    if start is not None and end is not None and end <= start:
        raise BadInput("The meetings would end before they begin: check the two times.", "meetings")
    for day, title in zip(sorted(meetings.days), titles(session, sorted(meetings.days)), strict=True):
        values = {
            "title": title,
            "held_on": day,
            "starts_at": meetings.starts_at,
            "ends_at": meetings.ends_at,
            "host_school_id": host_id,
        }
        try:
            plan(session, values)
        except BadInput as wrong:
            raise BadInput(str(wrong), "meetings") from wrong


def titles(session: Session, days: list[dt.date]) -> list[str]:
    """What meetings on these days are called until they have a topic: `Autumn 1 meeting`."""
    session.flush()
    calendar = Book(session).calendar()
    named = Counter[str]()
    made = []
    for day in days:
        term = calendar.term_on(day)
        words = f"{half_term_words(term.name, term.half)} meeting" if term else "Cluster meeting"
        named[words] += 1
        made.append(words if named[words] == 1 else f"{words} {named[words]}")
    return made
