"""Part 24, appendix C: what is not entered, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.formats import count, listed
from models.queries.pack import PackData
from models.queries.readiness import PartReadiness
from models.rules.gathered import Gathered, gathered
from models.rules.verdict import Severity
from reports.kit import BREAK, Bold, Col, Piece, TableLook, Text
from reports.pack.sheet import Sheet, opened

WEIGHTS = {Severity.REFUSE: "Stops. ", Severity.WARN: "", Severity.INFO: "Allowed. "}


def gaps(data: PackData) -> list[PartReadiness]:
    """The parts of the pack for which something is not entered."""
    printed = data.arrangement.printed
    return [part for part in data.readiness if part.to_enter and part.number in printed]


def answer(data: PackData) -> str:
    """How much is missing, and how much is unusual (R-REV-4)."""
    missing = sum(len(part.to_enter) for part in gaps(data))
    unusual = data.check.to_look_at + data.check.stopping
    if not missing and not unusual:
        return "Everything asked for is entered, and nothing is left to look at"
    entries = (
        f"{count(missing, 'kind of entry', 'kinds of entry')} missing" if missing else "Nothing is missing"
    )
    look = f"{count(unusual, 'thing')} to look at" if unusual else "nothing is left to look at"
    return f"{entries}; {look}"


def _missing(sheet: Sheet) -> list[Flowable]:
    cols: list[Col[PartReadiness]] = [
        Col("Part", lambda part: part.title, 150),
        Col("Not entered", lambda part: opened(listed(part.to_enter)), 0),
    ]
    look = TableLook(pad=2, empty="Nothing: all that is asked for is entered.")
    return [sheet.kit.heading("What is not entered"), sheet.kit.table(cols, gaps(sheet.data), look=look)]


def verdict_words(one: Gathered) -> Text:
    """What a rule found, and of what else; its weight in front where it is more, or less, than to look at."""
    weight = WEIGHTS[one.severity]
    said: list[Piece] = [Bold(weight)] if weight else []
    more: list[Piece] = [BREAK, one.also] if one.also else []
    return [*said, one.text, *more]


def _unusual(sheet: Sheet) -> list[Flowable]:
    cols: list[Col[Gathered]] = [
        Col("Rule", lambda one: one.rule, 62),
        Col("What to look at", verdict_words, 0, gap=8),
    ]
    look = TableLook(pad=1.5, empty="Nothing.")
    found = gathered(sheet.data.verdicts)
    caption = f"The codes are those of the scheme’s rules.{_weights_words(found)}" if found else ""
    return [
        sheet.kit.heading("What to look at"),
        sheet.kit.table(cols, found, look=look, caption=caption),
    ]


def _weights_words(found: Sequence[Gathered]) -> str:
    """What the words in front of some lines mean, where a line has them."""
    heavy = {one.severity for one in found}
    said = ["“Stops” needs a recorded reason"] if Severity.REFUSE in heavy else []
    if Severity.INFO in heavy:
        said.append("“Allowed” has one" if said else "“Allowed” has a recorded reason")
    return f" {'; '.join(said)}." if said else ""


def body(sheet: Sheet) -> list[Flowable]:
    """Both lists."""
    return [*_missing(sheet), *_unusual(sheet)]
