"""Who would pay what of a CPD session, to the penny, while its form is being filled in (R-CPD-1 to 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from msgspec import Struct
from sqlmodel import Session

from models.formats import count, prose_pounds
from models.queries.book import Book
from models.rules.cpd import CpdFact, CpdSplit, Sharer, cpd_verdicts, split_fee, usual_vat
from models.words import ExcessSplit, ProviderKind

UNNAMED = "This session"


class CpdPreview(Struct, frozen=True):
    """The split of a fee as it is typed. Amounts are pence.

    Attributes:
        split: who pays what; pot and excess add up to the fee and its VAT, the shares to the excess.
        vat_p: the VAT it was worked out with.
        usual_vat_p: VAT at the scheme's rate, for the form to propose.
        words: the split in one sentence.
        notes: what the rules say, a sentence each.
    """

    split: CpdSplit
    vat_p: int
    usual_vat_p: int
    words: str
    notes: tuple[str, ...]


def cpd_preview(  # noqa: PLR0913, PLR0917 (they are the fields of the form)
    session: Session,
    fee_p: int,
    vat_p: int | None,
    sessions: int,
    provider_kind: ProviderKind,
    vat_registered: bool,
    split: ExcessSplit | None,
    schools: Collection[int] | None,
    on: dt.date | None = None,
) -> CpdPreview:
    """Who would pay what, by the scheme and the members of a day.

    Args:
        session: of the reading.
        fee_p: the whole fee before VAT.
        vat_p: VAT as invoiced; None: at the scheme's rate.
        sessions: how many sessions the fee is for (R-CPD-4).
        provider_kind: a College Fellow, or not (R-CPD-6).
        vat_registered: whether the provider charges VAT (R-CPD-5).
        split: how the excess is shared; None: as the scheme says.
        schools: ids of the schools that come; None: nobody is marked yet.
        on: the day of the session; None: today.

    Returns:
        The split, in figures and in words.
    """
    book = Book(session)
    day = on or book.today()
    scheme = book.scheme(day)
    usual = usual_vat(fee_p, scheme, registered=vat_registered)
    fact = CpdFact(
        id=0,
        code=UNNAMED,
        fee_p=fee_p,
        vat_p=usual if vat_p is None else vat_p,
        vat_registered=vat_registered,
        sessions=sessions,
        provider_kind=provider_kind,
        excess_split=split,
    )
    came = set(schools or ())
    sharers = [
        Sharer(one.school_id, one.school, one.school_id in came, book.schools[one.school_id].number_on_roll)
        for one in book.members(day)
    ]
    found = split_fee(fact, sharers, scheme)
    return CpdPreview(
        split=found,
        vat_p=fact.charged_vat_p,
        usual_vat_p=usual,
        words=split_words(found),
        notes=tuple(one.text for one in cpd_verdicts(fact, found, scheme)),
    )


def split_words(split: CpdSplit) -> str:
    """The split as a sentence: `The pot pays £480; 7 schools share £180, £25.72 or £25.71 each.`."""
    if not split.fee_p and not split.vat_p:
        return "There is no fee to pay."
    pot = f"The pot pays {prose_pounds(split.pot_p)}"
    if not split.excess_p:
        return f"{pot}, the whole fee{' and its VAT' if split.vat_p else ''}."
    if not split.shares:
        return f"{pot}; {prose_pounds(split.excess_p)} is over the limit, with no school to share it."
    return f"{pot}; {_shares_words(split)}."


def _shares_words(split: CpdSplit) -> str:
    """`7 schools share £180, from £25.70 to £25.72 each`; one school is named."""
    each = sorted({share.gross_p for share in split.shares}, reverse=True)
    amounts = [prose_pounds(amount) for amount in each]
    if len(split.shares) == 1:
        return f"{split.shares[0].school_name} pays {amounts[0]}"
    start = f"{count(len(split.shares), 'school')} share {prose_pounds(split.excess_p)}"
    if len(each) == 1:
        return f"{start}, {amounts[0]} each"
    if len(each) == 2 and each[0] - each[1] <= 2:  # a penny of the net, a penny of the VAT
        return f"{start}, {amounts[0]} or {amounts[1]} each"
    return f"{start}, from {amounts[-1]} to {amounts[0]} each"
