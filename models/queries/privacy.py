"""What is due for a look because its time is over, who has left, who asked what is held (R-DATA-1).

Nothing is deleted because it is listed here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_label
from models.formats import count, listed, long_date
from models.queries.book import Book
from models.rules.impact import lapsed
from models.rules.privacy import (
    Category,
    end_of_financial_year,
    former_number,
    leaver_until,
    money_until,
    survey_until,
    year_until,
)
from models.rules.scheme import Scheme
from models.rules.verdict import About
from models.services.privacy import ASKED, due_by

DAY = dt.timedelta(days=1)


class DueLine(Struct, frozen=True):
    """Something that is kept until a day, to be looked at after it.

    Attributes:
        category: why it is kept.
        what: “Attendance of 2021 to 2022”, or a person's name.
        detail: how much it is, and what else to know.
        due_on: the day after the last on which it is to be kept.
        about: its first record.
    """

    category: Category
    what: str
    detail: str
    due_on: dt.date
    about: About


class Leaver(Struct, frozen=True):
    """Somebody who has left and still has a name in the book.

    Attributes:
        until: how long the name is to stay, by the setting.
        claims_until: how long the papers of the last claim for the person are kept; None: there is none.
    """

    id: int
    name: str
    school: str
    left_on: dt.date
    until: dt.date
    claims_until: dt.date | None


class Request(Struct, frozen=True):
    """Somebody asked what is held and has no answer yet."""

    contact_id: int
    person_id: int
    name: str
    asked_on: dt.date
    due_by: dt.date


class PrivacyView(Struct, frozen=True):
    """What the section Privacy shows.

    Attributes:
        today: the day it is.
        kept: how long each kind of record is kept, in words.
        due: what is due for a look, the longest due first.
        next_due: what comes next; None: nothing is known to come.
        leavers: everybody who has left, the first to leave first.
        nameless: by id, what stands for the names of those whose name was taken away.
        requests: the requests without an answer, the most pressing first.
    """

    today: dt.date
    kept: tuple[tuple[str, str], ...]
    due: tuple[DueLine, ...]
    next_due: DueLine | None
    leavers: tuple[Leaver, ...]
    nameless: Mapping[int, str]
    requests: tuple[Request, ...]


def privacy_view(session: Session, today: dt.date) -> PrivacyView:
    """Everything of the section Privacy that the records say."""
    book = Book(session)
    day = book.today(lambda: today)
    lines = kept_until(book, day)
    return PrivacyView(
        today=day,
        kept=tuple(_kept_words(book, book.scheme(day))),
        due=tuple(line for line in lines if line.due_on <= day),
        next_due=next((line for line in lines if line.due_on > day), None),
        leavers=leavers(book, day),
        nameless={row.id or 0: row.name for row in book.rows(t.Person) if former_number(row.name)},
        requests=requests(book),
    )


def due_for_review(book: Book, today: dt.date) -> tuple[DueLine, ...]:
    """What is due for a look, the longest due first; it stays in the book until somebody decides."""
    return tuple(line for line in kept_until(book, today) if line.due_on <= today)


def kept_until(book: Book, today: dt.date) -> tuple[DueLine, ...]:
    """Everything that is kept for a time, by the day on which that is over (R-DATA-1)."""
    scheme = book.scheme(today)
    found = [
        *_money(book, scheme),
        *_attendance(book, scheme),
        *_minutes(book, scheme),
        *_slips(book, scheme),
        *_photos(book),
        *(_leaver_line(one) for one in leavers(book, today)),
    ]
    return tuple(sorted(found, key=lambda line: (line.due_on, line.category.label, line.what)))


def leavers(book: Book, today: dt.date) -> tuple[Leaver, ...]:
    """Those who have left by a day and still have a name, the first to leave first (R-DATA-4)."""
    scheme, month = book.scheme(today), _financial_month(book)
    covered: dict[int, dt.date] = {}
    for row in book.rows(t.CoverClaim):
        last = covered.get(row.person_id, row.cover_on)
        covered[row.person_id] = max(last, row.cover_on)
    found = [
        Leaver(
            id=row.id or 0,
            name=row.name,
            school=book.school_name(row.school_id) or row.organisation,
            left_on=row.left_on,
            until=leaver_until(row.left_on, scheme.leavers_kept_years),
            claims_until=(
                money_until(covered[row.id or 0], month, scheme.money_kept_years)
                if row.id in covered
                else None
            ),
        )
        for row in book.rows(t.Person)
        if row.left_on is not None and row.left_on <= today and former_number(row.name) is None
    ]
    return tuple(sorted(found, key=lambda one: (one.left_on, one.name.casefold())))


def requests(book: Book) -> tuple[Request, ...]:
    """The requests to see what is held that are noted in the contacts log and not closed."""
    found = [
        Request(row.id or 0, row.person_id, book.person_name(row.person_id), row.on, due_by(row.on))
        for row in book.rows(t.ContactLog)
        if row.person_id is not None and row.closed_on is None and row.summary.startswith(ASKED)
    ]
    return tuple(sorted(found, key=lambda one: (one.due_by, one.contact_id)))


def _financial_month(book: Book) -> int:
    return book.cluster.financial_year_month if book.cluster else 4


def _money(book: Book, scheme: Scheme) -> Iterator[DueLine]:
    month = _financial_month(book)
    claims, entries = book.rows(t.CoverClaim), book.rows(t.FundEntry)
    dated = [(row.cover_on, About("cover_claim", row.id or 0)) for row in claims]
    dated += [(row.on, About("fund_entry", row.id or 0)) for row in entries]
    years: dict[dt.date, list[About]] = defaultdict(list)
    for on, about in sorted(dated):
        years[end_of_financial_year(on, month)].append(about)
    files = {
        (table, getattr(row, column))
        for row in book.rows(t.Attachment)
        for table, column in (("cover_claim", "claim_id"), ("fund_entry", "fund_entry_id"))
        if getattr(row, column) is not None
    }
    for ends, abouts in years.items():
        papers = sum((one.table, one.id) in files for one in abouts)
        parts = [count(sum(one.table == "cover_claim" for one in abouts), "cover claim")]
        parts += [count(sum(one.table == "fund_entry" for one in abouts), "fund entry", "fund entries")]
        parts += [f"{papers:,} with files"] if papers else []
        until = money_until(ends, month, scheme.money_kept_years)
        what = f"Claims and money of the financial year to {long_date(ends)}"
        yield DueLine(Category.MONEY, what, listed(parts), until + DAY, abouts[0])


def _attendance(book: Book, scheme: Scheme) -> Iterator[DueLine]:
    named = {row.id for row in book.rows(t.Person) if former_number(row.name) is None}
    held = {row.id: school_year(row.held_on) for row in book.rows(t.Meeting)}
    given = {row.id: school_year(row.held_on) for row in book.rows(t.CpdSession)}
    marks: dict[int, list[About]] = defaultdict(list)
    for row in book.rows(t.Attendance):
        if row.person_id in named:
            marks[held[row.meeting_id]].append(About("meeting", row.meeting_id))
    for booking in book.rows(t.CpdBooking):
        if booking.person_id in named:
            marks[given[booking.cpd_session_id]].append(About("cpd_session", booking.cpd_session_id))
    for year, abouts in marks.items():
        due = year_until(year, scheme.attendance_kept_years) + DAY
        detail = f"{count(len(abouts), 'mark or booking', 'marks and bookings')} with a name"
        yield DueLine(Category.ATTENDANCE, f"Attendance of {year_label(year)}", detail, due, abouts[0])


def _minutes(book: Book, scheme: Scheme) -> Iterator[DueLine]:
    topics = {row.meeting_id for row in book.rows(t.AgendaItem) if row.minutes}
    written: dict[int, list[About]] = defaultdict(list)
    for row in book.rows(t.Meeting):
        if row.minutes or row.id in topics:
            written[school_year(row.held_on)].append(About("meeting", row.id or 0))
    for year, abouts in written.items():
        due = year_until(year, scheme.minutes_kept_years) + DAY
        detail = f"of {count(len(abouts), 'meeting')}"
        yield DueLine(Category.MINUTES, f"Minutes of {year_label(year)}", detail, due, abouts[0])


def _slips(book: Book, scheme: Scheme) -> Iterator[DueLine]:
    """Slips of the years whose pack has been issued: until then they are at work."""
    issued: dict[int, dt.date] = {}
    for pack in book.rows(t.IssuedPack):
        issued[pack.school_year] = max(issued.get(pack.school_year, pack.issued_on), pack.issued_on)
    sessions = {row.id: school_year(row.held_on) for row in book.rows(t.CpdSession)}
    slips: dict[int, list[About]] = defaultdict(list)
    for answer in book.rows(t.ConfidenceAnswer):
        slips[answer.school_year].append(About("confidence_answer", answer.id or 0))
    for slip in book.rows(t.CpdEvaluation):
        slips[sessions[slip.cpd_session_id]].append(About("cpd_session", slip.cpd_session_id))
    for bar in book.rows(t.BarSlip):
        slips[bar.school_year].append(About("bar_slip", bar.id or 0))
    for year in sorted(issued.keys() & slips.keys()):
        due = survey_until(issued[year], scheme.survey_kept_years) + DAY
        detail = f"{count(len(slips[year]), 'answer')}, without names"
        yield DueLine(Category.SURVEY, f"Slips of {year_label(year)}", detail, due, slips[year][0])


def _photos(book: Book) -> Iterator[DueLine]:
    for row in book.rows(t.Evidence):
        if row.attachment_id is None or row.consent_until is None:
            continue
        if lapsed(row.permission, row.consent_until, dt.date.max) is not None:
            detail = f"consent until {long_date(row.consent_until)}: ask again, or take it out"
            about = About("evidence", row.id or 0)
            yield DueLine(Category.PHOTO, f"Photograph {row.code}", detail, row.consent_until + DAY, about)


def _leaver_line(one: Leaver) -> DueLine:
    detail = f"left {long_date(one.left_on)}"
    if one.claims_until is not None and one.claims_until > one.until:
        detail += f"; claims kept until {long_date(one.claims_until)}"
    return DueLine(Category.LEAVER, one.name, detail, one.until + DAY, About("person", one.id))


def _kept_words(book: Book, scheme: Scheme) -> Iterable[tuple[str, str]]:
    month = "April" if _financial_month(book) == 4 else "September"
    yearly = f"{{}} after the financial year, which begins in {month}"
    if _financial_month(book) not in {4, 9}:
        yearly = "{} after the cluster’s financial year"
    after = "{} after the school year"
    return (
        (Category.MONEY.label, yearly.format(_years(scheme.money_kept_years))),
        (Category.ATTENDANCE.label, after.format(_years(scheme.attendance_kept_years))),
        (Category.MINUTES.label, after.format(_years(scheme.minutes_kept_years))),
        (Category.SURVEY.label, f"{_years(scheme.survey_kept_years)} after the year’s pack was issued"),
        ("Files", "as long as the record they belong to"),
        ("Photographs", "as long as the consent for them lasts"),
        (
            Category.LEAVER.label,
            f"{_years(scheme.leavers_kept_years)} after the school year in which they left",
        ),
    )


def _years(number: int) -> str:
    return count(number, "year")
