"""Part 8, release and supply cover: are schools giving what they promised?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, pounds, pounds_alike, prose_pounds
from models.queries.cover import CoverYear
from models.queries.pack import PackData
from models.rules.cover_use import SchoolUse, confirmed_words
from reports.charts import Compared, CoverRow, cover_bars, year_on_year
from reports.kit import BREAK, Col, TableLook
from reports.pack.sheet import Sheet, no_trend, year_before, year_words

NONE = "\u2013"
VAT = "Whether a school gets VAT back: ask your school business manager."


def answer(data: PackData) -> str:
    """Who confirmed that the money is extra, and how much release was given (R-COVER-7)."""
    cover = data.cover
    if not cover.schools:
        return "No member school is entered yet"
    giving = len(cover.additional)
    if not giving:
        return "No school sets release money aside"
    given = "no cover claim is entered yet"
    if cover.own.claims:
        were = "was" if cover.own.half_days == 1 else "were"
        given = f"{count(cover.own.half_days, 'half-day')} {were} given"
    if cover.confirmed == giving:
        who = {1: "the school", 2: "both schools"}.get(giving, f"all {giving} schools")
        return f"Yes: {who} confirmed extra money; {given}"
    return f"{cover.confirmed} of {count(giving, 'school')} confirmed extra money; {given}"


def holding_words(data: PackData) -> str:
    """Who holds the money, and what the lead school pays (R-COVER-6)."""
    cover, scheme = data.cover, data.scheme
    each = prose_pounds(scheme.release_allowance)
    own = prose_pounds(cover.own.recognised_p)
    if not cover.claims:
        return (
            f"The lead school repays what is recognised, up to {each} a school a year."
            if scheme.release_mode == "lead_reimburses"
            else f"Each school holds its own {each} a year."
        )
    if scheme.release_mode == "lead_reimburses":
        first = (
            f"The lead school repays what is recognised, up to {each} a school a year: "
            f"{prose_pounds(cover.own.lead_pays_p)} for regular meetings."
        )
    else:
        first = (
            f"Each school holds its own {each} a year. The {own} recognised for regular meetings is the "
            f"schools’ own money: the lead school pays {prose_pounds(cover.own.lead_pays_p)} of it."
        )
    if scheme.release_rollover:
        first += " What a school has left at the end of a year is added to its next allowance."
    if not cover.other.claims:
        return first
    pot = prose_pounds(cover.other.lead_pays_p)
    return (
        f"{first} Release for projects and sub-groups is another matter: {pot} comes from the cluster pot or "
        "other funding, through the lead school."
    )


def limits_words(data: PackData) -> str:
    """How to read the chart (R-COVER-1, R-COVER-4, R-COVER-7)."""
    cap = prose_pounds(data.scheme.cap_per_half_day)
    said = (
        f"Solid: recognised, at most {cap} a half-day, against each school’s own allowance. "
        "Hatched: what the school paid itself."
    )
    if data.cover.additional:
        said += f" On top of the science budget: {confirmed_words(data.cover.additional)}."
    return said


def waiting_words(cover: CoverYear) -> str:
    """What the figures hold that is not settled yet; "" if nothing."""
    waiting = cover.waiting
    if not waiting.claims:
        return ""
    amount = prose_pounds(waiting.recognised_p)
    if waiting.claims == 1:
        said = f"1 claim of these, with {amount} recognised, is not approved yet."
    else:
        said = f"{waiting.claims} claims of these, with {amount} recognised, are not approved yet."
    return f"{said} {no_cost_words(cover)}".strip()


def no_cost_words(cover: CoverYear) -> str:
    """How many claims are counted at £0 as nobody has entered their cost; "" if none (R-REV-5)."""
    if not cover.without_cost:
        return ""
    has = "has" if cover.without_cost == 1 else "have"
    return (
        f"{count(cover.without_cost, 'claim')} {has} no cost entered yet: the half-days count, the cost does "
        "not."
    )


def unclaimed_words(unclaimed: int) -> str:
    """How many releases the registers have and these figures have not; "" if none (R-COVER-10)."""
    if not unclaimed:
        return ""
    them = "it is" if unclaimed == 1 else "they are"
    number = count(unclaimed, "more release")
    return f"The registers have {number} without a claim: {them} in none of these figures."


def allowances(cover: CoverYear) -> set[int]:
    """The sizes of the schools' allowances, in pence: one, unless some brought money from the year before."""
    return {line.entitlement.allowance_p for line in cover.schools if line.entitlement.allowance_p > 0}


def _bars(sheet: Sheet) -> list[Flowable]:
    giving = [line for line in sheet.data.cover.schools if line.entitlement.allowance_p > 0]
    sizes = allowances(sheet.data.cover)
    if len(sizes) != 1 or not sheet.data.cover.claims:
        return []  # the chart has one line for all, where the table says each; nothing used is no bar
    rows = [
        CoverRow(
            sheet.short(line.school_id, line.school_name),
            line.own.recognised_p,
            line.own.school_share_p,
            sheet.data.cover.costs_unknown(line.school_id),
        )
        for line in giving
    ]
    allowance = sizes.pop()
    return sheet.charts(
        rows, lambda some: cover_bars(some, allowance, sheet.look, rows), limits_words(sheet.data)
    )


def shown_schools(cover: CoverYear) -> list[SchoolUse]:
    """Those with an allowance, or with claims for regular meetings, by name (R-COVER-18)."""
    return [line for line in cover.schools if line.entitlement.allowance_p or line.own.half_days]


def _own_columns(cover: CoverYear) -> list[Col[SchoolUse]]:
    said = {one.school_id: one.answer for one in cover.additional}

    def extra(line: SchoolUse) -> str:
        return said[line.school_id].label if line.school_id in said else NONE

    def known(line: SchoolUse, pence: int) -> str:
        return NOT_ENTERED if cover.costs_unknown(line.school_id) else pounds(pence)

    def left(line: SchoolUse) -> str:
        return pounds(line.entitlement.left_p) if line.entitlement.allowance_p else NONE

    def whole(line: SchoolUse) -> str:
        return pounds(line.entitlement.allowance_p) if line.entitlement.allowance_p else NONE

    each = [Col("Allowance", whole, 62, "right", 8)] if len(allowances(cover)) > 1 else []
    if not cover.claims:  # nobody has entered what was used (R-REV-5)
        return [
            Col("School", lambda line: line.school_name, 240),
            Col("Allowance", whole, 80, "right"),
            Col("Extra?", extra, 0, gap=20),
        ]
    return [
        Col("School", lambda line: line.school_name, 152),
        *each,
        Col(["Half-", BREAK, "days"], lambda line: line.own.half_days, 36, "right", 8),
        Col("Cost", lambda line: known(line, line.own.cost_p), 62, "right", 8),
        Col("Recognised", lambda line: known(line, line.own.recognised_p), 66, "right", 8),
        Col("School share", lambda line: known(line, line.own.school_share_p), 66, "right", 8),
        Col("Left", left, 62, "right", 8),
        Col("Extra?", extra, 0, gap=14),
    ]


def _pot_columns() -> list[Col[SchoolUse]]:
    return [
        Col("School", lambda line: line.school_name, 152),
        Col(["Half-", BREAK, "days"], lambda line: line.other.half_days, 36, "right", 8),
        Col("Cost", lambda line: pounds(line.other.cost_p), 62, "right", 8),
        Col("Recognised", lambda line: pounds(line.other.recognised_p), 66, "right", 8),
        Col("School share", lambda line: pounds(line.other.school_share_p), 66, "right", 8),
        Col("Lead school pays", lambda line: pounds(line.other.lead_pays_p), 0, "right", 8),
    ]


def _own_table(sheet: Sheet) -> list[Flowable]:
    kit, cover = sheet.kit, sheet.data.cover
    own = cover.own
    confirmed = f"{cover.confirmed} of {len(cover.additional)}"
    total: list[str | int] = ["All schools"]
    if len(allowances(cover)) > 1 or not cover.claims:
        total.append(pounds(cover.allowance_p))
    if cover.claims:
        total += [own.half_days, pounds(own.cost_p), pounds(own.recognised_p), pounds(own.school_share_p)]
        total.append(pounds(cover.left_p))
    total.append(confirmed)
    return [
        kit.table(
            _own_columns(cover),
            shown_schools(cover),
            total=total,
            look=TableLook(pad=2),
            caption=" ".join(part for part in _notes(sheet.data) if part),
        ),
    ]


def _notes(data: PackData) -> list[str]:
    cover = data.cover
    aside = [line.school_name for line in cover.schools if not line.entitlement.allowance_p]
    sets = "sets" if len(aside) == 1 else "set"
    return [
        f"Recognised + school share = cost: {cover.own.words}." if cover.own.claims else "",
        "Extra?: has the school confirmed that the money is on top of its science budget?",
        f"{listed(aside)} {sets} no release money aside." if aside else "",
        waiting_words(cover),
        unclaimed_words(data.unclaimed),
        VAT,
        "Source: cover claims, by date of cover.",
    ]


def _pot_table(sheet: Sheet) -> list[Flowable]:
    kit, cover = sheet.kit, sheet.data.cover
    lines = [line for line in cover.schools if line.other.half_days or line.other.cost_p]
    if not lines:
        return []
    other = cover.other
    sums = (pounds(other.cost_p), pounds(other.recognised_p), pounds(other.school_share_p))
    total = ("All schools", other.half_days, *sums, pounds(other.lead_pays_p))
    table = kit.table(_pot_columns(), lines, total=total, look=TableLook(pad=2))
    when = "Claims count here from the day of cover; the cluster account has them when they are paid."
    return [kit.heading("Projects and sub-groups"), *sheet.noted(table, when, len(lines))]


def _trend(sheet: Sheet) -> list[Flowable]:
    data, now = sheet.data, sheet.data.cover.totals
    if data.earlier is None:
        return [sheet.kit.text(no_trend(), "note")]
    then = data.earlier.cover
    rows = [
        Compared("Recognised", (then.recognised_p, now.recognised_p)),
        Compared("School share", (then.school_share_p, now.school_share_p)),
    ]
    money = pounds_alike(pence for row in rows for pence in row.values)
    chart = year_on_year(rows, (year_before(data), year_words(data)), money, sheet.look)
    before, this = money(then.cost_p), money(now.cost_p)
    words = f"All release: {before} in {year_before(data)}, {this} in {year_words(data)}."
    return [sheet.kit.heading("Year on year"), sheet.chart(chart, words)]


def body(sheet: Sheet) -> list[Flowable]:
    """Use of the allowances by school, the pot's release, and the year before."""
    kit, cover = sheet.kit, sheet.data.cover
    if not cover.schools:
        return [kit.text("Enter the schools and their cover claims: then each school has its line here.")]
    return [
        *_bars(sheet),
        *_own_table(sheet),
        *_trend(sheet),
        kit.heading("Whose money is it?"),
        kit.text(holding_words(sheet.data)),
        *_pot_table(sheet),
    ]
