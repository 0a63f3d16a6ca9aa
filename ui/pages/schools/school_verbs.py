"""What is done to a school: each verb asks what it needs and does it as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import tables as t
from models.calendar import day_in_year, year_bounds
from models.queries.schools_page import Standing
from models.services import contacts, membership, people, records
from models.words import Answer, ContactKind
from ui.dialogs.asking import Asking, Typed
from ui.format import year_label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from sqlmodel import Session

    from models.queries.school_detail import SchoolDetail
    from models.queries.schools_page import SchoolRow, SchoolsFacts
    from ui.context import AppContext

SOMEBODY_NEW = 0
ANSWERS = [(one.label, one) for one in (Answer.YES, Answer.NO, Answer.NOT_SAID)]
KINDS = [(kind.label, kind) for kind in ContactKind]


class SchoolVerbs:
    """The verbs, on a window.

    Args:
        context: the shared things.
        window: the widget whose window the dialogs belong to.
    """

    def __init__(self, context: AppContext, window: QWidget) -> None:
        self._context, self._window = context, window

    def leave(self, school: SchoolRow, today: dt.date) -> Asking:
        """Ask for the last day and why, and end its membership."""
        form = self._asking(f"{school.short_name} leaves", "Save", today)
        form.say(
            "Its figures stay in the book. Its people’s roles end with it, and a checklist says what is "
            "still to be fetched and settled."
        )
        form.day(
            "left_on",
            "Last day as a member",
            self._in_year(today),
            needed="Enter its last day, such as 31 July 2025.",
        )
        form.note("reason", "Why it leaves", lines=2)
        form.day("advisor_discussed_on", "Discussed with the Advisor on", text="Empty if it was not yet.")
        form.note("advisor_outcome", "What the Advisor said", lines=2)

        def action(session: Session, typed: Typed) -> None:
            membership.leave(session, school.id, **typed)

        form.does(self._context, f"End the membership of {school.short_name}", action)
        return form

    def join(self, school: SchoolRow, today: dt.date) -> Asking:
        """Ask for the first day, and begin a membership."""
        again = school.standing is Standing.LEFT
        form = self._asking(f"{school.short_name} joins{' again' if again else ''}", "Save", today)
        self._joining(form, today)

        def action(session: Session, typed: Typed) -> None:
            membership.join(session, school.id, typed)

        form.does(self._context, f"Begin the membership of {school.short_name}", action)
        return form

    def replace(
        self,
        school: SchoolRow,
        today: dt.date,
        others: list[tuple[str, int]],
        then: Callable[[int], None],
    ) -> Asking:
        """Ask which school takes the place, known or new, and from when (R-CLU-9).

        Args:
            school: the one that has left.
            today: the day it is.
            others: the schools in the book that are no members.
            then: gets the id of the school that took the place.
        """
        form = self._asking(f"A school in the place of {school.short_name}", "Save", today)
        form.say("A place may stay empty. A school that takes it needs the Advisor’s agreement.")
        entries = [("A new school…", SOMEBODY_NEW), *others]
        pick = form.pick("school_id", "School", entries, SOMEBODY_NEW, needed="Choose the school.")
        form.line("name", "Its name", needed="Enter the name of the school.")
        pick.picked.connect(lambda: form.show_row("name", on=pick.value() == SOMEBODY_NEW))
        self._joining(form, today)

        def action(session: Session, typed: Typed) -> int:
            spell = {key: value for key, value in typed.items() if key not in {"school_id", "name"}}
            newcomer: Any = typed["school_id"] or {"name": typed["name"]}
            return membership.replace_school(session, school.id, newcomer, spell)

        form.does(self._context, f"Replace {school.short_name}", action, then)
        return form

    def academy(self, school: SchoolRow, today: dt.date) -> Asking:
        """Ask for the new URN and the day, and go on under a new record (R-DATA-6)."""
        form = self._asking(f"{school.short_name} becomes an academy", "Save", today)
        form.say(
            "It gets a new record with its new URN and stays one school in every figure. Its people move "
            "over with it."
        )
        form.day("from_day", "First day as an academy", needed="Enter the first day as an academy.")
        form.line("urn", "New URN", needed="Enter the new URN: six digits.", most=6)
        form.line("name", "Name", school.name, needed="Enter its name.")
        form.line("trust_name", "Academy trust")

        def action(session: Session, typed: Typed) -> None:
            values = {key: value for key, value in typed.items() if key != "from_day"}
            membership.become_academy(session, school.id, typed["from_day"], values)

        form.does(self._context, f"Make {school.short_name} an academy", action)
        return form

    def lead(self, school: SchoolRow, facts: SchoolsFacts) -> Asking:
        """Ask from when it leads; the lead so far ends the day before (R-CLU-2)."""
        form = self._asking(f"{school.short_name} becomes the lead school", "Save", facts.today)
        if facts.lead:
            form.say(f"{facts.lead} leads until the day before. The lead school holds the cluster’s money.")
        form.day(
            "starts_on", "From", self._in_year(facts.today), needed="Enter its first day as the lead school."
        )

        def action(session: Session, typed: Typed) -> None:
            membership.change_lead_school(session, school.id, typed["starts_on"])

        form.does(self._context, f"Make {school.short_name} the lead school", action)
        return form

    def ssl(self, detail: SchoolDetail, today: dt.date) -> Asking:
        """Ask who leads science there from when, with a note from whoever did so far (R-CLU-12)."""
        school = detail.row
        now = next((one for one in detail.ssl if one.on(detail.day)), None)
        title = f"Change the SSL of {school.short_name}" if now else f"Name the SSL of {school.short_name}"
        form = self._asking(title, "Save", today)
        staff = [(name, key) for key, name in detail.staff if now is None or key != now.person_id]
        entries = [*staff, ("Somebody new…", SOMEBODY_NEW)]
        start = staff[0][1] if len(staff) == 1 else SOMEBODY_NEW if not staff else None
        pick = form.pick("person_id", "Science subject leader", entries, start, needed="Choose who it is.")
        form.line("name", "Name", needed="Enter the name of the new subject leader.")
        pick.picked.connect(lambda: form.show_row("name", on=pick.value() == SOMEBODY_NEW))
        form.show_row("name", on=pick.value() == SOMEBODY_NEW)
        form.day("starts_on", "From", self._ssl_from(detail, today), needed="Enter the first day.")
        if now is not None:
            form.note("handover_note", f"What {now.person} hands over", text="Kept with the role.", lines=4)

        def action(session: Session, typed: Typed) -> None:
            person = typed["person_id"] or people.teacher(session, school.id, typed["name"])
            note = typed.get("handover_note", "")
            people.name_ssl(session, school.id, person, typed["starts_on"], note)

        form.does(self._context, f"Change the SSL of {school.short_name}", action)
        return form

    def talk(self, detail: SchoolDetail, today: dt.date) -> Asking:
        """Ask what was said, and log it (R-CLU-8, R-CLU-11)."""
        school = detail.row
        form = self._asking(f"Log a contact with {school.short_name}", "Save", today)
        kind = ContactKind.ENCOURAGEMENT if detail.prompt else ContactKind.OTHER
        form.pick("kind", "Kind", KINDS, kind, needed="Choose what it was about.")
        form.day("on", "Date", self._in_year(today), needed="Enter the day.")
        people_ = [(name, key) for key, name in detail.staff]
        ssl = next((one.person_id for one in detail.ssl if one.on(detail.day)), None)
        form.pick("person_id", "With", people_, ssl)
        form.note("summary", "What it was about", needed="Say in a few words what it was about.", lines=3)
        form.note("outcome", "What came of it", lines=2)
        form.day("told_advisor_on", "Advisor told on", text="For a problem: tell the Advisor early.")

        def action(session: Session, typed: Typed) -> int:
            values = {key: value for key, value in typed.items() if value is not None}
            return records.add(session, t.ContactLog, {**values, "school_id": school.id})

        form.does(self._context, f"Log a contact with {school.short_name}", action)
        return form

    def declare(
        self, school_id: int, name: str, year: int, today: dt.date, head: str, answer: Answer | None
    ) -> Asking:
        """Ask for a school's declaration for a year (R-COVER-7)."""
        form = self._asking(f"Declaration of {name}", "Save", today)
        given = Answer.YES if answer in {None, Answer.NOT_SAID} else answer
        form.say(f"Is its release money for {year_label(year)} on top of its science budget?")
        form.pick("answer", "Answer", ANSWERS, given, needed="Choose the answer.")
        form.line("confirmed_by", "Confirmed by", head, "As a rule the headteacher.")
        form.day("confirmed_on", "Confirmed on", day_in_year(year, today))

        def action(session: Session, typed: Typed) -> None:
            contacts.declare(
                session, school_id, year, typed["answer"],
                confirmed_by=typed["confirmed_by"], confirmed_on=typed["confirmed_on"],
            )  # fmt: skip

        form.does(self._context, f"Enter the declaration of {name}", action)
        return form

    def _joining(self, form: Asking, today: dt.date) -> None:
        start = self._in_year(today)
        form.day("joined_on", "First day as a member", start, needed="Enter its first day as a member.")
        form.day("advisor_discussed_on", "Discussed with the Advisor on", text="Empty if it was not yet.")
        form.note("advisor_outcome", "What the Advisor said", lines=2)

    def _in_year(self, today: dt.date) -> dt.date:
        """The day proposed: today, kept inside the school year shown."""
        year = self._context.book.year
        return day_in_year(year, today) if year is not None else today

    def _ssl_from(self, detail: SchoolDetail, today: dt.date) -> dt.date:
        """From when somebody leads science; the first of a school from when it joined, or 1 September."""
        if detail.ssl:
            return self._in_year(today)
        first = year_bounds(detail.year)[0]
        return max([first, *(one.fact.joined_on for one in detail.spells)])

    def _asking(self, title: str, accept: str, today: dt.date) -> Asking:
        return Asking(self._window.window(), title, accept, today)
