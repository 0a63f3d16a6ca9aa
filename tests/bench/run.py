"""Measurements as ratios to a floor of one run: `python tests/bench/run.py`. Nothing fails here.

First paint and ready-with-data against a bare window and bare imports; the pack against a bare canvas with as
many plain pages; opening, summary and pack data at 1, 10 and 100 times the sample.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import textwrap
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import windows
from tests.bench.larger import multiply

if TYPE_CHECKING:
    from collections.abc import Callable

YEAR = 2024
LINES, LETTERS = 50, 90  # of plain text on a page
WORDS = (
    "the of and to in a school children science teacher was is for year with on their that pupils lesson "
    "this as they from at have light sound plants forces materials magnets be were by which each term 12 "
    "school, science. question. measured, observed; explained £45.50 Monday investigation Earth's (fair) "
    "experiment group work before after between predicted results: conclusion equipment resources kit 2024"
).split()


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median seconds of some runs."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return median(found)


def side_by_side(
    work: Callable[[], object], floor: Callable[[], object], many: int, times: int = 9
) -> tuple[float, float]:
    """Seconds of a work and of its floor, from the turn whose ratio is the middle one.

    In a turn the floor follows the work, so many times on end that both take about as long: the load of
    other programs, which may double both, then falls on both.
    """
    turns = []
    for _ in range(times):
        start = perf_counter()
        work()
        half = perf_counter()
        for _ in range(many):
            floor()
        turns.append((half - start, (perf_counter() - half) / many))
    return sorted(turns, key=lambda turn: turn[0] / turn[1])[times // 2]


def show(name: str, value: float, floor: float, reach: float, what: str) -> None:
    """One line: seconds, the floor, their ratio and what is to be reached."""
    ratio = value / floor
    mark = "ok" if ratio <= reach else "OVER"
    figures = f"{value * 1000:9.0f} ms {floor * 1000:9.0f} ms {ratio:8.2f} ×"
    print(f"{name:<26}{figures} (reach {reach:g}) {mark:<5}{what}")


def plain_lines(pages: int) -> list[list[str]]:
    """Plain text that fills so many pages, no line like another, as prose is."""
    words = random.Random(2024)  # noqa: S311  (only a text to set)
    return [
        [
            textwrap.shorten(" ".join(words.choices(WORDS, k=30)), LETTERS, placeholder="")
            for _ in range(LINES)
        ]
        for _ in range(pages)
    ]


def bare_canvas(pages: list[list[str]], font: str) -> None:
    """A4 pages of plain text, with nothing but ReportLab's own canvas."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO())
    for lines in pages:
        text = canvas.beginText(56, 780)
        text.setFont(font, 11, 15)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def register_plain() -> str:
    """The pack's own typeface as plain ReportLab takes it, without what our kit adds."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from reports.kit.fonts import FILES, REGULAR

    pdfmetrics.registerFont(TTFont("Plain", str(FILES / f"{REGULAR}.ttf")))
    return "Plain"


def bench_windows(folder: Path, book: Path) -> None:
    """First paint and ready with the sample, in fresh processes; of the turn whose ratio is the middle one.

    In a turn all four follow each other: a machine that is busy or slow for a while is so for all of them.
    """
    data = {"BOOK": str(book)}
    asked = [(windows.BARE, {}), (windows.IMPORTS, {})]
    asked += [(windows.OURS, {**data, "WANTED": wanted}) for wanted in ("paint", "ready")]
    turns = [[windows.seconds(script, folder, **more) for script, more in asked] for _ in range(8)][1:]
    paint = sorted(turns, key=lambda turn: turn[2] / turn[0])[len(turns) // 2]
    ready = sorted(turns, key=lambda turn: turn[3] / (turn[0] + turn[1]))[len(turns) // 2]
    show("first paint", paint[2], paint[0], 1.5, "bare PySide6 window")
    show("ready with the sample", ready[3], ready[0] + ready[1], 1.4, "imports + bare window")


def bench_pack(book: Path) -> None:
    """The sample's full pack, from a snapshot to bytes; both are warm."""
    from models.store import Store
    from ui.desk import pack_snapshot, print_pack

    with closing(Store.open(book, read_only=True)) as store:
        data = pack_snapshot(store, YEAR)
    pages = plain_lines(print_pack(data).pages)
    for font, kind in ((register_plain(), "embedded like the pack's"), ("Helvetica", "nothing embedded")):
        found = side_by_side(partial(print_pack, data), partial(bare_canvas, pages, font), 10)
        show("the sample's pack", *found, 10, f"{len(pages)} plain pages, {kind}")


def bench_sizes(folder: Path) -> None:
    """Opening, summary and pack data as the book grows; the floor is the sample itself."""
    from models.store import Store
    from ui.desk import make_sample, pack_snapshot, year_summary

    def opened(path: Path) -> None:
        Store.open(path, read_only=True).close()

    floors: dict[str, float] = {}
    for times in (1, 10, 100):
        path = folder / f"{times}.clusterbook"
        with closing(make_sample(path)) as store, store.transaction("Multiply") as (session, _):
            multiply(session, times)
        reached = [("open", timed(partial(opened, path), 3))]
        with closing(Store.open(path, read_only=True)) as store:
            reached.append(("summary", timed(partial(year_summary, store, YEAR), 3)))
            reached.append(("pack data", timed(partial(pack_snapshot, store, YEAR), 3)))
        for name, value in reached:
            floors.setdefault(name, value)
            show(f"{name} at {times} ×", value, floors[name], times, "the sample")


def main() -> None:
    """Print every ratio."""
    from ui.desk import make_sample

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "sample.clusterbook"
        make_sample(book).close()
        bench_pack(book)
        bench_sizes(folder)
        bench_windows(folder, book)


if __name__ == "__main__":
    main()
