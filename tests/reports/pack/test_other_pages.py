"""What the other pages answer: cover, bank, issues, workings, open ends, signatures."""

import datetime as dt

import pytest
from reportlab.platypus import Spacer

from models.calendar import SchoolCalendar, Term, TermName
from models.queries.bank import Loss
from models.queries.readiness import PartReadiness
from models.rules.gathered import Gathered
from models.rules.loans import LineResult
from models.rules.resources import TrialFact
from models.rules.review import Need, SectionState
from models.rules.scheme import default_scheme
from models.rules.verdict import Severity, Verdict
from models.values import replace
from models.words import (
    ApprovalKind,
    ApprovalState,
    ChargedTo,
    MeetingKind,
    ResourceKind,
    ResourceLife,
    TrialVerdict,
)
from reports.charts import Period
from reports.kit import Kit
from reports.pack import bank as bank_page
from reports.pack import build_pack, cover, openends, signatures, workings
from reports.pack import issues as issues_page
from reports.pack.periods import half_terms, terms
from reports.pack.sheet import Sheet, letter, stopped, tied
from tests.reports.kit.making import build as made
from tests.reports.pack.factories import (
    DAY,
    STAMP,
    approval,
    bank,
    full,
    issues,
    line_of,
    loan,
    meeting,
    meeting_year,
    membership,
    pack,
    problem,
    profile,
    resource,
)
from tests.reports.pack.test_people_pages import said
from tests.reports.pdf_checks import texts, words

# -- cover


def test_the_cover_prints_not_entered_for_what_nobody_entered():
    bare = profile(lead_school="", stage="", agreement=None, leads=())
    found = dict(cover.facts(pack(profile=bare)))
    assert [found[key] for key in ("Lead school", "Stage", "Agreement", "Prepared by")] == ["not entered"] * 4
    assert found["Data to"] == "20 June 2025, draft of version 1"


def test_one_lead_or_two_prepared_the_pack():
    assert cover.prepared_by(pack()) == "Ruth Adeyemi, cluster lead"
    both = profile(leads=("Ruth Adeyemi", "Tom Weald"))
    assert cover.prepared_by(pack(profile=both)) == "Ruth Adeyemi and Tom Weald, cluster leads"


def test_the_cover_names_the_steering_meeting_that_is_to_come_or_was_held():
    group = {"kind": MeetingKind.STEERING, "held_on": dt.date(2025, 7, 8)}
    ahead = meeting_year(upcoming=(line_of(meeting(1, **group)),))
    assert cover.review_meeting(pack(meetings=ahead)) == "Steering Group, summer meeting, 8 July 2025"
    held = meeting_year([line_of(meeting(1, **group))])
    assert cover.review_meeting(pack(meetings=held)).endswith("8 July 2025")
    assert cover.review_meeting(pack()) == "Steering Group, summer meeting, date not entered"


def test_a_vision_stands_on_the_cover_only_if_there_is_room():
    short, long = pack(profile=profile(vision="We ask.")), pack(profile=profile(vision="We ask. " * 60))
    assert cover.has_vision(Sheet(Kit(), short))
    assert not cover.has_vision(Sheet(Kit(), long))
    assert not cover.has_vision(Sheet(Kit(large_print=True), short))
    assert not cover.has_vision(Sheet(Kit(), pack()))


# -- resource bank


def test_the_bank_counts_loans_and_what_nobody_borrowed():
    assert bank_page.answer(pack(bank=bank(resource(1, loan(1), loan(2, 2))))) == (
        "Yes: 2 loans to 2 schools; everything was lent at least once"
    )
    idle = bank(resource(1, loan(1)), resource(2), resource(3))
    assert bank_page.answer(pack(bank=idle)) == "Yes: 1 loan to 1 school; 2 of 3 kits and items were not lent"


def test_a_bank_without_loans_kits_or_resources_says_so():
    assert bank_page.answer(pack()) == "No resource is entered yet"
    assert bank_page.answer(pack(bank=bank(resource(1)))) == "Not yet: no loan is entered for 1 kit or item"
    starter = resource(1, kind=ResourceKind.QUICK_ENQUIRY)
    assert bank_page.answer(pack(bank=bank(starter))) == "1 resource shared; none of them is a kit to lend"


def test_a_loan_of_the_year_before_is_not_counted_twice():
    old = loan(1, starts_on=dt.date(2024, 7, 1), out_on=dt.date(2024, 7, 1), due_on=dt.date(2024, 9, 20))
    data = pack(bank=bank(resource(1, old, loan(2))))
    assert len(bank_page.loans_of(data, data.bank.resources[0])) == data.bank.use.loans == 1


def test_loans_of_what_was_dropped_since_are_in_the_chart_as_they_are_in_the_headline():
    """R-LOAN-7: the headline counts them, so the chart may not leave them out."""
    dropped = resource(1, loan(1), life=ResourceLife.DROPPED)
    data = pack(bank=bank(dropped, resource(2, loan(2)), resource(3, life=ResourceLife.DROPPED)))
    assert bank_page.answer(data).startswith("Yes: 2 loans")
    assert [line.fact.id for line in bank_page.lent_or_lendable(data)] == [1, 2]


def test_the_to_do_list_has_late_loans_checks_losses_and_idle_kits():
    late = loan(1, due_on=dt.date(2025, 6, 13), back_on=None)
    loss = Loss("Kit 1", "Alder Lane", "Magnet", LineResult(missing=1), 240, ChargedTo.SCHOOL, None)
    check = replace(resource(2, loan(2)), next_check_on=dt.date(2025, 5, 31))
    found = bank_page.to_do(
        pack(bank=bank(resource(1, late), check, resource(3), losses=(loss,), checks_due=(check,)))
    )
    assert [(one.name, one.state) for one in found] == [
        ("Magnets", "Overdue"),
        ("Kit 2", "Check due"),
        ("Kit 1", "1 missing"),
        ("Kit 3", "Not lent this year"),
    ]
    assert found[2].what == "Magnet, £2.40: charged to Alder Lane, not replaced yet"


def test_a_loss_that_nobody_settled_says_not_entered():
    loss = Loss("Kit 1", "Alder Lane", "Magnet", LineResult(missing=1), 0, None, DAY)
    assert bank_page.loss_words(loss) == "Magnet: who pays: not entered, replaced 20 June 2025"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (TrialVerdict.RUNNING, "Bubbles: on trial at Alder Lane, Year 4, since 2 June 2025."),
        (
            TrialVerdict.ADOPT,
            "Bubbles: adopted after a trial at Alder Lane, Year 4, 2 to 9 June 2025. It works.",
        ),
        (
            TrialVerdict.DROP,
            "Bubbles: dropped after a trial at Alder Lane, Year 4, 2 to 9 June 2025. It works.",
        ),
    ],
)
def test_a_trial_is_told_as_a_sentence(verdict, words):
    ends = None if verdict is TrialVerdict.RUNNING else dt.date(2025, 6, 9)
    trial = TrialFact(1, "Bubbles", "Alder Lane", dt.date(2025, 6, 2), "Year 4", ends, verdict, "It works")
    assert bank_page.trial_words(trial) == words


def test_a_dropped_starter_is_learning_and_no_starter():
    dropped = resource(1, kind=ResourceKind.QUICK_ENQUIRY, life=ResourceLife.DROPPED)
    assert bank(dropped).starters == ()


def test_a_small_note_is_never_alone_on_a_page():
    kit = Kit()
    for above in range(620, 700, 8):
        story = tied([*kit.bullets(["the last of them"]), kit.text("No pupil is named.", "caption")])
        pages = texts(made([Spacer(1, above), *story], kit))
        assert "the last of them" in next(page for page in pages if "No pupil is named" in page)


def test_schools_have_letters_by_name_and_borrowers_from_outside_come_after_them():
    data = full()
    outside = loan(9, 70)
    sheet = Sheet(Kit(), replace(data, bank=bank(resource(1, loan(1), outside))))
    assert sheet.letters == {1: "A", 2: "B", 70: "C"}
    assert sheet.short(70, "Away School") == "Away School"


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_letters_go_on_after_z(place, name):
    assert letter(place) == name


# -- terms


def test_terms_go_from_the_first_half_to_the_last_and_keep_their_halves_apart():
    days = [(9, 3, 10, 25), (11, 4, 12, 20)]
    made = tuple(
        Term(2024, TermName.AUTUMN, half, dt.date(2024, a, b), dt.date(2024, c, d))
        for half, (a, b, c, d) in enumerate(days, 1)
    )
    calendar = SchoolCalendar(made)
    assert terms(calendar, 2024) == [Period("Autumn term", dt.date(2024, 9, 3), dt.date(2024, 12, 20))]
    assert [period.name for period in half_terms(calendar, 2024)] == ["Autumn", "Autumn"]


def test_a_year_without_term_dates_is_parted_by_month():
    found = terms(SchoolCalendar(), 2024)
    assert [period.name for period in found] == ["Autumn term", "Spring term", "Summer term"]
    assert (found[0].first, found[-1].last) == (dt.date(2024, 9, 1), dt.date(2025, 8, 31))


# -- issues


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "No problem is entered for this year"),
        ([0], "Yes: 1 problem, told to the Advisor on the same day"),
        ([1], "Yes: 1 problem, told to the Advisor within 1 day"),
        ([1, 5], "Yes: 2 problems, told to the Advisor within 5 days"),
        ([1, None], "Not all: 1 of 2 problems has not been told to the Advisor yet"),
        ([1, None, None], "Not all: 2 of 3 problems have not been told to the Advisor yet"),
        ([None], "No: the problem has not been told to the Advisor yet"),
        ([None, None], "No: none of the 2 problems has been told to the Advisor yet"),
    ],
)
def test_issues_say_how_soon_the_advisor_knew(told, words):
    assert issues_page.answer(pack(issues=issues(*map(problem, told)))) == words


def test_a_problem_is_open_until_the_day_it_is_closed():
    data = pack()
    assert said(issues_page.outcome_words(problem(1), data)) == "Open | Outcome: not entered"
    closed = replace(problem(1, closed_on=dt.date(2025, 1, 31)), outcome="We met elsewhere.")
    assert said(issues_page.outcome_words(closed, data)) == "Closed 31 January 2025 | We met elsewhere."
    later = problem(1, closed_on=dt.date(2025, 7, 1))
    assert said(issues_page.outcome_words(later, data)).startswith("Open")


def test_a_school_that_left_is_told_with_its_reason_and_the_advisor():
    gone = membership(1, left_on=dt.date(2025, 1, 31))
    assert said(issues_page.changes(issues(left=(gone,)))[0]) == (
        "Alder Lane Primary School  left on 31 January 2025. Reason: not entered. "
        "Discussion with the Advisor: not entered."
    )
    told = replace(
        gone,
        leaving_reason="Its trust asked",
        advisor_discussed_on=dt.date(2025, 1, 13),
        advisor_outcome="Agreed",
    )
    assert said(issues_page.changes(issues(left=(told,)))[0]).endswith(
        "Its trust asked. Discussed with the Advisor on 13 January 2025: Agreed."
    )


def test_a_question_that_is_not_about_money_has_no_amount_to_enter():
    about = approval(kind=ApprovalKind.OTHER, amount_p=None)
    assert issues_page.amount_words(about) == "–"
    assert issues_page.amount_words(approval(amount_p=None)) == "not entered"
    assert issues_page.amount_words(approval()) == "£100.00"
    assert said(issues_page.decision_words(approval(ApprovalState.PENDING))) == "Pending"


# -- workings, open ends, signatures


def test_the_workings_print_the_schemes_own_amounts():
    scheme = replace(default_scheme(), cap_per_half_day=120_00, release_allowance=600_00, meetings_min=3)
    words = " ".join(said(part) for part in workings.rules(pack(scheme=scheme)))
    assert "at most £120 a half-day" in words
    assert "at most £600 a school a year" in words
    assert "The minimum is 3 a year." in words
    assert "ask your school business manager" in words


def test_open_ends_count_what_is_missing_and_what_is_unusual():
    thin = PartReadiness(
        6, "Meetings", SectionState.THIN, (Need("attendance", entered=False), Need("purposes", entered=False))
    )
    odd = (Verdict("R-MEET-1", Severity.WARN, "1 short."), Verdict("R-COVER-9", Severity.INFO, "Allowed."))
    assert openends.answer(pack()) == "Everything asked for is entered, and nothing is left to look at"
    assert openends.answer(pack(readiness=(thin,))) == (
        "2 kinds of entry missing; nothing is left to look at"
    )
    assert openends.answer(pack(verdicts=odd)) == "Nothing is missing; 1 thing to look at"
    assert openends.gaps(pack(readiness=(thin,))) == [thin]


def test_a_rule_that_stops_or_was_allowed_says_so():
    for severity, weight in (
        (Severity.REFUSE, "Stops.  "),
        (Severity.INFO, "Allowed.  "),
        (Severity.WARN, ""),
    ):
        assert said(openends.verdict_words(Gathered("R-1", severity, "Too late."))) == f"{weight}Too late."


def test_findings_of_a_rule_that_differ_by_a_name_print_as_one_line():
    text = (
        "{} has not said whether the release money is on top of its science budget: talk to its headteacher."
    )
    found = [Verdict("R-COVER-7", Severity.WARN, text.format(name)) for name in ("Alder", "Birch", "Cedar")]
    printed = words(build_pack(pack(verdicts=tuple(found)), stamp=STAMP))
    assert printed.count("has not said whether") == 1
    assert "The same for Birch; Cedar." in printed
    assert "“Stops”" not in printed  # no line of the list has the word
    stopped_ = replace(found[0], severity=Severity.REFUSE)
    printed = words(build_pack(pack(verdicts=(stopped_,)), stamp=STAMP))
    assert "“Stops” needs a recorded reason." in printed


def test_leads_head_and_chair_sign():
    assert [one.role for one in signatures.signers(pack())] == [
        "Cluster lead",
        "Headteacher of the lead school",
        "Steering Group chair",
    ]
    nobody = pack(profile=profile(leads=(), steering_chair=""))
    assert signatures.signers(nobody)[0].words == "Cluster lead"


def test_sentences_end_once():
    assert [stopped(words) for words in ("it works", "It works.", "Why?")] == [
        "It works.",
        "It works.",
        "Why?",
    ]
