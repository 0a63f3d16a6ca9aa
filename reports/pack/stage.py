"""Part 23, transition readiness, in the last year of an agreement: ready for the next stage?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, long_date, prose_pounds
from models.queries.pack import PackData
from models.rules.agreement import days_left, is_last_year, readiness
from models.rules.impact import dissemination_words
from models.rules.people import plan_words
from reports.kit import Bold, Text
from reports.pack.sheet import Sheet, opened


def is_due(data: PackData) -> bool:
    """True in the last school year of an agreement (domain, part C)."""
    return is_last_year(data.profile.agreement, data.period.year)


def answer(data: PackData) -> str:
    """Report and application, after a successful review (R-AGR-3)."""
    now = data.profile.agreement
    if now is None:
        return "No agreement is entered"
    found = readiness(now)
    wanting = f"; still to come: {listed(found.missing)}" if found.missing else ""
    return opened(f"{found.text}{wanting}")


def _state(sheet: Sheet) -> list[Flowable]:
    now = sheet.data.profile.agreement
    if now is None:
        return []
    day, report = sheet.data.period.data_to, now.report_on
    left = days_left(now, day)
    facts: list[tuple[Text, Text]] = [
        ("Agreement ends", f"{long_date(now.ends_on)}, {count(left, 'day')} from the last day of the data"),
        ("Report", f"sent {long_date(report)}" if report else "not sent yet"),
        ("End-of-stage review", now.review_result.label.lower()),
        ("Application", now.application_result.label.lower()),
    ]
    return [sheet.kit.facts(facts, first=132, width=sheet.kit.width)]


def strands(data: PackData) -> list[tuple[str, str]]:
    """What the year's figures say under the sponsor's own headings of success (F1.5)."""
    now, impact = data.headline, data.impact
    change = impact.confidence.overall
    pot = f"{prose_pounds(now.pot.closing_p)} is left in the pot" if now.pot else "the pot is not entered"
    aims = sum(bool(one.evidence) for one in data.aims.aims)
    ssl = data.members.changes
    return [
        ("Profile of science", dissemination_words(impact.activities)),
        (
            "Relationship and collaboration",
            f"{_attendance(data)}, {count(now.meetings.held, 'meeting')} held",
        ),
        ("Support", _support(data)),
        ("Purpose and impact", f"{count(aims, 'aim')} with evidence"),
        (
            "Professional development and leadership",
            (
                f"{count(now.cpd.people, 'person', 'people')} in CPD"
                if now.cpd.sessions
                else f"CPD {NOT_ENTERED}"
            )
            + (f", confidence {change.change_words}" if change else "")
            + (f", {plan_words(data.people.plans, data.period.data_to)}" if data.people.plans else ""),
        ),
        ("Resilience", f"{count(len(ssl.changed_ids), 'school')} changed its science subject leader"),
        (
            "Self-sustainability",
            f"{pot}; {count(len(data.other_funding), 'other funding', 'other fundings')} declared",
        ),
    ]


def _attendance(data: PackData) -> str:
    came = data.headline.attendance
    return f"attendance {came.percent if came.cells else NOT_ENTERED}"


def _support(data: PackData) -> str:
    who = data.people
    if not who.offers and not who.asks:
        return f"strengths and needs {NOT_ENTERED}"
    return f"{count(who.offers, 'strength')} offered, {count(who.asks, 'need')} named"


def body(sheet: Sheet) -> list[Flowable]:
    """Where report, review and application stand, and what the year shows under the success headings."""
    said: list[Text] = [[Bold(f"{head}: "), f"{words}."] for head, words in strands(sheet.data)]
    return [
        *_state(sheet),
        sheet.kit.heading("What the year shows"),
        *sheet.kit.bullets(said),
        sheet.kit.text("The headings are those under which cluster successes are told.", "caption"),
    ]
