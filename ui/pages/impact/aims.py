"""The six aims: their words, what served them, what it took and what shows it (R-AIM-1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models import tables as t
from models.queries.impact_aims import AimRow, aims_tab, target_of
from models.services import records
from ui.format import count, long_date, pounds
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.aim_form import AimForm
from ui.pages.impact.forms import AIM
from ui.pages.impact.pieces import part, quiet, served_lines, verb, warning
from ui.pages.impact.wrapped import Wrapped
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Flow, clear, column, holder, row, rule
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from models.queries.impact_aims import AimsTab
    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Item

WAY = (
    "The six central aims are what the cluster agreed to achieve. Put each into your own words; then "
    "meetings, projects and evidence can be linked to it, and the pack tells what was done for it."
)
WORDS, TOOK, LINES = 1, 4, 2  # columns whose words go on in a second line
WIDE, NARROW = 125, 80  # ems
LEAST_NAMED = 3  # gaps named in the panel; the map has them all


def _number(value: int) -> str:
    return f"{value:,}" if value else "–"


AIMS = ListSpec[AimRow](
    key="impact-aims",
    table="aim",
    noun="aim",
    plural="aims",
    columns=(
        Column("Aim", lambda r: str(r.number), lambda r: r.number, Look.STRONG),
        Column("In our words", lambda r: r.words, lambda r: r.words.casefold(), stretch=True),
        Column("State", lambda r: r.state, lambda r: r.state, Look.STATE, sample="With evidence"),
        Column("Evidence", lambda r: _number(r.evidence), lambda r: r.evidence, right=True),
        Column("It took", lambda r: r.cost or "–", lambda r: r.half_days, sample="16 half-days of release"),
        Column("Half-days", lambda r: _number(r.half_days), lambda r: r.half_days, right=True),
        Column("Loans", lambda r: _number(r.loans), lambda r: r.loans, right=True),
        Column("Spent", lambda r: pounds(r.spent_p), lambda r: r.spent_p, Look.MONEY, right=True),
    ),
    identity=lambda r: r.number,
    title=lambda r: str(r.number),
    ask=None,
    empty=Empty(Icon.IMPACT, WAY, "Put the first aim into words"),
    form=AIM,
    form_class=AimForm,
    words=lambda r: f"{r.number} {r.words} {r.state} {' '.join(one.title for one in r.things)}",
    can_delete=lambda r: r.entered,
)


class AimPanel(DetailPanel):
    """One aim."""

    def __init__(self, pane: AimsPane) -> None:
        super().__init__("Aim")
        self._list = pane

    @override
    def show_record(self, record: AimRow | None) -> None:
        pane = self._list
        if record is None:
            self.say("Choose an aim to see what served it.")
            return
        head = record_head(f"Aim {record.number}", record.state)
        if not record.entered:
            made = verb("Put it into words…", "Enter", pane.edit, Kind.PRIMARY)
            self.fill(head, quiet("Not in words yet: the pack prints “not entered”."), row(made, 1))
            return
        buttons = row(
            verb("Link something…", "Ctrl+L", pane.link, Kind.PRIMARY),
            verb("New words…", "Ctrl+J", pane.reword),
            1,
            gap=8,
        )
        items: list[Item] = [head, Label(record.words, wrap=True), buttons, rule()]
        items += [facts(_took(record)), *self._gaps(record)]
        if record.shown:
            told = served_lines(record.shown, pane.verbs.show)
            items += [rule(), part("What shows it", told, side=count(len(record.shown), "piece"))]
        if record.things:
            lines = served_lines(record.things, pane.verbs.show)
            items += [rule(), part("What served it", lines, side=count(len(record.things), "thing"))]
        if len(record.wordings) > 1:
            items += [rule(), part("Its words over time", *_wordings(record))]
        self.fill(*items)

    def _gaps(self, record: AimRow) -> list[Item]:
        if not record.gaps:
            return []
        more = len(record.gaps) - LEAST_NAMED
        named = [warning(words) for words in record.gaps[:LEAST_NAMED]]
        if more > 0:
            see = Button(f"and {more} more in the map", Kind.LINK, tip="Show the map of gaps", always=True)
            see.clicked.connect(self._list.map_wanted)
            named.append(row(see, 1))
        return [column(*named, gap=6)]


def _took(record: AimRow) -> list[tuple[str, str]]:
    shown = count(record.evidence, "piece", "pieces") if record.evidence else "none yet"
    return [("Served by", record.done), ("It took", record.cost or "nothing yet"), ("Evidence", shown)]


def _wordings(record: AimRow) -> list[Item]:
    return [
        column(quiet(f"from {long_date(day)}"), Label(words, wrap=True), gap=1)
        for _, day, words in record.wordings
    ]


class AimsPane(ListPane[AimRow]):
    """The six aims.

    Attributes:
        map_wanted: the map of gaps is to be shown.
    """

    map_wanted = Signal()

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[AimRow]], Verbs]) -> None:
        self.tab: AimsTab | None = None
        self._place: Place | None = None
        self.panel = AimPanel(self)
        self._says, self._flow = column(), Flow([], gap=12)
        self._ways = holder(self._flow)
        beside = column(self._says, self._ways, gap=6, margins=(HANG, 0, 0, 0))
        super().__init__(context, AIMS, self.panel, foot=holder(beside))
        self.verbs = verbs(self)
        self._lines = Wrapped(self.table, (WORDS, TOOK), LINES)
        self._link = self.add_action("link", "Link something to this aim…", "Ctrl+L", self.link)
        self._reword = self.add_action("reword", "New words from a day on…", "Ctrl+J", self.reword)
        self.chosen.connect(self._on_aim)
        if self.editor is not None:
            self.editor.opened.connect(self._tie_form)

    def dress(self) -> None:
        """Give the rows room for an aim's words."""
        self._lines.dress()

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        parts = ("Half-days", "Loans", "Spent")
        one: tuple[str, ...] = ("It took",)  # the same in one column, where there is no room for three
        few = one if ems >= WIDE else parts if ems >= NARROW else (*parts, *one)
        self._arrangement.squeeze(few)
        self._ways.setVisible(ems >= NARROW)

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(aims_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-aims")

    @override
    def show_place(self, place: Place) -> None:
        """An aim is known here by its number, elsewhere by a wording."""
        wording = next((r for r in self.records() for key, *_ in r.wordings if key == place.id), None)
        if wording is not None:
            self.go_to(wording.number)
        else:
            self._place = place  # until the aims have been asked

    # -- what can be done

    @override
    def new(self) -> None:
        """Put the first aim that is not in words yet into words."""
        free = next((r.number for r in self.records() if not r.entered), 1)
        self._word(free)

    @override
    def edit(self) -> None:
        """Correct the words of the aim chosen; put it into words if it is not."""
        aim = self.current()
        if aim is None or self.editor is None:
            return
        if aim.entered:
            self.editor.edit(aim.aim_id)
        else:
            self._word(aim.number)

    def reword(self) -> None:
        """Give the aim chosen other words from a day on; the old ones stay before it."""
        aim = self.current()
        if aim is not None and aim.entered and self.editor is not None and self.tab is not None:
            now = {"number": aim.number, "text": aim.words, "starts_on": self.tab.today}
            self.editor.new(now)

    def link(self) -> None:
        """Say what served the aim chosen."""
        aim = self.current()
        if aim is not None and aim.entered and self.year is not None:
            self.verbs.link(target_of(aim), self.year)

    @override
    def delete(self) -> None:
        """Delete the words in force; what serves them keeps them from being deleted."""
        aim = self.current()
        if aim is not None and aim.entered:
            action = partial(records.remove, record=t.Aim, record_id=aim.aim_id)
            self.context.book.change(f"Delete aim {aim.number}", action)

    @override
    def history(self) -> None:
        from ui.records import open_history

        aim = self.current()
        if aim is not None and aim.entered:
            open_history(self.context, self.window(), "aim", aim.aim_id, f"aim {aim.number}")

    # -- inside

    def _tie_form(self, form: AimForm) -> None:
        form.tie(self.context)

    def _word(self, number: int) -> None:
        if self.editor is not None and self.tab is not None:
            self.editor.new({"number": number, "starts_on": self._first_day()})

    def _first_day(self) -> dt.date | None:
        """The first words of an aim hold from where the others begin; with none, the year's first day."""
        from models.calendar import year_bounds

        if self.tab is None:
            return None
        known = [day for aim in self.tab.aims for _, day, _ in aim.wordings]
        return min(known, default=year_bounds(self.tab.year)[0])

    def _show(self, tab: AimsTab) -> None:
        self.tab = tab
        # with none in words there is nothing to list: the page says what it is for
        found = tab.aims if any(r.wordings for r in tab.aims) else ()
        self._show_beside(tab, shown=bool(found))  # before the panel, so that Tab comes here first
        self.show_records(found)
        if self._place is not None:
            place, self._place = self._place, None
            self.show_place(place)

    def _show_beside(self, tab: AimsTab, *, shown: bool) -> None:
        clear(self._says)
        clear(self._flow)
        if not shown:
            return
        if tab.verdict:
            self._says.add(warning(tab.verdict))
        beside = tab.beside
        used = f"Used beyond those who came: {count(beside.beyond, 'time')}"
        self._flow.addWidget(self._way(used, Place("adoption")))
        self._flow.addWidget(self._way(f"Advisor: {beside.asked}", Place("advisor_question")))
        self._flow.addWidget(self._way(f"Strengths: {beside.strengths}", Place("strength")))
        self._flow.addWidget(self._way(f"Development: {beside.plans}", Place("development_plan")))
        channel = ElidedLabel(
            f"Between meetings: {beside.channel or 'no channel entered'}", "caption", "muted"
        )
        change = self._way("Change", Place("cluster"))
        self._flow.addWidget(holder(row(channel, change, gap=8)))

    def _way(self, words: str, place: Place) -> Button:
        made = Button(words, Kind.LINK, always=True)
        made.clicked.connect(partial(self.context.bus.page_wanted.emit, place.page, place))
        return made

    @override
    def _go_to_added(self, record_id: int) -> None:
        self._place = Place("aim", record_id)

    def _on_aim(self, aim: AimRow | None) -> None:
        on = aim is not None and aim.entered
        self._link.setEnabled(on)
        self._reword.setEnabled(on)
