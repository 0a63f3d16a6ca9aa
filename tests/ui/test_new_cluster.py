"""The wizard: five steps of which only the first is needed; errors beside the fields, nothing lost."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from models.errors import BadInput, FileTrouble, Refused
from models.rules.newcomers import Newcomer
from tests.ui.conftest import settle
from tests.ui.doubles import TODAY
from tests.ui.looks import clipped, nameless
from ui.dialogs.first_steps import summary
from ui.dialogs.new_cluster import NewClusterDialog
from ui.doors import NewCluster

pytestmark = pytest.mark.usefixtures("dressed")
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot, tmp_path):
    dialog = NewClusterDialog(None, tmp_path, lambda: TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog, before_close_func=NewClusterDialog.keep_state)  # or it asks, and stays
    dialog.given_values = []
    dialog.given.connect(dialog.given_values.append)
    with qtbot.waitActive(dialog):
        dialog.show()
    settle()
    return dialog


def field(form, label) -> QLineEdit:
    return next(edit for edit in form.findChildren(QLineEdit) if edit.accessibleName() == label)


def fill(form, name="Tidewater", lead="Oakmere Primary School", starts="1/9/24"):
    for label, text in (
        ("Name of the cluster", name),
        ("Lead school", lead),
        ("The agreement starts on", starts),
    ):
        field(form, label).setFocus()
        field(form, label).clear()
        QTest.keyClicks(field(form, label), text)


def enter(form) -> None:
    QTest.keyClick(form.focusWidget(), KEY.Key_Return, CTRL)
    settle()


def test_next_stays_where_it_is_from_step_to_step(form):
    fill(form)
    tops = []
    for _step in form.steps:
        tops.append((form.height(), form._accept.y()))
        enter(form) if len(tops) < len(form.steps) else None
    assert len(set(tops)) == 1


def test_the_keyboard_starts_in_the_first_field_of_each_step(form):
    assert form.focusWidget() is field(form, "Name of the cluster")
    fill(form)
    for first in ("Schools", "Your name", "First meeting"):
        enter(form)
        assert form.focusWidget().accessibleName() == first
        assert clipped(form) == []
        assert nameless(form) == []


def test_only_the_first_step_is_needed(form, tmp_path):
    fill(form)
    enter(form)
    form.create_now()

    path = tmp_path / "Tidewater.clusterbook"
    assert form.given_values == [
        NewCluster(
            path, "Tidewater", "Oakmere Primary School", dt.date(2024, 9, 1),
            meeting_hours=(dt.time(13, 15), dt.time(15, 30)),
        )
    ]  # fmt: skip
    assert form.isVisible()  # until it is told that the file is there
    form.saved()
    assert not form.isVisible()


def test_five_steps_from_the_keyboard_give_everything(form):
    fill(form)
    enter(form)
    QTest.keyClicks(form.focusWidget(), "Elm Lane Infant School - Tess Arden")
    QTest.keyClick(form.focusWidget(), KEY.Key_Return)
    QTest.keyClicks(form.focusWidget(), "Oakmere Primary School - Bo Finch")
    enter(form)
    assert field(form, "Science subject leader of the lead school").text() == "Bo Finch"
    QTest.keyClicks(form.focusWidget(), "Nerys Caldbeck")
    enter(form)
    for words in ("26/9/24", "17/10/24"):
        QTest.keyClicks(form.focusWidget(), words)
        QTest.keyClick(form.focusWidget(), KEY.Key_Tab)
    enter(form)
    assert form.at == 4
    assert "Tidewater begins with 2 schools, 3 people and 2 meetings." in form.steps[4]._summary.text()
    enter(form)

    (given,) = form.given_values
    assert given.schools == (
        Newcomer("Elm Lane Infant School", "Tess Arden"),
        Newcomer("Oakmere Primary School", "Bo Finch"),
    )
    assert (given.lead, given.lead_ssl) == ("Nerys Caldbeck", "Bo Finch")
    assert given.meetings == (dt.date(2024, 9, 26), dt.date(2024, 10, 17))


def test_every_error_of_a_step_is_shown_at_once_and_the_first_field_gets_the_keyboard(form):
    fill(form, name=" ", lead="", starts="31/2/24")
    form.submit()
    settle()

    assert form.errors() == {
        "name": "Enter the cluster’s name, such as Tidewater.",
        "lead_school": "Enter the name of the lead school.",
        "starts": "“31/2/24” is not a date: write it like 3/4/2025 or 3 April 2025.",
    }
    assert form.at == 0
    assert form.focusWidget() is field(form, "Name of the cluster")
    assert field(form, "Lead school").accessibleDescription() == "Enter the name of the lead school."
    assert form.given_values == []


def test_what_was_typed_is_still_there_after_an_error_and_after_going_back(form):
    fill(form, lead="")
    QTest.keyClick(field(form, "The agreement starts on"), KEY.Key_Tab)
    form.submit()
    assert field(form, "Name of the cluster").text() == "Tidewater"
    assert field(form, "The agreement starts on").text() == "1 September 2024"
    QTest.keyClicks(field(form, "Lead school"), "Oakmere")
    form.submit()
    QTest.keyClicks(form.focusWidget(), "Elm Lane Infant School")
    form.back()
    assert form.at == 0
    form.submit()
    assert form.steps[1].list.toPlainText() == "Elm Lane Infant School"


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        (1, "Elm Lane\nElm Lane", "Elm Lane stands in line 1 and in line 2: take one of them out."),
        (3, "28/9/24", "Saturday 28 September 2024 is at the weekend: check the date."),
        (3, "soon", "“soon” is not a date: write it like 3/4/2025 or 3 April 2025."),
    ],
)
def test_a_later_step_says_what_is_wrong_beside_its_field(form, step, typed, said):
    fill(form)
    for _ in range(step):
        form.submit()
    settle()
    for line in typed.split("\n"):
        QTest.keyClicks(form.focusWidget(), line)
        QTest.keyClick(form.focusWidget(), KEY.Key_Return if "\n" in typed else KEY.Key_Tab)
    form.submit()
    assert form.at == step
    assert list(form.errors().values()) == [said]


def test_two_meetings_on_one_day_or_hours_that_end_early_are_questioned(form):
    fill(form)
    for _ in range(3):
        form.submit()
    for number in (0, 1):
        form.steps[3].days[number].setText("26 September 2024")
    form.steps[3].ends_at.setText("1pm")
    form.submit()
    assert form.errors() == {
        "day-1": "First meeting has that day already.",
        "ends_at": "The meetings would end before they begin: check the two times.",
    }


def test_create_now_goes_to_the_step_that_is_wrong(form):
    fill(form)
    form.submit()
    form.steps[1].list.setPlainText("Elm Lane\nElm Lane")
    form.back()
    form.create_now()
    assert form.at == 1
    assert set(form.errors()) == {"schools"}


def test_a_file_that_is_there_is_never_replaced_unasked(form, tmp_path):
    (tmp_path / "Tidewater.clusterbook").touch()
    fill(form)
    form.submit()
    form.create_now()

    assert form.at == 4
    assert "There is already a file called Tidewater.clusterbook" in form.errors()["place"]
    assert form.given_values == []


def test_a_date_far_away_is_questioned(form):
    fill(form, starts="1/9/2049")
    form.submit()

    assert form.errors() == {"starts": "2049 is more than ten years from now: check the year."}


@pytest.mark.parametrize(
    ("error", "step", "key"),
    [
        (FileTrouble("E09", "The disk is full. Make room and try again."), 4, "place"),
        (Refused("A secondary school cannot lead."), 4, "place"),
        (BadInput("Elm Lane: there is already a Tess Arden.", "schools"), 1, "schools"),
        (BadInput("The name does not fit.", "name"), 0, "name"),
    ],
)
def test_when_it_cannot_be_made_the_form_says_why_with_everything_still_there(form, error, step, key):
    fill(form)
    form.submit()
    form.steps[1].list.setPlainText("Elm Lane – Tess Arden")
    form.create_now()
    form.not_saved(error)
    assert form.isVisible()
    assert (form.at, form.errors()) == (step, {key: str(error)})
    assert form.steps[1].list.toPlainText() == "Elm Lane – Tess Arden"
    form.create_now()
    assert len(form.given_values) == 2


def test_the_summary_counts_nobody_twice():
    said = summary(
        {
            "name": "Tidewater",
            "lead_school": "Oakmere",
            "schools": (Newcomer("oakmere", "Bo Finch"), Newcomer("Elm Lane", "Tess Arden")),
            "lead": "Bo Finch",
        }
    )
    assert said == "Tidewater begins with 2 schools and 2 people."


def test_the_last_step_names_each_meetings_school_year_and_one_before_the_start():
    days = (dt.date(2024, 7, 18), dt.date(2024, 9, 26))
    said = summary({"meetings": days, "agreement_starts": dt.date(2024, 9, 1), "stage": 2})
    assert "Meetings of 2023 to 2024: Thursday 18 July 2024.\nMeetings of 2024 to 2025: Thursday 26" in said
    assert "Before the agreement starts: 18 July 2024." in said
    assert "for Stage 2." in said


def test_r_agr_4_the_stage_is_asked_in_plain_words(form):
    fill(form)
    stage = form.steps[0].stage
    assert stage.currentText() == "Stage 2: a pilot, then more schools and regular meetings"
    stage.show_value(3)
    enter(form)
    form.create_now()
    assert form.given_values[0].stage == 3


def test_a_meeting_without_its_year_is_in_the_agreements_first_year_and_is_read_back(form):
    fill(form, starts="1/9/20")
    for _ in range(3):
        enter(form)
    QTest.keyClicks(form.focusWidget(), "20 Nov")
    QTest.keyClick(form.focusWidget(), KEY.Key_Tab)
    QTest.keyClicks(form.focusWidget(), "5/2")
    QTest.keyClick(form.focusWidget(), KEY.Key_Tab)
    enter(form)

    said = form.steps[4]._summary.text()
    assert "Meetings of 2020 to 2021: Friday 20 November 2020 and Friday 5 February 2021." in said


def test_in_summer_too_a_meeting_of_september_is_one_of_the_agreements_first_year(qtbot, tmp_path):
    dialog = NewClusterDialog(None, tmp_path, lambda: dt.date(2025, 6, 20))
    qtbot.addWidget(dialog)
    meetings = dialog.steps[3]
    meetings.enter({"agreement_starts": dt.date(2024, 9, 1)})
    meetings.days[0].setText("26/9")
    assert meetings.days[0].date() == dt.date(2024, 9, 26)
