"""The window paints before anything heavy is imported; crashes are caught, logged without names, shown."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.books import sample_file
from tests.ui.conftest import settle
from ui.crash import CrashNet
from ui.dialogs.notes import CrashDialog
from ui.fonts import load_packaged_fonts
from ui.settings import ThemeChoice

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "reportlab", "openpyxl", "xlsxwriter", "alembic")
SHELL = ("ui.shell.window", "ui.dialogs", "ui.pages", "PySide6.QtSvg", "logging.handlers")


def imported_by(*modules: str) -> set[str]:
    """What a fresh Python has in memory after importing these."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_shell_brings_in_neither_tables_nor_papers():
    found = imported_by("ui.shell.window", "ui.shell.assembly", "ui.shell.welcome", "ui.shell.finder")

    assert [name for name in HEAVY if name in found] == []


def test_what_is_imported_before_the_first_paint_is_next_to_nothing():
    found = imported_by("ui.app")

    assert [name for name in (*HEAVY, *SHELL) if name in found] == []


def test_qt_does_not_slow_down_what_is_imported_after_it():
    code = "import builtins as b; python = b.__import__; import ui.composition; print(python is b.__import__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.split() == ["True"]


HOME = """
import datetime, sys
from pathlib import Path
from models import tables
from models.store import Store
from ui.bookdoors import frame
from ui.pages.home.facts import home_facts
store = Store.open(Path(sys.argv[1]), read_only=True)
facts = frame(datetime.date.today, store, None)
with store.read() as session:
    print(len(home_facts(session, facts.year, datetime.date.today).todo) > 0)
print([one.__name__ for one in tables.Record.__subclasses__() if "__mapper__" in one.__dict__])
"""


def test_home_shows_its_data_before_the_classes_are_mapped_to_their_tables():
    code = [sys.executable, "-c", HOME, str(sample_file())]
    done = subprocess.run(code, capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.split() == ["True", "[]"]


FIRST_PAINT = """
import datetime, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.app import Start, Surroundings
folder = Path(sys.argv[1])
app = QApplication([])
start = Start(app, Surroundings(folder, folder, folder / "s", datetime.date.today, tuple), folder / "a", None)
start.window.painted.connect(app.quit)
start.window.show()
app.exec()
print(*sys.modules)
"""


def test_the_first_paint_needs_neither_the_shell_nor_a_font(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )

    assert [name for name in (*HEAVY, *SHELL, "ui.fonts") if name in done.stdout.split()] == []


STYLE = """
import os, sys
from PySide6.QtWidgets import QApplication
from ui.composition import run_window
def painted():
    print(QApplication.style().name(), flush=True)
    os._exit(0)
run_window(None, painted=painted)
"""


def test_the_window_is_drawn_in_one_style_whatever_the_desktop_asks_for(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", STYLE],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "QT_STYLE_OVERRIDE": "windows", "CLUSTERBOOK_DATA": str(tmp_path)},
    )

    assert done.stdout.split() == ["fusion"]


@pytest.mark.parametrize(
    ("theme", "grey", "white"), [("light", "#f4f6f7", "#ffffff"), ("dark", "#14191d", "#1e252a")]
)
def test_the_first_paint_is_already_in_the_theme_chosen(make_world, theme, grey, white):
    world = make_world("Tidewater 2024.clusterbook", ThemeChoice(theme))
    image = world.start.window.grab().toImage()

    assert image.pixelColor(2, 760).name() == grey
    assert image.pixelColor(700, 600).name() == white


def test_the_window_comes_back_where_it_was(make_world):
    first = make_world("Tidewater 2024.clusterbook", size=(1111, 701))
    first.start.window.close()
    kept = first.context.settings.geometry

    def before(settings):
        settings.geometry = kept

    second = make_world("Tidewater 2024.clusterbook", size=None, prepare=before)

    assert (second.start.window.width(), second.start.window.height()) == (1111, 701)


def test_the_page_shown_last_comes_back(make_world):
    def last(settings):
        settings.page = "pack"

    world = make_world("Tidewater 2024.clusterbook", prepare=last)

    assert world.shell.host.current_key == "pack"


def test_without_a_file_the_last_book_is_opened(make_world, recent):
    def before(settings):
        for entry in recent:
            settings.remember(entry)

    world = make_world(prepare=before)

    assert world.book.facts.path == recent[-1].path


@pytest.mark.usefixtures("qapp")
def test_a_machine_without_our_fonts_gets_the_packaged_one():
    assert "Lato" in load_packaged_fonts()


# -- the crash net


@pytest.fixture
def net():
    shown: list[str] = []
    made = CrashNet(shown.append, lambda: ("Clusterbook 0.1.0",))
    made.shown = shown
    yield made
    made.uninstall()


def crash(net, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        raise ValueError(sentence)
    net.caught(caught.type, caught.value, caught.tb)


def test_an_unexpected_error_is_shown_with_versions_and_where_it_happened(net):
    crash(net, "no such school")

    report = net.shown[0]
    assert report.startswith("Clusterbook 0.1.0\n")
    assert "ValueError: no such school" in report
    assert "in crash" in report


def test_the_log_says_where_and_what_kind_but_not_the_errors_own_words(net, tmp_path):
    net.keep_logs(tmp_path)
    crash(net, "K. Ivory is owed £109.00")

    log = (tmp_path / "clusterbook.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "in crash" in log
    assert "Ivory" not in log
    assert "£" not in log


def test_what_happens_while_a_crash_is_shown_is_logged_only(net):
    def show_and_crash(report):
        net.shown.append(report)
        crash(net, "second")

    net._show = show_and_crash
    crash(net, "first")

    assert len(net.shown) == 1


def test_a_hard_crash_of_the_last_run_is_noticed_once(net, tmp_path):
    (tmp_path / "hard-crash.txt").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")

    assert net.keep_logs(tmp_path)
    net.uninstall()
    assert not net.keep_logs(tmp_path)
    assert (tmp_path / "last-hard-crash.txt").read_text(encoding="utf-8").startswith("Fatal")


def test_the_hook_is_given_back(net):
    before = sys.excepthook
    net.install()
    assert sys.excepthook == net.caught

    net.uninstall()

    assert sys.excepthook is before


def test_the_logs_are_let_go_at_the_end(net, tmp_path):
    handlers = list(logging.getLogger("ui").handlers)
    net.keep_logs(tmp_path)
    net.uninstall()

    assert logging.getLogger("ui").handlers == handlers


def test_other_libraries_are_not_made_to_talk(net, tmp_path):
    net.keep_logs(tmp_path)

    assert not logging.getLogger("sqlalchemy.engine").isEnabledFor(logging.INFO)
    assert logging.getLogger("ui.messages").isEnabledFor(logging.INFO)


def test_a_crash_opens_a_dialog_over_the_window(world):
    world.assembly._show_crash("Clusterbook 0.1.0\n\nTraceback …")
    settle()
    dialog = world.start.window.findChild(CrashDialog)

    assert dialog.findChild(QPlainTextEdit).toPlainText().endswith("Traceback …")


BROKEN = """
import datetime, sys
from pathlib import Path
from ui.app import Surroundings, run
folder = Path(sys.argv[1])
def compose():
    raise ImportError("a part is missing")
sys.exit(run(Surroundings(folder, folder, folder / "s", datetime.date.today, tuple), None, compose))
"""


def test_a_window_that_cannot_be_put_together_does_not_stay_empty(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )

    assert done.returncode == 1
    assert "a part is missing" in done.stderr
