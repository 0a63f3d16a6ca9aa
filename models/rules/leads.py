"""Lead school, cluster leads and subject leaders (R-CLU-2 to R-CLU-6, R-CLU-12).

A secondary is never required: no rule here asks for one (R-CLU-6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from models.errors import BadInput
from models.formats import count, date_range, listed, long_date, share
from models.rules.scheme import Scheme
from models.rules.schools import SchoolFact
from models.rules.spells import covers, day_after, day_before
from models.rules.verdict import About, Severity, Verdict, answered, refuse, warn
from models.values import replace
from models.words import Phase

LEADS_WANTED = (1, 2)  # one or two cluster leads (R-CLU-5)
PRIMARY_PHASES = frozenset({Phase.NURSERY, Phase.INFANT, Phase.JUNIOR, Phase.PRIMARY})
ASK_PHASES = frozenset({Phase.MIDDLE, Phase.ALL_THROUGH, Phase.SPECIAL, Phase.NOT_APPLICABLE})


class LeadSpell(Struct, frozen=True):
    """A school's dated spell as lead school; `ends_on` inclusive, None while it leads. id 0: not saved."""

    school_id: int
    school: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    id: int = 0

    @property
    def about(self) -> About:
        return About("lead_spell", self.id)


def lead_on(spells: Iterable[LeadSpell], day: dt.date) -> LeadSpell | None:
    """The lead school on a day (R-CLU-2)."""
    return next((spell for spell in spells if covers(spell.starts_on, spell.ends_on, day)), None)


def change_lead(
    spells: Iterable[LeadSpell], school_id: int, school: str, from_day: dt.date
) -> tuple[LeadSpell, ...]:
    """The spells after a school takes the lead from a day on: the old spell ends the day before (R-CLU-2).

    A change on the very day on which the present lead started replaces that lead.

    Raises:
        BadInput: the day is before the present lead started, or the school leads already.
    """
    kept = sorted(spells, key=lambda spell: spell.starts_on)
    if not kept:
        return (LeadSpell(school_id, school, from_day),)
    present = kept[-1]
    if from_day < present.starts_on:
        raise BadInput(
            f"{present.school} leads from {long_date(present.starts_on)}: "
            f"a change cannot start before that, so enter a later date than {long_date(from_day)}.",
            "starts_on",
        )
    if present.school_id == school_id and present.ends_on is None:
        raise BadInput(f"{school} is the lead school already: choose another school.", "school_id")
    following = LeadSpell(school_id, school, from_day)
    if from_day == present.starts_on:
        return (*kept[:-1], replace(following, id=present.id))
    return (*kept[:-1], replace(present, ends_on=day_before(from_day)), following)


def lead_verdicts(spells: Iterable[LeadSpell], first: dt.date, last: dt.date) -> tuple[Verdict, ...]:
    """Days of a period with no lead school or with two (R-CLU-2)."""
    found = []
    covered_to = day_before(first)
    before: LeadSpell | None = None
    for spell in sorted(spells, key=lambda spell: (spell.starts_on, spell.id)):
        if spell.starts_on > last or (spell.ends_on is not None and spell.ends_on < first):
            continue
        start = max(spell.starts_on, first)
        end = last if spell.ends_on is None else min(spell.ends_on, last)
        if start > day_after(covered_to):
            found.append(_no_lead(day_after(covered_to), day_before(start)))
        elif before is not None and start <= covered_to:
            days = _days(start, min(covered_to, end))
            text = f"Two lead schools {days}, {before.school} and {spell.school}: end one before the other."
            found.append(refuse("R-CLU-2", text, spell.about))
        if end > covered_to:
            covered_to, before = end, spell
    if covered_to < last:
        found.append(_no_lead(day_after(covered_to), last))
    return tuple(found)


def _days(first: dt.date, last: dt.date) -> str:
    """`on 4 November 2024`; `from 4 to 15 November 2024`."""
    return f"{'on' if first == last else 'from'} {date_range(first, last)}"


def _no_lead(first: dt.date, last: dt.date) -> Verdict:
    text = f"No lead school {_days(first, last)}: enter the school that held the funds."
    return warn("R-CLU-2", text)  # missing, not contradictory: a book is filled in bit by bit


def phase_verdict(school: SchoolFact, scheme: Scheme, *, as_lead: bool) -> Verdict | None:
    """Whether a school's phase fits its part in the cluster (R-CLU-3, R-CLU-4).

    Every phase may be a member. A phase that leaves the pupils' ages open is asked about, never refused.
    """
    if not as_lead:
        if school.phase in {Phase.NOT_APPLICABLE, Phase.ALL_THROUGH}:
            text = (
                f"{school.name} has the phase “{school.phase.label}”: enter the ages it teaches, so that the "
                "pupils aged 3 to 11 can be counted."
            )
            return Verdict("R-CLU-4", Severity.INFO, text, school.about)
        return None
    if scheme.lead_phase_policy == "any" or school.phase in PRIMARY_PHASES:
        return None
    if school.phase in ASK_PHASES:
        text = (
            f"{school.name} has the phase “{school.phase.label}”: clusters are led by a primary school, "
            "so check that it teaches primary pupils."
        )
        return warn("R-CLU-4", text, school.about)
    text = (
        f"{school.name} has the phase “{school.phase.label}” and cannot be the lead school: choose a primary "
        "school, or change who may lead in the scheme settings."
    )
    return answered(scheme.response("lead_phase_policy"), "R-CLU-3", text, school.about)


class LeadPerson(Struct, frozen=True):
    """A cluster lead of the day; school_id None: from no school."""

    person_id: int
    name: str
    school_id: int | None


def cluster_lead_verdicts(leads: Sequence[LeadPerson], member_ids: Collection[int]) -> tuple[Verdict, ...]:
    """One or two cluster leads, each from a member school, not needfully the lead school (R-CLU-5)."""
    fewest, most = LEADS_WANTED
    found = []
    if len(leads) < fewest:
        found.append(warn("R-CLU-5", "No cluster lead is entered: give one or two teachers that role."))
    if len(leads) > most:
        names = listed([lead.name for lead in leads])
        text = f"{count(len(leads), 'cluster lead')} ({names}): a cluster has one or two, so end a role."
        found.append(warn("R-CLU-5", text))
    found += [
        warn(
            "R-CLU-5",
            f"{lead.name} leads the cluster but is not from a member school: "
            "cluster leads are teachers of the cluster’s schools.",
            About("person", lead.person_id),
        )
        for lead in leads
        if lead.school_id not in member_ids
    ]
    return tuple(found)


class SslSpell(Struct, frozen=True):
    """A person's dated spell as a school's science subject leader (SSL)."""

    school_id: int
    person_id: int
    starts_on: dt.date
    ends_on: dt.date | None = None
    handover_note: str = ""


class SslChanges(Struct, frozen=True):
    """How many of the schools changed their SSL in a period, by school id (R-CLU-12)."""

    changed_ids: frozenset[int]
    schools: int

    @property
    def text(self) -> str:
        """`2 of 7 (29%)`."""
        return share(len(self.changed_ids), self.schools)


def ssl_changes(
    spells: Iterable[SslSpell], member_ids: Collection[int], first: dt.date, last: dt.date
) -> SslChanges:
    """The members whose SSL changed in a period (R-CLU-12).

    A change is another person starting after an earlier one: a school's first SSL is none, and two
    changes in one school are one school that changed.
    """
    known = list(spells)
    changed = frozenset(
        spell.school_id
        for spell in known
        if spell.school_id in member_ids
        and first <= spell.starts_on <= last
        and any(
            before.school_id == spell.school_id
            and before.person_id != spell.person_id
            and before.starts_on < spell.starts_on
            for before in known
        )
    )
    return SslChanges(changed, len(set(member_ids)))


def ssl_on(spells: Iterable[SslSpell], school_id: int, day: dt.date) -> SslSpell | None:
    """A school's SSL on a day, the latest to start if two are entered; None: not entered."""
    running = [
        spell
        for spell in spells
        if spell.school_id == school_id and covers(spell.starts_on, spell.ends_on, day)
    ]
    return max(running, key=lambda spell: spell.starts_on, default=None)
