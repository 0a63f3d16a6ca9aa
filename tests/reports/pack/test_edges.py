"""The pack at its edges: an empty book, a thin one, one that is crowded, and hostile words everywhere."""

import datetime as dt
import io
import re
from itertools import cycle

import pypdf
import pytest

from models import tables as t
from models.queries.book import Book
from models.queries.frozen import figures_of
from models.queries.pack import PackData, pack_data
from models.store import Store
from models.words import FundKind
from reports.pack import build_pack, parts
from tests.reports.kit.making import HOSTILE
from tests.reports.pack import crowded
from tests.reports.pack.factories import STAMP, full, line_of, meeting, meeting_year, member, members, pack
from tests.reports.pack.test_whole_pack import pages_of
from tests.reports.pack.texts import with_texts
from tests.reports.pdf_checks import assert_sound, texts, words

DAY = dt.date(2025, 6, 20)


def asked(store: Store, day: dt.date = DAY) -> PackData:
    with store.read() as session:
        return pack_data(Book(session), 2024, day)


def test_an_empty_book_builds_every_page_and_says_what_is_missing(store):
    empty = asked(store)
    assert {one.value for one in figures_of(empty.headline)} == {None}  # what an issue keeps (R-REV-5)
    data = build_pack(empty, stamp=STAMP)
    assert_sound(data)
    said = words(data)
    assert "Cluster name not entered" in said
    found = parts(empty)
    for part in found[1:]:
        assert part.title in said
    assert len(texts(data)) <= 0.5 * len(found)  # what nothing is entered for shares pages
    for sentence in (
        "No meeting is entered yet",
        "No cover claim is entered yet",
        "No CPD session is entered yet",
    ):
        assert sentence in said
    assert "The member schools" in said  # the list of what is not entered
    assert "attendance of every meeting" not in said  # which is asked for once there is any
    assert re.search(r"\b0%|£0\b", said) is None  # nobody counted anything


def test_a_book_with_a_name_and_a_school_builds(store):
    with store.transaction("Begin") as (session, _):
        session.add(t.Cluster(name="Teasel Valley"))
        session.add(t.School(name="Alder Lane"))
        session.flush()
        session.add(t.Membership(school_id=1, joined_on=dt.date(2024, 9, 1)))
        session.add(t.Fund(name="Pot", kind=FundKind.POT, opened_on=dt.date(2024, 9, 1)))
    for short in (False, True):
        data = build_pack(asked(store), short=short, stamp=STAMP)
        assert_sound(data)
        money = pages_of(data, "Cluster account") + pages_of(data, "Release and supply cover")
        assert "£0" not in money  # an account without entries and claims that nobody wrote (R-REV-5)


def test_a_pack_on_the_first_day_of_the_year_builds(store):
    assert_sound(build_pack(asked(store, dt.date(2024, 9, 1)), stamp=STAMP))


def test_meetings_without_any_attendance_build():
    lines = [line_of(meeting(number)) for number in range(1, 4)]
    who = members(member(1))
    asked_to = meeting_year(lines, [], [line.membership for line in who.lines])
    data = build_pack(pack(members=who, meetings=asked_to), stamp=STAMP)
    assert_sound(data)
    assert "Attendance is not entered yet" in words(data)


def test_a_crowded_book_fits_its_pages(crowd, crowd_pack):
    """14 schools, names of 200 characters, 120 claims, 30 meetings, texts of 2,000 characters."""
    assert_sound(crowd_pack)
    said = pages_of(crowd_pack, "Appendix A: claims")
    for number in (0, crowded.CLAIMS - 1):
        assert f"SC-{number:04}" in said
    assert len(crowd.cover.claims) == crowded.CLAIMS


def test_long_words_stand_below_their_labels_at_full_width_and_short_ones_in_tables(crowd_pack, sample_pack):
    """Texts of 2,000 characters in narrow columns filled twice the pages."""
    sides = {title: pages_of(crowd_pack, title) for title in ("Issues and the Advisor", "Lead school")}
    assert "3 September 2024 Problem" in sides["Issues and the Advisor"]
    assert "2 September 2024 Fund: Lead time · Amount: £98,765.43 What for" in sides["Lead school"]
    assert "Raised Problem Advisor told How it stands" in pages_of(sample_pack, "Issues and the Advisor")
    reader = pypdf.PdfReader(io.BytesIO(crowd_pack))
    starts = {entry.title: reader.get_destination_page_number(entry) for entry in reader.outline}
    assert starts["Next year"] - starts["Issues and the Advisor"] < 16
    met = pages_of(crowd_pack, "Meetings")
    assert "2 \u00b7 11 September 2024 When: 1:15pm to 3:30pm \u00b7 Where: 01 Saint" in met
    assert "30 held, 19 count; the minimum is 4." in met
    assert "Successes" in reader.pages[starts["Summary"]].extract_text()  # the page goes on below the figures


def test_a_crowded_matrix_goes_on_over_several_landscape_tables(crowd_short):
    pages = texts(crowd_short)
    tables = [page for page in pages if "came of asked" in " ".join(page.split())]
    assert len(tables) >= 3
    assert sum("Came" in page.split() for page in tables) == 1  # the sums stand once, at the end


def test_a_crowded_pack_is_sound_in_large_print_too(crowd):
    assert_sound(build_pack(crowd, short=True, large_print=True, stamp=STAMP))


@pytest.mark.parametrize("shift", range(4))
def test_hostile_words_in_every_text_are_printed_and_never_obeyed(shift):
    """Each text gets another of them, and with the next shift the next but three."""
    nasty = cycle([one[:2_000] for one in HOSTILE[shift:] + HOSTILE[:shift] if one.strip()][:: 1 + shift % 2])
    data = build_pack(with_texts(full(), lambda _: next(nasty)), stamp=STAMP)
    assert_sound(data)


def test_markup_stands_on_the_page_as_it_was_typed():
    said = words(build_pack(with_texts(full(), lambda text: f"<b>{text}</b> & {{0}}"), stamp=STAMP))
    assert "<b>Alder Lane Primary School</b> & {0}" in said
