"""The sample cluster, made once and copied for each test that writes to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import Store
from tests import books
from tests.models.services.claim_world import ClaimWorld


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    """A book of the sample cluster to be written to."""
    store = books.sample_in(tmp_path)
    yield store
    books.let_go(store)


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
    books.let_go(copy.store)
