"""What a form shows of a table's Draft, in which order, and what saving it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlmodel import Session

Values = Mapping[str, Any]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FormSpec:
    """A form on one table.

    Attributes:
        table: the recorded table; its Draft gives titles, help, limits and kinds.
        noun: what a record is called inside a sentence: "meeting", "CPD session".
        rows: the fields in order; those of one inner tuple stand beside each other.
        more: further fields, folded away under “More” until they are wanted or one of them is filled.
        labels: other words for a field than the workbook's heading, where the form says it better.
        helps: other help for a field; "" takes the Draft's away.
        add: stores a new record: (session, values) -> its id; by default `records.add`.
        change: stores an edited one: (session, id, values, before); by default `records.change`.
        width: the dialog's width in pixels at 100 % text size.
    """

    table: str
    noun: str
    rows: Rows
    more: Rows = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    helps: Mapping[str, str] = field(default_factory=dict)
    add: Callable[[Session, Values], int] | None = None
    change: Callable[[Session, int, Values, Values], None] | None = None
    width: int = 520

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields shown, in order."""
        return tuple(name for line in (*self.rows, *self.more) for name in line)
