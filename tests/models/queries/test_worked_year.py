"""Note 2 of the domain: a year of seven primaries, worked out by hand, comes out of the book to the penny."""

import datetime as dt

from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.headline import Headline, headline
from models.queries.lead import lead_school
from models.store import Store
from models.words import (
    AttendanceCode,
    ClaimState,
    CoverPurpose,
    Direction,
    FundKind,
    HalfDay,
    Happened,
    Heading,
    VatRecovery,
)

LAST_DAY = dt.date(2018, 8, 31)
MEETINGS = [
    dt.date(2017, 10, 4),
    dt.date(2017, 11, 22),
    dt.date(2018, 1, 24),
    dt.date(2018, 3, 14),
    dt.date(2018, 6, 13),
]
NAMES = ["Ashcombe", "Birchley", "Cranmoor", "Dellfield", "Elmsworth", "Foxhollow", "Garth"]


def add(session: Session, draft: t.Draft, record: type[t.Record]) -> int:
    row = record.model_validate(draft.model_dump())
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def schools(session: Session) -> list[int]:
    """Seven primaries; the last joins after the second meeting, so two of its cells do not count."""
    ids = []
    for place, name in enumerate(NAMES):
        draft = t.SchoolDraft.checked(
            name=f"{name} Primary School", urn=f"9001{place:02}", vat_recovery=VatRecovery.YES
        )
        ids.append(add(session, draft, t.School))
        joined = dt.date(2018, 1, 8) if place == 6 else dt.date(2017, 9, 1)
        add(session, t.MembershipDraft.checked(school_id=ids[-1], joined_on=joined), t.Membership)
    add(session, t.LeadSpellDraft.checked(school_id=ids[0], starts_on=dt.date(2017, 9, 1)), t.LeadSpell)
    return ids


def the_year(session: Session) -> None:
    """35 cells less 2 are 33, 30 present; 28 half-days at £109; £300 lead time, £120 administration."""
    add(session, t.ClusterDraft.checked(name="Worked example"), t.Cluster)
    ends = dt.date(2019, 8, 31)
    add(session, t.AgreementDraft.checked(starts_on=dt.date(2017, 9, 1), ends_on=ends, stage=3), t.Agreement)
    ids = schools(session)
    people = [add(session, t.PersonDraft.checked(name=f"Teacher {n}", school_id=n), t.Person) for n in ids]
    absent = {(0, 1), (2, 3), (4, 4)}  # (meeting, school)
    claims = 0
    for number, day in enumerate(MEETINGS):
        draft = t.MeetingDraft.checked(
            code=f"M-{number + 1:04}",
            title=f"Meeting {number + 1}",
            held_on=day,
            starts_at=dt.time(13, 15),
            ends_at=dt.time(15, 30),
            status=Happened.HELD,
        )
        meeting = add(session, draft, t.Meeting)
        for place, school in enumerate(ids):
            if place == 6 and number < 2:
                continue
            gone = (number, place) in absent
            code = AttendanceCode.A if gone else AttendanceCode.P
            draft = t.AttendanceDraft.checked(
                meeting_id=meeting, school_id=school, person_id=people[place], code=code
            )
            add(session, draft, t.Attendance)
            if gone or claims == 28:
                continue
            claims += 1
            draft = t.CoverClaimDraft.checked(
                code=f"SC-{claims:04}",
                school_id=school,
                person_id=people[place],
                meeting_id=meeting,
                cover_on=day,
                half_day=HalfDay.PM,
                cost_p=109_00,
                state=ClaimState.SUBMITTED,
                evidence_ref=f"INV-{claims}",
                purpose=CoverPurpose.FULL_CLUSTER,
            )
            add(session, draft, t.CoverClaim)
    for kind, name, heading, amount in (
        (FundKind.LEAD_TIME, "Lead time", Heading.LEAD_TIME, 300_00),
        (FundKind.LEAD_ADMIN, "Administration", Heading.ADMINISTRATION, 120_00),
    ):
        fund = add(session, t.FundDraft.checked(name=name, kind=kind, opened_on=dt.date(2017, 9, 1)), t.Fund)
        draft = t.FundEntryDraft.checked(
            code=f"E-{kind}",
            fund_id=fund,
            on=dt.date(2018, 7, 2),
            direction=Direction.OUT,
            heading=heading,
            description=name,
            amount_p=amount,
        )
        add(session, draft, t.FundEntry)


def worked(store: Store) -> Headline:
    with store.transaction("The worked year") as (session, _):
        the_year(session)
    with store.read() as session:
        return headline(Book(session), 2017, LAST_DAY)


def test_attendance_is_30_of_33_cells_91_percent(store: Store) -> None:
    """Note 2 and R-MEET-8."""
    now = worked(store)
    assert (now.attendance.present, now.attendance.cells, now.attendance.percent) == (30, 33, "91%")


def test_28_half_days_at_109_pounds_are_2800_recognised_and_252_borne_by_schools(store: Store) -> None:
    """Note 2, R-COVER-1 and R-COVER-17."""
    cover = worked(store).cover
    assert cover.half_days == 28
    assert (cover.recognised_p, cover.school_share_p, cover.cost_p) == (2800_00, 252_00, 3052_00)


def test_seven_schools_put_in_3500_pounds_and_two_stage_years_7000(store: Store) -> None:
    """Note 2 and R-COVER-4."""
    now = worked(store)
    assert now.allowance_p == 3500_00
    with store.read() as session:
        following = cover_year(Book(session), 2018, dt.date(2019, 8, 31))
    assert now.allowance_p + following.allowance_p == 7000_00


def test_the_lead_school_has_420_pounds_a_year_and_840_over_the_stage(store: Store) -> None:
    """Note 2, R-LEAD-1 and R-LEAD-2."""
    now = worked(store)
    assert sum(line.allowance_p for line in now.lead) == 420_00
    assert [line.left_p for line in now.lead] == [0, 0]
    with store.read() as session:
        lead = lead_school(Book(session), 2017, LAST_DAY)
    assert sum(fund.stage_p for fund in lead.funds) == 840_00


def test_five_meetings_in_school_time_meet_the_minimum(store: Store) -> None:
    """Note 2 and R-MEET-1."""
    now = worked(store)
    assert (now.meetings.held, now.meetings.counted, now.meetings.text) == (
        5,
        5,
        "5, minimum 4 met, release funding fully used",
    )
