"""The shell: fills the window with sidebar, bars and sheet, and ties its parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from ui import theme
from ui.doors import in_sentence
from ui.papers.menu import PapersMenu
from ui.settings import ThemeChoice
from ui.shell.actions import Action, ActionTable, Needs
from ui.shell.asides import Asides
from ui.shell.files import FileCommands
from ui.shell.finding import Finding
from ui.shell.frame import RAIL_BELOW, FrameWindow
from ui.shell.host import PageHost, first_focus
from ui.shell.menus import Menus
from ui.shell.notices import Notices
from ui.shell.progress import ProgressWatch
from ui.shell.sidebar import Sidebar
from ui.shell.statusbar import StatusBar
from ui.shell.topbar import TopBar
from ui.widgets.layouts import Box, column, holder, reading_order, row
from ui.widgets.parts import Sheet
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ui.app import Surroundings
    from ui.context import AppContext
    from ui.doors import FrameFacts
    from ui.look import Look
    from ui.shell.pages import Command, PageSpec
    from ui.shell.welcome import Welcome


class Shell(QObject):
    """Sidebar, bars and sheet; the welcome screen while no file is open.

    Args:
        window: the bare window to fill.
        context: the shared things.
        look: the theme and text size.
        pages: the pages there are, in the order of the sidebar.
        around: what the window must know of the world.
    """

    def __init__(
        self,
        window: FrameWindow,
        context: AppContext,
        look: Look,
        pages: Sequence[PageSpec],
        around: Surroundings,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.welcome: Welcome | None = None
        self._context, self._look, self._pages, self._around = context, look, pages, around
        self.files = FileCommands(window, context, around)
        self.asides = Asides(window, self._page, around.versions)
        self._reordering = QTimer(self, interval=0, singleShot=True)  # once for all that comes in one turn
        self._reordering.timeout.connect(self._reorder)
        self._build()
        self._tie()
        self._on_look()
        self._show_recent()

    # -- what is shown

    def expect(self, file: Path) -> None:
        """Show the frame for a book that is about to be opened, as it was when it was last seen."""
        known = next((entry for entry in self._context.settings.recent if entry.path == file), None)
        self.sidebar.show_cluster(known.name if known else file.stem, known.detail if known else "")
        self._frame_visible(on=True)

    def go(self, key: str, record: object = None) -> None:
        """Bring a page into view, and there a record."""
        if not self._context.book.is_open() or all(spec.key != key for spec in self._pages):
            return
        self.host.show_page(key, record)

    # -- building

    def _build(self) -> None:
        self.sidebar, self.topbar = Sidebar(self._pages), TopBar()
        self.notices, self.status = Notices(), StatusBar()
        self.host = PageHost(self._pages, self._context)
        self._waiting = Label("", "body", "muted")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = QStackedWidget()
        for part in (self._waiting, self.host):
            self._sheet.addWidget(part)
        self._edge: Box = column(self.notices, Sheet(column(self._sheet)))
        self._edge.setStretch(1, 1)
        right = column(self.topbar, self._edge, self.status)
        right.setStretch(1, 1)
        body = row(self.sidebar, holder(right))
        body.setStretch(1, 1)
        self.window.fill(holder(body))
        self.actions_table = ActionTable(self.window, self._handlers())
        self.papers = PapersMenu(self._context, self.window)
        self.finding = Finding(
            self.window,
            self.topbar.find_box,
            self._context.book,
            self._pages,
            self.actions_table,
            self._commands,
            self.go,
            self._focus_page,
        )
        self.menus = Menus(self.window, self.window.menuBar(), self.actions_table, self._pages)
        self.menus.add_papers(self.papers)

    def _make_welcome(self) -> Welcome:
        """The welcome screen, made when it is first wanted: most days it never is."""
        from ui.shell.welcome import Welcome

        made = Welcome()
        made.new_wanted.connect(self.files.new)
        made.open_wanted.connect(self.files.choose)
        made.sample_wanted.connect(self.files.explore)
        made.recent_wanted.connect(self.files.open)
        made.recent_unwanted.connect(self.files.forget)
        self._sheet.addWidget(made)
        return made

    def _tie(self) -> None:
        book, bus, messages = self._context.book, self._context.bus, self._context.messages
        self.window.resized.connect(self._arrange)
        self.window.closing.connect(self._on_closing)
        book.opened.connect(self._on_opened)
        book.closed.connect(self.show_welcome)
        book.refreshed.connect(self._show_facts)
        book.moved.connect(self._on_moved)
        book.saved.connect(self.status.saved)
        bus.page_wanted.connect(self.go)
        bus.year_wanted.connect(self.show_year)
        bus.command_wanted.connect(self._run_command)
        bus.text_wanted.connect(self._look.choose_text)
        messages.said.connect(self.status.say)
        messages.noticed.connect(
            lambda notice: self.notices.show_notice(self.files.troubles.with_ways(notice))
        )
        messages.settled.connect(self.notices.settle)
        messages.asked.connect(self.asides.ask)
        self._look.changing.connect(self.host.let_go_of_hidden)
        self._look.changed.connect(self._on_look)
        self.files.opening.connect(self._on_opening)
        self.files.ended.connect(self._on_ended)
        self.files.recent_changed.connect(self._show_recent)
        self.menus.recent_chosen.connect(self.files.open)
        self.menus.page_chosen.connect(self.go)
        self.sidebar.chosen.connect(self.go)
        self.topbar.year_chosen.connect(self.show_year)
        self.topbar.sample_unwanted.connect(self.files.remove_sample)
        self.topbar.undo_button.clicked.connect(book.undo)
        self.topbar.help_button.clicked.connect(self.asides.show_help)
        self.status.undo.clicked.connect(book.undo)
        self.host.shown.connect(self._on_page_shown)
        self.host.filled.connect(self._reordering.start)
        self._progress = ProgressWatch(self, self._context.tasks.delivery, self.status.progress)
        self.notices.changed.connect(self._reordering.start)

    def _handlers(self) -> dict[Action, Callable[[], None]]:
        book, look = self._context.book, self._look
        return {
            Action.NEW: self.files.new,
            Action.OPEN: self.files.choose,
            Action.SAMPLE: self.files.explore,
            Action.IMPORT_WORKBOOK: self.files.bring_in,
            Action.TEMPLATE: self.files.save_template,
            Action.EXPORT: self.files.export,
            Action.CLOSE: self.files.close,
            Action.QUIT: self._quit,
            Action.UNDO: book.undo,
            Action.REDO: book.redo,
            Action.FIND: self._find,
            Action.BIN: self._show_bin,
            Action.CHECK: self._check_file,
            Action.COPY: self.files.troubles.save_copy,
            Action.TEXT_LARGER: lambda: look.step_text(1),
            Action.TEXT_SMALLER: lambda: look.step_text(-1),
            Action.TEXT_RESET: lambda: look.step_text(0),
            Action.THEME_SYSTEM: lambda: look.choose_theme(ThemeChoice.SYSTEM),
            Action.THEME_LIGHT: lambda: look.choose_theme(ThemeChoice.LIGHT),
            Action.THEME_DARK: lambda: look.choose_theme(ThemeChoice.DARK),
            Action.YEAR_BEFORE: self._year_before,
            Action.YEAR_AFTER: self._year_after,
            Action.HELP: self.asides.show_help,
            Action.KEYS: self.asides.show_keys,
            Action.ABOUT: self.asides.show_about,
        }

    # -- the file

    def show_year(self, year: int) -> None:
        """Show another school year everywhere."""
        self._context.settings.year = year
        self._context.book.show_year(year)
        self.host.show_year(year)

    def _on_opened(self, facts: FrameFacts) -> None:
        settings = self._context.settings
        self.notices.clear()
        self.host.clear()
        self._frame_visible(on=True)
        self._sheet.setCurrentWidget(self.host)
        self._show_facts(facts)
        remembered = settings.year
        year = remembered if remembered in facts.years and remembered is not None else facts.year
        self.host.show_year(year)
        if year != facts.year:
            self._context.book.show_year(year)
        keys = [spec.key for spec in self._pages]
        self.host.show_page(settings.page if settings.page in keys else keys[0])

    def _on_moved(self, facts: FrameFacts) -> None:
        """Another file with the same book in it: every page asks again, and keeps what is typed."""
        self._show_facts(facts)
        self.host.ask_again()

    def _show_facts(self, facts: FrameFacts) -> None:
        book = self._context.book
        self.window.setWindowTitle(f"{facts.cluster} – Clusterbook")
        self.sidebar.show_cluster(facts.cluster, facts.detail)
        self.sidebar.show_counts(facts.counts)
        self.topbar.show_years(facts.years, book.year or facts.year)
        self.topbar.show_undo(book.undo_name)
        self.topbar.sample.setVisible(facts.sample and not facts.read_only)
        self.status.show_file(facts.path, facts.backup)
        self.notices.replace_lasting([self.files.troubles.with_ways(one) for one in facts.notices])
        self.actions_table.name(Action.UNDO, self.topbar.undo_words())
        self.actions_table.name(Action.REDO, f"Redo {in_sentence(book.redo_name)}".strip())
        self.actions_table.name(Action.BIN, f"Bin ({facts.binned})" if facts.binned else "Bin")
        self._update_enabled()
        self._arrange()

    def show_welcome(self) -> None:
        """Show the welcome screen: no file is open."""
        if self.welcome is None:
            self.welcome = self._make_welcome()
        self.host.clear()
        self.window.setWindowTitle("Clusterbook")
        self._frame_visible(on=False)
        self.status.show_file(None, "")
        self.status.say("")
        self.notices.replace_lasting(())
        self._sheet.setCurrentWidget(self.welcome)
        self._update_enabled()
        self._show_recent()
        self._arrange()
        first_focus(self.welcome)

    def _on_opening(self, words: str) -> None:
        self._waiting.setText(words)
        self._sheet.setCurrentWidget(self._waiting)

    def _on_ended(self) -> None:
        """A file was opened, or could not be: then whatever was there before comes back."""
        if self._context.book.is_open():
            self._sheet.setCurrentWidget(self.host)
        else:
            self.show_welcome()

    def _frame_visible(self, *, on: bool) -> None:
        self.sidebar.setVisible(on)
        self.topbar.setVisible(on)

    # -- looks and order

    def _on_look(self) -> None:
        chosen = {
            ThemeChoice.SYSTEM: Action.THEME_SYSTEM,
            ThemeChoice.LIGHT: Action.THEME_LIGHT,
            ThemeChoice.DARK: Action.THEME_DARK,
        }[self._context.settings.theme]
        self.actions_table[chosen].setChecked(True)
        self.menus.dress()
        self._arrange()

    def _arrange(self) -> None:
        ems = theme.now().ems(self.window.width())
        self.sidebar.set_narrow(ems < RAIL_BELOW)
        side = 0 if self.sidebar.isHidden() else self.sidebar.width()
        self.topbar.arrange(self.window.width() - side)
        self.status.arrange(ems)
        self.host.arrange(ems)
        left = theme.now().px(8) if self.sidebar.isHidden() else 0
        top = theme.now().px(4) if self.topbar.isHidden() else 0
        self._edge.setContentsMargins(left, top, theme.now().px(8), 0)
        self._reordering.start()

    def _reorder(self) -> None:
        central = self.window.centralWidget()
        if central is not None:
            reading_order(central)

    def _update_enabled(self) -> None:
        book, met = self._context.book, set[Needs]()
        if book.is_open():
            met.add(Needs.FILE)
        if book.facts is not None and not book.facts.read_only:
            met.add(Needs.WRITING)
        met |= {Needs.UNDO} if book.undo_name else set()
        met |= {Needs.REDO} if book.redo_name else set()
        met |= {Needs.EARLIER} if self._neighbour(-1) is not None else set()
        met |= {Needs.LATER} if self._neighbour(1) is not None else set()
        self.actions_table.update_enabled(met)
        self.menus.enable_pages(book.is_open())
        self.papers.setEnabled(book.is_open())

    def _on_page_shown(self, key: str) -> None:
        self._context.settings.page = key
        self.sidebar.show_page(key)
        self._reordering.start()
        first_focus(self.host.currentWidget())

    def _show_recent(self) -> None:
        recent = self._context.settings.recent
        self.menus.show_recent(recent)
        if self.welcome is not None:
            self.welcome.show_recent(recent)
            # a network drive that is not there may take seconds to say so
            self._context.tasks.pool.run(
                lambda _progress: frozenset(entry.path for entry in recent if entry.missing()),
                self.welcome.show_missing,
                key="missing",
            )

    # -- actions

    def _check_file(self) -> None:
        from ui.dialogs.check import check_file

        check_file(self._context, self.window)

    def _run_command(self, name: str) -> None:
        self.actions_table[Action(name)].trigger()

    def _commands(self) -> Sequence[Command]:
        return [*self.host.commands(), *self.papers.commands()]

    def _find(self) -> None:
        self.finding.start()

    def _show_bin(self) -> None:
        from ui.records import open_bin

        open_bin(self._context, self.window)

    def _quit(self) -> None:
        self.window.close()

    def _neighbour(self, step: int) -> int | None:
        book = self._context.book
        if book.facts is None or book.year not in book.facts.years:
            return None
        years = sorted(book.facts.years)
        at = years.index(book.year) + step
        return years[at] if 0 <= at < len(years) else None

    def _year_before(self) -> None:
        year = self._neighbour(-1)
        if year is not None:
            self.show_year(year)

    def _year_after(self) -> None:
        year = self._neighbour(1)
        if year is not None:
            self.show_year(year)

    def _focus_page(self) -> None:
        first_focus(self.host.currentWidget())

    def _page(self) -> PageSpec | None:
        return next((spec for spec in self._pages if spec.key == self.host.current_key), None)

    def _on_closing(self) -> None:
        self._context.settings.geometry = self.window.saveGeometry()
        self._context.settings.save()
