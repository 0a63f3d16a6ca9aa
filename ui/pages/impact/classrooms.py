"""What reached classrooms: CPD passed on to colleagues, and how far each resource is in use (R-RES-7)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.classrooms_page import ClassroomsTab, PassedRow, UseRow, classrooms_tab
from ui.format import count, long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import HANG, ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.impact.pieces import dated, part, quiet, verb
from ui.wayfinding import Place
from ui.widgets.buttons import Kind
from ui.widgets.layouts import column, holder, row, rule
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.classrooms_page import Seat, UseLine
    from ui.context import AppContext
    from ui.pages.impact.doing import Verbs
    from ui.widgets.layouts import Item

WIDE, NARROW = 110, 90  # ems
BEYOND = "Also staff who did not attend"


def _number(value: int) -> str:
    return f"{value:,}" if value else "–"


# -- CPD passed on

PASSED = ListSpec[PassedRow](
    key="impact-passed-on",
    table="cpd_session",
    noun="CPD session",
    plural="CPD sessions",
    columns=(
        Column("Date", lambda r: dated(r.on), lambda r: r.on, sample="30 May 2025"),
        Column(
            "CPD session", lambda r: r.title, lambda r: r.title.casefold(), Look.STRONG, stretch=True,
            tip=lambda r: r.title,
        ),
        Column("Came", lambda r: _number(r.cascade.came), lambda r: r.cascade.came, right=True),
        Column(
            "Passed it on", lambda r: _number(r.cascade.passed_on), lambda r: r.cascade.passed_on,
            right=True,
        ),
        Column(
            "Staff reached", lambda r: _number(r.cascade.reached), lambda r: r.cascade.reached, right=True,
        ),
        Column("State", lambda r: r.state, lambda r: r.state, Look.STATE, sample="By some"),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.code,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "CPD changes classrooms when it travels: who came, who passed it on to colleagues, and how many "
        "staff that reached. Enter CPD sessions on the meetings page, and for each person when they did so.",
    ),
    chips=(ChipSpec("To pass on", lambda r: bool(r.cascade.waiting)),),
    words=lambda r: f"{r.code} {r.title} {r.state} {' '.join(f'{s.name} {s.school}' for s in r.seats)}",
    can_delete=lambda _row: False,
)  # fmt: skip


class PassedPanel(DetailPanel):
    """One CPD session, from those who came to those they told."""

    def __init__(self, pane: PassedPane) -> None:
        super().__init__("CPD passed on")
        self._list = pane

    @override
    def show_record(self, record: PassedRow | None) -> None:
        if record is None:
            self.say("Choose a CPD session to see who passed it on.")
            return
        open_ = verb("Open the session", "Enter", self._list.open_session, Kind.PRIMARY)
        known = [
            (
                "Came",
                f"{count(record.cascade.came, 'person', 'people')} from {count(record.schools, 'school')}",
            ),
            ("Passed it on", str(record.cascade.passed_on or "nobody yet")),
            ("Staff reached", str(record.cascade.reached or "not entered")),
        ]
        lines: list[Item] = [_seat(one) for one in record.seats]
        head = record_head(record.title, record.state, f"{record.code} · {long_date(record.on)}")
        self.fill(head, row(open_, 1), rule(), facts(known), rule(), part("Who came", *lines, gap=8))


def _seat(one: Seat) -> Item:
    where = quiet(one.school or "no school")
    if one.shared_on is None:
        said = Label("not passed on yet", "caption", "warn", wrap=True)
    else:
        to = f", {count(one.reached, 'member of staff', 'staff')}" if one.reached else ""
        said = quiet(f"{long_date(one.shared_on)}{to}")
    return column(row(Label(one.name), 1, where, gap=8), said, gap=0)


class PassedPane(ListPane[PassedRow]):
    """The CPD sessions of a year, and how far each travelled."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[PassedRow]], Verbs]) -> None:
        self._told = Label("", "caption", "muted", wrap=True)
        foot = holder(column(self._told, margins=(HANG, 0, 0, 0)))
        super().__init__(context, PASSED, PassedPanel(self), foot=foot)
        self.verbs = verbs(self)
        self.opened.connect(lambda _row: self.open_session())

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        few = ("Came", "Date", "Passed it on")  # the panel has them
        self._arrangement.squeeze(few[: sum(ems < bound for bound in (WIDE, NARROW, NARROW))])

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(classrooms_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-passed-on")

    def open_session(self) -> None:
        """Go to the session chosen: who passed it on is entered there."""
        one = self.current()
        if one is not None:
            self.verbs.show("cpd_session", one.id)

    def _show(self, tab: ClassroomsTab) -> None:
        self._told.setText(f"{tab.told}. Two of a school who told it on one day are counted once."
                           if tab.told else "")  # fmt: skip
        self.show_records(tab.passed)


# -- resources in use


def _letters(one: UseRow) -> str:
    return one.summary.text.capitalize()


IN_USE = ListSpec[UseRow](
    key="impact-in-use",
    table="adoption",
    noun="resource",
    plural="resources",
    columns=(
        Column("Resource", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG, stretch=True),
        Column(
            "All staff", lambda r: _number(r.summary.all_staff), lambda r: r.summary.all_staff, right=True
        ),
        Column("Some", lambda r: _number(r.summary.some_staff), lambda r: r.summary.some_staff, right=True),
        Column("None", lambda r: _number(r.summary.not_started), lambda r: r.summary.not_started, right=True),
        Column("Staff using it", lambda r: r.staff or "–", lambda r: r.staff, right=True),
        Column(
            "Beyond those who came",
            lambda r: _number(r.summary.beyond_attendees),
            lambda r: r.summary.beyond_attendees,
            right=True,
        ),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.name,
    ask=None,
    empty=Empty(
        Icon.IMPACT,
        "Here you see in how many schools all staff, some or none use each resource, and where also staff "
        "who did not attend. It is entered in the roll-out of the resource bank.",
    ),
    chips=(
        ChipSpec("Used by all", lambda r: r.summary.all_staff == r.summary.schools),
        ChipSpec("Beyond those who came", lambda r: bool(r.summary.beyond_attendees)),
    ),
    words=lambda r: f"{r.name} {r.kind.label} {_letters(r)}",
    can_delete=lambda _row: False,
)


class InUsePanel(DetailPanel):
    """One resource, school by school; by the alphabet, never ranked (R-PPL-5)."""

    def __init__(self, pane: InUsePane) -> None:
        super().__init__("In use")
        self._list = pane

    @override
    def show_record(self, record: UseRow | None) -> None:
        if record is None:
            self.say("Choose a resource to see which schools use it.")
            return
        open_ = verb("Open the roll-out", "Enter", self._list.open_rollout, Kind.PRIMARY)
        lines: list[Item] = [_school(one) for one in record.lines]
        self.fill(
            record_head(record.name, "", record.kind.label),
            Label(_letters(record), wrap=True),
            row(open_, 1),
            rule(),
            part("Schools", column(*lines, gap=6), side=f"Staff {record.staff}" if record.staff else ""),
        )


def _school(one: UseLine) -> Item:
    said = Label(one.words or "not entered", "body", "" if one.words else "muted")
    line = row(Label(one.school), 1, said, gap=8)
    return column(line, quiet(BEYOND), gap=0) if one.beyond else line


class InUsePane(ListPane[UseRow]):
    """How far each resource is in use."""

    def __init__(self, context: AppContext, verbs: Callable[[ListPane[UseRow]], Verbs]) -> None:
        super().__init__(context, IN_USE, InUsePanel(self))
        self.verbs = verbs(self)
        self.opened.connect(lambda _row: self.open_rollout())

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        few = ("None", "Some", "Staff using it")  # the panel has them
        self._arrangement.squeeze(few[: sum(ems < bound for bound in (WIDE, NARROW, NARROW))])

    @override
    def refresh(self, year: int) -> None:
        super().refresh(year)
        question = partial(classrooms_tab, year=year, clock=self.context.today)
        self.context.book.ask(question, self._show, key="impact-in-use")

    def open_rollout(self) -> None:
        """Go to the roll-out, where it is entered."""
        place = Place("adoption")
        self.context.bus.page_wanted.emit(place.page, place)

    def _show(self, tab: ClassroomsTab) -> None:
        self.show_records(tab.in_use)
