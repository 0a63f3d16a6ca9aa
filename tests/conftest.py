"""What every test gets: Qt without a screen, its system libraries, and a data folder of its own run.

`--onscreen` shows the windows instead. The environment is settled here, before anything imports Qt.
"""

import gc
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ONSCREEN = "--onscreen"
ROOT = Path(__file__).parent.parent
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 -- pytest makes a folder of its own in it

if ONSCREEN not in sys.argv:  # a school laptop's screen; Qt's own offscreen one is 800 x 800
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={ROOT / 'tests' / 'screen.json'}"


def _system_is_ready() -> bool:
    """Whether Qt finds its libraries, which wheels do not bring, and the programs that tests call."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError:
        return False
    return all(shutil.which(name) for name in ("Xvfb", "xdotool", "import", "cc"))


# The store waits for the disk after every commit, as it must; here that would be a third of the time. No test
# cuts the power: those that kill a process lose nothing that was given to the system.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

if "PYTEST_XDIST_WORKER" not in os.environ and sys.platform == "linux" and not _system_is_ready():
    subprocess.run(["/bin/bash", ROOT / ".ci" / "system-packages"], check=False)

# Derandomized examples would be the same ones in every run; a deadline measures the machine, not the code.
settings.register_profile("clusterbook", deadline=None, derandomize=False)
settings.load_profile("clusterbook")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(ONSCREEN, action="store_true", help="show the windows that the tests open")


def pytest_configure(config: pytest.Config) -> None:
    """A folder for the books that the whole run shares: its workers are told by the environment."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        os.environ["CLUSTERBOOK_TEST_BOOKS"] = folder  # tests.books.FOLDER, which imports too much for here
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish() -> None:
    """What was imported and collected lives as long as the run: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test may write where the user's settings and backups lie."""
    with pytest.MonkeyPatch.context() as patch:
        data = tmp_path_factory.mktemp("data")
        patch.setenv("CLUSTERBOOK_DATA", str(data))
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(data / variable.lower()))
        yield
