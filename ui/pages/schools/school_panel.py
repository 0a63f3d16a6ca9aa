"""One school beside the list: where it stands, what is to be done, its year, its people and its history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.school_detail import SchoolDetail, school_detail
from models.queries.schools_page import SchoolRow, Standing
from models.rules.verdict import About
from models.words import Answer
from ui.format import count, date_range, long_date, percent, prose_pounds, short_date, stopped, year_label
from ui.icons import Icon
from ui.lists.detail import buttons, record_head
from ui.overrides import override
from ui.pages.schools.pieces import LONGEST, fact, more_than, part, quiet, step_line, titled
from ui.pages.schools.spellsline import SpellsLine
from ui.pages.schools.watched import AskingPanel
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.meters import Half, HalfDays, Letter
from ui.widgets.parts import Banner
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from models.queries.one_school import LentLine, RoleLine
    from models.queries.school_detail import SpellLine
    from ui.context import AppContext
    from ui.widgets.layouts import Box, Item

CHOOSE = "Choose a school to see its membership, its people and its year."
MARKS = 8  # letters of attendance in a line


class SchoolPanel(AskingPanel):
    """The panel.

    Attributes:
        wanted: something is to be done: (the verb's key, what it is about or None).
    """

    wanted = Signal(str, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "School", "school-detail", CHOOSE)

    @override
    def question(self, record: SchoolRow) -> Callable[[Session], SchoolDetail]:
        return partial(school_detail, school_id=record.id, year=self.year or 0, today=self.context.today)

    @override
    def belongs(self, detail: SchoolDetail) -> bool:
        return self.record is not None and detail.row.id == self.record.id and detail.year == self.year

    @override
    def show_first(self, record: SchoolRow) -> None:
        self.fill(self._head(record), rule())

    @override
    def show_detail(self, detail: SchoolDetail) -> None:
        items: list[Item] = [self._head(detail.row)]
        if detail.prompt is not None:
            words = f"{detail.prompt.text}: it {', and it '.join(detail.prompt.reasons)}."
            banner = Banner("warn", Icon.PEOPLE, words, "Log it")
            banner.acted.connect(partial(self.wanted.emit, "talk", None))
            items.append(banner)
        items += [rule(), self._membership(detail)]
        for made in (
            self._steps(detail), self._year(detail), self._borrowed(detail), self._people(detail),
            self._said(detail), self._about(detail),
        ):  # fmt: skip
            if made is not None:
                items += [rule(), made]
        self.fill(*items)

    # -- parts

    def _head(self, school: SchoolRow) -> Box:
        words = [school.phase.label]
        words += [count(school.roll, "pupil")] if school.roll is not None else ["number on roll not entered"]
        words += [f"URN {school.urn}"] if school.urn else []
        words += ["lead school"] if school.is_lead else []
        head = record_head(school.name, school.standing.label, " · ".join(words))
        made = [
            self._button(key, text, keys, primary=n == 0 and school.successor is None)
            for n, (key, text, keys) in enumerate(_verbs(school))
        ]
        if made:
            head = column(head, buttons(*made, across=2), gap=12)
        return head

    def _button(self, key: str, text: str, keys: str, *, primary: bool) -> Button:
        made = Button(text, Kind.PRIMARY if primary else Kind.PLAIN, tip=f"{text} ({keys})")
        made.setObjectName(f"verb-{key}")
        made.clicked.connect(partial(self.wanted.emit, key, None))
        return made

    def _membership(self, detail: SchoolDetail) -> Box:
        lines: list[Item] = [SpellsLine(detail.spells, detail.span, detail.day)]
        lines += [self._spell(spell) for spell in detail.spells]
        if (then := detail.row.successor) is not None:
            go = Button("Show", Kind.LINK, tip=f"Show {then.name}")
            go.clicked.connect(partial(self.wanted.emit, "go", About("school", then.id)))
            line = Label(f"{then.name} took its place on {long_date(then.joined_on)}.", wrap=True)
            made = row(line, column(go, 1), gap=8)
            made.setStretchFactor(line, 1)
            lines.append(made)
        if not detail.spells:
            lines = [quiet("Never a member: a partner, or a school to come.")]
        return part("Membership", *lines, gap=8)

    def _spell(self, spell: SpellLine) -> Box:
        fact_ = spell.fact
        when = (
            date_range(fact_.joined_on, fact_.left_on)
            if fact_.left_on
            else f"Since {long_date(fact_.joined_on)}"
        )
        notes = []
        if spell.replaces:
            notes.append(f"In the place of {spell.replaces}.")
        notes.append(stopped(fact_.leaving_reason))
        if fact_.advisor_discussed_on is not None:
            talked = f"Discussed with the Advisor on {long_date(fact_.advisor_discussed_on)}."
            notes += [talked, stopped(fact_.advisor_outcome)]
        line = titled(when, " ".join(note for note in notes if note))
        edit = Button("Edit", Kind.LINK, tip="Edit this membership")
        edit.clicked.connect(partial(self.wanted.emit, "spell", fact_.id))
        made = row(line, column(edit, 1), gap=8)
        made.setStretchFactor(line, 1)
        return made

    def _steps(self, detail: SchoolDetail) -> Box | None:
        if not detail.steps:
            return None
        done = sum(step.done for step in detail.steps)
        lines = [step_line(step, partial(self.wanted.emit, "step", step)) for step in detail.steps]
        head = "Joining" if detail.joining else "Leaving"
        return part(head, *lines, side=f"{done} of {len(detail.steps)} done", gap=8)

    def _year(self, detail: SchoolDetail) -> Box:
        items: list[Item] = []
        if detail.use is not None:
            one = detail.use.entitlement
            blocks = [
                Half(block.used_p / block.size_p, block.planned_p / block.size_p)
                if block.size_p
                else Half(0, 0)
                for block in one.blocks
            ]
            spoken = f"Release allowance: {detail.use.words}"
            left = f"{prose_pounds(one.left_p)} of {prose_pounds(one.allowance_p)} left"
            items.append(row(HalfDays(spoken, blocks), column(quiet(left)), gap=12))
        if detail.marks:
            tally = detail.attendance
            letters = [
                Letter(mark.value, f"{short_date(column_.meeting.held_on)}: {mark.label}")
                for column_, mark in detail.marks[-MARKS:]
                if mark is not None
            ]
            words = f"{tally.text} meetings ({percent(tally.present, tally.cells)})"
            items.append(row(*letters, quiet(words), gap=4) if letters else quiet(words))
        if detail.next_action is not None:
            action = detail.next_action
            due = f"due {long_date(action.due_on)}" if action.due_on else "no day set"
            who = f"{action.owner}, " if action.owner else ""
            go = Button("Go", Kind.LINK, tip=f"Go to the action: {action.what}")
            go.clicked.connect(partial(self.wanted.emit, "go", action.about))
            line = titled(action.what, f"Next action: {who}{due}")
            made = row(line, column(go, 1), gap=8)
            made.setStretchFactor(line, 1)
            items.append(made)
        if not items:
            items = [quiet("Nothing of this school in this year yet.")]
        return part(year_label(detail.year), *items, gap=10)

    def _borrowed(self, detail: SchoolDetail) -> Box | None:
        if not detail.loans:
            return None
        lines: list[Item] = [_lent(loan) for loan in detail.loans[:LONGEST]]
        return part("Borrowed", *lines, *more_than(len(detail.loans)), gap=8)

    def _people(self, detail: SchoolDetail) -> Box:
        lines: list[Item] = [_ssl(one) for one in detail.ssl]
        if not lines:
            lines = [quiet("No science subject leader (SSL) is entered.")]
        others = [titled(one.person, one.kind.label) for one in detail.roles[:LONGEST]]
        body = column(*lines, gap=8)
        found: list[Item] = [part("Science subject leaders (SSL)", body, gap=8)]
        if others:
            found.append(part("Others with a role", *others, *more_than(len(detail.roles)), gap=8))
        return column(*found, gap=16)

    def _said(self, detail: SchoolDetail) -> Box | None:
        items: list[Item] = []
        for said in detail.declarations[:LONGEST]:
            answer = {Answer.YES: "on top of the science budget", Answer.NO: "not on top of it"}
            words = answer.get(said.answer, "asked, no answer yet")
            by = " · ".join(x for x in (said.by, short_date(said.on) if said.on else "") if x)
            items.append(titled(f"{year_label(said.year)}: release money {words}", by))
        items += [
            titled(
                f"{one.level.label}, {long_date(one.awarded_on)}",
                " · ".join(x for x in (one.round, f"expires {long_date(one.expires_on)}") if x),
            )
            for one in detail.awards[:LONGEST]
        ]
        items += [titled(one.summary, f"{long_date(one.on)} · {one.kind.label}") for one in detail.contacts]
        return part("Declared, awarded, said", *items, gap=8) if items else None

    def _about(self, detail: SchoolDetail) -> Box | None:
        one, (low, high) = detail.record, detail.record.ages
        ages = f"{low} to {high}" if low is not None and high is not None else ""
        pairs = [
            ("Address", ", ".join(x for x in (one.address, one.postcode) if x)),
            ("Telephone", one.phone),
            ("Website", one.website),
            ("Ages", ages),
            ("Type", one.type_name),
            ("Trust", one.trust_name),
            ("Authority", one.la_name),
            ("Notes", one.notes),
        ]
        if detail.row.private:
            pairs.append(("Private", "Has extra support. Only the number of such schools is ever printed."))
        known = [fact(name, value) for name, value in pairs if value]
        return part("The school", *known) if known else None


def _verbs(school: SchoolRow) -> list[tuple[str, str, str]]:
    """The verbs that have a button: key, words, keys; the first is what is most likely wanted."""
    if school.standing.inside:
        talk = ("talk", "Log a contact…", "Ctrl+L")
        if not school.ssl:
            return [("ssl", "Name the SSL…", "Ctrl+S"), talk]
        return [talk, ("ssl", "Change the SSL…", "Ctrl+S")]
    if school.standing is Standing.LEFT:
        again = ("join", "Join again…", "Ctrl+J")
        return [again] if school.successor else [("replace", "Replace it…", "Ctrl+R"), again]
    return [("join", "Join…", "Ctrl+J")] if school.standing is Standing.NONE else []


def _ssl(one: RoleLine) -> Box:
    when = date_range(one.starts_on, one.ends_on) if one.ends_on else f"since {long_date(one.starts_on)}"
    note = f"“{one.handover_note}”" if one.handover_note else ""
    return titled(one.person, when + (f"\n{note}" if note else ""))


def _lent(loan: LentLine) -> Box:
    when = f"{loan.state.label}, due back {long_date(loan.fact.due_on)}"
    if loan.fact.back_on is not None and loan.fact.back_on <= loan.fact.due_on:
        when = f"{loan.state.label} {long_date(loan.fact.back_on)}"
    return titled(loan.fact.resource, when)
