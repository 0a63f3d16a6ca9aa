"""T07 to T09: files that are not what they were: bytes changed, cut off, of others, with planted parts."""

# ruff: noqa: S311 - the draws must be repeatable

import functools
import hashlib
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.errors import AppError, FileTrouble
from models.queries.everything import everything
from models.services import attachments
from models.store import Store
from models.store.salvage import salvage
from models.store.schema import book
from reports.workbook import write_export
from tests.faults.book import open_book, put_book, setup_in
from tests.faults.migrating import older_book
from tests.faults.result import Fault, Result

MOST_SECONDS = 10
REFUSALS = {"E02", "E03", "E04", "E05", "E06"}
OTHERS = (
    b"",
    b"SQLite format 3\0" + bytes(34),
    b"Dear colleague",
    b"PK\x03\x04" + bytes(200),
    b"\x89PNG\r\n\x1a\n" * 30,
)


def _sha(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


@functools.cache
def _with_papers() -> bytes:
    """The sample with a few files attached, so that there are bytes with a sum."""
    with tempfile.TemporaryDirectory() as folder:
        path = put_book(Path(folder) / "papers")
        store = open_book(path)
        with store.transaction("Attach") as (session, _):
            for number in range(1, 5):
                data = b"%PDF-1.7\n" + random.Random(number).randbytes(30_000 * number)
                attachments.attach(session, "cover_claim", number, data, f"{number}.pdf")
        store.close()
        return path.read_bytes()


def _refusal(path: Path) -> str:
    """The code of the refusal, to write and to read; "" if it opened, or what else got out."""
    before, codes = _sha(path), set()
    for read_only in (True, False):
        try:
            Store.open(path, read_only=read_only, setup=setup_in(path.parent.parent)).close()
            codes.add("")
        except FileTrouble as told:
            codes.add(told.code)
            if _sha(path) != before or sorted(p.name for p in path.parent.iterdir()) != [path.name]:
                return "the file was touched"
        except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
            return repr(escaped)
    return codes.pop() if len(codes) == 1 else "/".join(sorted(codes))


def header(count: int, seed: int, folder: Path) -> Result:
    """T07: each of the first hundred bytes changed `count` times, and files that are no book at all."""
    draw, codes, wrong = random.Random(seed), Counter(), []
    path = put_book(folder / "header")
    whole = path.read_bytes()
    spoilt = list(OTHERS)
    for byte in range(100):
        for value in draw.sample([v for v in range(256) if v != whole[byte]], count):
            spoilt += [whole[:byte] + bytes([value]) + whole[byte + 1 :]]
    for number, content in enumerate(spoilt):
        path.write_bytes(content)
        code = _refusal(path)
        codes[code or "opened"] += 1
        if code not in REFUSALS and not (code == "" and number >= len(OTHERS)):
            wrong.append(f"{number}: {code}")
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result("T07", len(spoilt), 0, len(wrong), shown, "; ".join(wrong[:5]))


def _no_look_first(count: int, seed: int, folder: Path) -> Result:
    """The control: SQLite alone opens a book of another program, or makes one, without a word."""
    path = put_book(folder / "header")
    whole = bytearray(path.read_bytes())
    whole[68] ^= 1
    path.write_bytes(whole)
    taken = 0
    for content in (bytes(whole), b""):
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as raw:
            taken += raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return Result("T07", 2, 0, taken, "", f"seed {seed}, {count}")


# -- T08


def _flip(data: bytearray, draw: random.Random) -> None:
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def _run(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data) - 16)
    data[at : at + 16] = draw.randbytes(16)


def _zero(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data) // 4096) * 4096
    data[at : at + 4096] = bytes(4096)


def _swap(data: bytearray, draw: random.Random) -> None:
    one, two = (number * 4096 for number in draw.sample(range(1, len(data) // 4096), 2))
    data[one : one + 4096], data[two : two + 4096] = data[two : two + 4096], data[one : one + 4096]


def _cut(data: bytearray, draw: random.Random) -> None:
    del data[draw.randrange(100, len(data)) :]


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip,
    _flip,
    _flip,
    _flip,
    _run,
    _run,
    _zero,
    _zero,
    _swap,
    _cut,
)
GUARDED = ("cover_claim", "claim_event", "fund_entry", "blob")
"""What more than SQLite's own checks guards: the chain over the money, the sums of attached files."""


def _content(path: Path, tables: tuple[str, ...]) -> list:
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = bytes
        return [raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables]  # noqa: S608


def damage(count: int, seed: int, folder: Path) -> Result:
    """T08: flipped bits, overwritten runs, zeroed and swapped pages, cut files, looked at as the app does."""
    path = put_book(folder / "damage")
    whole = _with_papers()
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as raw:
        names = [n for (n,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
    everything_there, guarded = _content(path, tuple(names)), _content(path, GUARDED)
    codes: Counter[str] = Counter()
    wrong, silent = [], 0
    for run in range(count):
        draw = random.Random(seed * 100_000 + run)
        kind = KINDS[run % len(KINDS)]
        data = bytearray(whole)
        kind(data, draw)
        path.write_bytes(data)
        begun = time.process_time()
        verdict = _verdict(path)
        codes[verdict] += 1
        if verdict.startswith("escaped") or time.process_time() - begun > MOST_SECONDS:
            wrong.append(f"{seed * 100_000 + run}: {verdict}")
        elif verdict == "opened" and data != whole:
            if kind is _cut or _content(path, GUARDED) != guarded:
                wrong.append(f"{seed * 100_000 + run}: {kind.__name__} not noticed")
            silent += _content(path, tuple(names)) != everything_there
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result(
        "T08",
        count,
        0,
        len(wrong),
        shown,
        "; ".join([f"{silent} changed words that no sum guards", *wrong[:5]]),
    )


def _verdict(path: Path) -> str:
    """What the app makes of a damaged book: opened, "check" if Check this file says so, or its refusal."""
    setup = setup_in(path.parent.parent)
    try:
        store = Store.open(path, read_only=True, setup=setup)
        try:
            return "check" if store.check() else "opened"
        finally:
            store.close()
    except FileTrouble as told:
        code = told.code
    except Exception as escaped:  # noqa: BLE001 - counted: nothing else may ever get out
        return f"escaped {escaped!r}"
    if code != "E06":
        return code
    try:
        Store.open_damaged(path, setup=setup).close()
    except AppError:
        pass
    except Exception as escaped:  # noqa: BLE001
        return f"escaped open_damaged {escaped!r}"
    try:
        salvage(path, path.with_name("rest.zip"))
    except AppError:
        pass
    except Exception as escaped:  # noqa: BLE001
        return f"escaped salvage {escaped!r}"
    finally:
        path.with_name("rest.zip").unlink(missing_ok=True)
    return code


def _unchecked(count: int, seed: int, folder: Path) -> Result:
    """The control: a file that is opened and read without any check."""
    path = put_book(folder / "unchecked")
    path.write_bytes(_with_papers())
    guarded = _content(path, GUARDED)
    unseen = 0
    times = min(max(count, 40), 100)
    for run in range(times):
        data = bytearray(_with_papers())
        _run(data, random.Random(seed + run))
        path.write_bytes(data)
        try:
            unseen += _content(path, GUARDED) != guarded
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            continue
    return Result("T08", times, 0, unseen)


# -- T09

Spoil = Callable[[Path], None]


def _sql(*statements: str) -> Spoil:
    def go(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            for statement in statements:
                raw.execute(statement)

    return go


def _foreign(path: Path) -> None:
    path.unlink()
    _sql("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")(path)


UNREADABLE = "UPDATE action SET what = CAST(x'61ff62' AS TEXT) WHERE id = 1"
STRANGERS: dict[str, tuple[Spoil, str]] = {
    "another program's database": (_foreign, "E04"),
    "a trigger": (
        _sql("CREATE TRIGGER x AFTER INSERT ON claim_event BEGIN DELETE FROM cover_claim; END"),
        "E04",
    ),
    "a view": (_sql("CREATE VIEW x AS SELECT * FROM school"), "E04"),
    "a table": (_sql("CREATE TABLE x (a)"), "E04"),
    "an index": (_sql("CREATE INDEX x ON school (name)"), "E04"),
    "a virtual table": (_sql("CREATE VIRTUAL TABLE x USING fts5(a)"), "E04"),
    "a table renamed": (_sql("ALTER TABLE school RENAME TO schools"), "E04"),
    "a newer layout": (_sql("PRAGMA user_version=99"), "E05"),
    "a write-ahead log": (_sql("PRAGMA journal_mode=WAL"), ""),
    "letters that are none": (_sql(UNREADABLE), ""),
}


def strangers(count: int, seed: int, folder: Path) -> Result:
    """T09: books of others, with parts we never made, newer, older by 1 to 4, with broken letters."""
    wrong, codes = [], Counter()
    for name, (spoil, expected) in STRANGERS.items():
        path = put_book(folder / "stranger")
        spoil(path)
        told = _refusal(path)
        codes[told or "opened"] += 1
        if told != expected:
            wrong.append(f"{name}: {told or 'opened'}")
        elif not expected and (trouble := _use(path)):
            wrong.append(f"{name}: {trouble}")
    for number in range(1, book().number):
        path = older_book(folder / "stranger", number)
        if (trouble := _use(path)) or (told := _refusal(path)):
            wrong.append(f"layout {number}: {trouble or told}")
        codes["upgraded"] += 1
    shown = ", ".join(f"{code} x{times}" for code, times in sorted(codes.items()))
    return Result(
        "T09",
        sum(codes.values()),
        0,
        len(wrong),
        shown,
        "; ".join(wrong) or f"counts fixed ({count}, {seed})",
    )


def _use(path: Path) -> str:
    """Open, list, export and search: what goes wrong."""
    try:
        store = open_book(path)
        with closing(store), store.read() as session:
            found = everything(session)
            write_export(path.with_name("all.xlsx"), found)
    except Exception as escaped:  # noqa: BLE001 - reported
        return repr(escaped)[:200]
    return ""


def _unlooked(count: int, seed: int, folder: Path) -> Result:
    """The control: a planted trigger in a file that SQLite alone finds sound takes the claims away."""
    path = put_book(folder / "planted")
    STRANGERS["a trigger"][0](path)
    with closing(sqlite3.connect(path)) as raw:
        sound = raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return Result("T09", 1, 0, int(sound), "", f"{count}, {seed}")


FAULTS = (
    Fault(
        "T07", "bytes of the header changed, and files that are no book", header, _no_look_first, (1, 3, 255)
    ),
    Fault("T08", "flipped, zeroed, swapped, cut", damage, _unchecked, (12, 300, 20_000), weight=40),
    Fault("T09", "other programs' files, planted parts, other layouts", strangers, _unlooked, (1, 1, 1)),
)
