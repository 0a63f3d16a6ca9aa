"""The list of schools, one school's panel and the prompts: small books, the sample, and how they agree."""

import datetime as dt

from sqlmodel import Session

from models import tables as t
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.engagement import prompts
from models.queries.meetings import meeting_year
from models.queries.partial import PartialBook
from models.queries.school_detail import school_detail
from models.queries.schools_page import SchoolRow, Standing, school_rows, schools_facts
from models.rules.checklists import Task
from models.rules.loans import LoanState
from models.store import Store
from models.values import replace
from models.words import Answer, AttendanceCode, ClaimState, ContactKind, Phase, RoleKind
from tests.models.queries.small import asking, filling

DAY = dt.date(2025, 3, 10)


def _today() -> dt.date:
    return DAY


def _row(session: Session, school_id: int, year: int = 2024) -> SchoolRow:
    return next(row for row in school_rows(session, year, _today) if row.id == school_id)


def test_each_school_stands_as_its_spells_say_on_the_day(store: Store) -> None:
    """R-CLU-8, R-CLU-10."""
    with filling(store) as small:
        small.cluster()
        ids = {
            Standing.MEMBER: small.school("Acorn"),
            Standing.LEAVING: small.school("Birch", left=dt.date(2025, 7, 18)),
            Standing.LEFT: small.school("Cedar", left=dt.date(2025, 1, 31)),
            Standing.JOINING: small.school("Damson", joined=dt.date(2025, 9, 1)),
            Standing.NONE: small.school("Elm", joined=None),
        }
        risk = small.school("Fir", joined=None)
        small.add(t.Membership, school_id=risk, joined_on=dt.date(2023, 9, 1), at_risk=True)
    with store.read() as session:
        rows = school_rows(session, 2024, _today)
        assert {row.standing: row.id for row in rows} == {**ids, Standing.AT_RISK: risk}
        assert [row.name for row in rows] == ["Acorn", "Birch", "Damson", "Fir", "Cedar", "Elm"]
        before = {row.id: row.standing for row in school_rows(session, 2023, _today)}
        assert before[ids[Standing.LEFT]] is Standing.LEAVING  # as it was on the last day of that year


def test_a_school_that_came_back_stands_by_its_latest_spell(store: Store) -> None:
    with filling(store) as small:
        small.cluster()
        back = small.school("Acorn", left=dt.date(2024, 1, 31))
        small.add(t.Membership, school_id=back, joined_on=dt.date(2025, 2, 1))
    with store.read() as session:
        assert _row(session, back).standing is Standing.MEMBER
        assert _row(session, back).joined_on == dt.date(2025, 2, 1)
        assert [one.fact.joined_on.year for one in school_detail(session, back, 2024, _today).spells] == [
            2023,
            2025,
        ]


def test_an_academy_is_one_member_and_its_older_record_says_so(store: Store) -> None:
    """R-DATA-6."""
    with filling(store) as small:
        small.cluster()
        old = small.school("Acorn", left=dt.date(2024, 12, 31))
        new = small.school("Acorn Academy", joined=dt.date(2025, 1, 1), predecessor_id=old)
        small.add(
            t.Declaration, school_id=old, school_year=2024, additional=Answer.YES, confirmed_by="A head"
        )
        person = small.person("Ann Reed", new)
        small.add(t.Role, person_id=person, kind=RoleKind.SSL, school_id=old, starts_on=dt.date(2023, 9, 1))
        small.meeting(dt.date(2024, 11, 5), {old: person})
        small.meeting(dt.date(2025, 2, 4), {new: person})
    with store.read() as session:
        assert (_row(session, old).standing, _row(session, new).standing) == (
            Standing.EARLIER,
            Standing.MEMBER,
        )
        assert _row(session, new).ssl == "Ann Reed"
        assert "declaration" not in _row(session, new).wants
        detail = school_detail(session, new, 2024, _today)
        assert detail.attendance.text == "2 of 2"
        assert [one.person for one in detail.ssl] == ["Ann Reed"]
        assert schools_facts(session, 2024, _today).members == 1


def test_what_is_wanted_of_a_school_is_named(store: Store) -> None:
    with filling(store) as small:
        small.cluster()
        bare = small.school("Acorn")
        whole = small.school("Birch", urn="900011", number_on_roll=100)
        linked = small.school("High", phase=Phase.SECONDARY, joined=None, urn="900012", number_on_roll=900)
        small.add(t.Membership, school_id=linked, joined_on=dt.date(2023, 9, 1), gives_release_input=False)
        for school in (whole, linked):
            person = small.person(f"SSL {school}", school)
            start = dt.date(2023, 9, 1)
            small.add(t.Role, person_id=person, kind=RoleKind.SSL, school_id=school, starts_on=start)
        small.add(t.Declaration, school_id=whole, school_year=2024, additional=Answer.NO)
    with store.read() as session:
        assert _row(session, bare).wants == ("name an SSL", "declaration", "details")
        assert _row(session, whole).wants == ()
        assert _row(session, linked).wants == ()


def test_of_a_school_that_left_its_kits_and_claims_are_wanted(store: Store) -> None:
    """R-CLU-10: the leaver's checklist, and the way to each."""
    with filling(store) as small:
        small.cluster()
        gone = small.school("Acorn", left=dt.date(2025, 1, 31))
        person = small.person("Ann Reed", gone)
        kit = small.add(t.Resource, code="R-1", name="Microscopes")
        out = dt.date(2025, 1, 6)
        usual = {"resource_id": kit, "school_id": gone, "due_on": dt.date(2025, 2, 14)}
        loan = small.add(t.Loan, code="L-1", starts_on=out, out_on=out, **usual)
        small.add(t.Loan, code="L-2", starts_on=out, out_on=out, back_on=DAY, **usual)
        small.claim(gone, person, out)
        small.claim(gone, person, dt.date(2025, 1, 13), state=ClaimState.PAID, approved_p=100_00)
        action = small.add(t.Action, code="A-1", what="Send the photos", owner_school_id=gone)
        role = small.add(t.Role, person_id=person, kind=RoleKind.CLUSTER_LEAD, starts_on=out)
    with store.read() as session:
        assert _row(session, gone).wants == ("fetch 1 kit", "settle 1 claim")
        detail = school_detail(session, gone, 2024, _today)
        waiting = {step.task: step.about.id for step in detail.steps if not step.done}
        assert waiting[Task.KIT] == loan
        assert waiting[Task.ACTION] == action
        assert waiting[Task.ROLE] == role
        assert Task.CLAIM in waiting
        assert not detail.joining
        before = school_detail(session, gone, 2023, _today).steps
        assert Task.KIT not in {step.task for step in before}  # nobody knew then that it would leave


def test_a_school_that_joined_in_the_year_has_a_checklist_and_a_founder_in_order_has_none(
    store: Store,
) -> None:
    """R-CLU-7, R-CLU-12."""
    with filling(store) as small:
        small.cluster()
        founder = small.school("Acorn", urn="900011", number_on_roll=100)
        new = small.school("Birch", joined=dt.date(2025, 2, 3))
        small.meeting(dt.date(2025, 2, 25), {founder: None})
        small.meeting(dt.date(2025, 6, 3), status="planned")
        small.meeting(dt.date(2025, 1, 14))
    with store.read() as session:
        steps = {step.task: step for step in school_detail(session, new, 2024, _today).steps}
        assert [task for task, step in steps.items() if not step.done] == [
            Task.SSL,
            Task.ADVISOR,
            Task.DECLARE,
            Task.DETAILS,
        ]
        assert steps[Task.TERMS].text == (
            "Its allowance for 2024 to 2025 is £500; 2 meetings from its first day"
        )
        assert school_detail(session, founder, 2024, _today).steps == ()


def test_the_panel_has_the_figures_of_the_pack(sample: Store) -> None:
    """R-REV-7: one calculation."""
    for year in (2023, 2024):
        day = min(dt.date(2025, 6, 20), dt.date(year + 1, 8, 31))
        with asking(sample) as book:
            matrix = {row.school_id: row for row in meeting_year(book, year, day).matrix.rows}
            use = {one.school_id: one for one in cover_year(book, year, day).schools}
        with sample.read() as session:
            for row in school_rows(session, year):
                detail = school_detail(session, row.id, year)
                if row.id in matrix:
                    assert detail.attendance == matrix[row.id].total
                    assert tuple(mark for _, mark in detail.marks) == matrix[row.id].marks
                if detail.use is not None:
                    assert detail.use == use[row.id]
                else:
                    assert row.id not in use or not use[row.id].entitlement.allowance_p


def test_the_sample_tells_of_its_schools(sample: Store) -> None:
    with sample.read() as session:
        rows = {row.short_name: row for row in school_rows(session, 2024)}
        assert rows["Fallowden"].standing is Standing.LEFT
        assert rows["Harlbridge"].is_lead
        assert rows["Quillby"].wants == ("declaration",)
        detail = school_detail(session, rows["Wickenshaw"].id, 2024)
        assert [(one.person, bool(one.handover_note)) for one in detail.ssl] == [
            ("Imogen Strand", False),
            ("Marek Zielony", True),
        ]
        assert {one.kind for one in detail.roles} >= {RoleKind.HEADTEACHER}
        assert detail.next_action is not None
        assert detail.declarations[0].year == 2024
        assert len(detail.contacts) <= 3
        late = school_detail(session, rows["Oakmantle"].id, 2024).loans
        assert late[0].state is LoanState.OVERDUE
        facts = schools_facts(session, 2024)
        assert (facts.members, facts.lead) == (7, "Harlbridge Primary School")
        assert set(facts.leads) == {"Nerys Caldbeck", "Tobias Finch"}


def test_whom_to_talk_to_is_said_of_members_only_and_agrees_with_the_panel(sample: Store) -> None:
    """R-CLU-8, R-CLU-11."""
    with sample.read() as session:
        found = prompts(session, 2024)
        assert [one.text for one in found] == ["Talk to Aisha Rahmani at Quillby C of E Primary School"]
        for row in school_rows(session, 2024):
            said = school_detail(session, row.id, 2024).prompt
            assert said == next((one for one in found if one.school_id == row.id), None)


def test_a_school_that_stays_away_is_prompted_for_with_its_late_kit(store: Store) -> None:
    """R-CLU-8, D28."""
    with filling(store) as small:
        small.cluster()
        here, away = small.school("Acorn"), small.school("Birch")
        for day in (dt.date(2025, 1, 14), dt.date(2025, 2, 11)):
            meeting = small.meeting(day, {here: None})
            small.mark(meeting, away, AttendanceCode.N)
        kit = small.add(t.Resource, code="R-1", name="Microscopes")
        out = dt.date(2025, 1, 6)
        small.add(t.Loan, code="L-1", resource_id=kit, school_id=away, starts_on=out, out_on=out, due_on=out)
        small.add(
            t.ContactLog, on=dt.date(2025, 1, 15), kind=ContactKind.ENCOURAGEMENT, school_id=away,
            summary="Rang",
        )  # fmt: skip
    with store.read() as session:
        (found,) = prompts(session, 2024, _today)
        assert found.school_id == away
        assert found.reasons == ("missed the last 2 meetings", "has 1 overdue kit")
        assert found.last_contact_on == dt.date(2025, 1, 15)
        assert found == school_detail(session, away, 2024, _today).prompt


def test_a_school_added_before_the_first_meeting_joins_with_the_agreement_and_later_today(
    store: Store,
) -> None:
    """R-CLU-7 asks for the Advisor only of those who join after the start."""
    with filling(store) as small:
        small.cluster()
    with store.read() as session:
        assert schools_facts(session, 2024, _today).starts == dt.date(2023, 9, 1)
    with filling(store) as small:
        small.meeting(dt.date(2025, 6, 1), status="planned")
    with store.read() as session:
        assert schools_facts(session, 2024, _today).starts == dt.date(2023, 9, 1)
    with filling(store) as small:
        small.meeting(dt.date(2025, 2, 4), code="M-0099")
    with store.read() as session:
        assert schools_facts(session, 2024, _today).starts == DAY


def test_an_empty_book_has_no_schools_and_no_prompts(store: Store) -> None:
    with store.read() as session:
        assert school_rows(session, 2024, _today) == ()
        assert prompts(session, 2024, _today) == ()
        facts = schools_facts(session, 2024, _today)
        assert (facts.members, facts.lead, facts.leads, facts.starts) == (0, "", (), DAY)


def test_one_school_is_asked_for_without_reading_the_others_claims_and_old_meetings(store: Store) -> None:
    """The panel stays quick in a large book."""
    with filling(store) as small:
        small.cluster()
        one, other = small.school("Acorn"), small.school("Birch")
        for number in range(3):
            person = small.person(f"Teacher {number}", other)
            small.claim(other, person, dt.date(2025, 1, 6 + number))
        small.meeting(dt.date(2024, 2, 6), {one: None, other: None})
    with store.read() as session:
        book = PartialBook(session, 2024, [one])
        assert book.rows(t.CoverClaim) == []
        assert book.rows(t.Meeting) == []
        assert book.rows(t.Attendance) == []
        assert len(Book(session).rows(t.CoverClaim)) == 3


def test_a_row_is_replaced_only_where_something_differs(sample: Store) -> None:
    """Frozen rows compare by value, so that the table announces only what changed."""
    with sample.read() as session:
        first, again = school_rows(session, 2024), school_rows(session, 2024)
        assert first == again
        assert replace(first[0], name="Other") != again[0]
