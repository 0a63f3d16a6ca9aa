"""The impact page: did it change anything for teachers and children?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from models.queries.impact_aims import Head, head
from models.queries.impact_where import Where, where
from ui.copies import PrivateCopies
from ui.lists.segments import Part, SeveralLists
from ui.lists.tabbed import TabbedPage, TabSpec
from ui.overrides import override
from ui.pages.impact.doing import Verbs
from ui.wayfinding import Place

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.lists.tabbed import TabBody

AIMS, EVIDENCE, CONFIDENCE, CLASSROOMS, PROJECTS, ACTIVITIES, DOCUMENTS, PARTNERS = range(8)
SIX, GAPS, FOCUS, ACCESS = range(4)  # the parts of the aims tab
SURVEYS = ("confidence_answer", "confidence_area", "bar_slip")
TO_GAPS, TO_AFTER = "gaps", "confidence"  # tasks: what Home asks to be begun


class ImpactPage(TabbedPage):
    """The page.

    Args:
        context: the shared things.
        opened: the folder in which copies of files to be opened are written.
    """

    def __init__(self, context: AppContext, opened: Path) -> None:
        self._copies = PrivateCopies(opened)
        self._head: Head | None = None
        self._place: Place | None = None
        tabs = (
            TabSpec("Aims", ("aim", "aim_link", "focus_area"), self._make_aims),
            TabSpec("Evidence", ("evidence",), self._make_evidence),
            TabSpec(
                "Confidence", ("confidence_answer", "confidence_area", "bar_slip"), self._make_confidence
            ),
            TabSpec("Classrooms", (), self._make_classrooms),
            TabSpec("Projects", ("project", "project_school"), self._make_projects),
            TabSpec("Activities", ("activity", "activity_school"), self._make_activities),
            TabSpec("Shared documents", ("shared_document", "document_agreement"), self._make_documents),
            TabSpec("Partners", ("partner",), self._make_partners),
        )
        super().__init__(context, "Impact", tabs)

    def today(self) -> dt.date:
        """What day it is; in the sample the day that it is told from."""
        return self._head.today if self._head is not None else self.context.today()

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(head, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show_head, key="impact-head")

    @override
    def go_to(self, record: object) -> None:
        """Show a record where it is listed: in its own year, a part where its whole is."""
        if not isinstance(record, Place):
            return
        if record.task in {TO_GAPS, TO_AFTER} or not record.id:
            self._show_place(record)
            return
        self._place = record
        question = partial(where, table=record.table, record_id=record.id)
        self.context.book.ask(question, self._found, key="impact-where")

    def part(self, tab: int, number: int) -> Any:
        """A part of a tab that has several, made if need be."""
        body = self.body(tab)
        return body.pane(number) if isinstance(body, SeveralLists) else body

    # -- the tabs

    def _make_aims(self, context: AppContext) -> TabBody:
        from ui.pages.impact.access import AccessPane
        from ui.pages.impact.aims import AimsPane
        from ui.pages.impact.focus import FocusPane
        from ui.pages.impact.gaps import GapsPane

        verbs = partial(_verbs, context)

        def six() -> AimsPane:
            made = AimsPane(context, verbs)
            made.map_wanted.connect(partial(self._show_part, AIMS, GAPS))
            return made

        return SeveralLists(
            (
                Part("Six aims", "aim", six, more=("aim_link",)),
                Part("Gap map", "", partial(GapsPane, context, verbs)),
                Part("Focus areas", "focus_area", partial(FocusPane, context, verbs)),
                Part("Fair access", "", partial(AccessPane, context, verbs)),
            )
        )

    def _make_evidence(self, context: AppContext) -> TabBody:
        from ui.pages.impact.evidence import EvidencePane

        return EvidencePane(context, partial(_verbs, context), self._copies, self.today)

    def _make_confidence(self, context: AppContext) -> TabBody:
        from ui.pages.impact.asked import AreasPane, BarPane
        from ui.pages.impact.confidence import BeforeAfter

        return SeveralLists(
            (
                Part("Before and after", "confidence_answer", partial(BeforeAfter, context)),
                Part("Areas asked about", "confidence_area", partial(AreasPane, context)),
                Part("Bigger, add, remove", "bar_slip", partial(BarPane, context)),
            )
        )

    def _make_classrooms(self, context: AppContext) -> TabBody:
        from ui.pages.impact.classrooms import InUsePane, PassedPane

        verbs = partial(_verbs, context)
        return SeveralLists(
            (
                Part("CPD passed on", "", partial(PassedPane, context, verbs)),
                Part("In use", "", partial(InUsePane, context, verbs)),
            )
        )

    def _make_projects(self, context: AppContext) -> TabBody:
        from ui.pages.impact.projects import ProjectsPane

        return ProjectsPane(context, partial(_verbs, context))

    def _make_activities(self, context: AppContext) -> TabBody:
        from ui.pages.impact.activities import ActivitiesPane

        return ActivitiesPane(context, partial(_verbs, context))

    def _make_documents(self, context: AppContext) -> TabBody:
        from ui.pages.impact.documents import DocumentsPane

        return DocumentsPane(context)

    def _make_partners(self, context: AppContext) -> TabBody:
        from ui.pages.impact.partners import PartnersPane

        return PartnersPane(context)

    # -- inside

    def _show_head(self, found: Head) -> None:
        self._head = found
        self.context_line.setText(found.words)
        self.filled.emit()

    def _found(self, found: Where | None) -> None:
        place, self._place = self._place, None
        if place is None or found is None:
            return
        self._show_place(Place(found.table, found.id, place.task))
        if found.year is not None and found.year != self._year:
            self.context.bus.year_wanted.emit(found.year)

    def _show_place(self, place: Place) -> None:
        if place.task == TO_GAPS:
            self._show_part(AIMS, GAPS)
            self.part(AIMS, GAPS).show_place(place)
        elif place.task == TO_AFTER:
            self._show_part(CONFIDENCE, 0)
            self.part(CONFIDENCE, 0).show_place(place)
        else:
            super().go_to(place)

    def _show_part(self, tab: int, number: int) -> None:
        self.show_tab(tab)
        body = self.body(tab)
        if isinstance(body, SeveralLists):
            body.segments.choose(number)


def _verbs(context: AppContext, owner: QWidget) -> Verbs:
    return Verbs(context, owner)
