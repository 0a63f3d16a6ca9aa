"""What is kept of a pack when it is issued, and what is different since (R-REV-3).

Beside the paper itself a pack keeps its headline figures, by key, and for each part a digest of all that the
part is made from: figures are compared one by one, parts as a whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import text

from models import tables as t
from models.formats import NOT_ENTERED, count, long_date, number, prose_pounds
from models.queries.book import Book
from models.queries.headline import Headline
from models.queries.readiness import TITLES
from models.rules.confidence import signed
from models.rules.review import Drift, Figure, Issue, drift
from models.version import VERSION
from models.words import ActivityKind, FundKind

if TYPE_CHECKING:
    from models.queries.pack import PackData

HUNDREDTHS = 100


def _percent(value: int) -> str:
    return f"{value}%"


def _mean(value: int) -> str:
    return signed(Fraction(value, HUNDREDTHS))


@dataclass(frozen=True)
class FigureSpec:
    """A headline figure: how it is known in the file, its words, how it is read and how it is written."""

    key: str
    words: str
    read: Callable[[Headline], int | None]
    write: Callable[[int], str] = number

    def text(self, value: int | None) -> str:
        """The figure as it is printed; “not entered” is not 0 (R-REV-5)."""
        return NOT_ENTERED if value is None else self.write(value)


def _attendance(now: Headline) -> int | None:
    return int(now.attendance.percent.removesuffix("%")) if now.attendance.cells else None


def _lead(now: Headline, kind: FundKind) -> int | None:
    line = now.lead_fund(kind)
    return None if line is None else line.spent_p


def _confidence(now: Headline) -> int | None:
    """In hundredths of a point; of a small group there is no mean to keep (F10.4)."""
    change = now.confidence
    if change is None or change.small or change.difference is None:
        return None
    return round(change.difference * HUNDREDTHS)


def _spec(key: str, words: str, read: Callable[[Headline], int | None]) -> FigureSpec:
    return FigureSpec(key, words, read)


def _money(key: str, words: str, read: Callable[[Headline], int | None]) -> FigureSpec:
    return FigureSpec(key, words, read, prose_pounds)


FIGURES: tuple[FigureSpec, ...] = (
    _spec("schools", "Schools that are members", lambda now: now.schools),
    _spec("schools_in_year", "Schools that took part", lambda now: now.schools_in_year),
    _spec("meetings_held", "Meetings held", lambda now: now.meetings.held),
    _spec("meetings_counted", "Meetings in school time", lambda now: now.meetings.counted),
    FigureSpec("attendance", "Attendance", _attendance, _percent),
    _spec("present", "Invitations taken up", lambda now: now.attendance.present),
    _spec("half_days", "Half-days of cover", lambda now: now.cover.half_days),
    _money("cover_cost", "Cost of cover", lambda now: now.cover.cost_p),
    _money("cover_recognised", "Cover recognised", lambda now: now.cover.recognised_p),
    _money("cover_school_share", "Schools’ share of cover", lambda now: now.cover.school_share_p),
    _money("allowance_left", "Release allowance left", lambda now: now.allowance_left_p),
    _money("pot_opening", "Cluster pot, opening", lambda now: now.pot.opening_p if now.pot else None),
    _money("pot_income", "Cluster pot, money in", lambda now: now.pot.income_p if now.pot else None),
    _money("pot_spent", "Cluster pot, money out", lambda now: now.pot.spent_p if now.pot else None),
    _money("pot_closing", "Cluster pot, closing", lambda now: now.pot.closing_p if now.pot else None),
    _money("lead_time", "Lead time spent", lambda now: _lead(now, FundKind.LEAD_TIME)),
    _money("lead_admin", "Administration spent", lambda now: _lead(now, FundKind.LEAD_ADMIN)),
    _spec("cpd_sessions", "CPD sessions", lambda now: now.cpd.sessions),
    _spec("cpd_attendances", "Attendances at CPD", lambda now: now.cpd.attendances),
    _spec("cpd_people", "People at CPD", lambda now: now.cpd.people),
    _money("cpd_pot", "CPD fees from the pot", lambda now: now.cpd.pot_net_p),
    _money("cpd_excess", "CPD fees shared by schools", lambda now: now.cpd.excess_net_p),
    FigureSpec("confidence", "Change in confidence", _confidence, _mean),
    _spec("resources", "Resources in the bank", lambda now: now.bank.items),
    _spec("loans", "Loans", lambda now: now.bank.use.loans),
    _spec("borrowing", "Schools that borrowed", lambda now: now.bank.use.schools),
    _spec("missing", "Things missing", lambda now: now.bank.missing),
)  # fmt: skip
"""The figures that an issued pack keeps, in the order in which they are told."""

_BY_KEY = {one.key: one for one in FIGURES}


def figures_of(now: Headline) -> tuple[Figure, ...]:
    """The headline figures of a year, to be kept and compared."""
    return tuple(Figure(one.key, one.read(now)) for one in FIGURES)


def drift_words(one: Drift, then: str, now: str) -> str:
    """`Attendance: 87% in version 1, 91% in version 2`; an unknown figure goes by its key."""
    spec = _BY_KEY.get(one.key) or FigureSpec(one.key, one.key, lambda _now: None)
    return f"{spec.words}: {spec.text(one.issued)} {then}, {spec.text(one.now)} {now}"


# -- parts


def _made_from(data: PackData) -> Iterator[tuple[int, object]]:
    """What each part of a pack is made from, without the days up to which it was asked."""
    asked, found, cover, bank = data.meetings, data.impact, data.cover, data.bank
    yield 1, (data.profile, data.words.foreword, data.logo and hashlib.sha256(data.logo).hexdigest())
    yield 2, (data.words.successes, data.words.difficulties, data.words.asks)
    yield 3, data.members
    yield 4, (data.aims.aims, found.evidence)
    yield 5, data.aims.coverage
    yield 6, (asked.lines, asked.upcoming, asked.agenda, asked.actions)
    yield 7, asked.matrix
    yield 8, (cover.schools, cover.totals, cover.additional)
    yield 9, (data.funds, data.match)
    yield 10, data.lead
    yield 11, data.cpd
    yield 12, found.confidence
    yield 13, data.classrooms
    yield 14, (found.projects, found.feedback)
    yield 15, (bank.resources, bank.use)
    yield 16, (data.marks, data.psqm_requests)
    yield 17, tuple(one for one in found.activities if one.kind is ActivityKind.TRANSITION)
    yield 18, (found.activities, found.audiences)
    yield 19, (data.people, found.stages, found.bar)
    yield 20, (found.partners, data.other_funding)
    yield 21, data.issues
    yield 22, data.next_year
    yield 23, data.profile.agreement
    yield 24, (cover.claims, data.scheme)


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


@dataclass(frozen=True)
class Kept:
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


@dataclass(frozen=True)
class Since:
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
    def told(self) -> str:
        """All of it, a line each, to be kept with the version that follows; "" where nothing changed."""
        lines = list(self.lines)
        if self.parts:
            lines.append(f"Parts with other records: {'; '.join(self.parts)}")
        return "\n".join(lines)


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
