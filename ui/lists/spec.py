"""What a list shows and can do, as one frozen description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ui.icons import Icon
from ui.itemmodels.columns import Look

if TYPE_CHECKING:
    from sqlmodel import Session

    from ui.forms.draft_form import DraftForm
    from ui.forms.spec import FormSpec
    from ui.itemmodels.columns import Column

T = TypeVar("T")


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what it is for, and the words of the first step."""

    icon: Icon
    sentence: str
    action: str = ""


@dataclass(frozen=True)
class ChipSpec(Generic[T]):
    """A filter: its words, and the test a record must pass.

    Attributes:
        none: what is said where it leaves nothing: "No drafts"; made of its words unless given.
        then: the words of the chip to look behind instead, where records go on to from this one.
    """

    words: str
    wanted: Callable[[T], bool]
    none: str = ""
    then: str = ""


@dataclass(frozen=True)
class ListSpec(Generic[T]):
    """A list of records of type T, which a query returns as frozen values.

    Attributes:
        key: the name its columns are remembered under.
        table: the recorded table behind it, for the form, history and the Bin.
        noun: what a record is called inside a sentence: "cover claim".
        plural: and several.
        columns: what is shown.
        identity: a record's id.
        title: what a record is called: its code or name.
        ask: the query: (session, school year) -> records; None where a page hands them to `show_records`
            together with more that it asked for.
        empty: what stands there when there is none.
        chips: filters to choose between; “All” comes by itself before them.
        form: the form for new and edit; None where records are made in another way.
        form_class: the form's class, where it shows more than fields.
        words: the text that the filter looks through; the columns' words unless given.
        can_delete: whether a record may go to the Bin from here.
        papers: whether the papers of such records are offered here.
    """

    key: str
    table: str
    noun: str
    plural: str
    columns: Sequence[Column[T]]
    identity: Callable[[T], int]
    title: Callable[[T], str]
    ask: Callable[[Session, int], Sequence[T]] | None
    empty: Empty
    chips: Sequence[ChipSpec[T]] = ()
    form: FormSpec | None = None
    form_class: type[DraftForm] | None = None
    words: Callable[[T], str] | None = None
    can_delete: Callable[[T], bool] = lambda _record: True
    papers: bool = True

    def text_of(self, record: T) -> str:
        """What the filter looks through."""
        if self.words is not None:
            return self.words(record).casefold()
        shown = (column.text(record) for column in self.columns if column.look is not Look.TICK)
        return " ".join(shown).casefold()
