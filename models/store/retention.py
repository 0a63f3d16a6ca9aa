"""Which backups stay (safety 3.4). Counted and ordered by save number: a wrong clock empties no folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from pathlib import Path

from models.store.values import Backup

NEWEST = 10
RECENT_DAYS, MOST_RECENT = 2, 40
DAYS, WEEKS, MONTHS = 14, 10, 12
BEFORE_DAYS, NEWEST_BEFORE = 90, 5
MOST_BYTES = 2 * 1024**3
WEEK, MOST_WEEKS = dt.timedelta(weeks=1), 60  # longer than any backup stays by its age


def kept(
    backups: Iterable[Backup],
    today: dt.date,
    made_now: Collection[Path] = (),
    most_bytes: int = MOST_BYTES,
) -> list[Backup]:
    """The backups that stay, newest first.

    The newest 10 whatever their age; those of today and yesterday (40 at most; a date in the future
    counts as today); then one a day for 14 days, one a week for 10 weeks, one a month for 12 months;
    those made before something risky for 90 days, and the last 5 of them. When all that is more than
    `most_bytes`, the oldest go, but never the newest 10, nor what this session made.

    Args:
        backups: all of one book's.
        today: by this machine's clock, UTC.
        made_now: those that this session made.
        most_bytes: how much room they may take.
    """
    newest_first = sorted(backups, reverse=True)

    def day(backup: Backup) -> dt.date:
        return min(backup.made.date(), today)

    recent = [b for b in newest_first if (today - day(b)).days < RECENT_DAYS]
    risky = [b for b in newest_first if b.reason.startswith("before-")]
    firm = {*newest_first[:NEWEST], *(b for b in newest_first if b.path in made_now)}
    stays = {
        *firm,
        *recent[:MOST_RECENT],
        *first_of_each(newest_first, day, DAYS),
        *first_of_each(newest_first, lambda b: day(b).isocalendar()[:2], WEEKS),
        *first_of_each(newest_first, lambda b: (day(b).year, day(b).month), MONTHS),
        *risky[:NEWEST_BEFORE],
        *(b for b in risky if (today - day(b)).days <= BEFORE_DAYS),
    }
    return within([b for b in newest_first if b in stays], firm, most_bytes)


def first_of_each(
    newest_first: Sequence[Backup], period: Callable[[Backup], Hashable], most: int
) -> list[Backup]:
    """The newest backup of each of the newest `most` periods."""
    found: dict[Hashable, Backup] = {}
    for backup in newest_first:
        if len(found) == most and period(backup) not in found:
            break
        found.setdefault(period(backup), backup)
    return list(found.values())


def within(newest_first: list[Backup], firm: Collection[Backup], most_bytes: int) -> list[Backup]:
    """As many as there is room for, the oldest going first; the firm ones stay anyway."""
    room = most_bytes - sum(backup.size for backup in newest_first if backup in firm)
    stays = []
    for backup in newest_first:
        if backup not in firm:
            room -= backup.size
            if room < 0:
                continue
        stays.append(backup)
    return stays


def leaves_about(backups: Sequence[Backup], today: dt.date) -> dict[Path, dt.date | None]:
    """About when each backup will have had its time, if the book is worked on every week (safety.md, 4 G4).

    Within a week; None for those that stay until somebody deletes them, such as the last few that were made
    before something risky.
    """
    found: dict[Path, dt.date | None] = {backup.path: None for backup in backups}
    coming: list[Backup] = []
    next_seq = max((backup.seq for backup in backups), default=0)
    for week in range(1, MOST_WEEKS + 1):
        day = today + week * WEEK
        made = dt.datetime.combine(day, dt.time(), dt.UTC)
        coming.append(Backup(next_seq + week, made, "open", "", 0, Path(f"{week}")))
        stays = {backup.path for backup in kept([*backups, *coming], day)}
        for path in [path for path, leaves in found.items() if leaves is None and path not in stays]:
            found[path] = day
    return found
