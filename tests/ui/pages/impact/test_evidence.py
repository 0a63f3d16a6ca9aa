"""Evidence on the impact page: words, photographs and files, and what may be printed (R-DATA-3, R-IMP-10)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from models.queries.attachments import content
from models.words import EvidenceKind, PermissionBasis
from ui.dialogs.asking import Asking
from ui.pages.impact.around import EvidenceForm
from ui.pages.impact.page import EVIDENCE
from ui.wayfinding import Place


@pytest.fixture
def pane(impact):
    return impact.tab(EVIDENCE)


def drop(panel, path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, keys))


def entered(impact, pane, photograph):
    """A photograph entered with its words."""
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(EvidenceForm)
    impact.type_into(form.entries["text"].widget, "Ramps in every room")
    form.take_file(photograph)
    impact.press(form, "Save")
    return impact.choose(pane, "EV-0016")


def test_a_photograph_is_entered_with_its_words_asked_for_its_permission_and_shown_small(
    impact, pane, photograph
):
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(EvidenceForm)
    assert "No pupils’ names." in impact.words(form)  # R-DATA-2
    assert not form.entries["consent_until"].widget.isVisible()
    impact.type_into(form.entries["text"].widget, "Ramps in every room")
    form.take_file(photograph)
    assert form.typed("kind") is EvidenceKind.PHOTO
    assert "Choose why it may be used: without that it is never printed." in impact.words(form)
    form.entries["permission"].show(PermissionBasis.CONSENT)
    assert form.entries["consent_until"].widget.isVisible()
    impact.type_into(form.entries["consent_until"].widget, "19/6/25")
    assert "This consent has ended: it is not printed any more." in impact.words(form)
    impact.type_into(form.entries["consent_until"].widget, "31/8/25")
    assert "It may be printed in the pack." in impact.words(form)
    impact.press(form, "Save")

    row = impact.choose(pane, "EV-0016")
    assert (row.state, row.file.name) == ("In the pack", "IMG_2041.jpg")
    picture = pane.panel.picture.shown()
    assert (picture.width(), picture.height()) == (900, 1200)  # upright, and no larger than a panel needs
    stored = impact.world.ask(lambda session: content(session, row.file.id))
    assert b"Pear" not in stored.data  # what the telephone noted is not kept
    assert "31 August 2025" in impact.words(pane.panel)
    impact.world.book.undo()
    assert "EV-0016" not in [one.code for one in pane.records()]


def test_without_permission_it_is_listed_and_a_consent_that_is_over_says_so(impact, pane, photograph):
    row = entered(impact, pane, photograph)
    assert row.state == "No permission"
    assert "EV-0016 is a photograph without permission: it will not be printed." in impact.words(pane.panel)
    impact.press(pane.panel, "Permission…")
    dialog = impact.form(Asking)
    assert not dialog.fields["until"].isVisible()
    dialog.fields["basis"].show_value(PermissionBasis.CONSENT)
    dialog.changed.emit()
    impact.type_into(dialog.fields["until"], "1/6/25")
    impact.press(dialog, "Save")
    assert impact.choose(pane, "EV-0016").state == "Consent ended"
    assert "ended on 1 June 2025" in impact.words(pane.panel)
    impact.key(pane.table, "Ctrl+G")
    dialog = impact.form(Asking)
    dialog.fields["basis"].show_value(PermissionBasis.NO_PEOPLE)
    dialog.changed.emit()
    impact.press(dialog, "Save")
    assert impact.choose(pane, "EV-0016").state == "In the pack"
    assert impact.kept("evidence", row.id)["consent_until"] is None


def test_a_damaged_photograph_is_refused_in_a_sentence_and_nothing_typed_is_lost(impact, pane, tmp_path):
    broken = tmp_path / "wall.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(EvidenceForm)
    impact.type_into(form.entries["text"].widget, "Ramps in every room")
    form.take_file(broken)
    form.submit()
    form = impact.form(EvidenceForm)
    assert form.errors()["name"].startswith("wall.jpg is damaged and cannot be shown")
    assert form.typed("text") == "Ramps in every room"
    assert len(pane.records()) == 9
    drop(pane.panel, broken)
    assert "wall.jpg is damaged" in "\n".join(impact.world.heard.texts + impact.world.heard.said)


def test_a_file_dropped_on_the_panel_is_kept_and_can_be_removed(impact, pane, photograph):
    row = impact.choose(pane, "EV-0012")
    drop(pane.panel, photograph)
    row = impact.choose(pane, "EV-0012")
    assert (row.kind, row.state) == (EvidenceKind.PHOTO, "No permission")
    impact.press(pane.panel, "Remove")
    row = impact.choose(pane, "EV-0012")
    assert (row.kind, row.file, row.state) == (EvidenceKind.WORDS, None, "In the pack")


def test_evidence_leads_to_what_it_comes_from_and_is_left_out_with_one_key(impact, pane):
    impact.choose(pane, "EV-0011")
    assert impact.follow(pane.panel, "Talk first, write later") == Place("cpd_session", 4)
    impact.key(pane.table, "Ctrl+R")
    assert impact.choose(pane, "EV-0011").state == "Left out"
    assert impact.world.book.undo_name == "Leave EV-0011 out of the pack"
    impact.key(pane.table, "Ctrl+R")
    assert impact.choose(pane, "EV-0011").state == "In the pack"


def test_a_form_that_says_nothing_and_shows_nothing_is_not_saved(impact, pane):
    impact.key(pane.table, "Ctrl+N")
    form = impact.form(EvidenceForm)
    form.submit()
    assert form.isVisible()
    assert "Write what changed" in form.errors()["text"]
    QTest.keyClicks(form.entries["text"].widget, "More measuring")
    form.submit()
    assert impact.none_open(EvidenceForm)
    assert impact.choose(pane, "EV-0016").text == "More measuring"
