"""A real book on a temporary file for the questions to be asked of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests import books


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "book.clusterbook")
    yield made
    made.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample cluster; nobody may write to it."""
    made = books.sample_in(tmp_path_factory.mktemp("sample"))
    yield made
    made.close()


@pytest.fixture
def own_sample(tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample cluster to be written to."""
    made = books.sample_in(tmp_path)
    yield made
    made.close()
