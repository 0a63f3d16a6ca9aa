"""The steps of “Start a new cluster”: what each asks, and how its answers are read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from models.calendar import mid_year
from models.errors import BadInput
from models.rules.agreement import MEANINGS, USUAL_STAGE
from models.rules.newcomers import newcomers
from models.rules.schools import name_key
from ui.dialogs.files import BOOK, choose_to_save, safe_name
from ui.format import count, listed, long_date, parse_time, school_year, weekday_date, year_label
from ui.overrides import override
from ui.widgets.fields import DateField, PlaceField, TextField
from ui.widgets.layouts import column, holder, row
from ui.widgets.notes import NoteField
from ui.widgets.pick import Pick
from ui.widgets.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.rules.newcomers import Newcomer
    from ui.dialogs.form import FormDialog

V = TypeVar("V")
SUFFIX = ".clusterbook"
NAME_MOST = 80
MEETINGS = ("First", "Second", "Third", "Fourth", "Fifth")
HOURS = "Inside the school day, so that release counts. Each can be changed later."
STAGE_HELP = "Printed on the review pack’s cover. A cluster that begins is as a rule in Stage 2."
FAR = 10  # years from now that an agreement may begin, either way


def file_name(cluster: str) -> str:
    """A file name that every system accepts, made from a cluster's name: "Tidewater.clusterbook"."""
    return (safe_name(cluster)[:60].rstrip(". ") or "New cluster") + SUFFIX


class Step(QObject):
    """One step: a few fields of the form, and what they say together.

    Attributes:
        title: its name.
        about: a sentence that says what it is for.
        page: its fields, to be shown and hidden together.
        keys: the keys of its fields, in order.
    """

    title = ""
    about = ""

    def __init__(self, form: FormDialog[Any]) -> None:
        super().__init__(form)
        self.form = form
        self.keys: list[str] = []
        self._box = column(gap=14)
        self.build()
        self._box.addStretch(1)
        self.page: QWidget = holder(self._box)

    def build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def read(self) -> dict[str, Any]:
        """What the fields say, by the names of `NewCluster`; what is wrong is noted in the form."""
        raise NotImplementedError

    def enter(self, so_far: Mapping[str, Any]) -> None:
        """The step comes into view; `so_far` is what the earlier ones said."""

    def row(self, key: str, label: str, field: QWidget, text: str = "") -> None:
        """Add a field."""
        self._box.add(self.form.stack(key, label, field, text))
        self.keys.append(key)

    def beside(self, *fields: tuple[str, str, QWidget]) -> None:
        """Add fields beside each other: each its key, its label and the field."""
        line = row(gap=16)
        for key, label, field in fields:
            line.addLayout(column(self.form.stack(key, label, field), 1), 1)
            self.keys.append(key)
        self._box.add(line)

    def take(self, key: str, read: Callable[[], V]) -> V | None:
        """Read one field, and note what is wrong with it."""
        return self.form.take(key, read)


class ClusterStep(Step):
    """The cluster and its agreement.

    Attributes:
        named: another name is typed: (the name,).
    """

    title = "The cluster"
    about = "This stands on every paper. All of it can be changed later, in Settings."
    named = Signal(str)

    def __init__(self, form: FormDialog[Any], today: Callable[[], dt.date]) -> None:
        self._today = today
        super().__init__(form)

    @override
    def build(self) -> None:
        self.name, self.lead = TextField(most=NAME_MOST), TextField(most=120)
        self.starts = DateField(self._today, dt.date(school_year(self._today()), 9, 1))
        self.length = Pick([("Two years", False), ("One year, as a pilot", True)])
        self.length.show_value(value=False)
        self.stage = Pick([(f"Stage {number}: {words}", number) for number, words in MEANINGS.items()])
        self.stage.show_value(USUAL_STAGE)
        self.sponsor = TextField(most=120)
        self.row("name", "Name of the cluster", self.name, "Shown in the window and printed on every paper.")
        self.row(
            "lead_school", "Lead school", self.lead, "The school that keeps this book and holds the money."
        )
        self.beside(("starts", "The agreement starts on", self.starts), ("pilot", "It runs for", self.length))
        self.row("stage", "Stage", self.stage, STAGE_HELP)
        self.row("sponsor", "Sponsor", self.sponsor, "Who gives the grant. Leave it empty if nobody does.")
        self.name.textChanged.connect(self.named)

    @override
    def read(self) -> dict[str, Any]:
        name, lead = self.name, self.lead
        return {
            "name": self.take("name", lambda: name.required("Enter the cluster’s name, such as Tidewater.")),
            "lead_school": self.take(
                "lead_school", lambda: lead.required("Enter the name of the lead school.")
            ),
            "agreement_starts": self.take("starts", self._start),
            "pilot": self.length.value(),
            "stage": self.stage.value(),
            "sponsor": self.sponsor.text().strip(),
        }

    def _start(self) -> dt.date:
        self.starts.required("Enter the day on which the agreement starts, such as 1 September 2024.")
        day = self.starts.date()
        if abs(day.year - self._today().year) > FAR:
            raise BadInput(f"{day.year} is more than ten years from now: check the year.")
        return day


class SchoolsStep(Step):
    """The other schools, a line each."""

    title = "The schools"
    about = (
        "Type or paste the names, one school a line. If you know the science subject leader (SSL), write the "
        "name after a dash. You can leave this empty, or bring in a workbook afterwards (File, Import)."
    )

    @override
    def build(self) -> None:
        hint = "Oakmere Primary School – Tess Arden\nElm Lane Infant School"
        self.list = NoteField(most=20_000, lines=9, hint=hint)
        self._count = Label("", "caption", "muted", wrap=True)
        self.row("schools", "Schools", self.list)
        self._box.add(self._count)
        self.list.textChanged.connect(self._say)
        self._lead = ""

    @override
    def enter(self, so_far: Mapping[str, Any]) -> None:
        self._lead = so_far.get("lead_school") or ""
        self._say()

    @override
    def read(self) -> dict[str, Any]:
        return {"schools": self.take("schools", lambda: newcomers(self.list.text()))}

    def _say(self) -> None:
        try:
            found = newcomers(self.list.toPlainText())
        except BadInput:
            found = ()  # said beside the field when it is left
        others = [one for one in found if name_key(one.school) != name_key(self._lead)]
        leaders = sum(1 for one in found if one.ssl)
        words = self._lead or "The lead school"
        if others:
            words += f" and {count(len(others), 'other school')}"
        self._count.setText(f"{words}; {count(leaders, 'subject leader')}." if leaders else f"{words}.")


class PeopleStep(Step):
    """Who leads, and whom to ask."""

    title = "The people"
    about = "Names, and work addresses only. Others can be added on the page Schools and people."

    @override
    def build(self) -> None:
        self.lead, self.email = TextField(most=120), TextField(most=254)
        self.ssl, self.advisor = TextField(most=120), TextField(most=120)
        self.row("lead", "Your name", self.lead, "You lead the cluster, at the lead school.")
        self.row("lead_email", "Your work email", self.email)
        self.row(
            "lead_ssl", "Science subject leader of the lead school", self.ssl,
            "If it is you, write your name again.",
        )  # fmt: skip
        self.row("advisor", "Cluster Advisor", self.advisor, "Your contact at the sponsor, if there is one.")

    @override
    def enter(self, so_far: Mapping[str, Any]) -> None:
        lead = name_key(so_far.get("lead_school") or "")
        listed = next((one.ssl for one in so_far.get("schools") or () if name_key(one.school) == lead), "")
        if listed and not self.ssl.text():
            self.ssl.setText(listed)

    @override
    def read(self) -> dict[str, Any]:
        fields = {
            "lead": self.lead, "lead_email": self.email, "lead_ssl": self.ssl, "advisor": self.advisor,
        }  # fmt: skip
        return {key: " ".join(field.text().split()) for key, field in fields.items()}


class MeetingsStep(Step):
    """The first dates."""

    title = "The first meetings"
    about = "Up to five dates, if you have them: 26/9, 17 Oct, next thu. The rest can be planned any time."

    def __init__(self, form: FormDialog[Any], today: Callable[[], dt.date]) -> None:
        self._today = today
        super().__init__(form)

    @override
    def build(self) -> None:
        self.days = [DateField(self._today) for _ in MEETINGS]
        named = [
            (f"day-{number}", f"{words} meeting", field)
            for number, (words, field) in enumerate(zip(MEETINGS, self.days, strict=True))
        ]
        for first in range(0, len(named), 2):
            self.beside(*named[first : first + 2])
        self.starts_at, self.ends_at = TextField("1:15pm", most=20), TextField("3:30pm", most=20)
        self.beside(("starts_at", "They start at", self.starts_at), ("ends_at", "And end at", self.ends_at))
        self._box.add(Label(HOURS, "caption", "muted", wrap=True))

    @override
    def enter(self, so_far: Mapping[str, Any]) -> None:
        starts = so_far.get("agreement_starts")
        for field in self.days:  # a date without its year is one of the agreement's first year
            field.near = mid_year(school_year(starts)) if starts else None

    @override
    def read(self) -> dict[str, Any]:
        days: dict[dt.date, int] = {}
        for number, field in enumerate(self.days):
            if field.text().strip():
                self.take(f"day-{number}", lambda f=field, n=number: self._day(f, n, days))  # type: ignore[misc]
        start = self.take("starts_at", lambda: self._hour(self.starts_at))
        end = self.take("ends_at", lambda: self._hour(self.ends_at))
        if start is not None and end is not None and end <= start:
            self.take("ends_at", _too_early)
        return {"meetings": tuple(sorted(days)), "meeting_hours": (start, end)}

    def _day(self, field: DateField, number: int, days: dict[dt.date, int]) -> dt.date:
        day = field.date()
        if day.weekday() >= 5:
            raise BadInput(f"{weekday_date(day)} is at the weekend: check the date.")
        if day in days:
            raise BadInput(f"{MEETINGS[days[day]]} meeting has that day already.")
        days[day] = number
        return day

    def _hour(self, field: TextField) -> dt.time | None:
        return parse_time(field.text()) if field.text().strip() else None


def _too_early() -> None:
    raise BadInput("The meetings would end before they begin: check the two times.")


class FileStep(Step):
    """Where it is kept, and what will be made."""

    title = "The file"
    about = "Everything is kept in one file on this computer. Clusterbook backs it up by itself."

    def __init__(self, form: FormDialog[Any], folder: Path) -> None:
        self._folder, self._chosen = folder, False
        super().__init__(form)

    @override
    def build(self) -> None:
        self.place = PlaceField(self._folder / file_name(""))
        self.row("place", "The file", self.place)
        self._summary = Label("", wrap=True)
        self._box.add(self._summary)
        self.place.change_wanted.connect(self._change)

    @override
    def enter(self, so_far: Mapping[str, Any]) -> None:
        self._summary.setText(summary(so_far))

    @override
    def read(self) -> dict[str, Any]:
        return {"path": self.take("place", self._path)}

    def follow_name(self, name: str) -> None:
        """Name the file after the cluster, until she has chosen a place herself."""
        if not self._chosen:
            self.place.show_path(self._folder / file_name(name))

    def _path(self) -> Path:
        path = self.place.path()
        if path.exists() and not self._chosen:
            raise BadInput(f"There is already a file called {path.name} there: choose another place or name.")
        return path

    def _change(self) -> None:
        choose_to_save(self.form, "Where to keep the file", BOOK, self.place.path(), self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._chosen = True
        self.place.show_path(path)


def summary(answers: Mapping[str, Any]) -> str:
    """What will be made, in a few sentences; the meetings with their school years, a line each."""
    schools: tuple[Newcomer, ...] = answers.get("schools") or ()
    lead = answers.get("lead_school") or ""
    keys = {name_key(one.school) for one in schools} | {name_key(lead)}
    names = [one.ssl for one in schools] + [answers.get(key) or "" for key in ("lead", "lead_ssl", "advisor")]
    people = {name_key(name) for name in names if name}
    parts = [count(len(keys), "school")]
    parts += [count(len(people), "person", "people")] if people else []
    meetings = answers.get("meetings") or ()
    parts += [count(len(meetings), "meeting")] if meetings else []
    lines = [f"{answers.get('name') or 'The cluster'} begins with {listed(parts)}."]
    starts = answers.get("agreement_starts")
    for year in sorted({school_year(day) for day in meetings}):
        days = [weekday_date(day) for day in meetings if school_year(day) == year]
        lines.append(f"Meetings of {year_label(year)}: {listed(days)}.")
    early = [long_date(day) for day in meetings if starts is not None and day < starts]
    if early:
        lines.append(f"Before the agreement starts: {listed(early)}. Go back if the year is not right.")
    if starts is not None:
        stage = f" It is for Stage {answers['stage']}." if answers.get("stage") else ""
        lines.append(
            f"The agreement starts on {long_date(starts)}.{stage} The usual term dates, the bank holidays, "
            "three funds and the focus areas come in by themselves."
        )
    return "\n".join(lines)
