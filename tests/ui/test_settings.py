"""Settings come back as they were written, and a damaged file never keeps anybody from her book."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray

from ui.settings import RECENT_MOST, SCALES, LabelPrinter, RecentFile, Settings, ThemeChoice

DAY = dt.date(2025, 3, 3)


def again(settings, path) -> Settings:
    settings.save()
    return Settings(path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "settings.ini"


def test_what_was_written_comes_back(path):
    settings = Settings(path)
    settings.theme = ThemeChoice.DARK
    settings.text_size = 1.25
    settings.year = 2023
    settings.page = "pack"
    settings.charts = ("attendance", "pot")
    settings.label_printer = LabelPrinter("L7160", 0.5, -1.0)
    settings.geometry = QByteArray(b"\x01\xd9\x00=;%")

    read = again(settings, path)

    assert read.theme is ThemeChoice.DARK
    assert read.text_size == 1.25
    assert read.year == 2023
    assert read.page == "pack"
    assert read.charts == ("attendance", "pot")
    assert read.label_printer == LabelPrinter("L7160", 0.5, -1.0)
    assert bytes(read.geometry.data()) == b"\x01\xd9\x00=;%"


def test_nothing_written_reads_as_the_defaults(path):
    settings = Settings(path)

    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.text_size == 1.0
    assert settings.year is None
    assert settings.page == ""
    assert settings.charts == ()
    assert settings.recent == ()
    assert settings.geometry.isEmpty()


@pytest.mark.parametrize(
    "text",
    [
        "[view]\ntheme=purple\ntext_size=9\nyear=soon\n[files]\nrecent=nonsense\n[window]\ngeometry=5\n",
        '[view]\ntheme=\ntext_size=nan\nyear=-1\n[files]\nrecent="[{}]"\n',
        '[files]\nrecent="{\\"path\\": 3}"\n',
        '[files]\nrecent="[3, null]"\n',
        "\x00\x01\x02 not an INI file at all",
    ],
)
def test_a_damaged_file_reads_as_the_defaults(path, text):
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    settings = Settings(path)

    assert settings.theme is ThemeChoice.SYSTEM
    assert settings.text_size == 1.0
    assert settings.year is None
    assert settings.recent == ()
    assert settings.geometry.isEmpty()


def entry(path, name="Tidewater Cluster") -> RecentFile:
    return RecentFile(path, name, "8 schools · year 1 of 2", DAY)


@pytest.mark.parametrize("text", ["nonsense", "[1]", '{"sheet": "L7160", "right": "far"}', '{"left": 1}'])
def test_a_damaged_move_of_labels_moves_nothing(path, text):
    path.parent.mkdir(parents=True)
    path.write_text(f"[papers]\nlabels={json.dumps(text)}\n", encoding="utf-8")
    assert Settings(path).label_printer == LabelPrinter()


def test_the_book_opened_last_is_the_first_and_stands_there_once(path, tmp_path):
    settings = Settings(path)
    for name in ("a", "b", "a"):
        settings.remember(entry(tmp_path / name))

    assert [known.path.name for known in again(settings, path).recent] == ["a", "b"]


def test_no_more_than_ten_books_are_remembered(path, tmp_path):
    settings = Settings(path)
    for number in range(RECENT_MOST + 5):
        settings.remember(entry(tmp_path / f"{number}"))

    names = [known.path.name for known in again(settings, path).recent]

    assert names == [str(number) for number in range(14, 4, -1)]


def test_a_book_can_be_forgotten_and_its_file_stays(path, tmp_path):
    book = tmp_path / "a.clusterbook"
    book.touch()
    settings = Settings(path)
    settings.remember(entry(book))

    settings.forget(book)

    assert settings.recent == ()
    assert book.exists()


def test_a_book_that_is_gone_is_missing_and_one_that_is_there_is_not(tmp_path):
    there = tmp_path / "there"
    there.touch()

    assert entry(tmp_path / "gone").missing()
    assert entry(tmp_path).missing()
    assert not entry(there).missing()


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.sampled_from(SCALES),
    st.integers(0, 9999),
)
def test_any_name_comes_back_letter_for_letter(tmp_path_factory, name, day, scale, year):
    path = tmp_path_factory.mktemp("settings") / "settings.ini"
    settings = Settings(path)
    settings.remember(RecentFile(path, name, name, day))
    settings.text_size, settings.year = scale, year

    read = again(settings, path)

    assert read.recent == (RecentFile(path, name, name, day),)
    assert (read.text_size, read.year) == (scale, year)
