"""A real book on a temporary file for the questions to be asked of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests import books


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    yield made
    books.let_go(made)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample cluster; nobody may write to it."""
    made = books.sample_in(tmp_path_factory.mktemp("sample"))
    yield made
    books.let_go(made)


@pytest.fixture
def own_sample(tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample cluster to be written to."""
    made = books.sample_in(tmp_path)
    yield made
    books.let_go(made)
