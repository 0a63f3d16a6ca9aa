"""Part 24, appendix D: who answers for this pack, with room to sign."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from models.queries.pack import PackData
from reports.kit import BREAK, Col, Muted, TableLook, Text
from reports.pack.sheet import Sheet, data_to_words, year_words


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
    """Lines to sign on."""
    cols: list[Col[Signer]] = [
        Col("Who", lambda one: one.words, 190),
        Col("Signature", lambda _: "", 0),
        Col("Date", lambda _: "", 100),
    ]
    return [sheet.kit.table(cols, signers(sheet.data), look=TableLook(pad=14, roomy=True))]
