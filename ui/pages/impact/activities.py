"""The activities tab: transition, dissemination, celebration and families, with counts only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.activities_page import ActivitiesTab, ActivityRow, activities_tab
from models.words import ActivityKind, Audience
from ui.format import listed, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.around import ActivityForm
from ui.pages.impact.forms import ACTIVITY
from ui.pages.impact.pieces import dated, part, quiet, verb, warning, way
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Box, Item

KINDS = {
    ActivityKind.TRANSITION: "Transition",
    ActivityKind.DISSEMINATION: "Talk or article",
    ActivityKind.CELEBRATION: "Festival",
    ActivityKind.FAMILY: "Families",
    ActivityKind.PRACTICE: "Joint practice",
}
"""Kinds in fewer words: the list needs the room for the titles."""
WIDE, ROOMY, NARROW = 125, 100, 80  # ems: where a column more is left out
SHARED = frozenset({ActivityKind.DISSEMINATION, ActivityKind.CELEBRATION, ActivityKind.VISIT})


def kind_word(row: ActivityRow) -> str:
    """The kind in a word or two."""
    return KINDS.get(row.fact.kind, row.fact.kind.label)


def _words(row: ActivityRow) -> str:
    one = row.fact
    parts = (
        one.code, one.title, one.kind.label, one.audience.label, row.description, row.partner, row.project,
        " ".join(row.schools), " ".join(row.flags), one.primary_side, one.secondary_side, one.pedagogy,
        long_date(one.on), one.three_e.label if one.three_e else "", " ".join(row.serves.full),
    )  # fmt: skip
    return " ".join(parts)


ACTIVITIES = ListSpec[ActivityRow](
    key="impact-activities",
    table="activity",
    noun="activity",
    plural="activities",
    columns=(
        Column("No.", lambda r: r.fact.code, lambda r: r.fact.code, Look.STRONG, sample="AC-00"),
        Column("Date", lambda r: dated(r.fact.on), lambda r: r.fact.on, sample="30 May 2025"),
        Column(
            "Activity",
            lambda r: r.fact.title,
            lambda r: r.fact.title.casefold(),
            stretch=True,
            tip=lambda r: r.fact.title,
        ),
        Column("Kind", kind_word, lambda r: r.fact.kind.label, export=lambda r: r.fact.kind.label),
        Column("For", lambda r: r.fact.audience.label, lambda r: r.fact.audience.label),
        Column("Schools", lambda r: str(len(r.schools)), lambda r: len(r.schools), right=True),
        Column("People", lambda r: r.people_words, lambda r: r.fact.people, right=True),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.fact.code,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "Activities are what is neither a meeting nor CPD: days between Year 6 and Year 7, festivals, talks "
        "and articles, visits, family evenings. Only counts are kept, never a child’s name.",
        "Enter the first activity",
    ),
    chips=(
        ChipSpec("Transition", lambda r: r.fact.kind is ActivityKind.TRANSITION),
        ChipSpec("Shared beyond", lambda r: r.fact.kind in SHARED),
        ChipSpec("Inclusion", lambda r: bool(r.flags)),
        ChipSpec("Targeted", lambda r: r.fact.audience is Audience.TARGETED),
    ),
    form=ACTIVITY,
    form_class=ActivityForm,
    words=_words,
)


class ActivityPanel(DetailPanel):
    """One activity."""

    def __init__(self, pane: ActivitiesPane) -> None:
        super().__init__("Activity")
        self._list = pane

    @override
    def show_record(self, record: ActivityRow | None) -> None:
        if record is None:
            self.say("Choose an activity to see who took part and what it served.")
            return
        one = record.fact
        line = f"{one.kind.label} · {long_date(one.on)}"
        items: list[Item] = [record_head(one.title, one.audience.label, line)]
        if record.says:
            items.append(warning(record.says))
        if record.description:
            items.append(Label(record.description, wrap=True))
        items += [rule(), facts(_facts(record))]
        sides = [("Primary side", one.primary_side), ("Secondary side", one.secondary_side)]
        told = [column(quiet(head), Label(words, wrap=True), gap=1) for head, words in sides if words]
        if one.pedagogy:
            told.append(column(quiet("Shared way of teaching"), Label(one.pedagogy, wrap=True), gap=1))
        if told:
            items += [rule(), column(*told, gap=8)]
        items += [rule(), self._serves(record)]
        links = self._links(record)
        if links is not None:
            items += [rule(), links]
        self.fill(*items)

    def _serves(self, record: ActivityRow) -> Box:
        lines: list[Item] = [Label(words, wrap=True) for words in record.serves.full]
        none: list[Item] = [quiet("It serves no aim yet.")]
        change = verb("Aims and focus areas…", "Ctrl+L", self._list.serve)
        return part("What it serves", *(lines or none), row(change, 1), gap=8)

    def _links(self, record: ActivityRow) -> Box | None:
        known = [
            ("partner", record.partner_id, record.partner, "Partner"),
            ("project", record.project_id, record.project, "Project"),
        ]
        box = column(gap=0)
        for table, key, name, word in known:
            if key is not None:
                box.add(way(name, word, partial(self._list.verbs.show, table, key)))
        return part("Together with", box) if box.count() else None


def _facts(record: ActivityRow) -> list[tuple[str, str]]:
    one = record.fact
    return [
        ("Schools", ", ".join(record.schools) or "not entered"),
        ("People", record.people_words),
        ("3E stage", one.three_e.label if one.three_e else ""),
        ("Whom for", listed(record.flags).capitalize() if record.flags else ""),
    ]


class ActivitiesPane(ListPane[ActivityRow]):
    """The activities of a year, and below them what the pack will say."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[ActivityRow]], Verbs]) -> None:
        self.tab: ActivitiesTab | None = None
        self._told = Label("", "caption", "muted", wrap=True)
        self._below = holder(column(self._told, margins=(HANG, 0, 0, 0)))
        super().__init__(context, ACTIVITIES, ActivityPanel(self), foot=self._below)
        self.verbs = verbs(self)
        self._serve = self.add_action("serve", "Aims and focus areas…", "Ctrl+L", self.serve)
        self.chosen.connect(lambda row: self._serve.setEnabled(row is not None))
        if self.editor is not None:
            self.editor.opened.connect(self._tie_form)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._below.setVisible(ems >= NARROW)
        few = ("For", "Schools", "Kind", "Date")  # the panel has them
        self._arrangement.squeeze(few[: sum(ems < bound for bound in (WIDE, ROOMY, NARROW, NARROW))])

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(activities_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-activities")

    @override
    def new(self) -> None:
        if self.editor is not None and self.tab is not None:
            self.editor.new({"on": self.tab.today})

    def serve(self) -> None:
        """Say which aims and focus areas it serves."""
        row = self.current()
        if row is not None:
            self.verbs.serve("activity", row.id, f"Aims of {row.fact.code}", row.fact.on)

    def _tie_form(self, form: ActivityForm) -> None:
        form.tie(self.context)

    def _show(self, tab: ActivitiesTab) -> None:
        self.tab = tab
        self.show_records(tab.rows)
        flags = [f"{number} {words}" for words, number in tab.inclusion if number]
        told = [f"{head}: {words}." for head, words in tab.words]
        told.append(f"Inclusion: {listed(flags) if flags else 'no activity flagged yet'}.")
        self._told.setText(" ".join(told) if tab.rows else "")
