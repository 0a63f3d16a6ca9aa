"""The scheme's settings: defaults of domain.md (D), dated values, and reading what a teacher typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from models.errors import BadInput
from models.rules.scheme import RULE, Dated, Response, Scheme, catalogue, default_scheme, scheme_on

SPECS = sorted(catalogue().values(), key=lambda spec: spec.key)
KEYS = [spec.key for spec in SPECS]
SEPTEMBER = dt.date(2025, 9, 1)


def test_every_setting_is_a_typed_value_of_the_scheme_and_every_value_is_a_setting():
    named = {field.name for field in fields(Scheme)} - {"responses"}
    assert named == {spec.key for spec in SPECS if spec.kind != RULE}
    assert set(default_scheme().responses) == set(KEYS)


@pytest.mark.parametrize("spec", SPECS, ids=KEYS)
def test_every_setting_shows_its_label_guidance_source_and_rules(spec):
    assert spec.label
    assert spec.guidance.endswith((".", "?"))
    assert spec.source
    assert spec.rules
    assert all(rule.startswith("R-") for rule in spec.rules)
    assert (spec.kind == "choice") is bool(spec.choices)


@pytest.mark.parametrize("spec", SPECS, ids=KEYS)
def test_every_default_is_written_and_read_back(spec):
    assert spec.read(spec.write(spec.default)) == spec.default


@given(st.sampled_from([spec for spec in SPECS if spec.kind.endswith("pence")]), st.integers(0, 10**9))
def test_an_amount_is_written_and_read_back_to_the_penny(spec, pence):
    assert spec.read(spec.write(pence)) == pence


@given(st.sampled_from([spec for spec in SPECS if spec.kind.endswith("count")]), st.integers(0, 10_000))
def test_a_count_is_written_and_read_back(spec, number):
    assert spec.read(spec.write(number)) == number


def test_the_defaults_are_those_of_the_guidance():
    scheme = default_scheme()
    assert (scheme.cap_per_half_day, scheme.release_allowance) == (10_000, 50_000)  # R-COVER-1, R-COVER-4
    assert (scheme.lead_time_allowance, scheme.lead_admin_allowance) == (30_000, 12_000)  # R-LEAD-1, R-LEAD-2
    assert (scheme.cpd_cap, scheme.vat_rate) == (40_000, 20)  # R-CPD-1
    assert (scheme.schools_min, scheme.schools_max) == (3, 12)  # R-CLU-1
    assert (scheme.meetings_min, scheme.meetings_target) == (4, 5)  # D10
    assert (scheme.agreement_years, scheme.agreement_warning_months) == (2, 6)  # R-AGR-1, R-AGR-2
    assert scheme.sponsor_input_per_year is None  # D1
    assert scheme.psqm_places is None  # D18
    assert scheme.release_mode == "school_held"  # D4
    assert scheme.allowance_basis == "money"  # D5
    assert not scheme.release_rollover  # D6
    assert scheme.cap_applies_to_fellow  # D7
    assert scheme.excess_split == "equal"  # D9
    assert not scheme.count_after_school  # D11
    assert not scheme.count_subgroup  # D11
    assert scheme.funded_places == 1  # D16
    assert scheme.approver_role == "advisor"  # D17
    assert scheme.lead_rollover  # D20
    assert scheme.lead_phase_policy == "primary_only"  # D21
    assert scheme.trust_copies == 1  # D23
    assert scheme.scale_points == 5  # D24
    assert scheme.absence_prompt == 2  # D28
    assert scheme.pot_release_cap  # D29
    assert scheme.claim_deadline == "end_of_summer_term"  # D30


def test_rules_warn_unless_a_source_says_no():
    refusing = {key for key, response in default_scheme().responses.items() if response is Response.REFUSE}
    assert refusing == {
        "trips",
        "claim_outside_school_day",
        "second_approver",
        "lead_phase_policy",
        "spend_after_end",
        "extra_time_approval",
        "psqm_first_time_only",
        "travel_decision",
    }


def test_r_agr_6_a_new_limit_never_rewrites_what_came_before():
    """R-AGR-6, D27: old claims keep the old cap."""
    entered = [Dated("cap_per_half_day", "120", SEPTEMBER)]
    assert scheme_on(dt.date(2025, 8, 31), entered).cap_per_half_day == 10_000
    assert scheme_on(SEPTEMBER, entered).cap_per_half_day == 12_000


def test_r_agr_6_the_latest_value_begun_holds_whatever_the_order_of_entry():
    entered = [
        Dated("meetings_min", "6", dt.date(2026, 9, 1)),
        Dated("meetings_min", "5", SEPTEMBER),
        Dated("meetings_min", "3", dt.date(2024, 9, 1)),
    ]
    by_year = [scheme_on(dt.date(year, 12, 1), entered).meetings_min for year in (2023, 2024, 2025, 2026)]
    assert by_year == [4, 3, 5, 6]


def test_a_response_can_be_changed_from_a_day_on():
    entered = [
        Dated("pot_overdraft", "", SEPTEMBER, Response.REFUSE),
        Dated("schools_max", "14", SEPTEMBER),
    ]
    before, after = scheme_on(dt.date(2025, 8, 31), entered), scheme_on(SEPTEMBER, entered)
    assert before.response("pot_overdraft") is Response.WARN
    assert after.response("pot_overdraft") is Response.REFUSE
    assert (after.schools_max, after.response("schools_max")) == (14, Response.WARN)


def test_a_setting_this_version_does_not_know_is_left_alone():
    assert scheme_on(SEPTEMBER, [Dated("no_such_setting", "7", SEPTEMBER)]) == scheme_on(SEPTEMBER)


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("cap_per_half_day", "£109", 10_900),
        ("cap_per_half_day", "100.5", 10_050),
        ("budget_variance", "15%", 15),
        ("budget_variance", " 15 ", 15),
        ("meetings_min", "5", 5),
        ("count_subgroup", "Yes", True),
        ("count_subgroup", "no", False),
        ("lead_phase_policy", "any", "any"),
        ("psqm_places", "", None),
        ("sponsor_input_per_year", "", None),
        ("sponsor_input_per_year", "0", 0),
        ("trips", "whatever", None),
    ],
)
def test_a_setting_is_read_as_typed(key, typed, read):
    assert catalogue()[key].read(typed) == read


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("cap_per_half_day", ""),
        ("cap_per_half_day", "-5"),
        ("cap_per_half_day", "lots"),
        ("budget_variance", "101"),
        ("budget_variance", "ten"),
        ("meetings_min", "4%"),
        ("meetings_min", "-1"),
        ("meetings_min", "4.5"),
        ("meetings_min", "10001"),
        ("meetings_min", "٤"),
        ("meetings_min", ""),
        ("count_subgroup", "perhaps"),
        ("lead_phase_policy", "secondary"),
    ],
)
def test_what_does_not_fit_a_setting_is_refused_and_names_the_setting(key, typed):
    with pytest.raises(BadInput) as refused:
        catalogue()[key].read(typed)
    assert refused.value.field == key
