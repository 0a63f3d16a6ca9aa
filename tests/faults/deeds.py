"""What a user does while the disk fails: save, undo, back up, copy, export, import, print, restore."""

# ruff: noqa: S311, ARG001 - the draws must be repeatable; deeds have one shape

import functools
import random
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from models.exchange.columns import columns
from models.exchange.grid import Row
from models.exchange.preview import Preview
from models.exchange.rows import apply, parse
from models.exchange.sheets import BY_TITLE
from models.queries.everything import SheetRows, everything
from models.store import Store
from reports.workbook import write_export
from tests.faults.book import MARK, open_book, put_book, save, setup_in
from ui import desk

SAID = ("t0", "t1")
"""The batches that are saved before anything fails."""

OLD = b"what stood there last year"
OUTPUTS = ("list.xlsx", "pack.pdf")
"""Files that a deed writes over an old one of that name."""

IMPORTED, ROWS = "imported", 5


@dataclass(frozen=True)
class Ready:
    """What is worked out once, before the disk fails."""

    sheets: tuple[SheetRows, ...]
    preview: Preview
    pack: bytes


@functools.cache
def ready() -> Ready:
    """An export's rows, an import that was read and looked at, a pack that was laid out."""
    with tempfile.TemporaryDirectory() as name:
        path = put_book(Path(name) / "ready", *SAID)
        with closing(open_book(path)) as store:
            with store.read() as session:
                found = everything(session)
                preview = parse(session, {"Actions": _rows()})
            preview.require_clean()
            return Ready(found[:3], preview, desk.review_pack(store, 2024, short=True).pdf)


def _rows() -> list[Row]:
    """Some actions that belong together, as a workbook brings them."""
    fields = columns(BY_TITLE["Actions"])
    what = f"{MARK}{IMPORTED} of {ROWS}"
    cells = [
        tuple({"code": f"ACT-{9000 + number}", "what": what}.get(column.field) for column in fields)
        for number in range(ROWS)
    ]
    return [
        Row(number, row) for number, row in enumerate([tuple(column.heading for column in fields), *cells], 1)
    ]


Do = Callable[[Store, Path], None]


def _save(store: Store, path: Path) -> None:
    save(store, "failing", random.Random(3))


def _undo(store: Store, path: Path) -> None:
    store.undo()


def _back_up(store: Store, path: Path) -> None:
    store.back_up()


def _copy(store: Store, path: Path) -> None:
    store.save_copy(path.with_name("copy.clusterbook"))


def _export(store: Store, path: Path) -> None:
    write_export(path.with_name("list.xlsx"), ready().sheets)


def _import(store: Store, path: Path) -> None:
    store.back_up("before-import")
    with store.transaction("Import") as (session, _):
        apply(session, ready().preview)


def _pack(store: Store, path: Path) -> None:
    desk.save_paper(path.with_name("pack.pdf"), ready().pack)


@dataclass(frozen=True)
class Deed:
    """Something a user does with an open book.

    Attributes:
        do: does it.
        adds, takes: the batch that is there once it is done, or no more.
    """

    do: Do
    adds: str = ""
    takes: str = ""

    def said(self) -> set[str]:
        """The batches that are said to be saved once it is done."""
        return {*SAID, *([self.adds] if self.adds else [])} - {self.takes}

    def at_least(self) -> set[str]:
        """The batches that must be there if it failed."""
        return set(SAID) - {self.takes}


DEEDS = {
    "save": Deed(_save, adds="failing"),
    "undo": Deed(_undo, takes="t1"),
    "back-up": Deed(_back_up),
    "copy": Deed(_copy),
    "export": Deed(_export),
    "import": Deed(_import, adds=IMPORTED),
    "pack": Deed(_pack),
}


def put_for_a_deed(folder: Path) -> Path:
    """A book with what was saved, and old files that a deed would write over."""
    path = put_book(folder, *SAID)
    for name in OUTPUTS:
        path.with_name(name).write_bytes(OLD)
    return path


def half_written(path: Path) -> list[str]:
    """The files that stood there are as they were, or whole new ones."""
    wrong = []
    for name in OUTPUTS:
        content = path.with_name(name).read_bytes()
        whole = {
            "list.xlsx": content[:2] == b"PK" and b"[Content_Types].xml" in content[-4000:],
            "pack.pdf": content == ready().pack,
        }
        if content != OLD and not whole[name]:
            wrong.append(f"{name} was half-written over the old one")
    return wrong


# -- what a user does with a book that is not open


def put_to_restore(folder: Path) -> tuple[Path, Path]:
    """A book and an older backup of it."""
    path = put_book(folder)
    with closing(open_book(path)) as store:
        save(store, "t0", random.Random(1))
        made = store.back_up()
        save(store, "t1", random.Random(1))
    return path, made.path


def restore(path: Path, backup: Path) -> None:
    """Put the backup in the book's place."""
    Store.restore(path, backup, setup=setup_in(path.parent.parent)).close()
