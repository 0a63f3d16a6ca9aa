"""Platypus flowables that draw themselves inside their structure element."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, cast

from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.platypus import Flowable
from typing_extensions import override

from reports.kit import drawing, fonts
from reports.kit.breaking import broken
from reports.kit.canvas import TaggedCanvas
from reports.kit.fragments import fragments
from reports.kit.hooks import HookedFlowable, HookedKeepTogether, HookedParagraph
from reports.kit.text import Text, markup

if TYPE_CHECKING:
    from collections.abc import Hashable

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject


SPACE_AFTER = 0.6
"""White that ReportLab wants after a bullet, as a share of its size."""


def tag_of(flowable: Flowable) -> str:
    """The role that the flowable's style names; "P" if none."""
    return str(getattr(getattr(flowable, "style", None), "tag", "P"))


def decoration(canv: Canvas) -> AbstractContextManager[None]:
    """All painted inside is meant to be an artifact: motif, rule, furniture."""
    return canv.tag(None) if isinstance(canv, TaggedCanvas) else nullcontext()


def at_top(flowable: Flowable) -> bool:
    """Is the frame still empty? Then what does not fit now never will."""
    return bool(getattr(getattr(flowable, "_frame", None), "_atTop", False))


class Tagged(HookedFlowable):
    """Stands before a Platypus class and draws it inside its structure element.

    Attributes:
        role: its role; None: the style's `tag`, else "P".
        within: (role, key) of elements shared with its neighbours, outermost first.
        key: what the parts of a split flowable share.
    """

    role: str | None = None
    within: tuple[tuple[str, Hashable], ...] = ()
    key: Hashable = None

    @override
    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:
        if not isinstance(canvas, TaggedCanvas):
            super().drawOn(canvas, x, y, _sW)
            return
        if canvas.rehearsal:
            return
        for role, key in self.within:
            canvas.push(role, key)
        self.draw_at(canvas, x, y, _sW)
        for _ in self.within:
            canvas.pop()

    def draw_at(self, canv: TaggedCanvas, x: float, y: float, white: float) -> None:
        """Draw with the lower left corner at a place; `white` is what the frame is wider, in points."""
        super().drawOn(canv, x, y, white)

    @override
    def _drawOn(self, canv: Canvas) -> None:
        if isinstance(canv, TaggedCanvas):
            self.draw_tagged(canv, self.role or tag_of(self))
        else:
            super()._drawOn(canv)

    def draw_tagged(self, canv: TaggedCanvas, role: str) -> None:
        """Draw inside an element of the role."""
        with canv.tag(role, self.key):
            self.draw_plain(canv)

    def draw_plain(self, canv: Canvas) -> None:
        """Draw without an element of its own."""
        super()._drawOn(canv)

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = super().split(availWidth, availHeight)
        if len(parts) > 1:
            key = object() if self.key is None else self.key
            for part in cast("list[Tagged]", parts):
                part.key, part.role, part.within = key, self.role, self.within
        return parts


class Paragraph(Tagged, HookedParagraph):
    """Takes its role from its style: `ParagraphStyle("H1", tag="H1")`.

    A style with tag "LI" makes list items: the bullet is the label. Made by `Kit.text` only.

    Attributes:
        section: what the header calls the page from here on, and the question of the contents
            list ("" keeps it out of the list); None for text that begins no section.
        bookmark: the name links lead to, "" for none.
        top: how high on the page its first line begins, in points, once it is drawn; for what links lead to.
    """

    section: tuple[str, str] | None = None
    bookmark: str = ""
    top: float = 0.0
    style: ParagraphStyle
    blPara: Any  # ReportLab's name for the lines  # noqa: N815
    _broken: tuple[Any, Any] | None = None  # widths, and the lines broken for them
    _wide: float | None = None  # what it was last wrapped for

    @override
    def draw_at(self, canv: TaggedCanvas, x: float, y: float, white: float) -> None:
        top, role = y + self.height, self.role or tag_of(self)
        code = canv.typist.lines(self.blPara, self.style, x, top) if self._bullet_fits() else None
        if code is None:
            super().draw_at(canv, x, y, white)
            return
        said = canv.typist.said
        if self.bookmark or self.section is not None:
            self.top = canv.absolutePosition(x, top)[1]
        alone = role == "P" and canv.solo is self  # the cell itself is element enough
        if not alone:
            canv.push(role, self.key)
        if role == "LI":
            self._draw_label(canv, x, top)
            canv.push("LBody", self.key)
        if code:
            canv.put_text(code, said, coloured=True)
        if role == "LI":
            canv.pop()
        if not alone:
            canv.pop()

    def _bullet_fits(self) -> bool:
        """Is there none, or one that leaves the first line where it is?"""
        if not self.bulletText:
            return True
        look = self.style
        wide = fonts.width(str(self.bulletText), look.bulletFontName, look.bulletFontSize)
        return look.bulletIndent + wide + SPACE_AFTER * look.bulletFontSize <= look.leftIndent

    def _draw_label(self, canv: TaggedCanvas, x: float, top: float) -> None:
        lines = self.blPara if self.blPara.kind == 0 else self.blPara.lines[0]
        if self.bulletText and self.blPara.lines:
            with canv.tag("Lbl"):
                code = canv.typist.label(str(self.bulletText), self.style, x, top - lines.fontSize)
                canv.put_text(code, canv.typist.said, coloured=True)

    @override
    def draw_tagged(self, canv: TaggedCanvas, role: str) -> None:
        if self.bookmark or self.section is not None:
            self.top = canv.absolutePosition(0, self.height)[1]
        if role == "P" and canv.solo is self:
            self.draw_plain(canv)
        elif role == "LI":
            with canv.tag("LI", self.key), canv.tag("Lbl"):
                self.draw_plain(canv)
        else:
            super().draw_tagged(canv, role)

    @override
    def beginText(self, x: float, y: float) -> PDFTextObject:
        canv = self.canv
        if isinstance(canv, TaggedCanvas) and tag_of(self) == "LI":
            canv.pop()  # the bullet is drawn: from the label to the body
            canv.push("LBody", self.key)
        return super().beginText(x, y)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self._wide != availWidth or "blPara" not in self.__dict__:  # a split in vain takes it away
            super().wrap(availWidth, availHeight)
            self._wide = availWidth
        return self.width, self.height

    @override
    def breakLines(self, width: Any) -> Any:
        # ReportLab asks again at each pass, and after each page for all that is left
        widths = tuple(width)
        if self._broken is None or self._broken[0] != widths:
            lines = broken(self.frags, self.style, widths) if self._bullet_fits() else None
            self._broken = widths, lines or self._broken_by_reportlab(width)
        return self._broken[1]

    def _broken_by_reportlab(self, width: Any) -> Any:
        style = self.style
        if _needs_its_hyphens(self.frags, min(width)):
            self.style = style.clone(style.name, embeddedHyphenation=2)
        try:
            return super().breakLines(width)
        finally:
            self.style = style

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = super().split(availWidth, availHeight)
        if not parts and at_top(self):  # one or two lines that a widow rule would keep off forever
            self.allowOrphans = self.allowWidows = 1
            parts = super().split(availWidth, availHeight)
        if len(parts) == 2 and self._broken is not None:
            self._hand_on_lines(cast("list[Paragraph]", parts), *self._broken)
        return parts

    def _hand_on_lines(self, parts: list[Paragraph], widths: Any, broken: Any) -> None:
        """Give both parts their lines, so that a text over many pages is broken once, not often."""
        top, rest = parts
        at = len(top.blPara.lines)
        top.handed(widths, broken.clone(lines=broken.lines[:at]))
        if not self.style.firstLineIndent:
            rest.handed(widths, broken.clone(lines=_counted_anew(broken.lines[at:])))

    def handed(self, widths: Any, broken: Any) -> None:
        """Take lines already broken for these widths."""
        self._broken, self._wide = (widths, broken), None


def _needs_its_hyphens(frags: list[Any], room: float) -> bool:
    """Is a word with hyphens wider than the line, and does each of its parts fit?

    Else ReportLab cuts it between any two letters. Where a part is too wide it has to: it never cuts what
    follows a hyphen, which would then run over the margin.
    """
    needed = False
    for frag in frags:
        text = getattr(frag, "text", "")
        for word in text.replace("\n", " ").split(" ") if "-" in text else ():
            if "-" in word and fonts.width(word, frag.fontName, frag.fontSize) > room:
                needed = True
            parts = re.findall("[^-]*-*", word) if "-" in word else ()
            if any(fonts.width(part, frag.fontName, frag.fontSize) > room for part in parts):
                return False
    return needed


def _counted_anew(lines: list[Any]) -> list[Any]:
    """Lines of the second part of a text in pieces: they count its words from its own first one."""
    gone = getattr(lines[0], "sFW", 0)
    return [line.clone(sFW=line.sFW - gone) for line in lines] if gone else lines


def paragraph(
    content: Text, style: ParagraphStyle, muted: str = "#000000", bullet: str | None = None
) -> Paragraph:
    """The one place that makes a paragraph: what was typed is cleaned, and never read as markup."""
    made = fragments(content, style, muted)
    words = markup(content, muted) if made is None else ""
    return Paragraph(words, style, bulletText=bullet, frags=made)


class Figure(HookedFlowable):
    """A Drawing or Image with its text alternative and, if it has one, its caption.

    Taller or wider than the frame, it is drawn smaller.

    Attributes:
        alt: what the picture says; "": it is decoration.
        caption: stays on the page of the picture; both are one group of the structure.
    """

    def __init__(self, content: Flowable, alt: str, caption: Paragraph | None = None) -> None:
        super().__init__()
        self.content, self.alt, self.caption = content, alt, caption
        if isinstance(content, Drawing):  # else the file names a font that is not embedded
            chart: Any = content  # the stubs leave the name out
            chart.initialFontName = fonts.REGULAR
        self._scale, self._wide, self._below = 1.0, 0.0, 0.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        wide, high = self.content.wrapOn(self.canv, availWidth, availHeight)
        self._below = 0.0
        if self.caption:
            _, below = self.caption.wrapOn(self.canv, availWidth, availHeight)
            self._below = below + self.caption.getSpaceBefore()
        room = availHeight - self._below if at_top(self) else high
        self._scale = min(1.0, availWidth / max(wide, 1), max(room, 1) / max(high, 1))
        self._wide = wide * self._scale
        self.width, self.height = availWidth, high * self._scale + self._below
        return self.width, self.height

    @override
    def getSpaceAfter(self) -> float:
        return self.caption.getSpaceAfter() if self.caption else super().getSpaceAfter()

    @override
    def draw(self) -> None:
        canv = self.canv
        if not isinstance(canv, TaggedCanvas):
            self._draw_content(canv)
            self._draw_caption(canv)
        elif canv.rehearsal:
            return
        elif self.caption and self.alt:
            with canv.tag("Div"):
                self._draw_tagged(canv)
                self._draw_caption(canv)
        else:
            self._draw_tagged(canv)
            self._draw_caption(canv)

    def _draw_tagged(self, canv: TaggedCanvas) -> None:
        low = canv.absolutePosition(0, self._below)
        high = canv.absolutePosition(self._wide, self.height)
        box = " ".join(f"{at:.2f}" for at in (*low, *high))
        layout = f"<</O/Layout/Placement/Block/BBox[{box}]>>"
        attrs = {"Alt": PDFString(self.alt), "A": layout} if self.alt else {}
        with canv.tag("Figure" if self.alt else None, **attrs), canv.marked():
            self._draw_content(canv)

    def _draw_content(self, canv: Canvas) -> None:
        canv.saveState()
        canv.translate(0, self._below)
        canv.scale(self._scale, self._scale)
        if isinstance(self.content, Drawing):
            drawing.draw(self.content, canv)
        else:
            self.content.drawOn(canv, 0, 0)
        canv.restoreState()

    def _draw_caption(self, canv: Canvas) -> None:
        if self.caption:
            self.caption.drawOn(canv, 0, 0)


class Rule(HookedFlowable):
    """A rule: something new starts here."""

    def __init__(self, width: float, weight: float, colour: Any, below: float = 6) -> None:
        super().__init__()
        self.width, self.height = width, weight + below
        self.keepWithNext = 1  # it stands above what it announces
        self._weight, self._colour = weight, colour

    @override
    def draw(self) -> None:
        with decoration(self.canv):
            self.canv.setFillColor(self._colour)
            self.canv.rect(0, self.height - self._weight, self.width, self._weight, 0, 1)


class KeepHeading(HookedKeepTogether):
    """Keeps a heading with what follows: all of it, or if that can be split, its beginning."""

    enough = 84.0
    """Points of a long table or paragraph that make it worth beginning below its heading."""

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = super().split(availWidth, availHeight)
        if parts[: -len(self._content)] and self._begins_here(availWidth, availHeight):
            return list(self._content)
        return parts

    def _begins_here(self, wide: float, high: float) -> bool:
        *heads, last = self._content
        if at_top(self):
            return True
        need = 0.0
        for head in heads:
            need += head.wrapOn(self.canv, wide, high)[1]
            need += head.getSpaceBefore() + head.getSpaceAfter()
        _, tall = last.wrapOn(self.canv, wide, high)
        if need + min(tall, self.enough) > high:
            return False
        return bool(last.splitOn(self.canv, wide, high - need))
