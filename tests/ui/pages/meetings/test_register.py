"""Attendance by keyboard: letters, Space, arrows, all at once; one step; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from models import tables as t
from models.errors import FileTrouble
from models.queries.register import Cell
from models.rules.cover_use import Block, Entitlement
from models.services import records
from models.services.attendance import Mark, record_attendance
from models.words import AttendanceCode, ClaimState, Happened, ReleaseMethod, RoleKind
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import TODAY
from ui.pages.meetings.panel import ATTENDANCE
from ui.pages.meetings.registerdialogs import AddPersonDialog, MarkDialog
from ui.pages.meetings.registerwords import hint_words
from ui.widgets.plain import Label

P, S, A, N = AttendanceCode
HEAD, OAKMANTLE = ReleaseMethod.HEAD, "Oakmantle School"
LEADERS = (
    "Owain Trask",
    "Nerys Caldbeck",
    "Rosalind Achebe",
    "Tobias Finch",
    "Gwen Harcastle",
    "Aisha Rahmani",
    "Imogen Strand",
)


@pytest.fixture
def at(desk):
    """The desk at the register of a meeting planned for yesterday."""
    desk.meeting = desk.plan()
    desk.go("meeting", desk.meeting, "attendance")
    return desk


def shown(desk) -> dict[str, AttendanceCode | None]:
    model = desk.register.model
    return {
        cell.name: model.code(model.row(number), cell)
        for number in range(model.rowCount())
        for cell in model.row(number).cells
    }


def news(desk) -> str:
    return " ".join(label.text() for label in desk.register._news.findChildren(Label) if not label.isHidden())


def test_home_leads_into_the_grid_with_the_keyboard_on_the_first_person(at):
    assert at.page.meeting.tabs.current() == ATTENDANCE
    assert at.register.grid.hasFocus()
    assert at.register.grid.currentIndex().data() == "Owain Trask"


def test_seven_schools_are_all_released_by_one_key_and_saved_by_one(at):
    at.keys("Ctrl+Shift+R", "Ctrl+Return")

    assert at.marks(at.meeting) == dict.fromkeys(LEADERS, P)
    drafts = [row for row in at.rows(t.CoverClaim) if row.meeting_id == at.meeting]
    assert len(drafts) == 6  # the high school sets no release money aside
    assert {row.state for row in drafts} == {ClaimState.DRAFT}
    assert at.row(t.Meeting, at.meeting)["status"] is Happened.HELD
    assert news(at) == (
        "Saved. The meeting is now marked as held. 6 cover claims drafted; nothing is sent until you "
        "submit them. Brindlemere High School sets no release money aside: no claim was drafted for it."
    )


def test_one_undo_takes_it_all_back(at):
    at.keys("Ctrl+Shift+R", "Ctrl+Return")
    assert at.world.book.undo_name == "Record attendance at M-0028"
    at.world.book.undo()
    settle()
    assert at.marks(at.meeting) == {}
    assert set(shown(at).values()) == {None}


def test_letters_mark_and_go_down_space_goes_through_them_and_delete_takes_away(at):
    at.keys("p", "s", "a", "n", "Space", "Down", "Space", "Space", "Down", "p", "Delete")
    marks = shown(at)
    assert [marks[name] for name in LEADERS] == [P, S, A, N, P, S, None]


def test_typing_is_not_saving_and_a_dot_says_so(at):
    at.keys("p")
    assert at.marks(at.meeting) == {}
    assert not at.page.meeting._unsaved.isHidden()
    assert at.register.model.is_typed(at.register.model.index(0, 1))
    at.keys("Ctrl+Return")
    assert at.page.meeting._unsaved.isHidden()
    assert not at.register.model.is_typed(at.register.model.index(0, 1))


def test_the_tally_is_that_of_the_matrix_once_saved(at):
    at.keys("p", "s", "a")
    assert at.register._tally.accessibleName() == (
        "2 of 7 schools came · 2 people · 1 released · 4 still to mark"
    )
    at.keys("Ctrl+Return")
    entry = next(one for one in at.page.list.entries.entries() if one.id == at.meeting)
    assert entry.came == "2 of 7 schools"


def test_all_released_leaves_exceptions_alone_and_a_second_time_says_so(at):
    at.keys("Down", "a", "Ctrl+Shift+R")
    marks = shown(at)
    assert (marks["Nerys Caldbeck"], marks["Imogen Strand"]) == (A, P)
    at.keys("Ctrl+Shift+R")
    assert at.world.heard.said[-1] == "Everybody is marked already."


def test_all_released_leaves_a_school_alone_at_which_somebody_else_is_marked(at):
    at.go("meeting", at.meeting, "attendance")
    model = at.register.model
    row = next(n for n in range(model.rowCount()) if len(model.row(n).cells) > 1)
    at.register.grid.setCurrentIndex(model.index(row, 2))
    at.keys("p", "Ctrl+Shift+R")
    leader, deputy, *_ = model.row(row).cells
    assert (model.code(model.row(row), leader), model.code(model.row(row), deputy)) == (None, P)


def test_all_can_be_marked_in_their_own_time(at):
    at.keys("Ctrl+Shift+S", "Ctrl+Return")
    assert set(at.marks(at.meeting).values()) == {S}
    assert not [row for row in at.rows(t.CoverClaim) if row.meeting_id == at.meeting]


def test_the_marks_of_the_last_meeting_can_be_copied(at):
    at.keys("Ctrl+Shift+L")
    marks = shown(at)
    assert (marks["Owain Trask"], marks["Rosalind Achebe"], marks["Sam Okonjo"]) == (S, A, S)


def test_what_is_typed_stays_while_another_meeting_is_looked_at(at):
    at.keys("p", "s")
    at.go("meeting", 20)
    at.tab(ATTENDANCE)
    assert shown(at)["Owain Trask"] is S  # of that meeting
    at.go("meeting", at.meeting, "attendance")
    marks = shown(at)
    assert (marks["Owain Trask"], marks["Nerys Caldbeck"]) == (P, S)
    at.keys("Ctrl+Return")
    assert at.marks(at.meeting) == {"Owain Trask": P, "Nerys Caldbeck": S}


def test_nothing_typed_is_lost_when_saving_fails_and_it_can_be_tried_again(at, monkeypatch):
    at.keys("p", "s")

    def full(*_args):
        raise FileTrouble("E09", "The disk is full: make room, then save again.")

    with monkeypatch.context() as patch:
        patch.setattr(records, "add", full)
        at.keys("Ctrl+Return")
    assert at.marks(at.meeting) == {}
    assert at.register._trouble.text() == (
        "Not saved. The disk is full: make room, then save again. The marks are still here."
    )
    assert shown(at)["Owain Trask"] is P
    at.keys("Ctrl+Return")
    assert at.marks(at.meeting) == {"Owain Trask": P, "Nerys Caldbeck": S}
    assert at.register._trouble.isHidden()


def test_marks_can_be_let_go_of(at):
    at.keys("p")
    at.press("Discard")
    assert shown(at)["Owain Trask"] is None
    assert not at.register.model.unsaved


def test_closing_the_window_with_marks_not_saved_asks(at):
    assert not at.page.holds_something()
    asked = []
    at.world.context.messages.asked.connect(lambda question, yes, _no: asked.append((question, yes)))
    at.keys("p")
    assert not at.page.close()
    assert at.page.holds_something()  # so another theme does not take it
    (question, yes), *_ = asked
    assert question.text == "Attendance of one meeting is typed and not saved."
    assert at.page.isVisible()
    yes()
    assert not at.page.isVisible()
    assert len(asked) == 1


def test_a_mark_typed_back_to_what_it_was_is_nothing_to_save(at):
    at.keys("p", "Ctrl+Return", "Up", "s", "Up", "p")
    assert not at.register.model.unsaved
    assert not at.register._buttons["save"].isEnabled()


def test_taking_released_away_takes_the_draft_back_and_says_so(at):
    at.keys("Down", "p", "Ctrl+Return")
    (claim,) = [row for row in at.rows(t.CoverClaim) if row.meeting_id == at.meeting]
    at.keys("Up", "s", "Ctrl+Return")
    assert claim.code not in [row.code for row in at.rows(t.CoverClaim)]
    assert f"{claim.code} was taken back." in news(at)


def test_enter_opens_everything_about_a_mark(at):
    at.keys("Down", "Return")
    dialog = at.dialog(MarkDialog)
    dialog._code.show_value(P)
    dialog._method.show_value(ReleaseMethod.HEAD)
    dialog._notes.setText("Came at 2pm")
    dialog.submit()
    assert at.no_dialog()
    at.press("Save attendance")
    (mark,) = [row for row in at.rows(t.Attendance) if row.meeting_id == at.meeting]
    assert (mark.code, mark.release_method, mark.notes) == (P, ReleaseMethod.HEAD, "Came at 2pm")
    (claim,) = [row for row in at.rows(t.CoverClaim) if row.meeting_id == at.meeting]
    assert claim.method is ReleaseMethod.HEAD
    assert not at.register.model.unsaved


def test_r_meet_12_a_way_of_release_without_release_is_refused_beside_its_field(at):
    at.keys("Return")
    dialog = at.dialog(MarkDialog)
    dialog._code.show_value(A)
    dialog._method.show_value(ReleaseMethod.HEAD)
    dialog.submit()
    assert list(dialog.errors()) == ["method"]
    dialog.keep_state()
    dialog.reject()


def test_somebody_known_is_added_by_a_letter_on_an_empty_place(at):
    at.keys("Right", "s")
    dialog = at.dialog(AddPersonDialog)
    assert dialog.windowTitle() == "Who else of Brindlemere High School?"
    dialog._name.setText("Wren Doyle")
    dialog.submit()
    assert at.no_dialog()
    assert shown(at)["Wren Doyle"] is S
    at.press("Save attendance")
    assert at.marks(at.meeting) == {"Wren Doyle": S}
    person = next(row for row in at.rows(t.Person) if row.name == "Wren Doyle")
    assert person.school_id == next(
        row.id for row in at.rows(t.School) if row.name == "Brindlemere High School"
    )


def test_a_name_that_is_taken_keeps_the_dialog_open_and_says_why(at):
    at.keys("Right", "p")
    dialog = at.dialog(AddPersonDialog)
    dialog._name.setText("Nerys Caldbeck")
    dialog.submit()
    settle()
    assert "already one called “Nerys Caldbeck”" in dialog.errors()["name"]
    dialog.keep_state()
    dialog.reject()


def test_clicking_goes_to_a_cell_and_clicking_again_marks_it(at):
    grid, model = at.register.grid, at.register.model
    where = grid.visualRect(model.index(3, 1)).center()
    for _ in range(2):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))
    assert shown(at)["Tobias Finch"] is P


def test_a_school_alone_gives_way_to_whoever_is_marked(at):
    school = next(row.id for row in at.rows(t.School) if row.name == "Oakmantle School")
    values = {"meeting_id": at.meeting, "school_id": school, "code": A}
    at.world.change("Apology", lambda session: records.add(session, t.Attendance, values))
    settle()
    assert shown(at)["Rosalind Achebe"] is A
    at.keys("Down", "Down", "p", "Ctrl+Return")
    assert at.marks(at.meeting) == {"Rosalind Achebe": P}


@pytest.fixture
def unled(at):
    """Oakmantle without a subject leader, released with nobody named; its register saved."""
    role = next(
        row
        for row in at.rows(t.Role)
        if row.kind is RoleKind.SSL and row.school_id == school_id(at, OAKMANTLE)
    )
    at.leader = {"person_id": role.person_id, "school_id": role.school_id, "kind": role.kind}
    at.world.change("No leader", lambda session: records.remove(session, t.Role, role.id))
    alone = Mark(school_id(at, OAKMANTLE), None, P)
    at.world.change("Marked", lambda session: record_attendance(session, at.meeting, [alone], TODAY))
    settle()
    at.keys("Down", "Down")
    assert at.marks(at.meeting) == {OAKMANTLE: P}
    return at


def school_id(desk, name: str) -> int:
    return next(row.id for row in desk.rows(t.School) if row.name == name)


def claims_of(desk) -> list:
    return [row for row in desk.rows(t.CoverClaim) if row.meeting_id == desk.meeting]


def test_r_cover_10_the_leader_named_afterwards_is_offered_the_missing_claim_in_one_step(unled):
    tally = unled.register._tally
    assert "0 people and 1 not named · 1 released" in tally.accessibleName()
    assert "Nobody is named for Oakmantle School" in news(unled)
    known = {**unled.leader, "starts_on": dt.date(2025, 6, 1)}
    unled.world.change("Leader", lambda session: records.add(session, t.Role, known))
    settle()
    cell = unled.register.grid.currentIndex()
    assert cell.data() == "Nobody named · no claim"  # and not as if the leader had been recorded
    assert "P says that it was Rosalind Achebe" in unled.register._hint.accessibleName()
    assert news(unled) == (
        "Nobody is named for Oakmantle School: drafting the claim names Rosalind Achebe, its subject leader."
    )
    unled.press("Draft the missing claim")
    assert unled.marks(unled.meeting) == {"Rosalind Achebe": P}
    assert [row.person_id for row in claims_of(unled)] == [known["person_id"]]
    assert "1 person · 1 released" in tally.accessibleName()
    unled.world.book.undo()
    settle()
    assert (unled.marks(unled.meeting), claims_of(unled)) == ({OAKMANTLE: P}, [])
    unled.keys("p")
    assert unled.register.model.unsaved  # P on it says that it was the leader
    unled.keys("Ctrl+Return")
    assert unled.marks(unled.meeting) == {"Rosalind Achebe": P}


def test_enter_on_a_school_with_nobody_named_asks_who_came(unled):
    unled.keys("Return")
    dialog = unled.dialog(MarkDialog)
    dialog._who.show_value(unled.leader["person_id"])
    dialog._name.setText("Wren Doyle")
    dialog.submit()
    assert list(dialog.errors()) == ["name"]
    dialog._who.show_value(None)
    dialog.submit()
    assert unled.no_dialog()
    unled.keys("Ctrl+Return")
    assert unled.marks(unled.meeting) == {"Wren Doyle": P}
    assert len(claims_of(unled)) == 1


def test_a_mark_of_a_school_with_nobody_named_can_be_corrected(unled):
    unled.press("Say who came…")
    unled.dialog(MarkDialog).reject()
    unled.keys("a", "Ctrl+Return")
    assert unled.marks(unled.meeting) == {OAKMANTLE: A}
    assert unled.register._trouble.isHidden()


def test_finalised_minutes_freeze_the_grid_and_it_says_so(desk):
    desk.go("meeting", 20, "attendance")
    before = desk.marks(20)
    desk.keys("n", "Space", "Delete", "Ctrl+Shift+R", "Ctrl+Return")
    assert desk.marks(20) == before
    assert "The minutes are finalised" in news(desk)
    assert not desk.register._buttons["all"].isVisible()


def test_drafts_lead_to_the_claims_page(at):
    at.keys("Down", "p", "Ctrl+Return")
    at.press("Review drafts")
    (claim,) = [row for row in at.rows(t.CoverClaim) if row.meeting_id == at.meeting]
    key, place = at.wanted[-1]
    assert (key, place.table, place.id) == ("claims", "cover_claim", claim.id)


def test_claims_still_wanting_can_be_drafted_but_none_for_a_release_that_may_have_cost_nothing(at):
    at.keys("p", "p", "p", "Ctrl+Return")
    first, second = claims_of(at)
    at.world.change("Delete", lambda session: records.remove(session, t.CoverClaim, first.id))
    settle()
    at.keys("Ctrl+Shift+M")
    assert news(at).startswith("1 cover claim drafted")
    assert len(claims_of(at)) == 2
    mark = next(row for row in at.rows(t.Attendance)[::-1] if row.person_id == second.person_id)
    at.world.change(
        "Head", lambda session: records.change(session, t.Attendance, mark.id, {"release_method": HEAD})
    )
    at.world.change("Delete", lambda session: records.remove(session, t.CoverClaim, second.id))
    settle()
    assert not at.register._actions["draft"].isEnabled()


def test_the_line_below_says_what_releasing_somebody_would_draw_on(at):
    at.keys("Down")
    assert at.register._hint.accessibleName() == (
        "Harlbridge Primary School has 1 of 5 half-days left. "
        "Releasing Nerys Caldbeck uses up to £100.00 of £100.00."
    )
    at.keys("p", "Ctrl+Return", "Up")
    assert at.register._hint.accessibleName() == "Nerys Caldbeck was released; the cover claim is a draft."


def test_a_steering_group_meeting_has_no_allowance_and_says_why_no_claim_is_drafted(desk):
    desk.go("meeting", 22, "attendance")
    assert not desk.register.model.has_left()
    assert news(desk) == "No cover is claimed for this kind of meeting (Steering Group)."


def test_without_members_it_says_what_to_do_first(make_desk):
    desk = make_desk(empty=True)
    desk.go("meeting", desk.plan(), "attendance")
    assert desk.register._frame.isHidden()
    assert not desk.register._empty.isHidden()


def test_a_screen_reader_hears_who_where_and_what(at):
    at.keys("p")
    model = at.register.model
    spoken = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Owain Trask, Brindlemere High School, Present, released, not saved"
    assert clipped(at.page) == []
    assert nameless(at.page) == []


def test_a_half_day_that_is_begun_is_not_counted_as_one_left():
    """R-COVER-5: £95 used of £500 leaves four half-days, and £5 of the first."""
    begun = Block(10000, 9500, 0, 500)
    found = Entitlement(2024, 50000, 9500, 0, 40500, 1, 0, (begun, *[Block(10000, 0, 0, 10000)] * 4))
    row = SimpleNamespace(school="Dune Park")
    cell = Cell(5, "Sam Okoro")
    words = "".join(text for text, _ in hint_words(row, cell, found, 10000))
    assert words == (
        "Dune Park has 4 of 5 half-days left. Releasing Sam Okoro uses up to £100.00 of £405.00."
    )
