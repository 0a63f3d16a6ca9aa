"""Do the tests bite? The mechanism is broken on purpose, one fault at a time, and each must be noticed.

Each check passes on the sound mechanism and must fail on its mutant: a check that cannot fail proves nothing.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import filelock
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models.errors import AppError
from models.store import Setup, Store, backup, door, engine, guard, history, migrate, schema, soundness
from models.store.door import Door
from models.store.find import Find
from models.store.history import History
from models.store.lock import BookLock
from tests.models.store.example import SCHEMA, Claim, ClaimLine, School, add, claim, dump, paper, run, school

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutant:
    """A fault: what it does, how to make it, and the check that must notice."""

    name: str
    breaks: Callable[[Patch], None]
    notices: Callable[[Path, Setup], None]


class Noticed(AssertionError):
    """The check saw the fault."""


def require(truth: object) -> None:
    if not truth:
        raise Noticed


def refused(work: Callable[[], object]) -> bool:
    try:
        work()
    except (AppError, RuntimeError, sa.exc.DBAPIError):
        return True
    return False


def refused_with(words: str, work: Callable[[], object]) -> bool:
    try:
        work()
    except (RuntimeError, sa.exc.DBAPIError) as told:
        return words in str(told)
    return False


@contextmanager
def opened(path: Path, setup: Setup) -> Iterator[Store]:
    """A book, made if it is not there; closed as well as a broken mechanism can."""
    store = Store.open(path, setup=setup) if path.exists() else Store.create(path, setup=setup)
    try:
        yield store
    finally:
        with suppress(Exception):
            store.close()
        store._closing.close()


# -- how to break


class Sql:
    """Rewrites a statement on its way to SQLite."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new, self.hits = old, new, 0

    def __call__(self, patch: Patch) -> None:
        honest, honest_all = Connection.exec_driver_sql, history.run_all

        def rewritten(statement: str) -> str:
            broken, hits = re.subn(self.old, self.new, statement)
            self.hits += hits
            return broken

        def run_broken(connection, statement, *values, **more):
            return honest(connection, rewritten(statement), *values, **more)

        def run_all_broken(connection, statements):
            honest_all(connection, [rewritten(one) for one in statements])

        patch.setattr(Connection, "exec_driver_sql", run_broken)
        patch.setattr(history, "run_all", run_all_broken)


def off(owner: object, name: str, instead: object = lambda *_, **__: None) -> Callable[[Patch], None]:
    """Leave a step of the mechanism out."""
    return lambda patch: patch.setattr(owner, name, instead)


def pragma(name: str, asked: str, answer: object) -> Callable[[Patch], None]:
    """Ask SQLite for another setting."""
    changed = tuple((name, asked, answer) if item[0] == name else item for item in engine.WRITING_PRAGMAS)
    return lambda patch: patch.setattr(engine, "WRITING_PRAGMAS", changed)


def reused_ids(patch: Patch) -> None:
    plain = tuple(statement.replace(" AUTOINCREMENT", "") for statement in SCHEMA.statements)
    patch.setitem(SCHEMA.__dict__, "statements", plain)
    patch.setattr(schema.Schema, "knows", lambda *_: True)


# -- what must notice


def restores_under_a_child(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school(), claim())
        with store.transaction("Rename") as (session, _):
            session.get(School, 1).name = "x"
        require(not refused(store.undo))


def any_writing_is_undone(path, setup):
    """REPLACE, twice the same row, a deletion, bulk: all of it back, and forth again."""
    with opened(path, setup) as store:
        add(store, "Add", school(1), school(2), claim(), ClaimLine(claim_id=1, text="a", amount=1))
        before = dump(store)
        with store.transaction("Much") as (session, _):
            ask = session.connection().exec_driver_sql
            ask("UPDATE school SET name = 'once' WHERE id = 1")
            ask("UPDATE OR REPLACE school SET name = 'twice' WHERE id = 1")
            ask("INSERT OR REPLACE INTO school (code, name, lead) VALUES ('S2', 'third', 1)")
            session.execute(sa.delete(ClaimLine))
            session.execute(sa.update(Claim).values(note="bulk"))
        after = dump(store)
        require(not refused(store.undo))
        require(dump(store) == before)
        require(not refused(store.redo))
        require(dump(store) == after)
        require(store.check() == [])


def a_new_action_ends_redo(path, setup):
    with opened(path, setup) as store:
        add(store, "A", school(1))
        store.undo()
        add(store, "B", school(2))
        require(store.redo_name() is None)


def nothing_is_no_step(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
        with store.transaction("Nothing") as (session, _):
            session.execute(sa.text("UPDATE school SET lead = lead"))
        require(store.undo_name() == "Add")


def undo_refuses_what_others_changed(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
    edit(path, "UPDATE school SET name = 'theirs'")
    with opened(path, setup) as store:
        require(refused(store.undo))


def pruning_drops_redo_whole(path, setup):
    with opened(path, setup) as store:
        for n in (1, 2, 3):
            add(store, f"Add {n}", school(n))
        for _ in range(3):
            store.undo()
        store.prune(keep=5)
        require(store.redo_name() is None)


def pruning_keeps_bytes_in_use(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school(), claim(), *paper(b"x"))
        require(not refused(lambda: store.prune(keep=0)))
        require(run(store, "SELECT count(*) FROM blob") == [(1,)])


def each_action_holds_its_own(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school(1))
        with store.transaction("Rename") as (session, _):
            session.get(School, 1).name = "x"
        require(not refused(store.undo))
        require(run(store, "SELECT name FROM school") == [("School 1",)])


def find_follows(path, setup):
    with opened(path, setup) as store:
        store.search("school")
        add(store, "Add", school())
        require(len(store.search("school")) == 1)


def a_refused_commit_leaves_the_store_usable(path, setup):
    with opened(path, setup) as store:

        def orphan() -> None:
            with store.transaction("Orphan") as (session, _):
                session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                session.add(claim(school_id=99))

        require(refused(orphan))
        require(not refused(lambda: add(store, "Add", school())))


def nesting_is_refused(path, setup):
    with opened(path, setup) as store:

        def nest() -> None:
            with store.transaction("Outer"), store.read():
                pass

        require(refused_with("began inside", nest))


def ids_are_not_reused(path, setup):
    with opened(path, setup) as store:
        first = add(store, "Add", school(1)).rows
        store.undo()
        require(add(store, "Add", school(2)).rows != first)


def queries_cannot_write(path, setup):
    with opened(path, setup) as store:

        def write() -> None:
            with store.read() as session:
                session.add(school())
                session.flush()

        require(refused(write))


def the_file_is_watched(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school(1))
        edit(path, "UPDATE school SET name = 'theirs'")
        require(refused(lambda: add(store, "Add", school(2))))


def rivals_are_kept_out(path, setup):
    with opened(path, setup):
        pass
    lock = BookLock.take(path, setup.clock)
    try:
        require(refused(lambda: Store.open(path, setup=setup).close()))
    finally:
        lock.release()


def planted_triggers_are_seen(path, setup):
    with opened(path, setup):
        pass
    edit(path, "CREATE TRIGGER thief AFTER INSERT ON claim BEGIN DELETE FROM school; END")
    require(refused(lambda: Store.open(path, setup=setup).close()))


def a_spoilt_backup_is_refused(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
        made = store.back_up()
    made.path.write_bytes(made.path.read_bytes().replace(b"School 1", b"School 9"))
    require(refused(lambda: Store.restore(path, made.path, setup=setup).close()))


def closing_backs_up(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
    require(len(Store.backups_of(path, setup=setup)) == 1)


def bystanders_of_backups_stay(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
        here = store.back_up().path.parent
        others = [here / f"book.00000{n}.20150101T000000Z.close.s1.bak" for n in (0, 1)]
        for other in others:  # of one day: the second would do, so the first is due to go
            other.write_bytes(b"mine")
        for n in range(2, 14):
            add(store, "Add", school(n))
            store.back_up()
    require(all(other.exists() for other in others))


def a_seal_holds(path, setup):
    with opened(path, setup) as store:
        add(store, "Add", school())
        store.seal("Upgraded")
        require(store.undo_name() is None)


def lost_money_is_noticed(path, setup):  # noqa: ARG001 - what an upgrade does to the file is in test_migrate
    with suppress(migrate.NotTheSame):
        migrate.require_same({"claim.amount": 5}, {"claim.amount": 4}, frozenset())
        raise Noticed


def edit(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(statement)


NOT_EXISTS = r"WHERE NOT EXISTS \(SELECT 1 FROM touched WHERE table_name = '\w+' AND row_id = \w+\.id\)"
MUTANTS = [
    Mutant(
        "foreign keys not held back",
        Sql("defer_foreign_keys=ON", "defer_foreign_keys=OFF"),
        restores_under_a_child,
    ),
    Mutant(
        "a later image overwrites the first",
        Sql(NOT_EXISTS, "WHERE true ON CONFLICT DO UPDATE SET before = excluded.before"),
        any_writing_is_undone,
    ),
    Mutant(
        "a deletion keeps no image",
        Sql(r"(AFTER DELETE .*'\w+', OLD\.id, )json_object\(.*?\)( WHERE)", r"\1NULL\2"),
        any_writing_is_undone,
    ),
    Mutant(
        "updates are not seen",
        Sql(r"AFTER UPDATE ON (.*) BEGIN", r"AFTER UPDATE ON \1 WHEN 0 BEGIN"),
        any_writing_is_undone,
    ),
    Mutant("REPLACE deletes unseen", pragma("recursive_triggers", "OFF", 0), any_writing_is_undone),
    Mutant(
        "redo outlives a new action",
        Sql(r"'dropped' WHERE state = 'undone'", "'dropped' WHERE 0"),
        a_new_action_ends_redo,
    ),
    Mutant(
        "rows that did not change are written",
        Sql("WHERE before IS NOT after", "WHERE true"),
        nothing_is_no_step,
    ),
    Mutant("undo trusts the rows", off(History, "_require_as_left"), undo_refuses_what_others_changed),
    Mutant(
        "prune cuts redo in two",
        Sql(r"WHERE state = 'undone' AND id <= \?", "WHERE 0 AND id <= ?"),
        pruning_drops_redo_whole,
    ),
    Mutant(
        "prune forgets rows in use",
        Sql(r"SELECT \"sha256\" FROM main.\"attachment\" WHERE \"sha256\" IS NOT NULL UNION ", ""),
        pruning_keeps_bytes_in_use,
    ),
    Mutant("touched is never emptied", off(History, "forget_touched"), each_action_holds_its_own),
    Mutant("find is not refreshed", off(Find, "refresh"), find_follows),
    Mutant(
        "the driver's transaction stays open",
        off(door, "roll_back_driver"),
        a_refused_commit_leaves_the_store_usable,
    ),
    Mutant("nesting is allowed", off(Door, "require_free"), nesting_is_refused),
    Mutant("ids are used twice", reused_ids, ids_are_not_reused),
    Mutant("queries may write", Sql("query_only=ON", "query_only=OFF"), queries_cannot_write),
    Mutant("the file is not watched", off(guard, "look", lambda *_: None), the_file_is_watched),
    Mutant("no lock is taken", off(filelock.BaseFileLock, "acquire"), rivals_are_kept_out),
    Mutant(
        "the fingerprint is not looked at",
        off(schema.Schema, "knows", lambda *_: True),
        planted_triggers_are_seen,
    ),
    Mutant("checksums are not compared", off(backup, "digest", lambda _: "same"), a_spoilt_backup_is_refused),
    Mutant("backups are thought to be there", off(backup, "is_backed_up", lambda *_: True), closing_backs_up),
    Mutant("any file may be thinned", off(backup, "holds", lambda *_: True), bystanders_of_backups_stay),
    Mutant(
        "a seal leaves undo",
        Sql("'sealed' WHERE state = 'done'", "'done' WHERE state = 'done'"),
        a_seal_holds,
    ),
    Mutant("everything counts as sound", off(soundness, "require_sound"), planted_triggers_are_seen),
    Mutant("money may change", off(migrate, "require_same"), lost_money_is_noticed),
]


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(SCHEMA, tmp_path / "backups")


@pytest.mark.parametrize("check", {m.notices.__name__: m.notices for m in MUTANTS}.values())
def test_the_sound_mechanism_passes_every_check(path, setup, check):
    check(path, setup)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_every_fault_in_the_mechanism_is_noticed(path, setup, mutant, monkeypatch):
    mutant.breaks(monkeypatch)
    with pytest.raises(Noticed):
        mutant.notices(path, setup)
    if isinstance(mutant.breaks, Sql):
        assert mutant.breaks.hits, "the fault was never made"
