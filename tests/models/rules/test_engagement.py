"""Whom to talk to before a school drifts away."""

import datetime as dt

from models.rules.cluster import ContactFact, MembershipFact
from models.rules.engagement import Signs, prompt
from models.rules.scheme import default_scheme
from models.values import replace
from models.words import AttendanceCode, ContactKind

DAY = dt.date(2025, 3, 10)
MISSED = dt.date(2025, 3, 4)
MEMBER = MembershipFact(5, 2, "Oakfield School", dt.date(2023, 9, 1))
ABSENT = Signs(
    MEMBER, "Ann Reed", (AttendanceCode.P, AttendanceCode.A, AttendanceCode.N), last_missed_on=MISSED
)
SCHEME = default_scheme()


def _contact(kind: ContactKind, on: dt.date, **more: dt.date) -> ContactFact:
    return ContactFact(1, kind, on, 2, "Oakfield School", "Rang", **more)


def test_a_school_that_missed_two_meetings_in_a_row_is_talked_to() -> None:
    """R-CLU-8, D28."""
    found = prompt(ABSENT, SCHEME, DAY)
    assert found is not None
    assert (found.text, found.reasons) == (
        "Talk to Ann Reed at Oakfield School",
        ("missed the last 2 meetings",),
    )
    assert found.last_contact_on is None


def test_a_school_that_takes_part_is_left_in_peace_even_with_a_late_kit() -> None:
    came = Signs(MEMBER, "Ann Reed", (AttendanceCode.A, AttendanceCode.S), late_kits=2)
    assert prompt(came, SCHEME, DAY) is None


def test_a_late_kit_adds_to_what_is_said() -> None:
    found = prompt(replace(ABSENT, late_kits=1), SCHEME, DAY)
    assert found is not None
    assert found.reasons[-1] == "has 1 overdue kit"


def test_after_an_encouragement_since_the_last_absence_the_advisor_is_next() -> None:
    """R-CLU-8: encouragement first, then the Advisor."""
    before = prompt(
        replace(ABSENT, contacts=(_contact(ContactKind.ENCOURAGEMENT, dt.date(2025, 1, 7)),)), SCHEME, DAY
    )
    assert before is not None
    assert (before.advisor_next, before.last_contact_on) == (False, dt.date(2025, 1, 7))
    since = prompt(replace(ABSENT, contacts=(_contact(ContactKind.ENCOURAGEMENT, MISSED),)), SCHEME, DAY)
    assert since is not None
    assert since.text == "Talk to the Advisor about Oakfield School"


def test_an_open_problem_that_the_advisor_has_not_heard_of_leads_to_the_advisor() -> None:
    """R-CLU-11."""
    raised = _contact(ContactKind.PROBLEM, dt.date(2025, 2, 3))
    found = prompt(Signs(MEMBER, "Ann Reed", contacts=(raised,)), SCHEME, DAY)
    assert found is not None
    assert found.advisor_next
    assert found.reasons == ("has an open problem since 3 February 2025, not told to the Advisor yet",)
    told = replace(raised, told_advisor_on=dt.date(2025, 2, 4))
    known = prompt(Signs(MEMBER, "Ann Reed", contacts=(told,)), SCHEME, DAY)
    assert known is not None
    assert not known.advisor_next
    settled = replace(told, closed_on=DAY)
    assert prompt(Signs(MEMBER, contacts=(settled,)), SCHEME, DAY) is None


def test_a_school_marked_at_risk_is_talked_to_and_one_without_an_ssl_through_its_head() -> None:
    found = prompt(Signs(replace(MEMBER, at_risk=True)), SCHEME, DAY)
    assert found is not None
    assert found.text == "Talk to the headteacher of Oakfield School"
    assert found.reasons == ("is marked as at risk of leaving",)


def test_a_school_that_has_left_is_not_prompted_for() -> None:
    left = replace(ABSENT, member=replace(MEMBER, left_on=DAY - dt.timedelta(days=1)))
    assert prompt(left, SCHEME, DAY) is None
