"""The resource bank: things, what is in a kit, loans, trials, adoption, requests, wishes and stock checks."""

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
    AdoptionLevel,
    ChargedTo,
    OwnerKind,
    ResourceKind,
    ResourceLife,
    TagKind,
    TrialVerdict,
)


class ResourceDraft(Draft):
    """A thing that is shared. Its owner is always set, and a loan never changes it (R-RES-3)."""

    code: str = code("Resource", "R-", "The code on its label, for example KIT-01.")
    name: str = text("Name")
    kind: ResourceKind = choice(ResourceKind, "Kind", default=ResourceKind.ITEM)
    owner: OwnerKind = choice(OwnerKind, "Owner", default=OwnerKind.CLUSTER)
    owner_school_id: int | None = link("school", "Owner school", "If a school owns it.", optional=True)
    lender: str = words("Lender", "If it is lent from outside.")
    return_by: dt.date | None = day("Back to lender by", optional=True)
    life: ResourceLife = choice(ResourceLife, "Stage", default=ResourceLife.SHARED)
    dropped_reason: str = words("Why dropped", "Printed as something learnt.", limit=500)
    minutes: int | None = number("Minutes", "For a quick-enquiry starter.", optional=True, least=1, most=600)
    effort: str = words("Effort", "How long it takes to prepare.")
    location: str = words("Where it is kept")
    safety_ref: str = words("Safety note", "Number or name of the leaflet, never its text.")
    safety_link: str = words("Safety link", limit=500)
    has_mains: bool = flag("Has a mains lead")
    next_check_on: dt.date | None = day("Next check due", optional=True)
    replacement_p: int | None = pence("Cost to replace", optional=True)
    retired_on: dt.date | None = day("Retired", optional=True)
    description: str = note("Description")


class Resource(ResourceDraft, Record, table=True):
    """A resource of the bank."""

    __table_args__ = table_args(check("owner", "owner <> 'school' OR owner_school_id IS NOT NULL"))


class ResourceTagDraft(Draft):
    """A tag to find a resource by (R-RES-8)."""

    resource_id: int = link("resource", "Resource")
    kind: TagKind = choice(TagKind, "Kind of tag")
    value: str = text("Tag", "For example Y3, Rocks, classifying.", limit=80)


class ResourceTag(ResourceTagDraft, Record, table=True):
    """A tag of a resource."""

    __tablename__ = "resource_tag"
    __table_args__ = table_args(unique("resource_id", "kind", "value"))


class KitItemDraft(Draft):
    """A line of a kit's contents (R-LOAN-2)."""

    resource_id: int = link("resource", "Resource")
    position: int = number("Order", default=0)
    name: str = text("Part")
    quantity: int = number("Quantity", least=1, most=10_000, default=1)
    consumable: bool = flag("Gets used up")
    unit_cost_p: int | None = pence("Cost of one", optional=True)


class KitItem(KitItemDraft, Record, table=True):
    """A part of a kit."""

    __tablename__ = "kit_item"
    __table_args__ = table_args(unique("resource_id", "name"))


class LoanDraft(Draft):
    """A loan from reservation to return. Its state follows from its dates (R-LOAN-1, R-LOAN-4)."""

    code: str = code("Loan", "L-", "For example L-0001.")
    resource_id: int = link("resource", "Resource")
    school_id: int = link("school", "School")
    person_id: int | None = link("person", "Who answers for it", optional=True)
    starts_on: dt.date = day("From", "The first day it is wanted.")
    due_on: dt.date = day("Due back")
    out_on: dt.date | None = day("Checked out", optional=True)
    back_on: dt.date | None = day("Checked in", optional=True)
    cancelled_on: dt.date | None = day("Cancelled", optional=True)
    notes: str = note("Notes")


class Loan(LoanDraft, Record, table=True):
    """A loan of a resource to a school."""

    __table_args__ = table_args(check("order", "due_on >= starts_on"), check("back", "back_on >= out_on"))


class LoanLineDraft(Draft):
    """A part at check-in: how many went out, came back, were used up or damaged (R-LOAN-2, R-LOAN-3)."""

    loan_id: int = link("loan", "Loan")
    kit_item_id: int = link("kit_item", "Part")
    out_quantity: int = number("Out", most=10_000)
    in_quantity: int | None = number("In", optional=True, most=10_000)
    damaged: int = number("Damaged", most=10_000, default=0)
    charge_p: int = pence("To replace")
    charged_to: ChargedTo | None = choice(ChargedTo, "Charged to", optional=True)
    replaced_on: dt.date | None = day("Replaced", optional=True)


class LoanLine(LoanLineDraft, Record, table=True):
    """A part of a loan."""

    __tablename__ = "loan_line"
    __table_args__ = table_args(
        unique("loan_id", "kit_item_id"), check("counts", "in_quantity <= out_quantity")
    )


class TrialDraft(Draft):
    """A resource tried in a class before it is rolled out (R-RES-4)."""

    resource_id: int = link("resource", "Resource")
    school_id: int = link("school", "School")
    person_id: int | None = link("person", "Name", optional=True)
    class_name: str = words("Class", "For example Year 4.")
    starts_on: dt.date = day("From")
    ends_on: dt.date | None = day("To", optional=True)
    verdict: TrialVerdict = choice(TrialVerdict, "Verdict", default=TrialVerdict.RUNNING)
    finding: str = note("Finding")


class Trial(TrialDraft, Record, table=True):
    """A trial of a resource."""

    __table_args__ = table_args(unique("resource_id", "school_id", "starts_on"))


class AdoptionDraft(Draft):
    """How far a school uses a resource (R-RES-7)."""

    resource_id: int = link("resource", "Resource")
    school_id: int = link("school", "School")
    level: AdoptionLevel = choice(AdoptionLevel, "Used by", default=AdoptionLevel.NOT_STARTED)
    staff_using: int | None = number("Staff using it", optional=True, most=1000)
    staff_total: int | None = number("Staff in all", optional=True, most=1000)
    beyond_attendees: bool = flag("Also staff who did not attend")
    as_of: dt.date | None = day("As of", optional=True)


class Adoption(AdoptionDraft, Record, table=True):
    """A cell of the adoption matrix."""

    __table_args__ = table_args(unique("resource_id", "school_id"))


class TrustRequestDraft(Draft):
    """A free Trust resource asked for a school: £0 to pot and school (R-RES-1)."""

    name: str = text("Trust resource")
    school_id: int = link("school", "School")
    resource_id: int | None = link("resource", "Resource", optional=True)
    copies: int = number("Copies", least=1, most=100, default=1)
    requested_on: dt.date = day("Requested")
    received_on: dt.date | None = day("Received", optional=True)


class TrustRequest(TrustRequestDraft, Record, table=True):
    """A request for a Trust resource."""

    __tablename__ = "trust_request"
    __table_args__ = table_args(unique("name", "school_id", "requested_on"))


class WantedItemDraft(Draft):
    """Something a school needs: schools that want the same can order together (R-RES-9)."""

    school_id: int = link("school", "School")
    name: str = text("Wanted")
    quantity: int = number("Quantity", least=1, most=10_000, default=1)
    raised_on: dt.date = day("Asked")
    filled_on: dt.date | None = day("Met", optional=True)
    notes: str = words("Notes", limit=500)


class WantedItem(WantedItemDraft, Record, table=True):
    """A line of the wanted list."""

    __tablename__ = "wanted_item"
    __table_args__ = table_args(unique("school_id", "name", "raised_on"))


class StockCheckDraft(Draft):
    """A look at whether a resource is there and whole."""

    resource_id: int = link("resource", "Resource")
    checked_on: dt.date = day("Checked")
    person_id: int | None = link("person", "By", optional=True)
    found: bool = flag("Found", default=True)
    complete: bool = flag("Complete", default=True)
    notes: str = words("Notes", limit=500)


class StockCheck(StockCheckDraft, Record, table=True):
    """A stock check of one resource."""

    __tablename__ = "stock_check"
    __table_args__ = table_args(unique("resource_id", "checked_on"))
