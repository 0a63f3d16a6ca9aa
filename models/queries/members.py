"""Who is in the cluster, and whether it is stable (R-CLU-1 to R-CLU-12, R-IMP-9, pack parts 1 and 3)."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from models.calendar import year_bounds
from models.queries.book import Book, remembered
from models.rules.agreement import AgreementFact, stage_label
from models.rules.cluster import MembershipFact
from models.rules.leads import SslChanges, ssl_changes
from models.words import Phase, RoleKind


class Profile(Struct, frozen=True):
    """What the cover says: which cluster, which year, who answers for it (pack part 1)."""

    name: str
    programme: str
    sponsor: str
    vision: str
    year: int
    data_to: dt.date
    stage: str
    agreement: AgreementFact | None
    lead_school: str
    leads: tuple[str, ...]
    advisor: str
    steering_chair: str
    sample: bool


class MemberLine(Struct, frozen=True):
    """One school of the year; `roll` None is not entered."""

    membership: MembershipFact
    short_name: str
    phase: Phase
    roll: int | None
    ssl: str
    ssl_changed: bool
    is_lead: bool
    joined_in_year: bool
    left_in_year: bool
    replaces: str


class Members(Struct, frozen=True):
    """The schools of a year; `now` are those in membership on its last day counted."""

    year: int
    data_to: dt.date
    lines: tuple[MemberLine, ...]
    now: int
    reach: int | None
    reach_unknown: int
    ages: tuple[int, int] | None
    changes: SslChanges

    @property
    def joined(self) -> tuple[MemberLine, ...]:
        return tuple(line for line in self.lines if line.joined_in_year)

    @property
    def left(self) -> tuple[MemberLine, ...]:
        return tuple(line for line in self.lines if line.left_in_year)


def profile(book: Book, year: int, data_to: dt.date) -> Profile:
    """The cover's facts; what nobody entered is ""."""
    cluster, agreement, lead = book.cluster, book.agreement(data_to), book.lead_school(data_to)

    def names(kind: RoleKind) -> tuple[str, ...]:
        return tuple(book.person_name(role.person_id) for role in book.in_role(kind, data_to))

    return Profile(
        name=cluster.name if cluster else "",
        programme=cluster.programme_name if cluster else "",
        sponsor=cluster.sponsor_name if cluster else "",
        vision=cluster.vision if cluster else "",
        year=year,
        data_to=data_to,
        stage=stage_label(agreement.stage, agreement.stage_label) if agreement else "",
        agreement=agreement,
        lead_school=lead.school if lead else "",
        leads=names(RoleKind.CLUSTER_LEAD),
        advisor=", ".join(names(RoleKind.ADVISOR)),
        steering_chair=", ".join(names(RoleKind.STEERING_CHAIR)),
        sample=bool(cluster and cluster.sample_today),
    )


@remembered
def members(book: Book, year: int, data_to: dt.date) -> Members:
    """The schools of a school year up to `data_to`, by name (pack part 3)."""
    first, last = year_bounds(year)
    until = min(last, data_to)
    spells = book.members_of_year(year, until)
    on_last_day = book.members(until)
    lead = book.lead_school(until)
    started = min((one.starts_on for one in book.agreements), default=first)
    changes = ssl_changes(book.ssl_spells(until), [one.school_id for one in spells], first, until)
    lines = []
    for spell in spells:
        row = book.school_rows[spell.school_id]
        end = min(until, spell.left_on or until)
        lines.append(
            MemberLine(
                membership=spell,
                short_name=row.short_name or row.name,
                phase=row.phase,
                roll=row.number_on_roll,
                ssl=book.ssl_name(spell.school_id, end),
                ssl_changed=spell.school_id in changes.changed_ids,
                is_lead=bool(lead and lead.school_id == spell.school_id),
                joined_in_year=spell.joined_on >= first and spell.joined_on > started,
                left_in_year=spell.left_in(first, until, last),
                replaces=book.school_name(spell.replaces_id),
            )
        )
    rolls = [book.school_rows[one.school_id].number_on_roll for one in on_last_day]
    known = [roll for roll in rolls if roll is not None]
    schools = [book.school_rows[one.school_id] for one in on_last_day]
    low = [row.low_age for row in schools if row.low_age is not None]
    high = [row.high_age for row in schools if row.high_age is not None]
    return Members(
        year=year,
        data_to=data_to,
        lines=tuple(lines),
        now=len(on_last_day),
        reach=sum(known) if known else None,
        reach_unknown=len(rolls) - len(known),
        ages=(min(low), max(high)) if low and high else None,
        changes=changes,
    )
