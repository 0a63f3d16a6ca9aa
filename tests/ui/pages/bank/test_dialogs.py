"""The bank's forms: nothing is cut at any text size, nothing is kept alive, unsaved text is asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog

from models.queries.bank_item import item
from models.queries.bank_page import items
from models.queries.lending import lend_facts, return_facts
from models.values import replace
from tests import books
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from ui.dialogs.plain import QuestionDialog
from ui.pages.bank.contents_dialog import ContentsDialog
from ui.pages.bank.lend_dialog import DueDialog, LendDialog
from ui.pages.bank.return_dialog import ReturnDialog
from ui.pages.bank.small_dialogs import AskDialog, BoughtDialog, DayDialog, ReasonDialog, VerdictDialog
from ui.pages.bank.stock_dialog import StockDialog
from ui.pages.bank.tags_dialog import RetagDialog, TagsDialog
from ui.theme import Theme, installed_families

TODAY = dt.date(2025, 6, 20)
SCHOOLS = (("Harlbridge Primary School", 3), ("Quillby C of E Primary School", 7))


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    def clock() -> dt.date:
        return TODAY

    store = books.sample_in(tmp_path_factory.mktemp("dialogs"))
    with store.read() as session:
        told = {
            "lend": lend_facts(session, 9, TODAY),
            "back": return_facts(session, 32, TODAY),
            "item": item(session, 1, clock),
            "known": items(session, clock).values,
        }
    store.close()
    return told


@pytest.fixture
def facts(asked, dressed):  # noqa: ARG001  # the theme must be there first
    """What the forms are told of the sample."""
    return asked


MAKERS: dict[str, Callable[[dict], QDialog]] = {
    "lend": lambda facts: LendDialog(None, facts["lend"]),
    "reserve": lambda facts: LendDialog(None, facts["lend"], reserve=True),
    "due": lambda facts: DueDialog(
        None, facts["lend"], "the loan", school_id=3, starts_on=TODAY, due_on=dt.date(2025, 6, 26)
    ),
    "check in": lambda facts: ReturnDialog(None, facts["back"]),
    "contents": lambda facts: ContentsDialog(None, "Contents of Magnets and materials", facts["item"].parts),
    "tags": lambda facts: TagsDialog(None, "Tags", facts["item"].row.tags, facts["known"]),
    "retag": lambda facts: RetagDialog(None, "Tag 3 items", facts["known"]),
    "stock": lambda facts: StockDialog(None, facts["item"], [("Carol Whitmoor", 1)]),
    "reason": lambda _: ReasonDialog(None, "Drop Mystery egg", "Drop", key="reason", help_text="Why?"),
    "verdict": lambda _: VerdictDialog(None, "Trial of Mystery egg", TODAY, "", None),
    "day": lambda _: DayDialog(None, "Picture talk", "Received", key="on", label="Came on", today=TODAY),
    "ask": lambda _: AskDialog(None, TODAY, SCHOOLS, [("KIT-01 · Magnets", 1)]),
    "bought": lambda _: BoughtDialog(
        None, "Thermometers", TODAY, wishes=SCHOOLS, schools=SCHOOLS, entries=[("E-0001 · Torches", 1)]
    ),
}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("name", MAKERS)
def test_no_word_is_cut_and_every_control_has_a_name(facts, qapp, name, scale):
    Theme(scale=scale, families=installed_families()).apply(qapp)
    dialog = MAKERS[name](facts)
    dialog.open()
    settle()
    assert clipped(dialog) == []
    assert nameless(dialog) == []
    dialog.submit()  # with its errors too
    settle()
    if shiboken6.isValid(dialog):
        assert clipped(dialog) == []
        dialog.keep_state()
        dialog.close()


@pytest.mark.parametrize("name", MAKERS)
def test_a_form_that_closes_is_freed_and_an_untouched_one_does_not_ask(facts, name):
    dialog = MAKERS[name](facts)
    dialog.open()
    settle()
    dialog.reject()
    settle()
    assert not shiboken6.isValid(dialog)


@pytest.mark.parametrize("name", ["check in", "contents", "stock"])
def test_a_grid_that_was_typed_into_is_asked_about(facts, name):
    dialog = MAKERS[name](facts)
    dialog.open()
    settle()
    column = {"check in": 3, "contents": 1, "stock": 2}[name]
    dialog.model.setData(dialog.model.index(0, column), "3")
    dialog.reject()
    settle()
    asking = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QuestionDialog) and one.isVisible()
    ]
    assert len(asking) == 1
    asking[0].accept()
    settle()
    assert not shiboken6.isValid(dialog)


def test_a_loss_without_a_price_says_so_and_never_nought(facts):
    back = facts["back"]
    parts = tuple(replace(part, unit_cost_p=None) for part in back.parts)
    dialog = ReturnDialog(None, replace(back, parts=parts))
    dialog.model.setData(dialog.model.index(0, 3), "1")
    name, school = parts[0].name, back.fact.school
    assert dialog.summary().endswith(f"whole. Price of {name} not entered, charged to {school}.")
    dialog.keep_state()
    dialog.close()
