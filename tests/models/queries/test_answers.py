"""What window and pack ask of the book: one figure has one value everywhere, missing is never zero."""

import datetime as dt
from collections.abc import Iterator

import pytest

from models import tables as t
from models.errors import BadInput
from models.queries.book import Book
from models.queries.headline import headline
from models.queries.pack import pack_data
from models.queries.readiness import TITLES, readiness
from models.queries.school_sheet import school_sheet
from models.queries.todo import todo
from models.queries.warnings import WEIGHT, all_verdicts, year_verdicts
from models.queries.years import require_year, usual_year
from models.rules.review import SectionState
from models.store import Store
from reports.kit import Muted
from reports.pack.meetings import kind_words

TODAY = dt.date(2025, 6, 20)


@pytest.fixture
def book(sample: Store) -> Iterator[Book]:
    with sample.read() as session:
        yield Book(session)


def test_the_summary_and_the_pages_show_the_same_figures(book: Book) -> None:
    """R-REV-7."""
    data = pack_data(book, 2024, TODAY)
    assert data.headline.attendance == data.meetings.matrix.total
    assert data.headline.cover == data.cover.totals
    assert data.pot is not None
    assert data.headline.pot == data.pot.account
    assert data.headline.cpd.people == data.cpd.reach.people
    assert data.headline.bank.overdue == len(data.bank.overdue)
    assert [line.left_p for line in data.headline.lead] == [fund.now.left_p for fund in data.lead.funds]
    assert data.headline.meetings == data.meetings.count


def test_the_parts_of_an_account_add_up_over_the_years(book: Book) -> None:
    """R-POT-3: opening is the previous closing."""
    before, now = headline(book, 2023, TODAY).pot, headline(book, 2024, TODAY).pot
    assert before is not None
    assert now is not None
    assert now.opening_p == before.closing_p
    assert now.opening_p + now.income_p - now.spent_p == now.closing_p


def test_a_pack_is_told_up_to_its_date_only(book: Book) -> None:
    """R-REV-1: a later meeting is not yet held, a later claim not yet made."""
    early = pack_data(book, 2024, dt.date(2024, 12, 31))
    assert all(line.fact.held_on <= dt.date(2024, 12, 31) for line in early.meetings.lines)
    assert early.meetings.upcoming
    assert all(line.fact.cover_on <= dt.date(2024, 12, 31) for line in early.cover.claims)
    assert all(one.fact.on <= dt.date(2024, 12, 31) for fund in early.funds for one in fund.entries)


def test_a_past_year_keeps_its_own_last_day(book: Book) -> None:
    """R-REV-1: data of a year that is over go to 31 August."""
    assert require_year(book, 2023, TODAY) == dt.date(2024, 8, 31)
    assert pack_data(book, 2023, TODAY).period.data_to == dt.date(2024, 8, 31)


def test_verdicts_are_the_same_for_window_pack_and_check(book: Book) -> None:
    """R-REV-4: one query gathers them."""
    of_year = year_verdicts(book, 2024, TODAY)
    assert pack_data(book, 2024, TODAY).verdicts == of_year
    assert set(of_year) <= set(all_verdicts(book, TODAY))
    assert len(of_year) == len(set(of_year))


def test_the_weightiest_verdicts_come_first(book: Book) -> None:
    weights = [WEIGHT[verdict.severity] for verdict in year_verdicts(book, 2024, TODAY)]
    assert weights == sorted(weights)


def test_a_year_the_book_has_nothing_of_is_refused_by_name(book: Book) -> None:
    with pytest.raises(BadInput, match=r"nothing for 2030 to 2031: it has 2023 to 2024, 2024 to 2025"):
        require_year(book, 2030, TODAY)
    with pytest.raises(BadInput, match="not begun"):
        require_year(book, 2025, TODAY)


def test_the_year_shown_first_is_this_one_or_the_newest_begun(book: Book) -> None:
    assert usual_year(book, TODAY) == 2024
    assert usual_year(book, dt.date(2024, 1, 1)) == 2023
    assert usual_year(book, dt.date(2030, 1, 1)) == max(book.years)


def test_an_empty_book_answers_everything_and_calls_nothing_zero_that_is_missing(store: Store) -> None:
    """R-REV-5."""
    with store.read() as session:
        book = Book(session)
        data = pack_data(book, 2024, TODAY)
        assert data.pot is None
        assert data.headline.pot is None
        assert data.headline.lead == ()
        assert data.members.reach is None
        assert data.headline.attendance.percent == "not available"
        assert {one.state for one in readiness(book, 2024, TODAY)} <= {
            SectionState.MISSING,
            SectionState.THIN,
        }
        assert todo(book, 2024, TODAY) == ()
        assert book.years == ()


def test_every_part_of_the_pack_has_a_readiness(book: Book) -> None:
    assert [one.number for one in readiness(book, 2024, TODAY)] == list(TITLES)


def test_what_needs_doing_names_the_things_and_jumps_to_a_record(book: Book) -> None:
    lines = todo(book, 2024, TODAY)
    assert lines
    for line in lines:
        assert line.title
        assert line.detail
        assert line.about.id


def test_a_year_that_is_over_asks_for_no_next_meeting(book: Book) -> None:
    assert not [line for line in todo(book, 2023, TODAY) if "meeting" in line.title.lower()]


def test_answers_are_frozen(book: Book) -> None:
    """The window never holds a live row."""
    data = pack_data(book, 2024, TODAY)
    with pytest.raises(AttributeError, match="immutable"):
        data.version = 9  # type: ignore[misc]


def test_a_changed_limit_never_rewrites_an_older_claim(store: Store) -> None:
    """R-AGR-6 and D27: the scheme of a day is that of the value that had started by then."""
    with store.transaction("Raise the limit") as (session, _):
        draft = t.SchemeSettingDraft.checked(
            key="cap_per_half_day", value="120", starts_on=dt.date(2025, 1, 1)
        )
        session.add(t.SchemeSetting.model_validate(draft.model_dump()))
    with store.read() as session:
        book = Book(session)
        assert book.scheme(dt.date(2024, 12, 31)).cap_per_half_day == 100_00
        assert book.scheme(dt.date(2025, 1, 1)).cap_per_half_day == 120_00


def test_a_year_without_entered_bank_holidays_gets_those_of_the_shipped_table(store: Store) -> None:
    """F6.3, R-MEET-3: a meeting on a bank holiday is not in the school day, entered or not."""
    boxing_day, may_day = dt.date(2024, 12, 26), dt.date(2025, 5, 5)
    with store.read() as session:
        calendar = Book(session).calendar()
        assert not calendar.is_school_day(boxing_day)
        assert not calendar.is_school_day(may_day)
    with store.transaction("Enter one") as (session, _):
        draft = t.ClosedDayDraft.checked(on=boxing_day, kind="bank_holiday", name="Boxing Day")
        session.add(t.ClosedDay.model_validate(draft.model_dump()))
    with store.read() as session:
        calendar = Book(session).calendar()
        assert not calendar.is_school_day(boxing_day)
        assert calendar.is_school_day(may_day)


def test_a_schools_own_sheet_says_what_it_gave_and_got_with_the_same_figures_as_the_pack(book: Book) -> None:
    """R-REV-6, R-REV-7: attended so many of so many, £ used, what changed, next steps."""
    data = pack_data(book, 2024, TODAY)
    for line in data.members.lines:
        sheet = school_sheet(book, 2024, TODAY, line.membership.school_id)
        row = next(one for one in data.meetings.matrix.rows if one.school_id == line.membership.school_id)
        assert sheet.attendance == row.total
        assert len(sheet.meetings) == len(data.meetings.matrix.columns)
        assert sheet.use in data.cover.schools
        assert all(claim.fact.school_name == sheet.school for claim in sheet.claims)
    sheets = [school_sheet(book, 2024, TODAY, one.membership.school_id) for one in data.members.lines]
    assert sum(len(sheet.loans) for sheet in sheets) == sum(len(one.loans) for one in data.bank.resources)
    assert any(sheet.changed for sheet in sheets)
    assert any(sheet.next_steps for sheet in sheets)


def test_a_school_that_was_no_member_has_no_sheet(book: Book) -> None:
    left = next(one for one in book.memberships if one.left_on is not None)
    with pytest.raises(BadInput, match="not a member"):
        school_sheet(book, 2025, dt.date(2025, 10, 1), left.school_id)


def test_a_meeting_without_times_is_neither_in_nor_outside_the_school_day(store: Store) -> None:
    """R-MEET-3, R-REV-5: what nobody entered is not called “outside”."""
    with store.transaction("Add a meeting") as (session, _):
        facts = {"code": "M-1", "title": "First", "held_on": dt.date(2024, 10, 9), "status": "held"}
        session.add(t.Meeting.model_validate(t.MeetingDraft.checked(**facts).model_dump()))
    with store.read() as session:
        data = pack_data(Book(session), 2024, TODAY)
    (line,) = data.meetings.lines
    assert line.inside is None
    assert kind_words(line)[-1] == Muted("times not entered")
