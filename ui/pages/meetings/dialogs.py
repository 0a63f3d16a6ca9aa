"""The small dialogs behind a meeting's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import BadInput
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.widgets.notes import NoteField
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.meetings_plan import Invited

REASON = CAPTION = 500  # characters


class ReasonDialog(FormDialog[str]):
    """Asks for a reason in words.

    Args:
        parent: the window it belongs to.
        title: what is about to be done.
        accept: the verb on the button.
        words: what will happen, in a sentence or two.
        needed: the sentence that asks for a reason where there must be one; "" if it may be left empty.
    """

    def __init__(self, parent: QWidget | None, title: str, accept: str, words: str, needed: str = "") -> None:
        super().__init__(parent, title, accept, 440, stays=True)
        self._wanting = needed
        if accept.startswith("Cancel"):  # “Cancel” beside “Cancel the meeting” would say nothing
            self._cancel.set_words("Keep it")
        self._reason = NoteField(most=REASON, lines=3)
        self._form.add(Label(words, "body", "muted", wrap=True))
        self.row("reason", "Reason" if needed else "Reason, if you like", self._reason)

    @override
    def draft(self) -> str:
        reason = self.take("reason", self._reason.text)
        if self._wanting and not reason:
            raise BadInput(self._wanting, "reason")
        return reason or ""


class InviteDialog(FormDialog[set[int]]):
    """Asks which schools are asked to a meeting; all of them is none in particular."""

    def __init__(self, parent: QWidget | None, invited: Invited) -> None:
        super().__init__(parent, "Who is asked?", "Save", 460, stays=True)
        everybody = (
            "Tick the schools that are asked. With every school ticked it is a meeting for all members."
        )
        self._form.add(Label(everybody, "body", "muted", wrap=True))
        self._ticks: dict[int, Tick] = {}
        for key, name in invited.schools:
            tick = Tick(name)
            tick.setChecked(not invited.asked or key in invited.asked)
            self._ticks[key] = tick
            self.row(f"school-{key}", "", tick)

    @override
    def draft(self) -> set[int]:
        chosen = {key for key, tick in self._ticks.items() if tick.isChecked()}
        if not chosen:
            raise BadInput("Tick at least one school.")
        return set() if len(chosen) == len(self._ticks) else chosen


class CaptionDialog(FormDialog[str]):
    """Asks what a file shows, where its name does not say it."""

    def __init__(self, parent: QWidget | None, code: str, caption: str) -> None:
        super().__init__(parent, f"What does {code} show?", "Save", 440, stays=True)
        self._caption = NoteField(most=CAPTION, lines=3)
        self._caption.setPlainText(caption)
        self.row("caption", "What it shows", self._caption)

    @override
    def draft(self) -> str:
        return self.take("caption", self._caption.text) or ""
