"""The focus areas: where the effort goes, and what nothing has touched (R-AIM-2, R-AIM-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.impact_aims import FocusRow, aims_tab, target_of
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.forms import AREA
from ui.pages.impact.pieces import part, quiet, served_lines, verb
from ui.widgets.buttons import Kind
from ui.widgets.layouts import row, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.impact_aims import AimsTab
    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Item


WIDE = 120  # ems


def _examples(one: FocusRow) -> str:
    return ", ".join(thing.title for thing in one.things) or "–"


FOCUS = ListSpec[FocusRow](
    key="impact-focus",
    table="focus_area",
    noun="focus area",
    plural="focus areas",
    columns=(
        Column("Focus area", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG, stretch=True),
        Column("State", lambda r: r.state, lambda r: r.state, Look.STATE, sample="No longer used"),
        Column("Things", lambda r: str(len(r.things) or "–"), lambda r: len(r.things), right=True),
        Column("For example", _examples, lambda r: _examples(r).casefold(), Look.MUTED, stretch=True),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.name,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "Focus areas are what the cluster may work on, such as assessment or family learning. What you do "
        "is linked to them, and the pack shows which were served and which were left alone.",
        "Enter the first focus area",
    ),
    chips=(
        ChipSpec("No activity", lambda r: not r.retired and not r.things),
        ChipSpec("Served", lambda r: bool(r.things)),
    ),
    form=AREA,
    words=lambda r: f"{r.name} {r.state} {r.done} {_examples(r)}",
)


class FocusPanel(DetailPanel):
    """One focus area."""

    def __init__(self, pane: FocusPane) -> None:
        super().__init__("Focus area")
        self._list = pane

    @override
    def show_record(self, record: FocusRow | None) -> None:
        if record is None:
            self.say("Choose a focus area to see what served it.")
            return
        items: list[Item] = [record_head(record.name, record.state)]
        if not record.retired:
            items.append(row(verb("Link something…", "Ctrl+L", self._list.link, Kind.PRIMARY), 1))
        items.append(rule())
        if record.things:
            lines = served_lines(record.things, self._list.verbs.show)
            items.append(part("What served it", quiet(record.done), lines))
        else:
            items.append(quiet("Nothing this year. The pack says so; it is no fault to leave an area alone."))
        self.fill(*items)


class FocusPane(ListPane[FocusRow]):
    """The focus areas of a year."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[FocusRow]], Verbs]) -> None:
        super().__init__(context, FOCUS, FocusPanel(self))
        self.verbs = verbs(self)
        self._link = self.add_action("link", "Link something to this area…", "Ctrl+L", self.link)
        self.chosen.connect(lambda one: self._link.setEnabled(one is not None and not one.retired))

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._arrangement.squeeze({"For example"} if ems < WIDE else ())

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(aims_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-focus")

    @override
    def new(self) -> None:
        if self.editor is not None:
            last = max((one.position for one in self.records()), default=0)
            self.editor.new({"position": last + 1})

    def link(self) -> None:
        """Say what served the area chosen."""
        one = self.current()
        if one is not None and not one.retired and self.year is not None:
            self.verbs.link(target_of(one), self.year)

    def _show(self, tab: AimsTab) -> None:
        self.show_records(tab.areas)
