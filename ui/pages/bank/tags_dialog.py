"""Tags: those of one item, or tags given to and taken from all items that the list shows (R-RES-8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.curriculum import suggested
from models.errors import BadInput
from models.rules.resources import Tag
from models.words import TagKind
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.widgets.completing import Completing
from ui.widgets.fields import TextField
from ui.widgets.layouts import Grid, holder, row
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

HELPS = {
    TagKind.UNIT: "For example Forces and magnets; several with a semicolon between.",
    TagKind.ENQUIRY_TYPE: "For example classifying; pattern seeking.",
    TagKind.ENQUIRY_SKILL: "For example asking questions.",
    TagKind.FOCUS_AREA: "What the cluster works on.",
    TagKind.KEYWORD: "Any other word to find it by.",
}
ACROSS = 4


def words_of(kind: TagKind, known: Mapping[TagKind, Sequence[str]]) -> list[str]:
    """The usual words of a kind together with those in use."""
    found = {word.casefold(): word for word in (*suggested(kind), *known.get(kind, ()))}
    return sorted(found.values(), key=str.casefold)


class TagsField(TextField):
    """Several tags with semicolons between, each completed as it is typed."""

    def __init__(self, tags: Collection[str], words: Sequence[str], hint: str = "") -> None:
        super().__init__("; ".join(sorted(tags, key=str.casefold)), most=2000, hint=hint)
        self._completer = Completing(words, self)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._complete)
        self.textEdited.connect(self._offer)

    def tags(self) -> list[str]:
        """The tags typed."""
        return [" ".join(one.split()) for one in self.text().split(";") if one.strip()]

    def _offer(self, text: str) -> None:
        word = text[: self.cursorPosition()].rsplit(";", maxsplit=1)[-1].strip()
        if len(word) < 2:
            self._hide()
            return
        self._completer.setCompletionPrefix(word)
        if self._completer.completionCount():
            self._completer.complete()
        else:
            self._hide()

    def _hide(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def _complete(self, word: str) -> None:
        at = self.cursorPosition()
        before, after = self.text()[:at].split(";")[:-1], self.text()[at:]
        parts = [*(one.strip() for one in before), word]
        self.setText("; ".join(parts) + after)


class TagsDialog(FormDialog[tuple[Tag, ...]]):
    """The tags of one item."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        tags: Collection[Tag],
        known: Mapping[TagKind, Sequence[str]],
    ) -> None:
        super().__init__(parent, title, "Save", 520, stays=True)
        mine = {kind: [tag.value for tag in tags if tag.kind is kind] for kind in TagKind}
        years = list(dict.fromkeys([*suggested(TagKind.YEAR_GROUP), *sorted(mine[TagKind.YEAR_GROUP])]))
        self.years = {year: Tick(year) for year in years}
        for year, tick in self.years.items():
            tick.setChecked(year in mine[TagKind.YEAR_GROUP])
        boxes = holder(Grid(ACROSS, [row(tick, 1) for tick in self.years.values()], across=16, down=4))
        boxes.setAccessibleName("Years")
        self.row(TagKind.YEAR_GROUP, "Years", boxes)
        self.fields = {
            kind: TagsField(mine[kind], words_of(kind, known)) for kind in TagKind if kind in HELPS
        }
        for kind, field in self.fields.items():
            self.row(kind, kind.label, field, HELPS[kind])

    @override
    def draft(self) -> tuple[Tag, ...]:
        found = [Tag(TagKind.YEAR_GROUP, year) for year, tick in self.years.items() if tick.isChecked()]
        for kind, field in self.fields.items():
            found += [Tag(kind, word) for word in field.tags()]
        return tuple(found)


@dataclass(frozen=True)
class Retag:
    """Tags to give and tags to take away."""

    add: tuple[Tag, ...]
    remove: tuple[Tag, ...]


class RetagDialog(FormDialog[Retag]):
    """Gives a tag to many items, or takes one away, all in one step."""

    def __init__(self, parent: QWidget | None, title: str, known: Mapping[TagKind, Sequence[str]]) -> None:
        super().__init__(parent, title, "Save", 480, stays=True)
        kinds = [(kind.label, kind) for kind in TagKind]
        self.kind, self.word = Pick(kinds), TagsField((), words_of(TagKind.YEAR_GROUP, known))
        self.kind.setCurrentIndex(0)
        there = [
            (f"{kind.label}: {word}", Tag(kind, word)) for kind in TagKind for word in known.get(kind, ())
        ]
        self.gone = Pick(there, "Take none away")
        self._form.add(Label("Only what the list shows now is changed.", "body", "muted", wrap=True))
        self.row("kind", "Kind of tag to give", self.kind)
        self.row("add", "Tags to give", self.word, "Several with a semicolon between.")
        self.row("remove", "Tag to take away", self.gone)

    @override
    def draft(self) -> Retag:
        add = tuple(Tag(self.kind.value(), word) for word in self.word.tags())
        gone = self.take("remove", self.gone.checked_value)
        if not add and gone is None and not self._wrong:
            raise BadInput("Enter a tag to give, or choose one to take away.", "add")
        return Retag(add, (gone,) if gone else ())
