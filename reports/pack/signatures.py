"""Part 24, appendix D: room to sign, and the sources of what is signed for."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.queries.pack import PackData
from reports.kit import BREAK, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, data_to_words, year_words

SOURCES = [
    ("Members", "Membership register, roles, numbers on roll entered by the schools"),
    ("Meetings, attendance", "Meeting records, attendance sheets, agenda, actions"),
    ("Release and supply cover", "Cover claims with their invoices or timesheets, the schools’ declarations"),
    ("Cluster account, lead school", "Fund entries with payment references, budget, approvals"),
    ("Professional development", "Session records, bookings, evaluation slips without names"),
    ("Resource bank", "List of resources, loan book, check-in counts, trials"),
    (
        "Issues and the Advisor",
        "Contacts log (problems only), approvals, questions, meetings with the Advisor",
    ),
]


@dataclass(frozen=True)
class Signer:
    """Who signs: the role, and the name where it is known."""

    role: str
    name: str

    @property
    def words(self) -> Text:
        """The role, and below it the name."""
        return [self.role, BREAK, Muted(self.name)] if self.name else self.role


def answer(data: PackData) -> str:
    """What the signatures confirm."""
    return f"This is a true record of {year_words(data)}, up to {data_to_words(data)}"


def signers(data: PackData) -> list[Signer]:
    """The cluster leads, the lead school's head and the Steering Group's chair."""
    who = data.profile
    leads = [Signer("Cluster lead", name) for name in who.leads] or [Signer("Cluster lead", "")]
    return [
        *leads,
        Signer("Headteacher of the lead school", who.lead_school),
        Signer("Steering Group chair", who.steering_chair),
    ]


def body(sheet: Sheet) -> list[Flowable]:
    """Lines to sign on, and where each page's figures come from."""
    kit = sheet.kit
    sources: list[Col[tuple[str, str]]] = [
        Col("Page", lambda row: row[0], 160),
        Col("Made from", lambda row: row[1], 0),
    ]
    cols: list[Col[Signer]] = [
        Col("Who", lambda one: one.words, 190 if kit.scale == 1 else 158),
        Col("Signature", lambda _: "", 0),
        Col("Date", lambda _: "", 100 / kit.scale),
    ]
    return [
        kit.heading("Signatures"),
        kit.table(cols, signers(sheet.data), look=TableLook(pad=11 if kit.scale == 1 else 6, roomy=True)),
        kit.heading("Sources"),
        kit.table(sources, SOURCES, look=TableLook(pad=2 if kit.scale == 1 else 1)),
    ]
