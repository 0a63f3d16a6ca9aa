"""What every test gets: a data folder of its own run, so that no test writes where the user's backups lie."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLUSTERBOOK_DATA", str(tmp_path_factory.mktemp("data")))
        yield
