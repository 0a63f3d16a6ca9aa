"""What is to be done when a school joins and when it leaves (R-CLU-7 to R-CLU-10, R-CLU-12, R-COVER-7).

Nothing here is ticked by hand: each step is done when the book says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from models.calendar import year_label
from models.formats import count, listed, long_date, prose_pounds
from models.rules.attendance import Tally
from models.rules.cluster import ContactFact, MembershipFact, missing_of_discussion, missing_talks
from models.rules.loans import LoanFact
from models.rules.verdict import BOOK, About
from models.words import Answer, ContactKind, SchoolStatus, VatRecovery

SAID_NOTHING = (None, Answer.NOT_SAID)


class Task(StrEnum):
    """What a step is about; the window knows the way to it."""

    SSL = "ssl"
    ADVISOR = "advisor"
    ENCOURAGE = "encourage"
    DECLARE = "declare"
    DETAILS = "details"
    TERMS = "terms"
    KIT = "kit"
    CLAIM = "claim"
    ACTION = "action"
    ROLE = "role"
    FIGURES = "figures"


class Step(Struct, frozen=True):
    """One line of a checklist.

    Attributes:
        task: what it is about.
        text: what is to be done, or how it stands.
        done: nothing is left to do.
        about: the record to go to.
    """

    task: Task
    text: str
    done: bool
    about: About = BOOK


class SchoolPapers(Struct, frozen=True):
    """What a cluster wants to know of a school sooner or later."""

    urn: str
    number_on_roll: int | None
    vat_recovery: VatRecovery
    status: SchoolStatus = SchoolStatus.OPEN

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not entered yet, in words."""
        lacking = {
            "its URN": not self.urn,
            "its number on roll": self.number_on_roll is None,
            "whether it gets VAT back": self.vat_recovery is VatRecovery.ASK,
        }
        return tuple(words for words, lacks in lacking.items() if lacks)


class Joiner(Struct, frozen=True):
    """A school that is new, as the book has it.

    Attributes:
        member: its spell.
        after_start: it joined after the agreement began.
        year: the school year looked at.
        ssl: its science subject leader, "" if none is entered.
        answer: its declaration for the year; None where it was not asked yet.
        allowance_p: its release allowance for the year in pence; 0 where it sets nothing aside.
        meetings_left: meetings of the year from the day it joined.
    """

    member: MembershipFact
    after_start: bool
    year: int
    ssl: str
    papers: SchoolPapers
    answer: Answer | None
    allowance_p: int
    meetings_left: int


def joiner_steps(joiner: Joiner) -> tuple[Step, ...]:
    """What a school that joins needs: an SSL, the Advisor, a declaration, its allowance, its papers."""
    member, school = joiner.member, About("school", joiner.member.school_id)
    named = f"{joiner.ssl} is its science subject leader (SSL)"
    steps = [
        Step(
            Task.SSL,
            named if joiner.ssl else "Name its science subject leader (SSL)",
            bool(joiner.ssl),
            school,
        )
    ]
    if joiner.after_start:
        steps.append(_advisor_on_joining(member))
    if joiner.allowance_p:
        said = joiner.answer not in SAID_NOTHING
        steps.append(Step(Task.DECLARE, _declaration_words(joiner.answer, joiner.year), said, school))
    steps.append(Step(Task.TERMS, _allowance_words(joiner), done=True, about=member.about))
    missing = joiner.papers.missing
    words = f"Enter {listed(missing)}" if missing else "URN, number on roll and VAT are entered"
    steps.append(Step(Task.DETAILS, words, not missing, school))
    return tuple(steps)


def _advisor_on_joining(member: MembershipFact) -> Step:
    missing = missing_of_discussion(member)
    words = f"Discussed with the Advisor on {long_date(member.advisor_discussed_on)}"
    if missing:
        words = f"Discuss its joining with the Advisor, and enter {missing}"
    return Step(Task.ADVISOR, words, not missing, member.about)


def _declaration_words(answer: Answer | None, year: int) -> str:
    if answer in SAID_NOTHING:
        asked = "Ask" if answer is None else "Asked and not answered yet:"
        return f"{asked} if its release money for {year_label(year)} is on top of the science budget"
    said = "Yes" if answer is Answer.YES else "No"
    return (
        f"{said}: its release money for {year_label(year)} is {'' if answer is Answer.YES else 'not '}extra"
    )


def _allowance_words(joiner: Joiner) -> str:
    left = "no meeting is planned from its first day on"
    if joiner.meetings_left:
        left = f"{count(joiner.meetings_left, 'meeting')} from its first day"
    if not joiner.allowance_p:
        return f"It sets no release money aside; {left}"
    return f"Its allowance for {year_label(joiner.year)} is {prose_pounds(joiner.allowance_p)}; {left}"


class OpenClaim(Struct, frozen=True):
    """A claim that is not paid, rejected or withdrawn."""

    id: int
    code: str


class OpenThing(Struct, frozen=True):
    """A record that somebody still has to look at: its name and where it lies."""

    words: str
    about: About


class Leaver(Struct, frozen=True):
    """A school that leaves or has left, as the book has it.

    Attributes:
        member: its spell, with a last day.
        year: the school year in which it leaves.
        lent: what it has or has reserved.
        claims: its claims that wait for somebody.
        actions: its open actions.
        roles: roles of its people that run on after its last day.
        answer: its declaration for the year; None where it was not asked.
        gives_input: it sets release money aside.
        attendance: its places at meetings of the year while it was a member.
    """

    member: MembershipFact
    year: int
    lent: Sequence[LoanFact]
    claims: Sequence[OpenClaim]
    actions: Sequence[OpenThing]
    roles: Sequence[OpenThing]
    contacts: Sequence[ContactFact]
    answer: Answer | None
    gives_input: bool
    attendance: Tally


def leaver_steps(leaver: Leaver) -> tuple[Step, ...]:
    """What a school that leaves has open: kits, claims, actions, roles, its declaration, the talks before.

    Its figures are kept: the last line says so, in the year that has them (R-CLU-10).
    """
    school = About("school", leaver.member.school_id)
    steps = [_lent(loan) for loan in leaver.lent]
    if not steps:
        steps.append(Step(Task.KIT, "Every kit is back", done=True, about=school))
    steps.append(_claims(leaver.claims, school))
    steps.append(_things(Task.ACTION, "Hand on", "open action", leaver.actions, "No action is open", school))
    steps.append(_things(Task.ROLE, "End", "role", leaver.roles, "Its people’s roles have ended", school))
    if leaver.gives_input:
        said = leaver.answer not in SAID_NOTHING
        steps.append(Step(Task.DECLARE, _declaration_words(leaver.answer, leaver.year), said, school))
    steps += _talks(leaver)
    if leaver.attendance.cells:
        kept = f"Its figures stay in the year: present at {leaver.attendance.text} meetings while a member"
        steps.append(Step(Task.FIGURES, kept, done=True, about=school))
    return tuple(steps)


def _lent(loan: LoanFact) -> Step:
    if loan.out_on is None:
        words = f"Cancel its reservation of {loan.resource} from {long_date(loan.starts_on)}"
    else:
        words = f"Fetch {loan.resource}, due back on {long_date(loan.due_on)}"
    return Step(Task.KIT, words, done=False, about=loan.about)


def _claims(claims: Sequence[OpenClaim], school: About) -> Step:
    if not claims:
        return Step(Task.CLAIM, "Every claim is settled", done=True, about=school)
    words = f"Settle {count(len(claims), 'claim')}: {listed([claim.code for claim in claims])}"
    return Step(Task.CLAIM, words, done=False, about=About("cover_claim", claims[0].id))


def _things(task: Task, verb: str, what: str, things: Sequence[OpenThing], none: str, school: About) -> Step:
    if not things:
        return Step(task, none, done=True, about=school)
    words = f"{verb} {count(len(things), what)}: {listed([thing.words for thing in things])}"
    return Step(task, words, done=False, about=things[0].about)


def _talks(leaver: Leaver) -> list[Step]:
    """The encouragement and the Advisor's discussion, each as R-CLU-8 asks for it."""
    missing, about = missing_talks(leaver.member, leaver.contacts), leaver.member.about
    encouraged = ContactKind.ENCOURAGEMENT not in missing
    discussed = ContactKind.ADVISOR_DISCUSSION not in missing
    return [
        Step(
            Task.ENCOURAGE,
            "An encouragement to take part is in the contacts log"
            if encouraged
            else "Enter an encouragement to take part in the contacts log",
            encouraged,
            about,
        ),
        Step(
            Task.ADVISOR,
            "Its leaving was discussed with the Advisor"
            if discussed
            else "Discuss its leaving with the Advisor, and enter it",
            discussed,
            about,
        ),
    ]
