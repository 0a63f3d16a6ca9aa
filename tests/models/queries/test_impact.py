"""Impact of the sample's second year, held against its sheets."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlmodel import select

from models import tables as t
from models.queries.book import Book
from models.queries.impact import access_verdicts, impact_verdicts, impact_year, standing_impact
from models.queries.warnings import all_verdicts, year_verdicts
from models.services import records
from models.store import Store
from models.words import Difficulty, EvidenceKind
from tests import books

TODAY = dt.date(2025, 6, 20)
T = TypeVar("T")


def asked(store: Store, question: Callable[[Book], T]) -> T:
    with store.read() as session:
        return question(Book(session))


def test_confidence_is_paired_by_slip_and_told_by_role_where_both_groups_are_large_enough(
    sample: Store,
) -> None:
    """R-IMP-4 to R-IMP-6."""
    found = asked(sample, lambda book: impact_year(book, 2024, TODAY)).confidence
    assert (found.before, found.after) == (13, 12)
    assert [words for words, _ in found.groups] == ["Science leader", "Other teacher"]
    first = found.all[0]
    assert (first.area.name, first.paired_words, first.change_words) == (
        "Assessment", "11 paired of 14 people", "+1.00",
    )  # fmt: skip
    assert found.overall is not None
    assert found.overall.change_words == "+0.82"


def test_answers_after_the_day_of_the_pack_are_not_in_it(sample: Store) -> None:
    found = asked(sample, lambda book: impact_year(book, 2024, dt.date(2024, 12, 31))).confidence
    assert (found.after, found.overall) == (0, None)


def test_the_newest_version_of_a_document_is_told_with_the_members_that_agreed_it(sample: Store) -> None:
    """R-IMP-8."""
    (document,) = asked(sample, lambda book: impact_year(book, 2024, TODAY)).documents
    assert document.words == "v2 agreed 6 of 7"
    (earlier,) = asked(sample, lambda book: impact_year(book, 2023, dt.date(2024, 8, 31))).documents
    assert earlier.version == 1


def test_a_year_has_its_own_projects_activities_and_evidence(sample: Store) -> None:
    both = [asked(sample, lambda book, y=year: impact_year(book, y, TODAY)) for year in (2023, 2024)]
    codes = [{one.code for one in year.evidence} for year in both]
    assert codes[0]
    assert codes[1]
    assert not codes[0] & codes[1]
    assert all(dt.date(2024, 9, 1) <= one.on <= TODAY for one in both[1].activities)
    assert both[1].balance.words == "2 easier and short, 1 easier and long and 4 harder and long"


def test_the_rules_words_on_impact_are_gathered(own_sample: Store) -> None:
    """R-AIM-1, R-PROJ-1, R-DATA-3."""
    with own_sample.transaction("Trial") as (session, _):
        for row in session.exec(select(t.Project)):
            row.difficulty = Difficulty.HARDER
            session.add(row)
        records.add(
            session, t.Evidence, {"on": dt.date(2025, 1, 8), "kind": EvidenceKind.PHOTO, "text": "Ramp"}
        )
    told = asked(own_sample, lambda book: year_verdicts(book, 2024, TODAY))
    ours = [one for one in told if one.rule[:6] in {"R-AIM-", "R-PROJ", "R-DATA"}]
    assert {one.rule for one in ours} == {"R-AIM-1", "R-PROJ-1", "R-DATA-3"}
    assert {one.text for one in ours} <= {
        one.text for one in asked(own_sample, lambda book: all_verdicts(book, TODAY))
    }


def test_whom_to_ask_is_told_to_the_lead_alone(sample: Store) -> None:
    """R-INC-3."""
    (prompt,) = asked(sample, lambda book: access_verdicts(book, 2024, TODAY))
    assert prompt.text == "Brindlemere High School had no funded half-day this year: ask what would help."
    assert prompt not in asked(sample, lambda book: all_verdicts(book, TODAY))


def test_a_theme_owes_its_feedback_from_the_end_of_its_year_until_it_is_given(sample: Store) -> None:
    """R-PROJ-2: PR-05 was silent in summer 2024 and told in the autumn."""

    def owing(day: dt.date) -> list[str]:
        told = asked(sample, lambda book: all_verdicts(book, day))
        return [one.text for one in told if one.rule == "R-PROJ-2"]

    assert owing(dt.date(2024, 8, 30)) == []
    assert owing(dt.date(2024, 9, 1)) == [
        "“Enquiry in a mixed-age class” of Quillby has not fed back: ask what came of it."
    ]
    assert owing(TODAY) == []
    later = owing(dt.date(2025, 9, 1))
    assert any("Science through the senses" in text for text in later)


def test_an_empty_book_has_no_impact_and_says_nothing_of_it(tmp_path: Path) -> None:
    empty = books.empty_in(tmp_path)
    found = asked(empty, lambda book: impact_year(book, 2024, TODAY))
    assert (found.evidence, found.documents, found.access) == ((), (), ())
    assert found.confidence.overall is None
    assert asked(empty, lambda book: list(impact_verdicts(book, 2024, TODAY))) == []
    assert asked(empty, lambda book: list(standing_impact(book, 2024, TODAY))) == []
    empty.close()


def test_only_what_was_held_is_counted_as_universal_or_targeted(own_sample: Store) -> None:
    """R-INC-2, R-PPL-2: a meeting that is planned or was cancelled has served nobody."""
    before = asked(own_sample, lambda book: impact_year(book, 2024, TODAY))
    with own_sample.transaction("Plan") as (session, _):
        for status in ("planned", "cancelled"):
            on, stage = dt.date(2025, 2, 3), "enabling"
            values = {"title": f"{status} one", "held_on": on, "status": status, "three_e": stage}
            records.add(session, t.Meeting, values)
    after = asked(own_sample, lambda book: impact_year(book, 2024, TODAY))
    assert (after.audiences, after.stages) == (before.audiences, before.stages)
