"""A CPD session: what it was, who pays what to the penny, who came and what their slips say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from models.words import Happened
from ui.format import count, pounds
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.pages.meetings.cpdform import CpdForm
from ui.pages.meetings.forms import CPD
from ui.widgets.badge import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import ScrollPane, clear, column, row, rule
from ui.widgets.painted import IconMark
from ui.widgets.panes import SizedPane
from ui.widgets.parts import EmptyState, pair, section
from ui.widgets.plain import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.queries.cpd_page import CpdDetail
    from models.queries.meeting_detail import CpdLine
    from ui.context import AppContext
    from ui.forms.draft_form import DraftForm
    from ui.widgets.layouts import Box

NAMES = 96
AMOUNT, TABLE = 84, 560  # pixels at 100 % text size: a column of money, and the table of them


class CpdVerbs:
    """What can be done with a CPD session.

    Args:
        context: the shared things.
        window: the widget whose window the dialogs belong to.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context, self._window = context, window
        self.editor = Editor(context, window, CPD, CpdForm)
        self.editor.opened.connect(self._tie)

    def new(self, meeting_id: int | None = None) -> None:
        """Enter a session; of a meeting, if one is given."""
        self.editor.new({"meeting_id": meeting_id} if meeting_id else None)

    def _tie(self, form: DraftForm) -> None:
        if isinstance(form, CpdForm):
            form.begin(self._context)

    def held(self, detail: CpdDetail) -> None:
        """Say that it took place."""
        from models.services import cpd

        action = partial(cpd.mark_held, cpd_session_id=detail.id, today=detail.today)
        self._context.book.change(f"Mark {detail.code} as held", action)

    def cancel(self, detail: CpdDetail) -> None:
        """Say that it does not take place."""
        from models.services import cpd

        self._context.book.change(f"Cancel {detail.code}", partial(cpd.cancel, cpd_session_id=detail.id))

    def delete(self, detail: CpdDetail) -> None:
        """Put it into the Bin."""
        self.editor.delete(detail.id, detail.code)

    def slips(self, detail: CpdDetail) -> None:
        """Type in evaluation slips."""
        from models.services import cpd
        from ui.pages.meetings.slipdialogs import SlipDialog

        dialog = SlipDialog(self._window.window(), detail)

        def given(slips: Any) -> None:
            action = partial(cpd.enter_slips, cpd_session_id=detail.id, slips=slips)
            self._context.book.change(
                f"Enter slips of {detail.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def people(self, detail: CpdDetail) -> None:
        """Say who was booked and who came."""
        from models.services import cpd
        from ui.pages.meetings.slipdialogs import SeatDialog

        dialog = SeatDialog(self._window.window(), detail)

        def given(seats: Any) -> None:
            action = partial(cpd.set_seats, cpd_session_id=detail.id, seats=seats)
            self._context.book.change(
                f"Record people at {detail.code}", action, lambda _: dialog.saved(), dialog.not_saved
            )

        dialog.given.connect(given)
        dialog.open()

    def history(self, detail: CpdDetail) -> None:
        """Show what happened to it."""
        from ui.records import open_history

        open_history(self._context, self._window.window(), "cpd_session", detail.id, detail.code)


class CpdPanel(QWidget):
    """One session.

    Args:
        context: the shared things.
        verbs: what can be done with it.

    Attributes:
        calendar_wanted: it is to be saved for a calendar: (its detail,).
        gone: the session asked for is not there any more.
    """

    calendar_wanted = Signal(object)
    gone = Signal()

    def __init__(self, context: AppContext, verbs: CpdVerbs) -> None:
        super().__init__()
        self._context, self.verbs = context, verbs
        self._id = 0
        self._detail: CpdDetail | None = None
        self._title, self._badge = ElidedLabel("", "title"), Badge("")
        self._line = Label("", "body", "muted", wrap=True)
        self._main, self._more = (
            Button(""),
            Button("More", icon=Icon.DOWN, tip="More to do with this session"),
        )
        self._main.clicked.connect(self._do_main)
        self._main.hide()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        first = row(self._title, self._badge, 1, self._main, self._more, gap=8)
        self._body = column(gap=20, margins=(0, 4, 12, 12))
        self._pane = ScrollPane(self._body)
        whole = column(column(first, self._line, gap=2), self._pane, gap=16, margins=(12, 0, 0, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_session(self, session_id: int) -> None:
        """Ask for a session and show it."""
        from models.queries.cpd_page import cpd_detail

        self._id = session_id
        question = partial(cpd_detail, cpd_session_id=session_id, clock=self._context.today)
        self._context.book.ask(question, self._show, key=f"cpd-{id(self)}")

    def detail(self) -> CpdDetail | None:
        """The session shown."""
        return self._detail

    def _show(self, detail: CpdDetail | None) -> None:
        if detail is None:
            self._detail = None
            self.gone.emit()
            return
        if detail.id != self._id:
            return
        self._detail = detail
        self._title.setText(detail.title)
        self._badge.set_text(detail.state)
        where = (detail.when, detail.place, f"part of {detail.meeting}" if detail.meeting else "")
        self._line.setText(" · ".join(part for part in where if part))
        ready = detail.status is Happened.PLANNED and detail.held_on <= detail.today
        self._main.set_words("It took place" if ready else "Edit…")
        self._main.show()
        self._pane.inner.setUpdatesEnabled(False)
        try:
            clear(self._body)
            self._body.add(*self._notes(detail), self._money(detail), rule(), self._people(detail), rule())
            self._body.add(self._evaluation(detail), rule(), self._facts(detail), 1)
        finally:
            self._pane.inner.setUpdatesEnabled(True)

    def _notes(self, detail: CpdDetail) -> list[Box]:
        lines = []
        for text in detail.notes:
            line = row(IconMark(Icon.ALERT, "warn"), Label(text, wrap=True), gap=10)
            line.setStretch(1, 1)
            lines.append(line)
        return lines

    def _money(self, detail: CpdDetail) -> Box:
        split = detail.split
        if not split.fee_p and not split.vat_p:
            words = (
                "It cost nothing."
                if detail.status is Happened.HELD
                else "No fee is entered: it costs nothing."
            )
            return section("Who pays what", Label(words, "body", "muted"), gap=6)
        lines = column(_amounts("", "Before VAT", "VAT", "In all", role="label", tone="muted"), gap=4)
        lines.add(_money("The cluster pot", split.pot_net_p, split.pot_vat_p))
        for share in split.shares:
            lines.add(_money(share.school_name, share.net_p, share.vat_p))
        lines.add(rule(), _money("Fee", split.fee_p, split.vat_p, role="strong"))
        table = SizedPane(lines)
        table.set_size(TABLE, fixed=True)
        return section("Who pays what", Label(detail.split_words, wrap=True), row(table, 1), gap=8)

    def _people(self, detail: CpdDetail) -> Box:
        button = Button("Who came…", tip="Mark who was booked and who came")
        button.clicked.connect(self._on_people)
        by_school: dict[str, list[str]] = {}
        for seat in detail.seats:
            if seat.came or not detail.reach.people:
                by_school.setdefault(seat.school, []).append(
                    seat.name + (f" ({seat.shared})" if seat.shared else "")
                )
        lines = [pair(school, ", ".join(names), width=NAMES + 24) for school, names in by_school.items()]
        return section("People", Label(people_words(detail), wrap=True), *lines, side=button, gap=8)

    def _evaluation(self, detail: CpdDetail) -> Box:
        button = Button("Enter slips…", tip="Type in evaluation slips from paper")
        button.clicked.connect(self._on_slips)
        found = detail.summary
        if not found.slips:
            words = Label(
                "No slips yet. Hand them out on paper, then type them in here.", "body", "muted", wrap=True
            )
            return section("Evaluation", words, side=button, gap=8)
        lines = [
            pair("Slips", str(found.slips), width=NAMES + 24),
            pair("Rating", found.mean_words, width=NAMES + 24),
            pair("Outcomes met", found.outcomes.words, width=NAMES + 24),
            pair("Useful", found.useful.words, width=NAMES + 24),
            pair("Relevant", found.relevant.words, width=NAMES + 24),
        ]
        said = [slip.comment for slip in detail.slips if slip.comment.strip()]
        quotes = [Label(f"“{words}”", "body", "muted", wrap=True) for words in said[:6]]
        if len(said) > 6:
            quotes.append(Label(f"and {count(len(said) - 6, 'more comment')}", "caption", "muted"))
        return section("Evaluation", *lines, *quotes, side=button, gap=6)

    def _facts(self, detail: CpdDetail) -> Box:
        sessions = f"{detail.sessions} sessions for one fee" if detail.sessions > 1 else ""
        known = (
            ("Provider", f"{detail.provider or 'not entered'} ({detail.provider_kind.label.lower()})"),
            ("Sessions", sessions),
            ("Need it met", detail.need),
            ("Outcomes", "; ".join(detail.outcomes)),
            ("3E stage", detail.three_e.label if detail.three_e else ""),
            ("Number", detail.code),
        )
        return column(*(pair(name, value, width=NAMES) for name, value in known if value), gap=8)

    # -- verbs

    def _do_main(self) -> None:
        detail = self._detail
        if detail is None:
            return
        if self._main.words() == "It took place":
            self.verbs.held(detail)
        else:
            self.verbs.editor.edit(detail.id)

    def _on_people(self) -> None:
        if self._detail is not None:
            self.verbs.people(self._detail)

    def _on_slips(self) -> None:
        if self._detail is not None:
            self.verbs.slips(self._detail)

    def _fill_menu(self) -> None:
        self._menu.clear()
        detail = self._detail
        if detail is None:
            return
        known: list[tuple[str, Callable[[], Any]]] = [
            ("Edit…", partial(self.verbs.editor.edit, detail.id)),
            ("Who came…", self._on_people),
            ("Enter slips…", self._on_slips),
        ]
        if detail.status is not Happened.CANCELLED:
            known.append(("Cancel the session", partial(self.verbs.cancel, detail)))
        known += [
            ("Save for a calendar…", partial(self.calendar_wanted.emit, detail)),
            ("History…", partial(self.verbs.history, detail)),
            ("Delete", partial(self.verbs.delete, detail)),
        ]
        for words, do in known:
            self._menu.addAction(words).triggered.connect(lambda *_, do=do: do())


class CpdTab(QWidget):
    """The CPD sessions that were part of a meeting: one of them, or a way to enter the first."""

    def __init__(self, context: AppContext, verbs: CpdVerbs) -> None:
        super().__init__()
        self._verbs, self._meeting_id = verbs, 0
        self._sessions: tuple[CpdLine, ...] = ()
        self.panel = CpdPanel(context, verbs)
        words = "CPD that was part of this meeting: its provider and fee, who came, and what their slips say."
        self._empty = EmptyState(Icon.PEOPLE, words, "New CPD session")
        self._empty.acted.connect(self._new)
        self._others = row(gap=8, margins=(12, 0, 0, 0))
        empty = column(self._empty, margins=(12, 0, 0, 0))
        self.setLayout(column(self._others, self.panel, empty, gap=8))

    def show_sessions(self, meeting_id: int, sessions: tuple[CpdLine, ...], wanted: int = 0) -> None:
        """Show a session of a meeting: the one wanted, the one shown before, or the first."""
        self._meeting_id, self._sessions = meeting_id, sessions
        clear(self._others)
        self.panel.setVisible(bool(sessions))
        self._empty.setVisible(not sessions)
        if not sessions:
            return
        ids = [one.id for one in sessions]
        shown = self.panel.detail()
        before = shown.id if shown is not None else 0
        now = next((key for key in (wanted, before) if key in ids), ids[0])
        if len(sessions) > 1:
            for one in sessions:
                button = Button(one.title, Kind.QUIET if one.id == now else Kind.LINK)
                button.clicked.connect(partial(self.choose, one.id))
                self._others.add(button)
            self._others.add(1)
        self.panel.show_session(now)

    def choose(self, session_id: int) -> None:
        """Show one of several."""
        self.show_sessions(self._meeting_id, self._sessions, session_id)

    def _new(self) -> None:
        self._verbs.new(self._meeting_id)


def people_words(detail: CpdDetail) -> str:
    """Who came: `12 people of 6 schools came; £46.19 for each person`; before that, who is booked."""
    reach, booked = detail.reach, sum(not seat.came for seat in detail.seats)
    if not detail.seats:
        return "Nobody is booked yet."
    if not reach.people:
        return f"{count(booked, 'person is', 'people are')} booked; mark who came when it has taken place."
    words = f"{count(reach.people, 'person', 'people')} of {count(reach.schools, 'school')} came"
    if booked:
        words += f", {count(booked, 'other was', 'others were')} booked and did not"
    return f"{words}; {detail.each} for each person"


def _money(name: str, net_p: int, vat_p: int, role: str = "body") -> Box:
    return _amounts(name, pounds(net_p), pounds(vat_p), pounds(net_p + vat_p), role=role)


def _amounts(name: str, *amounts: str, role: str = "body", tone: str = "") -> Box:
    from PySide6.QtCore import Qt

    line = row(Label(name, role, tone, wrap=True), gap=12)
    line.setStretch(0, 1)
    for amount in amounts:
        label = Label(amount, role, tone, width=AMOUNT)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.add(label)
    return line
