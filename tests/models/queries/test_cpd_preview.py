"""The CPD splitter's live preview, to the penny (R-CPD-1 to R-CPD-6)."""

import datetime as dt

import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.cpd import cpd_splits
from models.queries.cpd_preview import CpdPreview, cpd_preview
from models.store import Store
from models.words import ExcessSplit, ProviderKind
from tests.models.queries.small import filling

DAY = dt.date(2024, 3, 12)
NAMES = ("Ashcombe", "Birchley", "Cranmoor", "Dunmere", "Elmstead", "Foxley", "Greendale")


@pytest.fixture
def seven(store: Store) -> Store:
    """Seven schools; pupils on roll 100, 200 … 700; Ashcombe is number 1."""
    with filling(store) as small:
        small.cluster()
        for number, name in enumerate(NAMES, 1):
            small.school(name, number_on_roll=100 * number)
        small.school("Gone", left=dt.date(2024, 1, 31), number_on_roll=50)
    return store


def asked(store: Store, fee_p: int, vat_p: int | None = None, **more: object) -> CpdPreview:
    usual: dict[str, object] = {
        "sessions": 1,
        "provider_kind": ProviderKind.NON_FELLOW,
        "vat_registered": True,
        "split": None,
        "schools": None,
        "on": DAY,
    }
    with store.read() as session:
        return cpd_preview(session, fee_p, vat_p, **{**usual, **more})  # type: ignore[arg-type]


def test_the_excess_is_shared_to_the_penny_with_its_vat(seven: Store) -> None:
    """R-CPD-2, R-CPD-3: £550 + £110: pot £480, seven schools £180."""
    found = asked(seven, 550_00)
    assert (found.split.pot_p, found.split.excess_p, found.vat_p) == (480_00, 180_00, 110_00)
    assert sum(share.gross_p for share in found.split.shares) == 180_00
    assert [share.net_p for share in found.split.shares] == [2143] * 6 + [2142]
    assert [share.vat_p for share in found.split.shares] == [429] * 4 + [428] * 3
    assert found.words == "The pot pays £480; 7 schools share £180, from £25.70 to £25.72 each."


def test_a_fee_within_the_limit_is_the_pots_whole(seven: Store) -> None:
    """R-CPD-1."""
    found = asked(seven, 400_00)
    assert (found.split.pot_p, found.split.shares, found.notes) == (480_00, (), ())
    assert found.words == "The pot pays £480, the whole fee and its VAT."


def test_two_sessions_have_the_limit_twice(seven: Store) -> None:
    """R-CPD-4."""
    assert asked(seven, 760_00, sessions=2).split.excess_p == 0


def test_who_does_not_charge_vat_gets_none_and_an_entered_one_is_named(seven: Store) -> None:
    """R-CPD-5: £420 without VAT is £400 and £20."""
    found = asked(seven, 420_00, 84_00, vat_registered=False)
    assert (found.split.pot_p, found.split.excess_p, found.usual_vat_p, found.vat_p) == (400_00, 20_00, 0, 0)
    assert any("does not charge VAT" in note for note in found.notes)


def test_vat_as_invoiced_goes_before_the_usual_one(seven: Store) -> None:
    found = asked(seven, 400_00, 79_99)
    assert (found.vat_p, found.usual_vat_p, found.split.pot_vat_p) == (79_99, 80_00, 79_99)


def test_only_schools_that_come_share_where_that_is_chosen(seven: Store) -> None:
    found = asked(seven, 500_00, 0, split=ExcessSplit.ATTENDING, schools=[1, 3])
    assert [(share.school_name, share.gross_p) for share in found.split.shares] == [
        ("Ashcombe", 50_00),
        ("Cranmoor", 50_00),
    ]
    assert found.words == "The pot pays £400; 2 schools share £100, £50 each."


def test_one_school_that_pays_is_named(seven: Store) -> None:
    found = asked(seven, 500_00, 0, split=ExcessSplit.ATTENDING, schools=[3])
    assert found.words == "The pot pays £400; Cranmoor pays £100."


def test_by_pupils_on_roll_the_shares_differ(seven: Store) -> None:
    found = asked(seven, 680_00, 0, split=ExcessSplit.BY_ROLL)
    assert [share.gross_p for share in found.split.shares] == [n * 10_00 for n in range(1, 8)]
    assert found.words == "The pot pays £400; 7 schools share £280, from £10 to £70 each."


def test_with_nobody_to_share_it_says_so(store: Store) -> None:
    found = asked(store, 500_00, 0)
    assert found.words == "The pot pays £400; £100 is over the limit, with no school to share it."


def test_the_preview_is_what_the_saved_session_gives(seven: Store) -> None:
    """R-REV-7: one calculation for the form, the fund page and the pack."""
    with filling(seven) as small:
        fee = {"fee_p": 577_77, "vat_p": 115_55, "vat_registered": True}
        made = small.add(t.CpdSession, code="CPD-01", title="Forces", held_on=DAY, **fee)
    with seven.read() as session:
        saved = cpd_splits(Book(session))[made][1]
    assert asked(seven, 577_77, 115_55).split == saved
