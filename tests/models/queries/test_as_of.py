"""A year told from a later day, or from a day within it: nothing later leaks in (R-REV-1)."""

import datetime as dt

from models import tables as t
from models.queries.account import other_funding
from models.queries.bank import bank_year
from models.queries.book import Book
from models.queries.classrooms import classrooms
from models.queries.impact import impact_year
from models.queries.meetings import meeting_year
from models.queries.pack import pack_data
from models.queries.school_sheet import school_sheet
from models.queries.todo import Matter, todo
from models.queries.warnings import all_verdicts, year_verdicts
from models.rules.funding import declaration
from models.store import Store
from models.words import (
    AdoptionLevel,
    Happened,
    OtherFundingState,
    OwnerKind,
    ProjectScope,
    ProjectState,
    ResourceKind,
    ResourceLife,
    TrialVerdict,
)
from tests.models.queries.small import Small, asking, filling

YEAR, LATER = dt.date(2024, 8, 31), dt.date(2026, 3, 2)


def rules(book: Book, rule: str, day: dt.date) -> list[str]:
    return [one.text for one in all_verdicts(book, day) if one.rule == rule]


def three_schools(small: Small, ends: dt.date = dt.date(2025, 8, 31)) -> list[int]:
    small.cluster(ends=ends)
    return [small.school(name) for name in ("Ashcombe", "Birchley", "Cranmoor")]


def test_a_year_that_is_over_has_the_same_verdicts_in_pack_window_and_check(store: Store) -> None:
    """R-REV-4, R-MEET-1: nobody is told to plan a meeting in a year that has ended."""
    with filling(store) as small:
        three_schools(small)
        small.meeting(dt.date(2023, 10, 4))
        small.meeting(dt.date(2024, 7, 3), status=Happened.PLANNED)
    with asking(store) as book:
        of_year = year_verdicts(book, 2023, LATER)
        assert pack_data(book, 2023, LATER).verdicts == of_year
        short = [one.text for one in of_year if one.rule == "R-MEET-1" and "time:" in one.text]
        assert short == ["Full cluster meetings in school time: 1 of 4, 3 short."]
        assert short[0] in rules(book, "R-MEET-1", LATER)


def test_a_meeting_after_the_day_of_the_data_is_still_to_come_though_it_was_held_since(store: Store) -> None:
    """R-REV-1: a pack to December knows the January meeting as planned."""
    with filling(store) as small:
        three_schools(small)
        small.meeting(dt.date(2023, 10, 4))
        small.meeting(dt.date(2024, 1, 24))
        small.meeting(dt.date(2024, 1, 31), status=Happened.CANCELLED)
        small.meeting(dt.date(2023, 11, 8), status=Happened.PLANNED)
    with asking(store) as book:
        found = meeting_year(book, 2023, dt.date(2023, 12, 31))
        assert (found.count.held, found.count.counted, found.count.planned) == (1, 1, 1)
        assert [line.fact.held_on for line in found.upcoming] == [dt.date(2024, 1, 24)]
        assert [line.fact.held_on for line in found.unmarked] == [dt.date(2023, 11, 8)]


def test_an_action_agreed_later_is_not_open_in_an_earlier_year(store: Store) -> None:
    """R-MEET-10, R-REV-6."""
    with filling(store) as small:
        first, *_ = three_schools(small)
        then, later = small.meeting(dt.date(2023, 10, 4)), small.meeting(dt.date(2024, 10, 9))
        for meeting, what in ((then, "Old"), (later, "New")):
            small.add(t.Action, code=f"A-{what}", meeting_id=meeting, what=what, owner_school_id=first)
    with asking(store) as book:
        assert meeting_year(book, 2023, YEAR).actions.open == 1
        assert meeting_year(book, 2024, LATER).actions.open == 2
        assert [one.what for one in school_sheet(book, 2023, YEAR, first).next_steps] == ["Old"]
        told = [one.text for one in year_verdicts(book, 2023, YEAR) if one.rule == "R-MEET-10"]
        assert not [text for text in told if "New" in text]


def test_what_was_put_right_since_is_no_longer_asked_for(store: Store) -> None:
    """R-REV-4: check says what is wrong today, not what was wrong on the last day of a year that is over."""
    with filling(store) as small:
        first, second, _ = three_schools(small, ends=dt.date(2026, 8, 31))
        small.meeting(dt.date(2025, 10, 8))
        done = {"due_on": dt.date(2024, 7, 1), "done_on": dt.date(2024, 9, 20)}
        small.add(t.Action, code="A-0001", what="Send the list", owner_school_id=first, **done)
        open_still = {"what": "Return the box", "owner_school_id": first, "due_on": dt.date(2024, 7, 1)}
        small.add(t.Action, code="A-0002", **open_still)
        kit = small.add(t.Resource, code="KIT-01", name="Magnets", owner=OwnerKind.CLUSTER)
        lent = {
            "starts_on": dt.date(2024, 6, 3),
            "due_on": dt.date(2024, 6, 14),
            "out_on": dt.date(2024, 6, 3),
        }
        back = {"back_on": dt.date(2024, 9, 5)}
        small.add(t.Loan, code="L-0001", resource_id=kit, school_id=second, **lent, **back)
    with asking(store) as book:
        assert rules(book, "R-MEET-10", LATER) == [
            "The action “Return the box” (Ashcombe) was due on 1 July 2024: ask how it stands."
        ]
        assert rules(book, "R-LOAN-4", LATER) == []
        assert Matter.LOANS not in {line.matter for line in todo(book, 2023, LATER)}
        assert "R-LOAN-4" in {one.rule for one in year_verdicts(book, 2023, YEAR)}


def test_funding_awarded_later_was_then_only_applied_for(store: Store) -> None:
    """R-FUND-1: an earlier pack does not know the award."""
    with filling(store) as small:
        three_schools(small)
        dates = {"applied_on": dt.date(2024, 5, 1), "awarded_on": dt.date(2024, 10, 1)}
        state = OtherFundingState.AWARDED
        small.add(t.OtherFunding, name="Enthuse", state=state, amount_p=12_000_00, **dates)
        later = {"awarded_on": dt.date(2024, 10, 1), "state": state}
        small.add(t.OtherFunding, name="Ogden", amount_p=2_500_00, **later)
    with asking(store) as book:
        assert [declaration(one) for one in other_funding(book, YEAR)] == [
            "Enthuse, £12,000, applied for 1 May 2024"
        ]
        assert len(other_funding(book, dt.date(2024, 10, 1))) == 2
        assert "awarded" in declaration(other_funding(book, LATER)[0])


def test_an_agreement_that_has_ended_is_said_to_have_ended(store: Store) -> None:
    """R-AGR-1: 1 September after its last day."""
    with filling(store) as small:
        three_schools(small)
        small.meeting(dt.date(2025, 10, 8))
    with asking(store) as book:
        told = [one.text for one in year_verdicts(book, 2025, LATER) if one.rule == "R-AGR-2"]
        assert told == ["The agreement ended on 31 August 2025: report and application needed."]
        now = next(line for line in todo(book, 2025, LATER) if line.matter is Matter.AGREEMENT)
        assert (now.title, now.late) == ("The agreement has ended", True)
        before = todo(book, 2024, dt.date(2025, 2, 28))
        assert Matter.AGREEMENT not in {line.matter for line in before}
        assert Matter.AGREEMENT in {line.matter for line in todo(book, 2024, dt.date(2025, 3, 1))}


def test_an_agreement_that_another_follows_asks_for_nothing_once_that_has_begun(store: Store) -> None:
    """R-AGR-2."""
    with filling(store) as small:
        three_schools(small)
        small.add(t.Agreement, starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2027, 8, 31), stage=4)
    with asking(store) as book:
        assert [one.text for one in all_verdicts(book, LATER) if one.rule == "R-AGR-2"] == []


def test_a_mark_about_to_expire_is_spoken_of_once(store: Store) -> None:
    """R-PSQM-3."""
    with filling(store) as small:
        first, *_ = three_schools(small, ends=dt.date(2026, 8, 31))
        small.add(t.PsqmAward, school_id=first, level="psqm", awarded_on=dt.date(2022, 6, 30))
    with asking(store) as book:
        assert rules(book, "R-PSQM-3", LATER) == [
            "Ashcombe’s PSQM expired on 30 June 2025: ask whether it will be renewed."
        ]


def test_a_project_that_ended_or_fed_back_later_was_then_running_and_silent(store: Store) -> None:
    """R-REV-1, R-PROJ-2."""
    with filling(store) as small:
        first, *_ = three_schools(small)
        theme = {"scope": ProjectScope.SCHOOL_THEME, "school_id": first, "starts_on": dt.date(2023, 11, 1)}
        over = {"ends_on": dt.date(2025, 1, 22), "feedback_on": dt.date(2025, 1, 22), "feedback": "It grew."}
        small.add(t.Project, code="PR-01", title="Long", state=ProjectState.DONE, **theme, **over)
        stop = {"state": ProjectState.STOPPED, "stopped_reason": "No time", "ends_on": dt.date(2024, 10, 1)}
        small.add(t.Project, code="PR-02", title="Stopped", **theme, **stop)
    with asking(store) as book:
        then, now = impact_year(book, 2023, YEAR), impact_year(book, 2024, LATER)
        assert [(one.state, one.ends_on, one.feedback_on) for one in then.projects] == [
            (ProjectState.RUNNING, None, None)
        ] * 2
        assert [one.stopped_reason for one in then.projects] == ["", ""]
        assert [one.state for one in now.projects] == [ProjectState.DONE, ProjectState.STOPPED]
        silent = [one.text for one in year_verdicts(book, 2023, YEAR) if one.rule == "R-PROJ-2"]
        assert len(silent) == 2


def test_what_classrooms_told_later_is_not_in_an_earlier_pack(store: Store) -> None:
    """R-REV-1, R-RES-7, R-REV-7: the matrix, the bank's line and the trials say the same."""
    with filling(store) as small:
        first, second, _ = three_schools(small)
        kind = ResourceKind.QUICK_ENQUIRY
        seen = small.add(t.Resource, code="QE-01", name="Odd one out", kind=kind)
        gone = {"life": ResourceLife.DROPPED, "retired_on": dt.date(2024, 11, 1)}
        small.add(t.Resource, code="QE-02", name="Mystery egg", kind=kind, **gone)
        level = {"resource_id": seen, "level": AdoptionLevel.ALL}
        small.add(t.Adoption, school_id=first, as_of=dt.date(2024, 6, 5), **level)
        small.add(t.Adoption, school_id=second, as_of=dt.date(2025, 5, 15), **level)
        days = {"starts_on": dt.date(2024, 6, 3), "ends_on": dt.date(2024, 10, 3)}
        small.add(
            t.Trial, resource_id=seen, school_id=first, verdict=TrialVerdict.ADOPT, finding="Yes", **days
        )
    with asking(store) as book:
        for year, day, used, verdict, learnt in (
            (2023, YEAR, 1, TrialVerdict.RUNNING, 0),
            (2024, LATER, 2, None, 1),
        ):
            rooms, bank = classrooms(book, year, day), bank_year(book, year, day)
            (row,), line = rooms.rows, bank.starters[-1]
            assert row.summary.all_staff == used
            assert line.adoption == row.summary
            assert rooms.trials == bank.trials
            assert [one.verdict for one in rooms.trials] == ([verdict] if verdict else [])
            assert len(bank.learnt) == learnt
        assert classrooms(book, 2023, YEAR).later
