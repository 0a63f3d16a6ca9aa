"""The net under everything: an error that nobody expected is logged and shown, with a text to copy.

The log keeps where it happened and what kind of error it was, never the error's own words, because those may
hold names and amounts (safety.md, 6). The dialog shows the whole text, before it is saved or sent anywhere.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

_log = logging.getLogger(__name__)
LOG_BYTES, LOG_FILES = 1_000_000, 5
LOGGED = ("models", "reports", "ui")


class CrashNet:
    """Catches what nobody else did.

    Args:
        show: shows a report to the user; it gets the whole text.
        versions: the lines of versions that head the report.
    """

    def __init__(self, show: Callable[[str], None], versions: Callable[[], tuple[str, ...]]) -> None:
        self._show, self._versions = show, versions
        self._showing = False
        self._before = sys.excepthook
        self._stack_file: TextIO | None = None
        self._handler: logging.Handler | None = None

    def install(self) -> None:
        """Take over from the present hook. Under PySide6 it sees slots and event handlers too."""
        self._before = sys.excepthook
        sys.excepthook = self.caught

    def uninstall(self) -> None:
        """Give the hook back, and close the logs."""
        if sys.excepthook == self.caught:
            sys.excepthook = self._before
        if self._stack_file is not None:
            faulthandler.disable()
            self._stack_file.close()
            self._stack_file = None
        if self._handler is not None:
            for name in LOGGED:
                logging.getLogger(name).removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def keep_logs(self, folder: Path) -> bool:
        """Write logs, and the stack of a hard crash, into a folder; True if the last run ended in one."""
        from logging.handlers import RotatingFileHandler

        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "clusterbook.log",
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES,
            encoding="utf-8",
            delay=True,
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        # by name, not at the root: there, SQLAlchemy would take INFO as a wish to log every value it saves
        for name in LOGGED:
            logger = logging.getLogger(name)
            logger.setLevel(logging.INFO)
            logger.addHandler(handler)
        self._handler = handler
        stacks = folder / "hard-crash.txt"
        crashed = stacks.exists() and stacks.stat().st_size > 0
        if crashed:
            stacks.replace(folder / "last-hard-crash.txt")
        self._stack_file = stacks.open("w", encoding="utf-8")
        faulthandler.enable(self._stack_file)
        return crashed

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and show one error. While one is shown, further ones are only logged."""
        where = "".join(traceback.format_tb(trace))
        _log.critical("unexpected %s at\n%s", kind.__name__, where)
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if self._showing:
            return
        self._showing = True
        try:
            self._show("\n".join([*self._versions(), "", *traceback.format_exception(kind, error, trace)]))
        finally:
            self._showing = False
