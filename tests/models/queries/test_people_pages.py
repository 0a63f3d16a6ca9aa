"""The lists beside the schools: people, contacts, declarations, strengths, PSQM and plans."""

import datetime as dt

from models import tables as t
from models.queries.cover import cover_year
from models.queries.partnership_page import (
    AwardState,
    ContactState,
    DeclarationState,
    Whereabouts,
    award_rows,
    contact_rows,
    declaration_rows,
    plan_rows,
    question_rows,
    request_rows,
    strength_rows,
    where,
)
from models.queries.people_page import person_detail, person_rows, role_rows, swaps
from models.queries.schools_page import lead_rows, spell_rows
from models.rules.people import PlanState
from models.store import Store
from models.words import Answer, ContactKind, OfferKind, PsqmLevel, PsqmState, RoleKind
from tests.models.queries.small import START, asking, filling

DAY = dt.date(2025, 3, 10)


def _today() -> dt.date:
    return DAY


def test_a_person_is_listed_with_what_she_does_on_the_day_and_those_who_left_come_last(store: Store) -> None:
    with filling(store) as small:
        school = small.school("Acorn Primary School", short_name="Acorn")
        ann, ben = small.person("Ann Reed", school), small.person("Ben Hale", school)
        gone = small.add(t.Person, name="Amy Early", left_on=dt.date(2024, 12, 20), organisation="Museum")
        for kind in (RoleKind.HEADTEACHER, RoleKind.SSL):
            small.add(t.Role, person_id=ann, kind=kind, school_id=school, starts_on=START)
        ended = {"starts_on": START, "ends_on": dt.date(2024, 8, 30)}
        small.add(t.Role, person_id=ben, kind=RoleKind.TEACHER, school_id=school, **ended)
        for group in ("Y2", "EYFS"):
            small.add(t.YearTaught, person_id=ben, school_year=2024, year_group=group)
        small.add(t.YearTaught, person_id=ben, school_year=2023, year_group="Y6")
    with store.read() as session:
        rows = person_rows(session, 2024, _today)
        assert [row.id for row in rows] == [ann, ben, gone]
        assert (rows[0].school, rows[0].roles) == ("Acorn", ("SSL", "Head"))
        assert (rows[1].roles, rows[1].groups) == ((), ("EYFS", "Y2"))
        assert (rows[2].school, rows[2].here) == ("Museum", False)
        assert person_rows(session, 2023, _today)[1].roles == ()  # it ended the day before
        assert person_rows(session, 2023, lambda: dt.date(2024, 1, 8))[1].roles == ("Teacher",)


def test_year_4_teachers_of_five_schools_are_a_swap_list(store: Store) -> None:
    """R-MEET-13."""
    with filling(store) as small:
        people = []
        for number in range(5):
            school = small.school(f"School {number}")
            people.append(small.person(f"Teacher {number}", school))
            small.add(t.YearTaught, person_id=people[-1], school_year=2024, year_group="Y4")
        gone = small.add(t.Person, name="Left", left_on=START, school_id=small.school("Other"))
        small.add(t.YearTaught, person_id=gone, school_year=2024, year_group="Y4")
    with store.read() as session:
        (row,) = swaps(session, 2024)
        assert (row.year_group, row.schools, row.paired) == ("Y4", 5, True)
        ((group, peers),) = person_detail(session, people[0], 2024, _today).peers
        assert (group, len(peers)) == ("Y4", 4)
        assert swaps(session, 2023) == ()


def test_a_persons_panel_says_what_somebody_else_would_have_to_take_over(store: Store) -> None:
    with filling(store) as small:
        school = small.school("Acorn")
        ann = small.person("Ann Reed", school)
        small.add(t.Role, person_id=ann, kind=RoleKind.SSL, school_id=school, starts_on=START)
        small.add(t.Role, person_id=ann, kind=RoleKind.TEACHER, starts_on=START, ends_on=START)
        for number, done in enumerate((None, None, DAY)):
            small.add(t.Action, code=f"A-{number}", what="Do it", owner_id=ann, done_on=done)
        kit = small.add(t.Resource, code="R-1", name="Microscopes")
        loan = {"resource_id": kit, "school_id": school, "person_id": ann, "starts_on": START}
        small.add(t.Loan, code="L-1", due_on=DAY, out_on=START, **loan)
        small.add(t.Loan, code="L-2", due_on=DAY, out_on=START, back_on=DAY, **loan)
        small.add(t.DevelopmentPlan, person_id=ann, goal="Secret goal")
    with store.read() as session:
        detail = person_detail(session, ann, 2024, _today)
        assert detail.open_ends == (
            "Science subject leader (SSL), Acorn",
            "2 open actions",
            "1 kit on loan",
        )
        assert (len(detail.roles), len(detail.running), detail.plans) == (2, 1, 1)
        assert "Secret" not in repr(detail)  # R-PPL-3: private


def test_offers_and_asks_find_each_other_in_the_sample(sample: Store) -> None:
    """R-PPL-1: microscopes are asked for once and offered twice."""
    with sample.read() as session:
        rows = strength_rows(session)
        ask = next(row for row in rows if row.fact.topic == "Microscopes" and row.fact.kind is OfferKind.ASK)
        assert {one.name for one in ask.fits} == {"Sam Okonjo", "Owain Trask"}
        assert not ask.unmet
        unmet = [row.fact.topic for row in rows if row.unmet]
        assert unmet == ["Electricity in Year 4"]
        topics = [row.fact.topic.casefold() for row in rows]
        assert topics == sorted(topics)
        person = person_detail(session, ask.fact.person_id, 2024)
        assert {one.topic: len(one.fits) for one in person.offers}["Microscopes"] == 2


def test_what_somebody_who_left_could_do_is_not_offered(store: Store) -> None:
    with filling(store) as small:
        gone = small.add(t.Person, name="Gone", left_on=START)
        here = small.person("Here", None)
        small.add(t.Strength, person_id=gone, topic="Rocks")
        small.add(t.Strength, person_id=here, kind=OfferKind.ASK, topic="Rocks")
    with store.read() as session:
        (row,) = strength_rows(session)
        assert row.unmet


def test_a_problem_waits_first_for_the_advisor_then_for_its_end(store: Store) -> None:
    """R-CLU-11: raised 3 November, told 5 November = 2 days."""
    raised = dt.date(2024, 11, 3)
    with filling(store) as small:
        usual = {"on": raised, "kind": ContactKind.PROBLEM, "summary": "No cover"}
        new = small.add(t.ContactLog, **usual)
        told = small.add(t.ContactLog, **usual, told_advisor_on=dt.date(2024, 11, 5))
        done = small.add(t.ContactLog, **usual, closed_on=DAY)
        talk = small.add(t.ContactLog, **{**usual, "kind": ContactKind.ENCOURAGEMENT})
        later = small.add(t.ContactLog, **usual, closed_on=DAY + dt.timedelta(days=1))
    with store.read() as session:
        rows = {row.id: row for row in contact_rows(session, 2024, _today)}
        assert {key: row.state for key, row in rows.items()} == {
            new: ContactState.TELL,
            told: ContactState.OPEN,
            done: ContactState.SETTLED,
            talk: ContactState.NOTED,
            later: ContactState.TELL,
        }
        assert (rows[told].days, rows[new].days, rows[talk].days) == (2, None, None)


def test_an_open_problem_of_last_year_stays_in_sight_and_other_lines_do_not(store: Store) -> None:
    old = dt.date(2024, 5, 2)
    with filling(store) as small:
        open_ = small.add(t.ContactLog, on=old, kind=ContactKind.PROBLEM, summary="Open")
        small.add(t.ContactLog, on=old, kind=ContactKind.PROBLEM, summary="Settled", closed_on=old)
        small.add(t.ContactLog, on=old, kind=ContactKind.OTHER, summary="Rang")
    with store.read() as session:
        assert [row.id for row in contact_rows(session, 2024, _today)] == [open_]
        assert len(contact_rows(session, 2023, _today)) == 3
        assert contact_rows(session, 2022, _today) == ()


def test_questions_without_an_answer_follow_into_the_next_year(store: Store) -> None:
    """R-ASK-1."""
    with filling(store) as small:
        old = dt.date(2024, 5, 2)
        small.add(t.AdvisorQuestion, asked_on=old, question="Answered?", answered_on=old, answer="Yes")
        waiting = small.add(t.AdvisorQuestion, asked_on=old, question="Still waiting?")
        small.add(t.AdvisorQuestion, asked_on=DAY, question="New?")
    with store.read() as session:
        assert [row.question for row in question_rows(session, 2024)] == ["New?", "Still waiting?"]
        assert {row.id for row in question_rows(session, 2023)} >= {waiting}
        assert len(question_rows(session, 2023)) == 2


def test_every_member_that_gives_money_has_a_line_and_six_of_seven_confirmed(sample: Store) -> None:
    """R-COVER-7: the figure is that of cover."""
    with sample.read() as session:
        rows = declaration_rows(session, 2024)
        states = {row.school: row.state for row in rows}
        assert states["Quillby C of E Primary School"] is DeclarationState.ASKED
        assert "Brindlemere High School" not in states  # sets nothing aside
        assert next(row.head for row in rows if row.school.startswith("Quillby")) == "Hugh Tamblyn"
        after = declaration_rows(session, 2025)
        assert {row.state for row in after} == {DeclarationState.NOT_ASKED}
        assert {row.id for row in after} == {None}
    with asking(sample) as book:
        cover = cover_year(book, 2024, dt.date(2025, 6, 20))
        assert sum(row.state is DeclarationState.YES for row in rows) == cover.confirmed
        assert {row.school for row in rows} == {one.school_name for one in cover.additional}


def test_a_declaration_that_was_given_is_shown_though_no_money_is_set_aside_any_more(store: Store) -> None:
    with filling(store) as small:
        small.cluster()
        school = small.school("Acorn", joined=None)
        small.add(t.Membership, school_id=school, joined_on=START, gives_release_input=False)
        small.add(t.Declaration, school_id=school, school_year=2024, additional=Answer.NO)
    with store.read() as session:
        assert [row.state for row in declaration_rows(session, 2024, _today)] == [DeclarationState.NO]
        assert declaration_rows(session, 2023, _today) == ()


def test_a_mark_is_held_to_be_renewed_expired_or_followed(store: Store) -> None:
    """R-PSQM-3: awarded 30 June 2022, expires 30 June 2025, reminded of a year before."""
    with filling(store) as small:
        small.cluster()
        first, second = small.school("Acorn"), small.school("Birch")

        def award(school: int, on: dt.date) -> int:
            return small.add(t.PsqmAward, school_id=school, level=PsqmLevel.PSQM, awarded_on=on)

        soon = award(first, dt.date(2022, 6, 30))
        old = award(first, dt.date(2018, 6, 30))
        over = award(second, dt.date(2022, 3, 9))
    with store.read() as session:
        rows = {row.id: row for row in award_rows(session, 2024, _today)}
        assert {key: row.state for key, row in rows.items()} == {
            soon: AwardState.RENEW,
            old: AwardState.FOLLOWED,
            over: AwardState.EXPIRED,
        }
        assert rows[soon].expires_on == dt.date(2025, 6, 30)
        earlier = {row.id: row.state for row in award_rows(session, 2023, lambda: dt.date(2024, 6, 29))}
        assert earlier[soon] is AwardState.HELD


def test_a_request_says_if_it_is_a_first_time_where_it_stands_and_what_may_come_next(sample: Store) -> None:
    """R-PSQM-1, R-PSQM-2."""
    with sample.read() as session:
        rows = {row.school: row for row in request_rows(session, 2024)}
        renewal, first = rows["Quillby C of E Primary School"], rows["Wickenshaw Primary School"]
        assert (renewal.first_time, renewal.state, renewal.place) == (False, PsqmState.REFUSED, None)
        assert renewal.next == ()
        assert (first.first_time, first.place) == (True, 1)
        assert first.next == (PsqmState.WITHDRAWN,)
        assert [ticked for _, ticked in first.ticks][1:] == [True, True]
        assert first.says == renewal.says == ()


def test_a_request_that_a_rule_speaks_about_says_so(store: Store) -> None:
    with filling(store) as small:
        small.cluster()
        small.add(t.PsqmRequest, school_id=small.school("Acorn"), requested_on=DAY, advisor_contacted=True)
    with store.read() as session:
        (row,) = request_rows(session, 2024)
        assert row.says == (
            "Acorn asks for PSQM money: ask the Advisor how many places there are.",
            "Acorn’s request for PSQM money still needs a hub with a place.",
        )
        assert row.ticks == (
            ("a funded place", False),
            ("a hub with a place", False),
            ("the Advisor contacted", True),
        )


def test_plans_to_review_come_first_and_the_one_that_is_late_is_marked(sample: Store) -> None:
    """R-PPL-3."""
    with sample.read() as session:
        rows = plan_rows(session, 2024)
        assert [row.state for row in rows] == [PlanState.OPEN, *[PlanState.REVIEWED] * 4]
        assert rows[0].person == "Imogen Strand"
        late = plan_rows(session, 2025, lambda: dt.date(2025, 9, 1))
        assert late[0].state is PlanState.OPEN  # the sample is told from its own day


def test_a_plan_past_its_review_is_overdue(store: Store) -> None:
    with filling(store) as small:
        ann = small.person("Ann", None)
        small.add(t.DevelopmentPlan, person_id=ann, goal="Coach", review_on=DAY - dt.timedelta(days=1))
        small.add(t.DevelopmentPlan, person_id=ann, goal="Lead")
    with store.read() as session:
        assert [row.state for row in plan_rows(session, 2024, _today)] == [PlanState.OVERDUE, PlanState.OPEN]


def test_a_record_of_any_year_is_found_in_the_year_that_lists_it(sample: Store) -> None:
    with sample.read() as session:
        line = next(row for row in contact_rows(session, 2023) if row.on == dt.date(2023, 11, 7))
        assert where(session, "contact_log", line.id) == Whereabouts(2023, line.id)
        said = next(row for row in declaration_rows(session, 2024) if row.school.startswith("Pipers"))
        assert said.id is not None
        assert where(session, "declaration", said.id) == Whereabouts(2024, said.school_id)
        asked = question_rows(session, 2024)[0]
        assert where(session, "advisor_question", asked.id) == Whereabouts(2024, asked.id)
        for table in ("contact_log", "declaration", "advisor_question"):
            assert where(session, table, 999_999) is None


def test_every_role_membership_and_lead_there_was_is_listed(sample: Store) -> None:
    with sample.read() as session:
        roles = role_rows(session, 2024)
        assert len(roles) == 29
        assert roles[0].starts_on == max(row.starts_on for row in roles)
        assert any(row.handover_note.startswith("Monitoring folder") for row in roles)
        spells = spell_rows(session, 2024)
        assert [row.school for row in spells] == sorted((row.school for row in spells), key=str.casefold)
        assert {row.school: row.gives for row in spells}["Brindlemere High School"] is False
        assert [row.school for row in lead_rows(session, 2024)] == ["Harlbridge Primary School"]
