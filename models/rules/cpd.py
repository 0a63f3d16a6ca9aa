"""What the pot and the schools pay a CPD provider, to the penny, and what that is a head (R-CPD-1 to 7).

Amounts are whole pence; fee and VAT are split apart, so that both add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from models.formats import prose_pounds
from models.rules.scheme import Scheme
from models.rules.split import portion, split_by
from models.rules.verdict import About, Verdict, answered, warn
from models.words import ExcessSplit, ProviderKind, VatRecovery

_SPLITS = {word.value: word for word in ExcessSplit}


class CpdFact(Struct, frozen=True):
    """One booking of a provider.

    Attributes:
        fee_p: the whole fee before VAT.
        vat_p: VAT on it as invoiced; passed over if the provider is not registered (R-CPD-5).
        sessions: sessions the fee is for; the limit holds for each (R-CPD-4, D8).
        excess_split: how the excess is shared, where it differs from the scheme.
    """

    id: int
    code: str
    fee_p: int
    vat_p: int = 0
    vat_registered: bool = False
    sessions: int = 1
    provider: str = ""
    provider_kind: ProviderKind = ProviderKind.NON_FELLOW
    excess_split: ExcessSplit | None = None

    @property
    def about(self) -> About:
        """The record, for verdicts."""
        return About("cpd_session", self.id)

    @property
    def charged_vat_p(self) -> int:
        """VAT that is really charged."""
        return self.vat_p if self.vat_registered else 0


class Sharer(Struct, frozen=True):
    """A school active on the day, which may share the excess. `roll` None: not known."""

    school_id: int
    school_name: str
    attended: bool = True
    roll: int | None = None


class Share(Struct, frozen=True):
    """One school's part of the excess, in pence: net and VAT."""

    school_id: int
    school_name: str
    net_p: int
    vat_p: int

    @property
    def gross_p(self) -> int:
        return self.net_p + self.vat_p


class CpdSplit(Struct, frozen=True):
    """Who pays what of one booking, in pence. Pot and excess add up to fee and VAT, shares to the excess.

    Attributes:
        cap_p: the most the pot pays before VAT; None: no limit for this provider (R-CPD-6).
        how: how the excess was shared.
        shares: by school, in the order of the alphabet; empty without excess or without schools.
        notes: sentences for the preview and the pack.
    """

    pot_net_p: int
    pot_vat_p: int
    excess_net_p: int
    excess_vat_p: int
    cap_p: int | None
    how: ExcessSplit
    shares: tuple[Share, ...]
    notes: tuple[str, ...]

    @property
    def fee_p(self) -> int:
        return self.pot_net_p + self.excess_net_p

    @property
    def vat_p(self) -> int:
        return self.pot_vat_p + self.excess_vat_p

    @property
    def pot_p(self) -> int:
        return self.pot_net_p + self.pot_vat_p

    @property
    def excess_p(self) -> int:
        return self.excess_net_p + self.excess_vat_p


def usual_vat(fee_p: int, scheme: Scheme, *, registered: bool) -> int:
    """VAT at the scheme's rate, for a form to propose; nothing from a provider not registered (R-CPD-5)."""
    return portion(fee_p, scheme.vat_rate, 100) if registered else 0


def cap_for(fact: CpdFact, scheme: Scheme) -> int | None:
    """The most the pot pays of a booking before VAT, in pence; None: no limit (R-CPD-1, 4, 6, D7)."""
    if fact.provider_kind is ProviderKind.FELLOW and not scheme.cap_applies_to_fellow:
        return None
    return scheme.cpd_cap * fact.sessions


def split_fee(fact: CpdFact, schools: Iterable[Sharer], scheme: Scheme) -> CpdSplit:
    """Who pays what: the pot up to the limit with its VAT, the schools the rest with theirs (R-CPD-1 to 6).

    Args:
        fact: the booking; it may still be half typed.
        schools: every school active on the day.
        scheme: of the day.
    """
    cap = cap_for(fact, scheme)
    pot_net = fact.fee_p if cap is None else min(fact.fee_p, cap)
    vat = fact.charged_vat_p
    excess_net = fact.fee_p - pot_net
    pot_vat = portion(vat, pot_net, fact.fee_p) if excess_net else vat
    excess_vat = vat - pot_vat
    wanted = fact.excess_split or _SPLITS[scheme.excess_split]
    how, weights, notes = _weights(wanted, list(schools))
    shares: tuple[Share, ...] = ()
    if excess_net > 0 and weights:
        shares = tuple(
            Share(school.school_id, school.school_name, net, school_vat)
            for (school, _), net, school_vat in zip(
                weights,
                split_by(excess_net, [weight for _, weight in weights]),
                split_by(excess_vat, [weight for _, weight in weights]),
                strict=True,
            )
        )
    return CpdSplit(
        pot_net_p=pot_net,
        pot_vat_p=pot_vat,
        excess_net_p=excess_net,
        excess_vat_p=excess_vat,
        cap_p=cap,
        how=how,
        shares=shares,
        notes=tuple(notes) if excess_net > 0 else (),
    )


def _weights(
    wanted: ExcessSplit, schools: list[Sharer]
) -> tuple[ExcessSplit, list[tuple[Sharer, int]], list[str]]:
    """The schools that share, by the alphabet, each with its weight (R-CPD-3, D9).

    All share equally where nobody came, or where a number on roll is missing.
    """
    ordered = sorted(schools, key=lambda one: (one.school_name.casefold(), one.school_id))
    equally = [(school, 1) for school in ordered]
    if wanted is ExcessSplit.ATTENDING:
        came = [(school, 1) for school in ordered if school.attended]
        if came:
            return wanted, came, []
        return ExcessSplit.EQUAL, equally, ["No school is marked as having attended: all share equally."]
    if wanted is ExcessSplit.BY_ROLL:
        unknown = [school.school_name for school in ordered if not school.roll]
        if not unknown:
            return wanted, [(school, school.roll or 0) for school in ordered], []
        note = f"The number on roll of {unknown[0]} is not entered: all schools share equally."
        return ExcessSplit.EQUAL, equally, [note]
    return ExcessSplit.EQUAL, equally, []


def cpd_verdicts(fact: CpdFact, split: CpdSplit, scheme: Scheme) -> list[Verdict]:
    """What the money rules say about one booking (R-CPD-1, 3, 5)."""
    found: list[Verdict | None] = []
    if split.excess_net_p > 0:
        vat = f" and {prose_pounds(split.excess_vat_p)} VAT" if split.excess_vat_p else ""
        text = (
            f"{fact.code}: the fee of {prose_pounds(fact.fee_p)} is over the limit of "
            f"{prose_pounds(split.cap_p)}; the schools pay {prose_pounds(split.excess_net_p)}{vat}: "
            "make sure that they know."
        )
        found.append(answered(scheme.response("cpd_cap"), "R-CPD-1", text, fact.about))
        if not split.shares:
            text = (
                f"{fact.code}: there is no school to share the {prose_pounds(split.excess_p)} over the limit."
            )
            found.append(warn("R-CPD-3", text, fact.about))
        found += [warn("R-CPD-3", f"{fact.code}: {note}", fact.about) for note in split.notes]
    if fact.vat_p > 0 and not fact.vat_registered:
        text = (
            f"{fact.code}: {fact.provider or 'the provider'} does not charge VAT, but "
            f"{prose_pounds(fact.vat_p)} is entered; it is not counted: correct one of the two."
        )
        found.append(warn("R-CPD-5", text, fact.about))
    return [verdict for verdict in found if verdict is not None]


class CpdCost(Struct, frozen=True):
    """What bookings cost, in pence: net, and the VAT that nobody gets back (R-CPD-7)."""

    net_p: int
    lost_vat_p: int

    @property
    def cost_p(self) -> int:
        return self.net_p + self.lost_vat_p

    def per_person(self, people: int) -> int | None:
        """Cost for each person, half up; None, “not available”, for nobody."""
        return portion(self.cost_p, 1, people) if people > 0 else None

    def per_person_words(self, people: int) -> str:
        """`£50`, or “not available” where nobody came."""
        each = self.per_person(people)
        return "not available" if each is None else prose_pounds(each)


def cpd_cost(
    splits: Iterable[CpdSplit], lead_recovers: VatRecovery, recovery: Mapping[int, VatRecovery]
) -> CpdCost:
    """The cost to pot and schools, net of the VAT each gets back (R-CPD-7).

    Args:
        splits: of the bookings.
        lead_recovers: whether the lead school, which pays for the pot, gets VAT back. “Ask” counts as no.
        recovery: the same by school id; a school not in it counts as “ask”.
    """
    net = lost = 0
    for split in splits:
        net += split.fee_p
        if lead_recovers is not VatRecovery.YES:
            lost += split.pot_vat_p
        kept = sum(share.vat_p for share in split.shares if recovery.get(share.school_id) is VatRecovery.YES)
        lost += split.excess_vat_p - kept
    return CpdCost(net, lost)
