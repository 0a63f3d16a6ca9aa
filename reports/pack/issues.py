"""Part 21, issues and the Advisor: were problems raised early?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, pounds
from models.queries.issues import ApprovalLine, Issues, ProblemLine, QuestionLine
from models.queries.meetings import MeetingLine
from models.queries.pack import PackData
from models.rules.cluster import MembershipFact
from models.words import ApprovalKind, ApprovalState
from reports.kit import BREAK, Bold, Col, Muted, Piece, TableLook, Text
from reports.pack.entries import entries
from reports.pack.sheet import Sheet, decided, entered, stopped

NONE = "\u2013"
NO_AMOUNT = {ApprovalKind.MEMBERSHIP, ApprovalKind.OTHER}


def answer(data: PackData) -> str:
    """How many problems, and how soon the Advisor knew (R-CLU-11)."""
    problems = data.issues.problems
    if not problems:
        return "No problem is entered for this year"
    many = count(len(problems), "problem")
    days = [one.days for one in problems if one.days is not None]
    if len(days) < len(problems):
        untold = len(problems) - len(days)
        if not days:
            which = "the problem" if untold == 1 else f"none of the {many}"
            return f"No: {which} has {'not ' if untold == 1 else ''}been told to the Advisor yet"
        has = "has" if untold == 1 else "have"
        return f"Not all: {untold} of {many} {has} not been told to the Advisor yet"
    last = max(days)
    soon = "on the same day" if last <= 0 else f"within {count(last, 'day')}"
    return f"Yes: {many}, told to the Advisor {soon}"


def told_words(one: ProblemLine) -> Text:
    """When the Advisor heard of a problem, and how many days later that was."""
    if one.days is None:
        return "Not told yet"
    later = "the same day" if one.days <= 0 else f"{count(one.days, 'day')} later"
    return [long_date(one.fact.told_advisor_on), BREAK, Muted(later)]


def problem_words(one: ProblemLine) -> Text:
    """The school and the words that were entered."""
    words = entered(one.fact.summary)
    return [Bold(one.fact.school), BREAK, words] if one.fact.school else words


def outcome_words(one: ProblemLine, data: PackData) -> Text:
    """The outcome, and whether the problem is closed on the last day of the data."""
    closed = one.fact.closed_on
    is_closed = closed is not None and closed <= data.period.data_to
    state = f"Closed {long_date(closed)}" if is_closed else "Open"
    return [
        Bold(state),
        BREAK,
        f"Outcome: {entered(one.outcome)}" if not one.outcome.strip() else one.outcome,
    ]


def _problems(sheet: Sheet) -> list[Flowable]:
    data = sheet.data
    cols: list[Col[ProblemLine]] = [
        Col("Raised", lambda one: long_date(one.fact.on), 96),
        Col("Problem", problem_words, 0),
        Col("Advisor told", told_words, 96),
        Col("How it stands", lambda one: outcome_words(one, data), 0),
    ]
    look = TableLook(pad=4, empty="No problem is entered in the contacts log.")
    return [
        sheet.kit.heading("Problems"),
        *entries(sheet, cols, data.issues.problems, look),
    ]


def advisor_words(one: MembershipFact) -> str:
    """What the Advisor said to a school's joining or leaving (R-CLU-7, R-CLU-8)."""
    if one.advisor_discussed_on is None:
        return f"Discussion with the Advisor: {NOT_ENTERED}."
    said = stopped(one.advisor_outcome) if one.advisor_outcome.strip() else f"outcome {NOT_ENTERED}."
    return f"Discussed with the Advisor on {long_date(one.advisor_discussed_on)}: {said}"


def changes(found: Issues) -> list[Text]:
    """Who joined and who left, with reason and Advisor."""
    said: list[Text] = [
        [Bold(one.school), f" joined on {long_date(one.joined_on)}. {advisor_words(one)}"]
        for one in found.joined
    ]
    for one in found.left:
        why = stopped(one.leaving_reason) if one.leaving_reason.strip() else f"Reason: {NOT_ENTERED}."
        said.append([Bold(one.school), f" left on {long_date(one.left_on)}. {why} {advisor_words(one)}"])
    return said


def _changes(sheet: Sheet) -> list[Flowable]:
    said = changes(sheet.data.issues)
    heading = sheet.kit.heading("Changes of membership")
    if not said:
        return [heading, sheet.kit.text("No school joined or left in the year.")]
    return [heading, *sheet.kit.bullets(said)]


def _advisor(sheet: Sheet) -> list[Flowable]:
    kit = sheet.kit
    cols: list[Col[MeetingLine]] = [
        Col("Date", lambda line: long_date(line.fact.held_on), 106),
        Col("Purpose", lambda line: entered(line.fact.purpose), 0),
        Col("Outcome", lambda line: entered(line.outcome), 0),
    ]
    look = TableLook(pad=4, empty="No meeting with the Advisor is entered.")
    return [
        kit.heading("Meetings with the Advisor"),
        *entries(sheet, cols, sheet.data.meetings.advisor, look),
    ]


def amount_words(one: ApprovalLine) -> str:
    """The amount asked for; a dash where the question is not about money."""
    if one.amount_p is None and one.kind in NO_AMOUNT:
        return NONE
    return pounds(one.amount_p)


def decision_words(one: ApprovalLine) -> Text:
    """The answer to a request: what, when, by whom, in which words."""
    if one.state is ApprovalState.PENDING:
        return Bold(one.state.label)
    said: list[Piece] = [Bold(one.state.label), BREAK, Muted(decided(one.decided_on, one.by))]
    if one.words.strip():
        said += [BREAK, f"“{one.words.strip()}”"]
    return said


def _approvals(sheet: Sheet) -> list[Flowable]:
    cols: list[Col[ApprovalLine]] = [
        Col("Asked", lambda one: [long_date(one.asked_on), BREAK, Muted(one.code)], 96),
        Col("Request", lambda one: [Bold(one.kind.label), BREAK, entered(one.question)], 0),
        Col("Amount", amount_words, 66, "right"),
        Col("Answer", decision_words, 0, gap=16),
    ]
    look = TableLook(pad=4, empty="No approval was asked for.")
    return [
        sheet.kit.heading("Approvals asked for"),
        *entries(sheet, cols, sheet.data.issues.approvals, look),
    ]


def questions_words(found: Issues) -> str:
    """`9 asked, 8 answered.` (R-ASK-1)."""
    return f"{len(found.questions):,} asked, {found.answered:,} answered."


def _questions(sheet: Sheet) -> list[Flowable]:
    kit, found = sheet.kit, sheet.data.issues
    if not found.questions:
        return []
    cols: list[Col[QuestionLine]] = [
        Col("Asked", lambda one: long_date(one.asked_on), 106),
        Col("Question", lambda one: one.question, 0),
        Col("Answer", lambda one: entered(one.answer) if one.answered_on else "Not answered yet", 0),
    ]
    return [
        kit.heading("Questions to the Advisor"),
        kit.text(questions_words(found)),
        *entries(sheet, cols, found.questions, TableLook(pad=4)),
    ]


def body(sheet: Sheet) -> list[Flowable]:
    """Problems, changes, the Advisor's meetings, approvals and questions."""
    source = "Source: contacts log (problems only), membership register, meeting records, approvals."
    return [
        *_problems(sheet),
        *_changes(sheet),
        *_advisor(sheet),
        *_approvals(sheet),
        *_questions(sheet),
        sheet.kit.text(source, "caption"),
    ]
