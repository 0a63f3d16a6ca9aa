"""Confidence slips typed in from paper, a round at a time, and the slips of bigger, add and remove.

Slips are paired by the code on them and never by a name (R-IMP-4, R-IMP-5, R-PPL-5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field
from sqlalchemy import func, select
from sqlmodel import Session

from models import tables as t
from models.calendar import year_bounds
from models.errors import BadInput
from models.queries.book import Book
from models.services import records
from models.services.cpd import BadSlip
from models.words import Respondent, SurveyRound

_ANSWER = t.metadata.tables["confidence_answer"]
_BAR = t.metadata.tables["bar_slip"]


class ScoreSlip(Struct, frozen=True):
    """One paper slip of a round.

    Attributes:
        code: the code on it.
        respondent: who answered; None: not said.
        scores: by area, those that were answered.
        was: the code under which it is stored; "" for a new slip.
    """

    code: str = ""
    respondent: Respondent | None = None
    scores: Mapping[int, int] = field(default_factory=dict)
    was: str = ""

    @property
    def blank(self) -> bool:
        """Nothing on it was answered."""
        return not self.scores


def enter_round(
    session: Session, year: int, which: SurveyRound, slips: Iterable[ScoreSlip], on: dt.date
) -> int:
    """Store the slips of a round typed in from paper, all in one step.

    A slip that was stored under a code is changed; one that is now blank goes to the Bin; a new blank one is
    passed over. Slips not named are left alone.

    Args:
        session: inside the transaction.
        year: the school year.
        which: before or after.
        slips: as they were typed.
        on: the day that new answers are of.

    Returns:
        How many slips the round has now.

    Raises:
        BadSlip: a slip has answers and no code, its code is another slip's, or a score is off the scale;
            `row` is its place among those typed, `field` is "code", "respondent" or an area's id.
    """
    known = _known(session, year, which)
    points = Book(session).scheme(min(on, year_bounds(year)[1])).scale_points
    typed = list(slips)
    _require_sound(typed, known, points)
    _make_way(session, typed, known)
    for row, slip in enumerate(typed):
        try:
            _keep(session, known.get(_key(slip.was), {}) if slip.was else {}, slip, (year, which, on))
        except BadInput as error:
            raise BadSlip(str(error), "code" if error.field == "slip" else error.field, row) from error
    return len(_known(session, year, which))


def _key(code: str) -> str:
    """A code as slips are paired by it: `ki07` is `KI07`."""
    return code.strip().casefold()


def _known(session: Session, year: int, which: SurveyRound) -> dict[str, dict[int, Any]]:
    """The answers of a round, by slip and area."""
    wanted = select(_ANSWER).where(_ANSWER.c.school_year == year, _ANSWER.c.round == which)
    found: dict[str, dict[int, Any]] = {}
    for row in session.connection().execute(wanted):
        found.setdefault(_key(row.slip), {})[row.area_id] = row
    return found


def _require_sound(slips: list[ScoreSlip], known: Mapping[str, object], points: int) -> None:
    taken = set(known) - {_key(slip.was) for slip in slips if slip.was}
    for row, slip in enumerate(slips):
        if slip.blank:
            continue
        code = _key(slip.code)
        if not code:
            raise BadSlip("Type the code on this slip: it pairs before and after.", "code", row)
        if code in taken:
            raise BadSlip(f"There is a slip {slip.code.strip()} in this round already.", "code", row)
        taken.add(code)
        for area_id, score in slip.scores.items():
            if not 1 <= score <= points:
                raise BadSlip(f"Scores go from 1 to {points}.", str(area_id), row)


def _make_way(session: Session, slips: list[ScoreSlip], known: Mapping[str, Mapping[int, Any]]) -> None:
    """Where slips take each other's codes: let go of the old ones first, for no code may be there twice."""
    for row, slip in enumerate(slips):
        if slip.was and _key(slip.code) != _key(slip.was) and _key(slip.code) in known:
            for answer in known.get(_key(slip.was), {}).values():
                records.change(session, t.ConfidenceAnswer, answer.id, {"slip": f"…{row}"})


def _keep(
    session: Session, stored: Mapping[int, Any], slip: ScoreSlip, of: tuple[int, SurveyRound, dt.date]
) -> None:
    for area_id in sorted(stored.keys() - slip.scores.keys()):
        records.remove(session, t.ConfidenceAnswer, stored[area_id].id)
    year, which, on = of
    shared: dict[str, Any] = {"slip": slip.code.strip(), "respondent": slip.respondent}
    for area_id, score in slip.scores.items():
        if area_id in stored:
            records.change(session, t.ConfidenceAnswer, stored[area_id].id, {**shared, "score": score})
        else:
            own = {"school_year": year, "round": which, "area_id": area_id, "answered_on": on}
            records.add(session, t.ConfidenceAnswer, {**own, **shared, "score": score})


class BarWords(Struct, frozen=True):
    """One slip of what to make bigger, add and remove (F3.5). A number of 0 is a new slip."""

    number: int = 0
    bigger: str = ""
    add: str = ""
    remove: str = ""

    @property
    def blank(self) -> bool:
        """Nothing is written on it."""
        return not (self.bigger.strip() or self.add.strip() or self.remove.strip())


def enter_bar_slips(session: Session, year: int, slips: Iterable[BarWords]) -> int:
    """Store slips of bigger, add and remove, all in one step; as `cpd.enter_slips` does with evaluations.

    Returns:
        How many slips the year has now.

    Raises:
        BadSlip: something written is too long.
    """
    wanted = select(_BAR.c.slip, _BAR.c.id).where(_BAR.c.school_year == year)
    known = {row.slip: row.id for row in session.connection().execute(wanted)}
    following = max(known, default=0) + 1
    for row, slip in enumerate(slips):
        written = {"bigger": slip.bigger, "add": slip.add, "remove": slip.remove}
        try:
            if slip.number in known and slip.blank:
                records.remove(session, t.BarSlip, known[slip.number])
            elif slip.number in known:
                records.change(session, t.BarSlip, known[slip.number], written)
            elif not slip.blank:
                records.add(session, t.BarSlip, {"school_year": year, "slip": following, **written})
                following += 1
        except BadInput as error:
            raise BadSlip(str(error), error.field, row) from error
    number = select(func.count()).where(_BAR.c.school_year == year)
    return int(session.connection().scalar(number) or 0)
