"""Where the book lies, what it holds, and who can see it: in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from models.places import data_folder
from ui.dialogs.files import open_folder
from ui.icons import Icon
from ui.lists.detail import facts
from ui.overrides import override
from ui.pages.settings.body import SectionBody
from ui.widgets.buttons import Button
from ui.widgets.layouts import Box, column
from ui.widgets.parts import section
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.store import Store
    from ui.context import AppContext
    from ui.doors import OpenStore
    from ui.tasks import Progress

NAMES = 140  # pixels at 100 % text size
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


class PrivacySection(SectionBody):
    """Where your book lies, what it holds, and who can see it."""

    def __init__(self, context: AppContext) -> None:
        self.folder_button = Button("Open the folder", icon=Icon.FOLDER)
        self.folder_button.clicked.connect(self._open_folder)
        super().__init__(context, (self.folder_button,))

    @override
    def refresh(self, year: int) -> None:
        def work(store: OpenStore, _progress: Progress) -> tuple[str, dict[str, int]]:
            from models.queries.settings_page import holdings

            real = cast("Store", store)
            newest = next(iter(real.backups()), None)
            with real.read() as session:
                return str(newest.path.parent) if newest else "none yet", dict(holdings(session))

        self.context.book.use(work, self._show, key="settings-privacy")

    def _show(self, found: tuple[str, dict[str, int]]) -> None:
        backups, held = found
        book = self.context.book.facts
        places = facts(
            [
                ("The book", str(book.path) if book is not None else ""),
                ("Its backups", backups),
                ("Settings, logs", str(data_folder())),
            ],
            width=NAMES,
        )
        named = [(title, f"{held[title]:,} · {what}") for title, what in PERSONAL if held[title]]
        others = sum(held.values()) - sum(held[title] for title, _ in PERSONAL)
        rest = f"{others:,} other records: meetings, money, kit, evidence, settings"
        self.fill(
            section("Where it lies", places, gap=8),
            section("Who can see it", _words(WHO), gap=8),
            section("What it holds", _words(HOLDS), facts([*named, ("Besides", rest)], width=NAMES), gap=12),
        )

    def _open_folder(self) -> None:
        book = self.context.book.facts
        if book is not None:
            open_folder(Path(book.path).parent)


def _words(sentences: Sequence[str]) -> Box:
    return column(*(Label(sentence, wrap=True) for sentence in sentences), gap=6)
