"""The small dialogs of the register: who else was there, and everything about one mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import BadInput
from models.words import AttendanceCode, ReleaseMethod
from ui.dialogs.form import FormDialog
from ui.overrides import override
from ui.pages.meetings.registerwords import Typed
from ui.widgets.fields import TextField
from ui.widgets.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

NOTE = 500  # characters that the file keeps
NAME = 200


class AddPersonDialog(FormDialog[tuple[int, str]]):
    """Asks who of a school was there: somebody known, or a new name. Gives (id, name); id 0 is a new person.

    Args:
        parent: the window it belongs to.
        school: the school.
        known: its people who do not stand in the register yet: (id, name).
    """

    def __init__(self, parent: QWidget | None, school: str, known: Sequence[tuple[int, str]]) -> None:
        super().__init__(parent, f"Who else of {school}?", "Add", 420, stays=True)
        self._known = dict(known)
        self._pick = Pick([(name, key) for key, name in known], "Nobody of these")
        self._name = TextField(most=NAME)
        if known:
            self.row("person", "Somebody you have entered before", self._pick)
        self.row(
            "name",
            "Or a new name" if known else "Name",
            self._name,
            "A new name is kept with the school’s people.",
        )

    @override
    def draft(self) -> tuple[int, str]:
        chosen, typed = self.take("person", self._pick.checked_value), self._name.text().strip()
        if chosen and typed:
            raise BadInput("Choose somebody or type a name, not both.", "name")
        if chosen:
            return chosen, self._known[chosen]
        if not typed:
            raise BadInput("Choose somebody, or type a name.", "name" if not self._known else "person")
        return 0, typed


@dataclass(frozen=True)
class Marked:
    """What the dialog gives: the mark, and who came if nobody was named: (id, name), id 0 for a new name."""

    typed: Typed
    person: tuple[int, str] | None = None


class MarkDialog(FormDialog[Marked]):
    """Everything about one mark: who came if nobody was named, the letter, how they were released, a note.

    Args:
        parent: the window it belongs to.
        name: the person; "" where nobody is named.
        school: the school.
        now: the mark as it stands.
        known: the school's people to choose from, where nobody is named: (id, name).
    """

    def __init__(
        self,
        parent: QWidget | None,
        name: str,
        school: str,
        now: Typed,
        known: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__(parent, name or school, "Done", 420, stays=True)
        self._named, self._known = bool(name), dict(known)
        self._who = Pick([(one, key) for key, one in known], "Nobody named")
        self._name = TextField(most=NAME)
        self._code = Pick([(f"{code.value} · {code.label}", code) for code in AttendanceCode], "Not marked")
        self._method = Pick([(method.label, method) for method in ReleaseMethod], "Not said")
        self._notes = TextField(now.notes or "", most=NOTE)
        self._code.show_value(now.code)
        self._method.show_value(now.method)
        if not name:
            self._ask_who()
        self.row("code", "Mark", self._code, school if name else "")
        self.row("method", "How released", self._method, "Only for somebody who was released.")
        self.row("notes", "Note", self._notes, "For example “Came at 2pm”. No health or private matters.")

    def _ask_who(self) -> None:
        if self._known:
            self.row("person", "Who came", self._who)
        words = "A new name is kept with the school’s people. A claim needs a name."
        self.row("name", "Or a new name" if self._known else "Who came", self._name, words)

    @override
    def draft(self) -> Marked:
        code, method = self._code.checked_value(), self._method.checked_value()
        if method is not None and code is not AttendanceCode.P:
            raise BadInput("Only somebody who was released (P) has a way of release.", "method")
        typed = Typed(code, method, self._notes.text().strip())
        person = None if self._named else self._person()
        if person is not None and code is None:
            raise BadInput(f"Say whether {person[1]} came.", "code")
        return Marked(typed, person)

    def _person(self) -> tuple[int, str] | None:
        chosen, name = self.take("person", self._who.checked_value), self._name.text().strip()
        if chosen and name:
            raise BadInput("Choose somebody or type a name, not both.", "name")
        if chosen:
            return chosen, self._known[chosen]
        return (0, name) if name else None
