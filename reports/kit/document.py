"""A story -> the bytes of a tagged PDF."""

from __future__ import annotations

import io
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Spacer
from reportlab.platypus.doctemplate import ActionFlowable, IndexingFlowable
from typing_extensions import override

from reports.kit.canvas import TaggedCanvas
from reports.kit.flowables import KeepHeading, Paragraph
from reports.kit.fonts import REGULAR
from reports.kit.furniture import UNKNOWN, Furniture, Painter
from reports.kit.hooks import HookedDocument
from reports.kit.inonego import in_one_go
from reports.kit.text import one_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from reports.kit.pageref import Places
    from reports.kit.styles import Styles

HEAD = 2
"""Lines of a section's head up to its title: the question, and the title itself."""
ABOVE = 12.0
"""Points above a line that a link leads to, so that it does not touch the window's edge."""


@dataclass(frozen=True)
class About:
    """What the file says of itself.

    Attributes:
        stamp: the moment it is made: date of the file and part of its identifier. Two builds of
            one story with one stamp are equal, byte by byte.
        first: the first page: "cover", "portrait", "landscape" or "bare".
    """

    title: str
    author: str
    subject: str
    stamp: dt.datetime
    language: str = "en-GB"
    first: str = "cover"


class Unmarked(RuntimeError):
    """Something was painted that no structure element owns: a screen reader would miss it."""


class _PageCount(IndexingFlowable):
    """Asks for one more pass until "of y" is right, and what open squares mean is said if there are any."""

    _ZEROSIZE = True

    def __init__(self, template: _Template) -> None:
        super().__init__()
        self.width = self.height = 0
        self._template = template
        self._settled = False

    @override
    def isSatisfied(self) -> int:
        return int(self._settled)

    @override
    def afterBuild(self) -> None:
        painter, canv = self._template.painter, self._template.canv
        now = str(self._template.page), isinstance(canv, TaggedCanvas) and bool(canv.missing)
        self._settled = (painter.pages, painter.squares) == now
        painter.pages, painter.squares = now

    def draw(self) -> None:
        """Nothing: it only counts."""


class _Template(HookedDocument):
    """ReportLab's document with our furniture, contents and bookmarks."""

    def __init__(self, target: io.BytesIO, about: About, painter: Painter, places: Places) -> None:
        super().__init__(
            target,
            title=one_line(about.title),
            author=one_line(about.author),
            subject=one_line(about.subject),
            creator="Clusterbook",
            lang=about.language,
            displayDocTitle=True,
            invariant=1,
            initialFontName=REGULAR,
            initialFontSize=12,
            initialLeading=16,
            keepTogetherClass=KeepHeading,
        )
        self.painter, self._first, self._places = painter, about.first, places
        self._sections = 0
        self._begun: list[str] = []  # sections of this page, with the one that goes on from the page before
        self._lines = 0  # what stands on this page
        pages = painter.templates()
        self.addPageTemplates(sorted(pages, key=lambda page: page.id != about.first))

    def _decorating(self) -> Any:
        canv = self.canv
        return canv.tag(None) if isinstance(canv, TaggedCanvas) else nullcontext()

    @override
    def handle_pageBegin(self) -> None:
        if self._begun:
            self.painter.section = self._begun[-1]
        self._begun = []
        self._lines = 0
        with self._decorating():
            super().handle_pageBegin()

    @override
    def handle_pageEnd(self) -> None:
        with self._decorating():
            super().handle_pageEnd()

    @override
    def beforeDocument(self) -> None:  # of each pass: keys must come out the same
        self._sections = 0
        self._begun = []
        self.painter.section = ""
        if isinstance(self.canv, TaggedCanvas):  # the first pass only counts pages: painting can wait
            self.canv.rehearsal = self.painter.pages == UNKNOWN

    @override
    def afterFlowable(self, flowable: Flowable) -> None:
        if not isinstance(flowable, (Spacer, ActionFlowable, _PageCount)):
            self._lines += 1
        if not isinstance(flowable, Paragraph):
            return
        if flowable.bookmark:
            self._mark(flowable.bookmark, flowable)
        if flowable.section is None:
            return
        self._sections += 1
        title, question = flowable.section
        key = f"section-{self._sections}"
        if not self._begun and self._lines > HEAD and self.painter.section:
            self._begun.append(self.painter.section)  # its end begins this page
        self._begun.append(title)
        self._places[title] = self.page, key
        self.painter.section = title if len(self._begun) == 1 else f"{self._begun[0]} to {title}"
        self._mark(key, flowable)
        self.canv.addOutlineEntry(title, key, 0)
        if question:
            self.notify("TOCEntry", (0, (title, question), self.page, key))

    def _mark(self, key: str, flowable: Paragraph) -> None:
        """Let links and bookmarks lead to the line itself, at whatever size the reader looks at."""
        self.canv.bookmarkPage(key, fit="XYZ", left=0, top=round(flowable.top + ABOVE, 1), zoom=0)


class PaperDocument:
    """Turns a story into a tagged PDF.

    Attributes:
        pages: how many the last build had.
        missing_glyphs: characters of the last build that Lato lacks and that were drawn as an open
            square, in order: say so to the user.
        silent: what the last build painted outside the structure (page, words); empty, or a bug.
    """

    def __init__(
        self, about: About, furniture: Furniture, styles: Styles, places: Places | None = None
    ) -> None:
        self._about, self._furniture, self._styles = about, furniture, styles
        self._places: Places = {} if places is None else places
        self.pages = 0
        self.missing_glyphs: tuple[str, ...] = ()
        self.silent: list[tuple[int, str]] = []

    @in_one_go()
    def build(self, story: Sequence[Flowable]) -> bytes:
        """The finished file.

        A story is used up by its build; make a new one for the next.

        Raises:
            HeadingJump: a heading skips a level.
            Unmarked: a flowable painted something that no structure element owns.
        """
        target = io.BytesIO()
        self._places.clear()
        painter = Painter(self._furniture, self._styles)
        template = _Template(target, self._about, painter, self._places)
        maker = partial(_stamped, self._about.stamp)
        template.multiBuild([_PageCount(template), *story], canvasmaker=maker)
        canv = template.canv
        assert isinstance(canv, TaggedCanvas)  # noqa: S101  (of our own maker)
        self.pages = template.page
        self.missing_glyphs = tuple(sorted(canv.missing))
        self.silent = canv.silent
        if self.silent:
            page, words = self.silent[0]
            message = f"Page {page} shows what no structure element owns: {words[:60]}"
            raise Unmarked(message)
        vars(template).clear()  # it and its painter hold each other, and with them the whole story
        return target.getvalue()


def _stamped(stamp: dt.datetime, *args: Any, **kw: Any) -> TaggedCanvas:
    canv = TaggedCanvas(*args, **kw)
    canv.describe(stamp)
    return canv
