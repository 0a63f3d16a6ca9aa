"""The shared documents tab: versions, and which schools agreed them (R-IMP-8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.queries.documents_page import DocumentRow, DocumentsTab, documents_tab
from models.queries.taking_part import TakePart
from models.services import documents
from ui.dialogs.asking import Asking
from ui.dialogs.form import FormDialog
from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.around import SchoolsField
from ui.pages.impact.forms import DOCUMENT
from ui.pages.impact.pieces import dated, part, quiet, verb
from ui.widgets.buttons import Kind
from ui.widgets.fields import DateField
from ui.widgets.layouts import Flow, column, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from ui.context import AppContext
    from ui.dialogs.asking import Typed
    from ui.widgets.layouts import Item


def state_of(row: DocumentRow) -> str:
    """Where a version stands, in a word or two."""
    if not row.newest:
        return "Earlier"
    return "Agreed by all" if row.schools and not row.missing else "Being agreed"


DOCUMENTS = ListSpec[DocumentRow](
    key="impact-documents",
    table="shared_document",
    noun="shared document",
    plural="shared documents",
    columns=(
        Column("Document", lambda r: r.title, lambda r: r.title.casefold(), Look.STRONG, stretch=True),
        Column("Version", lambda r: f"v{r.version}", lambda r: r.version, right=True),
        Column("Issued", lambda r: dated(r.issued_on), lambda r: r.issued_on, sample="30 May 2025"),
        Column("Agreed", lambda r: f"{r.fact.agreed} of {r.fact.members}", lambda r: r.fact.agreed),
        Column("State", state_of, state_of, Look.STATE, sample="Agreed by all"),
    ),
    identity=lambda r: r.id,
    title=lambda r: f"{r.title} v{r.version}",
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "A shared document is something the schools wrote together and all follow: an enquiry progression, "
        "an assessment policy. Tick which schools agreed which version.",
        "Enter the first document",
    ),
    chips=(
        ChipSpec("Newest", lambda r: r.newest),
        ChipSpec("Being agreed", lambda r: r.newest and bool(r.missing)),
    ),
    form=DOCUMENT,
    words=lambda r: f"{r.title} v{r.version} {state_of(r)} {' '.join(r.missing)}",
)


@dataclass(frozen=True)
class Agreements:
    """The schools that agreed, and the day of those that are new."""

    school_ids: frozenset[int]
    on: dt.date


class AgreeDialog(FormDialog[Agreements]):
    """Asks which schools agreed a version."""

    def __init__(self, parent: QWidget | None, document: DocumentRow, today: dt.date) -> None:
        super().__init__(parent, "Who agreed it?", "Save", 520, stays=True)
        self._form.add(Label(f"{document.title}, version {document.version}", "body", "muted", wrap=True))
        known = tuple((one.school_id, one.school) for one in document.schools)
        agreed = frozenset(one.school_id for one in document.schools if one.on is not None)
        self.schools = SchoolsField(TakePart(known, agreed))
        self.on = DateField(lambda: today, max(today, document.issued_on or today))
        self.row("schools", "Schools that agreed it", self.schools)
        self.row("agreed_on", "Agreed on", self.on, "Of the schools you tick now; others keep their day.")

    @override
    def draft(self) -> Agreements:
        on = self.take("agreed_on", self.on.date)
        if on is None:
            raise BadInput("Some of this is not right yet.")
        return Agreements(frozenset(self.schools.chosen()), on)


class DocumentPanel(DetailPanel):
    """One version."""

    def __init__(self, pane: DocumentsPane) -> None:
        super().__init__("Shared document")
        self._list = pane

    @override
    def show_record(self, record: DocumentRow | None) -> None:
        if record is None:
            self.say("Choose a document to see who agreed it.")
            return
        pane = self._list
        head = record_head(record.title, state_of(record), f"Version {record.version}")
        made = [verb("Agreements…", "Ctrl+L", pane.agree, Kind.PRIMARY)]
        if record.newest:
            made.append(verb("Next version…", "Ctrl+J", pane.next_version))
        spread = record.reach.label if record.reach else "not agreed yet"
        known = [
            ("Issued", long_date(record.issued_on) if record.issued_on else "not yet"),
            ("Agreed", f"{record.fact.agreed} of {record.fact.members} schools"),
            ("Spread to", spread),
        ]
        lines: list[Item] = [row(Label(one.school), 1, quiet_day(one.on), gap=8) for one in record.schools]
        if record.others:
            lines.append(quiet(f"and {record.others} that left the cluster"))
        self.fill(head, Flow(made), rule(), facts(known), rule(), part("Schools", column(*lines, gap=4)))


def quiet_day(day: dt.date | None) -> Label:
    """The day of an agreement, or that there is none."""
    return Label(dated(day), "body", "muted") if day else Label("not yet", "body", "warn")


class DocumentsPane(ListPane[DocumentRow]):
    """The shared documents."""

    def __init__(self, context: AppContext) -> None:
        self.tab: DocumentsTab | None = None
        super().__init__(context, DOCUMENTS, DocumentPanel(self))
        self._agree = self.add_action("agree", "Agreements…", "Ctrl+L", self.agree)
        self._next = self.add_action("next", "Next version…", "Ctrl+J", self.next_version)
        self.chosen.connect(self._on_row)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.fit(ems, (), {"Issued"})

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(documents_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-documents")

    @override
    def new(self) -> None:
        if self.editor is not None and self.tab is not None:
            self.editor.new({"version": 1, "issued_on": self.tab.today})

    def agree(self) -> None:
        """Ask which schools agreed the version chosen."""
        document = self.current()
        if document is None or self.tab is None:
            return
        dialog = AgreeDialog(self.window(), document, self.tab.today)

        def given(found: Agreements) -> None:
            def action(session: Session) -> int:
                return documents.agree(session, document.id, found.school_ids, found.on)

            name = f"Agreements to version {document.version}"
            self.context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

        dialog.given.connect(given)
        dialog.open()

    def next_version(self) -> None:
        """Begin the next version of the document chosen."""
        document = self.current()
        if document is None or self.tab is None or not document.newest:
            return
        words = f"Version {document.version + 1} of {document.title}"
        dialog = Asking(self.window(), words, "Begin it", self.tab.today)
        dialog.say("Nobody has agreed it yet; the version before stays as it is.")
        dialog.day("issued_on", "Issued", self.tab.today, "Leave it empty until it is.")

        def action(session: Session, typed: Typed) -> int:
            return documents.add_version(session, document.id, typed["issued_on"])

        dialog.does(self.context, f"Begin version {document.version + 1}", action, self._go_to_added)

    def _show(self, tab: DocumentsTab) -> None:
        self.tab = tab
        self.show_records(tab.rows)

    def _on_row(self, document: DocumentRow | None) -> None:
        self._agree.setEnabled(document is not None)
        self._next.setEnabled(document is not None and document.newest)
