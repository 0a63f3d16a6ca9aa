"""Schools and people: who belongs, who does what, what was said, declared, offered, awarded and planned."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, cast

from models.queries.schools_page import SchoolsFacts, schools_facts
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override
from ui.pages.schools.contacts_pane import ContactsPane, QuestionsPane
from ui.pages.schools.declarations_pane import DeclarationsPane
from ui.pages.schools.fitted import Fit, FittedPane
from ui.pages.schools.people_pane import PeoplePane, roles_spec
from ui.pages.schools.plans_pane import PlansPane
from ui.pages.schools.psqm_pane import AwardPanel, RequestsPane, awards_spec
from ui.pages.schools.school_specs import leads_spec, spells_spec
from ui.pages.schools.schools_pane import SchoolsPane, facts_line
from ui.pages.schools.segments import SeveralLists
from ui.pages.schools.strengths_pane import StrengthsPane
from ui.wayfinding import Place

if TYPE_CHECKING:
    from ui.context import AppContext

SCHOOLS, PEOPLE, CONTACTS, DECLARATIONS, STRENGTHS, PSQM, PLANS = range(7)
MEMBERSHIPS = 1  # the segment of the first tab


class SchoolsPage(TabbedPage):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        self.facts: SchoolsFacts | None = None
        tabs = (
            TabSpec("Schools", ("school", "membership", "lead_spell"), self._schools),
            TabSpec("People", ("person", "role", "year_taught"), self._people),
            TabSpec("Contacts", ("contact_log", "advisor_question"), self._contacts),
            TabSpec("Declarations", ("declaration",), lambda c: DeclarationsPane(c, self.day)),
            TabSpec("Strengths", ("strength",), StrengthsPane),
            TabSpec("PSQM", ("psqm_award", "psqm_request"), self._psqm),
            TabSpec("Plans", ("development_plan",), lambda c: PlansPane(c, self.day)),
        )
        super().__init__(context, "Schools and people", tabs)

    def day(self) -> dt.date:
        """What day it is; in the sample the day that it is told from."""
        return self.facts.today if self.facts is not None else self.context.today()

    def schools(self) -> SchoolsPane:
        """The list of schools."""
        return cast("SchoolsPane", cast("SeveralLists", self.body(SCHOOLS)).panes[0])

    @override
    def refresh(self, year: int) -> None:
        question = partial(schools_facts, year=year, today=self.context.today)
        self.context.book.ask(question, self._know, key="schools-facts")
        super().refresh(year)

    @override
    def go_to(self, record: object) -> None:
        if isinstance(record, Place) and record.task == "declarations":
            self.show_tab(DECLARATIONS)
            cast("DeclarationsPane", self.body(DECLARATIONS)).show_place(record)
            return
        super().go_to(record)

    # -- tabs

    def _schools(self, context: AppContext) -> SeveralLists:
        schools = SchoolsPane(context)
        spells = FittedPane(
            context, spells_spec(), fit=Fit(("Advisor",), ("Release money", "Took the place of"))
        )
        leads = FittedPane(context, leads_spec())
        made = SeveralLists((("Schools", schools), ("Memberships", spells), ("Lead school", leads)))
        schools.spell_wanted.connect(self._edit_spell)
        if self.facts is not None:
            schools.know(self.facts)
        return made

    def _people(self, context: AppContext) -> SeveralLists:
        return SeveralLists(
            (
                ("People", PeoplePane(context)),
                ("Roles", FittedPane(context, roles_spec(), fit=Fit(("School",), ("To",)))),
            )
        )

    def _contacts(self, context: AppContext) -> SeveralLists:
        log, questions = ContactsPane(context, self.day), QuestionsPane(context, self.day)
        return SeveralLists((("Contacts log", log), ("Questions to the Advisor", questions)))

    def _psqm(self, context: AppContext) -> SeveralLists:
        awards = FittedPane(
            context, awards_spec(context), AwardPanel("Award"), fit=Fit(("Round",), ("Awarded",))
        )
        return SeveralLists((("Awards", awards), ("Money asked for", RequestsPane(context, self.day))))

    # -- inside

    def _know(self, facts: SchoolsFacts) -> None:
        self.facts = facts
        self.context_line.setText(facts_line(facts))
        self.schools().know(facts)

    def _edit_spell(self, spell_id: int) -> None:
        """Open the form of a membership where one stands."""
        editor = cast("SeveralLists", self.body(SCHOOLS)).panes[MEMBERSHIPS].editor
        if editor is not None:
            editor.edit(spell_id)
