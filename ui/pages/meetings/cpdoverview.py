"""A CPD session on one leaf: who pays what to the penny, who came, what the slips say, and its facts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.words import Happened
from ui import theme
from ui.format import count, pounds
from ui.icons import Icon
from ui.widgets.buttons import Button
from ui.widgets.layouts import ScrollPane, clear, column, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.panes import SizedPane
from ui.widgets.parts import pair, section
from ui.widgets.plain import Label, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from models.queries.cpd_page import CpdDetail
    from ui.widgets.layouts import Box

NAMES, NAMES_MOST = 96, 260
AMOUNT, TABLE = 84, 560  # pixels at 100 % text size: a column of money, and the table of them


class CpdOverview(QWidget):
    """The leaf.

    Attributes:
        people_wanted: who came is to be marked.
        slips_wanted: slips are to be typed in.
    """

    people_wanted = Signal()
    slips_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._body = column(gap=20, margins=(12, 4, 12, 12))
        self._pane = ScrollPane(self._body)
        self.setLayout(column(self._pane))

    def show_detail(self, detail: CpdDetail) -> None:
        """Show a session."""
        self._pane.inner.setUpdatesEnabled(False)
        try:
            clear(self._body)
            self._body.add(*self._notes(detail), self._money(detail), rule(), self._people(detail), rule())
            self._body.add(self._evaluation(detail), rule(), self._facts(detail), 1)
        finally:
            self._pane.inner.setUpdatesEnabled(True)

    def _notes(self, detail: CpdDetail) -> list[Box]:
        lines = []
        for text in detail.notes:
            line = row(IconMark(Icon.ALERT, "warn"), Label(text, wrap=True), gap=10)
            line.setStretch(1, 1)
            lines.append(line)
        return lines

    def _money(self, detail: CpdDetail) -> Box:
        split = detail.split
        if not split.fee_p and not split.vat_p:
            words = (
                "It cost nothing."
                if detail.status is Happened.HELD
                else "No fee is entered: it costs nothing."
            )
            return section("Who pays what", Label(words, "body", "muted"), gap=6)
        lines = column(_amounts("", "Before VAT", "VAT", "In all", role="label", tone="muted"), gap=4)
        lines.add(_money("The cluster pot", split.pot_net_p, split.pot_vat_p))
        for share in split.shares:
            lines.add(_money(share.school_name, share.net_p, share.vat_p))
        lines.add(rule(), _money("Fee", split.fee_p, split.vat_p, role="strong"))
        table = SizedPane(lines)
        table.set_size(TABLE, fixed=True)
        return section("Who pays what", Label(detail.split_words, wrap=True), row(table, 1), gap=8)

    def _people(self, detail: CpdDetail) -> Box:
        button = Button("Who came…", tip="Mark who was booked and who came")
        button.clicked.connect(self.people_wanted)
        by_school: dict[str, list[str]] = {}
        for seat in detail.seats:
            if seat.came or not detail.reach.people:
                by_school.setdefault(seat.school, []).append(
                    seat.name + (f" ({seat.shared})" if seat.shared else "")
                )
        width = _names_width(by_school)
        lines = [pair(school, ", ".join(names), width=width) for school, names in by_school.items()]
        return section("People", Label(people_words(detail), wrap=True), *lines, side=button, gap=8)

    def _evaluation(self, detail: CpdDetail) -> Box:
        button = Button("Enter slips…", tip="Type in evaluation slips from paper")
        button.clicked.connect(self.slips_wanted)
        found = detail.summary
        if not found.slips:
            words = Label(
                "No slips yet. Hand them out on paper, then type them in here.", "body", "muted", wrap=True
            )
            return section("Evaluation", words, side=button, gap=8)
        lines = [
            pair("Slips", str(found.slips), width=NAMES + 24),
            pair("Rating", found.mean_words, width=NAMES + 24),
            pair("Outcomes met", found.outcomes.words, width=NAMES + 24),
            pair("Useful", found.useful.words, width=NAMES + 24),
            pair("Relevant", found.relevant.words, width=NAMES + 24),
        ]
        said = [one.slip.comment for one in detail.slips if one.slip.comment.strip()]
        quotes = [Label(f"“{words}”", "body", "muted", wrap=True) for words in said[:6]]
        if len(said) > 6:
            quotes.append(Label(f"and {count(len(said) - 6, 'more comment')}", "caption", "muted"))
        return section("Evaluation", *lines, *quotes, side=button, gap=6)

    def _facts(self, detail: CpdDetail) -> Box:
        sessions = f"{detail.sessions} sessions for one fee" if detail.sessions > 1 else ""
        known = (
            ("Provider", f"{detail.provider or 'not entered'} ({detail.provider_kind.label.lower()})"),
            ("Sessions", sessions),
            ("Need it met", detail.need),
            ("Outcomes", "; ".join(detail.outcomes)),
            ("Serves", "; ".join(detail.serves)),
            ("3E stage", detail.three_e.label if detail.three_e else ""),
            ("Number", detail.code),
        )
        return column(*(pair(name, value, width=NAMES) for name, value in known if value), gap=8)


def _names_width(names: Iterable[str]) -> int:
    """How wide these stand beside something, in pixels at 100 % text size; past the most, they take lines."""
    widest = max((text_width(name) for name in names), default=0) / theme.now().scale
    return min(max(NAMES + 24, math.ceil(widest) + 2), NAMES_MOST)


def people_words(detail: CpdDetail) -> str:
    """Who came: `12 people of 6 schools came; £46.19 for each person`; before that, who is booked."""
    reach, booked = detail.reach, sum(not seat.came for seat in detail.seats)
    if not detail.seats:
        return "Nobody is booked yet."
    if not reach.people:
        return f"{count(booked, 'person is', 'people are')} booked; mark who came when it has taken place."
    words = f"{count(reach.people, 'person', 'people')} of {count(reach.schools, 'school')} came"
    if booked:
        words += f", {count(booked, 'other was', 'others were')} booked and did not"
    return f"{words}; {detail.each} for each person"


def _money(name: str, net_p: int, vat_p: int, role: str = "body") -> Box:
    return _amounts(name, pounds(net_p), pounds(vat_p), pounds(net_p + vat_p), role=role)


def _amounts(name: str, *amounts: str, role: str = "body", tone: str = "") -> Box:
    line = row(Label(name, role, tone, wrap=True), gap=12)
    line.setStretch(0, 1)
    for amount in amounts:
        label = Label(amount, role, tone, width=AMOUNT)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.add(label)
    return line
