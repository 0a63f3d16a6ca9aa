"""The lead school's two funds: R-LEAD-1 to 3 and D20."""

import datetime as dt

import pytest

from models.rules.fund import EntryFact
from models.rules.lead_funds import Stage, lead_fund, lead_verdict, stage_amount, stage_of, yearly_amount
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.words import Direction, EntryState, FundKind, Heading

STAGE = Stage(2017, 2, 2018)
TIME, ADMIN = FundKind.LEAD_TIME, FundKind.LEAD_ADMIN


def usual(_day):
    return default_scheme()


def no_rollover(day):
    return scheme_on(day, [Dated("lead_rollover", "no", dt.date(2000, 1, 1))])


def spend(year, amount_p, kind=TIME, **more):
    given = {
        "id": 1, "code": "E-0001", "fund_id": 2, "on": dt.date(year, 11, 5), "direction": Direction.OUT,
        "heading": Heading.LEAD_TIME, "amount_p": amount_p, "fund_kind": kind,
    }  # fmt: skip
    return EntryFact(**(given | more))


def test_r_lead_1_what_is_left_of_lead_time_can_be_used_in_the_second_year():
    """R-LEAD-1: £260 of £300 in year 1 leaves £340 for year 2."""
    first, second = lead_fund(TIME, [spend(2017, 26000)], STAGE, usual, through=2018)
    assert (first.available_p, first.left_p) == (30000, 4000)
    assert (second.carried_p, second.available_p, second.left_p) == (4000, 34000, 34000)
    assert stage_amount(TIME, STAGE, usual) == 60000


def test_r_lead_2_administration_is_so_much_for_two_years_and_nothing_in_a_third():
    """R-LEAD-2: both years fully used is £240; a third year has £0."""
    spent = [spend(2017, 12000, ADMIN), spend(2018, 12000, ADMIN)]
    years = lead_fund(ADMIN, spent, STAGE, usual, through=2019)
    assert sum(line.spent_p for line in years) == stage_amount(ADMIN, STAGE, usual) == 24000
    assert (years[2].allowance_p, years[2].available_p) == (0, 0)


def test_d20_nothing_is_carried_out_of_the_stage():
    years = lead_fund(TIME, [], STAGE, usual, through=2019)
    assert [line.available_p for line in years] == [30000, 60000, 0]


def test_d20_rollover_can_be_off():
    years = lead_fund(TIME, [spend(2017, 26000)], STAGE, no_rollover, through=2018)
    assert [line.available_p for line in years] == [30000, 30000]


def test_r_lead_3_the_two_funds_are_separate():
    """R-LEAD-3: £130 of administration draws nothing from lead time."""
    entries = [spend(2017, 13000, ADMIN), spend(2017, 5000, FundKind.POT)]
    (time,) = lead_fund(TIME, entries, STAGE, usual, through=2017)
    (admin,) = lead_fund(ADMIN, entries, STAGE, usual, through=2017)
    assert (time.spent_p, time.left_p) == (0, 30000)
    assert (admin.spent_p, admin.left_p) == (13000, -1000)
    assert lead_verdict(time, default_scheme()) is None
    verdict = lead_verdict(admin, default_scheme())
    assert verdict.rule == "R-LEAD-2"
    assert (
        "Finance administration in 2017 to 2018: £130 spent of £120 available, £10 too much" in verdict.text
    )


def test_what_was_overspent_lowers_the_second_year():
    years = lead_fund(TIME, [spend(2017, 32000)], STAGE, usual, through=2018)
    assert years[1].available_p == 28000
    assert lead_verdict(years[0], default_scheme()).rule == "R-LEAD-1"


def test_planned_money_income_and_corrections_are_not_spending():
    entries = [
        spend(2017, 5000),
        spend(2017, 5000, reverses_id=1),
        spend(2017, 7000, state=EntryState.PLANNED),
        spend(2017, 30000, direction=Direction.IN),
    ]
    (line,) = lead_fund(TIME, entries, STAGE, usual, through=2017)
    assert line.spent_p == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "stage"),
    [
        (dt.date(2017, 9, 1), dt.date(2019, 8, 31), Stage(2017, 2, 2018)),
        (dt.date(2018, 1, 8), dt.date(2020, 1, 7), Stage(2017, 2, 2019)),
        (dt.date(2017, 9, 1), dt.date(2018, 8, 31), Stage(2017, 1, 2017)),
        (dt.date(2017, 9, 1), dt.date(2018, 3, 31), Stage(2017, 1, 2017)),
    ],
)
def test_a_stage_has_an_amount_for_each_of_its_whole_years(starts_on, ends_on, stage):
    assert stage_of(starts_on, ends_on) == stage


def test_a_stage_that_starts_in_january_keeps_its_rest_to_its_last_day_but_gets_no_third_amount():
    years = lead_fund(TIME, [], stage_of(dt.date(2018, 1, 8), dt.date(2020, 1, 7)), usual, through=2020)
    assert [line.allowance_p for line in years] == [30000, 30000, 0, 0]
    assert [line.available_p for line in years] == [30000, 60000, 60000, 0]


def test_only_the_two_lead_funds_have_a_yearly_amount():
    assert (yearly_amount(TIME, default_scheme()), yearly_amount(ADMIN, default_scheme())) == (30000, 12000)
    with pytest.raises(ValueError, match="not a lead fund"):
        yearly_amount(FundKind.POT, default_scheme())
