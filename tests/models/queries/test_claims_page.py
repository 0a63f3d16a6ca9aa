"""What the claims page asks: rows, meters, one claim, and the split of one being typed."""

import datetime as dt

import pytest

from models import tables as t
from models.errors import Changed
from models.queries.book import Book
from models.queries.claim_detail import claim_detail
from models.queries.claim_form import claim_form_facts, meeting_cover
from models.queries.claim_live import live_split
from models.queries.claim_scope import claim_place
from models.queries.claims_page import ClaimRow, ClaimsOfYear, claims_page
from models.queries.cover import cover_year
from models.rules.verdict import Severity
from models.services import records
from models.services.claims import draft_claim
from models.store import Store
from models.words import ClaimState, CoverPurpose, HalfDay, PaidFrom

TODAY = dt.date(2025, 6, 20)


@pytest.fixture(scope="module")
def page(sample: Store) -> ClaimsOfYear:
    with sample.read() as session:
        return claims_page(session, 2024, dt.date(2030, 1, 1))


@pytest.fixture
def own(own_sample: Store) -> Store:
    """The sample in a book to write to."""
    return own_sample


def of(page: ClaimsOfYear, code: str) -> ClaimRow:
    return next(row for row in page.rows if row.code == code)


def detail(sample: Store, code: str):
    with sample.read() as session:
        ids = {row.code: row.id for year in (2023, 2024) for row in claims_page(session, year, TODAY).rows}
        return claim_detail(session, ids[code], TODAY)


def live(sample: Store, claim_id=None, **values):
    with sample.read() as session:
        return live_split(session, values, claim_id, TODAY)


def known(sample: Store, name: str) -> int:
    """The id of a school or person."""
    with sample.read() as session:
        book = Book(session)
        rows = [*book.school_rows.values(), *book.people.values()]
        return next(row.id for row in rows if row.name == name)


def test_a_page_has_every_claim_of_the_year_newest_cover_first(page):
    assert [row.code for row in page.rows[:2]] == ["SC-0056", "SC-0055"]
    assert len(page.rows) == 26
    assert [row.cover_on for row in page.rows] == sorted((row.cover_on for row in page.rows), reverse=True)


def test_the_sample_is_told_from_its_own_day(page):
    assert page.today == TODAY


def test_r_rev_7_the_pages_figures_are_those_of_the_pack(sample, page):
    with sample.read() as session:
        year = cover_year(Book(session), 2024, TODAY)
    assert page.totals == year.totals
    left = {line.school_id: line.entitlement.left_p for line in year.schools}
    assert {meter.school_id: meter.left_p for meter in page.meters}.items() <= left.items()


def test_r_cover_17_every_row_adds_up(page):
    assert all(row.recognised_p + row.school_share_p == row.cost_p for row in page.rows)


def test_r_cover_18_meters_stand_by_name_and_only_for_schools_with_an_allowance(page):
    names = [meter.school for meter in page.meters]
    assert names == sorted(names, key=str.casefold)
    assert "Brindlemere High" not in names
    assert all(meter.used_p + meter.planned_p + meter.left_p >= meter.allowance_p for meter in page.meters)
    assert all(sum(block.used_p for block in meter.blocks) <= meter.allowance_p for meter in page.meters)


def test_a_row_offers_only_moves_that_are_legal_now(page):
    assert of(page, "SC-0056").moves == (ClaimState.SUBMITTED, ClaimState.WITHDRAWN)
    assert ClaimState.APPROVED in of(page, "SC-0055").moves
    assert of(page, "SC-0052").moves[0] is ClaimState.PAID
    paid = of(page, "SC-0050")
    assert (paid.moves, paid.can_edit, paid.can_reverse) == ((), False, True)
    assert not of(page, "SC-0052").can_reverse


def test_r_cover_14_the_approver_proposed_is_never_who_claims(page):
    assert of(page, "SC-0055").approver.words == "Nerys Caldbeck, cluster lead"
    for row in page.rows:
        assert row.approver is None or row.approver.id != row.claimant_id


def test_r_cover_14_the_leads_own_claims_are_proposed_to_whoever_approved_them_before(own):
    """Nerys Caldbeck approves most claims; hers went to Martin Oseby, the headteacher."""
    with own.transaction("Add") as (session, _):
        book = Book(session)
        nerys = next(one for one in book.people.values() if one.name == "Nerys Caldbeck")
        values = {"school_id": nerys.school_id, "person_id": nerys.id, "cover_on": TODAY, "purpose": "cpd"}
        claim = draft_claim(session, values, TODAY)
        code = records.kept(session, "cover_claim", claim).values["code"]
    with own.read() as session:
        assert of(claims_page(session, 2024, TODAY), code).approver.name == "Martin Oseby"


def test_those_who_usually_approve_are_offered_first(page):
    first = page.approvers[0]
    assert first.role
    assert [bool(one.role) for one in page.approvers] == sorted(
        (bool(one.role) for one in page.approvers), reverse=True
    )


def test_r_cover_15_a_paid_claim_without_its_invoice_number_says_so(page):
    assert [row.code for row in page.rows if row.to_evidence] == ["SC-0043"]


def test_a_claim_booked_ahead_is_on_the_page(own):
    with own.transaction("Add") as (session, _):
        person = next(iter(Book(session).people.values()))
        ahead = {"school_id": 1, "person_id": person.id, "cover_on": dt.date(2025, 7, 2), "cost_p": 1_00}
        draft_claim(session, ahead, TODAY)
    with own.read() as session:
        assert claims_page(session, 2024, TODAY).rows[0].cover_on == dt.date(2025, 7, 2)


# -- one claim


def test_a_claim_is_told_with_its_split_and_the_reasons_for_it(sample, page):
    one = detail(sample, "SC-0035")
    assert one.row == of(page, "SC-0035")
    assert (one.row.half_day, one.row.half_days, one.row.recognised_p) == (HalfDay.DAY, 2, 200_00)
    assert (one.net_p, one.vat_p) == (208_00, 0)
    assert one.role == "science subject leader (SSL)"
    assert (one.approved_by, one.approved_on) == ("Nerys Caldbeck", dt.date(2024, 10, 4))
    assert one.meter == next(meter for meter in page.meters if meter.school_id == one.row.school_id)


def test_a_claim_has_its_trail_in_order(sample):
    trail = detail(sample, "SC-0053").trail
    assert [line.state for line in trail] == [ClaimState.SUBMITTED, ClaimState.RETURNED]
    assert trail[-1].words == "The timesheet is for 14 May: please send the one for 15 May."
    assert trail[-1].by == "Nerys Caldbeck"


def test_what_the_pot_pays_names_its_entry(sample):
    one = detail(sample, "SC-0050")
    assert (one.row.paid_from, one.entry) == (PaidFrom.CLUSTER_POT, "E-0032")


def test_a_claim_and_the_line_that_takes_it_back_name_each_other(sample):
    assert detail(sample, "SC-0014").reversed_by == "SC-0020"
    assert detail(sample, "SC-0020").reverses == "SC-0014"


def test_what_the_rules_say_of_a_claim_stands_with_it(sample):
    (said,) = detail(sample, "SC-0043").said
    assert said.severity is Severity.WARN
    assert "no invoice or timesheet number" in said.text


def test_a_claim_that_is_gone_is_said_to_be_gone(sample):
    with sample.read() as session, pytest.raises(Changed, match="not there any more"):
        claim_detail(session, 9999, TODAY)


# -- while it is typed


def test_r_cover_1_the_split_is_known_as_soon_as_school_day_and_cost_are(sample):
    otterhay = known(sample, "Otterhay Junior School")
    assert live(sample, school_id=otterhay) is None
    assert live(sample, school_id=otterhay, cover_on=dt.date(2025, 6, 18), cost_p=-5) is not None
    split = live(
        sample,
        school_id=otterhay,
        cover_on=dt.date(2025, 6, 18),
        cost_p=109_00,
        purpose=CoverPurpose.PROJECT,
    )
    assert (split.cost_p, split.recognised_p, split.school_share_p) == (109_00, 100_00, 9_00)
    assert "At most £100 is recognised for a half-day." in split.explained
    assert split.said == ()


def test_r_cover_4_the_meter_has_what_is_typed_in_it(sample, page):
    """£9 of the allowance is left, so £9 of £90 is recognised and nothing is left after it."""
    quillby = known(sample, "Quillby C of E Primary School")
    before = next(meter for meter in page.meters if meter.school_id == quillby)
    split = live(sample, school_id=quillby, cover_on=dt.date(2025, 6, 18), cost_p=100_00)
    assert split.recognised_p == min(before.left_p, 100_00)
    assert split.meter.left_p == before.left_p - split.recognised_p
    assert split.meter.school == before.school


def test_r_cover_10_the_same_person_and_half_day_is_told_at_once(sample):
    erin = {"school_id": known(sample, "Otterhay Junior School"), "person_id": known(sample, "Erin Blakey")}
    split = live(sample, **erin, cover_on=dt.date(2025, 2, 27), cost_p=99_00, purpose=CoverPurpose.PROJECT)
    assert (split.said[0].severity, split.recognised_p) == (Severity.REFUSE, 0)
    assert "SC-0050 already claims cover for Erin Blakey on 27 February 2025, afternoon" in split.said[0].text


def test_another_person_of_the_school_for_the_same_half_day_is_asked_about(sample):
    values = {
        "school_id": known(sample, "Otterhay Junior School"),
        "person_id": known(sample, "Tobias Finch"),
        "cover_on": dt.date(2025, 2, 27),
        "cost_p": 99_00,
        "purpose": CoverPurpose.PROJECT,
    }
    split = live(sample, **values)
    assert [one.severity for one in split.said] == [Severity.WARN]
    assert "save this one only if a second teacher was released" in split.said[0].text
    assert live(sample, **{**values, "half_day": HalfDay.AM}).said == ()


def test_a_claim_being_edited_does_not_clash_with_itself(sample):
    one = detail(sample, "SC-0055").row
    split = live(
        sample,
        one.id,
        code=one.code,
        school_id=one.school_id,
        person_id=one.claimant_id,
        meeting_id=one.meeting_id,
        cover_on=one.cover_on,
        cost_p=95_00,
    )
    assert (split.cost_p, split.said) == (95_00, ())


def test_nothing_that_is_typed_is_stored(sample):
    before = sample.version()
    live(sample, school_id=1, cover_on=TODAY, cost_p=1_00)
    assert sample.version() == before


# -- what the form fills in


def test_a_persons_school_is_known_and_only_the_pot_and_other_funding_pay(sample):
    with sample.read() as session:
        facts = claim_form_facts(session)
        funds = {row.id: row.name for row in Book(session).rows(t.Fund)}
    assert facts.schools[known(sample, "Erin Blakey")] == known(sample, "Otterhay Junior School")
    assert sorted(funds[key] for key in facts.paying) == ["Cluster pot", "Lantern Fund"]


def test_a_meeting_says_which_half_day_is_covered_and_for_what(sample):
    with sample.read() as session:
        meetings = {row.code: row.id for row in Book(session).rows(t.Meeting)}
        cover = meeting_cover(session, meetings["M-0019"])
        assert meeting_cover(session, 9999) is None
    assert (cover.on, cover.purpose, cover.half_day) == (
        dt.date(2025, 3, 25),
        CoverPurpose.SUB_GROUP,
        HalfDay.AM,
    )


def test_a_record_leads_to_its_claim_and_year(sample):
    with sample.read() as session:
        events = Book(session).rows(t.ClaimEvent)
        last = events[-1]
        assert claim_place(session, "claim_event", last.id) == (last.claim_id, 2024)
        assert claim_place(session, "cover_claim", events[0].claim_id) == (events[0].claim_id, 2023)
        assert claim_place(session, "cover_claim", 9999) is None
        assert claim_place(session, "claim_event", 9999) is None
