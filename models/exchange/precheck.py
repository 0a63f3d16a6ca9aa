"""Is this an .xlsx that may safely be opened? Asked of the bytes, before any spreadsheet library sees them.

The limits are those of safety.md section 5. Sizes are counted while unpacking, never believed from headers.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from msgspec import Struct

from models.errors import Refused
from models.formats import count

MEGABYTE = 1 << 20
MOST_BYTES = 20 * MEGABYTE  # the file
MOST_MEMBERS = 2_000
MOST_IN_ONE = 100 * MEGABYTE  # one part, unpacked
MOST_UNPACKED = 200 * MEGABYTE  # all parts
MOST_RATIO = 200  # unpacked to packed, for parts above a megabyte
CHUNK = 1 << 16

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


class Checked(Struct, frozen=True):
    """A file that may be opened. `formulas`: some of its cells may be formulas."""

    formulas: bool


def checked(path: Path) -> Checked:
    """Look a file over.

    Raises:
        Refused: it cannot be read, is no .xlsx workbook, or unpacks to far more than a workbook should.
    """
    _right_kind(path, _first_look(path))
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise damaged(path) from None


def damaged(path: Path) -> Refused:
    """The file is broken."""
    return Refused(f"{path.name} is damaged and cannot be read: save it again from your spreadsheet program.")


def too_much(path: Path) -> Refused:
    """The file would take too much time or memory."""
    return Refused(
        f"{path.name} is too large or too complex to read: copy only its filled-in rows into a new template."
    )


def _first_look(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused(f"{path.name} is a folder, not a workbook.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused(f"There is no file {path}: check its name and folder.") from None
    except OSError:
        raise Refused(
            f"{path.name} cannot be read: close it in other programs, and check that you may."
        ) from None
    except ValueError:  # a NUL in the name
        raise Refused("This is not the name of a file: check its name and folder.") from None
    if not data:
        raise Refused(f"{path.name} is empty (0 bytes): if it lies in OneDrive, wait until it is downloaded.")
    if len(data) > MOST_BYTES:
        raise Refused(
            f"{path.name} is larger than {MOST_BYTES // MEGABYTE} MB, the most that can be imported."
        )
    return data


def _right_kind(path: Path, data: bytes) -> None:
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data:
        raise Refused(f"{path.name} has a password: open it, take the password away and save it again.")
    if data.startswith(OLD_OFFICE):
        raise Refused(f"{path.name} is an old Excel workbook (.xls): open it and save it as .xlsx.")
    if not data.startswith(b"PK"):
        raise Refused(f"{path.name} is not an Excel workbook: open it in a spreadsheet and save it as .xlsx.")


def _unpacked(path: Path, archive: zipfile.ZipFile) -> Checked:
    members = archive.infolist()
    names = [member.filename for member in members]
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:CHUNK]:
        raise Refused(f"{path.name} is an OpenDocument spreadsheet (.ods): open it and save it as .xlsx.")
    if "[Content_Types].xml" not in names or len(set(names)) != len(names):
        raise Refused(f"{path.name} is not an Excel workbook: open it in a spreadsheet and save it as .xlsx.")
    if len(members) > MOST_MEMBERS:
        raise Refused(f"{path.name} holds {count(len(members), 'part')}, far more than a workbook should.")
    if any(member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for member in members):
        raise damaged(path)
    if any(member.flag_bits & 1 for member in members):
        raise Refused(f"{path.name} has a password: open it, take the password away and save it again.")
    formulas, total = False, 0
    for member in members:
        size, has_formulas = _part(path, archive, member)
        formulas |= has_formulas
        total += size
        if total > MOST_UNPACKED:
            raise too_much(path)
    return Checked(formulas)


def _part(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, bool]:
    """Unpack one part to nowhere: its size, and whether it is a sheet with formulas."""
    size, formulas, tail = 0, False, b""
    sheet = member.filename.startswith("xl/worksheets/")
    types = member.filename == "[Content_Types].xml"
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > MOST_IN_ONE or (size > MEGABYTE and size > MOST_RATIO * max(1, member.compress_size)):
                raise too_much(path)
            text, tail = tail + chunk, chunk[-20:]
            if any(doctype in text for doctype in DOCTYPES):
                raise Refused(
                    f"{path.name} holds parts that no spreadsheet program writes: it was not opened."
                )
            if types and b"macroEnabled" in text:
                raise Refused(f"{path.name} holds macros (.xlsm): open it and save it as .xlsx.")
            if types and b"sheet.binary" in text:
                raise Refused(f"{path.name} is a binary workbook (.xlsb): open it and save it as .xlsx.")
            formulas = formulas or (sheet and FORMULA.search(text) is not None)
    return size, formulas
