"""The tabs of the review pack: parts and their ways, order and logo, words, plan, findings, and issue."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.queries.book import Book
from models.queries.pack import logo_of
from models.queries.pack_page import issued_paper, next_tab, words_tab
from models.rules.verdict import About, refuse, warn
from models.services import evidence
from models.values import replace
from models.words import EvidenceKind, PackNoteKind, PermissionBasis
from tests.reports.pdf_checks import alternatives, outline, texts
from tests.ui.conftest import settle
from ui.forms.draft_form import DraftForm
from ui.pages.pack.issue_dialog import IssueDialog
from ui.pages.pack.logo_dialog import LogoDialog
from ui.pages.pack.parts_dialog import PartsDialog
from ui.pages.pack.verdicts import VerdictList
from ui.pages.pack.windows import CompareDialog, IssuedWindow
from ui.wayfinding import Place
from ui.widgets.plain import Label

PACK, WORDS, PLAN, PAPERS, ISSUED = range(5)


def test_a_part_says_what_it_lacks_and_leads_there_and_can_be_left_out_and_moved(open_page):
    small = open_page()
    parts, data = small.pane.parts(), small.pane.paper.data()
    needs = {part.number: part.missing for part in data.readiness}
    assert sum(map(len, needs.values())) > 20
    for number, missing in needs.items():
        for way, need in zip(parts.ways(number), missing, strict=True):
            small.wanted.clear()
            way.click()
            assert small.wanted == [(Place(need.table).page, Place(need.table, 0, need.task))]
            assert small.wanted[0][0], need
    parts.buttons()[22].click()
    assert small.pane.stage().preview.view.page() == small.pane.paper.built().starts[22] > 2

    small.pane.ask_parts()
    dialog = small.open(PartsDialog)
    dialog.table.choose(6)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.table.choose(4)
    dialog.move_by(-2)
    dialog.save()
    small.until_laid_out()
    titles = outline(small.pane.pack().pdf)
    assert "Meetings" not in titles
    assert titles.index("Central aims") + 1 == titles.index("Summary")
    assert parts.buttons()[6].accessibleName().endswith("Left out")
    assert not parts.buttons()[6].isEnabled()
    assert not parts.ways(6)

    small.world.book.undo()
    small.until_laid_out()
    assert outline(small.pane.pack().pdf)[1:4] == ["Summary", "Central aims", "Meetings"]


def test_a_logo_is_shown_and_taken_off_and_what_is_no_picture_is_refused(on_book, tmp_path):
    world = on_book()
    kept, words = tmp_path / "logo.png", tmp_path / "words.png"
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    kept.write_bytes(picture.getvalue())
    words.write_text("no picture")
    dialog = LogoDialog(world.context, None, None)  # it goes when it is closed
    dialog.show()

    dialog.put(words)
    assert "no PNG or JPEG" in dialog._trouble.text()
    dialog.put(kept)
    assert dialog.picture.shown()
    assert world.ask(lambda session: logo_of(Book(session))) == kept.read_bytes()
    dialog.take_off()
    assert not dialog.picture.shown()
    assert world.ask(lambda session: logo_of(Book(session))) is None
    dialog.accept()


def test_photographs_with_a_basis_are_printed_until_they_are_unticked(open_page):
    small = open_page()
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "olive").save(picture, "JPEG")
    values = {
        "on": dt.date(2025, 3, 14),
        "kind": EvidenceKind.PHOTO,
        "text": "Beans on a window sill.",
        "permission": PermissionBasis.NO_PEOPLE,
    }
    file = evidence.File(picture.getvalue(), "beans.jpg")
    small.world.change("Add", lambda s: evidence.add(s, values, evidence.Around(file)))
    small.until_laid_out()
    assert any("Beans on a window sill" in words for words in alternatives(small.pane.pack().pdf))

    small.pane._photographs.click()
    small.until_laid_out()
    assert not any("Beans" in words for words in alternatives(small.pane.pack().pdf))


def test_words_and_plan_are_written_moved_deleted_and_brought_back(open_page):
    small = open_page(WORDS)
    pane = small.page.current()

    def written():
        return [(row.kind, row.text) for row in small.world.ask(lambda s: words_tab(s, 2024))]

    pane.choose_chip(2)
    for text in ("It rained.", "It snowed."):
        pane.new()
        form = small.open(DraftForm)
        form.entries["text"].show(text)
        form.submit()
    pane.new()
    form = small.open(DraftForm)
    form.submit()
    assert "Write the words" in form.errors()["text"]
    form.keep_state()
    form.reject()
    assert written() == [(PackNoteKind.DIFFICULTY, "It rained."), (PackNoteKind.DIFFICULTY, "It snowed.")]
    pane.move_by(-1)
    pane.delete()
    assert [text for _, text in written()] == ["It rained."]
    small.world.book.undo()
    small.world.book.undo()
    assert [text for _, text in written()] == ["It rained.", "It snowed."]

    pane = small.tab(PLAN)
    for task, cost in (("Print the handbook", 180_00), ("Rotate the chair", None)):
        pane.new()
        form = small.open(DraftForm)
        form.entries["task"].show(task)
        form.entries["cost_p"].show(cost)
        form.submit()
    pane.move_by(-1)
    plan = small.world.ask(lambda session: next_tab(session, 2024))
    assert plan.year == 2025
    assert [row.task for row in plan.rows] == ["Rotate the chair", "Print the handbook"]
    assert pane._sum.text() == "£180 planned in all; 1 task without a cost."

    note = small.world.ask(lambda s: words_tab(s, 2024))[-1]
    small.page.go_to(Place("pack_note", note.id))
    assert small.page.tabs.current() == WORDS
    assert small.page.current().current() == note


def test_an_issued_pack_is_kept_compared_and_followed_by_a_version_that_says_what_changed(open_page):
    small = open_page()
    small.pane.ask_issue()
    dialog = small.open(IssueDialog)
    said = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "Missing: " in said
    dialog.fields["on"].setText("1 June 2025")
    dialog.submit()
    assert "issue it on that day or later" in dialog._trouble.text()
    dialog.fields["on"].setText("20 June 2025")
    dialog.submit()
    assert small.pane.issued_words() == "Issued as version 1 on 20 June 2025; nothing has changed since."

    small.join("Alder Primary School")
    assert "3 figures have changed since" in small.pane.issued_words()
    small.until_laid_out()
    small.pane.ask_issue()
    small.open(IssueDialog).submit()

    pane = small.tab(ISSUED)
    newest, oldest = pane.records()
    assert (newest.version, oldest.version) == (2, 1)
    assert "Schools that are members: 1 in version 1, 2 in version 2" in newest.changes
    pane.go_to(oldest.id)
    assert not pane._actions["delete"].isEnabled()
    pane.compare_now()
    compared = small.open(CompareDialog)
    first = compared.table.records.shown()[0]
    assert (first.words, first.then, first.now, first.changed) == ("Schools that are members", "1", "2", True)
    compared.close()
    pane.look()
    window = small.open(IssuedWindow)
    paper = texts(small.world.ask(lambda session: issued_paper(session, oldest.id)))
    assert window.stage.preview.view.pages() == len(paper)
    assert "version 1" in paper[0]
    assert "draft" not in paper[0]
    window.close()


def test_findings_are_told_rule_by_rule_and_opened_when_they_are_wanted(dressed, qtbot):  # noqa: ARG001
    shown = VerdictList()
    qtbot.addWidget(shown)
    shown.resize(340, 500)
    shown.show()
    claims = [
        warn("R-COVER-16", f"Claim {n} has no invoice.", About("cover_claim", n)) for n in range(1, 4001)
    ]
    stop = refuse("R-POT-9", "The pot is overdrawn.", About("fund", 1))
    shown.show_verdicts(
        [stop, *claims, replace(claims[0], rule="R-MEET-2", text="A meeting has no purpose.")]
    )
    settle()
    rows = shown.view.findings
    assert rows.rowCount() == 3
    assert [rows.line(n).foot for n in range(3)] == ["R-POT-9", "R-COVER-16 · and 3,999 more", "R-MEET-2"]

    went: list[Place] = []
    shown.place_wanted.connect(went.append)
    shown.view.setCurrentIndex(rows.index(1, 0))
    QTest.keyClick(shown.view, Qt.Key.Key_Space)
    assert rows.rowCount() == 4002
    shown.view.setCurrentIndex(rows.index(2, 0))
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert went == [Place("cover_claim", 2)]
    shown._filter.setText("overdrawn")
    assert rows.rowCount() == 1
