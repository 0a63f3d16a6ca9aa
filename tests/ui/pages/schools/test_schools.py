"""The list of schools: added, led, left, replaced, found again, in the user's words."""

from __future__ import annotations

import datetime as dt

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import tables as t
from models.queries.schools_page import Standing
from models.services.membership import add_school
from models.words import Answer, ContactKind, RoleKind, SchoolStatus
from tests.ui.conftest import settle
from ui.dialogs.asking import Asking
from ui.forms.draft_form import DraftForm
from ui.pages.schools.forms import SchoolForm
from ui.pages.schools.page import DECLARATIONS, SCHOOLS
from ui.pages.schools.school_specs import todo_words
from ui.widgets.parts import TodoLine

LAST = dt.date(2025, 7, 18)


def test_a_school_is_added_by_its_name_alone_and_taken_back_in_one_step(schools):
    pane = schools.tab(SCHOOLS)
    before = len(pane.records())
    schools.key(pane, "Ctrl+N")
    form = schools.dialog(SchoolForm)
    QTest.keyClicks(QApplication.focusWidget(), "Oakfield Primary School.")
    schools.save(form)
    assert schools.none_open()
    assert len(pane.records()) == before + 1
    now = pane.current()
    assert (now.name, now.standing) == ("Oakfield Primary School", Standing.MEMBER)
    assert str(now.joined_on) == "2025-06-20"  # the day that the sample is told from
    assert "8 member schools" in schools.page.context_line.text()
    schools.undo()
    assert len(pane.records()) == before
    assert all(row.name != "Oakfield Primary School" for row in schools.rows(t.School))


def test_the_subject_leader_comes_with_the_school(schools):
    pane = schools.tab(SCHOOLS)
    pane.new()
    form = schools.dialog(SchoolForm)
    schools.type_in(form.entries["name"].widget, "Oakfield School")
    schools.type_in(form.ssl, "Ann Reed")
    schools.type_in(form.joined, "1/9/23")
    assert form.note() == ""  # with the founders
    schools.type_in(form.joined, "6/6/25")
    assert "after the start on 1 September 2023" in form.note()
    schools.save(form)
    assert pane.current().ssl == "Ann Reed"
    assert any(
        row.kind is RoleKind.SSL and str(row.starts_on) == "2025-06-06" for row in schools.rows(t.Role)
    )


def test_a_partner_is_entered_without_a_day_and_is_no_member(schools):
    pane = schools.tab(SCHOOLS)
    pane.new()
    form = schools.dialog(SchoolForm)
    schools.type_in(form.entries["name"].widget, "Partner College")
    schools.type_in(form.joined, "")
    form.joined.clear()
    assert "No member" in form.note()
    schools.save(form)
    assert pane.current().standing is Standing.NONE
    assert "School joins" in schools.offered(pane)


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(schools):
    pane = schools.tab(SCHOOLS)
    pane.new()
    form = schools.dialog(SchoolForm)
    schools.type_in(form.joined, "35/6/25")
    schools.save(form)
    assert set(form.errors()) == {"name", "joined_on"} or set(form.errors()) == {"joined_on"}
    schools.type_in(form.joined, "6 June 2025")
    schools.type_in(form.entries["name"].widget, "Otterhay Junior School")
    schools.type_in(form.ssl, "Gwen Harcastle")
    schools.save(form)
    assert "already one called" in form.errors()["name"]
    schools.type_in(form.entries["name"].widget, "Otterhay Infant School")
    schools.save(form)
    assert form.isVisible()  # Gwen is of Pipers Lane
    assert "There is already a Gwen Harcastle" in " ".join(form.errors().values())
    assert form.ssl.text() == "Gwen Harcastle"
    form.keep_state()
    form.reject()


def test_a_school_leaves_and_its_checklist_leads_to_what_is_open(schools):
    """R-CLU-8, R-CLU-10."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Oakmantle")
    assert "School leaves" in schools.offered(pane)
    schools.key(pane, "Ctrl+Shift+L")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["left_on"], "1/1/2020")
    schools.save(form)
    assert "joined on 1 September 2023" in form.errors()["left_on"]
    schools.type_in(form.fields["left_on"], "20 June 2025")
    schools.type_in(form.fields["reason"], "Its head cannot release anybody.")
    schools.save(form)
    assert schools.none_open()
    assert schools.world.book.undo_name == "End the membership of Oakmantle"
    schools.page.refresh(2024)
    settle()
    schools.qtbot.waitUntil(lambda: "Leaving" in schools.words(pane.detail))
    assert pane.current().standing is Standing.LEAVING
    said = schools.words(pane.detail)
    assert "Fetch " in said
    assert "Its head cannot release anybody." in said
    assert "School leaves" not in schools.offered(pane)
    go = next(step for step in pane.detail.detail.steps if step.text.startswith("Fetch "))
    pane.do("step", go)
    assert schools.wanted[-1][0] == "bank"
    assert schools.wanted[-1][1].id == go.about.id
    schools.undo()
    assert pane.current().standing is Standing.MEMBER


def test_the_lead_school_cannot_leave_before_another_leads(schools):
    """R-CLU-2."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Harlbridge")
    assert "School leaves" not in schools.offered(pane)
    assert "School becomes the lead school" not in schools.offered(pane)
    schools.choose(pane, "Wickenshaw")
    pane.do("lead")
    form = schools.dialog(Asking)
    assert "Harlbridge Primary School leads until the day before" in schools.words(form)
    schools.type_in(form.fields["starts_on"], "1 June 2025")
    schools.save(form)
    assert pane.current().is_lead
    schools.choose(pane, "Harlbridge")
    assert "School leaves" in schools.offered(pane)
    assert [(row.school, row.ends_on is None) for row in schools.tab(SCHOOLS, 2).records()] == [
        ("Wickenshaw Primary School", True),
        ("Harlbridge Primary School", False),
    ]


def test_a_secondary_is_refused_as_lead_and_the_form_says_why(schools):
    """R-CLU-3."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Brindlemere")
    pane.do("lead")
    form = schools.dialog(Asking)
    schools.save(form)
    assert "cannot be the lead school" in form.errors()[""]
    form.keep_state()
    form.reject()


def test_a_new_school_takes_the_place_of_one_that_left(schools):
    """R-CLU-9."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Fallowden")
    assert schools.buttons(pane.detail)[:2] == ["Replace it…", "Join again…"]
    schools.press(pane.detail, "Replace it…")
    form = schools.dialog(Asking)
    schools.save(form)
    assert form.errors() == {"name": "Enter the name of the school."}
    schools.type_in(form.fields["name"], "Newcomer School")
    schools.type_in(form.fields["joined_on"], "3 March 2025")
    schools.save(form)
    made = next(row for row in schools.rows(t.School) if row.name == "Newcomer School")
    spell = next(row for row in schools.rows(t.Membership) if row.school_id == made.id)
    assert todo_words(pane.current()) == "name an SSL, 2 more"  # so that no name is cut for it
    assert pane.current().id == made.id  # what was just made is what one goes on with
    assert spell.replaces_id == schools.choose(pane, "Fallowden").id
    assert schools.buttons(pane.detail)[0] == "Join again…"
    assert "Replace" not in " ".join(schools.offered(pane))
    assert "Newcomer School took its place on 3 March 2025." in schools.words(pane.detail)
    schools.choose(pane, "Newcomer")
    assert "In the place of Fallowden Primary Academy." in schools.words(pane.detail)


def test_a_known_school_can_take_the_place_without_typing_a_name(schools):
    pane = schools.tab(SCHOOLS)
    schools.world.change("Partner", lambda session: session.add(t.School(name="Partner School")))
    schools.choose(pane, "Fallowden")
    schools.key(pane, "Ctrl+R")
    form = schools.dialog(Asking)
    pick = form.fields["school_id"]
    pick.setCurrentIndex(pick.findText("Partner School"))
    settle()
    assert form.fields["name"].isHidden()
    schools.save(form)
    assert schools.none_open()
    assert next(row for row in pane.records() if row.name == "Partner School").standing is Standing.MEMBER


def test_a_school_that_left_joins_again(schools):
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Fallowden")
    schools.key(pane, "Ctrl+J")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["joined_on"], "1 June 2025")
    schools.save(form)
    assert pane.current().standing is Standing.MEMBER
    assert len(pane.detail.detail.spells) >= 1


def test_a_school_becomes_an_academy_under_a_new_urn(schools):
    """R-DATA-6."""
    pane = schools.tab(SCHOOLS)
    members = sum(row.standing.inside for row in pane.records())
    schools.choose(pane, "Otterhay")
    pane.do("academy")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["from_day"], "1 April 2025")
    schools.type_in(form.fields["urn"], "900033")
    schools.save(form)
    assert schools.none_open()
    records = [row for row in pane.records() if row.name.startswith("Otterhay")]
    assert {row.standing for row in records} == {Standing.MEMBER, Standing.EARLIER}
    assert sum(row.standing.inside for row in pane.records()) == members
    assert any(row.status is SchoolStatus.CLOSED for row in schools.rows(t.School))


def test_the_subject_leader_changes_with_a_handover_note(schools):
    """R-CLU-12."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Otterhay")
    schools.key(pane, "Ctrl+S")
    form = schools.dialog(Asking)
    pick = form.fields["person_id"]
    offered = [pick.itemText(n) for n in range(pick.count())]
    assert "Tobias Finch" not in offered  # he has it now
    pick.setCurrentIndex(pick.findText("Somebody new…"))
    settle()
    schools.type_in(form.fields["name"], "Ann Reed")
    schools.type_in(form.fields["starts_on"], "2 June 2025")
    schools.type_in(form.fields["handover_note"], "Keys are in the office.")
    schools.save(form)
    assert schools.none_open()
    assert pane.current().ssl == "Ann Reed"
    schools.qtbot.waitUntil(lambda: "Keys are in the office." in schools.words(pane.detail))
    schools.undo()
    assert pane.current().ssl == "Tobias Finch"


def test_the_first_subject_leader_is_proposed_from_the_day_of_joining(schools):
    schools.world.change(
        "Newcomer",
        lambda session: add_school(session, {"name": "Newcomer"}, {"joined_on": dt.date(2025, 1, 6)}),
    )
    pane = schools.tab(SCHOOLS)
    for words, day in (("Newcomer", "6 January 2025"), ("Otterhay", "20 June 2025")):
        schools.choose(pane, words)
        schools.key(pane, "Ctrl+S")
        form = schools.dialog(Asking)
        assert form.fields["starts_on"].text() == day
        form.reject()
        settle()


def test_whom_to_talk_to_stands_below_the_list_and_logging_it_is_one_dialog(schools):
    """R-CLU-8, R-CLU-11."""
    pane = schools.tab(SCHOOLS)
    lines = [line for line in pane.findChildren(TodoLine) if line.isVisible()]
    assert len(lines) == 1
    assert "Talk to Aisha Rahmani" in schools.words(lines[0])
    lines[0].button().click()
    settle()
    form = schools.dialog(Asking)
    assert "Quillby" in form.windowTitle()
    assert form.typed("kind") is ContactKind.ENCOURAGEMENT
    schools.type_in(form.fields["summary"], "Rang Aisha about September.")
    schools.save(form)
    made = schools.rows(t.ContactLog)[-1]
    assert (made.summary, str(made.on)) == ("Rang Aisha about September.", "2025-06-20")
    assert made.person_id is not None
    schools.qtbot.waitUntil(lambda: "Rang Aisha about September." in schools.words(pane.detail))


def test_a_school_is_marked_as_at_risk_by_one_key_and_then_stands_among_those_to_talk_to(schools):
    """R-CLU-8."""
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Otterhay")
    schools.key(pane, "Ctrl+I")
    assert pane.current().standing is Standing.AT_RISK
    lines = [line for line in pane.findChildren(TodoLine) if line.isVisible()]
    assert any("is marked as at risk of leaving" in schools.words(line) for line in lines)
    assert "Mark as at risk" not in schools.offered(pane)
    schools.key(pane, "Ctrl+I")
    assert pane.current().standing is Standing.MEMBER


def test_a_declaration_is_entered_from_the_school(schools):
    """R-COVER-7."""
    pane = schools.tab(SCHOOLS)
    row = schools.choose(pane, "Quillby")
    assert row.wants == ("declaration",)
    schools.key(pane, "Ctrl+D")
    form = schools.dialog(Asking)
    assert form.typed("confirmed_by") == "Hugh Tamblyn"
    schools.save(form)
    assert pane.current().wants == ()
    said = [one for one in schools.rows(t.Declaration) if one.school_id == row.id and one.school_year == 2024]
    assert [(one.additional, one.confirmed_by) for one in said] == [(Answer.YES, "Hugh Tamblyn")]


def test_a_school_in_use_is_not_deleted_and_one_of_no_use_goes_to_the_bin(schools):
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Otterhay")
    schools.key(pane, "Del")
    assert any(row.name.startswith("Otterhay") for row in pane.records())
    assert "rest on it" in " ".join(str(one) for one in schools.world.heard.notices)
    schools.world.change("Partner", lambda session: session.add(t.School(name="Partner School")))
    schools.choose(pane, "Partner")
    schools.key(pane, "Del")
    assert all(row.name != "Partner School" for row in pane.records())
    schools.undo()
    assert any(row.name == "Partner School" for row in pane.records())


def test_a_membership_is_put_right_where_it_stands(schools):
    pane = schools.tab(SCHOOLS)
    schools.choose(pane, "Wickenshaw")
    schools.press(pane.detail, "Edit")
    form = schools.dialog(DraftForm)
    schools.type_in(form.entries["joined_on"].widget, "13/11/2023")
    schools.save(form)
    assert str(schools.choose(pane, "Wickenshaw").joined_on) == "2023-11-13"
    spells = schools.tab(SCHOOLS, 1)
    assert len(spells.records()) == 8
    assert schools.world.book.undo_name == "Edit membership"


def test_two_memberships_of_a_school_cannot_overlap(schools):
    spells = schools.tab(SCHOOLS, 1)
    again = t.Membership(school_id=_fallowden(schools), joined_on=dt.date(2025, 3, 1))
    schools.world.change("Again", lambda session: session.add(again))
    first = next(row for row in spells.records() if row.school.startswith("Fallowden"))
    spells.go_to(first.id)
    spells.edit()
    form = schools.dialog(DraftForm)
    schools.type_in(form.entries["left_on"].widget, "1/4/2025")
    schools.save(form)
    assert "a member twice from 1 March 2025" in form.errors()["left_on"]
    form.keep_state()
    form.reject()


def test_two_lead_schools_on_one_day_are_refused(schools):
    """R-CLU-2."""
    leads = schools.tab(SCHOOLS, 2)
    leads.new()
    form = schools.dialog(DraftForm)
    pick = form.entries["school_id"].pick
    pick.setCurrentIndex(pick.findText("Wickenshaw Primary School"))
    schools.type_in(form.entries["starts_on"].widget, "1/1/2025")
    schools.save(form)
    assert "Two lead schools" in form.errors()[""]
    form.keep_state()
    form.reject()


def test_the_first_school_is_what_an_empty_page_asks_for(make_schools):
    driven = make_schools(empty=True)
    pane = driven.tab(SCHOOLS)
    assert "its name is enough" in driven.words(pane)
    driven.press(pane, "Add the first school")
    form = driven.dialog(SchoolForm)
    driven.type_in(form.entries["name"].widget, "Oakfield School")
    driven.save(form)
    assert [row.name for row in pane.records()] == ["Oakfield School"]
    assert driven.page.context_line.text() == (
        "1 member school · no lead school entered · no cluster lead entered"
    )


def test_another_year_shows_the_schools_as_they_stood_then(schools):
    schools.page.refresh(2023)
    settle()
    pane = schools.tab(SCHOOLS)
    assert next(row for row in pane.records() if row.short_name == "Fallowden").standing is Standing.LEAVING
    assert not any(line.isVisible() for line in pane.findChildren(TodoLine))


def test_days_are_proposed_and_read_in_the_year_that_is_shown(make_schools):
    driven = make_schools(year=2023)
    driven.world.book.show_year(2023)
    pane = driven.tab(SCHOOLS)
    driven.choose(pane, "Otterhay")
    driven.key(pane, "Ctrl+Shift+L")
    form = driven.dialog(Asking)
    left = form.fields["left_on"]
    assert left.text() == "31 August 2024"
    driven.type_in(left, "3 Apr")
    assert left.date() == dt.date(2024, 4, 3)
    form.keep_state()
    form.reject()


def test_quick_find_and_home_lead_to_the_record(schools):
    row = next(row for row in schools.tab(SCHOOLS).records() if row.short_name == "Quillby")
    schools.go("school", row.id, "declarations")
    assert schools.page.tabs.current() == DECLARATIONS
    assert schools.page.current().current().school_id == row.id
    schools.go("school", row.id)
    assert schools.page.tabs.current() == SCHOOLS
    assert schools.schools.current().id == row.id


def _fallowden(schools) -> int:
    return next(row.id for row in schools.rows(t.School) if row.name.startswith("Fallowden"))
