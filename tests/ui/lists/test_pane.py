"""A list of real records: found, edited, deleted, brought into view."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from models import tables as t
from tests.ui.conftest import settle
from ui.dialogs.plain import QuestionDialog
from ui.forms.draft_form import DraftForm
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.wayfinding import Place
from ui.widgets.plain import Label

KEY = Qt.Key


@dataclass(frozen=True)
class Line:
    id: int
    code: str
    what: str
    done: bool
    due: object


def lines(session, _year):
    rows = session.exec(select(t.Action).order_by("id"))
    return tuple(Line(r.id, r.code, r.what, r.done_on is not None, r.due_on) for r in rows)


FORM = FormSpec(
    "action",
    "action",
    rows=(("what",), ("owner_school_id", "owner_id"), ("due_on", "done_on")),
    more=(("meeting_id",), ("notes",)),
)
SPEC = ListSpec(
    key="test-actions",
    table="action",
    noun="action",
    plural="actions",
    columns=(
        Column("Action", lambda r: r.code, lambda r: r.code, Look.STRONG),
        Column("What", lambda r: r.what, lambda r: r.what.casefold(), stretch=True),
        Column("State", lambda r: "Done" if r.done else "Open", lambda r: r.done, Look.STATE),
    ),
    identity=lambda r: r.id,
    title=lambda r: r.code,
    ask=lines,
    empty=Empty(Icon.CLOCK, "Actions are what people have promised to do.", "Add the first action"),
    chips=(
        ChipSpec("Open", lambda r: not r.done, "No action is open", "Done"),
        ChipSpec("Done", lambda r: r.done),
    ),
    form=FORM,
)


class Panel(DetailPanel):
    def show_record(self, record):
        if record is None:
            self.say("Choose an action.")
        else:
            self.fill(
                record_head(record.code, "Done" if record.done else "Open"), facts([("What", record.what)])
            )


@pytest.fixture
def pane(on_book, qtbot):
    world = on_book()
    made = ListPane(world.context, SPEC, Panel("Action"))
    qtbot.addWidget(made)
    world.context.bus.changed.connect(lambda *_: made.refresh(2024))
    made.resize(1100, 640)
    made.show()
    made.world = world
    made.refresh(2024)
    settle()
    return made


def form() -> DraftForm:
    settle()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, DraftForm) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def no_form() -> bool:
    settle()
    return not any(isinstance(w, DraftForm) and w.isVisible() for w in QApplication.topLevelWidgets())


def type_in(entry, text: str) -> None:
    entry.widget.setFocus()
    QTest.keySequence(entry.widget, "Ctrl+A")
    QTest.keyClicks(entry.widget, text)


def stored(pane, record_id):
    return pane.world.ask(lambda session: session.get(t.Action, record_id).model_dump())


def test_a_new_record_is_made_from_the_keyboard_and_stands_chosen_in_the_list(pane):
    before = len(pane.records())
    pane.table.setFocus()
    QTest.keySequence(pane.table, "Ctrl+N")
    made = form()
    QTest.keyClicks(made.entries["what"].widget, "Order more magnets")
    type_in(made.entries["due_on"], "3/7/25")
    QTest.keyClick(made, KEY.Key_Return)
    assert no_form()
    assert len(pane.records()) == before + 1
    assert pane.current().what == "Order more magnets"
    assert str(stored(pane, pane.current().id)["due_on"]) == "2025-07-03"
    assert pane.world.book.undo_name == f"Add action {pane.current().code}"


def test_a_wrong_date_is_told_beside_its_field_and_nothing_typed_is_lost(pane):
    pane.new()
    made = form()
    QTest.keyClicks(made.entries["what"].widget, "Something")
    type_in(made.entries["due_on"], "35/7/25")
    made.submit()
    assert "due_on" in made.errors()
    assert "not a date" in made.errors()["due_on"]
    assert made.entries["what"].read() == "Something"
    made.entries["due_on"].widget.setText("")
    made.submit()
    assert no_form()


def test_a_missing_name_is_asked_for_in_words(pane):
    pane.new()
    made = form()
    made.submit()
    assert made.errors() == {"what": "What is needed."}
    made.reject()


def test_editing_shows_what_is_there_and_stores_only_the_change(pane):
    pane.choose_chip(0)
    first = pane.current()
    pane.table.setFocus()
    QTest.keyClick(pane.table, KEY.Key_Return)
    made = form()
    assert made.entries["what"].read() == first.what
    type_in(made.entries["what"], "Bring the hand lenses")
    before = stored(pane, first.id)
    made.submit()
    assert no_form()
    assert stored(pane, first.id) == before | {"what": "Bring the hand lenses"}
    assert pane.world.book.undo_name == f"Edit action {first.code}"


def test_a_form_that_cannot_be_saved_stays_open_with_its_text_and_says_why(pane):
    first = pane.current()
    pane.edit()
    made = form()
    type_in(made.entries["what"], "Mine")
    pane.world.change(
        "Edit", lambda session: session.get(t.Action, first.id).sqlmodel_update({"what": "Theirs"})
    )
    made.submit()
    settle()
    assert made.isVisible()
    assert made.entries["what"].read() == "Mine"
    assert "was changed elsewhere" in made.errors()[""]
    made.keep_state()
    made.reject()


def test_closing_a_form_with_something_typed_asks_and_an_untouched_one_does_not(pane):
    pane.new()
    made = form()
    QTest.keyClick(made, KEY.Key_Escape)
    assert no_form()
    pane.new()
    made = form()
    QTest.keyClicks(made.entries["what"].widget, "Half a thought")
    QTest.keyClick(made, KEY.Key_Escape)
    settle()
    asking = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog) and w.isVisible()
    )
    asking.reject()
    settle()
    assert made.isVisible()
    assert made.entries["what"].read() == "Half a thought"
    QTest.keyClick(made, KEY.Key_Escape)
    settle()
    asking = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog) and w.isVisible()
    )
    asking.accept()
    assert no_form()


def test_delete_puts_the_record_into_the_bin_its_neighbour_is_chosen_and_undo_brings_it_back(pane):
    def loose(session):
        return session.exec(select(t.Action.id).order_by("id")).all()

    ids = pane.world.ask(loose)
    pane.go_to(ids[1])
    pane.table.setFocus()
    QTest.keyClick(pane.table, KEY.Key_Delete)
    settle()
    assert ids[1] not in pane.world.ask(loose)
    assert pane.current().id == ids[2]
    pane.world.book.undo()
    assert ids[1] in [line.id for line in pane.records()]


def test_the_filter_keeps_records_with_every_word_and_enter_leads_into_the_table(pane):
    target = pane.records()[2]
    QTest.keySequence(pane.table, "Ctrl+F")
    words = target.what.split()
    QTest.keyClicks(QApplication.focusWidget(), f"{words[0][:4].lower()} {words[-1]}")
    assert target in pane.table.records.shown()
    assert len(pane.table.records.shown()) < len(pane.records())
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert pane.table.hasFocus()


def test_a_chip_counts_and_keeps_its_own_and_going_to_a_hidden_record_lets_go_of_it(pane):
    done = [line for line in pane.records() if line.done]
    pane.choose_chip(0)
    assert all(not line.done for line in pane.table.records.shown())
    pane.show_place(Place("action", done[0].id))
    assert pane.current() == done[0]


def test_the_panel_hears_once_of_what_an_answer_or_a_filter_leaves_chosen(pane):
    heard = []
    pane.chosen.connect(heard.append)
    pane.refresh(2024)
    settle()
    assert heard == [pane.current()]
    pane.filter_by(pane.records()[2].what)
    assert heard[1:] == [pane.records()[2]]


def test_how_a_table_was_left_is_remembered(pane, qtbot):
    pane.table.hideColumn(2)
    pane.table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    shown = [line.id for line in pane.table.records.shown()]
    again = ListPane(pane.world.context, SPEC)
    qtbot.addWidget(again)
    again.refresh(2024)
    assert [line.id for line in again.table.records.shown()] == shown
    assert again.table.horizontalHeader().sortIndicatorSection() == 1


def test_a_list_with_nothing_in_it_says_what_it_is_for_and_offers_the_first_step(on_book, qtbot):
    world = on_book(empty=True)
    made = ListPane(world.context, SPEC)
    qtbot.addWidget(made)
    made.show()
    made.refresh(2024)
    settle()
    texts = [w.text() for w in made.findChildren(Label) if w.isVisible()]
    assert "Actions are what people have promised to do." in texts


def test_a_link_offers_the_records_it_may_point_to_and_none(pane):
    pane.new()
    made = form()
    schools = made.entries["owner_school_id"].pick
    assert schools.itemText(0) == "None"
    assert schools.count() > 5
    made.reject()


def test_an_error_goes_as_soon_as_its_field_is_mended(pane):
    pane.new()
    made = form()
    made.submit()
    assert made.errors() == {"what": "What is needed."}
    QTest.keyClicks(made.entries["what"].widget, "T")
    assert made.errors() == {}
    assert made.entries["what"].widget.property("wrong") == "false"
    made.keep_state()
    made.reject()


def test_what_is_wrong_with_the_whole_is_read_when_a_field_is_changed(pane):
    first = pane.current()
    pane.edit()
    made = form()
    type_in(made.entries["what"], "Mine")
    pane.world.change(
        "Edit", lambda session: session.get(t.Action, first.id).sqlmodel_update({"what": "Theirs"})
    )
    made.submit()
    settle()
    assert "" in made.errors()
    type_in(made.entries["notes"], "x")
    assert made.errors() == {}
    assert made._trouble.isHidden()
    made.keep_state()
    made.reject()


def test_a_filter_that_its_last_record_leaves_says_so_and_leads_to_where_it_went(pane):
    pane.choose_chip(0)
    pane.world.change(
        "Finish",
        lambda session: session.connection().exec_driver_sql("UPDATE action SET done_on = '2025-06-01'"),
    )
    settle()
    number = len(pane.records())
    assert pane._none.words() == f"No action is open; {number} done."
    pane._none.acted.emit()
    assert len(pane.table.records.shown()) == number
    assert pane._none.words() == ""
    pane.filter_by("no such words")
    assert pane._none.words() == "Nothing matches this filter."
    pane._none.acted.emit()
    assert len(pane.table.records.shown()) == number


def test_the_eye_keeps_its_place_when_a_record_low_in_the_list_is_changed(pane):
    """The row chosen stays at its height, though the answer has other rows above it."""
    table = pane.table
    pane.resize(900, 260)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    settle()
    row = table.records.rowCount() // 2
    table.setCurrentIndex(table.records.index(row, 0))
    bar, chosen = table.verticalScrollBar(), pane.current().id
    bar.setValue(table.verticalHeader().sectionPosition(row) - 40)
    pane.world.change(
        "Edit",
        lambda session: session.get(t.Action, pane.table.records.record(0).id).sqlmodel_update({"what": "~"}),
    )
    settle()
    assert table.currentIndex().row() == row - 1
    assert pane.current().id == chosen
    assert table.visualRect(table.currentIndex()).top() == 40

    bar.setValue(0)  # she looks elsewhere: what is saved meanwhile does not pull her back
    top = table.records.record(0).id
    pane.world.change(
        "Edit", lambda session: session.get(t.Action, chosen).sqlmodel_update({"what": "~ last"})
    )
    settle()
    assert bar.value() == 0
    assert table.records.record(0).id == top
