"""Findings that say the same of several things, told once: 14 claims without an invoice are one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from models.rules.verdict import Severity, Verdict

COMMON = 0.5
"""The share of a sentence's words that two must have in common to be told as one."""
ENDS = ".,:;"
JOINING = {"and", "of", "the", "with"}
PAIRS = ("“”", "()")


class Gathered(Struct, frozen=True):
    """One sentence of a rule, and what else it is true of.

    Attributes:
        rule: the rule id.
        text: the first finding in full.
        others: the names that stand in its place in the others, in their order.
    """

    rule: str
    severity: Severity
    text: str
    others: tuple[str, ...] = ()

    @property
    def many(self) -> int:
        """How many findings it stands for."""
        return 1 + len(self.others)

    @property
    def also(self) -> str:
        """`The same for SC-0050 of Oakmantle School; …`; "" if it stands for one."""
        return f"The same for {'; '.join(self.others)}." if self.others else ""


def gathered(verdicts: Iterable[Verdict]) -> tuple[Gathered, ...]:
    """The findings rule by rule, in the order in which each rule first speaks."""
    rules: dict[tuple[str, Severity], list[Gathered]] = {}
    for one in verdicts:
        found = rules.setdefault((one.rule, one.severity), [])
        for at, before in enumerate(found):
            name = _differs(one.text, before.text)
            if name is not None:
                found[at] = Gathered(one.rule, one.severity, before.text, (*before.others, name))
                break
        else:
            found.append(Gathered(one.rule, one.severity, one.text))
    return tuple(line for lines in rules.values() for line in lines)


def _differs(text: str, first: str) -> str | None:
    """The words of a text that are not those of the first; None if too little is the same."""
    mine, other = text.split(), first.split()
    start = _same(mine, other)
    end = _same(mine[start:][::-1], other[start:][::-1])
    # a name is not cut: “Alder School” and “Birch School” differ in both words
    while start and _is_name(mine[start - 1]):
        start -= 1
    while end and (_is_name(mine[-end]) or _joins_names(mine[len(mine) - end :])):
        end -= 1
    # nor is what stands in brackets or quotation marks
    while end and any(_open(mine[start : len(mine) - end], pair) for pair in PAIRS):
        end -= 1
    if start + end < COMMON * len(mine) or start + end == len(mine):
        return None
    said = " ".join(mine[start : len(mine) - end]).rstrip(ENDS)
    return said[1:-1] if said[0] == "(" and said[-1] == ")" and said.count("(") == 1 else said


def _same(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words at the start are the same."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def _is_name(word: str) -> bool:
    """Part of a name, a code or a date."""
    first = word.lstrip("“‘(")[:1]
    return first.isupper() or first.isdigit()


def _joins_names(words: Sequence[str]) -> bool:
    """Does the first word go on with a name: “and” of “Saint Mark and All Angels”, “of” of “C of E”?"""
    return words[0] in JOINING and len(words) > 1 and _is_name(words[1])


def _open(words: Sequence[str], pair: str) -> bool:
    said = " ".join(words)
    return said.count(pair[0]) > said.count(pair[1])
