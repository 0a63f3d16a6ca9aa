"""The sample cluster, made once a run, and windows that are closed whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import books
from tests.e2e.driver import Driver, open_window


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies of one book share their backups: what another story left would be in this one's lists."""
    monkeypatch.setenv("CLUSTERBOOK_DATA", str(tmp_path / "data"))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample cluster, to do anything with."""
    return books.settled_copy(tmp_path)


@pytest.fixture
def make_window(qapp, qtbot, tmp_path):
    """Opens windows, and closes them at the end."""
    made: list[Driver] = []

    def make(file: Path | None = None, **more) -> Driver:
        made.append(open_window(qapp, qtbot, tmp_path, file, **more))
        return made[-1]

    yield make
    for driver in made:
        driver.close()


@pytest.fixture
def on_sample(make_window, sample) -> Driver:
    """A window on the sample."""
    driver = make_window(sample)
    driver.until_home()
    return driver
