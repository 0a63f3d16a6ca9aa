"""Supply cover of small books: every claim in its year, its school and its allowance (R-COVER-*)."""

import datetime as dt

from models.queries.cover import cover_year
from models.store import Store
from tests.models.queries.small import asking, filling

OCTOBER, YEAR = dt.date(2023, 10, 4), dt.date(2024, 8, 31)


def test_a_meeting_without_times_is_not_taken_for_one_outside_the_school_day(store: Store) -> None:
    """R-COVER-9, R-REV-5: not entered is no no; the claim is recognised until somebody says otherwise."""
    with filling(store) as small:
        small.cluster()
        school = small.school("Ashcombe")
        teacher = small.person("T1", school)
        meeting = small.meeting(OCTOBER, {school: teacher}, starts_at=None, ends_at=None)
        small.claim(school, teacher, OCTOBER, meeting_id=meeting)
    with asking(store) as book:
        assert cover_year(book, 2023, YEAR).totals.recognised_p == 100_00
