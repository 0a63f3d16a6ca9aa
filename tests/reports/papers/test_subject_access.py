"""What somebody is handed who asks what is held: a sound PDF, a workbook and the files."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import load_workbook

from models.filegate import TEXT
from models.gate import NOTE_LIMIT
from models.queries.attachments import FileContent
from models.queries.papers.head import PaperHead
from models.queries.privacy_files import PersonFile
from models.queries.privacy_subject import ENTERED, Asked, Held, HeldGroup, Past, SubjectAccess
from reports.papers.subject_access import archive, build_subject_access
from tests.reports.kit.making import HOSTILE, STAMP
from tests.reports.pdf_checks import assert_sound, words

DAY = dt.date(2025, 6, 20)
LONG = "word " * 2000
SAID = [said for said in HOSTILE if len(said) <= NOTE_LIMIT]


HEAD = PaperHead("Brindlemere", sample=False, today=DAY, schools=7, lead_school="Harlbridge", leads=())


def answer() -> SubjectAccess:
    note = PersonFile(4, "F-0004", "note.txt", "meeting M-0001", "its words name her or him", readable=True)
    other = PersonFile(5, "F-0005", "note.txt", "", "its words name her or him", readable=True)
    records = tuple(Held(f"Line {n}", (("Notes", said), ("Topic", "Rocks"))) for n, said in enumerate(SAID))
    at = dt.datetime(2025, 6, 1, 9, tzinfo=dt.UTC)
    meeting = Held("M-1", (("Minutes", LONG),))
    return SubjectAccess(
        head=HEAD,
        name="Ann Lee",
        asked=Asked(3, DAY),
        due_by=dt.date(2025, 7, 21),
        groups=(HeldGroup("Contacts log", records), HeldGroup("Meetings", (meeting,))),
        history=(
            *(Past(at, "Import", f"Action: A-{n}", (ENTERED,)) for n in range(50)),
            Past(at, "Edit person 3", "Person: Ann Lee", ("Notes: empty → likes tea",)),
        ),
        files=((note, FileContent("note.txt", TEXT.media_type, b"one")),
               (other, FileContent("note.txt", TEXT.media_type, b"two"))),
        packs=2,
    )  # fmt: skip


@pytest.mark.parametrize("large", [False, True])
def test_the_paper_is_sound_with_hostile_and_very_long_words(large):
    made = build_subject_access(answer(), stamp=STAMP, large_print=large)
    assert_sound(made)
    said = " ".join(words(made).split())
    assert f"{len(SAID) + 1} records and 2 files name you" in said
    assert "Answer due by 21 July 2025" in said
    assert "2 review packs as handed to the Steering Group" in said
    assert said.count("word word word") > 300
    assert "Entered: 50 records" in said
    assert "Notes: empty → likes tea" in said


def test_the_archive_has_paper_workbook_and_every_file_under_a_name_of_its_own():
    with zipfile.ZipFile(io.BytesIO(archive(answer(), stamp=STAMP))) as parts:
        names = parts.namelist()
        assert names == [
            "What we hold.pdf", "What we hold.xlsx", "Files/F-0004 note.txt", "Files/F-0005 note.txt",
        ]  # fmt: skip
        assert parts.read(names[3]) == b"two"
        sheet = load_workbook(io.BytesIO(parts.read(names[1]))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Part", "Record", "Field", "What is held")
    assert ("Meetings", "M-1", "Minutes", LONG.strip()) in [(*row[:3], row[3].strip()) for row in rows]
    assert ("History", "Person: Ann Lee", "1 June 2025: Edit person 3", "Notes: empty → likes tea") in rows
