"""Home's words: its head, its six figures and what a to-do line looks like, made from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from ui.format import NOT_ENTERED, count, day_month, long_date, pounds, weekday_date, year_label
from ui.icons import Icon

if TYPE_CHECKING:
    from models.queries.todo import TodoLine
    from ui.pages.home.facts import HomeFacts, YearFacts


class Card(Struct, frozen=True):
    """One of the six figures, in words. `missing`: nobody has entered it (R-REV-5)."""

    name: str
    value: str
    note: str
    missing: bool = False


class Way(Struct, frozen=True):
    """How a subject is shown and where it is dealt with."""

    icon: Icon
    tone: str
    page: str
    action: str


# by models.queries.todo.Matter
WAYS: Mapping[str, Way] = {
    "approve": Way(Icon.CLAIMS, "accent", "claims", "Approve"),
    "pay": Way(Icon.FUND, "accent", "claims", "Pay"),
    "returned": Way(Icon.UNDO, "warn", "claims", "Open"),
    "submit": Way(Icon.CLAIMS, "muted", "claims", "Open"),
    "earlier": Way(Icon.CLAIMS, "warn", "claims", "Show"),
    "evidence": Way(Icon.CLIP, "warn", "claims", "Attach"),
    "meeting": Way(Icon.MEETINGS, "accent", "meetings", "Enter"),
    "next": Way(Icon.MEETINGS, "accent", "meetings", "Open"),
    "attendance": Way(Icon.CHECK, "bad", "meetings", "Enter"),
    "unclaimed": Way(Icon.CLAIMS, "warn", "meetings", "Draft"),
    "advisor": Way(Icon.SHIELD, "warn", "fund", "Open"),
    "loans": Way(Icon.BANK, "bad", "bank", "Chase"),
    "checks": Way(Icon.SHIELD, "warn", "bank", "Open"),
    "actions": Way(Icon.CLOCK, "bad", "meetings", "Open"),
    "engagement": Way(Icon.PEOPLE, "muted", "schools", "Open"),
    "declarations": Way(Icon.PEOPLE, "muted", "schools", "Ask"),
    "close": Way(Icon.LOCK, "muted", "fund", "Open"),
    "terms": Way(Icon.CLOCK, "muted", "settings", "Enter"),
    "agreement": Way(Icon.ALERT, "warn", "settings", "Open"),
    "confidence": Way(Icon.PEOPLE, "accent", "impact", "Type in"),
    "feedback": Way(Icon.IMPACT, "warn", "impact", "Open"),
    "photos": Way(Icon.CLIP, "warn", "impact", "Open"),
    "privacy": Way(Icon.SHIELD, "muted", "settings", "Open"),
    "gaps": Way(Icon.IMPACT, "muted", "impact", "Close"),
}

NAMES = (
    "Schools taking part",
    "Meetings in school time",
    "Attendance",
    "Release money used",
    "People in CPD",
    "Cluster pot",
)


def way_of(line: TodoLine) -> Way:
    """How a line is shown; a meeting that was never marked as held is late, and says so in its colour."""
    way = WAYS[line.matter]
    return Way(way.icon, "bad", way.page, way.action) if line.late else way


def context_line(facts: HomeFacts) -> str:
    """`Friday 20 June 2025 · 72 days to the end of the agreement`."""
    words = [weekday_date(facts.today)]
    if facts.days_left is not None:
        words.append(f"{count(facts.days_left, 'day')} to the end of the agreement")
    if facts.over:
        words.append(f"showing {year_label(facts.year)}, which is over")
    if facts.figures is None:
        words.append(not_begun(facts))
    return " · ".join(words)


def todo_head(facts: HomeFacts) -> str:
    """The head of the to-do list."""
    return "What this year still lacks" if facts.over else "What needs doing now"


def nothing_to_do(facts: HomeFacts) -> str:
    """What stands there when the list is empty."""
    return (
        f"Nothing is left to do for {year_label(facts.year)}." if facts.over else "Nothing needs doing now."
    )


def not_begun(facts: HomeFacts) -> str:
    """`2025 to 2026 begins on 1 September 2025`."""
    return f"{year_label(facts.year)} begins on {long_date(facts.starts)}"


def cards(figures: YearFacts) -> tuple[Card, ...]:
    """The six figures: the pack's own (R-REV-7)."""
    return (
        _schools(figures),
        _meetings(figures),
        _attendance(figures),
        _release(figures),
        _people(figures),
        _pot(figures),
    )


def _schools(figures: YearFacts) -> Card:
    who = figures.members
    if not who.lines:
        return Card(NAMES[0], NOT_ENTERED, "no member school yet", missing=True)
    now = figures.headline
    said = [f"{len(group)} {verb}" for group, verb in ((who.joined, "joined"), (who.left, "left")) if group]
    if now.schools != now.schools_in_year:  # the pack's summary says both, in this order
        said = [f"{now.schools} now", *said]
    return Card(NAMES[0], f"{now.schools_in_year}", ", ".join(said) or "none joined or left")


def _meetings(figures: YearFacts) -> Card:
    counted = figures.headline.meetings
    coming = figures.meetings.upcoming
    if not figures.meetings.lines and not coming:
        return Card(NAMES[1], NOT_ENTERED, f"at least {counted.minimum} a year", missing=True)
    note = f"{counted.short} short of {counted.minimum}" if counted.short else "minimum met"
    if coming:
        note += f" · next {day_month(coming[0].fact.held_on)}"
    return Card(NAMES[1], f"{counted.counted} of {max(counted.minimum, counted.counted)}", note)


def _attendance(figures: YearFacts) -> Card:
    tally = figures.headline.attendance
    if not tally.cells:
        return Card(NAMES[2], NOT_ENTERED, "enter who came", missing=True)
    return Card(NAMES[2], tally.percent, f"{tally.text} places")


def _release(figures: YearFacts) -> Card:
    now = figures.headline
    if not now.allowance_p:
        return Card(NAMES[3], NOT_ENTERED, "no school has an allowance", missing=True)
    if not figures.cover.claims:
        return Card(NAMES[3], NOT_ENTERED, f"of {pounds(now.allowance_p)}", missing=True)
    return Card(NAMES[3], pounds(now.allowance_p - now.allowance_left_p), f"of {pounds(now.allowance_p)}")


def _people(figures: YearFacts) -> Card:
    cpd = figures.headline.cpd
    if not cpd.sessions:
        return Card(NAMES[4], NOT_ENTERED, "no session entered", missing=True)
    return Card(NAMES[4], f"{cpd.people:,}", f"in {count(cpd.sessions, 'session')}")


def _pot(figures: YearFacts) -> Card:
    pot = figures.headline.pot
    if pot is None or figures.pot is None or not (figures.pot.entries or pot.opening_p):
        return Card(NAMES[5], NOT_ENTERED, "no money entered", missing=True)
    income = pot.income_p > 0
    note = f"{pot.rollover_percent} of income left" if income else "nothing came in"
    return Card(NAMES[5], pounds(pot.closing_p), note)
