"""The scheme's rules change from a day on, never before it; people are appointed from a day on."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from models import tables as t
from models.errors import BadInput, Refused
from models.queries.book import Book
from models.rules.scheme import Response, catalogue
from models.services import records
from models.services.settings import Appointee, appoint, reset_rule, set_rule
from models.store import Store
from models.words import RoleKind
from tests import books

D = dt.date
SEPTEMBER = D(2024, 9, 1)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Store]:
    store = books.empty_in(tmp_path)
    yield store
    books.let_go(store)


def change_cap(
    book: Store, value: str = "109.50", starts_on: D = SEPTEMBER, reason: str = "Prices rose"
) -> int:
    with book.transaction("Change a scheme rule") as (session, _):
        return set_rule(session, "cap_per_half_day", value, starts_on, Response.WARN, reason)


def cap_on(book: Store, day: D) -> int:
    with book.read() as session:
        return Book(session).scheme(day).cap_per_half_day


def test_a_changed_value_holds_from_its_day_and_the_earlier_one_until_then(book: Store) -> None:
    change_cap(book, "£109.50")
    assert cap_on(book, D(2024, 8, 31)) == 10000
    assert cap_on(book, SEPTEMBER) == 10950


def test_a_second_change_of_the_same_day_takes_the_firsts_place(book: Store) -> None:
    first = change_cap(book, "109.50")
    assert change_cap(book, "110") == first
    with book.read() as session:
        (row,) = session.exec(select(t.SchemeSetting)).all()
    assert (row.value, row.reason) == ("110.00", "Prices rose")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("cap_per_half_day", "lots", "not an amount"),
        ("cap_per_half_day", "-5", "£0 or more"),
        ("lead_action_share", "120%", "from 0 to 100"),
        ("release_rollover", "perhaps", "yes or no"),
        ("meetings_min", "6", "“Fewest meetings in school time, a year” would be 6 and"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_beside_it(
    book: Store, key: str, value: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words) as wrong, book.transaction("Change") as (session, _):
        set_rule(session, key, value, SEPTEMBER, Response.WARN, "Because")
    assert wrong.value.field == "value"


def test_a_later_value_is_held_against_the_new_one_too(book: Store) -> None:
    with book.transaction("Change") as (session, _):
        set_rule(session, "meetings_target", "8", SEPTEMBER, Response.WARN, "More")
        set_rule(session, "meetings_target", "5", D(2025, 9, 1), Response.WARN, "Fewer again")
    with pytest.raises(BadInput, match="would be 7"), book.transaction("Change") as (session, _):
        set_rule(session, "meetings_min", "7", D(2024, 10, 1), Response.WARN, "Most of them")


def test_a_reason_is_needed_and_so_is_a_change(book: Store) -> None:
    with pytest.raises(BadInput) as wrong:
        change_cap(book, reason="  ")
    assert wrong.value.field == "reason"
    with pytest.raises(BadInput, match="so already"):
        change_cap(book, "100")


def test_a_response_alone_can_be_changed(book: Store) -> None:
    with book.transaction("Change") as (session, _):
        set_rule(session, "cap_per_half_day", "100", SEPTEMBER, Response.REFUSE, "The governors say so")
        set_rule(session, "trips", "", SEPTEMBER, Response.WARN, "One a year is agreed")
    with book.read() as session:
        scheme = Book(session).scheme(SEPTEMBER)
    assert scheme.response("cap_per_half_day") is Response.REFUSE
    assert scheme.response("trips") is Response.WARN


def test_going_back_to_the_guidance_keeps_what_held_until_then(book: Store) -> None:
    change_cap(book)
    with book.transaction("Back") as (session, _):
        reset_rule(session, "cap_per_half_day", D(2025, 9, 1), "The Trust asked")
    assert [cap_on(book, day) for day in (D(2025, 8, 31), D(2025, 9, 1))] == [10950, 10000]


def test_a_rule_never_changed_has_nothing_to_go_back_from(book: Store) -> None:
    with pytest.raises(Refused, match="nothing to go back from"), book.transaction("Back") as (session, _):
        reset_rule(session, "cap_per_half_day", SEPTEMBER, "Why not")


def test_every_rule_of_the_catalogue_can_be_set_to_its_own_default(book: Store) -> None:
    with book.transaction("All") as (session, _):
        for spec in catalogue().values():
            other = Response.IGNORE if spec.response is not Response.IGNORE else Response.WARN
            set_rule(session, spec.key, spec.write(spec.default), SEPTEMBER, other, "A test")
    with book.read() as session:
        assert set(Book(session).scheme(SEPTEMBER).responses.values()) == {Response.IGNORE}


def people(book: Store) -> list[tuple[str, str, D, D | None]]:
    with book.read() as session:
        rows = session.exec(select(t.Person.name, t.Role.kind, t.Role.starts_on, t.Role.ends_on).join(
            t.Role, t.Role.person_id == t.Person.id).order_by(t.Role.id)).all()  # fmt: skip
    return [tuple(row) for row in rows]


def test_somebody_new_is_entered_and_appointed_in_one_action(book: Store) -> None:
    with book.transaction("Appoint") as (session, _):
        appoint(session, RoleKind.ADVISOR, Appointee("Ada Penrose", organisation="The Trust"), SEPTEMBER)
    assert people(book) == [("Ada Penrose", RoleKind.ADVISOR, SEPTEMBER, None)]


def test_a_successor_ends_the_role_of_the_one_before_with_the_handover_note(book: Store) -> None:
    with book.transaction("Appoint") as (session, _):
        first = appoint(session, RoleKind.CLUSTER_LEAD, Appointee("Tess Arden"), SEPTEMBER)
    with book.transaction("Hand over") as (session, _):
        appoint(
            session, RoleKind.CLUSTER_LEAD, Appointee("Bo Finch"), D(2025, 1, 1), first, "Keys in the drawer"
        )
    assert people(book) == [
        ("Tess Arden", RoleKind.CLUSTER_LEAD, SEPTEMBER, D(2024, 12, 31)),
        ("Bo Finch", RoleKind.CLUSTER_LEAD, D(2025, 1, 1), None),
    ]
    with book.read() as session:
        assert records.kept(session, "role", first).values["handover_note"] == "Keys in the drawer"


def test_two_may_lead_but_nobody_has_one_role_twice(book: Store) -> None:
    with book.transaction("Appoint") as (session, _):
        appoint(session, RoleKind.CLUSTER_LEAD, Appointee("Tess Arden"), SEPTEMBER)
        appoint(session, RoleKind.CLUSTER_LEAD, Appointee("Bo Finch"), SEPTEMBER)
    with pytest.raises(BadInput, match="already") as wrong, book.transaction("Appoint") as (session, _):
        appoint(session, RoleKind.CLUSTER_LEAD, Appointee(" tess  arden "), D(2025, 1, 1))
    assert wrong.value.field == "name"
    assert len(people(book)) == 2


def test_a_name_is_needed(book: Store) -> None:
    with pytest.raises(BadInput, match="Enter the person") as wrong, book.transaction("A") as (session, _):
        appoint(session, RoleKind.ADVISOR, Appointee("  "), SEPTEMBER)
    assert wrong.value.field == "name"
