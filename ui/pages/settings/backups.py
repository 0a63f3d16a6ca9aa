"""The book's backups: made by themselves and by hand, looked into, and put back (safety 3.4, 3.5)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.errors import AppError, FileTrouble
from ui.delegates.table import RecordTable
from ui.dialogs.files import choose_folder, open_folder
from ui.format import file_size, moment
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import DETAIL, HANG, STACK_BELOW
from ui.messages import Question
from ui.overrides import override
from ui.records.backup_words import inside_words, reason_words, when_words
from ui.shell.pages import Command
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Box, clear, column, holder, row, rule
from ui.widgets.panes import SizedPane
from ui.widgets.parts import Banner
from ui.widgets.plain import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from models.store import Store
    from models.store.backup import Facts
    from models.store.second import Verified
    from models.store.values import Backup
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress
    from ui.wayfinding import Place

NONE_YET = "There is no backup yet. Clusterbook makes one when you close the book; or make one now."


MOST_READ = 100_000_000  # bytes that are looked into without being asked


class Listed(NamedTuple):
    """What the section asks of the store."""

    backups: Sequence[Backup]
    folder: Path | None
    read_only: bool
    trouble: str
    second: Path | None = None
    looked: Verified | None = None


def second_words(listed: Listed, today: dt.date) -> str:
    """Where copies go, and when a backup was last looked into, in a sentence or two."""
    copies = (
        f"A copy of each backup goes to {listed.second}."
        if listed.second
        else "No second folder is chosen: one on another drive would keep a copy of each backup."
    )
    if listed.looked is None:
        return copies
    looked = f"Last verified {moment(listed.looked.at.astimezone(), today)}"
    found = "the newest was not whole." if listed.looked.trouble else "the newest was whole."
    return f"{copies} {looked}: {found}"


class BackupPanel(DetailPanel):
    """One backup: when, why, and what a check of it found.

    Attributes:
        restore_wanted, check_wanted: a button was pressed.
    """

    restore_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__("Backup")
        self._today = today

    @override
    def show_record(self, record: Any, found: str = "", *, can_restore: bool = True) -> None:
        if record is None:
            self.say("Choose a backup to look into it.")
            return
        backup: Backup = record
        when = when_words(backup, self._today())
        restore, check = Button("Restore…", Kind.PRIMARY, tip=f"Restore: {when}"), Button("Check it")
        restore.setEnabled(can_restore)
        restore.clicked.connect(self.restore_wanted)
        check.clicked.connect(self.check_wanted)
        lines = facts([("Made", reason_words(backup.reason)), ("Size", file_size(backup.size))], width=60)
        said = [Label(found, wrap=True)] if found else []
        self.fill(record_head(when), lines, buttons(restore, check), *said)


class BackupsSection(QWidget):
    """The list of backups, and what can be done with one."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._listed = Listed((), None, read_only=False, trouble="")
        self._found: dict[Path, str] = {}
        self._inside: dict[Path, Facts | None] = {}  # what was looked into; None: it is not whole
        self._made: Path | None = None  # to be chosen when the list has it
        self.now_button = Button("Back up now", Kind.PRIMARY)
        self.now_button.clicked.connect(self.back_up)
        self.folder_button = Button("Open the folder", icon=Icon.FOLDER)
        self.folder_button.clicked.connect(self._open_folder)
        self.own_tools = row(self.folder_button, self.now_button, gap=8)
        self._trouble = column(margins=(HANG, 0, 0, 0))
        self._none = Label(NONE_YET, "body", "muted", wrap=True)
        self.table = RecordTable("Backups", self._columns(), lambda backup: backup.path)
        self.panel = BackupPanel(context.today)
        self.panel.restore_wanted.connect(self.restore)
        self.panel.check_wanted.connect(self.check)
        self.table.chosen.connect(lambda _backup: self._show_chosen())
        self.table.opened.connect(lambda _backup: self.check())
        self._build()

    def _build(self) -> None:
        self._side, self._edge = SizedPane(self.panel), rule("v")
        self._body: Box = row(self.table, self._edge, self._side, gap=20)
        self._body.setStretch(0, 1)
        self._side.set_size(DETAIL, fixed=True)
        self._list = holder(self._body)
        self.second_line = Label("", "body", "muted", wrap=True)
        self.second_button = Button("Choose a second folder…")
        self.second_button.clicked.connect(self._choose_second)
        self.no_second_button = Button("No longer", tip="No longer keep a copy of each backup there")
        self.no_second_button.clicked.connect(partial(self._second_chosen, None))
        foot = row(
            self.second_line, self.no_second_button, self.second_button, gap=8, margins=(HANG, 0, 0, 0)
        )
        foot.setStretchFactor(self.second_line, 1)
        none = column(self._none, margins=(HANG, 0, 0, 0))
        whole = column(self._trouble, none, self._list, foot, gap=12)
        whole.setStretch(2, 1)
        whole.addStretch(0)
        self._whole = whole
        self.setLayout(whole)

    def refresh(self, year: int) -> None:  # noqa: ARG002 -- backups are of the whole book
        """Ask what backups there are."""

        def work(store: OpenStore, _progress: Progress) -> Listed:
            real = cast("Store", store)
            found = real.backups()
            trouble = str(real.backup_trouble or "")
            folder = found[0].path.parent if found else None
            trouble = trouble or real.second_trouble
            return Listed(found, folder, real.read_only, trouble, real.second_folder, real.verified())

        self.context.book.use(work, self._show, key="settings-backups")

    def arrange(self, ems: float) -> None:
        """Put the panel beside the list, or below it."""
        stacked = ems < STACK_BELOW
        ways = Box.Direction
        self._body.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self._side.set_size(DETAIL, fixed=not stacked)
        self._edge.setVisible(not stacked)

    def show_place(self, place: Place) -> None:
        """There is nothing to go to but the section."""

    def commands(self) -> Sequence[Command]:
        """What can be done here now."""
        found = [] if self._listed.read_only else [Command("Back up now", "", self.back_up)]
        if self.table.current() is not None and not self._listed.read_only:
            found.append(Command("Restore this backup", "", self.restore))
        return found

    # -- what can be done

    def back_up(self) -> None:
        """Back the book up now."""

        def work(store: OpenStore, progress: Progress) -> Backup:
            progress.report("Backing up")
            return cast("Store", store).back_up()

        self.context.book.use(work, self._backed_up, keep=True)

    def check(self) -> None:
        """Look into the backup chosen and say what was found."""
        self._look_into(self._checked)

    def restore(self) -> None:
        """Look into the backup chosen, and ask whether it shall take the book's place."""
        if not self._listed.read_only:
            self._look_into(self._ask_restore)

    # -- inside

    def _columns(self) -> tuple[Column[Backup], ...]:
        return (
            Column(
                "Made", lambda backup: when_words(backup, self.context.today()),
                lambda backup: (backup.made, backup.seq), Look.STRONG, stretch=True,
                tip=lambda backup: reason_words(backup.reason),
            ),
            Column("Size", lambda backup: file_size(backup.size), lambda backup: backup.size, right=True),
            self._counted("Meetings", "meeting"),
            self._counted("Claims", "cover_claim"),
            Column("Check", self._check_words, self._check_words, Look.STATE, sample="Damaged"),
        )  # fmt: skip

    def _counted(self, head: str, table: str) -> Column[Backup]:
        """How many records of a table a backup holds; nothing where it was not looked into."""

        def number(backup: Backup) -> int | None:
            facts = self._inside.get(backup.path)
            return facts.rows.get(table, 0) if facts is not None else None

        def words(backup: Backup) -> str:
            found = number(backup)
            return "" if found is None else f"{found:,}"

        return Column(head, words, number, right=True)

    def _check_words(self, backup: Backup) -> str:
        if backup.path not in self._inside:
            return ""
        return "Whole" if self._inside[backup.path] is not None else "Damaged"

    def _look_into_all(self, backups: Sequence[Backup]) -> None:
        """Look into every backup, the newest first, until much has been read; the others when asked."""
        wanted: list[Path] = []
        read = 0
        for backup in backups:
            read += backup.size
            if backup.path not in self._inside and (read <= MOST_READ or not wanted):
                wanted.append(backup.path)
        if not wanted:
            return

        def work(progress: Progress) -> dict[Path, Facts | None]:
            from models.store import Store

            found: dict[Path, Facts | None] = {}
            for path in wanted:
                if progress.cancelled:
                    break
                found[path] = None
                with suppress(FileTrouble):
                    found[path] = Store.inspect(path)
            return found

        self.context.tasks.pool.run(work, self._looked_into, key="look into all backups")

    def _looked_into(self, found: dict[Path, Facts | None]) -> None:
        self._inside.update(found)
        self.table.show_records(self._listed.backups)

    def _show(self, listed: Listed) -> None:
        self._listed = listed
        clear(self._trouble)
        if listed.trouble:
            self._trouble.add(Banner("warn", Icon.ALERT, listed.trouble))
        self.table.show_records(listed.backups)
        if self._made is not None:
            self.table.choose(self._made)
            self._made = None
        elif self.table.current() is None and listed.backups:
            self.table.choose(listed.backups[0].path)
        self._look_into_all(listed.backups)
        self._none.setVisible(not listed.backups)
        self._list.setVisible(bool(listed.backups))
        self._whole.setStretch(4, 0 if listed.backups else 1)  # the sentence stands at the top
        self.second_line.setText(second_words(listed, self.context.today()))
        self.no_second_button.setVisible(listed.second is not None)
        self.folder_button.setEnabled(listed.folder is not None)
        self.now_button.setEnabled(not listed.read_only)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.table.current()
        found = self._found.get(chosen.path, "") if chosen is not None else ""
        self.panel.show_record(chosen, found, can_restore=not self._listed.read_only)

    def _backed_up(self, made: Backup) -> None:
        self.context.messages.say(f"Backed up: {file_size(made.size)}", "backup")
        self._made = made.path
        self.context.book.refresh()
        self.refresh(0)

    def _look_into(self, then: Callable[[Backup, Facts], None]) -> None:
        chosen = self.table.current()
        if chosen is None:
            return

        def work(progress: Progress) -> Facts:
            from models.store import Store

            progress.report("Checking the backup")
            return Store.inspect(chosen.path)

        self.context.tasks.pool.run(
            work, partial(then, chosen), partial(self._not_whole, chosen), key="look into a backup"
        )

    def _checked(self, backup: Backup, found: Facts) -> None:
        self._found[backup.path] = f"It is whole. {inside_words(found, self.context.today())}"
        self._looked_into({backup.path: found})
        self._show_chosen()

    def _not_whole(self, backup: Backup, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._found[backup.path] = str(error)
        self._looked_into({backup.path: None})
        self._show_chosen()

    def _ask_restore(self, backup: Backup, found: Facts) -> None:
        today = self.context.today()
        question = Question(
            "Go back to this backup?",
            f"The book goes back to {moment(backup.made.astimezone(), today)}. {inside_words(found, today)} "
            "What was entered since then leaves the book; the book as it is now is kept among the backups, "
            "as “Before a restore”.",
            "Restore it",
        )
        self.context.messages.ask(question, "restore", partial(self._restore, backup))

    def _restore(self, backup: Backup) -> None:
        self.context.book.restore_backup(backup.path)

    def _choose_second(self) -> None:
        start = self._listed.second or self.context.documents
        choose_folder(self, "A second folder for backups, on another drive", start, self._second_chosen)

    def _second_chosen(self, folder: Path | None) -> None:
        def work(store: OpenStore, _progress: Progress) -> None:
            cast("Store", store).choose_second_folder(folder)
            if folder is not None:
                cast("Store", store).back_up()

        self.context.book.use(work, lambda _: self.refresh(0), self._not_chosen)

    def _not_chosen(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.context.messages.trouble(error, "second folder")

    def _open_folder(self) -> None:
        if self._listed.folder is not None:
            open_folder(self._listed.folder)
