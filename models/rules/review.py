"""The review pack's rules: its dates, versions, readiness and pre-print check (R-REV-1 to R-REV-5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.calendar import year_bounds, year_label
from models.errors import BadInput
from models.formats import NOT_ENTERED, count, listed, long_date, number
from models.rules.verdict import Severity, Verdict, warn
from models.words import Word


class PackPeriod(Struct, frozen=True):
    """The days a pack tells of: from the school year's first day to its date, both inclusive (R-REV-1)."""

    year: int
    first: dt.date
    data_to: dt.date

    @property
    def stamp(self) -> str:
        """`data to 20 June 2025`."""
        return f"data to {long_date(self.data_to)}"

    def holds(self, day: dt.date) -> bool:
        """True for a day the pack tells of; a July meeting is not yet held in a June pack."""
        return self.first <= day <= self.data_to


def pack_period(year: int, pack_date: dt.date) -> PackPeriod:
    """1 September to the pack's date, at most to the end of the school year (R-REV-1).

    Raises:
        BadInput: the date is before the school year begins.
    """
    first, last = year_bounds(year)
    if pack_date < first:
        raise BadInput(
            f"{year_label(year)} begins on {long_date(first)}: choose that date for the pack or a later one.",
            "pack_date",
        )
    return PackPeriod(year, first, min(pack_date, last))


def advisor_verdict(meetings: int, year: int) -> Verdict | None:
    """No meeting of the cluster leads with the Advisor feeds the review (R-REV-2)."""
    if meetings:
        return None
    text = (
        f"No meeting with the Advisor is entered for {year_label(year)}: enter those held, "
        "or ask the Advisor for one before the review."
    )
    return warn("R-REV-2", text)


class Figure(Struct, frozen=True):
    """A headline figure as it was printed. None: it was not entered. Money is in pence."""

    key: str
    value: int | None


class Issue(Struct, frozen=True):
    """A pack that was handed over: frozen with its number, version, date and figures (R-REV-3)."""

    pack_number: int
    year: int
    version: int
    issued_on: dt.date
    data_to: dt.date
    figures: tuple[Figure, ...]


def next_issue(
    issues: Sequence[Issue], period: PackPeriod, issued_on: dt.date, figures: Iterable[Figure]
) -> Issue:
    """The issue that follows: a new number in the book, the next version of its year (R-REV-3).

    Earlier issues stay as they are.
    """
    return Issue(
        pack_number=max((issue.pack_number for issue in issues), default=0) + 1,
        year=period.year,
        version=max((issue.version for issue in issues if issue.year == period.year), default=0) + 1,
        issued_on=issued_on,
        data_to=period.data_to,
        figures=tuple(figures),
    )


class Drift(Struct, frozen=True):
    """A figure that is no longer what an issued pack says."""

    key: str
    issued: int | None
    now: int | None


def drift(issue: Issue, figures: Iterable[Figure]) -> tuple[Drift, ...]:
    """What has changed since a pack was issued, in the order of today's figures (R-REV-3)."""
    then = {figure.key: figure.value for figure in issue.figures}
    now = {figure.key: figure.value for figure in figures}
    return tuple(
        Drift(key, then.get(key), now.get(key))
        for key in dict.fromkeys((*now, *then))
        if then.get(key) != now.get(key)
    )


class Check(Struct, frozen=True):
    """The pre-print check: warnings to look at, and refusals that stop printing (R-REV-4)."""

    to_look_at: int
    stopping: int

    @property
    def text(self) -> str:
        """`7 to look at, 0 stop printing`."""
        return f"{self.to_look_at} to look at, {self.stopping} stop printing"

    @property
    def note(self) -> str:
        """What the pack says of itself when it is printed all the same; "" when all is well."""
        left = self.to_look_at + self.stopping
        return f"Printed with {count(left, 'thing')} still to look at." if left else ""


def check(verdicts: Iterable[Verdict]) -> Check:
    """Count the verdicts that stand; an INFO is not one to look at (R-REV-4)."""
    weights = [verdict.severity for verdict in verdicts]
    return Check(weights.count(Severity.WARN), weights.count(Severity.REFUSE))


def shown(value: int | None, *, recorded: bool = True) -> str:
    """`not entered` where nothing was recorded, `0` where it was and is none (R-REV-5)."""
    return number(value) if recorded else NOT_ENTERED


class SectionState(Word):
    """How ready a section of the pack is."""

    COMPLETE = "complete", "Complete"
    THIN = "thin", "Thin"
    MISSING = "missing", "Missing"


class Need(Struct, frozen=True):
    """Something a section is made from, such as `attendance`, and whether it is entered.

    Attributes:
        table: the table whose records it is entered as, for the way there; "" where there is no one place.
        task: what to begin there, in the page's own word.
    """

    words: str
    entered: bool
    table: str = ""
    task: str = ""


class SectionReadiness(Struct, frozen=True):
    """A section's state with what is still to enter."""

    title: str
    state: SectionState
    missing: tuple[Need, ...]

    @property
    def to_enter(self) -> tuple[str, ...]:
        """What is still to enter, in words."""
        return tuple(need.words for need in self.missing)

    @property
    def text(self) -> str:
        """`Thin: enter attendance and purposes`."""
        return f"{self.state.label}: enter {listed(self.to_enter)}" if self.to_enter else self.state.label


def section_readiness(title: str, needs: Sequence[Need]) -> SectionReadiness:
    """Complete with every need entered, missing with none, else thin. No needs: always complete."""
    missing = tuple(need for need in needs if not need.entered)
    if not missing:
        state = SectionState.COMPLETE
    else:
        state = SectionState.MISSING if len(missing) == len(needs) else SectionState.THIN
    return SectionReadiness(title, state, missing)
