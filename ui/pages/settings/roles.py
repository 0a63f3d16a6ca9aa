"""Who does what for the cluster as a whole, from when to when (R-CLU-5)."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal

from models.errors import BadInput
from ui.dialogs.form import FormDialog
from ui.format import long_date
from ui.forms.spec import FormSpec
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.detail import DetailPanel, buttons, facts, record_head
from ui.lists.pane import ListPane
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.widgets.buttons import Button, Kind
from ui.widgets.completing import Completing
from ui.widgets.fields import DateField, TextField
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.settings_page import Appointing, RoleRow
    from models.words import RoleKind
    from ui.context import AppContext

FORM = FormSpec(
    "role",
    "role",
    rows=(("person_id", "kind"), ("starts_on", "ends_on"), ("handover_note",)),
    more=(("school_id",),),
)


class Appointment(NamedTuple):
    """Who is to have which role from when, in whose place."""

    kind: RoleKind
    name: str
    organisation: str
    email: str
    from_day: dt.date
    in_place_of: int | None
    handover_note: str


class AppointForm(FormDialog[Appointment]):
    """Gives somebody a role; somebody new is entered among the people by the same step.

    Args:
        parent: the window it belongs to.
        offered: the people there are, and the day it is.
        role: the role that is handed on; None for one that nobody gives up.
    """

    def __init__(self, parent: QWidget | None, offered: Appointing, role: RoleRow | None = None) -> None:
        from models.queries.settings_page import CLUSTER_ROLES

        title = f"Hand on: {role.kind.label}" if role is not None else "New role"
        super().__init__(parent, title, "Save", 480, stays=True)
        self.role = role
        self.kind = Pick([(kind.label, kind) for kind in CLUSTER_ROLES])
        self.kind.show_value(role.kind if role is not None else CLUSTER_ROLES[0])
        if role is None:
            self.row("kind", "Role", self.kind)
        self.name = TextField(most=200)
        self.name.setCompleter(Completing(offered.names, self.name))
        self.row("name", "Name", self.name, "Somebody new is added to your people.")
        self.organisation = TextField(most=200)
        self.row("organisation", "Works for", self.organisation, "If new, and from outside your schools.")
        self.email = TextField(most=254)
        self.row("email", "Work email", self.email, "If new.")
        self.starts = DateField(lambda: offered.today, offered.today)
        before = f"{role.name} has it until the day before." if role is not None else ""
        self.row("starts_on", "From", self.starts, before)
        self.note = NoteField(most=5000, lines=3)
        if role is not None:
            self.row("handover_note", "Handover note", self.note, "What the next person needs to know.")

    @override
    def draft(self) -> Appointment:
        name = self.take("name", lambda: self.name.required("Enter the person’s name."))
        day = self.take("starts_on", self._day)
        note = self.take("handover_note", self.note.text)
        if name is None or day is None or note is None:
            raise BadInput("Some of this is not right yet.")
        return Appointment(
            self.kind.value(),
            name,
            self.organisation.text().strip(),
            self.email.text().strip(),
            day,
            self.role.id if self.role is not None else None,
            note,
        )

    def _day(self) -> dt.date:
        self.starts.required("Enter the first day, such as 1 September 2025.")
        return self.starts.date()


class RolePanel(DetailPanel):
    """What is known of a role.

    Attributes:
        handed_on: the role is to pass to somebody else: (the role,).
    """

    handed_on = Signal(object)

    @override
    def show_record(self, record: Any) -> None:
        if record is None:
            self.say("Choose a role to see who has it.")
            return
        row: RoleRow = record
        lines = facts(
            [
                ("Name", row.name),
                ("Works at", row.place),
                ("Email", row.email),
                ("Telephone", row.phone),
                ("From", long_date(row.starts_on)),
                ("To", long_date(row.ends_on) if row.ends_on else ""),
                ("Handover", row.handover_note),
            ]
        )
        made: list[QWidget] = []
        if row.state == "Now":
            hand_on = Button("Hand on…", Kind.PRIMARY, tip=f"Hand on: {row.kind.label} (Ctrl+Shift+H)")
            hand_on.clicked.connect(partial(self.handed_on.emit, row))
            made.append(hand_on)
        self.fill(record_head(row.kind.label, row.state), lines, buttons(*made))


class RolesPane(ListPane["RoleRow"]):
    """The roles for the cluster as a whole."""

    def __init__(self, context: AppContext) -> None:
        panel = RolePanel("Role")
        super().__init__(context, _spec(context), panel)
        panel.handed_on.connect(self.hand_on)
        self.add_action("hand_on", "Hand on role…", "Ctrl+Shift+H", self._hand_on_current)

    @override
    def new(self) -> None:
        self._appoint(None)

    def hand_on(self, role: RoleRow) -> None:
        """Open the form that passes a role to somebody else."""
        self._appoint(role)

    def _hand_on_current(self) -> None:
        role = self.current()
        if role is not None and role.state == "Now":
            self._appoint(role)

    def _appoint(self, role: RoleRow | None) -> None:
        from models.queries.settings_page import appointing

        question = partial(appointing, today=self.context.today())
        self.context.book.ask(question, partial(self._show_form, role), key="role-names")

    def _show_form(self, role: RoleRow | None, offered: Appointing) -> None:
        form = AppointForm(self.window(), offered, role)
        form.given.connect(partial(self._save, form))
        form.read_in_year(self.context.book.year)
        form.open()

    def _save(self, form: AppointForm, given: Appointment) -> None:
        from models.services.settings import Appointee, appoint

        who = Appointee(given.name, organisation=given.organisation, email=given.email)

        def action(session: Session) -> int:
            return appoint(session, given.kind, who, given.from_day, given.in_place_of, given.handover_note)

        def done(role_id: int) -> None:
            form.saved()
            self._go_to_added(role_id)

        verb = "Hand on the role" if form.role is not None else "Add the role"
        name = f"{verb} {given.kind.label}"
        self.context.book.change(name, action, done, form.not_saved)


def _spec(context: AppContext) -> ListSpec[RoleRow]:
    from models.queries.settings_page import role_rows

    return ListSpec(
        key="settings-roles",
        table="role",
        noun="role",
        plural="roles",
        columns=(
            Column("Role", lambda row: row.kind.label, lambda row: row.kind.label),
            Column("Name", lambda row: row.name, lambda row: row.name.casefold(), Look.STRONG, stretch=True),
            Column("From", lambda row: long_date(row.starts_on), lambda row: row.starts_on),
            Column(
                "To",
                lambda row: long_date(row.ends_on) if row.ends_on else "",
                lambda row: row.ends_on or dt.date.max,
                export=lambda row: row.ends_on,
            ),
            Column("State", lambda row: row.state, lambda row: row.state, Look.STATE),
        ),
        identity=lambda row: row.id,
        title=lambda row: row.kind.label,
        ask=lambda session, _year: role_rows(session, context.today()),
        empty=Empty(
            Icon.PEOPLE,
            "Who leads the cluster, who administers the money, who the Advisor is: with dates, so that a "
            "change of person keeps what went before.",
            "Enter who leads",
        ),
        chips=(
            ChipSpec("Now", lambda row: row.state == "Now"),
            ChipSpec("Past", lambda row: row.state == "Past"),
        ),
        form=FORM,
    )
