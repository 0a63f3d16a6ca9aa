"""The file gate: every file that is kept in a book passes here once (safety.md 3.1).

What a file is, its bytes say and never its name; it keeps its own name, made safe for every system, with the
ending of what it is. Programs, web pages and documents with macros are not kept.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from email import message_from_bytes
from pathlib import Path

from msgspec import Struct

from models.errors import BadInput

MOST_BYTES = 10_000_000  # what the file's layout holds (models.tables.files)
MOST_NAME_BYTES = 120
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"}
)
_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
KINDS = "PDF, JPEG, PNG, WebP, Word (.docx), Excel (.xlsx), plain text or e-mail (.eml)"


class FileKind(Struct, frozen=True):
    """A kind of file that may be kept.

    Attributes:
        words: what a person calls it.
        media_type: what other programs call it.
        suffixes: the endings of its name; the first is given to a file with another ending.
    """

    words: str
    media_type: str
    suffixes: tuple[str, ...]


PDF = FileKind("PDF", "application/pdf", (".pdf",))
PNG = FileKind("Picture", "image/png", (".png",))
JPEG = FileKind("Picture", "image/jpeg", (".jpg", ".jpeg"))
HEIC = FileKind("Picture", "image/heic", (".heic", ".heif"))
WEBP = FileKind("Picture", "image/webp", (".webp",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = FileKind("Word document", f"{_OFFICE}wordprocessingml.document", (".docx",))
EXCEL = FileKind("Excel workbook", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
TEXT = FileKind("Text", "text/plain", (".txt",))
MAIL = FileKind("E-mail", "message/rfc822", (".eml",))
PICTURES = (PNG, JPEG, HEIC, WEBP)
ALL = (PDF, PNG, JPEG, HEIC, WEBP, WORD, EXCEL, TEXT, MAIL)

_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_DOCUMENTS = {b"wordprocessingml.document.main+xml": WORD, b"spreadsheetml.sheet.main+xml": EXCEL}
_PARTS_LIST = "[Content_Types].xml"
_MOST_PARTS_LIST = 200_000
_MARKUP = re.compile(rb"\s*(?:<[!?a-z]|\{\\rtf)", re.IGNORECASE)
_RUNS = re.compile(r"vba|activex|oleobject", re.IGNORECASE)  # parts of a document that can be run
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def read(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file on disk that somebody chose to keep, at most so many.

    Raises:
        BadInput: it is too large, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > most:
            raise _too_large(path.name, size, most)
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "the disk did not answer").lower()
        raise BadInput(f"{path.name} could not be read ({reason}): choose it again.", "name") from error


def _too_large(name: str, size: int, most: int = MOST_BYTES) -> BadInput:
    has, fit = f"{size / 1_000_000:.1f}", most // 1_000_000
    return BadInput(f"{name} has {has} MB; at most {fit} MB fit here: save it at a lower quality.", "name")


def picture_kind(data: bytes) -> FileKind | None:
    """Which kind of picture a file is, by its bytes, whatever its size; None: none."""
    kind = _by_start(data)
    return kind if kind in PICTURES else None


def kind_of(data: bytes, name: str) -> FileKind:
    """What a file is, by its bytes; only between a text and an e-mail its name decides.

    Raises:
        BadInput: it is empty, too large, or of a kind that is not kept.
    """
    called = name or "The file"
    if not data:
        raise BadInput(f"{called} is empty: choose the file itself, not a shortcut to it.", "name")
    if len(data) > MOST_BYTES:
        raise _too_large(called, len(data))
    kind = _by_start(data) or _document(data) or _text(data, name)
    if kind is None:
        raise BadInput(f"{called} cannot be kept here: choose a file of the kind {KINDS}.", "name")
    return kind


def _by_start(data: bytes) -> FileKind | None:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return HEIC
    return WEBP if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _document(data: bytes) -> FileKind | None:
    """A Word or Excel document without macros, by the list of its parts."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            if any(_RUNS.search(part) for part in names):
                return None
            if parts.getinfo(_PARTS_LIST).file_size > _MOST_PARTS_LIST:
                return None
            listed = parts.read(_PARTS_LIST)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    if b"macroEnabled" in listed:
        return None
    return next((kind for mark, kind in _DOCUMENTS.items() if mark in listed), None)


def _text(data: bytes, name: str) -> FileKind | None:
    """Plain words, or an e-mail as it is saved; never markup, which another program might run."""
    if _NOT_TEXT.search(data) or _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        return None
    if name.lower().endswith(".eml"):
        head = message_from_bytes(data[:100_000])
        return MAIL if head["From"] and (head["Date"] or head["Subject"] or head["To"]) else None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return TEXT if _is_western(data) else None
    return TEXT


def _is_western(data: bytes) -> bool:
    """Whether bytes are words in the old Windows code page."""
    try:
        words = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    letters = sum(letter.isalpha() or letter.isspace() for letter in words)
    return 10 * letters >= 7 * len(words)


def safe_name(name: str, kind: FileKind | None = None) -> str:
    """A name that every system accepts, in one folder, without tricks: with the ending of the file's kind.

    Turned, hidden and forbidden characters become "_", so that the name shown is the name stored.
    """
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    plain = re.split(r"[\\/]", plain)[-1]
    plain = "".join(_letter(letter) for letter in plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    suffix = f".{ending[:16].rstrip(' ')}" if ending else ""
    if kind is not None and suffix.lower() not in kind.suffixes:
        stem, suffix = plain, kind.suffixes[0]
    stem = stem.strip(" .") or "file"
    if stem.split(".")[0].rstrip(" ").upper() in _RESERVED:
        stem = f"_{stem}"
    while len((stem + suffix).encode("utf-8")) > MOST_NAME_BYTES:
        stem = stem[:-1].rstrip(" .")
    return stem + suffix


def _letter(letter: str) -> str:
    return "_" if letter in '<>:"|?*' or unicodedata.category(letter) in _UNPRINTED else letter
