"""The resource bank: Trust resources, owners, trials, adoption, tags and wishes (R-RES-1 to R-RES-9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from models.errors import BadInput
from models.formats import NOT_ENTERED, count, listed, prose_pounds
from models.rules.scheme import Scheme
from models.rules.verdict import About, Verdict, answered, warn
from models.words import (
    AdoptionLevel,
    OwnerKind,
    ResourceKind,
    ResourceLife,
    TagKind,
    TrialVerdict,
)  # fmt: skip

NEXT_LIFE = {
    ResourceLife.IDEA: frozenset({ResourceLife.ON_TRIAL, ResourceLife.ADOPTED, ResourceLife.DROPPED}),
    ResourceLife.ON_TRIAL: frozenset({ResourceLife.ADOPTED, ResourceLife.DROPPED}),
    ResourceLife.ADOPTED: frozenset({ResourceLife.SHARED, ResourceLife.DROPPED}),
    ResourceLife.SHARED: frozenset({ResourceLife.DROPPED}),
    ResourceLife.DROPPED: frozenset({ResourceLife.IDEA, ResourceLife.ON_TRIAL}),
}


class Tag(Struct, frozen=True):
    """A tag of a resource, such as year group Y3."""

    kind: TagKind
    value: str


class ResourceFact(Struct, frozen=True):
    """A thing that is shared. `owner_name`: the owning school or the lender."""

    id: int
    name: str
    kind: ResourceKind = ResourceKind.ITEM
    owner: OwnerKind = OwnerKind.CLUSTER
    owner_school_id: int | None = None
    owner_name: str = ""
    life: ResourceLife = ResourceLife.SHARED
    dropped_reason: str = ""
    minutes: int | None = None
    code: str = ""
    tags: frozenset[Tag] = frozenset()

    @property
    def about(self) -> About:
        return About("resource", self.id)


class TrustRequestFact(Struct, frozen=True):
    """A free Trust resource asked for a school."""

    id: int
    name: str
    school_id: int
    school: str
    copies: int = 1
    received_on: dt.date | None = None


class TrustSupply(Struct, frozen=True):
    """A Trust resource for some schools, paid from the Trust's central funds (R-RES-1)."""

    name: str
    schools: int
    received: int
    pot_p: int = 0
    schools_p: int = 0

    @property
    def text(self) -> str:
        """`I can explain: asked for by 7 schools, received by 5; £0 to each`."""
        each = prose_pounds(self.pot_p + self.schools_p)
        got = "none yet" if not self.received else f"{self.received:,}"
        return f"{self.name}: asked for by {count(self.schools, 'school')}, received by {got}; {each} to each"


def trust_supplies(requests: Iterable[TrustRequestFact]) -> tuple[TrustSupply, ...]:
    """The Trust resources by name, at £0 to pot and schools (R-RES-1). Received: by schools that have it."""
    by_name: dict[str, list[TrustRequestFact]] = {}
    for request in requests:
        by_name.setdefault(request.name, []).append(request)
    return tuple(
        TrustSupply(
            name,
            schools=len({request.school_id for request in asked}),
            received=len({request.school_id for request in asked if request.received_on is not None}),
        )
        for name, asked in sorted(by_name.items(), key=lambda pair: pair[0].casefold())
    )


def trust_verdicts(requests: Iterable[TrustRequestFact], scheme: Scheme) -> tuple[Verdict, ...]:
    """More free copies for a school than the Trust gives; further ones are bought (R-RES-1, D23)."""
    asked: dict[tuple[str, int], list[TrustRequestFact]] = {}
    for request in requests:
        asked.setdefault((request.name.casefold(), request.school_id), []).append(request)
    found = []
    for group in asked.values():
        copies = sum(request.copies for request in group)
        if copies <= scheme.trust_copies:
            continue
        last = group[-1]
        text = (
            f"{last.school} asked for {copies} of “{last.name}”: the Trust gives {scheme.trust_copies} "
            "to a school, so further copies are bought by the cluster or the school."
        )
        verdict = answered(scheme.response("trust_copies"), "R-RES-1", text, About("trust_request", last.id))
        if verdict is not None:
            found.append(verdict)
    return tuple(found)


class ExtraCopy(Struct, frozen=True):
    """A copy that was bought: its owner and who pays, in pence (R-RES-2)."""

    owner: OwnerKind
    owner_school_id: int | None
    pot_p: int
    school_p: int


def buy_copy(buyer: OwnerKind, school_id: int | None, price_p: int) -> ExtraCopy:
    """An additional copy: the cluster's is paid by the pot, a school's own by the school (R-RES-2).

    Raises:
        BadInput: the buyer is neither the cluster nor a school.
    """
    if buyer is OwnerKind.CLUSTER:
        return ExtraCopy(buyer, None, pot_p=price_p, school_p=0)
    if buyer is OwnerKind.SCHOOL and school_id is not None:
        return ExtraCopy(buyer, school_id, pot_p=0, school_p=price_p)
    raise BadInput("An additional copy is bought by the cluster or by a school: choose which.", "owner")


def owner_words(resource: ResourceFact) -> str:
    """Who owns a resource: the school or lender by name, else `Cluster` or `Trust`."""
    return resource.owner_name or resource.owner.label


def owner_verdict(resource: ResourceFact) -> Verdict | None:
    """A resource that does not say whose it is (R-RES-3)."""
    if resource.owner is OwnerKind.SCHOOL and resource.owner_school_id is None:
        missing = "which school owns it"
    elif resource.owner is OwnerKind.LENDER and not resource.owner_name.strip():
        missing = "who lends it"
    else:
        return None
    return warn("R-RES-3", f"“{resource.name}” does not say {missing}: enter the owner.", resource.about)


def leaver_returns(
    holdings: Mapping[int, int], resources: Iterable[ResourceFact], school_id: int
) -> tuple[ResourceFact, ...]:
    """What a leaving school holds and does not own, by name: the list to return (R-RES-3).

    Args:
        holdings: resource id to the id of the school that has it.
        resources: all resources.
        school_id: the school that leaves.
    """
    return tuple(
        sorted(
            (
                one
                for one in resources
                if holdings.get(one.id) == school_id
                and not (one.owner is OwnerKind.SCHOOL and one.owner_school_id == school_id)
            ),
            key=lambda one: (one.name.casefold(), one.id),
        )
    )


def may_become(now: ResourceLife, then: ResourceLife) -> bool:
    """Whether a resource may go from one stage of its life to another (R-RES-4)."""
    return then is now or then in NEXT_LIFE[now]


def lending_verdict(
    resource: ResourceFact, school_id: int, trial_school_ids: Collection[int] = ()
) -> Verdict | None:
    """A thing on trial or given up is not offered to other schools (R-RES-4)."""
    if resource.life is ResourceLife.ON_TRIAL and school_id not in trial_school_ids:
        text = f"“{resource.name}” is on trial: wait for its finding before lending it to another school."
    elif resource.life is ResourceLife.DROPPED:
        text = f"“{resource.name}” was dropped: take it up again before lending it."
    else:
        return None
    return warn("R-RES-4", text, resource.about)


class TrialFact(Struct, frozen=True):
    """A resource tried in a class."""

    id: int
    resource: str
    school: str
    starts_on: dt.date
    class_name: str = ""
    ends_on: dt.date | None = None
    verdict: TrialVerdict = TrialVerdict.RUNNING
    finding: str = ""


def trial_verdict(trial: TrialFact) -> Verdict | None:
    """A trial names its class, and once ended its last day and its finding (R-RES-4)."""
    over = trial.verdict is not TrialVerdict.RUNNING
    missing = [
        words
        for words, absent in (
            ("the class", not trial.class_name.strip()),
            ("its last day", over and trial.ends_on is None),
            ("what was found", over and not trial.finding.strip()),
        )
        if absent
    ]
    if not missing:
        return None
    text = f"The trial of “{trial.resource}” at {trial.school} does not give {listed(missing)}: enter it."
    return warn("R-RES-4", text, About("trial", trial.id))


def dropped_verdict(resource: ResourceFact) -> Verdict | None:
    """A dropped resource without its reason (R-RES-5)."""
    if resource.life is not ResourceLife.DROPPED or resource.dropped_reason.strip():
        return None
    text = f"“{resource.name}” was dropped: say why, so that other schools can learn from it."
    return warn("R-RES-5", text, resource.about)


def learning_line(resource: ResourceFact) -> str:
    """A dropped resource as something learnt: `Odd one out: too long for one lesson` (R-RES-5)."""
    return f"{resource.name}: {resource.dropped_reason.strip() or NOT_ENTERED}"


def starter_verdict(resource: ResourceFact, scheme: Scheme) -> Verdict | None:
    """A quick-enquiry starter without its minutes, or longer than a starter is (R-RES-6)."""
    if resource.kind is not ResourceKind.QUICK_ENQUIRY:
        return None
    if resource.minutes is None:
        text = f"“{resource.name}” does not say how long it takes: enter the minutes."
        return warn("R-RES-6", text, resource.about)
    if resource.minutes <= scheme.starter_minutes:
        return None
    text = (
        f"“{resource.name}” takes {resource.minutes} minutes: a quick-enquiry starter takes at most "
        f"{scheme.starter_minutes}, so shorten it or make it a plan."
    )
    return answered(scheme.response("starter_minutes"), "R-RES-6", text, resource.about)


class AdoptionFact(Struct, frozen=True):
    """A cell of the adoption matrix; `beyond_attendees`: also staff who did not attend."""

    resource_id: int
    school_id: int
    level: AdoptionLevel
    beyond_attendees: bool = False


class AdoptionSummary(Struct, frozen=True):
    """How many of the schools use one resource, and how far (R-RES-7)."""

    schools: int
    all_staff: int
    some_staff: int
    not_started: int
    beyond_attendees: int

    @property
    def not_entered(self) -> int:
        return self.schools - self.all_staff - self.some_staff - self.not_started

    @property
    def text(self) -> str:
        """`used by all`, or `all staff in 4 of 6 schools, some staff in 1`; what is missing is said."""
        if not self.schools or self.not_entered == self.schools:
            return NOT_ENTERED
        if self.all_staff == self.schools:
            return "used by all"
        parts = [f"all staff in {self.all_staff} of {count(self.schools, 'school')}"]
        if self.some_staff:
            parts.append(f"some staff in {self.some_staff}")
        if self.not_entered:
            parts.append(f"{NOT_ENTERED} for {self.not_entered}")
        return ", ".join(parts)


def adoption_summary(cells: Iterable[AdoptionFact], member_ids: Collection[int]) -> AdoptionSummary:
    """Count one resource's cells over the member schools; each school has at most one (R-RES-7)."""
    ours = [cell for cell in cells if cell.school_id in member_ids]
    levels = [cell.level for cell in ours]
    return AdoptionSummary(
        schools=len(set(member_ids)),
        all_staff=levels.count(AdoptionLevel.ALL),
        some_staff=levels.count(AdoptionLevel.SOME),
        not_started=levels.count(AdoptionLevel.NOT_STARTED),
        beyond_attendees=sum(cell.beyond_attendees for cell in ours),
    )


def tagged(resources: Iterable[ResourceFact], wanted: Collection[Tag]) -> tuple[ResourceFact, ...]:
    """The resources that carry a wanted tag of every kind asked for (R-RES-8).

    Tags of one kind are alternatives, kinds add up: Y3 or Y4, and Rocks.
    """
    kinds = {tag.kind for tag in wanted}
    asked = [{(tag.kind, tag.value.casefold()) for tag in wanted if tag.kind is kind} for kind in kinds]
    return tuple(
        one
        for one in resources
        if all(group & {(tag.kind, tag.value.casefold()) for tag in one.tags} for group in asked)
    )


class WantedFact(Struct, frozen=True):
    """Something basic that a school lacks; `filled_on` once it has it."""

    school_id: int
    school: str
    name: str
    quantity: int = 1
    filled_on: dt.date | None = None


class OrderLine(Struct, frozen=True):
    """A wish with the schools that share it, by name; a joint order when there are at least two."""

    name: str
    quantity: int
    schools: tuple[str, ...]

    @property
    def joint(self) -> bool:
        return len(self.schools) > 1

    @property
    def text(self) -> str:
        """`3 schools want thermometers (15 in all): joint order`."""
        want = f"{count(len(self.schools), 'school')} {'want' if self.joint else 'wants'} {self.name}"
        return f"{want} ({self.quantity} in all)" + (": joint order" if self.joint else "")


def wish_key(name: str) -> str:
    """What makes two wishes the same: “Thermometer” and “thermometers” are."""
    return " ".join(name.casefold().split()).removesuffix("s")


def joint_orders(wanted: Iterable[WantedFact]) -> tuple[OrderLine, ...]:
    """The open wishes drawn together, those of most schools first (R-RES-9); the first spelling is shown."""
    groups: dict[str, list[WantedFact]] = {}
    for wish in wanted:
        if wish.filled_on is None:
            groups.setdefault(wish_key(wish.name), []).append(wish)
    lines = [
        OrderLine(
            " ".join(group[0].name.split()),
            sum(wish.quantity for wish in group),
            tuple(sorted({wish.school for wish in group}, key=str.casefold)),
        )
        for group in groups.values()
    ]
    return tuple(sorted(lines, key=lambda line: (-len(line.schools), line.name.casefold())))
