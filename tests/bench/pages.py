"""Every page with one and a hundred times the sample: `python tests/bench/pages.py [TIMES]`. Nothing fails.

In a window whose start is over (all pages are imported some 2 s after Home shows). Of each page: the longest
silence of the window while it is opened for the first time and when it is come back to, against 100 ms; how
long coming back takes until the page is in view, against 150 ms; and what filtering its list silences.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.bench.stalls import LIMIT_MS, Watchdog, until

SWITCH_MS, QUIET_S = 150, 0.4


def settle(seconds: float = QUIET_S) -> None:
    """Turn the event loop until nothing waits in the file's thread, and a moment more."""
    end = perf_counter() + seconds
    until(lambda: perf_counter() > end)


def measured(dog: Watchdog, do: Callable[[], None], done: Callable[[], bool]) -> tuple[float, float]:
    """The longest silence and the time until done, in milliseconds."""
    dog.begin()
    began = perf_counter()
    do()
    until(done)
    took = (perf_counter() - began) * 1000
    settle()
    return dog.longest, took


def run(book: Path, folder: Path, words: str) -> None:
    """Open a book and go through its pages."""
    from tests.e2e.driver import world
    from ui import composition
    from ui.app import Start
    from ui.lists.pane import ListPane

    app = QApplication.instance() or QApplication([])
    around = world(folder)
    start = Start(app, around, book, lambda: composition.compose(around))
    filled: list[str] = []
    start.show()
    until(lambda: start.assembly is not None and start.assembly.shell.host.current_key != "")
    shell = start.assembly.shell
    shell.host.filled.connect(lambda: filled.append(shell.host.current_key))
    until(lambda: start.assembly.is_warm)
    settle(1)
    dog = Watchdog()
    for spec in shell._pages:
        filled.clear()
        here = {shell.host.current_key}  # the page in view does not ask again
        opened, _ = measured(
            dog,
            lambda key=spec.key: shell.go(key),
            lambda key=spec.key, here=here: key in {*filled, *here},
        )
        shell.go("home")
        settle()
        again, took = measured(dog, lambda key=spec.key: shell.go(key), lambda: True)
        page = shell.host.page(spec.key)
        panes = [pane for pane in page.findChildren(ListPane) if pane.isVisible()]
        typed = 0.0
        if panes:
            typed, _ = measured(dog, partial(panes[0].filter_by, "o"), lambda: True)
            panes[0].filter_by("")
            settle()
        ok = max(opened, again, typed) <= LIMIT_MS and took <= SWITCH_MS
        back = f"back {again:5.0f} ms deaf, {took:4.0f} ms"
        mark = "ok" if ok else "OVER"
        print(
            f"{words:<6} {spec.title:<20} opened {opened:5.0f} ms   {back}   filter {typed:4.0f} ms   {mark}"
        )
    start.window.close()
    start.finish()


def main() -> None:
    """Once with the sample, once with many times it."""
    from tests.bench.larger import multiply
    from ui import desk

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    folder = Path(tempfile.mkdtemp(prefix="clusterbook-"))
    os.environ["CLUSTERBOOK_DATA"] = str(folder / "data")
    for number in dict.fromkeys((1, times)):
        book = folder / f"sample-{number}.clusterbook"
        store = desk.make_sample(book)
        if number > 1:
            with store.transaction("Make larger") as (session, _):
                multiply(session, number)
        store.close()
        run(book, folder, f"{number} ×")


if __name__ == "__main__":
    main()
