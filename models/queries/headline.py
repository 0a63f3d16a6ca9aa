"""The headline figures of a school year: Home, the pack's summary and `summary` all show these (R-REV-7)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models.queries.account import pot_year
from models.queries.bank import bank_year
from models.queries.book import Book, remembered
from models.queries.confidence import confidence_year
from models.queries.cover import cover_year
from models.queries.cpd import cpd_year
from models.queries.lead import lead_years
from models.queries.meetings import meeting_year
from models.queries.members import members
from models.rules.attendance import Tally
from models.rules.confidence import Change
from models.rules.cover import Totals
from models.rules.fund import Account
from models.rules.lead_funds import LeadYear
from models.rules.loans import LoanUse
from models.rules.meetings import MeetingCount
from models.words import FundKind


class CpdFigures(Struct, frozen=True):
    """CPD in one line: attendances and people counted apart (R-IMP-1), money in pence net and VAT."""

    sessions: int
    attendances: int
    people: int
    pot_net_p: int
    pot_vat_p: int
    excess_net_p: int
    excess_vat_p: int


class BankFigures(Struct, frozen=True):
    """The resource bank in one line."""

    items: int
    use: LoanUse
    overdue: int
    missing: int


class Headline(Struct, frozen=True):
    """The figures of one school year up to `data_to`.

    `pot` None: no cluster pot is entered. `lead` is empty where no agreement covers the day. `confidence`
    None: nobody has answered both before and after.
    """

    cluster: str
    year: int
    data_to: dt.date
    schools: int
    schools_in_year: int
    meetings: MeetingCount
    attendance: Tally
    cover: Totals
    allowance_p: int
    allowance_left_p: int
    pot: Account | None
    lead: tuple[LeadYear, ...]
    cpd: CpdFigures
    bank: BankFigures
    confidence: Change | None = None

    def lead_fund(self, kind: FundKind) -> LeadYear | None:
        """One of the two lead funds; None without an agreement."""
        return next((one for one in self.lead if one.kind is kind), None)


@remembered
def headline(book: Book, year: int, data_to: dt.date) -> Headline:
    """The headline figures of a school year, taken from the same answers as the pages that explain them."""
    asked, cover = meeting_year(book, year, data_to), cover_year(book, year, data_to)
    who, pot = members(book, year, data_to), pot_year(book, year, data_to)
    cpd, bank = cpd_year(book, year, data_to), bank_year(book, year, data_to)
    return Headline(
        cluster=book.cluster.name if book.cluster else "",
        year=year,
        data_to=data_to,
        schools=who.now,
        schools_in_year=len(who.lines),
        meetings=asked.count,
        attendance=asked.matrix.total,
        cover=cover.totals,
        allowance_p=cover.allowance_p,
        allowance_left_p=cover.left_p,
        pot=pot.account if pot else None,
        lead=lead_years(book, year, data_to),
        cpd=CpdFigures(
            sessions=len(cpd.lines),
            attendances=cpd.attendances,
            people=cpd.people,
            pot_net_p=cpd.pot_net_p,
            pot_vat_p=cpd.pot_vat_p,
            excess_net_p=cpd.excess_net_p,
            excess_vat_p=cpd.excess_vat_p,
        ),
        bank=BankFigures(len(bank.resources), bank.use, len(bank.overdue), bank.missing),
        confidence=confidence_year(book, year, data_to).overall,
    )
