"""The pack of the sample cluster, from a real book to the page: what a reader and a screen reader get."""

import datetime as dt
import io
import re

import pypdf
import pytest
from sqlmodel import select

from models import tables as t
from models.formats import prose_pounds
from models.queries.book import Book
from models.queries.pack import pack_data
from models.queries.readiness import TITLES
from models.values import replace
from models.words import ContactKind
from reports.pack import PARTS, build_pack, parts
from reports.pack.summary import EXPLAINED
from tests import books
from tests.reports.pack.factories import STAMP
from tests.reports.pdf_checks import alternatives, assert_sound, marked, outline, texts, words


def pages_of(data: bytes, title: str) -> str:
    """The words of the pages that the header calls by this title."""
    starts, pages = marked(data), texts(data)
    place = [name for name, _ in starts].index(title)
    first = starts[place][1]
    last = starts[place + 1][1] if place + 1 < len(starts) else len(pages)
    last = max(last, first + 1)  # a brief part may share its page
    return " ".join(" ".join(page.split()) for page in pages[first:last])


def pages_with(data: bytes, title: str) -> int:
    """How many pages a part takes."""
    starts = [*(page for _, page in marked(data)), len(texts(data))]
    place = outline(data).index(title)
    return starts[place + 1] - starts[place]


def test_the_pack_is_sound_and_nothing_in_it_is_silent(sample_pack):
    assert_sound(sample_pack)


def test_the_first_year_is_sound_too(first_pack):
    assert_sound(first_pack)


def test_the_same_data_and_stamp_give_the_same_bytes(second_year, sample_pack):
    assert build_pack(second_year, stamp=STAMP) == sample_pack


def test_another_stamp_changes_the_file_and_not_the_words(second_year, sample_pack):
    other = build_pack(second_year, stamp=STAMP + dt.timedelta(hours=1))
    assert other != sample_pack
    assert texts(other) == texts(sample_pack)


def test_bookmarks_name_every_part_in_order(sample_pack):
    titles = [part.title for part in PARTS[1:]]
    assert outline(sample_pack) == ["Contents", "Foreword", *titles]


def test_the_contents_page_gives_the_pages_where_the_parts_begin(sample_pack):
    reader = pypdf.PdfReader(io.BytesIO(sample_pack))
    listed = pages_of(sample_pack, "Contents")
    for entry in reader.outline[2:]:
        page = reader.get_destination_page_number(entry) + 1
        question = next(part.question for part in PARTS if part.title == entry.title)
        assert f"{entry.title} {question} {page}" in listed


def test_each_figure_of_the_summary_names_the_page_that_explains_it(sample_pack):
    reader = pypdf.PdfReader(io.BytesIO(sample_pack))
    summary = pages_of(sample_pack, "Summary")
    starts = {entry.title: reader.get_destination_page_number(entry) + 1 for entry in reader.outline}
    for part in EXPLAINED:
        assert re.search(rf"\bpage {starts[TITLES[part]]}\b", summary.replace("\u00a0", " "))
    notes = [note.get_object() for note in reader.pages[starts["Summary"] - 1].annotations or []]
    assert [note["/Contents"].replace("\u00a0", " ") for note in notes] == [
        f"page {starts[TITLES[part]]}" for part in EXPLAINED
    ]


def test_brief_parts_share_a_page_and_the_header_names_them_all(sample_pack):
    shared = pages_of(sample_pack, "Transition")
    assert "Is quality-mark money used as allowed?" in shared
    assert "Quality marks to Transition" in shared


def test_a_page_that_begins_with_the_end_of_a_part_is_named_after_it_too(sample_pack):
    assert "Appendix C: open ends to Appendix D: signatures" in texts(sample_pack)[-1]
    money = pages_of(sample_pack, "Cluster account")
    assert "Projects and sub-groups" in money  # the account fills the last page of release
    assert "Release and supply cover to Cluster account" in money


def test_the_contents_page_links_to_the_parts(sample_pack):
    page = pypdf.PdfReader(io.BytesIO(sample_pack)).pages[1]
    notes = [note.get_object() for note in page.annotations or []]
    links = [note for note in notes if note["/Subtype"] == "/Link"]
    assert len(links) == len(PARTS[1:]) + 1  # and the foreword


def test_each_page_but_the_cover_has_its_furniture(sample_pack):
    found = texts(sample_pack)
    for number, page in enumerate(found[1:], 2):
        assert "Brindlemere Primary Science Cluster" in page
        assert f"Page {number} of {len(found)}" in page.replace("\u00a0", " ")
        assert "Data to 20 June 2025, draft of version 1" in page.replace("\u00a0", " ")


def test_the_file_says_what_it_is_and_who_made_it(sample_pack):
    about = pypdf.PdfReader(io.BytesIO(sample_pack)).metadata
    assert about is not None
    assert about.title == "Brindlemere Primary Science Cluster: Annual review 2024 to 2025"
    assert about.author == "Nerys Caldbeck and Tobias Finch"


def test_every_part_answers_its_question_on_its_page(second_year, sample_pack):
    for part in PARTS[1:]:
        said = pages_of(sample_pack, part.title)
        assert part.question in said
        assert part.answer(second_year) in said


def test_a_figure_is_the_same_on_each_page_that_prints_it(second_year, sample_pack):
    """R-REV-7: the summary's figures are those of the pages that explain them."""
    now, summary = second_year.headline, pages_of(sample_pack, "Summary")
    assert now.pot is not None
    for words_of, title in (
        (now.attendance.percent, "Attendance"),
        (now.attendance.text, "Attendance"),
        (prose_pounds(now.pot.closing_p), "Cluster account"),
        (prose_pounds(now.pot.spent_p), "Cluster account"),
        (f"{now.cpd.people}", "Professional development"),
        (now.confidence.change_words, "Confidence"),
    ):
        assert words_of in summary
        assert words_of in pages_of(sample_pack, title)
    release = pages_of(sample_pack, "Release and supply cover")
    assert prose_pounds(now.cover.cost_p) in release
    assert prose_pounds(now.cover.cost_p) in pages_of(sample_pack, "Appendix A: claims")


def test_own_money_and_pot_money_add_up_to_all_release(second_year):
    cover = second_year.cover
    for figure in ("claims", "half_days", "cost_p", "recognised_p", "school_share_p", "lead_pays_p"):
        parts_of = getattr(cover.own, figure) + getattr(cover.other, figure)
        assert parts_of == getattr(cover.totals, figure)
    assert cover.own.lead_pays_p == 0


def test_the_account_closes_with_what_opened_it_and_moved(second_year, sample_pack):
    pot = second_year.pot
    assert pot is not None
    assert pot.previous is not None
    assert pot.account.opening_p == pot.previous.closing_p
    planned = pot.planned_closing_p
    assert planned is not None
    assert f"Closing balance {prose_pounds(pot.previous.closing_p)}" in pages_of(
        sample_pack, "Cluster account"
    )
    assert prose_pounds(planned) in pages_of(sample_pack, "Cluster account")


def test_years_stand_side_by_side_where_there_are_two(sample_pack, first_pack):
    assert "no trend yet" not in words(sample_pack)
    for title in (
        "Summary",
        "Meetings",
        "Attendance",
        "Release and supply cover",
        "Confidence",
        "Resource bank",
    ):
        assert "2023 to 2024" in pages_of(sample_pack, title)
    assert "First year: no trend yet." in words(first_pack)


def test_every_picture_says_its_result_in_words(sample_pack, second_year):
    said = alternatives(sample_pack)
    assert len(said) >= 9
    assert any("41 of 47 invitations taken up" in words_of for words_of in said)
    assert any(prose_pounds(second_year.cover.own.recognised_p) in words_of for words_of in said)


def test_the_short_form_has_its_parts_and_no_other(second_year):
    data = build_pack(second_year, short=True, stamp=STAMP)
    assert_sound(data)
    assert outline(data) == ["Contents", *(part.title for part in parts(short=True)[1:])]
    assert "Appendix" not in words(data)


def test_large_print_has_the_same_words_on_more_pages(second_year, sample_pack):
    large = build_pack(second_year, large_print=True, stamp=STAMP)
    assert_sound(large)
    assert len(texts(large)) > len(texts(sample_pack))
    assert outline(large) == outline(sample_pack)
    assert pages_with(large, "Contents") == pages_with(sample_pack, "Contents") + 1
    assert pages_with(large, "Attendance") == pages_with(sample_pack, "Attendance")  # no chart on its own
    assert pages_with(large, "Appendix A: claims") == pages_with(sample_pack, "Appendix A: claims")


def test_a_sample_is_marked_on_its_cover_and_in_its_footers(second_year, sample_pack):
    cover = " ".join(texts(sample_pack)[0].split())
    assert "Sample. Every school, person and figure in it is invented." in cover
    assert "Sample. Data to" in texts(sample_pack)[1]
    real = replace(second_year, profile=replace(second_year.profile, sample=False))
    assert "Sample" not in words(build_pack(real, short=True, stamp=STAMP))


def test_a_pack_printed_with_open_ends_says_so_and_lists_them(second_year, sample_pack):
    assert second_year.check.note in pages_of(sample_pack, "Contents")
    listed = pages_of(sample_pack, "Appendix C: open ends") + pages_of(sample_pack, "Appendix D: signatures")
    for verdict in second_year.verdicts:
        assert verdict.rule in listed
        assert " ".join(verdict.text.split())[:40] in listed


def test_dates_money_and_times_are_written_in_one_way(sample_pack):
    said = words(sample_pack)
    assert re.search(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b", said) is None
    assert re.search(r"\b\d{4}-\d{2}-\d{2}\b", said) is None
    assert "-£" not in said
    assert "None" not in said


def test_what_is_said_of_vat_is_never_advice(sample_pack):
    assert words(sample_pack).count("ask your school business manager") >= 3


def test_the_subject_leader_of_a_school_that_left_is_not_named(second_year, sample_pack):
    gone = [line.ssl for line in second_year.members.lines if line.left_in_year]
    assert gone
    for name in gone:
        assert name not in words(sample_pack)


PRIVATE = [
    (t.Person, "email"),
    (t.Person, "phone"),
    (t.Person, "notes"),
    (t.School, "notes"),
    (t.School, "phone"),
    (t.DevelopmentPlan, "goal"),
    (t.DevelopmentPlan, "support"),
    (t.DevelopmentPlan, "evidence"),
    (t.Meeting, "minutes"),
    (t.CoverClaim, "notes"),
    (t.Attendance, "notes"),
    (t.Role, "handover_note"),
]


@pytest.mark.parametrize(("record", "field"), PRIVATE, ids=lambda one: getattr(one, "__name__", one))
def test_private_words_never_print(sample, sample_pack, record, field):
    said = words(sample_pack)
    with sample.read() as session:
        rows = [getattr(row, field) for row in Book(session).rows(record)]
    for text in filter(None, rows):
        assert " ".join(text.split())[:60] not in said


def test_of_the_contacts_log_only_problems_print(sample, sample_pack):
    said = words(sample_pack)
    with sample.read() as session:
        rows = [(row.kind, row.summary) for row in Book(session).rows(t.ContactLog)]
    private = [summary for kind, summary in rows if kind is not ContactKind.PROBLEM]
    assert private
    for summary in private:
        assert " ".join(summary.split())[:60] not in said


def test_the_extra_support_flag_changes_nothing_on_paper(tmp_path, sample_pack):
    """R-CLU-15: whichever schools are flagged, the pack is the same to the byte."""
    store = books.sample_in(tmp_path)
    with store.transaction("Flag") as (session, _):
        schools = session.exec(select(t.School)).all()
        flagged = [school.extra_support for school in schools]
        for school in schools:
            school.extra_support = not school.extra_support
    assert any(flagged)
    with store.read() as session:
        data = pack_data(Book(session), 2024, dt.date(2025, 6, 20))
    books.let_go(store)
    assert build_pack(data, stamp=STAMP) == sample_pack


def test_teachers_who_were_released_are_not_named_in_the_claims(second_year, sample_pack):
    said = pages_of(sample_pack, "Appendix A: claims")
    for line in second_year.cover.claims:
        assert line.fact.code in said
        assert line.fact.person_name not in said
