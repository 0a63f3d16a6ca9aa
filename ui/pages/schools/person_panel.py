"""One person beside the list: roles, the years taught, who could swap, what is offered and asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.queries.people_page import PersonDetail, PersonRow, person_detail
from models.words import OfferKind
from ui.format import count, date_range, listed, long_date
from ui.lists.detail import buttons, record_head
from ui.overrides import override
from ui.pages.schools.pieces import LONGEST, fact, more_than, part, quiet, titled
from ui.pages.schools.watched import AskingPanel
from ui.widgets.buttons import Button, Kind
from ui.widgets.layouts import column, row, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from models.queries.people_page import PersonRole
    from ui.context import AppContext
    from ui.widgets.layouts import Box, Item

CHOOSE = "Choose somebody to see roles, the years taught and what is offered."
PEERS = 6


class PersonPanel(AskingPanel):
    """The panel.

    Attributes:
        wanted: something is to be done: (the verb's key, a role's id or 0).
    """

    wanted = Signal(str, int)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, "Person", "person-detail", CHOOSE)

    @override
    def question(self, record: PersonRow) -> Callable[[Session], PersonDetail]:
        return partial(person_detail, person_id=record.id, year=self.year or 0, today=self.context.today)

    @override
    def belongs(self, detail: PersonDetail) -> bool:
        return self.record is not None and detail.row.id == self.record.id and detail.year == self.year

    @override
    def show_first(self, record: PersonRow) -> None:
        self.fill(self._head(record), rule())

    @override
    def show_detail(self, detail: PersonDetail) -> None:
        items: list[Item] = [self._head(detail.row)]
        person = detail.row
        known = [("Email", person.email), ("Telephone", person.phone), ("Notes", detail.notes)]
        lines = [fact(name, value) for name, value in known if value]
        items += [rule(), column(*lines, gap=6)] if lines else []
        items += [rule(), self._roles(detail)]
        items += [rule(), self._years(detail)] if detail.peers else []
        items += [rule(), self._offers(detail)] if detail.offers else []
        if detail.open_ends:
            items += [
                rule(),
                part("Would need somebody else", *[quiet(words) for words in detail.open_ends], gap=4),
            ]
        if detail.plans:
            items.append(quiet(f"{count(detail.plans, 'development plan')}, private: see the Plans tab."))
        self.fill(*items)

    def _head(self, person: PersonRow) -> Box:
        words = [person.school or "no school"]
        words += ["College Fellow"] if person.is_fellow else []
        words += ["early career teacher"] if person.is_ect else []
        head = record_head(person.name, "" if person.here else "Left", " · ".join(words))
        if not person.here:
            left = column(head, quiet(f"Left on {long_date(person.left_on)}."), gap=4)
            return column(left, buttons(self._held()), gap=12)
        made = [
            self._button("role", "Add a role…", "Ctrl+L", primary=True),
            self._button("years", "Years taught…", "Ctrl+J"),
            self._held(),
        ]
        return column(head, buttons(*made, across=2), gap=12)

    def _held(self) -> Button:
        return self._button("held", "What is held…", "Ctrl+Shift+H")

    def _button(self, key: str, text: str, keys: str, *, primary: bool = False) -> Button:
        made = Button(text, Kind.PRIMARY if primary else Kind.PLAIN, tip=f"{text} ({keys})")
        made.setObjectName(f"verb-{key}")
        made.clicked.connect(partial(self.wanted.emit, key, 0))
        return made

    def _roles(self, detail: PersonDetail) -> Box:
        lines: list[Item] = [self._role(one) for one in detail.roles]
        return part("Roles", *(lines or [quiet("No role is entered.")]), gap=10)

    def _role(self, role: PersonRole) -> Box:
        when = (
            date_range(role.starts_on, role.ends_on) if role.ends_on else f"since {long_date(role.starts_on)}"
        )
        notes = [role.school] if role.school else []
        notes += [when]
        line = titled(role.kind.label, " · ".join(notes))
        if role.handover_note:
            line.add(quiet(f"“{role.handover_note}”"))
        edit = Button("Edit", Kind.LINK, tip=f"Edit this role: {role.kind.label}")
        edit.clicked.connect(partial(self.wanted.emit, "edit-role", role.id))
        made = row(line, column(edit, 1), gap=8)
        made.setStretchFactor(line, 1)
        return made

    def _years(self, detail: PersonDetail) -> Box:
        lines: list[Item] = []
        for group, peers in detail.peers:
            names = [f"{one.name} ({one.school})" for one in peers[:PEERS]]
            more = f" and {count(len(peers) - PEERS, 'other')}" if len(peers) > PEERS else ""
            lines.append(titled(group, (listed(names) + more) if names else "nobody at another school"))
        return part("Teaches, and who else does", *lines, gap=8)

    def _offers(self, detail: PersonDetail) -> Box:
        lines: list[Item] = []
        for one in detail.offers[:LONGEST]:
            names = listed(list(dict.fromkeys(f"{fit.name} ({fit.school})" for fit in one.fits)))
            verb = "asked for by" if one.kind is OfferKind.OFFER else "offered by"
            lines.append(titled(f"{one.kind.label} {one.topic}", f"{verb} {names}" if names else ""))
        return part("Strengths", *lines, *more_than(len(detail.offers)), gap=8)
