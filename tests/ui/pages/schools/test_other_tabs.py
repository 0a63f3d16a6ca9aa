"""People, contacts, declarations, strengths, PSQM and plans, in the user's words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from models import tables as t
from models.queries.partnership_page import ContactState, DeclarationState
from models.rules.people import PlanState
from models.words import Answer, ContactKind, PsqmState, RoleKind
from tests.ui.conftest import settle
from ui.dialogs.asking import Asking
from ui.forms.draft_form import DraftForm
from ui.pages.schools.forms import RequestForm, StrengthForm
from ui.pages.schools.page import CONTACTS, DECLARATIONS, PEOPLE, PLANS, PSQM, SCHOOLS, STRENGTHS
from ui.wayfinding import PAGE_OF, Place
from ui.widgets.choices import Chip


def pick(field, words: str) -> None:
    at = field.findText(words)
    assert at >= 0, [field.itemText(n) for n in range(field.count())]
    field.setCurrentIndex(at)
    settle()


# -- people


def test_teachers_of_one_year_group_across_the_schools_are_one_click_away(schools):
    """R-MEET-13: the swap list."""
    pane = schools.tab(PEOPLE)
    chip = next(one for one in pane.findChildren(Chip) if one.text() == "Y4")
    chip.click()
    settle()
    assert [row.name for row in pane.table.records.shown()] == ["Erin Blakey", "Ffion Marsh"]
    schools.choose(pane, "Erin Blakey")
    assert "Ffion Marsh (Harlbridge)" in schools.words(pane.detail)
    chip.click()
    settle()
    assert len(pane.table.records.shown()) == len(pane.records())


def test_going_to_somebody_lets_go_of_the_year_group(schools):
    pane = schools.tab(PEOPLE)
    chips = {one.text(): one for one in pane.findChildren(Chip)}
    chips["Y4"].click()
    row = next(row for row in pane.records() if row.name == "Gwen Harcastle")
    schools.go("person", row.id)
    assert pane.current().id == row.id
    assert not chips["Y4"].isChecked()


def test_the_years_somebody_teaches_are_ticked(schools):
    pane = schools.tab(PEOPLE)
    row = schools.choose(pane, "Beth Corrigan")
    assert row.groups == ("Y1",)
    schools.key(pane, "Ctrl+J")
    form = schools.dialog(Asking)
    form.fields["Y1"].click()
    form.fields["Y2"].click()
    schools.save(form)
    assert pane.current().groups == ("Y2",)
    kept = [one for one in schools.rows(t.YearTaught) if one.person_id == row.id]
    assert {(one.school_year, one.year_group) for one in kept} >= {(2023, "EYFS"), (2024, "Y2")}


def test_somebody_leaves_with_what_is_still_theirs_said(schools):
    pane = schools.tab(PEOPLE)
    row = schools.choose(pane, "Tobias Finch")
    schools.key(pane, "Ctrl+Shift+L")
    form = schools.dialog(Asking)
    assert "Cluster lead" in schools.words(form)
    schools.save(form)
    assert pane.records()[-1].name in {"Marek Zielony", "Tobias Finch"}
    roles = [one for one in schools.rows(t.Role) if one.person_id == row.id]
    assert {str(one.ends_on) for one in roles} == {"2025-06-20"}
    assert schools.world.book.undo_name == "Note that somebody left"  # nobody is named in history
    schools.go("person", row.id)
    assert "Person has left" not in schools.offered(pane)


def test_what_is_held_is_asked_for_whoever_is_in_view_those_who_left_too(schools):
    pane = schools.tab(PEOPLE)
    schools.choose(pane, "Marek Zielony")
    schools.press(pane.detail, "What is held…")
    form = schools.dialog(Asking)
    assert form.windowTitle() == "What the book holds about Marek Zielony"
    assert "The answer is due by 21 July 2025" in schools.words(form)
    assert "person_id" not in form.fields
    form.reject()


def test_a_cluster_lead_hands_over(schools):
    """R-CLU-5."""
    pane = schools.tab(PEOPLE)
    schools.choose(pane, "Tobias Finch")
    schools.key(pane, "Ctrl+R")
    form = schools.dialog(Asking)
    pick(form.fields["role_id"], "Cluster lead")
    pick(form.fields["person_id"], "Gwen Harcastle")
    schools.type_in(form.fields["starts_on"], "2 June 2025")
    schools.save(form)
    assert schools.none_open()
    assert "Gwen Harcastle" in schools.page.context_line.text()


def test_a_role_is_added_and_put_right_from_the_person(schools):
    pane = schools.tab(PEOPLE)
    row = schools.choose(pane, "Beth Corrigan")
    schools.press(pane.detail, "Add a role…")
    form = schools.dialog(DraftForm)
    pick(form.entries["kind"].pick, "Science influencer")
    schools.type_in(form.entries["starts_on"].widget, "1/6/25")
    schools.save(form)
    assert [one.kind for one in schools.rows(t.Role) if one.person_id == row.id] == [RoleKind.INFLUENCER]
    schools.whole(pane)
    schools.qtbot.waitUntil(lambda: "Edit" in schools.buttons(pane.detail))
    schools.press(pane.detail, "Edit")
    form = schools.dialog(DraftForm)
    schools.type_in(form.entries["ends_on"].widget, "20/6/25")
    schools.save(form)
    assert schools.rows(t.Role)[-1].ends_on is not None


def test_every_role_there_was_can_be_found_and_deleted(schools):
    roles = schools.tab(PEOPLE, 1)
    before = len(roles.records())
    roles.filter_by("marek")
    assert len(roles.table.records.shown()) == 1
    schools.key(roles, "Del")
    assert len(roles.records()) == before - 1
    schools.undo()
    assert len(roles.records()) == before


# -- contacts


def test_a_problem_is_told_and_settled_and_offers_only_what_comes_next(schools):
    """R-CLU-11."""
    pane = schools.tab(CONTACTS)
    pane.new()
    form = schools.dialog(DraftForm)
    assert str(form.typed("on")) == "2025-06-20"
    pick(form.entries["kind"].pick, "Potential problem")
    schools.type_in(form.entries["summary"].widget, "No cover on Thursdays.")
    schools.save(form)
    assert pane.current().state is ContactState.TELL
    schools.key(pane, "Ctrl+L")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["told_advisor_on"], "1 June 2025")
    schools.save(form)
    assert "20 June 2025" in form.errors()["told_advisor_on"]
    schools.type_in(form.fields["told_advisor_on"], "22 June 2025")
    schools.save(form)
    assert pane.current().told_on is not None
    schools.world.change("Told", _told_before)
    settle()
    assert pane.current().state is ContactState.OPEN
    assert "Settled…" in schools.buttons(pane.detail)
    assert "Advisor told…" not in schools.buttons(pane.detail)
    schools.press(pane.detail, "Settled…")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["outcome"], "Fridays instead.")
    schools.save(form)
    assert pane.current().state is ContactState.SETTLED
    assert "Settle the problem" not in schools.offered(pane)


def _told_before(session) -> None:
    line = session.get(t.ContactLog, len(session.exec(_all()).all()))
    line.told_advisor_on = line.on
    session.add(line)


def _all():
    return select(t.ContactLog)


def test_what_is_waited_for_stands_under_open_and_an_encouragement_does_not(schools):
    pane = schools.tab(CONTACTS)
    pane.choose_chip(1)
    assert {row.kind for row in pane.table.records.shown()} == {ContactKind.PROBLEM}
    assert {row.state for row in pane.table.records.shown()} == {ContactState.OPEN}


def test_questions_to_the_advisor_have_a_list_of_their_own(schools):
    """R-ASK-1."""
    pane = schools.tab(CONTACTS, 1)
    pane.new()
    form = schools.dialog(DraftForm)
    schools.type_in(form.entries["question"].widget, "May we invite a ninth school?")
    schools.save(form)
    assert "May we invite a ninth school?" in schools.words(pane.detail)
    assert "no answer yet" in schools.words(pane.detail)


# -- declarations


def test_all_schools_are_asked_at_once_and_each_has_a_line_in_the_log(schools):
    """R-COVER-7."""
    schools.page.refresh(2025)
    settle()
    pane = schools.tab(DECLARATIONS)
    schools.page.show_tab(DECLARATIONS)
    rows = pane.records()
    assert {row.state for row in rows} == {DeclarationState.NOT_ASKED}
    before = len(schools.rows(t.ContactLog))
    assert pane.ask_button.words() == f"Note that {len(rows)} schools were asked"
    pane.ask_button.click()
    settle()
    assert {row.state for row in pane.records()} == {DeclarationState.ASKED}
    assert len(schools.rows(t.ContactLog)) == before + len(rows)
    assert pane.ask_button.isHidden()
    schools.undo()
    assert {row.state for row in pane.records()} == {DeclarationState.NOT_ASKED}


def test_enter_on_a_school_enters_its_answer_and_del_takes_it_away(schools):
    pane = schools.tab(DECLARATIONS)
    row = schools.choose(pane, "Quillby")
    assert row.state is DeclarationState.ASKED
    schools.key(pane, "Return")
    form = schools.dialog(Asking)
    assert "on top of its science budget" in schools.words(form)
    pick(form.fields["answer"], "No")
    schools.save(form)
    assert pane.current().state is DeclarationState.NO
    assert {one.additional for one in schools.rows(t.Declaration) if one.school_id == row.school_id} == {
        Answer.NO,
        Answer.YES,  # of the year before
    }
    schools.key(pane, "Del")
    assert pane.current().state is DeclarationState.NOT_ASKED
    assert "Delete declaration" not in schools.offered(pane)
    schools.undo()
    assert pane.current().state is DeclarationState.NO


def test_a_contact_of_another_year_is_shown_in_its_year(schools):
    schools.world.context.bus.year_wanted.connect(schools.page.refresh)
    pane = schools.tab(CONTACTS)
    assert all(row.id != 1 for row in pane.records())
    schools.go("contact_log", 1)
    assert pane.year == 2023
    assert pane.current().id == 1
    schools.go("declaration", next(row.id for row in schools.rows(t.Declaration) if row.school_year == 2024))
    assert schools.page.current().year == 2024


def test_quick_find_leads_to_a_declaration_by_its_own_number(schools):
    pane = schools.tab(DECLARATIONS)
    row = next(row for row in pane.records() if row.school.startswith("Pipers"))
    schools.go("declaration", row.id)
    assert pane.current().school_id == row.school_id


# -- strengths


def test_an_ask_finds_its_offers_while_it_is_typed(schools):
    """R-PPL-1: two offer microscopes."""
    pane = schools.tab(STRENGTHS)
    pane.new()
    form = schools.dialog(StrengthForm)
    pick(form.entries["person_id"].pick, "Beth Corrigan")
    pick(form.entries["kind"].pick, "Asks for")
    schools.type_in(form.entries["topic"].widget, "using a microscope")
    assert form.note() == "Offered by Owain Trask and Sam Okonjo."
    schools.save(form)
    assert {one.name for one in pane.current().fits} == {"Owain Trask", "Sam Okonjo"}
    assert "Owain Trask" in schools.words(pane.detail)


def test_an_ask_that_nobody_meets_says_so(schools):
    pane = schools.tab(STRENGTHS)
    pane.choose_chip(2)
    settle()
    (row,) = pane.table.records.shown()
    assert row.fact.topic == "Electricity in Year 4"
    assert "Nobody offers this yet" in schools.words(pane.detail)


# -- PSQM


def test_a_renewal_is_said_while_the_request_is_typed_and_refused_beside_its_reason(schools):
    """R-PSQM-1."""
    pane = schools.tab(PSQM, 1)
    before = len(pane.records())
    pane.new()
    form = schools.dialog(RequestForm)
    pick(form.entries["school_id"].pick, "Oakmantle School")
    assert form.note() == "It would be the school’s first PSQM."
    pick(form.entries["school_id"].pick, "Otterhay Junior School")
    assert "this would be a renewal" in form.note()
    schools.save(form)
    assert "write why it is allowed" in form.errors()["override_reason"]
    assert len(pane.records()) == before
    schools.type_in(form.entries["override_reason"].widget, "The Advisor agreed on 2 June.")
    schools.save(form)
    assert schools.none_open()
    assert len(pane.records()) == before + 1


def test_a_request_is_funded_or_refused_with_a_reason(schools):
    """R-PSQM-2."""
    pane = schools.tab(PSQM, 1)
    pane.new()
    form = schools.dialog(RequestForm)
    pick(form.entries["school_id"].pick, "Oakmantle School")
    schools.save(form)
    assert pane.current().state is PsqmState.REQUESTED
    assert {"Fund it", "Waiting list", "Refuse…", "Withdraw"} <= set(schools.buttons(pane.detail))
    schools.press(pane.detail, "Waiting list")
    assert pane.current().state is PsqmState.WAITING
    schools.press(pane.detail, "Refuse…")
    form = schools.dialog(Asking)
    schools.save(form)
    assert form.errors() == {"reason": "Write why it is refused."}
    schools.type_in(form.fields["reason"], "No hub near enough.")
    schools.save(form)
    assert pane.current().state is PsqmState.REFUSED
    assert not {"Fund it", "Refuse"} & set(schools.offered(pane))
    schools.undo()
    schools.key(pane, "Ctrl+L")
    assert pane.current().state is PsqmState.FUNDED


def test_awards_say_when_they_expire(schools):
    """R-PSQM-3."""
    pane = schools.tab(PSQM)
    row = schools.choose(pane, "Harlbridge")
    assert row.state.label == "Renew soon"
    assert "30 June 2025" in schools.words(pane.detail)


# -- plans


@pytest.mark.parametrize("keys", ["Ctrl+C", "Ctrl+Shift+C"])
def test_plans_are_copied_only_when_that_is_said_twice(schools, keys):
    """R-PPL-3."""
    pane = schools.tab(PLANS)
    QApplication.clipboard().setText("before")
    asked: list = []
    schools.world.context.messages.asked.connect(lambda question, yes, _no: asked.append((question, yes)))
    schools.key(pane, keys)
    assert QApplication.clipboard().text() == "before"
    assert asked[0][0].head == "Copy these plans?"
    asked[0][1]()
    assert "Imogen Strand" in QApplication.clipboard().text()


def test_a_plan_carries_a_badge_and_is_reviewed_in_one_dialog(schools):
    pane = schools.tab(PLANS)
    row = pane.records()[0]
    pane.go_to(row.id)
    settle()
    assert "never printed" in schools.words(pane.detail)
    schools.key(pane, "Ctrl+L")
    form = schools.dialog(Asking)
    schools.type_in(form.fields["evidence"], "One page a term.")
    schools.save(form)
    done = next(one for one in pane.records() if one.id == row.id)
    assert done.state is PlanState.REVIEWED
    assert done.evidence.endswith("One page a term.")


# -- all of them


def test_every_record_of_the_page_is_shown_where_it_lies(schools):
    schools.world.context.bus.year_wanted.connect(schools.page.refresh)
    tables = [table for table, page in PAGE_OF.items() if page == "schools"]
    for table in tables:
        number = {
            "school": SCHOOLS, "membership": SCHOOLS, "lead_spell": SCHOOLS, "person": PEOPLE, "role": PEOPLE,
            "year_taught": PEOPLE, "contact_log": CONTACTS, "advisor_question": CONTACTS,
            "declaration": DECLARATIONS, "strength": STRENGTHS, "psqm_award": PSQM, "psqm_request": PSQM,
            "development_plan": PLANS,
        }[table]  # fmt: skip
        schools.page.go_to(Place(table, 1))
        settle()
        assert schools.page.tabs.current() == number, table
        body = schools.page.current()
        pane = body.current() if hasattr(body, "segments") else body
        if table not in {"year_taught", "declaration"}:  # by person, and by school
            assert pane.spec.table == table
            assert pane.spec.identity(pane.current()) == 1
