"""All that is known of one item, beside the list: where it is, what is in it, who had it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from models.queries.bank_item import item
from models.queries.bank_page import Standing
from models.words import TagKind, TrialVerdict
from ui.format import count, date_range, long_date, pounds
from ui.icons import Icon
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.overrides import override
from ui.pages.bank.columns import item_note
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.bank_item import CheckRow, ItemDetail, PartRow, TrialRow
    from models.queries.bank_lists import LoanRow
    from models.queries.bank_page import ItemRow
    from ui.context import AppContext
    from ui.widgets.layouts import Box

LOANS, CHECKS = 5, 3  # so many are shown
TAG_NAMES = (
    (TagKind.YEAR_GROUP, "Years"),
    (TagKind.UNIT, "Units"),
    (TagKind.ENQUIRY_TYPE, "Enquiry"),
    (TagKind.ENQUIRY_SKILL, "Skills"),
    (TagKind.FOCUS_AREA, "Focus"),
    (TagKind.KEYWORD, "Keywords"),
)
VERDICTS = {
    TrialVerdict.RUNNING: "Running",
    TrialVerdict.ADOPT: "Adopted",
    TrialVerdict.DROP: "Dropped",
}


@dataclass(frozen=True)
class Act:
    """One thing to do with the item in view: its words and what does it. `main`: the one most wanted."""

    words: str
    do: Callable[[], None]
    main: bool = False


@dataclass(frozen=True)
class PanelActs:
    """What the panel can ask its list to do.

    Attributes:
        now: what can be done with the item as it stands.
        contents: edit what it holds.
        tags: edit its tags.
        restock: note that it is whole again.
        try_out: begin a trial.
        verdict: end a trial.
        edit_trial: correct a trial.
        delete_trial: put a trial into the Bin.
        count: note a stock check.
        edit_check: correct a stock check.
        delete_check: put a stock check into the Bin.
        loan: show a loan.
        rollout: show who uses it.
        entry: show an entry of a fund.
    """

    now: Callable[[ItemDetail], list[Act]]
    contents: Callable[[], None]
    tags: Callable[[], None]
    restock: Callable[[], None]
    try_out: Callable[[], None]
    verdict: Callable[[TrialRow], None]
    edit_trial: Callable[[int], None]
    delete_trial: Callable[[int], None]
    count: Callable[[], None]
    edit_check: Callable[[int], None]
    delete_check: Callable[[int], None]
    loan: Callable[[int], None]
    rollout: Callable[[], None]
    entry: Callable[[int], None]


class ItemPanel(DetailPanel):
    """Shows the item chosen. It asks for what the list does not know, and keeps the last answer.

    Attributes:
        shown: the answer is on show: (ItemDetail,).
    """

    shown = Signal(object)

    def __init__(self, context: AppContext, acts: PanelActs) -> None:
        super().__init__("Item")
        self._context, self._acts = context, acts
        self._row: ItemRow | None = None
        self._wanted: int | None = None
        self.detail: ItemDetail | None = None

    def ask_again(self) -> None:
        """Something was changed: what is shown next is asked for, even if it is the same item."""
        self._row = None

    @override
    def show_record(self, record: ItemRow | None) -> None:
        if record is not None and record is self._row and self.detail is not None:
            return  # a key in the filter chose it again
        self._row, self._wanted = record, record.id if record else None
        if record is None:
            self.detail = None
            self.say("Choose an item to see what is in it, who has it and what was found.")
            return
        if self.detail is None or self.detail.row.id != record.id:
            self.detail = None  # nothing may be done to an item that is not in view
        question = partial(item, resource_id=record.id, clock=self._context.today)
        self._context.book.ask(question, self._show, key="bank-item")

    def _show(self, detail: ItemDetail) -> None:
        if detail.row.id != self._wanted:
            return
        self.detail = detail
        parts: list[Box | None] = [
            self._head(detail),
            _warnings(detail),
            _about(detail),
            self._tags(detail),
            self._contents(detail),
            self._loans(detail),
            self._trials(detail),
            self._used(detail),
            self._checks(detail),
            self._paid(detail),
        ]
        self.fill(*(part for part in parts if part is not None))
        self.shown.emit(detail)

    def _head(self, detail: ItemDetail) -> Box:
        shown = detail.row
        head = column(record_head(shown.name, shown.standing.label, item_note(shown)), gap=10)
        for words, tone in _whereabouts(detail):
            head.add(Label(words, "body", tone, wrap=True))
        made = []
        for act in self._acts.now(detail):
            button = Button(act.words, Kind.PRIMARY if act.main else Kind.PLAIN)
            button.clicked.connect(act.do)
            made.append(button)
        if made:
            head.add(buttons(*made))
        return head

    def _tags(self, detail: ItemDetail) -> Box:
        side = Button("Edit…", Kind.QUIET, tip="Edit tags (Ctrl+T)")
        side.clicked.connect(self._acts.tags)
        lines = [(name, detail.row.tagged(kind)) for kind, name in TAG_NAMES]
        body = (
            facts(lines)
            if detail.row.tags
            else Label("No tags yet: they are what it is found by.", "body", "muted", wrap=True)
        )
        return section("Tags", body, side=side, gap=8)

    def _contents(self, detail: ItemDetail) -> Box | None:
        if not detail.parts and detail.row.kind != "kit":
            return None
        side = Button("Edit…", Kind.QUIET, tip="Edit contents (Ctrl+J)")
        side.clicked.connect(self._acts.contents)
        width = 80 if any(part.there < part.quantity for part in detail.parts) else 32
        lines = column(*(_part(part, width) for part in detail.parts), gap=5)
        if not detail.parts:
            lines.add(
                Label(
                    "Nothing is listed yet: with a list, what is missing is seen at once.",
                    "body",
                    "muted",
                    wrap=True,
                )
            )
        if detail.short:
            note = Label(f"Short of {count(detail.short, 'piece')}.", "body", "warn", wrap=True)
            done = Button("All replaced", tip="Note that what was short has been replaced")
            done.clicked.connect(self._acts.restock)
            lines.add(row(note, done, gap=8))
        return section("Contents", lines, side=side, gap=8)

    def _loans(self, detail: ItemDetail) -> Box | None:
        if not detail.loans:
            return None
        lines = column(gap=7)
        for loan in detail.loans[:LOANS]:
            lines.add(self._loan(loan))
        if len(detail.loans) > LOANS:
            lines.add(Label(f"and {len(detail.loans) - LOANS} before", "caption", "muted"))
        return section("Loans", lines, side=Label(detail.use.text, "caption", "muted"), gap=8)

    def _loan(self, loan: LoanRow) -> Box:
        link = Button(loan.code, Kind.LINK, tip=f"Show loan {loan.code}", always=True)
        link.clicked.connect(partial(self._acts.loan, loan.id))
        days = date_range(loan.out_on or loan.starts_on, loan.back_on or loan.due_on)
        result = loan.brief or loan.state.label.lower()
        return column(
            row(Label(loan.school), 1, link, gap=8),
            Label(f"{days} · {result}", "caption", "muted", wrap=True),
        )

    def _trials(self, detail: ItemDetail) -> Box | None:
        if not detail.trials:
            return None
        side = Button("Try it out…", Kind.QUIET)
        side.clicked.connect(self._acts.try_out)
        return section(
            "Trials", column(*(self._trial(one) for one in detail.trials), gap=10), side=side, gap=8
        )

    def _trial(self, trial: TrialRow) -> Box:
        who = ", ".join(word for word in (trial.school, trial.class_name, trial.person) if word)
        days = (
            date_range(trial.starts_on, trial.ends_on)
            if trial.ends_on
            else f"since {long_date(trial.starts_on)}"
        )
        edit = Button("Edit…", Kind.QUIET, tip=f"Edit the trial at {trial.school}")
        edit.clicked.connect(partial(self._acts.edit_trial, trial.id))
        running = trial.verdict is TrialVerdict.RUNNING
        judge = Button(
            "Verdict…" if running else "Change verdict…",
            Kind.QUIET,
            tip=f"Verdict on the trial at {trial.school}",
        )
        judge.clicked.connect(partial(self._acts.verdict, trial))
        lines = column(
            row(Label(who, wrap=True), Badge(VERDICTS[trial.verdict]), gap=8),
            Label(days, "caption", "muted"),
            gap=2,
        )
        if trial.finding:
            lines.add(Label(trial.finding, wrap=True))
        gone = Button("Delete", Kind.QUIET, tip=f"Delete the trial at {trial.school}")
        gone.clicked.connect(partial(self._acts.delete_trial, trial.id))
        lines.add(row(judge, edit, gone, 1, gap=16))
        return lines

    def _used(self, detail: ItemDetail) -> Box:
        side = Button("Roll-out", Kind.QUIET, tip="Show who uses it")
        side.clicked.connect(self._acts.rollout)
        cells = [(name, cell.use.text) for name, cell in detail.cells if cell.use]
        words = detail.adoption.text
        body = column(
            Label(words[:1].upper() + words[1:], "body", "" if cells else "muted", wrap=True), gap=6
        )
        if cells:
            body.add(facts(cells))
        return section("Used by", body, side=side, gap=8)

    def _checks(self, detail: ItemDetail) -> Box | None:
        side = Button("Check…", Kind.QUIET, tip="Note a stock check (Ctrl+B)")
        side.clicked.connect(self._acts.count)
        if not detail.checks:
            return section(
                "Stock checks",
                Label("Nobody has counted it yet.", "body", "muted", wrap=True),
                side=side,
                gap=8,
            )
        return section(
            "Stock checks",
            column(*(self._check(one) for one in detail.checks[:CHECKS]), gap=7),
            side=side,
            gap=8,
        )

    def _check(self, check: CheckRow) -> Box:
        state = "Complete" if check.complete else "Incomplete" if check.found else "Not found"
        edit = Button("Edit…", Kind.QUIET, tip=f"Edit the stock check of {long_date(check.checked_on)}")
        edit.clicked.connect(partial(self._acts.edit_check, check.id))
        gone = Button("Delete", Kind.QUIET, tip=f"Delete the stock check of {long_date(check.checked_on)}")
        gone.clicked.connect(partial(self._acts.delete_check, check.id))
        lines = column(row(Label(long_date(check.checked_on)), Badge(state), 1, gap=8), gap=2)
        said = ", ".join(word for word in (check.by, check.notes) if word)
        if said:
            lines.add(Label(said, "caption", "muted", wrap=True))
        lines.add(row(edit, gone, 1, gap=16))
        return lines

    def _paid(self, detail: ItemDetail) -> Box | None:
        if not detail.paid:
            return None
        lines = column(gap=5)
        for entry in detail.paid:
            link = Button(entry.code, Kind.LINK, tip=f"Show entry {entry.code}", always=True)
            link.clicked.connect(partial(self._acts.entry, entry.id))
            lines.add(
                row(
                    link, Label(long_date(entry.on), "body", "muted"), 1, Label(pounds(entry.amount_p)), gap=8
                )
            )
        return section("Paid for", lines, gap=8)


def _whereabouts(detail: ItemDetail) -> list[tuple[str, str]]:
    """Where it is now and who is promised it, each with its tone."""
    shown, found = detail.row, []
    if shown.now is not None and shown.standing in {Standing.OUT, Standing.OVERDUE}:
        words = f"With {shown.now.school}, due back {long_date(shown.now.due_on)}."
        late = shown.standing is Standing.OVERDUE
        found.append(
            (
                f"{words} {shown.now.late.text[:1].upper()}{shown.now.late.text[1:]}." if late else words,
                "bad" if late else "",
            )
        )
    elif shown.now is not None:
        found.append((f"Reserved for {shown.now.school}, {shown.now.days}; not handed out yet.", ""))
    if shown.next is not None:
        found.append((f"Next: {shown.next.school}, {shown.next.days}.", "muted"))
    if detail.row.standing is Standing.DROPPED and detail.dropped_reason:
        found.append((f"Dropped: {detail.dropped_reason}", ""))
    if shown.retired_on is not None:
        found.append((f"Retired on {long_date(shown.retired_on)}.", "muted"))
    return found


def _warnings(detail: ItemDetail) -> Box | None:
    if not detail.verdicts:
        return None
    lines = column(gap=8)
    for verdict in detail.verdicts:
        lines.add(
            row(IconMark(Icon.ALERT, "warn", 16), Label(verdict.text, "body", "warn", wrap=True), gap=8)
        )
    return lines


def _about(detail: ItemDetail) -> Box:
    shown = detail.row
    mains = "Has a mains lead; " if shown.has_mains else ""
    due = f"next check {long_date(shown.next_check_on)}" if shown.next_check_on else "no next check entered"
    pairs = [
        ("Kept at", shown.location),
        ("Owner", shown.owner),
        ("Lent by", detail.lender if detail.lender != shown.owner else ""),
        ("Goes back", long_date(detail.return_by) if detail.return_by else ""),
        ("Takes", count(shown.minutes, "minute") if shown.minutes else ""),
        ("Effort", detail.effort),
        ("Safety", detail.safety_ref),
        ("Safety link", detail.safety_link),
        ("Check", f"{mains}{due}" if shown.has_mains else ""),
        ("To replace", pounds(detail.replacement_p) if detail.replacement_p is not None else ""),
        ("Pieces", f"{shown.parts:,}" if shown.parts else ""),
    ]
    body = column(rule(), facts(pairs), gap=14)
    if detail.description:
        body.add(Label(detail.description, wrap=True))
    body.add(rule())
    return body


def _part(part: PartRow, width: int) -> Box:
    """`10  Bar magnet`, or `8 of 10  Bar magnet` of what is not whole; the numbers stand below each other."""
    short = part.there < part.quantity
    words = f"{part.there:,} of {part.quantity:,}" if short else f"{part.quantity:,}"
    number = Label(words, "strong" if short else "body", "warn" if short else "", width=width)
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    line = row(number, Label(part.name, wrap=True), gap=12)
    if part.consumable:
        line.add(Label("gets used up", "caption", "muted"))
    return line
