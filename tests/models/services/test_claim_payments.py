"""Paying claims and taking payments back: claim and fund never tell different stories (R-COVER-6, 13, 15)."""

import datetime as dt

import pytest

from models import tables as t
from models.errors import BadInput, Refused
from models.queries.account import entry_facts, fund_years
from models.queries.book import Book
from models.queries.claim_payments import pay_findings
from models.queries.cover import cover_year
from models.services import records
from models.services.claim_payments import enter_again, pay, reverse
from models.services.claims import remove_claim, withdraw
from models.words import ClaimState, CoverPurpose, Direction, EntryState, Heading, ReleaseMethod
from tests.models.queries.small import filling
from tests.models.services.claim_world import DAY, TODAY

PAID_ON = dt.date(2024, 11, 29)


def pay_all(world, *claims, **more):
    world.change(lambda session: pay(session, claims, PAID_ON, "BACS 31", TODAY, **more))


def for_pot(world, **more) -> int:
    """An approved claim for project work, which the pot pays."""
    return world.approved(purpose=CoverPurpose.PROJECT, meeting_id=None, **more)


def entries(world) -> list[t.FundEntry]:
    with world.store.read() as session:
        return Book(session).rows(t.FundEntry)


def pot_closes(world) -> int:
    with world.store.read() as session:
        (pot,) = fund_years(Book(session), 2024, TODAY)
        return pot.account.closing_p


def test_r_cover_6_what_a_school_holds_itself_is_paid_without_an_entry(world):
    claim = world.approved()
    pay_all(world, claim)
    now = world.of(claim)
    assert (now["state"], now["paid_on"], now["paid_ref"]) == (ClaimState.PAID, PAID_ON, "BACS 31")
    assert entries(world) == []
    assert world.trail(claim)[-1] == (ClaimState.PAID, "Met from the school’s own allowance, BACS 31")


def test_r_cover_6_project_release_is_paid_from_the_pot_in_the_same_step(world):
    claim = for_pot(world)
    pay_all(world, claim)
    (entry,) = entries(world)
    assert (entry.code, entry.fund_id, entry.on, entry.amount_p) == ("E-0001", world.pot, PAID_ON, 100_00)
    assert (entry.direction, entry.heading, entry.state) == (
        Direction.OUT,
        Heading.PROJECT_RELEASE,
        EntryState.PAID,
    )
    assert (entry.payee, entry.school_id, entry.claim_id, entry.paid_ref) == (
        "Birch Hill", world.other, claim, "BACS 31",
    )  # fmt: skip
    assert entry.description == "Release for Project work, SC-0001"
    assert pot_closes(world) == 400_00
    assert world.trail(claim)[-1][1] == "Paid from the pot, BACS 31"
    world.store.undo()
    assert (entries(world), world.of(claim)["state"], pot_closes(world)) == ([], ClaimState.APPROVED, 500_00)


def test_a_planned_entry_becomes_the_payment_and_nothing_is_counted_twice(world):
    claim = for_pot(world)
    with filling(world.store) as small:
        planned = small.entry(
            world.pot, DAY, 109_00, Heading.PROJECT_RELEASE, claim_id=claim, state=EntryState.PLANNED
        )
    pay_all(world, claim)
    (entry,) = entries(world)
    assert (entry.id, entry.state, entry.amount_p, entry.on) == (planned, EntryState.PAID, 100_00, PAID_ON)
    assert pot_closes(world) == 400_00


def test_an_entry_that_pays_the_claim_already_is_left_alone(world):
    claim = for_pot(world)
    with filling(world.store) as small:
        small.entry(world.pot, DAY, 100_00, Heading.PROJECT_RELEASE, claim_id=claim)
    pay_all(world, claim)
    assert [entry.on for entry in entries(world)] == [DAY]
    assert world.trail(claim)[-1][1] == "Paid, BACS 31: the fund has it already"


def test_a_claim_that_names_another_fund_is_paid_from_that(world):
    """R-FUND-2: a spend belongs to one stream."""
    with filling(world.store) as small:
        lantern = small.fund("other", name="Lantern Fund")
    claim = for_pot(world, fund_id=lantern)
    pay_all(world, claim)
    assert [entry.fund_id for entry in entries(world)] == [lantern]
    assert world.trail(claim)[-1][1] == "Paid from Lantern Fund, BACS 31"


def test_r_cover_6_a_lead_that_reimburses_pays_regular_meetings_too(world):
    with filling(world.store) as small:
        small.add(t.SchemeSetting, key="release_mode", value="lead_reimburses", starts_on=dt.date(2023, 9, 1))
    claim = world.approved()
    pay_all(world, claim)
    assert [entry.amount_p for entry in entries(world)] == [100_00]
    assert world.trail(claim)[-1][1] == "Repaid from the pot, BACS 31"


def test_r_pot_2_the_decision_behind_pot_money_is_written_with_it(world):
    with filling(world.store) as small:
        decision = small.add(t.Decision, code="D-0001", meeting_id=world.meeting, text="Release for projects")
    claim = for_pot(world)
    pay_all(world, claim, decision_id=decision)
    assert [entry.decision_id for entry in entries(world)] == [decision]
    with world.store.read() as session:
        assert entry_facts(Book(session))[world.pot][0].decided


def test_a_batch_is_paid_with_one_reference_in_one_step(world):
    claims = [world.approved(), for_pot(world, half_day="am")]
    pay_all(world, *claims)
    assert [world.of(claim)["paid_ref"] for claim in claims] == ["BACS 31"] * 2
    world.store.undo()
    assert [world.of(claim)["state"] for claim in claims] == [ClaimState.APPROVED] * 2


def test_r_cover_15_without_an_invoice_number_nothing_of_the_batch_is_paid(world):
    good, bare = world.approved(), world.approved(half_day="am", evidence_ref="")
    with pytest.raises(
        Refused,
        match="SC-0002 of Birch Hill has no invoice or timesheet number: enter it before the claim is",
    ):
        pay_all(world, good, bare)
    assert world.of(good)["state"] is ClaimState.APPROVED
    pay_all(world, good, bare, why_allowed="The invoice is promised for Friday")
    assert world.of(bare)["override_reason"] == "The invoice is promised for Friday"


def test_r_cover_13_day_and_reference_are_asked_for_beside_their_fields(world):
    claim = world.approved()
    with pytest.raises(BadInput) as no:
        world.change(lambda session: pay(session, [claim], PAID_ON, " ", TODAY))
    assert no.value.field == "paid_ref"
    with pytest.raises(BadInput) as no:
        world.change(lambda session: pay(session, [claim], TODAY + dt.timedelta(1), "BACS", TODAY))
    assert no.value.field == "paid_on"


def test_a_pot_that_is_not_there_is_named(world):
    claim = for_pot(world)
    with world.store.transaction("Empty") as (session, _):
        records.remove(session, t.Fund, world.pot)
    with pytest.raises(Refused, match="there is no pot in this book: add it on the Fund page"):
        pay_all(world, claim)
    with world.store.read() as session:
        (found,) = pay_findings(session, [claim], PAID_ON, TODAY)
    assert not found.can_allow
    assert "there is no pot" in found.refusals[0]


def test_what_paying_would_meet_is_told_before(world):
    """R-POT-2 and R-POT-5: no decision, and more than the pot has."""
    claims = [for_pot(world)]
    with filling(world.store) as small:
        small.entry(world.pot, DAY, 450_00, Heading.RESOURCES)
    with world.store.read() as session:
        (found,) = pay_findings(session, claims, PAID_ON, TODAY)
    assert found.refusals == ()
    said = " ".join(found.warnings)
    assert "no decision of the cluster’s schools stands behind £100" in said
    assert "£50 short" in said


def test_r_agr_2_nothing_is_paid_from_the_pot_after_the_agreements_end(world):
    claim = for_pot(world)
    later = dt.date(2025, 9, 5)
    with pytest.raises(Refused, match="The agreement ended on 31 August 2025"):
        world.change(lambda session: pay(session, [claim], later, "BACS 31", later))
    with world.store.read() as session:
        (found,) = pay_findings(session, [claim], later, later)
    assert found.can_allow
    why = "Agreed with the Advisor"
    world.change(lambda session: pay(session, [claim], later, "BACS 31", later, why_allowed=why))
    assert [entry.override_reason for entry in entries(world)] == [why]


def test_the_lead_pays_nothing_where_nothing_is_recognised(world):
    claim = for_pot(world, cost_p=0, evidence_ref="", method=ReleaseMethod.INTERNAL)
    pay_all(world, claim)
    assert entries(world) == []
    assert world.trail(claim)[-1][1] == "Nothing to pay, BACS 31"


# -- taking back


def test_r_cover_13_a_paid_claim_is_taken_back_pound_for_pound_by_a_new_line(world):
    claim = world.approved()
    pay_all(world, claim)
    back = world.change(lambda s: reverse(s, claim, "The timesheet says £98", TODAY, "BACS 31R", TODAY))
    line = world.of(back)
    assert (line["code"], line["reverses_id"], line["state"]) == ("SC-0002", claim, ClaimState.PAID)
    assert (line["cost_p"], line["approved_p"], line["paid_ref"]) == (-109_00, -100_00, "BACS 31R")
    assert world.of(claim)["cost_p"] == 109_00
    assert world.trail(claim)[-1][1] == "Taken back by SC-0002: The timesheet says £98"
    assert world.trail(back)[-1][1] == "Takes SC-0001 back: The timesheet says £98"
    with world.store.read() as session:
        year = cover_year(Book(session), 2024, TODAY)
    assert (year.totals.cost_p, year.totals.recognised_p, year.totals.half_days) == (0, 0, 0)


def test_what_the_pot_paid_comes_back_to_the_pot(world):
    claim = for_pot(world)
    pay_all(world, claim)
    world.change(lambda session: reverse(session, claim, "Paid twice", TODAY, "BACS 31R", TODAY))
    paid, back = entries(world)
    assert (back.reverses_id, back.heading, back.amount_p) == (paid.id, Heading.PROJECT_RELEASE, 100_00)
    assert back.paid_ref == "BACS 31R"
    assert pot_closes(world) == 500_00


def test_r_cover_13_only_a_paid_claim_is_reversed_and_only_once(world):
    claim = world.approved()

    def back(one):
        return world.change(lambda session: reverse(session, one, "Wrong", TODAY, "R", TODAY))

    with pytest.raises(Refused, match="only a paid claim is reversed; this one is approved"):
        back(claim)
    pay_all(world, claim)
    line = back(claim)
    with pytest.raises(Refused, match="it has been reversed already"):
        back(claim)
    with pytest.raises(Refused, match="it is a reversal already"):
        back(line)


def test_a_reversal_asks_for_reason_and_reference_beside_their_fields(world):
    claim = world.approved()
    pay_all(world, claim)
    for field, reason, on, ref in (
        ("reason", " ", TODAY, "R"),
        ("paid_ref", "Wrong", TODAY, ""),
        ("on", "Wrong", TODAY + dt.timedelta(1), "R"),
        ("reason", "x" * 490, TODAY, "R"),
    ):
        with pytest.raises(BadInput) as no, world.store.transaction("Back") as (session, _):
            reverse(session, claim, reason, on, ref, TODAY)
        assert no.value.field == field


def test_what_was_taken_back_is_entered_again_as_a_draft(world):
    """R-COVER-13: a typo in a paid claim is a reversal and a new claim with what is right."""
    claim = world.approved()
    pay_all(world, claim)
    world.change(lambda session: reverse(session, claim, "Typo", TODAY, "R", TODAY))
    again = world.change(lambda session: enter_again(session, claim, TODAY))
    now = world.of(again)
    assert (now["code"], now["state"], now["cost_p"]) == ("SC-0003", ClaimState.DRAFT, 109_00)
    assert (now["approved_p"], now["paid_on"], now["claimed_on"]) == (None, None, None)


def test_a_claim_is_not_entered_again_while_it_stands(world):
    claim = world.approved()
    pay_all(world, claim)
    with pytest.raises(BadInput, match="SC-0001 already claims cover"):
        world.change(lambda session: enter_again(session, claim, TODAY))


def test_a_paid_claim_stays_in_the_book(world):
    claim = world.approved()
    pay_all(world, claim)
    with pytest.raises(Refused, match="SC-0001 is paid, so it stays in the book: reverse it"):
        world.change(lambda session: remove_claim(session, claim))


def test_withdrawing_takes_a_payment_that_was_only_planned_with_it(world):
    claim = for_pot(world)
    with filling(world.store) as small:
        small.entry(world.pot, DAY, 100_00, Heading.PROJECT_RELEASE, claim_id=claim, state=EntryState.PLANNED)
    world.change(lambda session: withdraw(session, claim, "Not needed", TODAY, TODAY))
    assert entries(world) == []


def test_the_sample_can_pay_its_two_approved_claims(sample):
    """SC-0052 is the school's own; SC-0054 has a planned entry of the pot, E-0040."""
    today = dt.date(2025, 6, 20)
    with sample.read() as session:
        ids = {row.code: row.id for row in Book(session).rows(t.CoverClaim)}
    with sample.transaction("Pay 2 claims") as (session, _):
        pay(session, [ids["SC-0052"], ids["SC-0054"]], today, "HP-BACS-0060", today)
    with sample.read() as session:
        paid = {row.code: row for row in Book(session).rows(t.FundEntry) if row.paid_ref == "HP-BACS-0060"}
    assert set(paid) == {"E-0040"}
    assert (paid["E-0040"].state, paid["E-0040"].amount_p) == (EntryState.PAID, 100_00)
