"""Which tables travel as sheets, in which order, and what each row is known by.

Columns are the Draft's fields, their titles the headings: nothing about a column is said twice. A link is
written as the key of the record it points to (a school's name, a claim's number); where a key has several
parts they are joined by KEY_JOIN. Files and issued packs hold bytes and stay in the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Table

from models import tables as t

KEY_JOIN = " | "


@dataclass(frozen=True)
class Sheet:
    """One sheet: a table's rows.

    Attributes:
        title: the sheet's name, at most 31 characters.
        draft: checks a row; its fields are the columns.
        record: stores a row.
        key: the fields a row is known by on other sheets and on re-import.
        natural: what tells rows apart where a code was left empty; then the code is given out.
        about: one sentence for the Guide sheet.
        left_out: fields that do not travel.
    """

    title: str
    draft: type[t.Draft]
    record: type[t.Record]
    key: tuple[str, ...]
    about: str
    natural: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def table(self) -> Table:
        """The stored table."""
        return t.metadata.tables[str(self.record.__tablename__)]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that travel, in the order of the columns."""
        return tuple(name for name in self.draft.model_fields if name not in self.left_out)

    def heading(self, field: str) -> str:
        """A column's heading."""
        return str(self.draft.model_fields[field].title)


SHEETS: tuple[Sheet, ...] = (
    Sheet("Cluster", t.ClusterDraft, t.Cluster, (), "The cluster itself: one row.", left_out=("logo_id",)),
    Sheet("Agreements", t.AgreementDraft, t.Agreement, ("starts_on",), "Each stage’s agreement with the sponsor."),
    Sheet("Settings", t.SchemeSettingDraft, t.SchemeSetting, ("key", "starts_on"), "Amounts and limits that differ from the guidance."),
    Sheet("Schools", t.SchoolDraft, t.School, ("name",), "Every school that is or was a member."),
    Sheet("Terms", t.SchoolTermDraft, t.SchoolTerm, ("school_year", "term", "half"), "Term dates, half-term by half-term."),
    Sheet("Closed days", t.ClosedDayDraft, t.ClosedDay, ("on", "school_id"), "Bank holidays, INSET days and closures."),
    Sheet("Memberships", t.MembershipDraft, t.Membership, ("school_id", "joined_on"), "When each school joined and left."),
    Sheet("Lead school", t.LeadSpellDraft, t.LeadSpell, ("starts_on",), "Which school holds the money, and from when."),
    Sheet("People", t.PersonDraft, t.Person, ("name",), "The adults you work with. Work contacts only."),
    Sheet("Roles", t.RoleDraft, t.Role, ("person_id", "kind", "school_id", "starts_on"), "Who does what, from when to when."),
    Sheet("Declarations", t.DeclarationDraft, t.Declaration, ("school_id", "school_year"), "Is the £500 on top of the science budget?"),
    Sheet("Contacts log", t.ContactLogDraft, t.ContactLog, ("on", "kind", "school_id", "summary"), "Encouragement, problems, talks with the Advisor."),
    Sheet("Advisor questions", t.AdvisorQuestionDraft, t.AdvisorQuestion, ("asked_on", "question"), "What you asked the Advisor, and the answers."),
    Sheet("Strengths", t.StrengthDraft, t.Strength, ("person_id", "kind", "topic"), "What people can help with, or need help with."),
    Sheet("Years taught", t.YearTaughtDraft, t.YearTaught, ("person_id", "school_year", "year_group"), "Who teaches which year group."),
    Sheet("Development plans", t.DevelopmentPlanDraft, t.DevelopmentPlan, ("person_id", "goal"), "Lead teachers’ own plans. Private."),
    Sheet("Aims", t.AimDraft, t.Aim, ("number", "starts_on"), "The six central aims in your words."),
    Sheet("Focus areas", t.FocusAreaDraft, t.FocusArea, ("name",), "Areas your activities can serve."),
    Sheet("Meetings", t.MeetingDraft, t.Meeting, ("code",), "Every meeting, planned or held.", natural=("held_on", "title")),
    Sheet("Invitations", t.InvitationDraft, t.Invitation, ("meeting_id", "school_id"), "Only for meetings that not every school is asked to."),
    Sheet("Agenda", t.AgendaItemDraft, t.AgendaItem, ("meeting_id", "title"), "Topics, who proposed them, and their minutes."),
    Sheet("Attendance", t.AttendanceDraft, t.Attendance, ("meeting_id", "school_id", "person_id"), "Who came: P, S, A or N."),
    Sheet("Decisions", t.DecisionDraft, t.Decision, ("code",), "What meetings decided.", natural=("meeting_id", "text")),
    Sheet("Actions", t.ActionDraft, t.Action, ("code",), "Who does what by when.", natural=("meeting_id", "what")),
    Sheet("Other funding", t.OtherFundingDraft, t.OtherFunding, ("name",), "Money applied for or received from elsewhere."),
    Sheet("Funds", t.FundDraft, t.Fund, ("name",), "The cluster pot, the two lead funds, and any other stream."),
    Sheet("Budget", t.BudgetLineDraft, t.BudgetLine, ("fund_id", "school_year", "direction", "heading"), "What was planned."),
    Sheet("Approvals", t.ApprovalDraft, t.Approval, ("code",), "What the Advisor was asked before money was spent.", natural=("kind", "asked_on", "question")),
    Sheet("Cover claims", t.CoverClaimDraft, t.CoverClaim, ("code",), "Supply cover, at its real cost.", natural=("person_id", "cover_on", "half_day", "reverses_id")),
    Sheet("Claim trail", t.ClaimEventDraft, t.ClaimEvent, ("claim_id", "on", "state", "words"), "Each claim’s moves. You can leave this sheet empty."),
    Sheet("CPD sessions", t.CpdSessionDraft, t.CpdSession, ("code",), "Sessions and what they cost.", natural=("held_on", "title")),
    Sheet("CPD bookings", t.CpdBookingDraft, t.CpdBooking, ("cpd_session_id", "person_id"), "Who was booked, and who came."),
    Sheet("CPD evaluations", t.CpdEvaluationDraft, t.CpdEvaluation, ("cpd_session_id", "slip"), "One row for each slip, without names."),
    Sheet("Resources", t.ResourceDraft, t.Resource, ("code",), "Things, kits and quick-enquiry starters.", natural=("name", "kind")),
    Sheet("Tags", t.ResourceTagDraft, t.ResourceTag, ("resource_id", "kind", "value"), "Year, unit and enquiry tags."),
    Sheet("Kit contents", t.KitItemDraft, t.KitItem, ("resource_id", "name"), "What is in each kit."),
    Sheet("Entries", t.FundEntryDraft, t.FundEntry, ("code",), "Money in and out.", natural=("fund_id", "on", "direction", "heading", "description", "amount_p")),
    Sheet("Closed years", t.YearCloseDraft, t.YearClose, ("fund_id", "school_year", "closed_on"), "Years that were closed, and the figure carried over."),
    Sheet("Loans", t.LoanDraft, t.Loan, ("code",), "Who has what, and until when.", natural=("resource_id", "school_id", "starts_on")),
    Sheet("Loan check-in", t.LoanLineDraft, t.LoanLine, ("loan_id", "kit_item_id"), "What came back, part by part."),
    Sheet("Trials", t.TrialDraft, t.Trial, ("resource_id", "school_id", "starts_on"), "What was tried in class, and what was found."),
    Sheet("Adoption", t.AdoptionDraft, t.Adoption, ("resource_id", "school_id"), "How far each school uses each resource."),
    Sheet("Trust requests", t.TrustRequestDraft, t.TrustRequest, ("name", "school_id", "requested_on"), "Free Trust resources asked for."),
    Sheet("Wanted list", t.WantedItemDraft, t.WantedItem, ("school_id", "name", "raised_on"), "What schools need."),
    Sheet("Stock checks", t.StockCheckDraft, t.StockCheck, ("resource_id", "checked_on"), "What was counted, and when."),
    Sheet("Projects", t.ProjectDraft, t.Project, ("code",), "Shared projects and school themes.", natural=("title",)),
    Sheet("Project schools", t.ProjectSchoolDraft, t.ProjectSchool, ("project_id", "school_id"), "Which schools take part in which project."),
    Sheet("Partners", t.PartnerDraft, t.Partner, ("name",), "Universities, societies, employers and others who help."),
    Sheet("Activities", t.ActivityDraft, t.Activity, ("code",), "Transition, dissemination, celebrations, families.", natural=("on", "title")),
    Sheet("Activity schools", t.ActivitySchoolDraft, t.ActivitySchool, ("activity_id", "school_id"), "Which schools took part in which activity."),
    Sheet("Evidence", t.EvidenceDraft, t.Evidence, ("code",), "What changed, and how you know.", natural=("on", "text"), left_out=("attachment_id",)),
    Sheet("Aim links", t.AimLinkDraft, t.AimLink, tuple(t.AimLinkDraft.model_fields), "Which aim or focus area each thing serves."),
    Sheet("Confidence areas", t.ConfidenceAreaDraft, t.ConfidenceArea, ("name",), "What the confidence survey asks about."),
    Sheet("Confidence", t.ConfidenceAnswerDraft, t.ConfidenceAnswer, ("school_year", "round", "slip", "area_id"), "Scores from the slips, before and after."),
    Sheet("Shared documents", t.SharedDocumentDraft, t.SharedDocument, ("title", "version"), "Strategies written together."),
    Sheet("Document agreements", t.DocumentAgreementDraft, t.DocumentAgreement, ("document_id", "school_id"), "Which schools agreed which version."),
    Sheet("BAR feedback", t.BarSlipDraft, t.BarSlip, ("school_year", "slip"), "What to make bigger, add, remove."),
    Sheet("PSQM awards", t.PsqmAwardDraft, t.PsqmAward, ("school_id", "awarded_on"), "Quality marks, old and new."),
    Sheet("PSQM requests", t.PsqmRequestDraft, t.PsqmRequest, ("school_id", "requested_on"), "Requests for PSQM money."),
    Sheet("Next year", t.NextStepDraft, t.NextStep, ("school_year", "task"), "The plan for a year."),
    Sheet("Pack words", t.PackNoteDraft, t.PackNote, ("school_year", "kind", "position"), "Foreword, successes, difficulties, decisions asked for."),
    Sheet("Pack parts", t.PackPartDraft, t.PackPart, ("school_year", "part"), "Parts of the pack that are left out or stand elsewhere."),
)  # fmt: skip

BY_TABLE = {str(sheet.record.__tablename__): sheet for sheet in SHEETS}
BY_TITLE = {sheet.title: sheet for sheet in SHEETS}
