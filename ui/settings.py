"""What the window remembers between runs: typed attributes over one INI file at an injected path."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT_MOST = 10
SCALES = (1.0, 1.1, 1.25, 1.5, 1.75)


class ThemeChoice(StrEnum):
    """Light, dark, or as the system is."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class RecentFile:
    """A book opened before.

    Attributes:
        path: where it was.
        name: the cluster's name.
        detail: the line under the name ("7 schools · year 1 of 2"), so that the frame can be drawn at once.
        opened: the day it was last opened.
    """

    path: Path
    name: str
    detail: str
    opened: dt.date

    def missing(self) -> bool:
        """The file is not there now; it may be on a stick that is not plugged in."""
        try:
            return not self.path.is_file()
        except OSError:
            return True


@dataclass(frozen=True)
class LabelPrinter:
    """How labels were printed last: the sheet's name, and mm that all is moved right and down."""

    sheet: str = ""
    right: float = 0.0
    down: float = 0.0


class Settings:
    """The one reader and writer of the settings file.

    Values that are missing, of another type or out of range read as the default: a damaged settings file
    must never keep anybody from her book.

    Args:
        path: the INI file; its folder is made when the first value is written.
    """

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def save(self) -> None:
        """Write everything to disk now."""
        self._store.sync()

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark or as the system."""
        text = self._text("view/theme")
        return ThemeChoice(text) if text in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("view/theme", choice.value)

    @property
    def text_size(self) -> float:
        """The text size, one of `SCALES`."""
        try:
            wanted = float(self._text("view/text_size") or 1)
        except ValueError:
            return 1.0
        return wanted if wanted in SCALES else 1.0

    @text_size.setter
    def text_size(self, scale: float) -> None:
        self._store.setValue("view/text_size", str(scale))

    @property
    def year(self) -> int | None:
        """The school year last shown."""
        text = self._text("view/year")
        return int(text) if text.isdecimal() else None

    @year.setter
    def year(self, year: int) -> None:
        self._store.setValue("view/year", str(year))

    @property
    def page(self) -> str:
        """The key of the page last shown; "" if none."""
        return self._text("view/page")

    @page.setter
    def page(self, key: str) -> None:
        self._store.setValue("view/page", key)

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the main window, as Qt keeps them; empty the first time."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    def table(self, key: str) -> str:
        """How a table was left: widths, order, hidden columns, sorting, as text; "" if never changed."""
        return self._text(f"tables/{key}")

    def keep_table(self, key: str, text: str) -> None:
        """Remember how a table was left."""
        self._store.setValue(f"tables/{key}", text)

    @property
    def charts(self) -> tuple[str, ...]:
        """The keys of the charts chosen for Home; empty means our choice."""
        return tuple(word for word in self._text("home/charts").split(" ") if word)

    @charts.setter
    def charts(self, keys: tuple[str, ...]) -> None:
        self._store.setValue("home/charts", " ".join(keys))

    @property
    def label_printer(self) -> LabelPrinter:
        """How labels were printed last; a sheet that is not known, or a length that is none, is as new."""
        try:
            known = LabelPrinter(**json.loads(self._text("papers/labels") or "{}"))
            return LabelPrinter(str(known.sheet), float(known.right), float(known.down))
        except (ValueError, TypeError):
            return LabelPrinter()

    @label_printer.setter
    def label_printer(self, known: LabelPrinter) -> None:
        self._store.setValue("papers/labels", json.dumps(asdict(known)))

    @property
    def in_place(self) -> frozenset[Path]:
        """Books that are worked on where they lie, although others may touch them there (safety 3.7)."""
        return frozenset(Path(line) for line in self._text("files/in_place").split("\n") if line)

    def work_in_place(self, path: Path) -> None:
        """Work on this book where it lies from now on."""
        self._store.setValue("files/in_place", "\n".join(sorted({*map(str, self.in_place), str(path)})))

    @property
    def recent(self) -> tuple[RecentFile, ...]:
        """Books opened before, newest first, at most ten; those that are missing now are still listed."""
        try:
            lines = json.loads(self._text("files/recent") or "[]")
            found = [_recent(line) for line in lines]
        except (ValueError, TypeError, KeyError):
            return ()
        return tuple(found[:RECENT_MOST])

    def remember(self, entry: RecentFile) -> None:
        """Put a book at the head of the recent ones."""
        entry = replace(entry, path=entry.path.absolute())
        others = [known for known in self.recent if known.path != entry.path]
        self._write_recent([entry, *others][:RECENT_MOST])

    def forget(self, path: Path) -> None:
        """Take a book off the list of recent ones; the file itself is left alone."""
        self._write_recent([known for known in self.recent if known.path != path])

    def _write_recent(self, entries: list[RecentFile]) -> None:
        lines = [asdict(e) | {"path": str(e.path), "opened": e.opened.isoformat()} for e in entries]
        self._store.setValue("files/recent", json.dumps(lines))

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""


def _recent(line: dict[str, str]) -> RecentFile:
    opened = dt.date.fromisoformat(line["opened"])
    return RecentFile(Path(line["path"]), str(line["name"]), str(line["detail"]), opened)
