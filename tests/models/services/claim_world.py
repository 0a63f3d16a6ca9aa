"""A small cluster with a meeting, for the tests of claims: what they do, and what they find."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from models import tables as t
from models.queries.claim_scope import ClaimBook
from models.services import records
from models.services.claims import approve, draft_claim, submit
from models.store import Store
from models.words import ClaimState, FundKind, HalfDay
from tests.models.queries.small import filling

DAY, TODAY = dt.date(2024, 11, 14), dt.date(2024, 12, 2)
START = dt.date(2023, 9, 1)


@dataclass
class ClaimWorld:
    """A lead school and another, a meeting that both came to, people who may approve, and a pot of £500."""

    store: Store
    lead: int
    other: int
    asha: int
    ben: int
    head: int
    meeting: int
    pot: int

    @classmethod
    def make(cls, path: Path) -> ClaimWorld:
        """Make its book."""
        store = Store.create(path)
        with filling(store) as small:
            small.cluster()
            lead, other = small.school("Alder Lane"), small.school("Birch Hill")
            small.add(t.LeadSpell, school_id=lead, starts_on=START)
            asha, ben = small.person("Asha Bell", lead), small.person("Ben Cole", other)
            head = small.person("Helen Dow", lead)
            meeting = small.meeting(DAY, {lead: asha, other: ben})
            pot = small.fund(FundKind.POT, opening_p=500_00)
        return cls(store, lead, other, asha, ben, head, meeting, pot)

    def copy(self, path: Path) -> ClaimWorld:
        """The same in a book of its own; this one must be closed."""
        shutil.copyfile(self.store.path, path)
        here = (self.lead, self.other, self.asha, self.ben, self.head, self.meeting, self.pot)
        return ClaimWorld(Store.open(path), *here)

    def change(self, action):
        with self.store.transaction("Do it") as (session, _):
            return action(session)

    def draft(self, **more) -> int:
        usual = {
            "school_id": self.other,
            "person_id": self.ben,
            "meeting_id": self.meeting,
            "cover_on": DAY,
            "half_day": HalfDay.PM,
            "cost_p": 109_00,
            "evidence_ref": "INV 7",
        }
        return self.change(lambda session: draft_claim(session, {**usual, **more}, TODAY))

    def submitted(self, **more) -> int:
        claim = self.draft(**more)
        self.change(lambda session: submit(session, [claim], TODAY, TODAY))
        return claim

    def approved(self, **more) -> int:
        claim = self.submitted(**more)
        self.change(lambda session: approve(session, {claim: self.head}, TODAY, TODAY))
        return claim

    def of(self, claim: int) -> dict:
        with self.store.read() as session:
            return dict(records.kept(session, "cover_claim", claim).values)

    def trail(self, claim: int) -> list[tuple[ClaimState, str]]:
        with self.store.read() as session:
            events = [row for row in ClaimBook(session, [2024]).rows(t.ClaimEvent) if row.claim_id == claim]
            return [(row.state, row.words) for row in events]
