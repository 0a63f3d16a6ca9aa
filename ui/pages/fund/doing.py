"""Ties a dialog to one named action: it stays open with what was typed until that is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from ui.context import AppContext
    from ui.dialogs.form import FormDialog

V = TypeVar("V")


def ask_and_do(
    context: AppContext,
    form: FormDialog[V],
    name: str,
    action: Callable[[Session, V], object],
    done: Callable[[], None] | None = None,
) -> None:
    """Open a dialog, and do what it gives under a name.

    Args:
        context: the shared things.
        form: the dialog; it must be one that stays open until it is told.
        name: what the action is called in Undo.
        action: called with what the dialog gave, inside the transaction.
        done: called when it is saved.
    """
    form.given.connect(partial(_do, context, form, name, action, done))
    form.open()


def _do(
    context: AppContext,
    form: FormDialog[V],
    name: str,
    action: Callable[[Session, V], object],
    done: Callable[[], None] | None,
    value: V,
) -> None:
    def saved(_: object) -> None:
        form.saved()
        if done is not None:
            done()

    context.book.change(name, lambda session: action(session, value), saved, form.not_saved)
