"""What was deleted can be seen and brought back, with what went with it."""

import pytest
import sqlalchemy as sa

from models.errors import Changed, Refused
from tests.models.store.example import (
    Attachment,
    Claim,
    ClaimLine,
    School,
    add,
    claim,
    count,
    dump,
    paper,
    school,
)


@pytest.fixture
def full(store):
    """Two schools; school 1 has two claims, each with two lines, the first with a paper."""
    lines = [ClaimLine(claim_id=c, text=f"line {c}.{n}", amount=n) for c in (1, 2) for n in (1, 2)]
    add(store, "Add", school(1), school(2), claim(1), claim(2), *lines, *paper(b"paper"))
    return store


def delete_claims(store, name, *ids):
    with store.transaction(name) as (session, _):
        for table in (Attachment, ClaimLine):
            session.execute(sa.delete(table).where(table.claim_id.in_(ids)))
        session.execute(sa.delete(Claim).where(Claim.id.in_(ids)))


def in_bin(store, table):
    return [gone.row_id for gone in store.deleted(table)]


def test_the_bin_says_what_went_when_and_how_it_looked(full):
    delete_claims(full, "Delete claim SC-0001", 1)
    (gone,) = full.deleted(Claim)
    assert (gone.table, gone.row_id, gone.name, gone.step) == ("claim", 1, "Delete claim SC-0001", 2)
    assert (gone.image["number"], gone.image["amount"]) == ("SC-0001", 100)
    assert gone.at == full.steps()[0].at
    assert in_bin(full, ClaimLine) == [1, 2]
    assert in_bin(full, School) == []


def test_a_record_comes_back_with_its_parts_under_the_same_ids(full):
    before = dump(full)
    delete_claims(full, "Delete", 1)
    changes = full.restore_deleted(Claim, 1)
    assert dump(full) == before
    assert changes.name == "Restore: Delete"
    assert changes.rows == {"attachment": (1,), "claim": (1,), "claim_line": (1, 2)}
    assert in_bin(full, Claim) == []
    assert full.undo_name() == "Restore: Delete"
    assert full.check() == []


def test_of_several_deleted_together_only_the_one_asked_for_comes_back(full):
    delete_claims(full, "Delete both", 1, 2)
    full.restore_deleted(Claim, 2, "Restore claim SC-0002")
    assert (count(full, Claim), count(full, ClaimLine)) == (1, 2)
    assert in_bin(full, Claim) == [1]
    assert full.undo_name() == "Restore claim SC-0002"


def test_a_part_brings_back_what_it_needs_and_not_its_siblings(full):
    delete_claims(full, "Delete", 1)
    full.restore_deleted(ClaimLine, 2)
    assert in_bin(full, Claim) == []
    assert in_bin(full, ClaimLine) == [1]


def test_what_needs_something_that_is_gone_is_refused_by_name(full):
    delete_claims(full, "Delete claims", 1, 2)
    with full.transaction("Delete school") as (session, _):
        session.delete(session.get(School, 1))
    with pytest.raises(Changed, match="Claim 1 needs a school that would not be there"):
        full.restore_deleted(Claim, 1)
    full.restore_deleted(School, 1)
    full.restore_deleted(Claim, 1)
    assert count(full, ClaimLine) == 2


def test_what_would_stand_twice_is_refused(full):
    delete_claims(full, "Delete", 1)
    add(full, "Add again", claim(1))
    with pytest.raises(Refused, match="already a claim with this number"):
        full.restore_deleted(Claim, 1)
    assert in_bin(full, Claim) == [1]


def test_what_was_never_deleted_or_is_back_is_not_in_the_bin(full):
    for row_id in (1, 99):
        with pytest.raises(Refused, match="This claim is not in the Bin"):
            full.restore_deleted(Claim, row_id)


def test_undo_and_redo_move_things_out_of_the_bin_and_in_again(full):
    delete_claims(full, "Delete", 1)
    full.undo()
    assert in_bin(full, Claim) == []
    full.redo()
    assert in_bin(full, Claim) == [1]
    full.restore_deleted(Claim, 1)
    full.undo()
    assert in_bin(full, Claim) == [1], "the restoring was undone, so the deletion holds again"


def test_a_creation_that_was_undone_is_not_in_the_bin(full):
    full.undo()
    assert [in_bin(full, table) for table in (School, Claim, ClaimLine)] == [[], [], []]


def test_something_deleted_twice_is_there_once_with_its_last_look(full):
    delete_claims(full, "First", 1)
    full.restore_deleted(Claim, 1)
    with full.transaction("Edit") as (session, _):
        session.get(Claim, 1).amount = 7
    delete_claims(full, "Second", 1)
    (gone,) = full.deleted(Claim)
    assert (gone.name, gone.image["amount"]) == ("Second", 7)


def test_the_bin_outlives_a_seal_but_not_a_pruning(full):
    delete_claims(full, "Delete", 1)
    full.seal("Restored")
    assert in_bin(full, Claim) == [1]
    full.restore_deleted(Claim, 1)
    delete_claims(full, "Delete", 1)
    full.prune(keep=0)
    assert in_bin(full, Claim) == []
