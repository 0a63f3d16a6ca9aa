"""The sample cluster, made once and copied for each test that writes to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.services.sample import load_sample
from models.store import Store
from tests.models.services.claim_world import ClaimWorld


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.clusterbook"
    made = Store.create(path)
    with made.transaction("Fill in the sample cluster") as (session, _):
        load_sample(session)
    made.close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A book of the sample cluster to be written to."""
    copy = tmp_path / "sample.clusterbook"
    shutil.copyfile(sample_file, copy)
    store = Store.open(copy)
    yield store
    store.close()


@pytest.fixture(scope="session")
def claim_world(tmp_path_factory: pytest.TempPathFactory) -> ClaimWorld:
    made = ClaimWorld.make(tmp_path_factory.mktemp("claims") / "claims.clusterbook")
    made.store.close()
    return made


@pytest.fixture
def world(claim_world: ClaimWorld, tmp_path: Path) -> Iterator[ClaimWorld]:
    """A small cluster with a meeting, whose claims are still to be entered."""
    copy = claim_world.copy(tmp_path / "claims.clusterbook")
    yield copy
    copy.store.close()
