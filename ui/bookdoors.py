"""The window's doors to models and reports, as `ui.doors.Doors` asks for them. Called in the file's thread.

Each imports what it needs when it is called: nothing of models may load before the first paint.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from ui.bookfile import read_only_words
from ui.doors import Found, FrameFacts
from ui.format import clock, count, day_month, long_date, school_year
from ui.messages import Notice
from ui.wayfinding import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sqlmodel import Session

    from models.exchange.preview import Preview
    from models.queries.book import Book
    from models.queries.todo import TodoLine
    from models.store import Store
    from models.store.values import Hit
    from ui.doors import NewCluster, OpenStore
    from ui.tasks import Progress


FOR_HOME = ("models.queries.todo", "models.queries.headline", "models.queries.readiness")


@lru_cache(maxsize=1)
def load_models() -> None:
    """Import what every open book needs, once, without the collector looking again and again at it.

    Importing makes some hundred thousand objects that live as long as the program does. Nor does pydantic
    look into every package there is for plugins of its own.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    gc.disable()
    try:
        for name in ("models.store", *FOR_HOME):
            importlib.import_module(name)
        gc.freeze()
    finally:
        gc.enable()


def open_book(path: Path, progress: Progress) -> OpenStore:
    """Open a file to work on it; where others touch it too, a copy on this computer (safety 3.7).

    Raises:
        FileTrouble: it cannot be opened, and why.
    """
    load_models()
    from models.store import Store
    from models.store.where import Place as Where
    from models.store.where import place_of

    progress.report(f"Opening {path.name}")
    return cast("OpenStore", Store.open(path, apart=place_of(path.resolve()) is not Where.HERE))


def look(path: Path, progress: Progress) -> OpenStore:
    """Open a file to read only.

    Raises:
        FileTrouble: it cannot be opened, and why.
    """
    from models.store import Store

    progress.report(f"Opening {path.name}")
    return cast("OpenStore", Store.open(path, read_only=True))


def restore(path: Path, backup: Path, progress: Progress) -> OpenStore:
    """Put a backup in the place of a book that is not open, and open it.

    Raises:
        AppError: the backup cannot be used; the book is as it was.
    """
    from models.store import Store

    progress.report(f"Restoring {path.name}")
    return cast("OpenStore", Store.restore(path, backup))


def create(new: NewCluster, progress: Progress) -> OpenStore:
    """Start a new cluster in a new file.

    Raises:
        AppError: the file cannot be made, or a value does not fit.
    """
    from models.rules.newcomers import Newcomer
    from models.rules.schools import name_key
    from models.services.beginning import Beginning, FirstMeetings
    from ui.desk import make_begun

    progress.report(f"Making {new.path.name}")
    others = tuple(one for one in new.schools if name_key(one.school) != name_key(new.lead_school))
    beginning = Beginning(
        new.name,
        new.lead_school,
        new.agreement_starts,
        pilot=new.pilot,
        stage=new.stage,
        sponsor=new.sponsor,
        schools=(*others, Newcomer(new.lead_school, new.lead_ssl)),
        lead=new.lead,
        lead_email=new.lead_email,
        advisor=new.advisor,
        meetings=FirstMeetings(new.meetings, *new.meeting_hours),
    )
    return cast("OpenStore", make_begun(new.path, beginning))


def sample(path: Path, progress: Progress) -> OpenStore:
    """Open the sample cluster where it was left, or make it.

    Raises:
        FileTrouble: its file cannot be made or opened.
    """
    from ui.desk import make_sample

    if path.exists():
        return open_book(path, progress)
    progress.report("Making the sample cluster")
    path.parent.mkdir(parents=True, exist_ok=True)
    return cast("OpenStore", make_sample(path))


def remove(path: Path) -> None:
    """Delete the sample's file.

    Raises:
        Refused: the file is not the sample.
    """
    from ui.desk import remove_sample

    remove_sample(path)


def export(store: OpenStore, path: Path, progress: Progress) -> None:
    """Write the whole book as a workbook.

    Raises:
        Refused: it could not be written there.
    """
    from ui.desk import export_workbook, writing

    progress.report(f"Writing {path.name}")
    with writing(path):
        export_workbook(cast("Store", store), path)


def template(path: Path, progress: Progress) -> None:
    """Write the blank workbook.

    Raises:
        Refused: it could not be written there.
    """
    from reports.workbook import write_template
    from ui.desk import writing

    progress.report(f"Writing {path.name}")
    with writing(path):
        write_template(path)


def preview(store: OpenStore, workbook: Path, progress: Progress) -> Preview:
    """What importing a workbook would do.

    Raises:
        Refused: the file is no workbook that can be read.
    """
    from ui.desk import preview_import

    progress.report(f"Reading {workbook.name}")
    book = cast("Store", store)
    seen = preview_import(book, workbook, lambda: progress.cancelled)
    if seen.writes and not seen.problems:
        book.back_up("before-import")
    return seen


def bring_in(session: Session, seen: Preview) -> None:
    """Import what a preview showed.

    Raises:
        AppError: the book is another by now, or a rule says no.
    """
    from ui.desk import apply_import

    apply_import(session, seen)


def search(store: OpenStore, words: str) -> Sequence[Found]:
    """The records in which every word typed begins a word, with where to look at them."""
    from models.queries.attachments import holders

    real = cast("Store", store)
    hits = real.search(words, limit=40)
    files = [hit.row_id for hit in hits if hit.table == "attachment"]
    held: dict[int, tuple[str, int]] = {}
    if files:
        with real.read() as session:
            held = holders(session, files)
    return [found for hit in hits if (found := _found(hit, held)) is not None]


def _found(hit: Hit, held: Mapping[int, tuple[str, int]]) -> Found | None:
    """A line of quick find; None for what nothing shows: a line that leads nowhere is worse than none.

    A file leads to the record that holds it: `held`, by the file's number.
    """
    if hit.table == "attachment" and hit.row_id in held:
        place = Place(*held[hit.row_id])
        return Found(place.page, place, hit.title, f"File of {_thing(place.table)}") if place.page else None
    place = Place(hit.table, hit.row_id)
    thing = _thing(hit.table)
    return Found(place.page, place, hit.title, f"{thing[:1].upper()}{thing[1:]}") if place.page else None


def _thing(table: str) -> str:
    return table.replace("_", " ").replace("cpd", "CPD").replace("psqm", "PSQM")


def frame(today: Callable[[], dt.date], opened: OpenStore, year: int | None) -> FrameFacts:
    """What the frame shows. `year` None is the first asking: then the notices of the opening come too."""
    from models.queries.binned import bin_count
    from models.queries.book import Book
    from models.queries.todo import todo
    from models.queries.years import usual_year

    store = cast("Store", opened)
    backup, notices = _backup_words(store, today()), _notices(store, first=year is None)
    binned = bin_count(store, dt.datetime.now(dt.UTC))
    with store.read() as session:
        book = Book.now(session)
        day = book.today(today)
        usual = usual_year(book, day)
        years = tuple(sorted({*book.years, usual}))
        shown = year if year in years and year is not None else usual
        cluster = book.cluster
        return FrameFacts(
            path=store.path,
            cluster=cluster.name if cluster else store.path.stem,
            detail=_detail(book, shown, day),
            years=years,
            year=shown,
            counts=_counts(todo(book, shown, day)),
            backup=backup,
            sample=bool(cluster and cluster.sample_today),
            notices=notices,
            binned=binned,
            place=_place(store),
            apart=store.is_apart,
            read_only=store.read_only,
        )


def _counts(lines: Sequence[TodoLine]) -> dict[str, int]:
    """How many things wait on each page; Home counts its own lines."""
    from models.queries.todo import Matter

    counts = {"home": len(lines)}
    for line in lines:
        if line.matter is Matter.EARLIER:
            continue  # the page shows this year's
        page = Place(line.about.table).page
        counts[page] = counts.get(page, 0) + line.number
    return counts


def _detail(book: Book, year: int, day: dt.date) -> str:
    """`7 schools · year 2 of 2`."""
    from models.calendar import year_bounds

    first, last = year_bounds(year)
    words = [count(len(book.members(max(min(day, last), first))), "school")]
    agreement = book.agreement(min(day, last)) or book.agreement(first)
    if agreement is not None:
        begins, ends = school_year(agreement.starts_on), school_year(agreement.ends_on)
        if begins <= year <= ends:
            words.append(f"year {year - begins + 1} of {ends - begins + 1}")
    return " · ".join(words)


def _place(store: Store) -> str:
    """Where the file lies, if that is no place for it: `on a stick`."""
    from models.store.where import Place as Where
    from models.store.where import place_of

    found = place_of(store.path)
    return "" if found is Where.HERE else found.value


def _backup_words(store: Store, today: dt.date) -> str:
    """`Last backup today, 3:02pm, last verified 3 October`."""
    if store.read_only:
        return ""
    newest = next(iter(store.backups()), None)
    if newest is None:
        return "Not backed up yet"
    made, looked = newest.made.astimezone(), store.verified()
    when = f"today, {clock(made.time())}" if made.date() == today else _near(made.date(), today)
    if looked is None:
        return f"Last backup {when}, not verified yet"
    return f"Last backup {when}, last verified {_near(looked.at.astimezone().date(), today)}"


def _near(day: dt.date, today: dt.date) -> str:
    """A day in words, without the year where it is this one."""
    if day == today:
        return "today"
    return day_month(day) if day.year == today.year else long_date(day)


def _notices(store: Store, *, first: bool) -> tuple[Notice, ...]:
    found = []
    if store.read_only:
        found.append(Notice("read only", "accent", read_only_words(store.path), lasting=True))
    trouble = store.backup_trouble
    if trouble is not None:
        found.append(Notice("backup", "warn", str(trouble), lasting=True))
    if store.second_trouble:
        found.append(Notice("second backup", "warn", store.second_trouble, lasting=True))
    looked = store.verified()
    if looked is not None and looked.trouble:
        words = f"The newest backup is not whole: {looked.trouble} Make another one in Settings ▸ Backups."
        found.append(Notice("backup check", "warn", words, lasting=True))
    if first:
        found += [Notice(one.code, "warn", one.sentence) for one in store.notices]
    return tuple(found)
