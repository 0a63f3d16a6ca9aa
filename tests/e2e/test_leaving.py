"""Leaving with something still being saved: it is saved first, or she is told and stays."""

import datetime as dt
import threading

import pytest

from models import tables as t
from models.errors import Refused
from models.services import records
from models.store import Store

pytestmark = pytest.mark.timeout(240)


def busy(driver) -> threading.Event:
    """Keep the file's thread busy until the event is set."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(_store, _progress):
        begun.set()
        go_on.wait(60)

    driver.book.use(hold, lambda _: None)
    driver.until(begun.is_set)
    return go_on


def wish(session):
    wanted = {"school_id": 1, "name": "A second bag of magnets", "raised_on": dt.date(2025, 6, 1)}
    return records.add(session, t.WantedItem, wanted)


def test_the_window_waits_for_what_is_being_saved_and_then_closes(on_sample):
    window, path = on_sample.start.window, on_sample.book.facts.path
    go_on = busy(on_sample)
    on_sample.book.change("Add a wish", wish)
    window.close()
    assert window.isVisible()

    go_on.set()
    on_sample.until(lambda: not window.isVisible())

    store = Store.open(path, read_only=True)
    assert store.undo_name() == "Add a wish"
    store.close()


def test_the_window_stays_if_what_was_being_saved_could_not_be(on_sample):
    def broken(_session):
        raise Refused("The wish could not be granted: ask again.")

    window = on_sample.start.window
    go_on = busy(on_sample)
    on_sample.book.change("Add a wish", broken)
    window.close()
    go_on.set()
    on_sample.until(lambda: "The wish could not be granted: ask again." in on_sample.shell.notices.texts())
    on_sample.until(lambda: not on_sample.start.assembly._leaving.isActive())

    assert window.isVisible()
    assert on_sample.book.is_open()
