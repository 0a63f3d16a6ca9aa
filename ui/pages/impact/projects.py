"""The projects tab: shared projects and school themes, their balance, and feedback (R-PROJ-1, R-PROJ-2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.projects_page import ProjectRow, ProjectsTab, projects_tab
from models.services import projects
from models.words import ProjectState
from ui.dialogs.asking import Asking
from ui.format import count, date_range, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.around import ProjectForm
from ui.pages.impact.balance import BalancePicture
from ui.pages.impact.forms import PROJECT
from ui.pages.impact.pieces import part, quiet, verb, warning
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from models.words import Word
    from ui.context import AppContext
    from ui.dialogs.asking import Typed
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Item

PLANNED, RUNNING, DONE, STOPPED = ProjectState


def _label(word: Word | None) -> str:
    return word.label if word is not None else ""


def kind_words(row: ProjectRow) -> str:
    """`Harder, long`; a dash where nobody said."""
    parts = [_label(one) for one in (row.fact.difficulty, row.fact.length) if one is not None]
    return ", ".join(parts).capitalize() or "–"


def whose(row: ProjectRow) -> str:
    """The school of a theme; how many share a project."""
    if row.is_theme:
        return row.fact.school or "–"
    return f"Shared by {len(row.schools)}" if row.schools else "Shared"


def when(row: ProjectRow) -> str:
    """`15 November 2023 to 22 January 2025`, or since when."""
    one = row.fact
    if one.starts_on and one.ends_on:
        return date_range(one.starts_on, one.ends_on)
    return f"since {long_date(one.starts_on)}" if one.starts_on else "not entered"


def _words(row: ProjectRow) -> str:
    one = row.fact
    parts = (
        one.code, one.title, whose(row), kind_words(row), one.state.label, one.programme, row.feedback,
        row.feedback_words, one.stopped_reason, " ".join(row.schools), " ".join(row.serves.full),
    )  # fmt: skip
    return " ".join(parts)


PROJECTS = ListSpec[ProjectRow](
    key="impact-projects",
    table="project",
    noun="project",
    plural="projects",
    columns=(
        Column("No.", lambda r: r.fact.code, lambda r: r.fact.code, Look.STRONG, sample="PR-00"),
        Column("Project", lambda r: r.fact.title, lambda r: r.fact.title.casefold(), stretch=True),
        Column("Whose", whose, lambda r: whose(r).casefold()),
        Column("Kind", kind_words, kind_words),
        Column("State", lambda r: r.fact.state.label, lambda r: r.fact.state.label, Look.STATE),
        Column("Feedback", lambda r: r.feedback_words, lambda r: r.feedback_words, Look.STATE),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.fact.code,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "A project is something that schools try together; a theme is one school’s own. Keep a balance of "
        "easier and harder, short and long, and let each theme tell what came of it.",
        "Enter the first project",
    ),
    chips=(
        ChipSpec("Running", lambda r: r.fact.state is RUNNING),
        ChipSpec("Shared", lambda r: not r.is_theme),
        ChipSpec("Themes", lambda r: r.is_theme),
        ChipSpec("To feed back", lambda r: r.to_feed_back),
    ),
    form=PROJECT,
    form_class=ProjectForm,
    words=_words,
)


class ProjectPanel(DetailPanel):
    """One project, and below it the balance of all."""

    def __init__(self, pane: ProjectsPane) -> None:
        self.balance = BalancePicture()
        self._says = column(gap=6)
        whole = column(rule(), part("Balance", self.balance, gap=8), self._says, gap=12)
        super().__init__("Project", whole)
        self._list = pane

    def show_balance(self, tab: ProjectsTab) -> None:
        """Show how the year's projects are balanced."""
        from ui.widgets.layouts import clear

        self.balance.show_balance(tab.balance)
        clear(self._says)
        if tab.says:
            self._says.add(warning(tab.says))
        self._says.add(quiet(f"School themes: {tab.fed_back}."))

    @override
    def show_record(self, record: ProjectRow | None) -> None:
        if record is None:
            self.say("Choose a project to see who takes part and what came of it.")
            return
        one = record.fact
        line = "School theme" if record.is_theme else "Shared project"
        items: list[Item] = [record_head(one.title, one.state.label, f"{one.code} · {line}")]
        items.append(Flow(self._buttons(record)))
        if record.due:
            items.append(warning("It has not fed back, and its year is over: ask what came of it.", "bad"))
        items += [rule(), facts(_facts(record))]
        if record.feedback:
            told = long_date(one.feedback_on) if one.feedback_on else ""
            items += [rule(), part("What came of it", Label(record.feedback, wrap=True), side=told)]
        lines: list[Item] = [Label(words, wrap=True) for words in record.serves.full]
        change = verb("Aims and focus areas…", "Ctrl+L", self._list.serve)
        none: list[Item] = [quiet("It serves no aim yet.")]
        items += [rule(), part("What it serves", *(lines or none), row(change, 1), gap=8)]
        self.fill(*items)

    def _buttons(self, record: ProjectRow) -> list[Button]:
        pane, state = self._list, record.fact.state
        made: list[Button] = []
        if state is PLANNED:
            made.append(verb("It has begun…", "Ctrl+J", pane.move_on, Kind.PRIMARY))
        if state is RUNNING:
            made.append(verb("It is done…", "Ctrl+J", pane.move_on, Kind.PRIMARY))
        if record.to_feed_back or record.feedback:
            made.append(verb("Feedback…", "Ctrl+R", pane.feed_back))
        if state in {PLANNED, RUNNING}:
            made.append(verb("It was stopped…", "Ctrl+G", pane.stop))
        made.append(verb("Edit…", "Enter", pane.edit))
        return made


def _facts(record: ProjectRow) -> list[tuple[str, str]]:
    one = record.fact
    return [
        ("Schools", ", ".join(record.schools) or "not entered"),
        ("Kind", kind_words(record)),
        ("When", when(record)),
        ("Programme", one.programme),
        ("Why stopped", one.stopped_reason),
        ("Evidence", count(record.evidence, "piece", "pieces") if record.evidence else ""),
    ]


class ProjectsPane(ListPane[ProjectRow]):
    """The projects of a year."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[ProjectRow]], Verbs]) -> None:
        self.tab: ProjectsTab | None = None
        self.panel = ProjectPanel(self)
        super().__init__(context, PROJECTS, self.panel)
        self.verbs = verbs(self)
        self._verbs = {
            "move": self.add_action("move", "It has begun, or is done…", "Ctrl+J", self.move_on),
            "feedback": self.add_action("feedback", "Feedback…", "Ctrl+R", self.feed_back),
            "stop": self.add_action("stop", "It was stopped…", "Ctrl+G", self.stop),
            "serve": self.add_action("serve", "Aims and focus areas…", "Ctrl+L", self.serve),
        }
        self.chosen.connect(self._on_row)
        if self.editor is not None:
            self.editor.opened.connect(self._tie_form)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, {"Kind"}, {"Whose"})

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(projects_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-projects")

    # -- what can be done

    def serve(self) -> None:
        """Say which aims and focus areas it serves."""
        row = self.current()
        if row is not None and self.tab is not None:
            day = row.fact.starts_on or self.tab.today
            self.verbs.serve("project", row.id, f"Aims of {row.fact.code}", day)

    def move_on(self) -> None:
        """Say that it has begun, or that it is done."""
        row = self.current()
        if row is None or self.tab is None or row.fact.state not in {PLANNED, RUNNING}:
            return
        begins = row.fact.state is PLANNED
        words = f"{row.fact.code} has begun" if begins else f"{row.fact.code} is done"
        dialog = Asking(self.window(), words, "Save", self.tab.today)
        start = row.fact.starts_on if begins else None
        dialog.day("ends_on", "On", start or self.tab.today, needed="Enter the day.")

        def action(session: Session, typed: Typed) -> None:
            (projects.start if begins else projects.finish)(session, row.id, typed["ends_on"])

        dialog.does(self.context, words, action)

    def stop(self) -> None:
        """Stop it, and say why."""
        row = self.current()
        if row is None or self.tab is None or row.fact.state not in {PLANNED, RUNNING}:
            return
        dialog = Asking(self.window(), f"Stop {row.fact.code}", "Stop it", self.tab.today)
        dialog.say("A false start is no fault: the pack prints the reason as something learnt.")
        dialog.note("stopped_reason", "Why", needed="Write why it was stopped.", lines=2)
        dialog.day("ends_on", "On", self.tab.today, needed="Enter the day.")

        def action(session: Session, typed: Typed) -> None:
            projects.stop(session, row.id, typed["ends_on"], typed["stopped_reason"])

        dialog.does(self.context, f"Stop {row.fact.code}", action)

    def feed_back(self) -> None:
        """Write down what came of it."""
        row = self.current()
        if row is None or self.tab is None:
            return
        dialog = Asking(self.window(), f"What came of {row.fact.code}?", "Save", self.tab.today, 520)
        dialog.say(row.fact.title)
        dialog.note(
            "feedback", "In its people’s words", row.feedback, needed="Write what came of it.", lines=4
        )
        told = row.fact.feedback_on or self.tab.today
        dialog.day("feedback_on", "Told on", told, needed="Enter the day.")

        def action(session: Session, typed: Typed) -> None:
            projects.feed_back(session, row.id, typed["feedback_on"], typed["feedback"])

        dialog.does(self.context, f"Feedback of {row.fact.code}", action)

    # -- inside

    def _tie_form(self, form: ProjectForm) -> None:
        form.tie(self.context)

    def _show(self, tab: ProjectsTab) -> None:
        self.tab = tab
        self.panel.show_balance(tab)
        self.show_records(tab.rows)

    def _on_row(self, row: ProjectRow | None) -> None:
        open_ = row is not None and row.fact.state in {PLANNED, RUNNING}
        self._verbs["move"].setEnabled(open_)
        self._verbs["stop"].setEnabled(open_)
        self._verbs["serve"].setEnabled(row is not None)
        self._verbs["feedback"].setEnabled(row is not None and (row.to_feed_back or bool(row.feedback)))
        begins = row is not None and row.fact.state is PLANNED
        self._verbs["move"].setText("It has begun…" if begins else "It is done…")
