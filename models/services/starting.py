"""A new book: a cluster that can be worked in at once, from its name, its lead school and its first day.

What every cluster starts with (focus areas, confidence areas, funds, term dates, bank holidays) is data in
`resources`; all of it can be changed in the book.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, TypeVar

from sqlmodel import Session, select

import resources
from models import tables as t
from models.calendar import school_year, year_bounds, year_code
from models.errors import Refused
from models.holidays import bank_holidays
from models.rules.agreement import USUAL_STAGE, usual_last_day
from models.rules.leads import phase_verdict
from models.rules.scheme import default_scheme, scheme_on
from models.rules.schools import SchoolFact, check_urn, clean_name
from models.rules.verdict import Severity
from models.words import ClosureKind

R = TypeVar("R", bound=t.Record)
YEARS_AHEAD = 1  # of terms beyond the agreement's last year, for next year's dates
MAINTAINED, ACADEMY = 4, 9  # the month in which their financial year starts (F4.8)


def term_dates(year: int) -> list[t.SchoolTermDraft]:
    """The usual half-terms of a school year, to be put right where they differ; [] beyond our table."""
    try:
        path = resources.path(f"terms/{year_code(year)}.json")
    except FileNotFoundError:
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [t.SchoolTermDraft.checked(school_year=year, **row) for row in rows]


def start_cluster(
    session: Session,
    name: str,
    lead_school: t.SchoolDraft,
    agreement_start: dt.date,
    *,
    programme: str = "",
    sponsor: str = "",
    pilot: bool = False,
    stage: int = USUAL_STAGE,
) -> t.Cluster:
    """Fill an empty book with what a cluster has on its first day. The caller commits.

    The agreement runs for two years, a pilot for one (R-AGR-1, R-AGR-7). The lead school becomes a member
    and holds three funds of their own: pot, lead time and finance administration (R-LEAD-3), each empty.

    Args:
        session: inside the transaction that is to hold it all.
        name: the cluster's name.
        lead_school: its name is tidied (R-CLU-13).
        agreement_start: first day of the agreement, of membership, of the lead and of the funds.
        programme: the sponsor's name for its programme.
        sponsor: who gives the grant.
        pilot: a pilot of one year.
        stage: the stage that the agreement is for, 1 to 4 (R-AGR-4).

    Raises:
        BadInput: a value that does not fit.
        Refused: the book holds a cluster already, or this school cannot lead (R-CLU-3).
    """
    _require_empty(session)
    tidy = _lead_draft(lead_school)
    cluster = _store(
        session,
        t.Cluster,
        t.ClusterDraft.checked(
            name=name,
            programme_name=programme,
            sponsor_name=sponsor,
            financial_year_month=_financial_year_month(tidy),
        ),
    )
    ends_on = usual_last_day(agreement_start, scheme_on(agreement_start), pilot=pilot)
    agreement = t.AgreementDraft.checked(starts_on=agreement_start, ends_on=ends_on, pilot=pilot, stage=stage)
    _store(session, t.Agreement, agreement)
    school = _store(session, t.School, tidy)
    member = t.MembershipDraft.checked(school_id=school.id, joined_on=agreement_start)
    _store(session, t.Membership, member)
    _store(session, t.LeadSpell, t.LeadSpellDraft.checked(school_id=school.id, starts_on=agreement_start))
    _lists(session, agreement_start)
    _calendar(session, agreement_start, ends_on)
    session.flush()
    return cluster


def start_blank(session: Session, name: str) -> t.Cluster:
    """Fill an empty book with a cluster's name and nothing else. The caller commits.

    For a book that is filled from a workbook: whatever stood in it already would be in the way of a copy
    that is the same to the letter.

    Raises:
        BadInput: the name does not fit.
        Refused: the book holds a cluster already.
    """
    _require_empty(session)
    return _store(session, t.Cluster, t.ClusterDraft.checked(name=name))


def _require_empty(session: Session) -> None:
    there = session.exec(select(t.Cluster)).first()
    if there is not None:
        raise Refused(f"This book holds {there.name} already: make a new file for another cluster.")


def _lead_draft(school: t.SchoolDraft) -> t.SchoolDraft:
    """The lead school's draft, tidied; refused where such a school cannot lead."""
    values = school.model_dump() | {"name": clean_name(school.name)}
    if school.urn:
        values["urn"] = check_urn(school.urn)
    tidy: t.SchoolDraft = t.SchoolDraft.checked(**values)
    fact = SchoolFact(0, tidy.name, tidy.phase, tidy.urn or "")
    verdict = phase_verdict(fact, default_scheme(), as_lead=True)
    if verdict is not None and verdict.severity is Severity.REFUSE:
        raise Refused(verdict.text)
    return tidy


def _financial_year_month(school: t.SchoolDraft) -> int:
    academy = bool(school.trust_name) or "academ" in school.type_name.casefold()
    return ACADEMY if academy else MAINTAINED


def _lists(session: Session, first: dt.date) -> None:
    """The funds at £0, the focus areas (R-AIM-2) and the confidence areas (R-IMP-4)."""
    given = _json("starting.json")
    for fund in given["funds"]:
        _store(session, t.Fund, t.FundDraft.checked(opened_on=first, **fund))
    for place, name in enumerate(given["focus_areas"], 1):
        _store(session, t.FocusArea, t.FocusAreaDraft.checked(name=name, position=place))
    for place, area in enumerate(given["confidence_areas"], 1):
        _store(session, t.ConfidenceArea, t.ConfidenceAreaDraft.checked(position=place, **area))


def _calendar(session: Session, first: dt.date, last: dt.date) -> None:
    """Half-terms and bank holidays of the agreement's school years and of the one after."""
    first_year, last_year = school_year(first), school_year(last) + YEARS_AHEAD
    for year in range(first_year, last_year + 1):
        for term in term_dates(year):
            _store(session, t.SchoolTerm, term)
    for on, name in bank_holidays(year_bounds(first_year)[0], year_bounds(last_year)[1]).items():
        draft = t.ClosedDayDraft.checked(on=on, name=name, kind=ClosureKind.BANK_HOLIDAY)
        _store(session, t.ClosedDay, draft)


def _store(session: Session, record: type[R], draft: t.Draft) -> R:
    """A row made of a draft, flushed so that others can link to it."""
    row = record(**draft.model_dump())
    session.add(row)
    session.flush()
    return row


def _json(name: str) -> Any:
    return json.loads(resources.path(name).read_text(encoding="utf-8"))
