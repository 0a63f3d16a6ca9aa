"""The agreement with the sponsor: its end, what follows, and trends over years (R-AGR-1 to R-AGR-5, R-AGR-7).

R-AGR-6 (one scheme, dated, never rewriting an older claim) is kept by `models.rules.scheme`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct

from models.calendar import add_months, school_year, year_label
from models.formats import NOT_ENTERED, count, listed, long_date
from models.rules.scheme import Scheme
from models.rules.spells import covers, day_after, day_before
from models.rules.verdict import About, Verdict, answered, warn
from models.words import AgreementResult

STAGES = {
    1: "exploratory event",
    2: "exploratory pilot, then extend and establish",
    3: "established practice",
    4: "self-sustained",
}
MEANINGS = {
    1: "a first event, to see who is interested",
    2: "a pilot, then more schools and regular meetings",
    3: "meetings, release and sharing are everyday practice",
    4: "the cluster carries itself, without a grant",
}
"""What a stage means, for somebody who has to say which it is (R-AGR-4)."""
USUAL_STAGE = 2  # of a cluster that begins
PILOT_YEARS = 1  # R-AGR-7
NO_TREND = "first year: no trend yet"


class AgreementFact(Struct, frozen=True):
    """One stage's agreement. `ends_on` is its last day; `report_on` the day the report was sent."""

    id: int
    starts_on: dt.date
    ends_on: dt.date
    stage: int = 3
    stage_label: str = ""
    pilot: bool = False
    report_on: dt.date | None = None
    review_result: AgreementResult = AgreementResult.PENDING
    application_result: AgreementResult = AgreementResult.PENDING
    transition_approved_on: dt.date | None = None

    @property
    def about(self) -> About:
        return About("agreement", self.id)


def last_day(starts_on: dt.date, years: int) -> dt.date:
    """The last day of an agreement of whole years: 1 September 2017 for two -> 31 August 2019 (R-AGR-1)."""
    anniversary = add_months(starts_on, 12 * years)
    # From 29 February the years are full on 28 February where there is no 29th.
    return anniversary if anniversary.day < starts_on.day else day_before(anniversary)


def usual_last_day(starts_on: dt.date, scheme: Scheme, *, pilot: bool = False) -> dt.date:
    """The last day that an agreement has by the scheme: two years by default, one for a pilot (R-AGR-7)."""
    return last_day(starts_on, PILOT_YEARS if pilot else scheme.agreement_years)


def length_verdict(agreement: AgreementFact, scheme: Scheme) -> Verdict | None:
    """An agreement that does not run as long as the scheme says (R-AGR-1, R-AGR-7)."""
    usual = usual_last_day(agreement.starts_on, scheme, pilot=agreement.pilot)
    if agreement.ends_on == usual:
        return None
    years = PILOT_YEARS if agreement.pilot else scheme.agreement_years
    kind, rule = ("a pilot", "R-AGR-7") if agreement.pilot else ("an agreement", "R-AGR-1")
    text = (
        f"The agreement ends on {long_date(agreement.ends_on)}, but {kind} lasts {count(years, 'year')}, "
        f"to {long_date(usual)}: check its last day."
    )
    return answered(scheme.response("agreement_years"), rule, text, agreement.about)


def agreement_on(agreements: Sequence[AgreementFact], day: dt.date) -> AgreementFact | None:
    """The agreement that runs on a day, else the latest that has ended, else None."""
    begun = [agreement for agreement in agreements if agreement.starts_on <= day]
    running = [agreement for agreement in begun if covers(agreement.starts_on, agreement.ends_on, day)]
    return max(running or begun, key=lambda agreement: agreement.ends_on, default=None)


def is_last_year(agreement: AgreementFact | None, year: int) -> bool:
    """True for the school year in which an agreement ends: its pack tells whether the next stage may come."""
    return agreement is not None and school_year(agreement.ends_on) == year


def ended(agreement: AgreementFact, day: dt.date) -> bool:
    """True from the day after the last day (R-AGR-1)."""
    return day > agreement.ends_on


def days_left(agreement: AgreementFact, day: dt.date) -> int:
    """Days of the agreement still to come, the last one included; 0 on the last day and after it."""
    return max(0, (agreement.ends_on - day).days)


def months_left(agreement: AgreementFact, day: dt.date) -> int:
    """Whole months from a day to the end: 1 March 2019 to 31 August 2019 is 6 (R-AGR-2)."""
    over = day_after(agreement.ends_on)
    months = 0
    while add_months(day, months + 1) <= over:
        months += 1
    return months


def approved(agreement: AgreementFact, day: dt.date) -> bool:
    """True once the transition to the next stage is approved (R-AGR-2)."""
    return agreement.transition_approved_on is not None and agreement.transition_approved_on <= day


def ends_soon(agreement: AgreementFact, day: dt.date, scheme: Scheme) -> bool:
    """True from so many months before the day after its last (R-AGR-2)."""
    return day >= add_months(day_after(agreement.ends_on), -scheme.agreement_warning_months)


def ending_verdict(agreement: AgreementFact, today: dt.date, scheme: Scheme) -> Verdict | None:
    """Notice that the agreement ends soon or has ended, unless the transition is approved (R-AGR-2)."""
    if approved(agreement, today) or today < agreement.starts_on:
        return None
    ends = long_date(agreement.ends_on)
    missing = listed(readiness(agreement).missing)
    needed = f": {missing} needed" if missing else ": report and application are done, approval is awaited"
    if ended(agreement, today):
        text = f"The agreement ended on {ends}{needed}."
    elif ends_soon(agreement, today, scheme):
        months = months_left(agreement, today)
        left = count(months, "month") if months else count(days_left(agreement, today), "day")
        text = f"{left} left of the agreement, which ends on {ends}{needed}."
        if today == agreement.ends_on:
            text = f"{ends} is the last day of the agreement{needed}."
    else:
        return None
    return answered(scheme.response("agreement_warning_months"), "R-AGR-2", text, agreement.about)


def may_spend(agreement: AgreementFact, day: dt.date, scheme: Scheme) -> Verdict | None:
    """New spending after the end without an approved transition (R-AGR-2); None: it may go ahead."""
    if not ended(agreement, day) or approved(agreement, day):
        return None
    text = (
        f"The agreement ended on {long_date(agreement.ends_on)}: nothing new is spent after that "
        "until the transition is approved, so enter the approval first."
    )
    return answered(scheme.response("spend_after_end"), "R-AGR-2", text, agreement.about)


class Readiness(Struct, frozen=True):
    """How far the transition to the next stage is prepared (R-AGR-3)."""

    done: tuple[str, ...]
    missing: tuple[str, ...]
    review_passed: bool

    @property
    def ready(self) -> bool:
        return self.review_passed and not self.missing

    @property
    def text(self) -> str:
        """`not ready: 1 of 2`; the review is named when only it is wanting."""
        of = f"{len(self.done)} of {len(self.done) + len(self.missing)}"
        if self.ready:
            return f"ready: {of}"
        wanting = "" if self.missing else ", but the end-of-stage review is not yet successful"
        return f"not ready: {of}{wanting}"


def readiness(agreement: AgreementFact) -> Readiness:
    """Both the report and a successful application, after a successful review (R-AGR-3)."""
    parts = {
        "report": agreement.report_on is not None,
        "application": agreement.application_result is AgreementResult.SUCCESSFUL,
    }
    return Readiness(
        done=tuple(name for name, done in parts.items() if done),
        missing=tuple(name for name, done in parts.items() if not done),
        review_passed=agreement.review_result is AgreementResult.SUCCESSFUL,
    )


def stage_label(stage: int, edited: str = "") -> str:
    """`Stage 3: established practice`, or with the cluster's own words (R-AGR-4)."""
    words = edited.strip() or STAGES.get(stage, "")
    return f"Stage {stage}: {words}" if words else f"Stage {stage}"


class YearValue(Struct, frozen=True):
    """A figure of one school year; None: not entered."""

    year: int
    value: int | None


def has_trend(points: Sequence[YearValue]) -> bool:
    """True when at least two years have a figure to set side by side (R-AGR-5)."""
    return sum(point.value is not None for point in points) > 1


def trend_sentence(points: Sequence[YearValue], show: Callable[[int], str] = str) -> str:
    """The years side by side, or that there is no trend yet (R-AGR-5).

    Args:
        points: the years; those without a figure are left out.
        show: how to print a figure, such as `pounds`.
    """
    known = [(point.year, point.value) for point in points if point.value is not None]
    if not known:
        return NOT_ENTERED
    if len(known) == 1:
        return NO_TREND
    return "; ".join(f"{year_label(year)}: {show(value)}" for year, value in sorted(known))


def no_agreement_verdict(agreements: Sequence[AgreementFact]) -> Verdict | None:
    """A book without an agreement cannot tell when it ends (R-AGR-1)."""
    if agreements:
        return None
    return warn("R-AGR-1", "No agreement is entered: enter its first and last day in the settings.")
