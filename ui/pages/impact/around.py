"""Forms with more than fields: which schools take part, what is served, and the file that goes along."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.kept_pictures import is_picture
from models.queries.serving import Served, served
from models.queries.taking_part import TakePart, take_part
from models.rules.impact import lapsed
from models.services.taking_part import PARTS
from models.words import ActivityKind, EvidenceKind, PermissionBasis, ProjectScope, ProjectState
from ui.dialogs.files import KEPT, choose_to_open
from ui.dialogs.serving import ServesField
from ui.forms.draft_form import DraftForm
from ui.overrides import override
from ui.widgets.buttons import Button
from ui.widgets.fields import TextField
from ui.widgets.layouts import Grid, column, holder, row
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    import datetime as dt

    from sqlmodel import Session

    from models.queries.choosing import FormFacts
    from ui.context import AppContext
    from ui.forms.spec import FormSpec, Values

AREAS_AND_AIMS, SCHOOLS, FILE = "serves", "schools", "file"  # what a form gives besides its fields


class SchoolsField(QWidget):
    """The schools, each with a box to tick.

    Attributes:
        changed: another school is ticked.
    """

    changed = Signal()

    def __init__(self, found: TakePart) -> None:
        super().__init__()
        self._ticks: dict[int, Tick] = {}
        for key, name in found.schools:
            tick = Tick(name)
            tick.setChecked(key in found.chosen)
            tick.toggled.connect(self.changed)
            self._ticks[key] = tick
        self._all = Button("Tick all", tip="Tick every school, or none if all are ticked")
        self._all.clicked.connect(self._toggle_all)
        body = column(Grid(2, [row(tick, 1) for tick in self._ticks.values()], across=16, down=6), gap=8)
        body.add(row(self._all, 1))
        self.setLayout(body)

    def chosen(self) -> set[int]:
        """The schools that are ticked."""
        return {key for key, tick in self._ticks.items() if tick.isChecked()}

    def _toggle_all(self) -> None:
        on = len(self.chosen()) < len(self._ticks)
        for tick in self._ticks.values():
            tick.setChecked(on)


class AroundForm(DraftForm):
    """A form that also says which schools take part and what it serves. It is tied to the book when made."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._schools: SchoolsField | None = None
        self._serves: ServesField | None = None
        self._schools_box, self._serves_box = QWidget(), QWidget()
        self.below(self._schools_box)
        self.below(self._serves_box)
        self._schools_box.hide()
        self._serves_box.hide()

    def tie(self, context: AppContext) -> None:
        """Ask this book what there is to tick."""
        record_id = self.facts.kept.id if self.facts.kept is not None else None
        question = partial(
            _around, table=self.spec.table, record_id=record_id, day=self.facts.today, clock=context.today
        )
        context.book.ask(question, self._show_around, key=f"around-{self.spec.table}")

    def schools_wanted(self) -> bool:
        """Whether the schools that take part are asked for now."""
        return self.spec.table in PARTS

    @override
    def draft(self) -> Values:
        values: dict[str, Any] = dict(super().draft())
        if self._schools is not None:
            values[SCHOOLS] = self._schools.chosen()
        if self._serves is not None:
            values[AREAS_AND_AIMS] = self._serves.chosen()
        return values

    def _show_around(self, found: tuple[Served, TakePart | None]) -> None:
        serves, schools = found
        if schools is not None and schools.schools:
            self._schools = SchoolsField(schools)
            self._fill_box(self._schools_box, SCHOOLS, "Schools that took part", self._schools)
            self._schools_box.setVisible(self.schools_wanted())
        if serves.aims or serves.areas:
            self._serves = ServesField(serves, self.spec.width)
            self._fill_box(self._serves_box, AREAS_AND_AIMS, "What it serves", self._serves)
            self._serves_box.show()
        self.keep_state()
        self.fit()

    def _fill_box(self, box: QWidget, key: str, label: str, field: QWidget) -> None:
        box.setLayout(self.stack(key, label, field))


def _around(
    session: Session, table: str, record_id: int | None, day: Any, clock: Any
) -> tuple[Served, TakePart | None]:
    parts = take_part(session, table, record_id, clock) if table in PARTS else None
    return served(session, table, record_id, day), parts


class _Suiting(AroundForm):
    """A form that asks only what makes sense of what is chosen."""

    def show_row(self, key: str, *, on: bool) -> None:
        """Show or hide a field with its label and help."""
        line = self._rows[key]
        labels = [label for label in self.findChildren(Label) if label.buddy() is line.field]
        for part in (line.field, line.help, *labels):
            if part is not None:
                part.setVisible(on)
        if not on:
            line.error.hide()


class ProjectForm(_Suiting):
    """A project: a school for a theme, schools for a shared one; a reason where it was stopped."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self.changed.connect(self._suit)
        self._suit()

    @override
    def schools_wanted(self) -> bool:
        return self.typed("scope") is ProjectScope.SHARED

    def _suit(self) -> None:
        """Ask only what makes sense of what is chosen."""
        theme = self.typed("scope") is ProjectScope.SCHOOL_THEME
        stopped = self.typed("state") is ProjectState.STOPPED
        self.show_row("school_id", on=theme)
        self.show_row("stopped_reason", on=stopped)
        self._schools_box.setVisible(self._schools is not None and not theme)
        if self.isVisible():
            self.fit()


class ActivityForm(AroundForm):
    """An activity; of transition both sides are asked for at once (R-TRAN-1)."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._was: ActivityKind | None = self.typed("kind")
        self.changed.connect(self._suit)

    def _suit(self) -> None:
        kind = self.typed("kind")
        if kind is ActivityKind.TRANSITION and self._was is not kind:
            self._unfold(on=True)
        self._was = kind


class EvidenceForm(_Suiting):
    """Evidence, with a photograph or file. What a photograph needs is said beside its field at once."""

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        super().__init__(parent, spec, facts, values)
        self._path: Path | None = None
        self._folder = Path()
        self._has_file = facts.kept is not None and facts.kept.values["attachment_id"] is not None
        self.file = TextField(hint="Another file takes its place" if self._has_file else "No file chosen")
        self.file.setReadOnly(True)
        self.choose = Button("Choose a file…", tip="Choose a photograph or a file")
        self.choose.clicked.connect(self._choose)
        paper = self.stack("name", "Photograph or file", self.file)
        line = row(holder(paper), column(1, self.choose), gap=8)
        line.setStretch(0, 1)
        self._form.insertWidget(len(spec.rows), holder(line))
        self.changed.connect(self._suit)
        self._suit()

    @override
    def tie(self, context: AppContext) -> None:
        super().tie(context)
        self._folder = context.documents

    def take_file(self, path: Path) -> None:
        """Keep this file with it; a picture is a photograph."""
        self._path = path
        self.file.setText(path.name)
        if is_picture(path):
            self.entries["kind"].show(EvidenceKind.PHOTO)
        self._suit()

    @override
    def draft(self) -> Values:
        return {**super().draft(), FILE: self._path}

    def _choose(self) -> None:
        choose_to_open(self, "Choose a photograph or file", KEPT, self._folder, self.take_file)

    def _suit(self) -> None:
        """Say beside the permission what it means for this photograph; a consent may have an end."""
        basis = self.typed("permission")
        self.show_row("consent_until", on=basis is PermissionBasis.CONSENT)
        note = self._rows["permission"].help
        if note is not None:
            until, today = self.typed("consent_until"), self.facts.today
            words, tone = permission_words(self.typed("kind"), basis, until, today)
            note.setText(words)
            note.set_tone(tone)
        if self.isVisible():
            self.fit()


def permission_words(
    kind: EvidenceKind | None, basis: PermissionBasis | None, until: dt.date | None, today: dt.date
) -> tuple[str, str]:
    """What a permission, or its absence, means: the sentence and its tone (R-DATA-3)."""
    if kind is not EvidenceKind.PHOTO:
        return "Only a photograph needs one.", "muted"
    if basis is None:
        return "Choose why it may be used: without that it is never printed.", "warn"
    if basis is PermissionBasis.REFUSED:
        return "It is kept here and never printed.", "warn"
    if lapsed(basis, until, today) is not None:
        return "This consent has ended: it is not printed any more.", "warn"
    return "It may be printed in the pack.", "good"
