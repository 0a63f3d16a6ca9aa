"""Codes are given out upwards, and never twice."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from models import tables as t
from models.services.codes import next_code, next_codes
from models.store import Store
from tests import books


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    yield made
    books.let_go(made)


def _projects(store: Store, *codes: str) -> None:
    with store.transaction("Add projects") as (session, _):
        for code in codes:
            session.add(t.Project(**t.ProjectDraft(code=code, title=code).model_dump()))


@pytest.mark.parametrize(
    ("there", "following"),
    [
        ((), "PR-0001"),
        (("PR-0001", "PR-0003"), "PR-0004"),
        (("PR-01",), "PR-02"),
        (("PR-99",), "PR-100"),
        (("PR-x", "pr-9", "SC-0040", "PR-7b"), "PR-0001"),
    ],
)
def test_the_next_code_is_above_all_there_are_and_as_long_as_they_are(
    store: Store, there: tuple[str, ...], following: str
) -> None:
    _projects(store, *there)
    with store.read() as session:
        assert next_code(session, t.Project) == following


def test_codes_taken_elsewhere_are_passed_over(store: Store) -> None:
    _projects(store, "PR-0001")
    with store.read() as session:
        codes = next_codes(session, t.Project, taken=["PR-0007", "mine"])
        assert list(islice(codes, 2)) == ["PR-0008", "PR-0009"]


def test_each_kind_of_record_has_its_own_prefix(store: Store) -> None:
    with store.read() as session:
        assert next_code(session, t.CoverClaim) == "SC-0001"
        assert next_code(session, t.Loan) == "L-0001"


@pytest.mark.parametrize(
    ("like", "following"),
    [("KIT-02", "KIT-12"), ("QE-3", "QE-04"), ("Magnets", "R-0001"), ("R-0001", "R-0001")],
)
def test_a_code_follows_the_series_of_another(store: Store, like: str, following: str) -> None:
    with store.transaction("Add resources") as (session, _):
        for code in ("KIT-02", "KIT-11", "QE-03", "Magnets"):
            session.add(t.Resource(**t.ResourceDraft(code=code, name=code).model_dump()))
        assert next_code(session, t.Resource, like=like) == following
