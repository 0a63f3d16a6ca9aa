"""A list that leaves out columns where there is no room, and some until they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from models.calendar import day_in_year
from ui.lists.pane import ListPane
from ui.overrides import override

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.lists.detail import DetailPanel
    from ui.lists.spec import ListSpec

T = TypeVar("T")
Heads = Sequence[str]
ROOMY, NARROW = 100, 80  # ems


@dataclass(frozen=True)
class Fit:
    """Which columns to leave out, by their headings.

    Attributes:
        middle: in a window of middling width; the panel has them.
        least: in a narrow one, those too.
        folded: to begin with: they are for export and for the few who want them.
    """

    middle: Heads = ()
    least: Heads = ()
    folded: Heads = ()


class FittedPane(ListPane[T]):
    """A list.

    Args:
        context: the shared things.
        spec: what it shows and can do.
        detail: the panel beside it.
        tools: the page's own buttons.
        filters: the page's own filters.
        foot: what stands below the table.
        fit: which columns to leave out when.
    """

    def __init__(
        self,
        context: AppContext,
        spec: ListSpec[T],
        detail: DetailPanel | None = None,
        *,
        tools: Sequence[QWidget] = (),
        filters: Sequence[QWidget] = (),
        foot: QWidget | None = None,
        fit: Fit | None = None,
    ) -> None:
        super().__init__(context, spec, detail, tools, filters, foot)
        self._fit = fit or Fit()
        if not context.settings.table(spec.key):  # how she left the table goes first
            for number, column in enumerate(spec.columns):
                if column.head in self._fit.folded:
                    self.table.setColumnHidden(number, True)  # noqa: FBT003  # Qt's own

    @override
    def arrange(self, ems: float) -> None:
        super().arrange(ems)
        few = self._fit.middle if ems >= NARROW else (*self._fit.middle, *self._fit.least)
        self._arrangement.squeeze(() if ems >= ROOMY else few)

    def proposed(self, today: dt.date) -> dt.date:
        """The day that a form of this list proposes: today, kept inside the school year shown."""
        return day_in_year(self.year, today) if self.year is not None else today
