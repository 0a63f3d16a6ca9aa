"""The parts of the successor book: money, promises, kits, dates, people, notes."""

from __future__ import annotations

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count, long_date, pounds, prose_pounds
from models.queries.account import EntryLine, FundYear
from models.queries.cover import ClaimLine
from models.queries.issues import ApprovalLine
from models.queries.papers.head import Contact
from models.queries.papers.successor import DiaryLine, KitPlace, RoleLine, SchoolLine, SuccessorBook
from models.rules.meetings import ActionFact
from models.words import ClaimState
from reports.kit import BREAK, Bold, Col, Kit, Muted, Piece, TableLook, Text
from reports.kit.forms import RoomForNotes

NONE = "\u2013"


def _who(name: str, more: str) -> Text:
    return [name, BREAK, Muted(more)] if name and more else name or more or NONE


# -- money


def promised(data: SuccessorBook) -> int:
    """Pence that the lead school is to pay: what is planned, and claims that are approved, each once."""
    planned = [one.fact for one in data.planned if one.fact.stands]
    settled = {one.claim_id for one in planned}
    approved = [one for one in data.claims if one.fact.state is ClaimState.APPROVED]
    claims = [one.split.lead_pays_p for one in approved if one.fact.id not in settled]
    return sum(one.counted_p for one in planned) + sum(claims)


def money(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """Balances, what is planned and not paid, claims that wait, and what the Advisor was asked."""
    owed = promised(data)
    said = f"{prose_pounds(owed)} is promised and not paid yet" if owed else "nothing is promised"
    claim = f"{count(len(data.funds), 'fund')}; {said}"
    if not data.funds:
        claim = "No fund is entered yet"
    funds: list[Col[FundYear]] = [
        Col("Fund", lambda one: one.name, 0),
        Col("Brought in", lambda one: pounds(one.account.opening_p), 84, "right"),
        Col("In", lambda one: pounds(one.account.income_p), 84, "right"),
        Col("Out", lambda one: pounds(one.account.spent_p), 84, "right"),
        Col("Balance", lambda one: pounds(one.account.closing_p), 84, "right"),
    ]
    planned: list[Col[EntryLine]] = [
        Col("Entry", lambda one: one.fact.code, 56),
        Col("What", lambda one: _who(one.fact.description, one.fact.fund_name), 0),
        Col("Planned for", lambda one: long_date(one.fact.on), 104),
        Col("Amount", lambda one: pounds(one.fact.counted_p), 70, "right"),
    ]
    claims: list[Col[ClaimLine]] = [
        Col("Claim", lambda one: one.fact.code, 52),
        Col("For", lambda one: _who(one.fact.person_name, one.fact.school_name), 0),
        Col("Cover on", lambda one: long_date(one.fact.cover_on), 104),
        Col("State", lambda one: one.fact.state.label, 62),
        Col("Recognised", lambda one: pounds(one.split.recognised_p), 70, "right"),
    ]
    return [
        *kit.head("Money", "What is there, and what is promised?", claim),
        kit.table(funds, data.funds, look=TableLook(pad=4)),
        kit.heading("Planned, not paid yet"),
        kit.table(planned, data.planned, look=TableLook(pad=3, empty="Nothing is planned.")),
        kit.heading("Claims that wait"),
        kit.table(claims, data.claims, look=TableLook(pad=3, empty="No claim waits for anybody.")),
        *_asked(kit, data),
    ]


def _asked(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    cols: list[Col[ApprovalLine]] = [
        Col("Number", lambda one: one.code, 56),
        Col("Question", lambda one: _who(one.question, one.kind.label), 0),
        Col("Asked on", lambda one: long_date(one.asked_on), 104),
        Col("Amount", lambda one: pounds(one.amount_p) if one.amount_p is not None else NONE, 70, "right"),
    ]
    look = TableLook(pad=3, empty="No approval is awaited.")
    story: list[Flowable] = [
        kit.heading("Approvals the Advisor was asked for"),
        kit.table(cols, data.approvals, look=look),
    ]
    if data.questions:
        said = [f"{long_date(one.asked_on)}: {one.question}" for one in data.questions]
        story += [kit.heading("Questions without an answer"), *kit.bullets(said)]
    return story


# -- promises


def promises(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """Open actions, the first due first, and the problems that are not closed."""
    today = data.head.today
    late = sum(one.due_on is not None and one.due_on < today for one in data.actions)
    claim = f"{count(len(data.actions), 'action')} open"
    if late:
        claim += f", {late} of them late"
    if not data.actions:
        claim = "No action is open"

    def due(one: ActionFact) -> Text:
        is_late = one.due_on is not None and one.due_on < today
        return [long_date(one.due_on), BREAK, Bold("late")] if is_late else long_date(one.due_on)

    cols: list[Col[ActionFact]] = [
        Col("What", lambda one: one.what, 0),
        Col("Who", lambda one: _who(one.owner, one.school), 160),
        Col("Due", due, 104),
    ]
    problems: list[Text] = [
        [f"{one.summary}", BREAK, Muted(f"{one.school or 'The cluster'}, raised {long_date(one.on)}")]
        for one in data.problems
    ]
    return [
        *kit.head("Promises", "Who has promised what?", claim),
        kit.table(cols, data.actions, look=TableLook(pad=3.5, empty="No action is open.")),
        kit.heading("Problems that are not closed"),
        *(kit.bullets(problems) if problems else [kit.text("None is entered.")]),
    ]


# -- kits


def kits(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """Where every kit is, who has it next, and when it is to be checked."""
    out, late = sum(one.out for one in data.kits), sum(one.late for one in data.kits)
    overdue = f", {late} overdue" if late else ""
    kind = "kit" if all(one.is_kit for one in data.kits) else "thing"
    rest = "" if out == len(data.kits) else "; the others are at home"
    claim = f"{out} of {count(len(data.kits), kind)} out{overdue}{rest}"
    if not data.kits:
        claim = "No kit is entered yet"
    elif not out:
        all_of_them = f"The {kind} is" if len(data.kits) == 1 else f"All {len(data.kits)} {kind}s are"
        claim = f"{all_of_them} at home"

    def where(one: KitPlace) -> Text:
        if one.out:
            return _who(one.where, one.person)
        return one.where or "place not entered"

    def due(one: KitPlace) -> Text:
        if not one.out:
            return NONE
        return [long_date(one.due_on), BREAK, Bold("overdue")] if one.late else long_date(one.due_on)

    def following(one: KitPlace) -> Text:
        found: list[str] = []
        if one.booked:
            found.append(f"{one.booked[0]}, from {long_date(one.booked[1])}")
        if one.check_on:
            gone = one.check_on < data.head.today
            found.append(f"Check {'was due' if gone else 'by'} {long_date(one.check_on)}")
        return "\n".join(found) or NONE

    cols: list[Col[KitPlace]] = [
        Col("What", lambda one: _who(one.name, one.code), 128),
        Col("Where it is", where, 0),
        Col("Due back", due, 92),
        Col("Then", following, 118),
    ]
    look = TableLook(pad=3, empty="No kit is entered yet.")
    return [*kit.head("Kits", "Where is every kit?", claim), kit.table(cols, data.kits, look=look)]


# -- dates


def dates(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """All dates to come."""
    claim = "No date to come is entered"
    if data.diary:
        first = "" if len(data.diary) == 1 else "the first "
        claim = f"{count(len(data.diary), 'date')} to come, {first}on {long_date(data.diary[0].on)}"
    cols: list[Col[DiaryLine]] = [
        Col("When", lambda one: long_date(one.on), 108),
        Col("What", lambda one: one.what, 0),
        Col("Where", lambda one: one.where or NONE, 150),
    ]
    look = TableLook(pad=3, empty="No date to come is entered.")
    return [*kit.head("Dates", "What comes next?", claim), kit.table(cols, data.diary, look=look)]


# -- people


def _contact(one: Contact | None) -> list[Piece]:
    if one is None:
        return [NOT_ENTERED]
    more = [part for part in (one.email, one.phone) if part]
    return [one.name, BREAK, Muted("\n".join(more))] if more else [one.name]


def people(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """Who to ask: the cluster's roles, then head and science subject leader of each school."""
    there = [
        count(number, word)
        for number, word in ((len(data.schools), "school"), (len(data.roles), "role"))
        if number
    ]
    claim = f"{' and '.join(there)} to turn to" if there else "Nobody is entered yet"
    large = kit.scale > 1  # three columns would tear every e-mail address

    def role(one: RoleLine) -> Text:
        since = f"since {long_date(one.since)}" if large else ""
        return _who(one.role, "\n".join(filter(None, (one.school, since))))

    roles: list[Col[RoleLine]] = [
        Col("Role", role, 176),
        Col("Who", lambda one: _contact(one.who), 0),
        *([] if large else [Col[RoleLine]("Since", lambda one: long_date(one.since), 110)]),
    ]

    def school(one: SchoolLine) -> Text:
        more = [
            *(["lead school"] if one.is_lead else []),
            *(["at risk of leaving"] if one.at_risk else []),
            *([one.phone] if one.phone else []),
        ]
        return _who(one.school, "\n".join(more))

    def both(one: SchoolLine) -> Text:
        return [Muted("SSL: "), *_contact(one.ssl), BREAK, Muted("Headteacher: "), *_contact(one.head)]

    schools: list[Col[SchoolLine]] = [Col("School", school, 140)]
    if large:
        schools.append(Col("Science subject leader (SSL) and headteacher", both, 0))
    else:
        schools.append(Col("Science subject leader (SSL)", lambda one: _contact(one.ssl), 0))
        schools.append(Col("Headteacher", lambda one: _contact(one.head), 0))
    return [
        *kit.head("People", "Who do I ask?", claim),
        kit.table(roles, data.roles, look=TableLook(pad=3, empty="No role is entered yet.")),
        kit.heading("At the schools"),
        kit.table(schools, data.schools, look=TableLook(pad=3, empty="No school is entered yet.")),
    ]


# -- notes


def notes(kit: Kit, data: SuccessorBook) -> list[Flowable]:
    """What people left for whoever comes next, and room for more."""
    found = data.handovers
    claim = f"{count(len(found), 'handover note')} to read" if found else "No handover note is written yet"
    story = kit.head("Handover notes", "What should I know that no list says?", claim)
    for one in found:
        ended = f"to {long_date(one.ended_on)}" if one.ended_on else "still in the role"
        where = f", {one.school}" if one.school else ""
        story += [
            kit.heading(f"{one.who}, {one.role[:1].lower()}{one.role[1:]}{where}"),
            kit.text(Muted(ended[:1].upper() + ended[1:]), "source"),
            kit.text(one.note),
        ]
    return [*story, RoomForNotes(kit.heading("What I would add"))]
