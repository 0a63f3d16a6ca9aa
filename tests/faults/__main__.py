"""Make every fault of safety.md section 5 happen to our own book, and print what came of it.

python -m tests.faults [--count small|push|nightly] [--times N] [--only T01,T02] [--seed N] [--json]

Without --json the rows are also written to RESULTS.md. The status is 1 if anything was lost or
damaged, or if a control (the same fault with the protection off) did not notice.
"""

import argparse
import dataclasses
import datetime as dt
import json
import logging
import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import shim
from tests.faults.result import Fault, Result

SIZES = ("small", "push", "nightly")
RESULTS = Path(__file__).with_name("RESULTS.md")
ROOM = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one: faults are made, not waited for
COLUMNS = "Fault, Runs, Lost, Damaged, Shown, Note, Control (protection off), Seconds, When".split(", ")
HEAD = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"
WORDS = """# What the faults did

Written by `python -m tests.faults`; the faults are those of safety.md section 5, made to happen to the sample
book in a real file, through the services and the store. “Lost” are records that were said to be saved;
“damaged” are files left half-way and guards that let something through. A control is the same fault with the
protection off: it must be noticed, or the test is blind. The same count and seed give the same draws again.

"""


def one(fault: Fault, size: str, seed: int, folder: Path, times: int | None) -> dict[str, object]:
    """Make a fault happen, and its control."""
    begun = time.monotonic()
    if fault.needs_shim and not shim.is_loaded():
        return {"fault": fault.id, "title": fault.title, "skipped": "no C compiler here"}
    count = times or fault.counts[SIZES.index(size)]
    place = folder / fault.id
    place.mkdir()
    found = fault.run(count, seed, place)
    control = fault.control(count, seed, place)
    told = {"result": dataclasses.asdict(found), "control": dataclasses.asdict(control)}
    ok = found.is_clean and not control.is_clean
    return {
        "fault": fault.id,
        "title": fault.title,
        "ok": ok,
        **told,
        "seconds": round(time.monotonic() - begun, 1),
    }


def line(told: dict, when: str) -> str:
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


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--count", choices=SIZES, default=os.environ.get("FAULTS", "push"))
    parser.add_argument("--times", type=int, help="how often, instead of --count")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10_000))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if "--seed" not in sys.argv:
        sys.argv += ["--seed", str(asked.seed)]  # the same draws if this program starts itself again
    with tempfile.TemporaryDirectory(dir=ROOM if ROOM.is_dir() else None) as name:
        folder = Path(name)
        shim.start_again_with_it(folder)
        os.environ["CLUSTERBOOK_DATA"] = str(folder / "data")
        logging.disable(logging.CRITICAL)  # what is shown is in the table
        from tests.faults.catalogue import FAULTS

        every = []
        for fault in FAULTS:
            if not asked.only or fault.id in asked.only.split(","):
                every.append(one(fault, asked.count, asked.seed, folder, asked.times))
                if not asked.json:
                    show(every[-1], f"{asked.times or asked.count}, seed {asked.seed}")
    shim.tidy()
    if asked.json:
        sys.stdout.write(json.dumps({"seed": asked.seed, "faults": every}))
        return 0
    return int(not all(told.get("ok", True) for told in every))


def show(told: dict, how: str) -> None:
    """Print a row, and keep it."""
    day = dt.datetime.now(dt.UTC).strftime("%d %B %Y").lstrip("0")
    made = line(told, f"{day}, {how}")
    sys.stdout.write(f"{made}\n")
    sys.stdout.flush()
    write_results([made])


if __name__ == "__main__":
    sys.exit(main())
