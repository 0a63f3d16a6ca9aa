"""An older book is brought up to date whole, or left exactly as it was."""

# ruff: noqa: S608, E501 - scripts that go wrong, put together on purpose

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.errors import FileTrouble, Refused
from models.store import Setup, Store, backup
from models.store.migrations import make
from models.store.schema import Schema
from tests.models.store.example import RECORDED, SCHEMA, Base, Claim, School, add, claim, run, school

SHIPPED = Path(make.__file__).parent
GOOD = """
    kept = {"sqlite_strict": True, "sqlite_autoincrement": True}
    with op.batch_alter_table("school", recreate="always", table_kwargs=kept) as batch:
        batch.add_column(sa.Column("town", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE school SET town = 'Oakmere'")
"""
SCRIPT = '''"""Schools have a town."""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
{more}

def upgrade() -> None:
{body}
'''


def schema_2(migrations: Path) -> Schema:
    """The example's tables, with a town for every school."""
    metadata = sa.MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(metadata)
    town = sa.Column("town", sa.Text, nullable=False, server_default="")
    metadata.tables["school"].append_column(town)
    tables = [metadata.tables[table.name] for table in RECORDED]
    return Schema.of(metadata, tables, {1: SCHEMA.fingerprint, 2: ""}, migrations)


@pytest.fixture(scope="session")
def first_script(tmp_path_factory) -> Path:
    """A folder of migrations with the first script as `make` writes it."""
    folder = tmp_path_factory.mktemp("migrations")
    for name in ("env.py", "script.py.mako"):
        shutil.copyfile(SHIPPED / name, folder / name)
    (folder / "versions").mkdir()
    schema = Schema(SCHEMA.metadata, RECORDED, {1: SCHEMA.fingerprint}, folder)
    assert make.write_script(schema, "The first").name == "0001_the_first.py"
    return folder


@pytest.fixture
def setup_2(first_script, tmp_path) -> Callable[..., Setup]:
    """Today's setup, given what its second script does."""

    def with_script(body: str = GOOD, more: str = "") -> Setup:
        folder = tmp_path / "migrations"
        shutil.copytree(first_script, folder)
        (folder / "versions" / "0002_town.py").write_text(SCRIPT.format(body=body, more=more))
        return Setup(schema_2(folder), tmp_path / "backups")

    return with_script


@pytest.fixture
def old(path, tmp_path) -> Path:
    """A book of layout 1 with a school, two claims and something undone."""
    store = Store.create(path, setup=Setup(SCHEMA, tmp_path / "backups"))
    add(store, "Add", school(1), claim(1), claim(2))
    add(store, "Add another", school(2))
    store.undo()
    store.close()
    return path


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_scripts_make_what_create_makes(first_script):
    schema = Schema(SCHEMA.metadata, RECORDED, {1: ""}, first_script)
    assert make.newest_fingerprint(schema) == SCHEMA.fingerprint


def test_an_upgrade_keeps_every_row_and_seals_what_went_before(old, setup_2):
    setup = setup_2()
    store = Store.open(old, setup=setup)
    assert run(store, "SELECT name, town FROM school") == [("School 1", "Oakmere")]
    assert run(store, "SELECT count(*), sum(amount) FROM claim") == [(2, 200)], "no cascade took the children"
    assert run(store, "PRAGMA user_version") == [(2,)]
    assert run(store, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert (store.undo_name(), store.redo_name()) == (None, None)
    assert [s.name for s in store.steps()] == ["Upgraded to layout 2", "Add another", "Add another", "Add"]
    assert [e.name for e in store.history(School, 1)] == ["Add"]
    with pytest.raises(Refused, match="before the file was upgraded"):
        store.reverse(1)
    with store.transaction("Move") as (session, _):
        session.execute(sa.text("UPDATE school SET town = 'Elmbridge'"))
    store.undo()
    assert run(store, "SELECT town FROM school") == [("Oakmere",)]
    assert store.check() == []
    store.close()
    again = Store.open(old, setup=setup)
    assert again.undo_name() is None
    again.close()


def test_the_book_as_it_was_is_backed_up_first_and_can_be_restored_and_upgraded(old, setup_2):
    setup = setup_2()
    store = Store.open(old, setup=setup)
    kept = next(b for b in store.backups() if b.reason == "before-migrate")
    store.close()
    assert kept.schema == 1
    with closing(sqlite3.connect(kept.path)) as raw:
        assert "town" not in {row[1] for row in raw.execute("PRAGMA table_info(school)")}
    store = Store.restore(old, kept.path, setup=setup)
    assert run(store, "SELECT town FROM school") == [("Oakmere",)]
    assert store.check() == []
    store.close()


def test_an_older_book_can_be_read_without_being_changed(old, setup_2):
    before = sha(old)
    reading = Store.open(old, setup=setup_2(), read_only=True)
    assert run(reading, "SELECT town FROM school") == [("Oakmere",)]
    reading.close()
    assert sha(old) == before


FAULTS = {
    "an error half-way": GOOD + "    raise RuntimeError('half-way')\n",
    "rows lost": GOOD + "    op.execute('DELETE FROM claim WHERE id = 2')\n",
    "rows from nowhere": GOOD + "    op.execute(\"INSERT INTO school (code, name, lead, town) VALUES ('x', 'x', 0, '')\")\n",
    "money changed": GOOD + "    op.execute('UPDATE claim SET amount = amount + 1 WHERE id = 2')\n",
    "an orphan": GOOD + "    op.execute('UPDATE claim SET school_id = 77')\n",
    "a table dropped": GOOD + "    op.drop_table('attachment')\n",
    "a constraint broken": GOOD + "    op.execute(\"UPDATE claim SET number = 'same'\")\n",
    "ids given out twice": GOOD.replace('"sqlite_autoincrement": True', '"sqlite_autoincrement": False'),
    "a trigger planted": GOOD + "    op.execute('CREATE TRIGGER t AFTER INSERT ON claim BEGIN DELETE FROM school; END')\n",
    "a column forgotten": "    pass\n",
    "a script that cannot be read": "    this is not Python\n",
}  # fmt: skip


@pytest.mark.parametrize("body", FAULTS.values(), ids=FAULTS)
def test_an_upgrade_that_goes_wrong_leaves_the_book_as_it_was(old, setup_2, body):
    before = sha(old)
    with pytest.raises(FileTrouble, match="did not work and was undone") as told:
        Store.open(old, setup=setup_2(body))
    assert told.value.code == "E11"
    (kept,) = [b for b in Store.backups_of(old, setup=setup_2_of(old)) if b.reason == "before-migrate"]
    assert str(kept.path) in str(told.value)
    assert sha(old) == before
    assert [p.name for p in old.parent.iterdir() if p.name.startswith(old.name)] == [old.name]
    store = Store.open(old, setup=setup_2_of(old))
    assert run(store, "SELECT count(*), sum(amount) FROM claim") == [(2, 200)]
    assert store.redo_name() == "Add another"
    store.close()


def setup_2_of(path: Path) -> Setup:
    """Yesterday's setup, in the same folders."""
    return Setup(SCHEMA, path.parent / "backups")


def test_a_script_may_say_that_it_changes_rows_or_money_on_purpose(old, setup_2):
    body = (
        GOOD
        + "    op.execute('UPDATE claim SET amount = amount * 2')\n    op.execute('DELETE FROM claim WHERE id = 2')\n"
    )
    store = Store.open(old, setup=setup_2(body, 'MAY_CHANGE = {"claim"}'))
    assert run(store, "SELECT sum(amount) FROM claim") == [(200,)]
    store.close()


def test_ids_are_not_given_out_again_by_a_table_made_anew(old, setup_2):
    """School 2 was undone: its id stays used, and its history its own."""
    store = Store.open(old, setup=setup_2())
    with store.transaction("Add") as (session, changes):
        session.execute(
            sa.text("INSERT INTO school (code, name, lead, town) VALUES ('S3', 'School 3', 0, '')")
        )
    assert changes.rows == {"school": (3,)}
    store.close()


def test_make_writes_a_script_that_leads_to_todays_tables(first_script, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(first_script, folder)
    schema = schema_2(folder)
    schema.metadata.tables["school"].columns["name"].nullable = True
    script = make.write_script(schema, "Schools have a town").read_text()
    assert "table_kwargs={'sqlite_strict': True, 'sqlite_autoincrement': True}" in script
    assert "import models" not in script
    assert make.newest_fingerprint(schema) == schema.fingerprint


def test_no_room_for_a_backup_means_no_upgrade(old, setup_2, monkeypatch):
    before = sha(old)
    setup = setup_2()

    def full(*_: object) -> None:
        raise FileTrouble("E09", "There is not enough room.")

    monkeypatch.setattr(backup, "require_room", full)
    with pytest.raises(FileTrouble) as told:
        Store.open(old, setup=setup)
    assert told.value.code == "E09"
    assert sha(old) == before


def test_what_was_deleted_before_an_upgrade_that_changed_its_table_stays_in_the_bin(old, setup_2, tmp_path):
    store = Store.open(old, setup=Setup(SCHEMA, tmp_path / "backups"))
    with store.transaction("Delete claims") as (session, _):
        session.execute(sa.delete(Claim))
    with store.transaction("Delete school") as (session, _):
        session.execute(sa.delete(School))
    store.close()
    store = Store.open(old, setup=setup_2())
    (gone,) = store.deleted(store._schema.metadata.tables["school"])
    assert gone.image["name"] == "School 1"
    with pytest.raises(Refused, match="earlier version"):
        store.restore_deleted(store._schema.metadata.tables["school"], 1)
    store.close()
