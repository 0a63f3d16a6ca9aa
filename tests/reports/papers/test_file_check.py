"""The check of the file as a paper: whether it is sound, what is in it, and what the rules say."""

import datetime as dt

import pytest

from models.queries.papers.head import PaperHead
from models.rules.verdict import warn
from models.store.values import Checked
from reports.papers.file_check import FileCheck, answer, build_file_check
from tests.reports.pdf_checks import assert_sound, texts

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
HEAD = PaperHead(
    "Brindlemere", sample=False, today=NOW.date(), schools=7, lead_school="Pipers Lane", leads=()
)


def check(*faults: str, verdicts=()) -> FileCheck:
    found = Checked("Year.clusterbook", 1_500_000, NOW, faults, {"meeting": 27}, 312, "a1" * 32, NOW, None)
    return FileCheck(HEAD, found, "2026 to 2027", verdicts)


def said(data: FileCheck) -> str:
    pdf = build_file_check(data, stamp=NOW)
    assert_sound(pdf)
    return " ".join(" ".join(texts(pdf)).split())


def test_a_sound_file_says_so_with_what_is_in_it_and_its_money_digest():
    words = said(check())
    assert "The file is sound" in words
    assert "Meetings 27" in words
    assert "a1a1a1a1a1a1a1a1" in words
    assert "Backup last looked into not yet" in words
    assert "Nothing to look at." in words


@pytest.mark.parametrize("nasty", ["<b>x</b> & </para>", "claim 1 is not as “Add” left it. " * 200])
def test_what_is_wrong_stands_first_in_its_own_words(nasty):
    data = check("The file is damaged: page 7.", nasty, verdicts=(warn("R-MEET-1", "Four meetings only."),))
    words = said(data)
    assert answer(data) == "2 things are wrong with the file"
    assert words.index("page 7") < words.index("Meetings 27") < words.index("Four meetings only.")
    assert " ".join(nasty.split())[:40] in words
