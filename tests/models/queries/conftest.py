"""A real book on a temporary file for the questions to be asked of."""

import shutil
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


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cluster's file, made once a run."""
    path = tmp_path_factory.mktemp("sample") / "sample.clusterbook"
    made = Store.create(path)
    with made.transaction("Fill in the sample cluster") as (session, _):
        load_sample(session)
    made.close()
    return path


@pytest.fixture(scope="session")
def sample(sample_file: Path) -> Iterator[Store]:
    """The sample cluster; nobody may write to it."""
    made = Store.open(sample_file)
    yield made
    made.close()


@pytest.fixture
def own_sample(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample cluster to be written to."""
    copy = tmp_path / "sample.clusterbook"
    shutil.copyfile(sample_file, copy)
    made = Store.open(copy)
    yield made
    made.close()
