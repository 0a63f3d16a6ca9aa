"""Fair access: what each school got of what all share, for the lead's eyes only (R-INC-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.impact_aims import AccessRow, aims_tab
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.pieces import quiet, verb, warning
from ui.widgets.layouts import row, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.impact_aims import AimsTab
    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Item

PRIVATE = (
    "Only you see this: it is never printed and never ranked. A school that got nothing of something may "
    "not have needed it, or may not have dared to ask."
)


def _number(value: int) -> str:
    return f"{value:,}" if value else "none"


ACCESS = ListSpec[AccessRow](
    key="impact-access",
    table="school",
    noun="school",
    plural="schools",
    columns=(
        Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
        Column("Loans", lambda r: _number(r.loans), lambda r: r.loans, right=True),
        Column("CPD places", lambda r: _number(r.cpd_places), lambda r: r.cpd_places, right=True),
        Column("Funded half-days", lambda r: _number(r.half_days), lambda r: r.half_days, right=True),
        Column("", lambda r: "Ask" if r.prompt else "", lambda r: bool(r.prompt), Look.STATE, sample="Ask"),
    ),
    identity=lambda r: r.school_id,
    title=lambda r: r.school,
    ask=None,
    empty=Empty(
        Icon.SCHOOLS,
        "Here you see what each school got of what all share: loans, CPD places and funded half-days. Add "
        "the member schools first.",
    ),
    chips=(ChipSpec("To ask", lambda r: bool(r.prompt)),),
    words=lambda r: f"{r.school} {r.prompt}",
    can_delete=lambda _row: False,
    papers=False,
)


class AccessPanel(DetailPanel):
    """What one school got."""

    def __init__(self, pane: AccessPane) -> None:
        super().__init__("Fair access")
        self._list = pane

    @override
    def show_record(self, record: AccessRow | None) -> None:
        if record is None:
            self.say(PRIVATE)
            return
        items: list[Item] = [record_head(record.school, "Private")]
        if record.prompt:
            items.append(warning(record.prompt))
        got = [
            ("Loans", _number(record.loans)),
            ("CPD places", _number(record.cpd_places)),
            ("Half-days", _number(record.half_days)),
        ]
        open_ = verb("Open the school", "Enter", self._list.open_school)
        self.fill(*items, row(open_, 1), rule(), facts(got), rule(), quiet(PRIVATE))


class AccessPane(ListPane[AccessRow]):
    """What each school got."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[AccessRow]], Verbs]) -> None:
        super().__init__(context, ACCESS, AccessPanel(self))
        self.verbs = verbs(self)
        self.opened.connect(lambda _row: self.open_school())

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(aims_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-access")

    def open_school(self) -> None:
        """Go to the school chosen: its contacts log is there."""
        one = self.current()
        if one is not None:
            self.verbs.show("school", one.school_id)

    def _show(self, tab: AimsTab) -> None:
        self.show_records(tab.access)
