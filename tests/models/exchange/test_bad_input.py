"""Everything that can be wrong has a sentence that names the sheet, the row and the column."""

import datetime as dt
from typing import Any

import pytest

from models import tables as t
from models.exchange.clashes import WORDS, own_checks
from models.exchange.grid import Fault
from models.exchange.preview import Mark
from models.exchange.sheets import SHEETS
from models.store import Store
from tests.models.exchange.filling import CLAIMS, bring_in, look, rows, sentences, stored, workbook

CLAIM_HEAD = CLAIMS[0]
ALDER = "Alder Lane Primary School"
LOG = ("Date", "Kind", "What it was about")


def test_an_unknown_sheet_is_named_with_a_suggestion(store: Store) -> None:
    assert sentences(store, {"Skools": rows(("School",), ("A",)), "Birds": rows(("Robin",))}) == [
        "Skools: no sheet of a book has this name: did you mean “Schools”?",
        "Birds: no sheet of a book has this name: the Guide sheet lists those there are.",
    ]


def test_a_sheet_that_is_there_twice_is_named(store: Store) -> None:
    one = rows(("School",), ("A",))
    assert sentences(store, {"Schools": one, "SCHOOLS": one}) == ["SCHOOLS: this sheet is there twice."]


def test_an_unknown_column_is_named_with_a_suggestion(store: Store) -> None:
    head = ("School", "Postkode", "Colour", "School")
    assert sentences(store, {"Schools": rows(head, ("A", "", "", ""))}) == [
        "Schools, row 1, column “Postkode”: this sheet has no such column: did you mean “Postcode”?",
        "Schools, row 1, column “Colour”: this sheet has no such column: the Guide sheet lists "
        "those there are.",
        "Schools, row 1, column “School”: this heading is there twice.",
    ]


def test_a_sheet_without_headings_is_told_which_it_should_have(store: Store) -> None:
    assert sentences(store, {"Schools": rows(("Alder Lane", "900001"))}) == [
        "Schools, row 1: this row should hold the headings, such as “School”, “Short name” and “URN”."
    ]


def test_a_cell_below_no_heading_is_named_by_its_letter(store: Store) -> None:
    sheets = {"Schools": rows(("School", None, "URN"), ("A", "what is this", ""))}
    assert sentences(store, sheets) == [
        "Schools, row 2, column “B”: “what is this” stands below no heading: give its column "
        "one, or clear it."
    ]


def test_a_missing_key_column_is_said_once(store: Store) -> None:
    sheets = {"Memberships": rows(("School",), ("A",), ("B",))}
    assert sentences(store, sheets) == [
        "Memberships, column “Joined”: this column is missing: it tells the rows apart."
    ]


def test_a_missing_column_that_new_rows_need_is_said_once(store: Store) -> None:
    sheets = {"Funds": rows(("Fund", "Kind"), ("Pot", "Cluster pot"), ("Time", "Lead time"))}
    assert sentences(store, sheets) == [
        "Funds, column “Book starts”: this column is missing: a new row needs it."
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("", "Other", "x"), "row 2, column “Date”: this cell needs an entry."),
        (("1/9/2024", "", "x"), "row 2, column “Kind”: this cell needs an entry."),
        (("1/9/2024", "Other", " "), "row 2, column “What it was about”: this cell needs an entry."),
        (("31/2/2025", "Other", "x"), "row 2, column “Date”: “31/2/2025” is not a date"),
        ((45000, "Other", "x"), "row 2, column “Date”: “45000” is not a date"),
        ((dt.date(2124, 9, 1), "Other", "x"), "row 2, column “Date”: 1 September 2124 is not between"),
        (
            ("1/9/2024", "Gossip", "x"),
            "row 2, column “Kind”: “Gossip” is not one of the words to choose from",
        ),
        (("1/9/2024", "Other", "x" * 2001), "row 2, column “What it was about”: at most 2,000 characters"),
        (("1/9/2024", "Other", dt.date(2024, 9, 1)), "column “What it was about”: the spreadsheet has made"),
        (
            ("1/9/2024", Fault("this cell shows the error #N/A"), "x"),
            "column “Kind”: this cell shows the error",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(store: Store, line: tuple[Any, ...], said: str) -> None:
    (sentence,) = sentences(store, {"Contacts log": rows(LOG, line)})
    assert sentence.startswith("Contacts log, ")
    assert said in sentence


def test_every_wrong_cell_of_a_row_is_named_at_once(store: Store) -> None:
    head = (*CLAIM_HEAD, "State", "Reason")
    line = ("No School", "Nobody", "soon", "x", "Lost", "y" * 501)
    said = sentences(store, workbook(Cover_claims=[head, line]))
    assert [sentence.split("”")[0].split("“")[1] for sentence in said] == [
        "Date of cover",
        "Cost before VAT",
        "State",
        "School",
        "Teacher released",
        "Reason",
    ]
    assert all(sentence.startswith("Cover claims, row 2, column") for sentence in said)


def test_a_negative_amount_is_refused_where_none_can_be(store: Store) -> None:
    sheets = workbook(
        Funds=[("Fund", "Kind", "Book starts"), ("Cluster pot", "Cluster pot", "1/9/2024")],
        Budget=[
            ("Fund", "School year", "Heading", "Planned"),
            ("Cluster pot", "2024-25", "CPD providers", -1),
        ],
    )
    assert sentences(store, sheets) == ["Budget, row 2, column “Planned”: Planned cannot be less than 0."]


# -- dates


def test_dates_in_figures_are_day_first_and_the_preview_says_so(store: Store) -> None:
    preview = look(
        store, {"Contacts log": rows(LOG, ("3/4/2025", "Other", "x"), ("13/4/2025", "Other", "y"))}
    )
    assert [row.after["on"] for row in preview.rows] == [dt.date(2025, 4, 3), dt.date(2025, 4, 13)]
    assert [str(note) for note in preview.dates] == [
        "Contacts log, column “Date”: dates were read day first (3/4/2025 in row 2 is 3 April 2025)."
    ]


@pytest.mark.parametrize("cells", [["13/4/2025"], [dt.date(2025, 4, 3)], ["3 April 2025"], ["2025-04-03"]])
def test_dates_that_can_only_be_read_one_way_need_no_note(store: Store, cells: list[Any]) -> None:
    lines = [(cell, "Other", "x") for cell in cells]
    assert not look(store, {"Contacts log": rows(LOG, *lines)}).dates


def test_a_column_that_mixes_day_first_and_month_first_is_refused_naming_the_rows(store: Store) -> None:
    lines = [("13/4/2025", "Other", "a"), ("4/13/2025", "Other", "b"), ("4/5/2025", "Other", "c")]
    said = sentences(store, {"Contacts log": rows(LOG, *lines)})
    assert said[0] == (
        "Contacts log, column “Date”: the month stands first in row 3, the day in row 2: write "
        "every date of the "
        "column with the day first, such as 13/4/2025."
    )


def test_a_column_with_the_month_first_is_refused_and_never_guessed(store: Store) -> None:
    lines = [(f"4/{day}/2025", "Other", str(day)) for day in range(1, 32)]
    said = sentences(store, {"Contacts log": rows(LOG, *lines)})
    assert said[0].startswith(
        "Contacts log, column “Date”: the month stands first in rows 14, 15, 16, 17, 18 and 14 "
        "more: write every"
    )


# -- links


def test_an_unknown_name_is_said_with_the_nearest_one(store: Store) -> None:
    sheets = workbook(People=[("Name", "School"), ("Ann", "Alder Lane Primary"), ("Bo", "Zzz")])
    assert sentences(store, sheets) == [
        "People, row 2, column “School”: “Alder Lane Primary” is neither on the sheet Schools "
        "nor in the book. "
        f"Did you mean “{ALDER}”?",
        "People, row 3, column “School”: “Zzz” is neither on the sheet Schools nor in the book.",
    ]


def test_a_row_that_is_wrong_itself_can_still_be_linked_to(store: Store) -> None:
    sheets = workbook(Schools=[("School", "Phase"), (ALDER, "Upper"), ("Beck Infant School", "")])
    said = sentences(store, sheets)
    assert len(said) == 1
    assert said[0].startswith("Schools, row 2, column “Phase”: “Upper” is not one of the words")


def test_a_name_that_could_be_two_is_refused(store: Store) -> None:
    aims = [("Aim", "Words", "From"), (1, "Ask", "1/9/2022"), (1, "Ask more", "1/9/2024")]
    sheets = workbook(Aims=aims, Aim_links=[("Aim", "Meeting"), (1, "M-0001")])
    assert sentences(store, sheets) == [
        "Aim links, row 2, column “Aim”: “1” could be more than one row of the sheet Aims: "
        "write it as Aim | From."
    ]


def test_rows_that_lead_back_to_themselves_are_refused(store: Store) -> None:
    head = ("School", "Replaces the record of")
    said = sentences(store, {"Schools": rows(head, ("A", "B"), ("B", "A"), ("C", "A"))})
    assert said == [
        "Schools, row 2, column “Replaces the record of”: these rows refer to each other in a circle."
    ]


# -- what the file would refuse


def test_a_key_that_is_there_twice_is_named(store: Store) -> None:
    sheets = {"Schools": rows(("School",), (ALDER,), ("Beck",), (ALDER,))}
    assert sentences(store, sheets) == ["Schools, row 4, column “School”: this is in row 2 already."]


def test_a_value_that_another_record_has_is_named_with_that_record(store: Store) -> None:
    bring_in(store, workbook())
    assert sentences(store, {"Schools": rows(("School", "URN"), ("Cole", "900001"))}) == [
        f"Schools, row 2, column “URN”: this belongs to “{ALDER}” in the book already."
    ]


def test_a_teacher_is_covered_once_for_a_half_day(store: Store) -> None:
    lines = [("Claim", *CLAIM_HEAD), ("SC-1", *CLAIMS[1]), ("SC-2", *CLAIMS[1])]
    assert sentences(store, workbook(Cover_claims=lines)) == [
        "Cover claims, row 3, column “Teacher released”: this is in row 2 already. "
        "(Teacher released, Date of cover, Morning, afternoon or day together must differ.)"
    ]
    withdrawn = [(*line, state) for line, state in zip(lines, ("State", "Withdrawn", "Draft"), strict=True)]
    assert not sentences(store, workbook(Cover_claims=withdrawn))


def test_a_school_answers_once_where_nobody_is_named(store: Store) -> None:
    mark = ("M-0001", ALDER, "N")
    sheets = workbook(Attendance=[("Meeting", "School", "Mark"), mark, mark])
    (said,) = sentences(store, sheets)
    assert said.startswith("Attendance, row 3, column “Meeting”: this is in row 2 already.")


def test_a_book_has_one_cluster(store: Store) -> None:
    sheets = {"Cluster": rows(("Cluster name",), ("One",), ("Two",))}
    assert sentences(store, sheets) == ["Cluster, row 3: this sheet takes one row only."]
    bring_in(store, {"Cluster": rows(("Cluster name",), ("One",))})
    bring_in(store, {"Cluster": rows(("Cluster name",), ("Two",))})
    assert [cluster["name"] for cluster in stored(store, t.Cluster)] == ["Two"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_every_condition_of_a_table_has_its_words(sheet: Any) -> None:
    for name, condition in own_checks(sheet.table):
        field, sentence = WORDS[str(sheet.table.name), name]
        assert sentence.endswith("."), condition
        assert field == "" or field in sheet.fields


def test_no_words_are_kept_for_a_condition_that_is_gone() -> None:
    there = {(str(sheet.table.name), name) for sheet in SHEETS for name, _ in own_checks(sheet.table)}
    assert set(WORDS) == there


def test_what_does_not_fit_together_is_refused_with_its_words(store: Store) -> None:
    sheets = workbook(
        Meetings=[("Meeting", "Title", "Date", "Starts", "Ends"), ("M-0001", "x", "1/9/2024", "3pm", "2pm")],
        Cover_claims=[(*CLAIM_HEAD, "State"), (*CLAIMS[1], "Paid")],
        Memberships=[("School", "Joined", "Left"), (ALDER, "1/9/2024", "1/9/2023")],
        Aim_links=[("Aim", "Meeting"), ("", "M-0001")],
    )
    assert sentences(store, sheets) == [
        "Memberships, row 2, column “Left”: a school cannot leave before it joined.",
        "Meetings, row 2, column “Ends”: a meeting must end after it starts.",
        "Cover claims, row 2, column “Paid on”: a paid claim needs the day and the payment reference.",
        "Aim links, row 2, column “Aim”: fill in either the aim or the focus area.",
    ]
    assert {row.mark for row in look(store, sheets).rows if row.sheet == "Meetings"} == {Mark.ERROR}


# -- settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cap", 1, "Settings, row 2, column “Setting”: “cap” is not one of the settings"),
        ("vat_rate", "lots", "Settings, row 2, column “Value”: VAT rate: write a whole number from 0 to 100"),
        ("cap_per_half_day", -5, "Settings, row 2, column “Value”: "),
        ("release_rollover", "perhaps", "Settings, row 2, column “Value”: "),
    ],
)
def test_a_setting_must_exist_and_its_value_must_fit(store: Store, name: str, value: Any, said: str) -> None:
    sheets = {"Settings": rows(("Setting", "Value", "From"), (name, value, "1/9/2024"))}
    (sentence,) = sentences(store, sheets)
    assert sentence.startswith(said)
