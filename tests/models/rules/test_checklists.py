"""What is to be done when a school joins and when it leaves."""

import datetime as dt

from models.rules.attendance import Tally
from models.rules.checklists import (
    Joiner,
    Leaver,
    OpenClaim,
    OpenThing,
    SchoolPapers,
    Step,
    Task,
    joiner_steps,
    leaver_steps,
)
from models.rules.cluster import ContactFact, MembershipFact
from models.rules.loans import LoanFact
from models.rules.verdict import About
from models.values import replace
from models.words import Answer, ContactKind, VatRecovery

JOINED = dt.date(2025, 2, 1)
LEFT = dt.date(2025, 1, 31)
NEW = MembershipFact(3, 9, "Oakfield School", JOINED)
JOINER = Joiner(
    NEW, after_start=True, year=2024, ssl="", papers=SchoolPapers("", None, VatRecovery.ASK), answer=None,
    allowance_p=500_00, meetings_left=2,
)  # fmt: skip
LEAVER = Leaver(
    MembershipFact(4, 5, "Alder Lane School", dt.date(2023, 9, 1), LEFT),
    year=2024, lent=(), claims=(), actions=(), roles=(), contacts=(), answer=Answer.YES, gives_input=True,
    attendance=Tally(2, 2),
)  # fmt: skip


def _step(steps: tuple[Step, ...], task: Task) -> Step:
    return next(step for step in steps if step.task is task)


def test_a_new_school_wants_an_ssl_the_advisor_a_declaration_and_its_papers() -> None:
    steps = joiner_steps(JOINER)
    assert [(step.task, step.done) for step in steps] == [
        (Task.SSL, False),
        (Task.ADVISOR, False),
        (Task.DECLARE, False),
        (Task.TERMS, True),
        (Task.DETAILS, False),
    ]
    assert _step(steps, Task.DETAILS).text == (
        "Enter its URN, its number on roll and whether it gets VAT back"
    )
    assert (
        _step(steps, Task.TERMS).text
        == "Its allowance for 2024 to 2025 is £500; 2 meetings from its first day"
    )
    assert _step(steps, Task.ADVISOR).about == About("membership", 3)
    alone = joiner_steps(replace(JOINER, meetings_left=0))
    assert _step(alone, Task.TERMS).text.endswith("no meeting is planned from its first day on")


def test_the_joiners_steps_are_done_when_the_book_says_so() -> None:
    """R-CLU-7, R-CLU-12, R-COVER-7."""
    known = replace(
        JOINER,
        member=replace(NEW, advisor_discussed_on=dt.date(2025, 1, 20), advisor_outcome="Agreed."),
        ssl="Ann Reed",
        papers=SchoolPapers("900011", 200, VatRecovery.NO),
        answer=Answer.YES,
    )
    steps = joiner_steps(known)
    assert all(step.done for step in steps)
    assert _step(steps, Task.SSL).text == "Ann Reed is its science subject leader (SSL)"
    assert _step(steps, Task.ADVISOR).text == "Discussed with the Advisor on 20 January 2025"


def test_a_date_without_the_advisors_answer_is_half_the_step() -> None:
    """R-CLU-7: date and outcome."""
    half = replace(JOINER, member=replace(NEW, advisor_discussed_on=dt.date(2025, 1, 20)))
    step = _step(joiner_steps(half), Task.ADVISOR)
    assert (step.done, step.text) == (False, "Discuss its joining with the Advisor, and enter the outcome")


def test_a_founder_needs_no_discussion_and_a_secondary_no_declaration() -> None:
    steps = joiner_steps(replace(JOINER, after_start=False, allowance_p=0))
    assert {Task.ADVISOR, Task.DECLARE}.isdisjoint(step.task for step in steps)
    assert _step(steps, Task.TERMS).text.startswith("It sets no release money aside")


def test_a_declaration_asked_for_and_not_given_is_not_done_but_a_no_is_an_answer() -> None:
    """R-COVER-7."""
    asked = _step(joiner_steps(replace(JOINER, answer=Answer.NOT_SAID)), Task.DECLARE)
    assert (asked.done, asked.text.startswith("Asked and not answered yet")) == (False, True)
    no = _step(joiner_steps(replace(JOINER, answer=Answer.NO)), Task.DECLARE)
    assert (no.done, no.text) == (True, "No: its release money for 2024 to 2025 is not extra")


def test_a_leavers_kits_claims_actions_and_roles_are_listed_with_the_way_to_each() -> None:
    out = LoanFact(11, 1, "Microscopes", 5, "", LEFT, dt.date(2025, 2, 14), out_on=LEFT)
    booked = replace(out, id=12, resource="Sound box", starts_on=dt.date(2025, 3, 3), out_on=None)
    busy = replace(
        LEAVER,
        lent=(out, booked),
        claims=(OpenClaim(21, "SC-0012"), OpenClaim(22, "SC-0015")),
        actions=(OpenThing("Bring the slides", About("action", 31)),),
        roles=(OpenThing("Callum as cluster lead", About("role", 41)),),
        answer=None,
    )
    steps = leaver_steps(busy)
    open_ = {step.text: step.about for step in steps if not step.done and step.task is not Task.ADVISOR}
    assert open_ == {
        "Fetch Microscopes, due back on 14 February 2025": About("loan", 11),
        "Cancel its reservation of Sound box from 3 March 2025": About("loan", 12),
        "Settle 2 claims: SC-0012 and SC-0015": About("cover_claim", 21),
        "Hand on 1 open action: Bring the slides": About("action", 31),
        "End 1 role: Callum as cluster lead": About("role", 41),
        "Ask if its release money for 2024 to 2025 is on top of the science budget": About("school", 5),
        "Enter an encouragement to take part in the contacts log": About("membership", 4),
    }


def test_a_leaver_with_nothing_open_is_told_that_its_figures_stay() -> None:
    """R-CLU-10: left after 2 of 2 meetings."""
    talked = (
        ContactFact(1, ContactKind.ENCOURAGEMENT, dt.date(2024, 12, 9), 5),
        ContactFact(2, ContactKind.ADVISOR_DISCUSSION, dt.date(2025, 1, 13), 5),
    )
    steps = leaver_steps(replace(LEAVER, contacts=talked))
    assert all(step.done for step in steps)
    assert steps[-1].text == "Its figures stay in the year: present at 2 of 2 meetings while a member"
    later = leaver_steps(replace(LEAVER, attendance=Tally(0, 0)))
    assert Task.FIGURES not in [step.task for step in later]


def test_the_two_talks_before_leaving_are_asked_for_one_by_one() -> None:
    """R-CLU-8."""
    encouraged = (ContactFact(1, ContactKind.ENCOURAGEMENT, dt.date(2024, 12, 9), 5),)
    steps = leaver_steps(replace(LEAVER, contacts=encouraged))
    assert _step(steps, Task.ENCOURAGE).done
    assert not _step(steps, Task.ADVISOR).done
    on_the_spell = replace(LEAVER.member, advisor_discussed_on=dt.date(2025, 1, 13))
    steps = leaver_steps(replace(LEAVER, member=on_the_spell))
    assert (_step(steps, Task.ENCOURAGE).done, _step(steps, Task.ADVISOR).done) == (False, True)


def test_a_secondary_that_sets_nothing_aside_leaves_without_a_declaration() -> None:
    steps = leaver_steps(replace(LEAVER, gives_input=False, answer=None))
    assert Task.DECLARE not in [step.task for step in steps]
