"""Books to print papers of: the sample, one that is overfull, one that is empty. Nobody writes to them."""

import datetime as dt

import pytest

from models import tables as t
from models.store import Store
from models.words import RoleKind
from tests import books
from tests.reports.pack import crowded


@pytest.fixture(scope="session")
def sample_book(tmp_path_factory):
    made = books.sample_in(tmp_path_factory.mktemp("sample_papers"))
    yield made
    books.let_go(made)


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory):
    made = Store.create(tmp_path_factory.mktemp("empty_papers") / "empty.clusterbook")
    yield made
    books.let_go(made)


@pytest.fixture(scope="session")
def full_book(tmp_path_factory):
    """14 schools, names of up to 200 characters, 500 claims, an agenda and actions of long words."""
    made = Store.create(tmp_path_factory.mktemp("full_papers") / "full.clusterbook")
    with made.transaction("Fill") as (session, _):
        crowded.fill(session)
        _a_long_agenda(session)
        _a_payment(session)
        for number in range(12):
            area = t.ConfidenceAreaDraft.checked(name=f"{number} {crowded.LONG}"[:200], leaders_only=True)
            session.add(t.ConfidenceArea.model_validate(area.model_dump()))
        note = "Left in a hurry. " * 200
        ends = dt.date(2025, 1, 31)
        role = t.RoleDraft.checked(
            person_id=2, kind=RoleKind.CLUSTER_LEAD, starts_on=crowded.FIRST, ends_on=ends, handover_note=note
        )
        session.add(t.Role.model_validate(role.model_dump()))
    yield made
    books.let_go(made)


def _a_long_agenda(session):
    for number in range(20):
        topic = t.AgendaItemDraft.checked(
            meeting_id=1, position=number, title=crowded.long_name(number), proposed_by_id=1 + number % 14,
            minutes=crowded.SENTENCE * 12, recurring=True,
        )  # fmt: skip
        session.add(t.AgendaItem.model_validate(topic.model_dump()))
        made = t.DecisionDraft.checked(code=f"D-{number}", meeting_id=1, text=crowded.SENTENCE * 8)
        session.add(t.Decision.model_validate(made.model_dump()))
        action = t.ActionDraft.checked(
            code=f"A-{number}", meeting_id=1, what=crowded.SENTENCE * 4, owner_school_id=1 + number % 14,
            owner_id=1 + number % 14, due_on=crowded.FIRST,
        )  # fmt: skip
        session.add(t.Action.model_validate(action.model_dump()))


def _a_payment(session):
    """The claims of the first school paid with one reference of 60 characters."""
    session.flush()
    table = t.metadata.tables["cover_claim"]
    paid = {"state": "paid", "paid_on": dt.date(2025, 6, 1), "paid_ref": "BACS-" * 12, "approved_p": 100_00}
    wanted = table.update().where(table.c.school_id == 1, table.c.state != "rejected").values(**paid)
    session.execute(wanted)
