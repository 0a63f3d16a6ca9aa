"""The list of schools: who belongs to the cluster, who leads science there, what is still wanted of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from msgspec import Struct
from sqlalchemy import func, select
from sqlmodel import Session, col

from models import tables as t
from models.calendar import year_bounds
from models.formats import count
from models.queries.book import Book, remembered
from models.rules.checklists import SAID_NOTHING, SchoolPapers
from models.rules.cluster import MembershipFact, gives_input
from models.rules.cover_facts import LIVE
from models.rules.leads import SslSpell, ssl_on
from models.rules.schools import records_of_one_school
from models.values import replace
from models.words import Answer, ClaimState, Phase, RoleKind, Word

Clock = Callable[[], dt.date]
UNSETTLED = (*LIVE, ClaimState.APPROVED)


class Standing(Word):
    """How a school belongs to the cluster on a day."""

    MEMBER = "member", "Member"
    AT_RISK = "at_risk", "At risk"
    JOINING = "joining", "Joins later"
    LEAVING = "leaving", "Leaving"
    LEFT = "left", "Left"
    EARLIER = "earlier", "Earlier record"
    NONE = "none", "Not a member"

    @property
    def inside(self) -> bool:
        """It is a member on the day."""
        return self in {Standing.MEMBER, Standing.AT_RISK, Standing.LEAVING}


class Successor(Struct, frozen=True):
    """The school that took the place of one that left, and from when."""

    id: int
    name: str
    joined_on: dt.date


class SchoolRow(Struct, frozen=True):
    """A line of the list.

    Attributes:
        standing: as of the day asked about, the year's last day at the latest.
        joined_on: first day of its latest spell, None if it never was a member.
        left_on: last day of that spell.
        ssl: its science subject leader on the day; "" if none is entered.
        roll: pupils; None is not entered.
        wants: what is still to be entered or done, each a short clause.
        private: it has extra support, which is only ever counted elsewhere (R-CLU-15).
        successor: which school took its place after it left (R-CLU-9); None if it stayed empty.
    """

    id: int
    name: str
    short_name: str
    phase: Phase
    urn: str
    roll: int | None
    address: str
    standing: Standing
    joined_on: dt.date | None
    left_on: dt.date | None
    is_lead: bool
    ssl: str
    wants: tuple[str, ...] = ()
    private: bool = False
    successor: Successor | None = None


def shown_day(book: Book, year: int, today: Clock) -> dt.date:
    """The day as of which a school year is shown: today, or its last day once it is over."""
    return min(book.today(today), year_bounds(year)[1])


def school_rows(session: Session, year: int, today: Clock = dt.date.today) -> tuple[SchoolRow, ...]:
    """Every school, members first, as it stands on the day that a school year is shown."""
    book = Book(session)
    day = shown_day(book, year, today)
    rows = [row_of(book, school_id, year, day) for school_id in book.school_rows]
    order = {standing: place for place, standing in enumerate(Standing)}
    last = (Standing.LEFT, Standing.EARLIER, Standing.NONE)
    return tuple(
        sorted(
            rows, key=lambda row: (order[row.standing] if row.standing in last else 0, row.name.casefold())
        )
    )


def row_of(book: Book, school_id: int, year: int, day: dt.date) -> SchoolRow:
    """One school as the list has it."""
    school = book.school_rows[school_id]
    spell, standing = standing_on(book, school_id, day)
    lead = book.lead_school(day)
    ssl = ssl_on(_ssl_spells(book, day), school_id, day)
    row = SchoolRow(
        id=school_id,
        name=school.name,
        short_name=school.short_name or school.name,
        phase=school.phase,
        urn=school.urn or "",
        roll=school.number_on_roll,
        address=school.address,
        standing=standing,
        joined_on=spell.joined_on if spell else None,
        left_on=spell.left_on if spell else None,
        is_lead=lead is not None and lead.school_id == school_id,
        ssl=book.person_name(ssl.person_id) if ssl else "",
        private=school.extra_support,
        successor=_successor(book, school_id, spell),
    )
    return replace(row, wants=_wants(book, row, spell, year, day))


def _successor(book: Book, school_id: int, spell: MembershipFact | None) -> Successor | None:
    if spell is None or spell.left_on is None:
        return None
    found = [
        one for one in book.memberships if one.replaces_id == school_id and one.joined_on > spell.joined_on
    ]
    last = max(found, key=lambda one: one.joined_on, default=None)
    return Successor(last.school_id, last.school, last.joined_on) if last else None


@remembered
def _earlier(book: Book) -> frozenset[int]:
    """The records that a newer one of the same school has followed (R-DATA-6)."""
    return frozenset(key for line in records_of_one_school(book.schools.values()) for key in line[:-1])


@remembered
def _ssl_spells(book: Book, day: dt.date) -> tuple[SslSpell, ...]:
    return book.ssl_spells(day)


@remembered
def _latest(book: Book, day: dt.date) -> Mapping[int, MembershipFact]:
    """Each school's latest spell: one that has begun by the day, else the first that begins after it."""
    found: dict[int, MembershipFact] = {}
    for spell in sorted(book.memberships, key=lambda one: one.joined_on, reverse=True):
        held = found.get(spell.school_id)
        if held is None or held.joined_on > day:
            found[spell.school_id] = spell
    return found


def standing_on(book: Book, school_id: int, day: dt.date) -> tuple[MembershipFact | None, Standing]:
    """How a school belongs on a day, with the spell that says so."""
    spell = _latest(book, day).get(school_id)
    if school_id in _earlier(book) and (spell is None or not spell.on(day)):
        return spell, Standing.EARLIER
    if spell is None:
        return None, Standing.NONE
    if spell.joined_on > day:
        return spell, Standing.JOINING
    if spell.left_on is not None:
        return spell, Standing.LEAVING if spell.on(day) else Standing.LEFT
    return spell, Standing.AT_RISK if spell.at_risk else Standing.MEMBER


@remembered
def answers_of(book: Book, year: int, day: dt.date) -> Mapping[int, Answer]:
    """What each school declared for a year, by the id it has on a day; one that was not asked is not in.

    What one record of a school said holds for all of them (R-DATA-6).
    """
    found: dict[int, Answer] = {}
    for row in book.rows(t.Declaration):
        key = book.present_id(row.school_id, day)
        if row.school_year == year and found.get(key) in SAID_NOTHING:
            found[key] = row.additional
    return found


def papers_of(book: Book, school_id: int) -> SchoolPapers:
    """What is known of a school's papers."""
    row = book.school_rows[school_id]
    return SchoolPapers(row.urn or "", row.number_on_roll, row.vat_recovery, row.status)


def _wants(
    book: Book, row: SchoolRow, spell: MembershipFact | None, year: int, day: dt.date
) -> tuple[str, ...]:
    if spell is None or row.standing in {Standing.EARLIER, Standing.NONE}:
        return ()
    if row.standing is Standing.LEFT:
        lent, claims = _still_lent(book).get(row.id, 0), _unsettled(book).get(row.id, 0)
        parts = [(lent, "fetch {}", "kit"), (claims, "settle {}", "claim")]
        return tuple(words.format(count(number, what)) for number, words, what in parts if number)
    found = [] if row.ssl else ["name an SSL"]
    if gives_input(spell) and answers_of(book, year, day).get(row.id) in SAID_NOTHING:
        found.append("declaration")
    if papers_of(book, row.id).missing:
        found.append("details")
    return tuple(found)


@remembered
def _still_lent(book: Book) -> Mapping[int, int]:
    """How many loans each school has out."""
    out = (
        select(col(t.Loan.school_id), func.count())
        .where(col(t.Loan.out_on).is_not(None), col(t.Loan.back_on).is_(None))
        .where(col(t.Loan.cancelled_on).is_(None))
        .group_by(col(t.Loan.school_id))
    )
    return {row[0]: row[1] for row in book.session.execute(out)}


@remembered
def _unsettled(book: Book) -> Mapping[int, int]:
    """How many claims of each school wait for somebody."""
    waiting = (
        select(col(t.CoverClaim.school_id), func.count())
        .where(col(t.CoverClaim.state).in_(UNSETTLED))
        .group_by(col(t.CoverClaim.school_id))
    )
    return {row[0]: row[1] for row in book.session.execute(waiting)}


class SchoolsFacts(Struct, frozen=True):
    """What the page's head says.

    Attributes:
        members: how many schools are in membership on the day.
        lead: the lead school; "" if none is entered.
        leads: the cluster leads.
        founded: the first day of the agreement; None if there is none.
        starts: the first day proposed for a school that is added now.
    """

    members: int
    lead: str
    leads: tuple[str, ...]
    founded: dt.date | None
    starts: dt.date
    today: dt.date
    year: int


def schools_facts(session: Session, year: int, today: Clock = dt.date.today) -> SchoolsFacts:
    """The head of the page, and the day proposed for a school that joins."""
    book = Book(session)
    day, now = shown_day(book, year, today), book.today(today)
    lead = book.lead_school(day)
    return SchoolsFacts(
        members=len(book.members(day)),
        lead=lead.school if lead else "",
        leads=tuple(book.person_name(role.person_id) for role in book.in_role(RoleKind.CLUSTER_LEAD, day)),
        founded=min((one.starts_on for one in book.agreements), default=None),
        starts=joining_day(book, now),
        today=now,
        year=year,
    )


def joining_day(book: Book, today: dt.date) -> dt.date:
    """From when a school that is added now is most likely a member.

    While no meeting was held the cluster is still being set up, so it is the agreement's first day; later it
    is today, which the Advisor has then to hear of (R-CLU-7).
    """
    start = min((one.starts_on for one in book.agreements), default=today)
    met = select(func.min(col(t.Meeting.held_on)))
    first = book.session.execute(met).scalar()
    return today if first is not None and first <= today else start


class SpellRow(Struct, frozen=True):
    """A membership, as it is stored (R-CLU-10)."""

    id: int
    school: str
    joined_on: dt.date
    left_on: dt.date | None
    replaces: str
    gives: bool
    advisor_on: dt.date | None


def spell_rows(session: Session, _year: int) -> tuple[SpellRow, ...]:
    """Every membership there is or was, by school."""
    book = Book(session)
    rows = [
        SpellRow(
            one.id, one.school, one.joined_on, one.left_on, book.school_name(one.replaces_id),
            gives_input(one), one.advisor_discussed_on,
        )
        for one in book.memberships
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.school.casefold(), row.joined_on)))


class LeadRow(Struct, frozen=True):
    """A spell of leading, as it is stored (R-CLU-2)."""

    id: int
    school: str
    starts_on: dt.date
    ends_on: dt.date | None


def lead_rows(session: Session, _year: int) -> tuple[LeadRow, ...]:
    """Which school led when, the latest first."""
    rows = [LeadRow(one.id, one.school, one.starts_on, one.ends_on) for one in Book(session).lead_spells]
    return tuple(sorted(rows, key=lambda row: row.starts_on, reverse=True))
