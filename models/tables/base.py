"""What all tables share: the Draft that checks input, the Record that is stored, and the kinds of field.

A Draft is validated input; a table class stores it and does not validate (SQLModel), so rows are made from
drafts only. A field's title is its heading in workbooks and its label in forms: one fact, one place.
"""

import datetime as dt
from enum import StrEnum
from typing import Any, ClassVar

from annotated_types import MaxLen
from pydantic import ValidationError, ValidationInfo, field_validator
from sqlalchemy import CheckConstraint, MetaData, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

from models import gate
from models.errors import BadInput
from models.tables.mapping import TableMeta, map_tables
from models.types import Bool, Choice, IsoDate, IsoTime, Pence, column_check

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# For each class pydantic reads the annotations of all parents, and compiles SQLModel's own, which are texts.
# They name no field: without them, the tables are made in a tenth less time.
SQLModel.__annotations__ = {}
ONE_LINE = 500  # longer fields may have line breaks
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
# One object of a type for all columns: SQLAlchemy works out once how its values come and go.
TEXT, DATE, TIME, MONEY, YES_NO = Text(), IsoDate(), IsoTime(), Pence(), Bool()


class Draft(SQLModel):
    """Input to be checked before it is stored. Texts pass the gate; a wrong value names its field."""

    model_config = SQLModelConfig(defer_build=True, validate_assignment=False, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _through_the_gate(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str) or isinstance(value, StrEnum):
            return value
        limits = (
            part.max_length
            for part in cls.model_fields[info.field_name or ""].metadata
            if isinstance(part, MaxLen)
        )
        return gate.clean(value, lines=next(limits, 0) > ONE_LINE)

    @classmethod
    def checked(cls, **values: Any) -> Any:
        """The draft made of these values.

        Raises:
            BadInput: the first value that does not fit; `field` names it.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as wrong:
            raise first_problem(cls, wrong) from wrong


def first_problem(draft: type[SQLModel], wrong: ValidationError) -> BadInput:
    """The first fault that pydantic found, as a sentence for the user."""
    return problems(draft, wrong)[0]


def problems(draft: type[SQLModel], wrong: ValidationError) -> list[BadInput]:
    """Every fault that pydantic found, as sentences for the user, each with its field."""
    return [_sentence(draft, dict(fault)) for fault in wrong.errors(include_url=False)]


def _sentence(draft: type[SQLModel], fault: dict[str, Any]) -> BadInput:
    name = str(fault["loc"][0]) if fault["loc"] else ""
    info = draft.model_fields.get(name)
    title = (info.title if info else "") or name.replace("_", " ")
    kind, typed, facts = str(fault["type"]), fault.get("input"), fault.get("ctx", {})
    if kind in {"missing", "string_too_short"} or typed is None:
        words = f"{title} is needed."
    elif kind == "string_too_long":
        words = f"{title}: at most {facts['max_length']:,} characters fit here; this has {len(str(typed)):,}."
    elif kind == "extra_forbidden":
        words = f"There is no field called “{title}”."
    elif kind == "enum":
        words = f"{title}: “{typed}” is not one of the words to choose from."
    elif kind == "greater_than_equal":
        words = f"{title} cannot be less than {facts['ge']}."
    elif kind == "less_than_equal":
        words = f"{title} cannot be more than {facts['le']}."
    elif kind == "value_error":
        words = str(facts.get("error", fault["msg"]))
    else:
        words = f"{title}: “{typed}” does not fit here."
    return BadInput(words, name)


class Record(SQLModel, metaclass=TableMeta):
    """What every recorded table has: a number that is never used twice (undo depends on it)."""

    model_config = SQLModelConfig(defer_build=True)
    __table_args__: ClassVar[Any] = ({"sqlite_strict": True, "sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)

    def __new__(cls, *args: Any, **values: Any) -> Any:
        map_tables()
        return super().__new__(cls, *args, **values)


def draft_of(record: type[Record]) -> type[Draft]:
    """The draft that checks what a table class stores."""
    return next(base for base in record.__mro__ if issubclass(base, Draft) and not issubclass(base, Record))


def table_args(*items: SchemaItem) -> tuple[Any, ...]:
    """A table's own constraints together with what every recorded table has."""
    return (*items, {"sqlite_strict": True, "sqlite_autoincrement": True})


def unique(*columns: str) -> UniqueConstraint:
    """No two rows may agree in all of these columns."""
    return UniqueConstraint(*columns)


def check(name: str, condition: str) -> CheckConstraint:
    """A condition that every row must meet, whatever program writes it."""
    return CheckConstraint(condition, name=name)


def _column(sql: str = "", **more: Any) -> dict[str, Any]:
    return {"info": {"check": sql}, **more}


def text(title: str, help: str = "", *, limit: int = gate.NAME_LIMIT, unique: bool = False) -> Any:  # noqa: A002
    """A line of text that must be there."""
    return Field(
        min_length=1, max_length=limit, title=title, description=help, unique=unique, sa_type=TEXT,
        sa_column_kwargs=_column("length({c}) > 0"),
    )  # fmt: skip


def words(title: str, help: str = "", *, limit: int = gate.NAME_LIMIT, optional: bool = False) -> Any:  # noqa: A002
    """A line of text that may be empty; `optional`: then it is NULL, so that UNIQUE lets it repeat."""
    return Field(
        default=None if optional else "", max_length=limit, title=title, description=help, sa_type=TEXT,
        nullable=optional,
    )  # fmt: skip


def note(title: str, help: str = "") -> Any:  # noqa: A002
    """Text of several lines that may be empty."""
    return Field(
        default="", max_length=gate.NOTE_LIMIT, title=title, description=help, sa_type=TEXT,
        sa_column_kwargs={"info": {"lines": True}},
    )  # fmt: skip


def code(title: str, prefix: str, help: str = "") -> Any:  # noqa: A002
    """The number people call a record by, such as SC-0012. Unique; `models.services` gives out the next."""
    return Field(
        min_length=1, max_length=20, title=title, description=help, unique=True, sa_type=TEXT,
        sa_column_kwargs={"info": {"check": "length({c}) > 0", "prefix": prefix}},
    )  # fmt: skip


def day(title: str, help: str = "", *, optional: bool = False) -> Any:  # noqa: A002
    """A date, 1990 to 2099."""
    bounds: dict[str, Any] = {"ge": EARLIEST, "le": LATEST}
    start: Any = {"default": None} if optional else {}
    return Field(**start, **bounds, title=title, description=help, sa_type=DATE, nullable=optional)


def hour(title: str, help: str = "") -> Any:  # noqa: A002
    """A time of day that may be missing."""
    return Field(default=None, title=title, description=help, sa_type=TIME, nullable=True)


def pence(title: str, help: str = "", *, optional: bool = False, signed: bool = False) -> Any:  # noqa: A002
    """Money in whole pence; `optional`: missing is “not entered” and never zero (R-REV-5)."""
    bounds: dict[str, Any] = {"le": 99_999_999_99} | ({"ge": -99_999_999_99} if signed else {"ge": 0})
    start: Any = {"default": None} if optional else {"default": 0}
    return Field(
        **start, **bounds, title=title, description=help, sa_type=MONEY, nullable=optional,
        sa_column_kwargs=_column("" if signed else "{c} >= 0"),
    )  # fmt: skip


def number(
    title: str,
    help: str = "",  # noqa: A002
    *,
    least: int = 0,
    most: int = 1_000_000,
    default: int | None = None,
    optional: bool = False,
) -> Any:
    """A whole number between two bounds."""
    start: Any = {"default": default} if optional or default is not None else {}
    return Field(
        **start, ge=least, le=most, title=title, description=help, nullable=optional,
        sa_column_kwargs=_column(f"{{c}} BETWEEN {least} AND {most}"),
    )  # fmt: skip


def flag(title: str, help: str = "", *, default: bool | None = False, optional: bool = False) -> Any:  # noqa: A002
    """Yes or no; `optional`: or not said."""
    return Field(
        default=None if optional else default,
        title=title,
        description=help,
        sa_type=YES_NO,
        nullable=optional,
    )


def choice(
    words_: type[StrEnum],
    title: str,
    help: str = "",  # noqa: A002
    *,
    default: StrEnum | None = None,
    optional: bool = False,
) -> Any:
    """One word of an enumeration; without a default it must be chosen, unless it is `optional`."""
    start: Any = {"default": default} if optional or default is not None else {}
    return Field(**start, title=title, description=help, sa_type=Choice(words_), nullable=optional)


def link(target: str, title: str, help: str = "", *, optional: bool = False) -> Any:  # noqa: A002
    """A foreign key: RESTRICT, so nothing vanishes unsaid; indexed, or a parent's delete scans the child."""
    start: Any = {"default": None} if optional else {}
    return Field(
        **start, foreign_key=f"{target}.id", ondelete="RESTRICT", index=True, nullable=optional,
        title=title, description=help,
    )  # fmt: skip


def finish(tables: MetaData) -> None:
    """Give each column the CHECK of its type and of its field. Called once, when all tables are there."""
    for table in tables.tables.values():
        for column in table.columns:
            for part, condition in (
                ("words", column_check(f'"{column.name}"', column.type)),
                ("bounds", column.info.get("check", "").format(c=f'"{column.name}"')),
            ):
                if condition:
                    table.append_constraint(CheckConstraint(condition, name=f"{column.name}_{part}"))
