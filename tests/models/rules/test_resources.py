"""The resource bank: R-RES-1 to R-RES-9."""

import datetime as dt

import pytest

from models.errors import BadInput
from models.rules.resources import (
    AdoptionFact,
    ExtraCopy,
    ResourceFact,
    Tag,
    TrialFact,
    TrustRequestFact,
    WantedFact,
    adoption_summary,
    buy_copy,
    dropped_verdict,
    joint_orders,
    learning_line,
    leaver_returns,
    lending_verdict,
    may_become,
    owner_verdict,
    owner_words,
    starter_verdict,
    tagged,
    trial_verdict,
    trust_supplies,
    trust_verdicts,
)
from models.rules.scheme import default_scheme
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import AdoptionLevel, OwnerKind, ResourceKind, ResourceLife, TagKind, TrialVerdict

SCHEME = default_scheme()
JUNE = dt.date(2025, 6, 20)


def requests(schools: int = 7, received: int = 5) -> list[TrustRequestFact]:
    return [
        TrustRequestFact(n, "I can explain", n, f"School {n}", received_on=JUNE if n <= received else None)
        for n in range(1, schools + 1)
    ]


def test_r_res_1_a_trust_resource_for_seven_schools_costs_pot_and_schools_nothing():
    """R-RES-1: 'I Can Explain' for 7 schools = 7 x £0, status requested/received."""
    (supply,) = trust_supplies(requests())
    assert (supply.schools, supply.received, supply.pot_p, supply.schools_p) == (7, 5, 0, 0)
    assert supply.text == "I can explain: asked for by 7 schools, received by 5; £0 to each"
    assert trust_verdicts(requests(), SCHEME) == ()


def test_r_res_1_a_second_free_copy_for_one_school_is_asked_about():
    """D23: one copy a school."""
    again = TrustRequestFact(20, "I Can Explain", 4, "School 4")
    (verdict,) = trust_verdicts([*requests(), again], SCHEME)
    assert (verdict.rule, verdict.about) == ("R-RES-1", About("trust_request", 20))
    assert "School 4 asked for 2 of “I Can Explain”" in verdict.text
    assert trust_verdicts([*requests(), again], replace(SCHEME, trust_copies=2)) == ()


def test_r_res_2_a_second_copy_bought_by_a_school_is_its_own_and_costs_the_pot_nothing():
    """R-RES-2: second copy £75 by school D -> owner D, pot £0."""
    assert buy_copy(OwnerKind.SCHOOL, 4, 7500) == ExtraCopy(OwnerKind.SCHOOL, 4, pot_p=0, school_p=7500)
    assert buy_copy(OwnerKind.CLUSTER, None, 7500) == ExtraCopy(
        OwnerKind.CLUSTER, None, pot_p=7500, school_p=0
    )


@pytest.mark.parametrize(
    ("buyer", "school"), [(OwnerKind.TRUST, None), (OwnerKind.LENDER, 4), (OwnerKind.SCHOOL, None)]
)
def test_r_res_2_only_the_cluster_or_a_school_buys_a_copy(buyer, school):
    with pytest.raises(BadInput, match="by the cluster or by a school"):
        buy_copy(buyer, school, 7500)


def test_r_res_3_an_owner_is_always_set():
    assert owner_verdict(ResourceFact(1, "Magnets")) is None
    assert owner_verdict(ResourceFact(1, "Magnets", owner=OwnerKind.SCHOOL, owner_school_id=4)) is None
    assert owner_verdict(ResourceFact(1, "Scopes", owner=OwnerKind.LENDER, owner_name="A society")) is None
    nobody = owner_verdict(ResourceFact(1, "Magnets", owner=OwnerKind.SCHOOL))
    assert (nobody.rule, nobody.severity, nobody.about) == ("R-RES-3", Severity.WARN, About("resource", 1))
    assert "who lends it" in owner_verdict(ResourceFact(2, "Scopes", owner=OwnerKind.LENDER)).text
    assert owner_words(ResourceFact(1, "Magnets")) == "Cluster"
    assert (
        owner_words(ResourceFact(1, "Magnets", owner=OwnerKind.SCHOOL, owner_name="Oakfield")) == "Oakfield"
    )


def test_r_res_3_a_leaver_gets_the_list_of_what_it_holds_and_does_not_own():
    """R-RES-3: leaver returns cluster items: list printed."""
    bank = [
        ResourceFact(1, "Rocks kit"),
        ResourceFact(2, "Magnets", owner=OwnerKind.SCHOOL, owner_school_id=4),
        ResourceFact(3, "Data loggers", owner=OwnerKind.SCHOOL, owner_school_id=5),
        ResourceFact(4, "Microscopes", owner=OwnerKind.LENDER, owner_name="A society"),
        ResourceFact(5, "Circuits kit"),
    ]
    holdings = {1: 4, 2: 4, 3: 4, 4: 4, 5: 6}
    assert [one.name for one in leaver_returns(holdings, bank, 4)] == [
        "Data loggers",
        "Microscopes",
        "Rocks kit",
    ]
    assert leaver_returns({}, bank, 4) == ()


def test_r_res_4_a_thing_on_trial_is_lent_only_to_the_schools_that_try_it():
    trial = ResourceFact(1, "Shadow clocks", life=ResourceLife.ON_TRIAL)
    verdict = lending_verdict(trial, 5, {4})
    assert (verdict.rule, verdict.severity) == ("R-RES-4", Severity.WARN)
    assert "“Shadow clocks” is on trial" in verdict.text
    assert lending_verdict(trial, 4, {4}) is None
    assert lending_verdict(replace(trial, life=ResourceLife.SHARED), 5) is None
    assert "dropped" in lending_verdict(replace(trial, life=ResourceLife.DROPPED), 5).text


def test_r_res_4_life_goes_from_idea_by_trial_to_adopted_or_dropped_and_to_the_bank():
    idea, trial, adopted, dropped, shared = ResourceLife
    assert may_become(idea, trial)
    assert may_become(trial, adopted)
    assert may_become(trial, dropped)
    assert may_become(adopted, shared)
    assert may_become(shared, shared)
    assert not may_become(idea, shared)
    assert not may_become(trial, shared)
    assert not may_become(dropped, shared)


def test_r_res_4_a_trial_names_class_dates_and_finding():
    running = TrialFact(3, "Shadow clocks", "Oakfield", dt.date(2025, 1, 13), "Year 3")
    assert trial_verdict(running) is None
    ended = replace(running, class_name="", verdict=TrialVerdict.ADOPT)
    verdict = trial_verdict(ended)
    assert verdict.about == About("trial", 3)
    assert "the class, its last day and what was found" in verdict.text
    full = replace(running, verdict=TrialVerdict.DROP, ends_on=dt.date(2025, 2, 3), finding="Too cloudy")
    assert trial_verdict(full) is None


def test_r_res_5_a_dropped_resource_tells_what_was_learnt():
    """R-RES-5: "too long for one lesson" printed as learning."""
    dropped = ResourceFact(1, "Shadow clocks", life=ResourceLife.DROPPED)
    verdict = dropped_verdict(dropped)
    assert (verdict.rule, verdict.severity) == ("R-RES-5", Severity.WARN)
    told = replace(dropped, dropped_reason="too long for one lesson")
    assert dropped_verdict(told) is None
    assert learning_line(told) == "Shadow clocks: too long for one lesson"
    assert learning_line(dropped) == "Shadow clocks: not entered"
    assert dropped_verdict(ResourceFact(2, "Magnets")) is None


def test_r_res_6_a_quick_enquiry_starter_takes_at_most_ten_minutes():
    """R-RES-6: "Odd one out: seeds", Y2, 5 min."""
    seeds = ResourceFact(1, "Odd one out: seeds", ResourceKind.QUICK_ENQUIRY, minutes=5)
    assert starter_verdict(seeds, SCHEME) is None
    assert starter_verdict(replace(seeds, minutes=10), SCHEME) is None
    long = starter_verdict(replace(seeds, minutes=11), SCHEME)
    assert (long.rule, "takes 11 minutes" in long.text, "at most 10" in long.text) == ("R-RES-6", True, True)
    assert "enter the minutes" in starter_verdict(replace(seeds, minutes=None), SCHEME).text
    assert starter_verdict(ResourceFact(2, "Rocks kit", ResourceKind.KIT), SCHEME) is None


def cells(*levels: AdoptionLevel) -> list[AdoptionFact]:
    return [
        AdoptionFact(1, school, level, beyond_attendees=school == 1) for school, level in enumerate(levels, 1)
    ]


def test_r_res_7_all_staff_in_every_school_is_used_by_all():
    """R-RES-7: 6 of 6 schools all staff -> "used by all"."""
    summary = adoption_summary(cells(*[AdoptionLevel.ALL] * 6), set(range(1, 7)))
    assert (summary.text, summary.all_staff, summary.beyond_attendees) == ("used by all", 6, 1)


def test_r_res_7_what_is_not_entered_is_said_and_a_school_that_left_is_not_counted():
    levels = cells(AdoptionLevel.ALL, AdoptionLevel.ALL, AdoptionLevel.SOME, AdoptionLevel.NOT_STARTED)
    assert adoption_summary(levels, {1, 2, 3, 4}).text == "all staff in 2 of 4 schools, some staff in 1"
    partly = adoption_summary(levels, set(range(1, 7)))
    assert partly.text == "all staff in 2 of 6 schools, some staff in 1, not entered for 2"
    assert adoption_summary(levels, {1, 2}).text == "used by all"
    assert adoption_summary([AdoptionFact(1, 1, AdoptionLevel.ALL)], {1}).beyond_attendees == 0
    assert adoption_summary([], {1, 2}).text == "not entered"
    assert adoption_summary([], set()).text == "not entered"


def bank() -> list[ResourceFact]:
    def one(number: int, *tags: tuple[TagKind, str]) -> ResourceFact:
        return ResourceFact(number, f"Item {number}", tags=frozenset(Tag(*tag) for tag in tags))

    year, unit, enquiry = TagKind.YEAR_GROUP, TagKind.UNIT, TagKind.ENQUIRY_TYPE
    wanted = [one(n, (year, "Y3"), (unit, "Rocks"), (enquiry, "Classifying")) for n in range(1, 5)]
    return [
        *wanted,
        one(5, (year, "Y3"), (unit, "Rocks")),
        one(6, (year, "Y4"), (unit, "Rocks"), (enquiry, "Classifying")),
        one(7, (year, "Y3"), (unit, "Light"), (enquiry, "Classifying")),
        one(8),
    ]


def test_r_res_8_a_filter_finds_what_has_every_kind_of_tag_asked_for():
    """R-RES-8: Y3 + Rocks + classifying -> 4 items."""
    asked = [
        Tag(TagKind.YEAR_GROUP, "Y3"),
        Tag(TagKind.UNIT, "rocks"),
        Tag(TagKind.ENQUIRY_TYPE, "classifying"),
    ]
    assert [one.id for one in tagged(bank(), asked)] == [1, 2, 3, 4]


def test_r_res_8_tags_of_one_kind_are_alternatives_and_no_tags_find_all():
    either = [Tag(TagKind.YEAR_GROUP, "Y3"), Tag(TagKind.YEAR_GROUP, "Y4"), Tag(TagKind.UNIT, "Rocks")]
    assert [one.id for one in tagged(bank(), either)] == [1, 2, 3, 4, 5, 6]
    assert len(tagged(bank(), [])) == 8


def test_r_res_9_schools_that_want_the_same_order_it_together():
    """R-RES-9: 3 schools want thermometers -> joint order."""
    wishes = [
        WantedFact(1, "Oakfield", "thermometers", 6),
        WantedFact(2, "Alder Lane", "Thermometer", 4),
        WantedFact(3, "Bankside", " thermometers ", 5),
        WantedFact(3, "Bankside", "Magnets", 10),
        WantedFact(4, "Mill Road", "Magnets", 10, filled_on=JUNE),
    ]
    joint, single = joint_orders(wishes)
    assert (joint.schools, joint.quantity, joint.joint) == (("Alder Lane", "Bankside", "Oakfield"), 15, True)
    assert joint.text == "3 schools want thermometers (15 in all): joint order"
    assert (single.joint, single.text) == (False, "1 school wants Magnets (10 in all)")


def test_r_res_9_two_schools_already_make_a_joint_order():
    (line,) = joint_orders([WantedFact(1, "Oakfield", "Magnets"), WantedFact(2, "Bankside", "Magnets")])
    assert (line.joint, line.quantity) == (True, 2)


def test_r_res_9_one_school_that_asks_twice_is_no_joint_order():
    (line,) = joint_orders([WantedFact(1, "Oakfield", "Magnets", 2), WantedFact(1, "Oakfield", "magnets", 3)])
    assert (line.joint, line.quantity) == (False, 5)
