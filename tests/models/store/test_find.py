"""Quick find: any word in any text of any record, as people type it."""

# ruff: noqa: PT012 - what is refused is the end of an action, not one statement in it

import pytest

from models.store import Store
from models.store.find import specs
from tests.models.store.example import RECORDED, SETUP, School, add, claim, school


def found(store, words):
    return [(hit.table, hit.row_id) for hit in store.search(words)]


@pytest.mark.parametrize(
    "typed", ["luk", "nguy", "wy", "łukasz ngu", "LUKASZ", "Nguyễn", "ngu łuk", "  wy  "]
)
def test_beginnings_of_words_are_found_whatever_their_accents(store, typed):
    add(store, "Add", School(code="A", name="Łukasz Nguyễn Ŵy"))
    (hit,) = store.search(typed)
    assert (hit.table, hit.row_id, hit.title) == ("school", 1, "Łukasz Nguyễn Ŵy")


@pytest.mark.parametrize("typed", ["ukasz", "luk x", "xluk"])
def test_every_word_typed_must_be_there(store, typed):
    add(store, "Add", School(code="A", name="Łukasz Nguyễn Ŵy"))
    assert found(store, typed) == []


@pytest.mark.parametrize(
    "typed", ['"', "a OR", "NEAR(", "*", "title:x", "", "-luk^", "'; DROP", "\0", '"a" b"', "{x}: +"]
)
def test_nothing_that_is_typed_is_syntax(store, typed):
    add(store, "Add", school())
    assert found(store, typed) == []


def test_titles_come_before_other_texts(store):
    add(store, "Add", school(1), claim(1))
    with store.transaction("Note") as (session, _):
        session.get(School, 1).name = "Elm"
        other = claim(2)
        other.note = "See Elm"
        session.add(other)
    assert found(store, "elm") == [("school", 1), ("claim", 2)]


def test_the_index_follows_edits_deletions_undo_redo_and_failures(store):
    add(store, "Add", school(1), claim(1))
    assert found(store, "school") == [("school", 1)]
    with store.transaction("Rename") as (session, _):
        session.get(School, 1).name = "Elm"
    assert (found(store, "school"), found(store, "elm")) == ([], [("school", 1)])
    store.undo()
    assert (found(store, "school"), found(store, "elm")) == ([("school", 1)], [])
    store.redo()
    assert found(store, "elm") == [("school", 1)]
    with pytest.raises(ZeroDivisionError), store.transaction("Fail") as (session, _):
        session.get(School, 1).name = "Oak"
        session.flush()
        raise ZeroDivisionError
    assert (found(store, "oak"), found(store, "elm")) == ([], [("school", 1)])


def test_it_is_made_at_the_first_search_and_never_in_the_file(store, path):
    add(store, "Add", school())
    assert "find" not in store._door.prepared
    assert found(store, "school") == [("school", 1)]
    assert "find" in store._door.prepared
    store.close()
    again = Store.open(path, setup=SETUP)
    assert "find" not in again._door.prepared
    assert found(again, "school") == [("school", 1)]
    again.close()


def test_as_many_as_asked_for(store):
    add(store, "Add", *(school(n) for n in range(1, 31)))
    assert len(store.search("school")) == 20
    assert len(store.search("school", limit=5)) == 5


def test_what_is_searched_comes_from_the_columns():
    plan = {spec.table: (spec.title, spec.body) for spec in specs(RECORDED)}
    assert plan == {
        "attachment": ("name", ()),
        "claim": ("number", ("note",)),
        "claim_line": ("text", ()),
        "school": ("name", ("code",)),
    }
