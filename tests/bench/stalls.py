"""How long the window is deaf: `python tests/bench/stalls.py`. Nothing fails here.

A timer asks every few milliseconds whether the event loop still turns; the longest silence of each thing a
user does is printed, against the 100 ms that nobody should notice.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

BEAT_MS, LIMIT_MS, PATIENCE = 5, 100, 120.0


class Watchdog(QObject):
    """Notes the longest time between two turns of the event loop, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._turned)
        self._timer.start()

    def begin(self) -> None:
        """Start afresh."""
        self.longest, self._last = 0.0, perf_counter()

    def _turned(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - BEAT_MS)
        self._last = now


def until(condition: Callable[[], bool]) -> None:
    """Turn the event loop until something is so."""
    end = perf_counter() + PATIENCE
    while not condition() and perf_counter() < end:
        QApplication.processEvents()


def main() -> None:
    """Do what a user does, and print the longest silence of each."""
    folder = Path(tempfile.mkdtemp(prefix="clusterbook-"))
    os.environ["CLUSTERBOOK_DATA"] = str(folder / "data")
    from tests.e2e.driver import world
    from ui import composition, desk
    from ui.app import Start
    from ui.shell.actions import Action

    book = folder / "sample.clusterbook"
    desk.make_sample(book).close()
    app = QApplication([])
    around = world(folder)
    start = Start(app, around, book, lambda: composition.compose(around))
    dog = Watchdog()

    def told(what: str, do: Callable[[], None], done: Callable[[], bool]) -> None:
        dog.begin()
        began = perf_counter()
        do()
        until(done)
        took = (perf_counter() - began) * 1000
        mark = "ok" if dog.longest <= LIMIT_MS else "OVER"
        print(f"{what:<26} longest silence {dog.longest:6.0f} ms of {took:6.0f} ms  {mark}")

    def home_of(year: int) -> bool:
        page = start.assembly.shell.host.page("home") if start.assembly else None
        facts = page.facts() if page else None
        return facts is not None and facts.year == year and all(chart.drawn() for chart in page.charts())

    def paper(short: bool = False) -> bool:
        page = start.assembly.shell.host.page("pack")
        return page is not None and page.pane.settled() and page.pane.short_form().isChecked() == short

    told("open the sample", start.show, lambda: home_of(2024))
    shell = start.assembly.shell
    told("the year before", shell.actions_table[Action.YEAR_BEFORE].trigger, lambda: home_of(2023))
    told("the year after", shell.actions_table[Action.YEAR_AFTER].trigger, lambda: home_of(2024))
    told("dark", shell.actions_table[Action.THEME_DARK].trigger, lambda: home_of(2024))
    told("larger text", shell.actions_table[Action.TEXT_LARGER].trigger, lambda: home_of(2024))
    told("open the pack", lambda: shell.go("pack"), paper)
    told(
        "the short form",
        lambda: start.assembly.shell.host.page("pack").pane.short_form().click(),
        lambda: paper(short=True),
    )
    told(
        "export", lambda: shell.host.page("pack").pane.export_to(folder / "p.pdf"), (folder / "p.pdf").exists
    )
    start.window.close()
    start.finish()


if __name__ == "__main__":
    main()
