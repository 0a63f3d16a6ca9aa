"""The papers of meetings, money and people: sound, whole, and what they say (issue: every other paper)."""

import datetime as dt
from itertools import cycle, pairwise

import pytest

from models.errors import BadInput, Changed
from models.queries.papers.school_page import Due
from models.values import replace
from models.words import SurveyRound
from reports.papers import PAPERS
from reports.papers.successor_parts import promised
from tests.reports.kit.making import HOSTILE
from tests.reports.pack.texts import with_texts
from tests.reports.painted import painted
from tests.reports.papers.asking import KINDS, asked, built
from tests.reports.pdf_checks import assert_sound, roles, texts, words

DAY = dt.date(2025, 6, 20)
WAYS = [
    pytest.param(key, kind, id=f"{key}-{n}") for key, kinds in KINDS.items() for n, kind in enumerate(kinds)
]
OF_EVERY_BOOK = ["claim_form_blank", "school_page", "confidence_survey", "successor"]


def said(book, key, *about, **kind):
    return words(built(key, asked(book, key, about), **kind))


# -- all of them


@pytest.mark.parametrize(("key", "kind"), WAYS)
def test_every_paper_of_the_sample_is_sound_and_has_no_empty_page(sample_book, key, kind):
    data = built(key, asked(sample_book, key), **kind)
    assert_sound(data)
    assert "H1" in roles(data)
    assert all(len(page.split()) > 12 for page in texts(data))


@pytest.mark.parametrize("key", ["minutes", "recharge", "evaluation_slip"])
def test_the_same_data_and_moment_give_the_same_bytes(sample_book, key):
    data = asked(sample_book, key)
    assert built(key, data) == built(key, data)


@pytest.mark.parametrize(("key", "kind"), WAYS)
def test_every_paper_holds_an_overfull_book(full_book, key, kind):
    assert_sound(built(key, asked(full_book, key, FULL.get(key)), **kind))


FULL = {
    "sign_in": (1,),
    "agenda": (1,),
    "minutes": (1,),
    "claim_form": (50,),
    "remittance": (1,),
    "recharge": (1,),
    "evaluation_slip": (1,),
}


@pytest.mark.parametrize("shift", range(2))
@pytest.mark.parametrize("key", KINDS)
def test_hostile_words_are_printed_and_never_obeyed(sample_book, key, shift):
    nasty = cycle([one[:2_000] for one in HOSTILE[shift:] + HOSTILE[:shift] if one.strip()])
    data = with_texts(asked(sample_book, key), lambda _: next(nasty))
    assert_sound(built(key, data))


@pytest.mark.parametrize("key", [key for key in KINDS if key != "claim_form_blank"])
def test_markup_stands_on_the_page_as_it_was_typed(sample_book, key):
    data = with_texts(asked(sample_book, key), lambda text: f"<b>{text}</b> & {{0}}")
    assert "<b>" in words(built(key, data))


@pytest.mark.parametrize("key", OF_EVERY_BOOK)
def test_an_empty_book_prints_its_papers(empty_book, key):
    data = built(key, asked(empty_book, key))
    assert_sound(data)
    assert "Cluster name not entered" in words(data)


@pytest.mark.parametrize("key", ["sign_in", "agenda", "minutes", "claim_form", "recharge", "evaluation_slip"])
def test_a_paper_of_a_record_that_is_gone_says_so(sample_book, key):
    with pytest.raises(Changed, match="not there any more"):
        asked(sample_book, key, (9_999,))


def test_an_empty_book_claims_nothing_that_nobody_entered(empty_book):
    assert "no pot is entered yet" in words(built("successor", asked(empty_book, "successor")))
    assert "No school is entered yet" in words(built("school_page", asked(empty_book, "school_page")))


# -- meetings


def test_the_sign_in_sheet_has_a_row_for_each_person_and_says_what_released_means(sample_book, full_book):
    text = said(sample_book, "sign_in", 23)
    for name in ("Nerys Caldbeck", "Gwen Harcastle", "Imogen Strand"):
        assert name in text
    assert "Fallowden" not in text  # it left in January
    assert "Page 1 of 1" in text  # with the boxes to count in
    large = texts(built("sign_in", asked(sample_book, "sign_in", (23,)), large_print=True))
    assert "For the register" in large[0]  # of several pages the first, not one of its own
    assert "Tick “Released”" in text
    full = texts(built("sign_in", asked(full_book, "sign_in", (1,)), large_print=True))
    assert "Teacher 14" in full[-1]  # empty rows are never alone on a page
    assert "Schools here, of 7 asked" in text


def test_a_meeting_of_some_schools_has_only_those_on_its_sheet(sample_book):
    text = said(sample_book, "sign_in", 19)
    assert "Oakmantle School" in text
    assert "Brindlemere High School" not in text


def test_a_school_without_people_gets_a_line_to_write_on(sample_book):
    alone = replace(asked(sample_book, "sign_in", (23,)), schools=(("Alder Lane", ()),))
    assert "Alder Lane" in words(built("sign_in", alone))


def test_a_meeting_after_school_says_that_no_cover_can_be_claimed(sample_book):
    text = said(sample_book, "sign_in", 15)
    assert "outside the school day" in text
    assert "Page 1 of 1" in text  # its rows are closer set rather than the last one alone on a page


def test_the_agenda_lists_topics_with_proposers_and_what_was_promised_before(sample_book):
    text = said(sample_book, "agenda", 20)
    assert "Carried over from “Enquiry progression, second version”" in text
    assert "Proposed by" in text
    assert "Finish the six sensory cards" in text  # agreed in March, open in May
    assert "Write the report for stage 4" not in text  # agreed at this meeting


def test_an_agenda_without_topics_leaves_room_to_write_them(sample_book):
    assert "No topic is entered yet: write them here." in said(sample_book, "agenda", 23)


def test_minutes_count_schools_and_people_apart_and_name_decisions_and_actions(sample_book):
    text = said(sample_book, "minutes", 16)
    assert "6 of 8 schools came, 6 people; 1 decision and 2 actions." in text
    assert "Finalised on 29 January 2025." in text
    assert "D-0012" in text
    assert "Gather numbers for the joint thermometer order" in text
    assert "A: apology" in text
    assert "Next meeting “What changed in classrooms” on 15 May 2025" in text  # not the next from today


def test_minutes_of_a_meeting_to_come_are_a_draft_without_attendance(sample_book):
    text = said(sample_book, "minutes", 23)
    assert "Draft: these minutes are not finalised yet." in text
    assert "Attendance is not entered yet" in text
    assert "no reply" not in text
    last = texts(built("minutes", asked(sample_book, "minutes", (23,))))[-1]
    assert "Moderating Year 5 and Year 6" in " ".join(last.split())  # what is signed is never alone on a page


# -- money


def test_a_filled_claim_explains_its_split_even_when_it_was_frozen(sample_book):
    text = said(sample_book, "claim_form", 31)
    assert "£200 of £218 is recognised" in text
    assert "At most £200 is recognised for a whole day." in text
    assert "The school bears £18." in text
    assert "£43.60 Not counted: the school gets it back." in text


def test_a_claim_that_nobody_approved_would_be_recognised(sample_book):
    assert "£89 of £89 would be recognised" in said(sample_book, "claim_form", 54)


def test_a_cost_that_nobody_entered_is_not_printed_as_nothing(sample_book):
    paper = asked(sample_book, "claim_form", (54,))
    row = replace(paper.claim.row, lacks_cost=True, cost_p=0, recognised_p=0, school_share_p=0)
    text = words(built("claim_form", replace(paper, claim=replace(paper.claim, row=row, net_p=0, vat_p=0))))
    assert "What the cover cost is not entered yet" in text
    assert "Borne by the school not entered" in text
    assert "£0.00" not in text


def test_a_rejected_claim_says_why_and_that_nothing_is_recognised(sample_book):
    text = said(sample_book, "claim_form", 43)
    assert "Rejected: nothing is recognised of £180" in text
    assert "Why Release money is for teachers, not for trips" in text
    assert "Met from" not in text


def test_a_blank_claim_tells_the_limits_and_the_last_day(sample_book, full_book):
    data = built("claim_form_blank", asked(sample_book, "claim_form_blank"))
    text = words(data)
    assert len(texts(data)) == 1
    assert "At most £100 for a half-day and £200 for a whole day" in text
    assert "release allowance of £500 for 2024 to 2025" in text
    assert "by 22 July 2025" in text
    assert "not for trips or activities for children" in text
    for page in texts(built("claim_form_blank", asked(full_book, "claim_form_blank"))):
        assert ("no medical reasons" in page) is ("Approved by" in page)


def test_a_remittance_says_what_was_paid_when_for_which_claim(sample_book):
    text = said(sample_book, "remittance", 49)
    assert "We have paid £99 on 14 March 2025 for supply cover, claim SC-0050." in text
    assert "HP-BACS-0052" in text


def test_a_school_that_holds_its_money_is_sent_nothing(sample_book):
    """R-COVER-6: matrix shows £100 “school-held”, remittance £0."""
    text = said(sample_book, "remittance", 32)
    assert "meets this itself: the lead school pays £0" in text
    assert "£89 is met from the school’s own release allowance" in text


def test_one_reference_pays_several_claims_and_the_total_is_their_sum(full_book):
    data = asked(full_book, "remittance", (1,))
    assert len(data.lines) > 5
    assert len({line.fact.school_id for line in data.lines}) == 1
    assert data.cost_p == sum(line.split.cost_p for line in data.lines)
    assert data.total_p + data.held_p + data.share_p == data.cost_p


def test_a_claim_that_is_not_paid_has_no_remittance(sample_book):
    with pytest.raises(BadInput, match="SC-0052 is approved: print its remittance advice once it is paid"):
        asked(sample_book, "remittance", (51,))


def test_recharge_notes_add_up_to_the_excess_to_the_penny(sample_book):
    """R-CPD-2, R-CPD-3: £150 over the limit of seven schools is six times £21.43 and once £21.42."""
    data = asked(sample_book, "recharge", (4,))
    net = sorted(line.share.net_p for line in data.lines)
    assert net == [21_42] + [21_43] * 6
    assert sum(line.share.gross_p for line in data.lines) == data.split.excess_p == 180_00
    pages = texts(built("recharge", data))
    assert len(pages) == 8
    for page, line in zip(pages, data.lines, strict=False):
        assert line.share.school_name in " ".join(page.split())
        assert ("Ask your school business manager." in " ".join(page.split())) is not line.own
    assert [line.share.school_name for line in data.lines if line.own] == ["Harlbridge Primary School"]
    assert "Nothing to send: your school paid the provider" in " ".join(pages[1].split())
    assert "7 parts add up to £180" in " ".join(pages[-1].split())


def test_a_note_for_one_school_names_no_other(sample_book):
    data = asked(sample_book, "recharge", (4,), school_id=5)
    text = words(built("recharge", data))
    assert "Otterhay Junior School pays £25.72" in text
    assert "Quillby" not in text


def test_a_fee_within_the_limit_asks_nobody_for_money(sample_book):
    assert "No school has anything to pay" in said(sample_book, "recharge", 1)


# -- schools, slips, successor


def test_a_school_page_fits_one_page_and_stands_beside_no_other_school(sample_book):
    pages = texts(built("school_page", asked(sample_book, "school_page")))
    assert len(pages) == 8
    otterhay = " ".join(next(page for page in pages if "Otterhay" in page).split())
    assert "came to 6 of 6 meetings and used £485 of its £500" in otterhay
    for other in ("Quillby", "Oakmantle", "Wickenshaw"):
        assert other not in otterhay
    assert "The school left the cluster on 31 January 2025." in " ".join(pages[1].split())


@pytest.mark.parametrize("key", ["recharge", "school_page"])
def test_a_second_page_that_comes_loose_says_whose_it_is(sample_book, key):
    names = {page.sheet.school for page in asked(sample_book, "school_page").pages}
    pages = texts(built(key, asked(sample_book, key), large_print=True))
    assert len(pages) > len(names)
    assert [page for page in pages if not any(name in page for name in names)] == []


def test_money_due_from_a_school_stands_before_its_claims(sample_book):
    for page in asked(sample_book, "school_page").pages:
        due = [one.what for one in page.due]
        claims = [n for n, what in enumerate(due) if "claim SC-" in what]
        assert not [what for what in due[min(claims, default=99) :] if what.startswith("If not paid yet")]
    (last,) = (page for page in asked(sample_book, "school_page").pages if "Wickenshaw" in page.sheet.school)
    assert "Agree claim SC-0056 as drafted" in [one.what for one in last.due]  # its cost is entered


def test_a_school_page_says_what_is_due_and_what_is_late(sample_book):
    text = said(sample_book, "school_page", [4])
    assert "Bring back Seeds and growth was due 13 June 2025" in text
    assert "If not paid yet: £25.72 (£4.29 of it VAT) as its part of CPD fees above the limit" in text
    assert "If not paid yet: £7.40 for Tuning fork of Sound workshop" in text
    text = said(sample_book, "school_page", [3])
    assert "CPD fees above" not in text  # the lead school paid them
    text = said(sample_book, "school_page", [7])
    assert "Put claim SC-0053 right" in text
    assert "Confirm that the release money for 2024 to 2025 is on top of the science budget" in text


def test_what_a_school_page_has_no_room_for_is_counted_and_not_lost(sample_book):
    data = asked(sample_book, "school_page", [[4]])
    page = replace(data.pages[0], due=tuple(Due(f"Send paper {n}") for n in range(12)))
    text = words(built("school_page", replace(data, pages=(page,))))
    assert "Send paper 6" in text
    assert "Send paper 7" not in text
    assert "and 5 more in the cluster’s book" in text


def test_the_days_of_a_long_years_meetings_never_touch_in_large_print(full_book):
    data = built("school_page", asked(full_book, "school_page", [[5]]), large_print=True)
    assert "Mark" in next(page for page in texts(data) if "P released" in page)  # what the letters mean
    page = painted(data)
    lines = [sorted(word for word in page.words if word[1] == y) for y in {y for _, y, _ in page.words}]
    wide = [line for line in lines if len(line) == 8]  # the word Meeting, and 7 of 27 days
    assert len(wide) > 3
    assert all(after[0] - before[2] > 1 for line in wide for before, after in pairwise(line))


def test_in_large_print_the_next_meeting_is_never_alone_and_nothing_due_takes_no_page(sample_book):
    data = asked(sample_book, "school_page", [[1]])
    for times in (94, 98, 102, 106):  # with less, all fits on the page; with more, the last are on the next
        due = (*[Due("Bring it back")] * 5, Due("Bring it back. " * times), *[Due("Say so")] * 4)
        page = replace(data.pages[0], due=due)
        pages = texts(built("school_page", replace(data, pages=(page,)), large_print=True))
        assert "Say so" in next(page for page in pages if "Next meetings" in page)
    left = texts(built("school_page", asked(sample_book, "school_page", [[2]]), large_print=True))
    assert len(left) == 1
    assert "Nothing is due from the school." in left[0]


def test_a_school_that_was_no_member_gets_no_page(sample_book):
    with sample_book.read() as session, pytest.raises(BadInput, match="was not a member in that year"):
        PAPERS["school_page"].query()(session, [2], lambda: DAY, 2025)


@pytest.mark.parametrize(("per_page", "times"), [(2, 2), (4, 4)])
def test_slips_stand_on_the_page_as_often_as_asked(sample_book, per_page, times):
    data = built("evaluation_slip", asked(sample_book, "evaluation_slip"), per_page=per_page)
    assert len(texts(data)) == 1
    assert words(data).count("How good was it?") == times
    assert words(data).count("Plan a lesson in which talk comes before writing") == times


def test_a_slip_too_long_for_half_a_page_gets_a_whole_one(sample_book):
    data = asked(sample_book, "evaluation_slip")
    long = type(data)(
        data.head, data.title, data.when, data.provider, ("Learn one more thing well. " * 9,) * 12
    )
    made = built("evaluation_slip", long, per_page=4)
    assert_sound(made)
    assert words(made).count("How good was it?") == 1


def test_the_survey_pairs_by_a_code_and_asks_for_no_name(sample_book):
    text = said(sample_book, "confidence_survey", 2024)
    assert "Your code, not your name" in text
    assert "Leading science (science leaders only)" in text
    assert "1 is not sure at all, 5 is very sure" in text
    assert "Before" in text


def test_a_survey_of_one_round_has_nothing_to_tick_for_it(sample_book):
    data = asked(sample_book, "confidence_survey", which=SurveyRound.FOLLOW_UP)
    text = words(built("confidence_survey", data))
    assert "This is After" in text
    assert "Before" not in text


def test_the_successor_book_tells_balances_promises_kits_dates_and_people(sample_book):
    text = said(sample_book, "successor")
    assert "You take over £680.22 in the pot, 8 open actions and 3 kits out" in text
    assert "3 of 13 things out, 1 overdue" in text  # eleven kits, a book, and an item on trial
    assert "Rain gauge" not in text  # an idea: nobody has one yet
    assert "Kit Lowther" in text  # who has the overdue kit
    assert "a.rahmani@quillby.example" in text
    assert "Monitoring folder is in the staffroom cupboard, top shelf." in text
    assert "The agreement with the sponsor ends" in text
    large = said(sample_book, "successor", large_print=True)
    assert "h.marchbanks@wrenfield.example" in large  # not torn in two
    assert "a.rahmani@quillby.example" in large


def test_what_the_lead_school_is_to_pay_is_counted_once_and_without_what_schools_hold_themselves(sample_book):
    """R-COVER-6; the planned entry is to pay the claim that is approved."""
    data = asked(sample_book, "successor")
    assert promised(data) == promised(replace(data, planned=())) == 100_00
    text = said(sample_book, "successor")
    assert "4 funds; £100 is promised and not paid yet" in text
    assert "£100 to Oakmantle School; £96 from the own allowance of Otterhay Junior School" in text


def test_the_successor_book_has_the_balance_that_the_pack_has(sample_book):
    from models.queries.account import pot_year
    from models.queries.book import Book

    data = asked(sample_book, "successor")
    with sample_book.read() as session:
        pot = pot_year(Book(session), 2024, DAY)
    assert data.funds[0].account == pot.account
