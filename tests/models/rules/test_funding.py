"""Other funding declared, and match funding: R-FUND-1 and R-FUND-3."""

import datetime as dt

import pytest

from models.rules.funding import OtherFundingFact, declaration, funding_verdicts, match_funding
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.rules.verdict import Severity
from models.words import OtherFundingState

DAY = dt.date(2016, 7, 1)


def funding(**more):
    given = {
        "id": 1, "name": "Enthuse", "state": OtherFundingState.AWARDED, "awarded_on": DAY,
        "amount_p": 1200000, "told_advisor_on": DAY,
    }  # fmt: skip
    return OtherFundingFact(**(given | more))


def test_r_fund_1_an_award_is_declared_with_amount_and_date():
    """R-FUND-1: Enthuse, £12,000, awarded 2016."""
    assert declaration(funding()) == "Enthuse, £12,000, awarded 1 July 2016"
    assert funding_verdicts([funding()]) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount_p": None}, "Enthuse, amount not entered, awarded 1 July 2016"),
        ({"awarded_on": None}, "Enthuse, £12,000, awarded date not entered"),
        (
            {"state": OtherFundingState.APPLIED, "applied_on": dt.date(2016, 3, 2)},
            "Enthuse, £12,000, applied for 2 March 2016",
        ),
        ({"state": OtherFundingState.FINISHED}, "Enthuse, £12,000, finished, awarded 1 July 2016"),
    ],
)
def test_r_fund_1_what_is_missing_is_said_to_be(more, words):
    assert declaration(funding(**more)) == words


def test_r_fund_1_other_funding_is_told_and_never_counts_against_the_cluster():
    verdicts = funding_verdicts([funding(told_advisor_on=None, amount_p=None, awarded_on=None)])
    assert [verdict.severity for verdict in verdicts] == [Severity.WARN, Severity.WARN]
    assert verdicts[0].text == "Enthuse: enter the amount and the date of this funding."
    assert verdicts[1].text.endswith("never affects an application to the sponsor.")
    refused = funding(state=OtherFundingState.REFUSED, amount_p=None, awarded_on=None)
    assert funding_verdicts([refused]) == []


def test_r_fund_3_without_the_sponsors_figure_there_is_no_ratio():
    """R-FUND-3: schools 7 x £500 = £3,500, sponsor unknown."""
    found = match_funding(7, default_scheme())
    assert (found.schools_p, found.sponsor_p, found.ratio_words) == (350000, None, "")
    assert found.words == "7 schools: £3,500; sponsor’s match funding: not entered"
    assert match_funding(7, default_scheme(), granted_p=300000).words.endswith("; grants received: £3,000")


@pytest.mark.parametrize(
    ("basis", "sponsor_p", "ratio"),
    [
        ("school", 420000, "£1.20 from the sponsor for each £1 from the schools"),
        ("cluster", 60000, "£0.17 from the sponsor for each £1 from the schools"),
    ],
)
def test_r_fund_3_the_sponsors_input_is_for_each_school_or_for_the_cluster(basis, sponsor_p, ratio):
    start = dt.date(2000, 1, 1)
    entered = [Dated("sponsor_input_per_year", "600", start), Dated("input_basis", basis, start)]
    found = match_funding(7, scheme_on(DAY, entered))
    assert (found.sponsor_p, found.ratio_words) == (sponsor_p, ratio)
    assert found.words.endswith(ratio)


def test_r_fund_3_no_school_input_gives_no_ratio():
    scheme = scheme_on(DAY, [Dated("sponsor_input_per_year", "600", dt.date(2000, 1, 1))])
    assert match_funding(0, scheme).ratio_words == ""
    assert match_funding(6, scheme, schools_p=250000).schools_p == 250000
