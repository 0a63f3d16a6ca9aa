"""Schools typed or pasted a line each, with their subject leaders: a new cluster entered in minutes."""

from __future__ import annotations

import re

from msgspec import Struct

from models.errors import BadInput
from models.gate import NAME_LIMIT
from models.rules.schools import clean_name, name_key

PARTS = re.compile(r"\s*\t+\s*|\s+[\u2013\u2014-]+\s+|\s*;\s*")
"""What may stand between a school and a person: a tab, a dash with spaces round it, a semicolon."""
SCHOOL_WORDS = re.compile(
    r"\b(school|schools|academy|academies|college|nursery|primary|infants?|juniors?|federation|campus)\b",
    re.IGNORECASE,
)
"""Words that no person's name ends in: “All Saints - Junior School” names no subject leader."""
BULLET = re.compile(r"^\s*(?:[-•*\u2013]|\d{1,2}[.)])\s+")


class Newcomer(Struct, frozen=True):
    """A school to enter, with the name of its science subject leader (SSL); "" if that is not known."""

    school: str
    ssl: str = ""


def newcomers(text: str) -> tuple[Newcomer, ...]:
    """The schools of a list, a line each: `Oakmere Primary School – Tess Arden`. Bullets and numbers go.

    Raises:
        BadInput: a school stands there twice, or a name is too long; the sentence names its line.
    """
    found: list[Newcomer] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        typed = BULLET.sub("", line).strip()
        if not typed:
            continue
        one = newcomer(typed)
        if len(one.school) > NAME_LIMIT or len(one.ssl) > NAME_LIMIT:
            raise BadInput(f"Line {number} is too long for a name: write one school a line.", "schools")
        first = seen.setdefault(name_key(one.school), number)
        if first != number:
            raise BadInput(
                f"{one.school} stands in line {first} and in line {number}: take one of them out.", "schools"
            )
        found.append(one)
    return tuple(found)


def newcomer(line: str) -> Newcomer:
    """A school and its subject leader from one line."""
    splits = list(PARTS.finditer(line))
    if splits:
        last = splits[-1]
        school, person = line[: last.start()], " ".join(line[last.end() :].split())
        if clean_name(school) and not SCHOOL_WORDS.search(person):
            return Newcomer(clean_name(school), person)
    return Newcomer(clean_name(line))
