"""What the forms of the impact page show, and how they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import tables as t
from models.kept_pictures import read_chosen
from models.services import aims, evidence, projects, records, serving, taking_part
from models.services.evidence import Around, File
from ui.dialogs.serving import WIDE
from ui.forms.spec import FormSpec, Values
from ui.pages.impact.around import AREAS_AND_AIMS, FILE, SCHOOLS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

Given = dict[str, Any]


def _apart(values: Values) -> tuple[Given, Given]:
    """A form's own fields, and what it gives besides."""
    besides = {AREAS_AND_AIMS, FILE, SCHOOLS}
    own = {name: value for name, value in values.items() if name not in besides}
    return own, {name: values[name] for name in besides if name in values}


# -- evidence


def _around(more: Given) -> Around:
    path: Path | None = more.get(FILE)
    file = File(read_chosen(path), path.name) if path is not None else None
    return Around(file, more.get(AREAS_AND_AIMS))


def _add_evidence(session: Session, values: Values) -> int:
    own, more = _apart(values)
    return evidence.add(session, own, _around(more))


def _change_evidence(session: Session, evidence_id: int, values: Values, before: Values) -> None:
    own, more = _apart(values)
    evidence.change(session, evidence_id, own, before, _around(more))


EVIDENCE = FormSpec(
    "evidence",
    "evidence",
    rows=(
        ("text",),
        ("on", "kind"),
        ("by_whom", "school_id"),
        ("reach",),
        ("permission", "consent_until"),
    ),
    more=(
        ("meeting_id", "cpd_session_id"),
        ("resource_id", "project_id"),
        ("fund_entry_id",),
        ("in_pack",),
    ),
    labels={"fund_entry_id": "Payment"},
    helps={
        "text": "What children or teachers do now that they did not. No pupils’ names.",
        "permission": "Only a photograph needs one.",
        "consent_until": "Its last day, if it has one. After it the photograph is not printed.",
    },
    add=_add_evidence,
    change=_change_evidence,
    width=WIDE,
)

# -- projects


def _add_project(session: Session, values: Values) -> int:
    own, more = _apart(values)
    project_id = projects.begin(session, own, more.get(SCHOOLS, ()))
    _serve(session, "project", project_id, more)
    return project_id


def _change_project(session: Session, project_id: int, values: Values, before: Values) -> None:
    own, more = _apart(values)
    projects.change(session, project_id, own, before, more.get(SCHOOLS))
    _serve(session, "project", project_id, more)


def _serve(session: Session, table: str, record_id: int, more: Given) -> None:
    chosen = more.get(AREAS_AND_AIMS)
    if chosen is not None:
        serving.serve(session, table, record_id, *chosen)


PROJECT = FormSpec(
    "project",
    "project",
    rows=(
        ("title",),
        ("scope", "school_id"),
        ("difficulty", "length"),
        ("state", "starts_on", "ends_on"),
        ("stopped_reason",),
    ),
    more=(("code", "programme"), ("feedback_on",), ("feedback",)),
    labels={"scope": "Whose it is"},
    helps={
        "school_id": "",
        "stopped_reason": "Where it was stopped. The pack prints it as something learnt.",
    },
    add=_add_project,
    change=_change_project,
    width=WIDE,
)

# -- activities


def _add_activity(session: Session, values: Values) -> int:
    own, more = _apart(values)
    activity_id = records.add(session, t.Activity, own)
    _keep_around(session, activity_id, more)
    return activity_id


def _change_activity(session: Session, activity_id: int, values: Values, before: Values) -> None:
    own, more = _apart(values)
    records.change(session, t.Activity, activity_id, own, before)
    _keep_around(session, activity_id, more)


def _keep_around(session: Session, activity_id: int, more: Given) -> None:
    if SCHOOLS in more:
        taking_part.set_schools(session, "activity", activity_id, more[SCHOOLS])
    _serve(session, "activity", activity_id, more)


ACTIVITY = FormSpec(
    "activity",
    "activity",
    rows=(
        ("title",),
        ("on", "kind"),
        ("audience", "three_e", "people_count"),
        ("pupil_premium", "sen"),
        ("gender", "minorities"),
        ("family",),
    ),
    more=(
        ("primary_side", "secondary_side"),
        ("pedagogy",),
        ("description",),
        ("partner_id", "project_id"),
        ("code",),
    ),
    helps={
        "audience": "Targeted: for some schools. Which ones is never printed.",
        "people_count": "Counts under five are never printed.",
    },
    add=_add_activity,
    change=_change_activity,
    width=WIDE,
)

# -- the others

AIM = FormSpec(
    "aim",
    "aim",
    rows=(("number", "starts_on"), ("text",)),
    labels={"number": "Which aim", "text": "The aim, in your own words", "starts_on": "In these words from"},
    helps={"number": "1 to 6.", "text": "As the agreement has it. The pack prints it as you write it."},
    add=aims.put_into_words,
    width=560,
)
AREA = FormSpec("focus_area", "focus area", rows=(("name",), ("position", "retired")))
ASKED = FormSpec(
    "confidence_area",
    "area",
    rows=(("name",), ("position", "leaders_only")),
    helps={"name": "How sure do you feel about …?"},
)
PARTNER = FormSpec("partner", "partner", rows=(("name",), ("kind", "since_on"), ("obtained",)))
DOCUMENT = FormSpec("shared_document", "shared document", rows=(("title",), ("version", "issued_on")))
BAR = FormSpec(
    "bar_slip", "feedback slip", rows=(("school_year", "slip"), ("bigger",), ("add",), ("remove",))
)
