"""A name taken away for good: asked once more, done in one action; then the backups that still hold it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from models.errors import AppError
from ui.dialogs.asking import Asking
from ui.dialogs.subject_access import ALSO, also_words
from ui.format import count, long_date
from ui.messages import Question

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.privacy import Leaver
    from models.queries.privacy_files import PersonFile
    from models.store import Store
    from models.store.values import Backup, Changes
    from ui.context import AppContext
    from ui.dialogs.asking import Typed
    from ui.doors import OpenStore
    from ui.tasks import Progress

ABOUT = "anonymise"
BEFORE, AFTER = "before-anonymising", "after-anonymising"
KEEP, REMOVE = "keep", "remove"
STAYS = (
    "In every record, and in the history of every record, “Former teacher” and a number take the place of "
    "the name; e-mail, telephone, notes and private plans go. What was done stays, with its days and "
    "amounts, and no total changes. It cannot be undone."
)
LOOK = (
    "First names alone are not found by themselves. Nor can words in PDFs and pictures be read here, nor in "
    "review packs already issued: those stay as they are."
)


class _Asked(NamedTuple):
    """What is known of somebody before the name goes."""

    files: Sequence[PersonFile]
    unread: int
    packs: int
    today: dt.date


class Held(NamedTuple):
    """The backups that still hold a name, and about when each goes by itself."""

    backups: Sequence[Backup]
    leaves: Mapping[str, dt.date | None]

    def words(self) -> str:
        """How many there are, and until when."""
        days = [self.leaves.get(one.path.name) for one in self.backups]
        stay, known = days.count(None), [day for day in days if day is not None]
        verb, them = ("holds", "it") if len(days) == 1 else ("hold", "them")
        said = f"{count(len(days), 'backup')} still {verb} a name that was taken away."
        if known:
            said += f" By themselves they go one after the other, the last about {long_date(max(known))}"
            said += f"; {stay} of them only when you delete {'it' if stay == 1 else 'them'}." if stay else "."
        elif stay:
            said += (
                f" They go only when you delete {them}."
                if stay > 1
                else f" It goes only when you delete {them}."
            )
        return said


def held_by(store: Store, nameless: Mapping[int, str], today: dt.date) -> Held:
    """Which backups still hold names of those whose name was taken away; asked in the file's thread."""
    from models.store.retention import leaves_about

    if not nameless:
        return Held((), {})
    found = store.backups_holding("person", "name", nameless)
    known = store.backups()
    day = max([today, *(one.made.date() for one in known)])  # a sample tells of a day that is long past
    leaves = leaves_about(known, day) if found else {}
    return Held(found, {path.name: goes for path, goes in leaves.items()})


class TakeNameAway:
    """From the leaver to the clean file. Lives as long as its dialogs and jobs do.

    Args:
        context: the shared things.
        window: the dialogs belong to it.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context, self._window = context, window

    def choose(self, leavers: Sequence[Leaver], today: dt.date) -> None:
        """Ask whose name it is."""
        form = Asking(self._window, "Take a name away", "Go on…", today, 440)
        form.say("Only of people who have left: note that first, in Schools and people.")
        entries = [(f"{one.name}, left {long_date(one.left_on)}", one.id) for one in leavers]
        form.pick("person_id", "Whose name", entries, needed="Choose the person.")

        def given(typed: Typed) -> None:
            form.saved()
            self.start(next(one for one in leavers if one.id == typed["person_id"]))

        form.given.connect(given)
        form.open()

    def start(self, leaver: Leaver) -> None:
        """Look for the files of somebody, then ask."""

        def question(session: Session) -> _Asked:
            from models.queries.book import Book
            from models.queries.privacy_files import files_about, unread
            from models.queries.privacy_names import mentions_of
            from models.tables import IssuedPack

            book = Book(session)
            files = files_about(session, leaver.id, mentions_of(session, leaver.id, earlier=True))
            packs = len(book.rows(IssuedPack))
            return _Asked(files, unread(session), packs, book.today(self._context.today))

        self._context.book.ask(question, partial(self._ask, leaver), key=ABOUT)

    def _ask(self, leaver: Leaver, asked: _Asked) -> None:
        form = Asking(self._window, f"Take away the name of {leaver.name}", "Take it away…", asked.today, 520)
        form.say(STAYS, "")
        if leaver.claims_until is not None and leaver.claims_until >= asked.today:
            kept = long_date(leaver.claims_until)
            form.say(
                f"Papers of claims for {leaver.name} are usually kept, with the name, until {kept}.", "warn"
            )
        form.line("also", "Also written as", text=ALSO)
        choices = [("Keep it", KEEP), ("Remove it for good", REMOVE)]
        for one in asked.files:
            label = f"{one.code} {one.name}" + (f", {one.where}" if one.where else "")
            why = f"{one.why[:1].upper()}{one.why[1:]}."
            form.pick(f"file-{one.id}", label, choices, text=why, needed="Choose: keep it, or remove it.")
        rest = [f"{count(asked.unread, 'PDF or picture', 'PDFs and pictures')}"] if asked.unread else []
        rest += [count(asked.packs, "issued pack")] if asked.packs else []
        form.say(LOOK + (f" The book has {' and '.join(rest)}." if rest else ""))
        form.given.connect(partial(self._sure, form, leaver))
        form.open()

    def _sure(self, form: Asking, leaver: Leaver, typed: Typed) -> None:
        remove = tuple(
            int(key.removeprefix("file-"))
            for key, value in typed.items()
            if key.startswith("file-") and value == REMOVE
        )
        going = f" {count(len(remove), 'file')} will be removed for good." if remove else ""
        form.saved()
        question = Question(
            f"Take away the name of {leaver.name}?",
            f"This cannot be undone, nor can anything done before it.{going} A backup is made first.",
            "Take it away",
        )
        do = partial(self._do, leaver.id, also_words(typed["also"]), remove)
        self._context.messages.ask(question, ABOUT, do)

    def _do(self, person_id: int, also: tuple[str, ...], remove: tuple[int, ...]) -> None:
        def work(opened: OpenStore, progress: Progress) -> Changes:
            from models.services.privacy import Leaver, anonymise

            store = cast("Store", opened)
            progress.report("Taking a name away")
            store.back_up(BEFORE)
            wanted = Leaver(person_id, also, remove)
            return store.erase(f"Take away the name of person {person_id}", lambda s: anonymise(s, wanted))

        self._context.book.use(work, self._done, keep=True)

    def _done(self, changes: Changes) -> None:
        def work(opened: OpenStore, progress: Progress) -> None:
            store = cast("Store", opened)
            progress.report("Writing the file anew")
            store.purge()
            store.back_up(AFTER)

        def cleaned(_nothing: None) -> None:
            self._context.messages.say("The name is gone from the book and its history", ABOUT)
            self._context.bus.changed.emit(changes, None)

        self._context.bus.changed.emit(changes, None)
        self._context.book.refresh()
        self._context.book.use(work, cleaned, self._not_cleaned, keep=True)

    def _not_cleaned(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, ABOUT)


def ask_to_delete(context: AppContext, held: Held, then: Callable[[], None]) -> None:
    """Ask, then delete the backups that still hold a name; first make a clean one if there is none newer."""

    def do() -> None:
        def work(opened: OpenStore, progress: Progress) -> int:
            store = cast("Store", opened)
            progress.report("Deleting backups")
            paths = [one.path for one in held.backups]
            gone = store.delete_backups(paths)
            if len(gone) < len(paths):  # the newest stays, unless a clean one is newer
                store.back_up(AFTER)
                gone += store.delete_backups(paths)
            return len(gone)

        def done(number: int) -> None:
            context.messages.say(f"Deleted {count(number, 'backup')}", ABOUT)
            context.book.refresh()
            then()

        context.book.use(work, done, keep=True)

    number = count(len(held.backups), "backup")
    question = Question(
        f"Delete {number}?",
        "They hold the book as it was before a name was taken away. There is then no way back to that time; "
        "newer backups stay. Copies elsewhere, on a stick or another drive, are yours to delete.",
        "Delete them" if len(held.backups) > 1 else "Delete it",
    )
    context.messages.ask(question, ABOUT, do)
