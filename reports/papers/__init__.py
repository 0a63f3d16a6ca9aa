"""The everyday papers: which there are, what each is about, who asks for its data and who builds it.

A module of a paper is imported when the paper is asked for, not before. A paper's query and its builder are
named as `module:function`:

    paper = PAPERS["labels"]
    data = paper.query()(session, [3, 7], clock)      # in the thread of the book
    pdf = paper.builder()(data, stamp=now)            # anywhere

A query takes the session, then what the paper is about (`Subject`), then the clock. A builder takes the data,
`stamp=` and, where `large_print` says so, `large_print=`; options of its own are in its docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Any


class Subject(Enum):
    """What a paper is about, and so what its query takes between session and clock."""

    BOOK = "the whole book: nothing"
    YEAR = "a school year: its first calendar year"
    MEETING = "a meeting: its id"
    NEXT_MEETING = "a meeting: its id, or None for the next one"
    CLAIM = "a claim: its id"
    RESOURCES = "resources: their ids; none: all that are lent"
    LOANS = "loans: their ids"
    SCHOOLS = "schools: their ids; none: all members"
    SESSION = "a CPD session: its id"


@dataclass(frozen=True)
class Paper:
    """One paper.

    Attributes:
        key: how the program names it.
        title: how people do.
        subject: what it is about.
        asks: its query, `module:function`.
        builds: its builder, `module:function`.
        large_print: whether it can be had in large print.
    """

    key: str
    title: str
    subject: Subject
    asks: str
    builds: str
    large_print: bool = True

    def query(self) -> Callable[..., Any]:
        """The function that asks a session for the paper's data."""
        return _found(self.asks)

    def builder(self) -> Callable[..., bytes]:
        """The function that makes a PDF of the data."""
        return _found(self.builds)


def _found(name: str) -> Callable[..., Any]:
    module, function = name.split(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def _paper(key: str, title: str, subject: Subject, asks: str, builds: str, *, large: bool = True) -> Paper:
    return Paper(key, title, subject, f"models.queries.papers.{asks}", f"reports.papers.{builds}", large)


_ALL = (
    _paper("sign_in", "Sign-in sheet", Subject.MEETING, "meeting:sign_in_sheet", "sign_in:build_sign_in"),
    _paper("agenda", "Agenda", Subject.MEETING, "meeting:agenda_paper", "agenda:build_agenda"),
    _paper("minutes", "Minutes", Subject.MEETING, "meeting:minutes_paper", "minutes:build_minutes"),
    _paper(
        "claim_form",
        "Supply-cover claim form",
        Subject.CLAIM,
        "claim:claim_paper",
        "claim_form:build_claim_form",
    ),
    _paper(
        "claim_form_blank",
        "Supply-cover claim form, blank",
        Subject.BOOK,
        "claim:blank_claim_paper",
        "claim_form:build_claim_form",
    ),
    _paper(
        "remittance",
        "Remittance advice",
        Subject.CLAIM,
        "remittance:remittance_of",
        "remittance:build_remittance",
    ),
    _paper("recharge", "CPD recharge notes", Subject.SESSION, "recharge:recharge", "recharge:build_recharge"),
    _paper(
        "school_page",
        "School page for the headteacher",
        Subject.SCHOOLS,
        "school_page:school_pages",
        "school_page:build_school_pages",
    ),
    _paper(
        "evaluation_slip",
        "CPD evaluation slip",
        Subject.SESSION,
        "slips:evaluation_slip",
        "evaluation_slip:build_evaluation_slips",
    ),
    _paper(
        "confidence_survey",
        "Confidence survey",
        Subject.YEAR,
        "slips:confidence_survey",
        "confidence_survey:build_confidence_survey",
    ),
    _paper(
        "successor",
        "Successor book",
        Subject.BOOK,
        "successor:successor_book",
        "successor:build_successor_book",
    ),
    _paper("labels", "Labels", Subject.RESOURCES, "kits:labels", "labels:build_labels", large=False),
    _paper(
        "label_test",
        "Labels: test page",
        Subject.RESOURCES,
        "kits:labels",
        "labels:build_label_test",
        large=False,
    ),
    _paper(
        "contents_card",
        "Kit contents card",
        Subject.RESOURCES,
        "kits:contents_cards",
        "contents_card:build_contents_cards",
    ),
    _paper(
        "loan_slip",
        "Loan slip and checklist",
        Subject.LOANS,
        "loan_slip:loan_slips",
        "loan_slip:build_loan_slips",
    ),
    _paper(
        "handover",
        "Bring and take home",
        Subject.NEXT_MEETING,
        "handover:handover_sheet",
        "handover:build_handover_sheet",
    ),
    _paper(
        "catalogue", "Resource catalogue", Subject.BOOK, "catalogue:catalogue", "catalogue:build_catalogue"
    ),
    _paper(
        "stock_check",
        "Stock-check sheet",
        Subject.YEAR,
        "stock_check:stock_sheet",
        "stock_check:build_stock_sheet",
    ),
)

PAPERS = {paper.key: paper for paper in _ALL}
"""Every paper by its key, in the order to show them."""
