"""The sections of Settings: their words, what they are for, and how each is made when first looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ui.lists.tabbed import TabSpec
from ui.shell.pages import Part
from ui.wayfinding import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext
    from ui.lists.tabbed import TabBody


@dataclass(frozen=True)
class Section:
    """One section.

    Attributes:
        key: its name for `Place.task`.
        words: its name on screen.
        about: one sentence that says what it is for.
        tables: the recorded tables whose records it shows.
        make: makes its widget.
    """

    key: str
    words: str
    about: str
    tables: tuple[str, ...]
    make: Callable[[AppContext], TabBody]


def _cluster(context: AppContext) -> TabBody:
    from ui.pages.settings.cluster import ClusterSection

    return ClusterSection(context)


def _agreements(context: AppContext) -> TabBody:
    from ui.pages.settings.agreements import agreements_pane

    return agreements_pane(context)


def _rules(context: AppContext) -> TabBody:
    from ui.pages.settings.rules import RulesPane

    return RulesPane(context)


def _terms(context: AppContext) -> TabBody:
    from ui.pages.settings.calendar import TermsSection

    return TermsSection(context)


def _closed(context: AppContext) -> TabBody:
    from ui.pages.settings.calendar import ClosedSection

    return ClosedSection(context)


def _roles(context: AppContext) -> TabBody:
    from ui.pages.settings.roles import RolesPane

    return RolesPane(context)


def _backups(context: AppContext) -> TabBody:
    from ui.pages.settings.backups import BackupsSection

    return BackupsSection(context)


def _appearance(context: AppContext) -> TabBody:
    from ui.pages.settings.appearance import AppearanceSection

    return AppearanceSection(context)


def _privacy(context: AppContext) -> TabBody:
    from ui.pages.settings.privacy import PrivacySection

    return PrivacySection(context)


SECTIONS = (
    Section(
        "cluster",
        "Cluster",
        "What the cluster is called, and what stands on its papers.",
        ("cluster",),
        _cluster,
    ),
    Section(
        "agreements",
        "Agreements",
        "Each stage’s agreement with the sponsor, and what came of it.",
        ("agreement",),
        _agreements,
    ),
    Section(
        "rules",
        "Scheme rules",
        "What the guidance says, and what your cluster does differently from a day on.",
        ("scheme_setting",),
        _rules,
    ),
    Section(
        "terms",
        "Term dates",
        "The half-terms of a school year: loans and meetings keep to them.",
        ("school_term",),
        _terms,
    ),
    Section(
        "closed",
        "Closed days",
        "Bank holidays, INSET days and closures: schools are not open then.",
        ("closed_day",),
        _closed,
    ),
    Section("roles", "Roles", "Who does what for the cluster as a whole, and since when.", (), _roles),
    Section(
        "backups",
        "Backups",
        "Copies of this book that Clusterbook keeps, and the way back to one.",
        (),
        _backups,
    ),
    Section(
        "appearance",
        "Appearance",
        "Light or dark, and the size of the text. This computer remembers it.",
        (),
        _appearance,
    ),
    Section(
        "privacy",
        "Privacy and files",
        "What is due for a look, who asks what is held, where your book lies and who can see it.",
        ("person", "contact_log"),
        _privacy,
    ),
)


@cache
def parts() -> tuple[Part, ...]:
    """What quick find leads to: each section, and each rule of the scheme."""
    from models.rules.scheme import catalogue

    sections = [Part(section.words, Place("settings", 0, section.key)) for section in SECTIONS]
    rules = [Part(spec.label, Place("scheme_setting", 0, spec.key)) for spec in catalogue().values()]
    return (*sections, *rules)


def section_tabs() -> tuple[TabSpec, ...]:
    """The sections as a page of several lists knows them."""
    return tuple(TabSpec(section.words, section.tables, section.make) for section in SECTIONS)
