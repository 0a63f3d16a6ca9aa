"""Somebody asks what the book holds about her or him: whom, since when, and where to put the answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from models.errors import AppError
from ui.dialogs.asking import Asking
from ui.dialogs.files import choose_to_save, safe_name
from ui.format import long_date
from ui.messages import Question
from ui.widgets import reading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.privacy_subject import SubjectAccess
    from models.store import Store
    from ui.context import AppContext
    from ui.dialogs.asking import Typed
    from ui.doors import OpenStore
    from ui.tasks import Progress

ABOUT = "subject access"
ARCHIVE = "Archives (*.zip)"
ALSO = "Nicknames and other spellings, with commas between them: Annie, Miss Bell"
FIRST = (
    "One archive: a paper, a workbook and the files of the person. Other people’s names are covered; first "
    "names alone are not, and files stay as they are: look through all of it before you hand it over."
)


class _People(NamedTuple):
    everybody: Sequence[tuple[str, int]]
    today: dt.date
    asked: dict[int, dt.date]
    deleted: frozenset[int]


def also_words(typed: str) -> tuple[str, ...]:
    """`Annie, Miss Bell` as separate spellings."""
    return tuple(words.strip() for words in typed.split(",") if words.strip())


class SubjectAccessFlow:
    """From the question to the archive. Lives as long as its dialogs and jobs do.

    Args:
        context: the shared things.
        window: the dialogs belong to it.
        person_id: whom it is about; 0 asks.
    """

    def __init__(self, context: AppContext, window: QWidget, person_id: int = 0) -> None:
        self._context, self._window, self._person_id = context, window, person_id
        self._names: dict[int, str] = {}
        self._deleted: frozenset[int] = frozenset()

    def start(self) -> None:
        """Ask whom it is about and since when."""

        def question(session: Session) -> _People:
            from models.queries.book import Book
            from models.queries.choosing import options
            from models.queries.privacy import requests
            from models.queries.privacy_names import deleted_people

            book = Book(session)
            gone = deleted_people(session)
            listed = [(one.words, one.id) for one in options(session, "person")]
            listed += [(f"{one.name} (deleted)", person_id) for person_id, one in gone.items()]
            asked = {one.person_id: one.asked_on for one in requests(book)}
            return _People(listed, book.today(self._context.today), asked, frozenset(gone))

        self._context.book.ask(question, self._ask, key=ABOUT)

    def _ask(self, people: _People) -> None:
        from models.services.privacy import due_by

        self._names = {person_id: words for words, person_id in people.everybody}
        self._deleted = people.deleted
        known = self._names.get(self._person_id, "")
        title = f"What the book holds about {known}" if known else "What the book holds about somebody"
        form = Asking(self._window, title, "Choose where to save it…", people.today, 480)
        form.writes = False  # noting the request is all that changes the book
        form.say(FIRST)
        if not known:
            form.pick("person_id", "Who asks", people.everybody, needed="Choose the person.")
        start = people.asked.get(self._person_id, people.today)
        form.day("on", "Asked on", start, needed="Enter the day of the request.")
        due = form.say(" ")
        form.line("also", "Also written as", text=ALSO)
        if self._person_id not in people.asked and not reading.why_not():
            form.tick("note", "Note the request in the contacts log", start=True)

        def say_due() -> None:
            on = form.typed("on")
            due.setText(
                f"The answer is due by {long_date(due_by(on))}, a month after the request." if on else ""
            )

        form.changed.connect(say_due)
        say_due()
        form.given.connect(partial(self._given, form))
        form.read_in_year(self._context.book.year)
        form.open()

    def _given(self, form: Asking, typed: Typed) -> None:
        from models.queries.privacy_subject import Asked

        person_id = typed.get("person_id", self._person_id)
        asked = Asked(person_id, typed["on"], also_words(typed["also"]))
        name = safe_name(f"What we hold about {self._names[person_id]}") or "What we hold"
        form.saved()
        proposed = self._context.documents / f"{name}.zip"
        note = bool(typed.get("note")) and person_id not in self._deleted  # a contact needs its person

        def make(path: Path) -> None:
            def work(store: OpenStore, progress: Progress) -> SubjectAccess:
                from models.queries.privacy_subject import subject_access

                progress.report("Gathering what the book holds")
                return subject_access(cast("Store", store), asked, self._context.today())

            self._context.book.use(work, partial(self._write, path))
            if note:
                self._note(asked.person_id, asked.on)

        choose_to_save(self._window, "What the book holds", ARCHIVE, proposed, make)

    def _note(self, person_id: int, on: dt.date) -> None:
        def action(session: Session) -> int:
            from models.services.privacy import note_request

            return note_request(session, person_id, on)

        self._context.book.change("Note a request to see what is held", action)

    def _write(self, path: Path, data: SubjectAccess) -> None:
        def work(progress: Progress) -> None:
            import datetime as dt

            from reports.kit import write_atomic
            from reports.papers.subject_access import archive
            from ui.desk import writing

            progress.report(f"Writing {path.name}")
            made = archive(data, stamp=dt.datetime.now(dt.UTC).replace(microsecond=0))
            with writing(path):
                write_atomic(path, made)

        self._context.tasks.pool.run(work, partial(self._written, path, data), self._failed)

    def _written(self, path: Path, data: SubjectAccess, _nothing: None) -> None:
        self._context.messages.say(f"Saved {path.name}: the answer is due by {long_date(data.due_by)}", ABOUT)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._context.messages.trouble(error, ABOUT)


def handed_over(context: AppContext, contact_id: int, name: str) -> None:
    """Ask whether somebody has got the answer; note it in the contacts log."""

    def note() -> None:
        def action(session: Session) -> None:
            from models.queries.book import Book
            from models.services.privacy import answered

            answered(session, [contact_id], Book(session).today(context.today))

        context.book.change("Note that what is held was handed over", action)

    question = Question(
        "Was it handed over?",
        f"The request of {name} is closed in the contacts log, with today’s date.",
        "It was",
    )
    context.messages.ask(question, ABOUT, note)
