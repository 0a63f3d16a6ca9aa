"""What the pages about money answer: release, account, lead school, CPD, claims."""

import datetime as dt

import pytest

from models.formats import pounds
from models.queries.lead import ExtraTime
from models.rules.fund import account
from models.rules.funding import MatchFunding, OtherFundingFact
from models.rules.scheme import default_scheme
from models.rules.verdict import Severity, Verdict
from models.values import replace
from models.words import (
    Answer,
    ApprovalState,
    ClaimState,
    CoverPurpose,
    Direction,
    FundKind,
    Heading,
    OtherFundingState,
    ProviderKind,
    ReleaseMethod,
)
from reports.kit import Kit
from reports.pack import account as page
from reports.pack import build_pack, claims, cpd, release
from reports.pack import lead as lead_page
from reports.pack.sheet import Sheet
from tests.reports.pack.factories import (
    STAMP,
    approval,
    claim,
    cover_year,
    cpd_line,
    cpd_year,
    entry,
    entry_line,
    lead,
    member,
    members,
    pack,
    pot,
    slips,
)
from tests.reports.pack.test_people_pages import said
from tests.reports.pdf_checks import words

# -- release


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([Answer.YES, Answer.YES], "Yes: both schools confirmed extra money; 2 half-days were given"),
        ([Answer.YES, Answer.NOT_SAID], "1 of 2 schools confirmed extra money; 2 half-days were given"),
        ([Answer.NO, Answer.NOT_SAID], "0 of 2 schools confirmed extra money; 2 half-days were given"),
    ],
)
def test_release_counts_who_confirmed_that_the_money_is_extra(answers, words):
    data = pack(cover=cover_year([claim(1), claim(2, 2)], answers=answers))
    assert release.answer(data) == words


def test_release_of_one_school_and_one_half_day_is_in_the_singular():
    data = pack(cover=cover_year([claim(1)], schools=[1]))
    assert release.answer(data) == "Yes: the school confirmed extra money; 1 half-day was given"


def test_release_without_schools_or_claims_says_what_is_missing():
    assert release.answer(pack()) == "No member school is entered yet"
    assert release.answer(pack(cover=cover_year(schools=[1, 2, 3]))) == (
        "Yes: all 3 schools confirmed extra money; no cover claim is entered yet"
    )


def test_money_held_by_the_schools_means_that_the_lead_school_pays_nothing():
    words = release.holding_words(pack(cover=cover_year([claim(1)])))
    assert "£100 recognised for regular meetings is the schools’ own money" in words
    assert "the lead school pays £0 of it" in words


def test_release_for_projects_comes_from_the_pot_and_is_told_apart():
    project = claim(2, purpose=CoverPurpose.PROJECT)
    data = pack(cover=cover_year([claim(1), project]))
    assert "£100 comes from the cluster pot or other funding" in release.holding_words(data)
    assert data.cover.own.recognised_p == data.cover.other.recognised_p == 100_00


def test_releases_of_the_registers_without_a_claim_are_said_to_be_in_no_figure():
    assert release.unclaimed_words(0) == ""
    said = "The registers have 2 more releases without a claim: they are in none of these figures."
    assert release.unclaimed_words(2) == said


def test_a_scheme_that_repays_release_says_so():
    scheme = replace(default_scheme(), release_mode="lead_reimburses")
    words = release.holding_words(pack(scheme=scheme, cover=cover_year([claim(1)])))
    assert words.startswith("The lead school repays what is recognised, up to £500 a school a year")


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (0, ""),
        (1, "1 claim of these, with £100 recognised, is not approved yet."),
        (2, "2 claims of these, with £200 recognised, are not approved yet."),
    ],
)
def test_claims_that_wait_for_approval_are_counted(many, words):
    waiting = [claim(n, state=ClaimState.SUBMITTED, approved_p=None) for n in range(1, many + 1)]
    assert release.waiting_words(cover_year([claim(9), *waiting])) == words


def test_allowances_that_differ_stand_in_the_table_and_not_in_the_chart():
    found = cover_year([claim(1)])
    first, second = found.schools
    more = replace(second, entitlement=replace(second.entitlement, allowance_p=600_00))
    carried = replace(found, schools=(first, more))
    scheme = replace(default_scheme(), release_rollover=True)
    data = pack(cover=carried, scheme=scheme)
    said_of = words(build_pack(data, short=True, stamp=STAMP))
    assert release.allowances(found) == {500_00}
    assert "Alder Lane Primary School £500.00" in said_of
    assert "Brook End Primary School £600.00" in said_of
    assert "is added to its next allowance" in said_of
    assert "Used and left of" not in said_of


def test_schools_without_allowance_and_claims_are_left_out_of_the_table():
    found = cover_year([claim(1)])
    bare = replace(found.schools[1], entitlement=replace(found.schools[1].entitlement, allowance_p=0))
    assert release.shown_schools(replace(found, schools=(found.schools[0], bare))) == [found.schools[0]]


# -- account

GRANT = entry(1, 2000_00, Heading.GRANT)


@pytest.mark.parametrize(
    ("spent", "before", "words"),
    [
        (1640_00, None, "£360 rolls over: 18% of the year’s income"),
        (1640_00, 400_00, "£360 rolls over: 18% of the year’s income, less than last year"),
        (1640_00, 300_00, "£360 rolls over: 18% of the year’s income, more than last year"),
        (1640_00, 360_00, "£360 rolls over: 18% of the year’s income, as much as last year"),
        (2000_00, None, "The pot is spent: £0 rolls over"),
        (2040_00, None, "The pot is £40 overdrawn"),
    ],
)
def test_the_account_says_what_rolls_over(spent, before, words):
    then = None if before is None else account(2023, before, [])
    fund = pot(GRANT, entry(2, spent), previous=then)
    assert page.answer(pack(funds=(fund,))) == words


def test_the_account_of_a_year_without_income_has_no_percentage():
    fund = pot(entry(2, 100_00), opening_p=360_00)
    assert page.answer(pack(funds=(fund,))) == "£260 rolls over: nothing came in this year"


def test_without_a_pot_no_balance_is_claimed():
    assert page.answer(pack()) == "No money of the cluster is entered yet"
    assert page.answer(pack(funds=(pot(),))) == "No money of the cluster is entered yet"


PLAN = [
    (Direction.IN, Heading.GRANT, 2000_00, ""),
    (Direction.OUT, Heading.CPD, 500_00, "One session fewer."),
    (Direction.OUT, Heading.TRAVEL, 100_00, ""),
]


def test_the_table_adds_up_from_opening_to_closing_for_plan_and_actual():
    fund = pot(GRANT, entry(2, 400_00), opening_p=50_00, plan=PLAN)
    lines = {row.label: (row.plan, row.now) for row in page.rows(fund)}
    assert lines["Opening balance"] == ("£50.00", "£50.00")
    assert lines["Total in"] == ("£2,000.00", "£2,000.00")
    assert lines["Total out"] == ("−£600.00", "−£400.00")
    assert lines["Closing balance"] == ("£1,450.00", "£1,650.00")
    assert lines["Travel"] == ("−£100.00", "£0.00")
    assert lines["Rollover as % of income"] == ("", "83%")


def test_lines_off_plan_get_a_letter_and_their_reason_or_that_it_is_missing():
    fund = pot(GRANT, entry(2, 400_00), entry(3, 20_00, Heading.EVENTS), plan=PLAN)
    assert list(page.note_letters(fund).values()) == ["a", "b"]
    first, second = map(page.note_words, fund.notes)
    assert first == "CPD providers. 20% under: One session fewer."
    assert second == "Travel. 100% under: reason not entered"


def test_spending_that_nobody_planned_is_called_so():
    fund = pot(entry(3, 20_00, Heading.EVENTS), plan=[(Direction.OUT, Heading.EVENTS, 0, "A gift.")])
    assert page.note_words(fund.notes[0]) == "Events. Not planned: A gift."


def test_a_heading_of_one_year_only_has_no_bar_in_the_other():
    then = account(2023, 0, [entry(9, 70_00, Heading.TRAVEL, on=dt.date(2024, 2, 1))])
    found = {step.name: step.values for step in page.steps(pot(GRANT, previous=then))}
    assert found["Travel"] == (70_00, None)
    assert found["Grant from sponsor"] == (None, 2000_00)
    assert found["Closing balance"] == (-70_00, 2000_00)


def test_inputs_give_a_ratio_only_where_both_are_known():
    unknown = page.inputs(pack(match=MatchFunding(7, 3500_00, None, 3000_00)))
    assert unknown == [
        "By the agreement 7 schools set aside £3,500 for release.",
        "The sponsor’s match funding for a year is not entered, so there is no ratio.",
        "Grants of £3,000 came in from the sponsor, to the pot and to the lead school’s own funds together.",
    ]
    known = page.inputs(pack(match=MatchFunding(1, 500_00, 1000_00)))
    assert known[0] == "By the agreement 1 school sets aside £500 for release."
    assert known[1] == "The sponsor puts in £1,000: £2 from the sponsor for each £1 from the schools."


def test_what_was_not_planned_has_a_dash_and_no_closing_balance():
    """A plan of one heading says nothing of the others, of the income or of what is left at the end."""
    spent = [entry(1, 300_00), entry(2, 500_00, Heading.GRANT), entry(3, 90_00, Heading.EVENTS)]
    half = pot(*spent, plan=[(Direction.OUT, Heading.CPD, 250_00, "")])
    planned = {row.label: row.plan for row in page.rows(half)}
    assert {planned[label] for label in ("Opening balance", "Total in", "Closing balance")} == {"–"}
    assert planned[Heading.EVENTS.label] == planned[Heading.GRANT.label] == "–"
    assert planned[Heading.CPD.label] == planned["Total out"] == pounds(-250_00)
    grant = (Direction.IN, Heading.GRANT, 250_00, "")
    whole = page.rows(pot(*spent, plan=[(Direction.OUT, Heading.CPD, 250_00, ""), grant]))
    assert [row.plan for row in whole if row.strong] == ["£0.00", "£250.00", pounds(-250_00), "£0.00"]


def test_money_that_schools_promise_is_not_called_confirmed():
    data = pack(cover=cover_year([claim(1)]), match=MatchFunding(2, 1000_00, None))
    assert page.inputs(data)[0] == (
        "By the agreement 2 schools set aside £1,000 for release; 2 of 2 confirmed that it is extra money."
    )


def test_other_funding_is_declared_with_its_state_and_never_added_up():
    fact = OtherFundingFact(1, "Enthuse", OtherFundingState.APPLIED, dt.date(2025, 5, 6), amount_p=None)
    assert page.inputs(pack(other_funding=(fact,)))[-1] == (
        "Other funding declared: Enthuse, amount not entered, applied for 6 May 2025."
    )


# -- lead school

PAID = entry_line(entry(5, 100_00, Heading.EXTRA_TIME, on=dt.date(2025, 2, 1)), "AP-0001")


def test_extra_time_with_an_approval_before_was_asked_for():
    data = pack(lead=lead(ExtraTime(approval(), (PAID,))))
    assert lead_page.answer(data) == "Yes, before the money was spent: 1 request approved"


def test_answers_of_the_advisor_are_counted_by_kind():
    asked = [ApprovalState.APPROVED, ApprovalState.DECLINED, ApprovalState.DECLINED, ApprovalState.PENDING]
    data = pack(lead=lead(*(ExtraTime(approval(state), ()) for state in asked)))
    assert lead_page.answer(data) == (
        "Yes: 1 request approved, 2 declined and 1 not answered yet; nothing was spent on extra time"
    )


def test_extra_time_without_approval_is_said_plainly():
    none = "No: extra time was paid, and none was approved"
    assert lead_page.answer(pack(lead=lead(unasked=[PAID]))) == none
    declined = ExtraTime(approval(ApprovalState.DECLINED), ())
    assert lead_page.answer(pack(lead=lead(declined, unasked=[PAID]))) == none
    words = "Not each time: some extra time has no prior approval"
    assert lead_page.answer(pack(lead=lead(ExtraTime(approval(), ()), unasked=[PAID]))) == words
    late = Verdict("R-LEAD-4", Severity.REFUSE, "E-0005 was approved too late.")
    data = pack(lead=lead(ExtraTime(approval(), (PAID,))), verdicts=(late,))
    assert lead_page.answer(data) == words


def test_a_recorded_reason_lets_late_approval_pass():
    allowed = Verdict("R-LEAD-4", Severity.INFO, "Allowed because: the Advisor was ill.")
    data = pack(lead=lead(ExtraTime(approval(), (PAID,))), verdicts=(allowed,))
    assert lead_page.answer(data) == "Yes, before the money was spent: 1 request approved"


def test_no_extra_time_needs_no_approval():
    assert lead_page.answer(pack(lead=lead())) == "No extra time was asked for, so no approval was needed"
    assert lead_page.answer(pack(lead=lead(funds=False))) == (
        "Nothing of the lead school’s own money is entered yet"
    )


def test_an_answer_is_printed_with_day_person_and_words():
    one = ExtraTime(approval(words="Do it."), (PAID,))
    assert said(lead_page.answer_words(one)) == "Approved | 20 January 2025, The Advisor | “Do it.”"
    assert said(lead_page.spent_words(one)) == "£100.00 | 1 February 2025"
    waiting = ExtraTime(approval(ApprovalState.PENDING), ())
    assert (lead_page.answer_words(waiting), lead_page.spent_words(waiting)) == ("Pending", "£0")
    nobody = ExtraTime(approval(by=""), ())
    assert said(lead_page.answer_words(nobody)) == "Approved | 20 January 2025, by whom not entered"


def test_a_figure_near_a_million_pounds_is_never_cut_in_large_print():
    printed = words(build_pack(pack(lead=lead(spent_p=98_765_430)), large_print=True, stamp=STAMP))
    assert "Allowed this year: £300.00 · Carried over: £40.00 · Spent: £987,654.30" in printed
    assert "Spent in the stage: £987,654.30" in printed
    usual = words(build_pack(pack(lead=lead()), large_print=True, stamp=STAMP))
    assert "Carried over: £40.00" not in usual  # a table, as in normal print


def test_money_that_came_into_a_lead_fund_is_not_listed_as_spent():
    grant = entry_line(entry(6, 300_00, Heading.GRANT, fund_kind=FundKind.LEAD_TIME))
    paid = entry_line(entry(7, 90_00, Heading.LEAD_TIME, fund_kind=FundKind.LEAD_TIME))
    given = lead()
    fund = replace(given.funds[0], entries=(grant, paid))
    assert lead_page.spending(replace(given, funds=(fund,))) == [paid]
    words = lead_page.received_words(replace(given, funds=(fund, given.funds[1])))
    assert words == "Money received in the year: Lead time £300; Finance administration not entered."


# -- CPD


def test_cpd_says_who_came_at_what_cost_and_whether_it_met_its_outcomes():
    line = cpd_line(1, 550_00, came=11, vat_p=110_00)
    assert cpd.answer(pack(cpd=cpd_year(line, slips=slips(9, 1)))) == (
        "11 people came, at £50 each; outcomes were met for 9 of 10 (90%)"
    )


def test_cpd_in_the_singular_and_without_slips():
    data = pack(cpd=cpd_year(cpd_line(1, 400_00, came=1)))
    assert cpd.answer(data) == "1 person came, at £400 each; what they thought of it is not entered"


def test_cpd_that_cost_nothing_has_no_price_a_head():
    data = pack(cpd=cpd_year(cpd_line(1, 0, came=4), slips=slips(6)))
    assert cpd.answer(data) == "4 people came; outcomes were met for all 6 (100%)"


def test_cpd_without_people_or_sessions_says_what_is_missing():
    assert cpd.answer(pack(cpd=cpd_year(cpd_line(came=0)))) == "1 session held; who came is not entered yet"
    assert cpd.answer(pack()) == "No CPD session is entered yet"
    assert cpd.figures(cpd_year(cpd_line(came=0)))[0][0] == "not available"


def test_a_fellow_is_named_as_one_once():
    line = cpd_line(1, provider="R. Penhallow", provider_kind=ProviderKind.FELLOW)
    assert said(cpd.session_words(line)).endswith("R. Penhallow, College Fellow")
    told = replace(line, provider="R. Penhallow, College Fellow")
    assert said(cpd.session_words(told)).count("College Fellow") == 1
    assert "provider not entered" in said(cpd.session_words(replace(line, provider=" ")))


# -- claims


def test_the_schedule_adds_up_in_its_headline():
    data = pack(cover=cover_year([claim(1), claim(2, 2)]))
    assert claims.answer(data) == "2 claims: £200 recognised and £18 from the schools make £218"
    assert claims.answer(pack()) == "No cover claim is entered yet"


def test_schools_with_long_names_have_their_letters_in_the_schedule_and_the_names_above_it():
    """Rows of many lines left the headline alone on its page."""
    long = "Saint Bartholomew-the-Great and All Angels"
    who = members(member(1, short_name=long), member(2))
    data = pack(members=who, cover=cover_year([claim(1), claim(2, 2)]))
    assert not claims.is_lettered(Sheet(Kit(), replace(data, members=members(member(1), member(2)))))
    printed = words(build_pack(data, stamp=STAMP)).replace("\xa0", " ")
    schedule = printed[printed.index("2 claims: £200") :]
    assert schedule.count(long) == 1
    assert f"A {long}, B " in schedule


def test_a_cost_that_nobody_entered_is_said_to_be_missing_and_is_no_0():
    """R-REV-5: its half-day counts, and the page says so."""
    draft = claim(2, method=ReleaseMethod.AGENCY, cost_p=0, state=ClaimState.DRAFT, approved_p=None)
    found = cover_year([claim(1), draft])
    assert release.waiting_words(found).endswith(
        "1 claim has no cost entered yet: the half-days count, the cost does not."
    )
    said_of = words(build_pack(pack(cover=found), stamp=STAMP))
    assert "1 not entered – – " in said_of
    other = claim(3, 2, method=ReleaseMethod.AGENCY, cost_p=0, state=ClaimState.DRAFT, approved_p=None)
    found = cover_year([claim(1), draft, other])
    assert [found.costs_unknown(school) for school in (1, 2)] == [False, True]
    said_of = words(build_pack(pack(cover=found), stamp=STAMP))
    assert "1 not entered not entered not entered £500.00" in said_of  # and its bar says so: no £0 is used
    assert "cost not entered, £500 left" in said_of


def test_claims_that_count_nowhere_are_listed_without_figures():
    found = cover_year([claim(1, state=ClaimState.REJECTED, approved_p=None, evidence_ref="")])
    line = found.claims[0]
    assert claims.answer(pack(cover=found)) == "1 claim; none of them counts"
    two = cover_year([claim(1), claim(2, state=ClaimState.REJECTED, approved_p=None)])
    assert claims.answer(pack(cover=two)).startswith("1 of 2 claims counts: £100 recognised and £9 ")
    assert said(claims.what_for(line, {})) == "Full cluster meeting | £109 claimed, not counted"
    assert claims.evidence_words(line) == "–"


def test_a_claim_names_its_meeting_by_the_number_on_the_meetings_page():
    line = cover_year([claim(1, meeting_id=7)]).claims[0]
    assert claims.what_for(line, {7: 3}) == "Meeting 3"
    assert claims.what_for(line, {}) == "Full cluster meeting"


def test_evidence_is_to_find_once_approved_not_entered_before_and_never_needed_for_0():
    """R-COVER-15: as many claims say that it is to find as the line below them counts."""
    draft = claim(3, state=ClaimState.DRAFT, approved_p=None, evidence_ref="")
    found = cover_year([claim(1, evidence_ref=" "), claim(2, cost_p=0, approved_p=0, evidence_ref=""), draft])
    said_of = [claims.evidence_words(line) for line in found.claims]
    assert said_of == ["still to find", "–", "not entered"]
    assert said_of.count("still to find") == len(found.to_evidence)
