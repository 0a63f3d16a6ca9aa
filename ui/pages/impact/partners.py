"""The partners tab: who else helps, and what the cluster obtained (R-PROJ-3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.activities_page import PartnerRow, PartnersTab, partners_tab
from ui.format import count, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.forms import PARTNER
from ui.pages.impact.pieces import dated, quiet, verb
from ui.pages.impact.wrapped import Wrapped
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from ui.context import AppContext

WIDE, NARROW = 125, 90  # ems
OBTAINED, LINES = 2, 2  # the column whose words go on in a second line

PARTNERS = ListSpec[PartnerRow](
    key="impact-partners",
    table="partner",
    noun="partner",
    plural="partners",
    columns=(
        Column("Partner", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG),
        Column("Kind", lambda r: r.kind.label, lambda r: r.kind.label),
        Column(
            "What the cluster obtained", lambda r: r.obtained or "–", lambda r: r.obtained.casefold(),
            stretch=True, tip=lambda r: r.obtained,
        ),
        Column("Activities", lambda r: str(r.activities), lambda r: r.activities, right=True),
        Column("Since", lambda r: dated(r.since_on), lambda r: r.since_on, sample="30 May 2025"),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.name,
    ask=None,
    empty=Empty(
        Icon.PEOPLE,
        "Partners are who else helps: a university, a learned society, a secondary school, an employer, STEM "
        "Ambassadors. Note what the cluster obtained: the pack tells the Steering Group who supports this.",
        "Enter the first partner",
    ),
    form=PARTNER,
    words=lambda r: f"{r.name} {r.kind.label} {r.obtained}",
)  # fmt: skip


class PartnerPanel(DetailPanel):
    """One partner."""

    def __init__(self, pane: PartnersPane) -> None:
        super().__init__("Partner")
        self._list = pane

    @override
    def show_record(self, record: PartnerRow | None) -> None:
        if record is None:
            self.say("Choose a partner to see what the cluster obtained.")
            return
        known = [
            ("Since", long_date(record.since_on) if record.since_on else "not entered"),
            (
                "Activities",
                count(record.activities, "activity", "activities") if record.activities else "none",
            ),
        ]
        words = Label(record.obtained, wrap=True) if record.obtained else quiet(
            "What the cluster obtained is not entered yet."
        )  # fmt: skip
        edit = verb("Edit…", "Enter", self._list.edit)
        self.fill(record_head(record.name, "", record.kind.label), words, row(edit, 1), rule(), facts(known))


class PartnersPane(ListPane[PartnerRow]):
    """Everybody who helps."""

    def __init__(self, context: AppContext) -> None:
        self._told = Label("", "caption", "muted", wrap=True)
        foot = holder(column(self._told, margins=(HANG, 0, 0, 0)))
        super().__init__(context, PARTNERS, PartnerPanel(self), foot=foot)
        self._lines = Wrapped(self.table, (OBTAINED,), LINES)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        few = ("Since", "Activities", "Kind")  # the panel has them
        self._arrangement.squeeze(few[: sum(ems < bound for bound in (WIDE, WIDE, NARROW))])

    def dress(self) -> None:
        """Give the rows room for what the cluster obtained."""
        self._lines.dress()

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(partners_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-partners")

    def _show(self, tab: PartnersTab) -> None:
        self._told.setText(f"In the pack: {tab.words}." if tab.rows else "")
        self.show_records(tab.rows)
