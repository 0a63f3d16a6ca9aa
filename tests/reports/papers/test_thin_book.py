"""A cluster of one school and one meeting: what the window would print of it is sound and wastes no paper."""

from __future__ import annotations

import pytest

from models.store import Store
from reports.papers import PAPERS
from tests import books
from tests.reports.kit.making import STAMP
from tests.reports.papers import thin
from tests.reports.pdf_checks import assert_sound, texts

OF_BANK = {
    "labels",
    "label_test",
    "contents_card",
    "loan_slip",
    "catalogue",
    "stock_check",
    "claim_form_blank",
}
"""Papers that are those of an empty book, which are held elsewhere."""
NOTHING_YET = {"claim_form", "remittance", "recharge", "evaluation_slip"}
PAGES = {"successor": 5}
"""The most that each may have; all others one."""


@pytest.fixture(scope="module")
def thin_book(tmp_path_factory):
    made = Store.create(tmp_path_factory.mktemp("thin_papers") / "thin.clusterbook")
    with made.transaction("Fill") as (session, _):
        thin.fill(session)
    yield made
    books.let_go(made)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("school_page", ["no cover claim of it is entered", "nobody is entered for a CPD session"]),
        ("successor", ["no money is entered in the pot yet"]),
    ],
)
def test_what_nobody_entered_is_no_nought_in_a_headline(thin_book, key, said):  # R-REV-5
    with thin_book.read() as session:
        data = PAPERS[key].query()(session, *thin.usual(session, key), clock=lambda: thin.DAY)
    first = " ".join(texts(PAPERS[key].builder()(data, stamp=STAMP))[0].split())
    assert [words for words in said if words not in first] == []


def test_every_paper_of_one_school_with_one_meeting_is_sound_and_short(thin_book):
    nothing = set()
    for key in PAPERS.keys() - OF_BANK:
        with thin_book.read() as session:
            about = thin.usual(session, key)
            if about is None:
                nothing.add(key)
                continue
            data = PAPERS[key].query()(session, *about, clock=lambda: thin.DAY)
        pdf = PAPERS[key].builder()(data, stamp=STAMP)
        assert_sound(pdf)
        assert len(texts(pdf)) <= PAGES.get(key, 1), key

    assert nothing == NOTHING_YET
