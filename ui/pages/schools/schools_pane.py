"""The list of schools, and everything that is done to one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from models.queries.engagement import prompts
from models.queries.school_detail import school_detail
from models.queries.schools_page import SchoolRow, SchoolsFacts, Standing
from models.rules.checklists import Step, Task
from models.services import membership
from ui.icons import Icon
from ui.overrides import override
from ui.pages.schools.fitted import NARROW, Fit, FittedPane
from ui.pages.schools.prompts import Prompts
from ui.pages.schools.school_panel import SchoolPanel
from ui.pages.schools.school_specs import FOLDED, schools_spec
from ui.pages.schools.school_verbs import SchoolVerbs
from ui.wayfinding import Place
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from models.queries.school_detail import SchoolDetail
    from models.rules.schools import GiasSchool
    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm

GIAS = "Find in GIAS…"
DONE_BY = {Task.SSL: "ssl", Task.DECLARE: "declare", Task.ENCOURAGE: "talk", Task.DETAILS: "edit"}


class SchoolsPane(FittedPane[SchoolRow]):
    """The schools, and everything that is done to one.

    Attributes:
        spell_wanted: a membership is to be edited: (its id,).
    """

    spell_wanted = Signal(int)

    def __init__(self, context: AppContext) -> None:
        self._panel, self._prompts = SchoolPanel(context), Prompts()
        gias = Button(GIAS, icon=Icon.SEARCH, tip="Find a school in a GIAS extract (Ctrl+G)")
        super().__init__(
            context, schools_spec(context), self._panel, tools=[gias], foot=self._prompts,
            fit=Fit(("Phase",), ("To do",), FOLDED),
        )  # fmt: skip
        self.facts: SchoolsFacts | None = None
        self.verbs = SchoolVerbs(context, self)
        gias.clicked.connect(self.find_school)
        self._panel.wanted.connect(self.do)
        self._prompts.wanted.connect(self._talk_to)
        self._own: dict[str, QAction] = {}
        self._gias: dict[str, Any] = {}
        if self.editor is not None:
            self.editor.opened.connect(self._opened)
        self._add_verbs()
        self.chosen.connect(self._offer)
        self._offer(None)

    # -- what is shown

    @override
    def refresh(self, year: int) -> None:
        self._panel.year = year
        super().refresh(year)
        question = partial(prompts, year=year, today=self.context.today)
        self.context.book.ask(question, self._prompts.show_prompts, key="prompts")

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._prompts.set_room(enough=ems >= NARROW)

    @override
    def show_place(self, place: Place) -> None:
        if place.table == "school" and place.task == "new":
            self.new()
        elif place.id and place.table == "school":
            self.go_to(place.id)

    def know(self, facts: SchoolsFacts) -> None:
        """Take what the page knows of the cluster."""
        self.facts = facts

    # -- verbs

    @override
    def new(self) -> None:
        self.add_school({})

    def add_school(self, values: dict[str, Any]) -> None:
        """Open the form of a new school, with the day from which it is most likely a member."""
        if self.editor is not None:
            start = {"joined_on": self.facts.starts, "founded": self.facts.founded} if self.facts else {}
            self.editor.new({**start, **values})

    def find_school(self) -> None:
        """Look a school up in a GIAS extract, and open the form with what it says."""
        from ui.pages.schools.gias_dialog import GiasDialog

        known = {row.urn: row.name for row in self.records() if row.urn}
        dialog = GiasDialog(self.window(), self.context, known)
        dialog.taken.connect(self._take)
        dialog.open()

    def do(self, key: str, about: object = None) -> None:
        """Do a verb to the school chosen.

        Args:
            key: the verb.
            about: a step of a checklist, a membership or a record, where the verb is about one.
        """
        if key == "step" and isinstance(about, Step):
            self._do_step(about)
        elif key == "spell" and isinstance(about, int):
            self.spell_wanted.emit(about)
        elif key == "go":
            self._go(about)
        elif key in self._own and self._own[key].isVisible():
            self._own[key].trigger()

    def _add_verbs(self) -> None:
        verbs: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("talk", "Log a contact…", "Ctrl+L", partial(self._with_detail, "talk")),
            ("ssl", "Change the subject leader (SSL)…", "Ctrl+S", partial(self._with_detail, "ssl")),
            ("declare", "Enter the school’s declaration…", "Ctrl+D", partial(self._with_detail, "declare")),
            ("join", "School joins…", "Ctrl+J", partial(self._simple, "join")),
            ("leave", "School leaves…", "Ctrl+Shift+L", partial(self._simple, "leave")),
            ("risk", "Mark as at risk", "Ctrl+I", partial(self._mark, at_risk=True)),
            ("calm", "Mark as taking part again", "Ctrl+I", partial(self._mark, at_risk=False)),
            ("replace", "Replace the school…", "Ctrl+R", self._replace),
            ("lead", "School becomes the lead school…", "", self._lead),
            ("academy", "School becomes an academy…", "", partial(self._simple, "academy")),
            ("gias", "Find a school in a GIAS extract…", "Ctrl+G", self.find_school),
        )
        for key, words, keys, do in verbs:
            self._own[key] = self.add_action(key, words, keys, do)

    def _offer(self, school: SchoolRow | None) -> None:
        """Show only what can be done to the school chosen."""
        standing = school.standing if school is not None else None
        inside, leads = standing is not None and standing.inside, school is not None and school.is_lead
        stays = standing in {Standing.MEMBER, Standing.AT_RISK}
        legal = {
            "talk": inside,
            "ssl": inside,
            "declare": inside,
            "join": standing in {Standing.LEFT, Standing.NONE},
            "leave": stays and not leads,
            "risk": standing is Standing.MEMBER,
            "calm": standing is Standing.AT_RISK,
            "replace": standing is Standing.LEFT and school is not None and school.successor is None,
            "lead": inside and not leads,
            "academy": stays,
            "gias": True,
        }
        for key, action in self._own.items():
            action.setVisible(legal[key])
            action.setEnabled(legal[key])

    def _simple(self, key: str) -> None:
        school = self.current()
        if school is not None and self.facts is not None:
            getattr(self.verbs, key)(school, self.facts.today)

    def _mark(self, *, at_risk: bool) -> None:
        school = self.current()
        if school is not None:
            words = f"Mark {school.short_name} as {'at risk' if at_risk else 'taking part again'}"
            action = partial(membership.mark_at_risk, school_id=school.id, at_risk=at_risk)
            self.context.book.change(words, action)

    def _replace(self) -> None:
        school = self.current()
        if school is not None and self.facts is not None:
            outside = {Standing.NONE, Standing.LEFT} - {school.standing}
            others = [(one.name, one.id) for one in self.records() if one.standing in outside]
            self.verbs.replace(school, self.facts.today, others, self._go_to_added)

    def _lead(self) -> None:
        school = self.current()
        if school is not None and self.facts is not None:
            self.verbs.lead(school, self.facts)

    def _with_detail(self, key: str) -> None:
        """Do a verb that has to know more of the school than the list does."""
        school = self.current()
        if school is not None and self.year is not None:
            question = partial(school_detail, school_id=school.id, year=self.year, today=self.context.today)
            self.context.book.ask(question, partial(self._detail_known, key), key="school-verb")

    def _detail_known(self, key: str, detail: SchoolDetail) -> None:
        if self.facts is None:
            return
        today = self.facts.today
        if key == "ssl":
            self.verbs.ssl(detail, today)
        elif key == "talk":
            self.verbs.talk(detail, today)
        else:
            head = next((one.person for one in detail.roles if one.kind == "headteacher"), "")
            said = next((one for one in detail.declarations if one.year == detail.year), None)
            name, by = detail.row.short_name, said.by if said and said.by else head
            answer = said.answer if said else None
            self.verbs.declare(detail.row.id, name, detail.year, today, by, answer)

    def _do_step(self, step: Step) -> None:
        if step.task is Task.ADVISOR and step.about.table == "membership":
            self.spell_wanted.emit(step.about.id)
        elif DONE_BY.get(step.task) == "edit":
            self.edit()
        elif step.task in DONE_BY and step.about.table != "declaration":
            self._with_detail(DONE_BY[step.task])
        else:
            self._go(step.about)

    def _go(self, about: Any) -> None:
        place = Place(about.table, about.id)
        if place.page:
            self.context.bus.page_wanted.emit(place.page, place)

    def _talk_to(self, school_id: int) -> None:
        self.go_to(school_id)
        self._with_detail("talk")

    def _take(self, found: GiasSchool, with_head: bool) -> None:  # a signal's argument
        """A school was chosen in the extract: a new one fills a form, a known one is compared."""
        known = next((row for row in self.records() if row.urn == found.urn), None)
        values = found.values()
        if known is None:
            self.add_school({**values, "head": found.head_name if with_head else ""})
        elif self.editor is not None:
            self.go_to(known.id)
            self._gias = values
            self.editor.edit(known.id)

    def _opened(self, form: DraftForm) -> None:
        """Put what GIAS says into the form of a known school; nothing is saved before she saves it."""
        values, self._gias = self._gias, {}
        for name, value in values.items():
            form.entries[name].show(value)
