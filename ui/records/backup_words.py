"""Backups in words: when, why, how large, what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.format import count, moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from models.store.backup import Facts
    from models.store.values import Backup

REASONS = {
    "by-hand": "By hand",
    "open": "When the book was opened",
    "close": "When the book was closed",
    "half-hour": "While you worked",
    "before-import": "Before an import",
    "before-migrate": "Before an upgrade",
    "before-restore": "Before a restore",
    "before-convert": "Before the file was converted",
}
COUNTED = (
    ("meeting", "meeting"),
    ("cover_claim", "cover claim"),
    ("fund_entry", "fund entry"),
    ("school", "school"),
)


def reason_words(reason: str) -> str:
    """Why a backup was made, in words."""
    return REASONS.get(reason, reason.replace("-", " ").capitalize())


def when_words(backup: Backup, today: dt.date) -> str:
    """`Today, 3:02pm`."""
    words = moment(backup.made.astimezone(), today)
    return f"{words[:1].upper()}{words[1:]}"


def counted_words(rows: Mapping[str, int]) -> str:
    """How many meetings, claims and so on a file holds, in a sentence."""
    counts = [count(rows.get(table, 0), word, _many(word)) for table, word in COUNTED]
    return f"It holds {', '.join(counts[:-1])} and {counts[-1]}."


def inside_words(found: Facts, today: dt.date) -> str:
    """What is in a backup, in a sentence or two."""
    held = counted_words(found.rows)
    if not found.last_action or found.last_at is None:
        return held
    return (
        f"{held} The last thing done was “{found.last_action}”, {moment(found.last_at.astimezone(), today)}."
    )


def _many(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
