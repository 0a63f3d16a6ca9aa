"""What one does with a thing of the bank: a verb asks, shows its form and saves one named step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from models.queries.bank_item import item
from models.queries.book import Book
from models.queries.lending import lend_facts, return_facts
from models.services import kits, lending, sharing
from ui.pages.bank.contents_dialog import ContentsDialog
from ui.pages.bank.lend_dialog import DueDialog, LendDialog
from ui.pages.bank.return_dialog import ReturnDialog
from ui.pages.bank.small_dialogs import DayDialog, ReasonDialog, VerdictDialog
from ui.pages.bank.stock_dialog import StockDialog
from ui.pages.bank.tags_dialog import RetagDialog, TagsDialog

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.bank_item import ItemDetail, TrialRow
    from models.queries.bank_lists import LoanRow
    from models.queries.bank_page import ItemRow
    from models.queries.lending import LendFacts, ReturnFacts
    from models.rules.resources import Tag
    from models.services.kits import PartLine
    from models.words import TagKind
    from ui.context import AppContext
    from ui.dialogs.form import FormDialog
    from ui.pages.bank.lend_dialog import Lending
    from ui.pages.bank.return_dialog import CheckedIn
    from ui.pages.bank.small_dialogs import Verdict
    from ui.pages.bank.stock_dialog import Checked
    from ui.pages.bank.tags_dialog import Retag

T = TypeVar("T")
R = TypeVar("R")
KEY = "bank-verb"


def today_of(session: Session, context_today: Callable[[], dt.date]) -> dt.date:
    """The day it is; in the sample the day that it is told from."""
    return Book(session).today(context_today)


def people(session: Session) -> tuple[tuple[str, int], ...]:
    """Everybody who has not left, by name."""
    book = Book(session)
    rows = [(row.name, key) for key, row in book.people.items() if row.left_on is None]
    return tuple(sorted(rows, key=lambda pair: pair[0].casefold()))


class Verbs(QObject):
    """The verbs of the bank, for its lists and panels.

    Args:
        context: the shared things.
        window: the widget whose window the forms belong to.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    # -- lending

    def lend(self, resource_id: int, *, reserve: bool = False) -> None:
        """Lend a resource, or reserve it."""

        def ask(session: Session) -> LendFacts:
            return lend_facts(session, resource_id, today_of(session, self._context.today))

        def show(facts: LendFacts) -> None:
            dialog = LendDialog(self._window.window(), facts, reserve=reserve)
            self.show_form(dialog, partial(self._lent, facts))

        self._context.book.ask(ask, show, key=KEY)

    def _lent(self, facts: LendFacts, dialog: FormDialog[Lending], given: Lending) -> None:
        verb = "Lend" if given.out else "Reserve"

        def action(session: Session) -> int:
            do = lending.lend if given.out else lending.reserve
            return do(
                session,
                resource_id=facts.resource.id,
                school_id=given.school_id,
                person_id=given.person_id,
                starts_on=given.starts_on,
                due_on=given.due_on,
                notes=given.notes,
                today=facts.today,
            )

        self.save(f"{verb} {facts.resource.code}", action, dialog)

    def check_in(self, loan_id: int) -> None:
        """Check a loan in with its tick list."""

        def ask(session: Session) -> ReturnFacts:
            return return_facts(session, loan_id, today_of(session, self._context.today))

        def show(facts: ReturnFacts) -> None:
            self.show_form(ReturnDialog(self._window.window(), facts), partial(self._checked_in, facts))

        self._context.book.ask(ask, show, key=KEY)

    def _checked_in(self, facts: ReturnFacts, dialog: FormDialog[CheckedIn], given: CheckedIn) -> None:
        action = partial(
            lending.check_in,
            loan_id=facts.loan_id,
            on=given.on,
            counted=given.counted,
            today=facts.today,
            notes=given.notes,
        )
        self.save(f"Check in {facts.resource_code}, loan {facts.code}", action, dialog)

    def hand_out(self, loan: LoanRow) -> None:
        """Hand out what was reserved, today."""

        def action(session: Session) -> None:
            today = today_of(session, self._context.today)
            lending.hand_out(session, loan.id, today, today)

        self._context.book.change(f"Hand out {loan.resource_code}, loan {loan.code}", action)

    def extend(self, loan: LoanRow) -> None:
        """Let a loan fall due on another day."""

        def ask(session: Session) -> LendFacts:
            return lend_facts(session, loan.resource_id, today_of(session, self._context.today))

        def show(facts: LendFacts) -> None:
            dialog = DueDialog(
                self._window.window(),
                facts,
                f"the loan of {loan.resource}",
                school_id=loan.school_id,
                starts_on=loan.starts_on,
                due_on=loan.due_on,
            )
            self.show_form(dialog, partial(self._extended, loan, facts.today))

        self._context.book.ask(ask, show, key=KEY)

    def _extended(self, loan: LoanRow, today: dt.date, dialog: FormDialog[dt.date], due_on: dt.date) -> None:
        action = partial(lending.extend, loan_id=loan.id, due_on=due_on, today=today)
        self.save(f"Extend loan {loan.code}", action, dialog)

    def cancel(self, loan: LoanRow) -> None:
        """Cancel a reservation. It is not asked about: Undo stands in the status bar."""

        def action(session: Session) -> None:
            lending.cancel(session, loan.id, today_of(session, self._context.today))

        self._context.book.change(f"Cancel reservation {loan.code}", action)

    def restock(self, row: ItemRow) -> None:
        """Note that what a kit was short of has been replaced, today."""

        def action(session: Session) -> None:
            lending.restock(session, row.id, today_of(session, self._context.today))

        self._context.book.change(f"Replace what {row.code} was short of", action)

    # -- contents, tags, stock

    def contents(self, detail: ItemDetail) -> None:
        """Edit what a kit holds."""
        dialog = ContentsDialog(self._window.window(), f"Contents of {detail.row.name}", detail.parts)

        def given(dialog: FormDialog[tuple[PartLine, ...]], lines: tuple[PartLine, ...]) -> None:
            action = partial(kits.set_contents, resource_id=detail.row.id, lines=lines)
            self.save(f"Edit contents of {detail.row.code}", action, dialog)

        self.show_form(dialog, given)

    def tags(self, row: ItemRow, known: Mapping[TagKind, Sequence[str]]) -> None:
        """Edit the tags of one item."""

        def given(dialog: FormDialog[tuple[Tag, ...]], tags: tuple[Tag, ...]) -> None:
            action = partial(kits.set_tags, resource_id=row.id, tags=tags)
            self.save(f"Tag {row.code}", action, dialog)

        self.show_form(TagsDialog(self._window.window(), f"Tags of {row.name}", row.tags, known), given)

    def retag(self, rows: Sequence[ItemRow], known: Mapping[TagKind, Sequence[str]]) -> None:
        """Give tags to all these items, or take one away."""
        words = f"{len(rows)} items" if len(rows) > 1 else rows[0].code

        def given(dialog: FormDialog[Retag], tags: Retag) -> None:
            action = partial(
                kits.retag, resource_ids=[row.id for row in rows], add=tags.add, remove=tags.remove
            )
            self.save(f"Tag {words}", action, dialog)

        self.show_form(RetagDialog(self._window.window(), f"Tag {words}", known), given)

    def duplicate(self, row: ItemRow, done: Callable[[int], None]) -> None:
        """Make another kit like this one; `done` gets its id."""
        self._context.book.change(f"Duplicate {row.code}", partial(kits.duplicate, resource_id=row.id), done)

    def count(self, resource_id: int) -> None:
        """Note a stock check."""

        def ask(session: Session) -> tuple[ItemDetail, tuple[tuple[str, int], ...]]:
            return item(session, resource_id, self._context.today), people(session)

        def show(facts: tuple[ItemDetail, tuple[tuple[str, int], ...]]) -> None:
            detail, everybody = facts
            self.show_form(
                StockDialog(self._window.window(), detail, everybody), partial(self._counted, detail)
            )

        self._context.book.ask(ask, show, key=KEY)

    def _counted(self, detail: ItemDetail, dialog: FormDialog[Checked], given: Checked) -> None:
        action = partial(
            kits.check_stock,
            resource_id=detail.row.id,
            on=given.on,
            today=detail.today,
            counts=given.counts,
            found=given.found,
            person_id=given.person_id,
            notes=given.notes,
        )
        self.save(f"Stock check of {detail.row.code}", action, dialog)

    # -- a resource's life

    def verdict(self, detail: ItemDetail, trial: TrialRow) -> None:
        """End a trial with what was found."""
        dialog = VerdictDialog(
            self._window.window(),
            f"Trial of {detail.row.name} at {trial.school}",
            detail.today,
            trial.finding,
            trial.ends_on,
        )

        def given(dialog: FormDialog[Verdict], said: Verdict) -> None:
            action = partial(
                sharing.give_verdict,
                trial_id=trial.id,
                verdict=said.verdict,
                finding=said.finding,
                ends_on=said.ends_on,
            )
            self.save(f"Verdict on {detail.row.code}: {said.verdict.label.lower()}", action, dialog)

        self.show_form(dialog, given)

    def become(self, row: ItemRow, words: str, action: Callable[[Session, int], None]) -> None:
        """Move a resource on in its life without asking anything."""

        def do(session: Session) -> None:
            action(session, row.id)

        self._context.book.change(f"{words} {row.code}", do)

    def drop(self, row: ItemRow) -> None:
        """Give a resource up, with the reason."""
        dialog = ReasonDialog(
            self._window.window(),
            f"Drop {row.name}",
            "Drop",
            key="dropped_reason",
            help_text="Printed in the review pack as something learnt. No harm in a false start.",
        )

        def given(dialog: FormDialog[str], reason: str) -> None:
            action = partial(sharing.drop, resource_id=row.id, reason=reason)
            self.save(f"Drop {row.code}", action, dialog)

        self.show_form(dialog, given)

    def retire(self, row: ItemRow) -> None:
        """Take a thing out of use, with the reason."""
        dialog = ReasonDialog(
            self._window.window(),
            f"Retire {row.name}",
            "Retire",
            key="reason",
            help_text="Worn out, lost, gone back to its lender. Its loans stay on record.",
        )

        def given(dialog: FormDialog[str], reason: str) -> None:
            def action(session: Session) -> None:
                sharing.retire(session, row.id, today_of(session, self._context.today), reason)

            self.save(f"Retire {row.code}", action, dialog)

        self.show_form(dialog, given)

    def on_a_day(
        self,
        title: str,
        accept: str,
        key: str,
        label: str,
        do: Callable[[FormDialog[dt.date], dt.date], None],
    ) -> None:
        """Ask for a day and do something with it."""

        def ask(session: Session) -> dt.date:
            return today_of(session, self._context.today)

        def show(today: dt.date) -> None:
            self.show_form(
                DayDialog(self._window.window(), title, accept, key=key, label=label, today=today), do
            )

        self._context.book.ask(ask, show, key=KEY)

    # -- forms

    def show_form(self, dialog: FormDialog[T], given: Callable[[FormDialog[T], T], None]) -> None:
        """Open a form; what it gives goes to `given` with the form."""
        dialog.given.connect(partial(given, dialog))
        dialog.read_in_year(self._context.book.year)
        dialog.open()

    def save(
        self,
        name: str,
        action: Callable[[Session], R],
        dialog: FormDialog[T],
        then: Callable[[R], None] | None = None,
    ) -> None:
        """Do it under its name; the form closes when it is in the file, and else says why it is not."""

        def done(result: R) -> None:
            dialog.saved()
            if then is not None:
                then(result)

        self._context.book.change(name, action, done, dialog.not_saved)
