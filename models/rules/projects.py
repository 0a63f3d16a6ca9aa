"""Projects and school themes: balance, feedback due, and who helped (R-PROJ-1 to R-PROJ-3, R-EEF-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.calendar import year_bounds, year_label
from models.formats import count, listed
from models.rules.verdict import BOOK, About, Verdict, warn
from models.values import replace
from models.words import Difficulty, Length, PartnerKind, ProjectScope, ProjectState

ENOUGH = 3
"""From so many projects on one speaks of a balance; two of a kind are no habit."""
OVER = frozenset({ProjectState.DONE, ProjectState.STOPPED})


class ProjectFact(Struct, frozen=True):
    """A shared project, or one school's theme."""

    id: int
    code: str
    title: str
    scope: ProjectScope
    state: ProjectState
    school: str = ""
    difficulty: Difficulty | None = None
    length: Length | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    feedback_on: dt.date | None = None
    programme: str = ""
    stopped_reason: str = ""

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("project", self.id)

    def in_year(self, year: int) -> bool:
        """Whether it ran in a school year; one without dates belongs to every year it stands in."""
        first, last = year_bounds(year)
        return (self.starts_on or first) <= last and (self.ends_on or last) >= first

    def as_of(self, day: dt.date) -> ProjectFact:
        """The project as it stood on a day: neither over nor fed back if that came later (R-REV-1)."""
        found = self
        if self.starts_on is not None and self.starts_on > day:
            found = replace(found, state=ProjectState.PLANNED, stopped_reason="")
        elif self.ends_on is not None and self.ends_on > day and self.state in OVER:
            found = replace(found, state=ProjectState.RUNNING, ends_on=None, stopped_reason="")
        late = self.feedback_on is not None and self.feedback_on > day
        return replace(found, feedback_on=None) if late else found


def balance_verdict(projects: Sequence[ProjectFact], year: int) -> Verdict | None:
    """All of a year's projects are as hard, or as long, as each other: have a balance (R-PROJ-1)."""
    live = [one for one in projects if one.state is not ProjectState.STOPPED]
    said: dict[str, int] = {}
    for known in ([one.difficulty for one in live], [one.length for one in live]):
        kinds = [kind for kind in known if kind is not None]
        if len(kinds) >= ENOUGH and len(set(kinds)) == 1:
            said[kinds[0].label.lower()] = len(kinds)
    if not said:
        return None
    number = min(said.values())
    which = "" if number == len(live) else " where that is entered"
    text = f"All {number} projects of {year_label(year)}{which} are {listed(list(said))}: have a balance."
    return warn("R-PROJ-1", text, BOOK)


def feedback_due(projects: Iterable[ProjectFact], year: int, day: dt.date) -> tuple[ProjectFact, ...]:
    """School themes of a year that have not fed back by its end (R-PROJ-2)."""
    if day < year_bounds(year)[1]:
        return ()
    return _silent(projects, day)


def feedback_words(projects: Iterable[ProjectFact], day: dt.date) -> str:
    """`2 of 7 not yet fed back` (R-PROJ-2)."""
    themes = [one for one in projects if one.scope is ProjectScope.SCHOOL_THEME]
    return f"{len(_silent(themes, day))} of {len(themes)} not yet fed back" if themes else "no school themes"


def feedback_verdicts(projects: Iterable[ProjectFact], year: int, day: dt.date) -> tuple[Verdict, ...]:
    """Each school theme without feedback at the end of the year (R-PROJ-2)."""
    return tuple(
        warn("R-PROJ-2", f"“{one.title}”{_of(one)} has not fed back: ask what came of it.", one.about)
        for one in feedback_due(projects, year, day)
    )


def _silent(projects: Iterable[ProjectFact], day: dt.date) -> tuple[ProjectFact, ...]:
    return tuple(
        one
        for one in projects
        if one.scope is ProjectScope.SCHOOL_THEME
        and one.state is not ProjectState.STOPPED
        and (one.feedback_on is None or one.feedback_on > day)
    )


def _of(project: ProjectFact) -> str:
    return f" of {project.school}" if project.school else ""


class Balance(Struct, frozen=True):
    """How many projects are easier or harder, short or long: the four cells of the chart (R-PROJ-1)."""

    easier_short: int
    easier_long: int
    harder_short: int
    harder_long: int
    unsaid: int

    @property
    def words(self) -> str:
        """`2 easier and short, 1 harder and long`."""
        cells = (
            (self.easier_short, "easier and short"),
            (self.easier_long, "easier and long"),
            (self.harder_short, "harder and short"),
            (self.harder_long, "harder and long"),
            (self.unsaid, "not said"),
        )
        return listed([f"{number} {words}" for number, words in cells if number]) or "no projects"


def balance(projects: Iterable[ProjectFact]) -> Balance:
    """Counts the projects by how hard and how long they are."""
    cells = {(hard, long): 0 for hard in Difficulty for long in Length}
    unsaid = 0
    for one in projects:
        if one.difficulty is None or one.length is None:
            unsaid += 1
        else:
            cells[one.difficulty, one.length] += 1
    return Balance(
        easier_short=cells[Difficulty.EASIER, Length.SHORT],
        easier_long=cells[Difficulty.EASIER, Length.LONG],
        harder_short=cells[Difficulty.HARDER, Length.SHORT],
        harder_long=cells[Difficulty.HARDER, Length.LONG],
        unsaid=unsaid,
    )


class PartnerFact(Struct, frozen=True):
    """Who else helps, and what the cluster obtained (R-PROJ-3)."""

    id: int
    name: str
    kind: PartnerKind
    obtained: str = ""
    since_on: dt.date | None = None

    @property
    def words(self) -> str:
        """`IOP: CPD for 5 schools`."""
        return f"{self.name}: {self.obtained}" if self.obtained else self.name


def partner_words(partners: Sequence[PartnerFact]) -> str:
    """`3 partners: 1 university, 2 employers`."""
    if not partners:
        return "no partners"
    kinds = [(sum(one.kind is kind for one in partners), kind.label) for kind in PartnerKind]
    parts = [
        count(number, word.lower() if word[1:2].islower() else word, _many(word))
        for number, word in kinds
        if number
    ]
    return f"{count(len(partners), 'partner')}: {', '.join(parts)}"


def _many(word: str) -> str:
    plain = word.lower() if word[1:2].islower() else word
    return f"{plain[:-1]}ies" if plain.endswith("y") else f"{plain}s"
