"""What the Meetings page asks: its year, one meeting, the register, proposals, actions, decisions, CPD."""

import datetime as dt

import pytest

from models import tables as t
from models.calendar import TermName
from models.queries.action_list import actions_of, balance, decisions_of
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.cpd import cpd_year
from models.queries.cpd_page import cpd_detail
from models.queries.meeting_detail import closing_words, invited_words, meeting_detail
from models.queries.meetings import meeting_year
from models.queries.meetings_page import CPD, MEETING, meetings_year
from models.queries.meetings_plan import invited, repeat_of, school_day
from models.queries.meetings_where import Where, where_is
from models.queries.register import allowances, register
from models.services import agenda, meetings, records
from models.services.attendance import Mark, record_attendance
from models.words import (
    AgendaState,
    AttendanceCode,
    Audience,
    ClaimState,
    Happened,
    MeetingKind,
    ReleaseMethod,
    RoleKind,
)
from tests.models.queries.small import START, Small, filling

P, S, A, N = AttendanceCode
DAY, TODAY = dt.date(2025, 1, 22), dt.date(2025, 1, 23)


def clock() -> dt.date:
    return TODAY


# -- the year


def test_the_year_lists_meetings_and_cpd_by_day_with_their_terms(sample):
    with sample.read() as session:
        year = meetings_year(session, 2024)
    days = [one.held_on for one in year.entries]
    assert days == sorted(days)
    assert {one.table for one in year.entries} == {MEETING, CPD}
    terms = {term: sum(one.term is term for one in year.entries) for term in TermName}
    assert terms == {TermName.AUTUMN: 5, TermName.SPRING: 5, TermName.SUMMER: 4}


@pytest.mark.parametrize("year", [2023, 2024])
def test_r_rev_7_its_figures_are_those_of_the_pack(sample, year):
    with sample.read() as session:
        book = Book(session)
        pack = meeting_year(book, year, book.today())
        page = meetings_year(session, year)
    assert page.count == pack.count
    matrix = {one.meeting.id: f"{one.total.text} schools" for one in pack.matrix.columns if one.entered}
    shown = {one.id: one.came for one in page.entries if one.table == MEETING}
    assert {key: shown[key] for key in matrix} == matrix
    counted = {line.fact.id: (line.inside, line.counts) for line in pack.lines}
    assert {
        one.id: (one.inside, one.counts) for one in page.entries if one.id in counted and one.table == MEETING
    } == counted


def test_r_meet_1_the_count_says_what_is_still_planned(sample):
    with sample.read() as session:
        assert meetings_year(session, 2024).count_words == "4 of at least 4 in school time"
        assert meetings_year(session, 2025).count_words == "0 of at least 4 in school time, 5 planned"


def test_full_cluster_meetings_are_numbered_and_nothing_else(sample):
    with sample.read() as session:
        entries = meetings_year(session, 2024).entries
    numbers = [one.number for one in entries if one.number]
    assert numbers == [1, 2, 3, 4, 5]
    assert all(one.kind == "Full cluster" for one in entries if one.number)


@pytest.mark.parametrize(
    ("values", "state", "waits"),
    [
        ({"status": Happened.PLANNED, "held_on": TODAY}, "Planned", False),
        ({"status": Happened.PLANNED}, "Not marked", True),
        ({"status": Happened.HELD}, "Minutes open", False),
        ({"status": Happened.HELD, "finalised_on": TODAY}, "Finalised", False),
        ({"status": Happened.CANCELLED}, "Cancelled", False),
    ],
)
def test_how_far_a_meeting_is_stands_beside_it(store, values, state, waits):
    with filling(store) as small:
        small.cluster()
        small.meeting(**{"day": values.pop("held_on", DAY), **values})
    with store.read() as session:
        (entry,) = meetings_year(session, 2024, clock).entries
    assert (entry.state, entry.waits) == (state, waits)


def test_a_cpd_session_that_was_part_of_a_meeting_stands_there_and_not_in_the_year(store):
    with filling(store) as small:
        small.cluster()
        meeting = small.meeting(DAY, title="Forces")
        small.add(t.CpdSession, code="CPD-01", title="Talk", held_on=DAY, meeting_id=meeting)
    with store.read() as session:
        assert [one.table for one in meetings_year(session, 2024, clock).entries] == [MEETING]
        (line,) = meeting_detail(session, meeting, clock).cpd
    assert (line.title, line.state) == ("Talk", "Not marked")


def test_open_and_overdue_actions_and_decisions_are_counted(sample):
    with sample.read() as session:
        year = meetings_year(session, 2024)
    assert (year.actions_open, year.actions_late, year.decisions) == (8, 2, 7)


# -- one meeting


class Small2(Small):
    """A cluster with a lead school, two others and a subject leader each."""

    def people_and_schools(self) -> None:
        self.cluster()
        self.oak, self.elm = self.school("Oakmere Primary School"), self.school("Elm Lane Primary School")
        self.high = self.school("Harbour High School", joined=None)
        self.add(t.Membership, school_id=self.high, joined_on=START, gives_release_input=False)
        self.add(t.LeadSpell, school_id=self.oak, starts_on=START)
        self.ada, self.bea = self.person("Ada Finch", self.oak), self.person("Bea Lowe", self.elm)
        self.dot, self.eve = self.person("Dot Reed", self.oak), self.person("Eve Snow", self.oak)
        for person, school in ((self.ada, self.oak), (self.bea, self.elm)):
            self.add(t.Role, person_id=person, school_id=school, kind=RoleKind.SSL, starts_on=START)


@pytest.fixture
def small(store):
    with store.transaction("Fill in") as (session, _):
        made = Small2(session)
        made.people_and_schools()
        made.now = made.meeting(DAY, title="Sound", host_school_id=made.oak)
    made.store = store
    return made


def detail(small, meeting=0):
    with small.store.read() as session:
        return meeting_detail(session, meeting or small.now, clock)


def do(small, verb, *args):
    with small.store.transaction("Do") as (session, _):
        return verb(session, *args)


def test_r_meet_3_whether_it_is_in_the_school_day_is_said_with_the_reason(small):
    found = detail(small)
    assert (found.inside, found.by_hand) == (True, False)
    assert found.inside_why == (
        "1:15pm to 3:30pm: 135 of 135 minutes in the school day (9am to 3:30pm), at least half."
    )
    do(small, records.change, t.Meeting, small.now, {"in_school_day": False})
    found = detail(small)
    assert (found.inside, found.by_hand) == (False, True)
    assert found.inside_why.startswith("Marked by hand as outside the school day. By its times: 1:15pm")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "It counts to the full cluster meetings in school time that the agreement asks for."),
        (
            {"status": Happened.PLANNED},
            "It will count, once held, to the full cluster meetings in school time "
            "that the agreement asks for.",
        ),
        ({"status": Happened.CANCELLED}, "It was cancelled and counts nowhere."),
        (
            {"starts_at": None, "ends_at": None},
            "It does not count to the yearly minimum while its times are not entered.",
        ),
        (
            {"starts_at": dt.time(16), "ends_at": dt.time(17)},
            "It does not count to the yearly minimum because it is outside the school day.",
        ),
        (
            {"kind": MeetingKind.SUB_GROUP},
            "Only full cluster meetings count to the yearly minimum; this one is recorded beside them.",
        ),
    ],
)
def test_r_meet_1_whether_it_counts_is_said_with_the_reason(small, values, words):
    do(small, records.change, t.Meeting, small.now, values)
    assert detail(small).counts_why == words


def test_topics_say_where_they_came_from_and_where_they_went(small):
    with small.store.transaction("More") as (session, _):
        more = Small(session)
        later = more.meeting(dt.date(2025, 3, 12), title="Kits", status=Happened.PLANNED, code="M-9")
        more.add(
            t.AgendaItem, meeting_id=small.now, title="Starter swap", position=1, proposed_by_id=small.elm
        )
        agenda.carry_over(session, small.now, later)
    (here,), (there,) = detail(small).topics, detail(small, later).topics
    assert (here.went_on, here.carried, here.proposed_by) == (
        "“Kits”, 12 March 2025",
        "",
        "Elm Lane Primary School",
    )
    assert (there.carried, there.went_on, there.state) == ("“Sound”, 22 January 2025", "", AgendaState.OPEN)


def test_what_should_be_known_before_finalising_is_said(small):
    assert closing_words(detail(small))[3:] == (
        "No minutes are written: it has no topic, no outcome and no minutes.",
    )
    with small.store.transaction("More") as (session, _):
        Small(session).add(t.AgendaItem, meeting_id=small.now, title="Starter swap")
    assert closing_words(detail(small)) == (
        "Nobody is marked in the register yet.",
        "It has no purpose yet: say in a sentence what it was for.",
        "It is not linked to an aim or focus area yet.",
        "No minutes are written, neither of the meeting nor of a topic.",
        "1 open or recurring topic stays here: no later meeting is planned.",
    )
    with small.store.transaction("More") as (session, _):
        more = Small(session)
        more.meeting(dt.date(2025, 3, 12), title="Kits", status=Happened.PLANNED, code="M-9")
        more.mark(small.now, small.oak, S, small.ada)
        records.change(session, t.Meeting, small.now, {"purpose": "Plan", "minutes": "We began late."})
        area = more.add(t.FocusArea, name="Assessment")
        more.add(t.AimLink, focus_area_id=area, meeting_id=small.now)
    assert closing_words(detail(small)) == ("1 open or recurring topic goes on to “Kits” on 12 March 2025.",)
    assert detail(small).serves == ("Assessment",)


def test_r_meet_10_actions_say_who_and_how_they_stand(small):
    with small.store.transaction("More") as (session, _):
        more = Small(session)
        known = {"meeting_id": small.now, "owner_id": small.bea, "owner_school_id": small.elm}
        more.add(t.Action, code="A-1", what="Late", due_on=dt.date(2025, 1, 22), **known)
        more.add(t.Action, code="A-2", what="Due today", due_on=TODAY, **known)
        more.add(t.Action, code="A-3", what="Done", done_on=TODAY, **known)
        more.add(t.Action, code="A-4", what="Given up", dropped_on=TODAY, meeting_id=small.now)
    states = [(one.what, one.state, one.owner) for one in detail(small).actions]
    owner = "Bea Lowe · Elm Lane Primary School"
    assert states == [
        ("Late", "Overdue", owner),
        ("Due today", "Open", owner),
        ("Done", "Done", owner),
        ("Given up", "Dropped", ""),
    ]


def test_who_is_asked_is_said_by_name_or_as_everybody(small):
    assert invited_words(detail(small)) == "Every member school"
    do(small, meetings.invite, small.now, {small.oak, small.elm})
    assert invited_words(detail(small)) == "Elm Lane Primary School and Oakmere Primary School"
    with small.store.read() as session:
        asked = invited(session, small.now)
    assert [name for _, name in asked.schools] == [
        "Elm Lane Primary School", "Harbour High School", "Oakmere Primary School",
    ]  # fmt: skip
    assert asked.asked == {small.oak, small.elm}


def test_a_meeting_that_is_gone_is_none(store):
    with store.read() as session:
        assert meeting_detail(session, 9, clock) is None
        assert register(session, 9, clock) is None
        assert cpd_detail(session, 9, clock) is None
        assert invited(session, 9) is None


# -- the register


def rows(small, meeting=0):
    with small.store.read() as session:
        return register(session, meeting or small.now, clock)


def names(found):
    return {row.school: [cell.name for cell in row.cells] for row in found.rows}


def test_r_meet_8_every_member_stands_in_the_register_with_its_subject_leader_first(small):
    found = rows(small)
    assert names(found) == {
        "Elm Lane Primary School": ["Bea Lowe"],
        "Harbour High School": [""],
        "Oakmere Primary School": ["Ada Finch"],
    }
    assert [cell.leader for row in found.rows for cell in row.cells] == [True, False, True]
    assert [name for _, name in found.people[small.oak]] == ["Dot Reed", "Eve Snow"]


def test_r_meet_5_only_schools_asked_stand_in_it_and_those_that_came_all_the_same(small):
    do(small, meetings.invite, small.now, {small.elm})
    assert list(names(rows(small))) == ["Elm Lane Primary School"]
    do(small, record_attendance, small.now, [Mark(small.oak, small.dot, S)], TODAY)
    found = rows(small)
    assert [(row.school, row.invited) for row in found.rows] == [
        ("Elm Lane Primary School", True), ("Oakmere Primary School", False),
    ]  # fmt: skip


def test_marks_stand_with_their_people_and_the_claims_that_follow(small):
    marks = [
        Mark(small.oak, small.ada, P, ReleaseMethod.HEAD),
        Mark(small.oak, small.dot, S),
        Mark(small.elm, None, A),
    ]
    do(small, record_attendance, small.now, marks, TODAY)
    found = rows(small)
    oak = next(row for row in found.rows if row.school_id == small.oak)
    assert [(cell.name, cell.code, cell.method, cell.claim) for cell in oak.cells] == [
        ("Ada Finch", P, ReleaseMethod.HEAD, ClaimState.DRAFT), ("Dot Reed", S, None, None),
    ]  # fmt: skip
    elm = next(row for row in found.rows if row.school_id == small.elm)
    assert [(cell.name, cell.code, cell.school_alone) for cell in elm.cells] == [("Bea Lowe", A, True)]
    assert (found.drafts, found.unclaimed, found.draws, found.release) == ((1,), (), True, "")


def test_whoever_came_in_the_year_before_is_offered_again_the_most_frequent_first(small):
    with small.store.transaction("Before") as (session, _):
        more = Small(session)
        for number, people in enumerate([(small.eve,), (small.dot, small.eve)]):
            before = more.meeting(dt.date(2024, 10, 2 + number), code=f"B-{number}")
            for person in people:
                more.mark(before, small.oak, S, person)
        old_enough = more.meeting(dt.date(2024, 9, 20), code="B-8")
        old = more.meeting(dt.date(2023, 10, 2), code="B-9")
        more.mark(old, small.oak, S, more.person("Fay Old", small.oak))
        more.mark(old_enough, small.high, S, more.person("Cy Marsh", small.high))
    found = rows(small)
    assert names(found)["Harbour High School"] == ["Cy Marsh"]  # it has no leader: not “nobody” first
    assert names(found)["Oakmere Primary School"] == ["Ada Finch", "Eve Snow", "Dot Reed"]
    assert found.previous == {(small.oak, small.dot): S, (small.oak, small.eve): S}


def test_somebody_who_has_left_is_not_offered(small):
    do(small, records.change, t.Person, small.dot, {"left_on": dt.date(2024, 12, 31)})
    assert [name for _, name in rows(small).people[small.oak]] == ["Eve Snow"]


def test_people_released_without_a_claim_are_counted_but_not_those_of_a_school_without_an_allowance(small):
    with small.store.transaction("Marks from a workbook") as (session, _):
        more = Small(session)
        more.mark(small.now, small.oak, P, small.ada)
        more.mark(small.now, small.high, P, more.person("Cy Marsh", small.high))
    assert [cell.name for _, cell in rows(small).unclaimed] == ["Ada Finch"]


def test_it_says_why_no_claim_is_drafted(small):
    do(small, records.change, t.Meeting, small.now, {"kind": MeetingKind.STEERING})
    found = rows(small)
    assert (found.draws, found.unclaimed) == (False, ())
    assert found.release == "No cover is claimed for this kind of meeting (Steering Group)."


def test_r_cover_4_each_schools_allowance_is_that_of_the_pack(sample):
    with sample.read() as session:
        pack = cover_year(Book(session), 2024, dt.date(2025, 8, 31))
        assert allowances(session, dt.date(2025, 5, 15)) == {
            line.school_id: line.entitlement for line in pack.schools
        }


# -- proposals


def test_a_repeat_copies_all_but_title_day_and_outcome_and_asks_the_next_school_to_host(small):
    with small.store.transaction("More") as (session, _):
        records.change(session, t.Meeting, small.now, {"purpose": "Plan", "minutes": "Long"})
        Small(session).add(t.AgendaItem, meeting_id=small.now, title="Kits")
    with small.store.read() as session:
        repeat = repeat_of(session, None, clock)
    assert repeat.repeats == small.now
    assert repeat.values == {
        "starts_at": dt.time(13, 15), "ends_at": dt.time(15, 30), "kind": MeetingKind.FULL_CLUSTER,
        "place": "", "link": "", "audience": Audience.UNIVERSAL, "host_school_id": small.elm,
    }  # fmt: skip
    assert repeat.words == "From “Sound”: 1 topic will be taken over."


def test_a_repeat_of_a_meeting_that_no_school_hosts_keeps_its_place(small):
    with small.store.transaction("More") as (session, _):
        online = Small(session).meeting(TODAY, place="Online", link="https://meet.example/1", code="M-9")
    with small.store.read() as session:
        values = repeat_of(session, online, clock).values
    assert (values["place"], "host_school_id" in values) == ("Online", False)


@pytest.mark.parametrize(
    ("ends", "by_hand", "inside", "words"),
    [
        (dt.time(15, 30), None, True, "1:15pm to 3:30pm: 135 of 135 minutes"),
        (dt.time(20), None, False, "1:15pm to 8pm: 135 of 405 minutes"),
        (dt.time(20), True, True, "Marked by hand. By its times: 1:15pm to 8pm"),
        (dt.time(9), None, None, "The end is not after the start"),
    ],
)
def test_r_meet_3_a_form_is_told_what_its_times_mean(small, ends, by_hand, inside, words):
    typed = {"held_on": DAY, "starts_at": dt.time(13, 15), "ends_at": ends, "host_school_id": small.oak}
    with small.store.read() as session:
        found = school_day(session, **typed, by_hand=by_hand)
    assert found.inside is inside
    assert found.words.startswith(words)


def test_an_empty_book_has_nothing_to_repeat(store):
    with store.read() as session:
        assert repeat_of(session, None, clock).values == {}


# -- actions and decisions


def test_open_actions_come_first_by_the_day_they_are_due(sample):
    with sample.read() as session:
        found = actions_of(session, 2024)
    running = [one for one in found if one.running]
    assert list(found[: len(running)]) == running
    assert [one.due_on for one in running] == sorted(one.due_on for one in running)
    assert (running[0].state, running[0].meeting) == ("Overdue", "What changed in classrooms, 15 May")


def test_an_action_left_open_stands_in_every_year_until_it_ends(sample):
    with sample.read() as session:
        codes = {one.code for one in actions_of(session, 2023)}
    assert "A-0018" in codes  # agreed in February 2025
    assert "A-0012" not in codes  # agreed and done in 2024 to 2025


def test_r_meet_10_the_balance_says_who_holds_the_open_actions_and_when_it_is_the_lead(small):
    with small.store.transaction("More") as (session, _):
        more = Small(session)
        for number, school in enumerate([small.oak, small.oak, small.elm]):
            more.add(t.Action, code=f"A-{number}", what="Do it", owner_school_id=school, meeting_id=small.now)
        more.add(t.Action, code="A-9", what="Done", owner_school_id=small.oak, done_on=TODAY)
    with small.store.read() as session:
        found = balance(session, clock)
    assert found.words == "3 actions open: Elm Lane Primary School 1, Oakmere Primary School 2"
    assert found.prompt.startswith("The lead school holds 2 of 3 open actions (67%)")


def test_decisions_say_what_they_authorise_and_whether_they_are_frozen(sample):
    with sample.read() as session:
        found = decisions_of(session, 2024)
    assert [(one.code, one.entries, one.frozen) for one in found[:2]] == [
        ("D-0014", 0, True),
        ("D-0013", 1, True),
    ]


# -- CPD


def test_r_cpd_3_a_session_says_who_pays_what_as_the_pack_does(sample):
    with sample.read() as session:
        lines = {line.fact.id: line for line in cpd_year(Book(session), 2024, dt.date(2025, 8, 31)).lines}
        for key, line in lines.items():
            found = cpd_detail(session, key)
            assert (found.split, found.summary, found.reach) == (line.split, line.summary, line.reach)
        talk = cpd_detail(session, 4)
    assert talk.split_words == "The pot pays £480; 7 schools share £180, from £25.70 to £25.72 each."
    assert (talk.each, len(talk.seats), len(talk.slips)) == ("£46.19", 12, 11)
    assert talk.outcomes == (
        "Plan a lesson in which talk comes before writing", "Adapt it for children who use signs or symbols",
    )  # fmt: skip


def test_people_who_could_be_booked_stand_under_their_schools(sample):
    with sample.read() as session:
        found = cpd_detail(session, 4)
    schools = {one.school: [name for _, name in one.people] for one in found.schools}
    assert schools["Pipers Lane"] == ["Bridget Lamb", "Gwen Harcastle", "Leila Sandoval"]
    assert "Fallowden" not in schools  # it had left by then


def test_bookings_say_where_they_were_passed_on_and_slips_keep_their_ids(sample):
    with sample.read() as session:
        found = cpd_detail(session, 4)
        bookings = {row.id: row for row in Book(session).rows(t.CpdBooking)}
        slips = {row.id: row for row in Book(session).rows(t.CpdEvaluation)}
    shared = {one.name: one.shared for one in found.seats}
    assert shared["Kit Lowther"] == "passed on 26 March 2025 to 12 staff"
    assert shared["Nerys Caldbeck"] == ""
    assert all(bookings[one.id].person_id == one.person_id for one in found.seats)
    assert [one.slip.number for one in found.slips] == list(range(1, 12))
    assert all(slips[one.id].slip == one.slip.number for one in found.slips)


# -- where a record is shown


def test_a_record_is_shown_with_its_meeting_or_session_in_the_year_of_that(sample):
    with sample.read() as session:
        book = Book(session)
        slip = next(row for row in book.rows(t.CpdEvaluation) if row.cpd_session_id == 1)
        topic = book.rows(t.AgendaItem)[0]
        assert where_is(session, "meeting", 20) == Where("meeting", 20, 2024)
        assert where_is(session, "cpd_session", 4) == Where("cpd_session", 4, 2024, 4)
        assert where_is(session, "cpd_evaluation", slip.id) == Where("cpd_session", 1, 2023, 1)
        assert where_is(session, "agenda_item", topic.id).id == topic.meeting_id
        for table in ("meeting", "cpd_session", "action", "cpd_booking"):
            assert where_is(session, table, 9999) is None


def test_what_belongs_to_a_session_that_was_part_of_a_meeting_is_shown_there(store):
    with filling(store) as small:
        meeting = small.meeting(DAY, title="Sound")
        talk = small.add(t.CpdSession, code="CPD-01", title="Talk", held_on=DAY, meeting_id=meeting)
        slip = small.add(t.CpdEvaluation, cpd_session_id=talk, slip=1, rating=4)
    with store.read() as session:
        assert where_is(session, "cpd_evaluation", slip) == Where("meeting", meeting, 2024, talk)
