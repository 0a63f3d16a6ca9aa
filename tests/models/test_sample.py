"""The sample cluster: it loads like a workbook, and its figures are what a hand gets from the CSV files.

FIGURES are worked out with a pencil. `by_hand` gets them again from the files with sums of its own, so that
neither the rules nor the queries can agree with themselves; then the queries are held against both.
"""

import csv
import datetime as dt
from collections import Counter, defaultdict
from functools import cache

import pytest
from sqlmodel import select

import resources
from models import tables as t
from models.calendar import school_year
from models.errors import Refused
from models.exchange.preview import Mark
from models.exchange.rows import parse
from models.exchange.sheets import SHEETS
from models.queries.account import pot_year
from models.queries.book import Book
from models.queries.cover import cover_year
from models.queries.headline import headline
from models.queries.meetings import meeting_year
from models.queries.warnings import all_verdicts
from models.services.sample import file_name, load_sample, sample_rows
from models.store.store import Store
from models.words import FundKind

TODAY = dt.date(2025, 6, 20)
YEARS = (2023, 2024)
H, Q, O = "Harlbridge Primary School", "Quillby C of E Primary School", "Otterhay Junior School"  # noqa: E741
P, F, K = "Pipers Lane Infant School", "Fallowden Primary Academy", "Oakmantle School"
W, B = "Wickenshaw Primary School", "Brindlemere High School"

# -- worked out with a pencil; money in pence

MEETINGS_HELD = {2023: 11, 2024: 10}  # of every kind
MEETINGS_COUNTED = {2023: 4, 2024: 4}  # five full-cluster meetings, one of them after school
ATTENDANCE = {2023: (47, 41), 2024: (46, 39)}  # cells, present: full cluster and sub-groups
ATTENDANCE_FULL = {2023: (39, 34), 2024: (39, 32)}  # full cluster only
AGENDA = {2023: (18, 24), 2024: (18, 24)}  # topics proposed by other schools than the lead, of all
RECOGNISED = {  # from each school's own allowance: recognised, school share
    2023: {
        B: (0, 0), F: (40000, 5400), H: (40000, 4200), K: (20000, 800), O: (39300, 0), P: (23850, 0),
        Q: (28700, 800), W: (29000, 0),
    },
    2024: {
        B: (0, 0), F: (10000, 1500), H: (40000, 4000), K: (40000, 1600), O: (48500, 0), P: (26700, 0),
        Q: (39100, 1600), W: (39600, 100),
    },
}  # fmt: skip
POT_RELEASE = {2023: (39000, 0), 2024: (37700, 500)}  # from the pot: recognised, school share
COVER = {2023: (28, 271050, 259850, 11200), 2024: (30, 290900, 281600, 9300)}  # half-days, cost, both parts
ALLOWANCE = {2023: (350000, 129150), 2024: (350000, 106100)}  # of seven schools, left
POT = {2023: (0, 240000, 190838, 49162), 2024: (49162, 255000, 236140, 68022)}  # opening, in, out, closing
LEAD_TIME = {2023: (30000, 26000, 4000), 2024: (34000, 29000, 5000)}  # available, spent, left
LEAD_ADMIN = {2023: (12000, 12000, 0), 2024: (12000, 12000, 0)}
OTHER_FUND = {2023: 28500, 2024: 5700}  # closing
CPD = {2023: (2, 19, 16), 2024: (2, 19, 14)}  # sessions, attendances, people
CPD_MONEY = {2023: (75000, 7000, 2000, 0), 2024: (78000, 15600, 15000, 3000)}  # pot, its VAT, excess, its VAT
LOANS = {2023: (13, 7), 2024: (18, 8)}  # loans, schools
LATE = {2023: 2, 2024: 5}  # came back late, or are late
CONFIDENCE = {2023: (15, 11), 2024: (14, 11)}  # people, paired
REACH = 1042 + 318 + 76 + 246 + 178 + 143 + 209  # pupils of the seven members on 20 June 2025
WARNINGS = {  # rule, and what the sentence names
    ("R-CLU-7", W),
    ("R-MEET-2", "20 March 2024"),
    ("R-MEET-2", "3 December 2024"),
    ("R-MEET-6", "3 December 2024"),
    ("R-MEET-10", "sensory cards"),
    ("R-MEET-10", "two books"),
    ("R-AGR-2", "31 August 2025"),
    ("R-COVER-7", Q),
    ("R-COVER-15", "SC-0043"),
    ("R-COVER-16", "SC-0030"),
    ("R-POT-2", "E-0031"),
    ("R-POT-6", "Events"),
    ("R-CPD-1", "CPD-02"),
    ("R-CPD-1", "CPD-04"),
    ("R-PSQM-3", H),
    ("R-PSQM-3", Q),
    ("R-LOAN-4", "Seeds and growth"),
    ("R-LOAN-5", "data loggers"),
    ("R-AIM-1", "4 of 6"),
}

# -- from the files, with sums of our own


@cache
def rows(sheet):
    """A file's rows by heading. Cells are text, as they stand there."""
    with (resources.path("sample") / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pence(text):
    pounds, _, rest = text.lstrip("-").partition(".")
    amount = int(pounds) * 100 + int(rest.ljust(2, "0"))
    return -amount if text.startswith("-") else amount


def day(text):
    return dt.date.fromisoformat(text) if text else None


def of_year(found, column, year):
    return [row for row in found if school_year(day(row[column])) == year]


def was_member(school, on):
    return any(
        row["School"] == school and day(row["Joined"]) <= on <= (day(row["Left"]) or dt.date.max)
        for row in rows("memberships")
    )


def held(year, *kinds):
    return [
        row
        for row in of_year(rows("meetings"), "Date", year)
        if row["Status"] == "Held" and row["Kind"] in kinds
    ]


def attendance_by_hand(year, *kinds):
    """Cells and presences: a member that was asked is a cell, and it is present with a P or an S."""
    cells = present = 0
    for meeting in held(year, *kinds):
        asked = {row["School"] for row in rows("invitations") if row["Meeting"] == meeting["Meeting"]}
        asked = asked or {row["School"] for row in rows("schools")}
        marks = defaultdict(set)
        for row in rows("attendance"):
            if row["Meeting"] == meeting["Meeting"]:
                marks[row["School"]].add(row["Mark"])
        ours = [school for school in asked if was_member(school, day(meeting["Date"]))]
        cells += len(ours)
        present += sum(bool(marks[school] & {"P", "S"}) for school in ours)
    return cells, present


def claims_by_hand(year):
    """School, whether the pot pays, half-days, cost and recognised of each claim that counts.

    No school's allowance runs out in the sample, so that each claim stands for itself: at most £100 a
    half-day, with its VAT at the one school that does not get it back.
    """
    no_vat_back = {row["School"] for row in rows("schools") if row["Gets VAT back"] == "No"}
    for row in of_year(rows("cover-claims"), "Date of cover", year):
        if row["State"] in {"Rejected", "Withdrawn"}:
            continue
        cost = pence(row["Cost before VAT"])
        if row["School"] in no_vat_back:
            cost += pence(row["VAT"])
        halves = 2 if row["Morning, afternoon or day"] == "Whole day" else 1
        if cost < 0:
            halves, recognised = -halves, -min(-cost, 10000 * halves)
        else:
            recognised = min(cost, 10000 * halves)
        if row["State"] in {"Approved", "Paid"}:
            assert pence(row["Recognised at approval"]) == recognised, row["Claim"]
        yield row["School"], row["Purpose"] != "Full cluster meeting", halves, cost, recognised


def fund_by_hand(fund, year):
    """In, out and closing of a fund that opened with nothing; what is only planned does not count."""
    came = gone = closing = 0
    for row in rows("entries"):
        when = school_year(day(row["Date"]))
        if row["Fund"] != fund or row["Planned or paid"] != "Paid" or when > year:
            continue
        amount = pence(row["Amount"])
        closing += amount if row["In or out"] == "In" else -amount
        if when == year:
            came, gone = (came + amount, gone) if row["In or out"] == "In" else (came, gone + amount)
    return came, gone, closing


@pytest.mark.parametrize("year", YEARS)
class TestThePencilAgreesWithTheFiles:
    def test_meetings(self, year):
        kinds = Counter(
            row["Kind"] for row in of_year(rows("meetings"), "Date", year) if row["Status"] == "Held"
        )
        assert sum(kinds.values()) == MEETINGS_HELD[year]
        assert kinds["Full cluster"] == 5
        assert kinds["Sub-group or project"] == 2
        assert kinds["Cluster leads with Advisor"] == 3
        after_school = [row["Title"] for row in held(year, "Full cluster") if row["Starts"] == "3:45pm"]
        assert len(after_school) == 5 - MEETINGS_COUNTED[year]

    def test_attendance(self, year):
        assert attendance_by_hand(year, "Full cluster", "Sub-group or project") == ATTENDANCE[year]
        assert attendance_by_hand(year, "Full cluster") == ATTENDANCE_FULL[year]

    def test_three_topics_in_four_come_from_other_schools(self, year):
        meetings = {row["Meeting"] for row in of_year(rows("meetings"), "Date", year)}
        proposers = [row["Proposed by"] for row in rows("agenda") if row["Meeting"] in meetings]
        assert (sum(school != H for school in proposers), len(proposers)) == AGENDA[year]

    def test_cover(self, year):
        own, pot, all_of_it = defaultdict(lambda: [0, 0]), [0, 0], [0, 0, 0, 0]
        for school, by_pot, halves, cost, recognised in claims_by_hand(year):
            purse = pot if by_pot else own[school]
            purse[0] += recognised
            purse[1] += cost - recognised
            for place, amount in enumerate((halves, cost, recognised, cost - recognised)):
                all_of_it[place] += amount
        assert {school: tuple(own[school]) for school in RECOGNISED[year]} == RECOGNISED[year]
        assert set(own) == set(RECOGNISED[year])
        assert tuple(pot) == POT_RELEASE[year]
        assert tuple(all_of_it) == COVER[year]
        assert all(recognised <= 50000 for recognised, _ in own.values())
        used = sum(recognised for recognised, _ in own.values())
        assert (7 * 50000, 7 * 50000 - used) == ALLOWANCE[year]

    def test_the_pot(self, year):
        opening, came, gone, closing = POT[year]
        assert fund_by_hand("Cluster pot", year) == (came, gone, closing)
        assert opening + came - gone == closing
        assert opening == (POT[year - 1][3] if year - 1 in POT else 0)

    def test_what_the_pot_paid_for_release_is_what_its_claims_say(self, year):
        paid = {
            row["Claim"]: pence(row["Recognised at approval"])
            for row in of_year(rows("cover-claims"), "Date of cover", year)
            if row["Purpose"] in {"Sub-group or project meeting", "Project work"} and row["State"] == "Paid"
        }
        entries = of_year(rows("entries"), "Date", year)
        repaid = {
            row["Claim"]: pence(row["Amount"])
            for row in entries
            if row["Claim"] and row["Planned or paid"] == "Paid"
        }
        assert paid == repaid
        assert len(paid) == {2023: 3, 2024: 2}[year]

    def test_the_other_funds(self, year):
        for fund, allowed in (("Lead time", LEAD_TIME), ("Finance administration", LEAD_ADMIN)):
            _, spent, left = fund_by_hand(fund, year)
            assert (spent, left) == allowed[year][1:]
        assert fund_by_hand("Lantern Fund", year)[2] == OTHER_FUND[year]

    def test_cpd(self, year):
        sessions = {
            row["CPD session"]: row
            for row in of_year(rows("cpd-sessions"), "Date", year)
            if row["Status"] == "Held"
        }
        came = [
            row["Name"]
            for row in rows("cpd-bookings")
            if row["CPD session"] in sessions and row["Came"] == "Yes"
        ]
        assert (len(sessions), len(came), len(set(came))) == CPD[year]
        money = [0, 0, 0, 0]
        for row in sessions.values():
            fee, taxed = pence(row["Fee before VAT"]), row["Charges VAT"] == "Yes"
            parts = min(fee, 40000), max(fee - 40000, 0)
            for place, net in ((0, parts[0]), (2, parts[1])):
                money[place] += net
                money[place + 1] += net // 5 if taxed else 0
            (paid,) = [one for one in rows("entries") if one["CPD session"] == row["CPD session"]]
            assert pence(paid["Amount"]) == parts[0] + (parts[0] // 5 if taxed else 0)
        assert tuple(money) == CPD_MONEY[year]

    def test_loans(self, year):
        out = of_year([row for row in rows("loans") if row["Checked out"]], "Checked out", year)
        late = [row for row in out if (day(row["Checked in"]) or TODAY) > day(row["Due back"])]
        assert (len(out), len({row["School"] for row in out})) == LOANS[year]
        assert len(late) == LATE[year]

    def test_confidence_slips(self, year):
        first, last = f"{year}-{(year + 1) % 100:02}", defaultdict(set)
        for row in rows("confidence"):
            if row["School year"] == first:
                last[row["Before or after"]].add(row["Code on the slip"])
        people = last["Before"] | last["After"]
        assert (len(people), len(last["Before"] & last["After"])) == CONFIDENCE[year]


# -- through the import, in a real file


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = Store.create(tmp_path_factory.mktemp("sample") / "sample.clusterbook")
    with store.transaction("Load the sample") as (session, _):
        load_sample(session)
    yield store
    store.close()


def test_every_sheet_has_its_file_and_every_file_its_sheet():
    files = {path.name for path in resources.path("sample").iterdir()}
    assert files == {file_name(sheet) for sheet in SHEETS}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_the_headings_are_the_titles_of_the_fields(sheet):
    heading, *body = sample_rows(sheet)
    assert heading.cells == tuple(sheet.heading(field) for field in sheet.fields)
    assert body, "a sheet that the sample leaves empty shows nobody anything"


def test_a_second_import_finds_every_row_there(store):
    with store.read() as session:
        preview = parse(session, {sheet.title: sample_rows(sheet) for sheet in SHEETS})
    assert preview.problems == ()
    assert {row.mark for row in preview.rows} == {Mark.SAME}


def test_loading_it_is_one_step(store):
    assert store.undo_name() == "Load the sample"
    assert len(store.steps()) == 1


def test_a_book_with_a_cluster_is_left_alone(store):
    with (
        pytest.raises(Refused, match="holds Brindlemere Primary Science Cluster already"),
        store.transaction("Load the sample") as (session, _),
    ):
        load_sample(session)


@pytest.mark.parametrize("year", YEARS)
def test_the_queries_give_the_figures_worked_out_by_hand(store, year):
    with store.read() as session:
        found = headline(Book(session), year, TODAY)
    assert (found.meetings.held, found.meetings.counted) == (MEETINGS_HELD[year], MEETINGS_COUNTED[year])
    assert (found.attendance.cells, found.attendance.present) == ATTENDANCE[year]
    cover = found.cover
    assert (cover.half_days, cover.cost_p, cover.recognised_p, cover.school_share_p) == COVER[year]
    assert (found.allowance_p, found.allowance_left_p) == ALLOWANCE[year]
    pot = found.pot
    assert pot is not None
    assert (pot.opening_p, pot.income_p, pot.spent_p, pot.closing_p) == POT[year]
    for kind, wanted in ((FundKind.LEAD_TIME, LEAD_TIME), (FundKind.LEAD_ADMIN, LEAD_ADMIN)):
        line = found.lead_fund(kind)
        assert line is not None
        assert (line.available_p, line.spent_p, line.left_p) == wanted[year]
    cpd = found.cpd
    assert (cpd.sessions, cpd.attendances, cpd.people) == CPD[year]
    assert (cpd.pot_net_p, cpd.pot_vat_p, cpd.excess_net_p, cpd.excess_vat_p) == CPD_MONEY[year]
    assert (found.bank.use.loans, found.bank.use.schools) == LOANS[year]


@pytest.mark.parametrize("year", YEARS)
def test_the_queries_give_each_school_the_release_worked_out_by_hand(store, year):
    with store.read() as session:
        lines = cover_year(Book(session), year, TODAY).schools
    found = {line.school_name: (line.own.recognised_p, line.own.school_share_p) for line in lines}
    assert found == RECOGNISED[year]


@pytest.mark.parametrize("year", YEARS)
def test_the_queries_give_the_agenda_share_worked_out_by_hand(store, year):
    with store.read() as session:
        agenda = meeting_year(Book(session), year, TODAY).agenda
    assert (agenda.by_others, agenda.known) == AGENDA[year]


def test_the_budgets_have_one_line_explained_each_year_and_one_unexplained(store):
    with store.read() as session:
        notes = {year: pot_year(Book(session), year, TODAY).notes for year in YEARS}
    told = {
        year: [(one.line.heading.label, bool(one.line.explanation)) for one in notes[year]] for year in YEARS
    }
    assert told == {2023: [("Resource bank", True)], 2024: [("Project release", True), ("Events", False)]}


def test_check_lists_exactly_the_warnings_that_were_meant(store):
    with store.read() as session:
        verdicts = all_verdicts(Book(session), TODAY)
    found = [(verdict.rule, verdict.text) for verdict in verdicts]
    meant = {
        (rule, text): [named for named in WARNINGS if named[0] == rule and named[1] in text]
        for rule, text in found
    }
    assert [said for said, names in meant.items() if len(names) != 1] == []
    assert {names[0] for names in meant.values()} == WARNINGS


def test_the_sample_is_told_from_its_own_day(store):
    with store.read() as session:
        assert Book(session).today() == TODAY


def test_its_members_teach_so_many_pupils():
    assert (
        sum(int(row["Number on roll"]) for row in rows("schools") if was_member(row["School"], TODAY))
        == REACH
    )


def test_everything_held_was_on_a_school_day(store):
    with store.read() as session:
        book = Book(session)
        calendar = book.calendar()
        days = {row.held_on for row in book.rows(t.Meeting)} | {
            row.held_on for row in book.rows(t.CpdSession)
        }
        days |= set(session.exec(select(t.CoverClaim.cover_on)))
    assert [on for on in sorted(days) if not calendar.is_school_day(on)] == []
