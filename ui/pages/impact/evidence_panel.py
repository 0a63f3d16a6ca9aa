"""One piece of evidence beside the list: its words, its photograph, what it shows, where it comes from."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.serving import KIND_WORDS
from models.words import EvidenceKind, PermissionBasis
from ui.format import file_size, long_date
from ui.lists.detail import DetailPanel, facts, record_head
from ui.overrides import override
from ui.pages.impact.picture import Picture
from ui.pages.impact.pieces import part, quiet, verb, warning, way
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, column, row, rule
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from models.queries.attachments import FileLine
    from models.queries.evidence_page import EvidenceRow
    from ui.context import AppContext
    from ui.widgets.layouts import Box, Item

CHOOSE = "Choose a piece of evidence to see it whole."
NO_AIM = "It shows no aim yet: choose one, and the pack prints it there."


class EvidencePanel(DetailPanel):
    """The panel. A file dropped on it is kept with the evidence.

    Attributes:
        acted: a button was pressed: (attach, permit, serve, pack, take, open or save; the file or None).
        place_wanted: a record is to be shown: (its table, its id).
        dropped: a file was dropped: (its path,).
    """

    acted = Signal(str, object)
    place_wanted = Signal(str, int)
    dropped = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__("Evidence")
        self._context = context
        self._row: EvidenceRow | None = None
        self.picture: Picture | None = None
        self.setAcceptDrops(True)

    @override
    def show_record(self, record: EvidenceRow | None) -> None:
        if record == self._row and record is not None:
            return
        self._row, self.picture = record, None
        if record is None:
            self.say(CHOOSE)
            return
        line = f"{record.kind.label} · {long_date(record.on)}"
        items: list[Item] = [record_head(record.code, record.state, line), *self._buttons(record)]
        if record.says:
            items.append(warning(record.says))
        if record.text:
            items.append(Label(record.text, wrap=True))
        if record.file is not None:
            items.append(self._file(record.file, record))
        items += [rule(), facts(_facts(record)), rule(), self._shows(record)]
        if record.sources:
            items += [rule(), self._sources(record)]
        self.fill(*items)

    def _buttons(self, record: EvidenceRow) -> list[Item]:
        made: list[Button] = []
        if record.kind is EvidenceKind.PHOTO:
            first = record.needs_permission
            made.append(self._verb("Permission…", "Ctrl+G", "permit", primary=first))
        words = "Another file…" if record.file is not None else "Photograph or file…"
        made.append(self._verb(words, "Ctrl+J", "attach"))
        made.append(
            self._verb("Leave out of the pack" if record.in_pack else "Put into the pack", "Ctrl+R", "pack")
        )
        return [Flow(made)]

    def _verb(self, words: str, keys: str, name: str, *, primary: bool = False) -> Button:
        kind = Kind.PRIMARY if primary else Kind.PLAIN
        return verb(words, keys, partial(self.acted.emit, name, None), kind)

    def _file(self, file: FileLine, record: EvidenceRow) -> Box:
        box = column(gap=6)
        if file.picture:
            self.picture = Picture(self._context, file.id, record.text or file.name)
            box.add(self.picture)
        made = [
            Button("Open", Kind.LINK, tip=f"Open {file.name}"),
            Button("Save a copy…", Kind.LINK, tip=f"Save a copy of {file.name}"),
            Button("Remove", Kind.LINK, tip=f"Remove {file.name}"),
        ]
        for button, name in zip(made, ("open", "save", "take"), strict=True):
            button.clicked.connect(partial(self.acted.emit, name, file))
        box.add(row(ElidedLabel(file.name), gap=8), quiet(f"{file.kind}, {file_size(file.size)}"))
        box.add(row(*made, 1, gap=16))
        return box

    def _shows(self, record: EvidenceRow) -> Box:
        lines: list[Item] = [Label(words, wrap=True) for words in record.serves.full] or [quiet(NO_AIM)]
        change = verb("Aims and focus areas…", "Ctrl+L", partial(self.acted.emit, "serve", None))
        return part("What it shows", *lines, row(change, 1), gap=8)

    def _sources(self, record: EvidenceRow) -> Box:
        box = column(gap=0)
        for one in record.sources:
            go = partial(self.place_wanted.emit, one.table, one.id)
            box.add(way(one.title, f"{KIND_WORDS[one.table]} {one.code}", go))
        return part("Where it comes from", box)

    # -- dropping a file

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._row is not None and _dropped(event) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if self._row is not None and path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is dropped."""
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None


def _facts(record: EvidenceRow) -> list[tuple[str, str]]:
    photo = record.kind is EvidenceKind.PHOTO
    until = record.consent_until if photo and record.permission is PermissionBasis.CONSENT else None
    return [
        ("Whose words", record.by_whom),
        ("School", record.school or "the cluster"),
        ("Spread to", record.reach.label if record.reach else "not entered"),
        ("Permission", (record.permission.label if record.permission else "not entered") if photo else ""),
        ("Consent ends", long_date(until) if until else ""),
    ]
