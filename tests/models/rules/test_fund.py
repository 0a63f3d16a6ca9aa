"""The cluster's funds: R-POT-1 to 6, R-LEAD-4, R-TRAV-1 and R-FUND-2."""

import datetime as dt

import pytest

from models.rules.approvals import ApprovalFact, approval_verdict, decision_verdict, gate_verdicts
from models.rules.fund import (
    EntryFact,
    account,
    accounts,
    balance,
    counted_twice,
    drift_verdict,
    early_entries,
    overdraft_verdict,
    overdrafts,
    payment,
    variance,
    variance_verdict,
)
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.rules.verdict import BOOK, Severity
from models.values import replace
from models.words import ApprovalKind, ApprovalState, Direction, EntryState, FundKind, Heading

SCHEME = default_scheme()
OPENED = dt.date(2023, 9, 1)
SPENT = dt.date(2025, 3, 3)


def usual(_day):
    return SCHEME


def entry(number=1, amount_p=40000, heading=Heading.RESOURCES, **more):
    given = {
        "id": number, "code": f"E-{number:04}", "fund_id": 1, "on": SPENT, "direction": Direction.OUT,
        "heading": heading, "amount_p": amount_p, "decided": True, "description": "magnets",
    }  # fmt: skip
    return EntryFact(**(given | more))


def income(number, amount_p, on, heading=Heading.GRANT, **more):
    return entry(number, amount_p, heading, on=on, direction=Direction.IN, **more)


def approval(state=ApprovalState.APPROVED, decided_on=dt.date(2025, 3, 1), **more):
    given = {
        "id": 7, "code": "AP-0007", "kind": ApprovalKind.EXTRA_TIME, "state": state,
        "asked_on": dt.date(2025, 2, 10), "decided_on": decided_on,
    }  # fmt: skip
    return ApprovalFact(**(given | more))


def test_r_pot_1_the_lead_school_repays_a_school_that_bought_for_the_pot():
    found = payment("Alder Lane", entry(amount_p=4800, school_name="Birch"))
    assert (found.payer, found.payee, found.amount_p) == ("Alder Lane", "Birch", 4800)
    assert found.words == "Alder Lane repays Birch £48 for magnets."


def test_r_pot_1_the_payer_is_the_lead_school_whoever_is_paid():
    assert (
        payment("Alder Lane", entry(), "Sky Supplies").words
        == "Alder Lane pays Sky Supplies £400 for magnets."
    )
    assert payment("Alder Lane", entry(school_name="Alder Lane")).words == "Alder Lane pays £400 for magnets."
    assert payment("Alder Lane", entry()).payer == "Alder Lane"


def test_r_pot_2_pot_money_without_a_decision_of_the_schools_is_pointed_out():
    verdict = decision_verdict(entry(amount_p=25000, decided=False, state=EntryState.PLANNED), SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-POT-2", Severity.WARN)
    assert verdict.text == (
        "E-0001: no decision of the cluster’s schools stands behind £250 for magnets: "
        "link the meeting’s decision before it is paid."
    )
    assert decision_verdict(entry(), SCHEME) is None
    assert decision_verdict(entry(decided=False, fund_kind=FundKind.LEAD_TIME), SCHEME) is None
    assert decision_verdict(income(1, 100, SPENT, decided=False), SCHEME) is None


def test_r_pot_3_what_is_left_opens_the_next_year():
    """R-POT-3: in £2,000, out £1,640 leaves £360 for the next year."""
    entries = [income(1, 200000, dt.date(2023, 10, 1)), entry(2, 164000, on=dt.date(2024, 6, 1))]
    first, second = accounts(OPENED, 0, entries, through=2024)
    assert (first.opening_p, first.income_p, first.spent_p, first.closing_p) == (0, 200000, 164000, 36000)
    assert (second.opening_p, second.closing_p) == (36000, 36000)


def test_r_pot_4_the_rollover_is_printed_in_pounds_and_percent_of_income():
    line = account(2023, 0, [income(1, 200000, OPENED), entry(2, 164000, on=OPENED)])
    assert (line.rollover_p, line.rollover_percent) == (36000, "18%")
    assert line.rollover_words == "£360 rolls over to 2024 to 2025: 18% of the year’s income of £2,000."
    assert (
        account(2023, 500, []).rollover_words == "£5 rolls over to 2024 to 2025; nothing came in this year."
    )


def test_an_account_groups_by_heading_in_a_fixed_order():
    entries = [
        entry(1, 500, Heading.RESOURCES, on=OPENED),
        entry(2, 300, Heading.CPD, on=OPENED),
        entry(3, 200, Heading.RESOURCES, on=OPENED),
        entry(4, 100, Heading.RESOURCES, on=OPENED, state=EntryState.PLANNED),
        entry(5, 900, Heading.RESOURCES, on=dt.date(2024, 9, 1)),
    ]
    line = account(2023, 0, entries)
    assert [(one.heading, one.amount_p) for one in line.spending] == [
        (Heading.CPD, 300),
        (Heading.RESOURCES, 700),
    ]
    assert line.planned_p == 100


def test_a_reversal_lowers_its_heading_and_is_no_income():
    line = account(2023, 0, [entry(1, 500, on=OPENED), entry(2, 500, on=OPENED, reverses_id=1)])
    assert (line.income, line.spent_p, line.closing_p) == ((), 0, 0)


def test_r_pot_3_entries_before_the_book_starts_are_in_the_opening_balance():
    early = entry(3, 999, on=dt.date(2023, 8, 31))
    (line,) = accounts(OPENED, 1000, [early], through=2023)
    assert line.closing_p == 1000
    (verdict,) = early_entries("Cluster pot", OPENED, [early, entry()])
    assert (verdict.rule, verdict.about.id) == ("R-POT-3", 3)
    assert "1 September 2023" in verdict.text


def test_r_pot_3_a_closed_year_that_has_drifted_is_named_with_both_figures():
    now = account(2023, 0, [income(1, 36000, OPENED)])
    assert drift_verdict("Cluster pot", 36000, now, BOOK) is None
    verdict = drift_verdict("Cluster pot", 40000, now, BOOK)
    assert "£400 was carried over from 2023 to 2024, but its entries now give £360" in verdict.text


def test_r_pot_5_the_balance_does_not_go_below_nothing_silently():
    verdict = overdraft_verdict(entry(amount_p=40000), 36000, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-POT-5", Severity.WARN)
    assert verdict.text == "E-0001 takes the cluster pot below £0: £360 left, £400 to spend, £40 short."
    assert overdraft_verdict(entry(amount_p=36000), 36000, SCHEME) is None
    assert "would take" in overdraft_verdict(entry(state=EntryState.PLANNED), 0, SCHEME).text


def test_r_pot_5_the_spend_that_crosses_the_line_is_named_once():
    entries = [
        income(1, 36000, SPENT),
        entry(2, 40000),
        entry(3, 100, on=SPENT + dt.timedelta(1)),
        entry(4, 5000, state=EntryState.PLANNED),
    ]
    assert [verdict.about.id for verdict in overdrafts(OPENED, 0, entries, usual)] == [2]
    assert overdrafts(OPENED, 4100, entries, usual) == []


def test_the_balance_of_a_day_knows_what_was_paid_until_then():
    entries = [income(1, 36000, OPENED), entry(2, 6000), entry(3, 9, state=EntryState.PLANNED)]
    assert balance(OPENED, 1000, entries, SPENT - dt.timedelta(1)) == 37000
    assert balance(OPENED, 1000, entries, SPENT) == 31000


@pytest.mark.parametrize(
    ("actual_p", "asks"),
    [
        pytest.param(56000, True, id="R-POT-6 £560 of £500 is 12%"),
        pytest.param(55000, True, id="10% exactly"),
        pytest.param(54999, False, id="a penny under 10%"),
        pytest.param(45000, True, id="10% under"),
        pytest.param(50000, False, id="on plan"),
    ],
)
def test_r_pot_6_ten_percent_off_plan_asks_for_a_note(actual_p, asks):
    line = variance(Heading.RESOURCES, 50000, actual_p, SCHEME)
    assert line.needs_note is asks
    assert (variance_verdict(line, 2024, SCHEME, BOOK) is not None) is asks


def test_r_pot_6_the_words_name_the_line_and_a_note_settles_it():
    line = variance(Heading.RESOURCES, 50000, 56000, SCHEME)
    assert line.percent_off == "12%"
    assert variance_verdict(line, 2024, SCHEME, BOOK).text == (
        "Resource bank in 2024 to 2025: £560 against £500 planned, £60 (12%) over: "
        "write a note that explains it."
    )
    assert variance_verdict(replace(line, explanation="Two more kits"), 2024, SCHEME, BOOK) is None
    unplanned = variance(Heading.EVENTS, 0, 100, SCHEME)
    assert unplanned.needs_note
    assert unplanned.percent_off == "not available"
    assert not variance(Heading.EVENTS, 0, 0, SCHEME).needs_note


EXTRA = entry(9, 6000, Heading.EXTRA_TIME, approval_id=7)


def test_r_lead_4_approval_comes_before_the_spend():
    """R-LEAD-4: spent 3 March, approved 10 March is refused; approved 1 March is well."""
    verdict = approval_verdict(EXTRA, approval(decided_on=dt.date(2025, 3, 10)), SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-LEAD-4", Severity.REFUSE)
    assert "was spent on 3 March 2025, before the Advisor approved it on 10 March 2025" in verdict.text
    assert approval_verdict(EXTRA, approval(decided_on=dt.date(2025, 3, 1)), SCHEME) is None
    assert approval_verdict(EXTRA, approval(decided_on=SPENT), SCHEME) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(None, "has no prior approval from the Advisor", id="none"),
        pytest.param(approval(kind=ApprovalKind.TRAVEL), "has no prior approval", id="of another kind"),
        pytest.param(approval(ApprovalState.PENDING, None), "waits for the Advisor", id="pending"),
        pytest.param(approval(ApprovalState.DECLINED), "was declined (AP-0007)", id="declined"),
        pytest.param(approval(decided_on=None), "has no date", id="no date"),
        pytest.param(approval(amount_p=5000), "goes £10 over the £50 approved", id="too much"),
    ],
)
def test_r_lead_4_extra_time_without_approval_is_refused_when_paid(answer, words):
    verdict = approval_verdict(EXTRA, answer, SCHEME)
    assert verdict.severity is Severity.REFUSE
    assert words in verdict.text
    assert (
        approval_verdict(replace(EXTRA, state=EntryState.PLANNED), answer, SCHEME).severity is Severity.WARN
    )
    allowed = approval_verdict(replace(EXTRA, override_reason="Agreed by telephone"), answer, SCHEME)
    assert allowed.severity is Severity.INFO


def test_r_lead_4_one_approval_is_not_spent_twice():
    first = replace(EXTRA, id=1, code="E-0001", decided=True)
    second = replace(first, id=2, code="E-0002", on=SPENT + dt.timedelta(7))
    (verdict,) = gate_verdicts([second, first], {7: approval(amount_p=10000)}, usual)
    assert (verdict.rule, verdict.about.id) == ("R-LEAD-4", 2)
    assert "goes £20 over the £100 approved" in verdict.text
    back = replace(first, id=3, code="E-0003", reverses_id=1)
    assert gate_verdicts([first, second, back], {7: approval(amount_p=10000)}, usual) == []


def test_r_lead_4_is_about_the_pot_and_not_the_leads_own_fund():
    assert approval_verdict(replace(EXTRA, fund_kind=FundKind.LEAD_TIME), None, SCHEME) is None
    assert approval_verdict(entry(), None, SCHEME) is None


def test_d17_without_an_advisor_the_steering_group_chair_approves():
    own = scheme_on(SPENT, [Dated("approver_role", "steering_chair", OPENED)])
    assert "from the Steering Group chair" in approval_verdict(EXTRA, None, own).text


TAXI = entry(5, 6000, Heading.TRAVEL, approval_id=7)


def test_r_trav_1_travel_needs_a_decision_and_when_declined_the_school_pays():
    """R-TRAV-1: a £60 taxi, pending, cannot be paid; declined, the school pays."""
    pending = approval(ApprovalState.PENDING, None, kind=ApprovalKind.TRAVEL)
    verdict = approval_verdict(TAXI, pending, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-TRAV-1", Severity.REFUSE)
    assert verdict.text == (
        "E-0005: £60 for travel waits for the Advisor to answer AP-0007: it cannot be paid yet."
    )
    declined = approval(ApprovalState.DECLINED, kind=ApprovalKind.TRAVEL)
    assert approval_verdict(TAXI, declined, SCHEME).text.endswith("was declined (AP-0007): the school pays.")
    assert "no decision" in approval_verdict(TAXI, None, SCHEME).text


def test_r_trav_1_a_decision_may_come_after_the_journey():
    after = approval(decided_on=dt.date(2025, 3, 10), kind=ApprovalKind.TRAVEL)
    assert approval_verdict(TAXI, after, SCHEME) is None
    assert approval_verdict(replace(TAXI, fund_kind=FundKind.OTHER), None, SCHEME) is None


def test_r_fund_2_streams_are_never_mixed_in_a_total():
    """R-FUND-2: £2,500 from another funder and the pot keep an account each."""
    pot = [income(1, 100000, OPENED)]
    other = [income(2, 250000, OPENED, fund_id=2, fund_kind=FundKind.OTHER)]
    assert account(2023, 0, pot).closing_p == 100000
    assert account(2023, 0, other).closing_p == 250000


def test_r_fund_2_a_claim_is_paid_from_one_fund_only():
    first = entry(1, claim_id=12)
    second = entry(2, claim_id=12, fund_id=2, fund_name="the other grant")
    (verdict,) = counted_twice([first, second])
    assert (verdict.rule, verdict.severity, verdict.about.id) == ("R-FUND-2", Severity.REFUSE, 2)
    assert "from the other grant what E-0001 pays from the cluster pot" in verdict.text
    back = entry(3, claim_id=12, reverses_id=1)
    assert counted_twice([first, second, back]) == []
    assert counted_twice([first, entry(4, claim_id=13, fund_id=2)]) == []
