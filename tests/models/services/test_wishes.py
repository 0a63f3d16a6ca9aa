"""Trust resources, further copies and the wanted list, in a real book (R-RES-1, R-RES-2, R-RES-9)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.services import records, wishes
from models.words import OwnerKind, ResourceKind, ResourceLife
from tests import books
from tests.models.services.banking import FRI, MON, Bank, small_bank

DAY = dt.timedelta(days=1)
BOX = "I can explain"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    store = books.empty_in(tmp_path)
    yield small_bank(store)
    books.let_go(store)


def ask(bank: Bank, *schools: int, **more) -> list[int]:
    with bank.doing("Ask the Trust") as session:
        return wishes.ask_trust(session, BOX, schools, MON, **more)


def wish(bank: Bank, school: int, name: str = "Thermometers", quantity: int = 8, **more) -> int:
    with bank.doing() as session:
        values = {"school_id": school, "name": name, "quantity": quantity, "raised_on": MON}
        return records.add(session, t.WantedItem, {**values, **more})


def test_r_res_1_one_request_for_each_school_in_one_step(bank):
    before = bank.whole()
    made = ask(bank, bank.ash, bank.birch)
    assert [bank.values("trust_request", one)["school_id"] for one in made] == [bank.ash, bank.birch]
    bank.store.undo()
    assert bank.whole() == before


def test_a_school_is_chosen_and_does_not_ask_twice_on_a_day(bank):
    with pytest.raises(BadInput, match="at least one school") as no:
        ask(bank)
    assert no.value.field == "school_id"
    ask(bank, bank.ash)
    with pytest.raises(BadInput, match="Ashcombe asked for it on 4 November 2024 already"):
        ask(bank, bank.birch, bank.ash)


def test_r_res_1_more_free_copies_than_the_trust_gives_are_refused_only_where_the_scheme_says_so(bank):
    ask(bank, bank.ash, copies=2)
    with bank.doing() as session:
        values = {"key": "trust_copies", "value": "1", "response": "refuse", "starts_on": dt.date(2024, 9, 1)}
        records.add(session, t.SchemeSetting, values)
    ask(bank, bank.birch)
    with pytest.raises(Refused, match="Birchwood asked for 2"), bank.doing() as session:
        wishes.ask_trust(session, BOX, [bank.birch], FRI)


def test_copies_that_came_are_noted_on_a_day_that_can_be(bank):
    made = ask(bank, bank.ash, bank.birch)
    for day, words in ((FRI + DAY, "lies ahead"), (MON - DAY, "cannot have come before")):
        with pytest.raises(BadInput, match=words) as no, bank.doing() as session:
            wishes.received(session, made, day, FRI)
        assert no.value.field == "received_on"
    with bank.doing() as session:
        wishes.received(session, made, FRI, FRI)
    assert {bank.values("trust_request", one)["received_on"] for one in made} == {FRI}
    with pytest.raises(Changed), bank.doing() as session:
        wishes.received(session, [99], FRI, FRI)


def test_a_trust_resource_comes_into_the_bank_once_for_all_schools(bank):
    first, second = ask(bank, bank.ash, bank.birch)
    with bank.doing() as session:
        made = wishes.request_into_bank(session, first)
    values = bank.values("resource", made)
    assert (values["name"], values["owner"], values["code"]) == (BOX, OwnerKind.TRUST, "ITEM-01")
    assert bank.values("trust_request", second)["resource_id"] == made
    with pytest.raises(Refused, match="in the bank already"), bank.doing() as session:
        wishes.request_into_bank(session, second)


def test_r_res_9_wishes_that_are_met_say_how(bank):
    one = wish(bank, bank.ash, notes="Large print.")
    with pytest.raises(BadInput, match="lies ahead"), bank.doing() as session:
        wishes.met(session, [one], FRI + DAY, FRI)
    with pytest.raises(BadInput, match="cannot have come before"), bank.doing() as session:
        wishes.met(session, [one], MON - DAY, FRI)
    with bank.doing() as session:
        wishes.met(session, [one], FRI, FRI, note="Paid by E-0012")
    values = bank.values("wanted_item", one)
    assert (values["filled_on"], values["notes"]) == (FRI, "Large print. Paid by E-0012")
    with pytest.raises(Refused, match="met on 15 November 2024 already"), bank.doing() as session:
        wishes.met(session, [one], FRI, FRI)
    with pytest.raises(Changed), bank.doing() as session:
        wishes.met(session, [99], FRI, FRI)


def test_r_res_2_a_joint_order_becomes_one_thing_of_the_cluster(bank):
    ids = [wish(bank, bank.ash, quantity=8), wish(bank, bank.birch, quantity=15)]
    with bank.doing("Buy thermometers") as session:
        made = wishes.buy(session, ids, FRI, FRI, buyer=OwnerKind.CLUSTER, price_p=89_70)
    values = bank.values("resource", made)
    assert (values["name"], values["kind"], values["owner"]) == (
        "Thermometers", ResourceKind.ITEM, OwnerKind.CLUSTER,
    )  # fmt: skip
    assert (values["life"], values["replacement_p"]) == (ResourceLife.SHARED, 89_70)
    assert values["description"] == "23 pieces, bought for the wanted list on 15 November 2024."
    assert [bank.values("wanted_item", one)["notes"] for one in ids] == [
        f"In the bank as {values['code']}"
    ] * 2
    bank.store.undo()
    assert bank.values("wanted_item", ids[0])["filled_on"] is None


def test_r_res_2_what_a_school_buys_is_its_own(bank):
    one = wish(bank, bank.ash)
    with pytest.raises(BadInput, match="choose which"), bank.doing() as session:
        wishes.buy(session, [one], FRI, FRI, buyer=OwnerKind.SCHOOL)
    with bank.doing() as session:
        made = wishes.buy(session, [one], FRI, FRI, buyer=OwnerKind.SCHOOL, school_id=bank.ash)
    values = bank.values("resource", made)
    assert (values["owner"], values["owner_school_id"]) == (OwnerKind.SCHOOL, bank.ash)
    assert values["replacement_p"] is None
    with pytest.raises(BadInput, match="what was bought"), bank.doing() as session:
        wishes.buy(session, [], FRI, FRI, buyer=OwnerKind.CLUSTER)
