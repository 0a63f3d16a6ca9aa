"""The cluster itself, its agreements, the scheme's settings and the school calendar."""

import datetime as dt

from models.calendar import TermName
from models.rules.scheme import Response
from models.tables.base import (
    Draft,
    Record,
    check,
    choice,
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
from models.words import AgreementResult, ClosureKind


class ClusterDraft(Draft):
    """The cluster: one row in a book. Sponsor and programme are words to change, not fixed (D26)."""

    name: str = text("Cluster name", "As it should stand on the cover of the review pack.")
    programme_name: str = words("Programme", "For example the sponsor’s name for its cluster programme.")
    sponsor_name: str = words("Sponsor", "Who gives the grant. Printed where the guidance says “the Trust”.")
    vision: str = note("Vision", "One or two sentences for the cover.")
    origin: str = words("How it began", "An existing group, a trust, a project …")
    channel_link: str = words(
        "Between-meeting channel", "A link to where members talk between meetings.", limit=500
    )
    day_starts: dt.time | None = hour("School day starts", "9am if left empty.")
    day_ends: dt.time | None = hour("School day ends", "3:30pm if left empty.")
    financial_year_month: int = number(
        "Financial year starts in month",
        "4 for maintained schools, 9 for academies.",
        least=1,
        most=12,
        default=4,
    )
    sample_today: dt.date | None = day(
        "Sample told from", "Only in a book of invented data: the day it calls today.", optional=True
    )
    logo_id: int | None = link("attachment", "Logo", "For the cover of the review pack.", optional=True)


class Cluster(ClusterDraft, Record, table=True):
    """The cluster of this book."""


class AgreementDraft(Draft):
    """One stage's agreement: two years by default (R-AGR-1), one for a pilot (R-AGR-7)."""

    stage: int = number("Stage", "1 to 4.", least=1, most=4, default=3)
    stage_label: str = words("Stage name", "Printed on the cover, for example “established practice”.")
    starts_on: dt.date = day("Starts")
    ends_on: dt.date = day("Ends", "The last day, for example 31 August 2026.")
    pilot: bool = flag("Pilot year")
    report_on: dt.date | None = day("Report sent", optional=True)
    review_result: AgreementResult = choice(
        AgreementResult, "End-of-stage review", default=AgreementResult.PENDING
    )
    application_on: dt.date | None = day("Application sent", optional=True)
    application_result: AgreementResult = choice(
        AgreementResult, "Application", default=AgreementResult.PENDING
    )
    transition_approved_on: dt.date | None = day("Transition approved", optional=True)


class Agreement(AgreementDraft, Record, table=True):
    """An agreement of the cluster with its sponsor."""

    __table_args__ = table_args(unique("starts_on"), check("order", "ends_on > starts_on"))


class SchemeSettingDraft(Draft):
    """A value of the scheme from a day on (R-AGR-6). Its words and guidance are in the catalogue."""

    key: str = text("Setting", "The setting’s name, as listed on the Guide sheet.", limit=60)
    value: str = words("Value", "Empty for a setting that has no value, only a response.")
    starts_on: dt.date = day("From")
    response: Response | None = choice(Response, "When broken", "ignore, warn or refuse.", optional=True)
    reason: str = words("Why it was changed")


class SchemeSetting(SchemeSettingDraft, Record, table=True):
    """A dated value of the scheme."""

    __tablename__ = "scheme_setting"
    __table_args__ = table_args(unique("key", "starts_on"))


class SchoolTermDraft(Draft):
    """A half-term's dates."""

    school_year: int = number(
        "School year", "The year it starts in: 2024 for 2024 to 2025.", least=1990, most=2099
    )
    term: TermName = choice(TermName, "Term")
    half: int = number("Half", "1 or 2.", least=1, most=2)
    starts_on: dt.date = day("First day")
    ends_on: dt.date = day("Last day")


class SchoolTerm(SchoolTermDraft, Record, table=True):
    """A half-term of the cluster's calendar."""

    __tablename__ = "school_term"
    __table_args__ = table_args(unique("school_year", "term", "half"), check("order", "ends_on >= starts_on"))


class ClosedDayDraft(Draft):
    """A day on which schools are closed: all of them, or one."""

    on: dt.date = day("Date")
    kind: ClosureKind = choice(ClosureKind, "Kind")
    name: str = words("Name", "For example “Early May bank holiday”.")
    school_id: int | None = link("school", "School", "Empty: every school.", optional=True)


class ClosedDay(ClosedDayDraft, Record, table=True):
    """A bank holiday, an INSET day or a closure."""

    __tablename__ = "closed_day"
    __table_args__ = table_args(unique("on", "school_id"))


class NextStepDraft(Draft):
    """A line of next year's plan (F8.2)."""

    school_year: int = number("School year", "The year the plan is for.", least=1990, most=2099)
    position: int = number("Order", default=0)
    task: str = text("Task")
    success: str = words("How we know it worked")
    who: str = words("Who leads")
    when: str = words("When")
    cost_p: int | None = pence("Cost", "", optional=True)
    source: str = words("Paid from")
    check: str = words("How it is checked")


class NextStep(NextStepDraft, Record, table=True):
    """A planned task for a school year."""

    __tablename__ = "next_step"
