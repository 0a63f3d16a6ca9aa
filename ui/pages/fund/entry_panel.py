"""What is known of an entry, what can be done with it, and how the purse went from its opening to now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.purse_entries import PLANNED, WAITING, EntryRow
from models.values import replace
from models.words import Direction
from ui.format import long_date, pounds, year_label
from ui.icons import Icon
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.chart import Chart
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.parts import section
from ui.widgets.plain import Label
from ui.widgets.plates import drawn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.account import FundYear
    from models.queries.fund_page import FundPage
    from reports.charts import Look, Plate
    from ui.tasks import Runner
    from ui.widgets.layouts import Item


class ChartPanel(DetailPanel):
    """A panel with a chart that stays while the record above it changes.

    Args:
        pool: where the chart is drawn.
        name: the panel's name.
        head: the chart's name.
        height: pixels at 100 % text size to keep free for it.
    """

    def __init__(self, pool: Runner, name: str, head: str, height: int) -> None:
        self.chart = Chart(pool, head, height)
        self._chart_box = holder(column(rule(), section(head, self.chart, gap=8), gap=16))
        super().__init__(name, self._chart_box)


class EntryPanel(ChartPanel):
    """An entry.

    Attributes:
        acted: something is to be done with it: (pay, ask, back, edit or approval,).
    """

    acted = Signal(str)

    def __init__(self, pool: Runner) -> None:
        super().__init__(pool, "Entry", "From opening to closing", 200)
        self._year: FundYear | None = None

    def show_page(self, page: FundPage) -> None:
        """Draw the account of the purse chosen."""
        if page.view is None or page.view.now == self._year:
            return
        self._year = year = page.view.now
        self._chart_box.setVisible(bool(year.entries))

        def plate(look: Look) -> Plate:
            from reports.charts import waterfall
            from reports.pack.account import steps

            return waterfall(steps(replace(year, previous=None)), [year_label(year.account.year)], look)

        self.chart.show_chart(drawn(plate))

    @override
    def show_record(self, record: EntryRow | None) -> None:
        if record is None:
            self.say("Choose an entry to see what stands behind it.")
            return
        way = "in" if record.direction is Direction.IN else "out"
        line = f"{pounds(record.amount_p)} {way} · {long_date(record.on)}"
        items: list[Item] = [
            record_head(record.code, record.state, line),
            Label(record.description, wrap=True),
        ]
        items += [says(words) for words in record.says]
        made = self._verbs(record)
        items += [buttons(*made)] if made else []
        items += [rule(), facts(_facts(record))]
        if record.approval_id is not None:
            show = Button(f"Show {record.approval}", Kind.QUIET, tip="Show the Advisor’s answer")
            show.clicked.connect(partial(self.acted.emit, "approval"))
            items.append(row(show, 1))
        if record.notes:
            items.append(Label(record.notes, "body", "muted", wrap=True))
        self.fill(*items)

    def _verbs(self, record: EntryRow) -> list[QWidget]:
        found: list[tuple[str, str, Kind, str]] = []
        if record.claim_id is None and record.state == PLANNED:
            found.append(("pay", "Pay…", Kind.PRIMARY, "Ctrl+P"))
        if record.state == WAITING and record.approval_id is None:
            found.append(("ask", "Ask the Advisor…", Kind.PRIMARY, "Ctrl+L"))
        if record.state == WAITING:
            found.append(("pay", "Pay all the same…", Kind.PLAIN, "Ctrl+P"))
        if record.may_take_back:
            found.append(("back", "Take back…", Kind.PLAIN, "Ctrl+R"))
        found.append(("edit", "Edit…", Kind.PLAIN, "Ctrl+E"))
        made: list[QWidget] = []
        for verb, words, kind, keys in found:
            button = Button(words, kind, tip=f"{words} ({keys})")
            button.clicked.connect(partial(self.acted.emit, verb))
            made.append(button)
        return made


def says(words: str, tone: str = "warn") -> QWidget:
    """What a rule says, with its sign."""
    line = row(IconMark(Icon.ALERT, tone, 16), Label(words, "caption", tone, wrap=True), gap=8)
    line.setStretch(1, 1)
    return holder(line)


def _facts(record: EntryRow) -> list[tuple[str, str]]:
    to = "From" if record.direction is Direction.IN else "To"
    reversal = {"Taken back": "Taken back by", "Reversal": "Takes back"}.get(record.state, "")
    return [
        ("Heading", record.heading.label),
        (to, record.payee),
        ("School", record.school if record.school != record.payee else ""),
        ("of which VAT", pounds(record.vat_p) if record.vat_p else ""),
        ("Reference", record.paid_ref),
        ("Decision", record.decision),
        ("Approval", record.approval),
        (
            "Claim",
            record.claim + (": paid with the claim" if record.balance_p is None else "")
            if record.claim
            else "",
        ),
        ("CPD session", record.cpd_session),
        ("Resource", record.resource),
        (reversal, record.other if reversal else ""),
        ("Why allowed", record.why_allowed),
    ]
