"""Finding a school in a GIAS extract: a small one of fictional schools, in the shapes of the real one."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import BadInput, Refused
from models.exchange import gias
from models.exchange.gias import find_schools
from models.tables import SchoolDraft
from models.words import Phase, SchoolStatus

HEAD = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "PhaseOfEducation (name)", "StatutoryLowAge",
    "StatutoryHighAge", "CensusDate", "NumberOfPupils", "Trusts (name)", "Street", "Locality", "Address3",
    "Town", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName",
)  # fmt: skip
OTTER = (
    "900103", "999", "Wenmarsh", "2003", "Otterhay Junior School", "Community school", "Open", "Primary", "7",
    "11", "16-01-2025", "246", "", "Weir Lane", "", "", "Otterhay", "ZZ1 3OJ", "www.otterhay.example",
    "01632960103", "Mrs", "Sunita", "Deol",
)  # fmt: skip


def _school(urn: str, name: str, **more: str) -> tuple[str, ...]:
    known = dict.fromkeys(HEAD, "") | {
        "URN": urn,
        "EstablishmentName": name,
        "EstablishmentStatus (name)": "Open",
        **{key.replace("_", " "): value for key, value in more.items()},
    }
    return tuple(known[column] for column in HEAD)


ROWS = (
    OTTER,
    _school("900104", "St Leonard\u2019s Primary School", Town="Brindlemere", Postcode="ZZ1 4PL"),
    _school("900105", "Old Otterhay School", **{"EstablishmentStatus (name)": "Closed"}),
    _school("900106", "The Otterhay Academy"),
    _school("900107", "Shaw Hill School", Town="Otterhay", Postcode="ZZ12 8BH"),
)


def _csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue()


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "edubasealldata20250601.csv"
    path.write_bytes(_csv([HEAD, *ROWS]).encode("cp1252"))
    return path


def test_a_school_is_found_by_its_urn_with_all_that_the_form_takes(extract: Path) -> None:
    """F5.2, F5.5: juniors by their ages; LAESTAB of two columns; the day as DD-MM-YYYY."""
    finds = find_schools(extract, " 900103 ")
    (found,) = finds.schools
    assert (finds.number, finds.read, finds.note) == (1, 5, "")
    assert found.values() == {
        "urn": "900103",
        "name": "Otterhay Junior School",
        "laestab": "999/2003",
        "phase": Phase.JUNIOR,
        "status": SchoolStatus.OPEN,
        "low_age": 7,
        "high_age": 11,
        "number_on_roll": 246,
        "roll_as_of": dt.date(2025, 1, 16),
        "type_name": "Community school",
        "la_name": "Wenmarsh",
        "address": "Weir Lane, Otterhay",
        "postcode": "ZZ1 3OJ",
        "phone": "01632960103",
        "website": "www.otterhay.example",
    }
    assert found.head_name == "Mrs Sunita Deol"  # R-DATA-7: beside the values, not among them
    assert SchoolDraft.checked(**found.values()).name == "Otterhay Junior School"


def test_names_come_open_first_then_those_that_begin_so_then_by_town(extract: Path) -> None:
    found = [one.name for one in find_schools(extract, "otterhay").schools]
    assert found == [
        "Otterhay Junior School",
        "The Otterhay Academy",
        "Shaw Hill School",
        "Old Otterhay School",
    ]


def test_apostrophes_full_stops_and_case_make_no_difference(extract: Path) -> None:
    """R-CLU-13."""
    for words in ("st leonard's", "St. Leonard\u2019s primary", "LEONARD'S ST", "primary brindlemere"):
        assert [one.urn for one in find_schools(extract, words).schools] == ["900104"], words


@pytest.mark.parametrize(
    ("words", "urns"),
    [("ZZ1 4PL", ["900104"]), ("zz14pl", ["900104"]), ("ZZ1", ["900103", "900107", "900104"]), ("ZZ9", [])],
)
def test_a_postcode_or_its_beginning_finds_the_schools_there(
    extract: Path, words: str, urns: list[str]
) -> None:
    assert sorted(one.urn for one in find_schools(extract, words).schools) == sorted(urns)


@pytest.mark.parametrize("words", ["", "  ", "ab"])
def test_too_little_to_search_for_is_said_before_the_file_is_read(tmp_path: Path, words: str) -> None:
    with pytest.raises(BadInput, match="at least three letters") as wrong:
        find_schools(tmp_path / "nowhere.csv", words)
    assert wrong.value.field == "words"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_letters_of_windows_and_of_unicode_are_both_read(tmp_path: Path, encoding: str) -> None:
    """F5.4."""
    path = tmp_path / "extract.csv"
    rows = [HEAD, _school("900108", "Fierté School", **{"Trusts (name)": "FIERTÉ TRUST – NORTH"})]
    path.write_bytes(_csv(rows).encode(encoding))
    (found,) = find_schools(path, "900108").schools
    assert (found.name, found.trust_name) == ("Fierté School", "FIERTÉ TRUST – NORTH")


def test_a_letter_that_nobody_can_read_is_owned_up_to(tmp_path: Path) -> None:
    """F5.4: byte 0x81 is none of cp1252."""
    path = tmp_path / "extract.csv"
    path.write_bytes(_csv([HEAD, _school("900108", "Fiert? School")]).encode().replace(b"?", b"\x81"))
    finds = find_schools(path, "900108")
    assert finds.schools[0].name == "Fiert\ufffd School"
    assert "check the names" in finds.note


def test_columns_are_matched_by_name_and_missing_ones_are_empty(tmp_path: Path) -> None:
    """F5.3: the list of columns changes."""
    path = tmp_path / "extract.csv"
    rows = [
        ("New column", "EstablishmentName", "URN"),
        ("x", "Acorn School", "900109"),
        ("short",),
        (),
    ]
    path.write_text(_csv(rows), encoding="utf-8")
    (found,) = find_schools(path, "acorn").schools
    assert (found.urn, found.values()) == (
        "900109",
        {"urn": "900109", "name": "Acorn School", "phase": Phase.NOT_APPLICABLE},
    )


def test_an_extract_saved_again_by_a_spreadsheet_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(_csv([HEAD, OTTER], ";"), encoding="utf-8-sig")
    assert find_schools(path, "900103").number == 1


def test_the_zip_file_that_the_site_gives_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Results.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("links.csv", "URN,LinkURN\n" + "900103,900001\n" * 400)
        packed.writestr("extract/edubasealldata20250601.csv", _csv([HEAD, *ROWS]).encode("cp1252"))
    assert find_schools(path, "900103").schools[0].name == "Otterhay Junior School"


def test_more_finds_than_are_shown_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    rows = [_school(f"{900200 + number}", f"Acorn School {number:03}") for number in range(120)]
    path.write_text(_csv([HEAD, *reversed(rows)]), encoding="utf-8")
    finds = find_schools(path, "acorn")
    assert (len(finds.schools), finds.number) == (gias.SHOWN, 120)
    assert finds.schools[0].name == "Acorn School 000"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no GIAS extract"),
        (b"School,Town\nAcorn,Otterhay\n", "no column \u201cURN\u201d"),
        (b"\xff\xfe" + "URN,EstablishmentName\n".encode("utf-16-le"), "is no GIAS extract"),
        (_csv([HEAD, OTTER]).encode() + b'"never closed', "is damaged"),
        (_csv([HEAD]).encode() + b'"' + b"x" * 200_000 + b'"', "is damaged"),
        (b"PK\x03\x04 not really a zip", "is no GIAS extract"),
    ],
)
def test_what_is_no_extract_is_refused_in_plain_words(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        find_schools(path, "otterhay")


def test_a_zip_without_a_list_or_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Results.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    with pytest.raises(Refused, match="holds no CSV file"):
        find_schools(path, "otterhay")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("edubasealldata.csv", _csv([HEAD, *ROWS]))
    whole = bytearray(path.read_bytes())
    whole[60:90] = bytes(30)
    path.write_bytes(whole)
    with pytest.raises(Refused, match="is damaged"):
        find_schools(path, "otterhay")


def test_a_zip_whose_names_are_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Results.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("schülerdata.csv", _csv([HEAD, *ROWS]))
    path.write_bytes(path.read_bytes().replace("ü".encode(), b"\xfc\x87"))
    with pytest.raises(Refused, match="is damaged"):
        find_schools(path, "otterhay")


def test_a_file_that_is_gone_or_far_too_large_is_refused(
    tmp_path: Path, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="still there"):
        find_schools(tmp_path / "gone.csv", "otterhay")
    monkeypatch.setattr(gias, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="far larger"):
        find_schools(extract, "otterhay")
    monkeypatch.undo()
    monkeypatch.setattr(gias, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="far larger"):
        find_schools(extract, "otterhay")


def test_reading_stops_when_it_is_asked_to(extract: Path) -> None:
    with pytest.raises(Refused, match="was stopped"):
        find_schools(extract, "otterhay", lambda: True)


def test_texts_go_through_the_gate(tmp_path: Path) -> None:
    """safety.md 3.1: control and direction-turning characters stay outside."""
    path = tmp_path / "extract.csv"
    path.write_text(_csv([HEAD, _school("900110", "Acorn\u202e\x07  School")]), encoding="utf-8")
    assert find_schools(path, "900110").schools[0].name == "Acorn School"


@given(st.binary(max_size=400))
def test_any_bytes_are_either_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(b"URN,EstablishmentName\n" + content)
    try:
        finds = find_schools(path, "acorn")
    except Refused:
        return
    assert finds.number >= len(finds.schools)
