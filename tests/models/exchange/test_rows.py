"""An import is previewed in full, saved as a whole or not at all, and changes nothing the second time."""

import datetime as dt
from collections.abc import Iterable

import pytest
from sqlmodel import Session, select

from models import tables as t
from models.errors import BadInput, Changed, Refused
from models.exchange.preview import FieldChange, Mark
from models.exchange.rows import apply, parse, rehearse
from models.exchange.sheets import SHEETS
from models.queries.book import Book
from models.queries.cover import cover_facts
from models.queries.warnings import all_verdicts
from models.rules.verdict import About, Verdict, refuse, warn
from models.services.sample import sample_rows
from models.store import Store
from models.words import ClaimState, HalfDay, Phase
from tests.models.exchange.filling import (
    CLAIMS,
    as_sheets,
    bring_in,
    exported,
    look,
    rows,
    sentences,
    stored,
    workbook,
)

CLAIM_HEAD = CLAIMS[0]
ALDER = "Alder Lane Primary School"


# -- new


def test_new_rows_are_stored_with_their_values_links_and_defaults(store: Store) -> None:
    sheets = workbook(Cover_claims=CLAIMS)
    preview = look(store, sheets)
    assert [(row.sheet, row.row, row.mark) for row in preview.rows] == [
        ("Schools", 2, Mark.NEW),
        ("Schools", 3, Mark.NEW),
        ("People", 2, Mark.NEW),
        ("Meetings", 2, Mark.NEW),
        ("Cover claims", 2, Mark.NEW),
    ]
    bring_in(store, sheets)
    (claim,) = stored(store, t.CoverClaim)
    school = stored(store, t.School)[0]
    assert school["name"] == ALDER
    assert (school["urn"], school["phase"]) == ("900001", Phase.PRIMARY)
    assert claim["school_id"] == school["id"]
    assert claim["person_id"] == stored(store, t.Person)[0]["id"]
    assert (claim["code"], claim["cost_p"], claim["cover_on"]) == ("SC-0001", 9550, dt.date(2024, 11, 14))
    assert (claim["state"], claim["half_day"], claim["vat_p"]) == (ClaimState.DRAFT, HalfDay.PM, 0)


def test_a_whole_import_is_one_step_and_undo_takes_it_back(store: Store) -> None:
    assert bring_in(store, workbook(Cover_claims=CLAIMS)) is not None
    store.undo()
    assert not stored(store, t.School)
    assert not stored(store, t.CoverClaim)


def test_the_summary_counts_rows_by_sheet(store: Store) -> None:
    sheets = workbook()
    assert look(store, sheets).summary() == "Schools: 2 new. People: 1 new. Meetings: 1 new."
    bring_in(store, sheets)
    sheets["Schools"] = rows(("School", "URN"), (ALDER, "900009"), ("Cole School", ""))
    said = look(store, sheets).summary()
    assert said == "Schools: 1 new and 1 changed. 2 rows already in the book."
    assert look(store, workbook()).summary() == "Nothing new: 4 rows already in the book."
    assert look(store, {}).summary() == "The workbook is empty."


# -- again


def test_a_second_import_of_the_same_workbook_makes_no_step(store: Store) -> None:
    sheets = workbook(
        Cover_claims=CLAIMS, Settings=[("Setting", "Value", "From"), ("vat_rate", 20, "1/9/2024")]
    )
    assert bring_in(store, sheets) is not None
    assert bring_in(store, sheets) is None
    assert len(stored(store, t.CoverClaim)) == 1


def test_the_sample_is_all_the_same_the_second_time(sample: Store) -> None:
    preview = look(sample, {sheet.title: sample_rows(sheet) for sheet in SHEETS})
    assert {row.mark for row in preview.rows} == {Mark.SAME}
    assert not preview.writes


def test_an_export_of_the_sample_is_all_the_same(sample: Store) -> None:
    preview = look(sample, as_sheets(exported(sample)))
    assert not preview.problems
    assert {row.mark for row in preview.rows} == {Mark.SAME}


# -- changed


def test_a_changed_row_shows_each_field_before_and_after_in_words(store: Store) -> None:
    bring_in(store, workbook(Cover_claims=CLAIMS))
    sheets = workbook(
        Cover_claims=[(*CLAIM_HEAD, "State", "Claim"), (*CLAIMS[1][:3], 100, "Submitted", "SC-0001")]
    )
    (row,) = (row for row in look(store, sheets).rows if row.mark is Mark.CHANGED)
    assert row.name == "SC-0001"
    assert set(row.changes) == {
        FieldChange("Cost before VAT", "£95.50", "£100.00"),
        FieldChange("State", "Draft", "Submitted"),
    }
    bring_in(store, sheets)
    (claim,) = stored(store, t.CoverClaim)
    assert (claim["cost_p"], claim["state"]) == (10000, ClaimState.SUBMITTED)


def test_a_changed_link_is_shown_by_name(store: Store) -> None:
    bring_in(store, workbook())
    sheets = workbook(People=[("Name", "School"), ("Ann Marl", "Beck Infant School")])
    (row,) = (row for row in look(store, sheets).rows if row.mark is Mark.CHANGED)
    assert row.changes == (FieldChange("School", ALDER, "Beck Infant School"),)


def test_a_missing_column_keeps_what_is_stored_and_an_empty_cell_empties_it(store: Store) -> None:
    full = [("School", "Postcode", "Phase", "Number on roll"), (ALDER, "ZZ1 1AA", "Infant", 90)]
    bring_in(store, {"Schools": rows(*full)})
    bring_in(store, {"Schools": rows(("School", "Postcode"), (ALDER, "ZZ1 1AB"))})
    (school,) = stored(store, t.School)
    assert (school["postcode"], school["phase"], school["number_on_roll"]) == ("ZZ1 1AB", Phase.INFANT, 90)
    bring_in(
        store, {"Schools": rows(("School", "Postcode", "Phase", "Number on roll"), (ALDER, "", None, ""))}
    )
    (school,) = stored(store, t.School)
    assert (school["postcode"], school["phase"], school["number_on_roll"]) == ("", Phase.PRIMARY, None)


def test_a_row_that_is_not_in_the_workbook_stays_in_the_book(store: Store) -> None:
    bring_in(store, workbook())
    bring_in(store, {"Schools": rows(("School",), (ALDER,))})
    assert len(stored(store, t.School)) == 2


def test_two_rows_may_swap_a_value_that_no_two_rows_share(store: Store) -> None:
    bring_in(store, workbook())
    ids = [school["id"] for school in stored(store, t.School)]
    swapped = [("School", "URN"), (ALDER, "900002"), ("Beck Infant School", "900001")]
    bring_in(store, {"Schools": rows(*swapped)})
    assert [school["urn"] for school in stored(store, t.School)] == ["900002", "900001"]
    assert [school["id"] for school in stored(store, t.School)] == ids
    assert stored(store, t.Person)[0]["school_id"] == ids[0]


def test_a_name_is_found_whatever_its_capitals_and_then_takes_those_of_the_workbook(store: Store) -> None:
    bring_in(store, workbook())
    sheets = {"Schools": rows(("School",), ("ALDER LANE Primary School",))}
    assert look(store, sheets).rows[0].changes == (FieldChange("School", ALDER, "ALDER LANE Primary School"),)
    bring_in(store, sheets)
    assert len(stored(store, t.School)) == 2


def test_two_names_that_differ_only_in_capitals_stay_two(store: Store) -> None:
    sheets = {"Schools": rows(("School",), ("elm",), ("Elm",))}
    bring_in(store, sheets)
    assert bring_in(store, sheets) is None
    both = {"Schools": rows(("School", "Postcode"), ("elm", "ZZ2"), ("Elm", "ZZ1"))}
    bring_in(store, both)
    assert {s["name"]: s["postcode"] for s in stored(store, t.School)} == {"elm": "ZZ2", "Elm": "ZZ1"}


# -- what is passed over


def test_blank_rows_examples_and_guide_sheets_are_passed_over(store: Store) -> None:
    sheets = {
        "Guide": rows(("How to fill in", "anything")),
        "Lists": rows(("Yes",)),
        "Sheet1": rows((None, " ")),
        "Schools": rows(
            (None,), ("School", "URN"), ("EXAMPLE: Elm", "x"), ("example: Oak",), (None, ""), (ALDER,)
        ),
    }
    preview = look(store, sheets)
    assert not preview.problems
    assert [(row.row, row.name) for row in preview.rows] == [(6, ALDER)]


def test_a_space_in_front_makes_an_example_an_ordinary_row(store: Store) -> None:
    preview = look(store, {"Schools": rows(("School",), (" EXAMPLE: Elm",))})
    assert [row.name for row in preview.rows] == ["EXAMPLE: Elm"]


def test_headings_and_sheet_names_are_found_in_any_order_and_whatever_their_capitals(store: Store) -> None:
    sheets = {"schools ": rows(("urn", " SCHOOL: ", None), ("900001", ALDER))}
    preview = look(store, sheets)
    assert not preview.problems
    assert preview.rows[0].after["urn"] == "900001"


# -- links


def test_a_link_finds_rows_of_the_book_and_of_the_same_import(store: Store) -> None:
    bring_in(store, workbook())
    sheets = {
        "People": rows(("Name", "School"), ("Bo Finch", "beck infant school")),
        "Cover claims": rows(CLAIM_HEAD, (ALDER, "Bo Finch", "1/12/2024", 80)),
    }
    bring_in(store, sheets)
    assert stored(store, t.CoverClaim)[0]["person_id"] == stored(store, t.Person)[1]["id"]


def test_a_row_may_link_to_a_later_row_of_its_own_sheet(store: Store) -> None:
    head = ("School", "Replaces the record of")
    bring_in(
        store,
        {"Schools": rows(head, ("Ash Academy", "Yew School"), ("Yew School", "Zed School"), ("Zed School",))},
    )
    ash, yew, zed = (
        next(s for s in stored(store, t.School) if s["name"] == name)
        for name in ("Ash Academy", "Yew School", "Zed School")
    )
    assert (ash["predecessor_id"], yew["predecessor_id"]) == (yew["id"], zed["id"])


def test_a_link_to_several_columns_is_written_with_bars_or_by_its_beginning(store: Store) -> None:
    sheets = workbook(
        Aims=[("Aim", "Words", "From"), (1, "Ask questions", "1/9/2024"), (2, "Talk", "1/9/2024")],
        Aim_links=[("Aim", "Meeting"), ("1 | 1 September 2024", "M-0001"), (2, "M-0001")],
    )
    bring_in(store, sheets)
    aims = {aim["number"]: aim["id"] for aim in stored(store, t.Aim)}
    assert [link["aim_id"] for link in stored(store, t.AimLink)] == [aims[1], aims[2]]
    assert bring_in(store, sheets) is None


# -- codes


def test_an_empty_code_gets_the_next_free_one(store: Store) -> None:
    lines = [
        ("Claim", *CLAIM_HEAD),
        ("SC-0041", *CLAIMS[1]),
        ("", ALDER, "Ann Marl", "15/11/2024", 80),
        (None, ALDER, "Ann Marl", "16/11/2024", 80),
    ]
    bring_in(store, workbook(Cover_claims=lines))
    assert [claim["code"] for claim in stored(store, t.CoverClaim)] == ["SC-0041", "SC-0042", "SC-0043"]


def test_a_row_without_a_code_finds_its_record_by_what_it_says(store: Store) -> None:
    bring_in(store, workbook(Cover_claims=CLAIMS))
    sheets = workbook(Cover_claims=[CLAIM_HEAD, (*CLAIMS[1][:3], 90)])
    (row,) = (row for row in look(store, sheets).rows if row.mark is Mark.CHANGED)
    assert (row.name, row.changes) == ("SC-0001", (FieldChange("Cost before VAT", "£95.50", "£90.00"),))


def test_two_rows_without_a_code_that_say_the_same_are_refused(store: Store) -> None:
    same = workbook(
        Funds=[("Fund", "Kind", "Book starts"), ("Cluster pot", "Cluster pot", "1/9/2024")],
        Entries=[
            ("Fund", "Date", "In or out", "Heading", "What for", "Amount"),
            ("Cluster pot", "1/10/2024", "Out", "Resource bank", "Magnets", 12),
            ("Cluster pot", "1/10/2024", "Out", "Resource bank", "Magnets", 12),
        ],
    )
    assert sentences(store, same) == [
        "Entries, row 3, column “Entry”: this is the same as row 2: if both are meant, give "
        "each its own code here."
    ]


def test_a_row_without_a_code_that_could_be_two_records_is_refused(store: Store) -> None:
    fund = [("Fund", "Kind", "Book starts"), ("Cluster pot", "Cluster pot", "1/9/2024")]
    head = ("Entry", "Fund", "Date", "In or out", "Heading", "What for", "Amount")
    line = ("Cluster pot", "1/10/2024", "Out", "Resource bank", "Magnets", 12)
    bring_in(store, workbook(Funds=fund, Entries=[head, ("E-1", *line), ("E-2", *line)]))
    assert sentences(store, workbook(Funds=fund, Entries=[head, ("", *line)])) == [
        "Entries, row 2, column “Entry”: this could be E-1 and E-2: write which it is."
    ]


# -- sheets whose rows may be alike


def test_rows_that_the_book_lets_be_alike_are_paired_one_to_one(store: Store) -> None:
    head = ("Date", "Kind", "What it was about", "Outcome")
    lines = [("1/10/2024", "Other", "Phoned", "No answer"), ("1/10/2024", "Other", "Phoned", "All well")]
    sheets = {"Contacts log": rows(head, *lines)}
    bring_in(store, sheets)
    assert bring_in(store, sheets) is None
    assert bring_in(store, {"Contacts log": rows(head, *reversed(lines))}) is None
    assert len(stored(store, t.ContactLog)) == 2
    third = {"Contacts log": rows(head, *lines, lines[0])}
    assert look(store, third).count(Mark.NEW) == 1


# -- claims that come in approved or paid


def test_what_is_recognised_of_a_paid_claim_is_worked_out_and_stays(store: Store) -> None:
    head = (*CLAIM_HEAD, "State", "Paid on", "Payment reference", "Recognised at approval")
    lines = [
        (ALDER, "Ann Marl", "14/11/2024", 120, "Paid", "1/12/2024", "BACS 7", None),
        (ALDER, "Ann Marl", "15/11/2024", 80, "Approved", None, None, None),
        (ALDER, "Ann Marl", "16/11/2024", 90, "Approved", None, None, 42),
    ]
    sheets = workbook(Cover_claims=[head, *lines], Memberships=[("School", "Joined"), (ALDER, "1/9/2024")])
    bring_in(store, sheets)
    claims = stored(store, t.CoverClaim)
    assert [claim["approved_p"] for claim in claims] == [10000, 8000, 4200]
    assert [claim["state"] for claim in claims] == [ClaimState.PAID, ClaimState.APPROVED, ClaimState.APPROVED]
    assert bring_in(store, sheets) is None
    with store.read() as session:
        assert {fact.approved_p for fact in cover_facts(Book(session))} == {10000, 8000, 4200}


# -- refusals


def test_nothing_is_saved_if_anything_is_wrong(store: Store) -> None:
    sheets = workbook(
        Cover_claims=[CLAIM_HEAD, (ALDER, "Ann Marl", "14/11/2024", 95), (ALDER, "Nobody", "soon", "x")]
    )
    with pytest.raises(BadInput, match="2 more things to put right: nothing was saved"):
        bring_in(store, sheets)
    assert not stored(store, t.School)
    assert store.undo_name() is None


def test_one_thing_wrong_is_said_alone(store: Store) -> None:
    with pytest.raises(BadInput, match=r"^Schools, row 2, column “Phase”: “x” is not one of [^(]*$"):
        bring_in(store, {"Schools": rows(("School", "Phase"), (ALDER, "x"))})


def test_a_preview_of_a_book_that_has_changed_since_is_not_applied(store: Store) -> None:
    bring_in(store, workbook())
    preview = look(store, {"Schools": rows(("School", "Postcode"), (ALDER, "ZZ1"))})
    bring_in(store, {"Schools": rows(("School", "Postcode"), (ALDER, "ZZ2"))})
    with (
        pytest.raises(Changed, match=f"Schools: “{ALDER}” was changed since"),
        store.transaction("x") as (s, _),
    ):
        apply(s, preview)


def _judge(session: Session) -> Iterable[Verdict]:
    """A rule for these tests: no claim above £100, and a warning that stops nobody."""
    for claim in session.exec(select(t.CoverClaim)):
        if claim.cost_p > 10000:
            yield refuse("R-TEST", f"{claim.code} is above £100.", About("cover_claim", claim.id or 0))
    yield warn("R-TEST-2", "Mind the gap.")


def test_a_refusal_that_the_import_brings_in_stops_it(store: Store) -> None:
    sheets = workbook(Cover_claims=[CLAIM_HEAD, (*CLAIMS[1][:3], 120)])
    with pytest.raises(Refused, match="SC-0001 is above £100"), store.transaction("Import") as (session, _):
        apply(session, parse(session, sheets), _judge)
    assert not stored(store, t.School)


def test_a_refusal_that_was_there_before_stops_nothing(store: Store) -> None:
    bring_in(store, workbook(Cover_claims=[CLAIM_HEAD, (*CLAIMS[1][:3], 120)]))
    more = {"Schools": rows(("School",), ("Cole School",))}
    with store.transaction("Import") as (session, _):
        apply(session, parse(session, more), _judge)
    assert len(stored(store, t.School)) == 3


def test_a_rehearsal_tells_the_refusals_and_leaves_no_trace(store: Store) -> None:
    sheets = workbook(Cover_claims=[CLAIM_HEAD, (*CLAIMS[1][:3], 120)])
    with store.transaction("Rehearse") as (session, changes):
        found = rehearse(session, parse(session, sheets), _judge)
    assert [verdict.rule for verdict in found] == ["R-TEST"]
    assert changes.step is None
    assert not stored(store, t.School)


def test_the_real_rules_judge_an_import(store: Store) -> None:
    day = dt.date(2025, 6, 1)
    sheets = workbook(
        Cover_claims=[(*CLAIM_HEAD, "Purpose"), (*CLAIMS[1], "Trip or activity for children")],
    )
    with pytest.raises(Refused, match="trip"), store.transaction("Import") as (session, _):
        apply(session, parse(session, sheets), lambda live: all_verdicts(Book(live), day))
    assert not stored(store, t.CoverClaim)
