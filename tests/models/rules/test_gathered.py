"""Findings that say the same are told once (R-REV-4)."""

from models.rules.gathered import gathered
from models.rules.verdict import Severity, Verdict, refuse, warn


def late(code: str, school: str) -> Verdict:
    return warn("R-COVER-15", f"{code} of {school} has no invoice or timesheet number: find it and enter it.")


def test_findings_that_differ_by_a_name_are_one_line_with_whole_names():
    found = gathered(late(f"SC-{n}", f"{name} School") for n, name in enumerate(("Alder", "Birch", "Cedar")))
    assert len(found) == 1
    assert found[0].text.startswith("SC-0 of Alder School has no invoice")
    assert found[0].others == ("SC-1 of Birch School", "SC-2 of Cedar School")
    assert found[0].many == 3
    assert found[0].also == "The same for SC-1 of Birch School; SC-2 of Cedar School."


def test_nothing_is_lost_and_each_rule_stands_together():
    lines = (late("SC-1", "Alder"), warn("R-POT-2", "E-1: no decision."), late("SC-2", "Birch"))
    found = gathered(lines)
    assert [one.rule for one in found] == ["R-COVER-15", "R-POT-2"]
    assert sum(one.many for one in found) == len(lines)


def test_other_words_other_weights_and_twins_keep_their_own_lines():
    text = "Meeting 1 has no purpose."
    verdicts = (
        warn("R-1", text),
        warn("R-1", text),
        refuse("R-1", text),
        warn("R-1", "Quite another thing."),
    )
    found = gathered(verdicts)
    assert [(one.severity, one.text) for one in found] == [
        (Severity.WARN, text),
        (Severity.WARN, text),
        (Severity.WARN, "Quite another thing."),
        (Severity.REFUSE, text),
    ]
    assert gathered(()) == ()


def test_what_else_a_finding_is_true_of_is_never_cut_out_of_its_name_brackets_or_quotation_marks():
    def also(first: str, second: str, rest: str) -> str:
        (found,) = gathered((warn("R-1", first + rest), warn("R-1", second + rest)))
        return found.also

    missing = " does not say how long it takes: enter the minutes."
    assert also("“Sound pictures box”", "“Heat pictures box”", missing) == "The same for “Heat pictures box”."
    angels = " Saint Mark and All Angels"
    assert also(f"Upper{angels}", f"Lower{angels}", missing) == f"The same for Lower{angels}."
    assert (
        also("the action (Ann of York)", "the action (Bob of York)", missing) == "The same for Bob of York."
    )
