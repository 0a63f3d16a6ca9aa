"""Undo, redo and history: one test for each way they could be fooled."""

# ruff: noqa: PT012 - what is refused is the end of an action, not one statement in it

import os
import sqlite3

import pytest
import sqlalchemy as sa

from models.errors import Changed, FileTrouble, Refused
from models.store import Store, door
from tests.models.store.example import (
    DAY,
    SETUP,
    Attachment,
    Blob,
    Claim,
    ClaimLine,
    School,
    add,
    claim,
    count,
    paper,
    run,
    school,
)  # fmt: skip


def test_the_file_holds_no_machinery(store):
    assert (
        run(store, "SELECT * FROM sqlite_master WHERE type NOT IN ('table', 'index') OR sql LIKE '%VIRTUAL%'")
        == []
    )
    made = run(store, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    assert [name for name, sql in made if "STRICT" not in sql] == ["alembic_version"]


def test_a_commit_that_fails_leaves_a_usable_store(store):
    add(store, "Add", school())
    with pytest.raises(Refused), store.transaction("Orphan") as (session, _):
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.add(claim(school_id=99))
    assert store.undo_name() == "Add"
    add(store, "Again", claim())
    assert store.check() == []


def test_a_full_disk_leaves_a_usable_store(store):
    add(store, "Add", school())
    with store._door.raw("test") as raw:
        raw.execute(f"PRAGMA max_page_count={raw.execute('PRAGMA page_count').fetchone()[0] + 3}")
    with pytest.raises(FileTrouble, match="full") as told, store.transaction("Too much") as (session, _):
        session.add_all(school(n) for n in range(2, 3000))
    assert told.value.code == "E09"
    with store._door.raw("test") as raw:
        raw.execute("PRAGMA max_page_count=1000000")
        assert not raw.in_transaction
        assert raw.execute("SELECT count(*) FROM touched").fetchone() == (0,)
    add(store, "Again", claim())
    assert store.check() == []


@pytest.mark.skipif(os.name != "posix", reason="the limit is POSIX's")
def test_after_an_io_error_the_file_is_checked_and_work_goes_on(store, path):
    """The disk stops taking writes past a size, as a failing stick does."""
    import resource

    add(store, "Add", school())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000, hard))
    try:
        with (
            pytest.raises(FileTrouble, match="did not answer") as told,
            store.transaction("Too much") as (session, _),
        ):
            session.add_all(school(n) for n in range(2, 3000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert told.value.code == "E09"
    assert store.undo_name() == "Add"
    assert len(store.search("school")) == 1
    add(store, "Again", claim())
    store.undo()
    assert store.check() == []


def test_after_an_io_error_a_file_that_is_not_sound_is_not_written_again(store, monkeypatch):
    add(store, "Add", school())
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    monkeypatch.setattr(door, "is_whole", lambda _: False)
    with pytest.raises(FileTrouble), store.transaction("Fail"):
        raise error
    with pytest.raises(FileTrouble) as told:
        add(store, "Again", school(2))
    assert told.value.code == "E09"
    assert count(store, School) == 1


def test_no_use_of_the_store_inside_another(store):
    with pytest.raises(RuntimeError, match="began inside “Outer”"), store.transaction("Outer"), store.read():
        pass
    with pytest.raises(RuntimeError, match="began inside “a query”"), store.read():
        store.undo_name()


def test_a_query_cannot_write(store):
    with pytest.raises(sa.exc.OperationalError, match="readonly"), store.read() as session:
        session.add(school())
        session.commit()
    assert count(store, School) == 0


def test_a_second_program_that_writes_cannot_come_between(store, path):
    other = sqlite3.connect(path, timeout=0)
    with store.transaction("Add") as (session, _):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO school (code, name, lead) VALUES ('x', 'x', 0)")
        session.add(school())
    other.close()


def test_ids_are_never_used_twice(store):
    first = add(store, "Add", school(1)).rows["school"]
    store.undo()
    assert add(store, "Add", school(2)).rows["school"] != first


def test_versions_never_repeat_so_that_an_old_dialog_cannot_win(store):
    add(store, "Add", school(), claim())
    with store.transaction("Edit") as (session, _):
        session.get(Claim, 1).note = "one"
    opened = store.version()
    store.undo()
    with store.transaction("Edit") as (session, _):
        session.get(Claim, 1).note = "two"
    with pytest.raises(Changed), store.transaction("Save the old dialog") as (session, _):
        store.require_unchanged(session, Claim, 1, opened)
    with store.transaction("Save a fresh one") as (session, _):
        store.require_unchanged(session, Claim, 1, opened + 2)
        store.require_unchanged(session, School.__table__, 1, opened)  # another row's changes do not matter


def test_a_new_action_drops_what_was_undone(store):
    add(store, "A", school(1))
    store.undo()
    assert store.redo_name() == "A"
    add(store, "B", school(2))
    assert store.redo_name() is None
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()
    store.undo()
    assert (store.redo_name(), store.undo_name()) == ("B", None)
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()


def test_an_older_action_can_be_taken_back_unless_later_work_rests_on_it(store):
    one = add(store, "Add school", school(1)).step
    two = add(store, "Add claim", claim()).step
    with pytest.raises(Changed, match="Claim 1 needs a school"):
        store.reverse(one)
    with store.transaction("Correct the claim") as (session, _):
        session.get(Claim, 1).amount = 5
    with pytest.raises(Changed, match="by “Correct the claim”"):
        store.reverse(two)
    store.undo()
    assert store.reverse(two).name == "Reverse: Add claim"
    assert count(store, Claim) == 0
    assert store.undo_name() == "Reverse: Add claim"
    store.undo()
    assert run(store, "SELECT amount FROM claim") == [(100,)]
    assert [e.kind for e in store.history(Claim, 1)] == ["do", "do", "undo", "do", "undo"]
    assert store.check() == []


def test_what_cannot_be_taken_back_is_refused_in_words(store):
    step = add(store, "Add", school()).step
    undo = store.undo().step
    with pytest.raises(Refused, match="“Add” has already been undone"):
        store.reverse(step)
    for wrong in (undo, 99):
        with pytest.raises(Refused, match="no such action"):
            store.reverse(wrong)
    store.redo()
    store.seal("Upgraded")
    with pytest.raises(Refused, match="before the file was upgraded or restored"):
        store.reverse(step)


def test_history_says_who_did_what_in_the_values_people_know(path):
    with_name = Store.create(path, setup=SETUP, who="Ann")
    add(with_name, "Add", school(), claim())
    with with_name.transaction("Correct") as (session, _):
        session.get(Claim, 1).amount = 5
    first, second = with_name.history(Claim, 1)
    assert (first.before, first.after["day"], first.after["amount"]) == (None, DAY, 100)
    assert (second.changed, second.before["amount"], second.after["amount"]) == (("amount",), 100, 5)
    assert {entry.who for entry in (first, second)} == {"Ann"}
    assert [(s.name, s.rows, s.state) for s in with_name.steps()] == [
        ("Correct", 1, "done"),
        ("Add", 2, "done"),
    ]
    with_name.close()


def test_bytes_stay_out_of_history(store, path):
    data = b"\0\xff" * 500_000
    add(store, "Attach", school(), claim(), *paper(data))
    with store.transaction("Remove the paper") as (session, _):
        session.delete(session.get(Attachment, 1))
    store.undo()
    with store.read() as session:
        assert session.get(Blob, session.get(Attachment, 1).sha256).data == data
    assert path.stat().st_size < 1_200_000
    store.redo()
    store.prune(keep=10)
    assert count(store, Blob) == 1, "history still names it"
    store.prune(keep=0)
    assert count(store, Blob) == 0


def test_pruning_keeps_the_bytes_that_a_row_still_names(store):
    add(store, "Attach", school(), claim(), *paper(b"kept"))
    assert store.prune(keep=0) == 1
    assert count(store, Blob) == 1


def test_check_sees_what_integrity_check_cannot(store, path):
    add(store, "Add", school(), claim())
    other = sqlite3.connect(path)
    other.execute("UPDATE claim SET amount = 164")
    other.commit()
    other.close()
    assert store.check() == ["Claim 1 is not as “Add” left it."]
    assert run(store, "PRAGMA integrity_check") == [("ok",)]


def test_undo_refuses_rows_that_another_program_changed(store, path):
    add(store, "Add", school(), claim())
    store.close()
    other = sqlite3.connect(path)
    other.execute("UPDATE claim SET amount = 164")
    other.commit()
    other.close()
    again = Store.open(path, setup=SETUP)
    with pytest.raises(Changed, match="Claim 1 was changed since, outside this app"):
        again.undo()
    again.close()


def test_pruning_drops_redo_whole_rather_than_its_first_step(store):
    for n in range(1, 4):
        add(store, f"Add {n}", school(n))
    for _ in range(3):
        store.undo()
    store.prune(keep=5)  # would drop “Add 1”, the next to redo, and keep “Add 2”
    assert store.redo_name() is None


def test_what_is_sealed_can_be_read_but_not_undone(store):
    add(store, "Add", school())
    store.seal("Upgraded")
    assert store.undo_name() is None
    assert [e.name for e in store.history(School, 1)] == ["Add"]


def test_sealing_with_everything_undone_still_tells_check_where_to_begin(store, path):
    add(store, "Add", school())
    with store.transaction("Rename") as (session, _):
        session.get(School, 1).name = "Other"
    store.undo()
    store.seal("Upgraded")
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE school SET name = 'as the upgrade left it'")
    raw.commit()
    raw.close()
    again = Store.open(path, setup=SETUP)
    assert again.check() == []
    with again.transaction("Edit") as (session, _):
        session.get(School, 1).name = "new"
    again.undo()
    assert run(again, "SELECT name FROM school") == [("as the upgrade left it",)]
    again.close()


@pytest.mark.parametrize(
    "bad",
    [
        {"amount": 1.5},
        {"amount": True},
        {"day": "2025-01-02"},
        {"number": None},
        {"school_id": 77},
        {"id": 2**70},
    ],
)
def test_what_the_file_refuses_leaves_nothing_behind(store, bad):
    add(store, "Add", school())
    values = {"school_id": 1, "number": "x", "day": DAY, "amount": 1} | bad
    with pytest.raises((Refused, sa.exc.StatementError, OverflowError)):
        add(store, "Bad", Claim(**values))
    assert store.undo_name() == "Add"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE school SET id = 9",
        "UPDATE school SET lead = 2",
        "DELETE FROM school",
        "DELETE FROM claim WHERE id = 1; DROP TABLE x",
    ],
)
def test_what_the_file_refuses_in_sql(store, sql):
    add(store, "Add", school(), claim())
    with (
        pytest.raises((Refused, sqlite3.Warning, sa.exc.DBAPIError)),
        store.transaction("Bad") as (session, _),
    ):
        session.connection().exec_driver_sql(sql)
    assert store.undo_name() == "Add"


def test_restrict_is_held_back_for_a_restore_only(store):
    add(store, "Add", school(), claim())
    with store.transaction("Rename") as (session, _):
        session.get(School, 1).name = "x"
    store.undo()  # deletes and re-inserts school 1 under a claim that needs it
    assert run(store, "PRAGMA defer_foreign_keys") == [(0,)]
    for _ in range(2):
        with (
            pytest.raises(Refused, match="still used by other records"),
            store.transaction("Delete") as (session, _),
        ):
            session.connection().exec_driver_sql("DELETE FROM school WHERE id IN (SELECT 1)")


def test_an_import_is_one_action(store):
    with store.transaction("Import 2,000 lines") as (session, changes):
        session.add(school())
        session.flush()
        session.add(claim())
        session.flush()
        lines = [{"claim_id": 1, "text": f"line {n}", "amount": n} for n in range(2000)]
        session.execute(sa.insert(ClaimLine), lines)
    assert len(changes.rows["claim_line"]) == 2000
    before = run(store, "SELECT * FROM claim_line")
    assert len(store.search("line 7")) == 20
    store.undo()
    assert count(store, ClaimLine) == 0
    assert store.search("line") == []
    store.redo()
    assert run(store, "SELECT * FROM claim_line") == before
    assert len(store.search("line 7")) == 20


def test_a_service_that_rolls_back_cannot_save_half(store):
    with pytest.raises(sa.exc.InvalidRequestError), store.transaction("Half") as (session, _):
        session.add(school(1))
        session.flush()
        session.rollback()
        session.add(school(2))
    assert count(store, School) == 0
    assert store.undo_name() is None
    add(store, "Again", school(3))
    assert store.check() == []


def test_a_service_that_commits_does_not_commit(store):
    with pytest.raises(ZeroDivisionError), store.transaction("Half") as (session, _):
        session.add(school(1))
        session.commit()
        raise ZeroDivisionError
    assert count(store, School) == 0


def test_an_action_that_changes_nothing_is_no_step_and_no_save(store):
    add(store, "Add", school())
    saves = run(store, "SELECT seq FROM meta")
    with store.transaction("Nothing") as (session, changes):
        session.execute(sa.text("UPDATE school SET lead = 1 - lead"))
        session.execute(sa.text("UPDATE school SET lead = 1 - lead"))
    assert (changes.step, changes.rows) == (None, {})
    assert store.undo_name() == "Add"
    assert run(store, "SELECT seq FROM meta") == saves


def test_listeners_hear_of_every_change_once_it_is_saved_and_cannot_undo_it(store, caplog):
    heard = []
    stop = store.listen(lambda changes: heard.append((changes.kind, changes.name, changes.rows)))
    store.listen(lambda _: 1 / 0)
    add(store, "Add", school())
    with store.transaction("Nothing"):
        pass
    store.undo()
    stop()
    store.redo()
    assert heard == [("do", "Add", {"school": (1,)}), ("undo", "Add", {"school": (1,)})]
    assert "A listener failed" in caplog.text
    assert count(store, School) == 1


def test_what_is_settled_cannot_be_undone_and_is_still_checked(store, path):
    add(store, "Add", school())
    store.settle()
    assert store.undo_name() is None
    assert [entry.name for entry in store.history(School, 1)] == ["Add"]
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE school SET name = 'another'")
    raw.commit()
    raw.close()
    again = Store.open(path, setup=SETUP)
    assert any("“Add”" in fault for fault in again.check())
    again.close()
