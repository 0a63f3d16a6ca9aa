"""Labels with QR codes on Avery sheets, and the page to test a printer with (R-LOAN-6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from reportlab.platypus import Flowable

from models.errors import BadInput
from models.formats import MINUS, count
from models.queries.papers.kits import Labels
from models.rules.loans import KitFact, label_lines, label_places
from reports.kit import Bold, Kit
from reports.kit.label_test import ACROSS_MM, DOWN_MM, TestPage
from reports.kit.labels import SHEETS, Edges, Label, LabelPage, LabelSheet
from reports.papers import common

FARTHEST = 5.0
"""Millimetres that a sheet may be moved by: more would print on the next label."""


@dataclass(frozen=True)
class LabelOptions:
    """How labels are printed.

    Attributes:
        sheet: L7160, L7163 or L7165.
        start: the first label to print on, from 1, on a part-used sheet.
        right: millimetres to move all to the right; below 0 to the left.
        down: millimetres to move all down; below 0 up.
        edges: a "border" round each label, lines to "cut" along on plain paper, or "none".
    """

    sheet: str = "L7163"
    start: int = 1
    right: float = 0.0
    down: float = 0.0
    edges: Edges = "none"


USUAL = LabelOptions()


def build_labels(data: Labels, options: LabelOptions = USUAL, *, stamp: dt.datetime) -> bytes:
    """The labels as a PDF: as many sheets as it takes.

    Raises:
        BadInput: there is no such sheet or place on it, or it is moved too far; `field` names the option.
    """
    kit, sheet = Kit(), _sheet(options)
    places = label_places(len(data.kits), options.start, sheet.per_sheet)
    title = f"Labels {sheet.name}"
    if not data.kits:
        story: list[Flowable] = [
            *kit.head("Labels", "Which things need a label?", "Nothing to label yet"),
            kit.text("Enter what the cluster lends: each thing then has a code, and its label here."),
        ]
        return common.build(kit, data.head, title, story, stamp=stamp)
    placed = [(*place, _label(data, one)) for place, one in zip(places, data.kits, strict=True)]
    pages = [
        LabelPage(
            sheet, [(place, label) for _, place, label in group], options.edges, (options.right, options.down)
        )
        for _, group in groupby(placed, key=lambda one: one[0])
    ]
    story = [pages[0]]
    for page in pages[1:]:
        story += [*kit.turn("bare"), page]
    return common.build(
        kit, data.head, f"{title}: {count(len(data.kits), 'label')}", story, stamp=stamp, first="bare"
    )


def build_label_test(data: Labels, options: LabelOptions = USUAL, *, stamp: dt.datetime) -> bytes:
    """A page with the outlines of a sheet's labels and two rulers, to print on plain paper first.

    Raises:
        BadInput: as `build_labels`.
    """
    kit, sheet = Kit(), _sheet(options)
    label_places(0, options.start, sheet.per_sheet)
    words = [kit.text(text, "cell_left") for text in _steps(sheet, options)]
    top = common.title(kit, f"Test page for {sheet.name}", sheet.size[0] - 20, 1)
    page = TestPage(sheet, [top, *words], options.start, (options.right, options.down))
    return common.build(
        kit, data.head, f"Test page for labels {sheet.name}", [page], stamp=stamp, first="bare"
    )


def _sheet(options: LabelOptions) -> LabelSheet:
    sheet = SHEETS.get(options.sheet)
    if sheet is None:
        raise BadInput(f"“{options.sheet}” is not a sheet of labels: choose {', '.join(SHEETS)}.", "sheet")
    for field, value in (("right", options.right), ("down", options.down)):
        if not -FARTHEST <= value <= FARTHEST:
            raise BadInput(
                f"{value:g} mm is too far: move the labels by {FARTHEST:g} mm at most, or check that the "
                "printer prints at 100%.",
                field,
            )
    return sheet


def _label(data: Labels, kit: KitFact) -> Label:
    """A label's words: those of R-LOAN-6, its code and its name apart.

    What stands first is the last to be cut, and a safety note never is.
    """
    rest = [line for line in label_lines(kit) if line not in {kit.name, kit.code}]
    rest.sort(key=lambda line: not kit.safety_ref or not line.endswith(f": {kit.safety_ref}"))
    return Label(kit.code, kit.name, tuple(rest), common.cluster_name(data.head), bool(kit.safety_ref))


def _steps(sheet: LabelSheet, options: LabelOptions) -> list[list[str | Bold]]:
    moved = [
        f"{_mm(abs(value))} {plus if value > 0 else less}"
        for value, plus, less in ((options.right, "right", "left"), (options.down, "down", "up"))
        if value
    ]
    return [
        [Bold("1 "), "Print this page on plain paper at 100% (“actual size”). Never “fit to page”."],
        [Bold("2 "), f"Measure: the ruler on top is {ACROSS_MM} mm long, the one at the side {DOWN_MM} mm."],
        [
            Bold("3 "),
            f"Lay it on a sheet of {sheet.name} ({sheet.per_sheet} labels) and hold both to the light. "
            "The dashed outlines should lie on the labels’ edges.",
        ],
        [
            Bold("4 "),
            "If they lie 1 mm too far left, move the labels 1 mm right; if 1 mm too high, 1 mm down. "
            "Print this page again.",
        ],
        [Bold("Now moved: "), " and ".join(moved) or "not at all", "."],
    ]


def _mm(value: float) -> str:
    return f"{value:g}\u00a0mm".replace("-", MINUS)
