"""The contacts log, declarations, and PSQM money asked for and answered, in a real book."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, select

from models import tables as t
from models.errors import BadInput, Refused
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.psqm import outlook
from models.services import contacts, psqm, records
from models.store import Store
from models.words import Answer, ContactKind, PsqmState

DAY = dt.date(2025, 6, 20)


def _id(session: Session, record: type[t.Record], **wanted: Any) -> int:
    rows = session.exec(select(record)).all()
    found = next(row for row in rows if all(getattr(row, key) == value for key, value in wanted.items()))
    return found.id or 0


def test_a_problem_is_told_to_the_advisor_and_settled_not_before_it_was_raised(sample: Store) -> None:
    """R-CLU-11."""
    with sample.transaction("x") as (session, _):
        line = records.add(
            session, t.ContactLog, {"on": DAY, "kind": ContactKind.PROBLEM, "summary": "No cover"}
        )
        contacts.tell_advisor(session, line, DAY)
        contacts.settle(session, line, DAY + dt.timedelta(days=3), "Cover found.")
    with sample.read() as session:
        values = records.kept(session, "contact_log", line).values
        assert (values["told_advisor_on"], values["closed_on"]) == (DAY, dt.date(2025, 6, 23))
        assert values["outcome"] == "Cover found."
    early = DAY - dt.timedelta(days=1)
    for verb, field in ((contacts.tell_advisor, "told_advisor_on"), (contacts.settle, "closed_on")):
        with pytest.raises(BadInput, match="20 June 2025") as wrong, sample.transaction("x") as (session, _):
            verb(session, line, early)
        assert wrong.value.field == field


def test_settling_without_words_keeps_the_outcome_that_is_entered(sample: Store) -> None:
    with sample.transaction("x") as (session, _):
        values = {"on": DAY, "kind": ContactKind.OTHER, "summary": "Rang", "outcome": "Will come."}
        line = records.add(session, t.ContactLog, values)
        contacts.settle(session, line, DAY)
    with sample.read() as session:
        assert records.kept(session, "contact_log", line).values["outcome"] == "Will come."


def test_a_declaration_is_given_once_a_year_and_changed_when_given_again(sample: Store) -> None:
    """R-COVER-7: Quillby was asked and had not said."""
    with sample.transaction("x") as (session, _):
        quillby = _id(session, t.School, name="Quillby C of E Primary School")
        before = cover_year(Book(session), 2024, DAY).confirmed
        contacts.declare(session, quillby, 2024, Answer.YES, confirmed_by="Hugh Tamblyn", confirmed_on=DAY)
    with sample.read() as session:
        assert cover_year(Book(session), 2024, DAY).confirmed == before + 1
        rows = session.exec(select(t.Declaration).where(t.Declaration.school_id == quillby)).all()
        assert [(row.school_year, row.additional) for row in rows] == [(2023, "yes"), (2024, "yes")]
    with sample.transaction("x") as (session, _):
        contacts.declare(session, quillby, 2024, Answer.NOT_SAID, confirmed_on=DAY)
        contacts.declare(session, quillby, 2025, Answer.NO)
    with sample.read() as session:
        rows = session.exec(select(t.Declaration).where(t.Declaration.school_id == quillby)).all()
        assert {row.school_year: (row.additional, row.confirmed_on) for row in rows}[2024] == (
            "not_said",
            None,
        )
        assert rows[-1].school_year == 2025


def test_asking_for_declarations_is_noted_once_a_school_with_the_head_it_went_to(sample: Store) -> None:
    """R-COVER-7."""
    with sample.transaction("Ask for declarations") as (session, _):
        schools = [one.school_id for one in Book(session).members(DAY)]
        lines = len(session.exec(select(t.ContactLog)).all())
        assert contacts.ask_declarations(session, schools, 2025, DAY) == len(schools)
        assert contacts.ask_declarations(session, schools, 2025, DAY) == 0
    with sample.read() as session:
        asked = session.exec(select(t.Declaration).where(t.Declaration.school_year == 2025)).all()
        assert {row.additional for row in asked} == {Answer.NOT_SAID}
        log = session.exec(select(t.ContactLog)).all()[lines:]
        assert len(log) == len(schools)
        otterhay = _id(session, t.School, name="Otterhay Junior School")
        sunita = _id(session, t.Person, name="Sunita Deol")
        assert {line.school_id: line.person_id for line in log}[otterhay] == sunita
    sample.undo()
    with sample.read() as session:
        assert len(session.exec(select(t.ContactLog)).all()) == lines


def test_money_for_a_renewal_is_refused_unless_somebody_writes_why(sample: Store) -> None:
    """R-PSQM-1: silver from 2014 counts as an earlier award."""
    with sample.read() as session:
        quillby = _id(session, t.School, name="Quillby C of E Primary School")
        amount = len(session.exec(select(t.PsqmRequest)).all())
    asked = {"school_id": quillby, "requested_on": DAY}
    with pytest.raises(BadInput, match="this would be a renewal") as wrong, sample.transaction("x") as (s, _):
        psqm.ask_for_psqm(s, asked)
    assert wrong.value.field == "override_reason"
    with sample.read() as session:
        assert len(session.exec(select(t.PsqmRequest)).all()) == amount
    with sample.transaction("x") as (session, _):
        psqm.ask_for_psqm(session, {**asked, "override_reason": "The Advisor agreed on 2 June."})
        later = {"requested_on": DAY + dt.timedelta(days=1), "state": PsqmState.REFUSED}
        psqm.ask_for_psqm(session, {**asked, **later})


def test_a_request_is_funded_refused_with_a_reason_or_withdrawn_and_then_at_rest(sample: Store) -> None:
    """R-PSQM-2."""
    with sample.transaction("x") as (session, _):
        school = _id(session, t.School, name="Oakmantle School")
        one = psqm.ask_for_psqm(session, {"school_id": school, "requested_on": DAY})
        psqm.answer_psqm(session, one, PsqmState.WAITING)
        psqm.answer_psqm(session, one, PsqmState.FUNDED)
        psqm.answer_psqm(session, one, PsqmState.WITHDRAWN)
    with (
        pytest.raises(Refused, match="is withdrawn: it cannot become funded"),
        sample.transaction("x") as (s, _),
    ):
        psqm.answer_psqm(s, one, PsqmState.FUNDED)
    with sample.transaction("x") as (session, _):
        two = psqm.ask_for_psqm(session, {"school_id": school, "requested_on": DAY + dt.timedelta(days=1)})
    with pytest.raises(BadInput) as wrong, sample.transaction("x") as (session, _):
        psqm.answer_psqm(session, two, PsqmState.REFUSED, "  ")
    assert wrong.value.field == "reason"
    with sample.transaction("x") as (session, _):
        psqm.answer_psqm(session, two, PsqmState.REFUSED, "No hub near enough.")
    with sample.read() as session:
        assert records.kept(session, "psqm_request", two).values["reason"] == "No hub near enough."


def test_where_the_scheme_refuses_it_no_more_are_funded_than_there_are_places(sample: Store) -> None:
    """R-PSQM-2: one place, which Wickenshaw has."""
    with sample.transaction("x") as (session, _):
        setting = {"key": "psqm_places", "value": "1", "starts_on": dt.date(2025, 6, 1), "response": "refuse"}
        records.add(session, t.SchemeSetting, setting)
        school = _id(session, t.School, name="Oakmantle School")
        values = {"school_id": school, "requested_on": DAY, "state": PsqmState.WAITING}
        one = psqm.ask_for_psqm(session, values)
    with pytest.raises(Refused, match="put it on the waiting list"), sample.transaction("x") as (session, _):
        psqm.answer_psqm(session, one, PsqmState.FUNDED)
    with sample.read() as session:
        assert records.kept(session, "psqm_request", one).values["state"] is PsqmState.WAITING


def test_a_request_is_put_right_under_the_same_rules_as_a_new_one(sample: Store) -> None:
    """R-PSQM-1; a fault that was there before does not stop other work on it."""
    with sample.transaction("x") as (session, _):
        first = _id(session, t.School, name="Oakmantle School")
        renewal = _id(session, t.School, name="Otterhay Junior School")
        made = psqm.ask_for_psqm(session, {"school_id": first, "requested_on": DAY})
        before = records.kept(session, "psqm_request", made).values
    with pytest.raises(BadInput, match="renewal") as wrong, sample.transaction("x") as (session, _):
        psqm.amend_request(session, made, {"school_id": renewal}, before)
    assert wrong.value.field == "override_reason"
    with sample.transaction("x") as (session, _):
        records.change(session, t.PsqmRequest, made, {"school_id": renewal})
        now = records.kept(session, "psqm_request", made).values
        psqm.amend_request(session, made, {"hub": "Wenmarsh hub"}, now)
    with sample.read() as session:
        assert records.kept(session, "psqm_request", made).values["hub"] == "Wenmarsh hub"
        said = outlook(session, renewal, DAY)
        assert said is not None
        assert "renewal" in said.text
        assert outlook(session, first, DAY) is None
