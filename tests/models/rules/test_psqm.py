"""Money for the quality mark: R-PSQM-1 to 3, D18 and D19."""

import datetime as dt

import pytest

from models.rules.psqm import (
    AwardFact,
    RequestFact,
    expires_on,
    expiry_verdicts,
    first_time_verdict,
    lineage,
    places,
    remind_on,
    request_verdicts,
    ticks,
)
from models.rules.scheme import Dated, default_scheme, scheme_on
from models.rules.verdict import Severity
from models.values import replace
from models.words import PsqmLevel, PsqmState

DAY = dt.date(2017, 9, 20)
SCHEME = default_scheme()
THREE = scheme_on(DAY, [Dated("psqm_places", "3", dt.date(2000, 1, 1))])
SILVER = AwardFact(1, 1, "Alder", PsqmLevel.SILVER, dt.date(2014, 6, 30))


def request(number=1, **more):
    given = {
        "id": number, "school_id": number, "school_name": ["Alder", "Birch", "Cedar", "Daisy"][number - 1],
        "requested_on": DAY + dt.timedelta(number), "hub_available": True, "advisor_contacted": True,
    }  # fmt: skip
    return RequestFact(**(given | more))


def test_r_psqm_1_a_renewal_is_refused():
    """R-PSQM-1: silver in 2014, applying in 2017."""
    verdict = first_time_verdict(request(), [SILVER], {}, SCHEME)
    assert (verdict.rule, verdict.severity) == ("R-PSQM-1", Severity.REFUSE)
    assert "Alder already had Silver (to 2018), awarded 30 June 2014" in verdict.text
    assert "renewal" in verdict.text


@pytest.mark.parametrize("level", PsqmLevel)
def test_r_psqm_1_an_award_of_any_level_counts(level):
    assert first_time_verdict(request(), [replace(SILVER, level=level)], {}, SCHEME) is not None


def test_r_psqm_1_a_first_time_is_well():
    other_school = replace(SILVER, school_id=2)
    won_with_the_money = replace(SILVER, awarded_on=dt.date(2018, 7, 1))
    assert first_time_verdict(request(), [other_school, won_with_the_money], {}, SCHEME) is None


def test_d19_an_award_of_the_school_under_its_older_number_counts():
    before = replace(SILVER, school_id=90, school_name="Alder Lane Infants")
    verdict = first_time_verdict(request(), [before], {1: 80, 80: 90}, SCHEME)
    assert "as Alder Lane Infants" in verdict.text
    allowed = first_time_verdict(request(override_reason="Advisor agrees"), [before], {1: 90}, SCHEME)
    assert allowed.severity is Severity.INFO


def test_a_circle_of_predecessors_ends():
    assert lineage(1, {1: 2, 2: 1}) == [1, 2]


def test_r_psqm_2_the_fourth_request_for_three_places_waits():
    """R-PSQM-2: 3 places, 4th request goes to the waiting list."""
    requests = [request(n) for n in (4, 2, 3, 1)]
    assert [(p.request_id, p.funded) for p in places(requests, THREE)] == [
        (1, True), (2, True), (3, True), (4, False),
    ]  # fmt: skip
    (verdict,) = request_verdicts(requests, [], {}, THREE)
    assert (verdict.rule, verdict.about.id) == ("R-PSQM-2", 4)
    assert verdict.text == (
        "Daisy is number 4 for PSQM money and there are 3 funded places: put it on the waiting list."
    )
    waiting = [request(4, state=PsqmState.WAITING), *requests[1:]]
    assert request_verdicts(waiting, [], {}, THREE) == []


def test_r_psqm_2_a_place_once_given_stays_and_a_refused_request_takes_none():
    late = request(4, state=PsqmState.FUNDED)
    assert places([request(1), request(2), late], THREE)[0].request_id == 4
    gone = request(1, state=PsqmState.WITHDRAWN)
    assert [p.request_id for p in places([gone, request(2)], THREE)] == [2]
    four = [request(n) for n in (1, 2, 3, 4)]
    (verdict,) = request_verdicts(four, [SILVER], {}, THREE)
    assert verdict.rule == "R-PSQM-1"


def test_r_psqm_2_three_ticks_are_needed():
    (place,) = places([request()], THREE)
    assert [ticked for _, ticked in ticks(request(), place)] == [True, True, True]
    lacking = request(hub_available=False, advisor_contacted=False)
    (verdict,) = request_verdicts([lacking], [], {}, THREE)
    assert verdict.text == (
        "Alder’s request for PSQM money still needs a hub with a place and the Advisor contacted."
    )


def test_d18_where_the_number_of_places_is_not_known_the_advisor_is_asked():
    (place,) = places([request()], SCHEME)
    assert place.funded is None
    assert ticks(request(), place)[0] == ("a funded place", False)
    assert "ask the Advisor how many places" in request_verdicts([request()], [], {}, SCHEME)[0].text


def test_r_psqm_3_an_award_expires_after_three_years_with_a_reminder_a_year_before():
    """R-PSQM-3: awarded 30 June 2022, expires 30 June 2025."""
    awarded = dt.date(2022, 6, 30)
    assert expires_on(awarded, SCHEME) == dt.date(2025, 6, 30)
    assert remind_on(awarded, SCHEME) == dt.date(2024, 6, 30)
    assert expires_on(dt.date(2024, 2, 29), SCHEME) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2024, 6, 29), None),
        (dt.date(2024, 6, 30), "Birch’s PSQM expires on 30 June 2025"),
        (dt.date(2025, 6, 30), "Birch’s PSQM expires on 30 June 2025"),
        (dt.date(2025, 7, 1), "Birch’s PSQM expired on 30 June 2025"),
    ],
)
def test_r_psqm_3_a_school_is_reminded_of_its_newest_award(today, words):
    old = AwardFact(1, 2, "Birch", PsqmLevel.BRONZE, dt.date(2016, 6, 30))
    new = AwardFact(2, 2, "Birch", PsqmLevel.PSQM, dt.date(2022, 6, 30))
    verdicts = expiry_verdicts([new, old], SCHEME, today)
    assert [verdict.text.split(":")[0] for verdict in verdicts] == ([words] if words else [])
