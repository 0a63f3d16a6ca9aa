"""A book with more of everything than any cluster has: what a page must hold without overflowing."""

import datetime as dt

from sqlmodel import Session

from models import tables as t
from models.words import (
    ApprovalKind,
    ApprovalState,
    AttendanceCode,
    ClaimState,
    ContactKind,
    Direction,
    FundKind,
    HalfDay,
    Happened,
    Heading,
    MeetingKind,
    OutcomeMet,
    PackNoteKind,
    ResourceKind,
    RoleKind,
)

SCHOOLS, MEETINGS, CLAIMS, KITS, LOANS = 14, 30, 120, 40, 120
FIRST = dt.date(2024, 9, 2)
LONG = (
    "Saint Bartholomew-the-Great and All Angels Church of England Voluntary Aided Primary School with Nursery"
)
SENTENCE = "Everybody brought a book, a question and a plant, and nobody went home without a new idea. "


def long_name(number: int) -> str:
    """A name of 200 characters, none like another; from the fifth on, of 60."""
    return f"{number:02} {LONG} {LONG}"[: 200 if number < 5 else 60]


def fill(session: Session) -> None:
    """Everything that a pack prints, in abundance."""
    schools = _schools(session)
    _money(session)
    meetings = _meetings(session, schools)
    _claims(session, schools, meetings)
    _cpd(session)
    _bank(session, schools)
    _issues(session, schools)
    for kind in PackNoteKind:
        for place in range(8):
            note = t.PackNoteDraft.checked(school_year=2024, kind=kind, position=place, text=SENTENCE * 2)
            _add(session, t.PackNote, note)


def _add(session: Session, record: type[t.Record], draft: t.Draft) -> int:
    row = record.model_validate(draft.model_dump())
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _schools(session: Session) -> list[int]:
    _add(session, t.Cluster, t.ClusterDraft.checked(name=long_name(0), vision=SENTENCE * 9))
    dates = {"starts_on": dt.date(2024, 9, 1), "ends_on": dt.date(2026, 8, 31)}
    _add(session, t.Agreement, t.AgreementDraft.checked(**dates, stage_label=LONG))
    made = []
    for number in range(1, SCHOOLS + 1):
        short = "" if number < 3 else f"{number:02} St Bartholomew"
        school = t.SchoolDraft.checked(
            name=long_name(number), short_name=short, urn=f"9002{number:02}", number_on_roll=400
        )
        made.append(_add(session, t.School, school))
        joined = t.MembershipDraft.checked(school_id=made[-1], joined_on=dt.date(2024, 9, 1))
        _add(session, t.Membership, joined)
        person = t.PersonDraft.checked(name=f"Teacher {number} {LONG}"[:200], school_id=made[-1])
        key = _add(session, t.Person, person)
        role = {"person_id": key, "school_id": made[-1], "starts_on": dt.date(2024, 9, 1)}
        _add(session, t.Role, t.RoleDraft.checked(kind=RoleKind.SSL, **role))
    _add(session, t.LeadSpell, t.LeadSpellDraft.checked(school_id=made[0], starts_on=dt.date(2024, 9, 1)))
    lead = {"person_id": 1, "starts_on": dt.date(2024, 9, 1)}
    _add(session, t.Role, t.RoleDraft.checked(kind=RoleKind.CLUSTER_LEAD, **lead))
    return made


def _money(session: Session) -> None:
    for number, kind in enumerate((FundKind.POT, FundKind.LEAD_TIME, FundKind.LEAD_ADMIN, FundKind.OTHER), 1):
        fund = t.FundDraft.checked(
            name=f"{number} {LONG}"[:200], kind=kind, opened_on=dt.date(2024, 9, 1), opening_p=1_234_567_89
        )
        key = _add(session, t.Fund, fund)
        for place, heading in enumerate(Heading):
            way = Direction.IN if place < 4 else Direction.OUT
            entry = t.FundEntryDraft.checked(
                code=f"E-{number}{place:03}", fund_id=key, on=FIRST, direction=way, heading=heading,
                description=SENTENCE * 4, amount_p=98_765_43,
            )  # fmt: skip
            _add(session, t.FundEntry, entry)
            budget = t.BudgetLineDraft.checked(
                fund_id=key, school_year=2024, direction=way, heading=heading, planned_p=1,
                explanation=SENTENCE * 4,
            )  # fmt: skip
            _add(session, t.BudgetLine, budget)


def _meetings(session: Session, schools: list[int]) -> list[int]:
    made = []
    for number in range(MEETINGS):
        meeting = t.MeetingDraft.checked(
            code=f"M-{number:04}", title=f"{number} {LONG}"[:200],
            held_on=FIRST + dt.timedelta(days=9 * number),
            starts_at=dt.time(13, 15), ends_at=dt.time(15, 30), status=Happened.HELD, place=long_name(number),
            kind=MeetingKind.ADVISOR if number % 10 == 9 else MeetingKind.FULL_CLUSTER, purpose=SENTENCE * 5,
            outcome=SENTENCE * 20,
        )  # fmt: skip
        made.append(_add(session, t.Meeting, meeting))
        codes = list(AttendanceCode)
        for place, school in enumerate(schools):
            mark = t.AttendanceDraft.checked(
                meeting_id=made[-1], school_id=school, code=codes[(place + number) % 4]
            )
            session.add(t.Attendance.model_validate(mark.model_dump()))
    session.flush()
    return made


def _claims(session: Session, schools: list[int], meetings: list[int]) -> None:
    states = [ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.REJECTED]
    for number in range(CLAIMS):
        state = states[number % 4]
        made = t.CoverClaimDraft.checked(
            code=f"SC-{number:04}", school_id=schools[number % SCHOOLS], person_id=1 + number % SCHOOLS,
            meeting_id=meetings[number % MEETINGS], cover_on=FIRST + dt.timedelta(days=number // 2),
            half_day=HalfDay.AM if number % 2 else HalfDay.PM, cost_p=109_00 + number, state=state,
            approved_p=100_00 if state is ClaimState.APPROVED else None,
            evidence_ref=f"TS-{number}" if number % 50 else f"{number} {LONG}"[:200],
        )  # fmt: skip
        session.add(t.CoverClaim.model_validate(made.model_dump()))
    session.flush()


def _cpd(session: Session) -> None:
    for number in range(12):
        made = t.CpdSessionDraft.checked(
            code=f"CPD-{number:02}", title=f"{number} {LONG}"[:200], held_on=FIRST, status=Happened.HELD,
            provider=LONG, vat_registered=True, fee_p=5_000_00, vat_p=1_000_00, need=SENTENCE * 5,
        )  # fmt: skip
        key = _add(session, t.CpdSession, made)
        for person in range(1, SCHOOLS + 1):
            session.add(t.CpdBooking(cpd_session_id=key, person_id=person))
            session.add(
                t.CpdEvaluation(
                    cpd_session_id=key, slip=person, rating=4, outcomes_met=OutcomeMet.YES, useful=True,
                    relevant=True, comment=SENTENCE * 6, quotable=True,
                )
            )  # fmt: skip
    session.flush()


def _bank(session: Session, schools: list[int]) -> None:
    kinds = [ResourceKind.KIT, ResourceKind.QUICK_ENQUIRY, ResourceKind.KIT]
    for number in range(KITS):
        made = t.ResourceDraft.checked(
            code=f"KIT-{number:02}", name=f"{number} {LONG}"[:200], kind=kinds[number % 3], has_mains=True,
            next_check_on=FIRST,
        )  # fmt: skip
        key = _add(session, t.Resource, made)
        for loan in range(LOANS // KITS):
            start = FIRST + dt.timedelta(days=60 * loan + number)
            due = start + dt.timedelta(days=20)
            lent = t.LoanDraft.checked(
                code=f"L-{number:02}{loan:02}", resource_id=key, school_id=schools[number % SCHOOLS],
                starts_on=start, due_on=due, out_on=start, back_on=None if loan == 2 else due,
            )  # fmt: skip
            session.add(t.Loan.model_validate(lent.model_dump()))
        wish = t.WantedItemDraft.checked(school_id=schools[0], name=f"{number} {LONG}"[:200], raised_on=FIRST)
        _add(session, t.WantedItem, wish)
        trial = t.TrialDraft.checked(resource_id=key, school_id=schools[0], starts_on=FIRST, class_name=LONG)
        _add(session, t.Trial, trial)


def _issues(session: Session, schools: list[int]) -> None:
    for number in range(4):
        day = FIRST + dt.timedelta(days=number)
        contact = t.ContactLogDraft.checked(
            on=day,
            kind=ContactKind.PROBLEM,
            school_id=schools[0],
            summary=SENTENCE * 20,
            outcome=SENTENCE * 20,
        )
        _add(session, t.ContactLog, contact)
        asked = t.AdvisorQuestionDraft.checked(
            asked_on=day, question=SENTENCE * 20, answered_on=day, answer=SENTENCE
        )
        _add(session, t.AdvisorQuestion, asked)
        approval = t.ApprovalDraft.checked(
            code=f"AP-{number:04}", kind=ApprovalKind.EXTRA_TIME, asked_on=day, question=SENTENCE * 20,
            amount_p=1_234_567_89, state=ApprovalState.DECLINED, decided_on=day, words=SENTENCE * 30,
        )  # fmt: skip
        _add(session, t.Approval, approval)
