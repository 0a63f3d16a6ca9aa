"""What can be chosen for a paper: each option shows itself, is told what there is, and says what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from models.errors import BadInput
from models.values import replace
from ui.format import year_label
from ui.overrides import override
from ui.widgets.layouts import column
from ui.widgets.pick import Pick
from ui.widgets.plain import Label
from ui.widgets.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from models.queries.papers.choices import Offered
    from ui.papers.making import Wanted
    from ui.widgets.layouts import Box


class Option(QWidget):
    """One thing to choose.

    Attributes:
        changed: something else is chosen.
    """

    changed = Signal()

    def offer(self, offered: Offered) -> None:
        """Show what there is to choose from; what was chosen stays chosen if it is still there."""

    def applied(self, wanted: Wanted) -> Wanted:
        """The paper with what is chosen here.

        Raises:
            BadInput: nothing is chosen, and what to do.
        """
        raise NotImplementedError

    def start(self) -> None:
        """Put the keyboard here."""
        proxy = self.focusProxy()
        (proxy or self).setFocus()


def labelled(words: str, field: QWidget, help_: str = "") -> Box:
    """A field with its label above it and a line of help below."""
    label = Label(words, "label")
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words)
    field.setAccessibleDescription(help_)
    made = column(label, field, gap=4)
    if help_:
        made.add(Label(help_, "caption", "muted", wrap=True))
    return made


class Picked(Option):
    """A list to choose one line of.

    Args:
        words: its label.
        none: the words for no line in particular; "" if one must be chosen.
        help_: a line below it.
    """

    def __init__(self, words: str, none: str = "", help_: str = "") -> None:
        super().__init__()
        self.pick = Pick((), none)
        self.pick.setMinimumContentsLength(10)
        self.pick.picked.connect(self.changed)
        self.setFocusProxy(self.pick)
        self._label = words
        self.setLayout(labelled(words, self.pick, help_))

    def value(self) -> Any:
        """What is chosen.

        Raises:
            BadInput: what was typed is none of the lines.
        """
        return self.pick.checked_value()

    def begin_with(self, value: Any) -> None:
        """Choose a line without saying so."""
        with QSignalBlocker(self.pick):
            self.pick.show_value(value)

    def chosen_words(self) -> str:
        """The words of the line chosen."""
        return self.pick.currentText().replace(" · ", " ") if self.pick.value() is not None else ""


class OneRecord(Picked):
    """The record that the paper is of: a meeting, a session, a claim.

    Args:
        words: its label.
        empty: what is said where there is none, with the remedy.
    """

    def __init__(self, words: str, empty: str) -> None:
        super().__init__(words)
        self._empty = empty

    @override
    def offer(self, offered: Offered) -> None:
        self.pick.offer([(one.line, one.id) for one in offered.choices])
        if self.pick.value() is None:
            self.begin_with(offered.usual)
        self.setEnabled(bool(offered.choices))

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        if not self.isEnabled():
            raise BadInput(self._empty)
        value = self.value()
        if value is None:
            raise BadInput(f"Choose one under “{self._label}”: its paper is then shown here.")
        return replace(wanted, about=(value,), words=self.chosen_words())


class SomeRecords(Picked):
    """One record, or all that are usual: loans that are out, every school.

    Args:
        words: its label.
        none: the words for all.
        first: begin with the first record where there is no usual one.
        empty: what is said where there is none, with the remedy; "" where the paper says it itself.
    """

    def __init__(self, words: str, none: str, *, of_usual: bool = False, empty: str = "") -> None:
        super().__init__(words, none)
        self._all: list[int] = []
        self._of_usual, self._empty, self._asked = of_usual, empty, False

    @override
    def offer(self, offered: Offered) -> None:
        self.pick.offer([(one.line, one.id) for one in offered.choices])
        self._all = [one.id for one in offered.choices if one.usual]
        begin = offered.usual
        if begin is None and self._of_usual and not self._all and offered.choices:
            begin = offered.choices[0].id
        if not self._asked:
            self.begin_with(begin)
        self._asked = True
        self.setEnabled(bool(offered.choices))

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        if not self.isEnabled() and self._empty:
            raise BadInput(self._empty)
        value = self.value()
        if value is not None:
            return replace(wanted, about=([value],), words=self.chosen_words())
        if self._of_usual and not self._all:
            raise BadInput(f"Choose one under “{self._label}”: its paper is then shown here.")
        return replace(wanted, about=(self._all,) if self._of_usual else ([],))


class OneSchool(Picked):
    """A school of the year, or none in particular, as an argument of the query.

    Args:
        words: its label.
        none: the words for none in particular.
        begins: the usual one of what is offered is a school, to begin with.
    """

    def __init__(self, words: str, none: str, *, begins: bool = False) -> None:
        super().__init__(words, none)
        self._begins = begins

    @override
    def offer(self, offered: Offered) -> None:
        self.pick.offer([(one.words, one.id) for one in offered.schools])
        if self._begins:
            self.begin_with(offered.usual)
        self._begins = False
        self.setEnabled(bool(offered.schools))

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        school = self.value()
        if school is None:
            return wanted
        words = " ".join(one for one in (wanted.words, self.chosen_words()) if one)
        return replace(wanted.asking(school_id=school), words=words)


class OneYear(Picked):
    """A school year: what the paper is of, or an argument of its query.

    Args:
        year: the one to begin with.
        asked: it is an argument of the query besides what the paper is of.
        again: called with another year: what is offered depends on it.
    """

    def __init__(self, year: int, *, asked: bool = False, again: Callable[[int], None] | None = None) -> None:
        super().__init__("School year")
        self._asked = asked
        self.pick.offer([(year_label(year), year)])
        self.begin_with(year)
        if again is not None:
            self.pick.picked.connect(lambda: again(self.pick.value() or year))

    @override
    def offer(self, offered: Offered) -> None:
        years = {*offered.years, self.pick.value()}
        self.pick.offer([(year_label(one), one) for one in sorted(years, reverse=True)])

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        year = self.value()
        words = " ".join(one for one in (wanted.words, year_label(year)) if one)
        if self._asked:
            return replace(wanted.asking(year=year), words=words)
        return replace(wanted, about=(year,), words=words)


class OneOfFew(Picked):
    """One of a few ways: to group, to cut, to print.

    Args:
        words: its label.
        name: the argument that it gives.
        entries: words and values, the usual one first.
        of_query: it is an argument of the query, not of the builder.
        help_: a line below it.
    """

    def __init__(
        self,
        words: str,
        name: str,
        entries: Sequence[tuple[str, Any]],
        *,
        of_query: bool = False,
        help_: str = "",
    ) -> None:
        super().__init__(words, "", help_)
        self._name, self._of_query = name, of_query
        self.pick.offer(entries)
        self.begin_with(entries[0][1])

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        given = {self._name: self.value()}
        return wanted.asking(**given) if self._of_query else wanted.building(**given)


class Toggle(Option):
    """Something that is on or off.

    Args:
        words: what it is.
        name: the argument of the builder that it gives.
        spoken: what it means.
    """

    def __init__(self, words: str, name: str, spoken: str) -> None:
        super().__init__()
        self._name = name
        self.tick = Tick(words, spoken)
        self.tick.toggled.connect(self.changed)
        self.setFocusProxy(self.tick)
        self.setLayout(column(self.tick))

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        return wanted.building(**{self._name: self.tick.isChecked()})
