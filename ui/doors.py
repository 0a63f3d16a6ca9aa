"""The seam to the file: what the window needs of models and reports, as plain callables and frozen values.

Whoever puts the program together hands them in, so that neither the tables nor sqlmodel are imported before
the first paint, and so that the frame can be tried without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlmodel import Session

    from models.exchange.preview import Preview
    from models.rules.newcomers import Newcomer
    from models.store.backup import Facts
    from models.store.values import Backup
    from ui.bus import Changes
    from ui.messages import Notice
    from ui.tasks import Progress


class OpenStore(Protocol):
    """What the window asks of the store; `models.store` has it."""

    def read(self) -> AbstractContextManager[Session]: ...

    def transaction(self, name: str) -> AbstractContextManager[tuple[Session, Changes]]: ...

    def undo_name(self) -> str | None: ...

    def redo_name(self) -> str | None: ...

    def undo(self) -> Changes: ...

    def redo(self) -> Changes: ...

    def reverse(self, step: int) -> Changes: ...

    def restore_deleted(self, table: str, row_id: int, name: str) -> Changes: ...

    def close(self) -> None: ...

    def back_up_if_changed(self) -> object: ...

    def verify_if_due(self) -> object: ...

    def write_back(self) -> object: ...

    def save_copy(self, target: Path) -> None: ...

    @property
    def left_behind(self) -> Exception | None: ...

    @property
    def path(self) -> Path: ...

    @property
    def read_only(self) -> bool: ...


class NewCluster(Struct, frozen=True):
    """What is asked when a new cluster is started.

    Attributes:
        path: where its file will be.
        name: the cluster's name.
        lead_school: the lead school's name.
        agreement_starts: the first day of the agreement.
        pilot: the agreement runs for one year instead of two.
        stage: the stage it is for, 1 to 4.
        sponsor: who gives the grant.
        schools: the member schools, with their subject leaders; the lead school may be among them.
        lead: who leads the cluster; "" if that is entered later.
        lead_email: her work address.
        lead_ssl: the lead school's science subject leader.
        advisor: the sponsor's contact.
        meetings: the days of the first meetings.
        meeting_hours: when all of them begin and end.
    """

    path: Path
    name: str
    lead_school: str
    agreement_starts: dt.date
    pilot: bool = False
    stage: int = 2
    sponsor: str = ""
    schools: tuple[Newcomer, ...] = ()
    lead: str = ""
    lead_email: str = ""
    lead_ssl: str = ""
    advisor: str = ""
    meetings: tuple[dt.date, ...] = ()
    meeting_hours: tuple[dt.time | None, dt.time | None] = (None, None)


class FrameFacts(Struct, frozen=True):
    """What the window's frame shows of the open file.

    Attributes:
        path: the file.
        cluster: the cluster's name.
        detail: the line under it: "7 schools · year 1 of 2".
        years: the school years there is anything in, oldest first.
        year: the school year to show when none was chosen before.
        counts: page key to how many things wait there.
        backup: when it was last backed up and verified: "Last backup today, 3:02pm, last verified 3 October".
        sample: this is the sample cluster.
        notices: what must be said of the file: read-only, changed outside, a conflict copy.
        binned: how many records the Bin holds.
        place: where the file lies, if SQLite cannot keep its word there: "on a stick"; "" on this computer.
        apart: a copy is worked on here, and written back.
        read_only: nothing can be changed.
    """

    path: Path
    cluster: str
    detail: str
    years: tuple[int, ...]
    year: int
    counts: Mapping[str, int] = field(default_factory=dict)
    backup: str = ""
    sample: bool = False
    notices: tuple[Notice, ...] = ()
    binned: int = 0
    place: str = ""
    apart: bool = False
    read_only: bool = False


class Found(Struct, frozen=True):
    """One record that quick find came upon.

    Attributes:
        page: the key of the page it lies on.
        record: what that page needs to show it; any value.
        title: its name or number.
        detail: what it is: "Cover claim, Oakmere Primary School".
    """

    page: str
    record: object
    title: str
    detail: str = ""


class Care(Struct, frozen=True):
    """Ways to a file that does not simply open. Every one is called in the file's thread.

    Attributes:
        in_place: open a file itself, although a copy would be worked on where it lies.
        take_over: open a file although another computer says that it has it open.
        damaged: look at what is left of a damaged file.
        backups: the backups of a file that is not open, newest first.
        inspect: what is in a backup, after a check throughout.
        salvage: write what can be read of a damaged file as lists; rows written, rows lost.
    """

    in_place: Callable[[Path, Progress], OpenStore]
    take_over: Callable[[Path, Progress], OpenStore]
    damaged: Callable[[Path, Progress], OpenStore]
    backups: Callable[[Path], Sequence[Backup]]
    inspect: Callable[[Path], Facts]
    salvage: Callable[[Path, Path, Progress], tuple[int, int]]


class Doors(Struct, frozen=True):
    """What the window needs of models and reports. Every one is called in the file's thread.

    Attributes:
        open: open a file; raises FileTrouble.
        create: make a new file and open it.
        sample: make the sample cluster at a path and open it.
        frame: what the frame shows, for a school year or for the one of the file's choosing.
        search: records whose words begin with the words typed.
        export: write the whole book as a workbook.
        remove: delete a file that is not open, with what belongs to it; for the sample.
        look: open a file to read only: without its lock, without a write.
        preview: what importing a workbook would do; nothing is saved.
        bring_in: do what a preview says, inside a transaction.
        template: write the blank workbook.
        restore: put a backup in the place of a file that is not open, and open it.
        care: the ways to a file that does not simply open.
    """

    open: Callable[[Path, Progress], OpenStore]
    create: Callable[[NewCluster, Progress], OpenStore]
    sample: Callable[[Path, Progress], OpenStore]
    frame: Callable[[OpenStore, int | None], FrameFacts]
    search: Callable[[OpenStore, str], Sequence[Found]]
    export: Callable[[OpenStore, Path, Progress], None]
    remove: Callable[[Path], None]
    look: Callable[[Path, Progress], OpenStore]
    preview: Callable[[OpenStore, Path, Progress], Preview]
    bring_in: Callable[[Session, Preview], None]
    template: Callable[[Path, Progress], None]
    restore: Callable[[Path, Path, Progress], OpenStore]
    care: Care


def in_sentence(name: str) -> str:
    """An action's name inside a sentence: "Approve claim SC-0012" -> "approve claim SC-0012"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
