"""The form of an aim: its words, with the focus areas as suggestions to begin from (D2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.queries.impact_aims import focus_names
from ui.forms.draft_form import DraftForm
from ui.widgets.pick import Pick

if TYPE_CHECKING:
    from ui.context import AppContext


class AimForm(DraftForm):
    """An aim's words. A new one may begin from a focus area, which is only a suggestion (D2)."""

    def tie(self, context: AppContext) -> None:
        """Ask this book for its focus areas."""
        if self.facts.kept is None and not self.typed("text"):
            question = partial(focus_names, clock=context.today)
            context.book.ask(question, self._suggest, key="aim-suggestions")

    def _suggest(self, names: tuple[str, ...]) -> None:
        if not names:
            return
        field = self.entries["text"]
        pick = Pick([(name, name) for name in names], "None")

        def begin() -> None:
            if field.read() in {"", *names}:  # what somebody wrote is never replaced
                field.show(pick.value() or "")

        pick.picked.connect(begin)
        words = "Put it into your own words above. The agreement may have other aims than these."
        box = QWidget()
        box.setLayout(self.stack("suggested", "Suggested: begin from a focus area", pick, words))
        self.below(box)
        self.keep_state()
        self.fit()
