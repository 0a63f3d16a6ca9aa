"""The forms of the page: what each shows of its record, and what some of them say while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from models.errors import BadInput
from models.queries.psqm import outlook
from models.rules.people import StrengthFact, answers
from models.services import membership, psqm
from models.words import OfferKind
from ui.format import listed, long_date
from ui.forms.draft_form import DraftForm
from ui.forms.spec import FormSpec, Values
from ui.overrides import override
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column, row
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import FormFacts
    from ui.context import AppContext

SPELL = ("joined_on", "ssl", "head", "founded")  # what the form of a new school has beside the school


def _add_school(session: Session, values: Values) -> int:
    school = {name: value for name, value in values.items() if name not in SPELL}
    joined_on = values.get("joined_on")
    spell = {"joined_on": joined_on} if joined_on is not None else None
    return membership.add_school(
        session, school, spell, ssl=values.get("ssl") or "", head=values.get("head") or ""
    )


def _join(session: Session, values: Values) -> int:
    spell = {name: value for name, value in values.items() if name != "school_id"}
    return membership.join(session, values["school_id"], spell)


SCHOOL = FormSpec(
    "school",
    "school",
    rows=(("name",), ("short_name", "phase"), ("urn", "number_on_roll")),
    more=(
        ("low_age", "high_age"),
        ("roll_as_of", "laestab"),
        ("type_name", "trust_name"),
        ("la_name", "vat_recovery"),
        ("address",),
        ("postcode", "phone"),
        ("website",),
        ("status", "predecessor_id"),
        ("day_starts", "day_ends"),
        ("extra_support",),
        ("notes",),
    ),
    labels={"name": "Name of the school"},
    helps={"number_on_roll": "", "urn": "Six digits. Empty outside England.", "short_name": "For tables."},
    add=_add_school,
    width=560,
)

SPELL_FORM = FormSpec(
    "membership",
    "membership",
    rows=(
        ("school_id",),
        ("joined_on", "left_on"),
        ("at_risk",),
        ("leaving_reason",),
        ("advisor_discussed_on", "advisor_outcome"),
    ),
    more=(("replaces_id",), ("gives_release_input",), ("funded_places", "agreement_ends_on")),
    labels={"advisor_discussed_on": "Discussed with the Advisor", "advisor_outcome": "Advisor’s answer"},
    helps={"advisor_discussed_on": "If it joins or leaves after the start."},
    add=_join,
    change=membership.amend_spell,
)

LEAD = FormSpec(
    "lead_spell",
    "spell of leading",
    rows=(("school_id",), ("starts_on", "ends_on")),
    add=membership.enter_lead,
    change=membership.amend_lead,
    width=460,
)

PERSON = FormSpec(
    "person",
    "person",
    rows=(("name",), ("school_id",), ("email", "phone"), ("is_ect",), ("is_fellow",)),
    more=(("organisation",), ("left_on",), ("notes",)),
    helps={"left_on": "The roles end by themselves if you choose “Person has left” in the list."},
)

ROLE = FormSpec(
    "role",
    "role",
    rows=(("person_id", "kind"), ("school_id",), ("starts_on", "ends_on"), ("handover_note",)),
)

CONTACT = FormSpec(
    "contact_log",
    "contact",
    rows=(("on", "kind"), ("school_id", "person_id"), ("summary",), ("outcome",)),
    more=(("told_advisor_on", "closed_on"),),
    helps={"summary": "", "person_id": ""},
)

QUESTION = FormSpec(
    "advisor_question",
    "question",
    rows=(("question",), ("asked_on", "answered_on"), ("answer",)),
)

STRENGTH = FormSpec(
    "strength",
    "strength",
    rows=(("person_id",), ("kind", "topic"), ("notes",)),
)

AWARD = FormSpec(
    "psqm_award",
    "award",
    rows=(("school_id",), ("level", "round"), ("awarded_on",)),
    helps={"round": "For example Round 24."},
)

REQUEST = FormSpec(
    "psqm_request",
    "request",
    rows=(
        ("school_id", "requested_on"),
        ("hub", "amount_p"),
        ("hub_available",),
        ("advisor_contacted",),
    ),
    more=(("state",), ("reason",), ("override_reason",)),
    add=psqm.ask_for_psqm,
    change=psqm.amend_request,
    width=540,
)

PLAN = FormSpec(
    "development_plan",
    "plan",
    rows=(("person_id",), ("goal",), ("support",), ("review_on", "reviewed_on"), ("evidence",)),
)


class SchoolForm(DraftForm):
    """The form of a school. A new one is asked too from when it is a member, and who leads science there."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        given = values or {}
        self._founded: dt.date | None = given.get("founded")
        self.joined = DateField(lambda: facts.today, given.get("joined_on"))
        self.joined.near = facts.near
        self.ssl, self.head = TextField(), Tick(f"Enter {given.get('head')} as its headteacher too")
        self._head = str(given.get("head") or "")
        self._note = Label("", "caption", "muted", wrap=True)
        super().__init__(parent, spec, facts, values)
        if facts.kept is None:
            self.joined.textChanged.connect(self._tell)
            self._tell()

    @override
    def draft(self) -> Values:
        if self.facts.kept is not None:
            return super().draft()
        joined_on = self.take("joined_on", self._joined_on)
        own = {"ssl": self.ssl.text().strip(), "head": self._head if self.head.isChecked() else ""}
        return {**super().draft(), **own, "joined_on": joined_on}

    def note(self) -> str:
        """What is said about the day of joining."""
        return self._note.text()

    def _joined_on(self) -> dt.date | None:
        return self.joined.date() if self.joined.text().strip() else None

    def _tell(self) -> None:
        try:
            day = self._joined_on()
        except BadInput:
            day = None  # half a date; the form says so when it is saved
        words = ""
        if not self.joined.text().strip():
            words = "No member, then: a partner or a linked school."
        elif day is not None and self._founded is not None and day > self._founded:
            words = (
                f"That is after the start on {long_date(self._founded)}: its checklist will ask for the "
                "discussion with the Advisor."
            )
        self._note.setText(words)
        self._note.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    @override
    def _fill(self, values: Values) -> None:
        super()._fill({name: value for name, value in values.items() if name not in SPELL})

    @override
    def _build_more(self) -> QWidget:
        if self.facts.kept is None:
            line = row(gap=16)
            cells = (
                self.stack("joined_on", "Member from", self.joined),
                self.stack("ssl", "Science subject leader (SSL)", self.ssl, "The name, if you know it."),
            )
            for cell in cells:
                line.addLayout(column(cell, 1), 1)
            self._form.add(line, self._note)
            if self._head:
                self._form.add(self.stack("head", "", self.head))
        return super()._build_more()


class StrengthForm(DraftForm):
    """The form of a strength. It says whom the topic fits while one types (R-PPL-1)."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        self._known: Sequence[StrengthFact] = ()
        super().__init__(parent, spec, facts, values)
        self._note = Label("", "caption", "muted", wrap=True)
        self._note.hide()
        self.below(self._note)
        self.changed.connect(self._tell)

    def watch(self, known: Sequence[StrengthFact]) -> None:
        """Say from now on which of these it fits."""
        self._known = known
        self._tell()

    def note(self) -> str:
        """Whom it fits, in words."""
        return self._note.text()

    def _tell(self) -> None:
        topic, kind = self.typed("topic") or "", self.typed("kind") or OfferKind.OFFER
        person = self.typed("person_id") or 0
        found = answers(StrengthFact(0, kind, topic, person, ""), self._known) if topic else ()
        names = listed(list(dict.fromkeys(one.name for one in found)))
        verb = "Offered by" if kind is OfferKind.ASK else "Asked for by"
        words = f"{verb} {names}." if names else ""
        if words != self._note.text():
            self._note.setText(words)
            self._note.setVisible(bool(words))
            if self.isVisible():
                self.fit()


class RequestForm(DraftForm):
    """The form of a request for PSQM money. It says at once if it would be a renewal (R-PSQM-1)."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._note = Label("", "caption", "muted", wrap=True)
        self._note.hide()
        self.below(self._note)
        self._asked: tuple[Any, Any] = (None, None)
        self._context: AppContext | None = None
        self.changed.connect(self._ask)

    def watch(self, context: AppContext) -> None:
        """Ask the rules from now on."""
        self._context = context
        self._ask()

    def note(self) -> str:
        """What the rules say of it."""
        return self._note.text()

    def _ask(self) -> None:
        asked = (self.typed("school_id"), self.typed("requested_on"))
        if self._context is None or None in asked or asked == self._asked:
            return
        self._asked = asked
        question: Callable[[Session], Any] = lambda session: outlook(session, *asked)  # noqa: E731
        self._context.book.ask(question, self._say, key="psqm-outlook")

    def _say(self, verdict: Any) -> None:
        words = verdict.text if verdict is not None else "It would be the school’s first PSQM."
        self._note.setText(words)
        self._note.set_tone("warn" if verdict is not None else "muted")
        self._note.show()
        if verdict is not None:
            self._unfold(on=True)
        if self.isVisible():
            self.fit()
