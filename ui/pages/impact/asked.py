"""Two lists of the confidence tab: the areas asked about, and what to make bigger, add and remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.confidence_page import AreaRow, BarRow, ConfidenceTab, confidence_tab
from models.services.confidence import enter_bar_slips
from ui.format import count
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.pane import ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.forms import ASKED, BAR
from ui.pages.impact.slip_dialogs import BarDialog

if TYPE_CHECKING:
    from sqlmodel import Session

    from ui.context import AppContext

AREAS = ListSpec[AreaRow](
    key="impact-areas",
    table="confidence_area",
    noun="area",
    plural="areas",
    columns=(
        Column("Area", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG, stretch=True),
        Column(
            "Asked of",
            lambda r: "Science leaders" if r.leaders_only else "Everybody",
            lambda r: r.leaders_only,
        ),
        Column("Order", lambda r: str(r.position), lambda r: r.position, right=True),
        Column("Answers", lambda r: f"{r.answers:,}", lambda r: r.answers, right=True),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.name,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "The areas are what the survey asks about: how sure do you feel about assessment, for example? The "
        "printed slip has a line for each.",
        "Enter the first area",
    ),
    form=ASKED,
    can_delete=lambda r: not r.answers,
)

BAR_SLIPS = ListSpec[BarRow](
    key="impact-bar",
    table="bar_slip",
    noun="feedback slip",
    plural="feedback slips",
    columns=(
        Column("Slip", lambda r: str(r.slip.number), lambda r: r.slip.number, Look.STRONG),
        Column(
            "Make bigger", lambda r: r.slip.bigger or "–", lambda r: r.slip.bigger.casefold(), stretch=True
        ),
        Column("Add", lambda r: r.slip.add or "–", lambda r: r.slip.add.casefold(), stretch=True),
        Column("Remove", lambda r: r.slip.remove or "–", lambda r: r.slip.remove.casefold(), stretch=True),
    ),
    identity=lambda r: r.id,
    title=lambda r: str(r.slip.number),
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "Three questions at the end of the year: what should the cluster make bigger, add and remove? The "
        "pack prints what was written, without names.",
        "Type in the first slips",
    ),
    form=BAR,
)


class AreasPane(ListPane[AreaRow]):
    """What the survey asks about."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, AREAS)

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(confidence_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-areas")

    @override
    def new(self) -> None:
        if self.editor is not None:
            last = max((one.position for one in self.records()), default=0)
            self.editor.new({"position": last + 1})

    def _show(self, tab: ConfidenceTab) -> None:
        self.show_records(tab.areas)


class BarPane(ListPane[BarRow]):
    """What was written on the slips of a year."""

    def __init__(self, context: AppContext) -> None:
        self.tab: ConfidenceTab | None = None
        super().__init__(context, BAR_SLIPS)
        self.new_button.set_words("Type in slips…", "Type in slips (Ctrl+N)")

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(confidence_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-bar")

    @override
    def new(self) -> None:
        """Slips come in a heap: they are typed in a grid."""
        self.type_in()

    def type_in(self) -> None:
        """Open the grid of slips."""
        tab = self.tab
        if tab is None:
            return
        dialog = BarDialog(self.window(), tab)

        def given(slips: list[object]) -> None:
            def action(session: Session) -> int:
                return enter_bar_slips(session, tab.year, slips)  # type: ignore[arg-type]

            name = f"Enter {count(len(slips), 'feedback slip')}"
            self.context.book.change(name, action, lambda _: dialog.saved(), dialog.not_saved)

        dialog.given.connect(given)
        dialog.open()

    def _show(self, tab: ConfidenceTab) -> None:
        self.tab = tab
        self.show_records(tab.bar)
