"""The words tab: foreword, successes, difficulties and the decisions asked for, in the lead's own words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.pack_page import WordsRow, words_tab
from models.services import pack_words
from models.words import PackNoteKind
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.pack.forms import WORDS
from ui.widgets.buttons import Button
from ui.widgets.layouts import rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from ui.context import AppContext

PLURALS = {
    PackNoteKind.FOREWORD: "Foreword",
    PackNoteKind.SUCCESS: "Successes",
    PackNoteKind.DIFFICULTY: "Difficulties",
    PackNoteKind.ASK: "Decisions we ask for",
}


def _is(kind: PackNoteKind, record: WordsRow) -> bool:
    return record.kind is kind


SPEC = ListSpec[WordsRow](
    key="pack-words",
    table="pack_note",
    noun="passage",
    plural="passages",
    columns=(
        Column("What it is", lambda r: r.kind.label, lambda r: r.kind.label, Look.STRONG),
        Column("No.", lambda r: str(r.place), lambda r: r.place, right=True),
        Column(
            "Words", lambda r: " ".join(r.text.split()), lambda r: r.text.casefold(), stretch=True,
            tip=lambda r: r.text,
        ),
    ),
    identity=lambda r: r.id,
    title=lambda r: f"{r.kind.label} {r.place}",
    ask=words_tab,
    empty=Empty(
        Icon.PACK,
        "These words are yours: a foreword, what went well, what was hard, and the decisions you ask the "
        "Steering Group for. The summary page of the pack prints them beside the figures.",
        "Write the first passage",
    ),
    chips=tuple(ChipSpec(words, partial(_is, kind)) for kind, words in PLURALS.items()),
    form=WORDS,
    words=lambda r: f"{r.kind.label} {r.text}",
)  # fmt: skip


class WordsPanel(DetailPanel):
    """One passage, whole."""

    def __init__(self, pane: WordsPane) -> None:
        super().__init__("Passage")
        self._list = pane

    @override
    def show_record(self, record: WordsRow | None) -> None:
        if record is None:
            self.say("Choose a passage to read it whole.")
            return
        edit = Button("Edit…", tip="Edit… (Enter)")
        edit.clicked.connect(self._list.edit)
        made = [edit]
        for words, keys, by in (("Move up", "Alt+Up", -1), ("Move down", "Alt+Down", 1)):
            button = Button(words, tip=f"{words} ({keys})")
            button.setEnabled(1 <= record.place + by <= record.many)
            button.clicked.connect(partial(self._list.move_by, by))
            made.append(button)
        self.fill(
            record_head(record.kind.label, "", f"{record.place} of {record.many}"),
            Label(record.text, wrap=True),
            buttons(*made, across=3),
            rule(),
            facts([("Printed", record.printed)]),
        )


class WordsPane(ListPane[WordsRow]):
    """The passages of the year."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, SPEC, WordsPanel(self))
        self.add_action("up", "Move up", "Alt+Up", partial(self.move_by, -1))
        self.add_action("down", "Move down", "Alt+Down", partial(self.move_by, 1))

    @override
    def new(self) -> None:
        """Write another passage of the kind in view."""
        if self.editor is None or self.year is None:
            return
        kinds, record = list(PLURALS), self.current()
        chosen = kinds[self._chip] if self._chip >= 0 else record.kind if record else PackNoteKind.SUCCESS
        self.editor.new({"school_year": self.year, "kind": chosen})

    def move_by(self, by: int, *_: object) -> None:
        """Move the passage chosen among those of its kind."""
        record = self.current()
        if record is not None and 1 <= record.place + by <= record.many:
            name = f"Move {record.kind.label.lower()} {record.place} {'up' if by < 0 else 'down'}"
            self.context.book.change(name, partial(pack_words.move_words, note_id=record.id, by=by))
