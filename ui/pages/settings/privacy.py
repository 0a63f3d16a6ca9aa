"""What is due for a look, who asks what is held, whose name goes; where the book lies and who can see it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import resources
from models.places import data_folder
from models.rules.privacy import Category
from ui.dialogs.files import open_folder
from ui.dialogs.subject_access import SubjectAccessFlow, handed_over
from ui.format import long_date
from ui.icons import Icon
from ui.lists.detail import buttons, facts
from ui.overrides import override
from ui.pages.settings.body import SectionBody
from ui.pages.settings.privacy_erase import Held, TakeNameAway, ask_to_delete, held_by
from ui.shell.pages import Command
from ui.wayfinding import Place
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import Box, column, row
from ui.widgets.parts import TodoLine, section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from models.queries.privacy import DueLine, PrivacyView, Request
    from models.store import Store
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress

NAMES = 140  # pixels at 100 % text size
KEPT_NAMES = 210
HELP = "help/privacy.md"
MOST_DUE = 12
WHO = (
    "Whoever can open the file can read everything in it. Keep it where only you and the person who stands "
    "in for you can get at it. Clusterbook has no account and no password, and sends nothing anywhere.",
    "If it lies in a folder of OneDrive or another such service, open it on one computer at a time.",
)
HOLDS = (
    "The book is about adults at work: names, schools, roles, work addresses. Never write pupils’ names in "
    "it, nor anything about a person’s health.",
    "What you delete stays in the Bin for 30 days, and in history and older backups after that.",
)
REVIEW = "Nothing is deleted by itself: look once a year, and decide by your school’s own policy."
ASKS = (
    "Everybody may ask what is held about them. The answer is due within a month: Clusterbook gathers it, "
    "with other people’s names covered."
)
LEAVES = (
    "When somebody who has left need not be named any more, a number can take the place of the name. What "
    "was done stays, and so do all totals."
)


PERSONAL = (
    ("People", "names, schools, work email and telephone"),
    ("Roles", "who did what, from when to when"),
    ("Attendance", "who came to which meeting"),
    ("Cover claims", "who was released from class, and when"),
    ("CPD bookings", "who went to which session"),
    ("Strengths", "what people can help with, or need help with"),
    ("Years taught", "who teaches which year group"),
    ("Contacts log", "conversations about schools"),
    ("Development plans", "lead teachers’ own plans: never in the review pack"),
)
"""The sheets in which people are named, and what is said of them."""


Piece: TypeAlias = "QWidget | QLayout"


class _Found(NamedTuple):
    """What the section asks of the file's thread."""

    backups: str
    held: dict[str, int]
    view: PrivacyView
    holding: Held
    read_only: bool


class PrivacySection(SectionBody):
    """What is due, asked for, to be taken away; where your book lies, what it holds, who can see it."""

    def __init__(self, context: AppContext) -> None:
        self._view: PrivacyView | None = None
        self._read_only = False
        self.asked_button = Button(
            "What is held about somebody…", tip="Gather what the book holds about somebody"
        )
        self.asked_button.clicked.connect(self.what_is_held)
        self.folder_button = Button("Open the folder", icon=Icon.FOLDER)
        self.folder_button.clicked.connect(self._open_folder)
        super().__init__(context, (self.folder_button, self.asked_button))
        self._away = TakeNameAway(context, self)

    @override
    def refresh(self, year: int) -> None:
        def work(store: OpenStore, _progress: Progress) -> _Found:
            from models.queries.privacy import privacy_view
            from models.queries.settings_page import holdings

            real = cast("Store", store)
            newest = next(iter(real.backups()), None)
            with real.read() as session:
                held = dict(holdings(session))
                view = privacy_view(session, self.context.today())
            holding = held_by(real, view.nameless, self.context.today())
            return _Found(
                str(newest.path.parent) if newest else "none yet", held, view, holding, real.read_only
            )

        self.context.book.use(work, self._show, key="settings-privacy")

    @override
    def commands(self) -> Sequence[Command]:
        found = [Command("What is held about somebody", "", self.what_is_held)]
        if self._view is not None and self._view.leavers and not self._read_only:
            found.append(Command("Take a name away", "", self.take_away))
        return found

    def what_is_held(self, _checked: bool = False, *, person_id: int = 0) -> None:
        """Gather what the book holds about somebody."""
        SubjectAccessFlow(self.context, self.window(), person_id).start()

    def take_away(self) -> None:
        """Ask whose name goes."""
        if self._view is not None and self._view.leavers:
            self._away.choose(self._view.leavers, self._view.today)

    # -- showing

    def _show(self, found: _Found) -> None:
        self._view, self._read_only = found.view, found.read_only
        book = self.context.book.facts
        places = facts(
            [
                ("The book", str(book.path) if book is not None else ""),
                ("Its backups", found.backups),
                ("Settings, logs", str(data_folder())),
            ],
            width=NAMES,
        )
        held = found.held
        named = [(title, f"{held[title]:,} · {what}") for title, what in PERSONAL if held[title]]
        others = sum(held.values()) - sum(held[title] for title, _ in PERSONAL)
        rest = f"{others:,} other records: meetings, money, kit, evidence, settings"
        self.fill(
            section("Due for a look", *self._due(found.view), gap=8),
            section("Somebody asks what is held", *self._requests(found.view), gap=8),
            section("People who have left", *self._leavers(found), gap=8),
            section("How long it is kept", *self._kept(found.view), gap=8),
            section("Where it lies", places, gap=8),
            section("Who can see it", _words((*WHO, self._more())), gap=8),
            section("What it holds", _words(HOLDS), facts([*named, ("Besides", rest)], width=NAMES), gap=12),
        )

    def _due(self, view: PrivacyView) -> list[Piece]:
        found: list[Piece] = [Label(REVIEW, wrap=True)]
        if not view.due:
            said = "Nothing is due now."
            if view.next_due is not None:
                said += f" Next: {view.next_due.what}, on {long_date(view.next_due.due_on)}."
            return [*found, Label(said, "body", "muted", wrap=True)]
        found += [self._due_line(line) for line in view.due[:MOST_DUE]]
        if len(view.due) > MOST_DUE:
            found.append(Label(f"And {len(view.due) - MOST_DUE} more.", "body", "muted"))
        return found

    def _due_line(self, line: DueLine) -> TodoLine:
        away = line.category is Category.LEAVER
        detail = f"Since {long_date(line.due_on)} · {line.detail}"
        action = "" if away and self._read_only else "Take away…" if away else "Show"
        made = TodoLine(Icon.PEOPLE if away else Icon.CLOCK, "muted", line.what, detail, action)
        made.acted.connect(partial(self._act, line))
        return made

    def _act(self, line: DueLine) -> None:
        if line.category is Category.LEAVER and self._view is not None:
            self._away.start(next(one for one in self._view.leavers if one.id == line.about.id))
            return
        place = Place(line.about.table, line.about.id)
        self.context.bus.page_wanted.emit(place.page, place)

    def _requests(self, view: PrivacyView) -> list[Piece]:
        found: list[Piece] = [Label(ASKS, wrap=True)]
        found += [self._request(one, late=one.due_by < view.today) for one in view.requests]
        return found

    def _request(self, one: Request, *, late: bool) -> Box:
        asked = (
            f"{one.name} asked on {long_date(one.asked_on)}; the answer is due by {long_date(one.due_by)}."
        )
        words = Label(asked, "body", "bad" if late else "", wrap=True)
        gather = Button("Gather it…", tip=f"Gather what is held about {one.name}")
        gather.clicked.connect(partial(self.what_is_held, person_id=one.person_id))
        done = Button("Handed over…", tip=f"What is held was handed over to {one.name}")
        done.setEnabled(not self._read_only)
        done.clicked.connect(partial(handed_over, self.context, one.contact_id, one.name))
        return column(words, buttons(gather, done), gap=6)

    def _leavers(self, found: _Found) -> list[Piece]:
        items: list[Piece] = [Label(LEAVES, wrap=True)]
        if found.view.leavers:
            take = Button("Take a name away…", tip="Put a number in the place of somebody’s name")
            take.setEnabled(not found.read_only)
            take.clicked.connect(self.take_away)
            items.append(buttons(take))
        else:
            items.append(Label("Nobody who has left has a name in the book.", "body", "muted", wrap=True))
        if found.holding.backups:
            delete = Button("Delete these backups…")
            delete.setEnabled(not found.read_only)
            again = partial(self.refresh, 0)
            delete.clicked.connect(partial(ask_to_delete, self.context, found.holding, again))
            items += [Label(found.holding.words(), "body", "warn", wrap=True), buttons(delete)]
        return items

    def _kept(self, view: PrivacyView) -> list[Piece]:
        change = Button("Change it in Scheme rules", Kind.LINK)
        change.clicked.connect(self._to_rules)
        return [facts(view.kept, width=KEPT_NAMES), row(change, 1)]

    def _more(self) -> Button:
        made = Button("Who is responsible, and what to do when the laptop is lost", Kind.LINK)
        made.clicked.connect(self._help)
        return made

    def _to_rules(self) -> None:
        self.context.bus.page_wanted.emit("settings", Place("scheme_setting", 0, "attendance_kept_years"))

    def _help(self) -> None:
        from ui.dialogs.notes import HelpDialog

        text = resources.path(HELP).read_text(encoding="utf-8")
        HelpDialog(self.window(), "Help: Privacy", text).show()

    def _open_folder(self) -> None:
        book = self.context.book.facts
        if book is not None:
            open_folder(Path(book.path).parent)


def _words(sentences: Sequence[str | Button]) -> Box:
    return column(
        *(Label(one, wrap=True) if isinstance(one, str) else row(one, 1) for one in sentences), gap=6
    )
