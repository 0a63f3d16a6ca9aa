"""Approving and paying seven claims from Home in at most eight key presses and clicks; undo in one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models import tables as t
from models.queries.book import Book
from models.services.claims import draft_claim, submit
from models.store import Store
from models.words import ClaimState, CoverPurpose, EntryState
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps

TODAY = dt.date(2025, 6, 20)
PEOPLE = (
    "Nerys Caldbeck",
    "Tobias Finch",
    "Erin Blakey",
    "Aisha Rahmani",
    "Imogen Strand",
    "Rosalind Achebe",
)
KEY = Qt.Key
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def seven(make_window, sample: Path) -> Driver:
    """The sample with seven claims to approve: one of its own, and six for a CPD morning."""
    store = Store.open(sample)
    with store.transaction("Enter claims") as (session, _):
        people = {one.name: one for one in Book(session).people.values()}
        ids = [
            draft_claim(
                session,
                {
                    "school_id": people[name].school_id,
                    "person_id": people[name].id,
                    "purpose": CoverPurpose.CPD,
                    "cover_on": dt.date(2025, 6, 10),
                    "half_day": "am",
                    "cost_p": 95_00,
                    "evidence_ref": "INV 1",
                },
                TODAY,
            )
            for name in PEOPLE
        ]
        submit(session, ids, TODAY, TODAY)
    store.close()
    driver = make_window(sample)
    driver.until_home()
    return driver


def states(driver: Driver) -> dict[str, ClaimState]:
    def ask(store):
        with store.read() as session:
            return {row.code: row.state for row in Book(session).rows(t.CoverClaim)}

    return driver.ask(ask)


def entries(driver: Driver) -> int:
    def ask(store):
        with store.read() as session:
            rows = Book(session).rows(t.FundEntry)
            return sum(row.claim_id is not None and row.state is EntryState.PAID for row in rows)

    return driver.ask(ask)


def test_seven_claims_are_approved_and_paid_in_at_most_eight_steps(seven: Driver):
    steps = Steps(seven)
    before, paid_entries = states(seven), entries(seven)
    seven_claims = [code for code, state in before.items() if state is ClaimState.SUBMITTED]
    assert len(seven_claims) == 7

    def in_state(state: ClaimState):
        return lambda: all(states(seven)[code] is state for code in seven_claims)

    steps.press("Approve")
    seven.until(lambda: _batch(seven, "approve").hasFocus())
    steps.key(KEY.Key_Space)
    dialog = seven.answer(QDialog)
    assert dialog.windowTitle() == "Approve 7 claims"
    steps.key(KEY.Key_Return)
    seven.until(in_state(ClaimState.APPROVED))
    _back_to_the_window(seven)
    seven.until(_batch(seven, "pay").hasFocus)
    steps.key(KEY.Key_Space)
    assert seven.answer(QDialog).windowTitle() == "Pay 7 claims"
    steps.type_text("HP-BACS-0060")
    steps.key(KEY.Key_Return)
    seven.until(in_state(ClaimState.PAID))
    assert steps.count == 5
    assert entries(seven) == paid_entries + 6

    _back_to_the_window(seven)
    steps.count = 0
    steps.key("Ctrl+Z")
    seven.until(in_state(ClaimState.APPROVED))
    assert entries(seven) == paid_entries
    assert steps.count == 1
    steps.key("Ctrl+Z")
    seven.until(in_state(ClaimState.SUBMITTED))
    assert states(seven) == before
    assert steps.count == 2


def test_r_cover_14_the_lead_does_not_approve_her_own_among_the_seven(seven: Driver):
    steps = Steps(seven)
    steps.press("Approve")
    seven.until(lambda: _batch(seven, "approve").hasFocus())
    steps.key(KEY.Key_Space)
    seven.answer(QDialog)
    steps.key(KEY.Key_Return)
    seven.until(lambda: ClaimState.SUBMITTED not in states(seven).values())

    def approvers(store):
        with store.read() as session:
            book = Book(session)
            rows = [row for row in book.rows(t.CoverClaim) if row.approved_on == TODAY]
            return {(book.person_name(row.person_id), book.person_name(row.approver_id)) for row in rows}

    found = seven.ask(approvers)
    assert ("Nerys Caldbeck", "Martin Oseby") in found
    assert ("Tobias Finch", "Nerys Caldbeck") in found


def _back_to_the_window(driver: Driver) -> None:
    """The dialog is gone: a system gives the window the keyboard back, but without a screen nobody does."""
    driver.until(lambda: driver.dialog(QDialog) is None)
    driver.start.window.activateWindow()


def _batch(driver: Driver, verb: str):
    page = driver.shell.host.page("claims")
    return next(button for key, button in page.batch.items() if key == verb)
