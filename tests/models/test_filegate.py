"""What may be kept in a book, and under which name (safety.md, 21 and 22)."""

import io
import zipfile
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.errors import BadInput
from models.filegate import (
    EXCEL,
    HEIC,
    JPEG,
    MAIL,
    MOST_BYTES,
    MOST_NAME_BYTES,
    PDF,
    PNG,
    TEXT,
    WEBP,
    WORD,
    kind_of,
    read,
    safe_name,
)

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
MESSAGE = b"From: office@alder.example\r\nSubject: Bill\r\nDate: Mon, 3 Mar 2025 09:00:00 +0000\r\n\r\nHi"


def document(kind: str, *more: str) -> bytes:
    """A Word or Excel file's outside: the list of its parts, and parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("[Content_Types].xml", f"<Types><Override ContentType='{MAIN.format(kind)}'/></Types>")
        for name in more:
            parts.writestr(name, "x")
    return made.getvalue()


KEPT = [
    (b"%PDF-1.7 ...", PDF),
    (b"\x89PNG\r\n\x1a\n....", PNG),
    (b"\xff\xd8\xff\xe0 JFIF", JPEG),
    (b"\x00\x00\x00\x18ftypheic....", HEIC),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WEBP),
    (document("wordprocessingml.document"), WORD),
    (document("spreadsheetml.sheet", "xl/printerSettings/printerSettings1.bin"), EXCEL),
    ("Timesheet: 1:15pm to 3:30pm, £98".encode(), TEXT),
    ("Caf\xe9 cover, \xa398 for the afternoon".encode("cp1252"), TEXT),
]


@pytest.mark.parametrize(("data", "kind"), KEPT)
def test_what_a_file_is_its_bytes_say_whatever_its_name(data, kind):
    assert kind_of(data, "anything.exe") is kind


def test_an_email_is_one_by_its_name_and_its_head():
    assert kind_of(MESSAGE, "Invoice.eml") is MAIL
    assert kind_of(MESSAGE, "Invoice.txt") is TEXT
    with pytest.raises(BadInput):
        kind_of(b"just words", "Invoice.eml")


REFUSED = {
    "a program": b"MZ\x90\x00\x03",
    "a script for Linux": b"\x7fELF\x02",
    "a shortcut": b"L\x00\x00\x00\x01\x14\x02",
    "a web page": b"  <!DOCTYPE html><html>",
    "a drawing that can run": b"<svg onload=alert(1)>",
    "rich text": b"{\\rtf1 hello}",
    "an old Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "a bare archive": b"PK\x05\x06" + b"\x00" * 18,
    "a broken document": b"PK\x03\x04 but no more",
    "Word with macros": document("wordprocessingml.document", "word/vbaProject.bin"),
    "Excel with controls": document("spreadsheetml.sheet", "xl/activeX/activeX1.bin"),
    "a document with an object": document("wordprocessingml.document", "word/embeddings/oleObject1.bin"),
    "another kind of document": document("presentationml.presentation"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_could_run_is_not_kept_even_under_a_harmless_name(what):
    with pytest.raises(BadInput, match="cannot be kept here: choose a file of the kind PDF") as no:
        kind_of(REFUSED[what], "invoice.pdf")
    assert no.value.field == "name"


def test_a_macro_document_that_says_so_in_its_list_is_not_kept():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
    with pytest.raises(BadInput):
        kind_of(made.getvalue(), "letter.docm")


def test_an_empty_file_and_one_too_large_are_refused_with_their_size():
    with pytest.raises(BadInput, match=r"bill.pdf is empty"):
        kind_of(b"", "bill.pdf")
    with pytest.raises(BadInput, match=r"scan.pdf has 10.0 MB; at most 10 MB fit here"):
        kind_of(b"%PDF-" + b" " * MOST_BYTES, "scan.pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Invoice 77.pdf", "Invoice 77.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\Bill.PDF", "Bill.PDF"),
        ("CON.pdf", "_CON.pdf"),
        ("bill.pdf.exe", "bill.pdf.exe.pdf"),
        ("a\u202efdp.exe", "a_fdp.exe.pdf"),
        ("x.pdf:ads", "x.pdf_ads.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_what_the_file_is(name, safe):
    assert safe_name(name, PDF) == safe


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("./\\:CONAUX \x00\u202e¹")), max_size=300))
@example("con .txt")
@example("\ud800")
@example("x" * 300 + ".pdf")
@example("COM¹.pdf")
@example("a. .pdf")
def test_any_name_becomes_one_that_every_system_takes(name):
    safe = safe_name(name, PDF)
    assert len(safe.encode("utf-8")) <= MOST_NAME_BYTES
    assert safe.lower().endswith(".pdf")
    assert PurePosixPath(safe).name == safe == PureWindowsPath(safe).name
    assert not PureWindowsPath(safe).is_reserved() if hasattr(PureWindowsPath, "is_reserved") else True
    assert not set(safe) & set('<>:"/\\|?*\x00')
    assert safe_name(safe, PDF) == safe


def test_a_file_is_read_from_disk_unless_it_is_too_large_or_gone(tmp_path):
    (tmp_path / "bill.pdf").write_bytes(b"%PDF-1.7")
    assert read(tmp_path / "bill.pdf") == b"%PDF-1.7"
    with (tmp_path / "scan.pdf").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BadInput, match=r"scan.pdf has 10.0 MB"):
        read(tmp_path / "scan.pdf")
    with pytest.raises(BadInput, match=r"gone.pdf could not be read"):
        read(tmp_path / "gone.pdf")
