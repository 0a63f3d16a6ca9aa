"""What pot and schools pay a provider: R-CPD-1 to 7; who came and what they said: R-IMP-1, R-IMP-2."""

import datetime as dt

import pytest

from models.rules.cpd import CpdFact, Sharer, cpd_cost, cpd_verdicts, split_fee, usual_vat
from models.rules.cpd_people import BookingFact, SlipFact, cpd_reach, evaluation, share_words
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.words import ExcessSplit, OutcomeMet, ProviderKind, VatRecovery

SCHEME = default_scheme()
SEVEN = [
    Sharer(n, name) for n, name in enumerate(["Gorse", "Alder", "Fern", "Birch", "Elm", "Cedar", "Daisy"], 1)
]
YES = dict.fromkeys(range(1, 8), VatRecovery.YES)


def session(fee_p, vat_p=0, **more):
    given = {"id": 3, "code": "CPD-03", "fee_p": fee_p, "vat_p": vat_p, "vat_registered": vat_p > 0}
    return CpdFact(**(given | more))


def parts(split):
    return split.pot_net_p, split.pot_vat_p, split.excess_net_p, split.excess_vat_p


def test_r_cpd_1_the_pot_pays_four_hundred_pounds_and_vat():
    """R-CPD-1: fee £400 + £80 = £480."""
    split = split_fee(session(40000, 8000), SEVEN, SCHEME)
    assert parts(split) == (40000, 8000, 0, 0)
    assert (split.pot_p, split.shares) == (48000, ())
    assert cpd_verdicts(session(40000, 8000), split, SCHEME) == []


def test_r_cpd_2_the_schools_pay_the_rest_with_its_own_vat():
    """R-CPD-2: £550 + £110: pot £400 + £80 = £480, schools £150 + £30 = £180."""
    split = split_fee(session(55000, 11000), SEVEN, SCHEME)
    assert parts(split) == (40000, 8000, 15000, 3000)
    assert (split.pot_p, split.excess_p, split.fee_p, split.vat_p) == (48000, 18000, 55000, 11000)
    (verdict,) = cpd_verdicts(session(55000, 11000), split, SCHEME)
    assert verdict.rule == "R-CPD-1"
    assert "£550 is over the limit of £400; the schools pay £150 and £30 VAT" in verdict.text


def test_r_cpd_3_the_excess_is_shared_to_the_penny_by_the_alphabet():
    """R-CPD-3: £150 / 7 = 6 x £21.43 + 1 x £21.42; VAT £30 = 4 x £4.29 + 3 x £4.28."""
    shares = split_fee(session(55000, 11000), SEVEN, SCHEME).shares
    assert [share.school_name for share in shares] == [
        "Alder", "Birch", "Cedar", "Daisy", "Elm", "Fern", "Gorse",
    ]  # fmt: skip
    assert [share.net_p for share in shares] == [2143] * 6 + [2142]
    assert [share.vat_p for share in shares] == [429] * 4 + [428] * 3
    assert shares[0].gross_p == 2572


def test_r_cpd_3_only_schools_that_attended_may_share():
    schools = [Sharer(1, "Alder"), Sharer(2, "Birch", attended=False), Sharer(3, "Cedar")]
    split = split_fee(session(55000, excess_split=ExcessSplit.ATTENDING), schools, SCHEME)
    assert [(share.school_name, share.net_p) for share in split.shares] == [("Alder", 7500), ("Cedar", 7500)]


def test_r_cpd_3_the_way_to_share_is_a_setting_and_can_be_by_pupils_on_roll():
    by_roll = scheme_on(dt.date(2025, 1, 1), [Dated("excess_split", "by_roll", dt.date(2000, 1, 1))])
    schools = [Sharer(1, "Alder", roll=100), Sharer(2, "Birch", roll=300)]
    split = split_fee(session(55000), schools, by_roll)
    assert [share.net_p for share in split.shares] == [3750, 11250]
    assert split.how is ExcessSplit.BY_ROLL


@pytest.mark.parametrize(
    ("how", "schools", "words"),
    [
        (ExcessSplit.BY_ROLL, [Sharer(1, "Alder", roll=90), Sharer(2, "Birch")], "of Birch is not entered"),
        (ExcessSplit.ATTENDING, [Sharer(1, "Alder", attended=False), Sharer(2, "Birch", attended=False)],
         "No school is marked as having attended"),
    ],
)  # fmt: skip
def test_r_cpd_3_where_the_way_cannot_be_gone_all_share_equally_and_are_told(how, schools, words):
    fact = session(55000, excess_split=how)
    split = split_fee(fact, schools, SCHEME)
    assert (split.how, [share.net_p for share in split.shares]) == (ExcessSplit.EQUAL, [7500, 7500])
    assert words in cpd_verdicts(fact, split, SCHEME)[-1].text


def test_r_cpd_3_without_schools_the_excess_is_shown_as_nobodys():
    split = split_fee(session(55000), [], SCHEME)
    assert (split.excess_p, split.shares) == (15000, ())
    assert "no school to share the £150" in cpd_verdicts(session(55000), split, SCHEME)[-1].text


def test_r_cpd_4_the_limit_is_for_each_session():
    """R-CPD-4: two sessions at £380 = £760, no excess."""
    assert parts(split_fee(session(76000, sessions=2), SEVEN, SCHEME)) == (76000, 0, 0, 0)
    assert parts(split_fee(session(90000, sessions=2), SEVEN, SCHEME)) == (80000, 0, 10000, 0)


def test_r_cpd_5_a_provider_who_is_not_registered_charges_no_vat():
    """R-CPD-5: £420 without VAT is £400 + £20."""
    assert parts(split_fee(session(42000), SEVEN, SCHEME)) == (40000, 0, 2000, 0)
    wrong = session(42000, 8400, vat_registered=False)
    split = split_fee(wrong, SEVEN, SCHEME)
    assert parts(split) == (40000, 0, 2000, 0)
    assert [verdict.rule for verdict in cpd_verdicts(wrong, split, SCHEME)] == ["R-CPD-1", "R-CPD-5"]


def test_vat_is_proposed_at_the_schemes_rate():
    assert usual_vat(55000, SCHEME, registered=True) == 11000
    assert usual_vat(55000, SCHEME, registered=False) == 0


@pytest.mark.parametrize("kind", ProviderKind)
def test_r_cpd_6_the_limit_holds_for_every_provider_unless_fellows_are_set_free(kind):
    fact = session(55000, provider_kind=kind)
    assert split_fee(fact, SEVEN, SCHEME).pot_net_p == 40000
    free = scheme_on(dt.date(2025, 1, 1), [Dated("cap_applies_to_fellow", "no", dt.date(2000, 1, 1))])
    expected = 55000 if kind is ProviderKind.FELLOW else 40000
    assert split_fee(fact, SEVEN, free).pot_net_p == expected


def test_r_cpd_7_cost_for_each_person_is_net_of_vat_got_back():
    """R-CPD-7: £550 / 11 people = £50; nobody: not available."""
    cost = cpd_cost([split_fee(session(55000, 11000), SEVEN, SCHEME)], VatRecovery.YES, YES)
    assert (cost.cost_p, cost.per_person(11), cost.per_person_words(11)) == (55000, 5000, "£50")
    assert cost.per_person(0) is None
    assert cost.per_person_words(0) == "not available"


def test_r_cpd_7_vat_that_is_not_got_back_is_part_of_the_cost():
    split = split_fee(session(55000, 11000), SEVEN, SCHEME)
    assert cpd_cost([split], VatRecovery.NO, YES).cost_p == 63000
    one_not = YES | {2: VatRecovery.NO}
    assert cpd_cost([split], VatRecovery.YES, one_not).cost_p == 55000 + 429
    assert cpd_cost([split], VatRecovery.ASK, {}).cost_p == 66000
    assert cpd_cost([split, split], VatRecovery.YES, YES).cost_p == 110000


def test_r_imp_1_attendances_and_people_are_counted_apart():
    """R-IMP-1: 5 on course A, 4 of them on B: 9 attendances, 5 people."""
    bookings = [BookingFact(1, n, n % 3) for n in range(5)] + [BookingFact(2, n, n % 3) for n in range(4)]
    bookings += [BookingFact(2, 0, 0), BookingFact(2, 9, 9, attended=False)]
    reach = cpd_reach(bookings)
    assert (reach.attendances, reach.people, reach.schools) == (9, 5, 3)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (5, 5, "all 5 (100%)"),
        (4, 5, "4 of 5 (80%)"),
        (3, 4, "3 of 4"),
        (4, 4, "all 4"),
        (1, 1, "1 of 1"),
        (0, 6, "0 of 6 (0%)"),
        (0, 0, "not entered"),
    ],
)
def test_r_imp_2_small_groups_are_printed_as_counts(part, whole, words):
    assert share_words(part, whole, SCHEME.small_group) == words


def test_r_imp_2_slips_are_summed_up_question_by_question():
    met = [OutcomeMet.YES] * 3 + [OutcomeMet.PART, OutcomeMet.NO]
    slips = [SlipFact(5, answer, useful=True, relevant=answer is not OutcomeMet.NO) for answer in met]
    slips.append(SlipFact(rating=4))
    found = evaluation(slips, SCHEME.small_group)
    assert (found.slips, found.ratings, found.mean_words) == (6, (0, 0, 0, 1, 5), "4.8 of 5")
    assert found.outcomes.words == "3 of 5 (60%)"
    assert (found.in_part, found.not_met) == (1, 1)
    assert (found.useful.words, found.relevant.words) == ("all 5 (100%)", "4 of 5 (80%)")


def test_r_imp_2_few_ratings_are_listed_and_none_is_not_nought():
    few = evaluation([SlipFact(rating=4), SlipFact(rating=4), SlipFact(rating=2)], SCHEME.small_group)
    assert few.mean_words == "1 × 2, 2 × 4"
    assert few.useful.words == "not entered"
    assert evaluation([], SCHEME.small_group).mean_words == "not entered"
