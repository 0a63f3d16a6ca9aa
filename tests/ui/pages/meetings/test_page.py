"""The year, one meeting with its verbs, agenda, actions, decisions and CPD, and finding any of it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from models import tables as t
from models.services import actions, meetings, minutes, records
from models.words import AgendaState, Happened, MeetingKind
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import TODAY
from ui.dialogs.serving import ServeDialog
from ui.forms.draft_form import DraftForm
from ui.pages.meetings.dialogs import InviteDialog, ReasonDialog
from ui.pages.meetings.finder import ALL_ACTIONS, MEETING, NOTHING, SESSION
from ui.pages.meetings.meetingform import MeetingForm
from ui.pages.meetings.panel import ACTIONS, AGENDA, ATTENDANCE, CPD, DECISIONS, DETAILS
from ui.pages.meetings.year import YearModel, fitting
from ui.shell.pages import Command
from ui.widgets.choices import Tab
from ui.widgets.plain import Label


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def type_in(form: DraftForm, **values: str) -> None:
    for name, text in values.items():
        field = form.entries[name].widget
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)
    settle()


# -- the year


def test_the_year_stands_by_term_with_heads_that_cannot_be_chosen(desk):
    model = desk.page.list.entries
    shown = [model.index(row).data() for row in range(model.rowCount())]
    heads = [
        row for row in range(model.rowCount()) if not model.index(row).flags() & Qt.ItemFlag.ItemIsSelectable
    ]
    assert [shown[row] for row in heads] == ["Autumn term 2024", "Spring term 2025", "Summer term 2025"]
    assert shown[1] == "1 · A day of watching children investigate"
    assert "CPD: Assessing enquiry without a worksheet" in shown
    assert "4 of at least 4 in school time" in words(desk.page._left)


def test_a_screen_reader_hears_all_of_an_entry(desk):
    model = desk.page.list.entries
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "1 · A day of watching children investigate, Full cluster, Wednesday 25 September 2024, "
        "Finalised, in school time, 8 of 8 schools"
    )


def test_the_model_obeys_qt(desk, qtmodeltester):
    model = YearModel()
    model.show_entries(desk.page.list.entries.entries(), 2024)
    qtmodeltester.check(model)
    qtmodeltester.check(desk.register.model)


def test_the_page_begins_with_what_comes_next(desk):
    assert desk.page.list.current().title == "Microscopes: an evening online"
    assert desk.page._stack.currentIndex() == SESSION
    desk.page.list.setFocus()
    desk.keys("Down")
    assert desk.page._stack.currentIndex() == MEETING
    assert desk.detail.title == "Steering Group summer meeting"


def test_an_empty_year_says_what_the_page_is_for_and_offers_the_first_step(make_desk):
    desk = make_desk(empty=True)
    assert desk.page._stack.currentIndex() == NOTHING
    assert "The year’s meetings stand here by term" in words(desk.page)
    desk.page.arrange(70)  # the list alone, without the page's empty state beside it
    assert "New begins with the first" in words(desk.page)
    desk.page.arrange(105)
    desk.press("New meeting")
    assert desk.dialog(MeetingForm).windowTitle() == "New meeting"
    desk.dialog(MeetingForm).reject()


def test_the_year_is_copied_and_exported_as_it_is_shown(desk):
    desk.action("Copy the year as table").trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 15
    assert lines[1] == (
        "25 September 2024\t1 · A day of watching children investigate\tFull cluster\tFinalised\t"
        "in school time\t8 of 8 schools"
    )


# -- entering


def test_a_meeting_is_entered_with_natural_date_and_times_and_told_what_they_mean(desk):
    desk.keys("Ctrl+N")
    form = desk.dialog(MeetingForm)
    type_in(form, title="Forces", held_on="19/6/25", starts_at="3.15", ends_at="5pm")
    assert form._why.text() == (
        "Outside the school day. 3:15pm to 5pm: 15 of 105 minutes in the school day (9am to 3:30pm), "
        "less than half."
    )
    type_in(form, starts_at="1315", ends_at="3:30pm")
    assert form._why.text().startswith("In the school day. 1:15pm to 3:30pm: 135 of 135 minutes")
    form.submit()
    assert desk.no_dialog()
    assert (desk.detail.title, desk.detail.when) == ("Forces", "Thursday 19 June 2025, 1:15pm to 3:30pm")
    assert desk.page.list.current().title == "Forces"


def test_a_wrong_date_stands_beside_its_field_and_nothing_is_lost(desk):
    desk.keys("Ctrl+N")
    form = desk.dialog(MeetingForm)
    type_in(form, title="Forces", held_on="31/2/25")
    form.submit()
    assert list(form.errors()) == ["held_on"]
    assert form.entries["title"].read() == "Forces"
    form.keep_state()
    form.reject()


def test_the_last_meeting_is_repeated_with_its_times_the_next_host_and_its_topics(desk):
    desk.keys("Ctrl+R")
    form = desk.dialog(MeetingForm)
    assert "From “What changed in classrooms”: 1 topic will be taken over." in words(form)
    type_in(form, title="Forces", held_on="20/6/25")
    form.submit()
    settle()
    assert desk.detail.host == "Brindlemere High School"
    assert [topic.title for topic in desk.detail.topics] == ["Starter swap"]
    assert desk.detail.topics[0].carried == "“What changed in classrooms”, 15 May 2025"


def test_a_meeting_entered_for_another_year_is_shown_in_its_year(desk):
    desk.keys("Ctrl+N")
    form = desk.dialog(MeetingForm)
    type_in(form, title="Next year", held_on="3/10/25")
    form.submit()
    settle()
    assert desk.year == 2025
    assert desk.detail.title == "Next year"


# -- one meeting


def test_details_say_whether_it_is_in_the_school_day_and_why(desk):
    desk.go("meeting", 20)
    desk.tab(DETAILS)
    shown = words(desk.page.meeting.details)
    assert "1:15pm to 3:30pm: 135 of 135 minutes in the school day (9am to 3:30pm), at least half." in shown
    assert "It counts to the full cluster meetings in school time that the agreement asks for." in shown


def test_what_the_rules_say_stands_first(desk):
    desk.go("meeting", desk.plan())
    assert "has passed and is still planned: mark it as held or cancelled." in words(
        desk.page.meeting.details
    )


def test_only_what_can_be_done_now_is_offered(desk):
    verbs = {
        "": lambda _session, _meeting, _day: None,
        "held": meetings.mark_held,
        "finalised": meetings.finalise,
        "cancelled": meetings.cancel,
    }
    always = {"edit", "serve", "repeat", "calendar", "history"}
    for day, (prepare, main, legal) in enumerate(
        (
            ("", "It took place", {"held", "finalise", "cancel", "delete", "invite"}),
            ("held", "Finalise minutes…", {"finalise", "cancel", "again", "delete", "invite"}),
            ("finalised", "Reopen minutes…", {"reopen"}),
            ("cancelled", "Plan it again", {"again", "delete", "invite"}),
        ),
        16,
    ):
        meeting = desk.plan(dt.date(2025, 6, day))
        desk.world.change(
            "Prepare", lambda session, do=verbs[prepare], what=meeting: do(session, what, TODAY)
        )
        desk.go("meeting", meeting)
        assert desk.page.meeting._main.words() == main
        enabled = {key for key, action in desk.page.meeting.menu_actions().items() if action.isEnabled()}
        assert enabled - always == legal, prepare


def test_a_meeting_still_to_come_has_no_main_verb(desk):
    desk.go("meeting", 22)
    assert not desk.page.meeting._main.isVisible()


def test_it_took_place(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.press("It took place")
    assert desk.row(t.Meeting, meeting)["status"] is Happened.HELD
    assert desk.page.list.current().state == "Minutes open"


def test_minutes_are_finalised_after_saying_what_is_wanting(desk):
    meeting = desk.plan()
    desk.world.change("Held", lambda session: meetings.mark_held(session, meeting, TODAY))
    desk.go("meeting", meeting)
    asked = []
    desk.world.context.messages.asked.connect(lambda question, yes, _no: asked.append((question, yes)))
    desk.press("Finalise minutes…")
    question, yes = asked[0]
    assert "Nobody is marked in the register yet." in question.text
    yes()
    settle()
    assert desk.row(t.Meeting, meeting)["finalised_on"] == TODAY
    assert desk.page.meeting._main.words() == "Reopen minutes…"


def test_minutes_are_reopened_with_a_reason_that_stays_and_without_one_it_says_so(desk):
    desk.go("meeting", 20)
    desk.press("Reopen minutes…")
    dialog = desk.dialog(ReasonDialog)
    dialog.submit()
    assert dialog.errors() == {"reason": "Say why the minutes are reopened: it stays with them."}
    dialog._reason.setPlainText("A name was wrong")
    dialog.submit()
    assert desk.no_dialog()
    desk.tab(DETAILS)
    assert "reopened on 20 June 2025: A name was wrong" in words(desk.page.meeting.details)


def test_a_meeting_is_cancelled_with_a_reason_and_planned_again(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.page.meeting.menu_actions()["cancel"].trigger()
    dialog = desk.dialog(ReasonDialog)
    dialog._reason.setPlainText("Snow")
    dialog.submit()
    settle()
    assert desk.row(t.Meeting, meeting)["outcome"] == "Snow"
    assert desk.page.list.current().state == "Cancelled"
    desk.press("Plan it again")
    assert desk.row(t.Meeting, meeting)["status"] is Happened.PLANNED


def test_r_meet_5_who_is_asked_is_ticked(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.press("Who is asked…")
    dialog = desk.dialog(InviteDialog)
    ticks = list(dialog._ticks.values())
    assert len(ticks) == 7
    for tick in ticks[2:]:
        tick.click()
    dialog.submit()
    settle()
    assert desk.detail.invited == ("Brindlemere High School", "Harlbridge Primary School")


def test_r_meet_6_what_it_serves_is_ticked(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.press("Aims…")
    dialog = desk.dialog(ServeDialog)
    next(iter(dialog._field._aims.values())).click()
    assert dialog.unsaved()
    dialog.submit()
    settle()
    assert len(desk.detail.serves) == 1
    assert desk.detail.serves[0].startswith("Aim 1:")


def test_a_meeting_goes_to_the_bin_by_delete_in_the_list_only(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.page.list.setFocus()
    desk.keys("Delete")
    assert meeting not in [row.id for row in desk.rows(t.Meeting)]
    assert desk.page.list.current().title == "Microscopes: an evening online"  # what came to its place
    assert desk.page._stack.currentIndex() == SESSION


def test_a_meeting_that_others_rest_on_says_so_and_stays(desk):
    desk.go("meeting", 20)
    desk.world.change("Reopen", lambda session: meetings.reopen(session, 20, TODAY, "To delete it"))
    desk.page.meeting.menu_actions()["delete"].trigger()
    settle()
    assert "rest on it" in desk.world.heard.notices[-1].text
    assert 20 in [row.id for row in desk.rows(t.Meeting)]


# -- agenda and minutes


def test_topics_are_added_at_the_end_discussed_ordered_and_put_off(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.tab(AGENDA)
    pane = desk.page.meeting.agenda.pane
    for title in ("Kits", "Festival"):
        pane.new()
        form = desk.dialog(DraftForm)
        type_in(form, title=title)
        form.submit()
        settle()
    assert [topic.title for topic in pane.records()] == ["Kits", "Festival"]

    desk.action("Up").trigger()
    settle()
    assert [topic.title for topic in pane.records()] == ["Festival", "Kits"]
    assert pane.current().title == "Festival"
    desk.action("Discussed").trigger()
    settle()
    assert pane.current().state is AgendaState.DISCUSSED
    pane.go_to(pane.records()[1].id)
    desk.action("Put off to next time").trigger()
    settle()
    assert [topic.title for topic in pane.records()] == ["Festival"]
    assert desk.world.heard.said[-1] == "Put off to “Planning the year” on 24 September 2025."


def test_open_topics_are_carried_over_at_once(desk):
    meeting = desk.plan()
    desk.world.change(
        "Topic", lambda session: minutes.add(session, t.AgendaItem, {"meeting_id": meeting, "title": "Kits"})
    )
    desk.go("meeting", meeting)
    desk.tab(AGENDA)
    desk.press("Carry over…")
    assert desk.world.heard.said[-1] == "1 topic carried over to “Planning the year” on 24 September 2025."
    assert not desk.page.meeting.agenda._carry.isVisible()
    assert "“Planning the year”, 24 September 2025" in words(desk.page.meeting.agenda)


def test_minutes_of_the_whole_meeting_are_written_and_shown(desk):
    desk.go("meeting", desk.plan())
    desk.tab(AGENDA)
    desk.press("Write minutes…")
    form = desk.dialog(DraftForm)
    type_in(form, outcome="Two kits", minutes="We talked.")
    form.submit()
    settle()
    assert "Two kits" in words(desk.page.meeting.agenda)
    assert "We talked." in words(desk.page.meeting.agenda)


def test_finalised_minutes_offer_nothing_to_change(desk):
    desk.go("meeting", 20)
    desk.tab(AGENDA)
    pane, before = desk.page.meeting.agenda.pane, desk.rows(t.AgendaItem)
    assert not pane.new_button.isVisible()
    pane.new()
    pane.edit()
    pane.delete()
    assert desk.no_dialog()
    assert desk.rows(t.AgendaItem) == before
    assert desk.world.heard.said[-1] == (
        "The minutes of this meeting are finalised: reopen them to change this."
    )
    assert desk.page.meeting.agenda.legal(pane.current()) == []


# -- actions and decisions


def test_an_action_is_entered_done_taken_up_and_dropped(desk):
    desk.go("meeting", 20)  # its minutes are finalised; actions live on
    desk.tab(ACTIONS)
    pane = desk.page.meeting.actions_tab.pane
    pane.new()
    form = desk.dialog(DraftForm)
    type_in(form, what="Count the kits", due_on="3/7/25")
    form.submit()
    settle()
    assert (pane.current().what, pane.current().state) == ("Count the kits", "Open")
    for verb, state in (("Done", "Done"), ("Take up again", "Open")):
        desk.page.meeting.actions_tab.pane._actions[
            {"Done": "done", "Take up again": "take_up"}[verb]
        ].trigger()
        settle()
        assert pane.current().state == state
    pane._actions["drop"].trigger()
    dialog = desk.dialog(ReasonDialog)
    dialog._reason.setPlainText("Nobody had time")
    dialog.submit()
    settle()
    assert (pane.current().state, pane.current().notes) == ("Dropped", "Nobody had time")


def test_all_actions_say_who_holds_the_open_ones(desk):
    desk.page._left.all_actions.click()
    settle()
    assert desk.page._stack.currentIndex() == ALL_ACTIONS
    assert "8 actions open: Brindlemere High 1, Harlbridge 2" in words(desk.page.actions_pane)
    assert desk.page.actions_pane.pane.current().state == "Overdue"


def test_r_meet_10_the_prompt_stands_there_when_the_lead_holds_too_many(desk):
    def give(session):
        lead = records.kept(session, "action", 23).values["owner_school_id"]
        for number in range(9):
            actions.add(session, {"what": f"Job {number}", "owner_school_id": lead})

    desk.world.change("Give", give)
    desk.page.show_actions()
    settle()
    assert "ask other schools to take some on" in words(desk.page.actions_pane)


def test_decisions_of_the_year_are_listed_and_those_of_open_minutes_can_be_added_to(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.tab(DECISIONS)
    pane = desk.page.meeting.decisions.pane
    pane.new()
    form = desk.dialog(DraftForm)
    type_in(form, text="Buy two kits.")
    form.submit()
    settle()
    assert [one.text for one in pane.records()] == ["Buy two kits."]
    desk.page.show_decisions()
    settle()
    assert desk.page.decisions_pane.pane.records()[0].text == "Buy two kits."
    assert not desk.page.decisions_pane.pane.spec.can_delete(desk.page.decisions_pane.pane.records()[1])


# -- finding


def test_any_record_is_found_in_its_year_on_its_tab(desk):
    for table, record, year, title, tab in (
        ("meeting", 3, 2023, "Books side by side", None),
        ("agenda_item", 46, 2024, "From Year 2 to Year 3", AGENDA),
        ("action", 5, 2023, "Kits, starters and loan rules", ACTIONS),
        ("decision", 14, 2024, "What changed in classrooms", DECISIONS),
        ("attendance", 1, 2023, "Getting started", ATTENDANCE),
    ):
        desk.go(table, record)
        assert (desk.year, desk.detail.title) == (year, title)
        if tab is not None:
            assert desk.page.meeting.tabs.current() == tab
        if tab == ACTIONS:
            assert desk.page.meeting.actions_tab.pane.current().id == record


def test_an_action_of_no_meeting_is_found_among_all_actions(desk):
    made = desk.world.change("Add", lambda session: actions.add(session, {"what": "Ring the office"}))
    desk.go("action", made)
    assert desk.page._stack.currentIndex() == ALL_ACTIONS
    assert desk.page.actions_pane.pane.current().what == "Ring the office"


def test_a_record_that_is_gone_is_said(desk):
    desk.go("meeting", 999)
    assert desk.world.heard.said[-1] == "This is not there any more."


def test_a_cpd_session_of_a_meeting_is_found_in_its_tab(desk):
    desk.world.change("Part of", lambda session: records.change(session, t.CpdSession, 4, {"meeting_id": 19}))
    desk.go("cpd_session", 4)
    assert (desk.detail.title, desk.page.meeting.tabs.current()) == ("Starters handbook", CPD)
    assert desk.page.meeting.cpd.panel.detail().title == "Talk first, write later"
    assert "CPD: Talk first, write later" not in [
        desk.page.list.entries.index(row).data() for row in range(desk.page.list.entries.rowCount())
    ]


def test_commands_for_quick_find_say_what_can_be_done(desk):
    desk.go("meeting", desk.plan(), "attendance")
    found = {command.words: command for command in desk.page.commands()}
    assert all(isinstance(command, Command) for command in found.values())
    assert {"New meeting", "Repeat last meeting", "It took place", "Mark all released"} <= found.keys()
    assert found["New meeting"].keys == "Ctrl+N"
    assert "Reopen minutes" not in found


def test_home_leads_to_the_agenda_of_the_next_meeting(desk):
    desk.go("meeting", 22, "next")
    assert desk.page.meeting.tabs.current() == AGENDA


def test_alt_and_a_number_choose_a_tab(desk):
    desk.go("meeting", desk.plan(), "attendance")
    desk.keys("Alt+4")
    assert desk.page.meeting.tabs.current() == ACTIONS
    desk.keys("Alt+3")
    assert desk.register.grid.hasFocus()


# -- another state of the book


def test_undo_shows_at_once_what_is_so_again(desk):
    meeting = desk.plan()
    desk.go("meeting", meeting)
    desk.press("It took place")
    desk.world.book.undo()
    settle()
    assert desk.page.list.current().state == "Not marked"
    assert desk.page.meeting._main.words() == "It took place"


def test_another_kind_of_meeting_changes_what_it_counts_for(desk):
    desk.go("meeting", desk.plan())
    before = words(desk.page.meeting.details)
    desk.world.change(
        "Kind",
        lambda session: minutes.change(session, t.Meeting, desk.detail.id, {"kind": MeetingKind.NETWORK}),
    )
    settle()
    assert "It will count" in before
    assert "Only full cluster meetings count" in words(desk.page.meeting.details)


def test_a_narrow_window_shows_list_or_meeting_with_a_way_back(desk):
    desk.page.resize(760, 690)
    desk.page.arrange(70)
    desk.go("meeting", 20)
    assert not desk.page._side.isVisible()
    desk.press("All meetings")
    assert desk.page._side.isVisible()
    assert not desk.page._right.isVisible()
    desk.page.list.setFocus()
    desk.keys("Return")
    assert desk.page._right.isVisible()


@pytest.mark.parametrize("frozen", [True, False])
def test_every_tab_fits_and_names_its_controls(desk, frozen):
    desk.go("meeting", 20 if frozen else desk.plan(dt.date(2025, 6, 18)))
    for tab in (DETAILS, AGENDA, ATTENDANCE, ACTIONS, DECISIONS, CPD):
        desk.tab(tab)
        settle()
        assert clipped(desk.page) == [], tab
        assert nameless(desk.page) == [], tab
    names = [one.accessibleName() for one in desk.page.meeting.tabs.findChildren(Tab)]
    assert names[0] == "Details"


def test_who_came_is_never_left_out_of_a_line_of_the_year_for_want_of_room(desk):
    entry = next(one for one in desk.page.list.entries.entries() if one.title == "From Year 2 to Year 3")
    assert fitting(entry, lambda _words: True) == "Thu 14 November · 6 of 8"
    assert fitting(entry, lambda words: len(words) < 24) == "Thu 14 Nov · 6 of 8"
    assert fitting(entry, lambda _words: False) == "14 Nov · 6 of 8"


def test_what_was_said_stands_right_below_a_short_agenda(desk):
    desk.page.resize(1500, 1000)
    desk.go("meeting", 20)
    desk.tab(AGENDA)
    settle()
    agenda = desk.page.meeting.agenda
    table = agenda.pane.table
    last = table.visualRect(table.model().index(table.model().rowCount() - 1, 0)).bottomLeft()
    gap = agenda._panel.mapTo(agenda, agenda._panel.rect().topLeft()).y()
    gap -= table.viewport().mapTo(agenda, last).y()
    assert 0 < gap < 60
