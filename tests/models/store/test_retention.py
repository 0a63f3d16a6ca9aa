"""Which backups stay: counted, not timed, so that a wrong clock cannot empty the folder."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.store.retention import NEWEST, WEEK, kept, leaves_about
from models.store.values import Backup

TODAY = dt.date(2025, 3, 14)


def backup(seq: int, day: dt.date, reason: str = "close", *, hour: int = 9, size: int = 1) -> Backup:
    made = dt.datetime.combine(day, dt.time(hour), dt.UTC)
    return Backup(seq, made, reason, "book", 1, Path(f"{seq}.bak"), size)


def days_before(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def numbers(backups, today=TODAY, **more) -> list[int]:
    return [b.seq for b in kept(backups, today, **more)]


def test_the_newest_ten_stay_whatever_their_age():
    old = [backup(n, dt.date(2015, 1, 1)) for n in range(1, 31)]
    assert numbers(old) == list(range(30, 20, -1))


def test_all_of_today_and_yesterday_stay_up_to_forty():
    busy = [backup(n, days_before(n % 2), hour=n % 24) for n in range(100)]
    assert len(kept(busy, TODAY)) == 40
    assert numbers(busy)[0] == 99
    assert len(kept(busy[:30], TODAY)) == 30


def test_older_ones_thin_to_days_weeks_and_months():
    """Two a day for two years: what is left reaches back a year, ever thinner."""
    two_years = [backup(n, days_before((1459 - n) // 2), hour=9 + n % 2) for n in range(1460)]
    stays = kept(two_years, TODAY)
    days = [b.made.date() for b in stays]
    assert set(days[:14]) >= {days_before(n) for n in range(5)}
    assert {days_before(n) for n in range(14)} <= set(days)
    assert len({(d.year, d.month) for d in days}) == 12
    assert len({d.isocalendar()[:2] for d in days if (TODAY - d).days < 70}) >= 10
    assert len(stays) < 50
    assert kept(stays, TODAY) == stays, "thinning twice takes no more away"


def test_of_each_old_day_the_last_backup_stays():
    stays = numbers([backup(n, days_before(20 - n // 3)) for n in range(60)])
    assert {n for n in stays if n < 50} <= {n for n in range(60) if n % 3 == 2}


@pytest.mark.parametrize(("age", "stays"), [(89, True), (90, True), (91, False)])
def test_those_made_before_something_risky_stay_ninety_days(age, stays):
    """Several on one day, so that the day, the week and the month keep another one."""
    risky = [backup(1, days_before(age), "before-import"), backup(2, days_before(age), "close")]
    later = [backup(n, TODAY, "before-import") for n in range(3, 20)]
    assert (1 in numbers([*risky, *later])) is stays


def test_the_last_five_made_before_something_risky_stay_whatever_their_age():
    day = dt.date(2015, 1, 1)
    risky = [backup(n, day, "before-migrate") for n in range(1, 8)]
    later = [backup(n, day) for n in range(8, 30)]
    assert [n for n in numbers([*risky, *later]) if n < 8] == [7, 6, 5, 4, 3]


@pytest.mark.parametrize(
    ("jump", "least"),
    [
        (dt.timedelta(days=11 * 365), 20),
        (dt.timedelta(days=-46 * 365), 20),
        (dt.timedelta(days=1), 20),
        (dt.timedelta(hours=-1), 20),
    ],
)
def test_a_clock_that_jumps_leaves_the_history_standing(jump, least):
    """Backups are thinned as they are made; then the clock jumps, two are made, and it comes back."""
    there: list[Backup] = []
    seq = 0
    for day in range(200):
        for hour in (9, 15):
            seq += 1
            there = kept(
                [*there, backup(seq, TODAY + dt.timedelta(days=day), hour=hour)],
                TODAY + dt.timedelta(days=day),
            )
    now = TODAY + dt.timedelta(days=199)
    for when in (now + jump, now + jump, now + dt.timedelta(days=1)):
        seq += 1
        there = kept([*there, backup(seq, when)], when)
    assert len(there) >= least
    assert there[0].seq == seq, "ordered by number, so the newest is the one made last"
    assert len({b.made.date() for b in there}) >= 15


def test_a_date_in_the_future_counts_as_today():
    ahead = [backup(n, TODAY + dt.timedelta(days=400 * n)) for n in range(1, 31)]
    assert len(kept(ahead, TODAY)) == 30


def test_what_this_session_made_is_never_thinned():
    first = backup(1, dt.date(2015, 1, 1))
    others = [backup(n, TODAY) for n in range(2, 80)]
    assert 1 in numbers([first, *others], made_now={first.path})


def test_too_much_room_drops_the_oldest_but_never_below_ten():
    large = [backup(n, days_before(1), size=100) for n in range(1, 31)]
    assert numbers(large, most_bytes=1500) == list(range(30, 15, -1))
    assert numbers(large, most_bytes=0) == list(range(30, 20, -1))


REASONS = st.sampled_from(["open", "close", "by-hand", "before-import"])
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2099, 12, 31))
ANY = st.lists(st.tuples(DAYS, REASONS), max_size=60)


@given(ANY, DAYS)
def test_whatever_the_dates_the_newest_ten_stay_and_thinning_is_done_once(dates, today):
    backups = [backup(n, day, reason) for n, (day, reason) in enumerate(dates)]
    stays = kept(backups, today)
    assert [b.seq for b in stays[:NEWEST]] == [b.seq for b in reversed(backups)][:NEWEST]
    assert kept(stays, today) == stays


def test_it_is_told_about_when_a_backup_goes_and_which_stay_until_somebody_deletes_them():
    daily = [backup(n, days_before(20 - n)) for n in range(1, 20)]
    risky = backup(20, TODAY, "before-anonymising", hour=10)
    leaves = leaves_about([*daily, risky], TODAY)
    assert leaves[risky.path] is None  # of the last five made before something risky
    days = [leaves[one.path] for one in daily]
    assert all(day is not None and TODAY < day <= TODAY + dt.timedelta(days=400) for day in days)
    for one, day in zip(daily, days, strict=True):
        coming = [
            backup(20 + week, TODAY + week * WEEK, "open") for week in range(1, (day - TODAY) // WEEK + 1)
        ]
        assert one not in kept([*daily, risky, *coming], day)
