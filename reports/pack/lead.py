"""Part 10, the lead school's own money: was prior approval sought?"""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, listed, long_date, pounds, prose_pounds
from models.queries.account import EntryLine
from models.queries.lead import ExtraTime, LeadFund, LeadSchool
from models.queries.pack import PackData
from models.rules.verdict import Severity
from models.words import ApprovalState, Direction
from reports.kit import BREAK, Col, Muted, Piece, TableLook, Text
from reports.pack.entries import below, entries
from reports.pack.sheet import Sheet, data_to_words, decided, entered, no_trend, opened

RULE = "R-LEAD-4"


def answer(data: PackData) -> str:
    """Whether extra organisational time was approved before it was paid (R-LEAD-4)."""
    lead = data.lead
    if not lead.funds and not lead.extra and not lead.unasked:
        return "Nothing of the lead school’s own money is entered yet"
    wrong = [one for one in data.verdicts if one.rule == RULE and one.severity is not Severity.INFO]
    if lead.unasked or wrong:
        if not any(one.approval.state is ApprovalState.APPROVED for one in lead.extra):
            return "No: extra time was paid, and none was approved"
        return "Not each time: some extra time has no prior approval"
    if not lead.extra:
        return "No extra time was asked for, so no approval was needed"
    said = _answers(lead.extra)
    if any(one.spent for one in lead.extra):
        return f"Yes, before the money was spent: {said}"
    return f"Yes: {said}; nothing was spent on extra time"


def _answers(extra: tuple[ExtraTime, ...]) -> str:
    parts: list[str] = []
    for state, words in (
        (ApprovalState.APPROVED, "approved"),
        (ApprovalState.DECLINED, "declined"),
        (ApprovalState.PENDING, "not answered yet"),
    ):
        number = sum(one.approval.state is state for one in extra)
        if number:
            parts.append(f"{count(number, 'request') if not parts else number} {words}")
    return listed(parts)


def _fund_columns() -> list[Col[LeadFund]]:
    return [
        Col("Fund", lambda fund: fund.now.kind.label, 118),
        Col(["Allowed", BREAK, "this year"], lambda fund: pounds(fund.now.allowance_p), 0, "right", 8),
        Col(["Carried", BREAK, "over"], lambda fund: pounds(fund.now.carried_p), 0, "right", 8),
        Col("Spent", lambda fund: pounds(fund.now.spent_p), 0, "right", 8),
        Col(["Left of", BREAK, "that"], lambda fund: pounds(fund.now.left_p), 0, "right", 8),
        Col(["Spent in", BREAK, "the stage"], lambda fund: pounds(fund.stage_spent_p), 0, "right", 8),
        Col(["Allowed in", BREAK, "the stage"], lambda fund: pounds(fund.stage_p), 0, "right", 8),
    ]


def _spending_columns() -> list[Col[EntryLine]]:
    return [
        Col("Date", lambda line: long_date(line.fact.on), 106),
        Col("Fund", lambda line: line.fact.fund_kind.label, 116),
        Col("What for", lambda line: entered(line.fact.description), 0),
        Col("Amount", lambda line: pounds(line.fact.counted_p), 62, "right"),
    ]


def spending(lead: LeadSchool) -> list[EntryLine]:
    """What either fund paid for, by date within each."""
    lines = [line for fund in lead.funds for line in fund.entries]
    return [line for line in lines if line.fact.direction is Direction.OUT]


def received_words(lead: LeadSchool) -> str:
    """`Money received in the year: Lead time £300; Finance administration not entered.`."""
    parts = [f"{one.now.kind.label} {prose_pounds(one.received_p)}" for one in lead.funds]
    return f"Money received in the year: {'; '.join(parts)}."


def _funds(sheet: Sheet) -> list[Flowable]:
    kit, lead = sheet.kit, sheet.data.lead
    if not lead.funds:
        return [
            kit.text("Enter the agreement and its dates: then both funds of the lead school are worked out.")
        ]
    cols = _fund_columns()
    story: list[Flowable] = [
        *(
            [kit.table(cols, lead.funds, look=TableLook(pad=4))]
            if kit.holds(cols, lead.funds)
            else [kit.heading("The two funds"), *below(sheet, cols, lead.funds)]
        ),
        kit.text(
            "Allowed: what the scheme lets the lead school spend, whatever money has come in. Carried over: "
            "left of that from the year before, inside the stage. The two funds are apart from each other "
            f"and from the cluster pot. Source: the scheme, and fund entries to {data_to_words(sheet.data)}.",
            "caption",
        ),
        kit.text(received_words(lead)),
        kit.heading("What it was spent on"),
        *entries(
            sheet,
            _spending_columns(),
            spending(lead),
            TableLook(pad=3, empty="Nothing was paid from either fund."),
        ),
    ]
    return story


def spent_words(one: ExtraTime) -> Text:
    """What was paid under an approval, and when."""
    if not one.spent:
        return prose_pounds(0)
    days = listed([long_date(line.fact.on) for line in one.spent])
    return [pounds(one.spent_p), BREAK, Muted(days)]


def answer_words(one: ExtraTime) -> Text:
    """The Advisor's answer, its day and words."""
    asked = one.approval
    if asked.state is ApprovalState.PENDING:
        return asked.state.label
    said: list[Piece] = [asked.state.label, BREAK, Muted(decided(asked.decided_on, asked.by))]
    if asked.words.strip():
        said += [BREAK, f"“{asked.words.strip()}”"]
    return said


def _extra_columns() -> list[Col[ExtraTime]]:
    return [
        Col("Asked", lambda one: [long_date(one.approval.asked_on), BREAK, Muted(one.approval.code)], 96),
        Col("Request", lambda one: entered(one.approval.question), 0),
        Col("Amount", lambda one: pounds(one.approval.amount_p), 62, "right"),
        Col("Answer", answer_words, 0, gap=16),
        Col("Spent", spent_words, 92, "right"),
    ]


def _extra(sheet: Sheet) -> list[Flowable]:
    kit, lead = sheet.kit, sheet.data.lead
    story: list[Flowable] = [kit.heading("Extra organisational time from the pot")]
    if lead.extra:
        story += entries(sheet, _extra_columns(), lead.extra, TableLook(pad=4))
    elif not lead.unasked:
        story.append(kit.text("None was asked for and none was paid."))
    if lead.unasked:
        paid = [
            f"{long_date(line.fact.on)}: {prose_pounds(line.fact.counted_p)} for "
            f"{line.fact.description.strip() or NOT_ENTERED} ({line.fact.code})"
            for line in lead.unasked
        ]
        story += [kit.heading("Without any approval entered", 3), *kit.bullets(paid)]
    story.append(
        kit.text(
            "The pot may pay extra organisational time only when the Advisor has approved it first.",
            "caption",
        )
    )
    return story


def _trend(sheet: Sheet) -> list[Flowable]:
    kit, data = sheet.kit, sheet.data
    if data.earlier is None or not data.earlier.lead:
        return [kit.text(no_trend(), "note")]
    then = [f"{one.kind.label} {prose_pounds(one.spent_p)}" for one in data.earlier.lead]
    return [kit.text(f"Spent the year before: {listed(then)}.", "note")]


def body(sheet: Sheet) -> list[Flowable]:
    """Both funds, what they paid for, and extra time with its approvals."""
    school = sheet.data.lead.school.strip()
    holder = f"{school} is the lead school." if school else f"{opened('lead school')} {NOT_ENTERED}."
    return [sheet.kit.text(holder), *_funds(sheet), *_extra(sheet), *_trend(sheet)]
