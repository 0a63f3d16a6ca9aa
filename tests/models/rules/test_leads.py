"""Lead school, cluster leads and subject leaders: R-CLU-2 to R-CLU-6, R-CLU-12."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import BadInput
from models.rules.leads import (
    LeadPerson,
    LeadSpell,
    SslSpell,
    change_lead,
    cluster_lead_verdicts,
    lead_on,
    lead_verdicts,
    phase_verdict,
    ssl_changes,
    ssl_on,
)
from models.rules.scheme import default_scheme
from models.rules.schools import SchoolFact
from models.rules.verdict import About, Severity
from models.values import replace
from models.words import Phase

SCHEME = default_scheme()
ANY_PHASE = replace(SCHEME, lead_phase_policy="any")
START = dt.date(2024, 9, 1)
YEAR_END = dt.date(2025, 8, 31)
SEPTEMBER = dt.date(2025, 9, 1)


def test_r_clu_2_a_change_ends_the_old_spell_the_day_before():
    """R-CLU-2: lead A to 31 Aug, B from 1 Sept: never two, never none."""
    spells = change_lead([LeadSpell(1, "A", START, id=4)], 2, "B", SEPTEMBER)
    assert spells == (
        LeadSpell(1, "A", START, YEAR_END, id=4),
        LeadSpell(2, "B", SEPTEMBER),
    )
    assert lead_on(spells, YEAR_END).school == "A"
    assert lead_on(spells, SEPTEMBER).school == "B"
    assert lead_verdicts(spells, START, dt.date(2026, 8, 31)) == ()


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 90)), min_size=1, max_size=12), st.integers(0, 1200)
)
def test_r_clu_2_after_any_changes_exactly_one_school_leads_on_every_day(changes, later):
    spells: tuple[LeadSpell, ...] = ()
    day = START
    for school_id, days in changes:
        day += dt.timedelta(days)
        if not spells or spells[-1].school_id != school_id:
            spells = change_lead(spells, school_id, f"School {school_id}", day)
    asked = START + dt.timedelta(changes[0][1] + later)
    assert (
        sum(one.starts_on <= asked and (one.ends_on is None or asked <= one.ends_on) for one in spells) == 1
    )
    assert lead_verdicts(spells, spells[0].starts_on, asked) == ()


def test_r_clu_2_the_first_lead_starts_a_spell_and_a_change_on_its_first_day_corrects_it():
    first = change_lead([], 1, "A", START)
    assert first == (LeadSpell(1, "A", START),)
    assert change_lead([replace(first[0], id=4)], 2, "B", START) == (LeadSpell(2, "B", START, id=4),)


def test_r_clu_2_a_change_before_the_present_spell_or_to_the_same_school_is_refused_by_name():
    spells = [LeadSpell(1, "Alder Lane", START)]
    with pytest.raises(BadInput, match="Alder Lane leads from 1 September 2024"):
        change_lead(spells, 2, "Oakfield", dt.date(2024, 8, 1))
    with pytest.raises(BadInput, match="Alder Lane is the lead school already"):
        change_lead(spells, 1, "Alder Lane", SEPTEMBER)


def test_r_clu_2_a_gap_and_an_overlap_are_both_found():
    gap = [LeadSpell(1, "A", START, dt.date(2024, 12, 31)), LeadSpell(2, "B", dt.date(2025, 2, 1))]
    (verdict,) = lead_verdicts(gap, START, YEAR_END)
    assert (verdict.rule, verdict.severity) == ("R-CLU-2", Severity.WARN)
    assert "No lead school from 1 to 31 January 2025" in verdict.text

    twice = [LeadSpell(1, "A", START, dt.date(2025, 1, 10)), LeadSpell(2, "B", dt.date(2025, 1, 8), id=7)]
    (verdict,) = lead_verdicts(twice, START, YEAR_END)
    assert "Two lead schools from 8 to 10 January 2025, A and B" in verdict.text
    assert verdict.about == About("lead_spell", 7)


def test_r_clu_2_no_spell_at_all_and_a_spell_that_ends_early_leave_days_without_a_lead():
    (verdict,) = lead_verdicts([], START, YEAR_END)
    assert "1 September 2024 to 31 August 2025" in verdict.text
    (verdict,) = lead_verdicts([LeadSpell(1, "A", START, dt.date(2025, 8, 30))], START, YEAR_END)
    assert "31 August 2025" in verdict.text
    one_day = [LeadSpell(1, "A", dt.date(2020, 9, 1), START), LeadSpell(2, "B", dt.date(2024, 9, 2))]
    assert lead_verdicts(one_day, START, START) == ()
    before = LeadSpell(9, "Z", dt.date(2020, 9, 1), dt.date(2023, 8, 31))
    assert len(lead_verdicts([before, LeadSpell(1, "A", START)], START, YEAR_END)) == 0


def school(phase: Phase) -> SchoolFact:
    return SchoolFact(3, "Riverside", phase)


def test_r_clu_3_with_primary_only_a_secondary_cannot_lead_but_may_be_a_member():
    verdict = phase_verdict(school(Phase.SECONDARY), SCHEME, as_lead=True)
    assert (verdict.rule, verdict.severity, verdict.about) == ("R-CLU-3", Severity.REFUSE, About("school", 3))
    assert "Riverside" in verdict.text
    assert phase_verdict(school(Phase.SECONDARY), SCHEME, as_lead=False) is None
    assert phase_verdict(school(Phase.SECONDARY), ANY_PHASE, as_lead=True) is None


@pytest.mark.parametrize("phase", [Phase.PRIMARY, Phase.INFANT, Phase.JUNIOR, Phase.NURSERY])
def test_r_clu_3_a_primary_school_of_any_kind_may_lead(phase):
    assert phase_verdict(school(phase), SCHEME, as_lead=True) is None


@pytest.mark.parametrize("phase", [Phase.NOT_APPLICABLE, Phase.ALL_THROUGH, Phase.SPECIAL, Phase.MIDDLE])
def test_r_clu_4_a_phase_that_leaves_the_ages_open_is_asked_about_and_never_refused(phase):
    as_lead = phase_verdict(school(phase), SCHEME, as_lead=True)
    assert (as_lead.rule, as_lead.severity) == ("R-CLU-4", Severity.WARN)
    as_member = phase_verdict(school(phase), SCHEME, as_lead=False)
    assert as_member is None or as_member.severity is Severity.INFO


def test_r_clu_4_a_special_school_is_accepted_as_a_member_without_a_word():
    assert phase_verdict(school(Phase.SPECIAL), SCHEME, as_lead=False) is None
    asked = phase_verdict(school(Phase.NOT_APPLICABLE), SCHEME, as_lead=False)
    assert "Not applicable" in asked.text


def test_r_clu_5_two_leads_of_two_member_schools_are_in_order_even_if_neither_is_the_lead_school():
    leads = [LeadPerson(1, "Ada Brook", 11), LeadPerson(2, "Ben Cole", 14)]
    assert cluster_lead_verdicts(leads, {11, 12, 13, 14}) == ()


def test_r_clu_5_no_lead_an_outside_lead_and_a_third_lead_each_warn():
    assert cluster_lead_verdicts([LeadPerson(1, "Ada Brook", 11)], {11}) == ()
    (none,) = cluster_lead_verdicts([], {11})
    assert none.text.startswith("No cluster lead")
    (outside,) = cluster_lead_verdicts([LeadPerson(3, "Consultant", None)], {11})
    assert (outside.rule, outside.severity, outside.about) == ("R-CLU-5", Severity.WARN, About("person", 3))
    assert "Consultant" in outside.text
    (former,) = cluster_lead_verdicts([LeadPerson(3, "Cy Dean", 99)], {11})
    assert "not from a member school" in former.text
    (three,) = cluster_lead_verdicts([LeadPerson(n, name, 11) for n, name in enumerate("ABC")], {11})
    assert "3 cluster leads (A, B and C)" in three.text


def test_r_clu_6_with_primaries_only_no_rule_of_leads_asks_for_a_secondary():
    primaries = [SchoolFact(number, f"School {number}") for number in range(1, 8)]
    assert [phase_verdict(one, SCHEME, as_lead=False) for one in primaries] == [None] * 7
    assert phase_verdict(primaries[0], SCHEME, as_lead=True) is None


def test_r_clu_12_seven_schools_of_which_two_changed_their_ssl():
    """R-CLU-12: 7 schools, 2 changed SSL: "2 of 7 (29%)"."""
    steady = [SslSpell(number, 100 + number, dt.date(2022, 9, 1)) for number in range(1, 8)]
    ended = [replace(one, ends_on=dt.date(2024, 12, 31)) for one in steady[:2]]
    new = [
        SslSpell(1, 201, dt.date(2025, 1, 1), dt.date(2025, 4, 1)),
        SslSpell(1, 202, dt.date(2025, 4, 2)),
        SslSpell(2, 203, dt.date(2025, 1, 6)),
    ]
    changes = ssl_changes(ended + steady[2:] + new, set(range(1, 8)), START, YEAR_END)
    assert changes.text == "2 of 7 (29%)"
    assert changes.changed_ids == {1, 2}


def test_r_clu_12_a_first_ssl_a_return_from_leave_and_another_year_are_no_change():
    first = SslSpell(1, 101, dt.date(2025, 1, 6))
    back = [
        SslSpell(2, 102, dt.date(2022, 9, 1), dt.date(2024, 12, 31)),
        SslSpell(2, 102, dt.date(2025, 2, 1)),
    ]
    earlier = [SslSpell(3, 103, dt.date(2021, 9, 1)), SslSpell(3, 104, dt.date(2023, 9, 1))]
    changes = ssl_changes([first, *back, *earlier], {1, 2, 3}, START, YEAR_END)
    assert changes.text == "0 of 3 (0%)"


@pytest.mark.parametrize(("starts_on", "changed"), [(START, 1), (YEAR_END, 1), (SEPTEMBER, 0)])
def test_r_clu_12_a_change_on_the_years_first_or_last_day_is_of_that_year(starts_on, changed):
    spells = [SslSpell(1, 101, dt.date(2022, 9, 1)), SslSpell(1, 102, starts_on)]
    assert len(ssl_changes(spells, {1}, START, YEAR_END).changed_ids) == changed


def test_r_clu_12_two_ssls_from_the_same_first_day_are_no_change():
    assert not ssl_changes(
        [SslSpell(1, 101, START), SslSpell(1, 102, START)], {1}, START, YEAR_END
    ).changed_ids


def test_r_clu_12_a_schools_ssl_is_known_for_every_day():
    spells = [
        SslSpell(1, 101, dt.date(2022, 9, 1), dt.date(2024, 12, 31), "Kits are in the hall"),
        SslSpell(1, 102, dt.date(2025, 1, 1)),
    ]
    assert ssl_on(spells, 1, dt.date(2024, 12, 31)).handover_note == "Kits are in the hall"
    assert ssl_on(spells, 1, dt.date(2025, 1, 1)).person_id == 102
    assert ssl_on(spells, 2, START) is None
