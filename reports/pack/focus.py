"""Part 5, the focus areas: where is the effort going; what is untouched?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import count
from models.queries.pack import PackData
from models.rules.aims import Coverage
from reports.kit import Col, TableLook, Text
from reports.pack.sheet import Sheet

NAMED = 1


def answer(data: PackData) -> str:
    """How many areas something served, and how many nothing did (R-AIM-3)."""
    areas = data.aims.coverage
    if not areas:
        return "No focus area is entered"
    touched = [one for one in areas if one.things]
    if not touched:
        return "Nothing is linked to a focus area yet"
    blank = len(areas) - len(touched)
    words = f"Work touched {len(touched)} of {count(len(areas), 'focus area')}"
    return f"{words}; {count(blank, 'area was', 'areas were')} left alone" if blank else words


def _dots(table: str) -> Col[Coverage]:
    def number(one: Coverage) -> int | str:
        found = len({thing.id for thing in one.things if thing.table == table})
        return found or "\u2013"

    heads = {"cpd_session": "CPD", "meeting": "Meetings", "project": "Projects", "activity": "Activities"}
    return Col(heads[table], number, 50, "right", 6)


def _titles(one: Coverage) -> Text:
    titles = list(dict.fromkeys(thing.title for thing in one.things if thing.table != "evidence"))
    if not titles:
        return "no activity this year"
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return ", ".join(titles[:NAMED]) + more


def body(sheet: Sheet) -> list[Flowable]:
    """Every focus area with what served it, blank ones too (R-AIM-2, R-AIM-3)."""
    areas = sheet.data.aims.coverage
    if not areas:
        return [sheet.kit.text("Enter the focus areas, and link meetings, CPD and projects to them.")]
    cols: list[Col[Coverage]] = [
        Col("Focus area", lambda one: one.area.name, 186),
        _dots("meeting"),
        _dots("cpd_session"),
        _dots("project"),
        _dots("activity"),
        Col("For example", _titles, 0, gap=12),
    ]
    words = "One thing can serve several areas. Source: links to focus areas; “–” means none."
    return [sheet.kit.table(cols, areas, look=TableLook(pad=2), caption=words)]
