"""Any sequence of actions, undos, redos, failures and restarts leaves the file equal to a model in memory.

Run by test_any_sequence.py.
"""

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.errors import Refused
from models.store import Store
from tests.models.store.example import (
    RECORDED,
    SETUP,
    Attachment,
    Blob,
    Claim,
    ClaimLine,
    School,
    dump,
    paper,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
MONEY = st.sampled_from([0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)]) | st.integers(0, 50_000)
PICK = st.integers(0, 30)
DAYS = st.dates(dt.date(1000, 1, 1))
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one, for speed
FOLDER = MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else None


class Boom(Exception):
    """An action that fails half-way."""


def pick(session, model, n):
    """Some row of a table, or None."""
    rows = session.scalars(sa.select(model).order_by(model.id)).all()
    return rows[n % len(rows)] if rows else None


def fail() -> None:
    raise Boom


class Drawn:
    """What was drawn for one action."""

    def __init__(self, n, m, text, money, day, serial):
        self.n, self.m, self.text, self.money, self.day, self.serial = n, m, text, money, day, serial


# -- actions: each gets a session and what was drawn; the file may refuse it


def add_school(s, d):
    partner = pick(s, School, d.n)
    s.add(School(code=f"S{d.serial}", name=d.text, lead=bool(d.m % 2), partner_id=partner and partner.id))


def add_claim(s, d):
    if school := pick(s, School, d.n):
        claim = Claim(school_id=school.id, number=f"SC-{d.serial:04}", day=d.day, amount=d.money, note=d.text)
        s.add(claim)
        s.flush()
        blob, attachment = paper(d.text.encode(), claim.id)
        if not s.get(Blob, blob.sha256):
            s.add(blob)
            s.flush()
        s.add(attachment)
        s.add_all(ClaimLine(claim_id=claim.id, text=f"{d.text}{i}", amount=i) for i in range(d.m % 4))


def edit_claim(s, d):
    if claim := pick(s, Claim, d.n):
        claim.note, claim.amount, claim.day = d.text, d.money, d.day
        claim.school_id = pick(s, School, d.m).id


def edit_school(s, d):
    if school := pick(s, School, d.n):
        school.name = d.text


def bulk_update(s, d):
    s.execute(sa.update(Claim).values(note=d.text))


def bulk_delete(s, d):
    s.execute(sa.delete(ClaimLine).where(ClaimLine.amount <= d.m % 4))


def swap_codes(s, d):
    a, b = pick(s, School, d.n), pick(s, School, d.m)
    if a is not b:
        a.code, old, new = "temporary", a.code, b.code
        s.flush()
        b.code = old
        s.flush()
        a.code = new


def replace_school(s, d):
    """What a careless import would write: it takes another school's code, and so deletes that school."""
    if school := pick(s, School, d.n):
        s.connection().exec_driver_sql(
            "INSERT OR REPLACE INTO school (code, name, lead) SELECT code, ?, 1 FROM school WHERE id = ?",
            (d.text, school.id),
        )


def partner_ring(s, _):
    """Schools that name each other in a ring: no order of restoring satisfies their keys."""
    ids = s.scalars(sa.select(School.id)).all()
    for k, i in enumerate(ids):
        s.execute(sa.update(School).where(School.id == i).values(partner_id=ids[k - 1]))


def delete_school(s, d):
    """With all that hangs on it, or (refused if anything does) alone."""
    if school := pick(s, School, d.n):
        if d.m % 3:
            claims = sa.select(Claim.id).where(Claim.school_id == school.id)
            for child in (ClaimLine, Attachment):
                s.execute(sa.delete(child).where(child.claim_id.in_(claims)))
            s.execute(sa.delete(Claim).where(Claim.school_id == school.id))
            s.execute(sa.update(School).where(School.partner_id == school.id).values(partner_id=None))
        s.delete(school)


def delete_everything(s, d):
    if d.n % 5 == 0:
        s.execute(sa.update(School).values(partner_id=None))
        for table in reversed(RECORDED):
            s.execute(sa.delete(table))


def create_and_delete(s, d):
    school = School(code=f"S{d.serial}", name=d.text)
    s.add(school)
    s.flush()
    s.delete(school)
    edit_school(s, d)


def savepoint(s, d):
    edit_school(s, d)
    s.flush()
    try:
        with s.begin_nested():
            s.execute(sa.update(School).values(name="lost"))
            add_school(s, d)
            fail()
    except Boom:
        pass


def touch_and_put_back(s, _):
    for _time in range(2):
        s.execute(sa.text("UPDATE school SET lead = 1 - lead"))


def fail_half_way(s, d):
    bulk_update(s, d)
    add_school(s, d)
    s.flush()
    raise Boom


ACTIONS = [
    add_school,
    add_claim,
    edit_claim,
    edit_school,
    bulk_update,
    bulk_delete,
    swap_codes,
    replace_school,
    partner_ring,
    delete_school,
    delete_everything,
    create_and_delete,
    savepoint,
    touch_and_put_back,
    fail_half_way,
]


class BookMachine(RuleBasedStateMachine):
    """The book against a model: what its tables hold now, held before, and would hold again."""

    ran: ClassVar[dict[str, int]] = {}  # how often each rule really did something, over all runs

    @initialize()
    def start(self):
        self.folder = tempfile.TemporaryDirectory(dir=FOLDER)
        self.path = Path(self.folder.name) / "b.clusterbook"
        self.store = Store.create(self.path, setup=SETUP)
        self.serial = 0
        self.now, self.past, self.future = dump(self.store), [], []
        for n in range(3):
            self.act(add_school, n, 0, "school", 0, dt.date(2025, 1, 1))
            self.act(add_claim, n, 2, "claim", 0, dt.date(2025, 1, 1))

    def teardown(self):
        if hasattr(self, "store"):
            try:
                assert self.store.check() == []
            finally:
                self.store.close()
                self.folder.cleanup()

    def did(self, what):
        self.ran[what] = self.ran.get(what, 0) + 1

    def act(self, work, n, m, text, money, day):
        self.serial += 1
        try:
            with self.store.transaction(work.__name__) as (session, changes):
                work(session, Drawn(n, m, text, money, day, self.serial))
        except (Refused, Boom):
            self.did("refused")
            return  # nothing may have changed: the invariant will see
        after = dump(self.store)
        assert (after != self.now) == (changes.step is not None)
        if changes.step:
            self.did(work.__name__)
            self.past.append(self.now)
            self.now, self.future = after, []

    @rule(times=st.integers(1, 5))
    def undo(self, times):
        for _ in range(min(times, len(self.past))):
            self.did("undo")
            self.store.undo()
            self.future.append(self.now)
            self.now = self.past.pop()
            assert dump(self.store) == self.now

    @rule(times=st.integers(1, 5))
    def redo(self, times):
        for _ in range(min(times, len(self.future))):
            self.did("redo")
            self.store.redo()
            self.past.append(self.now)
            self.now = self.future.pop()
            assert dump(self.store) == self.now

    @rule(n=PICK)
    def all_the_way_back_and_forth(self, n):
        self.undo(len(self.past))
        self.redo(n)

    @rule(n=PICK)
    def reverse_an_older_step(self, n):
        steps = [step.id for step in self.store.steps() if step.state == "done"]
        if steps:
            try:
                changes = self.store.reverse(steps[n % len(steps)])
            except Refused:
                return
            assert changes.step
            self.did("reverse")
            self.past.append(self.now)
            self.now, self.future = dump(self.store), []

    @rule(n=PICK)
    def restore_from_the_bin(self, n):
        gone = [row for table in RECORDED for row in self.store.deleted(table)]
        if gone:
            wanted = gone[n % len(gone)]
            table = next(t for t in RECORDED if t.name == wanted.table)
            try:
                changes = self.store.restore_deleted(table, wanted.row_id)
            except Refused:
                return
            assert changes.step
            assert wanted.row_id in changes.rows[wanted.table]
            self.did("restore")
            self.past.append(self.now)
            self.now, self.future = dump(self.store), []

    @rule()
    def restart(self):
        self.store.close()
        self.store = Store.open(self.path, setup=SETUP)

    @rule(word=st.sampled_from(["school", "claim", "lost"]))
    def search(self, word):
        self.store.search(word)

    @rule(keep=st.integers(4, 60))
    def prune(self, keep):
        self.store.prune(keep)
        left = [step.state for step in self.store.steps(10_000)]
        self.past = self.past[len(self.past) - left.count("done") :]
        if left.count("undone") < len(self.future):
            assert "undone" not in left, "all or nothing: what comes first must be redone first"
            self.future = []

    @invariant()
    def equal(self):
        if not hasattr(self, "store"):
            return
        assert dump(self.store) == self.now
        assert (self.store.undo_name() is not None) == bool(self.past)
        assert (self.store.redo_name() is not None) == bool(self.future)
        with self.store.read() as session:
            ask = session.connection().exec_driver_sql
            assert ask("PRAGMA foreign_key_check").all() == []
            if "history" in self.store._door.prepared:
                assert ask("SELECT count(*) FROM touched").scalar() == 0
            if "find" in self.store._door.prepared:  # the index as kept, against one made afresh
                find = self.store._find
                kept = set(ask("SELECT rowid, title, body FROM temp.find"))
                assert kept == {row for spec in find.specs for row in ask(find.rows(spec))}


def as_rule(work):
    """An action as a rule of its own, so that hypothesis can leave out some and dwell on others."""

    @rule(n=PICK, m=PICK, text=TEXT, money=MONEY, day=DAYS)
    def act(self, n, m, text, money, day):
        self.act(work, n, m, text, money, day)

    return act


for action in ACTIONS:
    setattr(BookMachine, f"do_{action.__name__}", as_rule(action))
