"""T21, T22: names and contents of attached files."""

# ruff: noqa: S311 - the draws must be repeatable

import io
import random
import re
from collections import Counter
from pathlib import Path

from PIL import Image

from models.errors import BadInput
from models.filegate import kind_of, safe_name
from models.services import attachments
from tests.faults.book import open_book, put_book
from tests.faults.result import Fault, Result

LETTERS = [
    *"./\\:CONAUX \x00\u202e¹",
    *'abcü学\ud800\u2066?*|<>"\t\r\n',
    "COM",
    "NUL",
    ".pdf",
    ".exe",
    "..",
    "x" * 90,
]
ALWAYS = [
    "../../etc/passwd", "..\\..\\x", "CON.txt", "con .txt", "a\u202egpj.exe", "C:evil", "x.txt:ads", "\ud800",
    "x" * 300 + ".pdf", "COM¹.pdf", "...", "", "//h/share/x", "lpt9", "\u2028.pdf",
]  # fmt: skip
FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{d}{n}" for d in ("COM", "LPT") for n in "0123456789¹²³"
}


def _fault(name: str, folder: Path) -> str:
    """What is wrong with a name for a file, if anything."""
    if (
        not name
        or name in {".", ".."}
        or FORBIDDEN.search(name)
        or name[-1] in " ."
        or len(name.encode()) > 150
    ):
        return "forbidden"
    if name.split(".", 1)[0].rstrip(" ").upper() in RESERVED:
        return "reserved"
    return "" if (folder / name).resolve().parent == folder.resolve() else "outside"


def names(count: int, seed: int, folder: Path, *, gate: bool = True) -> Result:
    """T21: drawn and known names, made safe: inside their folder, on every system, and the same twice."""
    draw = random.Random(seed)
    drawn = ["".join(draw.choices(LETTERS, k=draw.randrange(12))) for _ in range(count)]
    wrong = []
    for name in [*ALWAYS, *drawn]:
        try:
            made = safe_name(name) if gate else name
            trouble = _fault(made, folder) or (
                "" if not gate or safe_name(made) == made else "not the same twice"
            )
        except (ValueError, OSError) as error:
            trouble = repr(error)
        if trouble:
            wrong.append(f"{name[:30]!r}: {trouble}")
    return Result("T21", count + len(ALWAYS), 0, len(wrong), "", "; ".join(wrong[:3]) if gate else "")


def _names_as_they_come(count: int, seed: int, folder: Path) -> Result:
    return names(min(count, 50), seed, folder, gate=False)


def _picture(side: int) -> bytes:
    """A black square."""
    data = io.BytesIO()
    Image.new("1", (side, side)).save(data, "PNG")
    return data.getvalue()


BAD = {
    "a program": b"MZ\x90\x00" + bytes(200),
    "a Linux program": b"\x7fELF" + bytes(200),
    "a shortcut": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100),
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "rich text": b"{\\rtf1 x}",
    "nothing": b"",
    "too much": b"%PDF-1.7" + bytes(10_000_001),
    "an archive": b"PK\x03\x04" + bytes(300),
    "XML with a mark": b"\xef\xbb\xbf<?xml version='1.0'?><x/>",
    "a picture that is none": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "a picture that unpacks to far more": _picture(20_000),
}
GOOD = {"a.pdf": b"%PDF-1.7 x", "a.txt": "Dear Łukasz".encode(), "a.png": _picture(20)}


def contents(count: int, seed: int, folder: Path, *, gate: bool = True) -> Result:
    """T22: what is no paper or picture is refused whatever its name says; what is kept is sound."""
    path, wrong, codes = put_book(folder / "contents"), [], Counter()
    store = open_book(path)
    for name, data in BAD.items():
        for ending in (".pdf", ".jpg", ".txt", ".docx")[: 1 + count]:
            try:
                if gate:
                    with store.transaction("Attach") as (session, _):
                        attachments.attach(session, "cover_claim", 1, data, f"bill{ending}")
                wrong.append(f"{name} as {ending}")
            except BadInput:
                codes["refused"] += 1
    for name, data in GOOD.items():
        with store.transaction("Attach") as (session, _):
            attachments.attach(session, "cover_claim", 1, data, name)
        if kind_of(data, f"x{name}.exe").suffixes[0] != f".{name[-3:]}":
            wrong.append(name)
    wrong += store.check()
    store.close()
    runs = len(BAD) * min(4, 1 + count) + len(GOOD)
    return Result(
        "T22",
        runs,
        0,
        len(wrong),
        f"refused x{codes['refused']}",
        "; ".join(wrong[:3]) or f"no draw, seed {seed}",
    )


def _kept_as_they_are(count: int, seed: int, folder: Path) -> Result:
    return contents(min(count, 1), seed, folder, gate=False)


FAULTS = (
    Fault("T21", "names of attached files", names, _names_as_they_come, (500, 5000, 500_000)),
    Fault("T22", "contents of attached files", contents, _kept_as_they_are, (1, 3, 3)),
)
