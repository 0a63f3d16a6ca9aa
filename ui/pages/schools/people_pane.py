"""The second tab: the people, by school, role and year taught (R-MEET-13), and every role there was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from models.queries.choosing import options
from models.queries.people_page import PersonDetail, PersonRow, person_detail, person_rows, role_rows
from models.rules.meetings import YEAR_GROUPS
from models.services import people
from models.words import RoleKind
from ui.dialogs.asking import Asking
from ui.dialogs.subject_access import SubjectAccessFlow
from ui.format import long_date, year_label
from ui.forms.editor import Editor
from ui.icons import Icon
from ui.itemmodels.columns import Column, Look
from ui.lists.spec import ChipSpec, Empty, ListSpec
from ui.overrides import override
from ui.pages.schools.fitted import NARROW, Fit, FittedPane
from ui.pages.schools.forms import PERSON, ROLE
from ui.pages.schools.person_panel import PersonPanel
from ui.widgets.choices import Chip
from ui.widgets.layouts import Flow, holder
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from sqlmodel import Session

    from models.queries.choosing import Option
    from models.queries.people_page import RoleRow
    from models.queries.schools_page import Clock
    from ui.context import AppContext
    from ui.dialogs.asking import Typed
    from ui.wayfinding import Place

EVERYBODY = ""


def people_spec(context: AppContext) -> ListSpec[PersonRow]:
    """The list of people."""
    return ListSpec(
        key="people",
        table="person",
        noun="person",
        plural="people",
        columns=(
            Column("Name", lambda r: r.name, lambda r: r.name.casefold(), Look.STRONG),
            Column("School", lambda r: r.school, lambda r: r.school.casefold(), stretch=True),
            Column("Does", lambda r: ", ".join(r.roles), lambda r: ", ".join(r.roles).casefold()),
            Column("Teaches", lambda r: ", ".join(r.groups), lambda r: ", ".join(r.groups)),
            Column("Email", lambda r: r.email, lambda r: r.email, Look.MUTED),
            Column("Telephone", lambda r: r.phone, lambda r: r.phone, Look.MUTED),
        ),
        identity=lambda r: r.id,
        title=lambda r: r.name,
        ask=partial(person_rows, today=context.today),
        empty=Empty(
            Icon.PEOPLE,
            "Everybody the cluster works with stands here: work contact only, and as little as is needed.",
            "Add the first person",
        ),
        chips=(
            ChipSpec("Subject leaders", lambda r: r.here and RoleKind.SSL in r.kinds),
            ChipSpec("Heads", lambda r: r.here and RoleKind.HEADTEACHER in r.kinds),
            ChipSpec("Left", lambda r: not r.here),
        ),
        form=PERSON,
        words=lambda r: " ".join((r.name, r.school, *r.roles, *r.groups, r.email)),
    )


def roles_spec() -> ListSpec[RoleRow]:
    """The list of roles."""
    return ListSpec(
        key="roles",
        table="role",
        noun="role",
        plural="roles",
        columns=(
            Column("Name", lambda r: r.person, lambda r: r.person.casefold(), Look.STRONG),
            Column("Role", lambda r: r.kind.label, lambda r: r.kind.label),
            Column("School", lambda r: r.school, lambda r: r.school.casefold()),
            Column("From", lambda r: long_date(r.starts_on), lambda r: r.starts_on),
            Column("To", lambda r: long_date(r.ends_on) if r.ends_on else "", lambda r: r.ends_on),
            Column(
                "Handover note",
                lambda r: r.handover_note,
                lambda r: r.handover_note,
                Look.MUTED,
                stretch=True,
            ),
        ),
        identity=lambda r: r.id,
        title=lambda r: f"{r.person}, {r.kind.label}",
        ask=role_rows,
        empty=Empty(
            Icon.PEOPLE,
            "A role says what somebody does, for a school or the cluster, and when.",
            "Add a role",
        ),
        chips=(
            ChipSpec("Running", lambda r: r.ends_on is None),
            ChipSpec("Subject leaders", lambda r: r.kind is RoleKind.SSL),
        ),
        form=ROLE,
    )


class YearGroups:
    """A line of year groups to choose from: those who teach one, across the schools (R-MEET-13)."""

    def __init__(self) -> None:
        self.chips = {group: Chip(group, 0) for group in YEAR_GROUPS}
        self.chosen, self._room = EVERYBODY, True
        self._words = Label("Teaches", "body", "muted")
        self.line = holder(Flow([self._words, *self.chips.values()], gap=6))

    def set_room(self, *, enough: bool) -> None:
        """Whether there is room for the line; where there is none, `Y4` in the filter does the same."""
        self._room = enough
        self._show()

    def count(self, rows: Sequence[PersonRow]) -> None:
        """Say how many teach each; a group that nobody teaches is not offered."""
        for group, chip in self.chips.items():
            number = sum(row_.here and group in row_.groups for row_ in rows)
            chip.set_count(number)
            chip.setVisible(bool(number))
        self._words.setMinimumHeight(next(iter(self.chips.values())).sizeHint().height())
        self._show()

    def _show(self) -> None:
        self.line.setVisible(self._room and any(not chip.isHidden() for chip in self.chips.values()))

    def choose(self, group: str) -> str:
        """Choose a group, or let go of it if it is chosen already; the one chosen now."""
        self.chosen = EVERYBODY if self.chosen == group else group
        for name, chip in self.chips.items():
            chip.setChecked(name == self.chosen)
        return self.chosen


class PeoplePane(FittedPane[PersonRow]):
    """The people, and what is done with their roles."""

    def __init__(self, context: AppContext) -> None:
        self._panel, self._groups = PersonPanel(context), YearGroups()
        super().__init__(
            context, people_spec(context), self._panel, filters=[self._groups.line],
            fit=Fit(("Teaches",), folded=("Email", "Telephone")),
        )  # fmt: skip
        self._roles = Editor(context, self, ROLE)
        self._panel.wanted.connect(self.do)
        for group, chip in self._groups.chips.items():
            chip.clicked.connect(partial(self.show_group, group))
        self._own: dict[str, QAction] = {
            "role": self.add_action("role", "Add a role…", "Ctrl+L", self._add_role),
            "years": self.add_action("years", "Years taught…", "Ctrl+J", partial(self._ask, "years")),
            "hand": self.add_action("hand", "Hand a role over…", "Ctrl+R", partial(self._ask, "hand")),
            "left": self.add_action("left", "Person has left…", "Ctrl+Shift+L", partial(self._ask, "left")),
            "held": self.add_action("held", "What is held about them…", "Ctrl+Shift+H", self._held),
        }
        self.chosen.connect(self._offer)
        self.shown.connect(self._groups.count)
        self._offer(None)

    @override
    def refresh(self, year: int) -> None:
        self._panel.year = year
        super().refresh(year)

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        self._groups.set_room(enough=ems >= NARROW)

    @override
    def show_place(self, place: Place) -> None:
        if place.id and place.table == "person":
            self.go_to(place.id)

    @override
    def let_go(self) -> None:
        self._groups.choose(self._groups.chosen)
        super().let_go()

    def show_group(self, group: str) -> None:
        """Show only those who teach a year group, or all again."""
        chosen = self._groups.choose(group)
        self.keep_only((lambda person: person.here and chosen in person.groups) if chosen else None)

    def do(self, key: str, about: int = 0) -> None:
        """Do a verb to the person chosen; `about` is a role, where the verb is about one."""
        if key == "edit-role":
            self._roles.edit(about)
        elif key in self._own and self._own[key].isEnabled():
            self._own[key].trigger()

    # -- verbs

    def _offer(self, person: PersonRow | None) -> None:
        here = person is not None and person.here
        legal = {"role": here, "years": here, "left": here, "hand": here and bool(person and person.roles)}
        legal["held"] = person is not None
        for key, action in self._own.items():
            action.setVisible(legal[key])
            action.setEnabled(legal[key])

    def _add_role(self) -> None:
        person = self.current()
        if person is not None:
            kind = RoleKind.SSL if person.school_id and RoleKind.SSL not in person.kinds else RoleKind.TEACHER
            detail = self._panel.detail
            day = self.proposed(detail.day if detail is not None else self.context.today())
            values = {"person_id": person.id, "school_id": person.school_id, "kind": kind, "starts_on": day}
            self._roles.new(values)

    def _held(self) -> None:
        """Gather what the book holds about the person, for the person (subject access)."""
        person = self.current()
        if person is not None:
            SubjectAccessFlow(self.context, self.window(), person.id).start()

    def _ask(self, key: str) -> None:
        """Do a verb that has to know more of the person than the list does."""
        person = self.current()
        if person is not None and self.year is not None:
            question = partial(_known, person_id=person.id, year=self.year, today=self.context.today)
            self.context.book.ask(question, partial(self._answered, key), key="person-verb")

    def _answered(self, key: str, known: tuple[PersonDetail, tuple[Option, ...]]) -> None:
        detail, everybody = known
        if key == "years":
            self._years(detail)
        elif key == "left":
            self._left(detail)
        else:
            self._hand(detail, everybody)

    def _years(self, detail: PersonDetail) -> None:
        form = Asking(self.window(), f"Years taught by {detail.row.name}", "Save", detail.day, 400)
        form.say(f"In {year_label(detail.year)}. Teachers of the same year can share plans and swap visits.")
        for group in YEAR_GROUPS:
            form.tick(group, group, start=group in detail.row.groups)

        def action(session: Session, typed: Typed) -> None:
            groups = [group for group in YEAR_GROUPS if typed[group]]
            people.set_years_taught(session, detail.row.id, detail.year, groups)

        form.does(self.context, "Change years taught", action)

    def _left(self, detail: PersonDetail) -> None:
        form = Asking(self.window(), f"{detail.row.name} has left", "Save", detail.day)
        ends = detail.open_ends
        form.say("What they did stays in the book. Their roles end on that day.")
        if ends:
            form.say(f"Still theirs: {', '.join(ends)}.", "warn")
        form.day("left_on", "Last day", detail.day, needed="Enter the last day.")
        form.note("handover_note", "Handover note", text="What whoever comes next needs to know.", lines=4)

        def action(session: Session, typed: Typed) -> None:
            people.person_leaves(session, detail.row.id, typed["left_on"], typed["handover_note"])

        form.does(self.context, "Note that somebody left", action)

    def _hand(self, detail: PersonDetail, everybody: Sequence[Option]) -> None:
        form = Asking(self.window(), "Hand a role over", "Save", detail.day)
        roles = [
            (f"{one.kind.label}, {one.school}" if one.school else one.kind.label, one.id)
            for one in detail.running
        ]
        form.pick("role_id", f"Role of {detail.row.name}", roles, roles[0][1], needed="Choose the role.")
        others = [(one.words, one.id) for one in everybody if one.id != detail.row.id and not one.past]
        form.pick("person_id", "To", others, needed="Choose who takes it over.")
        form.day("starts_on", "From", detail.day, "It ends the day before.", needed="Enter the first day.")
        form.note("handover_note", "Handover note", text="Kept with the role.", lines=4)

        def action(session: Session, typed: Typed) -> None:
            people.hand_over(
                session, typed["role_id"], typed["person_id"], typed["starts_on"], typed["handover_note"]
            )

        form.does(self.context, "Hand a role over", action)


def _known(
    session: Session, *, person_id: int, year: int, today: Clock
) -> tuple[PersonDetail, tuple[Option, ...]]:
    detail = person_detail(session, person_id, year, today)
    return detail, options(session, "person")
