"""Data, no logic: icons, help, sample cluster, scheme defaults, calendars and design tokens.

This is the one door to them: `path` for a file, `tokens` for the design tokens.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class WindowType(Struct, frozen=True):
    """One step of the window's type scale.

    Attributes:
        px: size in pixels at 100 % text size.
        weight: 400 regular, 600 semibold.
    """

    px: int
    weight: int


class PaperType(Struct, frozen=True):
    """One step of the paper's type scale, in points at normal print."""

    size: float
    leading: float


class Tokens(Struct, frozen=True):
    """The design tokens of window and paper.

    Attributes:
        light: colour name to "#RRGGBB"; the paper uses these too.
        dark: the same names for the dark window.
        window_type: role to size and weight.
        families: font families of the window, best first.
        paper_page: margins, measure and line weights in points; `large_print` is a factor.
        paper_type: role to size and leading.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    window_type: Mapping[str, WindowType]
    families: tuple[str, ...]
    paper_page: Mapping[str, float]
    paper_type: Mapping[str, PaperType]


def path(name: str) -> Path:
    """Where the resource file or folder `name` ("tokens.json", "help/home.html") lies.

    Raises:
        FileNotFoundError: there is no such resource, or the name leads out of the folder.
    """
    root = Path(__file__).resolve().parent  # importlib.resources would cost a tenth of the first paint
    found = (root / name).resolve()
    if not found.is_relative_to(root) or not found.exists():
        message = f"There is no resource called {name}."
        raise FileNotFoundError(message)
    return found


@cache
def tokens() -> Tokens:
    """The design tokens of `tokens.json`, read once."""
    raw = json.loads(path("tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        light=raw["light"],
        dark=raw["dark"],
        window_type={name: WindowType(*step) for name, step in raw["window_type"].items()},
        families=tuple(raw["families"]),
        paper_page=raw["paper_page"],
        paper_type={name: PaperType(*step) for name, step in raw["paper_type"].items()},
    )
