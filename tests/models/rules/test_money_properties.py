"""What must hold for any amounts: nothing is lost, no limit is passed, nothing approved is rewritten."""

import datetime as dt
from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.rules.cover import SchoolTerms, recognise, recognise_all, split_live, totals
from models.rules.cover_facts import CoverFact, half_days, paid_from, reversal
from models.rules.cover_use import entitlement
from models.rules.cpd import CpdFact, Sharer, cpd_cost, split_fee
from models.rules.fund import EntryFact, accounts, balance
from models.rules.lead_funds import Stage, lead_fund, stage_amount
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.rules.split import split_by, split_equally
from models.values import replace
from models.words import (
    ClaimState,
    CoverPurpose,
    Direction,
    EntryState,
    ExcessSplit,
    FundKind,
    HalfDay,
    Heading,
    PaidFrom,
    ProviderKind,
    VatRecovery,
)

# No deadline: how long one example takes depends on what else the machine does.
calmly = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
LONG_AGO = dt.date(2000, 1, 1)
YEAR_DAYS = st.dates(dt.date(2024, 9, 1), dt.date(2025, 8, 31))
pence = st.integers(0, 40_000)


@st.composite
def schemes(draw):
    """A scheme with any limits; the limit for a half-day may change during the year."""
    pounds = st.integers(0, 900).map(str)
    rows = [
        Dated("cap_per_half_day", draw(pounds), LONG_AGO),
        Dated("cap_per_half_day", draw(pounds), draw(YEAR_DAYS)),
        Dated("release_allowance", draw(pounds), LONG_AGO),
        Dated("allowance_basis", draw(st.sampled_from(["money", "meetings"])), LONG_AGO),
        Dated("release_mode", draw(st.sampled_from(["school_held", "lead_reimburses"])), LONG_AGO),
        Dated("funded_places", draw(st.sampled_from(["0", "1", "2"])), LONG_AGO),
        Dated("cap_includes_vat", draw(st.sampled_from(["yes", "no"])), LONG_AGO),
        Dated("pot_release_cap", "yes", LONG_AGO),
    ]
    return cache(lambda day: scheme_on(day, rows))


@st.composite
def claims(draw, states=ClaimState, most=9):
    """Claims of one school in one year, in any state that needs no frozen amount."""
    live = [state for state in states if state not in {ClaimState.APPROVED, ClaimState.PAID}]
    return [
        CoverFact(
            id=number,
            code=f"SC-{number:04}",
            school_id=1,
            school_name="Alder Lane",
            person_id=draw(st.integers(1, 3)),
            cover_on=draw(YEAR_DAYS),
            half_day=draw(st.sampled_from(HalfDay)),
            purpose=draw(st.sampled_from(CoverPurpose)),
            cost_p=draw(pence),
            vat_p=draw(st.integers(0, 8_000)),
            vat_recovery=draw(st.sampled_from(VatRecovery)),
            state=draw(st.sampled_from(live)),
            meeting_id=draw(st.none() | st.integers(1, 4)),
            in_school_day=draw(st.none() | st.booleans()),
            override_reason=draw(st.sampled_from(["", "Agreed"])),
        )
        for number in range(1, draw(st.integers(1, most)) + 1)
    ]


def approve(known, found):
    """All that counts, approved at the amount worked out."""
    return [
        replace(one, state=ClaimState.APPROVED, approved_p=found[one.id].recognised_p) if one.counts else one
        for one in known
    ]


@calmly
@given(claims(), schemes())
def test_r_cover_17_recognised_and_school_share_are_the_cost_for_every_claim_and_total(known, scheme_for):
    found = recognise(known, scheme_for)
    assert found.keys() == {one.id for one in known}
    for one in found.values():
        assert one.recognised_p + one.school_share_p == one.cost_p
        assert one.recognised_p >= 0
        assert one.school_share_p >= 0
    counted = [one for one in found.values() if one.counts]
    summed = totals(found.values())
    assert summed.recognised_p + summed.school_share_p == summed.cost_p == sum(one.cost_p for one in counted)
    assert summed.lead_pays_p <= summed.recognised_p


@calmly
@given(claims(), schemes())
def test_r_cover_1_the_limit_for_a_half_day_is_never_passed(known, scheme_for):
    found = recognise(known, scheme_for)
    for one in known:
        most = scheme_for(one.cover_on).cap_per_half_day * half_days(one.half_day)
        assert found[one.id].recognised_p <= most


@calmly
@given(claims(), schemes(), st.none() | st.integers(0, 60_000))
def test_r_cover_4_the_allowance_is_never_passed_and_the_meter_adds_up(known, scheme_for, own):
    terms = SchoolTerms(allowance_p=own)
    found = recognise(known, scheme_for, terms)
    line = entitlement(2024, found.values(), scheme_for, terms)
    assert line.used_p + line.planned_p <= line.allowance_p
    assert line.used_p + line.planned_p + line.left_p <= line.allowance_p
    if scheme_for(dt.date(2025, 8, 31)).allowance_basis == "money":
        assert line.used_p + line.planned_p + line.left_p == line.allowance_p
    for block in line.blocks:
        assert min(block.used_p, block.planned_p, block.left_p) >= 0
        assert block.used_p + block.planned_p + block.left_p <= block.size_p


@calmly
@given(claims(), schemes(), schemes(), st.randoms())
def test_what_is_approved_is_never_rewritten_by_order_limit_or_new_claims(known, first, later, random):
    found = recognise(known, first)
    approved = approve(known, found)
    added = [replace(one, id=one.id + 100, code=f"SC-1{one.id:03}") for one in known]
    shuffled = [*approved, *added]
    random.shuffle(shuffled)
    again = recognise(shuffled, later)
    for one in approved:
        if one.counts:
            assert again[one.id].recognised_p == found[one.id].recognised_p


@calmly
@given(claims(), schemes(), st.randoms())
def test_approving_one_by_one_in_any_order_gives_the_same_split(known, scheme_for, random):
    expected = recognise(known, scheme_for)
    assume(scheme_for(dt.date(2025, 8, 31)).allowance_basis == "money")
    standing = {one.id: one for one in known if one.counts and one.override_reason}
    now = {one.id: one for one in known}
    for number in random.sample(sorted(standing), len(standing)):
        amount = recognise(now.values(), scheme_for)[number].recognised_p
        now[number] = replace(now[number], state=ClaimState.APPROVED, approved_p=amount)
    found = recognise(now.values(), scheme_for)
    own = [n for n in standing if paid_from(standing[n]) is PaidFrom.SCHOOL_ALLOWANCE]
    assert {n: found[n].recognised_p for n in own} == {n: expected[n].recognised_p for n in own}


@calmly
@given(claims(), schemes(), st.data())
def test_r_cover_13_a_reversal_undoes_a_claim_in_every_total(known, scheme_for, data):
    approved = approve(known, recognise(known, scheme_for))
    paid = [replace(one, state=ClaimState.PAID) for one in approved if one.counts]
    assume(paid)
    gone = data.draw(st.sampled_from(paid))
    without = recognise([one for one in paid if one.id != gone.id], scheme_for)
    both = recognise([*paid, reversal(gone, 999, "SC-0999")], scheme_for)
    assert totals(both.values()) == totals(without.values())
    line, plain = (entitlement(2024, one.values(), scheme_for) for one in (both, without))
    assert (line.used_p, line.left_p) == (plain.used_p, plain.left_p)


@calmly
@given(claims(), schemes())
def test_the_split_while_typing_is_the_split_when_stored(known, scheme_for):
    found = recognise(known, scheme_for)
    for one in known:
        assert split_live(one, known, scheme_for) == found[one.id]


@calmly
@given(claims(), schemes())
def test_schools_do_not_draw_on_each_other(known, scheme_for):
    other = [replace(one, id=one.id + 100, school_id=2, school_name="Birch") for one in known]
    together = recognise_all([*known, *other], scheme_for)
    assert {n: one for n, one in together.items() if n < 100} == recognise(known, scheme_for)


@calmly
@given(st.integers(-10_000_000, 10_000_000), st.integers(1, 60))
def test_note_1_an_equal_split_sums_to_the_penny_and_differs_by_one_at_most(total, parts):
    shares = split_equally(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
    assert sorted(shares, key=abs, reverse=True) == shares


@calmly
@given(st.integers(-10_000_000, 10_000_000), st.lists(st.integers(0, 2_000), min_size=1, max_size=20))
def test_a_split_by_weight_sums_to_the_penny_and_is_fair(total, weights):
    assume(sum(weights) > 0)
    shares = split_by(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)
        assert weight or share == 0


schools = st.lists(
    st.builds(
        Sharer,
        school_id=st.integers(1, 99),
        school_name=st.text(min_size=1, max_size=8),
        attended=st.booleans(),
        roll=st.none() | st.integers(0, 900),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.school_id,
)
bookings = st.builds(
    CpdFact,
    id=st.just(1),
    code=st.just("CPD-01"),
    fee_p=st.integers(0, 300_000),
    vat_p=st.integers(0, 60_000),
    vat_registered=st.booleans(),
    sessions=st.integers(1, 4),
    provider_kind=st.sampled_from(ProviderKind),
    excess_split=st.none() | st.sampled_from(ExcessSplit),
)


@calmly
@given(bookings, schools, st.sampled_from(["yes", "no"]), st.integers(0, 2_000).map(str))
def test_r_cpd_3_pot_and_shares_add_up_to_the_fee_and_to_the_vat(fact, sharers, free, cap):
    rows = [Dated("cap_applies_to_fellow", free, LONG_AGO), Dated("cpd_cap", cap, LONG_AGO)]
    split = split_fee(fact, sharers, scheme_on(dt.date(2025, 1, 1), rows))
    assert split.fee_p == fact.fee_p
    assert split.vat_p == (fact.vat_p if fact.vat_registered else 0)
    assert split.excess_net_p > 0 or split.excess_vat_p == 0
    assert split.cap_p is None or split.pot_net_p <= split.cap_p
    assert sum(share.net_p for share in split.shares) == split.excess_net_p
    assert sum(share.vat_p for share in split.shares) == split.excess_vat_p
    assert min([split.pot_vat_p, split.excess_vat_p, *(share.vat_p for share in split.shares)]) >= 0
    names = [share.school_name.casefold() for share in split.shares]
    assert names == sorted(names)


@calmly
@given(bookings, schools)
def test_r_cpd_7_the_cost_lies_between_net_and_gross(fact, sharers):
    split = split_fee(fact, sharers, default_scheme())
    everyone = {one.school_id: VatRecovery.YES for one in sharers}
    assert cpd_cost([split], VatRecovery.YES, everyone).cost_p == fact.fee_p
    assert cpd_cost([split], VatRecovery.NO, {}).cost_p == split.pot_p + split.excess_p


OPENED = dt.date(2019, 9, 1)
entries = st.lists(
    st.builds(
        EntryFact,
        id=st.integers(1, 10_000),
        code=st.just("E-0001"),
        fund_id=st.just(1),
        on=st.dates(dt.date(2018, 1, 1), dt.date(2030, 8, 31)),
        direction=st.sampled_from(Direction),
        heading=st.sampled_from(Heading),
        amount_p=st.integers(0, 500_000),
        state=st.sampled_from(EntryState),
        reverses_id=st.none() | st.just(1),
        fund_kind=st.sampled_from([FundKind.POT, FundKind.LEAD_TIME]),
    ),
    max_size=40,
)


@calmly
@given(st.integers(-100_000, 500_000), entries, st.integers(2019, 2035))
def test_r_pot_3_opening_and_in_and_out_make_closing_across_any_number_of_years(opening_p, known, through):
    chain = accounts(OPENED, opening_p, known, through)
    assert [line.year for line in chain] == list(range(2019, through + 1))
    assert chain[0].opening_p == opening_p
    for line in chain:
        assert line.opening_p + line.income_p - line.spent_p == line.closing_p
    for before, after in pairwise(chain):
        assert after.opening_p == before.closing_p == before.rollover_p
    assert chain[-1].closing_p == balance(OPENED, opening_p, known, dt.date(through + 1, 8, 31))
    moved = sum(line.income_p - line.spent_p for line in chain)
    assert opening_p + moved == chain[-1].closing_p


@calmly
@given(entries, st.integers(1, 4))
def test_r_lead_1_a_fund_spent_within_its_means_never_passes_the_stage(known, years):
    stage = Stage(2019, years, 2018 + years)
    spent = [one for one in known if one.direction is Direction.OUT and one.reverses_id is None]
    found = lead_fund(FundKind.LEAD_TIME, spent, stage, lambda _day: default_scheme(), stage.last_year)
    whole = stage_amount(FundKind.LEAD_TIME, stage, lambda _day: default_scheme())
    assert sum(line.allowance_p for line in found) == whole
    if found[-1].left_p >= 0:
        assert sum(line.spent_p for line in found) <= whole
    assert found[-1].left_p == whole - sum(line.spent_p for line in found)
