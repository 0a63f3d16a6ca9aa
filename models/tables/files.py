"""Files kept in the book, packs issued, and the store's own line about the file."""

import datetime as dt

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from models.tables.base import (
    Draft,
    Record,
    code,
    day,
    flag,
    link,
    note,
    number,
    table_args,
    text,
    unique,
    words,
)  # fmt: skip


class AttachmentDraft(Draft):
    """A file in the book. Its bytes are in Blob, once for each content; history keeps only the sha256."""

    code: str = code("File", "F-", "For example F-0001.")
    name: str = text("File name")
    media_type: str = text("Type", limit=100)
    size: int = number("Bytes", most=10_000_000)
    sha256: str = Field(
        min_length=64,
        max_length=64,
        title="SHA-256",
        sa_type=Text,
        foreign_key="blob.sha256",
        ondelete="RESTRICT",
        index=True,
    )
    claim_id: int | None = link("cover_claim", "Claim", optional=True)
    meeting_id: int | None = link("meeting", "Meeting", optional=True)
    fund_entry_id: int | None = link("fund_entry", "Entry", optional=True)
    approval_id: int | None = link("approval", "Approval", optional=True)
    resource_id: int | None = link("resource", "Resource", optional=True)
    caption: str = words("Caption", limit=500)


class Attachment(AttachmentDraft, Record, table=True):
    """A file attached to a record."""


class Blob(SQLModel, table=True):
    """Bytes by their sha256. Written once, never changed, not recorded in history."""

    __table_args__ = {"sqlite_strict": True}

    sha256: str = Field(sa_type=Text, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class IssuedPackDraft(Draft):
    """A pack that was handed over: frozen with its number, date and figures (R-REV-3)."""

    pack_number: int = number("Pack number", least=1)
    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    version: int = number("Version", least=1, most=1000)
    issued_on: dt.date = day("Issued")
    data_to: dt.date = day("Data to")
    figures: str = note("Figures", "The pack’s headline figures as they were, in JSON.")
    changes: str = note("What changed", "Against the version before.")
    sha256: str = Field(
        min_length=64,
        max_length=64,
        title="SHA-256",
        sa_type=Text,
        foreign_key="blob.sha256",
        ondelete="RESTRICT",
        index=True,
    )


class IssuedPack(IssuedPackDraft, Record, table=True):
    """A review pack as it was issued."""

    __tablename__ = "issued_pack"
    __table_args__ = table_args(unique("pack_number"), unique("school_year", "version"))


class PackPartDraft(Draft):
    """Where a part of a year's pack stands, if not where the pack has it anyway, or that it is left out."""

    school_year: int = number("School year", "The year it starts in.", least=1990, most=2099)
    part: int = number("Part", "By its number in the whole pack, 2 to 23.", least=2, most=23)
    position: int = number("Order", default=0, most=1000)
    left_out: bool = flag("Left out")


class PackPart(PackPartDraft, Record, table=True):
    """A part of a pack that was moved or left out."""

    __tablename__ = "pack_part"
    __table_args__ = table_args(unique("school_year", "part"))
