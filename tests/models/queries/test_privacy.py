"""What is due for a look, and what somebody is told who asks what is held: all of hers, no other name."""

import datetime as dt

import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.privacy import due_for_review, kept_until, privacy_view
from models.queries.privacy_names import deleted_people
from models.queries.privacy_subject import Asked, subject_access
from models.rules.privacy import (
    ANOTHER,
    Category,
    Identity,
    Mentions,
    end_of_financial_year,
    leaver_until,
    money_until,
    next_former,
    survey_until,
)
from models.services import attachments, people, records
from models.services.privacy import note_request
from models.words import ClaimState, PermissionBasis
from tests import books
from tests.models.queries.small import filling

DAY = dt.date(2025, 6, 20)


@pytest.mark.parametrize(
    ("day", "month", "until"),
    [
        (dt.date(2012, 6, 12), 4, dt.date(2019, 3, 31)),  # a maintained school
        (dt.date(2012, 6, 12), 9, dt.date(2018, 8, 31)),  # an academy
        (dt.date(2012, 3, 31), 4, dt.date(2018, 3, 31)),
        (dt.date(2012, 6, 12), 1, dt.date(2018, 12, 31)),
    ],
)
def test_r_data_1_money_is_kept_for_its_financial_year_and_six_more(day, month, until):
    assert money_until(day, month, 6) == until
    assert end_of_financial_year(until, month) == until


def test_r_data_1_a_leaver_and_slips_are_kept_for_the_years_of_the_setting():
    assert leaver_until(dt.date(2024, 12, 20), 2) == dt.date(2027, 8, 31)
    assert survey_until(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)


def test_a_number_given_in_place_of_a_name_is_never_given_twice():
    assert next_former(["Ann Lee", "Former teacher 16", "Former teacher 2"]) == "Former teacher 17"
    assert next_former([]) == "Former teacher 1"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("ask  ANN\nLEE’s class", True),
        ("Mrs Lee rang; A. Lee too", True),
        ("ann.lee@x.example", True),
        ("ring 01632-960 001", True),
        ("Annie’s tray", True),
        ("Joann Leeson and Ann Lee-Smith", False),
        ("Ann Lee (Oakmere) rang", False),
        ("leeway for the annual plan", False),
    ],
)
def test_a_person_is_found_however_written_and_never_in_another_name(words, named):
    others = [Identity("Joann Leeson"), Identity("Ann Lee (Oakmere)")] if "Oakmere" in words else []
    mentions = Mentions(Identity("Ann Lee", "ann.lee@x.example", "01632 960001", ("Annie",)), others)
    assert mentions.names_her(words) is named
    assert (mentions.without_her(words, "X") != words) is named


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A school, two people, a meeting with both, a claim, and a plan."""
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))
    store = books.empty_in(tmp_path)
    with filling(store) as made:
        made.cluster()
        school = made.school("Alder Lane")
        ann, ben = made.person("Ann Lee", school), made.person("Ben Okafor", school)
        meeting = made.meeting(dt.date(2021, 11, 11), {school: ann})
        made.add(
            t.CoverClaim, code="SC-0001", school_id=school, person_id=ann, meeting_id=meeting,
            cover_on=dt.date(2021, 11, 11), cost_p=90_00, vat_p=0, approver_id=ben,
            state=ClaimState.SUBMITTED,
            notes="Ben Okafor and Ann Lee agreed it",
        )  # fmt: skip
    with store.transaction("Write minutes") as (session, _):
        minutes = "Ann Lee will ask Mr Okafor and Ben Okafor's class."
        records.change(session, t.Meeting, meeting, {"minutes": minutes, "outcome": "A plan"})
        records.change(session, t.Meeting, meeting, {"title": "Autumn"})
        attachments.attach(session, "cover_claim", 1, b"Invoice for Ann Lee", "invoice.txt")
        attachments.attach(session, "meeting", meeting, b"Lunch list", "lunch.txt")
    yield store
    books.let_go(store)


def lines(store, day):
    with store.read() as session:
        return {line.category: line for line in due_for_review(Book(session), day)}


def test_each_kind_is_due_on_the_day_after_it_is_over_and_nothing_is_deleted(small):
    with small.transaction("Leave and show") as (session, _):
        people.person_leaves(session, 1, dt.date(2022, 7, 20))
        photo = {"on": DAY, "text": "Magnets", "attachment_id": 1, "consent_until": dt.date(2024, 1, 31)}
        records.add(session, t.Evidence, photo | {"permission": PermissionBasis.CONSENT})
    expected = {
        Category.PHOTO: dt.date(2024, 2, 1),
        Category.LEAVER: dt.date(2024, 9, 1),
        Category.ATTENDANCE: dt.date(2024, 9, 1),
        Category.MINUTES: dt.date(2025, 9, 1),
        Category.MONEY: dt.date(2028, 4, 1),
    }
    for category, day in expected.items():
        assert category not in lines(small, day - dt.timedelta(days=1))
        assert lines(small, day)[category].due_on == day
    leaver = lines(small, DAY)[Category.LEAVER]
    assert leaver.what == "Ann Lee"
    assert leaver.detail == "left 20 July 2022; claims kept until 31 March 2028"
    with small.read() as session:
        assert len(kept_until(Book(session), DAY)) == 5


def test_a_setting_of_the_scheme_decides_how_long(small):
    with small.transaction("Change a rule") as (session, _):
        longer = {"key": "attendance_kept_years", "value": "5", "starts_on": dt.date(2020, 9, 1)}
        records.add(session, t.SchemeSetting, longer)
    assert lines(small, dt.date(2027, 9, 1))[Category.ATTENDANCE].due_on == dt.date(2027, 9, 1)
    assert Category.ATTENDANCE not in lines(small, dt.date(2027, 8, 31))


def test_a_request_waits_with_its_last_day_until_it_is_answered(small):
    with small.transaction("Note a request") as (session, _):
        note_request(session, 1, DAY)
    with small.read() as session:
        (one,) = privacy_view(session, DAY).requests
    assert (one.name, one.asked_on, one.due_by) == ("Ann Lee", DAY, dt.date(2025, 7, 21))


def test_all_of_hers_is_told_with_history_and_files_and_no_other_name(small):
    with small.transaction("Correct person 1") as (session, _):
        records.change(session, t.Person, 1, {"notes": "Knows Ben Okafor", "email": "ann@alder.example"})
    with small.transaction("Delete a plan") as (session, _):
        plan = records.add(session, t.DevelopmentPlan, {"person_id": 1, "goal": "Lead a session"})
    with small.transaction("Delete a plan") as (session, _):
        records.remove(session, t.DevelopmentPlan, plan)
    told = subject_access(small, Asked(1, DAY), DAY)
    groups = {group.title: group.records for group in told.groups}
    assert {"People", "Attendance", "Cover claims", "Meetings"} <= set(groups)
    assert dict(groups["Cover claims"][0].facts)["Cost before VAT"] == "£90.00"
    assert dict(groups["Cover claims"][0].facts)["Approved by"] == ANOTHER
    (meeting,) = groups["Meetings"]  # only what names her, of a record that is not hers
    assert dict(meeting.facts)["Minutes"] == f"Ann Lee will ask {ANOTHER} and {ANOTHER}'s class."
    assert "Outcome" not in dict(meeting.facts)
    past = [(one.action, fact) for one in told.history for fact in one.facts]
    assert ("Correct person 1", "Work email: empty → ann@alder.example") in past
    assert ("Delete a plan", "Goal: Lead a session") in past
    assert [(one.name, inside.data) for one, inside in told.files] == [
        ("invoice.txt", b"Invoice for Ann Lee")
    ]
    said = repr((told.groups, told.history))
    assert "Okafor" not in said
    assert told.due_by == dt.date(2025, 7, 21)


def test_what_somebody_else_is_told_leaves_out_what_is_not_theirs(small):
    told = subject_access(small, Asked(2, DAY), DAY)
    groups = {group.title: group.records for group in told.groups}
    claim = dict(groups["Cover claims"][0].facts)
    assert claim["Approved by"] == "Ben Okafor"
    assert "Cost before VAT" not in claim
    assert claim["Notes"] == f"Ben Okafor and {ANOTHER} agreed it"
    assert "Attendance" not in groups
    assert "Ann Lee" not in repr((told.groups, told.history))


def test_somebody_whose_record_lies_in_the_bin_is_told_what_is_held_and_not_named_to_others(small):
    with small.transaction("Add person") as (session, _):
        cara = records.add(session, t.Person, {"name": "Cara Quill", "email": "cara@alder.example"})
        records.change(session, t.Meeting, 1, {"minutes": "Ann Lee and Cara Quill baked."})
    with small.transaction("Delete person 3") as (session, _):
        records.remove(session, t.Person, cara)
    with small.read() as session:
        assert list(deleted_people(session)) == [cara]
    told = subject_access(small, Asked(cara, DAY), DAY)
    assert told.name == "Cara Quill"
    groups = {group.title: group.records for group in told.groups}
    assert dict(groups["Meetings"][0].facts)["Minutes"] == f"{ANOTHER} and Cara Quill baked."
    assert ("Delete person 3", "Work email: cara@alder.example") in [
        (one.action, fact) for one in told.history for fact in one.facts
    ]
    other = subject_access(small, Asked(1, DAY), DAY)
    assert "Quill" not in repr((other.groups, other.history))
