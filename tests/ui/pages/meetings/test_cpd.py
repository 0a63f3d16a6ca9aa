"""CPD: the fee split while typing, who came, and slips typed in from paper key by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models import tables as t
from models.errors import FileTrouble
from models.services import records
from models.services.cpd import BadSlip
from models.words import Happened, OutcomeMet, Respondent
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import TODAY
from ui.dialogs.plain import QuestionDialog
from ui.pages.meetings.cpdform import CpdForm
from ui.pages.meetings.finder import SESSION
from ui.pages.meetings.panel import CPD
from ui.pages.meetings.slipdialogs import SeatDialog, SlipDialog
from ui.widgets.plain import Label

KEY = Qt.Key


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def typed(form: CpdForm, name: str, text: str) -> None:
    field = form.entries[name].widget
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text)
    settle()


def slips(desk, session_id: int) -> list[t.CpdEvaluation]:
    return [row for row in desk.rows(t.CpdEvaluation) if row.cpd_session_id == session_id]


@pytest.fixture
def at(desk):
    """The desk at a session held, with slips and people."""
    desk.go("cpd_session", 4)
    return desk


def opened(desk, kind):
    desk.press({SlipDialog: "Enter slips…", SeatDialog: "Who came…"}[kind])
    return desk.dialog(kind)


# -- money


def test_r_cpd_3_the_panel_splits_the_fee_to_the_penny(at):
    shown = words(at.page.session)
    assert "The pot pays £480; 7 schools share £180, from £25.70 to £25.72 each." in shown
    assert "12 people of 6 schools came; £46.19 for each person" in shown
    for amount in ("£400.00", "£21.43", "£21.42", "£4.29", "£4.28", "£25.72", "£660.00"):
        assert amount in shown


def test_the_form_says_while_typing_who_would_pay_what_and_proposes_the_vat(desk):
    desk.action("New CPD session").trigger()
    form = desk.dialog(CpdForm)
    assert form._words.text().startswith("Enter the fee")
    typed(form, "title", "Forces")
    typed(form, "held_on", "20/6/25")
    typed(form, "fee_p", "550")
    assert form._words.text().startswith("The pot pays £400; 7 schools share £150, £21.43 or £21.42 each.")
    form.entries["vat_registered"].widget.click()
    settle()
    assert form.entries["vat_p"].read() == 110_00
    assert form._words.text().startswith("The pot pays £480; 7 schools share £180")
    typed(form, "fee_p", "350")
    assert form.entries["vat_p"].read() == 70_00  # still the proposal, so it follows the fee
    typed(form, "vat_p", "60")
    typed(form, "fee_p", "360")
    assert form.entries["vat_p"].read() == 60_00  # typed by hand, so it stays
    form.submit()
    assert desk.no_dialog()
    assert desk.page._stack.currentIndex() == SESSION
    made = desk.rows(t.CpdSession)[-1]
    assert (made.title, made.fee_p, made.vat_p, made.vat_registered) == ("Forces", 360_00, 60_00, True)


def test_a_long_name_of_a_school_is_not_cut_beside_its_people(at):
    school = next(row.id for row in at.rows(t.School) if row.name == "Wickenshaw Primary School")
    name = "Queen Elizabeth the Queen Mother Nursery and Infant School"
    values = {"name": name, "short_name": ""}
    at.world.change("Name", lambda session: records.change(session, t.School, school, values))
    settle()
    assert name in words(at.page.session)
    assert clipped(at.page.session) == []


def test_a_session_of_a_meeting_begins_with_its_day_and_times(desk):
    desk.go("meeting", desk.plan())
    desk.tab(CPD)
    desk.press("New CPD session")
    form = desk.dialog(CpdForm)
    typed(form, "title", "Forces")
    form.submit()
    assert desk.no_dialog()
    made, meeting = desk.rows(t.CpdSession)[-1], desk.detail
    assert (made.held_on, made.starts_at, made.ends_at) == (
        meeting.held_on, meeting.starts_at, meeting.ends_at,
    )  # fmt: skip
    assert made.meeting_id == meeting.id


def test_a_booking_that_is_led_to_at_once_is_in_view(desk):
    desk.go("cpd_booking", 29)
    assert desk.page.session.people.isVisible()


def test_a_session_whose_day_has_come_is_marked_as_held(desk):
    desk.world.change("Day", lambda session: records.change(session, t.CpdSession, 5, {"held_on": TODAY}))
    desk.go("cpd_session", 5)
    desk.press("It took place")
    assert desk.row(t.CpdSession, 5)["status"] is Happened.HELD


def test_a_planned_session_says_who_is_booked_and_not_that_nobody_came(desk):
    desk.go("cpd_session", 5)
    assert "3 people are booked; mark who came when it has taken place." in words(desk.page.session)


# -- slips


def test_r_imp_2_slips_are_typed_key_by_key_line_by_line(at):
    dialog = opened(at, SlipDialog)
    before = len(slips(at, 4))
    grid = dialog.grid
    for key in "L5YYY":
        QTest.keyClicks(grid, key)
    grid.next_line()
    for key in "t3pn":
        QTest.keyClicks(grid, key)
    assert words(dialog).endswith(f"{before + 2} slips")
    QTest.keySequence(grid, "Ctrl+Return")
    assert at.no_dialog()
    one, two = slips(at, 4)[-2:]
    assert (one.respondent, one.rating, one.outcomes_met, one.useful, one.relevant) == (
        Respondent.LEADER, 5, OutcomeMet.YES, True, True,
    )  # fmt: skip
    assert (two.respondent, two.rating, two.outcomes_met, two.useful, two.relevant) == (
        Respondent.OTHER_TEACHER, 3, OutcomeMet.PART, False, None,
    )  # fmt: skip
    assert f"Slips {before + 2}" in words(at.page.session)
    at.world.book.undo()
    assert len(slips(at, 4)) == before


def test_a_comment_is_typed_after_enter_and_a_key_that_means_nothing_does_nothing(at):
    dialog = opened(at, SlipDialog)
    model = dialog.model
    last = model.rowCount() - 1
    QTest.keyClicks(dialog.grid, "9x")
    assert model.changed() == []
    assert model.setData(model.index(last, 6), "More of this", Qt.ItemDataRole.EditRole)
    assert model.index(last, 0).data() == "12"
    assert model.rowCount() == last + 2
    dialog.submit()
    settle()
    assert slips(at, 4)[-1].comment == "More of this"


def test_space_goes_through_the_answers_and_delete_takes_one_away(at):
    dialog = opened(at, SlipDialog)
    model, grid = dialog.model, dialog.grid
    grid.setCurrentIndex(model.index(0, 2))
    QTest.keyClick(grid, KEY.Key_Space)
    assert model.index(0, 2).data() == ""
    QTest.keyClick(grid, KEY.Key_Space)
    assert model.index(0, 2).data() == "1"
    QTest.keyClick(grid, KEY.Key_Delete)
    assert model.index(0, 2).data() == ""
    dialog.submit()
    settle()
    assert slips(at, 4)[0].rating is None


def test_closing_with_slips_not_saved_asks_and_keeps_them(at):
    dialog = opened(at, SlipDialog)
    QTest.keyClicks(dialog.grid, "L")
    dialog.reject()
    asking = next(one for one in dialog.findChildren(QuestionDialog) if one.isVisible())
    asking.reject()
    settle()
    assert dialog.isVisible()
    assert len(dialog.changed()) == 1
    dialog.submit()
    assert at.no_dialog()


def test_slips_stay_when_saving_fails_and_the_reason_stands_there(at, monkeypatch):
    dialog = opened(at, SlipDialog)
    QTest.keyClicks(dialog.grid, "L4")
    before = len(slips(at, 4))

    def full(*_args):
        raise FileTrouble("E09", "The disk is full: make room, then save again.")

    with monkeypatch.context() as patch:
        patch.setattr(records, "add", full)
        dialog.submit()
        settle()
    assert dialog.isVisible()
    assert dialog._trouble.text() == "Not saved. The disk is full: make room, then save again."
    dialog.submit()
    assert at.no_dialog()
    assert len(slips(at, 4)) == before + 1


def test_an_answer_that_does_not_fit_is_shown_in_its_cell(at):
    dialog = opened(at, SlipDialog)
    QTest.keyClicks(dialog.grid, "L4")
    dialog.not_saved(BadSlip("Rating 1 to 5 cannot be more than 5.", "rating", 0))
    index = dialog.grid.currentIndex()
    assert (index.row(), index.column()) == (dialog.model.rowCount() - 2, 2)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Rating 1 to 5 cannot be more than 5."
    dialog._save.setEnabled(True)
    dialog.submit()
    assert at.no_dialog()


# -- who came


def test_people_are_marked_as_come_or_booked_and_counted(at):
    dialog = opened(at, SeatDialog)
    assert words(dialog).endswith("12 people came")
    QTest.keyClicks(dialog.grid, "cb")
    assert words(dialog).endswith("13 people came")
    dialog.submit()
    assert at.no_dialog()
    people = {row.id: row.name for row in at.rows(t.Person)}
    booked = {people[row.person_id]: row.attended for row in at.rows(t.CpdBooking) if row.cpd_session_id == 4}
    assert (booked["Owain Trask"], booked["Carol Whitmoor"]) == (True, False)
    assert "13 people of 7 schools came, 1 other was booked and did not" in words(at.page.session)


def test_a_booking_is_taken_away_and_space_goes_through_the_answers(at):
    dialog = opened(at, SeatDialog)
    model, grid = dialog.model, dialog.grid
    row = next(n for n in range(model.rowCount()) if model.index(n, 1).data() == "Ffion Marsh")
    grid.setCurrentIndex(model.index(row, 2))
    QTest.keyClick(grid, KEY.Key_Space)
    assert model.index(row, 2).data() == "Booked, did not come"
    QTest.keyClick(grid, KEY.Key_Delete)
    assert model.index(row, 2).data() == "–"
    dialog.submit()
    settle()
    people = {row.name: row.id for row in at.rows(t.Person)}
    booked = [row.person_id for row in at.rows(t.CpdBooking) if row.cpd_session_id == 4]
    assert people["Ffion Marsh"] not in booked


def test_grids_and_panel_fit_and_name_their_controls(at, qtmodeltester):
    assert clipped(at.page) == []
    for kind in (SlipDialog, SeatDialog):
        dialog = opened(at, kind)
        assert clipped(dialog) == []
        assert nameless(dialog) == []
        qtmodeltester.check(dialog.model)
        dialog.reject()
        settle()
