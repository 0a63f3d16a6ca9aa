"""Kill a process that is saving, again and again, on one growing book. Run by test_kill.py; prints JSON.

The children are forked from this single-threaded process, so that none pays for the imports again. A child
says the number of a step only after it was saved; a lying child says so before, and then never saves: the
control that must be noticed, or the check is blind.
"""

# ruff: noqa: S311 - the draws must be repeatable

import json
import os
import random
import select
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from models.store import Setup, Store
from models.store.header import has_bytes, journal
from tests.models.store.example import SCHEMA, ClaimLine, School, add, claim, dump, run

SEED = 20250314


def setup_in(folder: Path) -> Setup:
    return Setup(SCHEMA, folder / "backups")


def work(path: Path, seed: int, said: int, *, lie: bool) -> None:
    """Save for ever, and say what was saved."""
    draw = random.Random(seed)
    store = Store.open(path, setup=setup_in(path.parent))

    def say(step: object) -> None:
        os.write(said, f"{step}\n".encode())

    say("ready")
    n = 0
    while True:
        n += 1
        roll = draw.random()
        if roll < 0.25 and store.undo_name():
            say(store.undo().step)
        elif roll < 0.4 and store.redo_name():
            say(store.redo().step)
        elif roll < 0.45:
            store.prune(60)
            say("pruned")
        else:
            if lie:
                say(store.version() + 1)
                signal.pause()
            with store.transaction(f"Import {seed}.{n}") as (session, changes):
                import_some(session, f"{seed}.{n}", draw)
            say(changes.step)


def import_some(session, mark: str, draw: random.Random) -> None:
    school = School(code=mark, name="x" * draw.randrange(300))
    session.add(school)
    session.flush()
    made = claim(1, school.id)
    made.number = mark
    session.add(made)
    session.flush()
    lines = [{"claim_id": made.id, "text": "y" * 50, "amount": k} for k in range(draw.randrange(1, 100))]
    session.execute(sa.insert(ClaimLine), lines)
    session.execute(sa.update(School).values(name=School.name + "z").where(School.id % 3 == 0))


def killed_child(path: Path, seed: int, draw: random.Random, *, lie: bool) -> list[str]:
    """Let a child save a few times, kill it in the middle of the next, and return what it had said."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, seed, mouth, lie=lie)
        finally:
            os._exit(1)
    os.close(mouth)
    heard = b""
    enough = 2 if lie else draw.randrange(2, 6)
    while heard.count(b"\n") < enough:
        heard += os.read(ear, 4096)
    select.select([], [], [], draw.uniform(0, 0.015))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(ear, 65536):
        heard += more
    os.close(ear)
    lines = heard.decode().split("\n")[:-1]  # whole lines only
    assert lines[0] == "ready", lines
    return lines[1:]


def main(folder: Path, times: int, *, lie: bool) -> dict[str, int]:
    path = folder / "k.clusterbook"
    store = Store.create(path, setup=setup_in(folder))
    add(store, "Begin", School(code="0", name="0"))
    newest = store.version()
    store.close()
    draw = random.Random(SEED)
    told = {"kills": times, "hot": 0, "recovered": 0, "said": 0, "lost": 0, "unsaid": 0}
    for seed in range(times):
        heard = killed_child(path, seed, draw, lie=lie)
        told["said"] += len(heard)
        promised = max([newest, *(int(step) for step in heard if step != "pruned")])
        hot = has_bytes(journal(path))
        told["hot"] += hot
        store = Store.open(path, setup=setup_in(folder))
        told["recovered"] += [notice.code for notice in store.notices] == ["recovered"]
        newest = run(store, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'step'")[0][0]
        told["lost"] += max(0, promised - newest)
        told["unsaid"] += max(0, newest - promised)
        assert newest <= promised + 1, "at most one step was saved and not yet said"
        assert store.check() == []
        undo_and_redo(store)
        newest = store.version()
        store.close()
    return told


def undo_and_redo(store: Store) -> None:
    now = dump(store)
    if store.undo_name():
        store.undo()
        assert dump(store) != now
        store.redo()
        assert dump(store) == now


if __name__ == "__main__":
    outcome = {}
    for what, kills in (("honest", int(sys.argv[2])), ("lying", 2)):
        place = Path(sys.argv[1]) / what
        place.mkdir()
        outcome[what] = main(place, kills, lie=what == "lying")
    outcome["imported"] = sorted({"alembic", "platformdirs", "openpyxl", "PySide6"} & sys.modules.keys())
    sys.stdout.write(json.dumps(outcome))
