"""New, edit and delete for one kind of record: asks the book, shows the form, saves by a named action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.values import replace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import FormFacts
    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm
    from ui.forms.spec import FormSpec, Values


class Editor(QObject):
    """The forms of one kind of record.

    Args:
        context: the shared things.
        window: the widget whose window the form belongs to.
        spec: what the form shows.
        form: the form's class, where a page shows more in it than fields.

    Attributes:
        added: a new record was saved: (its id,).
        saved: an edited record was saved: (its id,).
        opened: a form was opened: (the form,); for what a page wants to tie to it.
        near: a date without its year is the one nearest to this; None: it follows the year of the window.
    """

    added = Signal(int)
    saved = Signal(int)
    opened = Signal(object)

    def __init__(
        self, context: AppContext, window: QWidget, spec: FormSpec, form: type[DraftForm] | None = None
    ) -> None:
        super().__init__(window)
        self.spec = spec
        self.near: dt.date | None = None
        self._context, self._window, self._form = context, window, form

    def new(self, values: Values | None = None) -> None:
        """Open an empty form; `values` is what it begins with."""
        self._ask(None, partial(self._show_new, values or {}))

    def edit(self, record_id: int) -> None:
        """Open the form on a record."""
        self._ask(record_id, self._show_edit)

    def delete(self, record_id: int, title: str) -> None:
        """Delete a record. It is not asked about: it goes to the Bin, and Undo stands in the status bar."""
        from models.services import records

        record = records.record_of(self.spec.table)
        name = f"Delete {self.spec.noun} {title}".strip()
        self._context.book.change(name, partial(records.remove, record=record, record_id=record_id))

    # -- inside

    def _ask(self, record_id: int | None, show: Callable[[FormFacts], None]) -> None:
        from models.queries.choosing import form_facts

        question = partial(
            form_facts,
            table=self.spec.table,
            record_id=record_id,
            today=self._context.today(),
            year=self._context.book.year,
        )
        self._context.book.ask(question, show, key=f"form-{self.spec.table}")

    def _made(self, facts: FormFacts, values: Values | None = None) -> DraftForm:
        from ui.forms.draft_form import DraftForm

        if self.near is not None:
            facts = replace(facts, near=self.near)
        form = (self._form or DraftForm)(self._window.window(), self.spec, facts, values)
        self.opened.emit(form)
        return form

    def _show_new(self, values: Values, facts: FormFacts) -> None:
        form = self._made(facts, values)
        form.given.connect(partial(self._add, form, values))
        form.open()

    def _show_edit(self, facts: FormFacts) -> None:
        form = self._made(facts)
        form.given.connect(partial(self._change, form, facts))
        form.open()

    def _add(self, form: DraftForm, start: Values, values: Values) -> None:
        from models.services import records

        record = records.record_of(self.spec.table)
        whole = {**start, **values}

        def action(session: Session) -> int:
            return self.spec.add(session, whole) if self.spec.add else records.add(session, record, whole)

        def done(record_id: int) -> None:
            form.saved()
            self.added.emit(record_id)

        self._context.book.change(
            f"Add {self.spec.noun}",
            action,
            done,
            form.not_saved,
            number=lambda session, record_id: records.number_of(session, record, record_id),
        )

    def _change(self, form: DraftForm, facts: FormFacts, values: Values) -> None:
        from models.services import records

        record, kept = records.record_of(self.spec.table), facts.kept
        if kept is None:
            return

        def action(session: Session) -> None:
            if self.spec.change:
                self.spec.change(session, kept.id, values, kept.values)
            else:
                records.change(session, record, kept.id, values, kept.values)

        def done(_: None) -> None:
            form.saved()
            self.saved.emit(kept.id)

        name = f"Edit {self.spec.noun} {kept.values.get('code', '')}".strip()
        self._context.book.change(name, action, done, form.not_saved)
