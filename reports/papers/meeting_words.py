"""What the three papers of a meeting say alike: when, where, for what."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED
from models.queries.meeting_detail import MeetingDetail, invited_words
from reports.kit import Kit, Text
from reports.papers.common import lines

FIRST = 84.0
"""Points of the names of facts at scale 1."""


def what_and_where(
    kit: Kit, meeting: MeetingDetail, *, fully: bool = False, state: str = "", regrets: Sequence[str] = ()
) -> Flowable:
    """When and where a meeting is; `fully`: what it is for and who is asked too.

    Args:
        kit: what it is set with.
        meeting: the meeting.
        fully: the long form.
        state: how far its minutes are; "" leaves that out.
        regrets: who to tell that one cannot come, a line each.
    """
    place: list[str] = [meeting.place]
    if meeting.link and fully:
        place.append(meeting.link)
    pairs: list[tuple[Text, Text]] = [("When", meeting.when), ("Where", ", ".join(place))]
    if fully:
        pairs += [("Asked", invited_words(meeting)), ("Purpose", meeting.purpose or NOT_ENTERED)]
        if meeting.serves:
            pairs.append(("Serves", "\n".join(meeting.serves)))
        if meeting.cpd:
            pairs.append(("CPD", "; ".join(one.title for one in meeting.cpd)))
    if regrets:
        pairs.append(("Apologies to", lines(regrets)))
    if state:
        pairs.append(("Minutes", state))
    return kit.facts(pairs, first=FIRST, width=kit.width)
