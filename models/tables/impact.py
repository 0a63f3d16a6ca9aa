"""What it was for and what came of it: aims, projects, evidence, confidence, activities, quality mark."""

import datetime as dt

from models.tables.base import (
    Draft,
    Record,
    check,
    choice,
    code,
    day,
    flag,
    link,
    note,
    number,
    pence,
    table_args,
    text,
    unique,
    words,
)  # fmt: skip
from models.words import (
    ActivityKind,
    Audience,
    Difficulty,
    EvidenceKind,
    Length,
    PackNoteKind,
    PartnerKind,
    PermissionBasis,
    ProjectScope,
    ProjectState,
    PsqmLevel,
    PsqmState,
    Reach,
    Respondent,
    SurveyRound,
    ThreeE,
)  # fmt: skip


class AimDraft(Draft):
    """One of the six central aims, in the cluster's own words (R-AIM-1, D2)."""

    number: int = number("Aim", "1 to 6.", least=1, most=6)
    text: str = text("Words", limit=500)
    starts_on: dt.date = day("From")


class Aim(AimDraft, Record, table=True):
    """A central aim, dated."""

    __table_args__ = table_args(unique("number", "starts_on"))


class FocusAreaDraft(Draft):
    """An area a cluster may focus on (R-AIM-2)."""

    name: str = text("Focus area", unique=True)
    position: int = number("Order", default=0)
    retired: bool = flag("No longer used")


class FocusArea(FocusAreaDraft, Record, table=True):
    """A focus area."""

    __tablename__ = "focus_area"


class ProjectDraft(Draft):
    """A shared project or one school's theme (R-PROJ-1, R-PROJ-2)."""

    code: str = code("Project", "PR-", "For example PR-01.")
    title: str = text("Title")
    scope: ProjectScope = choice(ProjectScope, "Shared or one school’s", default=ProjectScope.SHARED)
    school_id: int | None = link("school", "School", "For a school theme.", optional=True)
    difficulty: Difficulty | None = choice(Difficulty, "Easier or harder", optional=True)
    length: Length | None = choice(Length, "Short or long", optional=True)
    state: ProjectState = choice(ProjectState, "State", default=ProjectState.PLANNED)
    starts_on: dt.date | None = day("From", optional=True)
    ends_on: dt.date | None = day("To", optional=True)
    stopped_reason: str = words("Why stopped", limit=500)
    programme: str = words("Evidence-based programme", "Its name, and a link to it.")
    feedback_on: dt.date | None = day("Feedback given", optional=True)
    feedback: str = note("Feedback")


class Project(ProjectDraft, Record, table=True):
    """A project or theme."""


class ProjectSchoolDraft(Draft):
    """A school that takes part in a shared project."""

    project_id: int = link("project", "Project")
    school_id: int = link("school", "School")


class ProjectSchool(ProjectSchoolDraft, Record, table=True):
    """A school in a project."""

    __tablename__ = "project_school"
    __table_args__ = table_args(unique("project_id", "school_id"))


class EvidenceDraft(Draft):
    """What shows that something changed (R-IMP-7, R-IMP-10, R-DATA-3)."""

    code: str = code("Evidence", "EV-", "For example EV-0001.")
    on: dt.date = day("Date")
    kind: EvidenceKind = choice(EvidenceKind, "Kind", default=EvidenceKind.WORDS)
    text: str = note("What changed, and how we know", "No pupils’ names.")
    by_whom: str = words("Whose words", "A role, for example Year 4 teacher.")
    school_id: int | None = link("school", "School", optional=True)
    reach: Reach | None = choice(Reach, "How far it has spread", optional=True)
    permission: PermissionBasis | None = choice(
        PermissionBasis, "Permission", "Without it a photograph never prints.", optional=True
    )
    consent_until: dt.date | None = day("Consent ends", optional=True)
    attachment_id: int | None = link("attachment", "File", optional=True)
    meeting_id: int | None = link("meeting", "Meeting", optional=True)
    cpd_session_id: int | None = link("cpd_session", "CPD session", optional=True)
    resource_id: int | None = link("resource", "Resource", optional=True)
    project_id: int | None = link("project", "Project", optional=True)
    fund_entry_id: int | None = link("fund_entry", "Entry", optional=True)
    in_pack: bool = flag("In the pack", default=True)


class Evidence(EvidenceDraft, Record, table=True):
    """A piece of evidence."""


class AimLinkDraft(Draft):
    """Which aim or focus area a thing serves (R-MEET-6, R-AIM-3). One aim or area, and one thing."""

    aim_id: int | None = link("aim", "Aim", optional=True)
    focus_area_id: int | None = link("focus_area", "Focus area", optional=True)
    meeting_id: int | None = link("meeting", "Meeting", optional=True)
    cpd_session_id: int | None = link("cpd_session", "CPD session", optional=True)
    resource_id: int | None = link("resource", "Resource", optional=True)
    project_id: int | None = link("project", "Project", optional=True)
    fund_entry_id: int | None = link("fund_entry", "Entry", optional=True)
    evidence_id: int | None = link("evidence", "Evidence", optional=True)
    activity_id: int | None = link("activity", "Activity", optional=True)


_THINGS = "meeting_id cpd_session_id resource_id project_id fund_entry_id evidence_id activity_id".split()


class AimLink(AimLinkDraft, Record, table=True):
    """An aim or focus area served by one thing."""

    __tablename__ = "aim_link"
    __table_args__ = table_args(
        check("one_aim", "(aim_id IS NULL) + (focus_area_id IS NULL) = 1"),
        check("one_thing", " + ".join(f"({thing} IS NULL)" for thing in _THINGS) + f" = {len(_THINGS) - 1}"),
    )


class ConfidenceAreaDraft(Draft):
    """An area asked about in the confidence survey (R-IMP-4)."""

    name: str = text("Area", unique=True)
    position: int = number("Order", default=0)
    leaders_only: bool = flag("Asked of science leaders only")


class ConfidenceArea(ConfidenceAreaDraft, Record, table=True):
    """An area of the confidence survey."""

    __tablename__ = "confidence_area"


class ConfidenceAnswerDraft(Draft):
    """One score on a paper slip, paired by a code and never by a name (R-IMP-4, R-IMP-5)."""

    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    round: SurveyRound = choice(SurveyRound, "Before or after")
    slip: str = text("Code on the slip", limit=20)
    respondent: Respondent | None = choice(Respondent, "Who answered", optional=True)
    area_id: int = link("confidence_area", "Area")
    score: int = number("Score", least=1, most=10)
    answered_on: dt.date | None = day("Date", optional=True)


class ConfidenceAnswer(ConfidenceAnswerDraft, Record, table=True):
    """A score of the confidence survey."""

    __tablename__ = "confidence_answer"
    __table_args__ = table_args(unique("school_year", "round", "slip", "area_id"))


class ActivityDraft(Draft):
    """Transition, dissemination, celebration and the like (R-TRAN-1, R-PUB-1, R-INC-1, R-INC-2)."""

    code: str = code("Activity", "AC-", "For example AC-01.")
    on: dt.date = day("Date")
    kind: ActivityKind = choice(ActivityKind, "Kind")
    title: str = text("Title")
    description: str = note("Description", "No pupils’ names.")
    audience: Audience = choice(Audience, "Audience", default=Audience.UNIVERSAL)
    three_e: ThreeE | None = choice(ThreeE, "3E stage", optional=True)
    partner_id: int | None = link("partner", "Partner", optional=True)
    project_id: int | None = link("project", "Project", optional=True)
    people_count: int | None = number(
        "How many took part", "Counts under five are not printed.", optional=True
    )
    pupil_premium: bool = flag("For Pupil Premium pupils")
    sen: bool = flag("For pupils with SEN")
    gender: bool = flag("On gender balance")
    minorities: bool = flag("For minorities")
    family: bool = flag("Family learning")
    primary_side: str = words("Primary side", limit=500)
    secondary_side: str = words("Secondary side", limit=500)
    pedagogy: str = words("Shared way of teaching", limit=500)


class Activity(ActivityDraft, Record, table=True):
    """An activity that is neither a meeting nor a CPD session."""


class ActivitySchoolDraft(Draft):
    """A school that took part in an activity."""

    activity_id: int = link("activity", "Activity")
    school_id: int = link("school", "School")


class ActivitySchool(ActivitySchoolDraft, Record, table=True):
    """A school in an activity."""

    __tablename__ = "activity_school"
    __table_args__ = table_args(unique("activity_id", "school_id"))


class PartnerDraft(Draft):
    """Who else helps, and what the cluster got (R-PROJ-3)."""

    name: str = text("Partner", unique=True)
    kind: PartnerKind = choice(PartnerKind, "Kind", default=PartnerKind.OTHER)
    obtained: str = words("What the cluster obtained", limit=500)
    since_on: dt.date | None = day("Since", optional=True)


class Partner(PartnerDraft, Record, table=True):
    """A partner of the cluster."""


class SharedDocumentDraft(Draft):
    """A strategy written together, by version (R-IMP-8)."""

    title: str = text("Document")
    version: int = number("Version", least=1, most=1000, default=1)
    issued_on: dt.date | None = day("Issued", optional=True)


class SharedDocument(SharedDocumentDraft, Record, table=True):
    """A version of a shared document."""

    __tablename__ = "shared_document"
    __table_args__ = table_args(unique("title", "version"))


class DocumentAgreementDraft(Draft):
    """A school that agreed a version of a shared document."""

    document_id: int = link("shared_document", "Document")
    school_id: int = link("school", "School")
    agreed_on: dt.date = day("Agreed")


class DocumentAgreement(DocumentAgreementDraft, Record, table=True):
    """An agreement to a shared document."""

    __tablename__ = "document_agreement"
    __table_args__ = table_args(unique("document_id", "school_id"))


class BarSlipDraft(Draft):
    """Feedback in three questions: what to make bigger, add, remove (F3.5)."""

    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    slip: int = number("Slip", least=1, most=1000)
    bigger: str = words("Make bigger", limit=500)
    add: str = words("Add", limit=500)
    remove: str = words("Remove", limit=500)


class BarSlip(BarSlipDraft, Record, table=True):
    """A feedback slip."""

    __tablename__ = "bar_slip"
    __table_args__ = table_args(unique("school_year", "slip"))


class PsqmAwardDraft(Draft):
    """A Primary Science Quality Mark that a school holds or held (R-PSQM-3)."""

    school_id: int = link("school", "School")
    level: PsqmLevel = choice(PsqmLevel, "Award")
    round: str = words("Round", limit=40)
    awarded_on: dt.date = day("Awarded")


class PsqmAward(PsqmAwardDraft, Record, table=True):
    """An award of a school."""

    __tablename__ = "psqm_award"
    __table_args__ = table_args(unique("school_id", "awarded_on"))


class PsqmRequestDraft(Draft):
    """A request for PSQM money: first time only (R-PSQM-1, R-PSQM-2)."""

    school_id: int = link("school", "School")
    requested_on: dt.date = day("Requested")
    state: PsqmState = choice(PsqmState, "State", default=PsqmState.REQUESTED)
    hub: str = words("Hub")
    hub_available: bool = flag("Hub has a place")
    advisor_contacted: bool = flag("Advisor contacted")
    amount_p: int | None = pence("Amount", optional=True)
    reason: str = words("Reason", limit=500)
    override_reason: str = words("Why allowed", limit=500)


class PsqmRequest(PsqmRequestDraft, Record, table=True):
    """A request for PSQM money."""

    __tablename__ = "psqm_request"
    __table_args__ = table_args(unique("school_id", "requested_on"))


class PackNoteDraft(Draft):
    """The lead's own words in a year's pack: foreword, successes, difficulties, decisions asked for."""

    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    kind: PackNoteKind = choice(PackNoteKind, "Kind")
    position: int = number("Order", default=0)
    text: str = note("Words")


class PackNote(PackNoteDraft, Record, table=True):
    """A passage for the review pack."""

    __tablename__ = "pack_note"
    __table_args__ = table_args(unique("school_year", "kind", "position"), check("words", "length(text) > 0"))
