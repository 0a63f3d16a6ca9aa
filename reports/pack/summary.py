"""Part 2, the summary on one page: did it work, and what do you want from us?"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, number, prose_pounds
from models.queries.headline import Headline
from models.queries.pack import PackData
from models.queries.readiness import TITLES
from models.rules.confidence import Change
from models.rules.fund import Account
from reports.kit import BREAK, Muted, Text
from reports.pack.confidence import paired_words
from reports.pack.sheet import Sheet, is_over, no_trend, opened, year_before


def answer(data: PackData) -> str:
    """What the year comes to, in up to three clauses."""
    now = data.headline
    clauses = [_meetings(data), _attendance(now), _pot(now.pot)]
    said = listed([clause for clause in clauses if clause])
    return opened(said) if said else "Too little is entered to tell yet"


def _meetings(data: PackData) -> str:
    total = data.headline.meetings
    if total.held == 0:
        return ""
    if not total.short:
        return "the meeting promise was kept"
    if not is_over(data) and total.counted + total.planned >= total.minimum:
        return "the meetings are on course"
    return f"the year is {count(total.short, 'meeting')} short of the promise"


def _attendance(now: Headline) -> str:
    return f"attendance was {now.attendance.percent}" if now.attendance.cells else ""


def _pot(pot: Account | None) -> str:
    if pot is None or pot.is_blank:
        return ""
    if pot.closing_p < 0:
        return f"the pot is {prose_pounds(-pot.closing_p)} overdrawn"
    return f"{prose_pounds(pot.closing_p)} rolls over" if pot.closing_p else "the pot is spent"


EXPLAINED = (3, 6, 7, 9, 11, 12)
"""The part that explains each of the six figures."""
FULL = 700
"""Letters of a column below the figures: with more it finds no room there, and leaves the page white."""
Big = tuple[str, str]
"""A large figure and the words below it."""


def figures(data: PackData) -> list[tuple[str, Text]]:
    """The six figures of the year, each with what it was the year before (R-AGR-5)."""
    now = _figures(data.headline, paired_words(data))
    if data.earlier is None:
        return list(now)
    before = _figures(data.earlier, "")  # of the year before, the figure alone is printed
    return [
        (value, [words, BREAK, Muted(f"{year_before(data)}: {then}")])
        for (value, words), (then, _) in zip(now, before, strict=True)
    ]


def _figures(now: Headline, paired: str) -> list[Big]:
    held, came, cpd = now.meetings, now.attendance, now.cpd
    schools = "member school" if now.schools_in_year == 1 else "member schools"
    changed = f" in the year; {now.schools}\u00a0now" if now.schools != now.schools_in_year else ""
    meetings = "meeting" if held.counted == 1 else "meetings"
    people = "person" if cpd.people == 1 else "people"
    return [
        _known(now.schools_in_year, f"{schools}{changed}", "schools"),
        (
            number(held.counted if held.held else None),
            f"{meetings} in school time; the minimum is {held.minimum}",
        ),
        (
            came.percent if came.cells else NOT_ENTERED,
            f"attendance: {came.text} invitations taken up" if came.cells else "attendance",
        ),
        _pot_figure(now.pot),
        (
            number(cpd.people if cpd.sessions else None),
            f"{people} came to CPD, with {count(cpd.attendances, 'attendance')}" if cpd.sessions else "CPD",
        ),
        _confidence(now.confidence, paired),
    ]


def _confidence(change: Change | None, paired: str) -> Big:
    """By how much confidence changed, of how many; a small group has no mean (R-IMP-4, F10.4)."""
    if change is None or change.difference is None:
        return NOT_ENTERED, "confidence before and after"
    if change.small:
        up, _same, down = change.moves
        return f"{up} up", f"answers on confidence; {down} down"
    return change.change_words, f"confidence, on a scale of 5; {paired} answered twice"


def _known(value: int, words: str, thing: str) -> Big:
    return (number(value), words) if value else (NOT_ENTERED, thing)


def _pot_figure(pot: Account | None) -> Big:
    if pot is None or pot.is_blank:
        return NOT_ENTERED, "cluster pot"
    spent = f"{prose_pounds(pot.spent_p)} was spent"
    value = prose_pounds(pot.closing_p)
    if pot.closing_p < 0:
        return value, f"in the pot, overdrawn; {spent}"
    share = f", {pot.rollover_percent} of income" if pot.income_p > 0 else ""
    return value, f"rolls over{share}; {spent}"


def _words(sheet: Sheet, title: str, said: Sequence[str], *, top: bool = True) -> list[Flowable]:
    kit = sheet.kit
    listed_words = kit.numbered(said) if said else [kit.text(f"{opened(NOT_ENTERED)}.")]
    return [kit.heading(title, top=top), *listed_words]


def body(sheet: Sheet) -> list[Flowable]:
    """Figures, the leads' own words, and what is asked of the Steering Group."""
    kit, data = sheet.kit, sheet.data
    words = data.words
    asks = kit.numbered(words.asks, "ask") if words.asks else [kit.text(f"{opened(NOT_ENTERED)}.")]
    story = [kit.figures(figures(data), sections=[TITLES[part] for part in EXPLAINED])]
    if data.earlier is None:
        story.append(kit.text(no_trend(), "note"))
    is_long = max(len(" ".join(said)) for said in (words.successes, words.difficulties)) > FULL
    columns = [
        _words(sheet, "Successes", words.successes),
        _words(sheet, "Difficulties", words.difficulties, top=not is_long),
    ]
    story += [
        kit.space(8 if data.earlier else 16),
        *([part for column in columns for part in column] if is_long else kit.side_by_side(columns)),
        kit.space(16),
        kit.rule(),
        kit.heading("Decisions we ask for", top=True),
        *asks,
    ]
    return story
