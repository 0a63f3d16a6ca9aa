"""Issuing a pack: what is missing and what changed, asked first; then laid out, frozen and kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from models.rules.review import SectionState
from ui.dialogs.asking import Asking, Typed
from ui.format import count, listed, long_date, year_label
from ui.messages import Notice, Offer
from ui.pages.pack.paper import Made, laid_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.pack import PackData
    from models.services.issuing import Issued
    from models.store import Store
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress

FEW = 6  # changed figures told before “and 3 more”


def ask_to_issue(context: AppContext, owner: QWidget, made: Made, show: Callable[[int], None]) -> None:
    """Ask, with the book's own day proposed.

    Args:
        context: the shared things.
        owner: the widget whose window the dialog belongs to.
        made: the paper on show.
        show: shows an issued pack, by its id.
    """
    from ui.desk import book_today

    def opened(today: dt.date) -> None:
        IssueDialog(context, owner.window(), made, today, show).open()

    context.book.use(lambda store, _: book_today(cast("Store", store), context.today), opened, key="issue")


class IssueDialog(Asking):
    """Says what is issued, and asks for the day.

    Args:
        context: the shared things.
        parent: the window it belongs to.
        made: the paper on show: it is issued as it is laid out there.
        today: the day proposed.
        show: shows an issued pack, by its id.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None,
        made: Made,
        today: dt.date,
        show: Callable[[int], None],
    ) -> None:
        data = made.pack.data
        title = f"Issue version {data.version} for {year_label(data.period.year)}"
        super().__init__(parent, title, "Issue", today, 520)
        self._context, self._made, self._show = context, made, show
        self._data: PackData | None = None
        self.say(_what(made), "")
        self.say("\n".join(_missing(data)), "warn")
        for words, tone in _changed(data):
            self.say(words, tone)
        self.day("on", "Issued on", today, "Printed on the cover.", "Enter the day it is handed over.")
        self._form.add(1)  # what is left of the height stands below, not between the sentences
        self.given.connect(self._lay_out)

    # -- laid out, frozen, kept

    def _lay_out(self, typed: Typed) -> None:
        from ui.desk import issue_snapshot

        year, ways = self._made.pack.data.period.year, self._made.ways

        def question(store: OpenStore, _progress: Progress) -> PackData:
            return issue_snapshot(
                cast("Store", store), year, typed["on"], self._context.today, photographs=ways.photographs
            )

        self._context.book.use(question, self._print, self.not_saved)

    def _print(self, data: PackData) -> None:
        ways = self._made.ways
        self._context.tasks.pool.run(
            lambda progress: laid_out(data, ways, progress), self._keep, self.not_saved, key="issue paper"
        )

    def _keep(self, made: Made) -> None:
        from models.services import issuing

        def action(session: Session) -> Issued:
            return issuing.issue(session, made.pack.data, made.pack.pdf)

        version, year = made.pack.data.version, year_label(made.pack.data.period.year)
        self._context.book.change(
            f"Issue version {version} of the pack for {year}", action, self._on_kept, self.not_saved
        )

    def _on_kept(self, issued: Issued) -> None:
        self.saved()
        words = f"Issued: pack {issued.pack_number}, {issued.words}. The book keeps it as it is."
        offer = Offer("Show it", partial(self._show, issued.id))
        self._context.messages.notice(Notice("issued", "good", words, (offer,)))


def _what(made: Made) -> str:
    data, ways = made.pack.data, made.ways
    form = [count(made.pack.pages, "page")]
    form += ["the short form"] if ways.short else []
    form += ["large print"] if ways.large_print else []
    until = long_date(data.period.data_to)
    return (
        f"The pack as it is on show ({', '.join(form)}), with data to {until}, gets a number and is kept in "
        "the book with its figures. It stays as it is: when something changes later, you issue the next "
        "version, which says what changed."
    )


def _missing(data: PackData) -> list[str]:
    left_out = data.arrangement.left_out
    found = []
    for state, verb in ((SectionState.MISSING, "Missing"), (SectionState.THIN, "Thin")):
        titles = [
            part.title for part in data.readiness if part.state is state and part.number not in left_out
        ]
        if titles:
            found.append(f"{verb}: {listed(titles)}.")
    if data.check.to_look_at or data.check.stopping:
        found.append(f"{data.check.text}. The pack notes it.")
    return found


def _changed(data: PackData) -> list[tuple[str, str]]:
    since = data.since
    if since is None:
        return []
    if not since.changes and not since.parts:
        return [(f"Nothing has changed since version {since.version}: the same paper again?", "warn")]
    lines = since.told.splitlines()
    more = f"\nand {len(lines) - FEW} more" if len(lines) > FEW else ""
    return [(f"Changed since version {since.version}:\n" + "\n".join(lines[:FEW]) + more, "muted")]
