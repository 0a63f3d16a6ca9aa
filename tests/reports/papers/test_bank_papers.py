"""The bank's papers of the sample, of an empty book, of an overfull one, and with hostile words."""

import datetime as dt
from itertools import cycle

import pytest

from models import tables as t
from models.errors import BadInput
from models.store import Store
from models.values import replace
from models.words import Happened, MeetingKind
from reports.papers import PAPERS, Subject, common
from reports.papers.catalogue import Order, build_catalogue, groups
from reports.papers.contents_card import build_contents_cards
from reports.papers.handover import build_handover_sheet
from reports.papers.labels import LabelOptions, build_label_test, build_labels
from reports.papers.loan_slip import build_loan_slips
from reports.papers.stock_check import build_stock_sheet
from tests import books
from tests.reports.kit.making import HOSTILE, STAMP
from tests.reports.kit.qr_reading import modules, read
from tests.reports.pack import crowded
from tests.reports.pack.texts import with_texts
from tests.reports.painted import painted
from tests.reports.pdf_checks import alternatives, assert_sound, outline, roles, texts, words

DAY = dt.date(2025, 6, 20)
ABOUT = {
    "labels": [()],
    "label_test": [()],
    "contents_card": [()],
    "loan_slip": [[24, 30, 32, 33]],
    "handover": [None],
    "catalogue": [],
    "stock_check": [2024],
}
KINDS = {
    "labels": [{"options": LabelOptions(name, 3, edges="border")} for name in ("L7160", "L7163", "L7165")],
    "label_test": [{"options": LabelOptions(name, 3, 0.5, -0.5)} for name in ("L7160", "L7163", "L7165")],
    "contents_card": [{}, {"size": "A4"}, {"large_print": True}],
    "loan_slip": [{}, {"large_print": True}],
    "handover": [{}, {"apart": True}, {"large_print": True}],
    "catalogue": [{}, *({"order": order} for order in Order), {"large_print": True}],
    "stock_check": [{}, {"contents": True}, {"large_print": True}],
}
WAYS = [
    pytest.param(key, kind, id=f"{key}-{n}") for key, kinds in KINDS.items() for n, kind in enumerate(kinds)
]
FIRST_AND_LAST = [
    pytest.param(key, kinds[n], id=f"{key}{n}") for key, kinds in KINDS.items() for n in (0, -1)
]


def asked(store: Store, key: str, about=None, day: dt.date = DAY):
    with store.read() as session:
        return PAPERS[key].query()(session, *(ABOUT[key] if about is None else about), lambda: day)


def built(key: str, data, **kind) -> bytes:
    return PAPERS[key].builder()(data, **kind, stamp=STAMP)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    store = books.sample_in(tmp_path_factory.mktemp("sample"))
    with store.transaction("Lend") as (session, _):
        for n, (thing, school, start) in enumerate([(3, 2, 0), (1, 1, 5), (11, 6, 0)]):
            day = dt.date(2025, 9, 24) + dt.timedelta(days=start)
            due = day + dt.timedelta(days=20)
            session.add(
                t.Loan(code=f"L-9{n}", resource_id=thing, school_id=school, starts_on=day, due_on=due)
            )
    yield store
    books.let_go(store)


@pytest.fixture
def empty(tmp_path):
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


@pytest.fixture(scope="module")
def overfull(tmp_path_factory):
    """14 schools with names of up to 200 characters, 40 things, a kit of 60 lines, a meeting to come."""
    store = Store.create(tmp_path_factory.mktemp("full") / "full.clusterbook")
    with store.transaction("Fill") as (session, _):
        crowded.fill(session)
        for number in range(60):
            part = t.KitItemDraft.checked(
                resource_id=1, position=number, name=f"{number:02} {crowded.LONG} {crowded.LONG}"[:200],
                quantity=10_000, consumable=number % 3 == 0,
            )  # fmt: skip
            session.add(t.KitItem.model_validate(part.model_dump()))
        meeting = t.MeetingDraft.checked(
            code="M-9999", title=crowded.long_name(1), held_on=dt.date(2025, 6, 25), status=Happened.PLANNED,
            kind=MeetingKind.FULL_CLUSTER, place=crowded.long_name(2),
        )  # fmt: skip
        session.add(t.Meeting.model_validate(meeting.model_dump()))
        for number in range(1, crowded.KITS + 1):
            session.get(t.Resource, number).location = crowded.long_name(number % 9)
    yield store
    books.let_go(store)


@pytest.mark.parametrize("key", KINDS)
def test_the_catalogue_of_papers_names_what_there_is(key):
    paper = PAPERS[key]
    assert paper.key == key
    assert isinstance(paper.subject, Subject)
    assert callable(paper.query())
    assert callable(paper.builder())


@pytest.mark.parametrize(("key", "kind"), WAYS)
def test_the_papers_of_the_sample_are_sound(sample, key, kind):
    assert_sound(built(key, asked(sample, key), **kind))


@pytest.mark.parametrize("key", KINDS)
def test_the_same_data_and_stamp_give_the_same_bytes(sample, key):
    data = asked(sample, key)
    assert built(key, data) == built(key, data)


@pytest.mark.parametrize(("key", "kind"), FIRST_AND_LAST)
def test_an_empty_book_has_every_paper_and_each_says_what_is_missing(empty, key, kind):
    data = built(key, asked(empty, key, [()] if key == "loan_slip" else None), **kind)
    assert_sound(data)
    if key != "label_test":
        assert "Cluster name not entered" in words(data)
        assert any(word in words(data) for word in ("yet", "No loan is chosen"))


@pytest.mark.parametrize(("key", "kind"), FIRST_AND_LAST)
def test_an_overfull_book_fits_its_pages(overfull, key, kind):
    data = asked(overfull, key, [[1, 4]] if key == "loan_slip" else None)
    assert_sound(built(key, data, **kind))


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("shift", range(2))
def test_hostile_words_are_printed_and_never_obeyed(sample, key, shift):
    nasty = cycle([one[:200] for one in HOSTILE[shift:] + HOSTILE[:shift] if one.strip()][:: 1 + shift])
    data = with_texts(asked(sample, key), lambda _: next(nasty))
    assert_sound(built(key, data))


def test_markup_stands_on_a_card_as_it_was_typed(sample):
    data = with_texts(asked(sample, "contents_card"), lambda text: f"<b>{text}</b> & {{0}}")
    assert "<b>Bulb holder</b> & {0}" in words(build_contents_cards(data, stamp=STAMP))


# -- labels


def test_labels_begin_at_the_place_asked_for_and_go_on_to_the_next_sheet(sample):
    data = asked(sample, "labels")
    pdf = build_labels(data, LabelOptions("L7163", 5), stamp=STAMP)
    pages = texts(pdf)
    assert [page.count("Check in and out") for page in pages] == [10, 3]
    first = painted(pdf)
    top = min(y for _, y, _ in first.words)
    assert 15.15 + 2 * 38.1 < top < 15.15 + 3 * 38.1  # place 5 is the first of the third row
    assert min(x0 for x0, *_ in first.words) < 20


def test_each_label_says_what_r_loan_6_asks_for(sample):
    said = words(build_labels(asked(sample, "labels", [[3]]), LabelOptions("L7165"), stamp=STAMP))
    for part in (
        "KIT-03", "Circuits with batteries", "Owner: Cluster", "128 pieces", "Check in and out",
        "Brindlemere Primary Science Cluster", "Safety note: County note 12: battery circuits",
    ):  # fmt: skip
        assert part in said


def test_small_type_spares_the_names_and_owners_on_small_labels_from_a_cut(sample):
    said = words(build_labels(asked(sample, "labels"), LabelOptions("L7160"), stamp=STAMP))
    assert "…" not in said
    assert "Thermometers and data loggers" in said
    assert "Owner: Wenmarsh University, biology department" in said


@pytest.mark.parametrize("sheet", ["L7160", "L7163", "L7165"])
@pytest.mark.parametrize("times", [1, 7])
def test_a_safety_note_is_never_cut(sample, sheet, times):
    """R-LOAN-6: beside a name of three lines, and at the longest that a note may be."""
    note = " ".join(["County note 21: chargers"] * times)
    thing = replace(
        asked(sample, "labels", [[3]]).kits[0], name="Thermometers and data loggers", safety_ref=note
    )
    data = replace(asked(sample, "labels", [[3]]), kits=(thing,))
    assert f"Safety note: {note}" in words(build_labels(data, LabelOptions(sheet), stamp=STAMP))


def test_the_code_on_a_label_is_the_one_the_bank_finds(sample):
    pdf = build_labels(asked(sample, "labels", [[3]]), stamp=STAMP)
    assert read(modules(painted(pdf).boxes)) == "KIT-03"
    assert alternatives(pdf) == ["QR code that says KIT-03"]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (LabelOptions("L9999"), "sheet"),
        (LabelOptions("L7163", 0), "start"),
        (LabelOptions("L7163", 15), "start"),
        (LabelOptions(right=5.1), "right"),
        (LabelOptions(down=-6), "down"),
        (LabelOptions(down=float("nan")), "down"),
    ],
)
@pytest.mark.parametrize("build", [build_labels, build_label_test])
def test_a_sheet_that_cannot_be_is_refused_by_the_option_that_is_wrong(sample, build, options, field):
    data = asked(sample, "labels")
    with pytest.raises(BadInput) as caught:
        build(data, options, stamp=STAMP)
    assert caught.value.field == field


def test_the_test_page_says_to_print_at_full_size_and_how_far_all_is_moved(sample):
    said = words(build_label_test(asked(sample, "labels"), LabelOptions(right=0.5, down=-1), stamp=STAMP))
    assert "at 100%" in said
    assert "Now moved: 0.5 mm right and 1 mm up." in said
    assert "the ruler on top is 180 mm long" in said


# -- cards and slips


def test_two_cards_share_a_page_to_cut_apart_and_a_long_one_goes_on(sample, overfull):
    data = asked(sample, "contents_card")
    assert len(data.cards) == 11
    pages = texts(build_contents_cards(data, stamp=STAMP))
    assert len(pages) == 6
    assert ["KIT-01" in pages[0], "KIT-02" in pages[0], "KIT-03" in pages[0]] == [True, True, False]
    assert len(texts(build_contents_cards(data, size="A4", stamp=STAMP))) == 11
    long = texts(build_contents_cards(asked(overfull, "contents_card"), stamp=STAMP))
    assert sum("What belongs in KIT-00" in page for page in long) >= 3
    assert all(any(f"{number:02} Saint" in page for page in long) for number in range(60))
    assert ("Out and in" in long[-1]) is ("Lent for" in long[-1])  # one list, on one card
    assert [page.count("Brindlemere Primary Science Cluster") for page in (pages[0], pages[-1])] == [2, 1]


def test_a_card_says_what_is_in_the_box_and_how_to_lend_it_on(sample):
    (card,) = texts(build_contents_cards(asked(sample, "contents_card", [[3]]), stamp=STAMP))
    said = " ".join(card.split())
    for part in (
        "Circuits with batteries", "Crocodile lead 40", "AA battery gets used up 24", "6 kinds of things 128",
        "Owner: Cluster. Kept at: Harlbridge, science cupboard, shelf 2.", "14 days as a rule",
        "your school pays for a new one", "n.caldbeck@harlbridge.example",
    ):  # fmt: skip
        assert part in said


def test_a_slip_has_a_square_and_two_boxes_for_each_part_and_room_to_sign(sample):
    pdf = build_loan_slips(asked(sample, "loan_slip", [[32]]), stamp=STAMP)
    said = words(pdf)
    assert "to Brindlemere High School until 4 July 2025" in said
    assert "Received by Owain Trask" in said
    boxes = [(round(wide, 1), round(high, 1)) for _, _, wide, high in painted(pdf).boxes]
    assert boxes.count((4.2, 4.2)) == 6  # 12 points
    assert len([one for one in boxes if one[1] == 7.1]) == 12  # 20 points
    assert roles(pdf).count("TD") >= 6 * 4


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "Next check due: not entered."),
        (dt.date(2025, 6, 20), "Next check due: 20 June 2025."),
        (dt.date(2025, 6, 19), "Its check was due on 19 June 2025: check it before it is used."),
    ],
)
def test_r_loan_5_a_mains_lead_whose_check_is_overdue_says_so_on_paper(due, words):
    assert common.mains_check(due, dt.date(2025, 6, 20)) == words


def test_a_slip_of_a_loan_that_is_back_shows_what_came_back(sample):
    said = words(build_loan_slips(asked(sample, "loan_slip", [[24]]), stamp=STAMP))
    assert "back from Oakmantle School on 14 March 2025" in said
    assert "Tuning fork 8 7 0" in said


def test_a_late_loan_says_how_late(sample):
    said = words(build_loan_slips(asked(sample, "loan_slip", [[30]]), stamp=STAMP))
    assert "Friday 13 June 2025: 7 days overdue, 2 of them not school days" in said


# -- bring and take home


def test_the_lead_sees_all_that_moves_and_each_school_its_part(sample):
    pdf = build_handover_sheet(asked(sample, "handover"), stamp=STAMP)
    said = words(pdf)
    assert "5 things change hands on Wednesday 24 September 2025" in said
    assert "back to where the cluster keeps" in said  # what no school takes home, the lead does
    assert "Bring KIT-07 Seeds and growth Due back 13 June 2025" in said
    assert "Take home KIT-11 Ramps and pulleys Booked 24 September to 14 October 2025" in said
    assert "fetch KIT-01 from where the cluster keeps it" in said
    assert "KIT-09" in said  # booked before the meeting


def test_schools_apart_have_a_page_each(sample, overfull):
    data = asked(sample, "handover")
    pages = texts(build_handover_sheet(data, apart=True, stamp=STAMP))
    assert len(pages) == 1 + len(data.schools)
    for page, school in zip(pages[1:], data.schools, strict=True):
        assert school.name in " ".join(page.split())
    full = texts(build_handover_sheet(asked(overfull, "handover"), apart=True, stamp=STAMP))
    assert all("KIT-" in page for page in full)  # whom to ask is never alone on one


# -- catalogue and stock check


def test_the_catalogue_can_be_in_each_order_and_leaves_nothing_out(sample):
    data = asked(sample, "catalogue")
    for order in Order:
        found = {one.row.code for _, items in groups(data, order) for one in items}
        assert found == {one.row.code for one in data.items}
    years = [name for name, _ in groups(data, Order.YEAR_GROUP)]
    assert years == ["EYFS", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "KS3", "Not tagged yet"]
    assert [name for name, _ in groups(data, Order.KIND)][:2] == ["Kits", "Books"]


def test_the_catalogue_has_an_index_by_what_things_are_good_for(sample):
    said = words(build_catalogue(asked(sample, "catalogue"), stamp=STAMP))
    assert "Find by year group" in said
    assert "States of matter KIT-04, KIT-09" in said
    assert "Now at Wickenshaw, due 27 June 2025" in said
    assert "Mystery egg" not in said  # dropped


def test_the_catalogue_says_on_its_first_page_whom_to_ask(sample):
    assert (
        "n.caldbeck@harlbridge.example" in texts(build_catalogue(asked(sample, "catalogue"), stamp=STAMP))[0]
    )


def test_a_catalogue_of_many_things_is_sound(sample):
    data = asked(sample, "catalogue")
    many = tuple(
        replace(one, row=replace(one.row, id=n, code=f"X-{n:03}")) for n, one in enumerate(data.items * 6)
    )
    pdf = build_catalogue(replace(data, items=many), stamp=STAMP)
    assert_sound(pdf)
    said = words(pdf)
    assert all(f"X-{n:03}" in said for n in (0, len(many) - 1))
    assert len(many) == 120


def test_a_stock_check_has_a_box_and_two_squares_for_each_thing(sample):
    data = asked(sample, "stock_check")
    pdf = build_stock_sheet(data, stamp=STAMP)
    boxes = [
        (round(wide, 1), round(high, 1)) for page in range(2) for _, _, wide, high in painted(pdf, page).boxes
    ]
    assert boxes.count((4.2, 4.2)) == 2 * len(data.stock.rows)
    assert len([one for one in boxes if one[1] == 7.1]) == len(data.stock.rows)
    said = words(pdf)
    assert "10 things to check at 8 places, 3 out on loan" in said
    assert "Mains lead: next check due 31 May 2025" in said


def test_no_word_of_a_stock_check_in_large_print_is_torn(sample):
    text = words(build_stock_sheet(asked(sample, "stock_check"), large_print=True, stamp=STAMP))
    for word in ("BOOK-01", "Thermometers", "Wickenshaw", "Counted", "Found", "Complete"):
        assert word in text.split()


def test_a_stock_check_with_contents_has_a_box_for_each_part(sample):
    data = asked(sample, "stock_check")
    said = words(build_stock_sheet(data, contents=True, stamp=STAMP))
    assert "Sealed case of iron filings 4 4" in said
    assert said.count("Part of KIT-05") == 1


def test_each_slip_has_its_bookmark(sample):
    assert outline(build_loan_slips(asked(sample, "loan_slip", [[32, 30]]), stamp=STAMP)) == [
        "Loan slip L-0032",
        "Loan slip L-0030",
    ]
