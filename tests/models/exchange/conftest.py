"""A real book on a temporary file, to bring workbooks into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.services.sample import load_sample
from models.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "book.clusterbook")
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample cluster; nobody may write to it."""
    made = Store.create(tmp_path_factory.mktemp("sample") / "sample.clusterbook")
    with made.transaction("Fill in the sample cluster") as (session, _):
        load_sample(session)
    yield made
    made.close()
