"""The windows in which CPD grids are filled: slips from paper, and who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.services.cpd import BadSlip
from ui.dialogs.grid import GridDialog
from ui.format import count
from ui.overrides import override
from ui.pages.meetings.slipmodel import COLUMNS, SeatModel, SlipModel
from ui.widgets.keygrid import KeyGrid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.cpd_page import CpdDetail


class SlipGrid(KeyGrid):
    """Slips: a key answers and goes on; at the end of a line the next slip begins."""

    def __init__(self, model: SlipModel) -> None:
        super().__init__("Evaluation slips: one a row. Type the answers key by key.", model, down=False)
        self.setCurrentIndex(model.index(model.rowCount() - 1, 1))


class SlipDialog(GridDialog):
    """The evaluation slips of a session, typed in from paper."""

    def __init__(self, parent: QWidget | None, detail: CpdDetail) -> None:
        self.model = SlipModel([one.slip for one in detail.slips])
        grid = SlipGrid(self.model)
        words = (
            "One row for each slip, without names. Who: L science leader, T other teacher. Rating 1 to 5. "
            "Outcomes: Y, P in part, N. Useful, relevant and quote: Y or N. Enter writes a comment."
        )
        super().__init__(parent, f"Slips: {detail.title}", words, grid, wide=(len(COLUMNS) - 1,))
        self.model.typed.connect(self._count)
        self._count()

    @override
    def changed(self) -> list[object]:
        return list(self.model.changed())

    @override
    def not_saved(self, error: Exception) -> None:
        super().not_saved(error)
        if isinstance(error, BadSlip):
            self.grid.setCurrentIndex(
                self.model.index(*_place(self.model.mark_wrong(error.row, error.field, str(error))))
            )

    def _count(self) -> None:
        number = sum(bool(self.model.number_of(row)) for row in range(self.model.rowCount()))
        self._note.setText(count(number, "slip"))


def _place(index: object) -> tuple[int, int]:
    return index.row(), index.column()  # type: ignore[attr-defined]  # a model index of either kind


class SeatDialog(GridDialog):
    """Who was booked for a session, and who came."""

    def __init__(self, parent: QWidget | None, detail: CpdDetail) -> None:
        self.model = SeatModel(detail)
        grid = KeyGrid("Who was there: type C for came, B for booked only.", self.model, down=True)
        words = (
            "C came, B was booked but did not come, Delete takes the booking away; Space goes through them."
        )
        super().__init__(parent, f"People: {detail.title}", words, grid, wide=(0, 1, 2))
        self.model.typed.connect(self._count)
        if self.model.rowCount():
            grid.setCurrentIndex(self.model.index(0, 2))
        self._count()

    @override
    def changed(self) -> list[object]:
        return list(self.model.changed())

    def _count(self) -> None:
        self._note.setText(f"{count(self.model.came, 'person', 'people')} came")
