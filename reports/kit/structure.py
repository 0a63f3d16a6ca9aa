"""The structure tree of a tagged PDF: what a screen reader follows.

An element is kept as ReportLab's own kind of object and written when the document is saved, when
it is complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFObjectReference
from typing_extensions import override

from reports.kit.hooks import FormattedObject

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

CELLS = frozenset({"TH", "TD"})
"""Roles kept even when empty: they hold the grid of a table together."""

Content = tuple[PDFObjectReference, "int | PDFObjectReference"]
"""A page, and an MCID on it or an annotation."""


class PageReference(PDFObjectReference):
    """How a page is named in the file: all elements on it say so."""

    _written = b""

    @override
    def format(self, document: Any) -> bytes:
        if not self._written:
            self._written = super().format(document)
        return self._written


class Element(FormattedObject):
    """A structure element.

    Attributes:
        role: standard role, "P", "H1", "Table"...
        attrs: further entries of its dictionary, by PDF name.
        kids: elements below it, and content on pages, in reading order.
    """

    __RefOnly__ = 1  # ReportLab then always writes it as an indirect object

    def __init__(self, role: str, parent: Element | None, attrs: Mapping[str, object]) -> None:
        self.role, self.parent, self.attrs = role, parent, dict(attrs)
        self.kids: list[Element | Content] = []
        self._reference = b""
        if parent is not None:
            parent.kids.append(self)

    def reference(self, document: Any) -> bytes:
        """How others name it in the file; each does so several times.

        Its number is taken here: ReportLab's own register of objects takes as long as all the rest of it.
        """
        if not self._reference:
            number = document.objectcounter = document.objectcounter + 1
            document.numberToId[number] = self
            self._reference = b"%d 0 R" % number
        return self._reference

    def forget(self) -> None:
        """Let go of all below, once it is written: parents and kids that hold each other are freed late."""
        kids, self.kids = self.kids, []
        for kid in kids:
            if isinstance(kid, Element):
                kid.forget()

    def is_empty(self) -> bool:
        """Does it, with all below it, hold nothing worth a place in the tree?"""
        return self.role not in CELLS and all(
            isinstance(kid, Element) and kid.is_empty() for kid in self.kids
        )

    @override
    def format(self, document: Any) -> bytes:
        home = None
        for kid in self.kids:
            if isinstance(kid, tuple):
                home = kid[0]
                break
        kids = [self._kid(kid, home, document) for kid in self.kids]
        parts = [b"/%s %s" % (k.encode(), pdfdoc.format(v, document)) for k, v in self.attrs.items()]
        parts.append(b"/S /%s" % self.role.encode())
        if self.parent is not None:
            parts.append(b"/P %s" % self.parent.reference(document))
        if home is not None:
            parts.append(b"/Pg %s" % home.format(document))
        return b"<<%s/K [%s]>>" % (b"".join(parts), b" ".join(filter(None, kids)))

    @staticmethod
    def _kid(kid: Element | Content, home: PDFObjectReference | None, document: Any) -> bytes:
        if isinstance(kid, Element):
            return b"" if kid.is_empty() else kid.reference(document)
        page, item = kid
        if isinstance(item, PDFObjectReference):
            where = (page.format(document), item.format(document))
            return b"<</Type/OBJR/Pg %s/Obj %s>>" % where
        if page is home:
            return b"%d" % item
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (page.format(document), item)


class Owners(FormattedObject):
    """The elements of one page, by MCID."""

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements

    @override
    def format(self, document: Any) -> bytes:
        return b"[ %s ]" % b" ".join(element.reference(document) for element in self._elements)


class StructTreeRoot(Element):
    """The root.

    Attributes:
        owners: what each number of the parent tree leads to: for a page the list of its elements
            by MCID, for an annotation its element.
        document: the one element below the root.
    """

    def __init__(self) -> None:
        super().__init__("Root", None, {})
        self.owners: list[list[Element] | Element | None] = []
        self.document = Element("Document", self, {})

    @override
    def forget(self) -> None:
        self.owners = []
        super().forget()

    @override
    def reference(self, document: Any) -> bytes:
        named: bytes = document.Reference(self).format(document)  # as the catalog names it
        return named

    @override
    def format(self, document: Any) -> bytes:
        lines = []
        for number, owner in enumerate(self.owners):
            if isinstance(owner, list):
                led: bytes = document.Reference(Owners(owner)).format(document)
            else:
                led = owner.reference(document) if owner else b"null"
            lines.append(b"%d %s" % (number, led))
        return b"<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            self.document.reference(document),
            b" ".join(lines),
            len(self.owners),
        )


def xmp_packet(title: str, stamp: dt.datetime | None) -> bytes:
    """The XMP packet that claims PDF/UA-1; `title` must equal the one of the Info dictionary."""
    dates = ""
    if stamp is not None:
        when = stamp.isoformat(timespec="seconds")
        dates = f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>\n"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
{dates}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()
