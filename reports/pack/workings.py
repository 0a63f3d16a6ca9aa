"""Part 24, appendix B: how the figures were worked out, by the scheme of the year."""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.calendar import year_bounds
from models.formats import count, date_range, long_date, prose_pounds, time_range
from models.queries.pack import PackData
from models.words import ExcessSplit
from reports.kit import Bold, Text
from reports.pack.meetings import counting_words
from reports.pack.sheet import Sheet, data_to_words, year_words

VAT = "This pack records VAT and gives no advice on it: ask your school business manager."
SPLITS = {
    ExcessSplit.EQUAL.value: "equally by all schools that are members on the day",
    ExcessSplit.ATTENDING.value: "equally by the schools that came",
    ExcessSplit.BY_ROLL.value: "by number on roll",
}


def answer(data: PackData) -> str:
    """From what, and by which rules."""
    source = data.profile.lead_school.strip() or "the lead school"
    return f"From the entries of {source}, by the rules of the scheme"


def _people(data: PackData) -> list[Text]:
    scheme = data.scheme
    day = time_range(data.calendar.day_starts, data.calendar.day_ends)
    first, last = year_bounds(data.period.year)
    return [
        [
            Bold("Year. "),
            f"{year_words(data)} is {date_range(first, last)}; this pack goes up to {data_to_words(data)}. "
            "A thing belongs to the year of its own date, not of its paperwork.",
        ],
        [
            Bold("Meetings. "),
            f"{counting_words(scheme, day)} The minimum is {scheme.meetings_min} a year.",
        ],
        [
            Bold("Attendance. "),
            "A school counts once at each meeting it was asked to as a member, at the best mark of its "
            "people. No mark at a meeting where others are marked is N. A meeting without any mark is not "
            "counted.",
        ],
        [Bold("People. "), "Attendances count a person at each session; people count a person once."],
    ]


def _money(data: PackData) -> list[Text]:
    scheme = data.scheme
    cap, each = prose_pounds(scheme.cap_per_half_day), prose_pounds(scheme.release_allowance)
    carried = ", and what it had left of the year before" if scheme.release_rollover else ""
    with_vat = (
        "VAT is part of the cost"
        if scheme.cap_includes_vat
        else "VAT is part of the cost only where the school does not get it back"
    )
    return [
        [
            Bold("Release. "),
            f"Recognised is the actual cost, at most {cap} a half-day (a whole day is two) and, for regular "
            f"meetings, at most {each} a school a year{carried}. The rest is the school share: recognised + "
            f"school share = cost, for each claim and each total. {with_vat}. An approved claim keeps the "
            "amount recognised when it was approved. Release money is for teachers, not for trips.",
        ],
        [
            Bold("Pot. "),
            "Opening + in − out = closing, with paid entries only. What is left rolls over; its percentage "
            f"is of the year’s income. A line {scheme.budget_variance}% or more off plan has a note. Other "
            "funds and the lead school’s two funds are never added to it.",
        ],
        [Bold("CPD. "), _cpd(data)],
        [
            Bold("Loans. "),
            "A loan counts in the year in which it went out, and is late from the day after it was due.",
        ],
        [Bold("VAT. "), VAT],
        [Bold("Rounding. "), "Money is kept in whole pence. Percentages are rounded, halves up."],
    ]


def _cpd(data: PackData) -> str:
    scheme = data.scheme
    how = SPLITS[scheme.excess_split]
    points = count(scheme.small_group, "answer")
    return (
        f"The pot pays a fee up to {prose_pounds(scheme.cpd_cap)} a session and the VAT on that part; the "
        f"rest, with its VAT, is shared {how}, to the penny. The cost for each person is all fees, with the "
        f"VAT that nobody gets back, over the people who came. With fewer than {points} there are no "
        "percentages."
    )


def rules(data: PackData) -> list[Text]:
    """The rules behind the figures, each in a few sentences."""
    return [*_people(data), *_money(data)]


def changed(data: PackData) -> list[str]:
    """What is different from the version that was issued before, figure by figure (R-REV-3)."""
    since = data.since
    if since is None:
        return []
    lines = since.lines or ("No headline figure has changed",)
    return [f"{line}." for line in (*lines, *since.parts_lines)]


def body(sheet: Sheet) -> list[Flowable]:
    """All of them, and from the second version on what changed."""
    kit, since = sheet.kit, sheet.data.since
    told = changed(sheet.data)
    head = (
        f"What changed since version {since.version}, issued on {long_date(since.issued_on)}" if since else ""
    )
    return [*kit.bullets(rules(sheet.data)), *([kit.heading(head), *kit.bullets(told)] if told else [])]
