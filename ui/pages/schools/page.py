"""Schools and people: who belongs, who does what, what was said, declared, offered, awarded and planned."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, cast

from models.queries.schools_page import SchoolsFacts, schools_facts
from ui.format import count, listed
from ui.lists.pane import ListPane
from ui.lists.segments import Part, SeveralLists
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override
from ui.pages.schools.fitted import Fit, FittedPane
from ui.wayfinding import Place

if TYPE_CHECKING:
    from models.queries.partnership_page import AwardRow
    from ui.context import AppContext
    from ui.pages.schools.declarations_pane import DeclarationsPane
    from ui.pages.schools.plans_pane import PlansPane
    from ui.pages.schools.schools_pane import SchoolsPane
    from ui.pages.schools.strengths_pane import StrengthsPane

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
            TabSpec("Declarations", ("declaration",), self._declarations),
            TabSpec("Strengths", ("strength",), self._strengths),
            TabSpec("PSQM", ("psqm_award", "psqm_request"), self._psqm),
            TabSpec("Plans", ("development_plan",), self._plans),
        )
        super().__init__(context, "Schools and people", tabs)

    def day(self) -> dt.date:
        """What day it is; in the sample the day that it is told from."""
        return self.facts.today if self.facts is not None else self.context.today()

    def schools(self) -> SchoolsPane:
        """The list of schools."""
        return cast("SchoolsPane", cast("SeveralLists", self.body(SCHOOLS)).pane(0))

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(schools_facts, year=year, today=self.context.today)
        self.context.book.ask(question, self._know, key="schools-facts")

    @override
    def go_to(self, record: object) -> None:
        if isinstance(record, Place) and record.task == "declarations":
            self.show_tab(DECLARATIONS)
            cast("DeclarationsPane", self.body(DECLARATIONS)).show_place(record)
            return
        super().go_to(record)

    # -- tabs, each with its modules fetched when it is first looked at

    def _schools(self, context: AppContext) -> SeveralLists:
        from ui.pages.schools.school_specs import leads_spec, spells_spec
        from ui.pages.schools.schools_pane import SchoolsPane

        def schools() -> SchoolsPane:
            made = SchoolsPane(context)
            made.spell_wanted.connect(self._edit_spell)
            if self.facts is not None:
                made.know(self.facts)
            return made

        fit = Fit(("Advisor",), ("Release money", "Took the place of"))
        return SeveralLists(
            (
                Part("Schools", "school", schools),
                Part("Memberships", "membership", lambda: FittedPane(context, spells_spec(), fit=fit)),
                Part("Lead school", "lead_spell", lambda: FittedPane(context, leads_spec())),
            )
        )

    def _people(self, context: AppContext) -> SeveralLists:
        from ui.pages.schools.people_pane import PeoplePane, roles_spec

        fit = Fit(("School",), ("To",))
        return SeveralLists(
            (
                Part("People", "person", lambda: PeoplePane(context)),
                Part("Roles", "role", lambda: FittedPane(context, roles_spec(), fit=fit)),
            )
        )

    def _contacts(self, context: AppContext) -> SeveralLists:
        from ui.pages.schools.contacts_pane import ContactsPane, QuestionsPane

        return SeveralLists(
            (
                Part("Contacts log", "contact_log", lambda: ContactsPane(context, self.day)),
                Part(
                    "Questions to the Advisor",
                    "advisor_question",
                    lambda: QuestionsPane(context, self.day),
                ),
            )
        )

    def _declarations(self, context: AppContext) -> DeclarationsPane:
        from ui.pages.schools.declarations_pane import DeclarationsPane

        return DeclarationsPane(context, self.day)

    def _strengths(self, context: AppContext) -> StrengthsPane:
        from ui.pages.schools.strengths_pane import StrengthsPane

        return StrengthsPane(context)

    def _psqm(self, context: AppContext) -> SeveralLists:
        from ui.pages.schools.psqm_pane import AwardPanel, RequestsPane, awards_spec

        fit = Fit(("Round",), ("Awarded", "Award"))

        def awards() -> FittedPane[AwardRow]:
            return FittedPane(context, awards_spec(context), AwardPanel("Award"), fit=fit)

        return SeveralLists(
            (
                Part("Awards", "psqm_award", awards),
                Part("Money asked for", "psqm_request", lambda: RequestsPane(context, self.day)),
            )
        )

    def _plans(self, context: AppContext) -> PlansPane:
        from ui.pages.schools.plans_pane import PlansPane

        return PlansPane(context, self.day)

    # -- inside

    def _know(self, facts: SchoolsFacts) -> None:
        self.facts = facts
        self.context_line.setText(facts_line(facts))
        self.schools().know(facts)

    def _edit_spell(self, spell_id: int) -> None:
        """Open the form of a membership where one stands."""
        spells = cast("SeveralLists", self.body(SCHOOLS)).pane(MEMBERSHIPS)
        if isinstance(spells, ListPane) and spells.editor is not None:
            spells.editor.edit(spell_id)


def facts_line(facts: SchoolsFacts) -> str:
    """`7 schools · led by Harlbridge Primary School · cluster leads Nerys Caldbeck and Tobias Finch`."""
    words = [count(facts.members, "member school")]
    words.append(f"lead school {facts.lead}" if facts.lead else "no lead school entered")
    leads = "cluster lead" if len(facts.leads) == 1 else "cluster leads"
    words.append(f"{leads} {listed(facts.leads)}" if facts.leads else "no cluster lead entered")
    return " · ".join(words)
