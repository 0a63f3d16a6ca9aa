"""Contents, copies, tags and stock checks, in a real book (R-LOAN-2, R-RES-8)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.queries.lending import contents, shortages
from models.rules.resources import Tag
from models.services import kits, lending, records
from models.services.kits import PartLine
from models.services.lending import Counted
from models.words import OwnerKind, ResourceKind, TagKind
from tests import books
from tests.models.services.banking import FRI, MON, Bank, small_bank

Y3, Y4 = Tag(TagKind.YEAR_GROUP, "Y3"), Tag(TagKind.YEAR_GROUP, "Y4")
ROCKS = Tag(TagKind.UNIT, "Rocks")


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    store = books.empty_in(tmp_path)
    yield small_bank(store)
    books.let_go(store)


def listed(bank: Bank, resource: int | None = None) -> list[tuple[int, str, int]]:
    with bank.store.read() as session:
        rows = contents(session, resource or bank.kit)
        return [(row.position, row.name, row.quantity) for row in rows]


def tags(bank: Bank, resource: int | None = None) -> set[Tag]:
    with bank.store.read() as session:
        rows = session.execute(t.metadata.tables["resource_tag"].select()).all()
    return {Tag(row.kind, row.value) for row in rows if row.resource_id == (resource or bank.kit)}


def lent_and_back(bank: Bank, **counted: Counted) -> None:
    with bank.doing() as session:
        loan = lending.lend(
            session, resource_id=bank.kit, school_id=bank.ash, starts_on=MON, due_on=FRI, today=MON
        )
        lending.check_in(session, loan, FRI, {getattr(bank, k): v for k, v in counted.items()}, FRI)


def count_stock(bank: Bank, counts=None, on=FRI, **more) -> int:
    with bank.doing("Stock check") as session:
        return kits.check_stock(session, bank.kit, on, FRI, counts, **more)


def test_contents_become_what_was_typed_in_their_order(bank):
    with bank.doing() as session:
        kits.set_contents(
            session,
            bank.kit,
            [PartLine("Tray", 2), PartLine("Bar magnet", 12, unit_cost_p=250, id=bank.magnet)],
        )
    assert listed(bank) == [(1, "Tray", 2), (2, "Bar magnet", 12)]
    assert bank.values("kit_item", bank.magnet)["unit_cost_p"] == 250


def test_two_parts_may_swap_their_names(bank):
    with bank.doing() as session:
        kits.set_contents(
            session,
            bank.kit,
            [PartLine("Wire", 10, id=bank.magnet), PartLine("Magnet", 4, id=bank.wire)],
        )
    assert listed(bank) == [(1, "Wire", 10), (2, "Magnet", 4)]


@pytest.mark.parametrize(
    ("lines", "field", "words"),
    [
        ([PartLine("Tray", 1), PartLine("tray ", 2)], "name/1", "on the list already"),
        ([PartLine("Tray", 0)], "quantity/0", "cannot be less than 1"),
        ([PartLine("Tray", 1), PartLine(" ", 1)], "name/1", "Part is needed"),
    ],
)
def test_a_line_that_does_not_fit_is_named_by_its_row(bank, lines, field, words):
    before = bank.whole()
    with pytest.raises(BadInput, match=words) as wrong, bank.doing() as session:
        kits.set_contents(session, bank.kit, lines)
    assert wrong.value.field == field
    assert bank.whole() == before


def test_a_part_that_was_lent_stays_on_record(bank):
    lent_and_back(bank)
    with pytest.raises(Refused, match="“Wire” was lent with this kit"), bank.doing() as session:
        kits.set_contents(
            session, bank.kit, [PartLine("Magnet", 10, id=bank.magnet), PartLine("Cup", 5, id=bank.cup)]
        )


def test_a_copy_has_the_same_contents_and_tags_and_the_next_code_but_no_loans(bank):
    with bank.doing() as session:
        kits.retag(session, [bank.kit], add=[Y3])
        records.change(session, t.Resource, bank.kit, {"has_mains": True, "next_check_on": FRI})
    lent_and_back(bank)
    with bank.doing() as session:
        made = kits.duplicate(session, bank.kit)
    values = bank.values("resource", made)
    assert (values["code"], values["name"]) == ("KIT-02", "Magnets, second set")
    assert (values["has_mains"], values["next_check_on"]) == (True, None)
    assert listed(bank, made) == listed(bank)
    assert tags(bank, made) == {Y3}
    with bank.store.read() as session:
        loans = session.execute(t.metadata.tables["loan"].select()).all()
    assert [loan.resource_id for loan in loans] == [bank.kit]


def test_a_copy_of_something_without_a_number_gets_a_number_of_its_kind(bank):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, {"code": "Magnets"})
        made = kits.duplicate(session, bank.kit, "Magnets for Year 5")
    assert bank.values("resource", made)["code"] == "KIT-01"


def test_r_res_8_tags_are_added_and_taken_away_from_several_in_one_go(bank):
    with bank.doing() as session:
        other = kits.duplicate(session, bank.kit)
        kits.retag(session, [bank.kit], add=[Y3, ROCKS])
    with bank.doing("Tag 2 items") as session:
        again = Tag(TagKind.UNIT, "rocks ")
        kits.retag(session, [bank.kit, other], add=[Y4, again], remove=[Tag(TagKind.YEAR_GROUP, "y3")])
    assert tags(bank) == {Y4, ROCKS}
    assert tags(bank, other) == {Y4, Tag(TagKind.UNIT, "rocks")}
    bank.store.undo()
    assert (tags(bank), tags(bank, other)) == ({Y3, ROCKS}, set())


def test_the_tags_of_one_item_become_those_that_were_typed(bank):
    with bank.doing() as session:
        kits.retag(session, [bank.kit], add=[Y3, ROCKS])
        kits.set_tags(session, bank.kit, [ROCKS, Y4])
    assert tags(bank) == {Y4, ROCKS}
    with pytest.raises(BadInput, match="Tag is needed"), bank.doing() as session:
        kits.set_tags(session, bank.kit, [Tag(TagKind.UNIT, "  ")])


def test_a_stock_check_makes_the_contents_what_was_counted_and_says_what_differed(bank):
    check = count_stock(bank, {bank.magnet: 9, bank.cup: 25, bank.wire: 4}, notes="Box torn")
    assert [quantity for _, _, quantity in listed(bank)] == [9, 25, 4]
    values = bank.values("stock_check", check)
    assert (values["found"], values["complete"], values["checked_on"]) == (True, False, FRI)
    assert values["notes"] == "Magnet 9 of 10 and Paper cup 25 of 20; Box torn"


def test_a_part_of_which_none_is_left_stays_on_the_list_to_be_replaced(bank):
    check = count_stock(bank, {bank.wire: 0})
    assert listed(bank)[2] == (3, "Wire", 4)
    assert bank.values("stock_check", check)["notes"] == "Wire 0 of 4"


def test_a_kit_that_is_all_there_is_complete_and_what_was_lost_before_is_forgotten(bank):
    lent_and_back(bank, magnet=Counted(gone=1))
    with bank.store.read() as session:
        assert shortages(session) == {bank.magnet: 1}
    check = count_stock(bank)
    assert bank.values("stock_check", check)["complete"] is True
    with bank.store.read() as session:
        assert shortages(session) == {}


def test_what_is_lost_after_a_stock_check_is_short_again(bank):
    with bank.doing() as session:
        kits.check_stock(session, bank.kit, MON, FRI)
    lent_and_back(bank, magnet=Counted(gone=1))
    with bank.store.read() as session:
        assert shortages(session, bank.kit) == {bank.magnet: 1}


def test_a_kit_that_is_not_found_is_not_complete_and_its_contents_stay(bank):
    check = count_stock(bank, {bank.magnet: 3}, found=False)
    values = bank.values("stock_check", check)
    assert (values["found"], values["complete"]) == (False, False)
    assert listed(bank)[0] == (1, "Magnet", 10)


def test_a_second_look_on_the_same_day_takes_the_place_of_the_first(bank):
    first = count_stock(bank, {bank.magnet: 9})
    assert count_stock(bank) == first
    assert bank.values("stock_check", first)["complete"] is True


def test_a_stock_check_lies_neither_ahead_nor_below_nothing(bank):
    with pytest.raises(BadInput, match="lies ahead") as no:
        count_stock(bank, on=FRI + dt.timedelta(days=1))
    assert no.value.field == "checked_on"
    with pytest.raises(BadInput, match="cannot be less than 0") as no:
        count_stock(bank, {bank.cup: -1})
    assert no.value.field == f"count/{bank.cup}"
    with pytest.raises(BadInput, match="cannot be more than") as no:
        count_stock(bank, {bank.cup: 10_001})
    assert no.value.field == f"count/{bank.cup}"
    with pytest.raises(Refused, match="not on the list any more"):
        count_stock(bank, {999: 1})
    with pytest.raises(Changed), bank.doing() as session:
        kits.check_stock(session, 999, FRI, FRI)


def test_a_new_resource_gets_the_next_code_of_its_kind(bank):
    with bank.doing() as session:
        kit = kits.add_resource(session, {"name": "Sound", "kind": ResourceKind.KIT, "code": ""})
        book = kits.add_resource(session, {"name": "Atlas", "kind": ResourceKind.BOOK})
        own = kits.add_resource(session, {"name": "Own", "kind": ResourceKind.KIT, "code": "BOX-7"})
    codes = [bank.values("resource", one)["code"] for one in (kit, book, own)]
    assert codes == ["KIT-02", "BOOK-01", "BOX-7"]
    with pytest.raises(BadInput, match="school that owns it"), bank.doing() as session:
        kits.add_resource(session, {"name": "Sound", "owner": OwnerKind.SCHOOL})
