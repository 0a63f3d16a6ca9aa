"""CPD: sessions, who came, and what they said."""

import datetime as dt

from models.tables.base import (
    Draft,
    Record,
    choice,
    code,
    day,
    flag,
    hour,
    link,
    note,
    number,
    pence,
    table_args,
    text,
    unique,
    words,
)  # fmt: skip
from models.words import ExcessSplit, Happened, OutcomeMet, ProviderKind, Respondent, ThreeE


class CpdSessionDraft(Draft):
    """A booking with a provider; the cap on its fee holds for each session (R-CPD-1 to R-CPD-6)."""

    code: str = code("CPD session", "CPD-", "A short name that other sheets use, for example CPD-01.")
    title: str = text("Title")
    held_on: dt.date = day("Date")
    starts_at: dt.time | None = hour("Starts")
    ends_at: dt.time | None = hour("Ends")
    status: Happened = choice(Happened, "Status", default=Happened.PLANNED)
    provider: str = words("Provider")
    provider_kind: ProviderKind = choice(ProviderKind, "Kind of provider", default=ProviderKind.NON_FELLOW)
    vat_registered: bool = flag("Charges VAT")
    fee_p: int = pence("Fee before VAT")
    vat_p: int = pence("VAT")
    sessions: int = number("Sessions", "1, unless one booking covers more.", least=1, most=50, default=1)
    excess_split: ExcessSplit | None = choice(
        ExcessSplit, "Excess shared", "If it differs from the setting.", optional=True
    )
    meeting_id: int | None = link("meeting", "Meeting", "If it was part of a meeting.", optional=True)
    place: str = words("Place")
    need: str = words("Need it met", "The need that was identified.", limit=500)
    outcomes: str = note("Learning outcomes")
    three_e: ThreeE | None = choice(ThreeE, "3E stage", optional=True)


class CpdSession(CpdSessionDraft, Record, table=True):
    """A CPD session."""

    __tablename__ = "cpd_session"


class CpdBookingDraft(Draft):
    """A person at a CPD session, and where they passed it on."""

    cpd_session_id: int = link("cpd_session", "CPD session")
    person_id: int = link("person", "Name")
    attended: bool = flag("Came", default=True)
    shared_on: dt.date | None = day("Passed on", optional=True)
    shared_with: int | None = number("Staff reached", optional=True, most=1000)
    notes: str = words("Notes", limit=500)


class CpdBooking(CpdBookingDraft, Record, table=True):
    """A booking of one person."""

    __tablename__ = "cpd_booking"
    __table_args__ = table_args(unique("cpd_session_id", "person_id"))


class CpdEvaluationDraft(Draft):
    """One slip, without a name (R-IMP-2)."""

    cpd_session_id: int = link("cpd_session", "CPD session")
    slip: int = number("Slip", "1, 2, 3 … as the slips are typed in.", least=1, most=1000)
    respondent: Respondent | None = choice(Respondent, "Who answered", optional=True)
    rating: int | None = number("Rating 1 to 5", optional=True, least=1, most=5)
    outcomes_met: OutcomeMet | None = choice(OutcomeMet, "Outcomes met", optional=True)
    useful: bool | None = flag("Useful", optional=True)
    relevant: bool | None = flag("Relevant to the classroom", optional=True)
    comment: str = note("Comment", "No names.")
    quotable: bool = flag("May be quoted")


class CpdEvaluation(CpdEvaluationDraft, Record, table=True):
    """An evaluation slip."""

    __tablename__ = "cpd_evaluation"
    __table_args__ = table_args(unique("cpd_session_id", "slip"))
