"""What impact never holds or claims, and what it keeps with things done (R-IMP-3, 9, 10, R-PPL-5)."""

import datetime as dt

import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.cpd import cpd_year
from models.queries.impact_aims import aims_tab
from models.queries.members import members
from models.queries.projects_page import projects_tab
from models.rules.confidence import ScoreFact

TODAY = dt.date(2025, 6, 20)
COLUMNS = [(table.name, column.name) for table in t.metadata.sorted_tables for column in table.columns]


def today() -> dt.date:
    return TODAY


@pytest.mark.parametrize("word", ["pupil", "child", "attain", "grade"])
def test_r_imp_10_and_r_data_2_no_field_holds_a_pupil_or_what_one_attained(word):
    held = [name for name in COLUMNS if word in name[1]]
    assert held in ([], [("activity", "pupil_premium")])  # whom it was for, not who came


def test_r_data_2_where_impact_is_told_in_words_a_reminder_stands_beside_them():
    hints = [t.EvidenceDraft.model_fields["text"], t.ActivityDraft.model_fields["description"]]
    assert [one.description for one in hints] == ["No pupils’ names."] * 2


def test_r_ppl_5_a_score_knows_neither_a_person_nor_a_school():
    assert set(ScoreFact.__struct_fields__) == {"slip", "round", "area_id", "score", "respondent"}
    stored = {column for table, column in COLUMNS if table == "confidence_answer"}
    assert not stored & {"school_id", "person_id", "name"}


def test_r_imp_9_reach_is_the_sum_of_the_members_rolls(sample):
    with sample.read() as session:
        book = Book(session)
        rolls = [book.school_rows[one.school_id].number_on_roll for one in book.members(TODAY)]
        assert members(book, 2024, TODAY).reach == sum(rolls)


def test_r_imp_3_a_session_tells_the_need_that_it_met(sample):
    with sample.read() as session:
        needs = {line.fact.code: line.need for line in cpd_year(Book(session), 2024, TODAY).lines}
    assert all(needs.values())
    assert "assess" in needs["CPD-03"].casefold()


def test_r_eef_1_and_r_com_1_a_programme_is_named_and_a_channel_is_a_link_alone(own_sample):
    with own_sample.transaction("Name it") as (session, _):
        session.get_one(t.Project, 2).programme = "Thinking, Doing, Talking Science"
    with own_sample.read() as session:
        rows = {row.fact.code: row.fact.programme for row in projects_tab(session, 2024, today).rows}
        channel = aims_tab(session, 2024, today).beside.channel
    assert rows["PR-02"] == "Thinking, Doing, Talking Science"
    assert channel == "https://chat.example/brindlemere-science"
