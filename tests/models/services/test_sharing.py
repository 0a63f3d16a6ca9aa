"""Trials, verdicts, roll-out, dropping and retiring, in a real book (R-RES-4 to R-RES-7)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.services import lending, records, sharing
from models.words import AdoptionLevel, OwnerKind, ResourceLife, TrialVerdict
from tests import books
from tests.models.services.banking import FRI, MON, Bank, small_bank

ALL, SOME, NONE = AdoptionLevel.ALL, AdoptionLevel.SOME, AdoptionLevel.NOT_STARTED
DAY = dt.timedelta(days=1)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    store = books.empty_in(tmp_path)
    made = small_bank(store)
    with made.doing() as session:
        records.change(session, t.Resource, made.kit, {"life": ResourceLife.IDEA})
    yield made
    books.let_go(store)


def life(bank: Bank) -> ResourceLife:
    return bank.values("resource", bank.kit)["life"]


def try_out(bank: Bank, school: int | None = None, **values) -> int:
    known = {"resource_id": bank.kit, "school_id": school or bank.ash, "starts_on": MON}
    with bank.doing("Start trial") as session:
        return sharing.start_trial(session, **{**known, "class_name": "Year 4", **values})


def judge(bank: Bank, trial: int, verdict: TrialVerdict, finding: str = "", ends_on=FRI) -> None:
    with bank.doing("Verdict") as session:
        sharing.give_verdict(session, trial, verdict, finding, ends_on)


def cell(bank: Bank) -> list[tuple]:
    with bank.store.read() as session:
        rows = session.execute(t.metadata.tables["adoption"].select()).all()
    return [(row.school_id, row.level, row.staff_using, row.staff_total, row.as_of) for row in rows]


def mark(bank: Bank, level: AdoptionLevel | None, school: int | None = None, on=MON) -> None:
    with bank.doing() as session:
        sharing.set_level(session, bank.kit, school or bank.ash, level, on)


def test_r_res_4_an_idea_that_is_tried_is_on_trial_and_adopted_when_the_verdict_says_so(bank):
    trial = try_out(bank)
    assert life(bank) is ResourceLife.ON_TRIAL
    judge(bank, trial, TrialVerdict.ADOPT, "Ten seconds was right")
    assert life(bank) is ResourceLife.ADOPTED
    assert bank.values("trial", trial)["ends_on"] == FRI
    with bank.doing() as session:
        sharing.share(session, bank.kit)
    assert life(bank) is ResourceLife.SHARED


def test_r_res_4_what_is_in_the_bank_stays_there_while_another_school_tries_it(bank):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, {"life": ResourceLife.SHARED})
    trial = try_out(bank)
    assert life(bank) is ResourceLife.SHARED
    judge(bank, trial, TrialVerdict.ADOPT)
    assert life(bank) is ResourceLife.SHARED


def test_r_res_5_a_drop_needs_its_finding_which_is_printed_as_the_reason(bank):
    trial = try_out(bank)
    with pytest.raises(BadInput, match="Say what was found") as no:
        judge(bank, trial, TrialVerdict.DROP, "  ")
    assert no.value.field == "finding"
    judge(bank, trial, TrialVerdict.DROP, "Too long\nfor one lesson")
    assert life(bank) is ResourceLife.DROPPED
    assert bank.values("resource", bank.kit)["dropped_reason"] == "Too long for one lesson"


def test_one_school_does_not_drop_what_another_still_tries_or_has_adopted(bank):
    first, second = try_out(bank), try_out(bank, bank.birch)
    judge(bank, first, TrialVerdict.DROP, "Not for us")
    assert life(bank) is ResourceLife.ON_TRIAL
    judge(bank, second, TrialVerdict.ADOPT)
    assert life(bank) is ResourceLife.ADOPTED


def test_what_all_schools_found_wanting_is_dropped_with_the_last_verdict(bank):
    first, second = try_out(bank), try_out(bank, bank.birch)
    judge(bank, first, TrialVerdict.DROP, "Not for us")
    judge(bank, second, TrialVerdict.DROP, "Nor for us")
    assert life(bank) is ResourceLife.DROPPED


def test_a_dropped_resource_can_be_tried_again_or_taken_up_as_an_idea(bank):
    with bank.doing() as session:
        sharing.drop(session, bank.kit, "Too long")
        sharing.take_up_again(session, bank.kit)
    assert life(bank) is ResourceLife.IDEA
    with bank.doing() as session:
        sharing.drop(session, bank.kit, "Still too long")
    try_out(bank)
    assert life(bank) is ResourceLife.ON_TRIAL


def test_a_trial_is_not_entered_twice_and_does_not_end_before_it_starts(bank):
    trial = try_out(bank)
    with pytest.raises(BadInput, match="entered already") as no:
        try_out(bank)
    assert no.value.field == "starts_on"
    with pytest.raises(BadInput, match="cannot end before") as no:
        try_out(bank, bank.birch, ends_on=MON - DAY)
    assert no.value.field == "ends_on"
    with pytest.raises(BadInput, match="cannot end before"):
        judge(bank, trial, TrialVerdict.ADOPT, ends_on=MON - DAY)
    with pytest.raises(BadInput, match="adopt or drop"):
        judge(bank, trial, TrialVerdict.RUNNING)
    with pytest.raises(Changed, match="trial is not there"):
        judge(bank, 99, TrialVerdict.ADOPT)


def test_a_verdict_and_what_follows_from_it_are_one_step(bank):
    trial = try_out(bank)
    before = bank.whole()
    judge(bank, trial, TrialVerdict.DROP, "Too long")
    bank.store.undo()
    assert bank.whole() == before


def test_r_res_4_a_resource_goes_only_where_its_life_can_go(bank):
    with pytest.raises(Refused, match="Magnets is an idea: it cannot become"), bank.doing() as session:
        sharing.share(session, bank.kit)
    with bank.doing() as session:
        sharing.adopt(session, bank.kit)
    with pytest.raises(Refused), bank.doing() as session:
        sharing.adopt(session, bank.kit)
    with pytest.raises(BadInput, match="Say why"), bank.doing() as session:
        sharing.drop(session, bank.kit, " ")


def test_a_thing_is_retired_with_its_reason_once_nobody_has_it(bank):
    with bank.doing() as session:
        records.change(session, t.Resource, bank.kit, {"life": "shared", "description": "For Year 3."})
        known = {"resource_id": bank.kit, "school_id": bank.ash, "due_on": FRI, "today": MON}
        loan = lending.lend(session, starts_on=MON, **known)
    with pytest.raises(Refused, match="is out to Ashcombe: check it in first"), bank.doing() as session:
        sharing.retire(session, bank.kit, FRI, "Worn out")
    with bank.doing() as session:
        lending.check_in(session, loan, FRI, {}, FRI)
    with pytest.raises(BadInput, match="Say why") as no, bank.doing() as session:
        sharing.retire(session, bank.kit, FRI, "")
    assert no.value.field == "reason"
    with bank.doing() as session:
        sharing.retire(session, bank.kit, FRI, "Worn out")
    values = bank.values("resource", bank.kit)
    assert values["retired_on"] == FRI
    assert values["description"] == "For Year 3.\nRetired on 15 November 2024: Worn out"
    with pytest.raises(Refused, match="already"), bank.doing() as session:
        sharing.retire(session, bank.kit, FRI, "Worn out")
    with bank.doing() as session:
        sharing.bring_back(session, bank.kit)
    assert bank.values("resource", bank.kit)["retired_on"] is None
    with pytest.raises(Refused, match="is in use"), bank.doing() as session:
        sharing.bring_back(session, bank.kit)


def test_a_thing_that_is_promised_is_not_retired(bank):
    with bank.doing() as session:
        lending.reserve(
            session, resource_id=bank.kit, school_id=bank.birch, starts_on=FRI, due_on=FRI, today=MON
        )
    with pytest.raises(Refused, match="reserved for Birchwood: cancel"), bank.doing() as session:
        sharing.retire(session, bank.kit, FRI, "Worn out")


def test_r_res_7_a_word_in_the_matrix_is_stored_changed_and_taken_away(bank):
    mark(bank, SOME)
    mark(bank, ALL, on=FRI)
    assert cell(bank) == [(bank.ash, ALL, None, None, FRI)]
    mark(bank, None)
    assert cell(bank) == []
    mark(bank, None)


def test_r_res_7_a_schools_number_of_staff_is_taken_from_its_newest_entry(bank):
    with bank.doing() as session:
        other = records.add(session, t.Resource, {"name": "Plan"})
        sharing.set_use(
            session, resource_id=other, school_id=bank.ash, level=SOME, as_of=MON, staff_using=5,
            staff_total=9,
        )  # fmt: skip
    mark(bank, ALL)
    assert cell(bank)[1] == (bank.ash, ALL, 9, 9, MON)
    mark(bank, NONE)
    assert cell(bank)[1] == (bank.ash, NONE, 0, 9, MON)
    mark(bank, ALL, bank.birch)
    assert cell(bank)[2] == (bank.birch, ALL, None, None, MON)


def test_r_res_7_numbers_that_say_another_word_are_not_stored(bank):
    known = {"resource_id": bank.kit, "school_id": bank.ash, "as_of": MON}
    with pytest.raises(BadInput, match="Only 5 of 9"), bank.doing() as session:
        sharing.set_use(session, level=ALL, staff_using=5, staff_total=9, **known)
    assert cell(bank) == []
    with bank.doing() as session:
        sharing.set_use(session, level=SOME, staff_using=5, staff_total=9, beyond_attendees=True, **known)
        sharing.set_use(session, level=SOME, staff_using=6, staff_total=9, beyond_attendees=True, **known)
    assert cell(bank) == [(bank.ash, SOME, 6, 9, MON)]


def test_a_verdict_that_is_put_right_takes_the_resource_with_it(bank):
    trial = try_out(bank)
    judge(bank, trial, TrialVerdict.DROP, "Too long")
    judge(bank, trial, TrialVerdict.ADOPT, "Half of it fits")
    assert life(bank) is ResourceLife.ADOPTED
    judge(bank, trial, TrialVerdict.DROP, "Too long after all")
    assert life(bank) is ResourceLife.DROPPED


def test_a_resource_corrected_in_its_form_still_follows_its_life(bank):
    def change(**values):
        with bank.doing() as session:
            sharing.change_resource(session, bank.kit, values, None)

    with pytest.raises(BadInput, match="cannot become in the shared bank in one step") as no:
        change(life=ResourceLife.SHARED)
    assert no.value.field == "life"
    with pytest.raises(BadInput, match="Say why") as no:
        change(life=ResourceLife.DROPPED)
    assert no.value.field == "dropped_reason"
    with pytest.raises(BadInput, match="Choose the school that owns it") as no:
        change(owner=OwnerKind.SCHOOL)
    assert no.value.field == "owner_school_id"
    change(owner=OwnerKind.SCHOOL, owner_school_id=bank.ash, life=ResourceLife.ADOPTED, name="Ramps")
    assert life(bank) is ResourceLife.ADOPTED
