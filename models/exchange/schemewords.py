"""Scheme settings in a workbook: named by their label, their values checked against the catalogue."""

from __future__ import annotations

from difflib import get_close_matches

from models.errors import BadInput
from models.formats import folded
from models.rules.scheme import catalogue


def labels() -> tuple[str, ...]:
    """The settings' names, in the order they are shown."""
    return tuple(spec.label for spec in catalogue().values())


def label_of(key: str) -> str:
    """A setting's name; the key itself where the catalogue does not know it (any more)."""
    spec = catalogue().get(key)
    return spec.label if spec else key


def key_of(typed: str, field: str) -> str:
    """The key of a setting that was named by its label or its key.

    Raises:
        BadInput: there is no such setting.
    """
    names = {folded(name): spec.key for spec in catalogue().values() for name in (spec.key, spec.label)}
    found = names.get(folded(typed))
    if found:
        return found
    near = get_close_matches(folded(typed), names, 1)
    hint = f"did you mean “{label_of(names[near[0]])}”?" if near else "the Guide sheet lists them."
    raise BadInput(f"“{typed}” is not one of the settings: {hint}", field)


def checked_value(key: str, text: str) -> str:
    """A setting's value as it is stored, so that 100 and £100.00 are the same.

    Raises:
        BadInput: the value does not fit the setting.
    """
    spec = catalogue()[key]
    try:
        return spec.write(spec.read(text))
    except BadInput as wrong:
        raise BadInput(str(wrong), "value") from wrong
