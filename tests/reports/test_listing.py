"""A list leaves as it is shown: typed cells in a workbook, guarded text in a CSV."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from models.errors import Refused
from reports.listing import GUARDED, Money, as_csv, as_workbook, listing, write_listing

HEADS = ("Claim", "School", "Date", "Starts", "Cost", "Half-days", "Approved")
ROWS = (
    ("SC-0001", "Łukasz & Nguyễn Primary", dt.date(2025, 4, 3), dt.time(13, 15), Money(9550), 1, True),
    ("SC-0002", "=1+1", None, None, Money(None), 0, False),
    ("SC-0003", "St Anne’s", dt.date(2025, 3, 4), dt.time(9), Money(-200), 2, None),
)
APRIL = dt.datetime(2025, 4, 3)  # noqa: DTZ001 - spreadsheets know no time zones


def sheet(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_a_workbooks_cells_are_what_they_are() -> None:
    page = sheet(as_workbook(listing("Cover claims", HEADS, ROWS)))
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells[0] == list(HEADS)
    assert cells[1] == [
        "SC-0001", "Łukasz & Nguyễn Primary", APRIL, dt.time(13, 15), 95.5, 1, "Yes",
    ]  # fmt: skip
    assert cells[2] == ["SC-0002", "=1+1", None, None, None, 0, "No"]
    assert page["B3"].data_type == "s"
    assert page["E2"].number_format == "£#,##0.00"
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("Cover claims", "A2", "A1:G4")


def test_a_csv_is_read_rightly_by_spreadsheets() -> None:
    data = as_csv(listing("Cover claims", HEADS, ROWS))
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    assert read[1] == ["SC-0001", "Łukasz & Nguyễn Primary", "2025-04-03", "13:15", "95.50", "1", "Yes"]
    assert read[2] == ["SC-0002", "'=1+1", "", "", "", "0", "No"]
    assert read[3][4] == "-2.00"  # an amount is no formula


@pytest.mark.parametrize("sign", GUARDED)
def test_no_text_in_a_csv_begins_as_a_formula(sign: str) -> None:
    data = as_csv(listing("A", (f"{sign}head",), [(f"{sign}1",)])).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(data, newline=""))] == [f"'{sign}head", f"'{sign}1"]


def test_an_empty_list_has_its_headings() -> None:
    page = sheet(as_workbook(listing("Nothing: [yet]", ("Claim",), ())))
    assert (page.title, page["A1"].value, page.max_row) == ("Nothing yet", "Claim", 1)


def test_the_suffix_chooses_the_kind_of_file(tmp_path: Path) -> None:
    made = listing("Cover claims", HEADS, ROWS)
    for name, start in (("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK")):
        write_listing(tmp_path / name, made)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_file_that_cannot_be_written_is_refused_in_words_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"list\.xlsx cannot be written \(no such file or directory\)"):
        write_listing(tmp_path / "gone" / "list.xlsx", listing("A", ("A",), ()))
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_does_not_fit_in_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(Refused, match="holds 32,767"):
        as_workbook(listing("A", ("A",), [("x" * 32_768,)]))


def test_a_value_of_another_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="object"):
        listing("A", ("A",), [(object(),)])
