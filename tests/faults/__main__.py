"""Make every fault of safety.md section 5 happen to our own book, and print what came of it.

python -m tests.faults [--count small|push|nightly] [--times N] [--only T01,T02] [--seed N] [--json]

Two faults run at a time, each in a process of its own. --keep writes the rows into
RESULTS.md. The status is 1 if anything was lost or damaged, if a control (the same fault with the
protection off) did not notice, or if a fault could not be run.
"""

import argparse
import dataclasses
import datetime as dt
import gc
import json
import logging
import os
import platform
import random
import select
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.faults import shim
from tests.faults.result import Fault, Result

SIZES = ("small", "push", "nightly")
AT_ONCE = 2
RESULTS = Path(__file__).with_name("RESULTS.md")
ROOM = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one: faults are made, not waited for
COLUMNS = (
    "Fault, Runs, Lost, Damaged, Shown, Note, Control (protection off), Processor seconds, When"
).split(", ")
HEAD = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
WORDS = """# What the faults did

Written by `python -m tests.faults --keep`; the faults are those of safety.md section 5, made to happen to the
sample book in a real file, through the services and the store. “Lost” are records that were said to be saved;
“damaged” are files left half-way and guards that let something through. A control is the same fault with the
protection off: it must be noticed, or the test is blind. The same count and seed give the same draws again.

The larger counts: `python -m tests.faults --count nightly --keep`, or one with `--only T18`: 200,000 mutants,
shared by two processes, take half an hour of computing. T25 (eight hours of use) is not among them; T26 is of
safety.md 3.7. That a form keeps its text when saving fails is held by tests/e2e/test_file_troubles.py.

"""

Told = dict[str, Any]


def one(fault: Fault, asked: argparse.Namespace, folder: Path) -> Told:
    """Make a fault happen, and its control."""
    told: Told = {"fault": fault.id, "title": fault.title}
    if fault.needs_shim and not shim.is_loaded():
        return told | {"ok": False, "skipped": "no C compiler here"}
    count = asked.times or fault.counts[SIZES.index(asked.count)]
    place = folder / fault.id
    place.mkdir()
    os.environ["CLUSTERBOOK_DATA"] = str(place / "data")
    found = fault.run(count, asked.seed, place)
    control = fault.control(count, asked.seed, place)
    return told | {
        "ok": found.is_clean and not control.is_clean,
        "result": dataclasses.asdict(found),
        "control": dataclasses.asdict(control),
    }


def start(fault: Fault, asked: argparse.Namespace, folder: Path) -> tuple[int, int]:
    """Make a fault happen in a process of its own: where it tells what came of it, and its number."""
    ear, mouth = os.pipe()
    if number := os.fork():
        os.close(mouth)
        return ear, number
    os.close(ear)
    try:
        words = json.dumps(one(fault, asked, folder))
    except BaseException as error:  # noqa: BLE001 - the parent says it
        words = json.dumps({"fault": fault.id, "title": fault.title, "ok": False, "skipped": repr(error)})
    with os.fdopen(mouth, "w") as out:
        out.write(words)
    os._exit(0)


def all_of_them(faults: Sequence[Fault], asked: argparse.Namespace, folder: Path) -> Iterator[Told]:
    """What came of each fault, in the order in which they end; the longest begin first."""
    waiting = sorted(faults, key=lambda fault: -fault.weight)
    running: dict[int, tuple[int, bytearray]] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            ear, number = start(waiting.pop(0), asked, folder)
            running[ear] = (number, bytearray())
        for ear in select.select([*running], [], [])[0]:
            number, heard = running[ear]
            if more := os.read(ear, 1 << 16):
                heard += more
                continue
            del running[ear]
            os.close(ear)
            _, _, used = os.wait4(number, 0)
            yield json.loads(heard) | {"seconds": round(used.ru_utime + used.ru_stime, 1)}


def line(told: Told, when: str) -> str:
    """A row of the table."""
    if "skipped" in told:
        cells = [f"not run: {told['skipped']}", *[""] * (len(COLUMNS) - 2)]
    else:
        found, control = Result(**told["result"]), Result(**told["control"])
        noticed = "NOT NOTICED" if control.is_clean else "noticed"
        against = f"{noticed}: {control.lost} lost, {control.damaged} damaged of {control.runs}"
        cells = [
            found.runs,
            found.lost,
            found.damaged,
            found.message,
            found.note,
            against,
            told["seconds"],
            when,
        ]
    return (
        f"| {told['fault']} {told['title']} | " + " | ".join(str(c).replace("|", "/") for c in cells) + " |"
    )


def write_results(lines: list[str]) -> None:
    """Put the new rows into the table; those of other faults stay."""
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, Python"
    about = f"Machine: {machine} {platform.python_version()}.\n\n"
    there = RESULTS.read_text("utf-8").splitlines() if RESULTS.exists() else []
    rows = {row[2:5]: row for row in [*there, *lines] if row.startswith("| T")}
    table = "\n".join([HEAD, *(rows[fault] for fault in sorted(rows))])
    RESULTS.write_text(f"{WORDS}{about}{table}\n", "utf-8")


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--count", choices=SIZES, default=os.environ.get("FAULTS", "push"))
    parser.add_argument("--times", type=int, help="how often, instead of --count")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10_000))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true", help="write the rows into RESULTS.md")
    asked = parser.parse_args()
    if "--seed" not in sys.argv:
        sys.argv += ["--seed", str(asked.seed)]  # the same draws if this program starts itself again
    return asked


def main() -> int:
    if sys.platform != "linux":
        sys.exit("The faults need Linux: processes that fork, signals, LD_PRELOAD.")
    asked = asked_for()
    with tempfile.TemporaryDirectory(dir=ROOM if ROOM.is_dir() else None) as name:
        folder = Path(name)
        shim.start_again_with_it(folder)
        os.environ["CLUSTERBOOK_DATA"] = str(folder / "data")
        logging.disable(logging.CRITICAL)  # what is shown is in the table
        from tests.faults.book import put_book
        from tests.faults.catalogue import FAULTS

        put_book(folder / "sample")  # made once, for all the processes to come
        gc.freeze()
        chosen = [fault for fault in FAULTS if not asked.only or fault.id in asked.only.split(",")]
        every = []
        for told in all_of_them(chosen, asked, folder):
            every.append(told)
            if not asked.json:
                show(told, asked)
    shim.tidy()
    if asked.json:
        sys.stdout.write(json.dumps({"seed": asked.seed, "faults": every}))
    elif not all(told["ok"] for told in every):
        wrong = ", ".join(sorted(told["fault"] for told in every if not told["ok"]))
        sys.stdout.write(f"Not as it must be: {wrong} (seed {asked.seed})\n")
    return int(not asked.json and not all(told["ok"] for told in every))


def show(told: Told, asked: argparse.Namespace) -> None:
    """Print a row, and keep it if that was asked for."""
    day = dt.datetime.now(dt.UTC).strftime("%d %B %Y").lstrip("0")
    made = line(told, f"{day}, {asked.times or asked.count}, seed {asked.seed}")
    sys.stdout.write(f"{made}\n")
    sys.stdout.flush()
    if asked.keep:
        write_results([made])


if __name__ == "__main__":
    sys.exit(main())
