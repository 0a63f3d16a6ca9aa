"""The scheme's rules: what each says today, why, and what it said before (R-AGR-6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.parts import section
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.queries.settings_page import RuleRow, RuleValue
    from ui.context import AppContext
    from ui.pages.settings.rule_form import RuleForm
    from ui.wayfinding import Place
    from ui.widgets.layouts import Box

IF_BROKEN, NARROW = 2, 80  # a column; ems below which there is no room for it
RESPONSES = {"ignore": "Ignored", "warn": "A warning", "refuse": "Refused"}
SPOKEN = {
    "ignore": "When it is broken nothing is said.",
    "warn": "When it is broken Clusterbook warns, and lets you go on.",
    "refuse": "When it is broken Clusterbook refuses, unless you give a reason.",
}


class RulePanel(DetailPanel):
    """A rule with the sentence it comes from, and what it said before.

    Attributes:
        change_wanted, reset_wanted: a button was pressed: (the rule,).
        unwanted: a value is to be taken out: (the rule, the value).
    """

    change_wanted = Signal(object)
    reset_wanted = Signal(object)
    unwanted = Signal(object, object)

    @override
    def show_record(self, record: Any) -> None:
        if record is None:
            self.say("Choose a rule to see what the guidance says.")
            return
        shown: RuleRow = record
        change = Button("Change…", Kind.PRIMARY, tip=f"Change: {shown.spec.label} (Ctrl+E)")
        change.clicked.connect(partial(self.change_wanted.emit, shown))
        made = [change]
        if shown.changed:
            reset = Button("Back to the guidance…", tip=f"Back to the guidance: {shown.spec.label}")
            reset.clicked.connect(partial(self.reset_wanted.emit, shown))
            made.append(reset)
        head = record_head(shown.spec.label, "Changed" if shown.changed else "")
        value = [Label(shown.now.words, "figure", wrap=True)] if shown.now.words else []
        said = Label(SPOKEN[shown.now.response.value], "body", "muted", wrap=True)
        self.fill(
            head,
            column(*value, said, gap=4),
            buttons(*made),
            section("What the guidance says", self._guidance(shown), gap=6),
            section("Values", self._values(shown), gap=2),
        )

    def _guidance(self, shown: RuleRow) -> Box:
        return column(
            Label(f"“{shown.spec.guidance}”", wrap=True),
            Label(shown.spec.source, "caption", "muted", wrap=True),
            gap=4,
        )

    def _values(self, shown: RuleRow) -> Box:
        lines = column()
        for number, value in enumerate(shown.values):
            if number:
                lines.add(rule())
            lines.add(self._value(shown, value))
        return lines

    def _value(self, shown: RuleRow, value: RuleValue) -> Box:
        since = f"from {long_date(value.starts_on)}" if value.starts_on else "from the start"
        words = " · ".join(part for part in (value.words, RESPONSES[value.response.value], since) if part)
        head = row(Label(words, "strong" if value.now else "body", wrap=True), gap=8)
        head.setStretch(0, 1)
        if value.id:
            gone = Button("Delete", Kind.LINK, tip=f"Delete the value {words}")
            gone.clicked.connect(partial(self.unwanted.emit, shown, value))
            head.add(gone)
        lines = column(head, gap=1, margins=(0, 6, 0, 6))
        why = value.reason or ("" if value.id else "What the guidance says")
        if why:
            lines.add(Label(why, "caption", "muted", wrap=True))
        return lines


@dataclass
class _Topic:
    """The group of rules that is wanted; read in the file's thread, where no widget may be asked."""

    group: str | None = None


class RulesPane(ListPane["RuleRow"]):
    """Every rule of the scheme. A change is a dated value with its reason; nothing earlier is rewritten."""

    def __init__(self, context: AppContext) -> None:
        from models.queries.settings_page import rule_groups

        panel = RulePanel("Scheme rule")
        self.topic = Pick([(group, group) for group in rule_groups()], "All topics")
        self.topic.setAccessibleName("Topic")
        self._wanted_topic = _Topic()
        super().__init__(context, _spec(context, self._wanted_topic), panel, (self.topic,))
        self.topic.picked.connect(self._on_topic)
        panel.change_wanted.connect(self.change)
        panel.reset_wanted.connect(self.reset)
        panel.unwanted.connect(self.remove_value)
        self.opened.connect(self.change)
        self._actions["delete"].setVisible(False)  # a rule is not deleted; one of its values is
        self.add_action("change", "Change scheme rule…", "Ctrl+E", self.edit)

    @override
    def show_place(self, place: Place) -> None:
        if place.table != "scheme_setting":
            return
        if place.task:
            self._go_to_key(place.task)
        elif place.id:
            self._of_setting(place.id)

    @override
    def go_to(self, record_id: int) -> None:
        if self.topic.value() is not None and all(one.number != record_id for one in self.records()):
            self.topic.show_value(None)
        super().go_to(record_id)

    @override
    def history(self) -> None:
        from ui.records import open_history

        shown = self.current()
        if shown is not None and shown.changed:
            latest = shown.values[0]
            open_history(self.context, self.window(), "scheme_setting", latest.id, shown.spec.label)

    def change(self, shown: RuleRow) -> RuleForm:
        """Open the form that changes a rule."""
        return self._open(shown, reset=False)

    def reset(self, shown: RuleRow) -> RuleForm:
        """Open the form that goes back to the guidance."""
        return self._open(shown, reset=True)

    def remove_value(self, shown: RuleRow, value: RuleValue) -> None:
        """Put one dated value into the Bin: the one before it holds again."""
        from models import tables as t
        from models.services import records

        self.context.book.change(
            f"Delete a value of the rule “{shown.spec.label}”",
            partial(records.remove, record=t.SchemeSetting, record_id=value.id),
        )

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self.table.setColumnHidden(IF_BROKEN, ems < NARROW)  # the panel says it

    @override
    def refresh(self, year: int) -> None:
        self._wanted_topic.group = self.topic.value()
        super().refresh(year)

    def _on_topic(self) -> None:
        if self.year is not None:
            self.refresh(self.year)

    def _open(self, shown: RuleRow, *, reset: bool) -> RuleForm:
        from ui.pages.settings.rule_form import RuleForm

        form = RuleForm(self.window(), shown, reset=reset)
        form.given.connect(partial(self._save, form))
        form.read_in_year(self.context.book.year)
        form.open()
        return form

    def _save(self, form: RuleForm, change: Any) -> None:
        from models.services.settings import set_rule

        def action(session: Session) -> int:
            return set_rule(session, *change)

        def done(_id: int) -> None:
            form.saved()

        self.context.book.change(f"Change the rule “{form.rule.spec.label}”", action, done, form.not_saved)

    def _go_to_key(self, key: str) -> None:
        from models.rules.scheme import catalogue

        keys = list(catalogue())
        if key in keys:
            self.go_to(keys.index(key) + 1)

    def _of_setting(self, setting_id: int) -> None:
        """Quick find knows the dated value; the list shows its rule."""
        found = (one for one in self.records() if any(value.id == setting_id for value in one.values))
        shown = next(found, None)
        if shown is not None:
            self.go_to(shown.number)


def _spec(context: AppContext, topic: _Topic) -> ListSpec[RuleRow]:
    from models.queries.settings_page import rule_rows

    def asked(session: Session, _year: int) -> Sequence[RuleRow]:
        return [row for row in rule_rows(session, context.today()) if topic.group in {None, row.group}]

    return ListSpec(
        key="settings-rules",
        table="scheme_setting",
        noun="scheme rule",
        plural="scheme rules",
        columns=(
            Column(
                "Rule", lambda row: row.spec.label, lambda row: row.number, stretch=True,
                tip=lambda row: row.spec.label,
            ),
            Column("Value", lambda row: row.now.words, lambda row: row.now.words.casefold(), Look.STRONG),
            Column(
                "If broken", _if_broken, _if_broken, sample="A warning",
            ),
        ),
        identity=lambda row: row.number,
        title=lambda row: row.spec.label,
        ask=asked,
        empty=Empty(Icon.SHIELD, "The rules of the scheme stand here."),
        chips=(ChipSpec("Changed", lambda row: row.changed),),
        words=_words,
        can_delete=lambda _row: False,
    )  # fmt: skip


def _if_broken(row: RuleRow) -> str:
    return RESPONSES[row.now.response.value]


def _words(row: RuleRow) -> str:
    spec = row.spec
    return " ".join((spec.label, row.now.words, row.group, spec.guidance, " ".join(spec.rules)))
