"""Doing things with claims: asks what it takes, and does it as one named step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.kept_pictures import read_chosen
from models.queries.choosing import options
from models.queries.claim_detail import claim_detail
from models.services import claim_payments, claims
from models.services.attachments import attach
from ui.pages.claims.closing import EvidenceDialog, ReasonDialog, ReverseDialog
from ui.pages.claims.moves import ApproveDialog, PayDialog, SubmitDialog, submit_findings
from ui.pages.claims.words import VERBS, Verb, can, claims_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.choosing import Option
    from models.queries.claim_detail import ClaimDetail
    from models.queries.claim_moves import Finding
    from models.queries.claims_page import ClaimRow, ClaimsOfYear
    from ui.context import AppContext
    from ui.dialogs.form import FormDialog
    from ui.pages.claims.closing import Evidence, Reason, TakenBack
    from ui.pages.claims.moves import Taken


class ClaimVerbs(QObject):
    """What the page's buttons and keys do.

    Args:
        context: the shared things.
        owner: the widget whose window the dialogs belong to.

    Attributes:
        done: something was done: (the verb, the ids of the claims).
        begun: a new draft was made that is to be put right: (its id,).
        opened: a dialog was opened: (it,).
    """

    done = Signal(object, object)
    begun = Signal(int)
    opened = Signal(object)

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self.page: ClaimsOfYear | None = None

    def start(self, verb: Verb, rows: Sequence[ClaimRow]) -> None:
        """Begin to do something with claims; those with which it cannot be done now are left out."""
        able = tuple(row for row in rows if can(row, verb))
        if not able or self.page is None:
            return
        match verb:
            case Verb.SUBMIT:
                self._look_then_submit(able)
            case Verb.APPROVE:
                self._approve(able, self.page)
            case Verb.PAY:
                self._ask_decisions(able)
            case Verb.RETURN | Verb.REJECT | Verb.WITHDRAW:
                self._close(verb, able[0], self.page)
            case Verb.REVERSE:
                self._reverse(able[0], self.page)
            case Verb.AGAIN:
                self._again(able[0])
            case Verb.EVIDENCE:
                self._evidence(able[0])

    # -- submitting

    def _look_then_submit(self, rows: tuple[ClaimRow, ...]) -> None:
        """Ask the rules first: where none speaks against it, it is done at once."""
        page = self.page
        if page is None:
            return

        def found(answer: Sequence[Finding]) -> None:
            if any(one.refusals for one in answer):
                self._open(SubmitDialog(self._context, self._window, rows, page.today), self._submit)
            else:
                action = partial(_submit, rows=rows, on=page.today, today=page.today, why="")
                self._do(Verb.SUBMIT, rows, action, None)

        question = partial(submit_findings, ids=[row.id for row in rows], today=page.today)
        self._context.book.ask(question, found, key="claim-submit")

    def _submit(self, dialog: FormDialog[Any], taken: Taken) -> None:
        action = partial(_submit, rows=taken.rows, on=taken.on, today=self._today, why=taken.why)
        self._do(Verb.SUBMIT, taken.rows, action, dialog)

    # -- approving and paying

    def _approve(self, rows: tuple[ClaimRow, ...], page: ClaimsOfYear) -> None:
        dialog = ApproveDialog(self._context, self._window, rows, page.today, page.approvers)
        self._open(dialog, self._on_approve)

    def _on_approve(self, dialog: FormDialog[Any], taken: Taken) -> None:
        action = partial(
            claims.approve,
            approvers=taken.approvers,
            on=taken.on,
            today=self._today,
            why_allowed=taken.why,
        )
        self._do(Verb.APPROVE, taken.rows, action, dialog)

    def _ask_decisions(self, rows: tuple[ClaimRow, ...]) -> None:
        if any(row.lead_pays_p > 0 for row in rows):
            question = partial(options, table="decision")
            self._context.book.ask(question, partial(self._pay, rows), key="claim-decisions")
        else:
            self._pay(rows, ())

    def _pay(self, rows: tuple[ClaimRow, ...], decisions: Sequence[Option]) -> None:
        self._open(PayDialog(self._context, self._window, rows, self._today, decisions), self._on_pay)

    def _on_pay(self, dialog: FormDialog[Any], taken: Taken) -> None:
        action = partial(
            claim_payments.pay,
            claim_ids=taken.ids,
            paid_on=taken.on,
            paid_ref=taken.paid_ref,
            today=self._today,
            decision_id=taken.decision_id,
            why_allowed=taken.why,
        )
        self._do(Verb.PAY, taken.rows, action, dialog)

    # -- one claim

    def _close(self, verb: Verb, row: ClaimRow, page: ClaimsOfYear) -> None:
        self._open(
            ReasonDialog(self._window, verb, row, page.today, page.approvers),
            partial(self._on_reason, verb, row),
        )

    def _on_reason(self, verb: Verb, row: ClaimRow, dialog: FormDialog[Any], reason: Reason) -> None:
        moves = {Verb.RETURN: claims.send_back, Verb.REJECT: claims.reject, Verb.WITHDRAW: claims.withdraw}
        action = partial(
            moves[verb],
            claim_id=row.id,
            reason=reason.words,
            on=reason.on,
            today=self._today,
            by_id=reason.by_id,
        )
        self._do(verb, (row,), action, dialog)

    def _reverse(self, row: ClaimRow, page: ClaimsOfYear) -> None:
        def show(detail: ClaimDetail) -> None:
            dialog = ReverseDialog(self._window, row, page.today, detail.paid_on or page.today)
            self._open(dialog, partial(self._on_reverse, row))

        question = partial(claim_detail, claim_id=row.id, today=page.today)
        self._context.book.ask(question, show, key="claim-paid")

    def _on_reverse(self, row: ClaimRow, dialog: FormDialog[Any], back: TakenBack) -> None:
        action = partial(_take_back, claim_id=row.id, back=back, today=self._today)
        self._do(Verb.REVERSE, (row,), action, dialog)

    def _again(self, row: ClaimRow) -> None:
        action = partial(claim_payments.enter_again, claim_id=row.id, today=self._today)
        self._do(Verb.AGAIN, (row,), action, None)

    def _evidence(self, row: ClaimRow) -> None:
        dialog = EvidenceDialog(self._window, row, self._context.documents)
        self._open(dialog, partial(self._on_evidence, row))

    def _on_evidence(self, row: ClaimRow, dialog: FormDialog[Any], found: Evidence) -> None:
        action = partial(_note_evidence, claim_id=row.id, found=found, today=self._today)
        self._do(Verb.EVIDENCE, (row,), action, dialog)

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    @property
    def _today(self) -> Any:
        return self.page.today if self.page is not None else self._context.today()

    def _open(self, dialog: FormDialog[Any], given: Callable[[FormDialog[Any], Any], None]) -> None:
        dialog.given.connect(partial(given, dialog))
        self.opened.emit(dialog)
        dialog.open()

    def _do(
        self,
        verb: Verb,
        rows: Sequence[ClaimRow],
        action: Callable[[Session], int | None],
        dialog: FormDialog[Any] | None,
    ) -> None:
        def done(new_id: int | None) -> None:
            if dialog is not None:
                dialog.saved()
            self.done.emit(verb, tuple(row.id for row in rows))
            if new_id is not None:
                self.begun.emit(new_id)

        failed = dialog.not_saved if dialog is not None else None
        self._context.book.change(step_name(verb, rows), action, done, failed)


def step_name(verb: Verb, rows: Sequence[ClaimRow]) -> str:
    """`Approve 7 claims`, `Reverse claim SC-0014`: what Undo calls it."""
    if verb is Verb.AGAIN:
        return f"Enter claim {rows[0].code} again"
    if verb is Verb.EVIDENCE:
        return f"Enter evidence for claim {rows[0].code}"
    return f"{VERBS[verb].words.removesuffix('…')} {claims_named(rows)}"


def _submit(session: Session, rows: Sequence[ClaimRow], on: Any, today: Any, why: str) -> None:
    claims.submit(session, [row.id for row in rows], on, today, why)


def _take_back(session: Session, claim_id: int, back: TakenBack, today: Any) -> int | None:
    """Reverse a claim and, if wanted, begin the right one: one step."""
    claim_payments.reverse(session, claim_id, back.reason, back.on, back.paid_ref, today)
    return claim_payments.enter_again(session, claim_id, today) if back.again else None


def _note_evidence(session: Session, claim_id: int, found: Evidence, today: Any) -> None:
    """Write the number down and keep the paper: one step."""
    claims.note_evidence(session, claim_id, found.ref, today)
    if found.path is not None:
        attach(session, "cover_claim", claim_id, read_chosen(found.path), found.path.name)
