"""The .ics file: what a calendar program reads in it."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlmodel import select

from models import tables as t
from models.queries.diary import Appointment, Diary, diary_of_cpd, diary_of_meeting, diary_of_year
from reports.calendar import calendar_bytes, write_calendar
from tests import books

MADE = dt.datetime(2025, 1, 6, 12, tzinfo=dt.UTC)
LONDON = ZoneInfo("Europe/London")
MEETING = Appointment(
    uid="meeting-3@book.clusterbook",
    title="Sound; and, hearing",
    on=dt.date(2025, 1, 22),
    starts_at=dt.time(13, 15),
    ends_at=dt.time(15, 30),
    place="Millbrook C of E Primary School",
    link="https://meet.example/1",
    lines=("Plan the spring.", "• Starter swap"),
)


def read(*appointments):
    data = calendar_bytes(Diary("Tidewater", appointments), MADE)
    calendar = Calendar.from_ical(data)
    return data, calendar, calendar.walk("VEVENT")


def test_a_meeting_is_at_its_hour_in_london_with_place_and_agenda():
    _, calendar, (event,) = read(MEETING)
    assert calendar["X-WR-CALNAME"] == "Tidewater"
    assert event.decoded("dtstart") == dt.datetime(2025, 1, 22, 13, 15, tzinfo=LONDON)
    assert event.decoded("dtend") == dt.datetime(2025, 1, 22, 15, 30, tzinfo=LONDON)
    assert (str(event["summary"]), str(event["location"])) == (
        "Sound; and, hearing", "Millbrook C of E Primary School",
    )  # fmt: skip
    assert str(event["description"]) == "Plan the spring.\n• Starter swap"
    assert (event["url"], event["status"]) == ("https://meet.example/1", "CONFIRMED")


@pytest.mark.parametrize(
    ("day", "offset"), [(dt.date(2025, 1, 22), 0), (dt.date(2025, 6, 10), 1), (dt.date(2025, 10, 26), 0)]
)
def test_the_zone_in_the_file_gives_the_right_hour_in_winter_and_summer(day, offset):
    _, calendar, _ = read(MEETING)
    (zone,) = calendar.walk("VTIMEZONE")
    local = dt.datetime.combine(day, dt.time(13, 15), zone.to_tz(lookup_tzid=False))
    assert local.utcoffset() == dt.timedelta(hours=offset)


def test_lines_are_folded_and_end_as_the_standard_asks():
    data, _, _ = read(MEETING)
    lines = data.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(map(len, lines)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_meeting_without_times_takes_the_day_without_filling_it():
    _, calendar, (event,) = read(Appointment("a", "Visit", dt.date(2025, 3, 4), None, None))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2025, 3, 4), dt.date(2025, 3, 5))
    assert event["transp"] == "TRANSPARENT"
    assert calendar.walk("VTIMEZONE") == []


def test_a_meeting_without_an_end_has_none_and_a_cancelled_one_says_so():
    _, _, (event,) = read(Appointment("a", "Visit", dt.date(2025, 3, 4), dt.time(9), None, sure=False))
    assert "dtend" not in event
    assert event["status"] == "CANCELLED"


def test_the_same_book_makes_the_same_bytes():
    assert read(MEETING)[0] == read(MEETING)[0]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = books.sample_in(tmp_path_factory.mktemp("sample"))
    yield store
    books.let_go(store)


def test_a_year_has_every_meeting_and_every_cpd_session_once(sample):
    with sample.read() as session:
        diary = diary_of_year(session, 2024)
    assert diary.name == "Brindlemere Primary Science Cluster"
    assert len(diary.appointments) == 14
    assert len({one.uid for one in diary.appointments}) == 14
    assert [one.on for one in diary.appointments] == sorted(one.on for one in diary.appointments)
    assert [one.title for one in diary.appointments if one.uid.startswith("cpd-")][1] == (
        "CPD: Talk first, write later (Brindlemere Primary Science Cluster)"
    )


def test_one_meeting_has_the_same_uid_alone_and_in_its_year(sample):
    with sample.read() as session:
        (alone,) = diary_of_meeting(session, 22).appointments
        assert alone in diary_of_year(session, 2024).appointments
        (cpd,) = diary_of_cpd(session, 5).appointments
        assert cpd in diary_of_year(session, 2024).appointments
        assert diary_of_meeting(session, 999).appointments == ()
    assert alone.uid.startswith("meeting-22@")
    assert alone.place == "Brindlemere Town Hall, committee room"


def test_no_person_is_named_in_a_diary(sample):
    with sample.read() as session:
        data = calendar_bytes(diary_of_year(session, 2024), MADE).decode()
        people = [row.name for row in session.exec(select(t.Person))]
    assert not [name for name in people if name in data]


def test_it_is_written_whole_or_not_at_all(tmp_path: Path):
    path = tmp_path / "meetings.ics"
    write_calendar(Diary("Tidewater", (MEETING,)), path, MADE)
    assert path.read_bytes() == read(MEETING)[0]
    with pytest.raises(OSError, match="No such file"):
        write_calendar(Diary("Tidewater", ()), tmp_path / "nowhere" / "meetings.ics", MADE)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["meetings.ics"]
