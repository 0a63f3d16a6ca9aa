"""Names, URNs and GIAS: R-CLU-13, R-DATA-5, R-DATA-6, R-DATA-7."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import BadInput
from models.rules.schools import (
    FieldChange,
    GiasSchool,
    ImportState,
    SchoolFact,
    check_urn,
    check_urn_free,
    clean_name,
    closed_verdicts,
    current_ids,
    name_key,
    phase_from_gias,
    preview_gias,
    shown_name,
)
from models.rules.verdict import About
from models.values import replace
from models.words import Phase, SchoolStatus

OURS = GiasSchool(
    "900001", "Alder Lane Primary School", phase=Phase.PRIMARY, status=SchoolStatus.OPEN, number_on_roll=210
)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Bulford St. Leonard's Primary School.", "Bulford St. Leonard's Primary School"),
        ("  Alder   Lane\tPrimary ", "Alder Lane Primary"),
        ("Oakfield School . ", "Oakfield School"),
        ("Holy Cross C.E.", "Holy Cross C.E."),
        ("St. Mary's C.E. Primary School.", "St. Mary's C.E. Primary School"),
        ("Ysgol y Llan\u2019", "Ysgol y Llan\u2019"),
        ("", ""),
    ],
)
def test_r_clu_13_names_lose_a_trailing_stop_and_double_spaces(typed, clean):
    assert clean_name(typed) == clean


@given(st.text(max_size=60))
def test_r_clu_13_a_clean_name_stays_as_it_is(text):
    once = clean_name(text)
    assert clean_name(once) == once
    assert "  " not in once
    assert name_key(once) == name_key(text)


def test_r_clu_13_straight_and_curly_apostrophes_are_the_same_name():
    same = [
        "St. Leonard's School",
        "St. Leonard\u2019s  School.",
        "St Leonard\u2018s school",
        "ST. LEONARD`S SCHOOL",
    ]
    assert len({name_key(name) for name in same}) == 1
    assert name_key("St. Leonard's Infant School") != name_key(same[0])


def test_r_clu_13_a_name_is_shown_as_gias_spells_it_when_known():
    assert shown_name("alder lane primary.", "Alder Lane Primary School") == "Alder Lane Primary School"
    assert shown_name("Alder  Lane Primary.") == "Alder Lane Primary"


@pytest.mark.parametrize(("typed", "urn"), [("114964", "114964"), (" 900001 ", "900001"), (900001, "900001")])
def test_r_data_5_a_urn_has_exactly_six_digits(typed, urn):
    assert check_urn(typed) == urn


@pytest.mark.parametrize("typed", ["11416", "1149640", "", "90000A", "900 001", "٩٠٠٠٠١", "9000.1", -90000])
def test_r_data_5_anything_else_is_refused_in_a_sentence_that_names_it(typed):
    with pytest.raises(BadInput) as refused:
        check_urn(typed)
    assert f"“{typed}” is not a URN" in str(refused.value)
    assert refused.value.field == "urn"


def test_r_data_5_a_urn_belongs_to_one_school():
    schools = [
        SchoolFact(1, "Alder Lane", urn="900001"),
        SchoolFact(2, "Oakfield"),
        SchoolFact(3, "Glan y Mor"),
    ]
    with pytest.raises(BadInput, match="900001 already belongs to Alder Lane"):
        check_urn_free("900001", 2, schools)
    check_urn_free("900001", 1, schools)
    check_urn_free("900009", None, schools)
    check_urn_free("", 3, schools)  # two schools outside England, neither with a URN


def test_r_data_5_the_preview_tells_new_changed_and_same_by_urn():
    new = GiasSchool("900002", "Oakfield")
    renamed = replace(OURS, name="Alder Lane Academy", number_on_roll=None)
    previews = preview_gias({"900001": OURS}, [new, renamed, OURS], {})
    assert [one.state for one in previews] == [ImportState.NEW, ImportState.CHANGED, ImportState.SAME]
    assert previews[1].changes == (
        FieldChange("name", "Alder Lane Primary School", "Alder Lane Academy", ask=False),
    )


def test_r_data_5_a_field_edited_by_hand_is_asked_about():
    row = replace(OURS, number_on_roll=215, status=SchoolStatus.CLOSING)
    (preview,) = preview_gias({"900001": OURS}, [row], {"900001": {"number_on_roll"}})
    assert preview.changes == (
        FieldChange("status", "Open", "Open, but proposed to close", ask=False),
        FieldChange("number_on_roll", "210", "215", ask=True),
    )


def test_r_data_5_what_gias_leaves_empty_never_clears_ours():
    bare = GiasSchool("900001", "Alder Lane Primary School")
    (preview,) = preview_gias({"900001": replace(OURS, address="Anytown")}, [bare], {})
    assert preview.state is ImportState.SAME


def test_r_data_5_a_gias_row_without_a_proper_urn_is_refused():
    with pytest.raises(BadInput):
        preview_gias({}, [GiasSchool("11416", "Oakfield")], {})


def test_r_data_7_the_heads_name_is_taken_only_if_ticked():
    row = replace(OURS, head_name="Ms A Head")
    (off,) = preview_gias({"900001": OURS}, [row], {})
    (on,) = preview_gias({"900001": OURS}, [row], {}, with_head=True)
    assert off.changes == ()
    assert on.changes == (FieldChange("head_name", "", "Ms A Head", ask=False),)


def test_r_data_6_a_member_closed_in_gias_warns_until_its_successor_is_linked():
    closed = SchoolFact(1, "Oakfield Primary School", status=SchoolStatus.CLOSED)
    (verdict,) = closed_verdicts([closed], {1})
    assert (verdict.rule, verdict.about) == ("R-DATA-6", About("school", 1))
    assert "Oakfield Primary School is closed in GIAS" in verdict.text
    successor = SchoolFact(2, "Oakfield Academy", predecessor_id=1)
    assert closed_verdicts([closed, successor], {1, 2}) == ()
    assert closed_verdicts([closed], {3}) == ()
    assert closed_verdicts([replace(closed, status=SchoolStatus.CLOSING)], {1}) == ()


def test_r_data_6_each_record_of_a_school_leads_to_the_one_it_has_today():
    chain = [
        SchoolFact(3, "Third", predecessor_id=2),
        SchoolFact(1, "First"),
        SchoolFact(2, "Second", predecessor_id=1),
    ]
    assert current_ids([*chain, SchoolFact(8, "Other")]) == {1: 3, 2: 3, 3: 3, 8: 8}


def test_r_data_6_a_school_is_never_its_own_predecessor():
    with pytest.raises(BadInput, match="own predecessor"):
        current_ids([SchoolFact(1, "A", predecessor_id=2), SchoolFact(2, "B", predecessor_id=1)])
    with pytest.raises(BadInput, match="A is entered"):
        current_ids([SchoolFact(1, "A", predecessor_id=1)])


@pytest.mark.parametrize(
    ("words", "low", "high", "kind", "phase"),
    [
        ("Primary", 3, 11, "Community school", Phase.PRIMARY),
        ("Primary", 4, 7, "Community school", Phase.INFANT),
        ("Primary", 7, 11, "Academy converter", Phase.JUNIOR),
        ("Primary", 4, 8, "Community school", Phase.INFANT),
        ("Primary", 4, 9, "Community school", Phase.PRIMARY),
        ("Primary", 6, 11, "Community school", Phase.PRIMARY),
        ("Primary", 8, 12, "Community school", Phase.JUNIOR),
        ("Primary", None, None, "", Phase.PRIMARY),
        ("Middle deemed secondary", 9, 13, "", Phase.MIDDLE),
        ("Not applicable", 3, 19, "Community special school", Phase.SPECIAL),
        ("Not applicable", 3, 18, "Other independent school", Phase.NOT_APPLICABLE),
        ("All-through", 3, 18, "", Phase.ALL_THROUGH),
        ("16 plus", 16, 19, "", Phase.POST_16),
        ("Something new", None, None, "", Phase.NOT_APPLICABLE),
    ],
)
def test_r_clu_4_gias_phases_become_ours_and_unknown_ones_are_asked_about(words, low, high, kind, phase):
    assert phase_from_gias(words, low, high, kind) is phase


def test_a_sentence_that_names_what_was_typed_can_always_be_written_down():
    with pytest.raises(BadInput) as refused:
        check_urn("\ud800")
    assert str(refused.value).encode().startswith("“?” is not a URN".encode())
