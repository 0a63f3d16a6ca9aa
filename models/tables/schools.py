"""Schools, their dated membership, people and what they do, contacts, and declarations."""

import datetime as dt

from pydantic import field_validator

from models.errors import BadInput
from models.rules.schools import check_urn, clean_name
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
    table_args,
    text,
    unique,
    words,
)  # fmt: skip
from models.words import (
    Answer,
    ContactKind,
    OfferKind,
    Phase,
    RoleKind,
    SchoolStatus,
    VatRecovery,
)  # fmt: skip


class SchoolDraft(Draft):
    """A school. Its name is how other sheets and pages refer to it."""

    name: str = text("School", "The full name, for example Alder Lane Primary School.", unique=True)
    short_name: str = words("Short name", "For tables and charts, for example Alder Lane.", limit=40)
    urn: str | None = words("URN", "Six digits. Leave it empty outside England.", limit=6, optional=True)
    laestab: str = words("LAESTAB", "", limit=10)
    phase: Phase = choice(Phase, "Phase", default=Phase.PRIMARY)
    low_age: int | None = number("Youngest age", optional=True, most=25)
    high_age: int | None = number("Oldest age", optional=True, most=25)
    number_on_roll: int | None = number(
        "Number on roll", "Pupils; empty if not known.", optional=True, most=20_000
    )
    roll_as_of: dt.date | None = day("Roll counted on", optional=True)
    type_name: str = words("Type", "For example Community school, Academy converter.")
    trust_name: str = words("Academy trust")
    la_name: str = words("Local authority")
    vat_recovery: VatRecovery = choice(
        VatRecovery, "Gets VAT back", "Ask the school’s business manager.", default=VatRecovery.ASK
    )
    status: SchoolStatus = choice(SchoolStatus, "Status", default=SchoolStatus.OPEN)
    predecessor_id: int | None = link(
        "school", "Replaces the record of", "The same school under its older URN.", optional=True
    )
    day_starts: dt.time | None = hour("School day starts", "If it differs from the cluster’s.")
    day_ends: dt.time | None = hour("School day ends", "If it differs from the cluster’s.")
    extra_support: bool = flag(
        "Extra support", "Private. Only the number of such schools can ever be printed."
    )
    address: str = words("Address", limit=500)
    postcode: str = words("Postcode", limit=10)
    website: str = words("Website", limit=500)
    phone: str = words("Telephone", limit=30)
    notes: str = note("Notes", "Do not write pupils’ names here.")

    @field_validator("name", "short_name")
    @classmethod
    def _tidy_name(cls, name: str) -> str:
        return clean_name(name)

    @field_validator("urn", mode="before")
    @classmethod
    def _six_digits(cls, urn: object) -> str | None:
        if urn is None or not str(urn).strip():
            return None
        try:
            return check_urn(str(urn))
        except BadInput as wrong:
            raise ValueError(str(wrong)) from wrong


class School(SchoolDraft, Record, table=True):
    """A school of the cluster, past or present, or the secondary that links to it."""

    __table_args__ = table_args(
        unique("urn"),
        check("urn", "urn IS NULL OR urn GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'"),
        check("ages", "high_age >= low_age"),
    )


class MembershipDraft(Draft):
    """A school's dated spell in the cluster (R-CLU-10)."""

    school_id: int = link("school", "School")
    joined_on: dt.date = day("Joined")
    left_on: dt.date | None = day("Left", "The last day of membership; empty while it lasts.", optional=True)
    leaving_reason: str = words("Why it left")
    at_risk: bool = flag("At risk of leaving")
    replaces_id: int | None = link("school", "Takes the place of", optional=True)
    advisor_discussed_on: dt.date | None = day(
        "Discussed with Advisor", "Needed for a school that joins or leaves after the start.", optional=True
    )
    advisor_outcome: str = words("Advisor’s answer")
    gives_release_input: bool = flag(
        "Sets release money aside", "No for a linked secondary, as a rule.", default=True
    )
    funded_places: int | None = number(
        "Funded places", "If it differs from the cluster’s setting.", optional=True, most=10
    )
    agreement_ends_on: dt.date | None = day(
        "Own agreement ends", "If it differs from the cluster’s.", optional=True
    )


class Membership(MembershipDraft, Record, table=True):
    """A spell of membership."""

    __table_args__ = table_args(unique("school_id", "joined_on"), check("order", "left_on >= joined_on"))


class LeadSpellDraft(Draft):
    """Which school holds the money, and from when (R-CLU-2)."""

    school_id: int = link("school", "School")
    starts_on: dt.date = day("From")
    ends_on: dt.date | None = day("To", optional=True)


class LeadSpell(LeadSpellDraft, Record, table=True):
    """A spell of being the lead school."""

    __tablename__ = "lead_spell"
    __table_args__ = table_args(unique("starts_on"), check("order", "ends_on >= starts_on"))


class PersonDraft(Draft):
    """An adult the cluster works with: work contact only, and as little as is needed (F10.2)."""

    name: str = text("Name", "If two people have the same name, add what tells them apart.", unique=True)
    school_id: int | None = link("school", "School", "Empty for people from outside.", optional=True)
    organisation: str = words("Organisation", "For people from outside the schools.")
    email: str = words("Work email", limit=254)
    phone: str = words("Work telephone", limit=30)
    is_fellow: bool = flag("College Fellow")
    is_ect: bool = flag("Early career teacher (ECT)")
    left_on: dt.date | None = day("Left", optional=True)
    notes: str = note("Notes", "No health or private matters.")


class Person(PersonDraft, Record, table=True):
    """A teacher, head, Advisor or other adult."""


class RoleDraft(Draft):
    """What a person does for the cluster or a school, and when (R-CLU-12)."""

    person_id: int = link("person", "Name")
    kind: RoleKind = choice(RoleKind, "Role")
    school_id: int | None = link("school", "School", "For a role in one school.", optional=True)
    starts_on: dt.date = day("From")
    ends_on: dt.date | None = day("To", optional=True)
    handover_note: str = note("Handover note", "What the next person needs to know.")


class Role(RoleDraft, Record, table=True):
    """A dated role."""

    __table_args__ = table_args(
        unique("person_id", "kind", "school_id", "starts_on"), check("order", "ends_on >= starts_on")
    )


class ContactLogDraft(Draft):
    """A contact worth remembering: encouragement, a problem, a talk with the Advisor (R-CLU-8, R-CLU-11)."""

    on: dt.date = day("Date")
    kind: ContactKind = choice(ContactKind, "Kind")
    school_id: int | None = link("school", "School", optional=True)
    person_id: int | None = link("person", "With", optional=True)
    summary: str = text("What it was about", limit=2000)
    outcome: str = words("Outcome", limit=2000)
    told_advisor_on: dt.date | None = day("Advisor told", optional=True)
    closed_on: dt.date | None = day("Closed", optional=True)


class ContactLog(ContactLogDraft, Record, table=True):
    """A line of the contacts log."""

    __tablename__ = "contact_log"


class AdvisorQuestionDraft(Draft):
    """A question or idea put to the Advisor, and the answer (R-ASK-1)."""

    asked_on: dt.date = day("Asked")
    question: str = text("Question", limit=2000)
    answered_on: dt.date | None = day("Answered", optional=True)
    answer: str = words("Answer", limit=2000)


class AdvisorQuestion(AdvisorQuestionDraft, Record, table=True):
    """A question to the Advisor."""

    __tablename__ = "advisor_question"


class DeclarationDraft(Draft):
    """A school's word that its release money is on top of the science budget (R-COVER-7)."""

    school_id: int = link("school", "School")
    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    additional: Answer = choice(Answer, "On top of the science budget", default=Answer.NOT_SAID)
    confirmed_by: str = words("Confirmed by")
    confirmed_on: dt.date | None = day("Confirmed on", optional=True)


class Declaration(DeclarationDraft, Record, table=True):
    """A school's declaration for a school year."""

    __table_args__ = table_args(unique("school_id", "school_year"))


class StrengthDraft(Draft):
    """What a teacher can help others with, or asks help for (R-PPL-1)."""

    person_id: int = link("person", "Name")
    kind: OfferKind = choice(OfferKind, "Kind", default=OfferKind.OFFER)
    topic: str = text("Topic")
    notes: str = words("Notes", limit=2000)


class Strength(StrengthDraft, Record, table=True):
    """A line of the strengths directory."""

    __table_args__ = table_args(unique("person_id", "kind", "topic"))


class YearTaughtDraft(Draft):
    """Who teaches which year group: the swap list (R-MEET-13)."""

    person_id: int = link("person", "Name")
    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    year_group: str = text("Year group", "EYFS, Y1 to Y6, KS3.", limit=10)


class YearTaught(YearTaughtDraft, Record, table=True):
    """A year group that a person teaches in a school year."""

    __tablename__ = "year_taught"
    __table_args__ = table_args(unique("person_id", "school_year", "year_group"))


class DevelopmentPlanDraft(Draft):
    """A lead teacher's own development plan: private, only counted in the pack (R-PPL-3)."""

    person_id: int = link("person", "Name")
    goal: str = text("Goal", limit=2000)
    support: str = words("Support", limit=2000)
    review_on: dt.date | None = day("Review due", optional=True)
    reviewed_on: dt.date | None = day("Reviewed", optional=True)
    evidence: str = note("Evidence")


class DevelopmentPlan(DevelopmentPlanDraft, Record, table=True):
    """A development plan."""

    __tablename__ = "development_plan"
