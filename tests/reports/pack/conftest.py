"""The sample cluster's packs, asked of a real book on a temporary file."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.queries.book import Book
from models.queries.pack import PackData, pack_data
from models.store import Store
from reports.pack import build_pack
from tests import books
from tests.reports.pack import crowded
from tests.reports.pack.factories import STAMP


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


@pytest.fixture(scope="session")
def second_year(sample: Store) -> PackData:
    """What the pack of the sample's second year prints, on the day that the sample is told from."""
    with sample.read() as session:
        return pack_data(Book(session), 2024, dt.date(2025, 6, 20))


@pytest.fixture(scope="session")
def first_year(sample: Store) -> PackData:
    """The same of its first year, at the end of it."""
    with sample.read() as session:
        return pack_data(Book(session), 2023, dt.date(2024, 8, 31))


@pytest.fixture(scope="session")
def sample_pack(second_year: PackData) -> bytes:
    """The pack of the second year."""
    return build_pack(second_year, stamp=STAMP)


@pytest.fixture(scope="session")
def first_pack(first_year: PackData) -> bytes:
    """The pack of the first year."""
    return build_pack(first_year, stamp=STAMP)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> PackData:
    """What the pack of a book with more of everything than any cluster has prints."""
    store = Store.create(tmp_path_factory.mktemp("crowd") / "crowd.clusterbook")
    with store.transaction("Fill") as (session, _):
        crowded.fill(session)
    with store.read() as session:
        data = pack_data(Book(session), 2024, dt.date(2025, 6, 20))
    store.close()
    return data


@pytest.fixture(scope="session")
def crowd_pack(crowd: PackData) -> bytes:
    """The pack of that book."""
    return build_pack(crowd, stamp=STAMP)


@pytest.fixture(scope="session")
def crowd_short(crowd: PackData) -> bytes:
    """Its short form."""
    return build_pack(crowd, short=True, stamp=STAMP)
