"""Pieces of a pack's data made by hand, with the rules that make them in the book.

`pack()` is a small, tidy cluster of two schools; what a test is about it passes in. The headline figures
follow from the pieces, as in `models.queries.headline`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from models.calendar import SchoolCalendar
from models.queries.account import BudgetLine, EntryLine, FundYear
from models.queries.bank import BankYear, LoanLine, ResourceLine
from models.queries.capacity import NextYear, People
from models.queries.classrooms import Classrooms
from models.queries.confidence import ConfidenceYear
from models.queries.cover import ClaimLine, CoverYear
from models.queries.cpd import CpdLine, CpdYear, SchoolExcess
from models.queries.headline import BankFigures, CpdFigures, Headline
from models.queries.impact import ImpactYear
from models.queries.issues import ApprovalLine, Issues, ProblemLine
from models.queries.lead import LeadFund, LeadSchool
from models.queries.meetings import MeetingLine, MeetingYear
from models.queries.members import MemberLine, Members, Profile
from models.queries.pack import PackData, Words
from models.queries.readiness import PartReadiness
from models.queries.served import AimsYear, AimYear
from models.rules.agreement import AgreementFact
from models.rules.aims import AIMS, AimFact, AimLine, Coverage, ServedFact
from models.rules.attendance import AttendanceFact, Presence, attendance_matrix
from models.rules.cluster import ContactFact, MembershipFact, days_to_tell
from models.rules.confidence import AreaFact, ScoreFact, by_role, overall
from models.rules.confidence import changes as changes_of
from models.rules.cover import recognise_all, totals
from models.rules.cover_facts import FROZEN, CoverFact
from models.rules.cover_use import AdditionalFact, use_by_school
from models.rules.cpd import CpdFact, Sharer, cpd_cost, split_fee
from models.rules.cpd_people import BookingFact, SlipFact, cpd_reach, evaluation
from models.rules.fund import Account, EntryFact, account, variance
from models.rules.funding import match_funding
from models.rules.lead_funds import LeadYear
from models.rules.leads import SslChanges
from models.rules.loans import LoanFact, Overdue, loan_state, loan_use
from models.rules.meetings import ActionBalance, AgendaShare, MeetingCount, MeetingFact
from models.rules.projects import balance
from models.rules.resources import ResourceFact
from models.rules.review import PackPeriod, SectionState, check
from models.rules.scheme import Scheme, default_scheme
from models.rules.verdict import Verdict
from models.values import replace
from models.words import (
    Answer,
    ApprovalKind,
    ApprovalState,
    AttendanceCode,
    ClaimState,
    ContactKind,
    CoverPurpose,
    Direction,
    FundKind,
    HalfDay,
    Heading,
    MeetingKind,
    OutcomeMet,
    PaidFrom,
    Phase,
    ProviderKind,
    ResourceKind,
    SurveyRound,
    VatRecovery,
)

YEAR = 2024
FIRST, LAST = dt.date(2024, 9, 1), dt.date(2025, 8, 31)
DAY = dt.date(2025, 6, 20)
STAMP = dt.datetime(2025, 6, 20, 15, 30, tzinfo=dt.UTC)
JOINED = dt.date(2023, 9, 1)
NAMES = {1: "Alder Lane Primary School", 2: "Brook End Primary School"}


def scheme_for(_: dt.date) -> Scheme:
    return default_scheme()


# -- members


def membership(school_id: int = 1, **changes: Any) -> MembershipFact:
    name = NAMES.get(school_id, f"School {school_id:03}")
    return replace(MembershipFact(school_id, school_id, name, JOINED), **changes)


def member(school_id: int = 1, **changes: Any) -> MemberLine:
    spell = changes.pop("membership", membership(school_id))
    line = MemberLine(
        spell, spell.school.split()[0], Phase.PRIMARY, 210, f"Leader {school_id}",
        ssl_changed=False, is_lead=school_id == 1, joined_in_year=False, left_in_year=False, replaces="",
    )  # fmt: skip
    return replace(line, **changes)


def members(*lines: MemberLine, changed: Iterable[int] = (), **changes: Any) -> Members:
    rolls = [line.roll for line in lines if not line.left_in_year]
    known = [roll for roll in rolls if roll is not None]
    made = Members(
        YEAR, DAY, lines, len(rolls), sum(known) if known else None, len(rolls) - len(known), (4, 11),
        SslChanges(frozenset(changed), len(lines)),
    )  # fmt: skip
    return replace(made, **changes)


# -- meetings


def meeting(number: int = 1, **changes: Any) -> MeetingFact:
    day = dt.date(2024, 9, 25) + dt.timedelta(days=20 * (number - 1))
    return replace(
        MeetingFact(
            number, day, dt.time(13, 15), dt.time(15, 30), title=f"Title {number}", purpose="Plan the year.",
            place="Village hall",
        ),
        **changes,
    )  # fmt: skip


def line_of(fact: MeetingFact, *, inside: bool = True, counts: bool = True, outcome: str = "") -> MeetingLine:
    return MeetingLine(fact, fact.place, inside, "", counts, Presence(1, 1), outcome)


def meeting_year(
    lines: Sequence[MeetingLine] = (),
    marks: Iterable[AttendanceFact] = (),
    spells: Sequence[MembershipFact] = (),
    **changes: Any,
) -> MeetingYear:
    counted = sum(line.counts for line in lines)
    made = MeetingYear(
        YEAR, DAY, tuple(lines), (), MeetingCount(len(lines), counted, 0, 4, 5),
        attendance_matrix([line.fact for line in lines], spells, marks), AgendaShare(0, 0, 0),
        ActionBalance(0, 0, ()), 0,
    )  # fmt: skip
    return replace(made, **changes)


def marks(lines: Iterable[MeetingLine], schools: Iterable[int], code: AttendanceCode = AttendanceCode.P):
    return [AttendanceFact(line.fact.id, school, code) for line in lines for school in schools]


# -- cover


def claim(number: int = 1, school_id: int = 1, **changes: Any) -> CoverFact:
    day = dt.date(2024, 9, 25) + dt.timedelta(days=number)
    fact = CoverFact(
        id=number, code=f"SC-{number:04}", school_id=school_id, school_name=membership(school_id).school,
        person_id=number, cover_on=day, half_day=HalfDay.PM, purpose=CoverPurpose.FULL_CLUSTER,
        cost_p=109_00, state=ClaimState.PAID, approved_p=100_00, evidence_ref=f"TS-{number}",
    )  # fmt: skip
    return replace(fact, **changes)


def cover_year(
    claims: Sequence[CoverFact] = (), schools: Iterable[int] = (1, 2), answers: Sequence[Answer] = ()
) -> CoverYear:
    splits = recognise_all(claims, scheme_for)
    lines = tuple(ClaimLine(fact, splits[fact.id], "", None, "", "") for fact in claims)
    names = {key: membership(key).school for key in schools}
    by_school = {key: [line.split for line in lines if line.fact.school_id == key] for key in names}
    said = list(answers) + [Answer.YES] * (len(names) - len(answers))
    return CoverYear(
        year=YEAR,
        data_to=DAY,
        schools=tuple(use_by_school(YEAR, names, by_school, scheme_for)),
        totals=totals(line.split for line in lines),
        own=totals(line.split for line in lines if line.split.paid_from is PaidFrom.SCHOOL_ALLOWANCE),
        claims=lines,
        additional=tuple(
            AdditionalFact(key, names[key], answer) for key, answer in zip(names, said, strict=True)
        ),
        to_evidence=tuple(line for line in lines if line.fact.state in FROZEN and not line.fact.evidence_ref),
    )


# -- money


def entry(number: int, amount_p: int, heading: Heading = Heading.CPD, **changes: Any) -> EntryFact:
    coming = heading in {Heading.GRANT, Heading.GIFT}
    fact = EntryFact(
        number, f"E-{number:04}", 1, dt.date(2024, 10, 1), Direction.IN if coming else Direction.OUT, heading,
        amount_p, description="Something useful",
    )  # fmt: skip
    return replace(fact, **changes)


def entry_line(fact: EntryFact, approval: str = "") -> EntryLine:
    return EntryLine(fact, "A payee", "", approval, "BACS-1", 0)


def pot(
    *entries: EntryFact,
    opening_p: int = 0,
    previous: Account | None = None,
    plan: Sequence[tuple[Direction, Heading, int, str]] = (),
    **changes: Any,
) -> FundYear:
    now = account(YEAR, opening_p, entries)
    actual = {line.heading: line.amount_p for line in (*now.income, *now.spending)}
    budget = [
        BudgetLine(way, variance(heading, planned, actual.get(heading, 0), default_scheme(), why))
        for way, heading, planned, why in plan
    ]
    lines = tuple(entry_line(one) for one in entries)
    made = FundYear(1, "Cluster pot", FundKind.POT, now, previous, tuple(budget), lines)
    return replace(made, **changes)


def lead(
    *extra: Any, unasked: Sequence[EntryLine] = (), spent_p: int = 100_00, funds: bool = True
) -> LeadSchool:
    years = [
        LeadYear(FundKind.LEAD_TIME, YEAR, 300_00, 40_00, spent_p),
        LeadYear(FundKind.LEAD_ADMIN, YEAR, 120_00, 0, 120_00),
    ]
    made = [LeadFund(year, 2 * year.allowance_p, year.spent_p, ()) for year in years]
    return LeadSchool(NAMES[1], YEAR, tuple(made) if funds else (), tuple(extra), tuple(unasked))


def approval(state: ApprovalState = ApprovalState.APPROVED, **changes: Any) -> ApprovalLine:
    pending = state is ApprovalState.PENDING
    line = ApprovalLine(
        "AP-0001", ApprovalKind.EXTRA_TIME, dt.date(2025, 1, 10), "May we have a day?", NAMES[1], 100_00,
        state, None if pending else dt.date(2025, 1, 20), "" if pending else "The Advisor", "",
    )  # fmt: skip
    return replace(line, **changes)


# -- CPD, resources, issues


def cpd_line(
    number: int = 1, fee_p: int = 400_00, came: int = 5, slips: Sequence[SlipFact] = (), **changes: Any
) -> CpdLine:
    fact = CpdFact(number, f"CPD-{number:02}", fee_p, changes.pop("vat_p", 0), vat_registered=True)
    sharers = [Sharer(key, name) for key, name in NAMES.items()]
    bookings = [BookingFact(number, person, 1) for person in range(came)]
    line = CpdLine(
        fact, f"Session {number}", dt.date(2024, 11, 1), "A provider", ProviderKind.OTHER,
        "They asked for it.", split_fee(fact, sharers, default_scheme()), cpd_reach(bookings),
        evaluation(slips, 5),
    )  # fmt: skip
    return replace(line, **changes)


def cpd_year(*lines: CpdLine, slips: Sequence[SlipFact] = (), **changes: Any) -> CpdYear:
    bookings = [
        BookingFact(line.fact.id, person, 1) for line in lines for person in range(line.reach.attendances)
    ]
    recovery = dict.fromkeys(NAMES, VatRecovery.YES)
    shares = [share for line in lines for share in line.split.shares]
    excess = [SchoolExcess(one.school_name, one.net_p, one.vat_p) for one in shares]
    made = CpdYear(
        YEAR, DAY, lines, (), cpd_reach(bookings), evaluation(slips, 5),
        cpd_cost((line.split for line in lines), VatRecovery.YES, recovery), tuple(excess), (),
    )  # fmt: skip
    return replace(made, **changes)


def slips(yes: int, no: int = 0) -> list[SlipFact]:
    return [SlipFact(4, OutcomeMet.YES, useful=True, relevant=True)] * yes + [SlipFact(2, OutcomeMet.NO)] * no


def loan(number: int = 1, school_id: int = 1, **changes: Any) -> LoanLine:
    day = dt.date(2024, 10, 1) + dt.timedelta(days=20 * number)
    due = day + dt.timedelta(days=14)
    fact = LoanFact(
        number, 1, "Magnets", school_id, membership(school_id).school, day, due, out_on=day, back_on=due
    )
    fact = replace(fact, **changes)
    late = max((DAY - fact.due_on).days, 0) if fact.back_on is None else 0
    return LoanLine(fact, f"L-{number:04}", loan_state(fact, DAY), Overdue(late, 0))


def resource(number: int = 1, *loans: LoanLine, **changes: Any) -> ResourceLine:
    kind = changes.pop("kind", ResourceKind.KIT)
    fact = replace(ResourceFact(number, changes.pop("name", f"Kit {number}"), kind), **changes)
    return ResourceLine(fact, 10, loans, has_mains=False, next_check_on=None, adoption=None)


def bank(*resources: ResourceLine, **changes: Any) -> BankYear:
    loans = [one for line in resources for one in line.loans]
    use = loan_use([one.fact for one in loans], FIRST, DAY)
    late = tuple(one for one in loans if one.late.days)
    return replace(BankYear(YEAR, DAY, resources, use, late, (), (), (), (), (), ()), **changes)


def problem(told_after: int | None = 1, **changes: Any) -> ProblemLine:
    day = dt.date(2024, 11, 3)
    told = None if told_after is None else day + dt.timedelta(days=told_after)
    fact = ContactFact(1, ContactKind.PROBLEM, day, 1, NAMES[1], "The hall is closed.", told)
    return ProblemLine(replace(fact, **changes), "", days_to_tell(fact))


def issues(*problems: ProblemLine, **changes: Any) -> Issues:
    return replace(Issues(problems, (), (), (), ()), **changes)


# -- the whole


def profile(**changes: Any) -> Profile:
    made = Profile(
        name="Teasel Valley Primary Science Cluster", programme="", sponsor="", vision="", year=YEAR,
        data_to=DAY, stage="Stage 3: established practice",
        agreement=AgreementFact(1, JOINED, LAST), lead_school=NAMES[1], leads=("Ruth Adeyemi",),
        advisor="The Advisor", steering_chair="The Chair", sample=False,
    )  # fmt: skip
    return replace(made, **changes)


def _headline(data: PackData) -> Headline:
    cpd, things = data.cpd, data.bank
    money = (cpd.pot_net_p, cpd.pot_vat_p, cpd.excess_net_p, cpd.excess_vat_p)
    return Headline(
        cluster=data.profile.name,
        year=YEAR,
        data_to=data.period.data_to,
        schools=data.members.now,
        schools_in_year=len(data.members.lines),
        meetings=data.meetings.count,
        attendance=data.meetings.matrix.total,
        cover=data.cover.totals,
        allowance_p=data.cover.allowance_p,
        allowance_left_p=data.cover.left_p,
        pot=data.pot.account if data.pot else None,
        lead=tuple(fund.now for fund in data.lead.funds),
        cpd=CpdFigures(len(cpd.lines), cpd.attendances, cpd.people, *money),
        bank=BankFigures(len(things.resources), things.use, len(things.overdue), things.missing),
        confidence=data.impact.confidence.overall,
    )


def aims_year(*aims: AimYear, areas: Sequence[Coverage] = ()) -> AimsYear:
    """The six aims; those not given are not entered."""
    known = {one.line.number: one for one in aims}
    lines = [
        known.get(number) or AimYear(AimLine(number, None), (), 0, 0, 0, 0) for number in range(1, AIMS + 1)
    ]
    return AimsYear(YEAR, tuple(lines), tuple(areas), (), (), (), ())


def aim(number: int, words: str = "", *things: ServedFact, **more: int) -> AimYear:
    """An aim in words, with what served it."""
    fact = AimFact(number, number, words or f"Aim in words {number}", FIRST)
    numbers = {"evidence": 0, "spent_p": 0, "half_days": 0, "loans": 0} | more
    return AimYear(AimLine(number, fact), things, **numbers)


def confidence(scores: Iterable[ScoreFact] = (), small: int = 5) -> ConfidenceYear:
    """A year's confidence in one area, from its scores."""
    known = tuple(scores)
    areas = [AreaFact(1, "Working scientifically")]
    every = changes_of(areas, known, small)
    groups = tuple((words, changes_of(areas, some, small)) for words, some in by_role(known, small).items())
    rounds = [
        len({one.slip for one in known if one.round is when})
        for when in (SurveyRound.BASELINE, SurveyRound.FOLLOW_UP)
    ]
    return ConfidenceYear(groups, every, overall(every), *rounds)


def impact(**changes: Any) -> ImpactYear:
    """A year's impact: nothing, but for what is passed in."""
    projects = tuple(changes.get("projects", ()))
    empty = ImpactYear(
        YEAR, (), confidence(), (), projects, balance(projects), (), (), (), (), (), (), (),
    )  # fmt: skip
    return replace(empty, **{key: value for key, value in changes.items() if key != "projects"})


def pack(day: dt.date = DAY, **changes: Any) -> PackData:
    """A pack's data: an empty book, but for what is passed in. `verdicts` bring their check along."""
    found: Sequence[Verdict] = changes.get("verdicts", ())
    empty = PackData(
        profile=profile(),
        period=PackPeriod(YEAR, FIRST, day),
        scheme=default_scheme(),
        calendar=SchoolCalendar(),
        version=1,
        headline=None,  # type: ignore[arg-type]
        earlier=None,
        words=Words("", (), (), ()),
        members=members(),
        meetings=meeting_year(),
        cover=cover_year(schools=()),
        unclaimed=0,
        funds=(),
        lead=LeadSchool("", YEAR, (), (), ()),
        cpd=cpd_year(),
        bank=bank(),
        issues=issues(),
        aims=aims_year(),
        impact=impact(),
        classrooms=Classrooms((), (), (), ()),
        marks=(),
        psqm_requests=(),
        people=People((), 0, 0, (), (), 0),
        next_year=NextYear(YEAR + 1, (), ()),
        match=match_funding(0, default_scheme()),
        other_funding=(),
        verdicts=(),
        check=check(found),
        readiness=(PartReadiness(2, "Summary", SectionState.COMPLETE, ()),),
    )
    made = replace(empty, **changes)
    return made if "headline" in changes else replace(made, headline=_headline(made))


def full() -> PackData:
    """Two schools with something on every page."""
    who = members(member(1), member(2))
    spells = [line.membership for line in who.lines]
    lines = [line_of(meeting(number)) for number in range(1, 5)]
    lines.append(line_of(meeting(6, kind=MeetingKind.ADVISOR), counts=False, outcome="Plan agreed."))
    grant, fee = entry(1, 2000_00, Heading.GRANT), entry(2, 400_00)
    return pack(
        members=who,
        meetings=meeting_year(lines, marks(lines[:4], [1, 2]), spells),
        cover=cover_year([claim(1), claim(2, 2)]),
        funds=(pot(grant, fee, plan=[(Direction.OUT, Heading.CPD, 500_00, "One fewer.")]),),
        lead=lead(),
        cpd=cpd_year(cpd_line(1, 550_00, vat_p=110_00, slips=slips(6, 1)), slips=slips(6, 1)),
        bank=bank(resource(1, loan(1), loan(2, 2)), resource(2)),
        issues=issues(problem()),
        words=Words("We began.", ("It worked.",), ("It rained.",), ("Carry on.",)),
    )
