"""Where a section is: its page in print, a link on the screen. Known from the pass before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from reports.kit.flowables import Paragraph, paragraph
from reports.kit.hooks import HookedFlowable
from reports.kit.text import Link

if TYPE_CHECKING:
    from reports.kit.styles import Styles

Places = dict[str, tuple[int, str]]
"""Page and bookmark of each section, by its title; the document fills it in as it goes."""


class PageRef(HookedFlowable):
    """`page 12`; nothing for a section that the paper does not have.

    Args:
        title: of the section.
        places: of the kit.
        styles: of the kit.
        muted: the colour of quiet words, `#rrggbb`.
    """

    def __init__(self, title: str, places: Places, styles: Styles, muted: str) -> None:
        super().__init__()
        self._title, self._places, self._styles, self._muted = title, places, styles, muted
        self._words: Paragraph | None = None

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        page, key = self._places.get(self._title, (0, ""))
        style = self._styles["source"]
        self._words = paragraph(Link(f"page {page}", key), style, self._muted) if page else None
        self.width, self.height = (
            availWidth,
            style.leading,
        )  # the same without: pages stay
        if self._words:
            self._words.wrapOn(self.canv, availWidth, availHeight)
        return self.width, self.height

    @override
    def draw(self) -> None:
        if self._words:
            self._words.drawOn(self.canv, 0, 0)
