"""All that a review pack prints, asked in one go: a frozen snapshot of one moment (R-REV-1, R-REV-7)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import SchoolCalendar
from models.errors import AppError
from models.queries.account import FundYear, fund_years, other_funding
from models.queries.attachments import content
from models.queries.bank import BankYear, bank_year
from models.queries.book import Book
from models.queries.capacity import (
    MarkLine,
    NextYear,
    People,
    RequestLine,
    mark_lines,
    next_year,
    people_of,
    request_lines,
)
from models.queries.classrooms import Classrooms, classrooms
from models.queries.cover import CoverYear, cover_year
from models.queries.cpd import CpdYear, cpd_year
from models.queries.frozen import Since, next_number, since
from models.queries.headline import Headline, headline
from models.queries.impact import ImpactYear, impact_year
from models.queries.issues import Issues, issues
from models.queries.lead import LeadSchool, lead_school
from models.queries.match import match_of
from models.queries.meetings import MeetingYear, meeting_year
from models.queries.members import Members, Profile, members, profile
from models.queries.photos import Photo, photos_of
from models.queries.readiness import PartReadiness, arrangement_of, readiness
from models.queries.released import unclaimed_number
from models.queries.served import AimsYear, aims_year
from models.queries.warnings import year_verdicts
from models.rules.arrangement import USUAL, Arrangement
from models.rules.funding import MatchFunding, OtherFundingFact
from models.rules.review import Check, PackPeriod, check, pack_period
from models.rules.scheme import Scheme
from models.rules.verdict import Verdict
from models.values import replace
from models.words import FundKind, PackNoteKind


class Words(Struct, frozen=True):
    """The lead's own words for a year's pack, each in order; empty where none were entered."""

    foreword: str
    successes: tuple[str, ...]
    difficulties: tuple[str, ...]
    asks: tuple[str, ...]


class IssuedAs(Struct, frozen=True):
    """That a pack is being handed over: its number in the book, and when."""

    pack_number: int
    on: dt.date


class PackData(Struct, frozen=True):
    """A review pack's data. Every part reads from here, so a figure has one value on all pages.

    `earlier` are the headline figures of the year before, where the book has that year (R-AGR-5);
    `scheme` and `calendar` are those that the year's figures were worked out with. `unclaimed` counts the
    releases in the registers for which no claim was made (R-COVER-10): no figure of `cover` has them.
    `arrangement` is the order in which the lead wants the parts; `logo` a PNG or JPEG for the cover. `issued`
    is set for a pack that is being issued, `since` where one of this year was issued before: what is
    different from it (R-REV-3).
    """

    profile: Profile
    period: PackPeriod
    scheme: Scheme
    calendar: SchoolCalendar
    version: int
    headline: Headline
    earlier: Headline | None
    words: Words
    members: Members
    meetings: MeetingYear
    cover: CoverYear
    unclaimed: int
    funds: tuple[FundYear, ...]
    lead: LeadSchool
    cpd: CpdYear
    bank: BankYear
    issues: Issues
    aims: AimsYear
    impact: ImpactYear
    classrooms: Classrooms
    marks: tuple[MarkLine, ...]
    psqm_requests: tuple[RequestLine, ...]
    people: People
    next_year: NextYear
    match: MatchFunding
    other_funding: tuple[OtherFundingFact, ...]
    verdicts: tuple[Verdict, ...]
    check: Check
    readiness: tuple[PartReadiness, ...]
    arrangement: Arrangement = USUAL
    logo: bytes | None = None
    photos: tuple[Photo, ...] = ()
    issued: IssuedAs | None = None
    since: Since | None = None

    @property
    def version_words(self) -> str:
        """`version 2`; of a paper that is not issued `draft of version 2` (R-REV-3)."""
        return f"version {self.version}" if self.issued else f"draft of version {self.version}"

    @property
    def pot(self) -> FundYear | None:
        """The cluster pot; None: it is not entered."""
        return next((one for one in self.funds if one.kind is FundKind.POT), None)


def pack_words(book: Book, year: int) -> Words:
    """The words that the lead wrote for a year's pack."""
    rows = sorted(book.rows(t.PackNote), key=lambda row: (row.position, row.id))

    def of(kind: PackNoteKind) -> tuple[str, ...]:
        return tuple(row.text for row in rows if row.school_year == year and row.kind is kind)

    return Words(
        foreword="\n\n".join(of(PackNoteKind.FOREWORD)),
        successes=of(PackNoteKind.SUCCESS),
        difficulties=of(PackNoteKind.DIFFICULTY),
        asks=of(PackNoteKind.ASK),
    )


def next_version(book: Book, year: int) -> int:
    """The version that a pack of this year would be issued as (R-REV-3)."""
    return 1 + max((row.version for row in book.rows(t.IssuedPack) if row.school_year == year), default=0)


def logo_of(book: Book) -> bytes | None:
    """The cluster's logo, a PNG or a JPEG; None: it has none, or it is damaged in the book."""
    logo_id = book.cluster.logo_id if book.cluster else None
    if logo_id is None:
        return None
    try:
        return content(book.session, logo_id).data
    except AppError:
        return None


def pack_data(book: Book, year: int, pack_date: dt.date, *, photographs: bool = True) -> PackData:
    """Everything a pack of a school year prints, as of `pack_date` (R-REV-1); without photographs at once.

    Raises:
        BadInput: the school year has not begun on that date.
    """
    period = pack_period(year, pack_date)
    day = period.data_to
    verdicts = year_verdicts(book, year, day)
    impact = impact_year(book, year, day)
    data = PackData(
        profile=profile(book, year, day),
        period=period,
        scheme=book.scheme_of(year),
        calendar=book.calendar(),
        version=next_version(book, year),
        headline=headline(book, year, day),
        earlier=headline(book, year - 1, day) if year - 1 in book.years else None,
        words=pack_words(book, year),
        members=members(book, year, day),
        meetings=meeting_year(book, year, day),
        cover=cover_year(book, year, day),
        unclaimed=unclaimed_number(book, year, day),
        funds=fund_years(book, year, day),
        lead=lead_school(book, year, day),
        cpd=cpd_year(book, year, day),
        bank=bank_year(book, year, day),
        issues=issues(book, year, day),
        aims=aims_year(book, year, day),
        impact=impact,
        photos=photos_of(book, impact.evidence) if photographs else (),
        classrooms=classrooms(book, year, day),
        marks=mark_lines(book, day),
        psqm_requests=request_lines(book, year, day),
        people=people_of(book, day),
        next_year=next_year(book, year),
        match=match_of(book, year, day),
        other_funding=other_funding(book, day),
        verdicts=verdicts,
        check=check(verdicts),
        readiness=readiness(book, year, day),
        arrangement=arrangement_of(book, year),
        logo=logo_of(book),
    )
    return replace(data, since=since(book, data))


def data_to_issue(
    book: Book, year: int, pack_date: dt.date, issued_on: dt.date, *, photographs: bool = True
) -> PackData:
    """What a pack prints that is issued now, with its number and its day on it (R-REV-3).

    Raises:
        BadInput: the school year has not begun on that date.
    """
    data = pack_data(book, year, pack_date, photographs=photographs)
    return replace(data, issued=IssuedAs(next_number(book), issued_on))
