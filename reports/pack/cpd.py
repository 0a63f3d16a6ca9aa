"""Part 11, professional development: is CPD good value and needed?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, pounds, prose_pounds
from models.queries.cpd import CpdLine, CpdYear, SchoolExcess
from models.queries.pack import PackData
from models.rules.cpd_people import Evaluation
from models.words import ProviderKind
from reports.charts import Compared, year_on_year
from reports.kit import BREAK, Bold, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, entered, no_trend, year_before, year_words

QUOTES = 4
"""Printed at most: they show, the table counts."""
VAT = "Whether the lead school or a school gets VAT back: ask your school business manager."


def answer(data: PackData) -> str:
    """Who came, at what cost each, and whether it met what they came for."""
    cpd = data.cpd
    if not cpd.lines:
        return "No CPD session is entered yet"
    if not cpd.people:
        held = count(len(cpd.lines), "session")
        return f"{held} held; who came is not entered yet"
    came = f"{count(cpd.people, 'person', 'people')} came"
    each = cpd.cost.per_person(cpd.people)
    if each:
        came += f", at {prose_pounds(each)} each"
    outcomes = cpd.summary.outcomes
    if not outcomes.answers:
        return f"{came}; what they thought of it is not entered"
    return f"{came}; outcomes were met for {outcomes.words}"


def figures(cpd: CpdYear) -> list[tuple[str, str]]:
    """Cost for each person, people, outcomes met (R-CPD-7, R-IMP-1, R-IMP-2)."""
    sessions = count(len(cpd.lines), "session")
    people = "person came" if cpd.people == 1 else "people came"
    outcomes = cpd.summary.outcomes
    return [
        (cpd.cost.per_person_words(cpd.people), "for each person, all fees together"),
        (f"{cpd.people:,}", f"{people}, {count(cpd.attendances, 'attendance')} at {sessions}"),
        (
            f"{outcomes.yes} of {outcomes.answers}" if outcomes.answers else NOT_ENTERED,
            "said that the outcomes were met",
        ),
    ]


def session_words(line: CpdLine) -> Text:
    """Title, and below it day and provider."""
    label = line.provider_kind.label
    is_told = line.provider_kind is not ProviderKind.FELLOW or label in line.provider
    fellow = "" if is_told else f", {label}"
    provider = entered(line.provider) if line.provider.strip() else f"provider {NOT_ENTERED}"
    return [Bold(line.title), BREAK, Muted(f"{long_date(line.held_on)}, {provider}{fellow}")]


def _columns() -> list[Col[CpdLine]]:
    return [
        Col("Session", session_words, 0),
        Col("Came", lambda line: line.reach.attendances, 36, "right", 8),
        Col("Fee", lambda line: pounds(line.split.fee_p), 62, "right", 8),
        Col("VAT", lambda line: pounds(line.split.vat_p), 58, "right", 8),
        Col("From pot", lambda line: pounds(line.split.pot_p), 66, "right", 8),
        Col("Schools", lambda line: pounds(line.split.excess_p), 60, "right", 8),
    ]


def _fees(sheet: Sheet) -> list[Flowable]:
    kit, cpd = sheet.kit, sheet.data.cpd
    cap = prose_pounds(sheet.data.scheme.cpd_cap)
    sums = (pounds(cpd.fee_p), pounds(cpd.vat_p), pounds(cpd.pot_p), pounds(cpd.excess_p))
    total = (count(len(cpd.lines), "session"), cpd.attendances, *sums)
    return [
        kit.table(_columns(), cpd.lines, total=total, look=TableLook(pad=5)),
        kit.text(
            f"The pot pays up to {cap} and its VAT a session; the schools share what is above it, with its "
            f"VAT. {VAT} Source: session records.",
            "caption",
        ),
    ]


def _excess(sheet: Sheet) -> list[Flowable]:
    kit, cpd = sheet.kit, sheet.data.cpd
    if not cpd.excess:
        return []
    cols: list[Col[SchoolExcess]] = [
        Col("School", lambda one: one.school, 0),
        Col("Share of the fee", lambda one: pounds(one.net_p), 92, "right"),
        Col("Share of the VAT", lambda one: pounds(one.vat_p), 92, "right"),
    ]
    total = ("All schools", pounds(cpd.excess_net_p), pounds(cpd.excess_vat_p))
    return [
        kit.heading("What each school pays of the fees"),
        kit.table(cols, cpd.excess, total=total, look=TableLook(pad=2)),
    ]


def _rating(slips: Evaluation) -> str:
    """`4.5 of 5`; of a few `2 × 4, 2 × 5`, and no count is cut in two."""
    return slips.mean_words.replace(" × ", "\u00a0×\u00a0")


def _slips(sheet: Sheet) -> list[Flowable]:
    kit, cpd = sheet.kit, sheet.data.cpd
    cols: list[Col[CpdLine]] = [
        Col("Session", lambda line: line.title, 0),
        Col("Slips", lambda line: line.summary.slips, 36, "right"),
        Col("Outcomes met", lambda line: line.summary.outcomes.words, 84, gap=16),
        Col("Useful", lambda line: line.summary.useful.words, 78),
        Col(["Relevant to", BREAK, "the classroom"], lambda line: line.summary.relevant.words, 78),
        Col("Rating", lambda line: _rating(line.summary), 74),
    ]
    whole = cpd.summary
    words = (whole.outcomes.words, whole.useful.words, whole.relevant.words, _rating(whole))
    total = ("All sessions", whole.slips, *words) if len(cpd.lines) > 1 else None
    small = f"Groups of fewer than {whole.small_group} answers show counts, not percentages."
    table = kit.table(cols, cpd.lines, total=total, look=TableLook(pad=3))
    source = f"{small} Source: evaluation slips, without names."
    return [kit.heading("What people said"), *sheet.noted(table, source, len(cpd.lines))]


def _needs(sheet: Sheet) -> list[Flowable]:
    kit = sheet.kit
    said: list[Text] = [[Bold(line.title), f": {entered(line.need)}"] for line in sheet.data.cpd.lines]
    return [kit.heading("The need behind each session"), *kit.bullets(said)]


def _quotes(sheet: Sheet) -> list[Flowable]:
    quotes = sheet.data.cpd.quotes[:QUOTES]
    if not quotes:
        return []
    said = [(words, f"After “{title}”") for words, title in quotes]
    pairs = [said[at : at + 2] for at in range(0, len(said), 2)]
    gap = [sheet.kit.space(12)] if sheet.kit.scale == 1 else []  # large print parts them itself
    rows = [part for pair in pairs for part in (*sheet.kit.quotes(pair), *gap)]
    return [sheet.kit.heading("In teachers’ words"), *rows]


def _trend(sheet: Sheet) -> list[Flowable]:
    data = sheet.data
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then, now = data.earlier.cpd, data.headline.cpd
    rows = [
        Compared("Sessions", (then.sessions, now.sessions)),
        Compared("Attendances", (then.attendances, now.attendances)),
        Compared("People", (then.people, now.people)),
    ]
    chart = year_on_year(rows, (year_before(data), year_words(data)), look=sheet.look)
    return [
        sheet.kit.heading("Year on year"),
        sheet.chart(chart, "A person counts once for each session, and once in all."),
    ]


def _upcoming(sheet: Sheet) -> list[Flowable]:
    ahead = sheet.data.cpd.upcoming
    if not ahead:
        return []
    return [
        sheet.kit.heading("Still to come"),
        *sheet.kit.bullets([f"{long_date(day)}: {title}" for title, day in ahead]),
    ]


def body(sheet: Sheet) -> list[Flowable]:
    """Cost and reach, fees and who pays them, what people said, and why these sessions."""
    cpd = sheet.data.cpd
    if not cpd.lines:
        words = f"Enter the CPD sessions of {year_words(sheet.data)}, who came and their slips."
        return [sheet.kit.text(words), *_upcoming(sheet), *_trend(sheet)]
    return [
        sheet.kit.figures(figures(cpd)),
        *_fees(sheet),
        *_excess(sheet),
        *_slips(sheet),
        *_needs(sheet),
        *_quotes(sheet),
        *_trend(sheet),
        *_upcoming(sheet),
    ]
