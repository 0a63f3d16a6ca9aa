"""A dialog made from a Draft: its fields as entries, its checks as errors beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from models.errors import BadInput
from models.exchange.columns import column_of
from models.exchange.sheets import BY_TABLE
from ui.dialogs.form import FormDialog
from ui.forms.entries import FlagEntry, entry_for
from ui.forms.spec import Values
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, holder, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.choosing import FormFacts
    from models.tables import Draft
    from ui.forms.entries import Entry
    from ui.forms.spec import FormSpec, Rows
    from ui.widgets.layouts import Box


class DraftForm(FormDialog[Values]):
    """Edits one record. It stays open until it is told that the record was saved.

    A page with something to show while one types subclasses it: it listens to `changed`, reads what is typed
    by `typed`, and puts its own widgets in with `below`.

    Args:
        parent: the window it belongs to.
        spec: what it shows.
        facts: what the book offers; `facts.kept` is the record to edit, None for a new one.
        values: what a new record begins with, before anything is typed.

    Attributes:
        changed: something else is typed or chosen now.
    """

    changed = Signal()

    def __init__(
        self, parent: QWidget | None, spec: FormSpec, facts: FormFacts, values: Values | None = None
    ) -> None:
        new = facts.kept is None
        title = f"New {spec.noun}" if new else f"Edit {spec.noun}"
        super().__init__(parent, title, "Save", spec.width, stays=True)
        self.spec, self.facts = spec, facts
        self.entries: dict[str, Entry] = {}
        self._sheet = BY_TABLE[spec.table]
        self._lay_rows(spec.rows, self._form)
        self._more = self._build_more() if spec.more else None
        self._fill(values or {})

    @property
    def draft_class(self) -> type[Draft]:
        """The Draft that checks what is typed."""
        return self._sheet.draft

    def below(self, widget: QWidget) -> None:
        """Put a widget of the page's own under the fields."""
        self._form.add(widget)

    def typed(self, name: str) -> Any:
        """What is typed in a field now; None if it cannot be understood yet."""
        try:
            return self.entries[name].read()
        except BadInput:
            return None

    @override
    def draft(self) -> Values:
        values = {}
        for name, entry in self.entries.items():
            values[name] = self.take(name, entry.read)
        if self._wrong:
            raise BadInput("Some of this is not right yet.")
        return self.checked(values)

    def checked(self, values: Values) -> Values:
        """The values held to the Draft, all faults at once.

        Raises:
            BadInput: something does not fit.
        """
        from pydantic import ValidationError

        from models.tables.base import problems

        whole = {**self._rest(), **values}
        if "code" in self.draft_class.model_fields and not whole.get("code"):
            whole["code"] = "new"  # the service gives the next one out
        try:
            made = self.draft_class.model_validate(whole)
        except ValidationError as wrong:
            for fault in problems(self.draft_class, wrong):
                self._wrong.setdefault(fault.field, str(fault))
            raise BadInput(
                self._wrong.get("", "Some of this is not right yet."), next(iter(self._wrong))
            ) from None
        stored = made.model_dump()
        return {
            name: stored[name] if values[name] not in {"", None} or name != "code" else "" for name in values
        }

    def _rest(self) -> dict[str, Any]:
        """The fields that the form does not show: as they are, or as they begin."""
        given = dict(self.facts.kept.values) if self.facts.kept is not None else dict(self._given)
        return {name: value for name, value in given.items() if name not in self.entries}

    def _fill(self, values: Values) -> None:
        kept = self.facts.kept
        self._given = {} if kept is not None else dict(values)
        for name, entry in self.entries.items():
            info = self.draft_class.model_fields[name]
            start = None if info.is_required() else info.get_default()
            entry.show(kept.values[name] if kept is not None else values.get(name, start))
            entry.changed.connect(self.changed)
        if self._more is not None:
            filled = (self.entries[name].read() for line in self.spec.more for name in line)
            self._unfold(on=kept is not None and any(value not in {None, "", 0} for value in filled))

    # -- building

    def _lay_rows(self, rows: Rows, form: Box) -> None:
        for names in rows:
            cells = [self._cell(name) for name in names]
            if len(cells) == 1:
                form.add(cells[0])
                continue
            line = row(gap=16)
            for cell in cells:
                line.addLayout(column(cell, 1), 1)
            form.add(line)

    def _cell(self, name: str) -> Box:
        known = column_of(self._sheet, name)
        info = self.draft_class.model_fields[name]
        nullable = type(None) in getattr(info.annotation, "__args__", ())
        entry = entry_for(known, self.facts, optional=nullable, blank=info.is_required())
        self.entries[name] = entry
        help_text = self.spec.helps.get(name, "" if isinstance(entry, FlagEntry) else known.help)
        return self.stack(name, self.spec.labels.get(name, known.heading), entry.widget, help_text)

    def _build_more(self) -> QWidget:
        inner = column(gap=14)
        self._lay_rows(self.spec.more, inner)
        box = holder(inner)
        self._toggle = Button("More", Kind.QUIET)
        self._toggle.clicked.connect(self._on_more)
        self._form.add(row(self._toggle, 1), box)
        return box

    def _on_more(self) -> None:
        if self._more is not None:
            self._unfold(on=self._more.isHidden())

    def _unfold(self, *, on: bool) -> None:
        if self._more is not None:
            self._more.setVisible(on)
            self._toggle.set_words("Fewer" if on else "More", "Fewer fields" if on else "More fields")
            if self.isVisible():
                self.fit()

    @override
    def _show_errors(self) -> None:
        if self._more is not None and any(name in self._wrong for line in self.spec.more for name in line):
            self._unfold(on=True)
        super()._show_errors()
