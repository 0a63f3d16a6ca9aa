"""Meetings as an .ics file, for the calendars of the schools (RFC 5545).

Every school of a cluster is in the United Kingdom, so times are those of Europe/London, and the file brings
that zone along: a calendar that does not know it still shows the right hour.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from models.queries.diary import Appointment, Diary
from reports.disk import write_atomic

SUFFIX = ".ics"
ZONE = "Europe/London"
_LONDON = ZoneInfo(ZONE)
_HOUR = dt.timedelta(hours=1)


def calendar_bytes(diary: Diary, made_at: dt.datetime) -> bytes:
    """A diary as the bytes of an .ics file.

    Args:
        diary: what is in it.
        made_at: this moment, in UTC; calendars take the newer of two versions of an appointment.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Clusterbook//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if diary.name:
        calendar.add("x-wr-calname", diary.name)
    if any(one.starts_at is not None for one in diary.appointments):
        calendar.add_component(_london())
    for one in diary.appointments:
        calendar.add_component(_event(one, made_at))
    return bytes(calendar.to_ical())


def write_calendar(diary: Diary, path: Path, made_at: dt.datetime) -> None:
    """Write an .ics file, whole or not at all.

    Raises:
        OSError: it could not be written there.
    """
    write_atomic(path, calendar_bytes(diary, made_at))


def _event(one: Appointment, made_at: dt.datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", made_at)
    event.add("summary", one.title)
    if one.starts_at is None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a day with no hours must not look full
    else:
        event.add("dtstart", dt.datetime.combine(one.on, one.starts_at, _LONDON))
        if one.ends_at is not None:
            event.add("dtend", dt.datetime.combine(one.on, one.ends_at, _LONDON))
    if one.place:
        event.add("location", one.place)
    if one.link:
        event.add("url", one.link)
    if one.lines:
        event.add("description", "\n".join(one.lines))
    event.add("status", "CONFIRMED" if one.sure else "CANCELLED")
    return event


def _london() -> Timezone:
    """The zone with its rule: summer time from the last Sunday of March to that of October, at 1am UTC."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, month, hour, before, after in (
        (summer, "BST", 3, 1, dt.timedelta(), _HOUR),
        (winter, "GMT", 10, 2, _HOUR, dt.timedelta()),
    ):
        part.add("tzname", name)
        part.add("dtstart", dt.datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 (local)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
