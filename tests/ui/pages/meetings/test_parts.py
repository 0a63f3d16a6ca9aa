"""What belongs to a session or a meeting singly: bookings, slips, files; and whose keys count where."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from models import tables as t
from models.services import meetings, records
from models.words import Respondent
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import TODAY
from ui.dialogs.serving import ServeDialog
from ui.forms.draft_form import DraftForm
from ui.pages.meetings import cpd
from ui.pages.meetings.dialogs import CaptionDialog
from ui.pages.meetings.finder import MEETING, SESSION
from ui.pages.meetings.meetingform import MeetingForm
from ui.pages.meetings.panel import ACTIONS, AGENDA, CPD, DECISIONS, FILES
from ui.records import files as files_module

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at(desk):
    """The desk at a session held, with slips and people."""
    desk.go("cpd_session", 4)
    return desk


def fill(form: DraftForm, **values: str) -> None:
    from PySide6.QtTest import QTest

    for name, text in values.items():
        field = form.entries[name].widget
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)
    settle()


def record_words(dialog) -> str:
    from ui.widgets.plain import Label

    return " ".join(label.text() for label in dialog.findChildren(Label))


# -- whose keys


@pytest.mark.parametrize(
    ("tab", "part", "noun"),
    [(AGENDA, "agenda", "topic"), (ACTIONS, "actions_tab", "action"), (DECISIONS, "decisions", "decision")],
)
def test_in_a_list_the_keys_are_of_its_records_and_around_it_of_the_meeting(desk, tab, part, noun):
    desk.go("meeting", 20)
    desk.tab(tab)
    pane = getattr(desk.page.meeting, part).pane
    seen: list[str] = []
    for key in ("new", "edit", "history"):
        pane._actions[key].triggered.connect(lambda *_, key=key: seen.append(key))
    pane.table.setFocus()
    for keys in ("Ctrl+N", "Ctrl+N", "Ctrl+E", "Ctrl+H"):
        desk.keys(keys)
        if not desk.no_dialog():
            desk.dialog().reject()
        settle()
    legal = {"new": 2, "edit": 1, "history": 1} if pane.current() else {"new": 2}
    assert {key: seen.count(key) for key in seen} == legal, noun
    desk.page.meeting.tabs._tabs[0].setFocus()
    desk.keys("Ctrl+N")
    assert isinstance(desk.dialog(), MeetingForm)
    desk.dialog().reject()


def test_the_keys_of_the_list_of_the_year_are_of_what_is_chosen_in_it(at):
    page = at.page
    page.list.setFocus()
    at.keys("Ctrl+E")
    form = at.dialog(DraftForm)
    assert form.entries["title"].read() == "Talk first, write later"
    form.reject()
    page.list.setFocus()
    at.keys("Alt+3")
    assert page.session.leaves.current() == cpd.SLIPS
    assert page.session.slips.table.hasFocus()
    page.list.setFocus()
    at.keys("Alt+7")  # a session has no such leaf
    assert page.session.leaves.current() == cpd.SLIPS
    at.go("meeting", 20)
    page.list.setFocus()
    at.keys("Ctrl+E")
    assert isinstance(at.dialog(), MeetingForm)
    at.dialog().reject()
    page.list.setFocus()
    at.keys("Alt+2")
    assert page.meeting.tabs.current() == AGENDA


# -- bookings


def test_where_a_session_was_passed_on_is_entered_with_its_booking(at):
    at.keys("Alt+2")
    pane = at.page.session.people
    assert len(pane.records()) == 12
    pane.choose_chip(1)
    assert pane.table.records.rowCount() == sum(one.shared_on is None for one in pane.records())
    pane.let_go()
    seat = next(one for one in pane.records() if one.shared_on is None)
    pane.go_to(seat.id)
    at.keys("Ctrl+E")
    form = at.dialog(DraftForm)
    fill(form, shared_on="4/6/25", shared_with="9", notes="With the Y4 team")
    form.submit()
    assert at.no_dialog()
    now = at.row(t.CpdBooking, seat.id)
    assert (now["shared_on"].isoformat(), now["shared_with"], now["notes"]) == (
        "2025-06-04", 9, "With the Y4 team",
    )  # fmt: skip
    assert pane.current().shared == "passed on 4 June 2025 to 9 staff"
    at.page.session.go_leaf(cpd.OVERVIEW)
    assert f"{seat.name} (passed on 4 June 2025 to 9 staff)" in record_words(at.page.session.overview)


def test_a_booking_is_deleted_and_comes_back_and_history_names_nobody(at):
    at.page.session.go_leaf(cpd.PEOPLE)
    pane = at.page.session.people
    gone = pane.current()
    pane.table.setFocus()
    at.keys("Del")
    assert gone.id not in {one.id for one in pane.records()}
    assert at.world.book.undo_name == "Delete booking"
    at.world.book.undo()
    settle()
    assert gone.id in {one.id for one in pane.records()}


def test_nobody_is_booked_twice(at):
    pane = at.page.session.people
    at.page.session.go_leaf(cpd.PEOPLE)
    seat = pane.current()
    pane.table.setFocus()
    at.keys("Ctrl+N")
    form = at.dialog(DraftForm)
    form.entries["person_id"].show(seat.person_id)
    form.submit()
    settle()
    assert form.isVisible()
    form.keep_state()
    form.reject()
    assert len(pane.records()) == 12


# -- slips


def test_one_slip_is_entered_mended_and_deleted(at):
    at.keys("Alt+3")
    pane = at.page.session.slips
    assert len(pane.records()) == 11
    at.keys("Ctrl+N")
    form = at.dialog(DraftForm)
    form.entries["respondent"].show(Respondent.OTHER_TEACHER)
    fill(form, rating="4", comment="More time to try it")
    form.submit()
    assert at.no_dialog()
    assert (pane.current().slip.number, pane.current().slip.rating) == (12, 4)
    assert pane.current().slip.comment == "More time to try it"
    pane.table.setFocus()
    at.keys("Ctrl+E")
    form = at.dialog(DraftForm)
    fill(form, rating="6")
    form.submit()
    settle()
    assert list(form.errors()) == ["rating"]
    fill(form, rating="5")
    form.submit()
    assert at.no_dialog()
    assert pane.current().slip.rating == 5
    pane.table.setFocus()
    at.keys("Del")
    assert at.world.book.undo_name == "Delete slip"
    assert [one.slip.number for one in pane.records()] == list(range(1, 12))


def test_quick_find_leads_to_a_slip_and_to_a_booking_of_a_session_of_its_own(desk):
    slip = next(row for row in desk.rows(t.CpdEvaluation) if row.cpd_session_id == 4 and row.slip == 7)
    desk.go("cpd_evaluation", slip.id)
    assert desk.page.part() == SESSION
    assert desk.page.session.slips.current().id == slip.id
    seat = [row for row in desk.rows(t.CpdBooking) if row.cpd_session_id == 4][3]
    desk.go("cpd_booking", seat.id)
    assert desk.page.session.people.current().id == seat.id
    earlier = next(row for row in desk.rows(t.CpdBooking) if row.cpd_session_id == 1)
    desk.go("cpd_booking", earlier.id)
    assert desk.year == 2023
    assert desk.page.session.people.current().id == earlier.id


def test_quick_find_leads_into_the_meeting_that_a_session_was_part_of(desk):
    desk.world.change("Part", lambda session: records.change(session, t.CpdSession, 4, {"meeting_id": 20}))
    slip = next(row for row in desk.rows(t.CpdEvaluation) if row.cpd_session_id == 4 and row.slip == 7)
    desk.go("cpd_evaluation", slip.id)
    assert (desk.page.part(), desk.page.meeting.tabs.current()) == (MEETING, CPD)
    panel = desk.page.meeting.cpd.panel
    assert panel.leaves.current() == cpd.SLIPS
    assert panel.slips.current().id == slip.id
    assert clipped(desk.page) == []
    desk.keys("Ctrl+N")  # in the list of slips it is a slip, in the head of the session a meeting
    assert "slip" in desk.dialog(DraftForm).windowTitle().casefold()
    desk.dialog().reject()
    settle()
    panel.leaves.setFocus()
    panel._more.setFocus()
    desk.keys("Ctrl+E")
    assert desk.dialog(DraftForm).entries["title"].read() == "Talk first, write later"
    desk.dialog().reject()


def test_aims_are_linked_to_a_session(at):
    at.page.session.menu_actions()["serve"].trigger()
    dialog = at.dialog(ServeDialog)
    tick = next(iter(dialog._field._aims.values()))
    before = at.page.session.detail().serves
    tick.setChecked(not tick.isChecked())
    dialog.submit()
    assert at.no_dialog()
    assert at.page.session.detail().serves != before
    assert at.world.book.undo_name == "Link aims to CPD-04"


# -- files


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "Signed minutes.pdf"
    path.write_bytes(b"%PDF-1.7 minutes")
    return path


@pytest.fixture
def opened(monkeypatch):
    """Which files were handed to other programs."""
    seen: list[Path] = []
    monkeypatch.setattr(
        files_module.QDesktopServices, "openUrl", lambda url: seen.append(Path(url.toLocalFile()))
    )
    return seen


@pytest.fixture
def files(desk):
    """The files of a meeting whose minutes are finalised."""
    desk.go("meeting", 20)
    if not desk.detail.frozen:
        desk.world.change("Finalise", lambda session: meetings.finalise(session, 20, TODAY))
        settle()
    assert desk.detail.frozen
    desk.tab(FILES)
    return desk.page.meeting.files


def attach(desk, files, *paths: Path) -> None:
    files.attach(desk.detail, *paths)
    settle()


def test_signed_minutes_are_kept_with_a_meeting_that_is_finalised(desk, files, paper):
    assert "Files kept with this meeting" in record_words(files)
    attach(desk, files, paper)
    assert (files.current().name, files.current().kind) == ("Signed minutes.pdf", "PDF")
    assert desk.page.meeting.tabs._tabs[FILES].text().split() == ["Files", "1"]
    assert desk.world.book.undo_name == f"Attach a file to {desk.detail.code}"
    attach(desk, files, paper)
    assert "This file is here already" in desk.world.heard.texts[-1]
    files.table.setFocus()
    desk.keys("Ctrl+E")
    dialog = desk.dialog(CaptionDialog)
    dialog._caption.setPlainText("Signed by all seven")
    dialog.submit()
    assert desk.no_dialog()
    assert files.current().caption == "Signed by all seven"
    desk.keys("Del")
    assert files.records() == []
    desk.world.book.undo()
    settle()
    assert [one.name for one in files.records()] == ["Signed minutes.pdf"]


def test_enter_opens_a_private_copy_that_cannot_be_written(desk, files, paper, opened, tmp_path):
    attach(desk, files, paper)
    files.table.setFocus()
    desk.keys("Return")
    assert desk.no_dialog()
    (copy,) = opened
    assert copy.read_bytes() == paper.read_bytes()
    assert (tmp_path / "opened") in copy.parents
    assert not copy.stat().st_mode & stat.S_IWUSR
    desk.press("Open", files)
    assert len(opened) == 2


def test_dropped_files_are_attached_in_one_step(desk, files, paper, tmp_path):
    other = tmp_path / "note.txt"
    other.write_text("From the flip chart", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (paper, other)])
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    files.dragEnterEvent(enter)
    assert enter.isAccepted()
    files.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS))
    settle()
    assert {one.name for one in files.records()} == {"Signed minutes.pdf", "note.txt"}
    assert clipped(desk.page) == []
    assert nameless(desk.page) == []
    desk.world.book.undo()
    settle()
    assert files.records() == []


def test_a_program_is_not_kept_and_that_is_said(desk, files, tmp_path):
    bad = tmp_path / "minutes.pdf"
    bad.write_bytes(b"MZ\x90\x00")
    attach(desk, files, bad)
    assert files.records() == []
    assert "cannot be kept here" in desk.world.heard.texts[-1]
