"""What goes from one meeting to the next: whose turn it is to host, and which topics are still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from models.words import AgendaState


def next_host(members: Sequence[int], hosted: Iterable[tuple[dt.date, int]]) -> int | None:
    """The member that has waited longest to host; of several that never did, the first (S2:133).

    Args:
        members: the schools, in the order in which those that never hosted take their turn.
        hosted: each meeting's day and host.

    Returns:
        A school id; None where there are no members, or nobody has ever written a host down.
    """
    latest: dict[int, dt.date] = {}
    for day, school_id in hosted:
        latest[school_id] = max(day, latest.get(school_id, day))
    if not latest or not members:
        return None
    return min(members, key=lambda school_id: (latest.get(school_id, dt.date.min), members.index(school_id)))


class Topic(Struct, frozen=True):
    """A topic of an agenda, as far as carrying it over goes."""

    id: int
    title: str
    state: AgendaState
    recurring: bool = False


def goes_on(topic: Topic) -> bool:
    """True for a topic that is open, or of every meeting; what was dropped stays dropped."""
    return topic.state is AgendaState.OPEN or (topic.recurring and topic.state is AgendaState.DISCUSSED)


def carried(topics: Iterable[Topic], there: Collection[str]) -> list[Topic]:
    """The topics that go to the next agenda, in their order.

    Args:
        topics: of the earlier meeting.
        there: the titles on the later agenda already.
    """
    known = {title.casefold() for title in there}
    return [topic for topic in topics if goes_on(topic) and topic.title.casefold() not in known]
