"""What every paper says of its cluster: whose it is, of which day, and whom to ask."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models.queries.book import Book
from models.words import RoleKind


class Contact(Struct, frozen=True):
    """Somebody to ask: the work contact, "" where it is not entered."""

    name: str
    email: str
    phone: str


class PaperHead(Struct, frozen=True):
    """The cluster on the day of asking.

    Attributes:
        cluster: its name, "" if that is not entered.
        sample: a book of invented data.
        today: the day.
        schools: how many are members.
        lead_school: the one that holds the money and, mostly, the kits; "" if not entered.
        leads: the cluster leads.
    """

    cluster: str
    sample: bool
    today: dt.date
    schools: int
    lead_school: str
    leads: tuple[Contact, ...]


def paper_head(book: Book, today: dt.date) -> PaperHead:
    """The cluster as its papers name it on a day."""
    cluster, lead = book.cluster, book.lead_school(today)
    people = [book.people[role.person_id] for role in book.in_role(RoleKind.CLUSTER_LEAD, today)]
    return PaperHead(
        cluster=cluster.name if cluster else "",
        sample=bool(cluster and cluster.sample_today),
        today=today,
        schools=len(book.members(today)),
        lead_school=lead.school if lead else "",
        leads=tuple(Contact(one.name, one.email, one.phone) for one in people),
    )
