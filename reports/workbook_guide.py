"""The Guide sheet: how to fill a workbook in, in plain English, with all sheets and settings listed."""

from __future__ import annotations

from dataclasses import dataclass

from models.exchange.columns import key_columns
from models.exchange.incoming import EXAMPLE
from models.exchange.sheets import KEY_JOIN, SHEETS, Sheet
from models.formats import count, prose_pounds
from models.rules.scheme import RULE, SettingSpec, catalogue

START_WITH = frozenset(
    {
        "Cluster", "Agreements", "Schools", "Memberships", "Lead school", "People", "Roles", "Meetings",
        "Attendance", "Funds", "Cover claims", "Entries",
    }
)  # fmt: skip

TITLE = "How to use this workbook"
TEMPLATE_STEPS = (
    "Fill in the sheets marked “Start here” in the list below. The others can wait, or stay empty.",
    f"Row 2 of each sheet is an example, in grey. Its first cell begins with “{EXAMPLE.strip()}”, so it is "
    "never brought in. Write your own rows from row 3 on; you can delete the example.",
)
EXPORT_STEPS = ("This is everything in the book. Change it here, add rows, and bring the workbook in again.",)
STEPS = (
    "Point at a heading to read what belongs below it. Dark headings are needed in every row; a cell below "
    "a pale heading may stay empty.",
    "An empty cell means “not known”. If the number is nought, write 0: the two are never mixed up.",
    "Write dates with the day first: 14/3/2025 or 14 March 2025. Write times like 1:15pm, money in pounds "
    "like 95.50, school years like 2024 to 2025.",
    "Where a cell has a small arrow, choose from its list.",
    "Refer to a school, person or fund by its name, exactly as on its own sheet; to a meeting, claim, "
    "resource or project by its code.",
    "Leave a code empty and the next free one is given out. Write one yourself where another sheet refers "
    "to it.",
    "You may leave out whole sheets and columns, and put columns in another order. Do not rename them.",
    "When you bring the workbook in, all of it is checked first. If anything is wrong you are told the "
    "sheet, row and column, and nothing is saved.",
    "Bring it in as often as you like: rows that are in the book already are recognised and not doubled. "
    "A row that you delete here stays in the book; delete it there.",
    "Files kept in the book, such as invoices and photographs, and packs already issued stay in the book: "
    "they do not travel in a workbook. To hand everything on, copy the book itself.",
    "Do not write pupils’ names anywhere, nor anything about a person’s health.",
)
SHEETS_HEAD = ("Sheet", "", "What it is for", "Each row is known by")
SETTINGS_HEAD = ("Setting", "Usual value", "What the guidance says", "From")
ABOUT_SHEETS = f"The {count(len(SHEETS), 'sheet')} and what they are for"
ABOUT_SETTINGS = (
    "The settings",
    "These amounts and limits hold as they are. Only if yours differ, name them on the sheet Settings, with "
    "your value and the day from which it holds.",
)


@dataclass(frozen=True)
class SheetLine:
    """A sheet in the Guide's list."""

    title: str
    start: str
    about: str
    key: str


@dataclass(frozen=True)
class SettingLine:
    """A setting in the Guide's list."""

    label: str
    value: str
    guidance: str
    source: str


def sheet_lines() -> tuple[SheetLine, ...]:
    """Every sheet, in order."""
    return tuple(
        SheetLine(
            sheet.title, "Start here" if sheet.title in START_WITH else "", sheet.about, _known_by(sheet)
        )
        for sheet in SHEETS
    )


def setting_lines() -> tuple[SettingLine, ...]:
    """Every setting with its usual value and the sentence it comes from."""
    return tuple(
        SettingLine(spec.label, _usual(spec), spec.guidance, spec.source) for spec in catalogue().values()
    )


def _known_by(sheet: Sheet) -> str:
    if not sheet.key:
        return "There is one row only"
    if sheet.key == sheet.fields:
        return "Everything in it"
    return KEY_JOIN.join(column.heading for column in key_columns(sheet))


def _usual(spec: SettingSpec) -> str:
    if spec.kind == RULE:
        return spec.response.value
    if spec.default is None:
        return "none"
    if spec.kind.endswith("pence"):
        return prose_pounds(spec.default)
    if spec.kind == "choice":
        others = [choice for choice in spec.choices if choice != spec.default]
        return f"{spec.default} (or {' or '.join(others)})"
    text = spec.write(spec.default)
    return f"{text}%" if spec.kind == "percent" else text


def steps(*, template: bool) -> tuple[str, ...]:
    """The Guide's numbered steps."""
    return (*(TEMPLATE_STEPS if template else EXPORT_STEPS), *STEPS)
