"""Home's three charts: the pack's drawings, from the answers that Home has. Drawn in the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from models.values import replace
from ui.format import count, prose_pounds, short_date, year_label
from ui.widgets.plates import drawn

if TYPE_CHECKING:
    from reports.charts import Look, Plate
    from ui.pages.home.facts import YearFacts
    from ui.widgets.chart import Draw

MEETINGS_MOST = 12  # the last ones; a chart longer than the page is no chart


class ChartOf(Struct, frozen=True):
    """One chart: its side note and how it is drawn; or, with nothing to draw, a sentence."""

    note: str = ""
    draw: Draw | None = None
    sentence: str = ""


def meetings_chart(figures: YearFacts) -> ChartOf:
    """Schools at each meeting whose attendance is entered."""
    columns = [one for one in figures.meetings.matrix.columns if one.entered][-MEETINGS_MOST:]
    if not columns:
        return ChartOf(sentence="No meeting’s attendance is entered yet.")

    def plate(look: Look) -> Plate:
        from reports.charts import Turnout, attendance_bars

        rows = [
            Turnout(short_date(one.meeting.held_on), one.total.present, one.total.cells) for one in columns
        ]
        return attendance_bars(rows, look)

    return ChartOf(note=count(len(columns), "meeting"), draw=drawn(plate))


def release_chart(figures: YearFacts) -> ChartOf:
    """Release used by school, where all allowances are of one size, as in the pack."""
    short = {line.membership.school_id: line.short_name for line in figures.members.lines}
    giving = [one for one in figures.cover.schools if one.entitlement.allowance_p]
    sizes = {one.entitlement.allowance_p for one in giving}
    if not figures.cover.claims or not giving:
        return ChartOf(sentence="No cover claim is entered yet.")
    if len(sizes) > 1:
        return ChartOf(sentence="Allowances differ this year: the pack’s table says each.")
    allowance = sizes.pop()

    def plate(look: Look) -> Plate:
        from reports.charts import CoverRow, cover_bars

        rows = [
            CoverRow(short.get(one.school_id, one.school_name), one.own.recognised_p, one.own.school_share_p)
            for one in giving
        ]
        return cover_bars(rows, allowance, look)

    return ChartOf(note=f"{prose_pounds(allowance)} a school", draw=drawn(plate))


def pot_chart(figures: YearFacts) -> ChartOf:
    """The cluster pot from its opening to its closing balance."""
    pot = figures.pot
    if pot is None or not pot.entries:
        return ChartOf(sentence="No money in or out of the pot is entered yet.")

    def plate(look: Look) -> Plate:
        from reports.charts import waterfall
        from reports.pack.account import steps

        return waterfall(steps(replace(pot, previous=None)), [year_label(pot.account.year)], look)

    return ChartOf(note="opening to closing", draw=drawn(plate))
