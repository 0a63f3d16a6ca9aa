"""The list, its chips and ticks, and what can be done with one claim and with many."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from models import tables as t
from models.queries.book import Book
from models.queries.claim_moves import Finding
from models.services import meetings
from models.values import replace
from models.words import ClaimState
from reports.listing import Money
from tests.ui.conftest import settle
from tests.ui.looks import clipped, nameless
from tests.ui.real import TODAY
from ui.pages.claims.closing import EvidenceDialog, ReasonDialog, ReverseDialog
from ui.pages.claims.form import ClaimForm
from ui.pages.claims.lines import MOST, ClaimLine, ClaimLines
from ui.pages.claims.moves import ApproveDialog, PayDialog, SubmitDialog
from ui.pages.claims.words import (
    Verb,
    batch_words,
    button_words,
    nothing_entered,
    verbs_for,
    who_pays,
    without_cost,
)
from ui.wayfinding import Place
from ui.widgets.buttons import Button
from ui.widgets.plain import Label

KEY = Qt.Key


def type_in(field, text: str) -> None:
    field.setFocus()
    QTest.keySequence(field, "Ctrl+A")
    QTest.keyClicks(field, text)


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def chosen(desk, verb: Verb, code: str) -> None:
    """Press the button of a verb in the panel."""
    desk.choose(code)
    QTest.mouseClick(desk.button(f"verb-{verb}"), Qt.MouseButton.LeftButton)


# -- what is shown


def test_the_list_has_the_year_newest_first_and_its_sums_below(desk):
    assert [row.code for row in desk.page.list.table.records.shown()][:2] == ["SC-0056", "SC-0055"]
    assert "26 claims" in words(desk.page)
    page = desk.page.page()
    assert page.totals.recognised_p + page.totals.school_share_p == page.totals.cost_p
    assert desk.page._sums.accessibleName() == ("£2,909.00 cost = £2,816.00 recognised + £93.00 school share")


def test_chips_show_what_waits_with_their_numbers_and_the_sums_go_with_them(desk):
    desk.page.list.choose_chip(1)
    assert [row.code for row in desk.page.list.table.records.shown()] == ["SC-0055"]
    assert desk.page._sums.accessibleName().startswith("£89.00 cost")


def test_the_filter_finds_by_school_person_meeting_evidence_state_and_amount(desk):
    for typed in ("wickenshaw strand", "what changed", "ts-611", "returned", "£105"):
        desk.page.list.filter_by(typed)
        assert 0 < len(desk.page.list.table.records.shown()) < 26, typed
    desk.page.list.filter_by("withdrawn")
    assert desk.page.list.table.records.shown() == []


def test_the_panel_offers_only_what_can_be_done_now(desk):
    names = {
        "SC-0056": [Verb.SUBMIT, Verb.WITHDRAW],
        "SC-0055": [Verb.APPROVE, Verb.RETURN, Verb.REJECT, Verb.WITHDRAW],
        "SC-0053": [Verb.SUBMIT, Verb.WITHDRAW],
        "SC-0052": [Verb.PAY, Verb.RETURN, Verb.WITHDRAW],
        "SC-0043": [Verb.EVIDENCE, Verb.REVERSE],
        "SC-0044": [Verb.AGAIN],
    }
    for code, verbs in names.items():
        desk.choose(code)
        buttons = {w.objectName() for w in desk.page.panel.findChildren(type(desk.page.batch[Verb.PAY]))}
        assert {f"verb-{verb}" for verb in verbs} == {name for name in buttons if name.startswith("verb-")}
        assert verbs_for(desk.row(code)) == verbs


def test_a_draft_without_its_cost_leads_to_where_it_is_entered(desk):
    desk.choose("SC-0056")
    assert not desk.page.panel.findChildren(Button, "enter-cost")
    desk.page.panel.show_record(replace(desk.row("SC-0056"), lacks_cost=True))
    QTest.mouseClick(desk.button("enter-cost"), Qt.MouseButton.LeftButton)
    form = desk.dialog(ClaimForm)
    assert form.entries["cost_p"].read() == desk.row("SC-0056").cost_p
    form.reject()
    desk.world.change(
        "Lose the cost",
        lambda session: session.connection().exec_driver_sql(
            "UPDATE cover_claim SET cost_p = 0, vat_p = 0, method = 'agency' WHERE code = 'SC-0056'"
        ),
    )
    QTest.mouseClick(desk.button("enter-cost"), Qt.MouseButton.LeftButton)
    form = desk.dialog(ClaimForm)
    settle()
    assert form.focusWidget() is form.entries["cost_p"].widget  # it is all that is missing
    assert "£0.00" not in words(form)
    QTest.keyClick(form.entries["cost_p"].widget, KEY.Key_Tab)
    assert form.entries["cost_p"].widget.text() == ""  # passed over is not typed: there is nothing to lose
    assert not form.unsaved()
    form.reject()
    lacking = replace(desk.row("SC-0056"), lacks_cost=True)
    assert without_cost([lacking, desk.row("SC-0055")]) == ", 1 without a cost"  # what the sums say
    assert nothing_entered([lacking])  # then the sums are “not entered”, never £0.00
    assert not nothing_entered([lacking, desk.row("SC-0055")])
    assert not nothing_entered([])
    line = ClaimLine(lacking, 0, alone=True)
    assert "not entered" in words(line)
    assert "£" not in words(line)
    line.deleteLater()


def test_a_claim_says_what_it_waits_for_and_from_whom(desk):
    desk.choose("SC-0055")
    assert "Waiting for approval by Nerys Caldbeck, cluster lead" in words(desk.page.panel)
    desk.choose("SC-0053")
    assert "Waiting for the school to correct it: The timesheet is for 14 May" in words(desk.page.panel)


def test_the_split_the_reasons_and_the_trail_stand_beside_the_list(desk):
    desk.choose("SC-0035")
    said = words(desk.page.panel)
    for part in ("£208.00", "£200.00", "£8.00", "Wednesday 25 September 2024, whole day (two half-days)"):
        assert part in said
    assert "Sent in: £208, TS-61/24 (Rosalind Achebe) 4 October 2024 Recognised £200" in said


def test_a_menu_and_quick_find_offer_only_what_can_be_done_now(desk):
    desk.choose("SC-0055")
    offered = {command.words for command in desk.page.commands()}
    assert "Approve" in offered
    assert "Pay" not in offered
    assert "Reverse" not in offered


def test_each_school_has_its_half_days_by_name(desk):
    shown = [label.text() for label in desk.page.meters.findChildren(Label)]
    names = [name for name in shown if name in {meter.school for meter in desk.page.page().meters}]
    assert sorted(names) == sorted(meter.school for meter in desk.page.page().meters)
    assert "Pipers Lane: £178.00 used, £89.00 waiting, £233.00 of £500.00 left" in {
        widget.accessibleName() for widget in desk.page.meters.findChildren(type(desk.page.meters).__base__)
    }


def test_the_meters_fold_to_their_sum(desk):
    desk.page.meters.fold(on=True)
    assert "7 schools, £1,061.00 left" in words(desk.page.meters)


def test_an_empty_page_says_what_it_is_for_and_offers_the_first_step(make_desk):
    desk = make_desk(empty=True)
    assert "who was released from class" in words(desk.page)
    desk.page.list._empty.acted.emit()  # its button
    desk.dialog(ClaimForm).reject()


def test_every_word_fits_and_every_control_has_a_name(desk):
    for ems in (147, 105, 84, 70):
        desk.page.resize(int(ems * 13 - 216 if ems > 100 else ems * 13 - 80), 690)
        desk.page.arrange(ems)
        for code in ("SC-0055", "SC-0043"):
            desk.choose(code)
            assert clipped(desk.page) == [], (ems, code)
        assert nameless(desk.page) == [], ems


# -- ticking


def test_space_ticks_the_claim_chosen_and_ctrl_a_everything_shown(desk):
    desk.choose("SC-0055")
    table = desk.page.list.table
    QTest.keyClick(table, KEY.Key_Space)
    assert [row.code for row in desk.page.ticks.ticked()] == ["SC-0055"]
    QTest.keySequence(table, "Ctrl+A")
    assert [row.code for row in desk.page.ticks.ticked()] == [
        "SC-0056", "SC-0055", "SC-0053", "SC-0052", "SC-0054",
    ]  # fmt: skip
    QTest.keySequence(table, "Ctrl+A")
    assert desk.page.ticks.ticked() == []


def test_a_click_on_the_box_ticks_without_leaving_the_claim_chosen(desk):
    desk.choose("SC-0056")
    table = desk.page.list.table
    box = table.visualRect(table.records.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.x(), box.y()))
    assert [row.code for row in desk.page.ticks.ticked()] == ["SC-0055"]
    assert desk.page.list.current().code == "SC-0056"


def test_what_is_paid_or_closed_has_no_box(desk):
    desk.choose("SC-0050")
    QTest.keyClick(desk.page.list.table, KEY.Key_Space)
    assert desk.page.ticks.ticked() == []


def test_the_buttons_above_the_list_say_how_many_can_be_taken_on(desk):
    desk.page.ticks.toggle_shown()
    texts = {verb: button.words() for verb, button in desk.page.batch.items() if not button.isHidden()}
    assert texts == {
        Verb.SUBMIT: "Submit 2 ticked",
        Verb.APPROVE: "Approve 1 ticked…",
        Verb.PAY: "Pay 2 ticked…",
    }


def test_words_of_paying_say_who_pays(desk):
    own, pot = desk.row("SC-0052"), desk.row("SC-0054")
    assert batch_words(Verb.PAY, [own, pot]) == "Pay 2 ticked…"
    assert batch_words(Verb.PAY, [own, own]) == "Mark 2 ticked as paid…"  # R-COVER-6: nothing is sent
    assert who_pays([own]).startswith("Otterhay Junior School pays this from its own allowance; the lead")
    assert who_pays([own, pot]).startswith("The lead school sends £100; the schools pay the rest")
    assert who_pays([pot]) == ""


def test_button_words_name_the_amount(desk):
    assert button_words(Verb.APPROVE, desk.row("SC-0055")) == "Approve £89.00…"
    assert button_words(Verb.PAY, desk.row("SC-0054")) == "Pay £100.00…"
    assert button_words(Verb.PAY, desk.row("SC-0052")) == "Mark as paid…"
    assert button_words(Verb.SUBMIT, desk.row("SC-0053")) == "Submit again"


# -- moves


def test_a_draft_in_order_is_submitted_at_once_and_undone_by_one_undo(desk):
    chosen(desk, Verb.SUBMIT, "SC-0056")
    assert desk.no_dialog()
    assert desk.claim("SC-0056")["state"] is ClaimState.SUBMITTED
    assert desk.world.book.undo_name == "Submit claim SC-0056"
    desk.world.book.undo()
    assert desk.claim("SC-0056")["state"] is ClaimState.DRAFT


def test_a_draft_that_a_rule_speaks_against_is_submitted_only_with_a_reason(desk):
    mark = desk.row("SC-0056")

    def correct(session) -> None:
        meetings.reopen(session, mark.meeting_id, TODAY, "The register was wrong")
        session.connection().exec_driver_sql(
            "DELETE FROM attendance WHERE meeting_id = ? AND person_id = ?", (mark.meeting_id, mark.person_id)
        )

    desk.world.change("Correct the register", correct)
    chosen(desk, Verb.SUBMIT, "SC-0056")
    dialog = desk.dialog(SubmitDialog)
    assert "does not say that Imogen Strand was present and released" in words(dialog)
    dialog.submit()
    assert "Write why it is allowed" in dialog.errors()["why"]
    type_in(dialog.why, "Seen by the lead at the meeting")
    dialog.submit()
    assert desk.no_dialog()
    now = desk.claim("SC-0056")
    assert (now["state"], now["override_reason"]) == ("submitted", "Seen by the lead at the meeting")


def test_approving_proposes_who_approves_and_freezes_the_amount(desk):
    chosen(desk, Verb.APPROVE, "SC-0055")
    dialog = desk.dialog(ApproveDialog)
    assert dialog.by.currentText() == "Nerys Caldbeck, cluster lead"
    QTest.keyClick(dialog, KEY.Key_Return)
    assert desk.no_dialog()
    now = desk.claim("SC-0055")
    assert (now["state"], now["approved_p"]) == (ClaimState.APPROVED, 89_00)
    assert desk.world.book.undo_name == "Approve claim SC-0055"


def test_r_cover_14_approving_ones_own_claim_asks_for_somebody_else(desk):
    chosen(desk, Verb.APPROVE, "SC-0055")
    dialog = desk.dialog(ApproveDialog)
    dialog.by.show_value(desk.row("SC-0055").claimant_id)
    settle()
    assert "SC-0055 is claimed by Gwen Harcastle, so approved by" in words(dialog)
    assert dialog.other.currentText() == "Nerys Caldbeck, cluster lead"
    assert dialog.by.findText("Gwen Harcastle") >= 0
    assert dialog.other.findText("Gwen Harcastle") < 0  # nobody is asked to approve their own
    dialog.other.show_value(None)
    dialog.submit()
    assert "nobody approves their own claim" in dialog.errors()["other"]
    dialog.by.show_value(desk.row("SC-0055").approver.id)
    assert dialog.errors() == {}  # it is not asked any more
    dialog.keep_state()
    dialog.reject()


def test_a_payment_needs_its_reference_and_nothing_typed_is_lost_when_it_fails(desk):
    chosen(desk, Verb.PAY, "SC-0052")
    dialog = desk.dialog(PayDialog)
    dialog.submit()
    assert dialog.errors()["paid_ref"] == "Enter the payment reference."
    type_in(dialog.ref, "HP-BACS-0060")
    type_in(dialog.paid_on, "1/7/25")
    dialog.submit()
    assert "when the money has gone" in dialog.errors()["paid_on"]
    assert dialog.ref.text() == "HP-BACS-0060"
    type_in(dialog.paid_on, "19/6/25")
    QTest.keyClick(dialog, KEY.Key_Return)
    assert desk.no_dialog()
    now = desk.claim("SC-0052")
    assert (now["state"], now["paid_ref"], str(now["paid_on"])) == ("paid", "HP-BACS-0060", "2025-06-19")


def test_only_pot_money_asks_for_a_decision(desk):
    chosen(desk, Verb.PAY, "SC-0052")
    dialog = desk.dialog(PayDialog)
    assert (dialog.windowTitle(), dialog._accept.words()) == ("Mark SC-0052 as paid", "Mark as paid")
    assert "the lead school sends nothing" in words(dialog)
    assert not dialog.decision.isVisible()
    dialog.reject()
    chosen(desk, Verb.PAY, "SC-0054")
    dialog = desk.dialog(PayDialog)
    assert dialog.decision.isVisible()
    dialog.reject()


def test_a_claim_that_cannot_be_paid_is_named_and_left_out_and_the_others_go_on(desk):
    desk.world.change(
        "Lose the number",
        lambda session: session.connection().exec_driver_sql(
            "UPDATE cover_claim SET evidence_ref = '' WHERE code = 'SC-0052'"
        ),
    )
    desk.page.ticks.toggle_shown()
    QTest.mouseClick(desk.page.batch[Verb.PAY], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(PayDialog)
    assert "SC-0052 of Otterhay Junior School has no invoice or timesheet number" in words(dialog)
    line = next(one for one in dialog.findChildren(ClaimLine) if one.claim.code == "SC-0052")
    QTest.mouseClick(line.tick, Qt.MouseButton.LeftButton, pos=QPoint(8, line.tick.height() // 2))
    assert dialog._accept.words() == "Pay £100.00"
    type_in(dialog.ref, "HP-BACS-0061")
    QTest.keyClick(dialog, KEY.Key_Return)
    assert desk.no_dialog()
    assert desk.claim("SC-0054")["state"] is ClaimState.PAID
    assert desk.claim("SC-0052")["state"] is ClaimState.APPROVED


@pytest.mark.parametrize(("verb", "state"), [(Verb.RETURN, "returned"), (Verb.REJECT, "rejected")])
def test_returning_and_rejecting_ask_for_a_reason(desk, verb, state):
    chosen(desk, verb, "SC-0055")
    dialog = desk.dialog(ReasonDialog)
    dialog.submit()
    assert "Write why" in dialog.errors()["reason"]
    type_in(dialog.reason, "The timesheet is not signed")
    QTest.keyClick(dialog.reason, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.no_dialog()
    assert (desk.claim("SC-0055")["state"], desk.detail("SC-0055").trail[-1].words) == (
        state, "The timesheet is not signed",
    )  # fmt: skip
    assert desk.detail("SC-0055").trail[-1].by == "Nerys Caldbeck"


def test_withdrawing_needs_no_reason(desk):
    chosen(desk, Verb.WITHDRAW, "SC-0056")
    desk.dialog(ReasonDialog).submit()
    assert desk.no_dialog()
    assert desk.claim("SC-0056")["state"] is ClaimState.WITHDRAWN


def test_a_reversal_begins_the_right_claim_and_opens_it(desk):
    chosen(desk, Verb.REVERSE, "SC-0050")
    dialog = desk.dialog(ReverseDialog)
    dialog.submit()
    assert set(dialog.errors()) == {"reason", "paid_ref"}
    type_in(dialog.reason, "The timesheet says £89")
    type_in(dialog.ref, "HP-BACS-0052R")
    dialog.submit()
    form = desk.dialog(ClaimForm)
    assert form.entries["cost_p"].read() == 99_00
    form.reject()
    codes = {row.code: row for row in desk.page.list.records()}
    assert (codes["SC-0057"].cost_p, codes["SC-0057"].state) == (-99_00, ClaimState.PAID)
    assert codes["SC-0058"].state is ClaimState.DRAFT
    assert not codes["SC-0050"].can_reverse
    desk.world.book.undo()
    assert "SC-0058" not in {row.code for row in desk.page.list.records()}


def test_evidence_that_is_found_is_entered_with_its_paper(desk, tmp_path):
    paper = tmp_path / "Invoice 27.pdf"
    paper.write_bytes(b"%PDF-1.7 invoice")
    chosen(desk, Verb.EVIDENCE, "SC-0043")
    dialog = desk.dialog(EvidenceDialog)
    type_in(dialog.ref, "CV-26500")
    dialog.take_file(paper)
    dialog.submit()
    assert desk.no_dialog()
    one = desk.detail("SC-0043")
    assert (one.row.evidence_ref, one.row.to_evidence, one.row.state) == ("CV-26500", False, "paid")
    assert [file.name for file in one.files] == ["Invoice 27.pdf"]


def test_a_paper_that_cannot_be_kept_leaves_the_number_unsaved_and_typed(desk, tmp_path):
    paper = tmp_path / "invoice.pdf"
    paper.write_bytes(b"MZ\x90 a program")
    chosen(desk, Verb.EVIDENCE, "SC-0043")
    dialog = desk.dialog(EvidenceDialog)
    type_in(dialog.ref, "CV-26500")
    dialog.take_file(paper)
    dialog.submit()
    assert "cannot be kept here" in dialog.errors()["name"]
    assert dialog.ref.text() == "CV-26500"
    assert desk.claim("SC-0043")["evidence_ref"] == ""
    dialog.keep_state()
    dialog.reject()


# -- editing and deleting


def test_a_paid_claim_is_not_opened_for_editing_and_the_remedy_is_said(desk):
    desk.choose("SC-0050")
    QTest.keyClick(desk.page.list.table, KEY.Key_Return)
    assert desk.no_dialog()
    assert desk.world.heard.said[-1] == "SC-0050 is paid and cannot be changed: reverse it with a new line."


def test_deleting_a_draft_takes_its_trail_with_it_and_undo_brings_both_back(desk):
    before = desk.detail("SC-0056").trail
    desk.choose("SC-0056")
    QTest.keyClick(desk.page.list.table, KEY.Key_Delete)
    assert "SC-0056" not in {row.code for row in desk.page.list.records()}
    desk.world.book.undo()
    assert desk.detail("SC-0056").trail == before


def test_what_is_shown_is_copied_without_the_boxes(desk):
    desk.page.list.choose_chip(1)
    desk.page.list.copy()
    heads, line = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t")[:2] == ["Claim", "School"]
    assert line.split("\t")[:2] == ["SC-0055", "Pipers Lane"]


def test_a_spreadsheet_gets_dates_and_money_as_such(desk):
    cells = {column.head: column.cell(desk.row("SC-0055")) for column in desk.page.list.spec.columns}
    assert (cells["Cover"], cells["Recognised"]) == (dt.date(2025, 5, 15), Money(89_00))


# -- what Home asks for


def test_home_leads_to_the_claims_to_approve_all_ticked_with_the_keyboard_on_approve(desk):
    desk.page.go_to(Place("cover_claim", desk.row("SC-0055").id, "approve"))
    settle()
    assert [row.code for row in desk.page.list.table.records.shown()] == ["SC-0055"]
    assert [row.code for row in desk.page.ticks.ticked()] == ["SC-0055"]
    assert desk.page.window().focusWidget() is desk.page.batch[Verb.APPROVE]


def test_home_leads_to_the_claim_without_its_invoice_and_asks_for_it(desk):
    desk.page.go_to(Place("cover_claim", desk.row("SC-0043").id, "evidence"))
    dialog = desk.dialog(EvidenceDialog)
    assert dialog.windowTitle() == "Evidence for SC-0043"
    dialog.reject()


def test_a_place_without_a_task_is_only_shown(desk):
    desk.page.list.choose_chip(1)
    desk.page.go_to(Place("cover_claim", desk.row("SC-0031").id))
    assert desk.page.list.current().code == "SC-0031"


def test_the_page_asks_again_only_for_what_concerns_it(desk):
    class Changes:
        step, rows = 1, {"loan": (1,)}

    assert not desk.page.concerned(Changes())
    Changes.rows = {"attendance": (1,)}
    assert desk.page.concerned(Changes())


def test_after_approving_what_was_ticked_it_can_be_paid_at_once(desk):
    desk.page.go_to(Place("cover_claim", 0, "approve"))
    QTest.keyClick(desk.page.batch[Verb.APPROVE], KEY.Key_Space)
    QTest.keyClick(desk.dialog(ApproveDialog), KEY.Key_Return)
    settle()
    assert desk.page.window().focusWidget() is desk.page.batch[Verb.PAY]
    assert desk.page.batch[Verb.PAY].words() == "Mark 1 ticked as paid…"  # the school’s own


def test_what_is_paid_stands_in_the_fund_once(desk):
    desk.page.go_to(Place("cover_claim", 0, "pay"))
    QTest.keyClick(desk.page.batch[Verb.PAY], KEY.Key_Space)
    dialog = desk.dialog(PayDialog)
    type_in(dialog.ref, "HP-BACS-0060")
    QTest.keyClick(dialog, KEY.Key_Return)
    rows = desk.world.ask(
        lambda session: [
            row.code for row in Book(session).rows(t.FundEntry) if row.paid_ref == "HP-BACS-0060"
        ]
    )
    assert rows == ["E-0040"]


def test_r_cover_16_a_claim_of_another_year_is_shown_in_its_own_year(desk):
    def show_year(year):
        desk.year = year
        desk.page.refresh(year)

    desk.world.context.bus.year_wanted.connect(show_year)
    earlier = desk.world.ask(
        lambda session: {row.code: row.id for row in Book(session).rows(t.CoverClaim)}["SC-0014"]
    )
    event = desk.world.ask(
        lambda session: next(r.id for r in Book(session).rows(t.ClaimEvent) if r.claim_id == earlier)
    )
    for place in (Place("cover_claim", earlier), Place("claim_event", event)):
        show_year(2024)
        desk.page.go_to(place)
        settle()
        assert desk.year == 2023
        assert desk.page.list.current().code == "SC-0014"


def test_a_place_that_is_gone_is_said_to_be_gone(desk):
    desk.page.go_to(Place("cover_claim", 9999))
    settle()
    assert desk.world.heard.said[-1] == "This claim is not there any more."


def test_of_very_many_claims_the_rest_is_counted_and_all_are_in(desk, qtbot):
    rows = [replace(desk.row("SC-0055"), id=number) for number in range(1, MOST + 11)]
    lines = ClaimLines(rows, lambda row: row.recognised_p)
    qtbot.addWidget(lines)
    assert len(lines.findChildren(ClaimLine)) == MOST
    assert "and 10 more claims" in words(lines)
    assert len(lines.chosen()) == MOST + 10
    lines.show_findings([Finding(MOST + 5, ("It cannot be paid.",))])
    assert MOST + 5 not in {row.id for row in lines.chosen()}
