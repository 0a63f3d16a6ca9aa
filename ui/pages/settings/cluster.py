"""The cluster's own facts, and the form that changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.forms.editor import Editor
from ui.forms.spec import FormSpec
from ui.lists.detail import facts, record_head
from ui.overrides import override
from ui.pages.settings.body import SectionBody
from ui.shell.pages import Command
from ui.widgets.buttons import Button, Kind
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from models.queries.settings_page import ClusterView
    from ui.context import AppContext

FORM = FormSpec(
    "cluster",
    "cluster",
    rows=(
        ("name",),
        ("programme_name", "sponsor_name"),
        ("vision",),
        ("day_starts", "day_ends"),
        ("financial_year_month",),
    ),
    more=(("origin",), ("channel_link",)),
)
NOTHING = (
    "This is what stands on the cover of the review pack and on every paper: the cluster’s name, its "
    "sponsor, its vision, and the times of the school day. Enter it first."
)


def _cluster_view(session: Session) -> ClusterView:
    from models.queries.settings_page import cluster_view  # in the file's thread: the window does not wait

    return cluster_view(session)


class ClusterSection(SectionBody):
    """What the cluster is called, and what stands on its papers."""

    def __init__(self, context: AppContext) -> None:
        self.edit_button = Button("Edit cluster", Kind.PRIMARY, tip="Ctrl+E")
        self.edit_button.clicked.connect(self._edit)
        super().__init__(context, (self.edit_button,))
        self._view: ClusterView | None = None
        self._editor = Editor(context, self, FORM)
        keys = QShortcut(QKeySequence("Ctrl+E"), self)
        keys.activated.connect(self._edit)

    @override
    def refresh(self, year: int) -> None:
        self.context.book.ask(_cluster_view, self._show, key="settings-cluster")

    @override
    def commands(self) -> Sequence[Command]:
        return (Command("Edit cluster", "Ctrl+E", self._edit),)

    def _show(self, view: ClusterView) -> None:
        self._view = view
        self.edit_button.set_words("Edit cluster" if view.id else "Enter the cluster", "Ctrl+E")
        if view.id:
            self.fill(record_head(view.name), facts(view.facts, width=132))
        else:
            self.fill(Label(NOTHING, "body", "muted", wrap=True))

    def _edit(self) -> None:
        if self._view is not None and self._view.id:
            self._editor.edit(self._view.id)
        else:
            self._editor.new()
