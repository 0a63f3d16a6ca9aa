"""The form that changes a rule of the scheme: a value, what happens when it is broken, from when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.errors import BadInput
from models.rules.scheme import RULE, Response
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.widgets.fields import DateField, TextField
from ui.widgets.layouts import column
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from models.queries.settings_page import RuleRow

ANSWERS = (
    ("Say nothing", Response.IGNORE),
    ("Warn, and let me go on", Response.WARN),
    ("Refuse, unless a reason is given", Response.REFUSE),
)
KEEPS = "What came before this day keeps the value it had."
HINTS = {
    "pence": "£",
    "optional_pence": "£, or empty for none",
    "percent": "%",
    "optional_count": "Empty for none",
}


class RuleChange(NamedTuple):
    """What `models.services.settings.set_rule` takes after the session, in its order."""

    key: str
    value: str
    starts_on: dt.date
    response: Response
    reason: str


class RuleForm(FormDialog[RuleChange]):
    """Changes one rule.

    Args:
        parent: the window it belongs to.
        rule: the rule as it is today.
        reset: begin with what the guidance says.
    """

    def __init__(self, parent: QWidget | None, rule: RuleRow, *, reset: bool = False) -> None:
        super().__init__(
            parent, "Back to the guidance" if reset else "Change a scheme rule", "Save", 480, stays=True
        )
        self.rule = rule
        spec = rule.spec
        start = spec.write(spec.default) if reset else rule.stored
        response = spec.response if reset else rule.now.response
        source = f"“{spec.guidance}”"
        self._form.add(
            column(
                Label(spec.label, "section", wrap=True),
                Label(source, "body", "muted", wrap=True),
                Label(spec.source, "caption", "muted", wrap=True),
                gap=4,
            )
        )
        self.value = self._value_field(start)
        if self.value is not None:
            self.row("value", "Value", self.value, self._usual())
        self.response = Pick(ANSWERS)
        self.response.show_value(response)
        self.row("response", "When it is broken", self.response)
        self.starts = DateField(lambda: rule.today, rule.today)
        self.row("starts_on", "From", self.starts, KEEPS)
        self.reason = TextField(most=200)
        self.row("reason", "Why", self.reason, "For example who decided it, and when.")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if isinstance(self.value, TextField):
            self.value.selectAll()  # to type over what it says now

    def _value_field(self, start: str) -> TextField | Pick | None:
        spec = self.rule.spec
        if spec.kind == RULE:
            return None
        if spec.kind in {"choice", "flag"}:
            labels, values = (spec.labels, spec.choices) if spec.choices else (("Yes", "No"), ("yes", "no"))
            pick = Pick(list(zip(labels, values, strict=True)))
            pick.show_value(start)
            return pick
        shown = spec.words(spec.read(start)) if start else ""
        return TextField(shown, most=40, hint=HINTS.get(spec.kind, ""))

    def _usual(self) -> str:
        spec = self.rule.spec
        return f"The guidance: {spec.words(spec.default)}."

    @override
    def draft(self) -> RuleChange:
        starts_on = self.take("starts_on", self._read_start)
        reason = self.take(
            "reason",
            lambda: self.reason.required("Say why it is changed: who decided, or what it follows from."),
        )
        value = self.take("value", self._read_value)
        if starts_on is None or reason is None or value is None:
            raise BadInput("Some of this is not right yet.")
        return RuleChange(self.rule.key, value, starts_on, self.response.value(), reason)

    def _read_start(self) -> dt.date:
        self.starts.required("Enter the first day on which it holds, such as 1 September 2025.")
        return self.starts.date()

    def _read_value(self) -> str:
        if isinstance(self.value, Pick):
            return str(self.value.value())
        typed = self.value.text() if self.value is not None else ""
        self.rule.spec.read(typed)
        return typed
