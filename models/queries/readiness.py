"""How ready each part of the review pack is, and what is still to enter (domain, part C)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models import tables as t
from models.calendar import year_bounds
from models.queries.account import pot_year
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.capacity import mark_lines, next_year, people_of
from models.queries.classrooms import classrooms
from models.queries.cover import cover_year
from models.queries.cpd import cpd_year
from models.queries.impact import impact_year
from models.queries.lead import lead_school
from models.queries.meetings import meeting_year
from models.queries.members import members, profile
from models.queries.released import unclaimed_number
from models.queries.served import aims_year
from models.rules.agreement import is_last_year
from models.rules.aims import AIMS
from models.rules.arrangement import Arrangement, Placed, arrangement
from models.rules.review import Need, SectionState, section_readiness
from models.words import ActivityKind, AgreementResult, PackNoteKind


class PartReadiness(Struct, frozen=True):
    """One part of the pack: its number in the usual order, its title, its state, what is missing."""

    number: int
    title: str
    state: SectionState
    missing: tuple[Need, ...] = ()

    @property
    def to_enter(self) -> tuple[str, ...]:
        """What is still to enter, in words."""
        return tuple(need.words for need in self.missing)


TITLES = {
    1: "Cover",
    2: "Summary",
    3: "Members",
    4: "Central aims",
    5: "Focus areas",
    6: "Meetings",
    7: "Attendance",
    8: "Release and supply cover",
    9: "Cluster account",
    10: "Lead school",
    11: "Professional development",
    12: "Confidence",
    13: "Impact in classrooms",
    14: "Projects and themes",
    15: "Resource bank",
    16: "Quality marks",
    17: "Transition",
    18: "Inclusion and families",
    19: "People",
    20: "Partners and other funding",
    21: "Issues and the Advisor",
    22: "Next year",
    23: "Ready for the next stage",
    24: "Appendices",
}


STAGE = 23
"""The part that only the last year of an agreement has (domain, part C)."""
TOLD = frozenset({ActivityKind.DISSEMINATION, ActivityKind.CELEBRATION, ActivityKind.VISIT})


def _once(known: bool, *needs: Need) -> tuple[Need, ...]:
    """What is needed of something once it is entered: before that, it alone is asked for."""
    return needs if known else ()


def _cover_needs(book: Book, year: int, day: dt.date) -> dict[int, list[Need]]:
    who, people = profile(book, year, day), members(book, year, day)
    return {
        1: [
            Need("the cluster’s name", bool(who.name), "cluster"),
            Need("the agreement’s dates", who.agreement is not None, "agreement"),
            Need("the lead school", bool(who.lead_school), "lead_spell"),
            Need("a cluster lead", bool(who.leads), "role"),
        ],
        3: [
            Need("the member schools", bool(people.lines), "membership"),
            *_once(
                bool(people.lines),
                Need("the number on roll of every school", not people.reach_unknown, "school"),
                Need(
                    "a science subject leader for every school",
                    all(line.ssl for line in people.lines),
                    "role",
                ),
            ),
        ],
    }


def _meeting_needs(book: Book, year: int, day: dt.date) -> dict[int, list[Need]]:
    asked, until = meeting_year(book, year, day), min(day, year_bounds(year)[1])
    cover = cover_year(book, year, day)
    return {
        6: [
            Need("the meetings held", bool(asked.lines), "meeting"),
            *_once(
                bool(asked.lines),
                Need("the purpose of every meeting", all(one.fact.purpose for one in asked.lines), "meeting"),
            ),
            Need("who proposed the agenda items", asked.agenda.known > 0, "agenda_item"),
        ],
        7: [
            Need("attendance", asked.matrix.total.cells > 0, "attendance"),
            *_once(
                asked.matrix.total.cells > 0,
                Need(
                    "attendance of every meeting",
                    all(column.entered for column in asked.matrix.columns),
                    "attendance",
                ),
            ),
        ],
        8: [
            Need("cover claims", bool(cover.claims), "cover_claim"),
            Need(
                "every school’s word that the money is on top of its science budget",
                bool(cover.additional) and all(one.answer.value != "not_said" for one in cover.additional),
                "declaration",
                "declarations",
            ),
            *_once(
                bool(cover.claims),
                Need(
                    "a claim for every release in the registers",
                    not unclaimed_number(book, year, day),
                    "attendance",
                ),
            ),
        ],
        21: [
            Need("meetings with the Advisor", bool(asked.advisor), "meeting"),
            Need("the contacts log", any(one.on <= until for one in book.contacts), "contact_log"),
        ],
        24: [
            Need("cover claims", bool(cover.claims), "cover_claim"),
            *_once(
                bool(cover.claims),
                Need("an invoice or timesheet number for every claim", not cover.to_evidence, "cover_claim"),
            ),
        ],
    }


def _money_needs(book: Book, year: int, day: dt.date) -> dict[int, list[Need]]:
    pot, lead, cpd, bank = (
        pot_year(book, year, day),
        lead_school(book, year, day),
        cpd_year(book, year, day),
        bank_year(book, year, day),
    )
    return {
        9: [
            Need("the cluster pot’s entries", bool(pot and pot.entries), "fund_entry"),
            Need("the budget", bool(pot and pot.plan), "budget_line"),
            *_once(
                bool(pot and pot.plan),
                Need(
                    "a note for every line 10% or more off plan",
                    all(one.line.explanation for one in (pot.notes if pot else ())),
                    "budget_line",
                ),
            ),
        ],
        10: [Need("the lead school’s agreement", bool(lead.funds), "agreement")],
        11: [
            Need("CPD sessions", bool(cpd.lines), "cpd_session"),
            Need("who came", cpd.attendances > 0, "cpd_booking"),
            Need("evaluation slips", any(line.summary.slips for line in cpd.lines), "cpd_evaluation"),
        ],
        15: [
            Need("the resources", bool(bank.resources), "resource"),
            Need("loans", bank.use.loans > 0, "loan"),
        ],
    }


def _impact_needs(book: Book, year: int, day: dt.date) -> dict[int, list[Need]]:
    aims, found = aims_year(book, year, day), impact_year(book, year, day)
    entered = [one for one in aims.aims if one.line.aim is not None]
    answers = found.confidence
    return {
        4: [
            Need("the six central aims", bool(entered), "aim"),
            *_once(
                bool(entered),
                Need("all six aims in your words", len(entered) == AIMS, "aim"),
                Need("what serves each aim", all(one.things for one in entered), "aim"),
                Need("evidence for each aim", all(one.evidence for one in entered), "evidence"),
            ),
        ],
        5: [Need("what serves each focus area", any(one.things for one in aims.coverage), "focus_area")],
        12: [
            Need("confidence before", answers.before > 0, "confidence_answer"),
            Need("confidence after", answers.after > 0, "confidence_answer"),
        ],
        14: [
            Need("projects and themes", bool(found.projects), "project"),
            *_once(
                bool(found.projects),
                Need("how hard and how long each project is", found.balance.unsaid == 0, "project"),
            ),
        ],
    }


def _capacity_needs(book: Book, year: int, day: dt.date) -> dict[int, list[Need]]:
    found, rooms, who = impact_year(book, year, day), classrooms(book, year, day), people_of(book, day)
    coming, now = next_year(book, year), book.agreement(day)
    kinds = {one.kind for one in found.activities}
    return {
        13: [
            Need("how far schools use the resources", bool(rooms.rows), "adoption"),
            Need("trials or shared strategies", bool(rooms.trials or rooms.documents), "trial"),
        ],
        16: [Need("the quality marks of the members", bool(mark_lines(book, day)), "psqm_award")],
        17: [Need("transition activities", ActivityKind.TRANSITION in kinds, "activity")],
        18: [Need("activities", bool(found.activities), "activity")],
        19: [
            Need("who has a role for the cluster", bool(who.leads), "role"),
            Need("what teachers offer to help with", who.offers > 0, "strength"),
        ],
        20: [
            Need("partners", bool(found.partners), "partner"),
            Need("what was shared beyond the cluster", bool(kinds & TOLD), "activity"),
        ],
        22: [
            Need("the plan for next year", bool(coming.steps), "next_step"),
            Need("the dates of next year’s meetings", bool(coming.meetings), "meeting"),
        ],
        23: [
            Need("the end-of-stage report", now is not None and now.report_on is not None, "agreement"),
            Need(
                "the application’s result",
                now is not None and now.application_result is not AgreementResult.PENDING,
                "agreement",
            ),
        ],
    }


def _word_needs(book: Book, year: int) -> dict[int, list[Need]]:
    kinds = {row.kind for row in book.rows(t.PackNote) if row.school_year == year}
    return {
        2: [
            Need("successes", PackNoteKind.SUCCESS in kinds, "pack_note"),
            Need("difficulties", PackNoteKind.DIFFICULTY in kinds, "pack_note"),
            Need("the decisions you ask for", PackNoteKind.ASK in kinds, "pack_note"),
        ]
    }


def readiness(book: Book, year: int, day: dt.date) -> tuple[PartReadiness, ...]:
    """Every part's state, in the order of the pack."""
    needs = (
        _cover_needs(book, year, day)
        | _word_needs(book, year)
        | _meeting_needs(book, year, day)
        | _money_needs(book, year, day)
        | _impact_needs(book, year, day)
        | _capacity_needs(book, year, day)
    )
    found = []
    for number, title in TITLES.items():
        if number == STAGE and not is_last_year(book.agreement(day), year):
            continue
        one = section_readiness(title, needs[number])
        found.append(PartReadiness(number, title, one.state, one.missing))
    return tuple(found)


def arrangement_of(book: Book, year: int) -> Arrangement:
    """In which order the parts of a year's pack stand, and which are left out."""
    rows = [row for row in book.rows(t.PackPart) if row.school_year == year]
    return arrangement(Placed(row.part, row.position, row.left_out) for row in rows)


def printed_readiness(book: Book, year: int, day: dt.date) -> tuple[PartReadiness, ...]:
    """The state of the parts that the lead has not left out."""
    printed = arrangement_of(book, year).printed
    return tuple(one for one in readiness(book, year, day) if one.number in printed)
