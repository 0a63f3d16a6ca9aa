"""The blank workbook can be filled in without help; an export brings back the very same book."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models import gate
from models import tables as t
from models.calendar import year_label
from models.errors import Refused
from models.exchange.cells import choice_cells
from models.exchange.columns import Column, Kind, columns
from models.exchange.grid import Row, letters
from models.exchange.incoming import EXAMPLE, GUIDE, LISTS
from models.exchange.preview import Mark
from models.exchange.rows import apply, parse
from models.exchange.sheets import BY_TITLE, SHEETS, Sheet
from models.exchange.xlsx import read_here
from models.queries.everything import SheetRows, everything, example
from models.rules.scheme import catalogue
from models.store import Store
from models.words import ClaimState, MeetingKind
from reports.workbook import READY_ROWS, note, write_export, write_template
from reports.workbook_guide import START_WITH, setting_lines, sheet_lines
from tests import books
from tests.reports.hostile import HOSTILE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = books.empty_in(tmp_path)
    yield made
    books.let_go(made)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = books.sample_in(tmp_path_factory.mktemp("sample"))
    yield made
    books.let_go(made)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def opened(template: Path) -> Any:
    return load_workbook(template)


def _everything(store: Store) -> tuple[SheetRows, ...]:
    with store.read() as session:
        return everything(session)


def _import(store: Store, path: Path) -> int | None:
    with store.transaction("Import") as (session, changes):
        preview = parse(session, read_here(path))
        apply(session, preview)
    return changes.step


def _cell_below(page: Any, heading: str, row: int) -> Any:
    place = next(cell.column for cell in page[1] if cell.value == heading)
    return page.cell(row, place)


# -- the template


def test_the_template_has_a_guide_and_every_sheet_with_its_headings(opened: Any) -> None:
    assert opened.sheetnames == [GUIDE, *(sheet.title for sheet in SHEETS), LISTS]
    for sheet in SHEETS:
        headings = [cell.value for cell in opened[sheet.title][1]]
        assert headings == [column.heading for column in columns(sheet)]
    assert opened[LISTS].sheet_state == "hidden"


def test_every_heading_has_a_note_that_says_whether_it_is_needed(opened: Any) -> None:
    for sheet in SHEETS:
        for cell, column in zip(opened[sheet.title][1], columns(sheet), strict=True):
            assert cell.comment.text == note(column)
    assert note(_column("Schools", "School")) == (
        "The full name, for example Alder Lane Primary School. Needed."
    )
    assert note(_column("Cover claims", "Claim")) == (
        "For example SC-0012. If you leave it empty, the next free one is given out."
    )
    assert note(_column("Cover claims", "Date of cover")) == "Needed. A date, day first, such as 14/3/2025."
    assert note(_column("Cover claims", "Meeting")) == (
        "The meeting the teacher was released for. May be empty. "
        "As in the column Meeting of the sheet Meetings."
    )
    assert note(_column("Aim links", "Aim")) == "May be empty. As on the sheet Aims, written Aim | From."


def _column(title: str, heading: str) -> Column:
    return next(column for column in columns(BY_TITLE[title]) if column.heading == heading)


def test_dates_money_and_texts_are_formatted_down_the_whole_column(opened: Any) -> None:
    page = opened["Cover claims"]
    formats = {}
    for place, column in enumerate(columns(BY_TITLE["Cover claims"])):
        formats[column.heading] = page.column_dimensions[letters(place)].number_format
    assert formats["Date of cover"] == "dd mmm yyyy"
    assert formats["Cost before VAT"] == "£#,##0.00"
    assert formats["Invoice or timesheet number"] == "@"
    assert formats["Notes"] == "General"
    starts = letters(BY_TITLE["Meetings"].fields.index("starts_at"))
    assert opened["Meetings"].column_dimensions[starts].number_format == "h:mm am/pm"


def test_headings_stay_in_sight(opened: Any) -> None:
    for sheet in SHEETS:
        page = opened[sheet.title]
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page.print_title_rows == "$1:$1"


def _rules(page: Any) -> dict[str, Any]:
    return {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in page.data_validations.dataValidation
    }


def _listed(opened: Any, formula: str) -> list[Any]:
    title, span = formula.removeprefix("=").rsplit("!", 1)
    return [cell.value for (cell,) in opened[title.strip("'")][span.replace("$", "")]]


def test_every_choice_has_its_words_in_a_drop_down(opened: Any) -> None:
    seen = 0
    for sheet in SHEETS:
        rules = _rules(opened[sheet.title])
        for place, column in enumerate(columns(sheet)):
            if column.kind in {Kind.CHOICE, Kind.FLAG, Kind.SETTING}:
                rule = rules[letters(place)]
                assert (rule.type, rule.errorStyle) == ("list", None)
                assert _listed(opened, rule.formula1) == list(choice_cells(column))
                seen += 1
            elif column.kind is Kind.YEAR:
                assert year_label(2024) in _listed(opened, rules[letters(place)].formula1)
            elif column.kind is Kind.DAY:
                assert rules[letters(place)].type == "date"
    assert seen > 80


def test_a_link_offers_the_names_on_the_other_sheet_below_its_example(opened: Any) -> None:
    rule = _rules(opened["Memberships"])["A"]
    assert rule.formula1 == f"'Schools'!$A$3:$A${READY_ROWS}"
    assert not rule.showErrorMessage  # the school may be in the book only
    code = letters(BY_TITLE["Meetings"].fields.index("code"))
    meeting = letters(BY_TITLE["Cover claims"].fields.index("meeting_id"))
    assert _rules(opened["Cover claims"])[meeting].formula1 == f"'Meetings'!${code}$3:${code}${READY_ROWS}"
    assert "A" not in _rules(opened["Aim links"])  # an aim is known by two columns


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_each_sheet_shows_one_example_row_in_grey(opened: Any, sheet: Sheet) -> None:
    page = opened[sheet.title]
    first = page.cell(2, 1)
    assert str(first.value).startswith(EXAMPLE)
    assert first.font.color.rgb == "FF54616B"
    assert not first.font.italic
    assert [cell.value for cell in page[3] if cell.value is not None] == []


def test_the_examples_are_rows_that_would_be_right(sample: Store) -> None:
    sheets = {}
    for sheet in SHEETS:
        headings = tuple(column.heading for column in columns(sheet))
        sheets[sheet.title] = [Row(1, headings), Row(2, example(sheet))]
    with sample.read() as session:
        preview = parse(session, sheets)
    assert not preview.problems
    assert {row.mark for row in preview.rows} == {Mark.SAME}


def test_an_untouched_template_imports_as_nothing(store: Store, template: Path) -> None:
    with store.read() as session:
        preview = parse(session, read_here(template))
    assert not preview.problems
    assert not preview.rows
    assert preview.summary() == "The workbook is empty."


def test_the_guide_lists_every_sheet_and_every_setting_with_its_guidance(opened: Any) -> None:
    words = [str(cell.value) for row in opened[GUIDE] for cell in row if cell.value]
    for line in (*sheet_lines(), *setting_lines()):
        assert all(text in words for text in astuple(line) if text)
    assert {spec.guidance for spec in catalogue().values()} <= set(words)
    assert {sheet.title for sheet in SHEETS} > START_WITH
    assert any("Files kept in the book" in text for text in words)


def test_a_template_filled_in_by_hand_comes_in_with_its_values(
    store: Store, template: Path, tmp_path: Path
) -> None:
    book = load_workbook(template)
    _fill(book["Cluster"], {"Cluster name": "Alder Valley Science Cluster"})
    _fill(book["Schools"], {"School": "Alder Lane Primary School", "URN": 900001, "Number on roll": 212})
    _fill(book["People"], {"Name": "Ann Marl", "School": "Alder Lane Primary School"})
    _fill(
        book["Meetings"],
        {
            "Meeting": "M-0001", "Title": "Working scientifically", "Date": dt.date(2024, 11, 14),
            "Starts": dt.time(13, 15), "Ends": "3:30pm", "Kind": "Full cluster", "Status": "Held",
        },
    )  # fmt: skip
    claim = {
        "School": "Alder Lane Primary School", "Teacher released": "Ann Marl", "Meeting": "M-0001",
        "Date of cover": "14/11/2024", "Cost before VAT": 120, "State": "Paid",
        "Paid on": dt.date(2024, 12, 2), "Payment reference": "00123",
    }  # fmt: skip
    _fill(book["Cover claims"], claim)
    _fill(book["Cover claims"], {**claim, "Date of cover": "15/11/2024", "Cost before VAT": "£95.50"}, row=4)
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    _import(store, filled)
    with store.read() as session:
        meeting = session.exec(select(t.Meeting)).one()
        assert (meeting.starts_at, meeting.ends_at) == (dt.time(13, 15), dt.time(15, 30))
        assert meeting.kind is MeetingKind.FULL_CLUSTER
        assert session.exec(select(t.School)).one().urn == "900001"
        claims = session.exec(select(t.CoverClaim).order_by("id")).all()
        assert [(c.code, c.cost_p, c.approved_p) for c in claims] == [
            ("SC-0001", 12000, 10000),
            ("SC-0002", 9550, 9550),
        ]
        assert {(c.state, c.paid_ref, c.meeting_id) for c in claims} == {
            (ClaimState.PAID, "00123", meeting.id)
        }
    assert _import(store, filled) is None


def _fill(page: Any, values: dict[str, Any], row: int = 3) -> None:
    for heading, value in values.items():
        _cell_below(page, heading, row).value = value


# -- the export


def test_an_export_into_a_new_book_gives_the_same_bytes(sample: Store, store: Store, tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_export(one, _everything(sample))
    assert _import(store, one) is not None
    assert _import(store, one) is None
    write_export(two, _everything(store))
    assert one.read_bytes() == two.read_bytes()


def test_an_export_holds_dates_money_and_texts_as_what_they_are(sample: Store, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_export(path, _everything(sample))
    book = load_workbook(path)
    page = book["Cover claims"]
    cost, day, code = (
        _cell_below(page, heading, 2) for heading in ("Cost before VAT", "Date of cover", "Claim")
    )
    assert (cost.data_type, cost.number_format) == ("n", "£#,##0.00")
    assert (day.data_type, day.number_format) == ("d", "dd mmm yyyy")
    assert (code.data_type, code.value) == ("s", "SC-0001")
    assert page.cell(2, 1).value == "SC-0001"  # no example row
    assert _rules(page)[letters(1)].formula1 == f"'Schools'!$A$2:$A${READY_ROWS}"


def test_texts_that_look_like_formulas_or_links_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    blank = (None,) * (len(columns(BY_TITLE["Schools"])) - 1)
    texts = [gate.clean(text) for text in HOSTILE]
    write_export(path, [SheetRows(BY_TITLE["Schools"], tuple((text, *blank) for text in texts if text))])
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                body = archive.read(name)
                assert b"<f>" not in body
                assert b"<hyperlink" not in body
    _, *rows = read_here(path)["Schools"]
    read = [str(row.cells[0]).removeprefix(" ") for row in rows]
    assert read == [text for text in texts if text]


def test_what_the_gate_would_never_let_in_still_makes_a_workbook_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "ungated.xlsx"
    blank = (None,) * (len(columns(BY_TITLE["Schools"])) - 1)
    write_export(path, [SheetRows(BY_TITLE["Schools"], (("a\x00b\ud800c\x1b", *blank),))])
    assert read_here(path)["Schools"][1].cells[0] == "ab\ufffdc"


def test_a_text_too_long_for_a_cell_is_refused_by_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    path.write_bytes(b"old")
    blank = (None,) * (len(columns(BY_TITLE["Schools"])) - 2)
    with pytest.raises(
        Refused, match=r"Schools, row 2, column “Short name”: this text has 32,768 characters"
    ):
        write_export(path, [SheetRows(BY_TITLE["Schools"], (("x", "y" * 32_768, *blank),))])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none.+cannot be written"):
        write_template(tmp_path / "none" / "t.xlsx")


def test_two_templates_are_the_same_bytes(template: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()


def test_everything_is_in_the_order_of_its_keys(sample: Store) -> None:
    rows = {part.sheet.title: part.rows for part in _everything(sample)}
    codes = [str(row[0]) for row in rows["Cover claims"]]
    assert codes == sorted(codes)
    assert len(codes) > 40
