"""A canvas that marks what it paints: real content for the structure tree, or an artifact.

One rule drives everything: text is *real content* if a flowable has opened a structure element for
it with `TaggedCanvas.push`; all other painting is an *artifact*. So headers, footers, rules and
grids need no code, and a flowable that is not one of ours can never break the tree: it is only
silent, and `TaggedCanvas.silent` lists it.

The tree belongs to the canvas, not to the flowables, so that each pass of a build starts anew.
Elements are found again by `key`: the parts of a split flowable share one, and so end up in one.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFName, PDFString
from typing_extensions import override

from reports.kit import fonts
from reports.kit.packing import packed
from reports.kit.structure import Element, PageReference, StructTreeRoot, xmp_packet
from reports.kit.textobject import TaggedText, target_of
from reports.kit.typeset import USUAL_LEADING, Typist
from reports.kit.written import ColourWriter, LineWriter, number, numbers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from reportlab.pdfbase.pdfdoc import PDFObjectReference

OPERATORS = frozenset("S s f F f* B B* b b* sh Do EI Tj TJ".split())
GROUPS = frozenset({"Document", "Div", "TR", "TH", "TD", "TOC", "TOCI", "BlockQuote"})
"""Roles of elements that hold others: what is painted straight into them has no text to say it."""
PAINTING = tuple(f" {operator}" for operator in OPERATORS)


Matrix = tuple[float, float, float, float, float, float]


class HeadingJump(ValueError):
    """A heading skips a level: a listener would look for the one between in vain."""


class MarkedCode(str):
    """A chunk of page code that carries its own marks."""

    __slots__ = ()


class TaggedCanvas(ColourWriter, LineWriter):
    """See the module.

    Attributes:
        solo: the only flowable of the table cell being drawn, if there is but one.
        silent: page and words (or "painting") of flowables that opened no element: a bug.
        missing: characters drawn as a square because the fonts lack them.
        typist: writes words as page code.
        rehearsal: True in a pass that only finds out what comes on which page: nothing is painted.
    """

    def __init__(self, *args: Any, **kw: Any) -> None:
        self._tree = StructTreeRoot()
        self._stack: list[Element | None] = [self._tree.document]
        self._keyed: dict[tuple[str, Hashable], Element] = {}
        self._in_mark = False
        self._settled = 0
        self._heading = 0
        self.solo: object = None
        self.silent: list[tuple[int, str]] = []
        self.missing: set[str] = set()
        self.rehearsal = False
        self._start_tagged_page()
        super().__init__(*args, **{**kw, "pdfVersion": (1, 7)})
        self.typist = Typist(self._doc)
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = self._tree
        self.describe(None)
        self.setCatalogEntry("MarkInfo", {"Marked": "true"})

    @override
    def save(self) -> None:
        self._doc.format = partial(packed, self._doc)
        super().save()
        del self._doc.format
        self._tree.forget()

    def describe(self, stamp: dt.datetime | None) -> None:
        """Write `stamp` as the date of the file, and into its identifier."""
        self._doc.Catalog.Metadata = pdfdoc.XMP(creator=lambda doc: xmp_packet(doc.info.title or "", stamp))
        if stamp is not None:
            zone = stamp.strftime("%z") or "+0000"
            when = f"D:{stamp:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
            self.setDateFormatter(lambda *_: when)
            self._doc.updateSignature(when)

    def _start_tagged_page(self) -> None:
        self._page_ref: PDFObjectReference | None = None
        self._page_in_tree: int | None = None
        self._open_texts: list[TaggedText] = []

    def _this_page(self) -> PDFObjectReference:
        if self._page_ref is None:
            self._page_ref = PageReference(self._doc.thisPageName())
        return self._page_ref

    # -- structure -------------------------------------------------------------
    def push(self, role: str | None, key: Hashable = None, **attrs: object) -> Element | None:
        """Open an element below the current one; role None makes all inside an artifact."""
        self._settle()
        parent = self._stack[-1]
        element = self._element(role, parent, key, attrs) if parent and role else None
        self._stack.append(element)
        return element

    def pop(self) -> None:
        """Close the current element."""
        self._settle()
        self._stack.pop()

    @contextmanager
    def tag(self, role: str | None, key: Hashable = None, **attrs: object) -> Iterator[None]:
        """`push`, and `pop` at the end."""
        self.push(role, key, **attrs)  # no finally: a build that fails is not saved
        yield
        self.pop()

    def _element(self, role: str, parent: Element, key: Hashable, attrs: dict[str, object]) -> Element:
        if key is not None and (role, key) in self._keyed:
            return self._keyed[role, key]
        self._check_heading(role)
        element = Element(role, parent, attrs)
        if key is not None:
            self._keyed[role, key] = element
        return element

    def _check_heading(self, role: str) -> None:
        if role[0] != "H" or not role[1:].isdigit():
            return
        level = int(role[1:])
        if level > self._heading + 1:
            message = (
                f"A heading of level {level} on page {self._pageNumber} follows one of level {self._heading}."
            )
            raise HeadingJump(message)
        self._heading = level

    # -- marked content --------------------------------------------------------
    def _mark(self, element: Element) -> str:
        """A new content number on this page for the element; returns the operator opening it."""
        if self._page_in_tree is None:
            self._page_in_tree = len(self._tree.owners)
            self._tree.owners.append([])
        marks = self._tree.owners[self._page_in_tree]
        assert isinstance(marks, list)  # noqa: S101  (the page's own entry)
        element.kids.append((self._this_page(), len(marks)))
        marks.append(element)
        return f"/{element.role} <</MCID {len(marks) - 1}>> BDC"

    def _marking(self) -> Element | None:
        """The element that text drawn now belongs to; None: it is part of something else."""
        element = self._stack[-1]
        unmarked = self._in_mark or self._formData or element is self._tree.document
        return None if unmarked else element

    @contextmanager
    def marked(self) -> Iterator[None]:
        """All that is painted inside is one content item of the current element."""
        self._settle()
        element = self._marking()
        if element:
            self._code.append(MarkedCode(self._mark(element)))
            self._in_mark = True
        yield
        self._settle()
        if element:
            self._code.append(MarkedCode("EMC"))
            self._in_mark = False

    @override
    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> TaggedText:
        text = TaggedText(self, x, y, direction=direction)
        self._open_texts.append(text)
        return text

    @override
    def drawText(self, aTextObject: TaggedText) -> None:  # type: ignore[override]
        text = aTextObject
        if text in self._open_texts:
            self._open_texts.remove(text)
        self._note_missing(text.texts.values())
        element = self._marking()
        if element:
            self._code.append(MarkedCode(self._marked_text(text, element)))
        else:
            self._settle()
            super().drawText(text)
            self._settled = len(self._code)
            if text.texts and self._stack[-1] is self._tree.document and not self._in_mark:
                self.silent.append((self._pageNumber, "".join(text.texts.values())))
        for link, annotation, ref, at in text.annots:
            words = text.words_of(link) or target_of(annotation)
            alt = {} if element else {"Alt": PDFString(words)}  # a link in an artifact
            owner = self._link(element or self._tree.document, link, **alt)
            self._bind(owner, annotation, ref, at, words)
        vars(text).pop("_do_line", None)  # a method of its own: what holds itself is freed late

    def _note_missing(self, said: Iterable[str]) -> None:
        for words in said:
            if not words.isascii():
                self.missing |= fonts.missing_from(words)

    def put_text(self, code: str, said: Sequence[str], *, coloured: bool = False) -> None:
        """Show words without a link.

        Args:
            code: what stands between BT and ET.
            said: the words.
            coloured: `code` sets a colour, which must not outlast it.
        """
        self._note_missing(said)
        element = self._marking()
        before, after = ("q ", " Q") if coloured else ("", "")
        if element:
            self._code.append(MarkedCode(f"{before}BT {self._mark(element)} {code} EMC ET{after}"))
            return
        self._settle()
        self._code += [*before.split(), f"BT {code} ET", *after.split()]
        self._settled = len(self._code)
        if self._stack[-1] is self._tree.document and not self._in_mark:
            self.silent.append((self._pageNumber, "".join(said)))

    def put_words(self, x: float, y: float, text: str, face: str, size: float) -> None:
        """Show a line of words in the colour in use."""
        self.typist.begin()
        code = self.typist.words(text, face, size, size * USUAL_LEADING)
        self.put_text(f"1 0 0 1 {number(x)} {number(y)} Tm {code} T*", self.typist.said)

    @override
    def drawString(self, x: float, y: float, text: str, *args: Any, **kw: Any) -> None:
        if args or any(kw.values()) or not self.typist.knows(self._fontname):
            super().drawString(x, y, text, *args, **kw)
        else:
            self.put_words(x, y, text, self._fontname, self._fontsize)

    @override
    def drawRightString(self, x: float, y: float, text: str, *args: Any, **kw: Any) -> None:
        if args or any(kw.values()):
            super().drawRightString(x, y, text, *args, **kw)
        else:
            self.drawString(x - fonts.width(text, self._fontname, self._fontsize), y, text)

    @override
    def drawCentredString(self, x: float, y: float, text: str, *args: Any, **kw: Any) -> None:
        if args or any(kw.values()):
            super().drawCentredString(x, y, text, *args, **kw)
        else:
            self.drawString(x - fonts.width(text, self._fontname, self._fontsize) / 2, y, text)

    def _marked_text(self, text: TaggedText, element: Element) -> str:
        for link, code in text.take_runs():
            owner = element if link is None else self._link(element, link)
            shows = any(op.endswith(("Tj", "TJ", "T*")) for op in code)
            text.put([self._mark(owner), *code, "EMC"] if shows else code)
        return text.getCode()

    # -- link annotations ------------------------------------------------------
    def _link(self, element: Element, link: Hashable, **attrs: object) -> Element:
        return self._element("Link", element, (element, link), attrs)

    @override
    def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> None:
        super()._addAnnotation(annotation, name, addtopage)
        number, ref = len(self._tree.owners), self._annotationrefs[-1]
        self._tree.owners.append(None)
        entries = {"StructParent": number, "F": 4}  # F 4: is printed too
        if isinstance(annotation, pdfdoc.LinkAnnotation):
            annotation.permitted += ("StructParent",)
            annotation.otherkw.update(entries)
        else:
            annotation.dict.update(entries)
        if self._open_texts:  # a paragraph adds its links before its text
            text = self._open_texts[-1]
            text.annots.append((text.next_link(), annotation, ref, number))
        else:  # such as HREF of a table style
            words = target_of(annotation)
            parent = self._stack[-1] or self._tree.document
            link = Element("Link", parent, {"Alt": PDFString(words)})
            self._bind(link, annotation, ref, number, words)

    def _bind(
        self, owner: Element, annotation: Any, ref: PDFObjectReference, number: int, words: str
    ) -> None:
        owner.kids.append((self._this_page(), ref))
        self._tree.owners[number] = owner
        if isinstance(annotation, pdfdoc.LinkAnnotation):
            annotation.Contents = words
        else:
            annotation["Contents"] = PDFString(words)

    # -- coordinates -----------------------------------------------------------
    @override
    def transform(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        change = (a, b, c, d, e, f)
        self._currentMatrix = joined(self._currentMatrix, change)
        last = self._code[-1] if self._code else ""
        if last.endswith(" cm"):  # two changes that follow each other are one
            *before, a0, b0, c0, d0, e0, f0, _ = last.split()
            made = joined((float(a0), float(b0), float(c0), float(d0), float(e0), float(f0)), change)
            self._code[-1] = " ".join([*before, numbers(*made), "cm"])
        else:
            self._code.append(f"{numbers(*change)} cm")

    # -- pages -----------------------------------------------------------------
    def _settle(self) -> None:
        """Was anything painted since the last change of element that no element owns up to?"""
        start, self._settled = self._settled, len(self._code)
        element = self._stack[-1]
        if element is None or start == self._settled or element.role not in GROUPS or self._in_mark:
            return
        if any(paints(chunk) for chunk in self._code[start:] if not isinstance(chunk, MarkedCode)):
            self.silent.append((self._pageNumber, "painting"))

    @override
    def showPage(self) -> None:
        self._settle()
        self._code[:] = mark_artifacts(self._code)
        super().showPage()
        self._settled = len(self._code)
        self._start_tagged_page()

    @override
    def _setAnnotations(self, page: Any) -> None:  # the one hook that is given the page object
        super()._setAnnotations(page)
        if isinstance(page, pdfdoc.PDFPage):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            entries: Any = page
            entries.Tabs = PDFName("S")
            entries.StructParents = self._page_in_tree


def joined(first: Matrix, then: Matrix) -> Matrix:
    """Two changes of coordinates as one."""
    (a0, b0, c0, d0, e0, f0), (a, b, c, d, e, f) = first, then
    return (
        a0 * a + c0 * b,
        b0 * a + d0 * b,
        a0 * c + c0 * d,
        b0 * c + d0 * d,
        a0 * e + c0 * f + e0,
        b0 * e + d0 * f + f0,
    )


def paints(chunk: str) -> bool:
    """Whether a chunk of page code paints (`BT /F1 9 Tf ET` only sets a font)."""
    if chunk.endswith("ET"):
        return " Tj " in chunk or " TJ " in chunk
    return chunk.endswith(PAINTING) or chunk in OPERATORS  # drawPath adds its "f*" alone


def mark_artifacts(code: Iterable[str]) -> Iterator[str]:
    """Wrap whatever paints outside the marks; never across a q or Q, so that all nests."""
    depth = 0

    def kind(chunk: str) -> str:
        nonlocal depth
        if isinstance(chunk, MarkedCode):
            depth += chunk.endswith("BDC") - (chunk == "EMC")
            return "marked"
        return "marked" if depth else "border" if chunk in {"q", "Q", " "} else "loose"

    for what, run in groupby(list(code), kind):
        chunks = list(run)
        if what == "loose" and any(map(paints, chunks)):
            chunks = ["/Artifact BMC", *chunks, "EMC"]
        yield from chunks
