"""The form of a claim: what it fills in, and what it says while one types."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from models import tables as t
from models.queries.book import Book
from models.words import ClaimState, CoverPurpose, HalfDay
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from ui.pages.claims.form import ClaimForm
from ui.widgets.parts import Banner
from ui.widgets.plain import Label

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a list that opens


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def pick(form: ClaimForm, name: str, text: str) -> None:
    """Type into a list and leave it, as a person does."""
    field = form.entries[name].widget
    field.setFocus()
    line = field.lineEdit() or field
    QTest.keySequence(line, "Ctrl+A")
    QTest.keyClicks(line, text)
    form.entries[name].read()
    settle()


def look(form: ClaimForm) -> None:
    """The pause after the last key has run out."""
    form._pause.timeout.emit()
    settle()


@pytest.fixture
def form(desk):
    """A new claim's form."""
    desk.choose("SC-0056")
    QTest.keySequence(desk.page.list.table, "Ctrl+N")
    made = desk.dialog(ClaimForm)
    made.desk = desk
    yield made
    if isValid(made):
        made.keep_state()
        made.reject()


def test_choosing_a_person_chooses_their_school(form):
    pick(form, "person_id", "Erin Blakey")
    assert form.entries["school_id"].widget.currentText() == "Otterhay Junior School"


def test_choosing_a_meeting_says_day_purpose_and_part_of_the_day(form):
    pick(form, "meeting_id", "M-0019")
    read = {name: form.typed(name) for name in ("cover_on", "purpose", "half_day")}
    assert read == {
        "cover_on": dt.date(2025, 3, 25),
        "purpose": CoverPurpose.SUB_GROUP,
        "half_day": HalfDay.AM,
    }


def test_what_is_recognised_is_shown_while_one_types_and_nothing_is_saved(form):
    assert "what is recognised is shown here" in words(form)
    pick(form, "person_id", "Jude Pallister")
    pick(form, "meeting_id", "M-0020")
    QTest.keyClicks(form.entries["cost_p"].widget, "118")
    look(form)
    said = words(form)
    assert "Recognised £100.00" in said
    assert "School share £18.00" in said
    assert "Harlbridge: £0.00 left" in said
    assert form.split.recognised_p == 100_00
    assert len(form.desk.page.list.records()) == 26


def test_r_cover_10_a_half_day_that_is_claimed_already_is_told_at_once_and_not_saved(form):
    pick(form, "person_id", "Gwen Harcastle")
    pick(form, "meeting_id", "M-0020")
    look(form)
    assert "SC-0055 already claims cover for Gwen Harcastle on 15 May 2025" in words(form)
    form.submit()
    assert "SC-0055 already claims cover" in form.errors()["person_id"]
    assert form.entries["meeting_id"].read() is not None


def test_a_second_teacher_of_the_school_is_asked_about(form):
    pick(form, "person_id", "Bridget Lamb")
    pick(form, "school_id", "Pipers Lane Infant School")
    pick(form, "meeting_id", "M-0020")
    look(form)
    assert "save this one only if a second teacher was released" in words(form)


def test_only_funds_that_pay_for_release_are_offered(form):
    offered = form.entries["fund_id"].widget
    texts = [offered.itemText(n) for n in range(offered.count())]
    assert texts == ["None", "Cluster pot", "Lantern Fund"]


def test_r_ppl_4_a_claim_is_entered_by_hand_in_at_most_six_fields_and_stands_chosen_as_a_draft(form):
    desk = form.desk
    form.submit()
    lacking = set(form.errors()) - {""}
    filled_in = {"person_id", "purpose", "cover_on", "cost_p"}
    assert lacking
    assert len(lacking | filled_in) <= 6
    pick(form, "person_id", "Erin Blakey")
    form.entries["purpose"].show(CoverPurpose.PROJECT)
    QTest.keyClicks(form.entries["cover_on"].widget, "12/6/25")
    QTest.keyClicks(form.entries["cost_p"].widget, "92.50")
    QTest.keyClick(form, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    row = desk.page.list.current()
    assert (row.code, row.state, row.cost_p) == ("SC-0057", ClaimState.DRAFT, 92_50)
    assert desk.world.book.undo_name.startswith("Add cover claim SC-")


@pytest.mark.parametrize(("code", "warned"), [("SC-0052", True), ("SC-0055", True), ("SC-0056", False)])
def test_editing_what_was_sent_in_or_approved_warns_before(desk, code, warned):
    desk.choose(code)
    desk.page.list.edit()
    form = desk.dialog(ClaimForm)
    banners = [banner.text() for banner in form.findChildren(Banner)]
    assert [("is a draft again" in text) for text in banners] == [True] * warned
    form.reject()


def test_an_approved_claim_that_is_changed_is_a_draft_again(desk):
    desk.choose("SC-0052")
    desk.page.list.edit()
    form = desk.dialog(ClaimForm)
    QTest.keySequence(form.entries["cost_p"].widget, "Ctrl+A")
    QTest.keyClicks(form.entries["cost_p"].widget, "94")
    form.submit()
    assert desk.no_dialog()
    assert (desk.row("SC-0052").state, desk.row("SC-0052").cost_p) == (ClaimState.DRAFT, 94_00)


def test_a_number_added_to_an_approved_claim_leaves_it_approved(desk):
    desk.choose("SC-0052")
    desk.page.list.edit()
    form = desk.dialog(ClaimForm)
    number = form.entries["evidence_ref"].widget
    number.setFocus()
    QTest.keyClick(number, KEY.Key_End)
    QTest.keyClicks(number, "/2")
    form.submit()
    assert desk.no_dialog()
    assert (desk.row("SC-0052").state, desk.row("SC-0052").evidence_ref) == (
        ClaimState.APPROVED,
        "TS-0704/2",
    )


def test_every_word_of_the_form_fits_and_every_control_has_a_name(form):
    pick(form, "person_id", "Gwen Harcastle")
    pick(form, "meeting_id", "M-0020")
    QTest.keyClicks(form.entries["cost_p"].widget, "118")
    look(form)
    assert clipped(form) == []
    assert nameless(form) == []


def test_a_pupil_is_never_asked_for(form):
    shown = {label.text().casefold() for label in form.findChildren(Label)}
    assert not any("pupil" in text and "no medical" not in text for text in shown)


def test_the_forms_values_are_those_of_the_book(desk):
    """The form names no field that the moves write."""
    from models.services.claims import TYPED

    assert set(desk.page.list.spec.form.fields) <= set(TYPED)
    assert desk.world.ask(lambda session: len(Book(session).rows(t.CoverClaim))) == 56
