"""The field's words: stored word, label, and the way through files and processes."""

import copy
import inspect
import pickle

import pytest

from models import words
from models.words import AttendanceCode, Phase, Word

WORDS = [
    kind
    for _, kind in inspect.getmembers(words, inspect.isclass)
    if issubclass(kind, Word) and kind is not Word
]


@pytest.mark.parametrize("kind", WORDS)
def test_stored_words_and_labels_are_told_apart(kind):
    assert len({member.label.casefold() for member in kind}) == len(list(kind)) == len({str(m) for m in kind})


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_is_its_stored_word_and_is_found_by_it(kind):
    for member in kind:
        assert str(member) == f"{member}" == member.value
        assert kind(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - our own bytes
        assert copy.deepcopy(member) is member


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_is_safe_in_the_file_and_readable_on_paper(kind):
    for member in kind:
        assert "'" not in member.value  # it stands in a CHECK condition
        assert member.label == member.label.strip()
        assert member.label[:1].isupper() or member.label[:1].isdigit()
        assert "_" not in member.label


def test_r_meet_8_the_attendance_letters_are_p_s_a_n():
    assert [str(code) for code in AttendanceCode] == ["P", "S", "A", "N"]


def test_an_unknown_word_is_not_taken():
    with pytest.raises(ValueError, match="kindergarten"):
        Phase("kindergarten")
