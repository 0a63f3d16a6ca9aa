"""Sharing whole pence so that the shares add up to the penny (R-CPD-3, note 1)."""

from __future__ import annotations

from collections.abc import Sequence


def split_equally(total_p: int, parts: int) -> list[int]:
    """`total_p` pence in `parts` shares: each the quotient, the first so many a penny more.

    15,000p in 7 is six times 2,143p and once 2,142p. No parts: no shares.
    """
    return split_by(total_p, [1] * parts)


def split_by(total_p: int, weights: Sequence[int]) -> list[int]:
    """`total_p` pence in proportion to `weights`, in their order.

    Every share is rounded down, and the pence left over go one each to the shares that lost most by it,
    the earlier first where they lost the same. A negative total is shared like a positive one.

    Raises:
        ValueError: a weight is negative, or all are zero.
    """
    if not weights:
        return []
    whole = sum(weights)
    if min(weights) < 0 or whole == 0:
        raise ValueError("weights must not be negative, and one must be more than zero")
    sign, amount = (-1, -total_p) if total_p < 0 else (1, total_p)
    shares = [amount * weight // whole for weight in weights]
    lost = [amount * weight % whole for weight in weights]
    neediest = sorted(range(len(weights)), key=lambda place: (-lost[place], place))
    for place in neediest[: amount - sum(shares)]:
        shares[place] += 1
    return [sign * share for share in shares]


def portion(total_p: int, part: int, whole: int) -> int:
    """`total_p` × `part` / `whole` in whole pence, half up; 0 of nothing. Not for negative amounts."""
    return 0 if whole == 0 else (2 * total_p * part + whole) // (2 * whole)
