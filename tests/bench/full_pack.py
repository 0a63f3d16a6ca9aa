"""The pack of a book as full as one gets: `python tests/bench/full_pack.py [FOLDER]`. Nothing fails here.

Twelve schools, five years, 500 claims and 60 photographs of 12 megapixels; seconds, memory and size are held
against 15 s, 400 MB and 15 MB. The paper is left in the folder, to be looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import resource
import subprocess
import sys
import tempfile
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

YEAR, FIRST_YEAR = 2024, 2020
SCHOOLS, CLAIMS, PHOTOS = 12, 500, 60
SIZE = (4000, 3000)
NEW = "Saint Bartholomew-the-Great Church of England Primary School"


def photographs(many: int) -> Iterator[bytes]:
    """JPEG files of 12 megapixels with colours, edges and grain, as a telephone makes them."""
    from PIL import Image, ImageDraw, ImageFilter

    chance = random.Random(12)  # noqa: S311  (only pictures)
    for number in range(many):
        bands = [Image.effect_noise((160, 120), 80).filter(ImageFilter.GaussianBlur(3)) for _ in range(3)]
        scene = Image.merge("RGB", bands).resize(SIZE, Image.Resampling.BICUBIC)
        grain = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 40).resize(SIZE)
        scene = Image.blend(scene, Image.merge("RGB", [grain] * 3), 0.2)
        draw = ImageDraw.Draw(scene)
        for _ in range(200):
            spot = [chance.randrange(SIZE[0]), chance.randrange(SIZE[1])]
            draw.line([*spot, chance.randrange(SIZE[0]), chance.randrange(SIZE[1])], number * 999, 9)
        target = io.BytesIO()
        scene.save(target, "JPEG", quality=90)
        yield target.getvalue()


def fill(session: Session) -> None:
    """Add to the sample what it lacks."""
    from sqlalchemy import func, select

    from models import tables as t
    from models.services import records
    from models.words import AttendanceCode, Happened, PermissionBasis

    def add(record: type[t.Record], **values: Any) -> int:
        return records.add(session, record, values)

    def count(table: str) -> int:
        return session.connection().scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0

    start = dt.date(FIRST_YEAR, 9, 1)
    while count("school") < SCHOOLS:
        number = count("school")
        school = add(t.School, name=f"{NEW} {number}", urn=f"9003{number:02}", number_on_roll=200)
        add(t.Membership, school_id=school, joined_on=start)
    schools = list(session.connection().scalars(select(t.metadata.tables["school"].c.id)))
    meetings = []
    for year in range(FIRST_YEAR, YEAR + 1):
        for month in range(5):
            day = dt.date(year, 9, 17) + dt.timedelta(days=49 * month)
            meeting = add(
                t.Meeting, title="Meeting", purpose="To share what works.", held_on=day,
                starts_at=dt.time(13), ends_at=dt.time(15), status=Happened.HELD,
            )  # fmt: skip
            meetings.append((meeting, day))
            for school in schools:
                add(t.Attendance, meeting_id=meeting, school_id=school, code=AttendanceCode.P)
    wanted = CLAIMS - count("cover_claim")
    for number, (meeting, day) in enumerate(islice(cycle(meetings), wanted)):
        school = schools[number % len(schools)]
        person = add(t.Person, name=f"Teacher {number}", school_id=school)
        add(
            t.CoverClaim, school_id=school, person_id=person, meeting_id=meeting, cover_on=day,
            cost_p=95_00 + number, evidence_ref=f"TS-{number}",
        )  # fmt: skip
    _evidence(session, PermissionBasis.NO_PEOPLE)


def _evidence(session: Session, basis: Any) -> None:
    from models.services.evidence import Around, File, add
    from models.words import EvidenceKind

    for number, picture in enumerate(photographs(PHOTOS)):
        values = {
            "on": dt.date(YEAR, 10, 1) + dt.timedelta(days=number),
            "kind": EvidenceKind.PHOTO,
            "text": "Leaves sorted by their edges, their smell and the sound they make, with no worksheet.",
            "by_whom": "Year 4 teacher",
            "permission": basis,
        }
        add(session, values, Around(File(picture, f"photo {number}.jpg")))


def most_memory() -> float:
    """The most megabytes that this process has had. What `getrusage` says begins with those of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(told.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(book: Path) -> None:
    """Print the pack in this process, which has done nothing else, and say what it took."""
    start = perf_counter()
    from models.store import Store
    from ui.desk import pack_snapshot, print_pack

    with closing(Store.open(book, read_only=True)) as store:
        data = pack_snapshot(store, YEAR)
    asked = perf_counter()
    pack = print_pack(data)
    done = perf_counter()
    book.with_suffix(".pdf").write_bytes(pack.pdf)
    memory = most_memory()
    print(f"{pack.pages} pages, {len(data.cover.claims)} claims of the year, {len(data.photos)} photographs")
    whole = f"asked {asked - start:.1f}, laid out {done - asked:.1f}; of the processor {process_time():.1f}"
    print(f"seconds    {done - start:8.1f}  (reach 15; {whole})")
    print(f"memory MB  {memory:8.0f}  (reach 400)")
    print(
        f"file MB    {len(pack.pdf) / 1_000_000:8.1f}  (reach 15; the book {book.stat().st_size / 1e6:.0f})"
    )


def main() -> None:
    """Make the book, and print its pack in a process of its own."""
    from ui.desk import make_sample

    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
        return
    folder = Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp())
    book = folder / "full.clusterbook"
    with closing(make_sample(book)) as store, store.transaction("Fill") as (session, _):
        fill(session)
    subprocess.run([sys.executable, __file__, "--measure", str(book)], check=True)
    print(f"The paper is {book.with_suffix('.pdf')}.")


if __name__ == "__main__":
    main()
