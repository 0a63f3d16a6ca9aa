"""Aims in words, links, projects, documents: the verbs of the impact page, on the sample cluster."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.book import Book
from models.queries.served import aims_year
from models.queries.serving import served, to_link
from models.services import aims, documents, projects, records, serving, taking_part
from models.services.serving import Target
from models.words import ProjectScope, ProjectState

TODAY = dt.date(2025, 6, 20)


def do(store, action, *args, **more):
    with store.transaction("Do") as (session, _):
        return action(session, *args, **more)


def kept(store, table, record_id):
    with store.read() as session:
        return dict(records.kept(session, table, record_id).values)


def of(store, table, **values):
    """The one record with these values."""
    stored = t.metadata.tables[table]
    with store.read() as session:
        query = select(stored.c.id).where(*(stored.c[name] == value for name, value in values.items()))
        return session.scalars(query).one()


def aim(store, number):
    with store.read() as session:
        return aims_year(Book(session), 2024, TODAY).aims[number - 1]


# -- aims in words


def words(number, text, starts_on):
    return {"number": number, "text": text, "starts_on": starts_on}


def test_new_words_hold_from_their_day_and_the_old_ones_stay_before_it(sample):
    do(sample, aims.put_into_words, words(2, "Every teacher leads", dt.date(2025, 1, 6)))
    with sample.read() as session:
        book = Book(session)
        before = aims_year(book, 2023, dt.date(2024, 8, 31)).aims[1].line.words
        after = aims_year(book, 2024, TODAY).aims[1].line.words
    assert before == "Every teacher is confident to teach and assess working scientifically"
    assert after == "Every teacher leads"


def test_what_served_the_old_words_serves_the_new_ones(sample):
    before = aim(sample, 2).done_words
    do(sample, aims.put_into_words, words(2, "Every teacher leads", dt.date(2025, 6, 1)))
    assert aim(sample, 2).done_words == before


def test_one_aim_has_one_wording_a_day_and_the_same_words_are_no_new_ones(sample):
    same = "Every teacher is confident to teach and assess working scientifically"
    with pytest.raises(BadInput, match="has words from 1 September 2023 already") as twice:
        do(sample, aims.put_into_words, words(2, "Other words", dt.date(2023, 9, 1)))
    with pytest.raises(BadInput, match="has these words already") as no_news:
        do(sample, aims.put_into_words, words(2, same, dt.date(2025, 1, 6)))
    with pytest.raises(BadInput, match="Aim cannot be more than 6"):
        do(sample, aims.put_into_words, words(7, "A seventh", dt.date(2025, 1, 6)))
    assert (twice.value.field, no_news.value.field) == ("starts_on", "text")


# -- links


def test_links_from_the_aims_side_are_made_and_taken_away_in_one_step(sample):
    activity, evidence = of(sample, "activity", code="AC-12"), of(sample, "evidence", code="EV-0011")
    done = do(sample, serving.relink, Target(aim=2), TODAY, [("activity", activity), ("evidence", evidence)])
    assert done == 2
    assert aim(sample, 2).evidence == 1
    gone = do(
        sample, serving.relink, Target(aim=2), TODAY, [("activity", activity)], [("evidence", evidence)]
    )
    assert gone == 1  # what is linked already is left as it is
    assert aim(sample, 2).evidence == 0
    assert ("activity", activity) in {(one.table, one.id) for one in aim(sample, 2).things}


def test_a_link_under_older_words_is_found_and_taken_away(sample):
    meeting = next(one.id for one in aim(sample, 2).things if one.table == "meeting")
    do(sample, aims.put_into_words, words(2, "Every teacher leads", dt.date(2025, 6, 1)))
    assert do(sample, serving.relink, Target(aim=2), TODAY, [("meeting", meeting)]) == 0
    assert do(sample, serving.relink, Target(aim=2), TODAY, [], [("meeting", meeting)]) == 1
    assert ("meeting", meeting) not in {(one.table, one.id) for one in aim(sample, 2).things}


def test_a_new_link_rests_on_the_words_of_its_day(sample):
    new = do(sample, aims.put_into_words, words(2, "Every teacher leads", dt.date(2025, 6, 1)))
    evidence = of(sample, "evidence", code="EV-0011")
    do(sample, serving.relink, Target(aim=2), dt.date(2025, 5, 1), [("evidence", evidence)])
    link = of(sample, "aim_link", evidence_id=evidence)
    assert kept(sample, "aim_link", link)["aim_id"] not in {new, None}


def test_a_focus_area_is_linked_as_an_aim_is(sample):
    area, activity = of(sample, "focus_area", name="Use of ICT"), of(sample, "activity", code="AC-12")
    do(sample, serving.relink, Target(area_id=area), TODAY, [("activity", activity)])
    with sample.read() as session:
        found = aims_year(Book(session), 2024, TODAY).coverage
    (ict,) = [one for one in found if one.area.id == area]
    assert [one.title for one in ict.things] == ["Talk at the county primary conference"]


def test_nothing_is_linked_to_an_aim_without_words_or_from_a_thing_that_is_gone(sample):
    with pytest.raises(Refused, match="Aim 5 is not in words yet"):
        do(sample, serving.relink, Target(aim=5), TODAY, [("activity", of(sample, "activity", code="AC-12"))])
    with pytest.raises(Changed):
        do(sample, serving.relink, Target(aim=2), TODAY, [("activity", 9999)])


def test_what_a_thing_serves_is_set_as_a_whole_from_its_own_side(sample):
    evidence, area = of(sample, "evidence", code="EV-0009"), of(sample, "focus_area", name="Family learning")
    with sample.read() as session:
        offered = served(session, "evidence", evidence, TODAY)
    assert [words for _, words in offered.aims][:1] == [
        "1. Children plan and carry out more of their own investigations, in every year group"
    ]
    second = offered.aims[1][0]
    do(sample, serving.serve, "evidence", evidence, {second}, {area})
    with sample.read() as session:
        now = served(session, "evidence", evidence, TODAY)
    assert (now.aim_ids, now.area_ids) == ({second}, {area})


def test_a_new_thing_is_offered_the_aims_of_its_day_and_later_ones_that_had_no_words(sample):
    do(sample, aims.put_into_words, words(5, "Families join in", dt.date(2025, 9, 1)))
    do(sample, aims.put_into_words, words(2, "Every teacher leads", dt.date(2025, 9, 1)))
    with sample.read() as session:
        offered = served(session, "evidence", None, TODAY)
    said = [words for _, words in offered.aims]
    assert said[1].startswith("2. Every teacher is confident")
    assert said[4] == "5. Families join in"
    assert not offered.aim_ids


def test_what_could_be_linked_is_the_years_and_says_what_is(sample):
    with sample.read() as session:
        found = to_link(session, Target(aim=3), 2024, lambda: TODAY)
    assert found.words == "Aim 3: Schools share good equipment and use it well"
    assert found.day == TODAY
    assert all(dt.date(2024, 9, 1) <= one.on <= TODAY for one in found.things if one.on)
    linked = {one.code for one in found.things if one.linked}
    assert {code for code in linked if code.startswith("KIT")}
    festival = next(one for one in found.things if one.code == "AC-14")
    assert (festival.kind, festival.linked) == ("Activity", False)
    assert "Otterhay" in festival.schools
    keys = [one.key for one in found.things]
    assert len(keys) == len(set(keys))


def test_deleting_a_thing_takes_its_links_with_it_and_the_bin_brings_both_back(sample):
    activity = of(sample, "activity", code="AC-12")
    do(sample, serving.relink, Target(aim=2), TODAY, [("activity", activity)])
    do(sample, records.remove, t.Activity, activity)
    assert ("activity", activity) not in {(one.table, one.id) for one in aim(sample, 2).things}
    sample.restore_deleted("activity", activity)
    assert ("activity", activity) in {(one.table, one.id) for one in aim(sample, 2).things}


def test_an_aim_that_something_serves_cannot_be_deleted(sample):
    with pytest.raises(Refused, match="aim links rest on it"):
        do(sample, records.remove, t.Aim, of(sample, "aim", number=1))


# -- projects


def project(**more):
    return {"title": "Rivers", "scope": ProjectScope.SHARED, **more}


def schools_of(store, project_id):
    stored = t.metadata.tables["project_school"]
    with store.read() as session:
        wanted = select(stored.c.school_id).where(stored.c.project_id == project_id)
        return set(session.scalars(wanted))


def test_a_shared_project_begins_with_its_schools_and_the_next_number(sample):
    made = do(sample, projects.begin, project(), {1, 2})
    assert kept(sample, "project", made)["code"] == "PR-11"
    assert schools_of(sample, made) == {1, 2}


def test_a_theme_is_one_schools_own_and_needs_it(sample):
    with pytest.raises(BadInput, match="Choose the school whose theme") as no_school:
        do(sample, projects.begin, project(scope=ProjectScope.SCHOOL_THEME))
    made = do(sample, projects.begin, project(scope=ProjectScope.SCHOOL_THEME, school_id=2), {1, 3})
    assert no_school.value.field == "school_id"
    assert schools_of(sample, made) == set()


def test_a_theme_that_becomes_shared_lets_go_of_its_own_school(sample):
    made = do(sample, projects.begin, project(scope=ProjectScope.SCHOOL_THEME, school_id=2))
    before = kept(sample, "project", made)
    do(sample, projects.change, made, {"scope": ProjectScope.SHARED}, before, {1, 2})
    assert kept(sample, "project", made)["school_id"] is None
    assert schools_of(sample, made) == {1, 2}


def test_a_project_goes_from_planned_to_running_to_done(sample):
    made = do(sample, projects.begin, project())
    do(sample, projects.start, made, dt.date(2025, 1, 10))
    with pytest.raises(BadInput, match="cannot end before it begins"):
        do(sample, projects.finish, made, dt.date(2025, 1, 9))
    do(sample, projects.finish, made, dt.date(2025, 5, 1))
    now = kept(sample, "project", made)
    assert (now["state"], now["starts_on"], now["ends_on"]) == (
        ProjectState.DONE, dt.date(2025, 1, 10), dt.date(2025, 5, 1),
    )  # fmt: skip


def test_stopping_asks_why_in_every_way_of_doing_it(sample):
    made = do(sample, projects.begin, project())
    with pytest.raises(BadInput, match="Write why it was stopped"):
        do(sample, projects.stop, made, TODAY, "  ")
    with pytest.raises(BadInput, match="Write why it was stopped"):
        do(sample, projects.change, made, {"state": ProjectState.STOPPED}, kept(sample, "project", made), ())
    do(sample, projects.stop, made, TODAY, "The river dried up")
    now = kept(sample, "project", made)
    assert (now["state"], now["stopped_reason"], now["ends_on"]) == (
        ProjectState.STOPPED, "The river dried up", TODAY,
    )  # fmt: skip


def test_feedback_has_words_and_a_day(sample):
    theme = of(sample, "project", code="PR-06")
    with pytest.raises(BadInput, match="Write what came of it"):
        do(sample, projects.feed_back, theme, TODAY, " ")
    do(sample, projects.feed_back, theme, TODAY, "Smell came first")
    assert kept(sample, "project", theme)["feedback_on"] == TODAY


def test_the_schools_of_an_activity_are_set_as_a_whole(sample):
    activity = of(sample, "activity", code="AC-12")
    do(sample, taking_part.set_schools, "activity", activity, {2, 3})
    do(sample, taking_part.set_schools, "activity", activity, {3, 4})
    stored = t.metadata.tables["activity_school"]
    with sample.read() as session:
        wanted = select(stored.c.school_id).where(stored.c.activity_id == activity)
        assert set(session.scalars(wanted)) == {3, 4}
    with pytest.raises(Changed):
        do(sample, taking_part.set_schools, "activity", activity, {999})


# -- shared documents (R-IMP-8)


def test_the_next_version_begins_without_agreements_and_the_old_ones_stay(sample):
    first = of(sample, "shared_document", version=1)
    third = do(sample, documents.add_version, first, TODAY)
    now = kept(sample, "shared_document", third)
    assert (now["title"], now["version"], now["issued_on"]) == ("Brindlemere enquiry progression", 3, TODAY)
    stored = t.metadata.tables["document_agreement"]
    with sample.read() as session:
        number = select(func.count()).where(stored.c.document_id == third)
        assert session.scalar(number) == 0


def test_agreements_are_ticked_as_a_whole_and_known_ones_keep_their_day(sample):
    second = of(sample, "shared_document", version=2)
    stored = t.metadata.tables["document_agreement"]

    def days():
        with sample.read() as session:
            query = select(stored.c.school_id, stored.c.agreed_on).where(stored.c.document_id == second)
            return {row.school_id: row.agreed_on for row in session.execute(query)}

    before = days()
    stays, goes, *_ = sorted(before)
    wanted = (before.keys() - {goes}) | {1}
    assert do(sample, documents.agree, second, wanted, TODAY) == 2
    assert days() == {**{key: day for key, day in before.items() if key != goes}, 1: TODAY}
    assert days()[stays] == before[stays]


def test_a_version_cannot_be_agreed_before_it_was_issued(sample):
    second = of(sample, "shared_document", version=2)
    with pytest.raises(BadInput, match="before it was issued") as early:
        do(sample, documents.agree, second, {1}, dt.date(2025, 1, 21))
    assert early.value.field == "agreed_on"
