from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reports.kit import About, Furniture, Kit, Link, write_atomic
from tests.reports.kit.making import STAMP, TITLE, build, document
from tests.reports.pdf_checks import assert_sound, outline, roles, texts, words


def pack(kit):
    """A cover, a list of contents, and three sections of which one is not listed."""
    return [
        *kit.cover("Teasel Valley", "Annual review", "2024 to 2025", [("Stage", "3")]),
        *kit.turn(),
        *kit.head("Contents", "What is in it?", "Contents", listed=False),
        kit.contents(),
        *kit.turn(),
        *kit.head("Members", "Who is in it?", "Twelve schools", bookmark="members"),
        kit.text("Words. " * 500),
        *kit.turn("landscape"),
        *kit.head("Attendance", "Did they come?", "They did", width=kit.wide),
        kit.text(["See ", Link("the members", "members"), "."]),
    ]


@pytest.mark.parametrize("large", [False, True])
def test_a_pack_with_cover_and_contents_is_sound(large):
    kit = Kit(large_print=large)
    assert_sound(document(kit, "cover").build(pack(kit)))


def test_each_page_has_its_header_and_footer_and_the_cover_has_none():
    kit = Kit()
    paper = document(kit, "cover")
    cover, contents, members, more, attendance = texts(paper.build(pack(kit)))
    assert paper.pages == 5
    assert "Page" not in cover
    for number, (page, section) in enumerate(
        [(contents, "Contents"), (members, "Members"), (more, "Members"), (attendance, "Attendance")], 2
    ):  # fmt: skip
        lines = page.splitlines()
        assert {"Teasel Valley", section, "Annual review", "Data to 20 June 2025"} <= set(lines)
        assert f"Page {number} of 5" in lines


def test_the_contents_list_names_each_listed_section_its_question_and_its_page():
    kit = Kit()
    contents = " ".join(texts(document(kit, "cover").build(pack(kit)))[1].split())
    assert "Members Who is in it? 3 Attendance Did they come? 5" in contents


def test_the_bookmarks_are_the_sections():
    kit = Kit()
    data = document(kit, "cover").build(pack(kit))
    assert outline(data) == ["Contents", "Members", "Attendance"]


def test_the_contents_list_and_links_lead_to_their_pages():
    kit = Kit()
    reader = pypdf.PdfReader(io.BytesIO(document(kit, "cover").build(pack(kit))))
    found = [
        annotation.get_object()
        for page in (reader.pages[1], reader.pages[-1])
        for annotation in page.get("/Annots", [])
    ]
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1)}
    assert [numbers[link["/Dest"][0].idnum] for link in found] == [3, 5, 3]


def test_a_contents_list_longer_than_a_page_goes_on_on_the_next():
    kit = Kit()
    story = [*kit.head("Contents", "?", "Contents", listed=False), kit.contents()]
    for n in range(60):
        story += [*kit.turn(), *kit.head(f"Section {n}", f"Question {n}?", "Answer")]
    data = build(story)
    assert_sound(data)
    assert "Section 59 Question 59? 62" in words(data)


def test_the_file_says_what_it_is():
    about = pypdf.PdfReader(io.BytesIO(build([Kit().text("x")]))).metadata
    assert (about.title, about.author, about.subject) == (TITLE, "Ruth Adeyemi", "Review pack")
    assert about.creation_date == about.modification_date == STAMP


def test_the_same_story_and_stamp_give_the_same_bytes():
    first, second = (document(Kit(), "cover").build(pack(Kit())) for _ in range(2))
    assert first == second


def test_papers_built_at_the_same_time_are_those_built_alone():
    alone = document(Kit(), "cover").build(pack(Kit()))
    with ThreadPoolExecutor(4) as pool:
        kits = [Kit() for _ in range(4)]
        papers = list(pool.map(lambda kit: document(kit, "cover").build(pack(kit)), kits))
    assert papers == [alone] * 4


def test_what_was_printed_before_leaves_no_trace():
    story = [Kit().text("Łukasz, 12 schools")]
    before = document(Kit()).build(story)
    document(Kit()).build([Kit().text("𝄞 中文 never seen before")])
    assert document(Kit()).build([Kit().text("Łukasz, 12 schools")]) == before


def test_a_link_to_a_bookmark_that_is_not_there_stops_the_build():
    with pytest.raises(ValueError, match="nowhere"):
        build([Kit().text(Link("see", "nowhere"))])


def test_another_stamp_gives_another_date_and_identifier():
    later = STAMP + dt.timedelta(hours=1)
    one, two = (document(Kit(), stamp=s).build([Kit().text("x")]) for s in (STAMP, later))
    found = [pypdf.PdfReader(io.BytesIO(data)) for data in (one, two)]
    assert found[0].trailer["/ID"] != found[1].trailer["/ID"]
    assert found[1].metadata.creation_date == later


def test_a_stamp_keeps_its_time_zone():
    zone = dt.timezone(dt.timedelta(hours=1))
    stamp = dt.datetime(2025, 6, 20, 16, 30, tzinfo=zone)
    data = document(Kit(), stamp=stamp).build([Kit().text("x")])
    assert pypdf.PdfReader(io.BytesIO(data)).metadata["/CreationDate"] == "D:20250620163000+01'00'"


@pytest.mark.parametrize("rows", [1, 300])
def test_objects_lie_packed_in_a_sound_file_with_all_they_say(rows):
    kit = Kit()
    data = document(kit).build([kit.text(f"Words {n}") for n in range(rows)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        loosened = io.BytesIO()
        pdf.save(loosened, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        assert pdf.check_pdf_syntax() == []
    assert len(data) < len(loosened.getvalue()) * (0.75 if rows > 1 else 1)
    assert roles(data) == roles(loosened.getvalue())
    assert roles(data).count("P") == rows
    assert data.count(b" obj\n") < 40 + rows / 50
    assert_sound(data)


def test_a_story_of_nothing_is_one_empty_page():
    paper = document(Kit())
    assert_sound(paper.build([]))
    assert paper.pages == 1


def test_a_page_that_is_exactly_full_brings_no_empty_one():
    kit = Kit()
    paper = document(kit)
    paper.build([kit.space(702 - 16 - 0.9), kit.text("last line", "fact")])
    assert paper.pages == 1


def test_facts_of_the_cover_stand_at_its_foot():
    kit = Kit()
    data = document(kit, "cover").build(kit.cover("C", "T", "Y", [("Data to", "20 June 2025")]))
    assert_sound(data)
    assert len(texts(data)) == 1


def test_a_cover_with_long_names_still_is_one_page():
    kit = Kit()
    long = "Saint Something and the Holy Whatever Church of England Primary School " * 3
    facts = [(f"Fact {n}", long) for n in range(6)]
    data = document(kit, "cover").build(kit.cover(long, "Annual review", "2024 to 2025", facts))
    assert_sound(data)
    assert len(texts(data)) == 1


def test_the_motif_has_a_dot_for_each_school():
    kit = Kit()

    def dots(schools):
        about = About(TITLE, "A", "S", STAMP)
        paper = kit.document(about, Furniture("C", "T", schools=schools))
        data = paper.build(kit.cover("C", "T", "Y", [("a", "b")]))
        page = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data()
        in_accent = [part.split(b" rg")[0] for part in page.split(b".043137 .360784 .419608 rg")[1:]]
        return sum(part.count(b" m ") for part in in_accent)  # each dot begins with a move

    assert dots(9) - dots(4) == 5


# -- to the disk -----------------------------------------------------------------------------------
def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path):
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_write_that_fails_leaves_the_old_file_and_no_part(tmp_path, monkeypatch):
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(target, b"new" * 1000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "none" / "pack.pdf", b"new")


def test_a_target_that_cannot_be_replaced_leaves_no_part(tmp_path):
    target = tmp_path / "folder"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011  (which one differs by system)
        write_atomic(target, b"new")
    assert list(tmp_path.iterdir()) == [target]


def test_the_kit_loads_no_window_no_book_and_no_reader_of_pdf():
    script = (
        "import sys, reports.kit as k, datetime as dt\n"
        "kit = k.Kit()\n"
        "about = k.About('t', 'a', 's', dt.datetime(2025, 1, 1, tzinfo=dt.UTC), first='portrait')\n"
        "paper = kit.document(about, k.Furniture('c', 't'))\n"
        "paper.build([kit.text('x')])\n"
        "heavy = {'pikepdf', 'PySide6', 'models', 'sqlmodel'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True)
