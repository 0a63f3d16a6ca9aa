"""Part 13, impact in classrooms: what do children meet that is different; beyond those who attended?"""

from __future__ import annotations

from functools import partial

from reportlab.platypus import Flowable

from models.formats import NOT_ENTERED, count
from models.queries.classrooms import AdoptionRow
from models.queries.pack import PackData
from models.rules.rollout import letter
from models.words import TrialVerdict
from reports.kit import Bold, Col, TableLook, Text
from reports.pack.sheet import Sheet, data_to_words, entered
from reports.pack.sheet import letter as place_letter

MOST = 7
"""Schools that an upright page has room for by name at scale 1; more are lettered."""


def answer(data: PackData) -> str:
    """How many things are in use in every school, and whether others than those who came use them."""
    found = data.classrooms
    if not found.rows and found.later:
        return f"What classrooms used by {data_to_words(data)} is not entered"
    if not found.rows:
        return "What is used in classrooms is not entered yet"
    places = sum(row.summary.schools - row.summary.not_entered for row in found.rows)
    everyone = sum(row.summary.all_staff for row in found.rows)
    words = f"All staff use what is shared in {everyone} of {count(places, 'case')}"
    return f"{words}; in {found.beyond}, staff who did not attend use it too" if found.beyond else words


def _cell(number: int, row: AdoptionRow) -> str:
    fact = row.cells[number]
    mark = letter(fact.level if fact else None)
    return f"{mark}+" if fact and fact.beyond_attendees else mark


def _everyone(row: AdoptionRow) -> str:
    return f"{row.summary.all_staff} of {row.summary.schools}"


def _letters(sheet: Sheet) -> list[str]:
    """The letters that the members' page gives the schools, so that a letter means one school throughout."""
    known = {name: sheet.letters[key] for key, name in sheet.short_names.items()}
    schools = sheet.data.classrooms.schools
    if len(known) < len(sheet.short_names) or not known.keys() >= set(schools):
        return [place_letter(n) for n in range(len(schools))]  # two of one name
    return [known[name] for name in schools]


def _matrix(sheet: Sheet) -> list[Flowable]:
    found = sheet.data.classrooms
    if not found.rows:
        words = "Enter how far each school uses the resources, in the roll-out matrix."
        if found.later:
            day = data_to_words(sheet.data)
            words = f"The roll-out matrix has what the schools told after {day}. It is left out here."
        return [sheet.kit.text(words)]
    lettered = len(found.schools) > MOST / sheet.kit.scale
    heads = _letters(sheet) if lettered else list(found.schools)
    width = max(24.0, min(30.0 if lettered else 54.0, 318.0 / max(len(heads), 1)))
    cols: list[Col[AdoptionRow]] = [Col("Resource", lambda row: row.resource, 0)]
    cols += [Col(head, partial(_cell, n), width, "center", 4) for n, head in enumerate(heads)]
    cols.append(Col("All staff", _everyone, 44, "right", 4))
    key = "A all staff, S some staff, N not started, – not entered; + staff who did not attend use it too."
    names = ""
    if lettered:
        names = (
            " " + ", ".join(f"{head} {name}" for head, name in zip(heads, found.schools, strict=True)) + "."
        )
    words = f"{key}{names} Source: roll-out matrix."
    return [sheet.kit.table(cols, found.rows, look=TableLook(pad=3), caption=words)]


def _trials(sheet: Sheet) -> list[Flowable]:
    trials = sheet.data.classrooms.trials
    if not trials:
        return []
    said: list[Text] = []
    for one in trials:
        head = Bold(f"{one.resource}, {one.school}: ")
        if one.verdict is TrialVerdict.RUNNING:
            said.append([head, "still running"])
        else:
            said.append([head, f"{one.verdict.label.lower()}. {entered(one.finding)}"])
    return [sheet.kit.heading("What trials found"), *sheet.kit.bullets(said)]


def _documents(sheet: Sheet) -> list[Flowable]:
    documents = sheet.data.classrooms.documents
    if not documents:
        return []
    said: list[Text] = [
        [Bold(f"{one.title}: "), one.words, f", reach: {one.reach.label.lower()}" if one.reach else ""]
        for one in documents
    ]
    return [sheet.kit.heading("Strategies agreed together"), *sheet.kit.bullets(said)]


def _starters(sheet: Sheet) -> list[Flowable]:
    starters = sheet.data.bank.starters  # the same that the resource bank lists, with those nobody uses
    if not starters:
        return []
    uses = [one for line in starters if (one := line.adoption) and one.not_entered < one.schools]
    used = sum(one.all_staff + one.some_staff > 0 for one in uses)
    words = f"{used} of {count(len(starters), 'quick-enquiry starter')} in use in at least one school."
    if not uses:  # not asked is not “used by nobody” (R-REV-5)
        words = f"Who uses the {count(len(starters), 'quick-enquiry starter')} is {NOT_ENTERED}."
    return [sheet.kit.heading("Quick-enquiry starters"), sheet.kit.text(words)]


def body(sheet: Sheet) -> list[Flowable]:
    """Resources by school, starters, trials, and strategies agreed together."""
    return [*_matrix(sheet), *_starters(sheet), *_trials(sheet), *_documents(sheet)]
