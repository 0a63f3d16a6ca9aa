"""What the page Settings shows: the cluster, its agreements, the scheme, the calendar, who does what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.calendar import school_year, year_bounds, year_label
from models.exchange.sheets import SHEETS
from models.formats import MONTHS, NOT_ENTERED, clock, date_range, long_date
from models.holidays import bank_holidays, known_to
from models.queries.book import DAY_ENDS, DAY_STARTS, Book
from models.queries.changes import setting_words
from models.rules.scheme import RULE, Response, SettingSpec, catalogue
from models.rules.terms import PLACE, half_term_words
from models.services.starting import term_dates
from models.values import replace
from models.words import ClosureKind, RoleKind

CLUSTER_ROLES = (
    RoleKind.CLUSTER_LEAD,
    RoleKind.FINANCE,
    RoleKind.ADVISOR,
    RoleKind.DIRECTOR,
    RoleKind.STEERING_CHAIR,
    RoleKind.STEERING_MEMBER,
)
"""What people do for the cluster as a whole; what they do in a school stands with the school."""

GROUPS: Mapping[str, str] = {
    "R-COVER": "Cover",
    "R-MEET": "Meetings",
    "R-CLU": "Schools and agreement",
    "R-AGR": "Schools and agreement",
    "R-LEAD": "Money",
    "R-POT": "Money",
    "R-FUND": "Money",
    "R-TRAV": "Money",
    "R-CPD": "CPD and PSQM",
    "R-PSQM": "CPD and PSQM",
    "R-RES": "Resources",
    "R-LOAN": "Resources",
    "R-IMP": "Records",
    "R-DATA": "Records",
}
"""A heading for each family of rules."""


# -- the cluster


class ClusterView(Struct, frozen=True):
    """The cluster's own row in words.

    Attributes:
        id: its number; 0 in a book that has none yet.
        name: the cluster's name.
        facts: what is known of it: a title and the words.
    """

    id: int
    name: str
    facts: tuple[tuple[str, str], ...]


def cluster_view(session: Session) -> ClusterView:
    """The cluster, for its section."""
    found = Book(session).cluster
    if found is None:
        return ClusterView(0, "", ())
    day = f"{clock(found.day_starts or DAY_STARTS)} to {clock(found.day_ends or DAY_ENDS)}"
    usual = "" if found.day_starts or found.day_ends else " (the usual times)"
    return ClusterView(
        found.id or 0,
        found.name,
        (
            ("Programme", found.programme_name or NOT_ENTERED),
            ("Sponsor", found.sponsor_name or NOT_ENTERED),
            ("Vision", found.vision or NOT_ENTERED),
            ("How it began", found.origin or NOT_ENTERED),
            ("Between meetings", found.channel_link or NOT_ENTERED),
            ("School day", day + usual),
            ("Financial year", f"from 1 {MONTHS[found.financial_year_month - 1]}"),
        ),
    )


class AgreementRow(Struct, frozen=True):
    """An agreement with the sponsor."""

    id: int
    stage: int
    label: str
    starts_on: dt.date
    ends_on: dt.date
    pilot: bool
    state: str
    report_on: dt.date | None
    review: str
    application_on: dt.date | None
    application: str
    transition_on: dt.date | None

    @property
    def title(self) -> str:
        """`Stage 3: 1 September 2023 to 31 August 2025`."""
        return f"Stage {self.stage}: {date_range(self.starts_on, self.ends_on)}"


def agreement_rows(session: Session, today: dt.date) -> tuple[AgreementRow, ...]:
    """The agreements, the newest first."""
    book = Book(session)
    day = book.today(lambda: today)
    rows = sorted(book.rows(t.Agreement), key=lambda row: row.starts_on, reverse=True)
    return tuple(
        AgreementRow(
            row.id or 0, row.stage, row.stage_label, row.starts_on, row.ends_on, row.pilot,
            _state(row.starts_on, row.ends_on, day), row.report_on, row.review_result.label,
            row.application_on, row.application_result.label, row.transition_approved_on,
        )
        for row in rows
    )  # fmt: skip


def _state(starts_on: dt.date, ends_on: dt.date | None, day: dt.date) -> str:
    if day < starts_on:
        return "Coming"
    return "Past" if ends_on is not None and ends_on < day else "Now"


# -- the scheme


class RuleValue(Struct, frozen=True):
    """What a rule says from a day on.

    Attributes:
        id: the dated setting; 0 for what the guidance says.
        starts_on: the first day; None: from the beginning.
        words: the value in its unit; "" where the rule is only a response.
        response: what it does when it is broken.
        reason: why it was changed.
        now: this holds today.
    """

    id: int
    starts_on: dt.date | None
    words: str
    response: Response
    reason: str
    now: bool


class RuleRow(Struct, frozen=True):
    """A rule of the scheme, as it stands today.

    Attributes:
        number: its place in the catalogue, from 1.
        spec: its words, kind and guidance.
        group: the heading it stands under.
        now: what holds today.
        values: everything it has said or will say, newest first; the guidance's own is the last.
        stored: today's value as `SettingSpec.read` takes it.
        today: the day it is; in a sample book the day that it is told from.
    """

    number: int
    spec: SettingSpec
    group: str
    now: RuleValue
    values: tuple[RuleValue, ...]
    stored: str
    today: dt.date

    @property
    def key(self) -> str:
        """The setting's key."""
        return self.spec.key

    @property
    def changed(self) -> bool:
        """Whether the cluster has ever changed it."""
        return len(self.values) > 1


def rule_rows(session: Session, today: dt.date) -> tuple[RuleRow, ...]:
    """Every rule of the scheme in the order of the catalogue, with what it says today (R-AGR-6)."""
    book = Book(session)
    day = book.today(lambda: today)
    entered: dict[str, list[t.SchemeSetting]] = {}
    for row in sorted(book.rows(t.SchemeSetting), key=lambda one: one.starts_on):
        entered.setdefault(row.key, []).append(row)
    return tuple(
        _rule(number, spec, entered.get(spec.key, ()), day)
        for number, spec in enumerate(catalogue().values(), 1)
    )


def _rule(number: int, spec: SettingSpec, entered: Sequence[t.SchemeSetting], day: dt.date) -> RuleRow:
    usual = "" if spec.kind == RULE else spec.words(spec.default)
    values = [RuleValue(0, None, usual, spec.response, "", now=True)]
    stored = spec.write(spec.default)
    for row in entered:
        holds = row.starts_on <= day
        if holds:
            stored, values = row.value, [replace(value, now=False) for value in values]
        words = "" if spec.kind == RULE else setting_words(spec.key, row.value)
        response = row.response or values[-1].response
        values.append(RuleValue(row.id or 0, row.starts_on, words, response, row.reason, now=holds))
    now = next(value for value in values if value.now)
    return RuleRow(number, spec, group_of(spec), now, tuple(reversed(values)), stored, day)


def group_of(spec: SettingSpec) -> str:
    """The heading that a rule stands under."""
    return GROUPS[spec.rules[0].rpartition("-")[0]]


def rule_groups() -> tuple[str, ...]:
    """The headings, in the order in which they come."""
    return tuple(dict.fromkeys(group_of(spec) for spec in catalogue().values()))


# -- the calendar


class TermRow(Struct, frozen=True):
    """A half-term."""

    id: int
    place: tuple[int, int]
    name: str
    starts_on: dt.date
    ends_on: dt.date
    school_days: int


def term_rows(session: Session, year: int) -> tuple[TermRow, ...]:
    """The half-terms of a school year, in order, with how many days schools are open."""
    book = Book(session)
    calendar = book.calendar()
    rows = [row for row in book.rows(t.SchoolTerm) if row.school_year == year]
    made = (
        TermRow(
            row.id or 0, (PLACE[row.term], row.half), half_term_words(row.term, row.half),
            row.starts_on, row.ends_on,
            sum(map(calendar.is_school_day, _days(row.starts_on, row.ends_on))),
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.place))


def _days(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


class ClosedRow(Struct, frozen=True):
    """A day on which schools are closed."""

    id: int
    on: dt.date
    kind: ClosureKind
    name: str
    school: str


def closed_rows(session: Session, year: int) -> tuple[ClosedRow, ...]:
    """The closed days of a school year, in order."""
    book, (first, last) = Book(session), year_bounds(year)
    schools = book.school_rows
    return tuple(
        ClosedRow(
            row.id or 0, row.on, row.kind, row.name, schools[row.school_id].name if row.school_id else ""
        )
        for row in sorted(book.rows(t.ClosedDay), key=lambda one: (one.on, one.school_id or 0))
        if first <= row.on <= last
    )


class CalendarState(Struct, frozen=True):
    """What can be brought into a school year's calendar, and what it lacks.

    Attributes:
        year: the school year.
        usual: the usual term dates of that year came with Clusterbook and can be entered.
        last_year: last year's dates can be copied.
        holidays: so many bank holidays can be entered.
        terms_missing: what is missing of the term dates, a sentence each.
        holidays_missing: what is missing of the bank holidays.
    """

    year: int
    usual: bool
    last_year: bool
    holidays: int
    terms_missing: tuple[str, ...] = ()
    holidays_missing: tuple[str, ...] = ()


def calendar_state(session: Session, year: int, today: dt.date) -> CalendarState:
    """What the calendar of a school year lacks, and of the coming one, when that is near (F6.3)."""
    book = Book(session)
    day = book.today(lambda: today)
    years = {row.school_year for row in book.rows(t.SchoolTerm)}
    first, last = year_bounds(year)
    there = {row.on for row in book.rows(t.ClosedDay) if row.school_id is None}
    missing = [on for on in bank_holidays(first, last) if on not in there] if last <= known_to() else []
    return CalendarState(
        year,
        usual=year not in years and bool(term_dates(year)),
        last_year=year not in years and year - 1 in years,
        holidays=len(missing),
        terms_missing=tuple(_terms_missing(years, year, day)),
        holidays_missing=tuple(_holidays_missing(book, day)),
    )


def _terms_missing(years: set[int], year: int, day: dt.date) -> Iterable[str]:
    coming = school_year(day) + 1
    for one in dict.fromkeys((year, school_year(day), coming)):
        if one not in years and school_year(day) <= one <= coming:
            yield f"There are no term dates of {year_label(one)} yet: without them any weekday counts."


def _holidays_missing(book: Book, day: dt.date) -> Iterable[str]:
    coming = school_year(day) + 1
    entered = {school_year(row.on) for row in book.rows(t.ClosedDay) if row.kind is ClosureKind.BANK_HOLIDAY}
    _, last = year_bounds(coming)
    if last > known_to() and coming not in entered:
        yield (
            f"Clusterbook knows the bank holidays up to {long_date(known_to())}: enter those after it by "
            "hand, or bring Clusterbook up to date."
        )


# -- who does what


class RoleRow(Struct, frozen=True):
    """A role for the cluster."""

    id: int
    kind: RoleKind
    name: str
    place: str
    email: str
    phone: str
    starts_on: dt.date
    ends_on: dt.date | None
    handover_note: str
    state: str


def role_rows(session: Session, today: dt.date) -> tuple[RoleRow, ...]:
    """The roles for the cluster as a whole: those of today first, each kind in its place."""
    book = Book(session)
    day = book.today(lambda: today)
    schools = book.school_rows
    people = {row.id or 0: row for row in book.rows(t.Person)}
    made = []
    for row in book.rows(t.Role):
        if row.kind in CLUSTER_ROLES:
            who = people[row.person_id]
            school_id = row.school_id or who.school_id
            place = schools[school_id].name if school_id else who.organisation
            state = _state(row.starts_on, row.ends_on, day)
            made.append(
                RoleRow(
                    row.id or 0, row.kind, who.name, place, who.email, who.phone, row.starts_on, row.ends_on,
                    row.handover_note, state,
                )
            )  # fmt: skip
    made.sort(key=lambda one: one.starts_on, reverse=True)
    states = ("Now", "Coming", "Past")
    return tuple(sorted(made, key=lambda one: (states.index(one.state), CLUSTER_ROLES.index(one.kind))))


class Appointing(Struct, frozen=True):
    """What the form that gives somebody a role offers: everybody who has not left, and the day it is."""

    names: tuple[str, ...]
    today: dt.date


def appointing(session: Session, today: dt.date) -> Appointing:
    """What the form needs that gives somebody a role."""
    people = t.metadata.tables["person"]
    query = select(people.c.name).where(people.c.left_on.is_(None)).order_by(people.c.name)
    names = tuple(session.connection().scalars(query))
    return Appointing(names, Book(session).today(lambda: today))


# -- what the book holds


def holdings(session: Session) -> tuple[tuple[str, int], ...]:
    """How many records of each kind the book holds, in the order of the workbook's sheets; none left out."""
    run = session.connection()
    counts = ((sheet.title, run.scalar(select(func.count()).select_from(sheet.table))) for sheet in SHEETS)
    return tuple((title, int(number or 0)) for title, number in counts)
