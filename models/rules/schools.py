"""Schools as records: names, URNs and what GIAS says (R-CLU-13, R-DATA-5 to R-DATA-7, F5)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from models.errors import BadInput
from models.formats import long_date
from models.rules.verdict import About, Verdict, warn
from models.words import Phase, SchoolStatus

APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032\u0060\u00b4", "'"))
GIAS_PHASES = {
    "nursery": Phase.NURSERY,
    "primary": Phase.PRIMARY,
    "middle deemed primary": Phase.MIDDLE,
    "secondary": Phase.SECONDARY,
    "middle deemed secondary": Phase.MIDDLE,
    "all-through": Phase.ALL_THROUGH,
    "16 plus": Phase.POST_16,
}
INFANT_LAST_AGE = 8  # about 5 to 7 (F5.5)
JUNIOR_FIRST_AGE = 7  # about 7 to 11 (F5.5)


class SchoolFact(Struct, frozen=True):
    """A school as the rules see it.

    Attributes:
        predecessor_id: the school it was before it became an academy, if any (R-DATA-6).
        extra_support: private; only ever counted (R-CLU-15).
    """

    id: int
    name: str
    phase: Phase = Phase.PRIMARY
    urn: str = ""
    number_on_roll: int | None = None
    status: SchoolStatus = SchoolStatus.OPEN
    predecessor_id: int | None = None
    extra_support: bool = False

    @property
    def about(self) -> About:
        return About("school", self.id)


def clean_name(text: str) -> str:
    """A school's name without stray spaces or a trailing full stop (R-CLU-13).

    The full stop of an abbreviation stays: "Holy Cross C.E." keeps its last dot.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    bare = name.rstrip(". ")
    return name if "." in bare.rsplit(" ", 1)[-1] else bare


def name_key(text: str) -> str:
    """What two spellings of the same name have in common: case, apostrophes, full stops (R-CLU-13)."""
    plain = clean_name(text).translate(APOSTROPHES).replace(".", " ").casefold()
    return " ".join(plain.split())


def shown_name(typed: str, gias_name: str = "") -> str:
    """The name to print: as GIAS spells it when the URN is known, else as typed, cleaned (R-CLU-13)."""
    return gias_name.strip() or clean_name(typed)


def check_urn(text: str | int) -> str:
    """A URN as six digits (R-DATA-5).

    Raises:
        BadInput: it is not exactly six digits.
    """
    urn = str(text).strip()
    if re.fullmatch(r"\d{6}", urn, re.ASCII) is None:
        raise BadInput(f"“{urn}” is not a URN: write exactly six digits, such as 900001.", "urn")
    return urn


def check_urn_free(urn: str, school_id: int | None, schools: Iterable[SchoolFact]) -> None:
    """See that no other school has this URN; `school_id` is the school being saved (R-DATA-5).

    Raises:
        BadInput: another school has it; the sentence names it.
    """
    holder = next((school for school in schools if school.urn == urn and school.id != school_id), None)
    if urn and holder is not None:
        raise BadInput(f"URN {urn} already belongs to {holder.name}: check the number.", "urn")


def phase_from_gias(phase: str, low_age: int | None, high_age: int | None, kind: str = "") -> Phase:
    """Our phase for GIAS's words (F5.5): infant and junior come from the ages, special from the type.

    Unknown words give NOT_APPLICABLE, which is asked about and never refused (R-CLU-4).
    """
    if "special" in kind.casefold():
        return Phase.SPECIAL
    found = GIAS_PHASES.get(phase.strip().casefold(), Phase.NOT_APPLICABLE)
    if found is Phase.PRIMARY and high_age is not None and high_age <= INFANT_LAST_AGE:
        return Phase.INFANT
    if found is Phase.PRIMARY and low_age is not None and low_age >= JUNIOR_FIRST_AGE:
        return Phase.JUNIOR
    return found


def current_ids(schools: Iterable[SchoolFact]) -> dict[int, int]:
    """Every school's id to the id it has today: an academy conversion is one school (R-DATA-6).

    Raises:
        BadInput: a school is entered as its own predecessor, directly or by way of others.
    """
    known = list(schools)
    successor = {school.predecessor_id: school.id for school in known if school.predecessor_id is not None}
    latest = {}
    for school in known:
        last = school.id
        for _ in known:
            last = successor.get(last, last)
        if last in successor:
            raise BadInput(
                f"{school.name} is entered as its own predecessor: correct the link.", "predecessor_id"
            )
        latest[school.id] = last
    return latest


def records_of_one_school(schools: Iterable[SchoolFact]) -> tuple[tuple[int, ...], ...]:
    """The schools that have had more than one record, each as its ids, oldest first (R-DATA-6).

    A link that leads round in a ring, or that two schools share, says nothing and is passed over.
    """
    known = list(schools)
    links = Counter(school.predecessor_id for school in known)
    before = {school.id: school.predecessor_id for school in known if links[school.predecessor_id] == 1}
    lines = []
    for school in known:
        line = [school.id]
        while (earlier := before.get(line[0])) is not None and earlier not in line:
            line.insert(0, earlier)
        if not links[school.id] and len(line) > 1:
            lines.append(tuple(line))
    return tuple(lines)


def closed_verdicts(schools: Iterable[SchoolFact], member_ids: Collection[int]) -> tuple[Verdict, ...]:
    """Warn of a member that GIAS calls closed and that no school follows yet (R-DATA-6)."""
    known = list(schools)
    followed = {school.predecessor_id for school in known}
    return tuple(
        warn(
            "R-DATA-6",
            f"{school.name} is closed in GIAS: if it became an academy, "
            "add the new school with its new URN and link the two.",
            school.about,
        )
        for school in known
        if school.status is SchoolStatus.CLOSED and school.id in member_ids and school.id not in followed
    )


class GiasSchool(Struct, frozen=True):
    """What we take of a school from GIAS, and what we hold of it. "" or None: not given.

    Field names are those of the school record, so that a change can be written back by name. The head's name
    is not: it is a person's, and taken only if somebody ticks it (R-DATA-7).
    """

    urn: str
    name: str
    laestab: str = ""
    phase: Phase | None = None
    status: SchoolStatus | None = None
    low_age: int | None = None
    high_age: int | None = None
    number_on_roll: int | None = None
    roll_as_of: dt.date | None = None
    type_name: str = ""
    trust_name: str = ""
    la_name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    website: str = ""
    head_name: str = ""

    def values(self) -> dict[str, Any]:
        """What GIAS gives of the school record, by the record's field names; the head is no field of it."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value for name, value in given.items() if name != "head_name" and value not in {"", None}
        }


class ImportState(StrEnum):
    """What an import would do with a school."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class FieldChange(Struct, frozen=True):
    """One field that GIAS has differently. `ask`: it was edited by hand, so nothing is written unasked."""

    field: str
    ours: str
    theirs: str
    ask: bool


class GiasPreview(Struct, frozen=True):
    """What the import of one GIAS row would do."""

    state: ImportState
    row: GiasSchool
    changes: tuple[FieldChange, ...] = ()


def preview_gias(
    ours: Mapping[str, GiasSchool],
    rows: Iterable[GiasSchool],
    hand_edited: Mapping[str, Collection[str]],
    *,
    with_head: bool = False,
) -> tuple[GiasPreview, ...]:
    """What an import would change, matched by URN (R-DATA-5).

    An empty GIAS value never clears ours. A field edited by hand is a question. The head's name is
    left out unless it was ticked (R-DATA-7).

    Args:
        ours: the schools we hold, by URN.
        rows: the GIAS rows chosen.
        hand_edited: for each URN the names of the fields that were edited by hand.
        with_head: take the head's name too.

    Raises:
        BadInput: a row's URN is not six digits.
    """
    return tuple(_preview(ours, row, hand_edited, with_head=with_head) for row in rows)


def _preview(
    ours: Mapping[str, GiasSchool],
    row: GiasSchool,
    hand_edited: Mapping[str, Collection[str]],
    *,
    with_head: bool,
) -> GiasPreview:
    held = ours.get(check_urn(row.urn))
    if held is None:
        return GiasPreview(ImportState.NEW, row)
    kept = hand_edited.get(row.urn, ())
    changes = tuple(
        FieldChange(name, _text(getattr(held, name)), _text(getattr(row, name)), ask=name in kept)
        for name in (field.name for field in fields(GiasSchool))
        if (with_head or name != "head_name")
        and getattr(row, name) not in {"", None}
        and getattr(row, name) != getattr(held, name)
    )
    return GiasPreview(ImportState.CHANGED if changes else ImportState.SAME, row, changes)


def _text(value: Phase | SchoolStatus | dt.date | str | int | None) -> str:
    if isinstance(value, (Phase, SchoolStatus)):
        return value.label
    if isinstance(value, dt.date):
        return long_date(value)
    return "" if value is None else str(value)
