"""A workbook comes from anywhere: what is no workbook, or too much of one, is refused in a sentence."""

import datetime as dt
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.errors import Refused
from models.exchange import child, workbook, xlsx
from models.exchange.grid import Fault, Row, letters
from models.exchange.workbook import read_workbook
from models.exchange.xlsx import read_here

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'


def made(path: Path, *lines: list[object], title: str = "Schools") -> Path:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def rebuilt(path: Path, **parts: str | bytes | None) -> Path:
    """The same file with some of its parts replaced, added or (None) left out; `sheet` is the first sheet."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "types": "[Content_Types].xml"}
    changed = {names.get(name, name): data for name, data in parts.items()}
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    kept |= {name: data.encode() if isinstance(data, str) else data for name, data in changed.items()}  # type: ignore[misc]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in kept.items():
            if data is not None:
                new.writestr(name, data)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "filled.xlsx"


# -- what is read


def test_cells_come_as_the_values_they_hold(path: Path) -> None:
    made(
        path,
        ["text", 3, 2.5, True, None, dt.date(2025, 3, 14), dt.time(13, 15)],
        ["00123", "=1+1 as text", dt.timedelta(hours=9, minutes=5)],
    )
    assert read_here(path) == {
        "Schools": [
            Row(
                1,
                (
                    "text",
                    3,
                    2.5,
                    True,
                    None,
                    dt.datetime.combine(dt.date(2025, 3, 14), dt.time()),
                    dt.time(13, 15),
                ),
            ),
            Row(2, ("00123", Fault(xlsx.NEVER_WORKED_OUT), dt.time(9, 5))),
        ]
    }


def test_rows_keep_their_numbers_and_blank_rows_are_left_out(path: Path) -> None:
    made(path, [], ["a"], [None], [None, "b"])
    assert read_here(path)["Schools"] == [Row(2, ("a",)), Row(4, (None, "b"))]


def test_a_reading_in_another_process_gives_the_same(path: Path) -> None:
    made(path, ["é", 1, 1.5, True, dt.date(2025, 3, 14), dt.time(9), "=A1", "\U0001f600"])
    assert read_workbook(path) == read_here(path)


def test_a_formula_counts_by_its_last_result(path: Path) -> None:
    made(path, ["x"])
    rebuilt(path, sheet=SHEET % '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>')
    assert read_here(path) == {"Schools": [Row(1, (2, Fault(xlsx.NEVER_WORKED_OUT)))]}


def test_an_error_is_a_fault_and_a_text_that_looks_like_one_is_not(path: Path) -> None:
    made(path, ["x"])
    cells = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="inlineStr"><is><t>#REF!</t></is></c>'
    (row,) = read_here(rebuilt(path, sheet=SHEET % f'<row r="1">{cells}</row>'))["Schools"]
    assert row.cells == (
        Fault("this cell shows the error #REF!: put it right in your spreadsheet program."),
        "#REF!",
    )


def test_a_date_outside_all_calendars_is_a_fault(path: Path) -> None:
    made(path, [dt.date(2025, 3, 14)])
    (row,) = read_here(rebuilt(path, sheet=SHEET % '<row r="1"><c r="A1" s="1"><v>1e12</v></c></row>'))[
        "Schools"
    ]
    assert isinstance(row.cells[0], Fault)


def test_a_span_of_more_than_a_day_is_a_fault(path: Path) -> None:
    (row,) = read_here(made(path, [dt.timedelta(days=2)]))["Schools"]
    assert isinstance(row.cells[0], Fault)


def test_characters_that_a_workbook_writes_as_codes_come_back(path: Path) -> None:
    made(path, ["x"])
    runs = "<r><t>b</t></r><r><t>old</t></r><rPh><t>reading aid</t></rPh>"
    texts = f"<si><t>one_x000D_two</t></si><si><t>_x005F_x0041_ x005F_</t></si><si>{runs}</si>"
    cells = "".join(f'<c r="{letters(n)}1" t="s"><v>{n}</v></c>' for n in range(3))
    strings = f'<sst xmlns="{MAIN}">{texts}</sst>'
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    body = SHEET % f'<row r="1">{cells}</row>'
    rebuilt(path, types=types.replace("</Types>", part), sheet=body, **{"xl/sharedStrings.xml": strings})
    (row,) = read_here(path)["Schools"]
    assert row.cells == ("one\rtwo", "_x0041_ x005F_", "bold")


def test_a_text_longer_than_a_cell_is_a_fault_and_is_not_cut(path: Path) -> None:
    made(path, ["x"])
    cells = f'<c r="A1" t="inlineStr"><is><t>{"y" * 32_768}</t></is></c>'
    (row,) = read_here(rebuilt(path, sheet=SHEET % f'<row r="1">{cells}</row>'))["Schools"]
    assert row.cells == (Fault("this text has 32,768 characters; a cell holds 32,767 at most."),)


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_columns_have_letters(place: int, name: str) -> None:
    assert letters(place) == name


# -- what is refused


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty (0 bytes)"),
        (b"School,URN\nAlder Lane,900001\n", "is not an Excel workbook"),
        (b"\x89PNG\r\n", "is not an Excel workbook"),
        (OLE, "is an old Excel workbook (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
        (_zip(readme=b"hello"), "is not an Excel workbook"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "is an OpenDocument spreadsheet"),
        (
            _zip(**{"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}),
            "holds macros",
        ),
        (
            _zip(**{"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macro"}),
            "is a binary workbook",
        ),
        (_zip(**{"[Content_Types].xml": b"<Types/>"}), "is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_it_is(path: Path, data: bytes, said: str) -> None:
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_here(path)
    assert said in str(refused.value)
    assert path.name in str(refused.value)
    assert path.read_bytes() == data


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"There is no file .*none.xlsx"):
        read_workbook(tmp_path / "none.xlsx")
    with pytest.raises(Refused, match="is a folder"):
        read_here(tmp_path)


def test_a_file_above_20_megabytes_is_refused_unopened(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(21 << 20)
    with pytest.raises(Refused, match="larger than 20 MB"):
        read_here(path)


def test_a_file_cut_short_is_refused_wherever_it_is_cut(path: Path) -> None:
    whole = made(path, ["School"], ["Alder Lane"]).read_bytes()
    for length in range(2, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(Refused, match=r"damaged|not an Excel"):
            read_here(path)


@pytest.mark.timeout(60)  # to count up to it takes hours
def test_a_row_with_a_number_that_no_sheet_has_is_refused_and_not_counted_up_to(path: Path) -> None:
    made(path, ["x"])
    rebuilt(path, sheet=SHEET % '<row r="90000000000"><c t="inlineStr"><is><t>stray</t></is></c></row>')
    with pytest.raises(Refused, match="damaged"):
        read_here(path)


def test_a_cell_at_the_far_corner_of_a_small_file_is_refused_by_its_place(path: Path) -> None:
    made(path, ["x"])
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>stray</t></is></c></row>'
    body = (SHEET % far).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    rebuilt(path, sheet=body)
    assert path.stat().st_size < 6_000
    with pytest.raises(Refused, match="Schools, cell XFD1048576: there is something far from the table"):
        read_workbook(path)


def test_a_sheet_that_only_claims_to_be_huge_is_read(path: Path) -> None:
    made(path, ["x"])
    near = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    body = (SHEET % near).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_here(rebuilt(path, sheet=body)) == {"Schools": [Row(1, (1,))]}


def test_a_bomb_is_refused_while_it_unpacks(path: Path) -> None:
    made(path, ["x"])
    rebuilt(path, **{"xl/sharedStrings.xml": b"<sst>" + b" " * (150 << 20)})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(Refused, match="too large or too complex"):
        read_here(path)


def test_many_parts_that_together_unpack_to_too_much_are_refused(path: Path) -> None:
    noise = bytes(range(256)) * 16
    made(path, ["x"])
    rebuilt(path, **{f"xl/media/{n}.bin": noise * (6 << 8) + bytes(58 << 20) for n in range(4)})
    with pytest.raises(Refused, match="too large or too complex"):
        read_here(path)


def test_a_file_of_too_many_parts_is_refused(path: Path) -> None:
    made(path, ["x"])
    rebuilt(path, **{f"xl/media/{n}.bin": b"" for n in range(2_001)})
    with pytest.raises(Refused, match=r"holds 2,0.. parts"):
        read_here(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_document_type_such_as_billion_laughs_is_refused(path: Path, code: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    made(path, ["x"])
    rebuilt(path, sheet=bomb.encode(code))
    with pytest.raises(Refused, match="parts that no spreadsheet program writes"):
        read_workbook(path)


def test_more_sheets_than_a_book_could_have_are_refused(path: Path) -> None:
    book = Workbook()
    for number in range(201):
        book.create_sheet(f"S{number}")
    book.save(path)
    with pytest.raises(Refused, match="202 sheets"):
        read_here(path)


def test_more_rows_than_a_sheet_may_have_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="Schools, cell A3: there is something far"):
        read_here(made(path, ["a"], ["b"], ["c"]))


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_TEXT"])
def test_more_cells_or_text_than_a_workbook_may_have_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(xlsx, limit, 2)
    with pytest.raises(Refused, match="too large or too complex"):
        read_here(made(path, ["a", "b", "c"]))


# -- the process of its own


def _instead(monkeypatch: pytest.MonkeyPatch, program: str) -> list[subprocess.Popen[bytes]]:
    """Have another program run where the reading one would; returns those started."""
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(command: list[str], **more: object) -> subprocess.Popen[bytes]:
        started.append(real([command[0], "-c", program], **more))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(workbook.subprocess, "Popen", start)
    return started


FOREVER = "import threading; threading.Event().wait()"


def test_reading_can_be_stopped_and_leaves_no_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _instead(monkeypatch, FOREVER)
    asked = iter([False, False, True])
    with pytest.raises(Refused, match=r"Reading filled.xlsx was stopped. Nothing was changed."):
        read_workbook(path, lambda: next(asked))
    assert started[0].poll() is not None


def test_reading_that_takes_too_long_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "PATIENCE", 0.1)
    started = _instead(monkeypatch, FOREVER)
    with pytest.raises(Refused, match="too large or too complex"):
        read_workbook(path)
    assert started[0].poll() is not None


@pytest.mark.parametrize("program", ["", "print('{\"sheets\"')", "import os; os.abort()"])
def test_a_reader_that_dies_is_a_refusal(path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    _instead(monkeypatch, program)
    with pytest.raises(Refused, match="too large or too complex"):
        read_workbook(path)


def test_the_reading_process_is_bound_in_memory_and_time() -> None:
    resource = pytest.importorskip("resource")
    program = (
        "from models.exchange.child import limit; import resource as r; limit();"
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0], r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    said = subprocess.run(
        [workbook.sys.executable, "-c", program],
        cwd=workbook.ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout.split() == [str(child.MOST_MEMORY), str(child.MOST_SECONDS), "0"]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != child.MOST_MEMORY


def test_the_reader_loads_neither_the_tables_nor_a_window() -> None:
    program = (
        "import sys, models.exchange.child, models.exchange.xlsx;"
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'PySide6', 'reportlab') if m in sys.modules])"
    )
    said = subprocess.run(
        [workbook.sys.executable, "-c", program],
        cwd=workbook.ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    assert said.stdout.strip() == "[]"
