from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests.models.store.example import SETUP


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.clusterbook"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.create(path, setup=SETUP)
    yield opened
    opened.close()
