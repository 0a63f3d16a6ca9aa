"""Alembic's way in: runs the scripts on the connection, and in the transaction, that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write our own column types as the plain types they lie in the file as.

    A script must mean the same for ever, so it imports nothing of ours.
    """
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


def run() -> None:
    """Bring the connection's file to the version that was asked for."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=attributes["metadata"],
        render_as_batch=True,
        render_item=render_item,
    )
    context.run_migrations()


run()
