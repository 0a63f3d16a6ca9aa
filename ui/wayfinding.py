"""Which page shows a record: one table, for quick find, Home's buttons, history and links between pages."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

PAGE_OF: Mapping[str, str] = {
    "action": "meetings",
    "agenda_item": "meetings",
    "attendance": "meetings",
    "cpd_booking": "meetings",
    "cpd_evaluation": "meetings",
    "cpd_session": "meetings",
    "decision": "meetings",
    "invitation": "meetings",
    "meeting": "meetings",
    "claim_event": "claims",
    "cover_claim": "claims",
    "approval": "fund",
    "budget_line": "fund",
    "fund": "fund",
    "fund_entry": "fund",
    "other_funding": "fund",
    "year_close": "fund",
    "adoption": "bank",
    "kit_item": "bank",
    "loan": "bank",
    "loan_line": "bank",
    "resource": "bank",
    "resource_tag": "bank",
    "stock_check": "bank",
    "trial": "bank",
    "trust_request": "bank",
    "wanted_item": "bank",
    "advisor_question": "schools",
    "contact_log": "schools",
    "declaration": "schools",
    "development_plan": "schools",
    "lead_spell": "schools",
    "membership": "schools",
    "person": "schools",
    "psqm_award": "schools",
    "psqm_request": "schools",
    "role": "schools",
    "school": "schools",
    "strength": "schools",
    "year_taught": "schools",
    "activity": "impact",
    "activity_school": "impact",
    "aim": "impact",
    "aim_link": "impact",
    "bar_slip": "impact",
    "confidence_answer": "impact",
    "confidence_area": "impact",
    "document_agreement": "impact",
    "evidence": "impact",
    "focus_area": "impact",
    "partner": "impact",
    "project": "impact",
    "project_school": "impact",
    "shared_document": "impact",
    "issued_pack": "pack",
    "next_step": "pack",
    "pack_note": "pack",
    "pack_part": "pack",
    "agreement": "settings",
    "closed_day": "settings",
    "cluster": "settings",
    "scheme_setting": "settings",
    "school_term": "settings",
}
"""The key of the page on which a table's records lie. A page that is not there yet is not led to."""


class Place(Struct, frozen=True):
    """Where to go on a page, for `Page.go_to`.

    Attributes:
        table: the record's table.
        id: the record; 0 for none in particular.
        task: what is to be done there at once, in the page's own word, such as "approve"; "" just shows it.
    """

    table: str
    id: int = 0
    task: str = ""

    @property
    def page(self) -> str:
        """The key of the page it lies on; "" if none shows it."""
        return PAGE_OF.get(self.table, "")
