"""CPD of small books: each session by the schools, the lead and the scheme of its own day (R-CPD-*)."""

import datetime as dt
from typing import Any

from models import tables as t
from models.queries.cpd import cpd_year
from models.queries.headline import headline
from models.queries.meetings import meeting_year
from models.store import Store
from models.words import ExcessSplit, Happened, ProviderKind, VatRecovery
from tests.models.queries.small import START, Small, asking, filling

YEAR = dt.date(2024, 8, 31)
AUTUMN, SPRING = dt.date(2023, 10, 4), dt.date(2024, 3, 6)


def session(small: Small, day: dt.date, fee_p: int, vat_p: int = 0, **values: Any) -> int:
    known = {"held_on": day, "fee_p": fee_p, "vat_p": vat_p, "vat_registered": vat_p > 0, "title": "Forces"}
    return small.add(t.CpdSession, code=small.code("CPD"), **{**known, "status": Happened.HELD, **values})


def test_the_vat_of_a_session_is_that_of_the_school_which_led_on_its_day(store: Store) -> None:
    """R-CPD-7, F4.3: the lead school that paid got its VAT back; the one that followed does not."""
    with filling(store) as small:
        small.cluster()
        first = small.school("Ashcombe")
        second = small.school("Birchley", vat_recovery=VatRecovery.NO)
        small.add(t.LeadSpell, school_id=first, starts_on=START, ends_on=dt.date(2023, 12, 31))
        small.add(t.LeadSpell, school_id=second, starts_on=dt.date(2024, 1, 1))
        session(small, AUTUMN, 300_00, 60_00)
        session(small, SPRING, 200_00, 40_00)
    with asking(store) as book:
        cost = cpd_year(book, 2023, YEAR).cost
        assert (cost.net_p, cost.lost_vat_p) == (500_00, 40_00)


def test_the_excess_is_shared_by_the_members_of_the_day_and_sums_to_the_penny(store: Store) -> None:
    """R-CPD-3, R-CLU-10: a school that joined later pays nothing of it, one that left later does."""
    with filling(store) as small:
        small.cluster()
        for name in ("Ashcombe", "Birchley"):
            small.school(name)
        small.school("Cranmoor", left=dt.date(2023, 12, 31))
        small.school("Dellfield", joined=dt.date(2024, 1, 8))
        session(small, AUTUMN, 550_00, 110_00)
        session(small, SPRING, 420_00, sessions=2)
        session(small, SPRING, 900_00, provider_kind=ProviderKind.FELLOW, sessions=2)
    with asking(store) as book:
        found = cpd_year(book, 2023, YEAR)
        assert [(one.school, one.net_p, one.vat_p) for one in found.excess] == [
            ("Ashcombe", 50_00 + 33_34, 10_00),
            ("Birchley", 50_00 + 33_33, 10_00),
            ("Cranmoor", 50_00, 10_00),
            ("Dellfield", 33_33, 0),
        ]
        assert (found.pot_net_p, found.excess_net_p) == (400_00 + 420_00 + 800_00, 150_00 + 100_00)
        assert sum(one.net_p for one in found.excess) == found.excess_net_p


def test_by_roll_with_a_roll_missing_all_share_alike_and_the_pack_says_so(store: Store) -> None:
    """R-CPD-3, D9."""
    with filling(store) as small:
        small.cluster()
        small.school("Ashcombe", number_on_roll=300)
        small.school("Birchley")
        session(small, AUTUMN, 500_00, excess_split=ExcessSplit.BY_ROLL)
    with asking(store) as book:
        found = cpd_year(book, 2023, YEAR)
        assert [one.net_p for one in found.excess] == [50_00, 50_00]
        assert "Birchley" in found.lines[0].split.notes[0]


def test_a_person_at_two_sessions_is_two_attendances_and_one_person(store: Store) -> None:
    """R-IMP-1; who booked and stayed away, or a session called off, counts nowhere."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        first, second = small.person("T1", school), small.person("T2", school)
        courses = [session(small, AUTUMN, 0), session(small, SPRING, 0)]
        for course in courses:
            small.add(t.CpdBooking, cpd_session_id=course, person_id=first)
        small.add(t.CpdBooking, cpd_session_id=courses[0], person_id=second, attended=False)
        off = session(small, SPRING, 400_00, status=Happened.CANCELLED)
        small.add(t.CpdBooking, cpd_session_id=off, person_id=second)
    with asking(store) as book:
        now = headline(book, 2023, YEAR).cpd
        assert (now.sessions, now.attendances, now.people, now.pot_net_p) == (2, 2, 1, 0)


def test_a_topic_is_the_lead_schools_if_that_school_led_on_the_day(store: Store) -> None:
    """R-MEET-7: with a change of lead in January each school is lead in its own part of the year."""
    with filling(store) as small:
        small.cluster()
        first, second = small.school("Ashcombe"), small.school("Birchley")
        small.add(t.LeadSpell, school_id=first, starts_on=START, ends_on=dt.date(2023, 12, 31))
        small.add(t.LeadSpell, school_id=second, starts_on=dt.date(2024, 1, 1))
        for day in (AUTUMN, SPRING):
            meeting = small.meeting(day)
            for number, school in enumerate((first, first, second)):
                small.add(t.AgendaItem, meeting_id=meeting, title=f"Topic {number}", proposed_by_id=school)
    with asking(store) as book:
        agenda = meeting_year(book, 2023, YEAR).agenda
        assert (agenda.by_others, agenda.known) == (1 + 2, 6)
