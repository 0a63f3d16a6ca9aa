"""What the first tab lists: the schools, their memberships, and which of them led when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.formats import number
from models.queries.schools_page import SchoolRow, Standing, lead_rows, school_rows, spell_rows
from ui.format import long_date
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.pages.schools.forms import LEAD, SCHOOL, SPELL_FORM, SchoolForm

if TYPE_CHECKING:
    import datetime as dt

    from models.queries.schools_page import LeadRow, SpellRow
    from ui.context import AppContext

ORDER = {standing: place for place, standing in enumerate(Standing)}


FOLDED = ("Short name", "URN", "Pupils", "Joined", "Left", "Address")


def leader_words(row: SchoolRow) -> str:
    """The subject leader; of a member without one it is said that there is none."""
    return row.ssl or ("not named" if row.standing.inside else "")


def day(value: dt.date | None) -> str:
    """A date in words; nothing for none."""
    return long_date(value) if value else ""


def todo_words(row: SchoolRow) -> str:
    """`name an SSL, 2 more`: the names of the schools need the room, and the panel has them all."""
    if len(row.wants) < 2:
        return "".join(row.wants)
    return f"{row.wants[0]}, {len(row.wants) - 1} more"


def schools_spec(context: AppContext) -> ListSpec[SchoolRow]:
    """The list of schools."""
    return ListSpec(
        key="schools",
        table="school",
        noun="school",
        plural="schools",
        columns=(
            Column("School", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG, stretch=True),
            Column("Phase", lambda r: r.phase.label, lambda r: r.phase.label),
            Column("Subject leader", leader_words, lambda r: r.ssl.casefold()),
            Column("State", lambda r: r.standing.label, lambda r: ORDER[r.standing], Look.STATE),
            Column(
                "To do",
                todo_words,
                lambda r: len(r.wants),
                Look.MUTED,
                tip=lambda r: ", ".join(r.wants),
                export=lambda r: ", ".join(r.wants),
            ),
            Column("Short name", lambda r: r.short_name, lambda r: r.short_name.casefold()),
            Column("URN", lambda r: r.urn, lambda r: r.urn),
            Column("Pupils", lambda r: number(r.roll), lambda r: r.roll, right=True, export=lambda r: r.roll),
            Column("Joined", lambda r: day(r.joined_on), lambda r: r.joined_on),
            Column("Left", lambda r: day(r.left_on), lambda r: r.left_on),
            Column("Address", lambda r: r.address, lambda r: r.address.casefold()),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.name,
        ask=partial(school_rows, today=context.today),
        empty=Empty(
            Icon.SCHOOLS,
            "The schools of the cluster stand here, with their people, what they declare, and what is left "
            "of their release money. Begin with the first school: its name is enough.",
            "Add the first school",
        ),
        chips=(
            ChipSpec("Members", lambda r: r.standing.inside),
            ChipSpec("To do", lambda r: bool(r.wants)),
            ChipSpec("Left", lambda r: r.standing is Standing.LEFT),
        ),
        form=SCHOOL,
        form_class=SchoolForm,
        words=lambda r: " ".join(
            (r.name, r.short_name, r.phase.label, r.ssl, r.standing.label, r.urn, r.address, *r.wants)
        ),
    )


def spells_spec() -> ListSpec[SpellRow]:
    """The list of memberships."""
    return ListSpec(
        key="memberships",
        table="membership",
        noun="membership",
        plural="memberships",
        columns=(
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
            Column("Joined", lambda r: long_date(r.joined_on), lambda r: r.joined_on),
            Column("Left", lambda r: day(r.left_on), lambda r: r.left_on),
            Column("Took the place of", lambda r: r.replaces, lambda r: r.replaces.casefold()),
            Column("Release money", lambda r: "Yes" if r.gives else "No", lambda r: r.gives),
            Column("Advisor", lambda r: day(r.advisor_on), lambda r: r.advisor_on),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.school,
        ask=spell_rows,
        empty=Empty(
            Icon.SCHOOLS,
            "A membership is the time from the day a school joins to the day it leaves. It comes by itself "
            "when a school is added.",
        ),
        chips=(
            ChipSpec("Now", lambda r: r.left_on is None),
            ChipSpec("Ended", lambda r: r.left_on is not None),
        ),
        form=SPELL_FORM,
    )


def leads_spec() -> ListSpec[LeadRow]:
    """The list of lead schools."""
    return ListSpec(
        key="lead-schools",
        table="lead_spell",
        noun="spell of leading",
        plural="lead schools",
        columns=(
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), Look.STRONG, stretch=True),
            Column("From", lambda r: long_date(r.starts_on), lambda r: r.starts_on),
            Column("To", lambda r: long_date(r.ends_on) if r.ends_on else "today", lambda r: r.ends_on),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.school,
        ask=lead_rows,
        empty=Empty(
            Icon.SCHOOLS, "The lead school holds the cluster’s money. There is one at any time.", "Enter it"
        ),
        form=LEAD,
    )
