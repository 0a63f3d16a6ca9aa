"""How labels are printed: the sheet, the first label on it, and how far all is moved for this printer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.errors import BadInput
from models.rules.loans import label_places
from models.values import replace
from ui.format import count
from ui.icons import Icon
from ui.overrides import override
from ui.papers.options import Option, labelled
from ui.papers.sheet import SheetPicture
from ui.settings import LabelPrinter
from ui.widgets.buttons import Button
from ui.widgets.choices import Tabs
from ui.widgets.fields import TextField
from ui.widgets.layouts import column, row
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from models.queries.papers.choices import Offered
    from ui.papers.items import Items
    from ui.papers.making import Wanted
    from ui.settings import Settings

STEP = 0.5  # mm
LABELS, TEST = "labels", "label_test"


class MmField(TextField):
    """A length in mm, below 0 too. Up and Down change it by half a millimetre.

    Attributes:
        stepped: Up or Down was pressed: (how many steps,).
    """

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__("0", most=8)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class Nudge(QWidget):
    """How far the labels are moved one way, in mm, with a button for less and one for more.

    Args:
        way: where a length above 0 moves them: "right".
        back: where one below 0 does: "left".

    Attributes:
        changed: it is another length.
    """

    changed = Signal()

    def __init__(self, way: str, back: str) -> None:
        super().__init__()
        self._way = way
        self.field = MmField()
        self.field.setAccessibleName(f"Millimetres to the {way}" if way == "right" else f"Millimetres {way}")
        self.less = Button("", icon=Icon.MINUS, tip=f"Half a millimetre {back}", always=True)
        self.more = Button("", icon=Icon.PLUS, tip=f"Half a millimetre {way}", always=True)
        self.less.clicked.connect(partial(self.step, -1))
        self.more.clicked.connect(partial(self.step, 1))
        self.field.stepped.connect(self.step)
        self.field.textEdited.connect(self.changed)
        self.setFocusProxy(self.field)
        line = row(self.less, self.field, self.more, gap=4)
        line.setStretchFactor(self.field, 1)
        self.setLayout(line)

    def value(self) -> float:
        """The length.

        Raises:
            BadInput: it is no number.
        """
        typed = self.field.text().replace("mm", "").replace("−", "-").replace(",", ".").strip()
        try:
            return round(float(typed or 0), 2)
        except ValueError:
            raise BadInput(
                f"“{self.field.text()}” is not a length: enter millimetres, such as 0.5 or -1.", self._way
            ) from None

    def show_value(self, value: float) -> None:
        """Show another length."""
        self.field.setText(f"{value:g}")

    def step(self, steps: int, *_: object) -> None:
        """Move by some half millimetres."""
        try:
            now = self.value()
        except BadInput:
            now = 0.0
        self.show_value(now + steps * STEP)
        self.changed.emit()


class LabelOptions(Option):
    """Sheet, first label, what to print on it, and how far all is moved. The printer's part is remembered.

    Args:
        settings: remembers sheet and moves.
        items: the things to label.
        test: begin with the ruler test page.
    """

    def __init__(self, settings: Settings, items: Items, *, test: bool) -> None:
        from reports.kit.labels import SHEETS

        super().__init__()
        self._settings, self._items, self._sheets = settings, items, SHEETS
        known = settings.label_printer
        self.pages = Tabs([("Labels", 0), ("Ruler test page", 0)], int(test))
        entries = [
            (f"{s.name}: {s.per_sheet} labels, {s.width:g} × {s.height:g} mm", s.name)
            for s in SHEETS.values()
        ]
        self.sheet = Pick(entries)
        self.sheet.show_value(known.sheet if known.sheet in SHEETS else "L7163")
        self.picture = SheetPicture(SHEETS[self.sheet.value()])
        self.right, self.down = Nudge("right", "left"), Nudge("down", "up")
        self.right.show_value(known.right)
        self.down.show_value(known.down)
        self.edges = Pick(
            [("No lines", "none"), ("A border round each", "border"), ("Lines to cut along", "cut")]
        )
        self.edges.show_value("none")
        self._sum = Label("", "caption", "muted", wrap=True)
        self.setFocusProxy(self.sheet)
        self._build()
        self.pages.chosen.connect(self._on_page)
        self.sheet.picked.connect(self._on_sheet)
        self.picture.picked.connect(self._on_change)
        self.edges.picked.connect(self._on_change)
        for nudge in (self.right, self.down):
            nudge.changed.connect(self._on_change)
        items.changed.connect(self._show_sum)
        self._on_page()

    def _build(self) -> None:
        moves = column(
            labelled("Move right, mm", self.right), labelled("Move down, mm", self.down), 1, gap=10
        )
        place = row(column(self.picture, 1), moves, gap=16)
        place.setStretchFactor(moves, 1)
        help_ = "Moves below 0 go left, or up, and are remembered. Print the ruler test page to find them."
        first = column(
            Label("First label", "label"),
            place,
            self._sum,
            Label(help_, "caption", "muted", wrap=True),
            gap=4,
        )
        self._edges = QWidget()
        self._edges.setLayout(labelled("Lines", self.edges))
        sheet = labelled("Sheet", self.sheet)
        self.setLayout(column(self.pages, sheet, first, self._items, self._edges, gap=16))

    def key(self) -> str:
        """Which of the two papers is wanted."""
        return TEST if self.pages.current() else LABELS

    @override
    def offer(self, offered: Offered) -> None:
        self._items.offer(offered)
        self._show_sum()

    @override
    def applied(self, wanted: Wanted) -> Wanted:
        from reports.papers.labels import LabelOptions as Printed

        right, down = self.right.value(), self.down.value()
        sheet = self.sheet.value()
        options = Printed(sheet, self.picture.first(), right, down, self.edges.value())
        if self.key() == TEST:
            return replace(wanted, key=TEST, about=([],), words=sheet).building(options=options)
        made = self._items.applied(wanted)
        return replace(made, key=LABELS, words=f"{sheet} {made.words}").building(options=options)

    def keep(self) -> None:
        """Remember the sheet and the moves: they were printed with."""
        self._settings.label_printer = LabelPrinter(self.sheet.value(), self.right.value(), self.down.value())

    def _show_sum(self) -> None:
        number, sheet = self._items.number(), self._sheets[self.sheet.value()]
        self.picture.show_number(number)
        places = label_places(number, self.picture.first(), sheet.per_sheet)
        sheets = len({page for page, _ in places})
        words = f"{count(number, 'label')} on {count(sheets, 'sheet')}" if number else "No label yet"
        self._sum.setText(f"{words}, from label {self.picture.first()}")

    def _on_page(self, _number: int = 0) -> None:
        labels = self.key() == LABELS
        self._items.setVisible(labels)
        self._edges.setVisible(labels)
        self._sum.setVisible(labels)
        self._on_change()

    def _on_sheet(self) -> None:
        self.picture.show_sheet(self._sheets[self.sheet.value()])
        self._on_change()

    def _on_change(self, _value: int = 0) -> None:
        self._show_sum()
        self.changed.emit()
