"""Stand-ins for what main.py hands the window, so that its frame can be tried without models."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import FileTrouble, Refused
from models.exchange.preview import Mark, Preview, RowPreview
from ui.app import Surroundings
from ui.doors import Care, Doors, Found, FrameFacts, NewCluster
from ui.icons import Icon
from ui.messages import Messages, Notice
from ui.shell.pages import Page, PageSpec
from ui.tasks import Delivery, Job, Progress, Tasks
from ui.widgets.buttons import Button
from ui.widgets.layouts import column
from ui.widgets.parts import page_head
from ui.widgets.plain import Label

TODAY = dt.date(2025, 3, 3)


@dataclass(frozen=True)
class Changed:
    """Changes, as the store returns them."""

    step: int | None
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    name: str = ""


class PaperStore:
    """A store of named steps and nothing else. It insists on one thread, as the real one does."""

    def __init__(self, path: Path, cluster: str = "Tidewater Cluster", *, sample: bool = False) -> None:
        self.path, self.cluster, self.sample = path, cluster, sample
        self.done: list[str] = []
        self.undone: list[str] = []
        self.closed = False
        self.read_only = False
        self.left_behind = None
        self.copies: list[Path] = []
        self.backed_up = 0
        self.thread = threading.get_ident()

    def _insist(self) -> None:
        assert threading.get_ident() == self.thread, "the store was used from another thread"

    @contextmanager
    def read(self):
        self._insist()
        yield self

    @contextmanager
    def transaction(self, name: str):
        self._insist()
        changes = Changed(len(self.done) + 1, {"claim": (1,)}, name)
        yield self, changes
        self.done.append(changes.name)
        self.undone.clear()

    def undo_name(self) -> str | None:
        self._insist()
        return self.done[-1] if self.done else None

    def redo_name(self) -> str | None:
        return self.undone[-1] if self.undone else None

    def undo(self) -> Changed:
        if not self.done:
            raise Refused("There is nothing to undo.")
        self.undone.append(self.done.pop())
        return Changed(9, {"claim": (1,)})

    def redo(self) -> Changed:
        self.done.append(self.undone.pop())
        return Changed(10, {"claim": (1,)})

    def back_up_if_changed(self) -> object:
        self._insist()
        self.backed_up += 1
        return self.backed_up

    def verify_if_due(self) -> None:
        self._insist()

    def write_back(self) -> None:
        self._insist()

    def save_copy(self, target: Path) -> None:
        self._insist()
        self.copies.append(target)

    def reverse(self, step: int) -> Changed:
        self._insist()
        self.done.append(f"Reverse: {self.done[step - 1]}")
        return Changed(11, {"claim": (1,)})

    def restore_deleted(self, table: str, row_id: int, name: str) -> Changed:
        self._insist()
        self.done.append(name)
        return Changed(12, {table: (row_id,)})

    def close(self) -> None:
        self._insist()
        self.closed = True


class PaperDoors:
    """Doors onto PaperStores; remembers what was asked of it."""

    def __init__(self) -> None:
        self.stores: list[PaperStore] = []
        self.removed: list[Path] = []
        self.exported: list[Path] = []
        self.brought: list[tuple[PaperStore, Preview]] = []
        self.templates: list[Path] = []
        self.searched: list[str] = []
        self.notices = ()

    def doors(self) -> Doors:
        return Doors(
            open=self.open,
            create=self.create,
            sample=self.make_sample,
            frame=self.frame,
            search=self.search,
            export=self.export,
            remove=self.remove,
            look=self.open,
            preview=self.preview,
            bring_in=self.bring_in,
            template=self.template,
            restore=self.restore,
            care=Care(
                in_place=self.open,
                take_over=self.open,
                damaged=self.open,
                backups=lambda _path: (),
                inspect=self.inspect,
                salvage=lambda _path, _target, _progress: (0, 0),
            ),
        )

    def open(self, path: Path, _progress: Progress) -> PaperStore:
        if path.suffix != ".clusterbook":
            raise FileTrouble("E03", f"{path.name} is not a Clusterbook file: choose one that is.")
        return self._hand_out(PaperStore(path))

    def restore(self, path: Path, backup: Path, _progress: Progress) -> PaperStore:
        assert all(store.closed for store in self.stores), "a book is restored while it is open"
        if backup.suffix != ".bak":
            raise FileTrouble("E06", f"{backup.name} is damaged.")
        return self._hand_out(PaperStore(path))

    def inspect(self, backup: Path):
        raise FileTrouble("E06", f"{backup.name} is damaged.")

    def create(self, new: NewCluster, _progress: Progress) -> PaperStore:
        return self._hand_out(PaperStore(new.path, new.name))

    def make_sample(self, path: Path, _progress: Progress) -> PaperStore:
        return self._hand_out(PaperStore(path, sample=True))

    def frame(self, store: PaperStore, year: int | None) -> FrameFacts:
        counts = {"claims": 4, "fund": 1, "bank": 2}
        return FrameFacts(
            path=store.path,
            cluster=store.cluster,
            detail="8 schools · year 1 of 2",
            years=(2023, 2024),
            year=year or 2024,
            counts=counts,
            backup="Backed up today, 3:02pm",
            sample=store.sample,
            notices=self.notices,
        )

    def search(self, _store: PaperStore, words: str) -> list[Found]:
        self.searched.append(words)
        return [Found("claims", 18, "SC-0018", "Cover claim, Millbrook C of E Primary School")]

    def export(self, _store: PaperStore, path: Path, _progress: Progress) -> None:
        self.exported.append(path)

    def preview(self, _store: PaperStore, path: Path, _progress: Progress) -> Preview:
        row = RowPreview("Schools", 2, Mark.NEW, "Oakmere Primary School")
        return Preview((row,)) if path.suffix == ".xlsx" else Preview(())

    def bring_in(self, session: PaperStore, preview: Preview) -> None:
        self.brought.append((session, preview))

    def template(self, path: Path, _progress: Progress) -> None:
        self.templates.append(path)

    def remove(self, path: Path) -> None:
        self.removed.append(path)

    def _hand_out(self, store: PaperStore) -> PaperStore:
        self.stores.append(store)
        return store


class SpotRunner:
    """Runs every job on the spot, and brings its result back before `run` returns."""

    def __init__(self) -> None:
        self.finished = False

    def busy(self) -> bool:
        return False

    def run(self, func, done, failed=None, *, key: str = "", keep: bool = False) -> Job:
        job = Job(func, done, failed, key, keep)
        job.work()
        job.over = True
        if job.error is None:
            done(job.result)
        elif failed is not None:
            failed(job.error)
        else:
            raise job.error
        return job

    def finish(self, last: Callable[[], None] | None = None) -> None:
        self.finished = True
        if last is not None:
            last()


class SpotTasks(Tasks):
    """Tasks without threads."""

    def __init__(self) -> None:
        self.delivery = Delivery()
        self.file = SpotRunner()
        self.pool = SpotRunner()


class HeardMessages:
    """Listens to the message gateway and keeps what it hears, instead of a person."""

    def __init__(self, messages: Messages) -> None:
        self.said: list[str] = []
        self.notices: list[Notice] = []
        messages.said.connect(self.said.append)
        messages.noticed.connect(self.notices.append)

    @property
    def texts(self) -> list[str]:
        return [notice.text for notice in self.notices]


class PlainPage(Page):
    """A page that says its name and the year it shows."""

    def __init__(self, context, title: str) -> None:
        super().__init__(context)
        self.title = title
        self.refreshed: list[int] = []
        self.records: list[object] = []
        self.context_line = Label("", "body", "muted")
        first = Button("Approve", tip=f"Approve on {title}")
        first.setObjectName("first")
        self.setLayout(
            column(page_head(title, self.context_line, Button("Export"), first), 1, margins=(24, 20, 24, 20))
        )

    def refresh(self, year: int) -> None:
        self.refreshed.append(year)
        self.context_line.setText(f"Monday 3 March 2025 · showing {year}")
        self.filled.emit()

    def go_to(self, record: object) -> None:
        self.records.append(record)


NAMES = (
    ("home", "Home", Icon.HOME),
    ("meetings", "Meetings", Icon.MEETINGS),
    ("claims", "Cover claims", Icon.CLAIMS),
    ("fund", "Fund", Icon.FUND),
    ("bank", "Resource bank", Icon.BANK),
    ("schools", "Schools and people", Icon.SCHOOLS),
    ("impact", "Impact", Icon.IMPACT),
    ("pack", "Review pack", Icon.PACK),
)


def pages() -> tuple[PageSpec, ...]:
    """The pages of the reference picture, as plain ones."""
    specs = [
        PageSpec(
            key,
            title,
            icon,
            lambda context, title=title: PlainPage(context, title),
            help=f"help/{key}.md" if key in {"home", "pack"} else "",
        )
        for key, title, icon in NAMES
    ]
    settings = PageSpec(
        "settings", "Settings", Icon.SETTINGS, lambda context: PlainPage(context, "Settings"), foot=True
    )
    return (*specs, settings)


def around(folder: Path) -> Surroundings:
    """A world in a folder, on a day in March."""
    return Surroundings(
        data=folder,
        documents=folder,
        sample=folder / "sample.clusterbook",
        today=lambda: TODAY,
        versions=lambda: ("Clusterbook 0.1.0", "Python 3.11", "Qt 6.11"),
    )
