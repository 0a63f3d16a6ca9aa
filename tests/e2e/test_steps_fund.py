"""Logging the Advisor's answer and paying the entry that it gates, from Home, within ten steps."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from models.services import approvals, fund, records
from models.words import ApprovalKind, ApprovalState, Direction, EntryState, Heading
from tests.e2e.driver import Driver
from tests.e2e.steps import Steps
from ui.pages.fund.page import FundPage
from ui.pages.fund.verbs import AnswerForm, PayForm
from ui.widgets.buttons import Button
from ui.widgets.parts import TodoLine
from ui.widgets.plain import Label

pytestmark = pytest.mark.timeout(240)
POT = 1  # of the sample


def half_a_day(session) -> tuple[int, int]:
    """Extra organisational time that is planned, and the question that it waits for."""
    entry = fund.enter(
        session,
        {
            "fund_id": POT,
            "on": dt.date(2025, 6, 10),
            "direction": Direction.OUT,
            "heading": Heading.EXTRA_TIME,
            "description": "Nerys: half a day on the transition report",
            "amount_p": 75_00,
            "state": EntryState.PLANNED,
        },
    )
    question = {
        "kind": ApprovalKind.EXTRA_TIME,
        "asked_on": dt.date(2025, 6, 3),
        "question": "May Nerys have half a day more?",
        "amount_p": 75_00,
    }
    return entry, approvals.ask(session, question, entry)


def kept(driver: Driver, table: str, record_id: int) -> dict:
    """A record as it is in the file."""

    def question(store):
        with store.read() as session:
            return dict(records.kept(session, table, record_id).values)

    return driver.ask(question)


def test_an_answer_is_logged_and_the_entry_it_gates_is_paid_within_ten_steps_and_undone_in_one(on_sample):
    driver = on_sample
    done = []
    driver.book.change("Plan half a day", half_a_day, done.append)
    driver.until(lambda: bool(done))
    entry, question = done[0]
    driver.until(lambda: driver.home.facts().todo and "2 answers" in str(driver.home.facts().todo))
    steps = Steps(driver)

    steps.click(_more(driver))
    driver.until(lambda: bool(_to_advisor(driver)))
    steps.click(_to_advisor(driver)[0].button())
    log = _log(driver, question)
    steps.key("Ctrl+L")
    driver.answer(AnswerForm)
    steps.type_text("Yes, gladly.")
    steps.key("Ctrl+Return")
    driver.until(lambda: log.current().state is ApprovalState.APPROVED and not answer_open(driver))
    steps.key("Ctrl+P")
    driver.answer(PayForm)
    steps.type_text("BACS 0061")
    steps.key(Qt.Key.Key_Return)
    driver.until(lambda: log.current().gates[0].paid)

    assert steps.count <= 10
    now, said = kept(driver, "fund_entry", entry), kept(driver, "approval", question)
    assert (now["state"], now["paid_ref"], now["on"]) == (
        EntryState.PAID,
        "BACS 0061",
        dt.date(2025, 6, 20),
    )
    assert (said["state"], said["words"]) == (ApprovalState.APPROVED, "Yes, gladly.")
    steps.count = 0
    steps.key("Ctrl+Z")
    driver.until(lambda: not log.current().gates[0].paid)
    assert steps.count == 1
    assert kept(driver, "fund_entry", entry)["state"] is EntryState.PLANNED


def _to_advisor(driver: Driver) -> list[TodoLine]:
    """The lines of Home that wait for the Advisor."""
    return [
        line
        for line in driver.home.findChildren(TodoLine)
        if line.isVisible() and any("Advisor" in label.text() for label in line.findChildren(Label))
    ]


def _more(driver: Driver) -> Button:
    """The button that unfolds the rest of what needs doing."""
    return next(
        one for one in driver.home.findChildren(Button) if one.isVisible() and one.words().endswith(" more")
    )


def _log(driver: Driver, question: int):
    """The log, on the question that Home leads to."""
    driver.until(lambda: driver.shell.host.page("fund") is not None)
    page: FundPage = driver.shell.host.page("fund")

    def there() -> bool:
        body = page.current()
        return hasattr(body, "current") and body.current() is not None and body.current().id == question

    driver.until(there)
    return page.current()


def answer_open(driver: Driver) -> bool:
    """Whether the answer's form is still open."""
    return driver.dialog(AnswerForm) is not None
