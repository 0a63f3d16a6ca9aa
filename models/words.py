"""The field's words as enumerations: each member is the stored word, its `label` the word on screen.

Used by tables and rules alike, so that neither has to import the other (domain, part B).
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored word with its words on screen and paper."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make a member from its stored word and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Phase(Word):
    """The phase of education of a school, as GIAS has it (F5.5)."""

    NURSERY = "nursery", "Nursery"
    INFANT = "infant", "Infant"
    JUNIOR = "junior", "Junior"
    PRIMARY = "primary", "Primary"
    MIDDLE = "middle", "Middle"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all_through", "All-through"
    SPECIAL = "special", "Special"
    POST_16 = "post_16", "16 plus"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class VatRecovery(Word):
    """Whether a school gets its VAT back (D15). ASK: its business manager has not said yet."""

    YES = "yes", "Yes"
    NO = "no", "No"
    ASK = "ask", "Ask"


class SchoolStatus(Word):
    """A school's state in GIAS."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Open, but proposed to close"
    PROPOSED = "proposed", "Proposed to open"
    CLOSED = "closed", "Closed"


class Engagement(Word):
    """How a school takes part (R-CLU-8). LEFT follows from the membership's last day."""

    ACTIVE = "active", "Active"
    AT_RISK = "at_risk", "At risk"
    LEFT = "left", "Left"


class RoleKind(Word):
    """What a person does for the cluster. The sponsor's contacts are roles too (D25)."""

    CLUSTER_LEAD = "cluster_lead", "Cluster lead"
    SSL = "ssl", "Science subject leader (SSL)"
    HEADTEACHER = "headteacher", "Headteacher"
    ADVISOR = "advisor", "Cluster Advisor"
    DIRECTOR = "director", "Cluster Director"
    STEERING_CHAIR = "steering_chair", "Steering Group chair"
    STEERING_MEMBER = "steering_member", "Steering Group member"
    FINANCE = "finance", "Finance administrator"
    INFLUENCER = "influencer", "Science influencer"
    LEAD_TEACHER = "lead_teacher", "Lead teacher"
    TEACHER = "teacher", "Teacher"


class ContactKind(Word):
    """What a contact was about (R-CLU-8, R-CLU-11)."""

    ENCOURAGEMENT = "encouragement", "Encouragement to take part"
    ADVISOR_DISCUSSION = "advisor_discussion", "Discussion with the Advisor"
    PROBLEM = "problem", "Potential problem"
    OTHER = "other", "Other"


class Answer(Word):
    """An answer that may be missing (R-COVER-7)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SAID = "not_said", "Not said"


class OfferKind(Word):
    """A strength offered, or a need for help (R-PPL-1)."""

    OFFER = "offer", "Offers"
    ASK = "ask", "Asks for"


class AgreementResult(Word):
    """How an application or review ended."""

    PENDING = "pending", "Pending"
    SUCCESSFUL = "successful", "Successful"
    UNSUCCESSFUL = "unsuccessful", "Unsuccessful"


class ClosureKind(Word):
    """Why schools are closed on a day."""

    BANK_HOLIDAY = "bank_holiday", "Bank holiday"
    INSET = "inset", "INSET day"
    CLOSURE = "closure", "Closure"


class MeetingKind(Word):
    """Who meets (R-MEET-4). Only FULL_CLUSTER counts to the minimum."""

    FULL_CLUSTER = "full_cluster", "Full cluster"
    SUB_GROUP = "sub_group", "Sub-group or project"
    ADVISOR = "advisor", "Cluster leads with Advisor"
    STEERING = "steering", "Steering Group"
    NETWORK = "network", "Network or conference"
    CPD = "cpd", "CPD"


class Happened(Word):
    """Whether a planned thing took place."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class AttendanceCode(Word):
    """A school's mark at a meeting (R-MEET-8): the letter is what is printed."""

    P = "P", "Present, released"
    S = "S", "Present in own time or other"
    A = "A", "Apology"
    N = "N", "No reply"


class ReleaseMethod(Word):
    """How a school freed its teacher (R-MEET-12); the cost may be £0."""

    AGENCY = "agency", "Supply agency"
    SUPPLY = "supply", "Own supply teacher"
    HLTA = "hlta", "HLTA or TA"
    INTERNAL = "internal", "Colleague in school"
    HEAD = "head", "Head taught the class"
    TLR = "tlr", "TLR or leadership time"
    NONE = "none", "Not needed"


class AgendaState(Word):
    """Where an agenda item stands."""

    OPEN = "open", "Open"
    DISCUSSED = "discussed", "Discussed"
    DROPPED = "dropped", "Dropped"


class ThreeE(Word):
    """Stage of an activity (R-PPL-2): labels only, no score."""

    ENGAGING = "engaging", "Engaging"
    ENABLING = "enabling", "Enabling"
    EMPOWERING = "empowering", "Empowering"


class HalfDay(Word):
    """The part of the day covered (R-COVER-2): DAY is two half-days."""

    AM = "am", "Morning"
    PM = "pm", "Afternoon"
    DAY = "day", "Whole day"


class CoverPurpose(Word):
    """What the release was for; it decides who pays (R-COVER-6)."""

    FULL_CLUSTER = "full_cluster", "Full cluster meeting"
    SUB_GROUP = "sub_group", "Sub-group or project meeting"
    PROJECT = "project", "Project work"
    CPD = "cpd", "CPD session"
    TRIP = "trip", "Trip or activity for children"


class ClaimState(Word):
    """A cover claim's state (R-COVER-13)."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    PAID = "paid", "Paid"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PaidFrom(Word):
    """Which money a claim draws on (R-COVER-6)."""

    SCHOOL_ALLOWANCE = "school_allowance", "School’s own allowance"
    CLUSTER_POT = "cluster_pot", "Cluster pot"
    OTHER_FUNDING = "other_funding", "Other funding"


class FundKind(Word):
    """A fund of the cluster. The two lead funds and the pot are never mixed (R-LEAD-3, R-FUND-2)."""

    POT = "pot", "Cluster pot"
    LEAD_TIME = "lead_time", "Lead time"
    LEAD_ADMIN = "lead_admin", "Finance administration"
    OTHER = "other", "Other funding"


class Direction(Word):
    """Which way money goes."""

    IN = "in", "In"
    OUT = "out", "Out"


class Heading(Word):
    """What money was for, or where it came from."""

    GRANT = "grant", "Grant from sponsor"
    SCHOOL_CONTRIBUTION = "school_contribution", "School contributions"
    GIFT = "gift", "Gifts"
    OTHER_INCOME = "other_income", "Other income"
    PROJECT_RELEASE = "project_release", "Project release"
    CPD = "cpd", "CPD providers"
    RESOURCES = "resources", "Resource bank"
    EXTRA_TIME = "extra_time", "Extra organisational time"
    LEAD_TIME = "lead_time", "Lead time"
    ADMINISTRATION = "administration", "Finance administration"
    TRAVEL = "travel", "Travel"
    PSQM = "psqm", "PSQM"
    EVENTS = "events", "Events"
    OTHER_COST = "other_cost", "Other costs"


class EntryState(Word):
    """Whether money has moved."""

    PLANNED = "planned", "Planned"
    PAID = "paid", "Paid"


class ApprovalKind(Word):
    """What was asked of the Advisor (R-LEAD-4, R-TRAV-1)."""

    EXTRA_TIME = "extra_time", "Extra organisational time"
    TRAVEL = "travel", "Travel"
    PSQM = "psqm", "PSQM"
    MEMBERSHIP = "membership", "Change of schools"
    OTHER = "other", "Other"


class ApprovalState(Word):
    """The Advisor's answer."""

    PENDING = "pending", "Pending"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"


class OtherFundingState(Word):
    """How far an application for other funding has come (R-FUND-1)."""

    APPLIED = "applied", "Applied"
    AWARDED = "awarded", "Awarded"
    REFUSED = "refused", "Refused"
    FINISHED = "finished", "Finished"


class ProviderKind(Word):
    """Who gives a CPD session (R-CPD-6)."""

    FELLOW = "fellow", "College Fellow"
    NON_FELLOW = "non_fellow", "Not a Fellow"
    OTHER = "other", "Other"


class ExcessSplit(Word):
    """How schools share what is above the CPD limit (R-CPD-3, D9)."""

    EQUAL = "equal", "Equally, all active schools"
    ATTENDING = "attending", "Equally, schools that attended"
    BY_ROLL = "by_roll", "By pupils on roll"


class OutcomeMet(Word):
    """Whether a CPD session met its outcomes for a person (R-IMP-2)."""

    YES = "yes", "Yes"
    PART = "part", "In part"
    NO = "no", "No"


class Respondent(Word):
    """Who answered (F3.2, R-IMP-6)."""

    LEADER = "leader", "Science leader"
    OTHER_TEACHER = "other_teacher", "Other teacher"


class ResourceKind(Word):
    """What kind of thing is shared."""

    ITEM = "item", "Item"
    KIT = "kit", "Kit"
    QUICK_ENQUIRY = "quick_enquiry", "Quick-enquiry starter"
    PLAN = "plan", "Plan or guide"
    BOOK = "book", "Book"


class OwnerKind(Word):
    """Who owns a resource; a loan never changes it (R-RES-3)."""

    CLUSTER = "cluster", "Cluster"
    SCHOOL = "school", "School"
    TRUST = "trust", "Trust"
    LENDER = "lender", "Outside lender"


class ResourceLife(Word):
    """Where a resource stands (R-RES-4). DROPPED is an honest end (R-RES-5)."""

    IDEA = "idea", "Idea"
    ON_TRIAL = "on_trial", "On trial"
    ADOPTED = "adopted", "Adopted"
    DROPPED = "dropped", "Dropped"
    SHARED = "shared", "In the shared bank"


class TagKind(Word):
    """What a tag says (R-RES-8)."""

    YEAR_GROUP = "year_group", "Year group"
    UNIT = "unit", "Unit"
    ENQUIRY_TYPE = "enquiry_type", "Enquiry type"
    ENQUIRY_SKILL = "enquiry_skill", "Enquiry skill"
    FOCUS_AREA = "focus_area", "Focus area"
    KEYWORD = "keyword", "Keyword"


class TrialVerdict(Word):
    """How a trial ended."""

    RUNNING = "running", "Still running"
    ADOPT = "adopt", "Adopt"
    DROP = "drop", "Drop"


class AdoptionLevel(Word):
    """How far a school uses a resource (R-RES-7)."""

    NOT_STARTED = "not_started", "Not started"
    SOME = "some", "Some staff"
    ALL = "all", "All staff"


class ChargedTo(Word):
    """Who pays for a part lost on loan (R-LOAN-3)."""

    SCHOOL = "school", "School"
    POT = "pot", "Cluster pot"


class ProjectScope(Word):
    """Shared by the cluster, or one school's own theme (R-PROJ-1)."""

    SHARED = "shared", "Shared"
    SCHOOL_THEME = "school_theme", "School theme"


class Difficulty(Word):
    """How hard a project is (R-PROJ-1)."""

    EASIER = "easier", "Easier"
    HARDER = "harder", "Harder"


class Length(Word):
    """How long a project is (R-PROJ-1)."""

    SHORT = "short", "Short"
    LONG = "long", "Long"


class ProjectState(Word):
    """Where a project stands."""

    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class EvidenceKind(Word):
    """The form of a piece of evidence."""

    WORDS = "words", "Words"
    QUOTE = "quote", "Quote"
    PHOTO = "photo", "Photograph"
    FILE = "file", "File"


class Reach(Word):
    """How far a change has spread (R-IMP-7)."""

    SELF = "self", "The teacher"
    STAFF = "staff", "Other staff"
    WHOLE_SCHOOL = "whole_school", "Whole school"
    CLUSTER = "cluster", "Cluster"
    OTHER_SCHOOLS = "other_schools", "Other schools"


class PermissionBasis(Word):
    """Why a photograph may be used (R-DATA-3). REFUSED or blank never prints."""

    PUBLIC_TASK = "public_task", "Public task"
    CONSENT = "consent", "Consent"
    NO_PEOPLE = "no_people", "No people in it"
    REFUSED = "refused", "Refused"


class SurveyRound(Word):
    """Before or after (R-IMP-4)."""

    BASELINE = "baseline", "Before"
    FOLLOW_UP = "follow_up", "After"


class ActivityKind(Word):
    """Activities besides meetings and CPD (R-TRAN-1, R-PUB-1, R-INC-1)."""

    TRANSITION = "transition", "KS2 to KS3 transition"
    DISSEMINATION = "dissemination", "Talk, article or publication"
    CELEBRATION = "celebration", "Celebration or festival"
    VISIT = "visit", "Visit"
    FAMILY = "family", "Family learning"
    PRACTICE = "practice", "Joint practice development"
    OTHER = "other", "Other"


class Audience(Word):
    """For all schools, or for some (R-INC-2)."""

    UNIVERSAL = "universal", "Universal"
    TARGETED = "targeted", "Targeted"


class PartnerKind(Word):
    """Who else helps (R-PROJ-3)."""

    UNIVERSITY = "university", "University"
    LEARNED_SOCIETY = "learned_society", "Learned society"
    SECONDARY = "secondary", "Secondary school"
    EMPLOYER = "employer", "Employer"
    AMBASSADOR = "ambassador", "STEM Ambassador"
    OTHER = "other", "Other"


class PsqmLevel(Word):
    """Awards by name; an old silver is never turned into a GILT (F2.1)."""

    PSQM = "psqm", "PSQM"
    GILT = "gilt", "PSQM GILT"
    OUTREACH = "outreach", "PSQM OUTREACH"
    BRONZE = "bronze", "Bronze (to 2018)"
    SILVER = "silver", "Silver (to 2018)"
    GOLD = "gold", "Gold (to 2018)"


class PsqmState(Word):
    """Where a request for PSQM money stands (R-PSQM-2)."""

    REQUESTED = "requested", "Requested"
    WAITING = "waiting", "On the waiting list"
    FUNDED = "funded", "Funded"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PackNoteKind(Word):
    """The lead's own words in the pack."""

    FOREWORD = "foreword", "Foreword"
    SUCCESS = "success", "Success"
    DIFFICULTY = "difficulty", "Difficulty"
    ASK = "ask", "Decision we ask for"
