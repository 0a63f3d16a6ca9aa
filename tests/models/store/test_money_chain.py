"""The chain of digests over the money: what is rewritten past the store is told (safety.md 0.8, 1.22)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.store import Store
from models.store.money_chain import BEGINNING
from tests.models.store.example import SETUP, Claim, School, add, claim, run, school


@pytest.fixture
def paid(path: Path) -> Path:
    """A closed book in which a claim was added, then raised from 100 to 250 pence."""
    store = Store.create(path, setup=SETUP)
    add(store, "Add SC-0001", school(), claim())
    with store.transaction("Raise SC-0001") as (session, _):
        session.get(Claim, 1).amount = 250
    store.close()
    return path


def faults(path: Path) -> list[str]:
    with closing(Store.open(path, setup=SETUP)) as store:
        return store.check()


def edit(path: Path, *statements: str) -> list[str]:
    """What the check says after another program has changed the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            assert raw.execute(statement).rowcount
    return faults(path)


def links(store: Store) -> list[tuple[int, str]]:
    return [tuple(row) for row in run(store, "SELECT step_id, link FROM money_chain ORDER BY step_id")]


def test_every_step_that_changes_money_adds_a_link_and_no_other_does(path):
    with closing(Store.create(path, setup=SETUP)) as store:
        add(store, "Add a school", school())
        assert links(store) == []
        add(store, "Add SC-0001", claim())
        with store.transaction("Rename") as (session, _):
            session.get(School, 1).name = "x"
        store.undo()
        store.undo()
        store.redo()
        assert [step for step, _ in links(store)] == [2, 5, 6]
        assert store.check() == []


def test_an_amount_rewritten_with_its_history_is_found(paid):
    assert edit(
        paid,
        "UPDATE claim SET amount = 9000",
        "UPDATE change SET after = json_set(after, '$.amount', 9000) "
        "WHERE step_id = 2 AND table_name = 'claim'",
    ) == ["The money of step 2, “Raise SC-0001” is not as it was saved."]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE money_chain SET link = 'f' || substr(link, 2) WHERE step_id = 1 AND link NOT LIKE 'f%'"
        " OR step_id = 1 AND link LIKE 'f%'",
        "UPDATE money_chain SET facts = substr(facts, 2) || 'x' WHERE step_id = 1",
        "DELETE FROM money_chain WHERE step_id = 1",
    ],
    ids=["another link", "other facts", "a link taken out"],
)
def test_a_chain_that_was_touched_is_found(paid, statement):
    assert any("The chain of the money records is broken at step" in fault for fault in edit(paid, statement))


def test_a_change_of_money_without_a_link_is_found_even_where_no_link_is_left(paid):
    last = "The money of step 2, “Raise SC-0001” is not in the chain of the money records."
    assert edit(paid, "DELETE FROM money_chain WHERE step_id = 2") == [last]
    assert edit(paid, "DELETE FROM money_chain") == [last.replace("2, “Raise", "1, “Add"), last]


def test_words_are_not_in_the_chain_so_a_name_can_be_erased_from_history(paid):
    assert (
        edit(
            paid,
            "UPDATE claim SET note = 'erased'",
            "UPDATE change SET after = json_set(after, '$.note', 'erased') WHERE table_name = 'claim'",
            "UPDATE change SET before = json_set(before, '$.note', 'erased') WHERE before IS NOT NULL",
        )
        == []
    )


def test_after_a_seal_money_that_nobody_changed_since_is_still_vouched_for(paid):
    with closing(Store.open(paid, setup=SETUP)) as store:
        store.seal("Sealed")
        add(store, "Add SC-0002", claim(2))
        with store.transaction("Raise SC-0002") as (session, _):
            session.get(Claim, 2).amount = 1
        assert store.check() == []
    assert edit(paid, "UPDATE claim SET amount = 9000 WHERE id = 1") == [
        "Money records are not as they were at step 3, “Sealed”."
    ]


def test_forgetting_old_steps_leaves_the_chain_whole(paid):
    with closing(Store.open(paid, setup=SETUP)) as store:
        before = links(store)
        add(store, "Add SC-0002", claim(2))
        store.prune(keep=1)
        assert links(store)[:2] == before
        assert store.check() == []


def test_a_chain_begins_with_noughts(path):
    with closing(Store.create(path, setup=SETUP)) as store:
        assert store.money_digest() == BEGINNING
        add(store, "Add", school(), claim())
        assert store.money_digest() == links(store)[-1][1]
