"""A year typed into the blank workbook, as a teacher would, and its pack held against sums made by hand.

Four schools; D joins on 5 January. Five full meetings of 1:15pm to 3:30pm, but the fourth is after school.

Attendance (P released, S own time, A apology, N no reply), counted where a school was a member:
           8 Oct  19 Nov  21 Jan  11 Mar  20 May
    A        P      P       P       S       P      5 of 5
    B        P      P       A       S       P      4 of 5
    C        P      N       P       S       P      4 of 5
    D        -      -       P       A       P      2 of 3
    15 of 18 cells = 83.3 %, shown as 83 %. Meetings: 5 held, 4 in school time.

Cover (at most £100 a half-day; the schools get their VAT back, except D):
    A  8 Oct  pm   £109           100.00 +  9.00
    A  19 Nov pm    £95            95.00 +  0.00
    B  8 Oct  pm   £100           100.00 +  0.00
    B  19 Nov pm   £120 + £24 VAT 100.00 + 20.00   (VAT comes back)
    C  21 Jan day  £218           200.00 + 18.00   (two half-days)
    D  20 May pm   £120 + £24 VAT 100.00 + 44.00   (VAT does not come back: the cost is £144)
    7 half-days: £695.00 + £91.00 = £786.00. Allowances 4 × £500 = £2,000, less £695 = £1,305 left.

Pot: £0 + £2,000 grant - £480 CPD (of which £80 VAT) - £37.50 kit = £1,482.50.
CPD: £550 + £110 VAT: pot £400 + £80; schools £150 + £30, a quarter each. 3 people.
Lead time: £260 of £300. Kits: 1 item, 2 loans to 2 schools.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from ui import terminal

A, B, C, D = (
    "Alderwick Primary School",
    "Bramley Infant School",
    "Copsehill Junior School",
    "Dunlow Primary School",
)
TEACHER = {A: "Anna Reed", B: "Ben Stow", C: "Carol Vane", D: "Dev Marsh"}
DAYS = {"M1": "8/10/2025", "M2": "19/11/2025", "M3": "21 January 2026", "M4": "11/3/26", "M5": "20/5/2026"}
MARKS = {"M1": "PPP-", "M2": "PPN-", "M3": "PAPP", "M4": "SSSA", "M5": "PPPP"}
Fill = Callable[..., None]


def fill(book: Workbook, title: str, *rows: dict[str, Any]) -> None:
    """Type rows under the headings, below whatever example the sheet brings along."""
    page = book[title]
    places = {str(cell.value): cell.column for cell in page[1]}
    for row in rows:
        line = next(
            n for n in range(2, page.max_row + 2) if page.cell(n, 1).value is None and is_free(page, n)
        )
        for heading, value in row.items():
            page.cell(line, places[heading], value)


def is_free(page: Any, line: int) -> bool:
    return all(cell.value is None for cell in page[line])


def the_year(book: Workbook) -> None:
    fill(book, "Cluster", {"Cluster name": "Hollowbrook Science Cluster", "Sponsor": "The Example Trust"})
    fill(book, "Agreements", {"Stage": 3, "Starts": "1/9/2025", "Ends": "31/8/2027"})
    for place, (school, teacher) in enumerate(TEACHER.items()):
        vat = "No" if school == D else "Yes"
        fill(
            book,
            "Schools",
            {"School": school, "URN": 900201 + place, "Number on roll": 100, "Gets VAT back": vat},
        )
        joined = "5/1/2026" if school == D else "1/9/2025"
        fill(book, "Memberships", {"School": school, "Joined": joined})
        fill(book, "People", {"Name": teacher, "School": school})
    fill(book, "Lead school", {"School": A, "From": "1/9/2025"})
    fill(book, "Roles", {"Name": "Anna Reed", "Role": "Cluster lead", "School": A, "From": "1/9/2025"})
    for code, day in DAYS.items():
        times = ("4pm", "5:30pm") if code == "M4" else ("1:15pm", "3:30pm")
        meeting = {
            "Meeting": code,
            "Title": f"Meeting {code}",
            "Date": day,
            "Starts": times[0],
            "Ends": times[1],
        }
        fill(book, "Meetings", meeting | {"Status": "Held", "Purpose": "Planning together", "Host school": A})
        for school, mark in zip(TEACHER, MARKS[code], strict=True):
            if mark != "-":
                cell = {"Meeting": code, "School": school, "Name": TEACHER[school], "Mark": mark}
                fill(book, "Attendance", cell)
    money(book)


def money(book: Workbook) -> None:
    claims = [
        (A, "M1", "Afternoon", 109, 0, "Submitted"),
        (A, "M2", "Afternoon", 95, 0, "Paid"),
        (B, "M1", "Afternoon", 100, 0, "Submitted"),
        (B, "M2", "Afternoon", 120, 24, "Approved"),
        (C, "M3", "Whole day", "£218.00", 0, "Submitted"),
        (D, "M5", "Afternoon", 120, 24, "Submitted"),
    ]
    for number, (school, meeting, part, cost, vat, state) in enumerate(claims, 1):
        row = {
            "Claim": f"SC-{number:04}",
            "School": school,
            "Teacher released": TEACHER[school],
            "Meeting": meeting,
            "Date of cover": DAYS[meeting],
            "Morning, afternoon or day": part,
            "Cost before VAT": cost,
            "VAT": vat,
            "State": state,
            "Invoice or timesheet number": f"INV-{number}",
            "Claimed on": "1/6/2026",
        }
        if state == "Paid":
            row |= {"Paid on": "1/12/2025", "Payment reference": "BACS 77"}
        fill(book, "Cover claims", row)
    for name, kind in (("Cluster pot", "Cluster pot"), ("Lead time", "Lead time")):
        fill(book, "Funds", {"Fund": name, "Kind": kind, "Book starts": "1/9/2025", "Opening balance": 0})
    entries = [
        ("Cluster pot", "In", "Grant from sponsor", "Grant", 2000, 0),
        ("Cluster pot", "Out", "CPD providers", "Talk in science", 480, 80),
        ("Cluster pot", "Out", "Resource bank", "Magnets", 37.5, 0),
        ("Lead time", "Out", "Lead time", "Planning day", 260, 0),
    ]
    for fund, way, heading, words, amount, vat in entries:
        row = {"Fund": fund, "Date": "2/2/2026", "In or out": way, "Heading": heading, "What for": words}
        fill(book, "Entries", row | {"Amount": amount, "of which VAT": vat})
    session = {"CPD session": "CPD-01", "Title": "Talk in science", "Date": "4/2/2026", "Status": "Held"}
    fees = {"Provider": "Brightfield CPD", "Charges VAT": "Yes", "Fee before VAT": 550, "VAT": 110}
    fill(book, "CPD sessions", session | fees)
    for school in (A, B, D):
        fill(book, "CPD bookings", {"CPD session": "CPD-01", "Name": TEACHER[school]})
    fill(book, "Resources", {"Resource": "KIT-01", "Name": "Magnets", "Kind": "Kit"})
    for code, school, start, back in (
        ("L-1", B, "2/3/2026", "9/3/2026"),
        ("L-2", C, "16/3/2026", "23/3/2026"),
    ):
        loan = {"Loan": code, "Resource": "KIT-01", "School": school, "From": start, "Due back": back}
        fill(book, "Loans", loan | {"Checked out": start, "Checked in": back})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    workbook, made = folder / "year.xlsx", folder / "year.clusterbook"
    for words in (["template", workbook], ["new", made]):
        assert terminal.run([str(word) for word in words], lambda _: 1) == 0
    sheets = load_workbook(workbook)
    the_year(sheets)
    sheets.save(workbook)
    assert terminal.run(["import", str(made), str(workbook)], lambda _: 1) == 0
    return made


def test_the_summary_is_what_was_worked_out_by_hand(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert terminal.run(["summary", str(book), "--year", "2025-26", "--json"], lambda _: 1) == 0
    found = json.loads(capsys.readouterr().out)
    warnings = found.pop("warnings")
    assert found == {
        "cluster": "Hollowbrook Science Cluster",
        "school_year": "2025-26",
        "schools": 4,
        "meetings": {"held": 5, "counted": 4, "minimum": 4, "target": 5},
        "attendance": {"cells": 18, "present": 15, "percent": 83},
        "cover": {
            "half_days": 7,
            "cost": 786_00,
            "recognised": 695_00,
            "school_share": 91_00,
            "allowance": 2000_00,
            "left": 1305_00,
        },
        "pot": {"opening": 0, "income": 2000_00, "spent": 517_50, "closing": 1482_50},
        "lead_time": {"allowance": 300_00, "spent": 260_00, "left": 40_00},
        "lead_admin": {"allowance": 120_00, "spent": 0, "left": 120_00},
        "cpd": {
            "sessions": 1,
            "attendances": 3,
            "people": 3,
            "pot_net": 400_00,
            "pot_vat": 80_00,
            "excess_net": 150_00,
            "excess_vat": 30_00,
        },
        "resources": {"items": 1, "loans": 2, "borrowing_schools": 2, "overdue": 0, "missing": 0},
    }
    assert {"R-MEET-2", "R-CLU-7", "R-CPD-1"} <= {one["rule"] for one in warnings}


def test_the_pack_prints_those_figures(book: Path, tmp_path: Path) -> None:
    paper = tmp_path / "pack.pdf"
    assert terminal.run(["pack", str(book), "--year", "2025-26", "--out", str(paper)], lambda _: 1) == 0
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(paper).pages))
    for words in (
        "Hollowbrook Science Cluster",
        "15 of 18",
        "83%",
        "£695",
        "£786",
        "£91",
        "£1,482.50",
        "£1,305",
    ):
        assert words in text, words
    for share in ("£37.50", "£7.50"):  # a quarter of £150 and of £30
        assert share in text, share


def test_typing_the_same_workbook_in_again_changes_nothing(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.run(["import", str(book), str(book.with_suffix(".xlsx"))], lambda _: 1) == 0
    assert "Nothing new" in capsys.readouterr().out


def test_a_few_sheets_are_enough_to_start_with(tmp_path: Path) -> None:
    """What is missing is warned of, never in the way: a book is filled in bit by bit."""
    workbook, made = tmp_path / "start.xlsx", tmp_path / "start.clusterbook"
    assert terminal.run(["template", str(workbook)], lambda _: 1) == 0
    assert terminal.run(["new", str(made)], lambda _: 1) == 0
    sheets = load_workbook(workbook)
    fill(sheets, "Schools", {"School": A}, {"School": B})
    fill(sheets, "Memberships", {"School": A, "Joined": "1/9/2025"})
    fill(sheets, "Meetings", {"Title": "First", "Date": "8/10/2025", "Status": "Held"})
    sheets.save(workbook)
    assert terminal.run(["import", str(made), str(workbook)], lambda _: 1) == 0
    assert terminal.run(["check", str(made)], lambda _: 1) == 0
