"""PySide6 6.12.0 on Python 3.11 loses a reference to None with each void call, until the process dies."""

import sys

import pytest
from PySide6.QtWidgets import QLabel

CALLS = 2000


@pytest.mark.usefixtures("qapp")
def test_a_call_that_returns_nothing_keeps_the_reference_count_of_none():
    label = QLabel()
    before = sys.getrefcount(None)

    for number in range(CALLS):
        label.setText(str(number))

    assert abs(sys.getrefcount(None) - before) < CALLS // 10
