"""CPD of a school year: what it cost whom, who came, what they said (R-CPD-1 to 7, R-IMP-1 to 3, part 11)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.rules.cpd import CpdCost, CpdFact, CpdSplit, Sharer, cpd_cost, split_fee
from models.rules.cpd_people import BookingFact, CpdReach, Evaluation, SlipFact, cpd_reach, evaluation
from models.words import Happened, ProviderKind, VatRecovery


class CpdLine(Struct, frozen=True):
    """One session of the year."""

    fact: CpdFact
    title: str
    held_on: dt.date
    provider: str
    provider_kind: ProviderKind
    need: str
    split: CpdSplit
    reach: CpdReach
    summary: Evaluation


class SchoolExcess(Struct, frozen=True):
    """What one school paid of the year's excess, in pence: net and VAT (R-CPD-2)."""

    school: str
    net_p: int
    vat_p: int


class CpdYear(Struct, frozen=True):
    """The CPD sessions held in a school year up to `data_to`.

    Attributes:
        upcoming: planned sessions after that day, by title and date.
        reach: attendances, people and schools over all sessions.
        summary: all slips together.
        cost: for the cost of each person (R-CPD-7).
        excess: each school's part of what was above the limit.
        quotes: words from slips that may be quoted, with the session's title.
    """

    year: int
    data_to: dt.date
    lines: tuple[CpdLine, ...]
    upcoming: tuple[tuple[str, dt.date], ...]
    reach: CpdReach
    summary: Evaluation
    cost: CpdCost
    excess: tuple[SchoolExcess, ...]
    quotes: tuple[tuple[str, str], ...]

    @property
    def attendances(self) -> int:
        return self.reach.attendances

    @property
    def people(self) -> int:
        return self.reach.people

    @property
    def fee_p(self) -> int:
        """All fees before VAT, in pence."""
        return sum(line.split.fee_p for line in self.lines)

    @property
    def vat_p(self) -> int:
        """VAT on all fees, in pence."""
        return sum(line.split.vat_p for line in self.lines)

    @property
    def pot_p(self) -> int:
        """What the pot pays, VAT included, in pence."""
        return sum(line.split.pot_p for line in self.lines)

    @property
    def excess_p(self) -> int:
        """What the schools pay, VAT included, in pence."""
        return sum(line.split.excess_p for line in self.lines)

    @property
    def pot_net_p(self) -> int:
        return sum(line.split.pot_net_p for line in self.lines)

    @property
    def pot_vat_p(self) -> int:
        return sum(line.split.pot_vat_p for line in self.lines)

    @property
    def excess_net_p(self) -> int:
        return sum(line.split.excess_net_p for line in self.lines)

    @property
    def excess_vat_p(self) -> int:
        return sum(line.split.excess_vat_p for line in self.lines)


@remembered
def booking_facts(book: Book) -> dict[int, tuple[BookingFact, ...]]:
    """Every booking by session."""
    found: dict[int, list[BookingFact]] = defaultdict(list)
    for row in book.rows(t.CpdBooking):
        school_id = book.people[row.person_id].school_id
        found[row.cpd_session_id].append(
            BookingFact(row.cpd_session_id, row.person_id, school_id, row.attended)
        )
    return {key: tuple(rows) for key, rows in found.items()}


@remembered
def cpd_splits(book: Book) -> dict[int, tuple[CpdFact, CpdSplit]]:
    """Every session by id with who pays what, by the scheme and the schools active on its day."""
    found = {}
    for row in book.rows(t.CpdSession):
        key = row.id or 0
        fact = CpdFact(
            key, row.code, row.fee_p, row.vat_p, row.vat_registered, row.sessions, row.provider,
            row.provider_kind, row.excess_split,
        )  # fmt: skip
        ids = book.present_ids(row.held_on)
        bookings = booking_facts(book).get(key, ())
        came = {ids.get(one.school_id or 0, one.school_id) for one in bookings if one.attended}
        sharers = [
            Sharer(
                one.school_id,
                one.school,
                one.school_id in came,
                book.school_rows[one.school_id].number_on_roll,
            )
            for one in book.members(row.held_on)
        ]
        found[key] = (fact, split_fee(fact, sharers, book.scheme(row.held_on)))
    return found


@remembered
def _slips(book: Book) -> dict[int, tuple[SlipFact, ...]]:
    found: dict[int, list[SlipFact]] = defaultdict(list)
    for row in book.rows(t.CpdEvaluation):
        found[row.cpd_session_id].append(SlipFact(row.rating, row.outcomes_met, row.useful, row.relevant))
    return {key: tuple(rows) for key, rows in found.items()}


def _excess(book: Book, lines: tuple[CpdLine, ...], day: dt.date) -> tuple[SchoolExcess, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for line in lines:
        for share in line.split.shares:
            name = book.school_name(book.present_id(share.school_id, day))
            net, vat = sums.get(name, (0, 0))
            sums[name] = (net + share.net_p, vat + share.vat_p)
    return tuple(SchoolExcess(name, *sums[name]) for name in sorted(sums, key=str.casefold))


def _cost(book: Book, lines: tuple[CpdLine, ...]) -> CpdCost:
    """What the sessions cost; the school that led on the day of one paid its VAT (R-CPD-7)."""
    recovery = {key: row.vat_recovery for key, row in book.school_rows.items()}
    net = lost = 0
    for line in lines:
        lead = book.lead_school(line.held_on)
        own = recovery[lead.school_id] if lead else VatRecovery.ASK
        one = cpd_cost([line.split], own, recovery)
        net, lost = net + one.net_p, lost + one.lost_vat_p
    return CpdCost(net, lost)


@remembered
def cpd_year(book: Book, year: int, data_to: dt.date) -> CpdYear:
    """The CPD sessions of a school year up to a day."""
    first, last = year_bounds(year)
    until, small = min(last, data_to), book.scheme_of(year).small_group
    rows = sorted(book.rows(t.CpdSession), key=lambda row: (row.held_on, row.code))
    held = [row for row in rows if row.status is Happened.HELD and first <= row.held_on <= until]
    lines = tuple(
        CpdLine(
            fact=cpd_splits(book)[row.id or 0][0],
            title=row.title,
            held_on=row.held_on,
            provider=row.provider,
            provider_kind=row.provider_kind,
            need=row.need,
            split=cpd_splits(book)[row.id or 0][1],
            reach=cpd_reach(booking_facts(book).get(row.id or 0, ())),
            summary=evaluation(_slips(book).get(row.id or 0, ()), small),
        )
        for row in held
    )
    ids = {row.id or 0: row.title for row in held}
    return CpdYear(
        year=year,
        data_to=data_to,
        lines=lines,
        upcoming=tuple(
            (row.title, row.held_on)
            for row in rows
            if row.status is Happened.PLANNED and until < row.held_on <= last
        ),
        reach=cpd_reach(one for key in ids for one in booking_facts(book).get(key, ())),
        summary=evaluation((slip for key in ids for slip in _slips(book).get(key, ())), small),
        cost=_cost(book, lines),
        excess=_excess(book, lines, until),
        quotes=tuple(
            (row.comment, ids[row.cpd_session_id])
            for row in book.rows(t.CpdEvaluation)
            if row.cpd_session_id in ids and row.quotable and row.comment
        ),
    )
