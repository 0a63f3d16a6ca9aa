"""What is kept of a pack when it is issued, and what is different since (R-REV-3).

Beside the paper itself a pack keeps its headline figures, by key, and for each part a digest of all that the
part is made from: figures are compared one by one, parts as a whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from sqlalchemy import text

from models import tables as t
from models.formats import NOT_ENTERED, count, long_date, number, pounds_alike, prose_pounds
from models.queries.bank import ResourceLine
from models.queries.book import Book
from models.queries.headline import BankFigures, CpdFigures, Headline
from models.queries.readiness import TITLES
from models.rules.attendance import Tally
from models.rules.confidence import Change, signed
from models.rules.cover import Totals
from models.rules.fund import Account
from models.rules.lead_funds import LeadYear
from models.rules.meetings import MeetingCount
from models.rules.review import Drift, Figure, Issue, drift
from models.values import replace
from models.version import VERSION
from models.words import ActivityKind, FundKind

if TYPE_CHECKING:
    from models.queries.pack import PackData

HUNDREDTHS = 100
ANY_DAY = dt.date.min
"""Stands for the day up to which was asked: that it is another is no change of the records."""
Part = TypeVar("Part")


def _percent(value: int) -> str:
    return f"{value}%"


def _mean(value: int) -> str:
    return signed(Fraction(value, HUNDREDTHS))


class FigureSpec(Struct, frozen=True):
    """A headline figure: how it is known in the file, its words, how it is read and how it is written."""

    key: str
    words: str
    read: Callable[[Headline], int | None]
    write: Callable[[int], str] = number

    def text(self, value: int | None, money: Callable[[int], str] = prose_pounds) -> str:
        """The figure as it is printed, its money as in its list; “not entered” is not 0 (R-REV-5)."""
        if value is None:
            return NOT_ENTERED
        return money(value) if self.is_money else self.write(value)

    @property
    def is_money(self) -> bool:
        """Whether it counts pence."""
        return self.write is prose_pounds


def _percentage(came: Tally) -> int:
    return int(came.percent.removesuffix("%"))


def _mean_change(change: Change) -> int | None:
    """In hundredths of a point; of a small group there is no mean to keep (F10.4)."""
    return None if change.small or change.difference is None else round(change.difference * HUNDREDTHS)


# What the figures are taken from; None where nothing of it is entered: then nobody counted (R-REV-5).


def _all(now: Headline) -> Headline | None:
    return now if now.schools_in_year else None


def _met(now: Headline) -> MeetingCount | None:
    return now.meetings if now.meetings.held else None


def _came(now: Headline) -> Tally | None:
    return now.attendance if now.attendance.cells else None


def _cover(now: Headline) -> Totals | None:
    return now.cover if now.cover != Totals() else None


def _pot(now: Headline) -> Account | None:
    return None if now.pot is None or now.pot.is_blank else now.pot


def _lead_time(now: Headline) -> LeadYear | None:
    return now.lead_fund(FundKind.LEAD_TIME)


def _lead_admin(now: Headline) -> LeadYear | None:
    return now.lead_fund(FundKind.LEAD_ADMIN)


def _cpd(now: Headline) -> CpdFigures | None:
    return now.cpd if now.cpd.sessions else None


def _bank(now: Headline) -> BankFigures | None:
    return now.bank if now.bank.items else None


def _spec(
    key: str,
    words: str,
    part: Callable[[Headline], Part | None],
    read: Callable[[Part], int | None],
    write: Callable[[int], str] = number,
) -> FigureSpec:
    def found(now: Headline) -> int | None:
        known = part(now)
        return None if known is None else read(known)

    return FigureSpec(key, words, found, write)


def _money(
    key: str, words: str, part: Callable[[Headline], Part | None], read: Callable[[Part], int]
) -> FigureSpec:
    return _spec(key, words, part, read, prose_pounds)


FIGURES: tuple[FigureSpec, ...] = (
    _spec("schools", "Schools that are members", _all, lambda now: now.schools),
    _spec("schools_in_year", "Schools that took part", _all, lambda now: now.schools_in_year),
    _spec("meetings_held", "Meetings held", _met, lambda met: met.held),
    _spec("meetings_counted", "Meetings in school time", _met, lambda met: met.counted),
    _spec("attendance", "Attendance", _came, _percentage, _percent),
    _spec("present", "Invitations taken up", _came, lambda came: came.present),
    _spec("half_days", "Half-days of cover", _cover, lambda cover: cover.half_days),
    _money("cover_cost", "Cost of cover", _cover, lambda cover: cover.cost_p),
    _money("cover_recognised", "Cover recognised", _cover, lambda cover: cover.recognised_p),
    _money("cover_school_share", "Schools’ share of cover", _cover, lambda cover: cover.school_share_p),
    _money("allowance_left", "Release allowance left", _all, lambda now: now.allowance_left_p),
    _money("pot_opening", "Cluster pot, opening", _pot, lambda pot: pot.opening_p),
    _money("pot_income", "Cluster pot, money in", _pot, lambda pot: pot.income_p),
    _money("pot_spent", "Cluster pot, money out", _pot, lambda pot: pot.spent_p),
    _money("pot_closing", "Cluster pot, closing", _pot, lambda pot: pot.closing_p),
    _money("lead_time", "Lead time spent", _lead_time, lambda lead: lead.spent_p),
    _money("lead_admin", "Administration spent", _lead_admin, lambda lead: lead.spent_p),
    _spec("cpd_sessions", "CPD sessions", _cpd, lambda cpd: cpd.sessions),
    _spec("cpd_attendances", "Attendances at CPD", _cpd, lambda cpd: cpd.attendances),
    _spec("cpd_people", "People at CPD", _cpd, lambda cpd: cpd.people),
    _money("cpd_pot", "CPD fees from the pot, before VAT", _cpd, lambda cpd: cpd.pot_net_p),
    _money("cpd_excess", "CPD fees shared by schools, before VAT", _cpd, lambda cpd: cpd.excess_net_p),
    _spec("confidence", "Change in confidence", lambda now: now.confidence, _mean_change, _mean),
    _spec("resources", "Resources in the bank", _bank, lambda bank: bank.items),
    _spec("loans", "Loans", _bank, lambda bank: bank.use.loans),
    _spec("borrowing", "Schools that borrowed", _bank, lambda bank: bank.use.schools),
    _spec("missing", "Things missing", _bank, lambda bank: bank.missing),
)
"""The figures that an issued pack keeps, in the order in which they are told."""

_BY_KEY = {one.key: one for one in FIGURES}


def figures_of(now: Headline) -> tuple[Figure, ...]:
    """The headline figures of a year, to be kept and compared."""
    return tuple(Figure(one.key, one.read(now)) for one in FIGURES)


def drift_words(one: Drift, then: str, now: str) -> str:
    """`Attendance: 87% in version 1, 91% in version 2`; an unknown figure goes by its key."""
    spec = _BY_KEY.get(one.key) or FigureSpec(one.key, one.key, lambda _now: None)
    money = pounds_alike((one.issued, one.now))
    return f"{spec.words}: {spec.text(one.issued, money)} {then}, {spec.text(one.now, money)} {now}"


def money_of(*kept: Mapping[str, int | None]) -> Callable[[int | None], str]:
    """How the money among kept figures is written where they stand in one list."""
    return pounds_alike(figures.get(one.key) for figures in kept for one in FIGURES if one.is_money)


# -- parts


def _made_from(data: PackData) -> Iterator[tuple[int, object]]:
    """What each part of a pack is made from, without the days up to which it was asked."""
    asked, found, cover, bank = data.meetings, data.impact, data.cover, data.bank
    yield (
        1,
        (
            replace(data.profile, data_to=ANY_DAY),
            data.words.foreword,
            data.logo and hashlib.sha256(data.logo).hexdigest(),
        ),
    )
    yield 2, (data.words.successes, data.words.difficulties, data.words.asks)
    yield 3, replace(data.members, data_to=ANY_DAY)
    yield 4, (data.aims.aims, found.evidence)
    yield 5, data.aims.coverage
    yield 6, (asked.lines, asked.upcoming, asked.agenda, asked.actions)
    yield 7, asked.matrix
    yield 8, (cover.schools, cover.totals, cover.additional)
    yield 9, (data.funds, data.match)
    yield 10, data.lead
    yield 11, replace(data.cpd, data_to=ANY_DAY)
    yield 12, found.confidence
    yield 13, data.classrooms
    yield 14, (found.projects, found.feedback)
    yield 15, ([_timeless(line) for line in bank.resources], bank.use)
    yield 16, (data.marks, data.psqm_requests)
    yield 17, tuple(one for one in found.activities if one.kind is ActivityKind.TRANSITION)
    yield 18, (found.activities, found.audiences)
    yield 19, (data.people, found.stages, found.bar)
    yield 20, (found.partners, data.other_funding)
    yield 21, data.issues
    yield 22, data.next_year
    yield 23, data.profile.agreement
    yield 24, (cover.claims, data.scheme)


def _timeless(line: ResourceLine) -> tuple[object, ...]:
    """A resource without what time alone changes: how late its loans are."""
    loans = [(one.fact, one.code) for one in line.loans]
    return line.fact, line.parts, loans, line.has_mains, line.next_check_on, line.adoption


def digests_of(data: PackData) -> dict[int, str]:
    """A short digest of what each part is made from, by the number of the part."""
    return {
        part: hashlib.sha256(repr(made).encode("utf-8", "replace")).hexdigest()[:12]
        for part, made in _made_from(data)
    }


# -- what is kept


def kept_json(data: PackData) -> str:
    """What is kept of a pack beside its paper, as JSON."""
    kept = {
        "made_with": VERSION,
        "figures": {one.key: one.value for one in figures_of(data.headline)},
        "parts": {str(part): digest for part, digest in digests_of(data).items()},
    }
    return json.dumps(kept)


class Kept(Struct, frozen=True):
    """What an issued pack keeps: its figures, and of each part a digest if this version can compare it."""

    figures: tuple[Figure, ...]
    parts: Mapping[int, str]


def kept_from(stored: str) -> Kept:
    """What was kept of a pack; nothing where it cannot be read."""
    try:
        found = json.loads(stored or "{}")
        figures = tuple(Figure(str(key), value) for key, value in found.get("figures", {}).items())
        same = found.get("made_with") == VERSION
        parts = {int(part): str(digest) for part, digest in found.get("parts", {}).items()} if same else {}
    except (ValueError, TypeError, AttributeError):
        return Kept((), {})
    return Kept(figures, parts)


class Since(Struct, frozen=True):
    """What is different from the pack of a year that was issued last.

    Attributes:
        version: of the pack that was issued.
        changes: the headline figures that are others now.
        parts: the titles of the parts whose records are others now.
    """

    version: int
    issued_on: dt.date
    changes: tuple[Drift, ...]
    parts: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Every figure that changed, in words: `Attendance: 87% in version 1, 91% in version 2`."""
        then, now = (f"in version {number}" for number in (self.version, self.version + 1))
        return tuple(drift_words(one, then, now) for one in self.changes)

    @property
    def number_words(self) -> str:
        """`3 figures have changed since`."""
        if self.changes:
            verb = "has" if len(self.changes) == 1 else "have"
            return f"{count(len(self.changes), 'figure')} {verb} changed since"
        if self.parts:
            verb = "has" if len(self.parts) == 1 else "have"
            return f"no figure has changed since, but {count(len(self.parts), 'part')} {verb}"
        return "nothing has changed since"

    @property
    def words(self) -> str:
        """`Issued as version 1 on 20 June 2025; 3 figures have changed since` as a sentence."""
        return f"Issued as version {self.version} on {long_date(self.issued_on)}; {self.number_words}."

    @property
    def parts_lines(self) -> tuple[str, ...]:
        """`Parts whose records changed: Cluster account; Issues and the Advisor`, if there are any."""
        return (f"Parts whose records changed: {'; '.join(self.parts)}",) if self.parts else ()

    @property
    def told(self) -> str:
        """All of it, a line each, to be kept with the version that follows; "" where nothing changed."""
        return "\n".join([*self.lines, *self.parts_lines])


def _issue(row: t.IssuedPack) -> Issue:
    return Issue(
        row.pack_number,
        row.school_year,
        row.version,
        row.issued_on,
        row.data_to,
        kept_from(row.figures).figures,
    )


def next_number(book: Book) -> int:
    """The number of the next pack to be issued: never one that was given out, even if that was undone."""
    wanted = text("SELECT seq FROM sqlite_sequence WHERE name = 'issued_pack'")
    used = [row.pack_number for row in book.rows(t.IssuedPack)]
    return 1 + max([book.session.connection().scalar(wanted) or 0, *used])


def since(book: Book, data: PackData) -> Since | None:
    """What is different from the pack of this year that was issued last; None: none was."""
    rows = [row for row in book.rows(t.IssuedPack) if row.school_year == data.period.year]
    if not rows:
        return None
    return compared(max(rows, key=lambda row: row.version), data)


def compared(row: t.IssuedPack, data: PackData) -> Since:
    """What a year's data has become since a pack was issued."""
    kept, digests = kept_from(row.figures), digests_of(data)
    return Since(
        version=row.version,
        issued_on=row.issued_on,
        changes=drift(_issue(row), figures_of(data.headline)),
        parts=tuple(
            TITLES[part] for part, digest in digests.items() if kept.parts.get(part, digest) != digest
        ),
    )
